//! The sending methods: sendMessage, one method for each kind of file, sendChatAction.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::access;
use crate::html;
use crate::keyboard;
use crate::model::{ChatKind, FileKind, FileRef, Message, StoredFile};
use crate::params::{Params, Upload};
use crate::refusal::{Answer, Refusal};
use crate::shape;
use crate::state::{BOT_ID, State};
use crate::text::{check_caption, check_entities, check_text, settle};
use crate::topics;

/// The largest file a bot may upload, in bytes (TG-36).
const UPLOAD_LIMIT: usize = 50 * 1024 * 1024;
/// The largest photo, in bytes.
const PHOTO_LIMIT: usize = 10 * 1024 * 1024;

pub(crate) fn send_message(state: &mut State, params: &Params) -> Answer {
    let (chat, kind) = access::sendable(state, params)?;
    let (text, entities) = formatted(params, "text", "entities")?;
    check_text(&text)?;
    let message = Message { text, entities, ..Message::default() };
    deliver(state, params, (chat, kind), message)
}

pub(crate) fn send_file(state: &mut State, params: &Params, kind: FileKind) -> Answer {
    let (chat, chat_kind) = access::sendable(state, params)?;
    let (text, entities) = formatted(params, "caption", "caption_entities")?;
    check_caption(&text)?;
    let file_id = file_of(state, params, kind)?;
    let file = Some(FileRef { kind, file_id });
    let (text, entities) = if kind.has_caption() { (text, entities) } else { Default::default() };
    let message = Message { text, entities, file, ..Message::default() };
    deliver(state, params, (chat, chat_kind), message)
}

pub(crate) fn send_chat_action(state: &mut State, params: &Params) -> Answer {
    access::writable(state, params)?;
    let action = params.text("action").unwrap_or_default();
    let known = ["typing", "find_location", "choose_sticker"].contains(&action.as_str())
        || action.starts_with("upload_")
        || action.starts_with("record_");
    if known { Ok(json!(true)) } else { Err(Refusal::bad("wrong parameter action in request")) }
}

/// Text and entities of a call, by explicit entities or by `parse_mode`, as the server keeps them.
pub(crate) fn formatted(
    params: &Params,
    text: &str,
    entities: &str,
) -> Result<(String, Vec<Value>), Refusal> {
    let raw = params.text(text).unwrap_or_default();
    let marks = params.json(entities)?;
    read_text(&raw, marks.as_ref(), params.text("parse_mode").as_deref())
}

/// The same for any text, such as the caption of an album's item.
pub(crate) fn read_text(
    raw: &str,
    marks: Option<&Value>,
    mode: Option<&str>,
) -> Result<(String, Vec<Value>), Refusal> {
    let (text, marks) = match mode.unwrap_or_default().to_ascii_lowercase().as_str() {
        "" => (raw.to_owned(), marks.cloned().unwrap_or_else(|| json!([]))),
        "html" => html::parse(raw).map(|(text, marks)| (text, json!(marks)))?,
        _ => return Err(Refusal::bad("unsupported parse_mode")),
    };
    let marks = check_entities(&text, &marks)?;
    Ok(settle(&text, marks))
}

pub(crate) fn deliver(
    state: &mut State,
    params: &Params,
    chat: (i64, ChatKind),
    mut message: Message,
) -> Answer {
    let (id, kind) = chat;
    let markup = keyboard::read(params, kind)?;
    message.from = BOT_ID;
    message.keyboard = markup.rows;
    message.force_reply = markup.force_reply;
    message.topic = topics::sendable(state, params, id)?;
    message.reply_to = reply_target(state, params, id)?;
    take_limits(state, id, kind, 1)?;
    let number = state.put_message(id, message).ok_or_else(|| Refusal::bad("chat not found"))?;
    Ok(shape::message(state, id, number))
}

/// Counts `n` sends against the limits, if they are enforced.
pub(crate) fn take_limits(state: &mut State, chat: i64, kind: ChatKind, n: usize) -> Result<(), Refusal> {
    let now = state.now_ms();
    for _ in 0..if state.enforce_limits { n } else { 0 } {
        state.limits.take(chat, kind != ChatKind::Private, now)?;
    }
    Ok(())
}

pub(crate) fn reply_target(state: &State, params: &Params, chat: i64) -> Result<Option<i64>, Refusal> {
    let (wanted, optional) = match params.json("reply_parameters")? {
        Some(reply) => {
            (reply["message_id"].as_i64(), reply["allow_sending_without_reply"].as_bool() == Some(true))
        }
        None => (params.int("reply_to_message_id"), params.flag("allow_sending_without_reply")),
    };
    let Some(wanted) = wanted else { return Ok(None) };
    let topic = topics::sendable(state, params, chat)?;
    let there = state.message(chat, wanted).filter(|message| message.topic == topic);
    match (there, optional) {
        (Some(_), _) => Ok(Some(wanted)),
        (None, true) => Ok(None),
        (None, false) => Err(Refusal::bad("message to be replied not found")),
    }
}

/// The file id of the call's file: a known id, or one for the bytes sent along.
fn file_of(state: &mut State, params: &Params, kind: FileKind) -> Result<String, Refusal> {
    match params.upload(kind.name()) {
        Some(upload) => keep_upload(state, kind, upload),
        None => known_file(state, kind, &params.text(kind.name()).unwrap_or_default()),
    }
}

pub(crate) fn keep_upload(state: &mut State, kind: FileKind, upload: &Upload) -> Result<String, Refusal> {
    if upload.bytes.is_empty() {
        return Err(Refusal::bad("file must be non-empty"));
    }
    if upload.bytes.len() > UPLOAD_LIMIT {
        return Err(Refusal::too_large());
    }
    if kind == FileKind::Photo && upload.bytes.len() > PHOTO_LIMIT {
        return Err(Refusal::bad("file is too big"));
    }
    let name = upload.name.clone();
    let mime = upload.mime.clone().or_else(|| usual_mime(kind));
    Ok(store_file(state, kind, name, mime, &upload.bytes))
}

pub(crate) fn known_file(state: &State, kind: FileKind, given: &str) -> Result<String, Refusal> {
    if given.is_empty() {
        return Err(Refusal::bad(format!("there is no {} in the request", kind.name())));
    }
    let wrong = || Refusal::bad("wrong file identifier/HTTP URL specified");
    let stored = state.files.get(given).ok_or_else(wrong)?;
    match stored.kind.filter(|known| *known != kind) {
        Some(known) => {
            let (known, kind) = (known.in_errors(), kind.in_errors());
            Err(Refusal::bad(format!("can't use file of type {known} as {kind}")))
        }
        None => Ok(given.to_owned()),
    }
}

/// What Telegram makes of a voice or video that the bot uploads without a MIME type.
fn usual_mime(kind: FileKind) -> Option<String> {
    match kind {
        FileKind::Voice => Some("audio/ogg".to_owned()),
        FileKind::Video | FileKind::Animation => Some("video/mp4".to_owned()),
        FileKind::Audio => Some("audio/mpeg".to_owned()),
        FileKind::Photo | FileKind::Document | FileKind::VideoNote | FileKind::Sticker => None,
    }
}

/// Keeps a file's bytes and answers its new id.
pub(crate) fn store_file(
    state: &mut State,
    kind: FileKind,
    name: Option<String>,
    mime: Option<String>,
    bytes: &[u8],
) -> String {
    let file_id = format!("sb{}", state.random_digits());
    let number = state.files.len();
    let ending = name.as_deref().and_then(|name| name.rsplit_once('.')).map_or("bin", |(_, ending)| ending);
    let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    let path = format!("{}s/file_{number}.{ending}", kind.name());
    let size = bytes.len() as u64;
    let bytes = STANDARD.encode(bytes);
    let stored = StoredFile { file_id: file_id.clone(), kind: Some(kind), path, name, mime, size, bytes };
    state.files.insert(file_id.clone(), stored);
    file_id
}
