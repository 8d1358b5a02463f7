//! `time`: what people worked on, how long; entries are added and taken back, never changed (PF-46).

use engine::app::Along;
use engine::domain::project::time::TimeEntry;
use engine::domain::project::{Project, ProjectCommand};
use engine::domain::worktime::read_minutes;
use engine::domain::{ProjectId, Refusal};
use serde_json::{Value as Json, json};

use super::report::reason;
use crate::args::Time;
use crate::clock;
use crate::console::Console;
use crate::failure::Failure;
use crate::files::comment;
use crate::office::Office;
use crate::table::table;

const HEADINGS: [&str; 7] = ["entry", "day", "task", "kind", "time", "person", "comment"];

pub async fn run(command: Time, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let mut along = Along::default();
    let mut keep = |text: Option<&str>| {
        let text = text.filter(|text| !text.trim().is_empty())?;
        let (content, reference) = comment(text, office.by.person().cloned(), clock::now());
        along.contents.push(content);
        Some(reference)
    };
    let (project, task, order) = match command {
        Time::List { project, all } => return list(&project, all, office, console).await,
        Time::Add { task, minutes, kind, on, person, comment } => {
            let (project, task, _) = office.find_task(&task).await?;
            let Some(minutes) = read_minutes(&minutes) else {
                return Err(office.attempt("add_time", Refusal::TimeUnread { given: minutes }).await);
            };
            let person = match person {
                Some(person) => Some(office.staff(&person).await?),
                None => None,
            };
            let comment = keep(comment.as_deref());
            let order = ProjectCommand::AddTime { task: task.clone(), kind, minutes, on, person, comment };
            (project, Some(task), order)
        }
        Time::Cancel { entry, comment } => {
            let (project, _) = office.find_project(&entry.project).await?;
            let number = entry.task.parse::<u32>().map_err(|_| {
                Failure::usage(format!("{} is no number of an entry", entry.task))
                    .with_hint(format!("signoff time list {project}"))
            })?;
            let reason = keep(comment.as_deref());
            (project, None, ProjectCommand::CancelTime { entry: number, reason })
        }
    };
    let entry = if let ProjectCommand::CancelTime { entry, .. } = &order { Some(*entry) } else { None };
    let changed = office.project(&project, task.as_ref(), order, along).await?;
    tell(&project, entry, changed, office, console).await
}

/// The entry as it stands now; the latest one, if none is named.
async fn tell(
    project: &ProjectId,
    entry: Option<u32>,
    changed: bool,
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let Some(state) = office.app.project_state(project).await? else { return Ok(()) };
    let of_command = office.done_before().await?.and_then(|fact| fact["entry"].as_u64());
    let number = entry.or_else(|| of_command.and_then(|number| u32::try_from(number).ok()));
    let found = state.time.iter().find(|entry| Some(entry.number) == number).or_else(|| state.time.last());
    let Some(entry) = found else { return Ok(()) };
    let mut json = json_of(entry);
    if let Some(document) = json.as_object_mut() {
        document.insert("project".to_owned(), json!(project));
        document.insert("changed".to_owned(), json!(changed));
        document.insert("spent_minutes".to_owned(), json!(state.minutes_of(&entry.task)));
    }
    let note = match (changed, entry.cancelled) {
        (false, _) => " (nothing to change)",
        (true, true) => " taken back",
        (true, false) => "",
    };
    let (time, kind) = (duration(entry.minutes), entry.kind.word().replace('_', " "));
    let all = duration(state.minutes_of(&entry.task));
    let text = format!(
        "{project}/{}: {time} {kind} of {} by {}{note}; {all} on {}",
        entry.number, entry.on, entry.person, entry.task
    );
    console.answer(&json, &text);
    Ok(())
}

async fn list(typed: &str, all: bool, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let (_, state) = office.find_project(typed).await?;
    let entries: Vec<&TimeEntry> = state.time.iter().filter(|entry| all || !entry.cancelled).collect();
    let (mut json, mut rows) = (Vec::new(), Vec::new());
    for entry in entries {
        let said = match &entry.comment {
            Some(comment) => reason(&comment.content, office).await?,
            None => None,
        };
        let mut document = json_of(entry);
        document["comment"] = json!(said);
        json.push(document);
        rows.push(row(entry, said));
    }
    let minutes = minutes(&state);
    let text = if rows.is_empty() {
        "no time was written down".to_owned()
    } else {
        format!("{}\n\n{} altogether", table(console.draws(), &HEADINGS, &rows), duration(minutes))
    };
    console.answer(&json!({ "time": json, "minutes": minutes }), &text);
    Ok(())
}

/// All that counts on a project, in minutes.
pub fn minutes(state: &Project) -> u32 {
    let counts = state.time.iter().filter(|entry| !entry.cancelled);
    counts.fold(0, |sum, entry| sum.saturating_add(entry.minutes))
}

/// An entry, for machines.
pub fn json_of(entry: &TimeEntry) -> Json {
    json!({
        "entry": entry.number,
        "task": entry.task,
        "kind": entry.kind,
        "minutes": entry.minutes,
        "on": entry.on,
        "person": entry.person,
        "role": entry.role,
        "by": entry.by.person(),
        "at": entry.at,
        "cancelled": entry.cancelled,
    })
}

fn row(entry: &TimeEntry, said: Option<String>) -> Vec<String> {
    let taken_back = if entry.cancelled { " (taken back)" } else { "" };
    vec![
        entry.number.to_string(),
        entry.on.to_string(),
        entry.task.to_string(),
        entry.kind.word().replace('_', " "),
        format!("{}{taken_back}", duration(entry.minutes)),
        entry.person.to_string(),
        said.unwrap_or_else(|| "-".to_owned()),
    ]
}

/// Minutes as people read them: `1 h 30 min`.
pub fn duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    }
}
