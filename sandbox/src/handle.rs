//! The handle that tests and the demo hold: everything people and the tester can do.

use std::io;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use crate::faults::Fault;
use crate::journal::{Entry, Stats};
use crate::model::{CallbackAnswer, ChatKind, FileKind, Person, Private, Seat};
use crate::people::Said;
use crate::server::{self, Inner, Options};
use crate::state::BOT_ID;
use crate::view::{MessageView, Summary};

/// A running sandbox; clones are handles to the same one.
#[derive(Clone)]
pub struct Sandbox {
    inner: Arc<Inner>,
}

/// Why something a person tried cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unable(pub String);

impl std::fmt::Display for Unable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unable {}

/// A file that a person sends.
#[derive(Clone, Debug, Deserialize)]
pub struct SentFile {
    pub person: i64,
    pub chat: i64,
    pub kind: FileKind,
    #[serde(default)]
    pub file_name: Option<String>,
    #[serde(default)]
    pub mime: Option<String>,
    /// The size Telegram would report, in bytes; without it, that of the bytes.
    #[serde(default)]
    pub size: Option<u64>,
    #[serde(default)]
    pub caption: Option<String>,
    #[serde(default)]
    pub reply_to: Option<i64>,
    /// The topic it is sent in; an answer is where the answered message is.
    #[serde(default)]
    pub topic: Option<i64>,
}

impl SentFile {
    /// A file of this kind without name, MIME type or caption.
    pub fn new(person: i64, chat: i64, kind: FileKind) -> Self {
        let (file_name, mime, size, caption, reply_to, topic) = (None, None, None, None, None, None);
        Self { person, chat, kind, file_name, mime, size, caption, reply_to, topic }
    }
}

impl Sandbox {
    /// Starts a server; fails when the address is taken or the state folder cannot be read.
    pub async fn start(options: Options) -> io::Result<Self> {
        Ok(Self { inner: server::start(options).await? })
    }

    /// The base of the Bot API, such as `http://127.0.0.1:40123`.
    pub fn api_url(&self) -> String {
        format!("http://{}", self.inner.address)
    }

    /// The chat page.
    pub fn page_url(&self) -> String {
        format!("{}/", self.api_url())
    }

    /// The chat page with these chats in its left and right pane.
    pub fn page_url_for(&self, client: i64, staff: i64) -> String {
        format!("{}#{client},{staff}", self.page_url())
    }

    /// The bot's user id.
    pub fn bot_id(&self) -> i64 {
        BOT_ID
    }

    /// Stops serving, waits for what is under way, and keeps the state.
    pub async fn stop(&self) -> io::Result<()> {
        self.inner.finish().await
    }

    fn act<T>(&self, work: impl FnOnce(&mut crate::state::State) -> Said<T>) -> Result<T, Unable> {
        self.inner.change(work).map_err(Unable)
    }

    /// Adds a person, or renames one who is there.
    pub fn add_person(
        &self,
        id: i64,
        name: &str,
        username: Option<&str>,
        language: Option<&str>,
    ) -> Result<(), Unable> {
        self.act(|state| {
            if id <= 0 || id == BOT_ID || name.is_empty() {
                return Err("a person has an id above zero, not the bot's, and a name".to_owned());
            }
            let private = state.people.get(&id).map_or(Private::Never, |one| one.private);
            let deactivated = state.people.get(&id).is_some_and(|one| one.deactivated);
            let (username, language) = (username.map(str::to_owned), language.map(str::to_owned));
            state
                .people
                .insert(id, Person { id, name: name.to_owned(), username, language, private, deactivated });
            Ok(())
        })
    }

    /// Adds a group or supergroup with an id below zero, without the bot and without members; an old one gets the title.
    pub fn add_chat(&self, id: i64, kind: ChatKind, title: &str) -> Result<(), Unable> {
        self.act(|state| state.add_chat(id, kind, title))
    }

    /// A person comes into a group; nothing happens when he is there.
    pub fn join(&self, person: i64, chat: i64) -> Result<(), Unable> {
        self.act(|state| state.join(person, chat))
    }

    /// A person leaves a group.
    pub fn leave(&self, person: i64, chat: i64) -> Result<(), Unable> {
        self.act(|state| state.leave(person, chat))
    }

    /// Opens a t.me link or a bare token: `startgroup` with a chat, else `start`; answers the message id.
    pub fn open_link(&self, person: i64, chat: Option<i64>, link: &str) -> Result<i64, Unable> {
        self.act(|state| state.open_link(person, chat, link))
    }

    /// Types a text; entities are found as a client finds them. Answers the message id.
    pub fn send_text(
        &self,
        person: i64,
        chat: i64,
        text: &str,
        reply_to: Option<i64>,
    ) -> Result<i64, Unable> {
        self.act(|state| state.send_text(person, chat, text, reply_to, None))
    }

    /// Types a text in a topic of a forum.
    pub fn send_text_in(&self, person: i64, chat: i64, topic: i64, text: &str) -> Result<i64, Unable> {
        self.act(|state| state.send_text_in((person, chat, Some(topic)), text, None, None))
    }

    /// Sends what is neither text nor file, such as `{"location": {…}}`.
    pub fn send_other(
        &self,
        person: i64,
        chat: i64,
        content: &Value,
        reply_to: Option<i64>,
    ) -> Result<i64, Unable> {
        self.act(|state| state.send_other(person, chat, content, reply_to))
    }

    /// Types a text with these very entities, unchecked, so that unknown kinds can be tried.
    pub fn send_text_with(
        &self,
        person: i64,
        chat: i64,
        text: &str,
        reply_to: Option<i64>,
        entities: Vec<Value>,
    ) -> Result<i64, Unable> {
        self.act(|state| state.send_text(person, chat, text, reply_to, Some(entities)))
    }

    /// Sends a file with a few made-up bytes.
    pub fn send_file(&self, file: &SentFile) -> Result<i64, Unable> {
        self.send_file_bytes(file, b"sandbox file")
    }

    /// Sends a file with these bytes.
    pub fn send_file_bytes(&self, file: &SentFile, bytes: &[u8]) -> Result<i64, Unable> {
        self.act(|state| state.send_person_file(file, bytes))
    }

    /// Edits a person's own message.
    pub fn edit_text(&self, person: i64, chat: i64, message: i64, text: &str) -> Result<(), Unable> {
        self.act(|state| state.edit_by_person(person, chat, message, text))
    }

    /// Deletes any message in the client; the bot is not told.
    pub fn delete_message(&self, chat: i64, message: i64) -> Result<(), Unable> {
        self.act(|state| state.delete_by_person(chat, message))
    }

    /// Presses the button whose label contains these words; answers the callback query's id.
    pub fn press(&self, person: i64, chat: i64, message: i64, button: &str) -> Result<String, Unable> {
        self.act(|state| state.press(person, chat, message, button))
    }

    /// Sends callback data of any content on any message, even one that is gone.
    pub fn press_raw(&self, person: i64, chat: i64, message: i64, data: &str) -> Result<String, Unable> {
        self.act(|state| state.press_raw(person, chat, message, data))
    }

    /// What the bot answered to a press, if it has.
    pub fn callback_answer(&self, id: &str) -> Option<CallbackAnswer> {
        self.inner.read(|state| state.presses.get(id).and_then(|press| press.answer.clone()))
    }

    /// Queues any text as an update; an object without `update_id` gets one. Answers the id it counts under.
    pub fn inject_raw(&self, json: &str) -> i64 {
        self.inner.change(|state| {
            let mut body = json.to_owned();
            if let Ok(Value::Object(mut fields)) = serde_json::from_str(json)
                && !fields.contains_key("update_id")
            {
                fields.insert("update_id".to_owned(), state.updates.next_id.into());
                body = Value::Object(fields).to_string();
            }
            state.queue_raw("raw", None, 0, body)
        })
    }

    /// Throws the bot out of a group.
    pub fn kick_bot(&self, chat: i64) -> Result<(), Unable> {
        self.act(|state| state.kick_bot(chat))
    }

    /// Lets the bot into a group, for the first time or again, as a plain member.
    pub fn return_bot(&self, chat: i64) -> Result<(), Unable> {
        self.act(|state| state.return_bot(chat, Seat::Member))
    }

    /// Makes the bot an admin of a group: it then sees every message.
    pub fn promote_bot(&self, chat: i64) -> Result<(), Unable> {
        self.act(|state| state.return_bot(chat, Seat::Admin))
    }

    /// A person blocks the bot's private chat.
    pub fn block_bot(&self, person: i64) -> Result<(), Unable> {
        self.act(|state| state.block_bot(person, true))
    }

    /// A person takes the block back.
    pub fn unblock_bot(&self, person: i64) -> Result<(), Unable> {
        self.act(|state| state.block_bot(person, false))
    }

    /// Takes from the bot the right to write in a group, or gives it back.
    pub fn mute_bot(&self, chat: i64, mute: bool) -> Result<(), Unable> {
        self.act(|state| state.mute_bot(chat, mute))
    }

    /// Deletes a person's account: writing to it is refused from now on.
    pub fn deactivate(&self, person: i64) -> Result<(), Unable> {
        self.act(|state| {
            let one = state.people.get_mut(&person).ok_or_else(|| format!("no person {person}"))?;
            one.deactivated = true;
            Ok(())
        })
    }

    /// Switches topics on or off in a supergroup.
    pub fn set_forum(&self, chat: i64, on: bool) -> Result<(), Unable> {
        self.act(|state| state.set_forum(chat, on))
    }

    /// Opens a topic; answers its id.
    pub fn add_topic(&self, person: i64, chat: i64, title: &str) -> Result<i64, Unable> {
        self.act(|state| state.add_topic(person, chat, title))
    }

    /// Closes or reopens a topic; `None` is General.
    pub fn close_topic(&self, person: i64, chat: i64, topic: Option<i64>, close: bool) -> Result<(), Unable> {
        self.act(|state| state.close_topic(person, chat, topic, close))
    }

    /// Deletes a topic with all its messages; the bot is not told.
    pub fn delete_topic(&self, chat: i64, topic: i64) -> Result<(), Unable> {
        self.act(|state| state.delete_topic(chat, topic))
    }

    /// Sets after how many seconds the messages of a chat vanish; 0 keeps them.
    pub fn set_auto_delete(&self, person: i64, chat: i64, seconds: i64) -> Result<(), Unable> {
        self.act(|state| state.set_auto_delete(person, chat, seconds))
    }

    /// Turns a basic group into a supergroup; answers the new id.
    pub fn migrate(&self, chat: i64) -> Result<i64, Unable> {
        self.act(|state| state.migrate(chat))
    }

    /// The messages of a chat, oldest first, deleted ones too.
    pub fn messages(&self, chat: i64) -> Vec<MessageView> {
        self.inner.read(|state| state.view_messages(chat))
    }

    /// The last message of a chat that is not deleted.
    pub fn last_message(&self, chat: i64) -> Option<MessageView> {
        self.messages(chat).into_iter().rev().find(|message| !message.deleted)
    }

    /// Moves the sandbox's clock forward; lives of updates and presses end accordingly.
    pub fn advance(&self, seconds: i64) {
        self.inner.change(|state| {
            state.offset_ms += seconds * 1_000;
            state.expire_updates();
        });
    }

    /// Milliseconds UTC of the sandbox's clock.
    pub fn now_ms(&self) -> i64 {
        self.inner.read(|state| state.now_ms())
    }

    pub fn fault_add(&self, fault: Fault) {
        self.inner.change(|state| state.faults.push(fault));
    }

    pub fn fault_clear(&self) {
        self.inner.change(|state| state.faults.clear());
    }

    /// The journal's lines numbered `from` and above; numbers start at 1.
    pub fn journal(&self, from: u64) -> Vec<Entry> {
        self.inner.read(|state| state.journal.from(from))
    }

    /// What the accepted sends add up to.
    pub fn stats(&self) -> Stats {
        self.inner.read(|state| state.journal.stats())
    }

    /// From now on this is the only token that works.
    pub fn set_token(&self, token: &str) {
        self.inner.change(|state| token.clone_into(&mut state.token));
    }

    pub fn set_privacy(&self, privacy: bool) {
        self.inner.change(|state| state.privacy = privacy);
    }

    pub fn set_enforce_limits(&self, enforce: bool) {
        self.inner.change(|state| state.enforce_limits = enforce);
    }

    /// Sends the last `n` confirmed updates again under their old ids; answers how many there were.
    pub fn replay_updates(&self, n: usize) -> usize {
        self.inner.change(|state| state.replay_updates(n))
    }

    /// Lets the next update have this id, ahead or back.
    pub fn jump_update_id(&self, to: i64) {
        self.inner.change(|state| state.jump_update_id(to));
    }

    /// Turns the order of waiting updates around between queues, keeping it inside each queue.
    pub fn reorder_updates(&self) {
        self.inner.change(crate::state::State::reorder_updates);
    }

    /// Lets updates gather (`true`), so that they can be turned around before the bot sees them.
    pub fn hold_updates(&self, hold: bool) {
        self.inner.change(|state| state.updates.held = hold);
    }

    /// Delivers each of the next `n` updates twice.
    pub fn duplicate_updates(&self, n: u32) {
        self.inner.change(|state| state.updates.doubles = n);
    }

    /// How many updates wait unconfirmed.
    pub fn pending_updates(&self) -> usize {
        self.inner.read(|state| state.updates.queue.len())
    }

    /// People, chats, presses and counters.
    pub fn summary(&self) -> Summary {
        self.inner.read(|state| state.summary())
    }

    pub(crate) fn of(inner: &Arc<Inner>) -> Self {
        Self { inner: Arc::clone(inner) }
    }
}
