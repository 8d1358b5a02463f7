//! Parse: what we need of an update, read so that one strange part never costs the rest (TG-00).

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer};
use serde_json::{Map, Value};

/// An update as far as we understand it. A kind that we know but cannot read is an error, so that somebody looks.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Update {
    #[serde(default, deserialize_with = "lenient")]
    pub update_id: Option<i64>,
    #[serde(default)]
    pub message: Option<Message>,
    #[serde(default)]
    pub edited_message: Option<Message>,
    #[serde(default)]
    pub callback_query: Option<Callback>,
    #[serde(default)]
    pub my_chat_member: Option<MemberChange>,
    /// Somebody else came or went; told to admins only.
    #[serde(default, deserialize_with = "lenient")]
    pub chat_member: Option<MemberChange>,
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// A message; formatting is not read, so an unknown kind of it costs nothing.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Message {
    pub message_id: i64,
    pub chat: Chat,
    #[serde(default, deserialize_with = "lenient")]
    pub from: Option<User>,
    #[serde(default, deserialize_with = "lenient")]
    pub sender_chat: Option<Chat>,
    #[serde(default, deserialize_with = "lenient")]
    pub text: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub caption: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub reply_to_message: Option<Replied>,
    #[serde(default, deserialize_with = "lenient")]
    pub media_group_id: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub message_thread_id: Option<i64>,
    #[serde(default, deserialize_with = "lenient")]
    pub is_topic_message: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub left_chat_member: Option<User>,
    #[serde(default, deserialize_with = "lenient")]
    pub new_chat_members: Option<Vec<User>>,
    #[serde(default, deserialize_with = "lenient")]
    pub migrate_to_chat_id: Option<i64>,
    #[serde(default, deserialize_with = "lenient")]
    pub migrate_from_chat_id: Option<i64>,
    /// Everything else: photos, voices, kinds that did not exist when this was written.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// The message that was answered.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Replied {
    #[serde(default)]
    pub message_id: i64,
    #[serde(default, deserialize_with = "lenient")]
    pub text: Option<String>,
}

/// A chat.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Chat {
    pub id: i64,
    #[serde(rename = "type", default, deserialize_with = "lenient")]
    pub kind: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub title: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub first_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub last_name: Option<String>,
}

/// A Telegram user.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct User {
    pub id: i64,
    #[serde(default, deserialize_with = "lenient")]
    pub is_bot: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub first_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub last_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub username: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub language_code: Option<String>,
}

/// A press on a button. The message may be inaccessible; its chat and id are still there.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Callback {
    pub id: String,
    pub from: User,
    #[serde(default, deserialize_with = "lenient")]
    pub message: Option<Message>,
    #[serde(default, deserialize_with = "lenient")]
    pub data: Option<String>,
}

/// What became of the bot itself in a chat.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct MemberChange {
    pub chat: Chat,
    pub from: User,
    pub new_chat_member: Member,
}

/// A membership.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Member {
    pub status: String,
    #[serde(default, deserialize_with = "lenient")]
    pub user: Option<User>,
    /// Only of restricted members: whether they are in the chat.
    #[serde(default, deserialize_with = "lenient")]
    pub is_member: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub can_send_messages: Option<bool>,
}

/// A file inside a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// The kind of the message: `photo`, `voice`, `document`, or a name we have never seen.
    pub kind: String,
    pub file_id: String,
    pub name: Option<String>,
    pub mime: Option<String>,
    /// In bytes.
    pub size: Option<i64>,
}

/// Users whose id stands for somebody else: an anonymous admin, a channel, a linked channel.
const FAKE_USERS: [i64; 3] = [1_087_968_824, 136_817_688, 777_000];

/// Parts of a message that may hold file ids of something else than its content.
const NOT_CONTENT: [&str; 8] = [
    "pinned_message",
    "external_reply",
    "quote",
    "reply_markup",
    "new_chat_photo",
    "entities",
    "caption_entities",
    "forward_origin",
];

/// Reads an update; the only error is text that is no JSON object.
pub fn update(body: &str) -> Result<Update, serde_json::Error> {
    let mut update: Update = serde_json::from_str(body)?;
    if update.message.is_none() {
        update.message = update.unknown_message();
    }
    Ok(update)
}

/// The update's id, if the text has one.
pub fn update_id(body: &str) -> Option<i64> {
    let value: Value = serde_json::from_str(body).ok()?;
    value.get("update_id")?.as_i64()
}

impl Update {
    /// A message inside a kind of update that we do not know, such as `guest_message`.
    fn unknown_message(&self) -> Option<Message> {
        let is_known = ["edited_channel_post", "edited_business_message", "poll", "poll_answer"];
        self.rest
            .iter()
            .filter(|(kind, _)| !is_known.contains(&kind.as_str()))
            .find(|(_, value)| value.get("message_id").is_some() && value.get("chat").is_some())
            .and_then(|(_, value)| Message::deserialize(value).ok())
    }
}

impl Message {
    /// Text or caption, without characters that no database takes; empty if there is none.
    pub fn words(&self) -> String {
        let plain = self.text.as_ref().or(self.caption.as_ref());
        match plain {
            Some(text) => text.replace('\0', ""),
            None => self.hidden_words(),
        }
    }

    /// The file of the message; of several sizes of a photo the largest.
    pub fn file(&self) -> Option<File> {
        let content = self.rest.iter().filter(|(kind, _)| !NOT_CONTENT.contains(&kind.as_str()));
        // An animation comes along with a `document` of the same file: the more exact name wins.
        let mut found: Vec<File> = content.filter_map(|(kind, value)| file_in(kind, value)).collect();
        found.sort_by_key(|file| (file.kind == "document", file.kind == "thumbnail"));
        found.into_iter().next()
    }

    /// The topic of a forum that it stands in; ids of threads also come with plain answers elsewhere (TG-16).
    pub fn topic(&self) -> Option<i64> {
        self.message_thread_id.filter(|_| self.is_topic_message == Some(true))
    }

    /// Whether the notice says that a topic, or General, can be written in again.
    pub fn reopens(&self) -> bool {
        self.rest.contains_key("forum_topic_reopened")
    }

    /// After how many seconds messages vanish from now on, if the notice says so (TG-42).
    pub fn vanish_after(&self) -> Option<i64> {
        self.rest.get("message_auto_delete_timer_changed")?.get("message_auto_delete_time")?.as_i64()
    }

    /// Whether somebody said something, as opposed to a notice of Telegram.
    pub fn has_content(&self) -> bool {
        !self.words().is_empty() || self.file().is_some() || self.unknown_kind().is_some()
    }

    /// A kind of content that holds neither text nor file, such as `location`.
    pub fn unknown_kind(&self) -> Option<String> {
        const NOTICES: [&str; 26] = [
            "new_chat_member",
            "new_chat_participant",
            "left_chat_participant",
            "new_chat_title",
            "new_chat_photo",
            "delete_chat_photo",
            "group_chat_created",
            "supergroup_chat_created",
            "channel_chat_created",
            "pinned_message",
            "message_auto_delete_timer_changed",
            "forum_topic_created",
            "forum_topic_edited",
            "forum_topic_closed",
            "forum_topic_reopened",
            "general_forum_topic_hidden",
            "general_forum_topic_unhidden",
            "proximity_alert_triggered",
            "chat_background_set",
            "boost_added",
            "web_app_data",
            "video_chat_started",
            "video_chat_ended",
            "video_chat_scheduled",
            "video_chat_participants_invited",
            "write_access_allowed",
        ];
        let mut content = self.rest.iter().filter(|(kind, value)| {
            let is_notice = NOTICES.contains(&kind.as_str()) || NOT_CONTENT.contains(&kind.as_str());
            let is_about =
                ["sender_business_bot", "via_bot", "link_preview_options"].contains(&kind.as_str());
            value.is_object() && !is_notice && !is_about
        });
        content.next().map(|(kind, _)| kind.clone())
    }

    /// The sender is a channel or an anonymous admin, so nobody in particular (TG-47).
    pub fn is_anonymous(&self) -> bool {
        self.sender_chat.is_some() || self.from.as_ref().is_none_or(User::is_fake)
    }

    /// Text inside kinds of content that we do not know.
    fn hidden_words(&self) -> String {
        let mut words = Vec::new();
        for (kind, value) in &self.rest {
            if !NOT_CONTENT.contains(&kind.as_str()) {
                collect_words(value, &mut words, 0);
            }
        }
        words.join("\n").replace('\0', "")
    }
}

impl User {
    /// Not a person: a bot, an anonymous admin, a channel.
    pub fn is_fake(&self) -> bool {
        self.is_bot == Some(true) || self.id == 0 || FAKE_USERS.contains(&self.id)
    }
}

fn file_in(kind: &str, value: &Value) -> Option<File> {
    let holder = match value {
        Value::Array(sizes) => {
            sizes.iter().max_by_key(|size| size.get("file_size").and_then(Value::as_i64))?
        }
        _ if value.get("file_id").is_some() => value,
        Value::Object(parts) => parts.values().find_map(largest)?,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
    };
    let text = |key: &str| holder.get(key).and_then(Value::as_str).map(|text| text.replace('\0', ""));
    Some(File {
        kind: kind.to_owned(),
        file_id: text("file_id")?,
        name: text("file_name"),
        mime: text("mime_type"),
        size: holder.get("file_size").and_then(Value::as_i64),
    })
}

fn largest(value: &Value) -> Option<&Value> {
    match value {
        Value::Array(sizes) => sizes
            .iter()
            .filter(|size| size.get("file_id").is_some())
            .max_by_key(|size| size.get("file_size").and_then(Value::as_i64)),
        Value::Object(_) => value.get("file_id").is_some().then_some(value),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

fn collect_words(value: &Value, words: &mut Vec<String>, depth: u8) {
    if depth > 8 {
        return;
    }
    match value {
        Value::Object(parts) => {
            for (key, part) in parts {
                if let (Value::String(text), "text" | "caption") = (part, key.as_str()) {
                    words.push(text.clone());
                }
                collect_words(part, words, depth + 1);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect_words(item, words, depth + 1)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A part that is not as expected is left out instead of failing the whole.
fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned>(input: D) -> Result<Option<T>, D::Error> {
    let value = Value::deserialize(input)?;
    Ok(T::deserialize(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = r#""message_id":7,"date":1764000000,"chat":{"id":-5,"type":"group","title":"Кава"},
        "from":{"id":11,"is_bot":false,"first_name":"Софія"}"#;

    fn message(rest: &str) -> Message {
        let body = format!(r#"{{"update_id":1,"message":{{{HEAD},{rest}}}}}"#);
        update(&body).unwrap().message.unwrap()
    }

    #[test]
    fn a_text_with_an_entity_nobody_knows_keeps_its_text() {
        let found = message(
            r#""text":"до завтра","entities":[{"type":"date_time","offset":0,"length":2,"unix_time":1}]"#,
        );
        assert_eq!(found.words(), "до завтра");
    }

    #[test]
    fn a_photo_with_such_a_caption_keeps_photo_and_caption() {
        let found = message(
            r#""photo":[{"file_id":"small","file_size":10},{"file_id":"big","file_size":900}],
               "caption":"ось так","caption_entities":[{"type":"future","offset":0,"length":3}]"#,
        );
        assert_eq!((found.words().as_str(), found.file().unwrap().file_id.as_str()), ("ось так", "big"));
    }

    #[test]
    fn a_voice_and_a_video_without_a_mime_type_are_kept() {
        for kind in ["voice", "video"] {
            let found = message(&format!(r#""{kind}":{{"file_id":"f1","duration":3}}"#)).file().unwrap();
            assert_eq!((found.kind.as_str(), found.file_id.as_str(), found.mime), (kind, "f1", None));
        }
    }

    #[test]
    fn a_live_photo_keeps_its_file() {
        let found = message(r#""live_photo":{"photo":[{"file_id":"still","file_size":5}],"duration":2}"#);
        assert_eq!(found.file().unwrap().file_id, "still");
    }

    #[test]
    fn a_rich_message_keeps_its_words() {
        let found = message(
            r#""rich_message":{"blocks":[{"type":"p","text":"перше"},{"type":"p","content":{"text":"друге"}}]}"#,
        );
        assert_eq!(found.words(), "перше\nдруге");
    }

    #[test]
    fn an_update_of_an_unknown_kind_keeps_its_message() {
        let body = format!(r#"{{"update_id":9,"guest_message":{{{HEAD},"text":"я гість"}}}}"#);
        assert_eq!(update(&body).unwrap().message.unwrap().words(), "я гість");
    }

    #[test]
    fn a_press_on_a_message_with_an_unknown_button_keeps_data_and_person() {
        let body = format!(
            r#"{{"update_id":2,"callback_query":{{"id":"c1","from":{{"id":11,"first_name":"Софія"}},"data":"1atoken",
                "message":{{{HEAD},"reply_markup":{{"inline_keyboard":[[{{"text":"?","future":{{}}}}]]}}}}}}}}"#
        );
        let press = update(&body).unwrap().callback_query.unwrap();
        assert_eq!((press.from.id, press.data.as_deref()), (11, Some("1atoken")));
    }

    #[test]
    fn a_press_on_an_inaccessible_message_keeps_the_chat() {
        let body = r#"{"update_id":2,"callback_query":{"id":"c1","from":{"id":11},"data":"1atoken",
            "message":{"chat":{"id":-5,"type":"group"},"message_id":3,"date":0}}}"#;
        assert_eq!(update(body).unwrap().callback_query.unwrap().message.unwrap().chat.id, -5);
    }

    #[test]
    fn a_removed_bot_and_a_moved_group_are_understood() {
        let body = r#"{"update_id":3,"my_chat_member":{"chat":{"id":-5,"type":"group"},"from":{"id":11},"date":1,
            "old_chat_member":{"status":"member"},"new_chat_member":{"status":"kicked","until_date":0}}}"#;
        assert_eq!(update(body).unwrap().my_chat_member.unwrap().new_chat_member.status, "kicked");
        assert_eq!(message(r#""migrate_to_chat_id":-1001"#).migrate_to_chat_id, Some(-1001));
    }

    #[test]
    fn a_thread_counts_only_in_a_topic() {
        assert_eq!(message(r#""text":"є","message_thread_id":9,"is_topic_message":true"#).topic(), Some(9));
        assert_eq!(message(r#""text":"є","message_thread_id":9"#).topic(), None);
    }

    #[test]
    fn notices_of_chats_are_read() {
        let timer = r#""message_auto_delete_timer_changed":{"message_auto_delete_time":86400}"#;
        assert_eq!(message(timer).vanish_after(), Some(86_400));
        assert!(message(r#""forum_topic_reopened":{}"#).reopens());
        assert!(!message(r#""general_forum_topic_hidden":{}"#).has_content());
        assert_eq!(message(r#""left_chat_member":{"id":11}"#).left_chat_member.unwrap().id, 11);
    }

    #[test]
    fn a_part_of_the_wrong_type_costs_only_itself() {
        let found = message(r#""text":"є","reply_to_message":"?","media_group_id":5,"sender_chat":[]"#);
        assert_eq!((found.words().as_str(), found.reply_to_message.is_none()), ("є", true));
    }

    #[test]
    fn a_known_kind_that_cannot_be_read_is_an_error_and_its_id_is_still_found() {
        let body = r#"{"update_id":4,"message":{"text":"no chat"}}"#;
        assert!(update(body).is_err());
        assert_eq!(update_id(body), Some(4));
    }

    #[test]
    fn a_location_is_content_and_a_new_title_is_not() {
        assert!(message(r#""location":{"latitude":50.4,"longitude":30.5}"#).has_content());
        assert!(!message(r#""new_chat_title":"Нова назва""#).has_content());
        assert!(!message(r#""new_chat_members":[{"id":1}]"#).has_content());
    }

    #[test]
    fn anonymous_admins_and_channels_are_nobody() {
        assert!(message(r#""text":"x","sender_chat":{"id":-5,"type":"group"}"#).is_anonymous());
        assert!(!message(r#""text":"x""#).is_anonymous());
    }

    #[test]
    fn a_character_that_no_database_takes_is_dropped() {
        assert_eq!(message(r#""text":"a\u0000b""#).words(), "ab");
    }
}
