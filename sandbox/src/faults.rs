//! Fault rules: what goes wrong, for which calls, how often.

use rand::Rng;
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;
use crate::state::State;

/// What goes wrong with a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaultKind {
    /// 429 with `retry_after` seconds; nothing is done.
    TooMany { retry_after: u64 },
    /// 500; nothing is done.
    ErrorBefore,
    /// The call is carried out, then 500.
    ErrorAfter,
    /// The connection is reset without an answer; nothing is done.
    ResetBefore,
    /// The call is carried out, then the connection is reset without an answer.
    ResetAfter,
    /// No answer until the client gives up, or for `ms`, then a reset; nothing is done.
    HangBefore {
        #[serde(default)]
        ms: Option<u64>,
    },
    /// The call is carried out; then no answer until the client gives up, or for `ms`.
    HangAfter {
        #[serde(default)]
        ms: Option<u64>,
    },
    /// No answer; the call is carried out `ms` after the client gave up.
    LateAccept { ms: u64 },
    /// No answer; the call is carried out `ms` after it came, whether the client still waits or not.
    AcceptAfter { ms: u64 },
    /// The connection is reset now; the call is carried out `ms` later.
    ResetThenAccept { ms: u64 },
    /// The call is carried out; the answer is 200 with broken JSON.
    WrongJson,
    /// The call is carried out; the answer comes in pieces over `ms`.
    SlowDrip { ms: u64 },
    /// 409, as if another poller had taken over; nothing is done.
    Conflict,
    /// 401; nothing is done.
    Unauthorized,
    /// 404, as a server answers that does not know the method; nothing is done.
    UnknownMethod,
    /// 400 with this description (without "Bad Request: "); nothing is done.
    BadRequest { description: String },
    /// 403 with this description (without "Forbidden: "); nothing is done.
    Forbidden { description: String },
}

/// How a fault is played: refused, met with silence, carried out too late, or carried out and spoilt.
pub(crate) enum Play {
    Refuse(Refusal),
    Reset,
    Hang(Option<u64>),
    Late { after_gone: bool, reset: bool, ms: u64 },
    Spoil(Spoil),
}

/// What becomes of the answer to a call that was carried out.
pub(crate) enum Spoil {
    Error,
    Reset,
    Hang(Option<u64>),
    WrongJson,
    Drip(u64),
}

impl FaultKind {
    pub(crate) fn play(self) -> Play {
        match self {
            Self::TooMany { retry_after } => Play::Refuse(Refusal::too_many(retry_after)),
            Self::ErrorBefore => Play::Refuse(Refusal::server_error()),
            Self::Conflict => Play::Refuse(Refusal::two_pollers()),
            Self::Unauthorized => Play::Refuse(Refusal::unauthorized()),
            Self::UnknownMethod => Play::Refuse(Refusal::unknown_method()),
            Self::BadRequest { description } => Play::Refuse(Refusal::bad(description)),
            Self::Forbidden { description } => Play::Refuse(Refusal::forbidden(description)),
            Self::ResetBefore => Play::Reset,
            Self::HangBefore { ms } => Play::Hang(ms),
            Self::LateAccept { ms } => Play::Late { after_gone: true, reset: false, ms },
            Self::AcceptAfter { ms } => Play::Late { after_gone: false, reset: false, ms },
            Self::ResetThenAccept { ms } => Play::Late { after_gone: false, reset: true, ms },
            Self::ErrorAfter => Play::Spoil(Spoil::Error),
            Self::ResetAfter => Play::Spoil(Spoil::Reset),
            Self::HangAfter { ms } => Play::Spoil(Spoil::Hang(ms)),
            Self::WrongJson => Play::Spoil(Spoil::WrongJson),
            Self::SlowDrip { ms } => Play::Spoil(Spoil::Drip(ms)),
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::TooMany { .. } => "too_many",
            Self::ErrorBefore => "error_before",
            Self::ErrorAfter => "error_after",
            Self::ResetBefore => "reset_before",
            Self::ResetAfter => "reset_after",
            Self::HangBefore { .. } => "hang_before",
            Self::HangAfter { .. } => "hang_after",
            Self::LateAccept { .. } => "late_accept",
            Self::AcceptAfter { .. } => "accept_after",
            Self::ResetThenAccept { .. } => "reset_then_accept",
            Self::WrongJson => "wrong_json",
            Self::SlowDrip { .. } => "slow_drip",
            Self::Conflict => "conflict",
            Self::Unauthorized => "unauthorized",
            Self::UnknownMethod => "unknown_method",
            Self::BadRequest { .. } => "bad_request",
            Self::Forbidden { .. } => "forbidden",
        }
    }
}

/// One rule: for a method (`*`, `send*`, or names with commas; `webhook` means deliveries to the bot), maybe one
/// chat, by chance and up to a count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    pub method: String,
    #[serde(default)]
    pub chat: Option<i64>,
    #[serde(flatten)]
    pub kind: FaultKind,
    #[serde(default = "always")]
    pub probability: f64,
    /// How many times it may still act; `None` is without end.
    #[serde(default)]
    pub count: Option<u32>,
}

fn always() -> f64 {
    1.0
}

impl Fault {
    /// A rule that always acts.
    pub fn always(method: &str, kind: FaultKind) -> Self {
        Self { method: method.to_owned(), chat: None, kind, probability: 1.0, count: None }
    }

    /// A rule that acts on the next `count` calls.
    pub fn times(method: &str, kind: FaultKind, count: u32) -> Self {
        Self { count: Some(count), ..Self::always(method, kind) }
    }

    /// A rule that acts with this probability, 0 to 1.
    pub fn sometimes(method: &str, kind: FaultKind, probability: f64) -> Self {
        Self { probability, ..Self::always(method, kind) }
    }

    /// The same rule for one chat alone.
    #[must_use]
    pub fn in_chat(self, chat: i64) -> Self {
        Self { chat: Some(chat), ..self }
    }

    fn covers(&self, method: &str, chat: Option<i64>) -> bool {
        let chat_fits = self.chat.is_none() || self.chat == chat;
        chat_fits && self.method.split(',').any(|name| name_fits(name.trim(), method))
    }
}

fn name_fits(pattern: &str, method: &str) -> bool {
    let pattern = pattern.to_ascii_lowercase();
    match pattern.strip_suffix('*') {
        Some(start) => method.starts_with(start),
        None => pattern == method,
    }
}

impl State {
    /// The fault that befalls this call, if any: the first rule that covers it and whose die falls.
    pub(crate) fn pick_fault(&mut self, method: &str, chat: Option<i64>) -> Option<FaultKind> {
        for index in 0..self.faults.len() {
            let rule = &self.faults[index];
            if !rule.covers(method, chat) || rule.count == Some(0) {
                continue;
            }
            if rule.probability < 1.0 && self.rng.random::<f64>() >= rule.probability {
                continue;
            }
            let kind = rule.kind.clone();
            if let Some(left) = &mut self.faults[index].count {
                *left -= 1;
            }
            self.faults.retain(|rule| rule.count != Some(0));
            return Some(kind);
        }
        None
    }

    /// The fault that befalls a delivery to the webhook; rules for all methods (`*`) are about calls alone.
    pub(crate) fn pick_delivery_fault(&mut self, chat: Option<i64>) -> Option<FaultKind> {
        let named = self.faults.iter().any(|rule| rule.method.eq_ignore_ascii_case("webhook"));
        if named { self.pick_fault("webhook", chat) } else { None }
    }
}
