//! Effects: what a fact should cause, as values; nothing happens before the commit.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::client::ClientCommand;
use super::definition::{Field, FieldKind, Text};
use super::field::{FileRef, Value};
use super::money::Money;
use super::project::ProjectCommand;
use super::refusal::Missing;
use super::{ClientId, ContentId, PersonId, ProjectId, Round, TaskId, Timestamp};

/// What a fact should cause.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Notify(Box<Notify>),
    /// One timer per key; setting it again moves it.
    SetTimer {
        key: String,
        due: Timestamp,
        command: TimerCommand,
    },
    CancelTimer {
        key: String,
    },
    /// The answers that were kept while a form was being filled in are no longer needed.
    DropDraft {
        project: ProjectId,
        form: String,
    },
    /// What was kept of a project's accesses is deleted (PF-86).
    DropSecrets {
        project: ProjectId,
    },
    /// What is not sent yet, and every button, moves from one chat to another.
    MoveChat {
        from: i64,
        to: i64,
    },
}

/// A command with a date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum TimerCommand {
    Project { project: ProjectId, command: ProjectCommand },
    Client { client: ClientId, command: Box<ClientCommand> },
}

/// A message to somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Notify {
    pub audience: Audience,
    /// What sort of message, part of the dedupe key: `start`, `finish`, `card` …
    pub kind: String,
    /// Key of the text in the message files.
    pub key: String,
    pub args: Vec<(String, Arg)>,
    pub face: Face,
    /// Rows of inline buttons.
    pub buttons: Vec<Vec<Press>>,
    /// Files that go before the text, in their order.
    pub files: Vec<FileRef>,
}

/// Who gets a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The confirmed chat of the client that the stream belongs to.
    Client(ClientId),
    /// The staff chat.
    Staff,
    /// A chat that is not confirmed yet, or no longer.
    Chat(i64, String),
}

/// The name under which a message can be changed later, such as `smm-k7q2/ads/1/finish`.
pub type Slot = String;

/// How a message stands in its chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Face {
    /// A new message that nobody will change.
    Post,
    /// A new message that nobody will change; a reply to the slot's message.
    Reply(Slot),
    /// A new message that can be changed later.
    PostAs(Slot),
    /// The message of the slot gets this text and these buttons; a new one if there is none.
    Replace(Slot),
    /// The message of the slot keeps its text, gets this line below it and these buttons.
    Append(Slot),
    /// A new message that asks `person` to answer it; a reply to the slot's message.
    Ask { slot: Slot, reply_to: Slot, person: PersonId, hint_key: String, purpose: AskPurpose },
}

/// What an answer to a question of the bot means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AskPurpose {
    /// Remarks after Send back.
    Remarks { project: ProjectId, task: TaskId, round: Round },
    /// The value of a field, from the staff.
    Field { project: ProjectId, task: TaskId, field: String },
    /// Working time on a task, from the staff.
    Time { project: ProjectId, task: TaskId },
    /// The auditor's remark with a return.
    Return { project: ProjectId, task: TaskId, round: Round },
    /// What there is to say about a line of the checklist (PF-78).
    Note { project: ProjectId, task: TaskId, item: u32 },
    /// What came of trying an access (G4).
    Tried { project: ProjectId, task: TaskId, item: String },
    /// Why the assignee says no (PF-97).
    Decline { project: ProjectId, task: TaskId },
    /// Why production returns a hand-over (PF-76).
    ReturnHandoff { project: ProjectId },
}

/// A button under a message; the token is made when the message is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Press {
    pub label: Label,
    pub what: PressKind,
    pub project: ProjectId,
    pub task: TaskId,
    pub round: Round,
    /// Only this person may press it, if set; otherwise whoever has the right.
    pub only: Option<PersonId>,
}

/// What stands on a button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// A key of the message files.
    Key(String),
    /// Words of a template, after a mark such as `✏️ ` or an empty one.
    Words(String, Text),
}

/// What a button does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "press", rename_all = "snake_case")]
pub enum PressKind {
    Approve,
    SendBack,
    Undo,
    RemarksDone,
    Start,
    Pause,
    Resume,
    Submit,
    Accept,
    Return,
    /// Ask for the value of a field.
    Fill {
        field: String,
    },
    /// Set a choice field, or a yes/no field, straight away.
    Choose {
        field: String,
        option: String,
    },
    Tick {
        item: u32,
    },
    Button {
        button: String,
    },
    /// Send a form again; `known` is how often it was sent when that was asked.
    SendForm {
        form: String,
        known: u32,
    },
    /// Ask how long somebody worked, and on what.
    Time,
    NeedHelp {
        form: String,
    },
    /// Ask for the note of a line of the checklist.
    Note {
        item: u32,
    },
    /// Ask what came of trying an access.
    Tried {
        item: String,
    },
    Decline,
    /// The client agrees to a text (PF-80).
    Acknowledge {
        rules: String,
        sending: u32,
    },
    AcceptHandoff {
        offer: u32,
    },
    ReturnHandoff {
        offer: u32,
    },
    /// An address instead of a press: the page on which the client gives an access.
    OpenAccess {
        item: String,
        sending: u32,
    },
    /// An address instead of a press: the page of a form, or a form elsewhere with `{code}` in its address.
    OpenForm {
        form: String,
        sending: u32,
        elsewhere: Option<String>,
    },
    /// An address instead of a press: the answers of a version, for the staff.
    ReadForm {
        form: String,
        version: u32,
    },
}

/// A value that goes into a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    Text(String),
    Number(i64),
    /// Shown as a date in the agency's zone and the reader's language.
    Date(Timestamp),
    /// Shown as a date with a time.
    Moment(Timestamp),
    Money(Money),
    Words(Text),
    /// Replaced by the person's name before rendering.
    Person(PersonId),
    /// The same, as a mention that notifies.
    Mention(PersonId),
    /// A name with its Telegram user id: what a mention becomes before rendering.
    Named(String, i64),
    /// Several people, joined by the language's "or".
    AnyOf(Vec<PersonId>),
    /// Several names, after their replacement.
    Names(Vec<String>),
    /// The result: titles and values, one a line.
    Result(Vec<ResultLine>),
    /// What is missing, as a list in words.
    Missing(Vec<Missing>),
    /// Replaced by the stored text of the contents, one a line; files are named.
    Contents(Vec<ContentId>),
    /// The same, with whoever said it where that must not be taken for a remark that counts.
    Said(Vec<(Option<PersonId>, ContentId)>),
    /// A key of the message files, rendered without arguments.
    Key(String),
}

/// One line of a result.
#[derive(Clone, Debug, PartialEq)]
pub struct ResultLine {
    pub title: Text,
    pub kind: FieldKind,
    /// What people read instead of option ids.
    pub options: Vec<(String, Text)>,
    /// Of a choice for each item.
    pub items: Vec<(String, Text)>,
    /// Of a table.
    pub columns: Vec<Field>,
    pub value: Option<Value>,
    /// The names of the people in the value, once they are known.
    pub names: Vec<(PersonId, String)>,
    /// How many topics or rows were left out.
    pub more: usize,
}

impl ResultLine {
    /// A field with what it holds.
    pub fn of(field: &Field, value: Value) -> Self {
        let (options, items) = (field.options.clone(), field.items.clone());
        let (columns, names) = (field.columns.clone(), Vec::new());
        let (title, kind, value) = (field.title.clone(), field.kind, Some(value));
        Self { title, kind, options, items, columns, value, names, more: 0 }
    }

    /// The beginning of a long list, for a message that is written anew with every change.
    #[must_use]
    pub fn in_brief(mut self) -> Self {
        const SHOWN: usize = 8;
        let more = match &mut self.value {
            Some(Value::Topics(topics)) => left_out(topics, SHOWN),
            Some(Value::Table(rows)) => left_out(rows, SHOWN),
            Some(
                Value::Text(_)
                | Value::Links(_)
                | Value::Files(_)
                | Value::Number(_)
                | Value::Money(_)
                | Value::Date(_)
                | Value::DateRange(..)
                | Value::DateTime(_)
                | Value::Choices(_)
                | Value::YesNo(_)
                | Value::ChoiceForEach(_)
                | Value::Done(_),
            )
            | None => 0,
        };
        self.columns.retain(|column| column.kind != FieldKind::LongText);
        Self { more, ..self }
    }

    /// The people that the value speaks of, each once.
    pub fn people(&self) -> Vec<PersonId> {
        let Some(Value::Done(stages)) = &self.value else { return Vec::new() };
        let said = stages.iter().flat_map(|stage| &stage.tasks).filter_map(|task| task.approved_by.clone());
        said.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// A value by itself, such as a period of time.
    pub fn plain(kind: FieldKind, value: Option<Value>) -> Self {
        let (title, options, items) = (Text::default(), Vec::new(), Vec::new());
        Self { title, kind, options, items, columns: Vec::new(), value, names: Vec::new(), more: 0 }
    }
}

fn left_out<T>(all: &mut Vec<T>, shown: usize) -> usize {
    let more = all.len().saturating_sub(shown);
    all.truncate(shown);
    more
}
