//! The load: planned hours of each role by week, spread over the business days on which a task was worked on.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use engine::domain::TaskId;
use engine::domain::calendar::Calendar;
use engine::domain::project::{Project, ProjectEvent};

use crate::report::Load;

/// From the first start of each task until it was first handed over.
#[derive(Default)]
pub struct Shifts {
    days: BTreeMap<TaskId, (NaiveDate, NaiveDate, bool)>,
}

impl Shifts {
    pub fn note(&mut self, event: &ProjectEvent, today: NaiveDate) {
        if let ProjectEvent::TaskStarted { task, .. } = event {
            self.days.entry(task.clone()).or_insert((today, today, false));
        }
        if let ProjectEvent::TaskSubmitted { task, .. } | ProjectEvent::TaskCompleted { task, .. } = event
            && let Some((_, until, over)) = self.days.get_mut(task)
            && !*over
        {
            (*until, *over) = (today, true);
        }
    }

    /// The load of everything that was begun; what is not handed over lasts until it was due.
    pub fn load(&self, project: &Project, calendar: &Calendar) -> Load {
        let mut load = Load::default();
        for (id, (from, until, over)) in &self.days {
            let Some((task, plan)) = project.task(id).zip(project.plan(id)) else { continue };
            let due = task.due.map_or(*until, |due| calendar.local(due).date());
            let until = if *over { *until } else { due.max(*from) };
            spread(&mut load, calendar, (*from, until), (&plan.assignee, plan.minutes));
        }
        load
    }
}

fn spread(
    load: &mut Load,
    calendar: &Calendar,
    (from, until): (NaiveDate, NaiveDate),
    (role, minutes): (&str, u32),
) {
    let all = from.iter_days().take_while(|day| *day <= until);
    let days: Vec<NaiveDate> = all.filter(|day| calendar.is_business_day(*day)).collect();
    let days = if days.is_empty() { vec![from] } else { days };
    let count = u32::try_from(days.len()).unwrap_or(1);
    for (number, day) in (0u32..).zip(days) {
        // Each day gets its share, and together they are the whole.
        let share = minutes * (number + 1) / count - minutes * number / count;
        let monday = day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())));
        let week = load.weeks.entry(monday.unwrap_or(day)).or_default();
        *week.entry(role.to_owned()).or_default() += share;
    }
}
