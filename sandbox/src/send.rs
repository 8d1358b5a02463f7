//! The sending methods: sendMessage, sendPhoto, sendDocument, sendVoice, sendChatAction.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::access;
use crate::html;
use crate::keyboard;
use crate::model::{ChatKind, FileKind, FileRef, Message, StoredFile};
use crate::params::Params;
use crate::refusal::{Answer, Refusal};
use crate::shape;
use crate::state::{BOT_ID, State};
use crate::text::{check_caption, check_entities, check_text};

pub(crate) fn send_message(state: &mut State, params: &Params) -> Answer {
    let (chat, kind) = access::writable(state, params)?;
    let (text, entities) = formatted(params, "text", "entities")?;
    check_text(&text)?;
    let message = Message { text, entities, ..Message::default() };
    deliver(state, params, (chat, kind), message)
}

pub(crate) fn send_file(state: &mut State, params: &Params, kind: FileKind) -> Answer {
    let (chat, chat_kind) = access::writable(state, params)?;
    let (text, entities) = formatted(params, "caption", "caption_entities")?;
    check_caption(&text)?;
    let file_id = file_of(state, params, kind)?;
    let file = Some(FileRef { kind, file_id });
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

/// Text and entities of a call, by explicit entities or by `parse_mode`.
pub(crate) fn formatted(
    params: &Params,
    text: &str,
    entities: &str,
) -> Result<(String, Vec<Value>), Refusal> {
    let raw = params.text(text).unwrap_or_default();
    let mode = params.text("parse_mode").unwrap_or_default().to_ascii_lowercase();
    match mode.as_str() {
        "" => {
            let marks = params.json(entities)?.unwrap_or_else(|| json!([]));
            let marks = check_entities(&raw, &marks)?;
            Ok((raw, marks))
        }
        "html" => html::parse(&raw),
        _ => Err(Refusal::bad("unsupported parse_mode")),
    }
}

fn deliver(state: &mut State, params: &Params, chat: (i64, ChatKind), mut message: Message) -> Answer {
    let (id, kind) = chat;
    let markup = keyboard::read(params, kind)?;
    message.from = BOT_ID;
    message.keyboard = markup.rows;
    message.force_reply = markup.force_reply;
    message.reply_to = reply_target(state, params, id)?;
    if state.enforce_limits {
        let now = state.now_ms();
        state.limits.take(id, kind != ChatKind::Private, now)?;
    }
    let number = state.put_message(id, message).ok_or_else(|| Refusal::bad("chat not found"))?;
    Ok(shape::message(state, id, number))
}

fn reply_target(state: &State, params: &Params, chat: i64) -> Result<Option<i64>, Refusal> {
    let (wanted, optional) = match params.json("reply_parameters")? {
        Some(reply) => {
            (reply["message_id"].as_i64(), reply["allow_sending_without_reply"].as_bool() == Some(true))
        }
        None => (params.int("reply_to_message_id"), params.flag("allow_sending_without_reply")),
    };
    let Some(wanted) = wanted else { return Ok(None) };
    match (state.message(chat, wanted), optional) {
        (Some(_), _) => Ok(Some(wanted)),
        (None, true) => Ok(None),
        (None, false) => Err(Refusal::bad("message to be replied not found")),
    }
}

/// The file id of the call's file: a known id, or one for the bytes sent along.
fn file_of(state: &mut State, params: &Params, kind: FileKind) -> Result<String, Refusal> {
    let key = kind.name();
    if let Some(upload) = params.upload(key) {
        if upload.bytes.is_empty() {
            return Err(Refusal::bad("file must be non-empty"));
        }
        let name = upload.name.clone();
        let mime = upload.mime.clone().or_else(|| usual_mime(kind));
        return Ok(store_file(state, kind, name, mime, &upload.bytes));
    }
    let given = params.text(key).unwrap_or_default();
    if given.is_empty() {
        return Err(Refusal::bad(format!("there is no {key} in the request")));
    }
    if state.files.contains_key(&given) {
        return Ok(given);
    }
    Err(Refusal::bad("wrong file identifier/HTTP URL specified"))
}

/// What Telegram makes of a voice or video that the bot uploads without a MIME type.
fn usual_mime(kind: FileKind) -> Option<String> {
    match kind {
        FileKind::Voice => Some("audio/ogg".to_owned()),
        FileKind::Video => Some("video/mp4".to_owned()),
        FileKind::Photo | FileKind::Document => None,
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
    state
        .files
        .insert(file_id.clone(), StoredFile { file_id: file_id.clone(), path, name, mime, size, bytes });
    file_id
}
