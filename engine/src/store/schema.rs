//! The tables: each file of `migrations/` once, in order, all in one transaction.

use sqlx::AnyConnection;
use sqlx::{AssertSqlSafe, Connection, Row};

use super::StoreError;
use super::connect::Connector;
use super::dialect::{self, Dialect};

/// The table that says which schema the others are of.
const VERSION: &str = "schema_version";
/// Schema 1 is the first file, and so on; files are never changed after a release.
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/0001_log.sql"),
    include_str!("../../migrations/0002_forms.sql"),
    include_str!("../../migrations/0003_quiet.sql"),
    include_str!("../../migrations/0004_templates.sql"),
    include_str!("../../migrations/0005_sessions.sql"),
    include_str!("../../migrations/0006_secrets.sql"),
    include_str!("../../migrations/0007_template_diffs.sql"),
    include_str!("../../migrations/0008_floor.sql"),
    include_str!("../../migrations/0009_browser.sql"),
    include_str!("../../migrations/0010_passwords.sql"),
    include_str!("../../migrations/0011_filters.sql"),
    include_str!("../../migrations/0012_pins.sql"),
];

/// Brings the tables up to what this program knows, if `migrate` allows it; a newer schema is refused.
pub(crate) async fn bring_up(
    connection: &mut AnyConnection,
    dialect: &Dialect,
    read_models: &[&str],
    migrate: bool,
) -> Result<(), StoreError> {
    let wanted = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    let found = version(connection, dialect, read_models).await?;
    if found == wanted {
        return Ok(());
    }
    if found > wanted || !migrate {
        return Err(StoreError::WrongSchema { found, wanted });
    }
    let mut tx = connection.begin_with(dialect.begin()).await?;
    sqlx::raw_sql(dialect.one_migration_at_a_time()).execute(&mut *tx).await?;
    let found = version(&mut tx, dialect, read_models).await?;
    for (number, sql) in (1..).zip(MIGRATIONS) {
        if number > found {
            let sql = dialect::table(&tx, sql);
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *tx).await?;
        }
    }
    if found == 0 {
        sqlx::raw_sql("CREATE TABLE schema_version (version BIGINT NOT NULL)").execute(&mut *tx).await?;
        sqlx::query("INSERT INTO schema_version (version) VALUES ($1)")
            .bind(wanted)
            .execute(&mut *tx)
            .await?;
    } else {
        sqlx::query("UPDATE schema_version SET version = $1").bind(wanted).execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Refuses the file of another program before anything of it is touched: the journal mode of a file is a change too.
pub(crate) async fn look_on(connector: &Connector) -> Result<(), StoreError> {
    // What cannot be looked at is explained by whoever opens it to write.
    let Ok(Some(mut connection)) = connector.onlooker().await else { return Ok(()) };
    let found = version(&mut connection, &connector.dialect, &[]).await;
    // Nothing was written, so nothing can be lost.
    let _ = connection.close().await;
    match found {
        Err(foreign @ StoreError::NotOurs { .. }) => Err(foreign),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// The schema that the database has; 0 if it has none. Tables that are not ours are left alone, and where they stand
/// in the way of ours, nothing is done.
async fn version(
    connection: &mut AnyConnection,
    dialect: &Dialect,
    read_models: &[&str],
) -> Result<i64, StoreError> {
    let rows = sqlx::query(dialect.tables()).fetch_all(&mut *connection).await?;
    let tables = rows.iter().map(|row| row.try_get(0)).collect::<Result<Vec<String>, _>>()?;
    let has = |name: &str| tables.iter().any(|table| table == name);
    if core().filter(|ours| *ours != VERSION).all(has) {
        let found = if has(VERSION) { newest(connection).await? } else { None };
        return found.ok_or_else(|| StoreError::NoSchema { place: dialect.place() });
    }
    let in_the_way = |table: &String| {
        !dialect.is_shared() || core().any(|ours| ours == table) || read_models.contains(&table.as_str())
    };
    let foreign: Vec<_> = tables.iter().filter(|table| in_the_way(table)).cloned().collect();
    if foreign.is_empty() {
        return Ok(0);
    }
    Err(StoreError::NotOurs { place: dialect.place(), tables: some(&foreign) })
}

async fn newest(connection: &mut AnyConnection) -> Result<Option<i64>, StoreError> {
    let row = sqlx::query("SELECT MAX(version) FROM schema_version").fetch_one(connection).await?;
    Ok(row.try_get::<Option<i64>, _>(0)?.filter(|version| *version > 0))
}

/// The tables that every schema of ours has had.
fn core() -> impl Iterator<Item = &'static str> {
    let made = MIGRATIONS[0].lines().filter_map(|line| line.strip_prefix("CREATE TABLE "));
    made.filter_map(|rest| rest.split_whitespace().next()).chain([VERSION])
}

/// A few names, for a sentence.
fn some(names: &[String]) -> String {
    let more = if names.len() > 3 { ", …" } else { "" };
    let first: Vec<_> = names.iter().take(3).map(|name| name.chars().take(40).collect::<String>()).collect();
    format!("{}{more}", first.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_of_the_first_schema_are_known_by_name() {
        let core: Vec<_> = core().collect();
        assert!(
            ["head", "events", "outbox", "schema_version"].iter().all(|name| core.contains(name)),
            "{core:?}"
        );
        assert!(core.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')));
    }
}
