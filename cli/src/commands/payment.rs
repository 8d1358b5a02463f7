//! `payment`: an invoice that went out, money that came in, a payment that nobody waits for any more.

use engine::app::Along;
use engine::domain::money::Money;
use engine::domain::project::{Payment as State, Project, ProjectCommand};
use engine::domain::{PaymentId, ProjectId};
use serde_json::{Value as Json, json};

use super::task::said;
use super::{loose_money, payment_list};
use crate::args::{Payment, TaskArg};
use crate::clock;
use crate::console::Console;
use crate::failure::Failure;
use crate::files::{comment, keep};
use crate::office::{Office, Setup};

pub async fn run(
    command: Payment,
    setup: &Setup,
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let typed = match &command {
        Payment::List { project, all } => {
            return payment_list::run(project.as_deref(), *all, office, console).await;
        }
        Payment::Arrived { .. } | Payment::Match { .. } | Payment::Dismiss { .. } => {
            return loose_money::run(command, office, console).await;
        }
        Payment::Invoice { payment, .. }
        | Payment::Receive { payment, .. }
        | Payment::Cancel { payment, .. } => payment.clone(),
    };
    let TaskArg { project, task: payment } = typed;
    let (project, state) = office.find_project(&project).await?;
    let payment = PaymentId(payment);
    let mut along = Along::default();
    let order = order(command, &payment, &state, (setup, office), &mut along)?;
    let changed = office.project(&project, None, order, along).await?;
    tell(&project, &payment, changed, office, console).await
}

fn order(
    command: Payment,
    payment: &PaymentId,
    state: &Project,
    (setup, office): (&Setup, &Office),
    along: &mut Along,
) -> Result<ProjectCommand, Failure> {
    let (payment, now) = (payment.clone(), clock::now());
    let price = state.opened.as_ref().and_then(|opened| opened.price.as_ref());
    let currency = price.map_or(office.catalogue.agency().currency.as_str(), |price| price.currency.as_str());
    let amount = |text: Option<String>| text.map(|text| read_amount(&text, currency)).transpose();
    let mut reason = |text: &str| {
        let (content, reference) = comment(text, office.by.person().cloned(), now);
        along.contents.push(content);
        reference
    };
    Ok(match command {
        Payment::List { .. } | Payment::Arrived { .. } | Payment::Match { .. } | Payment::Dismiss { .. } => {
            return Err(Failure::usage("this is no order to a payment"));
        }
        Payment::Invoice { number, amount: asked, date, file, .. } => {
            if number.trim().is_empty() {
                return Err(Failure::usage("an invoice has a number: --number СФ-117"));
            }
            let path = file.map(|file| setup.cwd.join(file));
            let person = office.by.person().cloned();
            let kept = path.map(|path| keep(&setup.settings.files_dir, &path, person, now)).transpose()?;
            let (content, file) = kept.unzip();
            along.contents.extend(content);
            ProjectCommand::InvoicePayment { payment, number, amount: amount(asked)?, date, file }
        }
        Payment::Receive { amount: came, on, comment, again, .. } => {
            let reason = comment.as_deref().filter(|text| !text.trim().is_empty()).map(&mut reason);
            ProjectCommand::ReceivePayment { payment, amount: amount(came)?, on, reason, again }
        }
        Payment::Cancel { comment, .. } => {
            said(&comment, "--comment")?;
            ProjectCommand::CancelPayment { payment, reason: reason(&comment) }
        }
    })
}

/// An amount with its sign; a negative one takes back what was written down by mistake.
pub fn read_amount(text: &str, currency: &str) -> Result<Money, Failure> {
    let (text, negative) = match text.trim().strip_prefix(['-', '−']) {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let amount = Money::parse(text, Some(currency));
    let amount = if negative { amount.and_then(|amount| amount.negated()) } else { amount };
    amount
        .ok_or_else(|| Failure::usage(format!("{text} is not an amount")).with_hint("--amount \"24000 UAH\""))
}

/// The payment as it stands now.
async fn tell(
    project: &ProjectId,
    id: &PaymentId,
    changed: bool,
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let Some(state) = office.app.project_state(project).await? else { return Ok(()) };
    let Some(payment) = state.payment(id) else { return Ok(()) };
    let mut json = json_of(payment);
    if let Some(document) = json.as_object_mut() {
        document.insert("project".to_owned(), json!(project));
        document.insert("changed".to_owned(), json!(changed));
    }
    let note = if changed { "" } else { " (nothing to change)" };
    let state = payment.state().word().replace('_', " ");
    let waits = payment.cancelled.is_none();
    let open = payment.open_amount().filter(|open| waits && open.minor != 0);
    let open = open.map(|open| format!(", {}", in_words(&open))).unwrap_or_default();
    console.answer(&json, &format!("{project}/{id}: {state}{open}{note}"));
    Ok(())
}

/// What is open, or what came too much.
fn in_words(open: &Money) -> String {
    match open.negated().filter(|more| more.minor > 0) {
        Some(more) => format!("{more} more than due"),
        None => format!("{open} open"),
    }
}

/// A payment, for machines.
pub fn json_of(payment: &State) -> Json {
    let text = |money: Option<Money>| money.map(|money| money.to_string());
    let receipts = payment.receipts.iter();
    let receipts =
        receipts.map(|came| json!({ "amount": came.amount.to_string(), "on": came.on, "by": came.by }));
    let invoice = payment.invoice.as_ref();
    json!({
        "payment": payment.id,
        "state": payment.state().word(),
        "task": payment.task,
        "due": text(payment.due().cloned()),
        "received": text(payment.received()),
        "open": text(payment.open_amount()),
        "invoice": invoice.map(|invoice| &invoice.number),
        "invoiced_on": invoice.map(|invoice| invoice.date),
        "receipts": receipts.collect::<Vec<_>>(),
    })
}

/// The rows of payments, for people.
pub fn rows(project: &Project) -> Vec<Vec<String>> {
    let dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let row = |payment: &State| {
        let invoice = payment.invoice.as_ref();
        vec![
            payment.id.to_string(),
            payment.state().word().replace('_', " "),
            dash(payment.due().map(ToString::to_string)),
            dash(payment.received().map(|received| received.to_string())),
            dash(payment.open_amount().map(|open| open.to_string())),
            dash(invoice.map(|invoice| format!("{} of {}", invoice.number, invoice.date))),
            dash(payment.receipts.last().map(|came| came.on.to_string())),
        ]
    };
    project.payments.iter().map(row).collect()
}

/// What the columns of a payment are called.
pub const HEADINGS: [&str; 7] = ["payment", "state", "due", "received", "open", "invoice", "paid on"];
