//! Writing down that a payment was invoiced, with number, amount, date and file (PF-71).

use super::ProjectCommand;
use super::event::ProjectEvent;
use super::payment::{Payment, PaymentState};
use super::rules::may_handle_money;
use super::state::Project;
use crate::domain::money::Money;
use crate::domain::{Asked, PaymentId, Refusal, TaskId};

/// The payment is invoiced; a later invoice replaces an earlier one.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    id: &PaymentId,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let ProjectCommand::InvoicePayment { number, amount, date, file, .. } = &asked.command else {
        return Ok(Vec::new());
    };
    let payment = find(project, id)?;
    may_handle_money(project, asked)?;
    open(payment)?;
    let amount = amount.clone().or_else(|| payment.due().cloned());
    if amount.as_ref().is_some_and(|amount| amount.minor < 0) {
        return Err(Refusal::AmountNeeded { payment: id.0.clone() });
    }
    same_currency(project, payment, amount.as_ref())?;
    let date = date.unwrap_or_else(|| asked.world.calendar.local(asked.at).date());
    let invoiced = ProjectEvent::PaymentInvoiced {
        payment: id.clone(),
        number: number.trim().to_owned(),
        amount: amount.clone(),
        date,
        file: file.clone(),
    };
    let before = payment.invoice.as_ref();
    let same = before.is_some_and(|invoice| {
        invoice.number == number.trim()
            && invoice.amount == amount
            && (asked_date(asked).is_none() || invoice.date == date)
            && (file.is_none() || invoice.file == *file)
    });
    Ok(if same { Vec::new() } else { vec![invoiced] })
}

fn asked_date(asked: &Asked<ProjectCommand>) -> Option<chrono::NaiveDate> {
    if let ProjectCommand::InvoicePayment { date, .. } = &asked.command { *date } else { None }
}

/// The number that was typed into the payment task is the invoice of its payment.
pub fn with_task(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    task: &TaskId,
    number: &str,
) -> Option<ProjectEvent> {
    let payment = project.payment(&project.payment_of(task)?)?;
    open(payment).ok()?;
    let is_so = payment.invoice.as_ref().is_some_and(|invoice| invoice.number == number.trim());
    (!is_so).then(|| ProjectEvent::PaymentInvoiced {
        payment: payment.id.clone(),
        number: number.trim().to_owned(),
        amount: payment.due().cloned(),
        date: asked.world.calendar.local(asked.at).date(),
        file: None,
    })
}

/// The payment, or the refusal that names those there are.
pub fn find<'a>(project: &'a Project, id: &PaymentId) -> Result<&'a Payment, Refusal> {
    project.payment(id).ok_or_else(|| Refusal::NoPayment {
        payment: id.0.clone(),
        known: project.payments.iter().map(|payment| payment.id.0.clone()).collect(),
    })
}

/// A payment that still waits for something.
pub fn open(payment: &Payment) -> Result<(), Refusal> {
    match payment.state() {
        PaymentState::NotInvoiced | PaymentState::Invoiced | PaymentState::PartlyPaid => Ok(()),
        PaymentState::Paid | PaymentState::Cancelled => Err(Refusal::PaymentClosed {
            payment: payment.id.0.clone(),
            state: payment.state().word().to_owned(),
        }),
    }
}

/// One payment is in one currency: that of what is due, else of the price, else of what came first.
pub fn same_currency(project: &Project, payment: &Payment, amount: Option<&Money>) -> Result<(), Refusal> {
    let price = project.opened.as_ref().and_then(|opened| opened.price.clone());
    let wanted = payment.due().cloned().or(price).or_else(|| payment.received());
    match (wanted, amount) {
        (Some(wanted), Some(amount)) if wanted.currency != amount.currency => {
            let (wanted, given) = (wanted.currency, amount.currency.clone());
            Err(Refusal::OtherCurrency { payment: payment.id.0.clone(), wanted, given })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::definition::NextRound;
    use crate::domain::project::testing::*;

    #[test]
    fn an_invoice_is_written_down_by_the_accountant_and_the_pm_alone() {
        let monthly = monthly(NextRound::WhenPaid);
        for person in ["nadiia", "olena"] {
            monthly.clone().by(person).when(invoice("1", "СФ-1", None)).then(&["payment_invoiced"]);
        }
        monthly.by("maksym").when(invoice("1", "СФ-1", None)).refused("not-your-money");
    }

    #[test]
    fn the_same_invoice_again_changes_nothing_and_another_one_replaces_it() {
        let invoiced = monthly(NextRound::WhenPaid).given(invoice("1", "СФ-1", None));
        assert_eq!(invoiced.payment_state("1"), "invoiced");
        invoiced.when(invoice("1", " СФ-1 ", None)).then(&[]);
        let again = invoiced.given(invoice("1", "СФ-2", Some("20000 UAH")));
        assert_eq!(again.due("1").as_deref(), Some("20000 UAH"));
    }

    #[test]
    fn what_is_paid_or_unknown_or_in_another_currency_is_not_invoiced() {
        let monthly = monthly(NextRound::WhenPaid);
        monthly.when(invoice("7", "СФ-1", None)).refused("no-payment");
        monthly.when(invoice("1", "СФ-1", Some("100 EUR"))).refused("other-currency");
        monthly.given(receive("1", None)).when(invoice("1", "СФ-1", None)).refused("payment-closed");
    }

    #[test]
    fn the_number_typed_into_the_task_is_the_invoice() {
        let paying = monthly(NextRound::WhenPaid).given(cancel("work")).given(cancel("report")).by("nadiia");
        let started = paying.given(start("payment"));
        started.when(set("payment", &[("invoice", "СФ-2")])).then(&["field_set", "payment_invoiced"]);
        let invoiced = started.given(set("payment", &[("invoice", "СФ-2")]));
        assert_eq!(invoiced.payment_state("2"), "invoiced");
    }
}
