//! What facts entail: payments to expect, tasks that their money completes, periods that open and begin.

use super::event::ProjectEvent;
use super::rules::{complete, turns};
use super::state::{Project, Status, Task};
use super::{ProjectCommand, access};
use crate::domain::definition::{Approval, NextRound};
use crate::domain::field::Value;
use crate::domain::gate::{missing_to_finish, missing_to_start};
use crate::domain::{Asked, Fact, Missing, Origin, PaymentId};

type Order = Asked<ProjectCommand>;

/// One conclusion may lead to the next; more than this in one command would be a mistake of ours.
const STEPS: usize = 100;

/// The facts of a command with everything that follows from them.
pub fn conclude(project: &Project, asked: &Order, events: Vec<ProjectEvent>) -> Vec<ProjectEvent> {
    if !events.iter().any(leads_further) {
        return events;
    }
    let mut state = events.iter().fold(project.clone(), |state, event| apply(state, asked, event));
    let mut all = events;
    for _ in 0..STEPS {
        let more = next(&state, asked);
        if more.is_empty() {
            break;
        }
        state = more.iter().fold(state, |state, event| apply(state, asked, event));
        all.extend(more);
    }
    all
}

/// Whether something may follow from the fact; most facts of a day are not such.
fn leads_further(event: &ProjectEvent) -> bool {
    use ProjectEvent as E;
    matches!(
        event,
        E::ProjectOpened { .. }
            | E::TaskReady { .. }
            | E::TaskCompleted { .. }
            | E::TaskCancelled { .. }
            | E::ProjectClosed { .. }
            | E::ButtonPressed { .. }
            | E::GateConfirmed { .. }
            | E::FormReceived { .. }
            | E::DecisionUndone { .. }
            | E::PeriodOpened { .. }
            | E::DefinitionChanged { .. }
            | E::PaymentInvoiced { .. }
            | E::PaymentReceived { .. }
            | E::PaymentCancelled { .. }
    )
}

/// The state as it would be with one more fact.
pub fn assume(state: &Project, asked: &Order, event: &ProjectEvent) -> Project {
    apply(state.clone(), asked, event)
}

fn apply(state: Project, asked: &Order, event: &ProjectEvent) -> Project {
    let fact = Fact {
        position: 0,
        stream: crate::domain::StreamId::audit(),
        version: state.version + 1,
        command_id: asked.command_id.clone(),
        cause: None,
        origin: Origin::Derived,
        by: asked.by.clone(),
        at: asked.at,
        event: event.clone(),
    };
    state.with(&fact)
}

/// The first conclusion that is not drawn yet.
fn next(state: &Project, asked: &Order) -> Vec<ProjectEvent> {
    if state.completed {
        return access::purge(state);
    }
    let expected = expected(state);
    if !expected.is_empty() {
        return expected;
    }
    let rules: [fn(&Project, &Order) -> Vec<ProjectEvent>; 3] = [paid_task, next_period, beginning];
    rules.iter().map(|rule| rule(state, asked)).find(|found| !found.is_empty()).unwrap_or_default()
}

/// Payments that are new, or whose amount followed the price.
fn expected(state: &Project) -> Vec<ProjectEvent> {
    let mut found = Vec::new();
    for (payment, task) in state.planned_payments() {
        let amount = state.expected_amount(&payment);
        let is_so = state.payment(&payment).is_some_and(|known| {
            let touched = known.invoice.is_some() || !known.receipts.is_empty();
            (touched && known.due().is_some())
                || known.cancelled.is_some()
                || known.amount == amount && known.task == task
        });
        if !is_so {
            found.push(ProjectEvent::PaymentExpected { payment, amount, task });
        }
    }
    found
}

/// A payment task whose money is in is completed as soon as its turn comes.
fn paid_task(state: &Project, asked: &Order) -> Vec<ProjectEvent> {
    let live = |task: &&Task| {
        matches!(task.status, Status::Ready | Status::InProgress | Status::Paused | Status::Rework)
            && !is_checked(state, task)
            && (task.status != Status::Ready || may_start(state, task))
    };
    let paid = state.tasks.iter().filter(live).find_map(|task| {
        let payment = state.payment(&state.payment_of(&task.id)?)?;
        (payment.is_paid() && !lacks_more(state, task)).then_some((task, payment))
    });
    let Some((task, payment)) = paid else { return Vec::new() };
    let set = |field: &str, value: Option<Value>| {
        let event = ProjectEvent::FieldSet { task: task.id.clone(), field: field.to_owned(), value: value? };
        state.plan(&task.id)?.field(field).is_some().then_some(event)
    };
    let amount = set("amount", payment.received().map(Value::Money));
    let on = set("paid_on", payment.receipts.last().map(|receipt| Value::Date(receipt.on)));
    amount.into_iter().chain(on).chain(complete(state, asked, &task.id, task.round)).collect()
}

/// Whether somebody has a say before the task is finished: then it is handed over by a person.
fn is_checked(state: &Project, task: &Task) -> bool {
    let plan = state.plan(&task.id);
    plan.is_some_and(|plan| plan.auditor.is_some() || plan.approval == Approval::Required)
}

/// Whether the gates before the task are open; that nobody is there to do it does not matter.
fn may_start(state: &Project, task: &Task) -> bool {
    missing_to_start(state, task).iter().all(|missing| matches!(missing, Missing::Role { .. }))
}

/// Whether the task asks for more than its money.
fn lacks_more(state: &Project, task: &Task) -> bool {
    let money = |missing: &Missing| match missing {
        Missing::Field { field, .. } => ["invoice", "amount", "paid_on"].contains(&field.as_str()),
        Missing::More { .. }
        | Missing::Gate { .. }
        | Missing::Checklist { .. }
        | Missing::Button { .. }
        | Missing::Role { .. }
        | Missing::Approval { .. }
        | Missing::OtherFile { .. }
        | Missing::Outside { .. }
        | Missing::Handoff { .. }
        | Missing::Task { .. } => false,
    };
    !missing_to_finish(state, task).iter().all(money)
}

/// The next period opens as the template says, and its first task with it if nothing is left before it.
fn next_period(state: &Project, asked: &Order) -> Vec<ProjectEvent> {
    let Some(repeats) = state.repeats() else { return Vec::new() };
    let last = state.last_period();
    let opens = match repeats.next_round {
        NextRound::WhenPaid => {
            state.payment(&PaymentId::period(last + 1)).is_some_and(super::Payment::is_paid)
        }
        NextRound::Automatically => state.is_through(last),
        NextRound::WhenThePmSaysSo => false,
    };
    if opens {
        return vec![ProjectEvent::PeriodOpened { period: last + 1, asked: false }];
    }
    first_tasks(state, asked)
}

/// A period that was opened after everything before it was over has nothing to wait for.
fn first_tasks(state: &Project, asked: &Order) -> Vec<ProjectEvent> {
    let is_later = state.turns_after(None).iter().any(|task| task.id.period() > 1);
    if is_later { turns(state, asked, None) } else { Vec::new() }
}

/// The first opened period without dates, if its first day is known.
fn beginning(state: &Project, asked: &Order) -> Vec<ProjectEvent> {
    let Some(period) = state.periods.iter().find(|period| period.dates.is_none()) else { return Vec::new() };
    let number = period.number;
    let dates = if number == 1 {
        state.first_day(&asked.world.calendar, asked.at).and_then(|from| {
            let until = state.repeats()?.every.last_day(from, from)?;
            Some((from, until))
        })
    } else {
        state.dates_from(number, asked.world.calendar.local(asked.at).date())
    };
    let began = dates.map(|(from, until)| ProjectEvent::PeriodBegan { period: number, from, until });
    began.into_iter().collect()
}
