//! Moving a running project to another version of its template; what happened stays as it was (SC-27, PF-39).

use std::collections::BTreeSet;
use std::sync::Arc;

use super::ProjectCommand;
use super::conclude::assume;
use super::event::ProjectEvent;
use super::known_ids::under_known_ids;
use super::rules::{may_lead, turns};
use super::state::{Project, Status, Task};
use crate::domain::definition::{self, Definition, Months};
use crate::domain::{Asked, Refusal, TaskId};

/// What the other version means for one project.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// The new version, under the ids by which the project knows its tasks.
    pub definition: Arc<Definition>,
    /// The tasks of the project in their new order.
    pub tasks: Vec<TaskId>,
    pub added: Vec<TaskId>,
    pub dropped: Vec<TaskId>,
    /// New tasks that would come before work which has begun; they come in no period that has passed them.
    pub passed: Vec<TaskId>,
    /// What the project calls it, and what the template calls it now; fields, buttons and questions after their place.
    pub renamed: Vec<(String, String)>,
    /// Tasks whose plan is another, each with the keys that are.
    pub changed: Vec<(String, Vec<String>)>,
}

/// The project follows `new` from now on; the same version changes nothing.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    new: &Definition,
) -> Result<Vec<ProjectEvent>, Refusal> {
    may_lead(project, asked, "move-version")?;
    if project.completed {
        return Err(Refusal::ProjectOver);
    }
    let Some(opened) = &project.opened else { return Err(Refusal::NoProject) };
    let found = plan(project, new)?;
    if *found.definition == *opened.definition {
        return Ok(Vec::new());
    }
    let changed = ProjectEvent::DefinitionChanged { definition: found.definition, tasks: found.tasks };
    let mut state = assume(project, asked, &changed);
    let early = state.tasks.iter().filter(|task| task.status == Status::Ready);
    let early = early.filter(|task| state.unfinished_before(&task.id).is_some());
    let back: Vec<_> = early.map(|task| ProjectEvent::TaskUnreadied { task: task.id.clone() }).collect();
    for event in &back {
        state = assume(&state, asked, event);
    }
    let mut events: Vec<ProjectEvent> = std::iter::once(changed).chain(back).collect();
    events.extend(turns(&state, asked, None));
    if state.repeats().is_none() && state.tasks.iter().all(|task| task.status.is_over()) {
        events.push(ProjectEvent::ProjectCompleted);
    }
    Ok(events)
}

/// What would become of the project, or why it cannot follow `new`.
pub fn plan(project: &Project, new: &Definition) -> Result<Move, Refusal> {
    let Some(opened) = &project.opened else { return Err(Refusal::NoProject) };
    let old = &opened.definition;
    if old.service != new.service {
        return Err(Refusal::OtherService { service: old.service.clone(), given: new.service.clone() });
    }
    let (mut definition, renamed) = under_known_ids(old, new);
    keep_what_is_ours(project, old, &mut definition);
    let kept: BTreeSet<&str> = definition.tasks().map(|plan| plan.id.as_str()).collect();
    let gone = || project.tasks.iter().filter(|task| !kept.contains(task.id.plan_id()));
    refuse_to_forget(project, gone())?;
    let dropped: Vec<TaskId> = gone().map(|task| task.id.clone()).collect();
    let changed = changed(old, &definition);
    let definition = Arc::new(definition);
    let (tasks, passed) = new_list(project, &definition);
    let added = tasks.iter().filter(|id| project.task(id).is_none()).cloned().collect();
    refuse_disorder(project, &definition, &tasks)?;
    Ok(Move { definition, tasks, added, dropped, passed, renamed, changed })
}

/// Tasks that were put in by hand, forms that are out, and whether the service repeats are the project's own.
fn keep_what_is_ours(project: &Project, old: &Definition, definition: &mut Definition) {
    if old.repeats.is_some() != definition.repeats.is_some() {
        definition.repeats.clone_from(&old.repeats);
    }
    for form in old.forms.iter().filter(|form| project.forms.contains_key(&form.id)) {
        if !definition.forms.iter().any(|known| known.id == form.id) {
            definition.forms.push(form.clone());
        }
    }
    for (id, after) in &project.inserted {
        let plan = old.tasks().find(|plan| plan.id == id.plan_id());
        let found = definition.stages.iter_mut().find_map(|stage| {
            let at = stage.tasks.iter().position(|plan| plan.id == after.plan_id())?;
            Some((stage, at))
        });
        if let (Some(plan), Some((stage, at))) = (plan, found) {
            stage.tasks.insert(at + 1, plan.clone());
        }
    }
}

/// Work that began or ended, and money that moved, does not disappear.
fn refuse_to_forget<'t>(project: &Project, gone: impl Iterator<Item = &'t Task>) -> Result<(), Refusal> {
    let has_history = |task: &&Task| {
        let payment = project.payment_of(&task.id).and_then(|id| project.payment(&id));
        let moved = payment.is_some_and(|payment| payment.invoice.is_some() || !payment.receipts.is_empty());
        moved || task.status != Status::Waiting
    };
    let title = |task: &Task| project.plan(&task.id).map(|plan| plan.title.clone()).unwrap_or_default();
    let tasks: Vec<_> = gone.filter(has_history).map(|task| (task.id.0.clone(), title(task))).collect();
    if tasks.is_empty() { Ok(()) } else { Err(Refusal::WouldVanish { tasks }) }
}

/// The tasks in the order of the new version, and the new ones whose place work has passed already.
fn new_list(project: &Project, definition: &Arc<Definition>) -> (Vec<TaskId>, Vec<TaskId>) {
    let last = project.last_period().max(1);
    let all: Vec<TaskId> = (1..=last).flat_map(|period| of_period(project, definition, period)).collect();
    let then = project.clone().following(Arc::clone(definition), &all);
    let is_new = |id: &&TaskId| project.task(id).is_none();
    let has_begun = |task: &&Task| task.started || task.status.is_over();
    let is_passed =
        |id: &&TaskId| then.tasks.iter().filter(has_begun).any(|task| then.waits_for(&task.id, id));
    let passed: Vec<TaskId> = all.iter().filter(is_new).filter(is_passed).cloned().collect();
    (all.into_iter().filter(|id| !passed.contains(id)).collect(), passed)
}

fn of_period<'d>(
    project: &'d Project,
    definition: &'d Definition,
    period: u32,
) -> impl Iterator<Item = TaskId> + 'd {
    let left_out = if period == 1 { Months::FromSecond } else { Months::First };
    let is_ours = move |plan: &&definition::Task| {
        let id = TaskId::of(&plan.id, period);
        let by_hand = || project.inserted.iter().any(|(found, _)| found.plan_id() == plan.id);
        match project.task(&id) {
            Some(task) => task.status != Status::Waiting || by_hand() || plan.months != left_out,
            None => plan.months != left_out && !by_hand(),
        }
    };
    definition.tasks().filter(is_ours).map(move |plan| TaskId::of(&plan.id, period))
}

/// No work may have begun before something that the new version puts before it and that is not over.
fn refuse_disorder(project: &Project, definition: &Arc<Definition>, tasks: &[TaskId]) -> Result<(), Refusal> {
    let then = project.clone().following(Arc::clone(definition), tasks);
    for task in then.tasks.iter().filter(|task| task.started || task.status == Status::Completed) {
        let open = then.tasks.iter().filter(|other| !other.status.is_over());
        let mut new = open.filter(|other| !project.waits_for(&task.id, &other.id));
        if let Some(before) = new.find(|other| then.waits_for(&task.id, &other.id)) {
            let title = |id| then.plan(id).map(|plan| plan.title.clone()).unwrap_or_default();
            return Err(Refusal::OutOfOrder {
                task: task.id.0.clone(),
                title: title(&task.id),
                before: before.id.0.clone(),
                before_title: title(&before.id),
            });
        }
    }
    Ok(())
}

/// The tasks that both versions have and whose plans differ, each with the keys in which they do.
fn changed(old: &Definition, new: &Definition) -> Vec<(String, Vec<String>)> {
    let keys = |plan: &definition::Task| serde_json::to_value(without_former_ids(plan)).unwrap_or_default();
    let mut found = Vec::new();
    for plan in new.tasks() {
        let Some(before) = old.tasks().find(|before| before.id == plan.id) else { continue };
        let (before, after) = (keys(before), keys(plan));
        let names: BTreeSet<&String> =
            before.as_object().into_iter().chain(after.as_object()).flat_map(|keys| keys.keys()).collect();
        let differs = |key: &&String| before.get(key) != after.get(key);
        let names: Vec<String> = names.into_iter().filter(differs).cloned().collect();
        if !names.is_empty() {
            found.push((plan.id.clone(), names));
        }
    }
    found
}

/// What was called otherwise is told apart from what changed.
fn without_former_ids(plan: &definition::Task) -> definition::Task {
    let mut plan = plan.clone();
    plan.was.clear();
    plan.result.iter_mut().for_each(|field| field.was.clear());
    plan.buttons.iter_mut().for_each(|button| button.was.clear());
    plan
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::project::testing::*;

    fn tasks(definition: &mut Definition) -> &mut Vec<definition::Task> {
        &mut definition.stages[0].tasks
    }

    /// The usual template, changed.
    fn version(change: impl FnOnce(&mut Definition)) -> ProjectCommand {
        let mut definition = definition();
        definition.hash = "h2".into();
        change(&mut definition);
        ProjectCommand::MoveVersion { definition: Arc::new(definition) }
    }

    fn order(given: &Given) -> Vec<&str> {
        given.state.tasks.iter().map(|task| task.id.as_str()).collect()
    }

    #[test]
    fn a_new_task_comes_where_the_template_has_it() {
        let add = || version(|new| tasks(new).insert(2, task("banner", "smm")));
        let moved = in_progress("plan").by("olena").given(add());
        assert_eq!(order(&moved), ["brief", "plan", "banner", "ads"]);
        assert_eq!(moved.statuses(), ["completed", "in_progress", "waiting", "waiting"]);
        let ready = completed("plan").by("olena");
        ready.when(add()).then(&["definition_changed", "task_unreadied", "task_ready"]);
    }

    #[test]
    fn a_new_task_before_work_that_has_begun_is_not_caught_up_with() {
        let moved = in_progress("plan").by("olena");
        let moved = moved.given(version(|new| tasks(new).insert(1, task("banner", "smm"))));
        assert_eq!(order(&moved), ["brief", "plan", "ads"]);
    }

    #[test]
    fn what_was_reminded_of_goes_with_its_reminder_wherever_the_new_version_puts_it() {
        let remind = |given: &Given| -> Vec<String> {
            given.timers().into_iter().filter(|timer| timer.contains("remind/")).collect()
        };
        let again = |plan: &mut definition::Task| {
            let term = definition::Term { hundredths: 200, unit: definition::Unit::BusinessDays };
            plan.remind[0].repeat = Some((term, 2));
        };
        let sent = in_progress("brief").planned("brief", again).given(press("brief", "send"));
        let first = ProjectCommand::Remind { task: "brief".into(), round: 1, reminder: 0, rung: 0 };
        let sent = sent.at("2026-11-25 10:00").given(first).by("olena");
        assert_eq!(remind(&sent), ["Fri 11-27 10:00 remind/brief/1/0/1"]);
        let moved = sent.given(version(|new| {
            let brief = &mut tasks(new)[0];
            again(brief);
            let mut other = brief.remind[0].clone();
            other.when = definition::ReminderWhen::TaskNotStarted;
            other.form = None;
            brief.remind.insert(0, other);
        }));
        assert_eq!(remind(&moved), ["Fri 11-27 10:00 remind/brief/1/1/1"], "not from the first one again");
        let changed = sent.given(version(|new| {
            again(&mut tasks(new)[0]);
            tasks(new)[0].remind[0].tell_client = Some("brief-request".into());
        }));
        assert_eq!(remind(&changed), remind(&sent), "other words are no other reminder");
    }

    #[test]
    fn a_task_that_waits_may_go_and_one_with_a_history_may_not() {
        let without = |at: usize| version(move |new| drop(tasks(new).remove(at)));
        let moved = in_progress("plan").by("olena").given(without(2));
        assert_eq!(order(&moved), ["brief", "plan"]);
        in_progress("plan").by("olena").when(without(1)).refused("would-vanish");
        in_progress("plan").by("olena").when(without(0)).refused("would-vanish");
    }

    #[test]
    fn a_renamed_task_keeps_what_it_has_and_its_old_name_here() {
        let rename = || {
            version(|new| {
                let plan = &mut tasks(new)[1];
                (plan.id, plan.was, plan.minutes) = ("content_plan".into(), vec!["plan".into()], 90);
                tasks(new)[2].after = Some(vec!["content_plan".into()]);
            })
        };
        let moved = awaiting("plan").by("olena").given(rename());
        assert_eq!(moved.statuses(), ["completed", "awaiting_approval", "waiting"]);
        let plan = moved.state.plan(&"plan".into()).unwrap();
        assert_eq!((plan.minutes, plan.was.as_slice()), (90, ["content_plan".to_owned()].as_slice()));
        moved.when(rename()).then(&[]);
        moved.by("sofiia").when(approve("plan", 1)).then(&["task_approved", "task_completed", "task_ready"]);
    }

    #[test]
    fn an_unfinished_task_does_not_come_before_one_that_has_begun() {
        let swap = version(|new| tasks(new).swap(1, 2));
        in_progress("plan").by("olena").when(swap).refused("out-of-order");
        let swap = version(|new| tasks(new).swap(1, 2));
        let moved = opened().given(swap);
        assert_eq!(order(&moved), ["brief", "ads", "plan"]);
    }

    #[test]
    fn the_same_version_changes_nothing_and_another_service_is_refused() {
        opened().when(ProjectCommand::MoveVersion { definition: Arc::new(definition()) }).then(&[]);
        opened().when(version(|new| new.service = "seo".into())).refused("other-service");
        opened().by("maksym").when(version(|_| ())).refused("not-allowed");
    }

    #[test]
    fn a_task_put_in_by_hand_stays() {
        let mut plan = task("extra", "smm");
        plan.auditor = None;
        let insert = ProjectCommand::InsertTask { after: "plan".into(), plan: Box::new(plan) };
        let moved = opened().given(insert).given(version(|new| tasks(new)[2].minutes = 5));
        assert_eq!(order(&moved), ["brief", "plan", "extra", "ads"]);
        assert!(moved.state.waits_for(&"ads".into(), &"extra".into()));
    }

    #[test]
    fn a_tick_stays_with_its_line() {
        let ticked = in_progress("plan").given(tick("plan", 1)).by("olena");
        let moved = ticked.given(version(|new| {
            let line = crate::domain::definition::Text::plain("new");
            let first = crate::domain::definition::Item {
                text: line,
                optional: false,
                needs_note: false,
                lists_risks: false,
            };
            tasks(new)[1].checklist.insert(0, first);
        }));
        assert_eq!(moved.state.task(&"plan".into()).unwrap().ticked, BTreeSet::from([2]));
    }

    #[test]
    fn what_would_change_is_told_before_it_does() {
        let mut new = definition();
        tasks(&mut new)[2].minutes = 5;
        tasks(&mut new).push(task("party", "smm"));
        let found = plan(&in_progress("plan").state, &new).unwrap();
        assert_eq!(found.added, ["party".into()]);
        assert_eq!(found.changed, [("ads".to_owned(), vec!["minutes".to_owned()])]);
        assert_eq!((found.dropped.len(), found.passed.len(), found.renamed.len()), (0, 0, 0));
    }
}
