//! What can happen to a project.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::set_priority::Priority;
use crate::domain::definition::{self, Definition, Gate};
use crate::domain::field::{FileRef, Value};
use crate::domain::money::Money;
use crate::domain::worktime::TimeKind;
use crate::domain::{ClientId, ContentId, PaymentId, PersonId, ProjectId, Round, TaskId, Timestamp};

/// A piece of personal content that an event refers to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentRef {
    pub content: ContentId,
    pub sha256: String,
}

/// An answer of a brief that belongs on the client's card; what it says stands outside the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardAnswer {
    pub question: String,
    /// The place on the card, such as `website`.
    pub field: String,
    pub content: ContentRef,
}

/// Who filled a form in, and how it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilledBy {
    /// The client, on our page.
    Client,
    /// The client, in a form elsewhere that posts to us.
    External,
    /// One of the staff, for the client.
    Staff,
}

/// What sales promised with a project, as far as they said it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Promised {
    /// Everything is ready by the end of this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sum: Option<Money>,
    /// What the client gets, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<ContentRef>,
}

impl Promised {
    /// Nothing was promised.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// Why the taking of remarks ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedBy {
    Person,
    Silence,
    /// Work on the next round began.
    Work,
}

/// Facts of a project. Never renamed, removed or given a new meaning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ProjectEvent {
    ProjectOpened {
        project: ProjectId,
        client: ClientId,
        definition: Arc<Definition>,
        /// Role to person.
        assigned: BTreeMap<String, PersonId>,
        price: Option<Money>,
    },
    RoleAssigned {
        role: String,
        person: PersonId,
    },
    TaskReady {
        task: TaskId,
        due: Option<Timestamp>,
    },
    TaskStarted {
        task: TaskId,
        round: Round,
    },
    TaskPaused {
        task: TaskId,
    },
    TaskResumed {
        task: TaskId,
    },
    FieldSet {
        task: TaskId,
        field: String,
        value: Value,
    },
    FieldCleared {
        task: TaskId,
        field: String,
    },
    ItemTicked {
        task: TaskId,
        item: u32,
        done: bool,
        /// What there is to say about it, where the template asks for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<ContentRef>,
    },
    /// `values` are those of the fields that the button needs, at that moment (PF-62).
    ButtonPressed {
        task: TaskId,
        button: String,
        values: BTreeMap<String, Value>,
    },
    GateConfirmed {
        task: TaskId,
        gate: Gate,
        comment: ContentRef,
    },
    TaskSubmitted {
        task: TaskId,
        round: Round,
        result_sha256: String,
    },
    TaskAccepted {
        task: TaskId,
        round: Round,
    },
    /// The auditor's no: rework, and the round after `round` begins.
    TaskReturned {
        task: TaskId,
        round: Round,
        remark: Option<ContentRef>,
        due: Option<Timestamp>,
    },
    /// The client was asked to decide on this round's result.
    ApprovalAsked {
        task: TaskId,
        round: Round,
        result_sha256: String,
    },
    TaskApproved {
        task: TaskId,
        round: Round,
        person: PersonId,
        result_sha256: String,
    },
    /// The client's no: rework, and the round after `round` begins.
    TaskSentBack {
        task: TaskId,
        round: Round,
        person: PersonId,
        result_sha256: String,
        due: Option<Timestamp>,
    },
    /// `round` is the one that was sent back. `aside`: by somebody who may not decide, so it counts for no remark.
    RemarkAdded {
        task: TaskId,
        round: Round,
        person: PersonId,
        remark: ContentRef,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        aside: bool,
    },
    RemarksClosed {
        task: TaskId,
        round: Round,
        remarks: u32,
        by: ClosedBy,
    },
    /// The decision on `round` is taken back; its result waits for one again.
    DecisionUndone {
        task: TaskId,
        round: Round,
        person: PersonId,
        approved: bool,
    },
    /// The time to undo has passed.
    DecisionSettled {
        task: TaskId,
        round: Round,
    },
    TaskCompleted {
        task: TaskId,
        round: Round,
    },
    /// Waiting again, because the decision before it was undone.
    TaskUnreadied {
        task: TaskId,
    },
    TaskCancelled {
        task: TaskId,
        reason: ContentRef,
    },
    ProjectCompleted,
    /// `reminder` is its place in the template's list, from 0; `rung` 0 is the first time.
    ReminderSent {
        task: TaskId,
        round: Round,
        reminder: u32,
        rung: u32,
    },
    /// The due date has passed and the task is not finished.
    TaskOverdue {
        task: TaskId,
        round: Round,
        due: Timestamp,
    },
    /// The client is told of a period that was opened before its first day.
    PeriodAnnounced {
        period: u32,
    },
    /// The task is due later, because the project rested.
    DueMoved {
        task: TaskId,
        due: Timestamp,
    },
    /// The PM set another day, for a reason (PF-24).
    DueSet {
        task: TaskId,
        due: Timestamp,
        reason: ContentRef,
    },
    /// The PM wants it done sooner or later than other work (XP-04).
    PrioritySet {
        task: TaskId,
        priority: Priority,
    },
    /// Somebody said something under a task, or put a file there; `to_client`: it went to the client's chat too (SC-36).
    Commented {
        task: TaskId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<ContentRef>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file: Option<FileRef>,
        #[serde(default)]
        to_client: bool,
    },
    /// Nobody has started the task for as long as the agency allows.
    TaskUnaccepted {
        task: TaskId,
    },
    /// The assignee said no; the task waits for the PM.
    TaskDeclined {
        task: TaskId,
        reason: ContentRef,
    },
    /// Nobody decided within the agreed term, so the result counts as accepted; not a decision of the client.
    ApprovalDeemed {
        task: TaskId,
        round: Round,
        result_sha256: String,
    },
    /// The silence of the client counts only from `since`: before that the result had not reached it.
    SilencePutOff {
        task: TaskId,
        round: Round,
        since: Timestamp,
    },
    /// The client was promised the next step by the end of `by`; without a task, about the project.
    NextStepPromised {
        task: Option<TaskId>,
        by: NaiveDate,
        what: ContentRef,
    },
    PromiseKept {
        task: Option<TaskId>,
    },
    /// The day has passed.
    PromiseMissed {
        task: Option<TaskId>,
        by: NaiveDate,
    },
    ProjectPaused {
        reason: ContentRef,
    },
    ProjectResumed,
    /// A form went out to the client; `sending` counts from 1.
    FormSent {
        task: TaskId,
        form: String,
        sending: u32,
    },
    /// A form came back complete; `answered` are the ids of the questions that have an answer.
    FormReceived {
        form: String,
        /// From 1.
        version: u32,
        content: ContentRef,
        answered: Vec<String>,
        card: Vec<CardAnswer>,
        /// After its reminder was due (PF-90).
        late: bool,
        by: FilledBy,
    },
    /// The client cannot go on with a form.
    HelpAsked {
        task: TaskId,
        form: String,
        person: PersonId,
    },
    /// A further period: its tasks stand at the end of the list. The first opens with the project.
    PeriodOpened {
        period: u32,
        /// A person opened it, not the rule of the template.
        asked: bool,
    },
    /// Both days belong to the period.
    PeriodBegan {
        period: u32,
        from: NaiveDate,
        until: NaiveDate,
    },
    /// Said again when the amount changes before it is invoiced.
    PaymentExpected {
        payment: PaymentId,
        amount: Option<Money>,
        /// The task that waits for it.
        task: Option<TaskId>,
    },
    /// A later invoice replaces an earlier one.
    PaymentInvoiced {
        payment: PaymentId,
        number: String,
        amount: Option<Money>,
        date: NaiveDate,
        file: Option<FileRef>,
    },
    /// Money came in on a day; a negative amount corrects a mistake, with the reason.
    PaymentReceived {
        payment: PaymentId,
        amount: Money,
        on: NaiveDate,
        reason: Option<ContentRef>,
    },
    PaymentCancelled {
        payment: PaymentId,
        reason: ContentRef,
    },
    /// A field of the task set what the project costs; `None` when a decision on it was undone.
    PriceSet {
        task: TaskId,
        price: Option<Money>,
    },
    /// The task was finished with this expense in a field; undone together with its approval.
    ExpenseBooked {
        task: TaskId,
        field: String,
        amount: Money,
    },
    /// Ended before its last task; what was open is cancelled. `lost`: a result said that there is no deal.
    ProjectClosed {
        reason: Option<ContentRef>,
        lost: bool,
    },
    /// The gate is passed although what it waits for is not there; of an access: none is needed.
    GateOverridden {
        task: TaskId,
        gate: Gate,
        reason: ContentRef,
    },
    /// The result of this round went on without the auditor's yes (G8).
    AuditOverridden {
        task: TaskId,
        round: Round,
        reason: ContentRef,
    },
    /// A task that no template has; what waited for `after` waits for it as well.
    TaskInserted {
        task: TaskId,
        after: TaskId,
        plan: Box<definition::Task>,
    },
    /// The project follows another version of its template; `tasks` are all that it has now, in their order.
    DefinitionChanged {
        definition: Arc<Definition>,
        tasks: Vec<TaskId>,
    },
    /// A person worked on the task; `entry` counts from 1 within the project (PF-46).
    TimeAdded {
        task: TaskId,
        entry: u32,
        kind: TimeKind,
        minutes: u32,
        on: NaiveDate,
        person: PersonId,
        /// As which the person worked, if it held a role here.
        role: Option<String>,
        comment: Option<ContentRef>,
    },
    /// The entry counts no more.
    TimeCancelled {
        task: TaskId,
        entry: u32,
        reason: Option<ContentRef>,
    },
    /// A text that the client is asked to agree to went out; `rules` names its message, `sending` counts from 1.
    RulesSent {
        task: TaskId,
        rules: String,
        sending: u32,
    },
    /// An approver of the client agreed to exactly the text in `shown` (PF-80).
    RulesAcknowledged {
        task: TaskId,
        rules: String,
        sending: u32,
        person: PersonId,
        shown: ContentRef,
    },
    /// What sales promised the client when they handed the project over (PF-76).
    SalesPromised {
        promised: Promised,
    },
    HandoffAccepted,
    HandoffReturned {
        reason: ContentRef,
    },
    /// The client was asked for an access; the secret itself is never in the log.
    AccessAsked {
        task: TaskId,
        access: String,
        sending: u32,
    },
    /// The access lies encrypted beside the log (PF-86).
    AccessReceived {
        access: String,
        /// The address through which it came; none if the staff wrote it down.
        sending: Option<u32>,
    },
    /// Somebody of the staff looked at it.
    AccessViewed {
        access: String,
    },
    /// The project is over: what was kept of accesses is deleted.
    AccessesPurged {
        accesses: Vec<String>,
    },
}
