//! When a task is due: its term from when it became ready or came back, by the calendar and without pauses.

use super::ProjectCommand;
use super::event::ProjectEvent;
use super::state::{Project, Task};
use crate::domain::calendar::Calendar;
use crate::domain::definition::Term;
use crate::domain::{Asked, TaskId, Timestamp};

type Order = Asked<ProjectCommand>;

/// When a task that comes back now is due.
pub fn due(asked: &Order, term: Option<Term>) -> Option<Timestamp> {
    term.map(|term| asked.world.calendar.plus(asked.at, term))
}

/// The same for a task that may become ready before its period begins: nobody is late before that.
pub fn in_period(project: &Project, asked: &Order, id: &TaskId) -> Option<Timestamp> {
    let calendar = &asked.world.calendar;
    let since = project.begins(id, calendar).map_or(asked.at, |begins| begins.max(asked.at));
    Some(calendar.plus(since, project.plan(id)?.due?))
}

/// The days that move because the project rested until now.
pub fn moved(project: &Project, asked: &Order) -> Vec<ProjectEvent> {
    let mut resumed = project.clone();
    resumed.rests.extend(resumed.paused.take().map(|from| (from, asked.at)));
    let tasks = project.tasks.iter().filter(|task| !task.status.is_over());
    let moved = tasks.filter_map(|task| {
        let due = resumed.due_of(task, &asked.world.calendar).filter(|due| task.due != Some(*due))?;
        Some(ProjectEvent::DueMoved { task: task.id.clone(), due })
    });
    moved.collect()
}

impl Project {
    /// When a task is due by the calendar as it is now; the day that was said then may have moved.
    pub fn due_of(&self, task: &Task, calendar: &Calendar) -> Option<Timestamp> {
        if task.due_by_hand {
            return task.due;
        }
        let (said, term) = (task.due?, self.plan(&task.id)?.due);
        let Some((set, term)) = task.clocks.due_set.zip(term) else { return Some(said) };
        let begins = self.begins(&task.id, calendar).filter(|_| task.round == 1);
        Some(calendar.plus_resting(begins.map_or(set, |begins| begins.max(set)), term, &self.rests))
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::calendar::weekdays;
    use crate::domain::project::ProjectCommand;
    use crate::domain::project::testing::*;

    fn pause() -> ProjectCommand {
        ProjectCommand::PauseProject { reason: content() }
    }

    #[test]
    fn what_is_reckoned_is_what_was_said_while_nothing_moves() {
        for given in [opened(), in_progress("plan"), sent_back("plan"), completed("plan")] {
            for task in &given.state.tasks {
                assert_eq!(given.state.due_of(task, &weekdays()), task.due, "{}", task.id);
            }
        }
    }

    #[test]
    fn a_holiday_that_is_added_moves_the_day() {
        let mut calendar = weekdays();
        calendar.holidays = vec!["2026-11-24".parse().unwrap()];
        let given = opened();
        let due = given.state.due_of(&given.state.tasks[0], &calendar).unwrap();
        assert_eq!(calendar.local(due).to_string(), "2026-11-26 10:00:00");
        let wanted = given.state.timers(&calendar);
        assert_eq!(wanted["overdue/smm-test/brief/1"].0, due);
    }

    #[test]
    fn a_project_that_rested_moves_the_days_of_what_is_open() {
        let paused = in_progress("plan").by("olena").later(3_600).given(pause()).later(7 * 86_400);
        paused.when(ProjectCommand::ResumeProject).then(&["project_resumed", "due_moved"]);
        let resumed = paused.given(ProjectCommand::ResumeProject);
        let plan = resumed.state.task(&"plan".into()).unwrap();
        assert_eq!(plan.due, resumed.state.due_of(plan, &weekdays()));
        assert_eq!(resumed.timers(), ["Wed 12-02 10:00 overdue/plan/1"]);
        let late = in_progress("plan").at("2026-11-25 10:00");
        let late = late.given(ProjectCommand::TellOverdue { task: "plan".into(), round: 1 }).by("olena");
        let rested = late.given(pause()).later(86_400);
        rested.when(ProjectCommand::ResumeProject).then(&["project_resumed"]);
    }
}
