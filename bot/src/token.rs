//! Token: what happens when Telegram refuses it, and how the bot goes on when one is valid again.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use engine::domain::Timestamp;
use engine::store::notes;

use crate::api::Api;
use crate::bot::{Bot, lock};
use crate::classify::Verdict;
use crate::fault::Fault;
use crate::secret::Secret;

/// The note of what Telegram last said about the token.
const NOTE: &str = "telegram.token";
/// A refused token is tried again this often, in seconds: a revoked one may have been given back.
const AGAIN: i64 = 60;

/// How the token stands with Telegram.
pub(crate) struct Standing {
    /// Telegram says that it is not valid; nothing is asked or sent any more.
    dead: AtomicBool,
    /// The one in use.
    token: Mutex<Secret>,
    /// When it was last refused, in seconds.
    refused: AtomicI64,
}

impl Standing {
    pub fn new(token: Secret) -> Self {
        Self { dead: AtomicBool::new(false), token: Mutex::new(token), refused: AtomicI64::new(0) }
    }
}

/// The user name of the bot that a token belongs to, without `@`; `None` if Telegram does not tell in time.
pub async fn bot_name(api_url: &str, token: &Secret, patience: Duration) -> Option<String> {
    Api::new(api_url, token, patience).ok()?.name().await
}

impl Bot {
    /// Whether Telegram has refused the token, so that nothing is polled or sent until one is valid.
    pub fn is_token_dead(&self) -> bool {
        self.inner.token.dead.load(Ordering::Acquire)
    }

    /// Telegram refused the token: stop, keep every row, tell the operator.
    pub(crate) async fn token_died(&self, now: Timestamp) -> Result<(), Fault> {
        self.inner.token.refused.store(now.timestamp(), Ordering::Release);
        if self.inner.token.dead.swap(true, Ordering::AcqRel) {
            return Ok(());
        }
        tracing::error!(
            "Telegram refuses the bot's token: nothing is polled or sent any more, nothing is lost. \
             Put a valid token into telegram.token or the file that it is read from; \
             it is taken from there without a restart"
        );
        Ok(notes::write(self.store(), NOTE, "refused by Telegram", now).await?)
    }

    /// After a refusal: tries the token read anew, another one at once, the same one each minute.
    pub async fn revive(&self) -> Result<(), Fault> {
        let (now, standing) = (self.now(), &self.inner.token);
        if !self.is_token_dead() || !(self.takes_another_token() || self.is_time(now)) {
            return Ok(());
        }
        standing.refused.store(now.timestamp(), Ordering::Release);
        if !matches!(self.inner.api.is_reachable().await, Verdict::Accepted(_)) {
            return Ok(());
        }
        notes::write(self.store(), NOTE, "accepted by Telegram", now).await?;
        standing.dead.store(false, Ordering::Release);
        tracing::info!("Telegram takes the bot's token: updates and messages go on");
        Ok(())
    }

    fn is_time(&self, now: Timestamp) -> bool {
        now.timestamp() - self.inner.token.refused.load(Ordering::Acquire) >= AGAIN
    }

    /// Whether there is another token now; it is in use then.
    fn takes_another_token(&self) -> bool {
        let read = self.inner.options.token_again.as_ref().and_then(|read| read());
        let Some(read) = read.filter(|read| !read.is_empty()) else { return false };
        let mut token = lock(&self.inner.token.token);
        if token.is(read.reveal().as_bytes()) {
            return false;
        }
        self.inner.api.set_token(&read);
        *token = read;
        true
    }
}
