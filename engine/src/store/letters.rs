//! What was written to people, in its order: for whoever shows messages instead of sending them.

use sqlx::Row;

use super::change::{OutFace, Payload};
use super::{Store, StoreError};
use crate::domain::{TaskId, Timestamp};

/// A message of the outbox as it was written, whatever became of it.
#[derive(Clone, Debug)]
pub struct Letter {
    pub id: i64,
    /// The fact that called for it.
    pub position: Option<i64>,
    pub chat: i64,
    pub face: OutFace,
    pub slot: Option<String>,
    pub task: Option<TaskId>,
    pub key: String,
    pub language: String,
    pub payload: Payload,
    /// When it goes out if nothing is in its way: at once, or after the quiet hours.
    pub due: Timestamp,
}

/// The messages after the one with this id.
pub async fn written(store: &Store, after: i64) -> Result<Vec<Letter>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, position, chat, face, slot, task, message_key, language, payload, created_at, quiet_until FROM outbox
         WHERE id > $1 ORDER BY id",
    )
    .bind(after)
    .fetch_all(store.reads())
    .await?;
    let broken = |id: i64| StoreError::broken(format!("message {id} is unreadable"));
    let letter = |row: &sqlx::any::AnyRow| {
        let id: i64 = row.try_get(0)?;
        let (face, payload): (String, String) = (row.try_get(3)?, row.try_get(8)?);
        let due = row.try_get::<i64, _>(9)?.max(row.try_get(10)?);
        Ok(Letter {
            id,
            position: row.try_get(1)?,
            chat: row.try_get(2)?,
            face: OutFace::parse(&face).unwrap_or_default(),
            slot: row.try_get(4)?,
            task: row.try_get::<Option<String>, _>(5)?.map(TaskId),
            key: row.try_get(6)?,
            language: row.try_get(7)?,
            payload: serde_json::from_str(&payload).map_err(|_| broken(id))?,
            due: Timestamp::from_timestamp_micros(due).ok_or_else(|| broken(id))?,
        })
    };
    rows.iter().map(letter).collect()
}
