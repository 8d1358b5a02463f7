//! What can be asked of a project.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::event::{CardAnswer, ContentRef, FilledBy, Promised};
use super::set_priority::Priority;
use crate::domain::definition::{self, Definition, Gate};
use crate::domain::field::{Entered, FileRef};
use crate::domain::money::Money;
use crate::domain::{ClientId, PaymentId, PersonId, ProjectId, Round, TaskId};

/// Orders to a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum ProjectCommand {
    OpenProject {
        project: ProjectId,
        client: ClientId,
        definition: Arc<Definition>,
        assigned: BTreeMap<String, PersonId>,
        price: Option<Money>,
        /// What sales promised with it.
        #[serde(default, skip_serializing_if = "Promised::is_nothing")]
        promised: Box<Promised>,
    },
    AssignRole {
        role: String,
        person: PersonId,
    },
    /// Several roles at once: somebody leaves.
    AssignRoles {
        roles: BTreeMap<String, PersonId>,
    },
    StartTask {
        task: TaskId,
    },
    PauseTask {
        task: TaskId,
    },
    ResumeTask {
        task: TaskId,
    },
    /// All or nothing, in the order given.
    SetFields {
        task: TaskId,
        values: Vec<(String, Entered)>,
    },
    /// `item` from 1.
    TickItem {
        task: TaskId,
        item: u32,
        done: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<ContentRef>,
    },
    PressButton {
        task: TaskId,
        button: String,
    },
    ConfirmGate {
        task: TaskId,
        gate: Gate,
        comment: ContentRef,
    },
    SubmitTask {
        task: TaskId,
    },
    AcceptTask {
        task: TaskId,
        round: Option<Round>,
    },
    ReturnTask {
        task: TaskId,
        round: Option<Round>,
        remark: Option<ContentRef>,
    },
    CancelTask {
        task: TaskId,
        reason: ContentRef,
    },
    Approve {
        task: TaskId,
        round: Round,
    },
    SendBack {
        task: TaskId,
        round: Round,
    },
    AddRemark {
        task: TaskId,
        round: Round,
        remark: ContentRef,
    },
    CloseRemarks {
        task: TaskId,
        round: Round,
    },
    UndoDecision {
        task: TaskId,
        round: Round,
    },
    /// From a timer: the time to undo has passed.
    SettleDecision {
        task: TaskId,
        round: Round,
    },
    /// From a timer: what a reminder waits for has not happened.
    Remind {
        task: TaskId,
        round: Round,
        reminder: u32,
        rung: u32,
    },
    /// From a timer: the due date has passed.
    TellOverdue {
        task: TaskId,
        round: Round,
    },
    /// From a timer: the first day of a period that was opened before it.
    AnnouncePeriod {
        period: u32,
    },
    /// From a timer: nobody has started the task.
    TellUnaccepted {
        task: TaskId,
    },
    /// From a timer: silence that the template takes for consent.
    DeemApproved {
        task: TaskId,
        round: Round,
    },
    DeclineTask {
        task: TaskId,
        reason: ContentRef,
    },
    /// For the team, or for the client too (SC-36).
    Comment {
        task: TaskId,
        text: Option<ContentRef>,
        file: Option<FileRef>,
        to_client: bool,
    },
    /// By the end of that business day instead of what the template reckons (PF-24).
    SetDue {
        task: TaskId,
        on: NaiveDate,
        reason: Option<ContentRef>,
    },
    /// What is to be done first (XP-04).
    SetPriority {
        task: TaskId,
        priority: Priority,
    },
    /// The next step by the end of a day; a new promise about the same thing takes the place of the old one.
    PromiseNextStep {
        task: Option<TaskId>,
        by: NaiveDate,
        what: ContentRef,
    },
    KeepPromise {
        task: Option<TaskId>,
    },
    /// From a timer: the promised day has passed.
    TellPromiseMissed {
        task: Option<TaskId>,
        by: NaiveDate,
    },
    PauseProject {
        reason: ContentRef,
    },
    ResumeProject,
    /// `known`: how often it had been sent when the asker said "again"; another number means that somebody did.
    SendForm {
        task: TaskId,
        form: String,
        known: Option<u32>,
    },
    /// `content` holds the answers, outside the log; `sending` is that of the link through which they came.
    ReceiveForm {
        form: String,
        sending: Option<u32>,
        content: ContentRef,
        answered: Vec<String>,
        card: Vec<CardAnswer>,
        by: FilledBy,
    },
    AskForHelp {
        task: TaskId,
        form: String,
    },
    /// The number guards against opening two at once.
    OpenPeriod {
        period: u32,
    },
    /// Without an amount, what is still to be paid; without a date, today.
    InvoicePayment {
        payment: PaymentId,
        number: String,
        amount: Option<Money>,
        date: Option<NaiveDate>,
        file: Option<FileRef>,
    },
    /// Without an amount, what is still to be paid; without a day, today. Negative: a correction, with a reason.
    ReceivePayment {
        payment: PaymentId,
        amount: Option<Money>,
        on: Option<NaiveDate>,
        reason: Option<ContentRef>,
        /// It is other money than what came on the same day with the same amount.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        again: bool,
    },
    CancelPayment {
        payment: PaymentId,
        reason: ContentRef,
    },
    CloseProject {
        reason: ContentRef,
    },
    /// Work goes on although the gate is closed, for a reason.
    OverrideGate {
        task: TaskId,
        gate: Gate,
        reason: ContentRef,
    },
    /// The result goes on without the auditor's yes, for a reason.
    OverrideAudit {
        task: TaskId,
        reason: ContentRef,
    },
    /// A task that no template has; the id of its plan is without a period.
    InsertTask {
        after: TaskId,
        plan: Box<definition::Task>,
    },
    MoveVersion {
        definition: Arc<Definition>,
    },
    /// Working time on a task (PF-46). Without a kind, the only one that the task takes; without a day, today; without
    /// a person, the asker, or the assignee if the operator asks. `kind` is a word of `TimeKind`.
    AddTime {
        task: TaskId,
        kind: Option<String>,
        minutes: u32,
        on: Option<NaiveDate>,
        person: Option<PersonId>,
        comment: Option<ContentRef>,
    },
    /// An entry of working time was a mistake.
    CancelTime {
        entry: u32,
        reason: Option<ContentRef>,
    },
    /// `shown` is the text under which the button stood, as it was sent.
    AcknowledgeRules {
        task: TaskId,
        rules: String,
        sending: u32,
        shown: ContentRef,
    },
    /// Sales hand the project over once more, with other promises.
    HandOver {
        promised: Box<Promised>,
    },
    /// `offer` is the one whose card was read; another one has come since if it is not the latest.
    AcceptHandoff {
        offer: Option<u32>,
    },
    ReturnHandoff {
        reason: ContentRef,
    },
    AskAccess {
        item: String,
    },
    /// The secret is already sealed and comes beside the command; `sending` is that of the address it came through.
    ReceiveAccess {
        item: String,
        sending: Option<u32>,
    },
    ViewAccess {
        item: String,
    },
}
