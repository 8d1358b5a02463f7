//! Probe: finds a message whose sending ended in the unknown, by trying to change it into itself (RELIABILITY 3.4).
//!
//! Only one message per chat is ever in flight, so a message of ours above the last one we know is the lost one.

use engine::store::change::OutFace;
use engine::store::outbox::{self, Claim};

use crate::bot::Bot;
use crate::classify::Verdict;
use crate::deliver::outgoing;
use crate::fault::Fault;

/// So many ids are tried.
const CALLS: i64 = 50;
/// So many ids in a row that are not there mean the end of the chat.
const EMPTY: u32 = 3;
/// A message that was tried so often is sent again although the search was cut short: its chat waits behind it.
const TRIES: i64 = 20;

/// What the search for a lost message came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Probed {
    /// It arrived after all, under this id.
    Found(i64),
    /// It is not there, or cannot be looked for.
    NotThere,
    /// Telegram did not answer on the way: it may be there.
    CutShort(Verdict),
}

impl Bot {
    /// Looks for a lost message; always `NotThere` when the setting is off.
    pub(crate) async fn probe(&self, claim: &Claim) -> Result<Probed, Fault> {
        let is_text = claim.payload.is_text() && claim.payload.force_reply.is_none();
        let is_edit = claim.face == OutFace::Remove || claim.target.is_some();
        if !self.inner.options.probe || !is_text || is_edit {
            return Ok(Probed::NotThere);
        }
        // Whatever was known when it was sent is older than it.
        let first = claim.last_mid.max(claim.floor_mid) + 1;
        let seen = self.highest_seen(claim).await?;
        let mut missing = 0;
        for message in first..first + CALLS {
            let out = outgoing(claim, &claim.payload, &[], false);
            let verdict = self.inner.api.edit(out, message, false).await;
            if matches!(verdict, Verdict::Accepted(_) | Verdict::AlreadySo) {
                tracing::info!(message = claim.id, "a message that seemed lost was found");
                return Ok(Probed::Found(message));
            }
            let is_no_answer = matches!(verdict, Verdict::Unknown | Verdict::NotSent | Verdict::Wait(_));
            if is_no_answer && claim.attempts < TRIES {
                return Ok(Probed::CutShort(verdict));
            }
            if !matches!(verdict, Verdict::MessageGone | Verdict::NotOurs) {
                tracing::debug!(?verdict, "looking for a lost message ended early");
                return Ok(Probed::NotThere);
            }
            let beyond = verdict == Verdict::MessageGone && message > seen;
            missing = if beyond { missing + 1 } else { 0 };
            if missing >= EMPTY {
                return Ok(Probed::NotThere);
            }
        }
        Ok(Probed::NotThere)
    }

    /// Up to here ids were given out for certain: beyond it, a few empty ones are the end.
    async fn highest_seen(&self, claim: &Claim) -> Result<i64, Fault> {
        let shared = if shares(claim) { outbox::highest_shared_sighting(self.store()).await? } else { 0 };
        Ok(claim.seen_mid.max(shared))
    }
}

/// Ids of one supergroup grow by themselves; private chats and small groups share one counter.
fn shares(claim: &Claim) -> bool {
    claim.chat_kind != "supergroup" && claim.chat > -1_000_000_000_000
}
