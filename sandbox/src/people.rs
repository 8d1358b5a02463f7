//! What people do in chats: type, send files, edit, press buttons, open links, block the bot.

use serde_json::{Value, json};

use crate::groups;
use crate::model::{Chat, ChatKind, FileRef, Message, Press, Private, Seat};
use crate::send::store_file;
use crate::shape;
use crate::state::{BOT_ID, State};
use crate::text::{detect, utf16_len};

/// A refusal of something a person tried, in words for the tester.
pub(crate) type Said<T> = Result<T, String>;

/// Updates about presses are queued per person, beside those about messages (RELIABILITY T-4).
const PRESS_KEY: i64 = 3 << 33;

impl State {
    /// The chat, once it is sure that this person may write there; a private chat is thereby started.
    pub(crate) fn enter(&mut self, person: i64, chat: i64) -> Said<ChatKind> {
        if !self.people.contains_key(&person) {
            return Err(format!("no person {person}"));
        }
        let room = self.chat_of(chat).ok_or_else(|| format!("no chat {chat}"))?;
        if let Some(new) = room.migrated_to {
            return Err(format!("chat {chat} became supergroup {new}"));
        }
        if !room.members.contains(&person) {
            return Err(format!("person {person} is not in chat {chat}"));
        }
        let kind = room.kind;
        if kind == ChatKind::Private {
            self.start_private(person);
        }
        Ok(kind)
    }

    fn start_private(&mut self, person: i64) {
        let was =
            self.people.get_mut(&person).map(|one| std::mem::replace(&mut one.private, Private::Started));
        if was == Some(Private::Blocked) {
            groups::seat_changed(self, person, person, ("kicked", "member"));
        }
    }

    pub(crate) fn block_bot(&mut self, person: i64, block: bool) -> Said<()> {
        let one = self.people.get_mut(&person).ok_or_else(|| format!("no person {person}"))?;
        let (from, to) =
            if block { (Private::Started, Private::Blocked) } else { (Private::Blocked, Private::Started) };
        if one.private != from {
            return Err(format!("person {person}: the private chat is {:?}", one.private));
        }
        one.private = to;
        self.chat_of(person);
        let change = if block { ("member", "kicked") } else { ("kicked", "member") };
        groups::seat_changed(self, person, person, change);
        Ok(())
    }

    pub(crate) fn send_text(
        &mut self,
        person: i64,
        chat: i64,
        text: &str,
        reply_to: Option<i64>,
        entities: Option<Vec<Value>>,
    ) -> Said<i64> {
        self.send_text_in((person, chat, None), text, reply_to, entities)
    }

    /// The same in a topic: person, chat, topic.
    pub(crate) fn send_text_in(
        &mut self,
        (person, chat, topic): (i64, i64, Option<i64>),
        text: &str,
        reply_to: Option<i64>,
        entities: Option<Vec<Value>>,
    ) -> Said<i64> {
        if text.trim().is_empty() || utf16_len(text) > 4096 {
            return Err("a text has 1 to 4096 UTF-16 units".to_owned());
        }
        self.enter(person, chat)?;
        self.check_topic(chat, topic)?;
        let entities = entities.unwrap_or_else(|| detect(text));
        let message =
            Message { from: person, text: text.to_owned(), entities, reply_to, topic, ..Message::default() };
        self.say(chat, message)
    }

    /// Sends what is neither text nor file, such as `{"location": {…}}`.
    pub(crate) fn send_other(
        &mut self,
        person: i64,
        chat: i64,
        content: &Value,
        reply_to: Option<i64>,
    ) -> Said<i64> {
        self.enter(person, chat)?;
        if content.as_object().is_none_or(|parts| parts.len() != 1) {
            return Err("the content is an object with one kind in it".to_owned());
        }
        let other = Some(content.clone());
        self.say(chat, Message { from: person, reply_to, other, ..Message::default() })
    }

    pub(crate) fn send_person_file(&mut self, sent: &crate::handle::SentFile, bytes: &[u8]) -> Said<i64> {
        self.enter(sent.person, sent.chat)?;
        self.check_topic(sent.chat, sent.topic)?;
        let name = sent.file_name.clone();
        let mime = sent.mime.clone();
        let file_id = store_file(self, sent.kind, name, mime, bytes);
        if let (Some(size), Some(stored)) = (sent.size, self.files.get_mut(&file_id)) {
            stored.size = size;
        }
        let text = sent.caption.clone().unwrap_or_default();
        let message = Message {
            from: sent.person,
            entities: detect(&text),
            text,
            reply_to: sent.reply_to,
            topic: sent.topic,
            file: Some(FileRef { kind: sent.kind, file_id }),
            ..Message::default()
        };
        self.say(sent.chat, message)
    }

    /// Puts a person's message into the chat and tells the bot if it may see it.
    pub(crate) fn say(&mut self, chat: i64, message: Message) -> Said<i64> {
        let mut message = message;
        if let Some(reply) = message.reply_to {
            let replied = self.message(chat, reply);
            let replied = replied.ok_or_else(|| format!("no message {reply} in chat {chat} to reply to"))?;
            message.topic = message.topic.or(replied.topic);
        }
        let id = self.put_message(chat, message).ok_or_else(|| format!("no chat {chat}"))?;
        self.tell("message", chat, id);
        Ok(id)
    }

    pub(crate) fn edit_by_person(&mut self, person: i64, chat: i64, id: i64, text: &str) -> Said<()> {
        self.enter(person, chat)?;
        let now = self.now_ms();
        let message = self.message_mut(chat, id).ok_or_else(|| format!("no message {id} in chat {chat}"))?;
        if message.from != person {
            return Err(format!("message {id} is not by person {person}"));
        }
        text.clone_into(&mut message.text);
        message.entities = detect(text);
        message.edited_ms = Some(now);
        self.tell("edited_message", chat, id);
        Ok(())
    }

    /// Deletes a message in the client; the bot is never told (TG-40).
    pub(crate) fn delete_by_person(&mut self, chat: i64, id: i64) -> Said<()> {
        let message = self.message_mut(chat, id).ok_or_else(|| format!("no message {id} in chat {chat}"))?;
        message.deleted = true;
        Ok(())
    }

    /// Queues the update about a message if the bot is there and may see it.
    pub(crate) fn tell(&mut self, kind: &str, chat: i64, id: i64) {
        let Some(room) = self.chats.get(&chat) else { return };
        let Some(message) = room.messages.get(&id) else { return };
        if self.hears(room, message) {
            let shape = shape::message(self, chat, id);
            self.push_update(kind, Some(chat), chat, &shape);
        }
    }

    /// Privacy mode: commands for the bot, replies to it and service messages; an admin hears all (TG-13).
    fn hears(&self, room: &Chat, message: &Message) -> bool {
        if room.kind == ChatKind::Private {
            return self.people.get(&room.id).is_some_and(|person| person.private == Private::Started);
        }
        if !room.seat.inside() {
            return false;
        }
        if !self.privacy || room.seat == Seat::Admin || message.service.is_some() {
            return true;
        }
        let replied = message.reply_to.and_then(|id| room.messages.get(&id));
        replied.is_some_and(|replied| replied.from == BOT_ID) || self.is_command_for_bot(&message.text)
    }

    fn is_command_for_bot(&self, text: &str) -> bool {
        let Some(rest) = text.strip_prefix('/') else { return false };
        let word = rest.split(char::is_whitespace).next().unwrap_or_default();
        match word.split_once('@') {
            Some((_, name)) => name.eq_ignore_ascii_case(&self.bot_username),
            None => !word.is_empty(),
        }
    }

    /// Presses the button with exactly this data, or whose label contains it; answers the id of the press.
    pub(crate) fn press(&mut self, person: i64, chat: i64, id: i64, label: &str) -> Said<String> {
        let message = self.message(chat, id).ok_or_else(|| format!("no message {id} in chat {chat}"))?;
        let buttons = || message.keyboard.iter().flatten();
        let button = buttons()
            .find(|button| button["callback_data"].as_str() == Some(label))
            .or_else(|| {
                buttons().find(|button| button["text"].as_str().is_some_and(|text| text.contains(label)))
            })
            .ok_or_else(|| format!("message {id} has no button with \u{201c}{label}\u{201d}"))?;
        let data = button["callback_data"].as_str();
        let data =
            data.ok_or_else(|| format!("\u{201c}{label}\u{201d} is not a callback button"))?.to_owned();
        self.press_raw(person, chat, id, &data)
    }

    /// Sends any callback data on any message, as a modified client can (RELIABILITY T-10).
    pub(crate) fn press_raw(&mut self, person: i64, chat: i64, id: i64, data: &str) -> Said<String> {
        let who = self.people.get(&person).map(shape::user).ok_or_else(|| format!("no person {person}"))?;
        let room = self.chat_of(chat).ok_or_else(|| format!("no chat {chat}"))?;
        if room.kind != ChatKind::Private && !room.members.contains(&person) {
            return Err(format!("person {person} is not in chat {chat}"));
        }
        let deliverable = room.kind == ChatKind::Private || room.seat.inside();
        let press = self.random_digits();
        let at_ms = self.now_ms();
        self.presses.insert(press.clone(), Press { person, chat, message: id, at_ms, answer: None });
        let room = self.chats.get(&chat).ok_or_else(|| format!("no chat {chat}"))?;
        let message = match self.message(chat, id) {
            Some(_) => shape::message(self, chat, id),
            None => json!({"chat": shape::chat(self, room), "message_id": id, "date": 0}),
        };
        let query = json!({
            "id": press, "from": who, "message": message, "chat_instance": chat.to_string(), "data": data,
        });
        if deliverable {
            self.push_update("callback_query", Some(chat), person + PRESS_KEY, &query);
        }
        Ok(press)
    }

    /// Opens a deep link: `startgroup` in a group, `start` in the private chat (TG-11).
    pub(crate) fn open_link(&mut self, person: i64, chat: Option<i64>, link: &str) -> Said<i64> {
        let (in_group, token) = self.read_link(link, chat.is_some())?;
        let good = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if token.is_empty() || token.len() > 64 || !token.chars().all(good) {
            return Err("a start parameter has 1 to 64 letters of A-Z a-z 0-9 _ -".to_owned());
        }
        let (chat, command) = match (in_group, chat) {
            (true, Some(chat)) => (chat, format!("/start@{}", self.bot_username)),
            (true, None) => return Err("a startgroup link needs a chat".to_owned()),
            (false, _) => (person, "/start".to_owned()),
        };
        self.chat_of(chat).ok_or_else(|| format!("no chat {chat}"))?;
        if in_group {
            self.add_bot(person, chat, Seat::Member)?;
        }
        let length = utf16_len(&command);
        let mark = json!({"type": "bot_command", "offset": 0, "length": length});
        self.send_text(person, chat, &format!("{command} {token}"), None, Some(vec![mark]))
    }

    fn read_link(&self, link: &str, has_chat: bool) -> Said<(bool, String)> {
        let Some((address, query)) = link.split_once('?') else {
            return Ok((has_chat, link.to_owned()));
        };
        let bot = address.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        if !bot.eq_ignore_ascii_case(&self.bot_username) {
            return Err(format!("the link is for another bot: {bot}"));
        }
        for pair in query.split('&') {
            match pair.split_once('=') {
                Some(("startgroup", token)) => return Ok((true, token.to_owned())),
                Some(("start", token)) => return Ok((false, token.to_owned())),
                Some(_) | None => {}
            }
        }
        Err("the link has neither start nor startgroup".to_owned())
    }
}
