//! Quiet hours: what waits for the morning of its chat stands aside, so that answers can pass it (TG-52).

use chrono_tz::Tz;

use super::{Store, StoreError};
use crate::domain::Timestamp;

/// Holds back everything that may not go out at night in these zones, each until the end of its night.
pub async fn hold(store: &Store, nights: Vec<(Tz, Timestamp)>, now: Timestamp) -> Result<(), StoreError> {
    let now = now.timestamp_micros();
    store
        .transaction(move |db| {
            Box::pin(async move {
                for (zone, until) in nights {
                    sqlx::query(
                        "UPDATE outbox SET quiet_until = $1
                         WHERE state = 'ready' AND quiet_zone = $2 AND quiet_until <= $3",
                    )
                    .bind(until.timestamp_micros())
                    .bind(zone.name())
                    .bind(now)
                    .execute(&mut *db)
                    .await?;
                }
                Ok(())
            })
        })
        .await
}
