//! Post: a message of the bot's own, before it stands in the outbox.

use engine::domain::{ProjectId, TaskId};
use engine::store::change::{Ask, Cause, NewMessage, OutFace, Payload, Policy};
use engine::words::Rendered;
use serde_json::Value;

/// A plain new message; `dedupe` makes sure that it exists once.
pub fn post(chat: i64, dedupe: &str, key: &str, text: Rendered) -> NewMessage {
    NewMessage {
        dedupe: dedupe.to_owned(),
        cause: Cause::None,
        chat,
        kind: key.to_owned(),
        face: OutFace::Post,
        slot: None,
        reply_to: None,
        project: None,
        task: None,
        message_key: key.to_owned(),
        arguments: Value::Null,
        language: String::new(),
        payload: Payload { text: text.text, entities: text.entities, ..Payload::default() },
        ask: None,
        policy: Policy::AtLeastOnce,
        buttons: Vec::new(),
        quiet_zone: None,
    }
}

/// Makes a message a question to one person, as a reply to the message with this id.
pub fn asking(
    mut message: NewMessage,
    ask: Ask,
    about: (&ProjectId, &TaskId),
    reply_to: Option<i64>,
    hint: String,
) -> NewMessage {
    message.project = Some(about.0.clone());
    message.task = Some(about.1.clone());
    message.ask = Some(ask);
    message.reply_to = reply_to.map(literally);
    message.payload.force_reply = Some(hint);
    message
}

/// A reply to a message that is not ours, named by its id instead of by a slot.
pub fn literally(message: i64) -> String {
    format!("#{message}")
}
