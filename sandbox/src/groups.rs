//! Groups: who joins and leaves, the bot's seat, the move to a supergroup.

use serde_json::{Value, json};

use crate::info::member;
use crate::model::{Chat, ChatKind, Message, Seat};
use crate::people::Said;
use crate::shape;
use crate::state::{BOT_ID, State};

/// Queues `my_chat_member` for a change of the bot's status.
pub(crate) fn seat_changed(state: &mut State, by: i64, chat: i64, change: (&str, &str)) {
    status_changed(state, "my_chat_member", (by, BOT_ID), chat, change);
}

fn status_changed(state: &mut State, kind: &str, who: (i64, i64), chat: i64, change: (&str, &str)) {
    let (by, about) = who;
    let Some(room) = state.chats.get(&chat) else { return };
    let user = shape::sender(state, about);
    let update = json!({
        "chat": shape::chat(state, room),
        "from": shape::sender(state, by),
        "date": state.now_ms() / 1_000,
        "old_chat_member": member(&user, change.0),
        "new_chat_member": member(&user, change.1),
    });
    state.push_update(kind, Some(chat), chat, &update);
}

impl State {
    pub(crate) fn add_chat(&mut self, id: i64, kind: ChatKind, title: &str) -> Said<()> {
        if let Some(room) = self.chats.get_mut(&id).filter(|room| room.kind == kind) {
            title.clone_into(&mut room.title);
            return Ok(());
        }
        if self.chats.contains_key(&id) {
            return Err(format!("chat {id} exists with another kind"));
        }
        if kind == ChatKind::Private || id >= 0 {
            return Err("a group has an id below zero; a private chat comes with its person".to_owned());
        }
        self.chats.insert(id, Chat::new(id, kind, title.to_owned()));
        Ok(())
    }

    fn group(&mut self, chat: i64) -> Said<&mut Chat> {
        let room = self.chats.get_mut(&chat).filter(|room| room.kind != ChatKind::Private);
        let room = room.ok_or_else(|| format!("no group {chat}"))?;
        match room.migrated_to {
            Some(new) => Err(format!("chat {chat} became supergroup {new}")),
            None => Ok(room),
        }
    }

    fn service(&mut self, chat: i64, from: i64, extra: Value) {
        let message = Message { from, service: Some(extra), ..Message::default() };
        if let Some(id) = self.put_message(chat, message) {
            self.tell("message", chat, id);
        }
    }

    pub(crate) fn join(&mut self, person: i64, chat: i64) -> Said<()> {
        let user = self.people.get(&person).map(shape::user).ok_or_else(|| format!("no person {person}"))?;
        if !self.group(chat)?.members.insert(person) {
            return Ok(());
        }
        self.service(chat, person, json!({"new_chat_members": [user]}));
        self.member_update(person, chat, ("left", "member"));
        Ok(())
    }

    pub(crate) fn leave(&mut self, person: i64, chat: i64) -> Said<()> {
        let user = self.people.get(&person).map(shape::user).ok_or_else(|| format!("no person {person}"))?;
        if !self.group(chat)?.members.remove(&person) {
            return Err(format!("person {person} is not in chat {chat}"));
        }
        self.service(chat, person, json!({"left_chat_member": user}));
        self.member_update(person, chat, ("member", "left"));
        Ok(())
    }

    /// `chat_member` goes to bots that are admins and asked for it (TG-07).
    fn member_update(&mut self, person: i64, chat: i64, change: (&str, &str)) {
        if self.chats.get(&chat).is_some_and(|room| room.seat == Seat::Admin) {
            status_changed(self, "chat_member", (person, person), chat, change);
        }
    }

    /// Lets the bot in (or gives it another seat): `my_chat_member`, and the service message of a newcomer.
    pub(crate) fn add_bot(&mut self, by: i64, chat: i64, seat: Seat) -> Said<()> {
        let room = self.group(chat)?;
        let old = room.seat;
        if old == seat || (old.inside() && seat == Seat::Member) {
            return Ok(());
        }
        room.seat = seat;
        seat_changed(self, by, chat, (old.status(), seat.status()));
        if !old.inside() {
            let bot = shape::bot(self);
            self.service(chat, by, json!({"new_chat_members": [bot]}));
        }
        Ok(())
    }

    pub(crate) fn kick_bot(&mut self, chat: i64) -> Said<()> {
        let by = self.someone_in(chat)?;
        let room = self.group(chat)?;
        if !room.seat.inside() {
            return Err(format!("the bot is not in chat {chat}"));
        }
        let old = std::mem::replace(&mut room.seat, Seat::Kicked);
        let bot = shape::bot(self);
        self.put_message(
            chat,
            Message { from: by, service: Some(json!({"left_chat_member": bot})), ..Message::default() },
        );
        seat_changed(self, by, chat, (old.status(), "kicked"));
        Ok(())
    }

    pub(crate) fn return_bot(&mut self, chat: i64, seat: Seat) -> Said<()> {
        let by = self.someone_in(chat)?;
        self.add_bot(by, chat, seat)
    }

    /// Any member, as the author of what "somebody" in the group did; 0 in an empty group.
    fn someone_in(&mut self, chat: i64) -> Said<i64> {
        Ok(self.group(chat)?.members.iter().next().copied().unwrap_or(0))
    }

    /// Turns a basic group into a supergroup with a new id, as Telegram does without asking (TG-43).
    pub(crate) fn migrate(&mut self, chat: i64) -> Said<i64> {
        let by = self.someone_in(chat)?;
        let room = self.group(chat)?;
        if room.kind != ChatKind::Group {
            return Err(format!("chat {chat} is a supergroup already"));
        }
        let mut next = Chat { messages: [].into(), last_id: 0, kind: ChatKind::Supergroup, ..room.clone() };
        let mut id = -1_000_000_000_000 - chat.abs() % 1_000_000_000_000;
        while self.chats.contains_key(&id) {
            id -= 1;
        }
        next.id = id;
        self.chats.insert(id, next);
        self.service(chat, by, json!({"migrate_to_chat_id": id}));
        if let Some(old) = self.chats.get_mut(&chat) {
            old.migrated_to = Some(id);
        }
        self.service(id, by, json!({"migrate_from_chat_id": chat}));
        Ok(id)
    }
}
