//! The project as one document: what was agreed, who works on it, every task with all that was said and decided.

use engine::domain::project::state::{Expense, Promise};
use engine::domain::project::time::TimeEntry;
use engine::domain::project::{Payment, ProjectPeriod, Task};
use engine::domain::{PersonId, TaskId};
use engine::store::StoredEvent;
use serde_json::{Map, Value as Json, json};

use crate::gather::{Gathered, content_of};

/// Facts of a task that are decisions on its result.
const DECISIONS: [&str; 8] = [
    "task_accepted",
    "task_returned",
    "task_approved",
    "task_sent_back",
    "decision_undone",
    "approval_deemed",
    "gate_overridden",
    "audit_overridden",
];

/// The document; `missing` are the files whose bytes are not here.
pub fn project(of: &Gathered, missing: &[String]) -> Json {
    let (project, opened) = (&of.project, &of.opened);
    json!({
        "format": crate::FORMAT,
        "exported": of.at,
        "project": of.id,
        "client": { "id": opened.client, "name": of.client },
        "service": opened.definition.service,
        "title": opened.definition.title.in_language(&of.language),
        "template_version": opened.definition.hash,
        "opened": opened.at,
        "paused": project.paused,
        "completed": project.completed,
        "ended": project.ended,
        "closed": project.closed.as_ref().map(|closed| json!({
            "lost": closed.lost,
            "reason": resolved(of, &json!(closed.reason)),
            "left": closed.left,
        })),
        "price": opened.price,
        "team": opened.assigned.iter().map(|(role, who)| json!({ "role": role, "person": person(of, who) })).collect::<Vec<_>>(),
        "tasks": project.tasks.iter().map(|task| task_json(of, task)).collect::<Vec<_>>(),
        "done": ids(of, |task| task.status.is_over()),
        "not_done": ids(of, |task| !task.status.is_over()),
        "periods": project.periods.iter().map(period).collect::<Vec<_>>(),
        "promises": project.promises.iter().map(|(task, kept)| promise(of, task.as_ref(), kept)).collect::<Vec<_>>(),
        "payments": project.payments.iter().map(|one| payment(of, one)).collect::<Vec<_>>(),
        "expenses": project.expenses.iter().map(expense).collect::<Vec<_>>(),
        "time": project.time.iter().map(|entry| time(of, entry)).collect::<Vec<_>>(),
        "briefs": said_of(of, None, &["form_received"]),
        "agreements": said_of(of, None, &["rules_acknowledged"]),
        "handoff": {
            "state": project.handoff.word(),
            "promised": resolved(of, &json!(project.handoff.promised)),
        },
        // What they say is nobody's here: only that they came.
        "accesses": project.access_items().iter().map(|item| json!({
            "access": item,
            "state": project.access_state(item).word(),
        })).collect::<Vec<_>>(),
        "files": of.papers.iter().map(|paper| json!({
            "content": paper.content,
            "path": paper.path,
            "sha256": paper.sha256,
            "missing": missing.contains(&paper.path),
        })).collect::<Vec<_>>(),
    })
}

/// A result as people read it.
pub fn result_in_words(of: &Gathered, task: &Task) -> String {
    of.result(&task.id).to_owned()
}

fn ids(of: &Gathered, is: impl Fn(&Task) -> bool) -> Vec<&TaskId> {
    of.project.tasks.iter().filter(|task| is(task)).map(|task| &task.id).collect()
}

fn task_json(of: &Gathered, task: &Task) -> Json {
    let (project, id) = (&of.project, &task.id);
    let plan = project.plan(id);
    json!({
        "task": id,
        "title": plan.map(|plan| plan.title.in_language(&of.language)),
        "stage": of.stage(id).map(|stage| stage.title.in_language(&of.language)),
        "period": id.period(),
        "status": task.status.word(),
        "round": task.round,
        "priority": task.priority.word(),
        "role": plan.map(|plan| &plan.assignee),
        "assignee": project.assignee(id).map(|who| person(of, who)),
        "auditor": project.auditor(id).map(|who| person(of, who)),
        "ready": task.clocks.ready,
        "started": task.clocks.began,
        "submitted": task.clocks.submitted,
        "asked": task.clocks.asked,
        "over": task.clocks.over,
        "due": task.due,
        "due_by_hand": task.due_by_hand,
        "planned_minutes": plan.map(|plan| plan.minutes),
        "spent_minutes": project.minutes_of(id),
        "fields": resolved(of, &json!(task.values)),
        "result_sha256": task.result_sha256,
        "checklist": plan.map(|plan| checklist(of, plan, task)),
        "buttons": task.pressed,
        "gates": task.confirmed.iter().map(engine::domain::definition::Gate::name).collect::<Vec<_>>(),
        "decisions": said_of(of, Some(id), &DECISIONS),
        "remarks": said_of(of, Some(id), &["remark_added"]),
        "comments": said_of(of, Some(id), &["commented"]),
    })
}

fn checklist(of: &Gathered, plan: &engine::domain::definition::Task, task: &Task) -> Vec<Json> {
    let line = |(number, item): (u32, &engine::domain::definition::Item)| {
        let note = task.notes.get(&number).map(|note| resolved(of, &json!(note)));
        json!({
            "item": number,
            "text": item.text.in_language(&of.language),
            "ticked": task.ticked.contains(&number),
            "note": note,
        })
    };
    (1..).zip(&plan.checklist).map(line).collect()
}

fn period(period: &ProjectPeriod) -> Json {
    let (from, until) = period.dates.unzip();
    json!({ "period": period.number, "from": from, "until": until })
}

fn promise(of: &Gathered, task: Option<&TaskId>, promise: &Promise) -> Json {
    json!({
        "task": task,
        "by": promise.by,
        "what": resolved(of, &json!(promise.what)),
        "missed": promise.missed,
    })
}

fn payment(of: &Gathered, payment: &Payment) -> Json {
    json!({
        "payment": payment.id,
        "task": payment.task,
        "state": payment.state().word(),
        "amount": payment.amount,
        "due": payment.due(),
        "received": payment.received(),
        "invoice": payment.invoice.as_ref().map(|invoice| json!({
            "number": invoice.number,
            "amount": invoice.amount,
            "date": invoice.date,
            "file": resolved(of, &json!(invoice.file)),
            "by": of.actor(&invoice.by),
            "at": invoice.at,
        })),
        "receipts": payment.receipts.iter().map(|receipt| json!({
            "amount": receipt.amount,
            "on": receipt.on,
            "reason": resolved(of, &json!(receipt.reason)),
            "by": of.actor(&receipt.by),
            "at": receipt.at,
        })).collect::<Vec<_>>(),
        "cancelled": resolved(of, &json!(payment.cancelled)),
    })
}

fn expense(expense: &Expense) -> Json {
    json!({ "task": expense.task, "field": expense.field, "amount": expense.amount, "at": expense.at })
}

fn time(of: &Gathered, entry: &TimeEntry) -> Json {
    json!({
        "entry": entry.number,
        "task": entry.task,
        "kind": entry.kind.word(),
        "minutes": entry.minutes,
        "on": entry.on,
        "person": person(of, &entry.person),
        "role": entry.role,
        "comment": resolved(of, &json!(entry.comment)),
        "by": of.actor(&entry.by),
        "at": entry.at,
        "taken_back": entry.cancelled,
    })
}

fn person(of: &Gathered, person: &PersonId) -> Json {
    json!({ "id": person, "name": of.name(person) })
}

/// The facts of these kinds, of a task or of the whole project: who, when, and what they say.
fn said_of(of: &Gathered, task: Option<&TaskId>, kinds: &[&str]) -> Vec<Json> {
    let is_of = |data: &Json| task.is_none_or(|task| data["task"] == task.as_str());
    let wanted = of.events.iter().filter(|(event, data)| kinds.contains(&event.kind.as_str()) && is_of(data));
    wanted.map(|(event, data)| said(of, event, data)).collect()
}

fn said(of: &Gathered, event: &StoredEvent, data: &Json) -> Json {
    let mut said = resolved(of, data);
    let who = data["person"].as_str().map(PersonId::from);
    let name = who.as_ref().map_or_else(|| of.actor(&event.by), |who| of.name(who).to_owned());
    if let Some(fields) = said.as_object_mut() {
        fields.insert("position".to_owned(), json!(event.position));
        fields.insert("at".to_owned(), json!(event.at));
        fields.insert("who".to_owned(), json!(name));
    }
    said
}

/// The same with the words behind each reference, or the place of the file.
fn resolved(of: &Gathered, data: &Json) -> Json {
    match data {
        Json::Array(all) => all.iter().map(|one| resolved(of, one)).collect(),
        Json::Object(fields) => {
            let mut whole: Map<String, Json> =
                fields.iter().map(|(name, value)| (name.clone(), resolved(of, value))).collect();
            if let Some(content) = content_of(data) {
                let file = of.papers.iter().find(|paper| paper.content == content);
                if let Some(file) = file {
                    whole.insert("path".to_owned(), json!(file.path));
                }
                let known = of.contents.get(&content);
                let words =
                    known.filter(|known| !known.text.is_empty()).map(|known| words(&known.kind, &known.text));
                whole.extend(words.map(|words| ("text".to_owned(), words)));
                if known.is_none() {
                    whole.insert("erased".to_owned(), json!(true));
                }
            }
            Json::Object(whole)
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => data.clone(),
    }
}

/// A brief is kept as a document, everything else as text.
fn words(kind: &str, text: &str) -> Json {
    let brief = (kind == "brief").then(|| serde_json::from_str(text).ok()).flatten();
    brief.unwrap_or_else(|| json!(text))
}
