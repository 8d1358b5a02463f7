//! Whether the bot may write to a chat, with the words of each "no" (TELEGRAM 4.9).

use crate::model::{Chat, ChatKind, Private, Seat};
use crate::params::Params;
use crate::refusal::Refusal;
use crate::state::State;
use crate::topics;

/// The chat named by `chat_id`, which must exist.
pub(crate) fn known(state: &mut State, params: &Params) -> Result<(i64, ChatKind), Refusal> {
    if params.text("chat_id").is_none_or(|text| text.is_empty()) {
        return Err(Refusal::bad("chat_id is empty"));
    }
    let id = params.int("chat_id").ok_or_else(|| Refusal::bad("chat not found"))?;
    let chat = state.chat_of(id).ok_or_else(|| Refusal::bad("chat not found"))?;
    Ok((id, chat.kind))
}

/// The chat named by `chat_id`, if the bot may act in it.
pub(crate) fn writable(state: &mut State, params: &Params) -> Result<(i64, ChatKind), Refusal> {
    let (id, kind) = known(state, params)?;
    let chat = state.chats.get(&id).ok_or_else(|| Refusal::bad("chat not found"))?;
    match kind {
        ChatKind::Private => check_private(state, id)?,
        ChatKind::Group | ChatKind::Supergroup => check_group(chat)?,
    }
    Ok((id, kind))
}

/// The chat named by `chat_id`, if the bot may send a message there.
pub(crate) fn sendable(state: &mut State, params: &Params) -> Result<(i64, ChatKind), Refusal> {
    let (id, kind) = writable(state, params)?;
    if state.chats.get(&id).is_some_and(|chat| chat.muted) {
        return Err(Refusal::bad("not enough rights to send text messages to the chat"));
    }
    topics::sendable(state, params, id)?;
    Ok((id, kind))
}

fn check_private(state: &State, id: i64) -> Result<(), Refusal> {
    if state.people.get(&id).is_some_and(|person| person.deactivated) {
        return Err(Refusal::forbidden("user is deactivated"));
    }
    match state.people.get(&id).map(|person| person.private) {
        None => Err(Refusal::bad("chat not found")),
        Some(Private::Never) => Err(Refusal::forbidden("bot can't initiate conversation with a user")),
        Some(Private::Blocked) => Err(Refusal::forbidden("bot was blocked by the user")),
        Some(Private::Started) => Ok(()),
    }
}

fn check_group(chat: &Chat) -> Result<(), Refusal> {
    if let Some(new) = chat.migrated_to {
        return Err(Refusal::migrated(new));
    }
    let kind = chat.kind.name();
    match chat.seat {
        Seat::Member | Seat::Admin => Ok(()),
        Seat::Kicked => Err(Refusal::forbidden(format!("bot was kicked from the {kind} chat"))),
        Seat::Outside => Err(Refusal::forbidden(format!("bot is not a member of the {kind} chat"))),
    }
}
