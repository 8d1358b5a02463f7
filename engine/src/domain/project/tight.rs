//! Early warning: the work that remains is more than the business time until it is due (XP-08).

use chrono::Duration;

use super::state::{Project, Status, Task};
use crate::domain::calendar::Calendar;
use crate::domain::{TaskId, Timestamp};

impl Project {
    /// Planned time of a task that nobody has worked yet.
    pub fn remaining(&self, task: &TaskId) -> Duration {
        let planned = self.plan(task).map_or(0, |plan| plan.minutes);
        Duration::minutes(i64::from(planned.saturating_sub(self.minutes_of(task))))
    }

    /// Whether a task of ours that is not late yet cannot be ready in time any more, working on nothing else.
    pub fn is_tight(&self, task: &Task, calendar: &Calendar, now: Timestamp) -> bool {
        let is_ours = match task.status {
            Status::Ready | Status::InProgress | Status::Paused | Status::Rework => true,
            Status::Waiting
            | Status::InReview
            | Status::AwaitingApproval
            | Status::Completed
            | Status::Cancelled => false,
        };
        let due = task.due.filter(|due| is_ours && *due > now);
        due.is_some_and(|due| self.remaining(&task.id) > calendar.open_time(now, due))
    }
}

#[cfg(test)]
mod tests {
    use super::super::ProjectCommand;
    use super::super::testing::*;
    use crate::domain::calendar::weekdays;

    fn is_tight(given: &Given, at: crate::domain::Timestamp) -> bool {
        let task = given.state.task(&"plan".into()).unwrap();
        given.state.is_tight(task, &weekdays(), at)
    }

    #[test]
    fn sixteen_hours_of_work_do_not_fit_into_a_day_unless_half_of_it_is_done() {
        let plan = |minutes| in_progress("plan").planned("plan", move |plan| plan.minutes = minutes);
        let due = plan(16 * 60).state.task(&"plan".into()).unwrap().due.expect("it has a term");
        let eve = due - chrono::Duration::hours(24);
        assert!(is_tight(&plan(16 * 60), eve));
        assert!(!is_tight(&plan(60), eve));
        let spent = ProjectCommand::AddTime {
            task: "plan".into(),
            kind: None,
            minutes: 15 * 60 + 30,
            on: None,
            person: None,
            comment: None,
        };
        assert!(!is_tight(&plan(16 * 60).by("maksym").given(spent), eve));
        let after = due + chrono::Duration::hours(1);
        assert!(!is_tight(&plan(16 * 60), after), "what is late is late, and told of as such");
    }
}
