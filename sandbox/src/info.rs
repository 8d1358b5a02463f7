//! The asking methods: getMe, getChat, getChatMember, getFile, and the bot's commands.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::access;
use crate::model::{ChatKind, Seat};
use crate::params::Params;
use crate::refusal::{Answer, Refusal};
use crate::shape;
use crate::state::{BOT_ID, State};

/// The largest file `getFile` gives, in bytes (TG-36).
const DOWNLOAD_LIMIT: u64 = 20 * 1024 * 1024;

pub(crate) fn get_me(state: &State) -> Value {
    let mut me = shape::bot(state);
    me["can_join_groups"] = json!(true);
    me["can_read_all_group_messages"] = json!(!state.privacy);
    me["supports_inline_queries"] = json!(false);
    me["can_connect_to_business"] = json!(false);
    me["has_main_web_app"] = json!(false);
    me
}

pub(crate) fn get_chat(state: &mut State, params: &Params) -> Answer {
    let (id, _) = access::known(state, params)?;
    let room = state.chats.get(&id).ok_or_else(|| Refusal::bad("chat not found"))?;
    let mut value = shape::chat(state, room);
    value["accent_color_id"] = json!(1);
    value["max_reaction_count"] = json!(11);
    value["accepted_gift_types"] = json!({
        "unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false, "premium_subscription": false,
    });
    Ok(value)
}

pub(crate) fn get_chat_member(state: &mut State, params: &Params) -> Answer {
    let (id, kind) = match access::known(state, params) {
        Ok((id, ChatKind::Private)) => (id, ChatKind::Private),
        Ok(_) => access::writable(state, params)?,
        Err(refusal) => return Err(refusal),
    };
    let person = params.int("user_id").ok_or_else(|| Refusal::bad("invalid user_id specified"))?;
    let room = state.chats.get(&id).ok_or_else(|| Refusal::bad("chat not found"))?;
    if person != BOT_ID && !state.people.contains_key(&person) {
        return Err(Refusal::bad("PARTICIPANT_ID_INVALID"));
    }
    let inside = room.members.contains(&person) || (person == BOT_ID && kind == ChatKind::Private);
    let status = match person {
        BOT_ID if kind != ChatKind::Private => room.seat.status(),
        _ if inside => "member",
        _ => "left",
    };
    Ok(member(&shape::sender(state, person), status))
}

pub(crate) fn get_chat_member_count(state: &mut State, params: &Params) -> Answer {
    let (id, kind) = access::writable(state, params)?;
    let room = state.chats.get(&id).ok_or_else(|| Refusal::bad("chat not found"))?;
    let bot = usize::from(kind == ChatKind::Private || room.seat.inside());
    Ok(json!(room.members.len() + bot))
}

/// The bot alone can be an administrator here.
pub(crate) fn get_chat_administrators(state: &mut State, params: &Params) -> Answer {
    let (id, kind) = access::writable(state, params)?;
    if kind == ChatKind::Private {
        return Err(Refusal::bad("there are no administrators in the private chat"));
    }
    let admin = state.chats.get(&id).is_some_and(|room| room.seat == Seat::Admin);
    Ok(if admin { json!([member(&shape::bot(state), "administrator")]) } else { json!([]) })
}

/// A ChatMember of this status with the fields its kind must have.
pub(crate) fn member(user: &Value, status: &str) -> Value {
    let mut value = json!({"user": user, "status": status});
    if status == "kicked" {
        value["until_date"] = json!(0);
    }
    if status == "administrator" {
        for right in [
            "can_be_edited",
            "is_anonymous",
            "can_manage_chat",
            "can_delete_messages",
            "can_manage_video_chats",
            "can_restrict_members",
            "can_promote_members",
            "can_change_info",
            "can_invite_users",
            "can_post_stories",
            "can_edit_stories",
            "can_delete_stories",
            "can_pin_messages",
        ] {
            value[right] =
                json!(matches!(right, "can_manage_chat" | "can_delete_messages" | "can_pin_messages"));
        }
    }
    value
}

pub(crate) fn get_file(state: &State, params: &Params) -> Answer {
    let id = params.text("file_id").unwrap_or_default();
    let file = state.files.get(&id).ok_or_else(|| Refusal::bad("invalid file_id"))?;
    if file.size > DOWNLOAD_LIMIT {
        return Err(Refusal::bad("file is too big"));
    }
    Ok(json!({
        "file_id": file.file_id,
        "file_unique_id": format!("u{}", file.file_id),
        "file_size": file.size,
        "file_path": file.path,
    }))
}

/// The bytes and the MIME type of the file under this path.
pub(crate) fn file_bytes(state: &State, path: &str) -> Option<(Vec<u8>, String)> {
    let file = state.files.values().find(|file| file.path == path)?;
    let bytes = STANDARD.decode(&file.bytes).ok()?;
    Some((bytes, file.mime.clone().unwrap_or_else(|| "application/octet-stream".to_owned())))
}

pub(crate) fn set_my_commands(state: &mut State, params: &Params) -> Answer {
    let commands = params.json("commands")?.unwrap_or_else(|| json!([]));
    let broken = || Refusal::bad("can't parse BotCommand: expected an Array of commands");
    for command in commands.as_array().ok_or_else(broken)? {
        let name = command["command"].as_str().unwrap_or_default().trim_start_matches('/');
        let letters = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if name.is_empty() || name.len() > 32 || !letters {
            return Err(Refusal::bad("BOT_COMMAND_INVALID"));
        }
        if command["description"].as_str().is_none_or(str::is_empty) {
            return Err(Refusal::bad("BOT_COMMAND_DESCRIPTION_INVALID"));
        }
    }
    state.commands = commands;
    Ok(json!(true))
}
