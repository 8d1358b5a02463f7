//! Texts and entities as Telegram checks them: lengths and offsets in UTF-16 units.

use serde_json::{Value, json};

use crate::refusal::Refusal;

const KNOWN: &[&str] = &[
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
    "date_time",
];

pub(crate) fn utf16_len(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Checks a text of 1-4096 UTF-16 units.
pub(crate) fn check_text(text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::bad("message text is empty"));
    }
    if utf16_len(text) > 4096 {
        return Err(Refusal::bad("message is too long"));
    }
    Ok(())
}

/// Checks a caption of 0-1024 UTF-16 units.
pub(crate) fn check_caption(text: &str) -> Result<(), Refusal> {
    if utf16_len(text) > 1024 {
        return Err(Refusal::bad("message caption is too long"));
    }
    Ok(())
}

/// Checks every entity: a known type, inside the text, no half of a surrogate pair, its own fields.
pub(crate) fn check_entities(text: &str, entities: &Value) -> Result<Vec<Value>, Refusal> {
    let Some(list) = entities.as_array() else {
        return Err(parse_error("expected an Array of MessageEntity"));
    };
    let units: Vec<u16> = text.encode_utf16().collect();
    for entity in list {
        check_entity(&units, entity)?;
    }
    Ok(list.clone())
}

fn check_entity(units: &[u16], entity: &Value) -> Result<(), Refusal> {
    let kind = entity["type"].as_str().ok_or_else(|| parse_error("entity type is missing"))?;
    if !KNOWN.contains(&kind) {
        return Err(parse_error(&format!("unsupported type specified: {kind}")));
    }
    let number = |key: &str| entity[key].as_u64().and_then(|n| usize::try_from(n).ok());
    let (Some(offset), Some(length)) = (number("offset"), number("length")) else {
        return Err(parse_error("entity offset or length is missing"));
    };
    let end = offset.saturating_add(length);
    if length == 0 || end > units.len() {
        return Err(parse_error(&format!("entity beyond the text: {kind} at {offset}, length {length}")));
    }
    if splits_pair(units, offset) || splits_pair(units, end) {
        return Err(parse_error(&format!("entity splits a surrogate pair: {kind} at {offset}")));
    }
    if kind == "text_link" && !entity["url"].as_str().is_some_and(is_link) {
        return Err(parse_error("text_link without an http, https or tg URL"));
    }
    if kind == "text_mention" && entity["user"]["id"].as_i64().is_none() {
        return Err(parse_error("text_mention without user"));
    }
    Ok(())
}

/// Whether Telegram takes this as the target of a link.
pub(crate) fn is_link(url: &str) -> bool {
    let rest = ["https://", "http://", "tg://"].iter().find_map(|scheme| url.strip_prefix(scheme));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

fn number(mark: &Value, key: &str) -> usize {
    mark[key].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
}

fn span(mark: &Value) -> (usize, usize) {
    let from = number(mark, "offset");
    (from, from + number(mark, "length"))
}

/// What the server keeps of a bot's text: without white space around it, and with links and names marked.
pub(crate) fn settle(text: &str, marks: Vec<Value>) -> (String, Vec<Value>) {
    let kept = text.trim();
    let lead = utf16_len(&text[..text.len() - text.trim_start().len()]);
    let end = utf16_len(kept);
    let mut settled = Vec::new();
    for mut mark in marks {
        let (from, to) = span(&mark);
        let (from, to) = (from.saturating_sub(lead), to.saturating_sub(lead).min(end));
        if to > from {
            mark["offset"] = json!(from);
            mark["length"] = json!(to - from);
            settled.push(mark);
        }
    }
    let apart = |one: &Value, other: &Value| span(one).1 <= span(other).0 || span(other).1 <= span(one).0;
    let found: Vec<Value> =
        detect(kept).into_iter().filter(|found| settled.iter().all(|mark| apart(found, mark))).collect();
    if !found.is_empty() {
        settled.extend(found);
        settled.sort_by_key(|mark| (span(mark).0, std::cmp::Reverse(span(mark).1)));
    }
    (kept.to_owned(), settled)
}

pub(crate) fn parse_error(why: &str) -> Refusal {
    Refusal::bad(format!("can't parse entities: {why}"))
}

fn splits_pair(units: &[u16], at: usize) -> bool {
    let high = at.checked_sub(1).and_then(|before| units.get(before));
    let low = units.get(at);
    matches!((high, low), (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)))
}

/// Finds what a client marks by itself in typed text: commands, mentions, links.
pub(crate) fn detect(text: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut offset = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        if let Some((kind, length)) = word_kind(bare) {
            found.push(json!({"type": kind, "offset": offset, "length": length}));
        }
        offset += utf16_len(word);
    }
    found
}

fn word_kind(word: &str) -> Option<(&'static str, usize)> {
    let name = |text: &str| text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').count();
    if let Some(rest) = word.strip_prefix('/') {
        let command = name(rest);
        let at = rest.get(command..).and_then(|tail| tail.strip_prefix('@')).map_or(0, |bot| 1 + name(bot));
        return (command > 0).then_some(("bot_command", 1 + command + at));
    }
    if let Some(rest) = word.strip_prefix('@') {
        return (name(rest) > 3).then(|| ("mention", 1 + name(rest)));
    }
    let link = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '»', '”', '"']);
    (is_link(link) && !link.starts_with("tg:")).then(|| ("url", utf16_len(link)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_may_not_cut_an_emoji() {
        let text = "🎉 Готово";
        assert!(check_entities(text, &json!([{"type":"bold","offset":0,"length":2}])).is_ok());
        assert!(check_entities(text, &json!([{"type":"bold","offset":1,"length":3}])).is_err());
        assert!(check_entities(text, &json!([{"type":"bold","offset":3,"length":7}])).is_err());
    }

    #[test]
    fn a_text_loses_the_space_around_it_and_its_marks_move_along() {
        let marks = vec![
            json!({"type":"bold","offset":0,"length":8}),
            json!({"type":"italic","offset":8,"length":2}),
        ];
        let (text, marks) = settle(" \nГотово \n", marks);
        assert_eq!((text.as_str(), marks), ("Готово", vec![json!({"type":"bold","offset":0,"length":6})]));
    }

    #[test]
    fn a_link_in_plain_text_is_marked_without_the_full_stop_after_it() {
        let (_, marks) = settle("Див. https://mayak.example/p/7.", Vec::new());
        assert_eq!(marks, vec![json!({"type":"url","offset":5,"length":25})]);
        assert_eq!(settle("починається з https://.", Vec::new()).1, Vec::<Value>::new());
    }

    #[test]
    fn a_typed_command_with_the_bots_name_is_one_entity() {
        let found = detect("Ок /start@signoff_bot abc");
        assert_eq!(found, vec![json!({"type":"bot_command","offset":3,"length":18})]);
    }
}
