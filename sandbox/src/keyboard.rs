//! Reply markup as Telegram checks it: inline keyboards and the force-reply prompt.

use serde_json::Value;

use crate::model::{ChatKind, ForceReply};
use crate::params::Params;
use crate::refusal::Refusal;

/// What a `reply_markup` asks for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Markup {
    pub rows: Vec<Vec<Value>>,
    pub force_reply: Option<ForceReply>,
}

/// Reads and checks `reply_markup` for a chat of this kind.
pub(crate) fn read(params: &Params, kind: ChatKind) -> Result<Markup, Refusal> {
    let Some(value) = params.json("reply_markup")? else {
        return Ok(Markup::default());
    };
    if !value.is_object() {
        return Err(Refusal::bad("object expected as reply markup"));
    }
    if value["force_reply"].as_bool() == Some(true) {
        return Ok(Markup { rows: Vec::new(), force_reply: Some(read_prompt(&value)?) });
    }
    match value.get("inline_keyboard") {
        Some(rows) => Ok(Markup { rows: read_rows(rows, kind)?, force_reply: None }),
        None => Ok(Markup::default()),
    }
}

/// The same for an edit, where only an inline keyboard may come.
pub(crate) fn read_inline(params: &Params, kind: ChatKind) -> Result<Vec<Vec<Value>>, Refusal> {
    let value = params.json("reply_markup")?;
    if value.is_some_and(|value| value.get("inline_keyboard").is_none()) {
        return Err(Refusal::bad("inline keyboard expected"));
    }
    Ok(read(params, kind)?.rows)
}

fn read_prompt(value: &Value) -> Result<ForceReply, Refusal> {
    let placeholder = value["input_field_placeholder"].as_str().map(str::to_owned);
    if placeholder.as_ref().is_some_and(|text| text.chars().count() > 64) {
        return Err(Refusal::bad("INPUT_PLACEHOLDER_INVALID"));
    }
    Ok(ForceReply { selective: value["selective"].as_bool() == Some(true), placeholder })
}

fn read_rows(rows: &Value, kind: ChatKind) -> Result<Vec<Vec<Value>>, Refusal> {
    let broken = || Refusal::bad("can't parse inline keyboard: expected an Array of Arrays of buttons");
    let mut read = Vec::new();
    for row in rows.as_array().ok_or_else(broken)? {
        let buttons = row.as_array().ok_or_else(broken)?;
        for button in buttons {
            check_button(button, kind)?;
        }
        if !buttons.is_empty() {
            read.push(buttons.clone());
        }
    }
    if read.iter().map(Vec::len).sum::<usize>() > 100 {
        return Err(Refusal::bad("REPLY_MARKUP_TOO_LONG"));
    }
    Ok(read)
}

fn check_button(button: &Value, kind: ChatKind) -> Result<(), Refusal> {
    if button["text"].as_str().is_none_or(|text| text.trim().is_empty()) {
        return Err(Refusal::bad(
            "can't parse inline keyboard button: Field \"text\" must be of type String",
        ));
    }
    if let Some(data) = button.get("callback_data") {
        let length = data.as_str().map_or(0, str::len);
        return if (1..=64).contains(&length) { Ok(()) } else { Err(Refusal::bad("BUTTON_DATA_INVALID")) };
    }
    if let Some(url) = button.get("url").and_then(Value::as_str) {
        return check_url(url);
    }
    if button.get("web_app").is_some() {
        let private = kind == ChatKind::Private;
        return if private { Ok(()) } else { Err(Refusal::bad("BUTTON_TYPE_INVALID")) };
    }
    let others = ["login_url", "switch_inline_query", "switch_inline_query_current_chat", "copy_text"];
    if others.iter().any(|key| button.get(key).is_some()) {
        return Ok(());
    }
    Err(Refusal::bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"))
}

fn check_url(url: &str) -> Result<(), Refusal> {
    let known = ["https://", "http://", "tg://"].iter().any(|scheme| url.starts_with(scheme));
    if known && !url.contains(char::is_whitespace) {
        return Ok(());
    }
    Err(Refusal::bad(format!("inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")))
}
