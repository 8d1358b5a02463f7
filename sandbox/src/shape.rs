//! The JSON shapes of the Bot API: users, chats, messages, files.

use serde_json::{Map, Value, json};

use crate::model::{Chat, ChatKind, FileKind, FileRef, Message, Person};
use crate::state::{BOT_ID, State};

pub(crate) fn user(person: &Person) -> Value {
    let mut value = json!({"id": person.id, "is_bot": false, "first_name": person.name});
    if let Some(username) = &person.username {
        value["username"] = json!(username);
    }
    if let Some(language) = &person.language {
        value["language_code"] = json!(language);
    }
    value
}

/// The chat as messages carry it.
pub(crate) fn chat(state: &State, chat: &Chat) -> Value {
    let mut value = json!({"id": chat.id, "type": chat.kind.name()});
    match chat.kind {
        ChatKind::Private => {
            value["first_name"] = json!(chat.title);
            if let Some(name) = state.people.get(&chat.id).and_then(|person| person.username.clone()) {
                value["username"] = json!(name);
            }
        }
        ChatKind::Group => {
            value["title"] = json!(chat.title);
            value["all_members_are_administrators"] = json!(false);
        }
        ChatKind::Supergroup => value["title"] = json!(chat.title),
    }
    if chat.forum {
        value["is_forum"] = json!(true);
    }
    value
}

/// A user by id, the bot too; an unknown id gets a bare shape.
pub(crate) fn sender(state: &State, id: i64) -> Value {
    if id == BOT_ID {
        return bot(state);
    }
    state.people.get(&id).map_or_else(|| json!({"id": id, "is_bot": false, "first_name": ""}), user)
}

pub(crate) fn bot(state: &State) -> Value {
    json!({"id": BOT_ID, "is_bot": true, "first_name": state.bot_name, "username": state.bot_username})
}

/// A message with the message it replies to, or null when there is none under this id.
pub(crate) fn message(state: &State, chat_id: i64, id: i64) -> Value {
    let Some(room) = state.chats.get(&chat_id) else { return Value::Null };
    let Some(message) = room.messages.get(&id) else { return Value::Null };
    let mut value = bare(state, room, message);
    let replied = message.reply_to.and_then(|reply| room.messages.get(&reply));
    // In a topic, what answers nothing else is shown as an answer to the message that opened the topic.
    let opener =
        message.topic.filter(|topic| *topic != message.id).and_then(|topic| room.messages.get(&topic));
    if let Some(replied) = replied.or(opener).filter(|replied| !replied.deleted) {
        value["reply_to_message"] = bare(state, room, replied);
    }
    value
}

fn bare(state: &State, room: &Chat, message: &Message) -> Value {
    let mut value = json!({
        "message_id": message.id,
        "from": sender(state, message.from),
        "chat": chat(state, room),
        "date": message.at_ms / 1_000,
    });
    if let Some(topic) = message.topic {
        value["message_thread_id"] = json!(topic);
        value["is_topic_message"] = json!(true);
    }
    if let Some(edited) = message.edited_ms {
        value["edit_date"] = json!(edited / 1_000);
    }
    let (text, entities) = match &message.file {
        Some(file) => {
            put_file(state, &mut value, file);
            ("caption", "caption_entities")
        }
        None => ("text", "entities"),
    };
    if !message.text.is_empty() {
        value[text] = json!(message.text);
    }
    if !message.entities.is_empty() {
        value[entities] = json!(message.entities);
    }
    if !message.keyboard.is_empty() {
        value["reply_markup"] = json!({"inline_keyboard": message.keyboard});
    }
    if let Some(album) = &message.album {
        value["media_group_id"] = json!(album);
    }
    for extra in [&message.service, &message.other] {
        if let (Some(Value::Object(extra)), Value::Object(fields)) = (extra, &mut value) {
            fields.extend(extra.clone());
        }
    }
    value
}

fn put_file(state: &State, value: &mut Value, file: &FileRef) {
    let mut shape = Map::new();
    shape.insert("file_id".to_owned(), json!(file.file_id));
    shape.insert("file_unique_id".to_owned(), json!(format!("u{}", file.file_id)));
    if let Some(stored) = state.files.get(&file.file_id) {
        shape.insert("file_size".to_owned(), json!(stored.size));
        let named =
            matches!(file.kind, FileKind::Document | FileKind::Video | FileKind::Audio | FileKind::Animation);
        if let Some(name) = stored.name.as_ref().filter(|_| named) {
            shape.insert("file_name".to_owned(), json!(name));
        }
        if let Some(mime) = stored.mime.as_ref().filter(|_| named || file.kind == FileKind::Voice) {
            shape.insert("mime_type".to_owned(), json!(mime));
        }
    }
    for (key, value) in measures(file.kind) {
        shape.insert((*key).to_owned(), json!(value));
    }
    let shape = Value::Object(shape);
    value[file.kind.name()] = if file.kind == FileKind::Photo { json!([shape]) } else { shape };
}

/// What else the shape of a file must have.
fn measures(kind: FileKind) -> &'static [(&'static str, i64)] {
    match kind {
        FileKind::Photo => &[("width", 1_280), ("height", 720)],
        FileKind::Video | FileKind::Animation => &[("width", 1_280), ("height", 720), ("duration", 7)],
        FileKind::Voice | FileKind::Audio => &[("duration", 7)],
        FileKind::VideoNote => &[("length", 240), ("duration", 7)],
        FileKind::Sticker => &[("width", 512), ("height", 512)],
        FileKind::Document => &[],
    }
}
