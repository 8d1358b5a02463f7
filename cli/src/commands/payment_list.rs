//! `payment list`: what is owed, invoiced and in, over all projects (PF-66).

use projections::board::{self, BoardPayment};
use serde_json::{Value as Json, json};

use super::loose_money;
use super::payment::HEADINGS;
use crate::console::Console;
use crate::failure::Failure;
use crate::office::Office;
use crate::table::table;

pub async fn run(
    project: Option<&str>,
    all: bool,
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let only = match project {
        Some(typed) => Some(office.find_project(typed).await?.0),
        None => None,
    };
    let payments = board::payments(office.store()).await?.into_iter();
    let payments = payments.filter(|payment| only.as_ref().is_none_or(|only| *only == payment.project));
    let payments: Vec<BoardPayment> = payments.filter(|payment| all || payment.is_open()).collect();
    let json: Vec<Json> = payments.iter().map(json_of).collect();
    let mut loose = loose_money::all(office).await?;
    if let Some(project) = &only {
        let state = office.app.project_state(project).await?;
        let client = state.and_then(|state| state.opened.as_ref().map(|opened| opened.client.clone()));
        loose.retain(|money| Some(&money.client) == client.as_ref());
    }
    let rows: Vec<Vec<String>> = payments.iter().map(row).collect();
    let headings: Vec<&str> = std::iter::once("project").chain(HEADINGS).collect();
    let mut text = table(console.draws(), &headings, &rows);
    if !loose.is_empty() {
        text.push_str("\nmoney that fits no payment yet:\n");
        text.push_str(&loose_money::drawn(console.draws(), &loose));
    }
    let unmatched: Vec<Json> = loose.iter().map(loose_money::json_of).collect();
    console.answer(&json!({ "payments": json, "unmatched": unmatched }), &text);
    Ok(())
}

fn json_of(payment: &BoardPayment) -> Json {
    json!({
        "project": payment.project,
        "payment": payment.payment,
        "state": payment.state.word(),
        "task": payment.task,
        "due": payment.due.as_ref().map(ToString::to_string),
        "received": payment.received.as_ref().map(ToString::to_string),
        "open": payment.open_amount().map(|open| open.to_string()),
        "invoice": payment.invoice,
        "invoiced_on": payment.invoiced_on,
        "paid_on": payment.paid_on,
    })
}

fn row(payment: &BoardPayment) -> Vec<String> {
    let dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let invoice = payment.invoice.as_ref().zip(payment.invoiced_on);
    vec![
        payment.project.to_string(),
        payment.payment.to_string(),
        payment.state.word().replace('_', " "),
        dash(payment.due.as_ref().map(ToString::to_string)),
        dash(payment.received.as_ref().map(ToString::to_string)),
        dash(payment.open_amount().map(|open| open.to_string())),
        dash(invoice.map(|(number, date)| format!("{number} of {date}"))),
        dash(payment.paid_on.map(|on| on.to_string())),
    ]
}
