//! `project pause`, `resume`, `promise` and `keep`: how a project goes on, and what the client was told about that.

use chrono::NaiveDate;
use engine::app::Along;
use engine::domain::ProjectId;
use engine::domain::project::ProjectCommand;
use serde_json::json;

use super::task::{promised, said};
use crate::clock;
use crate::console::Console;
use crate::failure::Failure;
use crate::files::comment;
use crate::office::Office;

/// The project rests, with the reason.
pub async fn pause(
    typed: &str,
    reason: &str,
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    said(reason, "--reason")?;
    let (project, _) = office.find_project(typed).await?;
    let (content, reason) = comment(reason, office.by.person().cloned(), clock::now());
    let along = Along { contents: vec![content], ..Along::default() };
    let changed = office.project(&project, None, ProjectCommand::PauseProject { reason }, along).await?;
    tell(&project, changed, "paused; nobody is reminded of anything", console);
    Ok(())
}

/// The project goes on.
pub async fn resume(typed: &str, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let (project, _) = office.find_project(typed).await?;
    let changed = office.project(&project, None, ProjectCommand::ResumeProject, Along::default()).await?;
    tell(&project, changed, "goes on", console);
    Ok(())
}

/// The next step about the project as a whole, by the end of a day.
pub async fn promise(
    typed: &str,
    (by, what): (NaiveDate, &str),
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    promised(what)?;
    let (project, _) = office.find_project(typed).await?;
    let (content, what) = comment(what, office.by.person().cloned(), clock::now());
    let along = Along { contents: vec![content], ..Along::default() };
    let command = ProjectCommand::PromiseNextStep { task: None, by, what };
    let changed = office.project(&project, None, command, along).await?;
    tell(&project, changed, &format!("promised by {by}"), console);
    Ok(())
}

/// The promise about the project is kept.
pub async fn keep(typed: &str, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let (project, _) = office.find_project(typed).await?;
    let command = ProjectCommand::KeepPromise { task: None };
    let changed = office.project(&project, None, command, Along::default()).await?;
    tell(&project, changed, "promise kept", console);
    Ok(())
}

fn tell(project: &ProjectId, changed: bool, what: &str, console: &mut Console<'_>) {
    let note = if changed { "" } else { " (nothing to change)" };
    console.answer(&json!({ "project": project, "changed": changed }), &format!("{project}: {what}{note}"));
}
