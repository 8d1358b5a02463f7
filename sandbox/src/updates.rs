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
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Updates {
    pub next_id: i64,
    pub queue: VecDeque<Queued>,
    pub past: VecDeque<Queued>,
    /// After a jump backwards an offset can no longer drop what was never handed out.
    pub jumped_back: bool,
    pub allowed: Option<Vec<String>>,
    #[serde(skip)]
    pub poll: u64,
}

impl Default for Updates {
    fn default() -> Self {
        Self {
            next_id: 100_001,
            queue: VecDeque::new(),
            past: VecDeque::new(),
            jumped_back: false,
            allowed: None,
            poll: 0,
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

impl State {
    /// Queues an update of this kind, if the bot asked for such; answers its id.
    pub(crate) fn push_update(&mut self, kind: &str, chat: Option<i64>, key: i64, content: &Value) -> Option<i64> {
        if !self.updates.wants(kind) {
            return None;
        }
        let id = self.updates.next_id;
        let body = json!({"update_id": id, kind: content}).to_string();
        Some(self.queue_raw(kind, chat, key, body))
    }

    /// Queues any text as an update and takes the next id for it.
    pub(crate) fn queue_raw(&mut self, kind: &str, chat: Option<i64>, key: i64, body: String) -> i64 {
        let id = self.updates.next_id;
        self.updates.next_id += 1;
        let life = if kind == "callback_query" { PRESS_LIFE_MS } else { LIFE_MS };
        let dies_ms = self.now_ms() + life;
        let kind = kind.to_owned();
        self.note(Kind::Update, Note::update(id, chat, &kind));
        self.updates.queue.push_back(Queued { id, kind, chat, key, dies_ms, delivered: false, body });
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
        let mut bodies = Vec::new();
        let mut notes = Vec::new();
        for update in self.updates.queue.iter_mut().take(limit) {
            update.delivered = true;
            bodies.push(update.body.clone());
            notes.push(Note::update(update.id, update.chat, &update.kind));
        }
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
