//! What was written to people, in its order: for whoever shows messages instead of sending them.

use chrono_tz::Tz;
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
    pub at: Timestamp,
    /// It does not go out while it is night there.
    pub quiet_zone: Option<Tz>,
}

/// The messages after the one with this id.
pub async fn written(store: &Store, after: i64) -> Result<Vec<Letter>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, position, chat, face, slot, task, message_key, language, payload, created_at, quiet_zone FROM outbox
         WHERE id > $1 ORDER BY id",
    )
    .bind(after)
    .fetch_all(store.reads())
    .await?;
    let broken = |id: i64| StoreError::broken(format!("message {id} is unreadable"));
    let letter = |row: &sqlx::any::AnyRow| {
        let id: i64 = row.try_get(0)?;
        let (face, payload): (String, String) = (row.try_get(3)?, row.try_get(8)?);
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
            at: Timestamp::from_timestamp_micros(row.try_get(9)?).ok_or_else(|| broken(id))?,
            quiet_zone: row.try_get::<Option<String>, _>(10)?.and_then(|zone| zone.parse().ok()),
        })
    };
    rows.iter().map(letter).collect()
}

/// As if each message up to this one had arrived when it was written, where nobody sends anything.
pub async fn arrive(store: &Store, until: i64) -> Result<(), StoreError> {
    store
        .transaction(move |db| {
            Box::pin(async move {
                sqlx::query(
                    "UPDATE outbox SET state = 'sent', sent_at = created_at, message_id = id
                     WHERE id <= $1 AND state = 'ready'",
                )
                .bind(until)
                .execute(&mut *db)
                .await?;
                Ok(())
            })
        })
        .await
}
