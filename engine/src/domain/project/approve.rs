//! The client's yes: one decision per task and round (PF-55, TG-23).

use super::ProjectCommand;
use super::event::ProjectEvent;
use super::rules::{approver, complete, find};
use super::state::{Project, Status, Task};
use crate::domain::gate::outside;
use crate::domain::{Asked, Refusal, Round, TaskId};

/// Approved, completed, and the next task opens.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    round: Round,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, plan) = find(project, id)?;
    let person = approver(asked)?;
    awaits_decision(task, round)?;
    // A newer version of the template may know of a date range that the older one did not.
    let missing = outside(plan, task);
    if !missing.is_empty() {
        return Err(Refusal::CannotFinish { task: id.0.clone(), title: plan.title.clone(), missing });
    }
    let result_sha256 = task.result_sha256.clone().unwrap_or_default();
    let approved = ProjectEvent::TaskApproved { task: id.clone(), round, person, result_sha256 };
    Ok(std::iter::once(approved).chain(complete(project, asked, id, round)).collect())
}

/// Whether this round of the task waits for a decision; otherwise why not, politely.
pub fn awaits_decision(task: &Task, round: Round) -> Result<(), Refusal> {
    if task.status == Status::AwaitingApproval && task.round == round {
        return Ok(());
    }
    let newer_asked = task.status == Status::AwaitingApproval && task.round > round;
    if let Some((_, at)) = task.deemed.filter(|(deemed, _)| *deemed == round) {
        return Err(Refusal::AlreadyDecided { person: None, at, approved: true });
    }
    match &task.decision {
        Some(decision) if decision.round == round && !newer_asked => Err(Refusal::AlreadyDecided {
            person: Some(decision.person.clone()),
            at: decision.at,
            approved: decision.approved,
        }),
        _ => Err(Refusal::Stale),
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::project::testing::*;

    #[test]
    fn an_approval_completes_the_task_and_opens_the_next() {
        let asked = awaiting("plan").by("sofiia");
        asked.when(approve("plan", 1)).then(&["task_approved", "task_completed", "task_ready"]);
    }

    #[test]
    fn only_a_named_approver_decides() {
        awaiting("plan").by("olena").when(approve("plan", 1)).refused("not-an-approver");
        awaiting("plan").by("stranger").when(approve("plan", 1)).refused("not-an-approver");
    }

    #[test]
    fn the_first_decision_wins_and_the_second_is_told_so() {
        completed("plan").by("sofiia").when(approve("plan", 1)).refused("already-decided");
        completed("plan").by("sofiia").when(send_back("plan", 1)).refused("already-decided");
    }

    #[test]
    fn a_press_on_an_earlier_round_is_stale() {
        let second = sent_back("plan").by("maksym").given(start("plan")).given(submit("plan"));
        let asked_again = second.by("olena").given(accept("plan")).by("sofiia");
        asked_again.when(approve("plan", 1)).refused("stale");
        asked_again.when(approve("plan", 2)).then(&["task_approved", "task_completed", "task_ready"]);
    }
}
