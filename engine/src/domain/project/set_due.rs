//! The day that the PM sets instead of the one that the template reckons, with the reason (PF-24).

use chrono::NaiveDate;

use super::ProjectCommand;
use super::event::{ContentRef, ProjectEvent};
use super::rules::{find, may_lead, wrong_status};
use super::state::{Project, Status};
use crate::domain::{Asked, Refusal, TaskId};

/// The task is due by the end of that business day, until its turn or a return sets another one.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &TaskId,
    on: NaiveDate,
    reason: Option<&ContentRef>,
) -> Result<Vec<ProjectEvent>, Refusal> {
    may_lead(project, asked, "due")?;
    let (task, plan) = find(project, id)?;
    if task.status == Status::Waiting || task.status.is_over() {
        return Err(wrong_status(task, plan, "due"));
    }
    let due = asked.world.calendar.closing(on);
    if due <= asked.at {
        return Err(Refusal::DayIsPast { day: on });
    }
    let reason = reason.ok_or_else(|| Refusal::ReasonNeeded { wanted: "due".to_owned() })?;
    if task.due == Some(due) && task.due_by_hand {
        return Ok(Vec::new());
    }
    Ok(vec![ProjectEvent::DueSet { task: id.clone(), due, reason: reason.clone() }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::project::testing::*;

    fn due(task: &str, day: u32) -> ProjectCommand {
        let on = NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        ProjectCommand::SetDue { task: task.into(), on, reason: Some(content()) }
    }

    #[test]
    fn the_pm_sets_another_day_and_what_is_timed_by_it_follows() {
        let set = in_progress("plan").by("olena").given(due("plan", 30));
        assert!(
            set.timers().iter().any(|timer| timer == "Mon 11-30 18:00 overdue/plan/1"),
            "{:?}",
            set.timers()
        );
        set.when(due("plan", 30)).then(&[]);
        set.when(due("plan", 27)).then(&["due_set"]);
    }

    #[test]
    fn whoever_was_late_is_not_late_any_more() {
        let late = in_progress("plan").at("2026-11-25 10:00");
        let late = late.given(ProjectCommand::TellOverdue { task: "plan".into(), round: 1 }).by("olena");
        let set = late.given(due("plan", 30));
        assert!(set.timers().iter().any(|timer| timer.ends_with("overdue/plan/1")), "{:?}", set.timers());
    }

    #[test]
    fn a_day_set_by_hand_stays_when_the_project_rests() {
        let set = in_progress("plan").by("olena").given(due("plan", 30));
        let paused = set.later(3_600).given(ProjectCommand::PauseProject { reason: content() });
        paused.later(86_400).when(ProjectCommand::ResumeProject).then(&["project_resumed"]);
    }

    #[test]
    fn only_the_pm_moves_a_day_and_only_of_a_task_whose_turn_it_is() {
        in_progress("plan").by("maksym").when(due("plan", 30)).refused("not-allowed");
        opened().by("olena").when(due("plan", 30)).refused("wrong-status");
        completed("plan").by("olena").when(due("plan", 30)).refused("wrong-status");
        in_progress("plan").by("olena").when(due("plan", 20)).refused("day-is-past");
        let on = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        let unsaid = ProjectCommand::SetDue { task: "plan".into(), on, reason: None };
        in_progress("plan").by("olena").when(unsaid).refused("reason-needed");
    }
}
