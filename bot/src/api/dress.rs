//! How a message is dressed for the wire: formatting, buttons, what it answers, where it stands.

use engine::store::change::{Entity, EntityKind, Payload as Words};
use teloxide_core::types::{
    ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity,
    MessageEntityKind, MessageId, ReplyMarkup, ReplyParameters, ThreadId, User, UserId,
};

use super::Outgoing;

/// The topic that it goes to; General must not be named (TG-16).
pub(super) fn topic(out: Outgoing<'_>) -> Option<ThreadId> {
    message_id(out.topic?).map(ThreadId)
}

pub(super) fn keyboard(words: &Words) -> InlineKeyboardMarkup {
    InlineKeyboardMarkup::new(rows(words))
}

pub(super) fn message_id(id: i64) -> Option<MessageId> {
    i32::try_from(id).ok().filter(|id| *id > 0).map(MessageId)
}

pub(super) fn caption(out: Outgoing<'_>) -> Option<String> {
    (!out.words.text.is_empty()).then(|| out.words.text.clone())
}

pub(super) fn reply(out: Outgoing<'_>) -> Option<ReplyParameters> {
    let id = message_id(out.reply_to?)?;
    Some(ReplyParameters::new(id).allow_sending_without_reply())
}

pub(super) fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

fn rows(words: &Words) -> impl Iterator<Item = Vec<InlineKeyboardButton>> + '_ {
    words.buttons.iter().map(|row| row.iter().filter_map(|(label, data)| button(label, data)).collect())
}

/// A button that comes back as a press, or one that opens an address; an address that is none is left out.
fn button(label: &str, data: &str) -> Option<InlineKeyboardButton> {
    if data.starts_with("http") {
        return Some(InlineKeyboardButton::url(label, reqwest::Url::parse(data).ok()?));
    }
    Some(InlineKeyboardButton::callback(label, data))
}

pub(super) fn markup(words: &Words) -> Option<ReplyMarkup> {
    if !words.buttons.is_empty() {
        return Some(ReplyMarkup::inline_kb(rows(words)));
    }
    let hint = words.force_reply.as_ref()?;
    let mut question = ForceReply::new().selective();
    let hint: String = hint.chars().take(64).collect();
    if !hint.is_empty() {
        question = question.input_field_placeholder(hint);
    }
    Some(ReplyMarkup::ForceReply(question))
}

pub(super) fn entities(out: Outgoing<'_>) -> Option<Vec<MessageEntity>> {
    if out.plain || out.words.entities.is_empty() {
        return None;
    }
    Some(out.words.entities.iter().filter_map(entity).collect())
}

fn entity(entity: &Entity) -> Option<MessageEntity> {
    let kind = match &entity.kind {
        EntityKind::Bold => MessageEntityKind::Bold,
        EntityKind::Italic => MessageEntityKind::Italic,
        EntityKind::TextLink { url } => MessageEntityKind::TextLink { url: reqwest::Url::parse(url).ok()? },
        EntityKind::TextMention { user } => MessageEntityKind::TextMention { user: person(*user)? },
    };
    Some(MessageEntity::new(kind, entity.offset, entity.length))
}

fn person(id: i64) -> Option<User> {
    Some(User {
        id: UserId(u64::try_from(id).ok()?),
        is_bot: false,
        first_name: "?".to_owned(),
        last_name: None,
        username: None,
        language_code: None,
        is_premium: false,
        added_to_attachment_menu: false,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_question_asks_one_person_for_a_reply() {
        let words = Words { force_reply: Some("Що змінити?".into()), ..Words::default() };
        let json = serde_json::to_value(markup(&words).unwrap()).unwrap();
        assert_eq!(
            json,
            json!({"force_reply": true, "input_field_placeholder": "Що змінити?", "selective": true})
        );
    }
}
