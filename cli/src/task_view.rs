//! Task view: a project and its tasks as documents and lines, with what each task lacks.

use engine::domain::definition::{self, FieldKind};
use engine::domain::field::{Row, Value};
use engine::domain::gate::{missing_to_finish, missing_to_start, open_buttons};
use engine::domain::project::state::Expense;
use engine::domain::project::timers::is_kept;
use engine::domain::project::{Overridden, Project, ProjectPeriod, Status, Task};
use engine::domain::{Missing, PersonId, Timestamp};
use serde_json::{Map, Value as Json, json};

use crate::commands::{minutes_of, payment_json, time_json};

/// One missing thing as a line: `missing  field  ad_period  Графік`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingLine {
    pub kind: &'static str,
    pub name: String,
    pub words: String,
}

impl MissingLine {
    /// The line for a refusal; `width` is that of the longest name.
    pub fn text(&self, width: usize) -> String {
        let Self { kind, name, words } = self;
        format!("  missing  {kind:<9}  {name:<width$}  {words}").trim_end().to_owned()
    }

    /// What is missing, in the words of `language`.
    pub fn of(missing: &Missing, language: &str) -> Self {
        let line = |kind, name: &str, words: String| Self { kind, name: name.to_owned(), words };
        match missing {
            Missing::Field { field, title } => line("field", field, title.in_language(language).to_owned()),
            Missing::More { field, title, at_least, have } => {
                line("field", field, format!("{}: {have} of {at_least}", title.in_language(language)))
            }
            Missing::Gate { gate } => line("gate", gate, String::new()),
            Missing::Checklist { item, text } => {
                line("checklist", &item.to_string(), text.in_language(language).to_owned())
            }
            Missing::Button { button, title, opens_with } if opens_with.is_empty() => {
                line("button", button, title.in_language(language).to_owned())
            }
            Missing::Button { button, opens_with, .. } => {
                let verb = if opens_with.len() == 1 { "is" } else { "are" };
                line("button", button, format!("opens when {} {verb} filled", opens_with.join(", ")))
            }
            Missing::Role { role } => line("role", role, "nobody holds it here".to_owned()),
            Missing::Task { task, title } => {
                line("task", task.as_str(), title.in_language(language).to_owned())
            }
            Missing::Approval { task, title } => {
                line("approval", task.as_str(), title.in_language(language).to_owned())
            }
            Missing::OtherFile { field, approved, .. } => {
                line("file", field, format!("not what the client approved in {approved}"))
            }
            Missing::Outside { field, rows, .. } => {
                let rows: Vec<String> = rows.iter().map(u32::to_string).collect();
                line("field", field, format!("days outside the period in rows {}", rows.join(", ")))
            }
            Missing::Handoff { need } => line("handoff", need, String::new()),
        }
    }
}

/// What is missing, for machines: one name under its kind.
pub fn missing_json(missing: &Missing) -> Json {
    match missing {
        Missing::Field { field, .. } | Missing::More { field, .. } => json!({ "field": field }),
        Missing::Gate { gate } => json!({ "gate": gate }),
        Missing::Checklist { item, .. } => json!({ "checklist": item }),
        Missing::Button { button, .. } => json!({ "button": button }),
        Missing::Role { role } => json!({ "role": role }),
        Missing::Task { task, .. } => json!({ "task": task }),
        Missing::Approval { task, .. } => json!({ "approval": task }),
        Missing::OtherFile { field, approved, .. } => json!({ "file": field, "approved": approved }),
        Missing::Outside { field, rows, .. } => json!({ "field": field, "rows_outside": rows }),
        Missing::Handoff { need } => json!({ "handoff": need }),
    }
}

/// What keeps a task from its next step: from being ready, started or finished.
pub fn missing(project: &Project, task: &Task) -> Vec<Missing> {
    match task.status {
        Status::Waiting => {
            let before = project.unfinished_before(&task.id);
            let title = |id| project.plan(id).map(|plan| plan.title.clone()).unwrap_or_default();
            before
                .map(|before| Missing::Task { task: before.id.clone(), title: title(&before.id) })
                .into_iter()
                .collect()
        }
        Status::Ready => missing_to_start(project, task),
        Status::InProgress
        | Status::Paused
        | Status::InReview
        | Status::AwaitingApproval
        | Status::Rework => missing_to_finish(project, task),
        Status::Completed | Status::Cancelled => Vec::new(),
    }
}

/// A project with its tasks, for machines.
pub fn project_json(project: &Project, language: &str) -> Json {
    let Some(opened) = &project.opened else { return Json::Null };
    let tasks: Vec<Json> = project.tasks.iter().map(|task| task_json(project, task, language)).collect();
    json!({
        "project": opened.project,
        "client": opened.client,
        "service": opened.definition.service,
        "paused": project.paused,
        "promises": promises(project),
        "tasks": tasks,
        "periods": project.periods.iter().map(period_json).collect::<Vec<_>>(),
        "payments": project.payments.iter().map(payment_json).collect::<Vec<_>>(),
        "expenses": project.expenses.iter().map(expense_json).collect::<Vec<_>>(),
        "price": opened.price.as_ref().map(ToString::to_string),
        "overrides": project.overrides.iter().map(override_json).collect::<Vec<_>>(),
        "version": opened.definition.hash,
        "stages": opened.definition.stages.iter().map(|stage| stage_json(project, stage, language)).collect::<Vec<_>>(),
        "time": project.time.iter().map(time_json).collect::<Vec<_>>(),
        "minutes": minutes_of(project),
        "closed": project.closed.as_ref().map(|closed| json!({ "lost": closed.lost })),
    })
}

/// What the client was promised and what is not over yet.
fn promises(project: &Project) -> Vec<Json> {
    let open = project.promises.iter().filter(|(task, _)| !is_kept(project, task.as_ref()));
    open.map(|(task, promise)| json!({ "task": task, "by": promise.by, "missed": promise.missed })).collect()
}

/// A stage with its goal, and whether all that it has in the latest period is done.
fn stage_json(project: &Project, stage: &definition::Stage, language: &str) -> Json {
    json!({
        "stage": stage.id,
        "title": stage.title.in_language(language),
        "goal": stage.goal.as_ref().map(|goal| goal.in_language(language)),
        "reached": project.is_reached(stage, latest_period(project)),
    })
}

/// The period that was opened last; 1 where none repeats.
pub fn latest_period(project: &Project) -> u32 {
    project.periods.last().map_or(1, |period| period.number)
}

fn period_json(period: &ProjectPeriod) -> Json {
    let (from, until) = period.dates.unzip();
    json!({ "period": period.number, "from": from, "until": until })
}

fn override_json(passed: &Overridden) -> Json {
    let gate = passed.gate.as_ref().map_or_else(|| "audit".to_owned(), definition::Gate::name);
    json!({ "task": passed.task, "gate": gate, "by": passed.by.person(), "at": passed.at })
}

fn expense_json(expense: &Expense) -> Json {
    json!({ "task": expense.task, "field": expense.field, "amount": expense.amount.to_string() })
}

/// One task, for machines.
pub fn task_json(project: &Project, task: &Task, language: &str) -> Json {
    let plan = project.plan(&task.id);
    let missing: Vec<Json> = missing(project, task).iter().map(missing_json).collect();
    let can_press = matches!(task.status, Status::InProgress | Status::Paused);
    let buttons: Vec<&str> = plan
        .filter(|_| can_press)
        .map(|plan| open_buttons(project, plan, task).map(|button| button.id.as_str()).collect())
        .unwrap_or_default();
    json!({
        "task": task.id,
        "title": plan.map(|plan| plan.title.in_language(language)),
        "status": task.status.word(),
        "round": task.round,
        "assignee": project.assignee(&task.id),
        "auditor": project.auditor(&task.id),
        "due": task.due,
        "planned_minutes": plan.map(|plan| plan.minutes),
        "spent_minutes": project.minutes_of(&task.id),
        "missing": missing,
        "buttons": buttons,
        "brief_changed": project.changed_forms(task).iter().map(|form| form.id.as_str()).collect::<Vec<_>>(),
        "fields": fields_json(plan, task),
    })
}

fn fields_json(plan: Option<&definition::Task>, task: &Task) -> Json {
    let kind = |field: &str| plan.and_then(|plan| plan.field(field)).map(|field| field.kind);
    let fields = task.values.iter().map(|(field, value)| (field.clone(), value_json(kind(field), value)));
    Json::Object(fields.collect::<Map<_, _>>())
}

/// A value as `task set` takes it back, lists as lists.
fn value_json(kind: Option<FieldKind>, value: &Value) -> Json {
    let one_or_all = |all: &[String]| match (kind, all) {
        (Some(FieldKind::Link | FieldKind::Choice), [only]) => json!(only),
        _ => json!(all),
    };
    match value {
        Value::Text(text) => json!(text),
        Value::Links(all) | Value::Choices(all) => one_or_all(all),
        Value::Files(files) => json!(files),
        Value::Number(number) => serde_json::from_str(number).unwrap_or_else(|_| json!(number)),
        Value::Money(money) => json!(money.to_string()),
        Value::Date(day) => json!(day),
        Value::DateRange(from, to) => json!(format!("{from}..{to}")),
        Value::DateTime(at) => json!(at.format("%Y-%m-%d %H:%M").to_string()),
        Value::YesNo(flag) => json!(flag),
        Value::Topics(topics) => json!(topics),
        Value::Table(rows) => rows.iter().map(row_json).collect(),
        Value::ChoiceForEach(chosen) => json!(chosen),
        Value::Done(stages) => json!(stages),
    }
}

/// A row of a table, each cell like a field of its kind.
fn row_json(row: &Row) -> Json {
    let cells = row.iter().map(|(column, cell)| (column.clone(), value_json(Some(FieldKind::Choice), cell)));
    Json::Object(cells.collect::<Map<_, _>>())
}

/// The mark of work that was built on an older brief (AG-12).
fn changed(project: &Project, task: &Task) -> &'static str {
    if project.changed_forms(task).is_empty() { "" } else { ", brief changed since start" }
}

/// The rows of the tasks, for people; `local` writes a moment in their zone.
pub fn task_rows(project: &Project, language: &str, local: &dyn Fn(Timestamp) -> String) -> Vec<Vec<String>> {
    let person = |person: Option<&PersonId>| person.map_or_else(|| "-".to_owned(), ToString::to_string);
    let rows = project.tasks.iter().map(|task| {
        let title = project.plan(&task.id).map_or("", |plan| plan.title.in_language(language));
        let lacks = missing(project, task).into_iter().map(|missing| {
            let line = MissingLine::of(&missing, language);
            format!("{} {}", line.kind, line.name)
        });
        vec![
            task.id.to_string(),
            title.to_owned(),
            format!("{}{}", task.status.word().replace('_', " "), changed(project, task)),
            task.round.to_string(),
            person(project.assignee(&task.id)),
            task.due.map_or_else(|| "-".to_owned(), local),
            lacks.collect::<Vec<_>>().join(", "),
        ]
    });
    rows.collect()
}
