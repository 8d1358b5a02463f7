//! The bot's queue of updates: numbering, lives, confirmation by a higher offset, replay.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::journal::{Kind, Note};
use crate::state::State;

/// A press lives this long unconfirmed, in milliseconds (RELIABILITY T-1).
const PRESS_LIFE_MS: i64 = 150_000;
/// Everything else lives a day.
const LIFE_MS: i64 = 86_400_000;
/// The largest update, in bytes (RELIABILITY T-6).
const LARGEST: usize = 64 * 1024;
/// The largest answer to one getUpdates, in bytes.
const LARGEST_BATCH: usize = 4 * 1024 * 1024;
/// How many past updates are kept for a replay.
const PAST: usize = 1_000;

/// One update that waits for the bot; `body` is the raw JSON text, which may be broken on purpose.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Queued {
    pub id: i64,
    pub kind: String,
    pub chat: Option<i64>,
    /// Updates of one key are delivered to a webhook in order; keys do not wait for each other.
    pub key: i64,
    pub dies_ms: i64,
    pub delivered: bool,
    pub body: String,
    /// Tells updates apart that carry the same id.
    pub seq: u64,
    #[serde(skip)]
    pub in_flight: bool,
    /// No bot can confirm this one, so it is handed out once.
    #[serde(default)]
    pub once: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Updates {
    pub next_id: i64,
    pub queue: VecDeque<Queued>,
    pub past: VecDeque<Queued>,
    /// After a jump backwards an offset can no longer drop what was never handed out.
    pub jumped_back: bool,
    pub allowed: Option<Vec<String>>,
    pub last_seq: u64,
    #[serde(skip)]
    pub poll: u64,
    /// While set, updates gather and none is handed out.
    #[serde(skip)]
    pub held: bool,
    /// How many of the next updates are delivered twice.
    #[serde(skip)]
    pub doubles: u32,
}

impl Default for Updates {
    fn default() -> Self {
        Self {
            next_id: 100_001,
            queue: VecDeque::new(),
            past: VecDeque::new(),
            jumped_back: false,
            allowed: None,
            last_seq: 0,
            poll: 0,
            held: false,
            doubles: 0,
        }
    }
}

impl Updates {
    fn wants(&self, kind: &str) -> bool {
        match &self.allowed {
            Some(kinds) if !kinds.is_empty() => kinds.iter().any(|wanted| wanted == kind),
            Some(_) | None => !matches!(kind, "chat_member" | "message_reaction" | "message_reaction_count"),
        }
    }
}

impl Updates {
    /// How many deliveries to the webhook are under way.
    pub fn in_flight(&self) -> usize {
        self.queue.iter().filter(|update| update.in_flight).count()
    }

    /// Forgets deliveries that belong to an earlier webhook.
    pub fn release_all(&mut self) {
        for update in &mut self.queue {
            self.last_seq += 1;
            update.seq = self.last_seq;
            update.in_flight = false;
        }
    }

    /// Whether the update at hand is one to deliver twice.
    pub fn take_double(&mut self) -> bool {
        let double = self.doubles > 0;
        self.doubles = self.doubles.saturating_sub(1);
        double
    }
}

impl State {
    /// Queues an update of this kind, if the bot asked for such; answers its id.
    pub(crate) fn push_update(
        &mut self,
        kind: &str,
        chat: Option<i64>,
        key: i64,
        content: &Value,
    ) -> Option<i64> {
        if !self.updates.wants(kind) {
            return None;
        }
        let id = self.updates.next_id;
        let body = json!({"update_id": id, kind: content}).to_string();
        Some(self.queue_raw(kind, chat, key, body))
    }

    /// Queues any text as an update; it counts under its own id if it has one, else under the next.
    pub(crate) fn queue_raw(&mut self, kind: &str, chat: Option<i64>, key: i64, body: String) -> i64 {
        let read: Option<Value> = serde_json::from_str(&body).ok();
        let own = read.and_then(|value| value.get("update_id")?.as_i64());
        let id = own.unwrap_or(self.updates.next_id);
        if id == self.updates.next_id {
            self.updates.next_id += 1;
        }
        let life = if kind == "callback_query" { PRESS_LIFE_MS } else { LIFE_MS };
        let dies_ms = self.now_ms() + life;
        let kind = kind.to_owned();
        self.note(Kind::Update, Note::update(id, chat, &kind));
        if body.len() > LARGEST {
            // The real server drops what does not fit its buffer, and nobody is told (RELIABILITY T-6).
            self.note(
                Kind::Expired,
                Note { text: Some("too large".to_owned()), ..Note::update(id, chat, &kind) },
            );
            return id;
        }
        self.updates.last_seq += 1;
        let (seq, once) = (self.updates.last_seq, own.is_none());
        let update =
            Queued { id, kind, chat, key, dies_ms, delivered: false, body, seq, in_flight: false, once };
        self.updates.queue.push_back(update);
        id
    }

    /// Forgets what has outlived its time.
    pub(crate) fn expire_updates(&mut self) {
        let now = self.now_ms();
        let (dead, alive) = std::mem::take(&mut self.updates.queue)
            .into_iter()
            .partition::<VecDeque<_>, _>(|update| update.dies_ms <= now);
        self.updates.queue = alive;
        for update in dead {
            self.note(Kind::Expired, Note::update(update.id, update.chat, &update.kind));
        }
    }

    /// Forgets all updates below `offset`; a negative one keeps only the last `-offset`.
    pub(crate) fn confirm(&mut self, offset: i64) {
        let queue = &self.updates.queue;
        let jumped = self.updates.jumped_back;
        let keep_last = usize::try_from(-offset).unwrap_or(0);
        let cut = queue.len().saturating_sub(keep_last);
        let (done, open) = std::mem::take(&mut self.updates.queue)
            .into_iter()
            .enumerate()
            .partition::<Vec<_>, _>(|(index, update)| match offset {
                0 => false,
                1.. => update.id < offset && (update.delivered || !jumped),
                _ => *index < cut,
            });
        self.updates.queue = open.into_iter().map(|(_, update)| update).collect();
        for (_, update) in done {
            self.forget_confirmed(update);
        }
    }

    pub(crate) fn forget_confirmed(&mut self, update: Queued) {
        self.note(Kind::Confirmed, Note::update(update.id, update.chat, &update.kind));
        self.updates.past.push_back(update);
        if self.updates.past.len() > PAST {
            self.updates.past.pop_front();
        }
    }

    /// Hands out up to `limit` updates as raw texts and marks them delivered.
    pub(crate) fn hand_out(&mut self, limit: usize) -> Vec<String> {
        if self.updates.held {
            return Vec::new();
        }
        let mut bodies: Vec<String> = Vec::new();
        let mut notes = Vec::new();
        let mut size = 0;
        for update in self.updates.queue.iter_mut().take(limit) {
            size += update.body.len();
            if size > LARGEST_BATCH {
                break;
            }
            update.delivered = true;
            let copies = if self.updates.doubles > 0 { 2 } else { 1 };
            self.updates.doubles = self.updates.doubles.saturating_sub(1);
            for _ in 0..copies {
                bodies.push(update.body.clone());
                notes.push(Note::update(update.id, update.chat, &update.kind));
            }
        }
        self.updates.queue.retain(|update| !(update.once && update.delivered));
        for note in notes {
            self.note(Kind::Delivered, note);
        }
        bodies
    }

    /// Puts the last `n` confirmed updates back in front, with their old ids, as a faulty server would.
    pub(crate) fn replay_updates(&mut self, n: usize) -> usize {
        // Their ids lie below the offset the bot has reached, so an offset may not drop them unseen.
        self.updates.jumped_back = true;
        let mut again = 0;
        while again < n {
            let Some(mut update) = self.updates.past.pop_back() else { break };
            update.dies_ms = self.now_ms() + LIFE_MS;
            update.delivered = false;
            self.updates.queue.push_front(update);
            again += 1;
        }
        again
    }

    /// Lets the next update have this id.
    pub(crate) fn jump_update_id(&mut self, to: i64) {
        self.updates.jumped_back |= to < self.updates.next_id;
        self.updates.next_id = to;
    }
}

impl State {
    /// Lets the queue of the latest update go first: order across queues is not promised (RELIABILITY T-4).
    pub(crate) fn reorder_updates(&mut self) {
        let mut keys: Vec<i64> = Vec::new();
        for update in self.updates.queue.iter().rev() {
            if !keys.contains(&update.key) {
                keys.push(update.key);
            }
        }
        let place = |key: i64| keys.iter().position(|known| *known == key);
        self.updates.queue.make_contiguous().sort_by_key(|update| place(update.key));
        self.updates.jumped_back = true;
    }
}
