//! Webhook mode: the three methods, and delivery by plain HTTP POST with retries (RELIABILITY T-4, T-5).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use rand::Rng;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::faults::Play;
use crate::journal::{Kind, Note};
use crate::methods;
use crate::params::Params;
use crate::post::{Reply, Target, post};
use crate::refusal::{Answer, Refusal};
use crate::server::Inner;
use crate::state::State;

const ANSWER_WITHIN: Duration = Duration::from_secs(30);
/// `Retry-After` is honoured up to this many seconds.
const LONGEST_RETRY_AFTER: i64 = 3_600;
/// A webhook that answers 410 for so long is removed, in milliseconds.
const GONE_AFTER_MS: i64 = 23 * 3_600_000;

/// Where updates go, and how it went.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Webhook {
    pub url: String,
    pub secret: Option<String>,
    pub max_connections: usize,
    /// Per queue key: when to try again, in milliseconds of the sandbox's clock, and the failures so far.
    #[serde(skip)]
    pauses: BTreeMap<i64, (i64, u32)>,
    last_error: Option<(i64, String)>,
    gone_since: Option<i64>,
}

pub(crate) fn set(state: &mut State, params: &Params) -> Answer {
    let url = params.text("url").unwrap_or_default();
    if url.is_empty() {
        return Ok(delete(state, params));
    }
    // The sandbox speaks plain HTTP on loopback; Telegram itself insists on HTTPS.
    if Target::parse(&url).is_none() {
        return Err(Refusal::bad("bad webhook: a loopback http:// URL must be provided for webhook"));
    }
    let secret = params.text("secret_token").filter(|secret| !secret.is_empty());
    let good = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if secret.as_ref().is_some_and(|secret| secret.len() > 256) {
        return Err(Refusal::bad("secret token is too long"));
    }
    if secret.as_ref().is_some_and(|secret| !secret.chars().all(good)) {
        return Err(Refusal::bad("secret token contains unallowed characters"));
    }
    take_allowed(state, params)?;
    drop_pending(state, params);
    state.updates.poll += 1;
    state.updates.release_all();
    let wanted = params.int("max_connections").and_then(|n| usize::try_from(n).ok());
    let max_connections = wanted.unwrap_or(40).clamp(1, 100);
    let pauses = BTreeMap::new();
    state.webhook =
        Some(Webhook { url, secret, max_connections, pauses, last_error: None, gone_since: None });
    Ok(json!(true))
}

pub(crate) fn delete(state: &mut State, params: &Params) -> Value {
    state.webhook = None;
    state.updates.release_all();
    drop_pending(state, params);
    json!(true)
}

fn drop_pending(state: &mut State, params: &Params) {
    if params.flag("drop_pending_updates") {
        state.updates.queue.clear();
    }
}

/// Remembers `allowed_updates` if the call names them (TG-07).
pub(crate) fn take_allowed(state: &mut State, params: &Params) -> Result<(), Refusal> {
    if let Some(kinds) = params.json("allowed_updates")? {
        let broken = || Refusal::bad("can't parse allowed_updates");
        let names = kinds.as_array().ok_or_else(broken)?.iter();
        state.updates.allowed = Some(names.filter_map(|name| name.as_str().map(str::to_owned)).collect());
    }
    Ok(())
}

pub(crate) fn info(state: &State) -> Value {
    let mut value = json!({
        "url": "", "has_custom_certificate": false, "pending_update_count": state.updates.queue.len(),
    });
    if let Some(hook) = &state.webhook {
        value["url"] = json!(hook.url);
        value["max_connections"] = json!(hook.max_connections);
        if let Some((at, why)) = &hook.last_error {
            value["last_error_date"] = json!(at / 1_000);
            value["last_error_message"] = json!(why);
        }
    }
    if let Some(kinds) = &state.updates.allowed {
        value["allowed_updates"] = json!(kinds);
    }
    value
}

/// One delivery under way.
struct Job {
    seq: u64,
    key: i64,
    chat: Option<i64>,
    body: String,
    target: Target,
    secret: Option<String>,
}

impl State {
    /// What may be delivered now: the front of each queue key that neither pauses nor is under way.
    fn ready_jobs(&mut self) -> Vec<Job> {
        self.expire_updates();
        let now = self.now_ms();
        let Some(hook) = self.webhook.as_ref().filter(|_| !self.updates.held) else { return Vec::new() };
        let Some(target) = Target::parse(&hook.url) else { return Vec::new() };
        let mut free = hook.max_connections.saturating_sub(self.updates.in_flight());
        let mut fronts = BTreeSet::new();
        let mut jobs = Vec::new();
        for update in &mut self.updates.queue {
            let paused = hook.pauses.get(&update.key).is_some_and(|(until, _)| *until > now);
            if !fronts.insert(update.key) || paused || update.in_flight || free == 0 {
                continue;
            }
            free -= 1;
            update.in_flight = true;
            update.delivered = true;
            let (seq, key, chat, body) = (update.seq, update.key, update.chat, update.body.clone());
            jobs.push(Job { seq, key, chat, body, target: target.clone(), secret: hook.secret.clone() });
        }
        jobs
    }

    fn delivered(&mut self, job: &Job, reply: &Reply) {
        let position = self.updates.queue.iter().position(|update| update.seq == job.seq);
        if let Some(update) = position.and_then(|at| self.updates.queue.remove(at)) {
            self.note(Kind::Delivered, Note::update(update.id, update.chat, &update.kind));
            if self.updates.take_double() {
                self.updates.queue.push_front(crate::updates::Queued { in_flight: false, ..update.clone() });
            }
            self.forget_confirmed(update);
        }
        if let Some(hook) = &mut self.webhook {
            hook.pauses.remove(&job.key);
            hook.gone_since = None;
        }
        self.called_in_reply(&reply.body);
    }

    /// A webhook's answer may carry a method call, whose result nobody learns (RELIABILITY T-11).
    fn called_in_reply(&mut self, body: &str) {
        let Ok(Value::Object(fields)) = serde_json::from_str(body) else { return };
        let Some(method) = fields.get("method").and_then(Value::as_str).map(str::to_ascii_lowercase) else {
            return;
        };
        let params = Params::of(fields);
        self.note(
            Kind::Call,
            Note { detail: "in a webhook's answer".to_owned(), ..methods::call(&method, &params) },
        );
        let _ = methods::run(self, &method, &params);
    }

    fn undelivered(&mut self, job: &Job, why: String, reply: Option<&Reply>) {
        let now = self.now_ms();
        let cap = self.rng.random_range(60_000..=120_000);
        let found = self.updates.queue.iter_mut().find(|update| update.seq == job.seq);
        let note = found.map(|update| {
            update.in_flight = false;
            Note { text: Some(why.clone()), ..Note::update(update.id, update.chat, &update.kind) }
        });
        if let Some(note) = note {
            self.note(Kind::Undelivered, note);
        }
        let Some(hook) = &mut self.webhook else { return };
        let failures = hook.pauses.get(&job.key).map_or(0, |(_, failures)| *failures) + 1;
        let asked = reply
            .and_then(|reply| reply.retry_after)
            .map(|seconds| seconds.clamp(0, LONGEST_RETRY_AFTER) * 1_000);
        hook.pauses.insert(job.key, (now + asked.unwrap_or_else(|| retry_pause(failures, cap)), failures));
        hook.last_error = Some((now, why));
        let gone = reply.is_some_and(|reply| reply.status == 410);
        hook.gone_since = if gone { hook.gone_since.or(Some(now)) } else { None };
        if hook.gone_since.is_some_and(|since| now - since >= GONE_AFTER_MS) {
            self.webhook = None;
        }
    }
}

/// At once after the first failure, then 2, 4, 8 … seconds up to a cap; in milliseconds.
fn retry_pause(failures: u32, cap: i64) -> i64 {
    if failures <= 1 { 0 } else { (1_000_i64 << (failures - 1).min(20)).min(cap) }
}

/// Delivers updates as long as a webhook is set; ends with the sandbox.
pub(crate) async fn deliver_forever(inner: Arc<Inner>) {
    let mut changes = inner.changes();
    let mut posts = JoinSet::new();
    loop {
        changes.borrow_and_update();
        for job in inner.read(State::ready_jobs) {
            posts.spawn(deliver(Arc::clone(&inner), job));
        }
        let waiting = inner.read(|state| state.webhook.is_some() && !state.updates.queue.is_empty());
        tokio::select! {
            () = inner.stopped() => break,
            _ = changes.changed() => {}
            Some(_) = posts.join_next() => {}
            // A pause ends by the clock alone, without a change to wake us.
            () = tokio::time::sleep(Duration::from_millis(100)), if waiting => {}
        }
    }
    posts.shutdown().await;
}

async fn deliver(inner: Arc<Inner>, job: Job) {
    let failed = |why: &str| inner.change(|state| state.undelivered(&job, why.to_owned(), None));
    let fault = inner.change(|state| state.pick_delivery_fault(job.chat));
    let spoilt = match fault.map(crate::faults::FaultKind::play) {
        None => false,
        Some(Play::Refuse(_) | Play::Reset) => return failed("Connection reset by peer"),
        Some(Play::Hang(ms)) => {
            inner.pause(ms.unwrap_or(10_000)).await;
            return failed("Connection timed out");
        }
        Some(Play::Late { ms, .. }) => {
            inner.pause(ms).await;
            false
        }
        Some(Play::Spoil(_)) => true,
    };
    let token = job.secret.as_ref();
    let header =
        token.map_or_else(String::new, |secret| format!("X-Telegram-Bot-Api-Secret-Token: {secret}\r\n"));
    let talk = tokio::time::timeout(ANSWER_WITHIN, post(&job.target, &header, &job.body)).await;
    match talk {
        Err(_) => failed("Read timeout expired"),
        Ok(Err(error)) => failed(&format!("Connection failed: {error}")),
        Ok(Ok(_)) if spoilt => failed("Connection reset by peer"),
        Ok(Ok(reply)) if (200..300).contains(&reply.status) => {
            inner.change(|state| state.delivered(&job, &reply));
        }
        Ok(Ok(reply)) => {
            let why = format!("Wrong response from the webhook: {} {}", reply.status, reply.reason);
            inner.change(|state| state.undelivered(&job, why, Some(&reply)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_come_at_once_and_then_ever_later_up_to_the_cap() {
        let pauses: Vec<i64> = (1..=9).map(|failures| retry_pause(failures, 90_000)).collect();
        assert_eq!(pauses, [0, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 90_000, 90_000]);
    }
}
