//! The card of a task in the staff chat: what it says and which buttons stand under it.

use std::collections::BTreeSet;

use super::state::{Project, Status, Task};
use crate::domain::definition::{self, FieldKind, Text};
use crate::domain::effect::{Arg, Face, Label, Notify, Press, PressKind, ResultLine, Slot};
use crate::domain::gate::{missing_to_finish, open_buttons};
use crate::domain::{Audience, Round, TaskId};

/// The slot of the message that carries the work of the task's present round.
pub fn work_slot(project: &Project, task: &Task) -> Slot {
    slot(project, &task.id, task.round, "work")
}

/// The slot of one message about one round of a task.
pub fn slot(project: &Project, task: &TaskId, round: u32, what: &str) -> Slot {
    let id = project.opened.as_ref().map_or("", |opened| opened.project.as_str());
    format!("{id}/{task}/{round}/{what}")
}

/// The message that asks the client to decide on a result.
pub fn request_slot(project: &Project, task: &TaskId, round: Round) -> Slot {
    slot(project, task, round, "finish")
}

/// The card as it should stand now.
pub fn card(project: &Project, task: &Task, plan: &definition::Task, client: &str) -> Notify {
    let missing = missing_to_finish(project, task);
    let shows_missing = matches!(task.status, Status::InProgress | Status::Paused) && !missing.is_empty();
    let quiet = task.remarks.is_empty() && task.asides.is_empty();
    let changed = is_working(task) && !project.changed_forms(task).is_empty();
    let key = match (shows_missing, quiet || !is_working(task)) {
        (_, false) => "staff-card-rework",
        (_, true) if changed => "staff-card-brief-changed",
        (true, true) => "staff-card-missing",
        (false, true) => "staff-card",
    };
    let mut args = args(project, task, plan, client);
    args.retain(|(name, _)| name != "result");
    let shown = result(task, plan, false).into_iter().chain(inputs(project, task, plan));
    args.push(("result".into(), Arg::Result(shown.map(ResultLine::in_brief).collect())));
    args.push(("missing".into(), Arg::Missing(missing)));
    args.push(("remarks".into(), said(task)));
    Notify {
        audience: Audience::Staff,
        kind: "card".into(),
        key: key.into(),
        args,
        face: Face::Replace(work_slot(project, task)),
        buttons: buttons(project, task, plan).into_iter().chain(time_row(project, task, plan)).collect(),
        files: Vec::new(),
    }
}

/// The remarks, and under whose names others spoke beside them.
fn said(task: &Task) -> Arg {
    let remarks = task.remarks.iter().map(|remark| (None, remark.content.clone()));
    let asides = task.asides.iter().map(|(person, said)| (Some(person.clone()), said.content.clone()));
    Arg::Said(remarks.chain(asides).collect())
}

/// What every message to the staff about a task may say; without a due date its line is left out.
pub fn args(project: &Project, task: &Task, plan: &definition::Task, client: &str) -> Vec<(String, Arg)> {
    let person = match project.assignee(&task.id) {
        Some(person) => Arg::Mention(person.clone()),
        None => Arg::Key("staff-nobody".into()),
    };
    let opened = project.opened.as_ref();
    let service = opened.map_or_else(Text::default, |opened| opened.definition.title.clone());
    let id = opened.map_or(String::new(), |opened| opened.project.0.clone());
    let due = task.due.map_or_else(|| Arg::Text(String::new()), Arg::Date);
    vec![
        ("client".into(), Arg::Text(client.to_owned())),
        ("task".into(), Arg::Words(plan.title.clone())),
        ("project".into(), Arg::Text(id)),
        ("service".into(), Arg::Words(service)),
        ("person".into(), person),
        ("due".into(), due),
        ("hours".into(), hours(plan.minutes)),
        ("round".into(), Arg::Number(i64::from(task.round))),
        ("status".into(), Arg::Key(format!("status-{}", task.status.word().replace('_', "-")))),
        ("result".into(), Arg::Result(result(task, plan, false))),
    ]
}

/// Planned hours; halves keep their decimals.
fn hours(minutes: u32) -> Arg {
    match minutes % 60 {
        0 => Arg::Number(i64::from(minutes / 60)),
        rest => {
            let decimals = format!("{:02}", rest * 100 / 60);
            Arg::Text(format!("{}.{}", minutes / 60, decimals.trim_end_matches('0')))
        }
    }
}

/// The filled fields of a result; with `client_only`, those that the client may see.
pub fn result(task: &Task, plan: &definition::Task, client_only: bool) -> Vec<ResultLine> {
    let shown = plan.result.iter().filter(|field| field.client_sees || !client_only);
    shown
        .filter_map(|field| {
            let value = task.values.get(&field.id)?.clone();
            Some(ResultLine::of(field, value))
        })
        .collect()
}

/// What the tasks handed over that this one is built on, while it is worked on (PF-50).
pub fn inputs(project: &Project, task: &Task, plan: &definition::Task) -> Vec<ResultLine> {
    let period = task.id.period();
    let of = |input: &String| {
        let named = |found: &&Task| found.id.plan_id() == input && found.id.period() <= period;
        let found = project.tasks.iter().filter(named).max_by_key(|found| found.id.period())?;
        Some((found, project.plan(&found.id)?))
    };
    let found = plan.inputs.iter().filter_map(of).filter(|_| !task.status.is_over());
    found.flat_map(|(found, plan)| result(found, plan, false)).collect()
}

/// A button about the present round of the task.
pub fn press(project: &Project, task: &Task, label: Label, what: PressKind) -> Press {
    let id = project.opened.as_ref().map(|opened| opened.project.clone());
    Press {
        label,
        what,
        project: id.unwrap_or_else(|| "".into()),
        task: task.id.clone(),
        round: task.round,
        only: None,
    }
}

fn is_working(task: &Task) -> bool {
    task.status.is_open()
}

fn buttons(project: &Project, task: &Task, plan: &definition::Task) -> Vec<Vec<Press>> {
    let one = |key: &str, what| vec![press(project, task, Label::Key(key.into()), what)];
    match task.status {
        Status::Ready => {
            let start = std::iter::once(start_or_decline(project, task));
            start.chain(access_rows(project, task, plan)).collect()
        }
        Status::Rework => vec![one("btn-start", PressKind::Start)],
        Status::Paused => vec![one("btn-resume", PressKind::Resume)],
        Status::InProgress => working_buttons(project, task, plan),
        Status::Waiting
        | Status::InReview
        | Status::AwaitingApproval
        | Status::Completed
        | Status::Cancelled => Vec::new(),
    }
}

/// Logging time, where the template says what for: as long as the task takes any (PF-46, PF-75).
fn time_row(project: &Project, task: &Task, plan: &definition::Task) -> Option<Vec<Press>> {
    let takes = match task.status {
        Status::Waiting | Status::Cancelled => false,
        Status::Completed => plan.stays_open && !project.completed,
        Status::Ready
        | Status::InProgress
        | Status::Paused
        | Status::InReview
        | Status::AwaitingApproval
        | Status::Rework => true,
    };
    let shown = takes && !plan.time.is_empty();
    shown.then(|| vec![press(project, task, Label::Key("btn-time".into()), PressKind::Time)])
}

/// Taking a task is an act, and so is saying no to it (PF-97).
fn start_or_decline(project: &Project, task: &Task) -> Vec<Press> {
    let one = |key: &str, what| press(project, task, Label::Key(key.into()), what);
    let start = one("btn-start", PressKind::Start);
    let decline = (!task.clocks.declined).then(|| one("btn-decline", PressKind::Decline));
    std::iter::once(start).chain(decline).collect()
}

fn working_buttons(project: &Project, task: &Task, plan: &definition::Task) -> Vec<Vec<Press>> {
    let mut rows: Vec<Vec<Press>> = Vec::new();
    for field in &plan.result {
        let mark = if task.values.contains_key(&field.id) { "✓ " } else { "✎ " };
        rows.extend(field_row(project, task, field, mark));
    }
    for (item, line) in (1u32..).zip(&plan.checklist) {
        if !task.ticked.contains(&item) {
            let label = Label::Words("☐ ".into(), line.text.clone());
            let what = if line.needs_note { PressKind::Note { item } } else { PressKind::Tick { item } };
            rows.push(vec![press(project, task, label, what)]);
        }
    }
    rows.extend(access_rows(project, task, plan));
    for button in open_buttons(project, plan, task) {
        let label = Label::Words("▸ ".into(), button.title.clone());
        rows.push(vec![press(project, task, label, PressKind::Button { button: button.id.clone() })]);
    }
    let open = missing_to_finish(project, task).is_empty();
    let submit = Label::Key(if open { "btn-submit" } else { "btn-submit-locked" }.into());
    rows.push(vec![
        press(project, task, submit, PressKind::Submit),
        press(project, task, Label::Key("btn-pause".into()), PressKind::Pause),
    ]);
    rows
}

/// A button for each access that nobody has tried yet (G4).
fn access_rows(project: &Project, task: &Task, plan: &definition::Task) -> Vec<Vec<Press>> {
    let row = |item: &str| {
        let label = Label::Words("🔑 ".into(), project.access_title(item));
        vec![press(project, task, label, PressKind::Tried { item: item.to_owned() })]
    };
    let items: BTreeSet<&str> = project.accesses_awaited_by(plan).collect();
    items.into_iter().map(row).collect()
}

fn field_row(project: &Project, task: &Task, field: &definition::Field, mark: &str) -> Vec<Vec<Press>> {
    if field.kind == FieldKind::Choice && !task.values.contains_key(&field.id) {
        let option = |(option, words): &(String, Text)| {
            let label = Label::Words(mark.into(), words.clone());
            let what = PressKind::Choose { field: field.id.clone(), option: option.clone() };
            press(project, task, label, what)
        };
        return field.options.chunks(2).map(|pair| pair.iter().map(option).collect()).collect();
    }
    let label = Label::Words(mark.into(), field.title.clone());
    vec![vec![press(project, task, label, PressKind::Fill { field: field.id.clone() })]]
}
