//! Webhook mode: the three methods, and delivery by plain HTTP POST with retries.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::journal::{Kind, Note};
use crate::params::Params;
use crate::refusal::{Answer, Refusal};
use crate::server::Inner;
use crate::state::State;

/// The first pause after a failed delivery, in milliseconds; it doubles up to `SLOWEST_MS`.
const FIRST_MS: i64 = 200;
const SLOWEST_MS: i64 = 60_000;
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Where updates go, and how it went.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Webhook {
    pub url: String,
    pub secret: Option<String>,
    pub max_connections: i64,
    /// Per queue key: when to try again, and the pause after that.
    #[serde(skip)]
    pub pauses: BTreeMap<i64, (i64, i64)>,
    pub last_error: Option<(i64, String)>,
}

pub(crate) fn set(state: &mut State, params: &Params) -> Answer {
    let url = params.text("url").unwrap_or_default();
    if url.is_empty() {
        return Ok(delete(state, params));
    }
    // The sandbox speaks plain HTTP on loopback; Telegram itself insists on HTTPS.
    if split_url(&url).is_none() {
        return Err(Refusal::bad("bad webhook: an http:// URL with a host must be provided for webhook"));
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
    let max_connections = params.int("max_connections").unwrap_or(40);
    state.webhook =
        Some(Webhook { url, secret, max_connections, pauses: BTreeMap::new(), last_error: None });
    Ok(json!(true))
}

pub(crate) fn delete(state: &mut State, params: &Params) -> Value {
    state.webhook = None;
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

/// Host with port, and path with query, of an `http://` URL.
fn split_url(url: &str) -> Option<(String, String)> {
    let rest = url.strip_prefix("http://")?;
    let (host, path) = rest.split_once('/').map_or((rest, String::new()), |(host, path)| (host, path.to_owned()));
    if host.is_empty() {
        return None;
    }
    let host = if host.contains(':') { host.to_owned() } else { format!("{host}:80") };
    Some((host, format!("/{path}")))
}

struct Job {
    id: i64,
    key: i64,
    body: String,
    hook: Webhook,
}

impl State {
    /// The next update to deliver: the front of a queue key that is not pausing.
    fn next_job(&mut self) -> Option<Job> {
        self.expire_updates();
        let now = crate::clock::machine_ms();
        let hook = self.webhook.clone()?;
        let mut waiting = std::collections::BTreeSet::new();
        for update in &self.updates.queue {
            let paused = hook.pauses.get(&update.key).is_some_and(|(until, _)| *until > now);
            if waiting.insert(update.key) && !paused {
                let (id, key, body) = (update.id, update.key, update.body.clone());
                return Some(Job { id, key, body, hook });
            }
        }
        None
    }

    fn job_done(&mut self, job: &Job, outcome: Result<(), String>) {
        let now = self.now_ms();
        let position = self.updates.queue.iter().position(|update| update.id == job.id);
        match outcome {
            Ok(()) => {
                if let Some(update) = position.and_then(|at| self.updates.queue.remove(at)) {
                    self.note(Kind::Delivered, Note::update(update.id, update.chat, &update.kind));
                    self.forget_confirmed(update);
                }
                if let Some(hook) = &mut self.webhook {
                    hook.pauses.remove(&job.key);
                }
            }
            Err(why) => {
                if let Some(hook) = &mut self.webhook {
                    let pause = hook.pauses.get(&job.key).map_or(FIRST_MS, |(_, pause)| (pause * 2).min(SLOWEST_MS));
                    hook.pauses.insert(job.key, (crate::clock::machine_ms() + pause, pause));
                    hook.last_error = Some((now, why));
                }
            }
        }
    }
}

/// Delivers updates as long as a webhook is set; ends with the sandbox.
pub(crate) async fn deliver_forever(inner: std::sync::Arc<Inner>) {
    let mut changes = inner.changes();
    let mut stop = inner.stopping();
    loop {
        let job = inner.read(State::next_job);
        if let Some(job) = job {
            let outcome = post(&job).await;
            inner.change(|state| state.job_done(&job, outcome));
            continue;
        }
        tokio::select! {
            _ = stop.changed() => return,
            _ = changes.changed() => {}
            () = tokio::time::sleep(Duration::from_millis(100)), if inner.read(|state| state.webhook.is_some()) => {}
        }
    }
}

async fn post(job: &Job) -> Result<(), String> {
    let (host, path) = split_url(&job.hook.url).ok_or("bad URL")?;
    let secret = job
        .hook
        .secret
        .as_ref()
        .map_or_else(String::new, |secret| format!("X-Telegram-Bot-Api-Secret-Token: {secret}\r\n"));
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n{secret}Content-Length: {}\r\n\
         Connection: close\r\n\r\n",
        job.body.len()
    );
    let talk = async {
        let mut stream = TcpStream::connect(&host).await?;
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(job.body.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.take(4_096).read_to_end(&mut answer).await?;
        std::io::Result::Ok(answer)
    };
    let answer = tokio::time::timeout(ANSWER_WITHIN, talk)
        .await
        .map_err(|_| "Read timeout expired".to_owned())?
        .map_err(|error| format!("Connection failed: {error}"))?;
    let text = String::from_utf8_lossy(&answer);
    let status = text.split_whitespace().nth(1).unwrap_or_default();
    if status.len() == 3 && status.starts_with('2') {
        Ok(())
    } else {
        Err(format!("Wrong response from the webhook: {status}"))
    }
}
