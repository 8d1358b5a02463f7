//! Payments: what a client owes a project, what was invoiced and what came in (PF-68..72).

use chrono::NaiveDate;

use super::event::{ContentRef, ProjectEvent};
use super::state::Project;
use crate::domain::definition::{self, Kind, Period, Share};
use crate::domain::field::FileRef;
use crate::domain::money::Money;
use crate::domain::{Actor, Fact, PaymentId, TaskId, Timestamp};

/// A payment as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Payment {
    pub id: PaymentId,
    /// By the price and the template; `None` while the price is not known.
    pub amount: Option<Money>,
    /// The task that waits for it.
    pub task: Option<TaskId>,
    pub invoice: Option<Invoice>,
    pub receipts: Vec<Receipt>,
    pub cancelled: Option<ContentRef>,
}

/// What the client was asked to pay.
#[derive(Clone, Debug, PartialEq)]
pub struct Invoice {
    pub number: String,
    pub amount: Option<Money>,
    pub date: NaiveDate,
    pub file: Option<FileRef>,
    pub by: Actor,
    pub at: Timestamp,
}

/// Money that came in; a negative one corrects a mistake.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    pub amount: Money,
    /// The day of the payment, which is not the moment when it was written down (PF-72).
    pub on: NaiveDate,
    pub reason: Option<ContentRef>,
    pub by: Actor,
    pub at: Timestamp,
}

/// How far a payment is (PF-71).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentState {
    NotInvoiced,
    Invoiced,
    PartlyPaid,
    Paid,
    Cancelled,
}

impl PaymentState {
    /// From minor units: what is due, what came in (`None`: nothing ever), and two facts.
    pub fn of(due: Option<i64>, received: Option<i64>, is_invoiced: bool, is_cancelled: bool) -> Self {
        let before = if is_invoiced { Self::Invoiced } else { Self::NotInvoiced };
        match (received, due) {
            _ if is_cancelled => Self::Cancelled,
            // A payment of nothing is paid by nothing; and while nobody named the sum, no money is all of it.
            (Some(received), Some(due)) if received >= due && (received > 0 || due == 0) => Self::Paid,
            (Some(received), _) if received > 0 => Self::PartlyPaid,
            (Some(_) | None, _) => before,
        }
    }

    /// The word for machines, such as `partly_paid`.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotInvoiced => "not_invoiced",
            Self::Invoiced => "invoiced",
            Self::PartlyPaid => "partly_paid",
            Self::Paid => "paid",
            Self::Cancelled => "cancelled",
        }
    }
}

impl Payment {
    /// What the client has to pay altogether: the invoice decides, before it the template.
    pub fn due(&self) -> Option<&Money> {
        let invoiced = self.invoice.as_ref().and_then(|invoice| invoice.amount.as_ref());
        invoiced.or(self.amount.as_ref())
    }

    /// What came in so far, corrections included; `None` if nothing ever did.
    pub fn received(&self) -> Option<Money> {
        let mut receipts = self.receipts.iter().map(|receipt| &receipt.amount);
        let first = receipts.next()?.clone();
        // The decision lets in only what can be added.
        Some(receipts.fold(first, |sum, more| sum.plus(more).unwrap_or(sum)))
    }

    /// What is still to be paid; less than nothing when too much came in.
    pub fn open_amount(&self) -> Option<Money> {
        let due = self.due()?;
        self.received().map_or_else(|| Some(due.clone()), |received| due.minus(&received))
    }

    /// How far it is.
    pub fn state(&self) -> PaymentState {
        let due = self.due().map(|due| due.minor);
        let received = self.received().map(|received| received.minor);
        PaymentState::of(due, received, self.invoice.is_some(), self.cancelled.is_some())
    }

    /// The money is in.
    pub fn is_paid(&self) -> bool {
        self.state() == PaymentState::Paid
    }
}

impl Project {
    /// The payment called `id`.
    pub fn payment(&self, id: &PaymentId) -> Option<&Payment> {
        self.payments.iter().find(|payment| payment.id == *id)
    }

    /// The payment that a payment task is about.
    pub fn payment_of(&self, task: &TaskId) -> Option<PaymentId> {
        let period = self.period_paid_by(task)?;
        let first = self.tasks.iter().find(|found| self.period_paid_by(&found.id) == Some(period));
        let stands_for_it = self.repeats().is_some() && first.is_none_or(|first| first.id == *task);
        // Of two tasks that take money for one period the second one has a payment of its own.
        Some(if stands_for_it { PaymentId::period(period) } else { PaymentId(task.0.clone()) })
    }

    /// The period that a payment task takes money for; without periods that of the project.
    fn period_paid_by(&self, task: &TaskId) -> Option<u32> {
        let plan = self.plan(task).filter(|plan| plan.kind == Kind::Payment)?;
        Some(task.period() + u32::from(plan.pays_for == Some(Period::Next)))
    }

    /// The payment that a gate on a task waits for; in a project without periods any payment will do.
    pub fn payment_behind(&self, task: &TaskId, which: Period) -> Option<&Payment> {
        if self.repeats().is_none() {
            let paid = self.payments.iter().find(|payment| payment.is_paid());
            return paid.or_else(|| self.payments.first());
        }
        self.payment(&PaymentId::period(task.period() + u32::from(which == Period::Next)))
    }

    /// The payments that there must be by now, each with the task that waits for it.
    pub fn planned_payments(&self) -> Vec<(PaymentId, Option<TaskId>)> {
        let periods = self.periods.iter().map(|period| (PaymentId::period(period.number), None));
        let mut found: Vec<(PaymentId, Option<TaskId>)> = periods.collect();
        for task in &self.tasks {
            let Some(id) = self.payment_of(&task.id) else { continue };
            match found.iter_mut().find(|(known, _)| *known == id) {
                Some((_, waits)) => *waits = waits.take().or_else(|| Some(task.id.clone())),
                None => found.push((id, Some(task.id.clone()))),
            }
        }
        found
    }

    /// What a payment should bring, by the price as it is now.
    pub fn expected_amount(&self, id: &PaymentId) -> Option<Money> {
        let share = self.plan_of_payment(id).and_then(|plan| plan.amount.as_ref());
        if let Some(Share::Amount(amount)) = share {
            return Some(amount.clone());
        }
        let price = self.opened.as_ref()?.price.as_ref()?;
        match share {
            None | Some(Share::Amount(_)) => Some(price.clone()),
            Some(Share::Percent(hundredths)) => price.part(*hundredths),
            Some(Share::Rest) if self.repeats().is_some() => Some(price.clone()),
            Some(Share::Rest) => self.rest(id, price),
        }
    }

    /// The template's side of a payment: that of the task which waits for it.
    pub fn plan_of_payment(&self, id: &PaymentId) -> Option<&definition::Task> {
        let task = self.tasks.iter().find(|task| self.payment_of(&task.id).as_ref() == Some(id));
        task.and_then(|task| self.plan(&task.id))
    }

    /// The price without what the other payments brought or are going to bring; never less than nothing.
    fn rest(&self, id: &PaymentId, price: &Money) -> Option<Money> {
        let mut rest = price.clone();
        for (other, _) in self.planned_payments().iter().filter(|(other, _)| other != id) {
            if let Some(part) = self.brings(other) {
                rest = rest.minus(&part)?;
            }
        }
        Some(Money { minor: rest.minor.max(0), ..rest })
    }

    /// What a payment brought, or is going to bring; that of a `rest` counts once it is invoiced.
    fn brings(&self, id: &PaymentId) -> Option<Money> {
        let known = self.payment(id);
        let received = || known.and_then(Payment::received);
        if known.is_some_and(|payment| payment.is_paid() || payment.cancelled.is_some()) {
            return received();
        }
        let invoiced = known.and_then(|payment| payment.invoice.as_ref()?.amount.clone());
        let is_rest = self.plan_of_payment(id).is_some_and(|plan| plan.amount == Some(Share::Rest));
        let planned = || if is_rest { None } else { self.expected_amount(id) };
        invoiced.or_else(planned).or_else(received)
    }

    pub(super) fn apply_payment(&mut self, fact: &Fact<ProjectEvent>) {
        if let ProjectEvent::PaymentExpected { payment, amount, task } = &fact.event {
            self.expect(payment, amount.as_ref(), task.as_ref());
        }
        if let ProjectEvent::PaymentInvoiced { payment, .. }
        | ProjectEvent::PaymentReceived { payment, .. }
        | ProjectEvent::PaymentCancelled { payment, .. } = &fact.event
            && let Some(known) = self.payments.iter_mut().find(|known| known.id == *payment)
        {
            known.apply(fact);
        }
    }

    fn expect(&mut self, id: &PaymentId, amount: Option<&Money>, task: Option<&TaskId>) {
        if let Some(known) = self.payments.iter_mut().find(|known| known.id == *id) {
            (known.amount, known.task) = (amount.cloned(), task.cloned());
            return;
        }
        self.payments.push(Payment {
            id: id.clone(),
            amount: amount.cloned(),
            task: task.cloned(),
            invoice: None,
            receipts: Vec::new(),
            cancelled: None,
        });
    }
}

impl Payment {
    fn apply(&mut self, fact: &Fact<ProjectEvent>) {
        let (by, at) = (fact.by.clone(), fact.at);
        if let ProjectEvent::PaymentInvoiced { number, amount, date, file, .. } = &fact.event {
            let (number, amount, date, file) = (number.clone(), amount.clone(), *date, file.clone());
            self.invoice = Some(Invoice { number, amount, date, file, by, at });
        } else if let ProjectEvent::PaymentReceived { amount, on, reason, .. } = &fact.event {
            let (amount, on, reason) = (amount.clone(), *on, reason.clone());
            self.receipts.push(Receipt { amount, on, reason, by, at });
        } else if let ProjectEvent::PaymentCancelled { reason, .. } = &fact.event {
            self.cancelled = Some(reason.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::definition::NextRound;
    use crate::domain::project::ProjectCommand;
    use crate::domain::project::testing::*;

    #[test]
    fn each_of_two_payments_in_a_period_is_asked_for() {
        let twice = |plan: &mut definition::Task| {
            (plan.kind, plan.pays_for) = (Kind::Payment, Some(Period::Next));
            plan.amount = Some(Share::Amount(uah("5000 UAH")));
        };
        // `report` comes before `payment`, so it speaks for the period.
        let two = monthly(NextRound::WhenPaid).planned("report", twice).by("nadiia");
        let two = two.given(invoice("1", "СФ-1", None)).given(receive("1", None));
        let dues = two.state.payments.iter().map(|payment| (payment.id.0.clone(), payment.due().cloned()));
        let wanted = [("1", "24000 UAH"), ("2", "5000 UAH"), ("payment", "24000 UAH")];
        assert_eq!(dues.collect::<Vec<_>>(), wanted.map(|(id, due)| (id.to_owned(), Some(uah(due)))));
        let working = two.by("olena").given(cancel("work"));
        let reason = content();
        let given_up = ProjectCommand::CancelPayment { payment: "2".into(), reason };
        working.when(given_up).then(&["payment_cancelled", "task_cancelled", "task_ready"]);
    }

    #[test]
    fn the_state_follows_from_what_is_due_and_what_came() {
        use PaymentState as S;
        let of = |due, received| S::of(due, received, false, false);
        assert_eq!(of(Some(100), None), S::NotInvoiced);
        assert_eq!(S::of(Some(100), None, true, false), S::Invoiced);
        assert_eq!(of(Some(100), Some(40)), S::PartlyPaid);
        assert_eq!(of(Some(100), Some(100)), S::Paid);
        assert_eq!(of(Some(100), Some(120)), S::Paid);
        assert_eq!(S::of(Some(100), Some(0), true, false), S::Invoiced, "a receipt that was corrected away");
        assert_eq!((of(None, Some(1)), of(None, None)), (S::PartlyPaid, S::NotInvoiced));
        assert_eq!((of(Some(0), Some(0)), of(Some(0), None)), (S::Paid, S::NotInvoiced));
        assert_eq!(S::of(Some(100), Some(100), true, true), S::Cancelled);
    }
}
