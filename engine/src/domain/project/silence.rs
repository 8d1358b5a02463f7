//! What follows when nobody does anything: overdue, unaccepted, and consent where a template agreed on it.

use super::ProjectCommand;
use super::event::ProjectEvent;
use super::rules::{complete, find};
use super::state::{Project, Status, Task};
use super::timers::is_with_us;
use crate::domain::gate::outside;
use crate::domain::{Actor, Asked, Refusal, Round, TaskId, Timestamp};

/// The due date has passed; the staff is told once (T5).
pub fn overdue(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    round: Round,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, _) = find(project, id)?;
    let stands = is_with_us(task) && task.round == round && !task.clocks.overdue && project.paused.is_none();
    let due = project.due_of(task, &asked.world.calendar);
    let overdue = due.map(|due| ProjectEvent::TaskOverdue { task: id.clone(), round, due });
    Ok(overdue.filter(|_| stands).into_iter().collect())
}

/// Nobody started the task; the PM is told once (T6).
pub fn unaccepted(project: &Project, id: &TaskId) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, _) = find(project, id)?;
    let told = task.clocks.declined || task.clocks.unaccepted || project.paused.is_some();
    let stands = task.status == Status::Ready && !told;
    Ok(stands.then(|| ProjectEvent::TaskUnaccepted { task: id.clone() }).into_iter().collect())
}

/// From when the silence counts, if that is later than was thought: nobody is silent about what never reached him.
fn put_off(task: &Task, asked: &Asked<ProjectCommand>) -> Option<Timestamp> {
    let reached = asked.world.reached.unwrap_or(asked.at);
    task.clocks.silent_since.is_none_or(|since| since < reached).then_some(reached)
}

/// The result counts as accepted, which is never said to be the client's approval.
///
/// Where it reached the client late, or not at all, the term begins anew.
pub fn deem_approved(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    round: Round,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let (task, plan) = find(project, id)?;
    if asked.by != Actor::Timer {
        return Err(Refusal::NotAllowed { wanted: "approve".to_owned() });
    }
    let waits = task.status == Status::AwaitingApproval && task.round == round && project.paused.is_none();
    if !waits || plan.approve_after_silence.is_none() || !outside(plan, task).is_empty() {
        return Ok(Vec::new());
    }
    if let Some(since) = put_off(task, asked) {
        return Ok(vec![ProjectEvent::SilencePutOff { task: id.clone(), round, since }]);
    }
    let result_sha256 = task.result_sha256.clone().unwrap_or_default();
    let deemed = ProjectEvent::ApprovalDeemed { task: id.clone(), round, result_sha256 };
    Ok(std::iter::once(deemed).chain(complete(project, asked, id, round)).collect())
}
