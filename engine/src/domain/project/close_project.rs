//! Ending a project before its last task: by a person, or because a result says that there is no deal.

use super::ProjectCommand;
use super::event::{ContentRef, ProjectEvent};
use super::rules::may_lead;
use super::state::{Project, Task};
use crate::domain::definition;
use crate::domain::field::Value;
use crate::domain::{Asked, Refusal};

/// The project is closed, its open tasks with it; money that is still owed may come in afterwards.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    reason: &ContentRef,
) -> Result<Vec<ProjectEvent>, Refusal> {
    may_lead(project, asked, "close")?;
    if project.closed.is_some() {
        return Ok(Vec::new());
    }
    if project.completed {
        return Err(Refusal::ProjectOver);
    }
    Ok(vec![ProjectEvent::ProjectClosed { reason: Some(reason.clone()), lost: false }])
}

/// The end that the template ties to a choice, such as `outcome: lost` after a pitch.
pub fn lost(task: &Task, plan: &definition::Task) -> Option<ProjectEvent> {
    let (field, option) = plan.ends_project_if.as_ref()?;
    let Some(Value::Choices(chosen)) = task.values.get(field) else { return None };
    chosen.contains(option).then_some(ProjectEvent::ProjectClosed { reason: None, lost: true })
}

#[cfg(test)]
mod tests {
    use crate::domain::definition::NextRound;
    use crate::domain::project::ProjectCommand;
    use crate::domain::project::testing::*;

    fn close() -> ProjectCommand {
        ProjectCommand::CloseProject { reason: content() }
    }

    #[test]
    fn a_service_that_repeats_is_ended_by_the_pm_with_a_reason() {
        let monthly = monthly(NextRound::WhenPaid);
        monthly.when(close()).then(&["project_closed"]);
        let closed = monthly.given(close());
        assert_eq!(closed.statuses(), ["cancelled"; 3]);
        closed.when(close()).then(&[]);
        closed.when(start("work")).refused("wrong-status");
        monthly.by("maksym").when(close()).refused("not-allowed");
    }

    #[test]
    fn money_may_come_after_the_end_and_opens_nothing_then() {
        let closed = monthly(NextRound::WhenPaid).given(close());
        closed.when(receive("2", None)).then(&["payment_received"]);
    }

    #[test]
    fn a_service_that_repeats_does_not_end_with_its_last_task() {
        let through = monthly(NextRound::WhenPaid).given(cancel("work")).given(cancel("report"));
        through.when(cancel("payment")).then(&["task_cancelled"]);
        assert!(!through.given(cancel("payment")).state.completed);
    }

    #[test]
    fn a_result_that_says_lost_closes_the_project() {
        let working = in_progress("ads").ending("ads", "outcome", "lost");
        let filled = working.given(set("ads", &[("budget", "5 UAH"), ("outcome", "lost")]));
        let checked = filled.given(press("ads", "launched")).given(submit("ads")).by("olena");
        checked.when(accept("ads")).then(&["task_accepted", "task_completed", "project_closed"]);
        assert!(checked.given(accept("ads")).state.closed.unwrap().lost);
    }

    #[test]
    fn a_project_that_is_complete_is_not_closed() {
        let done = completed("plan").by("olena").given(cancel("ads"));
        done.when(close()).refused("project-over");
    }
}
