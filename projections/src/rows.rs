//! Rows in and out of the tables of the read models: many of them with one statement.

use engine::domain::{ProjectId, Timestamp};
use engine::store::{StoreError, VALUES_A_STATEMENT, group_size, groups};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Row};

/// Why a read model could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("a row of {table} cannot be understood ({reason}); `signoff rebuild` makes it anew")]
    Broken { table: &'static str, reason: String },
}

impl From<sqlx::Error> for ReadError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// A query about one project by its stream, or about all.
pub(crate) fn of(
    only: Option<&ProjectId>,
    all: &'static str,
    one: &'static str,
) -> Query<'static, Any, AnyArguments> {
    match only {
        Some(project) => sqlx::query(one).bind(project.stream().to_string()),
        None => sqlx::query(all),
    }
}

/// One value of a row.
pub(crate) enum Cell {
    Text(String),
    Int(i64),
    MaybeText(Option<String>),
    MaybeInt(Option<i64>),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<bool> for Cell {
    fn from(flag: bool) -> Self {
        Self::Int(i64::from(flag))
    }
}

impl From<Timestamp> for Cell {
    fn from(at: Timestamp) -> Self {
        Self::Int(at.timestamp_micros())
    }
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        Self::MaybeText(text)
    }
}

impl From<Option<i64>> for Cell {
    fn from(number: Option<i64>) -> Self {
        Self::MaybeInt(number)
    }
}

impl From<Option<Timestamp>> for Cell {
    fn from(at: Option<Timestamp>) -> Self {
        Self::MaybeInt(at.map(|at| at.timestamp_micros()))
    }
}

/// Runs `head (…), (…) tail` for all rows, in few statements of few sizes.
///
/// No two rows may have the same key: PostgreSQL refuses to update a row twice in one statement.
pub(crate) async fn put(
    db: &mut AnyConnection,
    head: &'static str,
    tail: &'static str,
    rows: Vec<Vec<Cell>>,
) -> Result<(), sqlx::Error> {
    let width = rows.first().map_or(1, Vec::len).max(1);
    let mut rows = rows.into_iter();
    while rows.len() > 0 {
        let size = group_size(rows.len(), width);
        let part = rows.by_ref().take(size);
        let sql = format!("{head} {} {tail}", groups(db, size, width));
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for cell in part.flatten() {
            query = match cell {
                Cell::Text(text) => query.bind(text),
                Cell::Int(number) => query.bind(number),
                Cell::MaybeText(text) => query.bind(text),
                Cell::MaybeInt(number) => query.bind(number),
            };
        }
        // There are no rows to come: asking for one spares the wait for the end of the answer.
        query.fetch_optional(&mut *db).await?;
    }
    Ok(())
}

/// Runs `head IN ($1, …) tail` with the texts of `wanted`.
pub(crate) async fn pick(
    db: &mut AnyConnection,
    head: &'static str,
    tail: &'static str,
    wanted: &[String],
) -> Result<Vec<AnyRow>, sqlx::Error> {
    let mut found = Vec::new();
    for part in wanted.chunks(VALUES_A_STATEMENT) {
        let sql = format!("{head} IN {} {tail}", groups(db, 1, part.len()));
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for text in part {
            query = query.bind(text.clone());
        }
        found.extend(query.fetch_all(&mut *db).await?);
    }
    Ok(found)
}

/// A value as JSON text, for a column that holds a small list.
pub(crate) fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A column of JSON text.
pub(crate) fn from_json<T: DeserializeOwned>(
    row: &AnyRow,
    table: &'static str,
    column: &'static str,
) -> Result<T, ReadError> {
    let text: String = row.try_get(column)?;
    serde_json::from_str(&text)
        .map_err(|error| ReadError::Broken { table, reason: format!("{column}: {error}") })
}

/// A column of microseconds.
pub(crate) fn instant(
    row: &AnyRow,
    table: &'static str,
    column: &'static str,
) -> Result<Timestamp, ReadError> {
    let micros: i64 = row.try_get(column)?;
    in_range(table, column, micros)
}

/// A column of microseconds that may be empty.
pub(crate) fn maybe_instant(
    row: &AnyRow,
    table: &'static str,
    column: &'static str,
) -> Result<Option<Timestamp>, ReadError> {
    let micros: Option<i64> = row.try_get(column)?;
    micros.map(|micros| in_range(table, column, micros)).transpose()
}

fn in_range(table: &'static str, column: &'static str, micros: i64) -> Result<Timestamp, ReadError> {
    Timestamp::from_timestamp_micros(micros)
        .ok_or_else(|| ReadError::Broken { table, reason: format!("{column} is no instant: {micros}") })
}

/// A column that counts.
pub(crate) fn count(row: &AnyRow, table: &'static str, column: &'static str) -> Result<u32, ReadError> {
    let number: i64 = row.try_get(column)?;
    u32::try_from(number)
        .map_err(|_| ReadError::Broken { table, reason: format!("{column} is no count: {number}") })
}
