//! `task`: the steps of work, and the small things that lead to them.

use std::path::Path;

use engine::app::Along;
use engine::domain::definition::Gate;
use engine::domain::field::FileRef;
use engine::domain::project::{Project, ProjectCommand};
use engine::domain::{ProjectId, Refusal, TaskId};
use engine::store::change::Content;
use serde_json::json;

use super::task_set;
use crate::args::{CommentOnTask, SetDue, SetPriority, Task, TaskArg};
use crate::clock;
use crate::console::Console;
use crate::failure::Failure;
use crate::files::{self, comment};
use crate::hint::About;
use crate::office::{Office, Setup};
use crate::task_view::task_json;

pub async fn run(
    command: Task,
    setup: &Setup,
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let Some(named) = named(&command) else { return Ok(()) };
    let (project, task, state) = office.find_task(named).await?;
    let (order, along) = order(&command, &task, &state, setup, office).await?;
    let changed = office.project(&project, Some(&task), order, along).await?;
    tell(&project, &task, changed, office, console).await
}

/// `insert` names a project alone, and `show` orders nothing: both are done elsewhere.
fn named(command: &Task) -> Option<&TaskArg> {
    match command {
        Task::Insert(_) | Task::Show { .. } => None,
        Task::Start { task }
        | Task::Pause { task }
        | Task::Resume { task }
        | Task::Set { task, .. }
        | Task::Tick { task, .. }
        | Task::Press { task, .. }
        | Task::Confirm { task, .. }
        | Task::Submit { task }
        | Task::Accept { task }
        | Task::Return { task, .. }
        | Task::Decline { task, .. }
        | Task::Comment(CommentOnTask { task, .. })
        | Task::Due(SetDue { task, .. })
        | Task::Priority(SetPriority { task, .. })
        | Task::Promise { task, .. }
        | Task::Keep { task }
        | Task::Cancel { task, .. } => Some(task),
    }
}

/// The order to the project, with what is kept beside the log.
async fn order(
    command: &Task,
    id: &TaskId,
    state: &Project,
    setup: &Setup,
    office: &Office,
) -> Result<(ProjectCommand, Along), Failure> {
    let task = id.clone();
    let mut along = Along::default();
    let mut keep = |text: &str| {
        let (content, reference) = comment(text, office.by.person().cloned(), clock::now());
        along.contents.push(content);
        reference
    };
    let order = match command {
        Task::Start { .. } => ProjectCommand::StartTask { task },
        Task::Pause { .. } => ProjectCommand::PauseTask { task },
        Task::Resume { .. } => ProjectCommand::ResumeTask { task },
        Task::Submit { .. } => ProjectCommand::SubmitTask { task },
        Task::Accept { .. } => ProjectCommand::AcceptTask { task, round: None },
        Task::Tick { item, undo, note, .. } => {
            let note = note.as_deref().filter(|text| !text.trim().is_empty()).map(keep);
            ProjectCommand::TickItem { task, item: *item, done: !undo, note }
        }
        Task::Press { button, .. } => {
            let known = state.plan(id).and_then(|plan| plan.button_called(button));
            let button = known.map_or_else(|| button.clone(), |known| known.id.clone());
            ProjectCommand::PressButton { task, button }
        }
        Task::Set { values, .. } => {
            let (values, contents) = task_set::entered(id, values, state, setup, office)?;
            along.contents = contents;
            ProjectCommand::SetFields { task, values }
        }
        Task::Confirm { gate, comment, .. } if gate == "audit" => {
            said(comment, "--comment")?;
            ProjectCommand::OverrideAudit { task, reason: keep(comment) }
        }
        Task::Confirm { gate, comment, not_needed, .. } => {
            let gate = gate_called(gate, id, state, office).await?;
            said(comment, "--comment")?;
            if *not_needed {
                ProjectCommand::OverrideGate { task, gate, reason: keep(comment) }
            } else {
                ProjectCommand::ConfirmGate { task, gate, comment: keep(comment) }
            }
        }
        Task::Insert(_) | Task::Show { .. } => {
            return Err(Failure::usage("a task to insert is named by its title"));
        }
        Task::Return { comment, .. } => {
            let remark = comment.as_deref().filter(|text| !text.trim().is_empty()).map(keep);
            ProjectCommand::ReturnTask { task, round: None, remark }
        }
        Task::Decline { reason, .. } => {
            said(reason, "--reason")?;
            ProjectCommand::DeclineTask { task, reason: keep(reason) }
        }
        Task::Comment(comment) => {
            let text = comment.text.as_deref().filter(|text| !text.trim().is_empty()).map(keep);
            let (content, file) = file(comment.file.as_deref(), setup, office)?.unzip();
            along.contents.extend(content);
            if text.is_none() && file.is_none() {
                return Err(Failure::usage("a comment says something: \"text\", or --file PATH"));
            }
            ProjectCommand::Comment { task, text, file, to_client: comment.client }
        }
        Task::Priority(set) => ProjectCommand::SetPriority { task, priority: set.priority.into() },
        Task::Due(due) => {
            said(&due.comment, "--comment")?;
            ProjectCommand::SetDue { task, on: due.day, reason: Some(keep(&due.comment)) }
        }
        Task::Promise { day, what, .. } => {
            promised(what)?;
            ProjectCommand::PromiseNextStep { task: Some(task), by: *day, what: keep(what) }
        }
        Task::Keep { .. } => ProjectCommand::KeepPromise { task: Some(task) },
        Task::Cancel { comment, .. } => {
            said(comment, "--comment")?;
            ProjectCommand::CancelTask { task, reason: keep(comment) }
        }
    };
    Ok((order, along))
}

/// A file that goes with a comment.
fn file(path: Option<&Path>, setup: &Setup, office: &Office) -> Result<Option<(Content, FileRef)>, Failure> {
    let by = office.by.person().cloned();
    let keep = |path| files::keep(&setup.settings.files_dir, &setup.cwd.join(path), by, clock::now());
    path.map(keep).transpose()
}

/// The gate that was typed, or the refusal that names those there are.
async fn gate_called(typed: &str, id: &TaskId, state: &Project, office: &Office) -> Result<Gate, Failure> {
    let about = About {
        project: state.opened.as_ref().map_or("", |opened| opened.project.as_str()),
        task: Some(id),
        state: Some(state),
        now: clock::now(),
    };
    let Some(plan) = state.plan(id) else {
        return Err(office.refused(Refusal::NoTask { task: id.to_string() }, Some(about)).await);
    };
    let by_hand: Vec<&Gate> =
        plan.start_needs.iter().chain(&plan.finish_needs).filter(|gate| gate.is_by_hand()).collect();
    if let Some(gate) = by_hand.iter().find(|gate| gate.is_called(typed)) {
        return Ok((*gate).clone());
    }
    let known = by_hand.iter().map(|gate| gate.name()).collect();
    let refusal = Refusal::NoGate { task: id.to_string(), gate: typed.to_owned(), known };
    Err(office.refused(refusal, Some(about)).await)
}

/// The task as it stands now.
async fn tell(
    project: &ProjectId,
    task: &TaskId,
    changed: bool,
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let Some(state) = office.app.project_state(project).await? else { return Ok(()) };
    let Some(now) = state.task(task) else { return Ok(()) };
    let mut json = task_json(&state, now, &office.language);
    if let Some(document) = json.as_object_mut() {
        document.insert("project".to_owned(), json!(project));
        document.insert("changed".to_owned(), json!(changed));
    }
    let note = if changed { "" } else { " (nothing to change)" };
    let round = if now.round > 1 { format!(", round {}", now.round) } else { String::new() };
    let status = now.status.word().replace('_', " ");
    console.answer(&json, &format!("{project}/{task}: {status}{round}{note}"));
    Ok(())
}

/// A reason that says something, behind the option by which it is given.
pub fn said(reason: &str, option: &str) -> Result<(), Failure> {
    if reason.trim().is_empty() {
        return Err(Failure::usage(format!("a reason is needed: {option} \"why\"")));
    }
    Ok(())
}

/// A promise that says something.
pub fn promised(what: &str) -> Result<(), Failure> {
    if what.trim().is_empty() {
        return Err(Failure::usage("a promise says what the client gets: --by 2026-12-04 \"what\""));
    }
    Ok(())
}
