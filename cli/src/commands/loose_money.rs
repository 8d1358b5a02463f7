//! `payment arrived|match|dismiss`: money of a client that fits no payment yet (PF-66).

use engine::app::Along;
use engine::domain::client::ClientCommand;
use engine::domain::client::money::Arrived;
use engine::domain::{ClientId, PaymentId};
use projections::directory;
use projections::money::{self, Loose};
use serde_json::{Value as Json, json};

use super::payment::read_amount;
use super::task::said;
use crate::args::{Payment, TaskArg};
use crate::clock;
use crate::console::Console;
use crate::failure::Failure;
use crate::files::comment;
use crate::office::Office;
use crate::table::table;

pub async fn run(command: Payment, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let currency = office.catalogue.agency().currency.clone();
    let (client, number, changed) = match command {
        Payment::Arrived { client, amount, on, reference, again } => {
            let client = office.find_client(&client).await?.client;
            let amount = read_amount(&amount, &currency)?;
            let order = ClientCommand::NoteMoney { amount, on, reference, again };
            let changed = office.client(&client, order, Along::default()).await?;
            (client, None, changed)
        }
        Payment::Match { money, payment, amount, again } => {
            let (client, number) = named(&money, office).await?;
            let project = office.find_project(&payment.project).await?.0;
            let amount = amount.map(|text| read_amount(&text, &currency)).transpose()?;
            let payment = PaymentId(payment.task);
            let order = ClientCommand::MatchMoney { number, project, payment, amount, again };
            let changed = office.client(&client, order, Along::default()).await?;
            (client, Some(number), changed)
        }
        Payment::Dismiss { money, comment: why } => {
            let (client, number) = named(&money, office).await?;
            said(&why, "--comment")?;
            let (content, reason) = comment(&why, office.by.person().cloned(), clock::now());
            let along = Along { contents: vec![content], ..Along::default() };
            let order = ClientCommand::DismissMoney { number, reason: Some(reason) };
            let changed = office.client(&client, order, along).await?;
            (client, Some(number), changed)
        }
        Payment::List { .. } | Payment::Invoice { .. } | Payment::Receive { .. } | Payment::Cancel { .. } => {
            return Err(Failure::usage("this is about a payment"));
        }
    };
    tell(&client, number, changed, office, console).await
}

/// `ранок/1`: money by its client and number.
async fn named(typed: &TaskArg, office: &Office) -> Result<(ClientId, u32), Failure> {
    let number = typed.task.parse().map_err(|_| {
        Failure::usage(format!("{} is not the number of money of a client", typed.task))
            .with_hint("signoff payment list")
    })?;
    Ok((office.find_client(&typed.project).await?.client, number))
}

/// The money as it stands now; without a number, what came last.
async fn tell(
    client: &ClientId,
    number: Option<u32>,
    changed: bool,
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let Some(state) = office.app.client_state(client).await? else { return Ok(()) };
    let Some(number) = number.or_else(|| state.money.keys().last().copied()) else { return Ok(()) };
    let Some(Arrived { amount, on, reference, left, .. }) = state.money.get(&number).cloned() else {
        return Ok(());
    };
    let money = Loose { client: client.clone(), number, amount, left, on, reference };
    let mut json = json_of(&money);
    if let Some(document) = json.as_object_mut() {
        document.insert("changed".to_owned(), json!(changed));
    }
    let note = if changed { "" } else { " (nothing to change)" };
    let left = match money.left.minor {
        0 => "nothing is left to match".to_owned(),
        _ => format!("{} to match: signoff payment match {client}/{number} PROJECT/PAYMENT", money.left),
    };
    console.answer(&json, &format!("{client}/{number}: {left}{note}"));
    Ok(())
}

/// All money that fits no payment.
pub async fn all(office: &Office) -> Result<Vec<Loose>, Failure> {
    let clients = directory::clients(office.store()).await?;
    let ids: Vec<ClientId> = clients.into_iter().map(|client| client.client).collect();
    Ok(money::loose(office.store(), &ids).await?)
}

/// As a table for people.
pub fn drawn(draws: bool, loose: &[Loose]) -> String {
    let row = |money: &Loose| {
        vec![
            format!("{}/{}", money.client, money.number),
            money.amount.to_string(),
            money.left.to_string(),
            money.on.to_string(),
            money.reference.clone().unwrap_or_else(|| "-".to_owned()),
        ]
    };
    let rows: Vec<Vec<String>> = loose.iter().map(row).collect();
    table(draws, &["money", "came", "left", "on", "reference"], &rows)
}

/// For machines.
pub fn json_of(money: &Loose) -> Json {
    json!({
        "client": money.client,
        "number": money.number,
        "amount": money.amount.to_string(),
        "left": money.left.to_string(),
        "on": money.on,
        "reference": money.reference,
    })
}
