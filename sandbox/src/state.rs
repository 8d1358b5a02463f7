//! The whole state of the pretended Telegram, and the small steps every part needs.

use std::collections::BTreeMap;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};

use crate::clock::machine_ms;
use crate::faults::Fault;
use crate::journal::{Journal, Kind, Note};
use crate::limits::Limits;
use crate::model::{Chat, ChatKind, Message, Person, Press, Seat, StoredFile};
use crate::updates::Updates;
use crate::webhook::Webhook;

/// The bot's own user id.
pub(crate) const BOT_ID: i64 = 7_000_000_001;

#[derive(Serialize, Deserialize)]
pub(crate) struct State {
    pub token: String,
    pub bot_username: String,
    pub bot_name: String,
    pub privacy: bool,
    pub enforce_limits: bool,
    pub offset_ms: i64,
    pub people: BTreeMap<i64, Person>,
    pub chats: BTreeMap<i64, Chat>,
    /// The last message id of the counter that private chats and basic groups share.
    pub shared_id: i64,
    pub updates: Updates,
    pub webhook: Option<Webhook>,
    pub presses: BTreeMap<String, Press>,
    pub files: BTreeMap<String, StoredFile>,
    pub commands: serde_json::Value,
    pub journal: Journal,
    pub draws: u64,
    #[serde(skip)]
    pub faults: Vec<Fault>,
    #[serde(skip)]
    pub limits: Limits,
    #[serde(skip, default = "unseeded")]
    pub rng: StdRng,
}

fn unseeded() -> StdRng {
    StdRng::seed_from_u64(0)
}

impl State {
    pub fn new(token: String, bot_username: String, seed: u64, privacy: bool, enforce_limits: bool) -> Self {
        Self {
            token,
            bot_name: bot_username.trim_end_matches("_bot").to_owned(),
            bot_username,
            privacy,
            enforce_limits,
            offset_ms: 0,
            people: BTreeMap::new(),
            chats: BTreeMap::new(),
            shared_id: 0,
            updates: Updates::default(),
            webhook: None,
            presses: BTreeMap::new(),
            files: BTreeMap::new(),
            commands: serde_json::json!([]),
            journal: Journal::default(),
            draws: 0,
            faults: Vec::new(),
            limits: Limits::default(),
            rng: StdRng::seed_from_u64(seed),
        }
    }

    /// Takes over what only lives in memory: a fresh die that does not repeat the ids drawn before.
    pub fn wake(&mut self, seed: u64) {
        self.rng = StdRng::seed_from_u64(seed.wrapping_add(self.draws));
    }

    /// Milliseconds UTC of the sandbox's clock.
    pub fn now_ms(&self) -> i64 {
        machine_ms() + self.offset_ms
    }

    pub fn note(&mut self, kind: Kind, note: Note) {
        let now = self.now_ms();
        self.journal.note(now, kind, note);
    }

    /// A random id of decimal digits, as Telegram gives callback queries.
    pub fn random_digits(&mut self) -> String {
        self.draws += 1;
        self.rng.random_range(1_000_000_000_000_000_000_u64..9_000_000_000_000_000_000).to_string()
    }

    /// The chat under this id; a person's private chat comes into being when first asked for.
    pub fn chat_of(&mut self, id: i64) -> Option<&mut Chat> {
        if !self.chats.contains_key(&id) {
            let title = self.people.get(&id)?.name.clone();
            self.chats.insert(id, Chat::new(id, ChatKind::Private, title));
        }
        self.chats.get_mut(&id)
    }

    /// Puts a message into a chat under the next id of its counter and answers that id.
    pub fn put_message(&mut self, chat: i64, mut message: Message) -> Option<i64> {
        message.at_ms = self.now_ms();
        let next_shared = self.shared_id + 1;
        let room = self.chat_of(chat)?;
        let id = if room.kind == ChatKind::Supergroup { room.last_id + 1 } else { next_shared };
        room.last_id = id;
        message.id = id;
        let own = room.kind == ChatKind::Supergroup;
        room.messages.insert(id, message);
        if !own {
            self.shared_id = next_shared;
        }
        Some(id)
    }

    /// A message that is still there.
    pub fn message(&self, chat: i64, id: i64) -> Option<&Message> {
        self.chats.get(&chat)?.messages.get(&id).filter(|message| !message.deleted)
    }

    pub fn message_mut(&mut self, chat: i64, id: i64) -> Option<&mut Message> {
        self.chats.get_mut(&chat)?.messages.get_mut(&id).filter(|message| !message.deleted)
    }

    pub fn name_of(&self, id: i64) -> String {
        if id == BOT_ID {
            return self.bot_name.clone();
        }
        self.people.get(&id).map_or_else(|| id.to_string(), |person| person.name.clone())
    }
}

impl Chat {
    pub fn new(id: i64, kind: ChatKind, title: String) -> Self {
        let members = if kind == ChatKind::Private { [id].into() } else { [].into() };
        Self {
            id,
            kind,
            title,
            members,
            seat: Seat::Outside,
            forum: false,
            topics: BTreeMap::new(),
            general_closed: false,
            muted: false,
            migrated_to: None,
            last_id: 0,
            messages: BTreeMap::new(),
        }
    }
}
