//! Cancelling a task, from anywhere but its end, with a reason.

use super::ProjectCommand;
use super::event::{ContentRef, ProjectEvent};
use super::rules::{find, may_lead, open_next, wrong_status};
use super::state::{Project, Status};
use crate::domain::{Asked, Refusal, TaskId};

/// The task is cancelled; if it was its turn, the next one opens.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    reason: &ContentRef,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, plan) = find(project, id)?;
    may_lead(project, asked, "cancel")?;
    match task.status {
        Status::Cancelled => return Ok(Vec::new()),
        Status::Completed => return Err(wrong_status(task, plan, "cancel")),
        Status::Waiting
        | Status::Ready
        | Status::InProgress
        | Status::Paused
        | Status::InReview
        | Status::AwaitingApproval
        | Status::Rework => {}
    }
    let cancelled = ProjectEvent::TaskCancelled { task: id.clone(), reason: reason.clone() };
    Ok(std::iter::once(cancelled).chain(open_next(project, asked, id)).collect())
}

#[cfg(test)]
mod tests {
    use crate::domain::project::testing::*;

    #[test]
    fn cancelling_the_open_task_opens_the_next() {
        in_progress("brief").by("olena").when(cancel("brief")).then(&["task_cancelled", "task_ready"]);
    }

    #[test]
    fn cancelling_a_waiting_task_opens_nothing() {
        opened().when(cancel("plan")).then(&["task_cancelled"]);
        opened().given(cancel("ads")).when(cancel("plan")).then(&["task_cancelled"]);
    }

    #[test]
    fn cancelling_the_last_task_ends_the_project() {
        completed("plan").by("olena").when(cancel("ads")).then(&["task_cancelled", "project_completed"]);
    }

    #[test]
    fn a_completed_task_stays_completed() {
        completed("plan").by("olena").when(cancel("plan")).refused("wrong-status");
    }
}
