//! The journal: what came in, what was accepted, refused, broken and delivered, in order; the outside witness.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use crate::limits::Limits;

/// The most lines kept in memory; older ones are forgotten.
const MOST: usize = 1_000_000;
/// How many lines a saved state carries.
const SAVED: usize = 2_000;

/// What kind of thing a line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A request arrived.
    Call,
    /// A request was carried out (sends: the message is in the chat).
    Accepted,
    /// A request was answered with an error.
    Refused,
    /// A fault rule acted.
    Fault,
    /// An update was queued for the bot.
    Update,
    /// An update was handed to the bot.
    Delivered,
    /// A delivery to the webhook failed.
    Undelivered,
    /// An update was confirmed by the bot and forgotten.
    Confirmed,
    /// An update reached the end of its life unconfirmed.
    Expired,
    /// A message of the bot was changed.
    Edit,
    /// A press was answered.
    Answer,
}

/// One line of the journal; `at` is in milliseconds UTC of the sandbox's clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub n: u64,
    pub at: i64,
    pub kind: Kind,
    pub method: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What an edited message said before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_text: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// The parameters of a call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub params: Option<Value>,
}

/// What a line says besides its number and time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Note {
    pub method: String,
    pub chat: Option<i64>,
    pub message_id: Option<i64>,
    pub text: Option<String>,
    pub old_text: Option<String>,
    pub detail: String,
    pub params: Option<Value>,
}

impl Note {
    pub fn of(method: &str) -> Self {
        Self { method: method.to_owned(), ..Self::default() }
    }

    pub fn update(id: i64, chat: Option<i64>, what: &str) -> Self {
        Self { method: what.to_owned(), chat, detail: format!("update {id}"), ..Self::default() }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Journal {
    last: u64,
    #[serde(serialize_with = "latest")]
    entries: VecDeque<Entry>,
}

/// A saved state shows the recent past only: it is written anew about once a second.
fn latest<S: Serializer>(entries: &VecDeque<Entry>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(entries.range(entries.len().saturating_sub(SAVED)..))
}

impl Journal {
    pub fn note(&mut self, at: i64, kind: Kind, note: Note) {
        self.last += 1;
        let Note { method, chat, message_id, text, old_text, detail, params } = note;
        let n = self.last;
        self.entries.push_back(Entry {
            n,
            at,
            kind,
            method,
            chat,
            message_id,
            text,
            old_text,
            detail,
            params,
        });
        if self.entries.len() > MOST {
            self.entries.pop_front();
        }
    }

    /// The lines with a number of `from` and above.
    pub fn from(&self, from: u64) -> Vec<Entry> {
        let start = self.entries.partition_point(|entry| entry.n < from);
        self.entries.range(start..).cloned().collect()
    }

    pub fn len(&self) -> u64 {
        self.last
    }

    pub fn stats(&self) -> Stats {
        let mut stats = Stats::default();
        let mut times: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        let mut all = Vec::new();
        let mut limits = Limits::default();
        for entry in self.entries.iter().filter(|entry| entry.is_accepted_send()) {
            let Some(chat) = entry.chat else { continue };
            if let Some(text) = &entry.text {
                *stats.copies.entry((chat, text.clone())).or_default() += 1;
                stats.order.entry(chat).or_default().push(text.clone());
            }
            if limits.take(chat, chat < 0, entry.at).is_err() {
                stats.violations += 1;
            }
            times.entry(chat).or_default().push(entry.at);
            all.push(entry.at);
        }
        for (chat, times) in times {
            stats.max_per_second.insert(chat, most_within(&times, 1_000));
            stats.max_per_minute.insert(chat, most_within(&times, 60_000));
        }
        stats.max_overall_per_second = most_within(&all, 1_000);
        stats
    }
}

impl Entry {
    /// A message that really appeared in a chat by a send call of the bot.
    pub fn is_accepted_send(&self) -> bool {
        let sends = self.method.starts_with("send") || self.method.starts_with("copymessage");
        self.kind == Kind::Accepted && sends && self.method != "sendchataction"
    }
}

/// What the accepted sends add up to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// How many copies of a text each chat got.
    pub copies: BTreeMap<(i64, String), usize>,
    /// The texts of each chat in the order they were accepted.
    pub order: BTreeMap<i64, Vec<String>>,
    /// The most sends to one chat in any window of one second.
    pub max_per_second: BTreeMap<i64, usize>,
    /// The most sends to one chat in any window of sixty seconds.
    pub max_per_minute: BTreeMap<i64, usize>,
    /// The most sends to all chats in any window of one second.
    pub max_overall_per_second: usize,
    /// Sends that enforced limits would have refused.
    pub violations: usize,
}

/// The most times that fall into one half-open window of `window` milliseconds.
fn most_within(times: &[i64], window: i64) -> usize {
    let mut best = 0;
    let mut start = 0;
    for (end, time) in times.iter().enumerate() {
        while time - times[start] >= window {
            start += 1;
        }
        best = best.max(end + 1 - start);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_busiest_second_is_counted_across_second_borders() {
        assert_eq!(most_within(&[0, 900, 1_100, 1_899, 1_900], 1_000), 3);
    }
}
