//! Periods and money in the words of a calendar.

use engine::domain::PaymentId;
use engine::domain::project::{Project, ProjectEvent};

use crate::told::Teller;

/// The words for what concerns periods and money.
pub fn words(teller: &Teller<'_>, project: &Project, event: &ProjectEvent) -> Option<String> {
    if let ProjectEvent::PeriodOpened { period, .. } = event {
        return Some(format!("period {period} opens"));
    }
    if let ProjectEvent::PeriodBegan { period, from, until } = event {
        return Some(format!(
            "period {period}: {} to {}",
            from.format("%-d %b %Y"),
            until.format("%-d %b %Y")
        ));
    }
    if let ProjectEvent::PaymentInvoiced { payment, amount, .. } = event {
        let amount = amount.as_ref().map_or_else(String::new, |amount| format!(", {amount}"));
        return Some(format!("{}: invoiced{amount}", called(teller, project, payment)));
    }
    if let ProjectEvent::PaymentReceived { payment, amount, .. } = event {
        return Some(format!("{}: {amount} received", called(teller, project, payment)));
    }
    if let ProjectEvent::PriceSet { price: Some(price), .. } = event {
        return Some(format!("the price is {price} from now on"));
    }
    if let ProjectEvent::ExpenseBooked { amount, .. } = event {
        return Some(format!("expense of {amount} booked"));
    }
    None
}

/// A payment as the calendar names it.
fn called(teller: &Teller<'_>, project: &Project, payment: &PaymentId) -> String {
    if project.repeats().is_some() {
        return format!("payment for period {payment}");
    }
    let task = project.payment(payment).and_then(|payment| payment.task.as_ref());
    task.map_or_else(|| format!("payment {payment}"), |task| teller.title(project, task))
}
