//! The tables: each file of `migrations/` once, in order, all in one transaction.

use sqlx::AnyConnection;
use sqlx::{Connection, Row};

use super::StoreError;
use super::dialect::Dialect;

/// Schema 1 is the first file, and so on; files are never changed after a release.
const MIGRATIONS: &[&str] = &[include_str!("../../migrations/0001_log.sql")];

/// Brings the tables up to what this program knows, if `migrate` allows it; a newer schema is refused.
pub(crate) async fn bring_up(
    connection: &mut AnyConnection,
    dialect: &Dialect,
    migrate: bool,
) -> Result<(), StoreError> {
    let wanted = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    let found = version(connection, dialect).await?;
    if found == wanted {
        return Ok(());
    }
    if found > wanted || !migrate {
        return Err(StoreError::WrongSchema { found, wanted });
    }
    let mut tx = connection.begin_with(dialect.begin()).await?;
    sqlx::raw_sql(dialect.one_migration_at_a_time()).execute(&mut *tx).await?;
    let found = version(&mut tx, dialect).await?;
    for (number, sql) in (1..).zip(MIGRATIONS) {
        if number > found {
            sqlx::raw_sql(*sql).execute(&mut *tx).await.map_err(not_ours)?;
        }
    }
    if found == 0 {
        sqlx::raw_sql("CREATE TABLE schema_version (version BIGINT NOT NULL)")
            .execute(&mut *tx)
            .await
            .map_err(not_ours)?;
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

/// The schema that the database has; 0 if it has none.
async fn version(connection: &mut AnyConnection, dialect: &Dialect) -> Result<i64, StoreError> {
    let tables: i64 = sqlx::query(dialect.count_tables())
        .bind("schema_version")
        .fetch_one(&mut *connection)
        .await?
        .try_get(0)?;
    if tables == 0 {
        return Ok(0);
    }
    let row = sqlx::query("SELECT MAX(version) FROM schema_version").fetch_one(connection).await?;
    Ok(row.try_get::<Option<i64>, _>(0)?.unwrap_or(0))
}

fn not_ours(error: sqlx::Error) -> StoreError {
    let error = StoreError::from(error);
    let StoreError::Broken { what } = error else { return error };
    StoreError::broken(format!(
        "its tables could not be made ({what}); name an empty database in database.url"
    ))
}
