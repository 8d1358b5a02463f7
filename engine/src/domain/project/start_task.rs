//! Starting a task: its turn, its gates, and a person to do it (PF-38, PF-51).

use super::ProjectCommand;
use super::collect;
use super::event::{ClosedBy, ProjectEvent};
use super::rules::{find, may_work, not_its_turn, wrong_status};
use super::state::{Project, Status};
use crate::domain::gate::missing_to_start;
use crate::domain::{Asked, Refusal, TaskId};

/// The task is in progress; a decision before it can no longer be undone.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, plan) = find(project, id)?;
    may_work(project, asked, id, plan)?;
    if project.paused.is_some() {
        return Err(Refusal::ProjectPaused);
    }
    match task.status {
        Status::Ready | Status::Rework => {}
        Status::InProgress => return Ok(Vec::new()),
        Status::Waiting => {
            let turn = not_its_turn(project, task, plan);
            return Err(turn.unwrap_or_else(|| wrong_status(task, plan, "start")));
        }
        Status::Paused
        | Status::InReview
        | Status::AwaitingApproval
        | Status::Completed
        | Status::Cancelled => {
            return Err(wrong_status(task, plan, "start"));
        }
    }
    let missing = missing_to_start(project, task);
    if task.status == Status::Ready && !missing.is_empty() {
        return Err(Refusal::CannotStart { task: task.id.0.clone(), title: plan.title.clone(), missing });
    }
    let started = ProjectEvent::TaskStarted { task: id.clone(), round: task.round };
    let closed = task.taking_remarks.then(|| close(project, id)).flatten();
    let prefilled = collect::prefilled(project, asked, task, plan);
    Ok(std::iter::once(started).chain(closed).chain(settled(project, id)).chain(prefilled).collect())
}

fn close(project: &Project, id: &TaskId) -> Option<ProjectEvent> {
    let task = project.task(id)?;
    let round = task.decision.as_ref()?.round;
    let remarks = u32::try_from(task.remarks.len()).unwrap_or(u32::MAX);
    Some(ProjectEvent::RemarksClosed { task: id.clone(), round, remarks, by: ClosedBy::Work })
}

/// Decisions that this work is built on; also the send-back that led to this very rework: its button to
/// change one's mind goes with it.
fn settled(project: &Project, id: &TaskId) -> Vec<ProjectEvent> {
    let decided = project.tasks.iter().filter_map(|task| {
        let decision = task.decision.as_ref().filter(|decision| !decision.settled)?;
        (task.id == *id || project.waits_for(id, &task.id))
            .then_some(ProjectEvent::DecisionSettled { task: task.id.clone(), round: decision.round })
    });
    decided.collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::project::testing::*;

    #[test]
    fn a_task_that_is_ready_starts() {
        opened().when(start("brief")).then(&["task_started"]);
    }

    #[test]
    fn a_task_waits_until_the_one_before_it_is_signed_off() {
        opened().when(start("plan")).refused("not-its-turn");
        awaiting("plan").when(start("ads")).refused("not-its-turn");
    }

    #[test]
    fn starting_twice_changes_nothing() {
        opened().given(start("brief")).when(start("brief")).then(&[]);
    }

    #[test]
    fn a_task_without_a_person_names_the_role() {
        completed("plan").by("olena").without("ads").when(start("ads")).refused("cannot-start");
    }

    #[test]
    fn somebody_else_does_not_start_my_task() {
        opened().by("maksym").when(start("brief")).refused("not-your-task");
    }

    #[test]
    fn starting_the_next_task_settles_the_decision_before_it() {
        completed("plan").when(start("ads")).then(&["task_started", "decision_settled"]);
    }

    #[test]
    fn starting_the_rework_settles_the_send_back_before_it() {
        let back = sent_back("plan").by("maksym");
        back.when(start("plan")).then(&["task_started", "remarks_closed", "decision_settled"]);
    }
}
