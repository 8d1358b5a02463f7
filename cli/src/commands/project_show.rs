//! `project show`: a project with its tasks and what each of them lacks.

use std::fmt::Write;

use engine::domain::TaskId;
use engine::domain::project::Project;
use serde_json::json;

use super::payment::{HEADINGS, rows};
use super::{access, project_begin};
use crate::console::Console;
use crate::failure::Failure;
use crate::office::Office;
use crate::table::table;
use crate::task_view::{latest_period, project_json, task_rows};

pub async fn run(typed: &str, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let (id, project) = office.find_project(typed).await?;
    let headings = ["task", "title", "status", "round", "assignee", "due", "missing"];
    let rows = task_rows(&project, &office.language, &|at| office.local(at));
    let opened = project.opened.as_ref();
    let title = opened.map_or("", |opened| opened.definition.title.in_language(&office.language));
    let client = opened.map_or("", |opened| opened.client.as_str());
    let rests = project.paused.map(|since| format!("  paused since {}", office.local(since)));
    let rests = rests.unwrap_or_default();
    let text = format!("{id}  {title}  ({client}){rests}\n\n{}", table(console.draws(), &headings, &rows));
    let beginning = project_begin::read(&project, office, console).await?;
    let goals = goals(&project, &office.language);
    let text = format!("{text}{goals}{}{}", beginning.text, money(&project, console));
    let remarks = remarks(&project, office).await?;
    let mut json = project_json(&project, &office.language);
    for task in json["tasks"].as_array_mut().into_iter().flatten() {
        let said = remarks.iter().find(|(id, _)| task["task"] == id.as_str());
        let noted = beginning.notes.iter().find(|(id, _)| task["task"] == id.as_str());
        task["notes"] = json!(noted.map(|(_, notes)| notes.clone()).unwrap_or_default());
        task["remarks"] = json!(said.map(|(_, said)| said.clone()).unwrap_or_default());
    }
    json["handoff"] = beginning.handoff;
    json["risks"] = json!(beginning.risks);
    json["agreements"] = json!(beginning.agreements);
    json["accesses"] = json!(access::json_of(&project));
    console.answer(&json, &format!("{text}{}", in_words(&remarks)));
    Ok(())
}

/// How far the stages have come: `✓` where the goal holds.
fn goals(project: &Project, language: &str) -> String {
    let stages = project.opened.iter().flat_map(|opened| &opened.definition.stages);
    let line = |stage: &engine::domain::definition::Stage| {
        let mark = if project.is_reached(stage, latest_period(project)) { "✓" } else { "·" };
        let title = stage.title.in_language(language);
        Some(format!("\n{mark} {title}: {}", stage.goal.as_ref()?.in_language(language)))
    };
    let lines: String = stages.filter_map(line).collect();
    if lines.is_empty() { lines } else { format!("\n{lines}") }
}

/// Periods with their days, payments and expenses; nothing when there are none.
fn money(project: &Project, console: &Console<'_>) -> String {
    let mut text = String::new();
    for period in &project.periods {
        let days = period.dates.map(|(from, until)| format!("{from}..{until}"));
        let days = days.unwrap_or_else(|| "has not begun".to_owned());
        let _ = write!(text, "\n{}period {}  {days}", if text.is_empty() { "\n" } else { "" }, period.number);
    }
    if !project.payments.is_empty() {
        let _ = write!(text, "\n\n{}", table(console.draws(), &HEADINGS, &rows(project)));
    }
    for expense in &project.expenses {
        let _ = write!(text, "\n\nexpense  {}/{}  {}", expense.task, expense.field, expense.amount);
    }
    if !project.time.is_empty() {
        let _ = write!(text, "\n\ntime  {}", super::time::duration(super::time::minutes(project)));
    }
    for passed in &project.overrides {
        let gate =
            passed.gate.as_ref().map_or_else(|| "audit".to_owned(), engine::domain::definition::Gate::name);
        let by = passed.by.person().map_or("operator", engine::domain::PersonId::as_str);
        let _ = write!(text, "\n\nwithout  {}/{gate}  by {by}", passed.task);
    }
    if let Some(closed) = &project.closed {
        text.push_str(if closed.lost { "\n\nclosed: there is no deal" } else { "\n\nclosed" });
    }
    text
}

/// What is to be changed, task by task: the words of the auditor or the client, files by their names.
async fn remarks(project: &Project, office: &Office) -> Result<Vec<(TaskId, Vec<String>)>, Failure> {
    let mut found = Vec::new();
    for task in project.tasks.iter().filter(|task| task.status.is_open() && !task.remarks.is_empty()) {
        let ids: Vec<_> = task.remarks.iter().map(|remark| remark.content.clone()).collect();
        let contents = office.app.store().contents(&ids).await?;
        let words = contents.into_iter().map(|content| {
            if content.text.is_empty() { content.file_name.unwrap_or(content.kind) } else { content.text }
        });
        found.push((task.id.clone(), words.collect()));
    }
    Ok(found)
}

fn in_words(remarks: &[(TaskId, Vec<String>)]) -> String {
    let lines =
        remarks.iter().flat_map(|(task, said)| said.iter().map(move |said| format!("\n{task}: {said}")));
    let lines: String = lines.collect();
    if lines.is_empty() { lines } else { format!("\n\nremarks{lines}") }
}
