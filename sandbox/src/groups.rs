//! Groups: who joins and leaves, the bot's seat, the move to a supergroup.

use serde_json::{Value, json};

use crate::info::member;
use crate::model::{Chat, ChatKind, Message, Seat};
use crate::params::Params;
use crate::people::Said;
use crate::refusal::{Answer, Refusal};
use crate::shape;
use crate::state::{BOT_ID, State};

/// Sets the queue of membership apart from that of messages; above every chat id.
const MEMBER_KEY: i64 = 1 << 60;

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
    // Membership has its own queue beside the messages of the chat (RELIABILITY T-4).
    state.push_update(kind, Some(chat), chat - MEMBER_KEY, &update);
}

/// leaveChat: the bot goes by itself.
pub(crate) fn leave_chat(state: &mut State, params: &Params) -> Answer {
    let (chat, kind) = crate::access::writable(state, params)?;
    if kind == ChatKind::Private {
        return Err(Refusal::bad("chat member status can't be changed in private chats"));
    }
    let room = state.chats.get_mut(&chat).ok_or_else(|| Refusal::bad("chat not found"))?;
    let old = std::mem::replace(&mut room.seat, Seat::Outside);
    seat_changed(state, BOT_ID, chat, (old.status(), "left"));
    Ok(json!(true))
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

    pub(crate) fn group(&mut self, chat: i64) -> Said<&mut Chat> {
        let room = self.chats.get_mut(&chat).filter(|room| room.kind != ChatKind::Private);
        let room = room.ok_or_else(|| format!("no group {chat}"))?;
        match room.migrated_to {
            Some(new) => Err(format!("chat {chat} became supergroup {new}")),
            None => Ok(room),
        }
    }

    fn service(&mut self, chat: i64, from: i64, extra: Value) {
        self.notice_in(from, chat, None, extra);
    }

    /// Somebody sets after how many seconds messages vanish; 0 keeps them (TG-42).
    pub(crate) fn set_auto_delete(&mut self, person: i64, chat: i64, seconds: i64) -> Said<()> {
        self.enter(person, chat)?;
        let timer = json!({"message_auto_delete_time": seconds});
        self.service(chat, person, json!({"message_auto_delete_timer_changed": timer}));
        Ok(())
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
        room.muted = false;
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

    pub(crate) fn mute_bot(&mut self, chat: i64, mute: bool) -> Said<()> {
        self.group(chat)?.muted = mute;
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
