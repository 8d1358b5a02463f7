//! Working time of people on tasks: written down, corrected by taking it back, added up (PF-46, PF-48).

use chrono::NaiveDate;

use super::ProjectCommand;
use super::event::{ContentRef, ProjectEvent};
use super::rules::{find, may_lead, not_its_turn, wrong_status};
use super::state::{Project, Status, Task};
use crate::domain::definition;
use crate::domain::worktime::TimeKind;
use crate::domain::{Actor, Asked, Fact, PersonId, Refusal, TaskId, Timestamp};

type Order = Asked<ProjectCommand>;

/// Nobody works longer on one thing in one day.
const LONGEST: u32 = 24 * 60;

/// Time that a person spent on a task.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeEntry {
    /// From 1, within the project.
    pub number: u32,
    pub task: TaskId,
    pub kind: TimeKind,
    pub minutes: u32,
    pub on: NaiveDate,
    pub person: PersonId,
    /// The role as which the person worked, if it held one.
    pub role: Option<String>,
    pub comment: Option<ContentRef>,
    /// Who wrote it down, and when.
    pub by: Actor,
    pub at: Timestamp,
    /// It was taken back.
    pub cancelled: bool,
}

/// What a task takes time for; one that declares nothing is work.
pub fn kinds(plan: &definition::Task) -> Vec<TimeKind> {
    if plan.time.is_empty() { vec![TimeKind::Work] } else { plan.time.clone() }
}

/// Time is written down; of somebody else only by those who lead.
pub fn add(project: &Project, asked: &Order, id: &TaskId) -> Result<Vec<ProjectEvent>, Refusal> {
    let ProjectCommand::AddTime { kind, minutes, on, person, comment, .. } = &asked.command else {
        return Ok(Vec::new());
    };
    let (task, plan) = find(project, id)?;
    let person = worker(project, asked, id, person.as_ref())?;
    let kind = fitting(task, plan, kind.as_deref())?;
    if *minutes == 0 || *minutes > LONGEST {
        return Err(Refusal::BadTime { minutes: *minutes, longest: LONGEST });
    }
    let today = local_day(asked, asked.at);
    let on = on.unwrap_or(today);
    if on > today {
        return Err(Refusal::DayIsAhead { day: on });
    }
    takes_time(project, asked, (task, plan), on)?;
    let role = role_of(project, plan, &person);
    let entry = u32::try_from(project.time.len()).unwrap_or(u32::MAX).saturating_add(1);
    let (task, minutes, comment) = (id.clone(), *minutes, comment.clone());
    Ok(vec![ProjectEvent::TimeAdded { task, entry, kind, minutes, on, person, role, comment }])
}

/// An entry is taken back, by whom it is of or by those who lead.
pub fn cancel(
    project: &Project,
    asked: &Order,
    number: u32,
    reason: Option<&ContentRef>,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let Some(entry) = project.time.iter().find(|entry| entry.number == number) else {
        let have = u32::try_from(project.time.len()).unwrap_or(u32::MAX);
        return Err(Refusal::NoTimeEntry { entry: number, have });
    };
    if asked.by.person() != Some(&entry.person) {
        may_lead(project, asked, "time")?;
    }
    let (task, reason) = (entry.task.clone(), reason.cloned());
    let cancelled = ProjectEvent::TimeCancelled { task, entry: number, reason };
    Ok((!entry.cancelled).then_some(cancelled).into_iter().collect())
}

/// Whose time it is: the asker's; of the operator's asking, the assignee's.
fn worker(
    project: &Project,
    asked: &Order,
    id: &TaskId,
    named: Option<&PersonId>,
) -> Result<PersonId, Refusal> {
    let asker = asked.by.person();
    let person = named.or(asker).or_else(|| project.assignee(id));
    let person = person.ok_or_else(|| Refusal::NotAllowed { wanted: "time".to_owned() })?;
    let works_here =
        project.opened.as_ref().is_some_and(|opened| opened.assigned.values().any(|p| p == person));
    if asker != Some(person) || !works_here {
        may_lead(project, asked, "time")?;
    }
    if !asked.world.staff.people.contains_key(person) {
        return Err(Refusal::NoPerson { person: person.to_string() });
    }
    Ok(person.clone())
}

/// The kind that was named; one that goes without saying may stay unsaid.
fn fitting(task: &Task, plan: &definition::Task, named: Option<&str>) -> Result<TimeKind, Refusal> {
    let known = kinds(plan);
    let found = match (named.filter(|word| !word.trim().is_empty()), known.as_slice()) {
        (None, [only]) => Some(*only),
        (None, _) => None,
        (Some(word), _) => TimeKind::called(word).filter(|kind| known.contains(kind)),
    };
    found.ok_or_else(|| Refusal::NoTimeKind {
        task: task.id.0.clone(),
        title: plan.title.clone(),
        kind: named.unwrap_or_default().chars().take(80).collect(),
        known: known.iter().map(|kind| kind.word().to_owned()).collect(),
    })
}

/// What is over takes no time of later days, unless it stays open until the project ends (`stays_open`).
fn takes_time(
    project: &Project,
    asked: &Order,
    (task, plan): (&Task, &definition::Task),
    on: NaiveDate,
) -> Result<(), Refusal> {
    if task.status == Status::Waiting {
        return Err(not_its_turn(project, task, plan).unwrap_or_else(|| wrong_status(task, plan, "time")));
    }
    let is_later = |at: Option<Timestamp>| at.is_some_and(|at| on > local_day(asked, at));
    if project.completed && is_later(project.ended) {
        return Err(Refusal::ProjectOver);
    }
    if task.status.is_over() && !plan.stays_open && is_later(task.clocks.over) {
        return Err(wrong_status(task, plan, "time"));
    }
    Ok(())
}

/// The role of the task if the person holds it, else any that it holds here.
fn role_of(project: &Project, plan: &definition::Task, person: &PersonId) -> Option<String> {
    if project.holder(&plan.assignee) == Some(person) {
        return Some(plan.assignee.clone());
    }
    let assigned = &project.opened.as_ref()?.assigned;
    assigned.iter().find(|(_, holder)| *holder == person).map(|(role, _)| role.clone())
}

fn local_day(asked: &Order, at: Timestamp) -> NaiveDate {
    at.with_timezone(&asked.world.calendar.zone).date_naive()
}

impl Project {
    /// Minutes that were spent on a task.
    pub fn minutes_of(&self, task: &TaskId) -> u32 {
        let entries = self.time.iter().filter(|entry| entry.task == *task && !entry.cancelled);
        entries.fold(0, |sum, entry| sum.saturating_add(entry.minutes))
    }

    /// Notes what a fact means for the worked time.
    pub(super) fn apply_time(&mut self, fact: &Fact<ProjectEvent>) {
        if let ProjectEvent::TimeAdded { task, entry, kind, minutes, on, person, role, comment } = &fact.event
        {
            self.time.push(TimeEntry {
                number: *entry,
                task: task.clone(),
                kind: *kind,
                minutes: *minutes,
                on: *on,
                person: person.clone(),
                role: role.clone(),
                comment: comment.clone(),
                by: fact.by.clone(),
                at: fact.at,
                cancelled: false,
            });
        }
        if let ProjectEvent::TimeCancelled { entry, .. } = &fact.event {
            self.time.iter_mut().filter(|known| known.number == *entry).for_each(|e| e.cancelled = true);
        }
        if matches!(fact.event, ProjectEvent::ProjectCompleted | ProjectEvent::ProjectClosed { .. }) {
            self.ended = Some(fact.at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::project::testing::*;

    fn add(task: &str, minutes: u32, kind: Option<&str>) -> ProjectCommand {
        ProjectCommand::AddTime {
            task: task.into(),
            kind: kind.map(str::to_owned),
            minutes,
            on: None,
            person: None,
            comment: None,
        }
    }

    fn on(command: ProjectCommand, day: u32) -> ProjectCommand {
        let ProjectCommand::AddTime { task, kind, minutes, person, comment, .. } = command else { panic!() };
        let on = NaiveDate::from_ymd_opt(2026, 11, day);
        ProjectCommand::AddTime { task, kind, minutes, on, person, comment }
    }

    fn talks(given: Given) -> Given {
        given.planned("brief", |plan| plan.time = vec![TimeKind::Call, TimeKind::Meeting])
    }

    #[test]
    fn each_entry_has_a_number_and_all_are_added_up() {
        let given = talks(opened()).by("olena");
        given.when(add("brief", 45, Some("call"))).then(&["time_added"]);
        let two = given.given(add("brief", 45, Some("call"))).given(add("brief", 30, Some("meeting")));
        assert_eq!(two.state.minutes_of(&"brief".into()), 75);
        let taken = two.given(ProjectCommand::CancelTime { entry: 1, reason: None });
        assert_eq!(taken.state.minutes_of(&"brief".into()), 30);
        taken.when(ProjectCommand::CancelTime { entry: 1, reason: None }).then(&[]);
        taken.when(ProjectCommand::CancelTime { entry: 3, reason: None }).refused("no-time-entry");
    }

    #[test]
    fn a_task_takes_time_of_the_kinds_that_its_template_names() {
        let given = talks(opened()).by("olena");
        given.when(add("brief", 45, Some("road"))).refused("no-time-kind");
        given.when(add("brief", 45, None)).refused("no-time-kind");
        let plain = in_progress("plan").by("maksym");
        plain.when(add("plan", 45, None)).then(&["time_added"]);
        plain.when(add("plan", 45, Some("call"))).refused("no-time-kind");
    }

    #[test]
    fn nobody_works_more_than_a_day_in_a_day_nor_tomorrow() {
        let given = in_progress("plan").by("maksym");
        given.when(add("plan", 0, None)).refused("bad-time");
        given.when(add("plan", 1_441, None)).refused("bad-time");
        given.when(on(add("plan", 60, None), 24)).refused("day-is-ahead");
        given.when(on(add("plan", 60, None), 20)).then(&["time_added"]);
    }

    #[test]
    fn time_is_ones_own_unless_one_leads() {
        let of = |person: &str| {
            let person = Some(person.into());
            ProjectCommand::AddTime {
                task: "plan".into(),
                kind: None,
                minutes: 5,
                on: None,
                person,
                comment: None,
            }
        };
        let given = in_progress("plan");
        given.clone().by("maksym").when(of("taras")).refused("not-allowed");
        given.clone().by("stranger").when(add("plan", 5, None)).refused("not-allowed");
        given.clone().by("olena").when(of("nobody")).refused("no-person");
        let added = given.by("olena").given(of("taras"));
        assert_eq!(added.state.time[0].role.as_deref(), Some("ads"));
        added
            .clone()
            .by("maksym")
            .when(ProjectCommand::CancelTime { entry: 1, reason: None })
            .refused("not-allowed");
        added
            .by("taras")
            .when(ProjectCommand::CancelTime { entry: 1, reason: None })
            .then(&["time_cancelled"]);
    }

    #[test]
    fn what_is_over_takes_no_later_time_unless_it_stays_open() {
        let over = completed("plan").by("maksym").later(86_400 * 3);
        over.when(add("plan", 60, None)).refused("wrong-status");
        over.when(on(add("plan", 60, None), 23)).then(&["time_added"]);
        let open = over.planned("plan", |plan| plan.stays_open = true);
        open.when(add("plan", 60, None)).then(&["time_added"]);
        let close = ProjectCommand::CloseProject { reason: content() };
        let closed = open.by("olena").given(close).by("maksym");
        closed.when(add("plan", 60, None)).then(&["time_added"]);
        closed.later(86_400 * 2).when(add("plan", 60, None)).refused("project-over");
    }

    #[test]
    fn a_task_whose_turn_has_not_come_takes_no_time() {
        opened().by("maksym").when(add("plan", 60, None)).refused("not-its-turn");
    }
}
