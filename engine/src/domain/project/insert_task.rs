//! A task that no template has, put into a running project: for a wish of the client that came up (SC-27).

use super::ProjectCommand;
use super::conclude::assume;
use super::event::ProjectEvent;
use super::rules::{find, may_lead, turns};
use super::state::{Project, Status};
use crate::domain::definition::{self, Months};
use crate::domain::{Asked, Refusal, TaskId};

/// The task stands after `after`, and what waited for that one waits for both; nothing that happened is touched.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    after: &TaskId,
    plan: &definition::Task,
) -> Result<Vec<ProjectEvent>, Refusal> {
    may_lead(project, asked, "insert")?;
    if project.completed {
        return Err(Refusal::ProjectOver);
    }
    let (_, before) = find(project, after)?;
    let id = TaskId::of(&plan.id, after.period());
    if !is_usable(&plan.id) {
        return Err(Refusal::BadId { id: plan.id.clone() });
    }
    if is_taken(project, &plan.id) {
        return Err(Refusal::TaskExists { task: plan.id.clone() });
    }
    let (after_title, previous) = (before.title.clone(), before.id.clone());
    let plan = definition::Task { months: Months::First, after: Some(vec![previous]), ..plan.clone() };
    let inserted =
        ProjectEvent::TaskInserted { task: id.clone(), after: after.clone(), plan: Box::new(plan) };
    let mut state = assume(project, asked, &inserted);
    let later: Vec<_> = state.tasks.iter().filter(|task| state.waits_for(&task.id, &id)).collect();
    if let Some(begun) = later.iter().find(|task| task.started || task.status == Status::Completed) {
        let started_title = project.plan(&begun.id).map(|plan| plan.title.clone()).unwrap_or_default();
        let (after, started) = (after.0.clone(), begun.id.0.clone());
        return Err(Refusal::TooLateToInsert { after, after_title, started, started_title });
    }
    let early = later.iter().filter(|task| task.status == Status::Ready);
    let back = early.map(|task| ProjectEvent::TaskUnreadied { task: task.id.clone() });
    let mut events: Vec<ProjectEvent> = std::iter::once(inserted).chain(back).collect();
    for event in &events[1..] {
        state = assume(&state, asked, event);
    }
    events.extend(turns(&state, asked, None));
    Ok(events)
}

/// Like the ids of a template; a dot would be a period.
fn is_usable(id: &str) -> bool {
    let mut letters = id.chars();
    let first = letters.next().is_some_and(|letter| letter.is_ascii_lowercase());
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    first && id.len() <= 40 && letters.all(fits)
}

fn is_taken(project: &Project, id: &str) -> bool {
    let plans = project.opened.iter().flat_map(|opened| opened.definition.tasks());
    plans.into_iter().any(|plan| plan.id == id || plan.was.iter().any(|was| was == id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::project::testing::*;

    fn insert(after: &str, id: &str) -> ProjectCommand {
        let mut plan = task(id, "smm");
        plan.auditor = None;
        ProjectCommand::InsertTask { after: after.into(), plan: Box::new(plan) }
    }

    fn order(given: &Given) -> Vec<&str> {
        given.state.tasks.iter().map(|task| task.id.as_str()).collect()
    }

    #[test]
    fn a_task_is_put_in_and_what_follows_waits_for_it() {
        let more = opened().given(insert("brief", "banner"));
        assert_eq!(order(&more), ["brief", "banner", "plan", "ads"]);
        assert_eq!(more.statuses(), ["ready", "waiting", "waiting", "waiting"]);
        let done = more.given(start("brief")).given(receive_by_staff(&["business"]));
        done.when(submit("brief")).then(&["task_submitted", "task_completed", "task_ready"]);
        let done = done.given(submit("brief")).by("maksym");
        assert_eq!(done.statuses()[1..3], ["ready", "waiting"]);
        done.when(start("plan")).refused("not-its-turn");
        done.given(start("banner")).when(submit("banner")).then(&[
            "task_submitted",
            "task_completed",
            "task_ready",
        ]);
    }

    #[test]
    fn a_task_whose_turn_had_come_waits_again() {
        let ready = completed("brief").by("olena");
        ready.when(insert("brief", "banner")).then(&["task_inserted", "task_unreadied", "task_ready"]);
        assert_eq!(ready.given(insert("brief", "banner")).statuses()[1..3], ["ready", "waiting"]);
    }

    #[test]
    fn nothing_is_put_before_work_that_has_begun() {
        in_progress("plan").by("olena").when(insert("brief", "banner")).refused("too-late-to-insert");
        completed("plan").by("olena").when(insert("brief", "banner")).refused("too-late-to-insert");
        let after = in_progress("plan").by("olena");
        after.when(insert("plan", "banner")).then(&["task_inserted"]);
    }

    #[test]
    fn the_last_put_in_comes_first_and_each_waits_for_the_other() {
        let two = opened().given(insert("brief", "banner")).given(insert("brief", "video"));
        assert_eq!(order(&two), ["brief", "video", "banner", "plan", "ads"]);
        let state = &two.state;
        assert!(state.waits_for(&"plan".into(), &"video".into()));
        assert!(state.waits_for(&"banner".into(), &"video".into()));
        assert!(!state.waits_for(&"video".into(), &"banner".into()));
    }

    #[test]
    fn a_task_put_in_the_middle_of_a_later_period_stays_there() {
        use crate::domain::definition::NextRound;
        let open = |period| ProjectCommand::OpenPeriod { period };
        let second = monthly(NextRound::WhenThePmSaysSo).given(open(2)).given(insert("report.2", "extra"));
        assert_eq!(order(&second), ["work", "report", "payment", "report.2", "extra.2", "payment.2"]);
        assert!(!order(&second.given(open(3))).contains(&"extra.3"));
    }

    #[test]
    fn ids_are_usable_and_new() {
        opened().when(insert("brief", "plan")).refused("task-exists");
        opened().given(insert("brief", "banner")).when(insert("plan", "banner")).refused("task-exists");
        opened().when(insert("brief", "ads.2")).refused("bad-id");
        opened().when(insert("nowhere", "banner")).refused("no-task");
    }

    #[test]
    fn who_works_on_a_project_does_not_change_its_plan() {
        opened().by("maksym").when(insert("brief", "banner")).refused("not-allowed");
    }
}
