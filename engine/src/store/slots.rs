//! Slots: the messages that can be changed later, found by their names.

use sqlx::Row;

use super::change::Payload;
use super::{Store, StoreError};
use crate::domain::Timestamp;

impl Store {
    /// When the message of the slot first reached its chat.
    pub async fn reached(&self, slot: &str) -> Result<Option<Timestamp>, StoreError> {
        let row = sqlx::query("SELECT MIN(sent_at) FROM outbox WHERE slot = $1 AND state = 'sent'")
            .bind(slot)
            .fetch_one(self.reads())
            .await?;
        Ok(row.try_get::<Option<i64>, _>(0)?.and_then(Timestamp::from_timestamp_micros))
    }

    /// The message that the slot was first posted with, as it was rendered.
    pub async fn posted(&self, slot: &str) -> Result<Option<Payload>, StoreError> {
        let row = sqlx::query(
            "SELECT payload FROM outbox WHERE slot = $1 AND face = 'post' ORDER BY id DESC LIMIT 1",
        )
        .bind(slot)
        .fetch_optional(self.reads())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let payload: String = row.try_get(0)?;
        serde_json::from_str(&payload)
            .map(Some)
            .map_err(|error| StoreError::broken(format!("the message of slot {slot} is unreadable: {error}")))
    }
}
