//! The client as a player: when it answers what it is asked.

use engine::domain::calendar::Calendar;
use engine::domain::definition::{ReminderWhen, Term, Unit};
use engine::domain::project::{Project, ProjectEvent};
use engine::domain::{Fact, PaymentId, Timestamp};

use crate::agenda::{Act, Agenda};
use crate::staff::minutes;
use crate::wish::Manner;

/// How long an invoice may lie where no task says it.
const INVOICE_DAYS: u32 = 3;

fn days(days: u32) -> Term {
    Term { hundredths: days * 100, unit: Unit::BusinessDays }
}

/// What the client means to do after a fact; a silent one means to do nothing, ever.
pub fn plan(
    agenda: &mut Agenda,
    manner: Manner,
    project: &Project,
    calendar: &Calendar,
    fact: &Fact<ProjectEvent>,
) {
    let ideal = match manner {
        Manner::Ideal => true,
        Manner::Typical => false,
        Manner::Silent => return,
    };
    let soon = calendar.plus(fact.at, minutes(30));
    let after = |term: Term| calendar.plus(fact.at, term);
    let event = &fact.event;
    if let ProjectEvent::FormSent { form, .. } = event {
        let at = if ideal { Some(soon) } else { (!is_reminded(project, form)).then(|| after(days(3))) };
        if let Some(at) = at {
            agenda.add(at, Act::FillIn(form.clone()));
        }
    }
    if let ProjectEvent::ReminderSent { task, reminder, rung: 0, .. } = event {
        let reminder = project.plan(task).and_then(|plan| plan.remind.get(*reminder as usize));
        if let Some(form) = reminder.and_then(|reminder| reminder.form.clone()) {
            agenda.add(after(minutes(240)), Act::FillIn(form));
        }
    }
    if let ProjectEvent::RulesSent { task, rules, sending } = event {
        let at = if ideal { soon } else { after(days(1)) };
        agenda.add(at, Act::Agree(task.clone(), rules.clone(), *sending));
    }
    if let ProjectEvent::AccessAsked { access, sending, .. } = event {
        let at = if ideal { soon } else { after(days(1)) };
        agenda.add(at, Act::GiveAccess(access.clone(), *sending));
    }
    if let ProjectEvent::ApprovalAsked { task, round, .. } = event {
        let at = if ideal { soon } else { after(days(1)) };
        agenda.add(at, Act::Decide(task.clone(), *round));
    }
    if let ProjectEvent::TaskSentBack { task, round, .. } = event {
        agenda.add(fact.at + chrono::Duration::minutes(2), Act::Remark(task.clone(), *round));
    }
    if let ProjectEvent::PaymentInvoiced { payment, .. } = event {
        let late = || calendar.plus(payable(project, calendar, payment, fact.at), days(2));
        agenda.add(if ideal { soon } else { late() }, Act::Pay(payment.clone()));
    }
}

/// Whether some reminder is about this form.
fn is_reminded(project: &Project, form: &str) -> bool {
    let tasks = project.opened.iter().flat_map(|opened| opened.definition.tasks());
    let mut reminders = tasks.flat_map(|task| &task.remind);
    reminders.any(|reminder| {
        reminder.when == ReminderWhen::FormNotReceived && reminder.form.as_deref() == Some(form)
    })
}

/// When an invoice is due: with the task that waits for it, if there is one.
fn payable(project: &Project, calendar: &Calendar, payment: &PaymentId, now: Timestamp) -> Timestamp {
    let task = project.payment(payment).and_then(|payment| payment.task.as_ref());
    let due = task.and_then(|task| project.task(task)?.due);
    due.unwrap_or_else(|| calendar.plus(now, days(INVOICE_DAYS))).max(now)
}
