//! Refusals: every "no" of the rules, with what is missing; the words for people are `refusal-…` in the message files.

use serde::{Deserialize, Serialize};

use super::definition::Text;
use super::field::BadLine;
use super::money::Money;
use super::{PaymentId, PersonId, TaskId};

/// One thing that stands in the way of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Missing {
    Field {
        field: String,
        title: Text,
    },
    /// At least so many links or files are needed, and so many are there.
    More {
        field: String,
        title: Text,
        at_least: u32,
        have: u32,
    },
    /// `form:smm-brief`, `paid:this-period`.
    Gate {
        gate: String,
    },
    /// A line of the checklist, from 1.
    Checklist {
        item: u32,
        text: Text,
    },
    /// A staff button that must be pressed; `opens_with` are the fields it waits for.
    Button {
        button: String,
        title: Text,
        opens_with: Vec<String>,
    },
    /// Nobody holds the role in this project.
    Role {
        role: String,
    },
    /// An earlier task is not completed.
    Task {
        task: TaskId,
        title: Text,
    },
    /// The client has not approved the result of this task (G9).
    Approval {
        task: TaskId,
        title: Text,
    },
    /// A file of the field is not the one that the client approved there (G9).
    OtherFile {
        field: String,
        title: Text,
        approved: TaskId,
        approved_title: Text,
    },
    /// Rows of a table, from 1, with a day outside the date range that it must lie in (PF-53).
    Outside {
        field: String,
        title: Text,
        rows: Vec<u32>,
    },
    /// Something that is handed over with a client: a word of `handoff_needs` (G1).
    Handoff {
        need: String,
    },
}

/// The rules say no. `code()` names it for machines, `refusal-CODE` in the message files for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Refusal {
    #[error("project {project} exists already")]
    ProjectExists { project: String },
    #[error("there is no such project")]
    NoProject,
    #[error("there is no such client")]
    NoClient,
    #[error("client {client} exists already")]
    ClientExists { client: String },
    #[error("there is no task {task}")]
    NoTask { task: String },
    #[error("task {task} has no field {field}")]
    NoField { task: String, field: String, known: Vec<String> },
    #[error("task {task} has no button {button}")]
    NoButton { task: String, button: String, known: Vec<String> },
    #[error("task {task} has no checklist item {item}")]
    NoItem { task: String, item: u32, have: u32 },
    #[error("task {task} has no gate {gate} that is opened by hand")]
    NoGate { task: String, gate: String, known: Vec<String> },
    #[error("there is no role {role}")]
    NoRole { role: String, known: Vec<String> },
    #[error("there is no person {person}")]
    NoPerson { person: String },
    #[error("a password has {shortest} to {longest} characters and is not easy to guess")]
    PasswordTooEasy { shortest: u32, longest: u32 },
    #[error("the code is not the one of now")]
    WrongCode,
    /// The step does not fit the task's status. `status` is a status word, `wanted` the step (`start`, `submit` …).
    #[error("task {task} is {status}: {wanted} is not possible now")]
    WrongStatus { task: String, title: Text, status: String, wanted: String },
    /// Not its turn (G5).
    #[error("task {task} waits for {before}")]
    NotItsTurn { task: String, title: Text, before: String, before_title: Text },
    /// A gate on the start is closed, or the role is empty.
    #[error("task {task} cannot start yet")]
    CannotStart { task: String, title: Text, missing: Vec<Missing> },
    /// G7 result, checklist and gates.
    #[error("task {task} cannot be finished yet")]
    CannotFinish { task: String, title: Text, missing: Vec<Missing> },
    /// G6: the button is not there until its fields are filled (PF-61).
    #[error("button {button} is not there yet")]
    ButtonLocked { task: String, button: String, title: Text, missing: Vec<Missing> },
    #[error("button {button} was pressed already")]
    ButtonUsed { button: String, title: Text },
    #[error("the value does not fit field {field}")]
    BadValue { field: String, title: Text, kind: String, given: String, known: Vec<String> },
    /// A line of a field of several lines does not fit.
    #[error("line {} of {}: {}", .0.line, .0.field, .0.given)]
    BadLine(Box<BadLine>),
    /// The value says two things; each of the two readings says one.
    #[error("{given} can be read as {first} or as {second}")]
    TwoReadings { field: String, title: Text, given: String, first: String, second: String },
    #[error("only the assignee or the PM may do this")]
    NotYourTask { task: String, title: Text, people: Vec<PersonId> },
    #[error("only the auditor may do this")]
    NotYourCheck { task: String, title: Text, people: Vec<PersonId> },
    /// G8: auditor is not the assignee (PF-43).
    #[error("nobody checks his own work")]
    OwnWork { task: String, title: Text },
    #[error("only the agency's PM, head or owner may do this")]
    NotAllowed { wanted: String },
    /// The office's roles that may (G16).
    #[error("another role is needed: {}", roles.join(", "))]
    NoRight { wanted: String, roles: Vec<String> },
    /// Whoever asks holds no role in the project and watches no others (SC-35).
    #[error("only its team sees the project")]
    OutsideProject,
    /// CR-30.
    #[error("{person} does not work here any more")]
    HasLeft { person: PersonId },
    /// Roles of somebody who leaves that nobody gets (CR-30).
    #[error("{person} still holds {} roles", holds.len())]
    StillHolds { person: PersonId, holds: Vec<(super::ProjectId, String)> },
    /// TG-21. Empty `people`: the client has no approver yet.
    #[error("only a named approver may decide")]
    NotAnApprover { people: Vec<PersonId> },
    /// TG-21: a member of staff does not decide for a client.
    #[error("{person} works here and does not decide for a client")]
    StaffAsApprover { person: PersonId },
    /// A Telegram account is one person's; its number is personal data and stays out of the log.
    #[error("this Telegram user is {person} already")]
    TelegramTaken { person: PersonId },
    /// TG-23.
    #[error("already decided")]
    AlreadyDecided { person: Option<PersonId>, at: super::Timestamp, approved: bool },
    /// TG-26: the button belongs to an earlier round.
    #[error("an earlier version")]
    Stale,
    /// Never says which check failed (RELIABILITY 6.2).
    #[error("this button does not work here")]
    ForeignPress,
    #[error("too late to undo")]
    UndoTooLate { minutes: u32 },
    #[error("the next task has started")]
    UndoNextStarted { next_title: Text },
    #[error("only the person who decided may undo")]
    UndoNotYours { person: PersonId },
    #[error("remarks are no longer taken here")]
    RemarksClosed,
    #[error("a reason is needed")]
    ReasonNeeded { wanted: String },
    #[error("project is over")]
    ProjectOver,
    #[error("the project is paused")]
    ProjectPaused,
    #[error("{day} is over")]
    DayIsPast { day: chrono::NaiveDate },
    #[error("the link is not valid")]
    LinkInvalid,
    #[error("the link has expired")]
    LinkExpired,
    #[error("no chat has been linked yet")]
    NoChatToConfirm,
    /// There is no chat that the client could be written to in.
    #[error("the client has no chat yet, or the bot was put out of it")]
    NoChat,
    /// XP-06: a call leaves a trace.
    #[error("what was said on the phone is needed in a few words")]
    CallNeedsComment,
    #[error("the chat belongs to another client")]
    ChatTaken { client: String },
    #[error("language {language} is not among the agency's")]
    NoLanguage { language: String, known: Vec<String> },
    #[error("there is no time zone {zone}")]
    NoZone { zone: String },
    #[error("not a usable id: {id}")]
    BadId { id: String },
    /// The same command id was used for something else; nothing is done under it again.
    #[error("command id {command_id} was used for another command")]
    CommandIdTaken { command_id: String },
    #[error("there is no form {form}")]
    NoForm { form: String, known: Vec<String> },
    #[error("form {form} has no question {question}")]
    NoQuestion { form: String, title: Text, question: String, known: Vec<String> },
    /// The form is out with the client since `at`, or came back then; sending it again needs a second yes (PF-89).
    #[error("form {form} was sent already")]
    FormAgain { form: String, title: Text, at: super::Timestamp, received: bool, sendings: u32 },
    #[error("form {form} is closed")]
    FormClosed { form: String, title: Text },
    #[error("form {form} is not complete")]
    FormIncomplete { form: String, title: Text, missing: Vec<Missing> },
    #[error("there is nothing to decide about {field} on the client's card")]
    NoConflict { field: String, known: Vec<String> },
    #[error("there is no payment {payment}")]
    NoPayment { payment: String, known: Vec<String> },
    /// PF-69. Who may, as far as the project names them.
    #[error("only the accountant, the PM or the head may deal with payments")]
    NotYourMoney { people: Vec<PersonId> },
    /// `state` is a word of `PaymentState`.
    #[error("payment {payment} is {state}")]
    PaymentClosed { payment: String, state: String },
    #[error("payment {payment} is in {wanted}, not in {given}")]
    OtherCurrency { payment: String, wanted: String, given: String },
    #[error("payment {payment} needs an amount")]
    AmountNeeded { payment: String },
    /// A correction takes back more than ever came in.
    #[error("only {received} came in for payment {payment}")]
    TooMuchBack { payment: String, received: Money },
    /// The same amount came on that day already; other money needs a second yes.
    #[error("{amount} came for payment {payment} on {on} already")]
    SameMoney { payment: String, amount: Money, on: chrono::NaiveDate },
    #[error("{day} is still to come")]
    DayIsAhead { day: chrono::NaiveDate },
    /// `known`: numbers of what fits no payment still.
    #[error("there is no money {number} without a payment")]
    NoMoney { number: u32, known: Vec<u32> },
    /// One transfer is written down once; other money needs a second yes.
    #[error("{amount} of {on} is written down already as money {number}")]
    MoneyTwice { number: u32, amount: Money, on: chrono::NaiveDate },
    #[error("{left} of money {number} is left")]
    MoneyLeft { number: u32, left: Money },
    #[error("this money came from another client, {client}")]
    MoneyOfAnother { client: String },
    #[error("the project has no periods")]
    NoPeriods,
    /// `next` is the period that comes next; `payment` the one that opens it, if one does.
    #[error("period {next} does not open by hand now")]
    PeriodNotYet { next: u32, payment: Option<PaymentId> },
    /// G1: sales have not told everything (PF-83).
    #[error("the client is not ready to be worked for")]
    HandoffIncomplete { missing: Vec<Missing> },
    /// The table of gates lets nobody open this one by hand.
    #[error("{gate} is opened by nobody's word")]
    NoOverride { gate: String },
    /// The table of gates lets only the head open this one by hand.
    #[error("only the head may open {gate} by hand")]
    OnlyTheHead { gate: String },
    #[error("there is a task {task} already")]
    TaskExists { task: String },
    /// What comes after the place has begun (SC-27).
    #[error("nothing can be put after {after}: {started} has begun")]
    TooLateToInsert { after: String, after_title: Text, started: String, started_title: Text },
    #[error("the project follows the template {service}, not {given}")]
    OtherService { service: String, given: String },
    /// Tasks with a history that another version of the template does not have.
    #[error("the new version lacks tasks with a history")]
    WouldVanish { tasks: Vec<(String, Text)> },
    /// Another version of the template puts an unfinished task before one that has begun.
    #[error("{before} would come before {task}, which has begun")]
    OutOfOrder { task: String, title: Text, before: String, before_title: Text },
    /// PF-46: the task takes time of other kinds; an empty `kind` is one that was not said.
    #[error("task {task} takes no time for {kind}")]
    NoTimeKind { task: String, title: Text, kind: String, known: Vec<String> },
    #[error("{minutes} minutes are no time that one person works in a day")]
    BadTime { minutes: u32, longest: u32 },
    /// What was typed is no length of time.
    #[error("{given} is no length of time")]
    TimeUnread { given: String },
    #[error("there is no time entry {entry}")]
    NoTimeEntry { entry: u32, have: u32 },
    /// A line of the checklist is ticked with a few words on it (PF-78).
    #[error("line {item} of the checklist needs a note")]
    NoteNeeded { task: String, item: u32, text: Text },
    /// Work has begun: what sales handed over can no longer go back.
    #[error("work has begun")]
    HandoffOver { started: String, started_title: Text },
    #[error("there is no access {item}")]
    NoAccess { item: String, known: Vec<String> },
    /// The client is filling the form in; its words are not handed in for it unasked.
    #[error("the client has begun to fill in {form}")]
    DraftOfClient { form: String, title: Text, at: super::Timestamp },
    /// Somebody else published this file in between; `version` is the last one, `base` the one that was edited.
    #[error("{path} has version {version} by now, and version {base} was edited")]
    TemplateMoved { path: String, version: u32, base: u32 },
    /// Nothing was received, or it was deleted when the project ended.
    #[error("nothing is kept of access {item}")]
    AccessEmpty { item: String },
    /// PF-86: roles that may.
    #[error("only named roles see an access")]
    NotYourAccess { roles: Vec<String> },
}

impl Refusal {
    /// The name of the refusal for machines, such as `cannot-finish`.
    pub fn code(&self) -> String {
        let json = serde_json::to_value(self).unwrap_or_default();
        json.get("code").and_then(|code| code.as_str()).unwrap_or("refused").to_owned()
    }

    /// What is missing, if that is the reason.
    pub fn missing(&self) -> &[Missing] {
        if let Self::CannotStart { missing, .. }
        | Self::CannotFinish { missing, .. }
        | Self::ButtonLocked { missing, .. }
        | Self::FormIncomplete { missing, .. }
        | Self::HandoffIncomplete { missing } = self
        {
            missing
        } else {
            &[]
        }
    }
}
