//! Small things to remember, such as the last heartbeat.

use sqlx::Row;

use super::{Store, StoreError};
use crate::domain::Timestamp;

/// What was noted under `name`, and when.
pub async fn read(store: &Store, name: &str) -> Result<Option<(String, Timestamp)>, StoreError> {
    let row = sqlx::query("SELECT value, changed_at FROM notes WHERE name = $1")
        .bind(name)
        .fetch_optional(store.reads())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let at = Timestamp::from_timestamp_micros(row.try_get(1)?);
    Ok(Some((row.try_get(0)?, at.ok_or_else(|| StoreError::broken("a note has an unreadable time"))?)))
}

/// Notes `value` under `name`, in place of what was there.
pub async fn write(store: &Store, name: &str, value: &str, now: Timestamp) -> Result<(), StoreError> {
    let (name, value) = (name.to_owned(), value.to_owned());
    store
        .transaction(move |db| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO notes (name, value, changed_at) VALUES ($1, $2, $3)
                     ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at",
                )
                .bind(name)
                .bind(value)
                .bind(now.timestamp_micros())
                .execute(db)
                .await?;
                Ok(())
            })
        })
        .await
}

/// The value that was noted last under a name that begins so.
pub async fn latest(store: &Store, begins: &str) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("SELECT value FROM notes WHERE name LIKE $1 ORDER BY changed_at DESC LIMIT 1")
        .bind(format!("{begins}%"))
        .fetch_optional(store.reads())
        .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}
