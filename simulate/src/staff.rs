//! The staff as players: what they mean to do when something happened, in business time.
//!
//! Work begins a quarter of an hour after its turn came, and is handed over in time for the check, unless the
//! planned hours do not fit; a check takes an hour; rework takes a quarter of the planned hours.

use engine::domain::calendar::Calendar;
use engine::domain::definition::{self, Kind, NextRound, Term, Unit};
use engine::domain::project::{Project, ProjectEvent};
use engine::domain::{Actor, Fact, PersonId, TaskId, Timestamp};

use crate::agenda::{Act, Agenda};

/// A term in business minutes.
pub fn minutes(minutes: u32) -> Term {
    Term { hundredths: minutes.saturating_mul(100).div_ceil(60), unit: Unit::BusinessHours }
}

/// What the staff means to do after a fact.
pub fn plan(agenda: &mut Agenda, project: &Project, calendar: &Calendar, fact: &Fact<ProjectEvent>) {
    let soon = |minutes_later: u32| calendar.plus(fact.at, minutes(minutes_later));
    let event = &fact.event;
    if let ProjectEvent::TaskReady { task, .. } = event {
        let turn = turn(project, calendar, task, fact.at);
        agenda.add(calendar.plus(turn, minutes(15)), Act::Start(task.clone()));
    }
    if let ProjectEvent::RemarksClosed { task, .. } | ProjectEvent::TaskReturned { task, .. } = event {
        agenda.add(soon(15), Act::Start(task.clone()));
    }
    if let ProjectEvent::TaskStarted { task, .. } = event {
        work(agenda, project, calendar, task, fact.at);
    }
    if let ProjectEvent::FormReceived { form, .. } = event {
        let waits = |button: &definition::Button| button.needs_form.as_ref() == Some(form);
        for (task, plan) in project.tasks.iter().filter_map(|task| Some((task, project.plan(&task.id)?))) {
            for button in plan.buttons.iter().filter(|button| waits(button)) {
                agenda.add(soon(15), Act::Press(task.id.clone(), button.id.clone()));
            }
        }
    }
    if let ProjectEvent::TaskSubmitted { task, .. } = event {
        agenda.add(soon(60), Act::Check(task.clone()));
    }
    if let ProjectEvent::PaymentExpected { payment, task: None, .. } = event {
        agenda.add(soon(60), Act::Invoice(payment.clone()));
    }
    if let Some(period) = next_by_hand(project) {
        agenda.add(soon(60), Act::OpenPeriod(period));
    }
}

/// When a task's turn comes: not before its period begins.
fn turn(project: &Project, calendar: &Calendar, task: &TaskId, at: Timestamp) -> Timestamp {
    project.begins(task, calendar).map_or(at, |begins| begins.max(at))
}

fn work(agenda: &mut Agenda, project: &Project, calendar: &Calendar, id: &TaskId, now: Timestamp) {
    let Some((task, plan)) = project.task(id).zip(project.plan(id)) else { return };
    if task.round > 1 {
        agenda.add(calendar.plus(now, minutes((plan.minutes / 4).max(60))), Act::HandOver(id.clone()));
        return;
    }
    if plan.kind == Kind::Payment {
        if let Some(payment) = project.payment_of(id) {
            agenda.add(now, Act::Invoice(payment));
        }
        return;
    }
    let end = handed_over(calendar, plan, task.due, now);
    for button in plan.buttons.iter().filter(|button| !(button.once && task.pressed.contains(&button.id))) {
        let asks = [&button.send_form, &button.ask_agreement, &button.ask_access];
        let term = if asks.into_iter().any(Option::is_some) { minutes(15) } else { fifth(plan) };
        agenda.add(calendar.plus(now, term).min(end), Act::Press(id.clone(), button.id.clone()));
    }
    agenda.add(end, Act::HandOver(id.clone()));
}

/// In time for whoever checks it, unless the work itself takes longer.
pub fn handed_over(
    calendar: &Calendar,
    plan: &definition::Task,
    due: Option<Timestamp>,
    now: Timestamp,
) -> Timestamp {
    let worked = calendar.plus(now, minutes(plan.minutes));
    let spare = if plan.auditor.is_some() { 120 } else { 60 };
    due.map_or(worked, |due| calendar.before(due, minutes(spare)).max(worked))
}

/// What is pressed in the middle of the work is pressed after a fifth of it.
fn fifth(plan: &definition::Task) -> Term {
    let term = plan.due.unwrap_or_else(|| minutes(plan.minutes));
    Term { hundredths: term.hundredths / 5, ..term }
}

/// The period that waits for the PM's word.
fn next_by_hand(project: &Project) -> Option<u32> {
    let repeats = project.repeats().filter(|_| !project.completed)?;
    let last = project.last_period();
    (repeats.next_round == NextRound::WhenThePmSaysSo && project.is_through(last)).then_some(last + 1)
}

/// Who checks a task: its auditor, or the head where that would be one's own work.
pub fn checker(project: &Project, id: &TaskId) -> Actor {
    let assignee = project.assignee(id);
    let role = project.plan(id).and_then(|plan| plan.auditor.as_deref()).unwrap_or("pm");
    let candidates = [project.holder(role), project.holder("head")];
    let found = candidates.into_iter().flatten().find(|person| Some(*person) != assignee);
    found.cloned().map_or(Actor::Operator, Actor::Person)
}

/// The holder of the first of these roles that there is.
pub fn holder(project: &Project, roles: &[&str]) -> Actor {
    let found: Option<&PersonId> = roles.iter().find_map(|role| project.holder(role));
    found.cloned().map_or(Actor::Operator, Actor::Person)
}
