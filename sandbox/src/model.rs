//! What the sandbox remembers about people, chats, messages, files and presses.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a person's private chat with the bot is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Private {
    #[default]
    Never,
    Started,
    Blocked,
}

/// A person who uses the pretended Telegram.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Person {
    pub id: i64,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(default)]
    pub private: Private,
    /// The account was deleted; nobody can write to it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deactivated: bool,
}

/// The kind of a chat; its spelling is that of the Bot API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatKind {
    Private,
    Group,
    Supergroup,
}

impl ChatKind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Group => "group",
            Self::Supergroup => "supergroup",
        }
    }
}

/// How the bot stands in a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    #[default]
    Outside,
    Member,
    Admin,
    Kicked,
}

impl Seat {
    pub fn inside(self) -> bool {
        matches!(self, Self::Member | Self::Admin)
    }

    pub fn status(self) -> &'static str {
        match self {
            Self::Outside => "left",
            Self::Member => "member",
            Self::Admin => "administrator",
            Self::Kicked => "kicked",
        }
    }
}

/// One chat with its whole history.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Chat {
    pub id: i64,
    pub kind: ChatKind,
    pub title: String,
    pub members: BTreeSet<i64>,
    pub seat: Seat,
    /// The supergroup has topics.
    #[serde(default)]
    pub forum: bool,
    /// By the id of the message that opened each.
    #[serde(default)]
    pub topics: BTreeMap<i64, Topic>,
    #[serde(default)]
    pub general_closed: bool,
    /// The bot is there but may not write.
    #[serde(default)]
    pub muted: bool,
    pub migrated_to: Option<i64>,
    /// The last message id used here; only supergroups count for themselves.
    pub last_id: i64,
    pub messages: BTreeMap<i64, Message>,
}

/// A topic of a forum.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Topic {
    pub title: String,
    pub closed: bool,
}

/// One message as the sandbox keeps it; `from` is the bot's or a person's id.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Message {
    pub id: i64,
    pub at_ms: i64,
    pub from: i64,
    pub text: String,
    pub entities: Vec<Value>,
    pub keyboard: Vec<Vec<Value>>,
    pub reply_to: Option<i64>,
    pub force_reply: Option<ForceReply>,
    pub file: Option<FileRef>,
    /// The `media_group_id` of an album's message.
    #[serde(default)]
    pub album: Option<String>,
    /// The topic it stands in; `None` is General, or a chat without topics.
    #[serde(default)]
    pub topic: Option<i64>,
    /// Content that is neither text nor file, such as `{"location": {…}}`.
    #[serde(default)]
    pub other: Option<Value>,
    /// Extra fields of a service message, such as `new_chat_members`.
    pub service: Option<Value>,
    pub edited_ms: Option<i64>,
    pub deleted: bool,
}

/// The prompt that asks a client to answer this very message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ForceReply {
    pub selective: bool,
    pub placeholder: Option<String>,
}

/// Kinds of files a person or the bot can send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    Photo,
    Voice,
    Document,
    Video,
    Audio,
    Animation,
    VideoNote,
    Sticker,
}

impl FileKind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Voice => "voice",
            Self::Document => "document",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Animation => "animation",
            Self::VideoNote => "video_note",
            Self::Sticker => "sticker",
        }
    }

    /// The name under which errors speak of it.
    pub(crate) fn in_errors(self) -> &'static str {
        match self {
            Self::Photo => "Photo",
            Self::Voice => "VoiceNote",
            Self::Document => "Document",
            Self::Video => "Video",
            Self::Audio => "Audio",
            Self::Animation => "Animation",
            Self::VideoNote => "VideoNote",
            Self::Sticker => "Sticker",
        }
    }

    /// Whether a message of this kind can have words under it.
    pub(crate) fn has_caption(self) -> bool {
        !matches!(self, Self::VideoNote | Self::Sticker)
    }
}

/// A message's file: what it is, and where its bytes lie.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct FileRef {
    pub kind: FileKind,
    pub file_id: String,
}

/// A stored file; the bytes are base64 so that the state is one JSON document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct StoredFile {
    pub file_id: String,
    /// A file can be sent again only as what it is; `None` in a state of an older run.
    #[serde(default)]
    pub kind: Option<FileKind>,
    pub path: String,
    pub name: Option<String>,
    pub mime: Option<String>,
    pub size: u64,
    pub bytes: String,
}

/// One press of a button, and what the bot answered to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Press {
    pub person: i64,
    pub chat: i64,
    pub message: i64,
    pub at_ms: i64,
    pub answer: Option<CallbackAnswer>,
}

/// What the presser sees after `answerCallbackQuery`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallbackAnswer {
    pub text: Option<String>,
    pub show_alert: bool,
}
