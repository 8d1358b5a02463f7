//! Forum topics: which thread a message belongs to, and what is done to topics (TG-16, TG-17).

use serde_json::{Value, json};

use crate::model::{ChatKind, Message, Seat, Topic};
use crate::params::Params;
use crate::people::Said;
use crate::refusal::Refusal;
use crate::state::State;

/// The id that people see for General; a bot that sends to it is refused (TG-16).
const GENERAL: i64 = 1;

/// The topic that a call sends to, if the bot may write in it; `None` is General, or a chat without topics.
pub(crate) fn sendable(state: &State, params: &Params, chat: i64) -> Result<Option<i64>, Refusal> {
    let Some(room) = state.chats.get(&chat) else { return Ok(None) };
    let wanted = params.int("message_thread_id").filter(|thread| *thread != 0);
    let admin = room.seat == Seat::Admin;
    let closed = |is: bool| if is && !admin { Err(Refusal::bad("TOPIC_CLOSED")) } else { Ok(()) };
    let Some(thread) = wanted else {
        closed(room.forum && room.general_closed && replied_topic(state, params, chat)?.is_none())?;
        return replied_topic(state, params, chat);
    };
    let topic = room.topics.get(&thread).filter(|_| room.forum && thread != GENERAL);
    let topic = topic.ok_or_else(|| Refusal::bad("message thread not found"))?;
    closed(topic.closed)?;
    Ok(Some(thread))
}

/// An answer without a thread of its own goes where the answered message is.
fn replied_topic(state: &State, params: &Params, chat: i64) -> Result<Option<i64>, Refusal> {
    let reply = params.json("reply_parameters")?.and_then(|reply| reply["message_id"].as_i64());
    let reply = reply.or_else(|| params.int("reply_to_message_id"));
    Ok(reply.and_then(|id| state.message(chat, id)).and_then(|message| message.topic))
}

impl State {
    /// Switches topics on or off in a supergroup; off, all messages stand in one line again.
    pub(crate) fn set_forum(&mut self, chat: i64, on: bool) -> Said<()> {
        let room = self.group(chat)?;
        if room.kind != ChatKind::Supergroup {
            return Err(format!("chat {chat} is no supergroup"));
        }
        room.forum = on;
        Ok(())
    }

    /// A person opens a topic; its id is that of the message that says so.
    pub(crate) fn add_topic(&mut self, person: i64, chat: i64, title: &str) -> Said<i64> {
        if !self.group(chat)?.forum {
            return Err(format!("chat {chat} has no topics"));
        }
        let service = json!({"forum_topic_created": {"name": title, "icon_color": 7_322_096}});
        let message = Message { from: person, service: Some(service), ..Message::default() };
        let id = self.put_message(chat, message).ok_or_else(|| format!("no chat {chat}"))?;
        self.group(chat)?.topics.insert(id, Topic { title: title.to_owned(), closed: false });
        if let Some(message) = self.message_mut(chat, id) {
            message.topic = Some(id);
        }
        self.tell("message", chat, id);
        Ok(id)
    }

    /// Closes or reopens a topic; `None` is General.
    pub(crate) fn close_topic(
        &mut self,
        person: i64,
        chat: i64,
        topic: Option<i64>,
        close: bool,
    ) -> Said<()> {
        let room = self.group(chat)?;
        match topic {
            None => room.general_closed = close,
            Some(id) => {
                room.topics.get_mut(&id).ok_or_else(|| format!("no topic {id} in chat {chat}"))?.closed =
                    close;
            }
        }
        let what = if close { "forum_topic_closed" } else { "forum_topic_reopened" };
        self.notice_in(person, chat, topic, json!({what: {}}));
        Ok(())
    }

    /// Deletes a topic with all its messages; the bot is not told.
    pub(crate) fn delete_topic(&mut self, chat: i64, topic: i64) -> Said<()> {
        let room = self.group(chat)?;
        room.topics.remove(&topic).ok_or_else(|| format!("no topic {topic} in chat {chat}"))?;
        for message in room.messages.values_mut().filter(|message| message.topic == Some(topic)) {
            message.deleted = true;
        }
        Ok(())
    }

    /// The topic a person writes in, if it is there and open.
    pub(crate) fn check_topic(&mut self, chat: i64, topic: Option<i64>) -> Said<()> {
        let Some(id) = topic else { return Ok(()) };
        let room = self.group(chat)?;
        let open = room.forum && room.topics.get(&id).is_some_and(|topic| !topic.closed);
        if open { Ok(()) } else { Err(format!("no open topic {id} in chat {chat}")) }
    }

    pub(crate) fn notice_in(&mut self, from: i64, chat: i64, topic: Option<i64>, extra: Value) {
        let message = Message { from, topic, service: Some(extra), ..Message::default() };
        if let Some(id) = self.put_message(chat, message) {
            self.tell("message", chat, id);
        }
    }
}
