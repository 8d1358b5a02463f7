//! Saying no to a task that is ready; it goes back to the PM (PF-97).

use super::ProjectCommand;
use super::event::{ContentRef, ProjectEvent};
use super::rules::{find, may_work, wrong_status};
use super::state::{Project, Status};
use crate::domain::{Asked, Refusal, TaskId};

/// The task stays ready, and the PM hears why; it is offered again when the role gets another person.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    reason: &ContentRef,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, plan) = find(project, id)?;
    may_work(project, asked, id, plan)?;
    if task.status != Status::Ready {
        return Err(wrong_status(task, plan, "decline"));
    }
    if task.clocks.declined {
        return Ok(Vec::new());
    }
    Ok(vec![ProjectEvent::TaskDeclined { task: id.clone(), reason: reason.clone() }])
}

#[cfg(test)]
mod tests {
    use crate::domain::project::ProjectCommand;
    use crate::domain::project::testing::*;

    fn decline(task: &str) -> ProjectCommand {
        ProjectCommand::DeclineTask { task: task.into(), reason: content() }
    }

    #[test]
    fn the_assignee_says_no_once_and_the_task_stays_ready() {
        let ready = completed("brief");
        ready.when(decline("plan")).then(&["task_declined"]);
        assert_eq!(ready.given(decline("plan")).statuses()[1], "ready");
        ready.given(decline("plan")).when(decline("plan")).then(&[]);
    }

    #[test]
    fn a_task_that_was_declined_can_be_offered_to_somebody_else_who_may_say_no_again() {
        let declined = completed("brief").given(decline("plan")).by("olena");
        let given = declined.given(ProjectCommand::AssignRole { role: "smm".into(), person: "taras".into() });
        given.by("taras").when(decline("plan")).then(&["task_declined"]);
    }

    #[test]
    fn only_a_task_that_is_ready_can_be_declined_and_only_by_its_assignee() {
        in_progress("plan").when(decline("plan")).refused("wrong-status");
        completed("brief").by("taras").when(decline("plan")).refused("not-your-task");
    }
}
