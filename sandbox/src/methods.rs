//! The table of Bot API methods, and what the journal says about each call.

use serde_json::{Value, json};

use crate::journal::{Kind, Note};
use crate::model::FileKind;
use crate::params::Params;
use crate::refusal::{Answer, Refusal};
use crate::state::State;
use crate::{album, edit, groups, info, send, webhook};

/// Carries out one call and writes the outcome into the journal.
pub(crate) fn run(state: &mut State, method: &str, params: &Params) -> Answer {
    let answer = dispatch(state, method, params);
    match &answer {
        Ok(Value::Array(album)) if matches!(method, "sendmediagroup" | "copymessages") => {
            for message in album {
                state.note(Kind::Accepted, accepted(method, params, message));
            }
        }
        Ok(result) => {
            let mut note = accepted(method, params, result);
            if method == "copymessage" {
                let at = note.chat.zip(note.message_id);
                note.text = at.and_then(|(chat, id)| Some(state.message(chat, id)?.text.clone()));
            }
            state.note(Kind::Accepted, note);
        }
        Err(refusal) => state.note(Kind::Refused, refused(method, params, refusal)),
    }
    answer
}

fn dispatch(state: &mut State, method: &str, params: &Params) -> Answer {
    match method {
        "getme" => Ok(info::get_me(state)),
        "getchat" => info::get_chat(state, params),
        "getchatmember" => info::get_chat_member(state, params),
        "getfile" => info::get_file(state, params),
        "setmycommands" => info::set_my_commands(state, params),
        "getmycommands" => Ok(state.commands.clone()),
        "deletemycommands" => {
            state.commands = json!([]);
            Ok(json!(true))
        }
        "sendmessage" => send::send_message(state, params),
        "sendphoto" => send::send_file(state, params, FileKind::Photo),
        "senddocument" => send::send_file(state, params, FileKind::Document),
        "sendvoice" => send::send_file(state, params, FileKind::Voice),
        "sendvideo" => send::send_file(state, params, FileKind::Video),
        "sendaudio" => send::send_file(state, params, FileKind::Audio),
        "sendanimation" => send::send_file(state, params, FileKind::Animation),
        "sendvideonote" => send::send_file(state, params, FileKind::VideoNote),
        "sendsticker" => send::send_file(state, params, FileKind::Sticker),
        "sendmediagroup" => album::send_media_group(state, params),
        "copymessage" => album::copy_message(state, params),
        "copymessages" => album::copy_messages(state, params),
        "leavechat" => groups::leave_chat(state, params),
        "getchatmembercount" => info::get_chat_member_count(state, params),
        "getchatadministrators" => info::get_chat_administrators(state, params),
        "sendchataction" => send::send_chat_action(state, params),
        "editmessagetext" => edit::edit_text(state, params),
        "editmessagecaption" => edit::edit_caption(state, params),
        "editmessagereplymarkup" => edit::edit_markup(state, params),
        "deletemessage" => edit::delete_message(state, params),
        "answercallbackquery" => edit::answer_callback(state, params),
        "setwebhook" => webhook::set(state, params),
        "deletewebhook" => Ok(webhook::delete(state, params)),
        "getwebhookinfo" => Ok(webhook::info(state)),
        _ => Err(Refusal::unknown_method()),
    }
}

pub(crate) fn call(method: &str, params: &Params) -> Note {
    Note {
        chat: params.int("chat_id"),
        message_id: params.int("message_id"),
        text: params.text("text").or_else(|| params.text("caption")),
        ..Note::of(method)
    }
}

fn accepted(method: &str, params: &Params, result: &Value) -> Note {
    let text = result["text"].as_str().or_else(|| result["caption"].as_str());
    let known = call(method, params);
    Note {
        message_id: result["message_id"].as_i64().or(known.message_id),
        text: text.map(str::to_owned).or(known.text),
        ..known
    }
}

pub(crate) fn refused(method: &str, params: &Params, refusal: &Refusal) -> Note {
    Note { detail: format!("{} {}", refusal.code, refusal.description), ..call(method, params) }
}
