//! Changing what was sent: edits, deletion, and the answer to a press.

use serde_json::{Value, json};

use crate::access;
use crate::journal::{Kind, Note};
use crate::keyboard;
use crate::model::{CallbackAnswer, ChatKind, Message};
use crate::params::Params;
use crate::refusal::{Answer, Refusal};
use crate::send::formatted;
use crate::shape;
use crate::state::{BOT_ID, State};
use crate::text::{check_caption, check_text, utf16_len};

const NOT_MODIFIED: &str = "message is not modified: specified new message content and reply markup are exactly \
                            the same as a current content and reply markup of the message";
/// A press may be answered this long, in milliseconds of the sandbox's clock.
const ANSWER_LIFE_MS: i64 = 150_000;
/// A bot may delete messages this young, in milliseconds.
const DELETE_LIFE_MS: i64 = 48 * 3_600_000;

pub(crate) fn edit_text(state: &mut State, params: &Params) -> Answer {
    let (chat, kind, id) = editable(state, params)?;
    let (text, entities) = formatted(params, "text", "entities")?;
    check_text(&text)?;
    if own(state, chat, id)?.file.is_some() {
        return Err(Refusal::bad("there is no text in the message to edit"));
    }
    let keyboard = keyboard::read_inline(params, kind)?;
    change(state, (chat, id), |message| {
        message.text = text;
        message.entities = entities;
        message.keyboard = keyboard;
    })
}

pub(crate) fn edit_caption(state: &mut State, params: &Params) -> Answer {
    let (chat, kind, id) = editable(state, params)?;
    let (text, entities) = formatted(params, "caption", "caption_entities")?;
    check_caption(&text)?;
    if own(state, chat, id)?.file.is_none() {
        return Err(Refusal::bad("there is no caption in the message to edit"));
    }
    let keyboard = keyboard::read_inline(params, kind)?;
    change(state, (chat, id), |message| {
        message.text = text;
        message.entities = entities;
        message.keyboard = keyboard;
    })
}

pub(crate) fn edit_markup(state: &mut State, params: &Params) -> Answer {
    let (chat, kind, id) = editable(state, params)?;
    let keyboard = keyboard::read_inline(params, kind)?;
    change(state, (chat, id), |message| message.keyboard = keyboard)
}

fn editable(state: &mut State, params: &Params) -> Result<(i64, ChatKind, i64), Refusal> {
    let (chat, kind) = access::writable(state, params)?;
    let id = params.int("message_id").ok_or_else(|| Refusal::bad("message identifier is not specified"))?;
    own(state, chat, id)?;
    Ok((chat, kind, id))
}

fn own(state: &State, chat: i64, id: i64) -> Result<&Message, Refusal> {
    let message = state.message(chat, id).ok_or_else(|| Refusal::bad("message to edit not found"))?;
    // Only messages without markup or with an inline keyboard can be edited; a force-reply prompt cannot.
    if message.from != BOT_ID || message.service.is_some() || message.force_reply.is_some() {
        return Err(Refusal::bad("message can't be edited"));
    }
    Ok(message)
}

fn change(state: &mut State, at: (i64, i64), with: impl FnOnce(&mut Message)) -> Answer {
    let (chat, id) = at;
    let now = state.now_ms();
    let message = state.message_mut(chat, id).ok_or_else(|| Refusal::bad("message to edit not found"))?;
    let mut changed = message.clone();
    with(&mut changed);
    let content = |m: &Message| (m.text.clone(), m.entities.clone(), m.keyboard.clone());
    if content(&changed) == content(message) {
        return Err(Refusal::bad(NOT_MODIFIED));
    }
    changed.edited_ms = Some(now);
    let text = Some(changed.text.clone());
    let old_text = Some(std::mem::replace(message, changed).text);
    let note = Note { chat: Some(chat), message_id: Some(id), text, old_text, ..Note::of("edit") };
    state.note(Kind::Edit, note);
    Ok(shape::message(state, chat, id))
}

pub(crate) fn delete_message(state: &mut State, params: &Params) -> Answer {
    let (chat, kind) = access::writable(state, params)?;
    let missing = || Refusal::bad("message to delete not found");
    let id = params.int("message_id").ok_or_else(|| Refusal::bad("message identifier is not specified"))?;
    let now = state.now_ms();
    let admin = state.chats.get(&chat).is_some_and(|room| room.seat == crate::model::Seat::Admin);
    let message = state.message_mut(chat, id).ok_or_else(missing)?;
    let mine = message.from == BOT_ID || kind == ChatKind::Private || admin;
    if !mine || now - message.at_ms >= DELETE_LIFE_MS {
        return Err(Refusal::bad("message can't be deleted for everyone"));
    }
    message.deleted = true;
    Ok(json!(true))
}

pub(crate) fn answer_callback(state: &mut State, params: &Params) -> Answer {
    let too_old = || Refusal::bad("query is too old and response timeout expired or query ID is invalid");
    let text = params.text("text").filter(|text| !text.is_empty());
    if text.as_ref().is_some_and(|text| utf16_len(text) > 200) {
        return Err(Refusal::bad("MESSAGE_TOO_LONG"));
    }
    let id = params.text("callback_query_id").unwrap_or_default();
    let now = state.now_ms();
    let press = state.presses.get_mut(&id).ok_or_else(too_old)?;
    if now - press.at_ms >= ANSWER_LIFE_MS {
        return Err(too_old());
    }
    press.answer = Some(CallbackAnswer { text: text.clone(), show_alert: params.flag("show_alert") });
    let (chat, message) = (press.chat, press.message);
    let note = Note {
        chat: Some(chat),
        message_id: Some(message),
        text,
        detail: format!("press {id}"),
        ..Note::of("answercallbackquery")
    };
    state.note(Kind::Answer, note);
    Ok(Value::Bool(true))
}
