//! The inbox: raw updates, stored before they are confirmed, handled in their order (RELIABILITY 3.2 T1-T2).

use chrono::Duration;
use sqlx::Row;

use super::chats::{self, Sighting};
use super::insert::Insert;
use super::{Store, StoreError};
use crate::domain::Timestamp;

/// After a week of silence Telegram's next id is random, so older ids say nothing (T-3).
const IDS_HOLD: i64 = 7;

static UPDATES: Insert = Insert::new(
    "INSERT INTO inbox (update_id, received_at, body, state, attempts) VALUES",
    5,
    "ON CONFLICT (update_id) DO NOTHING",
);

/// An update that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    pub update_id: i64,
    pub received_at: Timestamp,
    /// As it came, byte for byte.
    pub body: String,
    /// How often handling it has failed.
    pub attempts: i64,
}

/// Stores a batch whole; what is there already stays as it is. `sightings` are what the batch tells of chats.
pub async fn store(
    store: &Store,
    updates: Vec<(i64, String)>,
    sightings: Vec<Sighting>,
    now: Timestamp,
) -> Result<(), StoreError> {
    store
        .transaction(move |db| {
            Box::pin(async move {
                UPDATES
                    .run(db, &updates, |query, (id, body)| {
                        query
                            .bind(*id)
                            .bind(now.timestamp_micros())
                            .bind(body.clone())
                            .bind("received")
                            .bind(0_i64)
                    })
                    .await?;
                chats::see(db, &sightings).await
            })
        })
        .await
}

/// The update to handle next: the lowest id that waits.
pub async fn next(store: &Store) -> Result<Option<Received>, StoreError> {
    let row = sqlx::query(
        "SELECT update_id, received_at, body, attempts FROM inbox WHERE state = 'received' ORDER BY update_id LIMIT 1",
    )
    .fetch_optional(store.reads())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let at = Timestamp::from_timestamp_micros(row.try_get(1)?);
    Ok(Some(Received {
        update_id: row.try_get(0)?,
        received_at: at.ok_or_else(|| StoreError::broken("an update has an unreadable time"))?,
        body: row.try_get(2)?,
        attempts: row.try_get(3)?,
    }))
}

/// From where to ask Telegram: after the highest id of the last seven days, or 0.
pub async fn offset(store: &Store, now: Timestamp) -> Result<i64, StoreError> {
    let row = sqlx::query("SELECT MAX(update_id) FROM inbox WHERE received_at > $1 AND update_id >= 0")
        .bind((now - Duration::days(IDS_HOLD)).timestamp_micros())
        .fetch_one(store.reads())
        .await?;
    Ok(row.try_get::<Option<i64>, _>(0)?.map_or(0, |id| id + 1))
}

/// Counts a failed attempt.
pub async fn failed(store: &Store, update_id: i64, error: &str) -> Result<(), StoreError> {
    let error = error.to_owned();
    store
        .transaction(move |db| {
            Box::pin(async move {
                sqlx::query(
                    "UPDATE inbox SET attempts = attempts + 1, error = $1 WHERE update_id = $2 AND state = 'received'",
                )
                .bind(error)
                .bind(update_id)
                .execute(db)
                .await?;
                Ok(())
            })
        })
        .await
}

/// Puts an update aside for good; its text stays, so that a corrected program can read it (TG-08).
pub async fn bury(store: &Store, update_id: i64, error: &str, now: Timestamp) -> Result<(), StoreError> {
    let error = error.to_owned();
    store
        .transaction(move |db| {
            Box::pin(async move {
                sqlx::query(
                    "UPDATE inbox SET state = 'dead', attempts = attempts + 1, error = $1, handled_at = $2
                     WHERE update_id = $3 AND state = 'received'",
                )
                .bind(error)
                .bind(now.timestamp_micros())
                .bind(update_id)
                .execute(db)
                .await?;
                Ok(())
            })
        })
        .await
}

/// How many updates are in which state.
pub async fn counts(store: &Store) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = sqlx::query("SELECT state, COUNT(*) FROM inbox GROUP BY state ORDER BY state")
        .fetch_all(store.reads())
        .await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}
