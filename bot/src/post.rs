//! Post: a message of the bot's own, before it stands in the outbox.

use engine::domain::{ProjectId, TaskId};
use engine::store::change::{Ask, NewMessage};

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
