//! Sheets: tasks, time, payments and messages of a project as rows, the same for every format.

use chrono::NaiveDate;
use engine::domain::money::Money;
use engine::domain::project::{Payment, Task};
use engine::domain::{Actor, PersonId, Timestamp};

use crate::document;
use crate::gather::{Gathered, Line};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    /// A decimal number.
    Number(String),
    Flag(bool),
    Day(NaiveDate),
    Moment(Timestamp),
}

/// A table with headings.
pub struct Sheet {
    /// Without an ending.
    pub name: &'static str,
    pub headings: Vec<&'static str>,
    pub rows: Vec<Vec<Cell>>,
}

/// All of them.
pub fn all(of: &Gathered) -> [Sheet; 4] {
    [tasks(of), time(of), payments(of), messages(of)]
}

fn tasks(of: &Gathered) -> Sheet {
    let headings = vec![
        "task",
        "title",
        "stage",
        "period",
        "status",
        "round",
        "priority",
        "role",
        "assignee",
        "auditor",
        "ready",
        "started",
        "submitted",
        "asked",
        "over",
        "due",
        "due_by_hand",
        "decision",
        "decided_by",
        "decided",
        "planned_minutes",
        "spent_minutes",
        "result",
    ];
    let rows = of.project.tasks.iter().map(|task| task_row(of, task)).collect();
    Sheet { name: "tasks", headings, rows }
}

fn task_row(of: &Gathered, task: &Task) -> Vec<Cell> {
    let project = &of.project;
    let plan = project.plan(&task.id);
    let decision = task.decision.as_ref();
    vec![
        text(task.id.as_str()),
        plan.map_or(Cell::Empty, |plan| text(plan.title.in_language(&of.language))),
        of.stage(&task.id).map_or(Cell::Empty, |stage| text(stage.title.in_language(&of.language))),
        number(task.id.period()),
        text(task.status.word()),
        number(task.round),
        text(task.priority.word()),
        plan.map_or(Cell::Empty, |plan| text(&plan.assignee)),
        person(of, project.assignee(&task.id)),
        person(of, project.auditor(&task.id)),
        moment(task.clocks.ready),
        moment(task.clocks.began),
        moment(task.clocks.submitted),
        moment(task.clocks.asked),
        moment(task.clocks.over),
        moment(task.due),
        Cell::Flag(task.due_by_hand),
        decision.map_or(Cell::Empty, |said| text(if said.approved { "approved" } else { "sent_back" })),
        person(of, decision.map(|said| &said.person)),
        moment(decision.map(|said| said.at)),
        plan.map_or(Cell::Empty, |plan| number(plan.minutes)),
        number(project.minutes_of(&task.id)),
        text(&document::result_in_words(of, task)),
    ]
}

fn time(of: &Gathered) -> Sheet {
    let headings = vec![
        "entry",
        "day",
        "task",
        "kind",
        "minutes",
        "person",
        "role",
        "comment",
        "noted_by",
        "noted",
        "taken_back",
    ];
    let row = |entry: &engine::domain::project::time::TimeEntry| {
        let said = entry.comment.as_ref().and_then(|comment| of.words(&comment.content));
        vec![
            number(entry.number),
            Cell::Day(entry.on),
            text(entry.task.as_str()),
            text(entry.kind.word()),
            number(entry.minutes),
            person(of, Some(&entry.person)),
            entry.role.as_deref().map_or(Cell::Empty, text),
            said.map_or(Cell::Empty, |said| text(&said)),
            actor(of, &entry.by),
            Cell::Moment(entry.at),
            Cell::Flag(entry.cancelled),
        ]
    };
    Sheet { name: "time", headings, rows: of.project.time.iter().map(row).collect() }
}

fn payments(of: &Gathered) -> Sheet {
    let headings = vec![
        "payment", "task", "state", "what", "invoice", "day", "amount", "currency", "by", "noted", "reason",
    ];
    let rows = of.project.payments.iter().flat_map(|payment| payment_rows(of, payment)).collect();
    Sheet { name: "payments", headings, rows }
}

/// A row for what is due, and one for each time that money came.
fn payment_rows(of: &Gathered, payment: &Payment) -> Vec<Vec<Cell>> {
    let task = payment.task.as_ref().map_or(Cell::Empty, |task| text(task.as_str()));
    let begin =
        |what: &str| vec![text(payment.id.as_str()), task.clone(), text(payment.state().word()), text(what)];
    let invoice = payment.invoice.as_ref();
    let mut due = begin("due");
    due.push(invoice.map_or(Cell::Empty, |invoice| text(&invoice.number)));
    due.push(invoice.map_or(Cell::Empty, |invoice| Cell::Day(invoice.date)));
    due.extend(amount(payment.due()));
    due.push(invoice.map_or(Cell::Empty, |invoice| actor(of, &invoice.by)));
    due.push(moment(invoice.map(|invoice| invoice.at)));
    let why = payment.cancelled.as_ref().and_then(|reason| of.words(&reason.content));
    due.push(why.map_or(Cell::Empty, |why| text(&why)));
    let mut rows = vec![due];
    for receipt in &payment.receipts {
        let mut row = begin("received");
        row.extend([Cell::Empty, Cell::Day(receipt.on)]);
        row.extend(amount(Some(&receipt.amount)));
        row.extend([actor(of, &receipt.by), Cell::Moment(receipt.at)]);
        let why = receipt.reason.as_ref().and_then(|reason| of.words(&reason.content));
        row.push(why.map_or(Cell::Empty, |why| text(&why)));
        rows.push(row);
    }
    rows
}

fn messages(of: &Gathered) -> Sheet {
    let headings = vec!["at", "direction", "what", "person", "text", "file", "sent"];
    let row = |line: &Line| {
        vec![
            Cell::Moment(line.at),
            text(if line.ours { "out" } else { "in" }),
            text(line.what),
            line.person.as_ref().map_or_else(|| text("bot"), |who| person(of, Some(who))),
            text(&line.text),
            line.file.as_deref().map_or(Cell::Empty, text),
            moment(line.sent),
        ]
    };
    Sheet { name: "messages", headings, rows: of.lines.iter().map(row).collect() }
}

fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

fn number(number: u32) -> Cell {
    Cell::Number(number.to_string())
}

fn moment(at: Option<Timestamp>) -> Cell {
    at.map_or(Cell::Empty, Cell::Moment)
}

fn person(of: &Gathered, person: Option<&PersonId>) -> Cell {
    person.map_or(Cell::Empty, |person| text(of.name(person)))
}

fn actor(of: &Gathered, actor: &Actor) -> Cell {
    text(&of.actor(actor))
}

/// The number and its currency.
fn amount(money: Option<&Money>) -> [Cell; 2] {
    let Some(money) = money else { return [Cell::Empty, Cell::Empty] };
    let written = money.to_string();
    let written = written.strip_suffix(&money.currency).unwrap_or(&written).trim_end();
    [Cell::Number(written.to_owned()), text(&money.currency)]
}
