//! Handing a result over: complete, ticked and with its gates open (G7, PF-44).

use super::ProjectCommand;
use super::event::ProjectEvent;
use super::receive_payment;
use super::rules::{find, hand_over, may_work, wrong_status};
use super::state::{Project, Status};
use crate::domain::gate::missing_to_finish;
use crate::domain::{Asked, Refusal, TaskId};

/// The result goes to the auditor; without one, to the client.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, plan) = find(project, id)?;
    may_work(project, asked, id, plan)?;
    if !matches!(task.status, Status::InProgress | Status::Paused) {
        return Err(wrong_status(task, plan, "submit"));
    }
    let missing = missing_to_finish(project, task);
    if !missing.is_empty() {
        return Err(Refusal::CannotFinish { task: task.id.0.clone(), title: plan.title.clone(), missing });
    }
    if let Some(part) = receive_payment::in_part(project, asked, task)? {
        return Ok(part);
    }
    let result_sha256 = task.fingerprint();
    let submitted = ProjectEvent::TaskSubmitted {
        task: id.clone(),
        round: task.round,
        result_sha256: result_sha256.clone(),
    };
    let onward = match plan.auditor {
        Some(_) => Vec::new(),
        None => hand_over(project, asked, id, task.round, &result_sha256),
    };
    Ok(std::iter::once(submitted).chain(onward).collect())
}

#[cfg(test)]
mod tests {
    use crate::domain::project::testing::*;

    #[test]
    fn without_auditor_and_approval_the_next_task_opens() {
        let ready = opened().given(start("brief")).given(receive_by_staff(&["business"]));
        ready.when(submit("brief")).then(&["task_submitted", "task_completed", "task_ready"]);
    }

    #[test]
    fn no_brief_no_start_of_production() {
        opened().given(start("brief")).when(submit("brief")).missing(&["gate form:smm-brief"]);
    }

    #[test]
    fn with_an_auditor_the_client_hears_nothing_yet() {
        ready_to_submit("plan").when(submit("plan")).then(&["task_submitted"]);
    }

    #[test]
    fn a_no_lists_everything_that_is_missing() {
        in_progress("plan").when(submit("plan")).missing(&["field link", "field posts", "checklist 1"]);
    }

    #[test]
    fn a_task_that_did_not_start_has_nothing_to_hand_over() {
        opened().when(submit("brief")).refused("wrong-status");
    }
}
