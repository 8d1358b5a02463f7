//! What can happen to a client.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::money::Money;
use crate::domain::project::event::ContentRef;
use crate::domain::{ClientId, PaymentId, PersonId, ProjectId, TaskId, Timestamp};

/// Which brief a value on the card came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BriefSource {
    pub project: ProjectId,
    pub form: String,
    pub version: u32,
}

/// How much was erased, in pieces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    pub contents: u32,
    pub drafts: u32,
    /// Texts of messages that had been sent.
    #[serde(default, skip_serializing_if = "is_none")]
    pub messages: u32,
    /// Messages that had not been sent, and now are not.
    #[serde(default, skip_serializing_if = "is_none")]
    pub waiting: u32,
    /// Raw updates.
    #[serde(default, skip_serializing_if = "is_none")]
    pub updates: u32,
    #[serde(default, skip_serializing_if = "is_none")]
    pub accesses: u32,
    /// Profiles: names, handles, Telegram's ids.
    #[serde(default, skip_serializing_if = "is_none")]
    pub people: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference over")]
fn is_none(count: &u32) -> bool {
    *count == 0
}

/// How a client was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answered {
    /// In its chat.
    Message,
    Call,
    /// The client was told by when the next step comes.
    NextStep,
}

/// Facts of a client. Never renamed, removed or given a new meaning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ClientEvent {
    /// `name` is the organisation's, not a person's.
    ClientAdded {
        client: ClientId,
        name: String,
        language: String,
    },
    LanguageChosen {
        language: String,
    },
    /// Where the client lives, such as `Asia/Ho_Chi_Minh`, or `agency`: its quiet hours follow (TG-52).
    ZoneChosen {
        zone: String,
    },
    /// One-time deep link, stored as SHA-256 (TG-11).
    LinkOffered {
        token_sha256: String,
        expires: Timestamp,
    },
    /// The link was used; nothing is sent there before a PM confirms the chat.
    ChatLinked {
        chat: i64,
        chat_kind: String,
        title: ContentRef,
        person: PersonId,
    },
    ChatConfirmed {
        chat: i64,
    },
    /// Telegram gave the chat a new id (TG-43).
    ChatMigrated {
        from: i64,
        to: i64,
    },
    /// The bot cannot write there any more (TG-44).
    ChatLost {
        chat: i64,
        reason: String,
    },
    ChatRestored {
        chat: i64,
    },
    /// An approver is in the group no more; the right stays (TG-46).
    ApproverLeft {
        chat: i64,
        person: PersonId,
    },
    ApproverReturned {
        chat: i64,
        person: PersonId,
    },
    ApproverNamed {
        person: PersonId,
    },
    ApproverRemoved {
        person: PersonId,
    },
    /// A message of the client that answers nothing of ours.
    ClientWrote {
        chat: i64,
        message: i64,
        person: PersonId,
        content: ContentRef,
        /// The project that it is about, where that can be told (PF-32).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        project: Option<ProjectId>,
        /// The task of it, as far as that can be told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<TaskId>,
    },
    /// A colleague wrote in the client's chat itself.
    StaffWrote {
        chat: i64,
        message: i64,
        person: PersonId,
        content: ContentRef,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        project: Option<ProjectId>,
    },
    /// The client is written to from here; `signed` is whose name it reads (PF-32, SC-23).
    ClientTold {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        project: Option<ProjectId>,
        signed: PersonId,
        content: ContentRef,
        /// Until when the next step is promised.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<NaiveDate>,
    },
    /// A message that was changed later; the earlier text stays (TG-41).
    MessageEdited {
        chat: i64,
        message: i64,
        person: PersonId,
        content: ContentRef,
    },
    /// The time to answer the client runs out, or with `late` is over (T3).
    AnswerDue {
        message: i64,
        late: bool,
    },
    /// Somebody of ours has answered; `note` stands outside the log.
    ClientAnswered {
        how: Answered,
        note: Option<ContentRef>,
    },
    /// What the client says about itself; the words stand outside the log (PF-81).
    CardFieldSet {
        field: String,
        content: ContentRef,
        from: BriefSource,
        question: String,
    },
    /// A brief says something else than the card; the card stays until somebody decides.
    CardConflictFound {
        field: String,
        content: ContentRef,
        from: BriefSource,
        question: String,
    },
    /// `taken`: the value of the brief holds from now on.
    CardConflictResolved {
        field: String,
        content: ContentRef,
        taken: bool,
    },
    /// Money that fits no payment yet (PF-66).
    MoneyArrived {
        /// From 1 for each client.
        number: u32,
        amount: Money,
        on: NaiveDate,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
    },
    /// A part or all of it was written down for a payment, in the same transaction.
    MoneyMatched {
        number: u32,
        project: ProjectId,
        payment: PaymentId,
        amount: Money,
    },
    /// What was left went back to the client, or had been a mistake; the reason stands outside the log.
    MoneyDismissed {
        number: u32,
        amount: Money,
        reason: ContentRef,
    },
    /// What the client's people wrote was erased beside the log, with the card; the log keeps the hashes.
    AnswersErased {
        #[serde(flatten)]
        erased: Erased,
    },
}
