//! What can be asked of a client.

use serde::{Deserialize, Serialize};

use super::event::{Answered, BriefSource, Erased};
use crate::domain::project::event::{CardAnswer, ContentRef};
use crate::domain::{ClientId, PersonId, Timestamp};

/// Orders to a client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum ClientCommand {
    AddClient {
        client: ClientId,
        name: String,
        language: String,
        languages: Vec<String>,
    },
    ChooseLanguage {
        language: String,
        languages: Vec<String>,
    },
    ChooseZone {
        zone: String,
    },
    OfferLink {
        token_sha256: String,
        expires: Timestamp,
    },
    /// Someone opened the link in a chat. `chat_client` is the client that already has this chat.
    LinkChat {
        token_sha256: String,
        chat: i64,
        chat_kind: String,
        title: ContentRef,
        person: PersonId,
        chat_client: Option<ClientId>,
    },
    ConfirmChat,
    MigrateChat {
        from: i64,
        to: i64,
    },
    LoseChat {
        chat: i64,
        reason: String,
    },
    RestoreChat {
        chat: i64,
    },
    /// Somebody left the client's group, or is there again; it matters if they approve (TG-46).
    NotePresence {
        chat: i64,
        person: PersonId,
        here: bool,
    },
    NameApprover {
        person: PersonId,
    },
    RemoveApprover {
        person: PersonId,
    },
    RecordMessage {
        chat: i64,
        message: i64,
        person: PersonId,
        content: ContentRef,
        edited: bool,
    },
    /// The client was answered, in the chat or otherwise.
    NoteAnswer {
        how: Answered,
        note: Option<ContentRef>,
    },
    /// From a timer: `message` waits for an answer still.
    TellUnanswered {
        message: i64,
        late: bool,
    },
    /// What a brief says about the client.
    FillCard {
        from: BriefSource,
        answers: Vec<CardAnswer>,
    },
    /// Which of two values of a field holds: the one that stands, or with `take` the other.
    ResolveCard {
        field: String,
        take: bool,
    },
    /// What the client's people wrote is erased beside the log; so much.
    EraseAnswers {
        erased: Erased,
    },
}
