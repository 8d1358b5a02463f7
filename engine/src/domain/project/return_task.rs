//! The auditor's no: the task comes back with remarks, the next round begins.

use super::ProjectCommand;
use super::due::due;
use super::event::{ContentRef, ProjectEvent};
use super::rules::{find, may_check, wrong_status};
use super::state::{Project, Status};
use crate::domain::{Asked, Refusal, Round, TaskId};

/// Rework; a remark is a must, so that the assignee knows why.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    round: Option<Round>,
    remark: Option<&ContentRef>,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, plan) = find(project, id)?;
    if round.is_some_and(|round| round != task.round) {
        return Err(Refusal::Stale);
    }
    if task.status != Status::InReview {
        return Err(wrong_status(task, plan, "return"));
    }
    may_check(project, asked, task, plan)?;
    let remark = remark.ok_or_else(|| Refusal::ReasonNeeded { wanted: "return".to_owned() })?;
    Ok(vec![ProjectEvent::TaskReturned {
        task: id.clone(),
        round: task.round,
        remark: Some(remark.clone()),
        due: due(asked, plan.due),
    }])
}

#[cfg(test)]
mod tests {
    use crate::domain::project::ProjectCommand;
    use crate::domain::project::testing::*;

    fn give_back(remark: bool) -> ProjectCommand {
        let remark = remark.then(content);
        ProjectCommand::ReturnTask { task: "plan".into(), round: Some(1), remark }
    }

    #[test]
    fn a_returned_task_is_in_rework_in_the_next_round() {
        let returned = in_review("plan").given(give_back(true));
        assert_eq!(returned.statuses()[1], "rework");
        assert_eq!(returned.round("plan"), 2);
    }

    #[test]
    fn a_return_says_why() {
        in_review("plan").when(give_back(false)).refused("reason-needed");
    }

    #[test]
    fn a_button_of_an_earlier_round_is_stale() {
        let again = in_review("plan").given(give_back(true)).given(start("plan")).given(submit("plan"));
        again.by("olena").when(give_back(true)).refused("stale");
    }
}
