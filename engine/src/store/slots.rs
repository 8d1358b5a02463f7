//! Slots: the messages that can be changed later, found by their names.

use sqlx::Row;

use super::change::Payload;
use super::{Store, StoreError};
use crate::domain::Timestamp;

/// No text comes in more messages than this, with the files before it.
const MOST_PARTS: i64 = 100;

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
        row.map(|row| payload(slot, row.try_get(0)?)).transpose()
    }

    /// The parts of the text that the slot was first posted with, in their order: a long one came in several
    /// messages (TG-34), of which the last has the slot.
    pub async fn posted_parts(&self, slot: &str) -> Result<Vec<Payload>, StoreError> {
        let rows = sqlx::query(
            "SELECT p.payload FROM outbox p
             JOIN (SELECT id, chat, position, kind FROM outbox WHERE slot = $1 AND face = 'post'
                   ORDER BY id DESC LIMIT 1) last
                 ON p.id <= last.id AND p.id > last.id - $2 AND p.chat = last.chat AND p.position = last.position
             WHERE p.id = last.id OR p.kind LIKE last.kind || '-part-%'
             ORDER BY p.id",
        )
        .bind(slot)
        .bind(MOST_PARTS)
        .fetch_all(self.reads())
        .await?;
        rows.iter().map(|row| payload(slot, row.try_get(0)?)).collect()
    }
}

fn payload(slot: &str, json: &str) -> Result<Payload, StoreError> {
    serde_json::from_str(json)
        .map_err(|error| StoreError::broken(format!("the message of slot {slot} is unreadable: {error}")))
}
