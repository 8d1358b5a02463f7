//! What the client wants changed: several remarks after Send back, until "That's all" (TG-29).

use super::ProjectCommand;
use super::event::{ClosedBy, ContentRef, ProjectEvent};
use super::rules::{approver, find};
use super::state::{Project, Status, Task};
use crate::domain::{Actor, Asked, PersonId, Refusal, Round, TaskId};

/// One more remark on the round that was sent back; late ones count until the next result is handed over.
pub fn add(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    round: Round,
    remark: &ContentRef,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, _) = find(project, id)?;
    let person: PersonId = asked.by.person().cloned().ok_or(Refusal::RemarksClosed)?;
    if !in_rework_after(task, round) {
        return Err(Refusal::RemarksClosed);
    }
    let mut known = task.remarks.iter().chain(task.asides.iter().map(|(_, said)| said));
    if known.any(|known| known.content == remark.content) {
        return Ok(Vec::new());
    }
    let aside = task.decision.as_ref().is_none_or(|decision| decision.person != person)
        && approver(asked).is_err()
        && asked.by != Actor::Operator;
    Ok(vec![ProjectEvent::RemarkAdded { task: id.clone(), round, person, remark: remark.clone(), aside }])
}

/// "That's all", or a silence of ten minutes.
pub fn close(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    round: Round,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, _) = find(project, id)?;
    if !task.taking_remarks || !in_rework_after(task, round) {
        return Ok(Vec::new());
    }
    let decided = task.decision.as_ref().map(|decision| &decision.person);
    if asked.by != Actor::Timer && asked.by.person() != decided {
        approver(asked)?;
    }
    let remarks = u32::try_from(task.remarks.len()).unwrap_or(u32::MAX);
    let by = if asked.by == Actor::Timer { ClosedBy::Silence } else { ClosedBy::Person };
    Ok(vec![ProjectEvent::RemarksClosed { task: id.clone(), round, remarks, by }])
}

fn in_rework_after(task: &Task, round: Round) -> bool {
    let sent_back =
        task.decision.as_ref().is_some_and(|decision| !decision.approved && decision.round == round);
    let working = matches!(task.status, Status::Rework | Status::InProgress | Status::Paused);
    sent_back && working && task.round == round + 1
}

#[cfg(test)]
mod tests {
    use crate::domain::project::testing::*;

    #[test]
    fn several_remarks_are_taken_until_that_is_all() {
        let first = sent_back("plan").by("sofiia").given(remark("plan", 1, "a"));
        first.when(remark("plan", 1, "b")).then(&["remark_added"]);
        first.when(close_remarks("plan", 1)).then(&["remarks_closed"]);
    }

    #[test]
    fn only_an_approver_says_that_this_is_all() {
        let first = sent_back("plan").by("sofiia").given(remark("plan", 1, "a"));
        first.by("petro").when(close_remarks("plan", 1)).then(&["remarks_closed"]);
        let first = sent_back("plan").by("sofiia").given(remark("plan", 1, "a"));
        first.by("stranger").when(close_remarks("plan", 1)).refused("not-an-approver");
    }

    #[test]
    fn words_of_somebody_who_may_not_decide_are_kept_and_count_for_no_remark() {
        let heard = sent_back("plan").by("petro").given(remark("plan", 1, "a"));
        let aside = heard.by("stranger").given(remark("plan", 1, "b"));
        let task = aside.state.task(&"plan".into()).unwrap();
        assert_eq!((task.remarks.len(), task.asides.len()), (1, 1));
        aside.when(remark("plan", 1, "b")).then(&[]);
    }

    #[test]
    fn the_same_message_counts_once() {
        let first = sent_back("plan").by("sofiia").given(remark("plan", 1, "a"));
        first.when(remark("plan", 1, "a")).then(&[]);
    }

    #[test]
    fn a_late_remark_still_reaches_the_work() {
        let working = sent_back("plan").by("maksym").given(start("plan"));
        working.by("sofiia").when(remark("plan", 1, "late")).then(&["remark_added"]);
    }

    #[test]
    fn after_the_next_result_remarks_are_for_that_one() {
        let again = sent_back("plan").by("maksym").given(start("plan")).given(submit("plan"));
        again.by("sofiia").when(remark("plan", 1, "late")).refused("remarks-closed");
    }
}
