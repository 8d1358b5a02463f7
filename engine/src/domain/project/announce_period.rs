//! Telling the client of a period on its first day, if it was opened before that.

use super::event::ProjectEvent;
use super::state::{Project, Status, Task};
use crate::domain::Timestamp;
use crate::domain::calendar::Calendar;

/// The client is told once.
pub fn decide(project: &Project, period: u32) -> Vec<ProjectEvent> {
    let known = project.periods.iter().any(|known| known.number == period && !known.announced);
    known.then_some(ProjectEvent::PeriodAnnounced { period }).into_iter().collect()
}

/// The periods that still have to be announced, and when.
pub fn upcoming(project: &Project, calendar: &Calendar) -> Vec<(u32, Timestamp)> {
    let waits = project.periods.iter().filter(|period| period.number > 1 && !period.announced);
    let found = waits.filter_map(|period| {
        let first = first_task(project, period.number)?;
        let begins = project.begins(&first.id, calendar)?;
        let early = first.status != Status::Waiting && first.clocks.ready? < begins;
        early.then(|| (period.number, calendar.opening(begins)))
    });
    found.collect()
}

/// The task with which a period starts.
pub fn first_task(project: &Project, period: u32) -> Option<&Task> {
    project.tasks.iter().find(|task| task.id.period() == period)
}

#[cfg(test)]
mod tests {
    use crate::domain::definition::NextRound;
    use crate::domain::project::ProjectCommand;
    use crate::domain::project::testing::*;

    #[test]
    fn a_period_that_was_opened_early_is_announced_on_its_first_day_and_once() {
        let early = monthly(NextRound::WhenPaid).by("nadiia").given(receive("2", None)).by("olena");
        let waits = |given: &Given| given.timers().into_iter().find(|timer| timer.contains("announce/"));
        assert_eq!(waits(&early), None, "its first task waits for those before it");
        let ready = early.given(cancel("work")).given(cancel("report"));
        assert_eq!(waits(&ready).as_deref(), Some("Wed 12-23 09:00 announce/2"));
        let announce = ProjectCommand::AnnouncePeriod { period: 2 };
        ready.clone().at("2026-12-22 09:00").when(announce.clone()).then(&[]);
        let told = ready.at("2026-12-23 09:00").given(announce.clone());
        assert_eq!(waits(&told), None);
        told.when(announce).then(&[]);
        let late = early.later(40 * 86_400).given(cancel("work")).given(cancel("report"));
        assert_eq!(waits(&late), None, "it was told when its turn came");
    }
}
