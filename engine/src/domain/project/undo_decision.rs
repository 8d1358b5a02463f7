//! Taking a decision back within two minutes, unless the next task has started (TG-24).

use chrono::Duration;

use super::ProjectCommand;
use super::event::ProjectEvent;
use super::rules::{UNDO_MINUTES, find};
use super::set_price;
use super::state::{Decision, Project, Status, Task};
use crate::domain::{Asked, Refusal, Round, TaskId};

/// The result waits for a decision again; a task that was opened by it closes.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    round: Round,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, _) = find(project, id)?;
    let decision = task.decision.as_ref().filter(|decision| decision.round == round).ok_or(Refusal::Stale)?;
    if asked.by.person() != Some(&decision.person) {
        return Err(Refusal::UndoNotYours { person: decision.person.clone() });
    }
    if let Some(refusal) = has_moved_on(project, task, decision) {
        return Err(refusal);
    }
    let late = asked.at - decision.at > Duration::minutes(i64::from(UNDO_MINUTES));
    if decision.settled || late || project.completed {
        return Err(Refusal::UndoTooLate { minutes: UNDO_MINUTES });
    }
    let undone = ProjectEvent::DecisionUndone {
        task: id.clone(),
        round,
        person: decision.person.clone(),
        approved: decision.approved,
    };
    let ready = later(project, id).filter(|later| decision.approved && later.status == Status::Ready);
    let unreadied = ready.map(|next| ProjectEvent::TaskUnreadied { task: next.id.clone() });
    Ok(std::iter::once(undone).chain(unreadied).chain(set_price::back(project, id)).collect())
}

/// The tasks that wait for one; a payment among them may be over already, because its money came early.
fn later<'a>(project: &'a Project, id: &'a TaskId) -> impl Iterator<Item = &'a Task> {
    project.tasks.iter().filter(move |task| project.waits_for(&task.id, id))
}

fn has_moved_on(project: &Project, task: &Task, decision: &Decision) -> Option<Refusal> {
    let started = if decision.approved {
        later(project, &task.id).find(|later| later.started)
    } else {
        (task.status != Status::Rework).then_some(task)
    };
    let plan = project.plan(&started?.id)?;
    Some(Refusal::UndoNextStarted { next_title: plan.title.clone() })
}

/// From the timer: the time is over, if the decision still stands.
pub fn settle(project: &Project, id: &TaskId, round: Round) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, _) = find(project, id)?;
    let open = task.decision.as_ref().is_some_and(|decision| decision.round == round && !decision.settled);
    Ok(open.then(|| ProjectEvent::DecisionSettled { task: id.clone(), round }).into_iter().collect())
}

#[cfg(test)]
mod tests {
    use crate::domain::project::testing::*;

    #[test]
    fn an_approval_is_undone_and_the_next_task_closes_again() {
        let undone = completed("plan").by("sofiia");
        undone.when(undo("plan", 1)).then(&["decision_undone", "task_unreadied"]);
        assert_eq!(undone.given(undo("plan", 1)).statuses()[1..], ["awaiting_approval", "waiting"]);
    }

    #[test]
    fn after_undo_there_is_one_decision_again() {
        let again = completed("plan").by("sofiia").given(undo("plan", 1)).given(send_back("plan", 1));
        assert_eq!(again.statuses()[1], "rework");
    }

    #[test]
    fn a_send_back_is_undone_before_the_rework_starts() {
        let back = sent_back("plan").by("sofiia");
        assert_eq!(back.given(undo("plan", 1)).round("plan"), 1);
        let working = back.by("maksym").given(start("plan")).by("sofiia");
        working.when(undo("plan", 1)).refused("undo-next-started");
    }

    #[test]
    fn once_the_next_task_has_started_nothing_is_undone() {
        let started = completed("plan").by("taras").given(start("ads")).by("sofiia");
        started.when(undo("plan", 1)).refused("undo-next-started");
    }

    #[test]
    fn after_two_minutes_nothing_is_undone() {
        completed("plan").by("sofiia").later(121).when(undo("plan", 1)).refused("undo-too-late");
        completed("plan")
            .by("sofiia")
            .later(119)
            .when(undo("plan", 1))
            .then(&["decision_undone", "task_unreadied"]);
    }

    #[test]
    fn somebody_else_does_not_undo_my_decision() {
        completed("plan").by("petro").when(undo("plan", 1)).refused("undo-not-yours");
    }
}
