//! Orders about forms and money, as tests say them.

use super::*;

pub fn send_form(known: Option<u32>) -> ProjectCommand {
    ProjectCommand::SendForm { task: "brief".into(), form: "smm-brief".into(), known }
}

/// What comes through the link of the first sending.
pub fn receive_form(answered: &[&str]) -> ProjectCommand {
    received(Some(1), answered, FilledBy::Client)
}

pub fn receive_by_staff(answered: &[&str]) -> ProjectCommand {
    received(None, answered, FilledBy::Staff)
}

fn received(sending: Option<u32>, answered: &[&str], by: FilledBy) -> ProjectCommand {
    let answered = answered.iter().map(|question| (*question).to_owned()).collect();
    let (form, card) = ("smm-brief".to_owned(), Vec::new());
    ProjectCommand::ReceiveForm { form, sending, content: content(), answered, card, by }
}

pub fn help() -> ProjectCommand {
    ProjectCommand::AskForHelp { task: "brief".into(), form: "smm-brief".into() }
}

pub fn cancel(task: &str) -> ProjectCommand {
    ProjectCommand::CancelTask { task: task.into(), reason: content() }
}

pub fn invoice(payment: &str, number: &str, amount: Option<&str>) -> ProjectCommand {
    let (payment, number, amount) = (payment.into(), number.into(), amount.map(uah));
    ProjectCommand::InvoicePayment { payment, number, amount, date: None, file: None }
}

pub fn receive(payment: &str, amount: Option<&str>) -> ProjectCommand {
    ProjectCommand::ReceivePayment {
        payment: payment.into(),
        amount: amount.map(uah),
        on: None,
        reason: None,
        again: false,
    }
}

/// Other money than what came before with the same amount.
pub fn receive_again(payment: &str, amount: &str) -> ProjectCommand {
    let (payment, amount) = (payment.into(), Some(uah(amount)));
    ProjectCommand::ReceivePayment { payment, amount, on: None, reason: None, again: true }
}

pub fn receive_on(payment: &str, day: &str) -> ProjectCommand {
    let (payment, on) = (payment.into(), Some(day.parse().unwrap()));
    ProjectCommand::ReceivePayment { payment, amount: None, on, reason: None, again: false }
}

/// Takes back what was written down by mistake.
pub fn back(payment: &str, amount: &str, with_reason: bool) -> ProjectCommand {
    let amount = uah(amount).negated();
    let reason = with_reason.then(content);
    ProjectCommand::ReceivePayment { payment: payment.into(), amount, on: None, reason, again: false }
}
