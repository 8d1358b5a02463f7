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

impl Project {
    /// Tasks to which nobody can say yes as their results stand (PF-53).
    pub(super) fn kept_from_a_yes(&self) -> Vec<TaskId> {
        let is_kept = |task: &&Task| self.plan(&task.id).is_some_and(|plan| !outside(plan, task).is_empty());
        self.tasks.iter().filter(is_kept).map(|task| task.id.clone()).collect()
    }

    /// Whoever could not have said yes was not silent: his term begins once he can.
    pub(super) fn count_silence_anew(&mut self, kept: &[TaskId], at: Timestamp) {
        let still = self.kept_from_a_yes();
        let freed = |task: &&mut Task| kept.contains(&task.id) && !still.contains(&task.id);
        for task in self.tasks.iter_mut().filter(freed) {
            task.clocks.silent_since = task.clocks.silent_since.map(|_| at);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::domain::definition::{Field, FieldKind, Term, Unit};
    use crate::domain::project::ProjectCommand;
    use crate::domain::project::testing::*;

    /// The template as it is, its days bound to the period or not.
    fn bound(given: &Given, period: Option<&str>) -> ProjectCommand {
        let opened = given.state.opened.as_ref().unwrap();
        let mut definition = (*opened.definition).clone();
        definition.hash = format!("{period:?}");
        let tasks = definition.stages.iter_mut().flat_map(|stage| &mut stage.tasks);
        for column in tasks.flat_map(|task| &mut task.result).flat_map(|field| &mut field.columns) {
            column.within = period.map(str::to_owned);
        }
        ProjectCommand::MoveVersion { definition: Arc::new(definition) }
    }

    /// The client was asked on Monday at 10:00 about a plan with a post outside its period.
    fn asked() -> Given {
        let day = field("day", FieldKind::Date, true);
        let posts = Field { columns: vec![day], ..field("posts_plan", FieldKind::Table, false) };
        let given = in_progress("plan").planned("plan", |plan| {
            plan.approve_after_silence = Some(Term { hundredths: 1000, unit: Unit::BusinessDays });
            plan.result.extend([posts, field("period", FieldKind::DateRange, false)]);
        });
        let period = ("period", "2026-12-01..2026-12-31");
        let filled = [("posts_plan", "2027-01-01"), period, ("link", "https://a.ua"), ("posts", "9")];
        let given = given.given(set("plan", &filled)).given(tick("plan", 1)).given(submit("plan"));
        given.by("olena").given(accept("plan"))
    }

    #[test]
    fn silence_about_what_nobody_can_say_yes_to_is_no_consent_and_counts_from_when_he_can() {
        let asked = asked();
        assert_eq!(asked.timers(), ["Mon 12-07 10:00 silence/plan/1"]);
        let late = asked.clone().at("2026-12-02 10:00").by("olena");
        let shut = late.clone().given(bound(&late, Some("period")));
        assert_eq!(shut.timers(), [""; 0], "nothing runs while no yes is taken");
        let deem = ProjectCommand::DeemApproved { task: "plan".into(), round: 1 };
        let over = shut.at("2026-12-08 10:00");
        over.when(deem.clone()).then(&[]);
        over.clone().by("sofiia").when(approve("plan", 1)).missing(&["outside posts_plan [1]"]);
        let over = over.by("olena");
        let free = over.given(bound(&over, None));
        assert_eq!(
            free.timers(),
            ["Tue 12-22 10:00 silence/plan/1"],
            "his ten days begin once he can answer"
        );
        let end = free.at("2026-12-22 10:00");
        end.when(deem).then(&["approval_deemed", "task_completed", "task_ready"]);
    }

    #[test]
    fn another_version_that_binds_nothing_leaves_the_term_as_it_runs() {
        let late = asked().at("2026-12-02 10:00").by("olena");
        let moved = late.given(bound(&late, Some("no_such_field")));
        assert_eq!(moved.timers(), ["Mon 12-07 10:00 silence/plan/1"]);
    }
}
