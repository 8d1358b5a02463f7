//! Poll: updates are stored whole before they are confirmed by the next offset (RELIABILITY 3.2 T1).

use std::sync::atomic::Ordering;
use std::time::Duration;

use engine::domain::Timestamp;
use engine::store::chats::Sighting;
use engine::store::{inbox, notes};
use sha2::{Digest, Sha256};

use crate::api::RawUpdate;
use crate::bot::Bot;
use crate::classify::Verdict;
use crate::crash;
use crate::fault::Fault;
use crate::parse;

/// After a week without updates the next id is random, in seconds (T-3).
const SILENCE: i64 = 7 * 24 * 3_600;

/// What one poll came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polled {
    /// So many updates are stored.
    Stored(usize),
    /// Another node acts, or the token is dead.
    StandingBy,
    /// Telegram does not answer as it should; wait so long before asking again.
    Wait(Duration),
}

impl Bot {
    /// Asks for updates once, without waiting for new ones, and stores them.
    pub async fn ingest_once(&self) -> Result<Polled, Fault> {
        self.ingest(Duration::ZERO).await
    }

    pub(crate) async fn ingest(&self, wait: Duration) -> Result<Polled, Fault> {
        let now = self.now();
        if self.is_token_dead() || self.lead(now).await?.is_none() {
            return Ok(Polled::StandingBy);
        }
        let offset = self.offset(now).await?;
        match self.inner.api.updates(offset, wait).await {
            Ok(batch) => {
                crash::point("poll_received");
                let count = batch.len();
                let next = batch.iter().filter_map(|raw| raw.update_id).max().map(|id| id + 1);
                self.keep(batch).await?;
                crash::point("poll_stored");
                if count > 0 {
                    self.inner.fed.store(now.timestamp(), Ordering::Release);
                }
                match next {
                    // Follows the last batch, also when Telegram's ids start anew (T-3).
                    Some(next) => self.inner.offset.store(next, Ordering::Release),
                    // Updates without ids cannot be confirmed: no hurry to get them again.
                    None if count > 0 => return Ok(Polled::Wait(Duration::from_secs(5))),
                    None => {}
                }
                Ok(Polled::Stored(count))
            }
            Err(verdict) => self.poll_failed(verdict, now).await,
        }
    }

    /// Stores raw updates; what is there already stays as it is.
    pub(crate) async fn keep(&self, batch: Vec<RawUpdate>) -> Result<(), Fault> {
        if batch.is_empty() {
            return Ok(());
        }
        let sightings = batch.iter().filter_map(|raw| sighting(&raw.body)).collect();
        let rows =
            batch.into_iter().map(|raw| (raw.update_id.unwrap_or_else(|| made_up_id(&raw.body)), raw.body));
        inbox::store(self.store(), rows.collect(), sightings, self.now()).await?;
        self.inner.arrived.notify_one();
        Ok(())
    }

    async fn offset(&self, now: Timestamp) -> Result<i64, Fault> {
        let known = self.inner.offset.load(Ordering::Acquire);
        let fed = self.inner.fed.load(Ordering::Acquire);
        let silent = fed > 0 && now.timestamp() - fed > SILENCE;
        if known >= 0 && !silent {
            return Ok(known);
        }
        let offset = inbox::offset(self.store(), now).await?;
        self.inner.offset.store(offset, Ordering::Release);
        Ok(offset)
    }

    async fn poll_failed(&self, verdict: Verdict, now: Timestamp) -> Result<Polled, Fault> {
        if verdict == Verdict::TokenDead {
            self.token_died(now).await?;
            return Ok(Polled::StandingBy);
        }
        let seconds = if verdict == Verdict::Conflict {
            tracing::error!(
                "Telegram gives the updates to somebody else: another program polls with this token, or a webhook \
                 is set. Stop it or remove the webhook; asking again in 5 s"
            );
            notes::write(self.store(), "telegram.conflict", "another program gets the updates", now).await?;
            5
        } else if let Verdict::Wait(seconds) = verdict {
            u64::try_from(seconds).unwrap_or(1) + 1
        } else {
            tracing::warn!(?verdict, "asking for updates failed; asking again in 2 s");
            2
        };
        Ok(Polled::Wait(Duration::from_secs(seconds)))
    }
}

/// What the update tells of its chat, if it can be read.
fn sighting(body: &str) -> Option<Sighting> {
    let update = parse::update(body).ok()?;
    let press = update.callback_query.and_then(|press| press.message);
    let message = update.message.or(update.edited_message).or(press)?;
    Some(Sighting {
        chat: message.chat.id,
        kind: message.chat.kind.unwrap_or_default(),
        message: message.message_id,
    })
}

/// The key of an update that has no id: always the same for the same text, and never one of Telegram's.
fn made_up_id(body: &str) -> i64 {
    let digest = Sha256::digest(body);
    let number = digest.iter().take(7).fold(0_i64, |number, byte| (number << 8) | i64::from(*byte));
    -1 - number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_without_an_id_gets_the_same_key_each_time() {
        assert_eq!(made_up_id("{}"), made_up_id("{}"));
        assert_ne!(made_up_id("{}"), made_up_id("[]"));
        assert!(made_up_id("{}") < 0);
    }
}
