//! Ticking a line of the checklist (PF-45).

use super::ProjectCommand;
use super::event::ProjectEvent;
use super::rules::{find, may_work, wrong_status};
use super::state::{Project, Status};
use crate::domain::{Asked, Refusal, TaskId};

/// The line is ticked, or the tick is taken away.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    item: u32,
    done: bool,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, plan) = find(project, id)?;
    may_work(project, asked, id, plan)?;
    let have = u32::try_from(plan.checklist.len()).unwrap_or(u32::MAX);
    if item == 0 || item > have {
        return Err(Refusal::NoItem { task: task.id.0.clone(), item, have });
    }
    if !matches!(task.status, Status::Ready | Status::InProgress | Status::Paused | Status::Rework) {
        return Err(wrong_status(task, plan, "tick"));
    }
    if task.ticked.contains(&item) == done {
        return Ok(Vec::new());
    }
    Ok(vec![ProjectEvent::ItemTicked { task: id.clone(), item, done }])
}

#[cfg(test)]
mod tests {
    use crate::domain::project::testing::*;

    #[test]
    fn a_line_is_ticked_once() {
        in_progress("plan").when(tick("plan", 1)).then(&["item_ticked"]);
        in_progress("plan").given(tick("plan", 1)).when(tick("plan", 1)).then(&[]);
    }

    #[test]
    fn a_line_that_is_not_there_is_refused() {
        in_progress("plan").when(tick("plan", 3)).refused("no-item");
        in_progress("plan").when(tick("plan", 0)).refused("no-item");
    }
}
