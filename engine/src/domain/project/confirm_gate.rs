//! Saying that an access works (G4); of any other gate, going on over it where that is allowed.

use super::ProjectCommand;
use super::event::{ContentRef, ProjectEvent};
use super::override_gate;
use super::rules::{find, may_work, wrong_status};
use super::state::Project;
use crate::domain::definition::Gate;
use crate::domain::{Asked, Refusal, TaskId};

/// The PM or the assignee has tried it; who and how stand in the event.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    gate: &Gate,
    comment: &ContentRef,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, plan) = find(project, id)?;
    let is_access = matches!(gate, Gate::Access(_));
    if !is_access || !plan.start_needs.iter().chain(&plan.finish_needs).any(|known| known == gate) {
        return override_gate::decide(project, asked, id, (gate, comment));
    }
    may_work(project, asked, id, plan)?;
    if task.status.is_over() {
        return Err(wrong_status(task, plan, "confirm"));
    }
    if task.confirmed.contains(gate) {
        return Ok(Vec::new());
    }
    let (task, gate, comment) = (id.clone(), gate.clone(), comment.clone());
    Ok(vec![ProjectEvent::GateConfirmed { task, gate, comment }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::project::testing::*;

    fn works(task: &str) -> ProjectCommand {
        ProjectCommand::ConfirmGate {
            task: task.into(),
            gate: Gate::Access("instagram".into()),
            comment: content(),
        }
    }

    fn with_access() -> Given {
        completed("brief").planned("plan", |plan| plan.start_needs = vec![Gate::Access("instagram".into())])
    }

    #[test]
    fn work_starts_when_the_assignee_or_the_pm_has_tried_the_access() {
        with_access().by("maksym").when(start("plan")).missing(&["gate access:instagram"]);
        with_access().by("maksym").when(works("plan")).then(&["gate_confirmed"]);
        with_access()
            .by("olena")
            .given(works("plan"))
            .by("maksym")
            .when(start("plan"))
            .then(&["task_started"]);
        with_access().by("taras").when(works("plan")).refused("not-your-task");
    }

    #[test]
    fn an_access_is_confirmed_once() {
        with_access().given(works("plan")).when(works("plan")).then(&[]);
    }

    #[test]
    fn a_gate_that_the_task_does_not_have_is_refused_with_those_it_has() {
        opened().when(confirm("brief", "seo-brief")).refused("no-gate");
        opened().when(works("brief")).refused("no-gate");
    }

    #[test]
    fn a_brief_that_is_not_here_is_confirmed_by_nobody() {
        opened().when(confirm("brief", "smm-brief")).refused("no-override");
        opened().by("maksym").when(confirm("brief", "smm-brief")).refused("no-override");
    }
}
