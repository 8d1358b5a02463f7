//! Change: all that one command writes, in one transaction.

use chrono_tz::Tz;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::forget::Traces;
use super::secrets::Sealed;
use crate::domain::effect::{AskPurpose, PressKind, TimerCommand};
use crate::domain::project::event::ContentRef;
use crate::domain::{Actor, ContentId, Origin, PersonId, ProjectId, Round, StreamId, TaskId, Timestamp};
use crate::words::Rendered;

/// All that one command writes: stored whole or not at all.
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub command_id: String,
    /// What was asked, hashed: tells a command asked again from another one under its id.
    pub fingerprint: Option<String>,
    pub appends: Vec<Append>,
    /// Streams whose state the decision relied on, and their versions; another version is a conflict.
    pub relies_on: Vec<(StreamId, i64)>,
    pub messages: Vec<NewMessage>,
    pub timers: Vec<TimerWrite>,
    pub contents: Vec<Content>,
    pub profiles: Vec<Profile>,
    /// The update that this change settles.
    pub settles_update: Option<i64>,
    /// Timers that fired with this change.
    pub settles_timer: Option<String>,
    /// A chat that got a new id: its unsent messages and its buttons move along (TG-43).
    pub moves_chat: Option<(i64, i64)>,
    pub form_links: Vec<NewFormLink>,
    /// Forms that came back: what was kept while they were being filled in goes.
    pub drops_drafts: Vec<(ProjectId, String)>,
    pub templates: Vec<TemplateText>,
    pub secrets: Vec<NewSecret>,
    /// Ways to sign in, stored over the ones before.
    pub passwords: Vec<NewPassword>,
    /// What people wrote and is to be forgotten.
    pub drops_contents: Vec<ContentId>,
    /// What a client has left elsewhere and is to be forgotten too.
    pub wipes: Traces,
    /// Projects that are over: what is kept of their accesses goes.
    pub drops_secrets: Vec<ProjectId>,
    /// People who leave: their browsers are signed out, and links that they were sent open nothing.
    pub signs_out: Vec<PersonId>,
    pub at: Timestamp,
}

/// A password as it is kept.
#[derive(Clone, Debug)]
pub struct NewPassword {
    pub person: PersonId,
    /// Argon2, in the PHC format.
    pub hash: String,
    /// The secret of the authenticator.
    pub secret: Sealed,
    /// Of the last code that was used, in steps of the authenticator since 1970; it opens nothing again.
    pub step: i64,
}

/// New facts for one stream.
#[derive(Clone, Debug)]
pub struct Append {
    pub stream: StreamId,
    /// `project`, `client`, `agency`, `audit`, `deliveries`.
    pub aggregate: &'static str,
    /// The version that the stream must have; `None` appends to whatever is there.
    pub expected: Option<i64>,
    pub events: Vec<NewEvent>,
}

/// A fact before it has a position.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// The snake_case tag, such as `task_started`.
    pub kind: String,
    pub schema_version: i64,
    pub origin: Origin,
    pub cause: Cause,
    pub by: Actor,
    pub at: Timestamp,
    /// The event as JSON text, exactly the bytes that are hashed.
    pub data: String,
}

/// What a fact follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The outside world.
    None,
    /// An earlier fact.
    Position(i64),
    /// The event of this change with this index, counted over all its appends.
    Event(usize),
}

/// A message before it has an id.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// Completed by the writer to `position:chat:kind` when `cause` is an event, else used as it is.
    pub dedupe: String,
    pub cause: Cause,
    pub chat: i64,
    pub kind: String,
    pub face: OutFace,
    pub slot: Option<String>,
    /// The slot of the message that this one answers.
    pub reply_to: Option<String>,
    pub project: Option<ProjectId>,
    pub task: Option<TaskId>,
    pub message_key: String,
    pub arguments: Json,
    pub language: String,
    pub payload: Payload,
    pub ask: Option<Ask>,
    pub policy: Policy,
    pub buttons: Vec<NewButton>,
    /// It does not go out while it is night there (TG-52).
    pub quiet_zone: Option<Tz>,
}

impl NewMessage {
    /// A plain new message that follows from no fact; `dedupe` makes sure that it exists once.
    pub fn post(chat: i64, dedupe: &str, key: &str, text: Rendered) -> Self {
        Self {
            dedupe: dedupe.to_owned(),
            cause: Cause::None,
            chat,
            kind: key.to_owned(),
            face: OutFace::Post,
            slot: None,
            reply_to: None,
            project: None,
            task: None,
            message_key: key.to_owned(),
            arguments: Json::Null,
            language: String::new(),
            payload: Payload { text: text.text, entities: text.entities, ..Payload::default() },
            ask: None,
            policy: Policy::AtLeastOnce,
            buttons: Vec::new(),
            quiet_zone: None,
        }
    }
}

/// How the message stands in its chat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OutFace {
    /// A new message.
    #[default]
    Post,
    /// The latest message of the slot is changed; a new one is sent if there is none.
    Replace,
    /// The latest message of the slot is taken away; nothing happens if there is none.
    Remove,
}

impl OutFace {
    /// How it is written in its column.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Replace => "replace",
            Self::Remove => "remove",
        }
    }

    /// Reads what `as_str` wrote.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Post, Self::Replace, Self::Remove].into_iter().find(|face| face.as_str() == text)
    }
}

/// What is sent, rendered: plain text with entities, never markup.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Payload {
    pub text: String,
    pub entities: Vec<Entity>,
    /// Rows of buttons: label and callback data (`1` + action letter + token; RELIABILITY 6.2), or an address that
    /// starts with `http`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<Vec<(String, String)>>,
    /// Placeholder of a forced reply, if the message asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force_reply: Option<String>,
    /// A file to send instead of a text message; `text` is then its caption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<ContentId>,
    /// Two to ten files that go as one album, which has neither text nor buttons (TG-30).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub album: Vec<ContentId>,
    /// A message that is sent again as it is, whatever it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<Copied>,
}

impl Payload {
    /// Whether it is a message of text, which can be looked for and changed as such.
    pub fn is_text(&self) -> bool {
        self.file.is_none() && self.album.is_empty() && self.copy.is_none()
    }
}

/// A message of anybody, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Copied {
    pub chat: i64,
    pub message: i64,
}

/// A piece of formatted text; offsets and lengths in UTF-16 code units.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Entity {
    pub offset: usize,
    pub length: usize,
    #[serde(flatten)]
    pub kind: EntityKind,
}

/// The kinds of formatting that message files may use, and mentions.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EntityKind {
    Bold,
    Italic,
    TextLink { url: String },
    TextMention { user: i64 },
}

/// What an unknown outcome means for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    AtLeastOnce,
    AtMostOnce,
}

impl Policy {
    /// How it is written in its column.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AtLeastOnce => "at_least_once",
            Self::AtMostOnce => "at_most_once",
        }
    }

    /// Reads what `as_str` wrote.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::AtLeastOnce, Self::AtMostOnce].into_iter().find(|policy| policy.as_str() == text)
    }
}

/// A question to one person.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Ask {
    pub person: PersonId,
    pub purpose: AskPurpose,
}

/// A button before it is stored; only the hash of its token is kept.
#[derive(Clone, Debug)]
pub struct NewButton {
    pub token_sha256: String,
    pub project: ProjectId,
    pub task: TaskId,
    pub round: Round,
    pub press: PressKind,
    pub only: Option<PersonId>,
    pub expires: Timestamp,
}

/// An address of a page about a form before it is stored; only the hash of its token is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFormLink {
    pub token_sha256: String,
    pub purpose: LinkPurpose,
    pub project: ProjectId,
    pub form: String,
    /// Which sending to fill in, or which version to read.
    pub number: u32,
    pub expires: Timestamp,
}

/// What an address about a form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    /// The client fills the form in.
    Fill,
    /// The staff read a version that came back.
    Read,
    /// The client gives an access.
    Access,
}

impl LinkPurpose {
    /// How it is written in its column.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fill => "fill",
            Self::Read => "read",
            Self::Access => "access",
        }
    }

    /// Reads what `as_str` wrote.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Fill, Self::Read, Self::Access].into_iter().find(|purpose| purpose.as_str() == text)
    }
}

/// An access, sealed before it comes here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSecret {
    pub project: ProjectId,
    pub item: String,
    pub nonce: String,
    pub sealed: String,
}

/// The text of a template, form or message file, kept outside the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateText {
    pub sha256: String,
    pub text: String,
    /// What changed since the version before; nothing for a first version.
    pub diff: Option<TemplateDiff>,
}

/// What changed from one text to the next of the same file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateDiff {
    /// SHA-256 of the text before.
    pub before: String,
    /// The changed lines with their surroundings.
    pub diff: String,
}

/// What happens to a timer.
#[derive(Clone, Debug)]
pub enum TimerWrite {
    Set { key: String, due: Timestamp, command: TimerCommand, cause: Cause },
    Cancel { key: String },
}

/// A remark, a message or a file of a person, kept outside the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub content: ContentId,
    pub person: Option<PersonId>,
    /// `text`, `photo`, `voice`, `document` …
    pub kind: String,
    /// The text or the caption; may be empty.
    pub text: String,
    /// Telegram's id of the file, for sending it again.
    pub file_id: Option<String>,
    pub file_name: Option<String>,
    pub mime: Option<String>,
    /// In bytes.
    pub size: Option<i64>,
    pub sha256: String,
    pub created: Timestamp,
}

impl Content {
    /// A text that somebody wrote.
    pub fn written(content: ContentId, text: &str, person: Option<PersonId>, at: Timestamp) -> Self {
        Self {
            content,
            person,
            kind: "text".to_owned(),
            text: text.to_owned(),
            file_id: None,
            file_name: None,
            mime: None,
            size: None,
            sha256: hex::encode(Sha256::digest(text)),
            created: at,
        }
    }

    /// What an event keeps of it.
    pub fn reference(&self) -> ContentRef {
        ContentRef { content: self.content.clone(), sha256: self.sha256.clone() }
    }
}

/// What we know of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub person: PersonId,
    pub name: String,
    pub telegram_user: Option<i64>,
    pub username: Option<String>,
    pub language: Option<String>,
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// The facts stand in the log; position of the first and their number.
    Done { first: i64, count: i64 },
    /// The same command was written before; positions of its facts, first and number.
    Repeated { first: i64, count: i64 },
    /// A stream has moved on: load, decide again.
    Conflict,
}
