//! Load: how much work lies before a person, week by week, against the hours that there are (PF-14, SC-32).

use std::borrow::Borrow;

use chrono::{Datelike, Duration, NaiveDate, NaiveTime};

use super::calendar::Calendar;
use super::definition::{Term, Unit};
use super::project::{Project, Status, Task};
use super::{PersonId, ProjectId, TaskId, Timestamp};

/// What is left of a task that took longer than planned and is still open, in minutes.
const AT_LEAST: u32 = 30;

/// A task that somebody can work on now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    pub project: ProjectId,
    pub task: TaskId,
    pub status: Status,
    pub due: Option<Timestamp>,
    /// What is left of the planned time at the person's own pace.
    pub minutes: u32,
    /// When it will be done if the person does one task after the other.
    pub ends: Timestamp,
}

/// What lies before one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// In the order in which they are to be done: what is begun, then what is due first.
    pub jobs: Vec<Job>,
    /// Minutes that are due until the end of this week, what is late included.
    pub this_week: u32,
    pub next_week: u32,
    /// Minutes that are due later, or whose turn has not come.
    pub later: u32,
    /// Worked minutes for a hundred planned ones, where time was written down.
    pub pace: u32,
}

/// The load of a person over the projects that are not over.
pub fn of<P: Borrow<Project>>(
    person: &PersonId,
    projects: &[P],
    calendar: &Calendar,
    now: Timestamp,
) -> Load {
    let mut load = Load { pace: pace(person, projects), ..Load::default() };
    let monday = monday(calendar.local(now).date());
    let week_ends = |weeks: i64| calendar.instant((monday + Duration::weeks(weeks)).and_time(NaiveTime::MIN));
    for project in projects.iter().map(Borrow::borrow) {
        let Some(opened) = &project.opened else { continue };
        for task in project.tasks.iter().filter(|task| project.assignee(&task.id) == Some(person)) {
            let minutes = minutes_left(project, task, load.pace);
            let weeks = match (is_open(task.status), task.due) {
                (true, Some(due)) if due < week_ends(1) => &mut load.this_week,
                (true, Some(due)) if due < week_ends(2) => &mut load.next_week,
                (true, None) => &mut load.this_week,
                (true, Some(_)) | (false, _) => &mut load.later,
            };
            *weeks = weeks.saturating_add(minutes);
            if is_open(task.status) {
                let (project, id) = (opened.project.clone(), task.id.clone());
                let (status, due) = (task.status, task.due);
                load.jobs.push(Job { project, task: id, status, due, minutes, ends: now });
            }
        }
    }
    line_up(&mut load.jobs, calendar, now);
    load
}

/// The open minutes of the agency from a moment to the end of its week, and of the week after.
pub fn capacity(calendar: &Calendar, now: Timestamp) -> (u32, u32) {
    let local = calendar.local(now);
    let monday = monday(local.date());
    let day = |day: NaiveDate, from: NaiveTime| {
        let open = calendar.hours(day).iter().map(|(open, close)| *close - (*open).max(from));
        open.map(|time| time.num_minutes().max(0)).sum::<i64>()
    };
    let rest = over_week(monday, |one| match one.cmp(&local.date()) {
        std::cmp::Ordering::Less => 0,
        std::cmp::Ordering::Equal => day(one, local.time()),
        std::cmp::Ordering::Greater => day(one, NaiveTime::MIN),
    });
    (rest, over_week(monday + Duration::weeks(1), |one| day(one, NaiveTime::MIN)))
}

/// Sums something over the seven days from a Monday.
fn over_week(monday: NaiveDate, minutes: impl Fn(NaiveDate) -> i64) -> u32 {
    u32::try_from(monday.iter_days().take(7).map(minutes).sum::<i64>()).unwrap_or_default()
}

fn monday(day: NaiveDate) -> NaiveDate {
    day - Duration::days(i64::from(day.weekday().num_days_from_monday()))
}

fn is_open(status: Status) -> bool {
    matches!(status, Status::Ready | Status::InProgress | Status::Paused | Status::Rework)
}

fn minutes_left(project: &Project, task: &Task, pace: u32) -> u32 {
    let planned = project.plan(&task.id).map_or(0, |plan| plan.minutes);
    let at_pace = u32::try_from(u64::from(planned) * u64::from(pace) / 100).unwrap_or(u32::MAX);
    let left = at_pace.saturating_sub(project.minutes_of(&task.id));
    match task.status {
        Status::Waiting => left,
        Status::Ready | Status::InProgress | Status::Paused | Status::Rework => {
            left.max(AT_LEAST.min(planned))
        }
        // Not the assignee's to work on.
        Status::InReview | Status::AwaitingApproval | Status::Completed | Status::Cancelled => 0,
    }
}

/// How long the person's finished tasks took, against their plans; nobody is taken for three times faster or slower.
fn pace<P: Borrow<Project>>(person: &PersonId, projects: &[P]) -> u32 {
    let (mut planned, mut worked) = (0_u64, 0_u64);
    for project in projects.iter().map(Borrow::borrow) {
        let done = project.tasks.iter().filter(|task| task.status == Status::Completed);
        for task in done.filter(|task| project.assignee(&task.id) == Some(person)) {
            let minutes = u64::from(project.minutes_of(&task.id));
            let plan = project.plan(&task.id).map_or(0, |plan| u64::from(plan.minutes));
            if minutes > 0 && plan > 0 {
                (planned, worked) = (planned + plan, worked + minutes);
            }
        }
    }
    let pace = (worked * 100).checked_div(planned).unwrap_or(100);
    u32::try_from(pace.clamp(33, 300)).unwrap_or(100)
}

/// One after the other: what is begun first, then what is due first.
fn line_up(jobs: &mut [Job], calendar: &Calendar, now: Timestamp) {
    let begun = |status: Status| status == Status::InProgress;
    jobs.sort_by(|one, other| {
        let key = |job: &Job| (!begun(job.status), job.due.is_none(), job.due);
        key(one).cmp(&key(other)).then_with(|| (&one.project, &one.task).cmp(&(&other.project, &other.task)))
    });
    let mut at = now;
    for job in jobs {
        let hundredths = u32::try_from(u64::from(job.minutes) * 100 / 60).unwrap_or(u32::MAX);
        at = calendar.plus(at, Term { hundredths, unit: Unit::BusinessHours });
        job.ends = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::weekdays;
    use crate::domain::project::testing::*;

    fn at(local: &str) -> Timestamp {
        weekdays().instant(chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap())
    }

    #[test]
    fn the_capacity_of_a_week_is_what_is_left_of_it() {
        let (monday, whole) = capacity(&weekdays(), at("2026-11-23 00:00"));
        assert_eq!(monday, whole, "a week that has not begun is whole");
        let (friday, next) = capacity(&weekdays(), at("2026-11-27 00:00"));
        assert_eq!((friday, next), (whole / 5, whole), "one day is left");
        assert_eq!(capacity(&weekdays(), at("2026-11-28 12:00")).0, 0, "Saturday");
    }

    #[test]
    fn open_work_counts_in_the_week_when_it_is_due_and_the_rest_later() {
        let given = opened().planned("ads", |plan| plan.minutes = 240);
        let project = &given.state;
        let now = at("2026-11-23 09:00");
        let ahead: Vec<Load> = ["olena", "maksym", "taras"]
            .iter()
            .map(|id| of(&(*id).into(), &[project], &weekdays(), now))
            .collect();
        let all = ahead.iter().map(|load| load.this_week + load.next_week + load.later).sum::<u32>();
        let planned = project.tasks.iter().map(|task| project.plan(&task.id).unwrap().minutes).sum::<u32>();
        assert_eq!(all, planned, "each planned minute is somebody's");
        assert_eq!(ahead.iter().map(|load| load.jobs.len()).sum::<usize>(), 1, "one task is open");
        assert!(ahead.iter().all(|load| load.pace == 100), "nobody wrote time down");
    }

    #[test]
    fn tasks_are_done_one_after_the_other_in_working_time() {
        let job = |task: &str, status, minutes| Job {
            project: "p".into(),
            task: task.into(),
            status,
            due: None,
            minutes,
            ends: at("2026-11-23 09:00"),
        };
        let mut jobs = vec![job("a", Status::Ready, 60), job("b", Status::InProgress, 120)];
        line_up(&mut jobs, &weekdays(), at("2026-11-23 09:00"));
        let ends: Vec<_> = jobs.iter().map(|job| (job.task.0.as_str(), job.ends)).collect();
        assert_eq!(ends, [("b", at("2026-11-23 11:00")), ("a", at("2026-11-23 12:00"))]);
    }
}
