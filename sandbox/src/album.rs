//! sendMediaGroup (two to ten files as one album, without buttons, TG-30), copyMessage and copyMessages.

use serde_json::{Value, json};

use crate::access;
use crate::model::{FileKind, FileRef, Message};
use crate::params::Params;
use crate::refusal::{Answer, Refusal};
use crate::send::{deliver, keep_upload, known_file, read_text, reply_target, take_limits};
use crate::shape;
use crate::state::{BOT_ID, State};
use crate::text::check_caption;
use crate::topics;

pub(crate) fn send_media_group(state: &mut State, params: &Params) -> Answer {
    let (chat, kind) = access::sendable(state, params)?;
    let media = params.json("media")?.unwrap_or(Value::Null);
    let broken = || Refusal::bad("can't parse media: expected an Array of InputMedia");
    let items = media.as_array().ok_or_else(broken)?;
    if !(2..=10).contains(&items.len()) {
        return Err(Refusal::bad("media group must include 2-10 items"));
    }
    check_mix(items)?;
    let reply_to = reply_target(state, params, chat)?;
    let topic = topics::sendable(state, params, chat)?;
    let mut messages = Vec::new();
    for item in items {
        messages.push(Message { from: BOT_ID, reply_to, topic, ..read_item(state, params, item)? });
    }
    take_limits(state, chat, kind, messages.len())?;
    put(state, chat, messages)
}

fn put(state: &mut State, chat: i64, messages: Vec<Message>) -> Answer {
    let album = state.random_digits();
    let mut sent = Vec::new();
    for message in messages {
        let message = Message { album: Some(album.clone()), ..message };
        let id = state.put_message(chat, message).ok_or_else(|| Refusal::bad("chat not found"))?;
        sent.push(shape::message(state, chat, id));
    }
    Ok(json!(sent))
}

/// Documents stay among themselves, and so do audios; photos and videos may mix.
fn check_mix(items: &[Value]) -> Result<(), Refusal> {
    for alone in ["document", "audio"] {
        let such = items.iter().filter(|item| item["type"] == alone).count();
        if such > 0 && such < items.len() {
            return Err(Refusal::bad(format!("{alone} can't be mixed with other media types")));
        }
    }
    Ok(())
}

fn read_item(state: &mut State, params: &Params, item: &Value) -> Result<Message, Refusal> {
    let kind = match item["type"].as_str().unwrap_or_default() {
        "photo" => FileKind::Photo,
        "document" => FileKind::Document,
        "video" => FileKind::Video,
        "audio" => FileKind::Audio,
        other => return Err(Refusal::bad(format!("type \"{other}\" of InputMedia is not supported"))),
    };
    let caption = item["caption"].as_str().unwrap_or_default();
    let (text, entities) = read_text(caption, item.get("caption_entities"), item["parse_mode"].as_str())?;
    check_caption(&text)?;
    let given = item["media"].as_str().unwrap_or_default();
    let file_id = match given.strip_prefix("attach://") {
        Some(part) => {
            let missing = || Refusal::bad("wrong file identifier/HTTP URL specified");
            keep_upload(state, kind, params.part(part).ok_or_else(missing)?)?
        }
        None => known_file(state, kind, given)?,
    };
    Ok(Message { text, entities, file: Some(FileRef { kind, file_id }), ..Message::default() })
}

/// copyMessage: the same content as a new message of the bot; answers the id alone.
pub(crate) fn copy_message(state: &mut State, params: &Params) -> Answer {
    let chat = access::sendable(state, params)?;
    let copy = copied(state, params, params.int("message_id"))?;
    let sent = deliver(state, params, chat, copy)?;
    Ok(json!({"message_id": sent["message_id"]}))
}

/// copyMessages: one to a hundred in rising order; those that cannot be copied are left out.
pub(crate) fn copy_messages(state: &mut State, params: &Params) -> Answer {
    let chat = access::sendable(state, params)?;
    let ids = params.json("message_ids")?.unwrap_or_else(|| json!([]));
    let ids: Vec<i64> = ids.as_array().into_iter().flatten().filter_map(Value::as_i64).collect();
    if !(1..=100).contains(&ids.len()) || ids.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err(Refusal::bad("identifiers of messages must be 1-100 in a strictly increasing order"));
    }
    let mut sent = Vec::new();
    for id in ids {
        if let Ok(copy) = copied(state, params, Some(id)) {
            sent.push(json!({"message_id": deliver(state, params, chat, copy)?["message_id"]}));
        }
    }
    if sent.is_empty() { Err(Refusal::bad("there are no messages to copy")) } else { Ok(json!(sent)) }
}

fn copied(state: &State, params: &Params, message: Option<i64>) -> Result<Message, Refusal> {
    let missing = || Refusal::bad("message to copy not found");
    let from = params.int("from_chat_id").ok_or_else(missing)?;
    let source = state.message(from, message.ok_or_else(missing)?).ok_or_else(missing)?;
    if source.service.is_some() {
        return Err(Refusal::bad("message can't be copied"));
    }
    let Message { text, entities, file, other, .. } = source.clone();
    Ok(Message { text, entities, file, other, ..Message::default() })
}
