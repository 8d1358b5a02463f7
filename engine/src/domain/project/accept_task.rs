//! The auditor's yes: the result goes to the client (G8, PF-43).

use super::ProjectCommand;
use super::event::ProjectEvent;
use super::rules::{find, hand_over, may_check, wrong_status};
use super::state::{Project, Status};
use crate::domain::{Asked, Refusal, Round, TaskId};

/// The result is accepted; `round` guards against a button of an earlier one.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    round: Option<Round>,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, plan) = find(project, id)?;
    if round.is_some_and(|round| round != task.round) {
        return Err(Refusal::Stale);
    }
    if task.status != Status::InReview {
        return Err(wrong_status(task, plan, "accept"));
    }
    may_check(project, asked, task, plan)?;
    let accepted = ProjectEvent::TaskAccepted { task: id.clone(), round: task.round };
    let sha256 = task.result_sha256.clone().unwrap_or_default();
    let onward = hand_over(project, asked, id, task.round, &sha256);
    Ok(std::iter::once(accepted).chain(onward).collect())
}

#[cfg(test)]
mod tests {
    use crate::domain::project::testing::*;

    #[test]
    fn what_the_auditor_accepts_goes_to_the_client() {
        in_review("plan").when(accept("plan")).then(&["task_accepted", "approval_asked"]);
    }

    #[test]
    fn what_needs_no_approval_is_completed() {
        in_review("ads").when(accept("ads")).then(&["task_accepted", "task_completed", "project_completed"]);
    }

    #[test]
    fn nobody_checks_his_own_work() {
        in_review("plan").by("maksym").when(accept("plan")).refused("own-work");
    }

    #[test]
    fn somebody_who_is_not_the_auditor_does_not_accept() {
        in_review("plan").by("iryna").when(accept("plan")).refused("not-your-check");
    }

    #[test]
    fn accepting_twice_is_refused_and_changes_nothing() {
        in_review("plan").given(accept("plan")).when(accept("plan")).refused("wrong-status");
    }
}
