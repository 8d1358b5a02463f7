//! The client's no: rework, and the next round begins; remarks follow (PF-56).

use super::ProjectCommand;
use super::approve::awaits_decision;
use super::due::due;
use super::event::ProjectEvent;
use super::rules::{approver, find};
use super::state::Project;
use crate::domain::{Asked, Refusal, Round, TaskId};

/// Sent back; the decision stands from the press on, whatever remarks come.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    round: Round,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, plan) = find(project, id)?;
    let person = approver(asked)?;
    awaits_decision(task, round)?;
    Ok(vec![ProjectEvent::TaskSentBack {
        task: id.clone(),
        round,
        person,
        result_sha256: task.result_sha256.clone().unwrap_or_default(),
        due: due(asked, plan.due),
    }])
}

#[cfg(test)]
mod tests {
    use crate::domain::project::testing::*;

    #[test]
    fn a_task_sent_back_is_in_rework_in_the_next_round() {
        let back = sent_back("plan");
        assert_eq!(back.statuses()[1], "rework");
        assert_eq!(back.round("plan"), 2);
    }

    #[test]
    fn the_next_task_stays_closed() {
        sent_back("plan").by("taras").when(start("ads")).refused("not-its-turn");
    }

    #[test]
    fn sending_back_twice_is_told_so() {
        sent_back("plan").by("sofiia").when(send_back("plan", 1)).refused("already-decided");
    }
}
