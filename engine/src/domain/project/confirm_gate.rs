//! Opening a gate by hand, with a reason, until the part that opens it by itself exists.

use super::ProjectCommand;
use super::event::{ContentRef, ProjectEvent};
use super::rules::{find, may_lead};
use super::state::Project;
use crate::domain::definition::Gate;
use crate::domain::{Asked, Refusal, TaskId};

/// The gate is open; who and why stand in the event.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    gate: &Gate,
    comment: &ContentRef,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, plan) = find(project, id)?;
    may_lead(project, asked, "confirm", &["accountant"])?;
    let by_hand = || plan.start_needs.iter().chain(&plan.finish_needs).filter(|gate| gate.is_by_hand());
    if !by_hand().any(|known| known == gate) {
        let known = by_hand().map(Gate::name).collect();
        return Err(Refusal::NoGate { task: task.id.0.clone(), gate: gate.name(), known });
    }
    if task.confirmed.contains(gate) {
        return Ok(Vec::new());
    }
    let (task, gate, comment) = (id.clone(), gate.clone(), comment.clone());
    Ok(vec![ProjectEvent::GateConfirmed { task, gate, comment }])
}

#[cfg(test)]
mod tests {
    use crate::domain::project::testing::*;

    #[test]
    fn a_gate_is_opened_once_with_a_reason() {
        opened().when(confirm("brief", "smm-brief")).then(&["gate_confirmed"]);
        opened().given(confirm("brief", "smm-brief")).when(confirm("brief", "smm-brief")).then(&[]);
    }

    #[test]
    fn a_gate_that_the_task_does_not_have_is_refused_with_those_it_has() {
        opened().when(confirm("brief", "seo-brief")).refused("no-gate");
    }

    #[test]
    fn an_assignee_does_not_open_gates() {
        opened().by("maksym").when(confirm("brief", "smm-brief")).refused("not-allowed");
    }
}
