//! What can be asked of a client.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::event::{Answered, BriefSource, Erased};
use crate::domain::money::Money;
use crate::domain::project::event::{CardAnswer, ContentRef};
use crate::domain::{ClientId, PaymentId, PersonId, ProjectId, TaskId, Timestamp};

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
        /// The project that it is about, where that can be told (PF-32).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        project: Option<ProjectId>,
        /// The task of it, as far as that can be told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<TaskId>,
    },
    /// A colleague wrote in the client's chat: that answers whoever waits.
    RecordAnswer {
        chat: i64,
        message: i64,
        content: ContentRef,
        project: Option<ProjectId>,
    },
    /// Writes to the client; `pm` is that of the project. With `by` it is a promise of the next step.
    WriteToClient {
        project: Option<ProjectId>,
        pm: Option<PersonId>,
        content: ContentRef,
        by: Option<NaiveDate>,
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
    /// Money came that fits no payment yet; `on` is today where it is left out (PF-66).
    NoteMoney {
        amount: Money,
        on: Option<NaiveDate>,
        /// The bank's number of the transfer; no words about people.
        reference: Option<String>,
        /// It is other money than what came on that day with the same amount.
        again: bool,
    },
    /// It pays for something; the app writes the receipt of that payment with it.
    MatchMoney {
        number: u32,
        project: ProjectId,
        payment: PaymentId,
        /// Left out, all that is left.
        amount: Option<Money>,
        /// It is other money than what the payment has of that day and sum.
        again: bool,
    },
    /// What is left of it went back, or was a mistake.
    DismissMoney {
        number: u32,
        reason: Option<ContentRef>,
    },
    /// What the client's people wrote is erased beside the log; so much.
    EraseAnswers {
        erased: Erased,
    },
}
