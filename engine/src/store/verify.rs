//! Checks that the log is whole and that everything else follows from it (RELIABILITY 3.7, I3 I4 I7 I10).
//!
//! The chain of hashes is documented in `chain.rs`. All is read in one transaction, page by page, while the
//! server goes on; read models are folded again into temporary tables of the same names and compared.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Connection, Row};

use super::chain::{self, Link};
use super::dialect;
use super::dump::line;
use super::projection::{Projection, ProjectionError};
use super::{Store, StoreError, StoredEvent, log};

/// So many facts are in memory at a time.
const PAGE: i64 = 2_000;
/// Findings beyond this number are counted, not kept.
const KEPT: usize = 100;

/// What was checked and what was found.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Facts read.
    pub events: i64,
    pub streams: usize,
    /// Names of the read models that were folded again.
    pub read_models: Vec<String>,
    /// How many things are wrong; 0 is well.
    pub wrong: usize,
    /// The first hundred of them.
    pub findings: Vec<Finding>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub check: Check,
    /// The fact that it was seen at.
    pub position: Option<i64>,
    pub what: String,
}

/// What a finding speaks against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// Positions without gaps.
    Position,
    /// Each fact carries the hash of itself and of the one before.
    Chain,
    /// Versions of a stream without gaps.
    Version,
    /// Facts of a command counted from 0, and causes before what follows from them.
    Command,
    /// The head names the last fact.
    Head,
    /// Messages, buttons and timers point at facts that exist.
    Outbox,
    /// A read model is what the log makes of it.
    ReadModel,
}

impl Report {
    /// True if nothing is wrong.
    pub fn is_well(&self) -> bool {
        self.wrong == 0
    }

    fn add(&mut self, check: Check, position: Option<i64>, what: impl Into<String>) {
        self.wrong += 1;
        if self.findings.len() < KEPT {
            self.findings.push(Finding { check, position, what: what.into() });
        }
    }
}

impl Store {
    /// Checks the whole database as it is at this moment; changes nothing.
    pub async fn verify(&self) -> Result<Report, StoreError> {
        let mut connection = self.inner.connector.writer().await?;
        let checked = check(&mut connection, self).await;
        connection.close().await?;
        checked
    }
}

async fn check(connection: &mut AnyConnection, store: &Store) -> Result<Report, StoreError> {
    let dialect = &store.inner.connector.dialect;
    sqlx::raw_sql(dialect.spill()).execute(&mut *connection).await?;
    let mut tx = connection.begin_with(dialect.snapshot()).await?;
    let home: String = sqlx::query(dialect.home()).fetch_one(&mut *tx).await?.try_get(0)?;
    let mut report = Report::default();
    let mut folds = folds(&mut tx, store, &mut report).await?;
    let mut walk = Walk::default();
    loop {
        let rows = log::page(&mut tx, walk.position, PAGE).await?;
        if rows.is_empty() {
            break;
        }
        let events = walk.page(&rows, &mut report)?;
        for fold in &mut folds {
            fold.apply(&mut tx, &events, &mut report).await?;
        }
    }
    report.events = walk.count;
    report.streams = walk.versions.len();
    check_head(&mut tx, &walk, &mut report).await?;
    check_outbox(&mut tx, &mut report).await?;
    for fold in &folds {
        fold.compare(&mut tx, &home, &mut report).await?;
    }
    // Rolled back, so that not even the temporary tables stay.
    tx.rollback().await?;
    Ok(report)
}

/// The walk along the log: what the next fact must continue.
#[derive(Default)]
struct Walk {
    position: i64,
    hash: String,
    count: i64,
    versions: HashMap<String, i64>,
    command: (String, i64),
}

impl Walk {
    /// Checks a page and answers the facts of it that can be read.
    fn page(&mut self, rows: &[AnyRow], report: &mut Report) -> Result<Vec<StoredEvent>, StoreError> {
        let mut events = Vec::with_capacity(rows.len());
        for row in rows {
            self.row(row, report)?;
            match log::event(row) {
                Ok(event) => events.push(event),
                Err(error) => report.add(Check::Chain, Some(self.position), error.to_string()),
            }
        }
        Ok(events)
    }

    fn row(&mut self, row: &AnyRow, report: &mut Report) -> Result<(), StoreError> {
        let link = link(row)?;
        let (prev_hash, hash): (&str, &str) = (row.try_get(13)?, row.try_get(14)?);
        let at = Some(link.position);
        if link.position != self.position + 1 {
            report.add(Check::Position, at, format!("position {} follows {}", link.position, self.position));
        }
        if prev_hash != self.hash {
            report.add(Check::Chain, at, "it does not continue the fact before it");
        }
        if chain::hash(prev_hash, &link) != hash {
            report.add(Check::Chain, at, "its contents are not those that were hashed");
        }
        let version = self.versions.entry(link.stream.to_owned()).or_default();
        if link.version != *version + 1 {
            let what = format!("version {} of stream {} follows {version}", link.version, link.stream);
            report.add(Check::Version, at, what);
        }
        *version = link.version;
        self.command(&link, report);
        (self.position, self.count) = (link.position, self.count + 1);
        hash.clone_into(&mut self.hash);
        Ok(())
    }

    fn command(&mut self, link: &Link<'_>, report: &mut Report) {
        let next = if self.command.0 == link.command_id { self.command.1 + 1 } else { 0 };
        if link.command_seq != next {
            let what = format!(
                "fact {} of command {} stands where {next} should",
                link.command_seq, link.command_id
            );
            report.add(Check::Command, Some(link.position), what);
        }
        if let Some(cause) = link.cause.filter(|cause| *cause < 1 || *cause >= link.position) {
            report.add(
                Check::Command,
                Some(link.position),
                format!("its cause {cause} does not stand before it"),
            );
        }
        self.command = (link.command_id.to_owned(), link.command_seq);
    }
}

fn link(row: &AnyRow) -> Result<Link<'_>, StoreError> {
    Ok(Link {
        position: row.try_get(0)?,
        stream: row.try_get(1)?,
        version: row.try_get(2)?,
        aggregate: row.try_get(3)?,
        kind: row.try_get(4)?,
        schema_version: row.try_get(5)?,
        command_id: row.try_get(6)?,
        command_seq: row.try_get(7)?,
        cause: row.try_get(8)?,
        origin: row.try_get(9)?,
        actor: row.try_get(10)?,
        at: row.try_get(11)?,
        data: row.try_get(12)?,
    })
}

async fn check_head(
    connection: &mut AnyConnection,
    walk: &Walk,
    report: &mut Report,
) -> Result<(), StoreError> {
    let row = sqlx::query(
        "SELECT h.position, h.hash, h.outbox, (SELECT MAX(id) FROM outbox) FROM head h WHERE h.id = 1",
    )
    .fetch_one(connection)
    .await?;
    let (position, hash): (i64, &str) = (row.try_get(0)?, row.try_get(1)?);
    if (position, hash) != (walk.position, walk.hash.as_str()) {
        let what = format!(
            "the head is at {position} and the last fact at {}, or their hashes differ",
            walk.position
        );
        report.add(Check::Head, Some(position), what);
    }
    let (outbox, last): (i64, Option<i64>) = (row.try_get(2)?, row.try_get(3)?);
    if last.is_some_and(|last| last > outbox) {
        report.add(
            Check::Head,
            None,
            format!("the head counts {outbox} messages and the last one is {last:?}"),
        );
    }
    Ok(())
}

async fn check_outbox(connection: &mut AnyConnection, report: &mut Report) -> Result<(), StoreError> {
    let lost = sqlx::query(
        "SELECT 'message ' || CAST(o.id AS TEXT) || ' follows from a fact that does not exist', o.position
         FROM outbox o
         WHERE o.position IS NOT NULL AND NOT EXISTS (SELECT 1 FROM events e WHERE e.position = o.position)
         UNION ALL
         SELECT 'a button belongs to message ' || CAST(b.outbox_id AS TEXT) || ', which does not exist', NULL
         FROM buttons b WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = b.outbox_id)
         UNION ALL
         SELECT 'timer ' || t.key || ' follows from a fact that does not exist', t.cause
         FROM timers t
         WHERE t.cause IS NOT NULL AND NOT EXISTS (SELECT 1 FROM events e WHERE e.position = t.cause)
         LIMIT 1000",
    )
    .fetch_all(connection)
    .await?;
    for row in &lost {
        report.add(Check::Outbox, row.try_get(1)?, row.try_get::<String, _>(0)?);
    }
    Ok(())
}

/// A read model that is folded again.
struct Fold {
    projection: Arc<dyn Projection>,
    /// How far the one in use has come.
    to: i64,
    broken: bool,
}

/// Makes temporary tables for every read model whose checkpoint this program understands.
async fn folds(tx: &mut AnyConnection, store: &Store, report: &mut Report) -> Result<Vec<Fold>, StoreError> {
    let mut folds = Vec::new();
    for projection in store.projections() {
        let row = sqlx::query("SELECT version, position, error FROM checkpoints WHERE name = $1")
            .bind(projection.name())
            .fetch_optional(&mut *tx)
            .await?;
        let Some(row) = row else {
            report.add(Check::ReadModel, None, format!("{} was never built", projection.name()));
            continue;
        };
        let to: i64 = row.try_get(1)?;
        if let Some(error) = row.try_get::<Option<String>, _>(2)? {
            report.add(Check::ReadModel, Some(to), format!("{} stopped: {error}", projection.name()));
        }
        if row.try_get::<i64, _>(0)? != projection.version() {
            report.add(Check::ReadModel, None, format!("{} was built by another version", projection.name()));
            continue;
        }
        for sql in projection.tables() {
            let sql = dialect::table(tx, &temporary(sql)?);
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *tx).await?;
        }
        report.read_models.push(projection.name().to_owned());
        folds.push(Fold { projection: Arc::clone(projection), to, broken: false });
    }
    Ok(folds)
}

/// The same table, temporary; an index follows its table by itself.
fn temporary(sql: &str) -> Result<String, StoreError> {
    let words: Vec<_> = sql.split_whitespace().take(2).map(str::to_ascii_uppercase).collect();
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["CREATE", "TABLE"] => {
            let after = sql.find('(').map(|open| sql.split_at(open));
            let (start, columns) =
                after.ok_or_else(|| StoreError::broken("a read model's table has no columns"))?;
            let name = start.split_whitespace().next_back().unwrap_or_default();
            Ok(format!("CREATE TEMPORARY TABLE {name} {columns}"))
        }
        ["CREATE", "INDEX" | "UNIQUE"] => Ok(sql.to_owned()),
        _ => Err(StoreError::broken("a read model makes something that is neither a table nor an index")),
    }
}

impl Fold {
    async fn apply(
        &mut self,
        tx: &mut AnyConnection,
        events: &[StoredEvent],
        report: &mut Report,
    ) -> Result<(), StoreError> {
        let seen = events.partition_point(|event| event.position <= self.to);
        if self.broken || seen == 0 {
            return Ok(());
        }
        let mut save = tx.begin().await?;
        match self.projection.apply(&mut save, &events[..seen]).await {
            Ok(()) => Ok(save.commit().await?),
            Err(error) => {
                save.rollback().await?;
                if let ProjectionError::Sql(error @ sqlx::Error::Io(_)) = error {
                    return Err(error.into());
                }
                self.broken = true;
                let what = format!("{} cannot be folded: {error}", self.projection.name());
                report.add(Check::ReadModel, events.first().map(|event| event.position), what);
                Ok(())
            }
        }
    }

    async fn compare(
        &self,
        tx: &mut AnyConnection,
        home: &str,
        report: &mut Report,
    ) -> Result<(), StoreError> {
        if self.broken {
            return Ok(());
        }
        for table in self.projection.table_names() {
            let extra = difference(tx, &format!("{home}.{table}"), table).await?;
            let missing = difference(tx, table, &format!("{home}.{table}")).await?;
            if let Some(row) = extra {
                report.add(
                    Check::ReadModel,
                    None,
                    format!("{table} holds a row that the log does not make: {row}"),
                );
            }
            if let Some(row) = missing {
                report.add(Check::ReadModel, None, format!("{table} lacks a row that the log makes: {row}"));
            }
            let sql =
                format!("SELECT (SELECT COUNT(*) FROM {home}.{table}) - (SELECT COUNT(*) FROM {table})");
            let more: i64 = sqlx::query(AssertSqlSafe(sql)).fetch_one(&mut *tx).await?.try_get(0)?;
            if more != 0 {
                report.add(
                    Check::ReadModel,
                    None,
                    format!("{table} has {more} rows more than the log makes"),
                );
            }
        }
        Ok(())
    }
}

/// A row of one table that the other has not.
async fn difference(tx: &mut AnyConnection, one: &str, other: &str) -> Result<Option<String>, StoreError> {
    let sql = format!("SELECT * FROM {one} EXCEPT SELECT * FROM {other} LIMIT 1");
    let row = sqlx::query(AssertSqlSafe(sql)).fetch_optional(tx).await?;
    row.as_ref().map(line).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_made_temporary_and_an_index_stays() {
        let table = temporary("create  table\nif not exists board (\n id TEXT)").unwrap();
        assert_eq!(table, "CREATE TEMPORARY TABLE board (\n id TEXT)");
        let index = "CREATE UNIQUE INDEX IF NOT EXISTS board_id ON board (id)";
        assert_eq!(temporary(index).unwrap(), index);
        assert!(temporary("DROP TABLE board").is_err());
    }
}
