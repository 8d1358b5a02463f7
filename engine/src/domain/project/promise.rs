//! "The next step by Friday": a promise to the client, and what becomes of it (T7, XP-07).

use chrono::NaiveDate;

use super::ProjectCommand;
use super::event::{ContentRef, ProjectEvent};
use super::rules::{find, may_lead, may_work, wrong_status};
use super::state::{Project, Promise};
use super::timers::is_kept;
use crate::domain::{Asked, Refusal, TaskId};

type Order = Asked<ProjectCommand>;

/// The promise stands; an earlier one about the same thing is replaced.
pub fn make(
    project: &Project,
    asked: &Order,
    about: Option<&TaskId>,
    by: NaiveDate,
    what: &ContentRef,
) -> Result<Vec<ProjectEvent>, Refusal> {
    may_promise(project, asked, about)?;
    if let Some(id) = about {
        let (task, plan) = find(project, id)?;
        if task.status.is_over() {
            return Err(wrong_status(task, plan, "promise"));
        }
    }
    let closes = asked.world.calendar.closing(by);
    if project.completed {
        return Err(Refusal::ProjectOver);
    }
    if closes <= asked.at {
        return Err(Refusal::DayIsPast { day: by });
    }
    let known = project.promises.get(&about.cloned());
    if known.is_some_and(|known| known.by == by && known.what == *what && !known.missed) {
        return Ok(Vec::new());
    }
    Ok(vec![ProjectEvent::NextStepPromised { task: about.cloned(), by, what: what.clone() }])
}

/// The next step was made.
pub fn keep(project: &Project, asked: &Order, about: Option<&TaskId>) -> Result<Vec<ProjectEvent>, Refusal> {
    may_promise(project, asked, about)?;
    let stands = project.promises.contains_key(&about.cloned());
    Ok(stands.then(|| ProjectEvent::PromiseKept { task: about.cloned() }).into_iter().collect())
}

/// From the timer: the day has passed, if the promise still stands.
pub fn missed(project: &Project, about: Option<&TaskId>, by: NaiveDate) -> Vec<ProjectEvent> {
    let open = |promise: &Promise| promise.by == by && !promise.missed;
    let stands = project.promises.get(&about.cloned()).is_some_and(open);
    let missed = ProjectEvent::PromiseMissed { task: about.cloned(), by };
    (stands && !is_kept(project, about)).then_some(missed).into_iter().collect()
}

impl Project {
    /// Notes what a fact means for the promises.
    pub(super) fn note_promise(&mut self, event: &ProjectEvent) {
        if let ProjectEvent::NextStepPromised { task, by, what } = event {
            let promise = Promise { by: *by, what: what.clone(), missed: false };
            self.promises.insert(task.clone(), promise);
        }
        if let ProjectEvent::PromiseMissed { task, .. } = event
            && let Some(promise) = self.promises.get_mut(task)
        {
            promise.missed = true;
        }
        if let ProjectEvent::PromiseKept { task } = event {
            self.promises.remove(task);
        }
    }
}

fn may_promise(project: &Project, asked: &Order, about: Option<&TaskId>) -> Result<(), Refusal> {
    match about {
        Some(id) => may_work(project, asked, id, find(project, id)?.1),
        None => may_lead(project, asked, "promise"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::project::testing::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn promise(task: Option<&str>, by: u32) -> ProjectCommand {
        ProjectCommand::PromiseNextStep { task: task.map(TaskId::from), by: day(by), what: content() }
    }

    fn pass(task: Option<&str>, by: u32) -> ProjectCommand {
        ProjectCommand::TellPromiseMissed { task: task.map(TaskId::from), by: day(by) }
    }

    #[test]
    fn a_promise_is_kept_or_missed_once() {
        let promised = in_progress("plan").given(promise(Some("plan"), 25));
        promised.when(pass(Some("plan"), 25)).then(&["promise_missed"]);
        promised.given(pass(Some("plan"), 25)).when(pass(Some("plan"), 25)).then(&[]);
        let kept = promised.given(ProjectCommand::KeepPromise { task: Some("plan".into()) });
        kept.when(pass(Some("plan"), 25)).then(&[]);
    }

    #[test]
    fn a_later_day_takes_the_place_of_the_earlier_one() {
        let promised = opened().given(promise(None, 25)).given(promise(None, 27));
        promised.when(pass(None, 25)).then(&[]);
        promised.when(pass(None, 27)).then(&["promise_missed"]);
    }

    #[test]
    fn a_promise_about_a_task_that_is_over_is_kept() {
        let promised = awaiting("plan").by("olena").given(promise(Some("plan"), 25));
        let done = promised.by("sofiia").given(approve("plan", 1));
        done.when(pass(Some("plan"), 25)).then(&[]);
    }

    #[test]
    fn nobody_promises_a_day_that_is_over() {
        opened().when(promise(None, 20)).refused("day-is-past");
    }
}
