//! `project show`: a project with its tasks and what each of them lacks.

use crate::console::Console;
use crate::failure::Failure;
use crate::office::Office;
use crate::table::table;
use crate::task_view::{project_json, task_rows};

pub async fn run(typed: &str, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let (id, project) = office.find_project(typed).await?;
    let headings = ["task", "title", "status", "round", "assignee", "due", "missing"];
    let rows = task_rows(&project, &office.language, &|at| office.local(at));
    let opened = project.opened.as_ref();
    let title = opened.map_or("", |opened| opened.definition.title.in_language(&office.language));
    let client = opened.map_or("", |opened| opened.client.as_str());
    let text = format!("{id}  {title}  ({client})\n\n{}", table(console.draws(), &headings, &rows));
    console.answer(&project_json(&project, &office.language), &text);
    Ok(())
}
