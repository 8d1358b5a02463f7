//! Deliver: claim, send, record; one message in flight per chat, ever (RELIABILITY 3.2 T3-T4).

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono_tz::Tz;
use engine::domain::Timestamp;
use engine::store::change::{OutFace, Payload, Policy};
use engine::store::leases::Lease;
use engine::store::outbox::{self, Claim, FileRow, Waiting};
use engine::store::{chats, outcome, quiet};
use futures::future::join_all;

use crate::api::{FileSource, Outgoing};
use crate::bot::{Bot, lock};
use crate::classify::Verdict;
use crate::crash;
use crate::fault::Fault;
use crate::probe::Probed;
use crate::record::Why;

/// A claim older than this is given back instead of sent: somebody else may lead by now.
const STALE_CLAIM: Duration = Duration::from_secs(2);
/// So many sends with an unknown outcome, and no more.
const COPIES: i64 = 3;

/// What one tick did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeliverReport {
    /// Messages that were claimed, and so sent or given back.
    pub claimed: usize,
    /// When the next message is due, if one waits.
    pub next: Option<Timestamp>,
}

/// Claimed messages, and when the next one is due.
pub(crate) struct Chosen {
    pub claims: Vec<Claim>,
    pub next: Option<Timestamp>,
}

impl Bot {
    /// Sends what is due at `now`, at most one message to each chat, and waits for the outcomes.
    pub async fn deliver_tick(&self, now: Timestamp) -> Result<DeliverReport, Fault> {
        let chosen = self.choose(now, self.inner.options.at_once).await?;
        let claimed = chosen.claims.len();
        let begun = Instant::now();
        let outcomes = join_all(chosen.claims.iter().map(|claim| self.deliver(claim, begun))).await;
        outcomes.into_iter().collect::<Result<Vec<()>, _>>()?;
        Ok(DeliverReport { claimed, next: chosen.next })
    }

    /// Claims up to `room` messages that are due and that the limits allow.
    pub(crate) async fn choose(&self, now: Timestamp, room: usize) -> Result<Chosen, Fault> {
        let nothing = Chosen { claims: Vec::new(), next: None };
        if self.is_token_dead() || room == 0 {
            return Ok(nothing);
        }
        let Some(lease) = self.lead(now).await? else { return Ok(nothing) };
        self.catch_up().await?;
        for (from, to) in chats::left_behind(self.store()).await? {
            chats::migrate(self.store(), from, to, now).await?;
        }
        self.drop_superseded(now).await?;
        let mut next: Option<Timestamp> = None;
        let mut ids = Vec::new();
        for head in self.heads(now).await? {
            let due = head.due.max(self.limits().free_at(head.chat, now));
            let due = self.night(&head, now).map_or(due, |(_, until)| due.max(until));
            if due > now || ids.len() >= room {
                next = Some(next.map_or(due, |earlier| earlier.min(due)));
            } else {
                self.limits().take(head.chat, now);
                ids.push(head.id);
            }
        }
        crash::point("deliver_chosen");
        let claims = self.claim(&lease, ids, now).await?;
        for claim in &claims {
            // Telegram counts each item of an album.
            (1..claim.payload.album.len()).for_each(|_| self.limits().take(claim.chat, now));
        }
        Ok(Chosen { claims, next })
    }

    /// The first message of each chat, what waits for the morning set aside.
    async fn heads(&self, now: Timestamp) -> Result<Vec<Waiting>, Fault> {
        let heads = outbox::heads(self.store(), now).await?;
        let nights: BTreeMap<&str, (Tz, Timestamp)> = heads
            .iter()
            .filter(|head| head.due <= now)
            .filter_map(|head| self.night(head, now))
            .map(|night| (night.0.name(), night))
            .collect();
        if nights.is_empty() {
            return Ok(heads);
        }
        quiet::hold(self.store(), nights.into_values().collect(), now).await?;
        Ok(outbox::heads(self.store(), now).await?)
    }

    /// Where it is night for this message, and until when (TG-52).
    fn night(&self, head: &Waiting, now: Timestamp) -> Option<(Tz, Timestamp)> {
        let zone = head.quiet_zone?;
        let until = self.inner.app.desk().agency.calendar.quiet_until(now, Some(zone))?;
        Some((zone, until))
    }

    async fn claim(&self, lease: &Lease, ids: Vec<i64>, now: Timestamp) -> Result<Vec<Claim>, Fault> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let claims = outbox::claim(self.store(), lease, ids, now).await?;
        crash::point("deliver_claimed");
        if claims.is_none() {
            tracing::warn!(epoch = lease.epoch, "the lease is gone; nothing was claimed");
        }
        Ok(claims.unwrap_or_default())
    }

    /// Of several changes of one message that wait, only the newest is worth sending.
    async fn drop_superseded(&self, now: Timestamp) -> Result<(), Fault> {
        for old in outbox::superseded(self.store()).await? {
            let reason = format!("message {} says it newer", old.newer);
            outcome::drop_unsent(self.store(), old.chat, vec![(old.id, old.kind)], &reason, now).await?;
        }
        Ok(())
    }

    /// Sends a claimed message and records what became of it. What cannot be recorded now is recorded later.
    pub(crate) async fn deliver(&self, claim: &Claim, begun: Instant) -> Result<(), Fault> {
        let verdict = match self.attempt(claim, begun).await {
            Ok(Some(verdict)) => verdict,
            Ok(None) => return Ok(()),
            Err(fault) => {
                self.record_later(claim, Verdict::NotSent);
                return Err(fault);
            }
        };
        crash::point("deliver_sent");
        if let Err(fault) = self.record(claim, verdict.clone()).await {
            self.record_later(claim, verdict);
            return Err(fault);
        }
        crash::point("deliver_recorded");
        Ok(())
    }

    fn record_later(&self, claim: &Claim, verdict: Verdict) {
        lock(&self.inner.unrecorded).push((claim.clone(), verdict));
    }

    /// Outcomes that the database did not take when they were known.
    async fn catch_up(&self) -> Result<(), Fault> {
        let waiting = std::mem::take(&mut *lock(&self.inner.unrecorded));
        let mut waiting = waiting.into_iter();
        while let Some((claim, verdict)) = waiting.next() {
            if let Err(fault) = self.record(&claim, verdict.clone()).await {
                lock(&self.inner.unrecorded).extend(std::iter::once((claim, verdict)).chain(waiting));
                return Err(fault);
            }
        }
        Ok(())
    }

    /// The verdict of a send, or nothing if there was none and that is recorded.
    async fn attempt(&self, claim: &Claim, mut begun: Instant) -> Result<Option<Verdict>, Fault> {
        if claim.ambiguous > 0 {
            if !self.is_worth_another(claim).await?
                || !outcome::begins(self.store(), claim, self.now()).await?
            {
                return Ok(None);
            }
            begun = Instant::now();
        }
        let now = self.now();
        if begun.elapsed() > STALE_CLAIM || (claim.ambiguous == 0 && now - claim.started > stale()) {
            tracing::warn!(message = claim.id, "a claim grew old before the send; given back");
            outcome::later(self.store(), claim, now, false, "the claim grew old").await?;
            return Ok(None);
        }
        Ok(Some(self.send(claim).await))
    }

    /// An earlier send may have arrived: see that Telegram answers at all, look for the message, bound it (3.4).
    async fn is_worth_another(&self, claim: &Claim) -> Result<bool, Fault> {
        let reached = self.inner.api.is_reachable().await;
        if reached == Verdict::TokenDead {
            self.record(claim, Verdict::TokenDead).await?;
            return Ok(false);
        }
        if !matches!(reached, Verdict::Accepted(_)) {
            // A dead way back must not print a copy a minute.
            let next = self.now() + self.quarantine();
            outcome::later(self.store(), claim, next, false, "Telegram does not answer").await?;
            return Ok(false);
        }
        match self.probe(claim).await? {
            Probed::NotThere => {}
            Probed::Found(message) => {
                crash::point("probe_found");
                outcome::delivered(self.store(), claim, message, true, self.now()).await?;
                return Ok(false);
            }
            Probed::CutShort(verdict @ Verdict::Wait(_)) => {
                self.record(claim, verdict).await?;
                return Ok(false);
            }
            Probed::CutShort(_) => {
                let next = self.now() + self.quarantine();
                outcome::later(self.store(), claim, next, false, "looking for it was cut short").await?;
                return Ok(false);
            }
        }
        if claim.ambiguous < COPIES && claim.policy == Policy::AtLeastOnce {
            return Ok(true);
        }
        outcome::given_up(self.store(), claim, self.now()).await?;
        tracing::error!(
            message = claim.id,
            copies = claim.ambiguous,
            "whether a message arrived stays unknown"
        );
        self.tell_about(claim, "staff-unknown-outcome", &Why::Silence).await?;
        Ok(false)
    }

    async fn send(&self, claim: &Claim) -> Verdict {
        if claim.face == OutFace::Remove {
            return self.take_away(claim).await;
        }
        let rows: Vec<&FileRow> = claim.file.iter().chain(&claim.album).collect();
        let files: Vec<FileSource> = rows.iter().filter_map(|row| self.source(row)).collect();
        let wanted = usize::from(claim.payload.file.is_some()) + claim.payload.album.len();
        if files.is_empty() && wanted > 0 {
            return Verdict::NoFile;
        }
        if files.len() < wanted
            && let Err(error) = self.tell_about(claim, "staff-send-failed", &Why::File).await
        {
            tracing::error!(%error, message = claim.id, "a file is missing in an album, and nobody could be told");
        }
        let verdict = self.send_as(claim, &files, false).await;
        if verdict == Verdict::BadMarkup {
            tracing::error!(message = claim.id, "Telegram cannot read the formatting; sent as plain text");
            return self.send_as(claim, &files, true).await;
        }
        verdict
    }

    async fn send_as(&self, claim: &Claim, files: &[FileSource], plain: bool) -> Verdict {
        let out = outgoing(claim, &claim.payload, files, plain);
        let Some(target) = claim.target.filter(|_| claim.face == OutFace::Replace) else {
            return self.inner.api.send(out).await;
        };
        if target.is_so {
            return Verdict::Accepted(target.message);
        }
        let verdict = self.inner.api.edit(out, target.message, target.has_file).await;
        let is_so = matches!(verdict, Verdict::Accepted(_) | Verdict::AlreadySo);
        if is_so { Verdict::Accepted(target.message) } else { verdict }
    }

    /// What is gone, or too old to be taken away (TG-48), is as well as it can be.
    async fn take_away(&self, claim: &Claim) -> Verdict {
        let Some(target) = claim.target else { return Verdict::Accepted(0) };
        let verdict = self.inner.api.delete(claim.chat, target.message).await;
        let is_over = matches!(verdict, Verdict::AlreadySo | Verdict::MessageGone | Verdict::NotOurs);
        if is_over { Verdict::Accepted(0) } else { verdict }
    }

    fn source(&self, row: &FileRow) -> Option<FileSource> {
        if let Some(file_id) = &row.file_id {
            return Some(FileSource::Telegram { file_id: file_id.clone(), kind: row.kind.clone() });
        }
        let is_hash = row.sha256.len() == 64 && row.sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        let path = self.inner.options.files_dir.as_ref().filter(|_| is_hash)?.join(&row.sha256);
        let name = row.name.clone().unwrap_or_else(|| "file".to_owned());
        path.is_file().then_some(FileSource::Disk { path, name })
    }
}

/// A claim as it goes over the wire.
pub(crate) fn outgoing<'a>(
    claim: &Claim,
    words: &'a Payload,
    files: &'a [FileSource],
    plain: bool,
) -> Outgoing<'a> {
    Outgoing { chat: claim.chat, words, reply_to: claim.reply_to, files, topic: claim.topic, plain }
}

fn stale() -> chrono::Duration {
    chrono::Duration::from_std(STALE_CLAIM).unwrap_or(chrono::Duration::seconds(2))
}
