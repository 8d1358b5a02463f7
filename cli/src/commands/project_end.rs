//! `project open-period` and `project close`: on with the next period, or the end.

use engine::app::Along;
use engine::domain::project::ProjectCommand;
use serde_json::json;

use super::task::said;
use crate::clock;
use crate::console::Console;
use crate::failure::Failure;
use crate::files::comment;
use crate::office::Office;

/// Opens the next period, or the one that was named.
pub async fn open_period(
    typed: &str,
    number: Option<u32>,
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let (id, project) = office.find_project(typed).await?;
    let period = number.unwrap_or(project.last_period() + 1);
    let changed = office.project(&id, None, ProjectCommand::OpenPeriod { period }, Along::default()).await?;
    let note = if changed { "" } else { " (nothing to change)" };
    let json = json!({ "project": id, "period": period, "changed": changed });
    console.answer(&json, &format!("{id}: period {period} is open{note}"));
    Ok(())
}

/// Closes the project.
pub async fn close(
    typed: &str,
    why: &str,
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    said(why, "--comment")?;
    let (id, _) = office.find_project(typed).await?;
    let (content, reason) = comment(why, office.by.person().cloned(), clock::now());
    let along = Along { contents: vec![content], ..Along::default() };
    let changed = office.project(&id, None, ProjectCommand::CloseProject { reason }, along).await?;
    let note = if changed { "" } else { " (nothing to change)" };
    console.answer(&json!({ "project": id, "changed": changed }), &format!("{id}: closed{note}"));
    Ok(())
}
