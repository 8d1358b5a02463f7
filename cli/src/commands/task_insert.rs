//! `task insert`: a task that no template has, for a wish of the client that came up (SC-27).

use engine::app::Along;
use engine::domain::definition::Task;
use engine::domain::project::{Project, ProjectCommand};
use engine::domain::{Refusal, TaskId};
use serde_json::json;
use workflows::AdHoc;

use crate::args::InsertTask;
use crate::console::Console;
use crate::failure::Failure;
use crate::office::{Office, task_called};
use crate::slug::slug;

pub async fn run(wanted: InsertTask, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let (id, state) = office.find_project(&wanted.project).await?;
    let after = task_called(&state, &wanted.after);
    let plan = plan(&wanted, &state, office).await?;
    let task = TaskId::of(&plan.id, after.period());
    let command = ProjectCommand::InsertTask { after: after.clone(), plan: Box::new(plan) };
    let changed = office.project(&id, Some(&after), command, Along::default()).await?;
    let json = json!({ "project": id, "task": task, "after": after, "changed": changed });
    console.answer(&json, &format!("{id}/{task}: added after {after}"));
    Ok(())
}

async fn plan(wanted: &InsertTask, state: &Project, office: &Office) -> Result<Task, Failure> {
    let roles = &office.catalogue.agency().roles;
    if !roles.iter().any(|role| role.id == wanted.role) {
        let known = roles.iter().map(|role| role.id.clone()).collect();
        return Err(office.refused(Refusal::NoRole { role: wanted.role.clone(), known }, None).await);
    }
    let due = match &wanted.due {
        None => None,
        Some(text) => Some(workflows::term(text).ok_or_else(|| {
            Failure::usage(format!("{text} is not a length of time")).with_hint("--due \"2 business days\"")
        })?),
    };
    let id = wanted.id.clone().unwrap_or_else(|| free_id(&wanted.title, state));
    let (title, role, needs_approval) = (wanted.title.clone(), wanted.role.clone(), wanted.approval);
    let definition = state.opened.as_ref().map(|opened| &opened.definition);
    let wanted = AdHoc { id, title, role, due, needs_approval };
    Ok(wanted.plan(definition.map_or(&[], |definition| definition.stages.as_slice())))
}

/// An id made from the title that the project does not know yet.
fn free_id(title: &str, state: &Project) -> String {
    let base: String = slug(title).replace('-', "_").chars().take(34).collect();
    let base =
        if base.starts_with(|letter: char| letter.is_ascii_lowercase()) { base } else { format!("t_{base}") };
    let is_known = |id: &str| {
        let mut plans = state.opened.iter().flat_map(|opened| opened.definition.tasks());
        plans.any(|plan| plan.id == id || plan.was.iter().any(|was| was == id))
    };
    let more = (2..).map(|number| format!("{base}_{number}"));
    std::iter::once(base.clone()).chain(more).find(|id| !is_known(id)).unwrap_or(base)
}
