//! Money that fitted no payment pays for one: both streams are written in one transaction, or none (PF-66).

use std::sync::Arc;

use esrs::Aggregate;

use super::{Along, Answer, App, AppError, Ask, Decides, Outcome, TRIES, beside, compose, fingerprint};
use crate::domain::client::money::find;
use crate::domain::client::{Client, ClientCommand};
use crate::domain::money::Money;
use crate::domain::project::{Payment, Project, ProjectCommand, ProjectEvent};
use crate::domain::{Asked, ClientId, Fact, PaymentId, ProjectId, Refusal, Right};
use crate::store::change::{Change, Written};

/// What somebody wants to be paid from which money.
struct Wanted<'a> {
    number: u32,
    project: &'a ProjectId,
    payment: &'a PaymentId,
    amount: Option<&'a Money>,
    again: bool,
}

/// The side of the project: its state, what was asked of it, and what follows.
type Receipt = (Arc<Project>, Asked<ProjectCommand>, Vec<Fact<ProjectEvent>>);

impl App {
    /// The money becomes a receipt of the payment, and there is that much less of it. Refused like any receipt,
    /// and where it is another client's or not so much.
    pub(super) async fn match_money(
        &self,
        client: &ClientId,
        ask: Ask<ClientCommand>,
    ) -> Result<Answer, AppError> {
        let stream = client.stream();
        let fingerprint = fingerprint(&stream.to_string(), &ask.by, &ask.command)
            .map_err(|error| AppError::Broken(error.to_string()))?;
        for _ in 0..TRIES {
            match self.try_match(client, &ask, &fingerprint).await? {
                Outcome::Is(answer) => return Ok(answer),
                Outcome::Repeated => {
                    return self.repeated::<Client>((stream, client.as_str()), &ask, &fingerprint).await;
                }
                Outcome::Moved => {}
            }
        }
        Err(AppError::Busy)
    }

    async fn try_match(
        &self,
        id: &ClientId,
        ask: &Ask<ClientCommand>,
        fingerprint: &str,
    ) -> Result<Outcome, AppError> {
        let Some(wanted) = wanted(&ask.command) else {
            return Err(AppError::Broken("only money is matched here".to_owned()));
        };
        let client = self.fresh::<Client>(id.stream()).await?;
        let mut change = beside(ask.command_id.clone(), ask.at, ask.along.clone());
        change.fingerprint = Some(fingerprint.to_owned());
        change.relies_on.push((id.stream(), client.version));
        let mut asked = self.asked::<Client>(&client, ask, &mut change).await?;
        let about = (id.stream(), id.as_str(), Client::order_name(&ask.command));
        if let Err(refusal) = may_match(&client, &asked) {
            return self.write_refusal(about, &asked, refusal, change).await;
        }
        let (project, order, receipt) = match self.receipt(&client, &wanted, ask, &mut change).await? {
            Ok(receipt) => receipt,
            Err(refusal) => return self.write_refusal(about, &asked, refusal, change).await,
        };
        if let (
            ClientCommand::MatchMoney { amount, .. },
            ProjectCommand::ReceivePayment { amount: taken, .. },
        ) = (&mut asked.command, &order.command)
        {
            amount.clone_from(taken);
        }
        let facts = match Client::handle_command(&client, asked.clone()) {
            Ok(facts) => facts,
            Err(refusal) => return self.write_refusal(about, &asked, refusal, change).await,
        };
        let project = self.write_down::<Project>(project, &order, &receipt, &mut change).await?;
        let client = self.write_down::<Client>(client, &asked, &facts, &mut change).await?;
        let cards = compose::of_cards(&change, self.desk().staff_chat);
        Ok(match self.inner.store.write(change).await? {
            Written::Done { first, count } => {
                self.inner.tokens.keep(cards);
                self.inner.remember::<Project>(project.0, project.1);
                self.inner.remember::<Client>(client.0, client.1);
                Outcome::Is(Answer::Done { first, count, repeated: false })
            }
            Written::Repeated { .. } => Outcome::Repeated,
            Written::Conflict => Outcome::Moved,
        })
    }

    /// The receipt as the project decides it, not written yet.
    async fn receipt(
        &self,
        client: &Client,
        wanted: &Wanted<'_>,
        ask: &Ask<ClientCommand>,
        change: &mut Change,
    ) -> Result<Result<Receipt, Refusal>, AppError> {
        let state = self.fresh::<Project>(wanted.project.stream()).await?;
        change.relies_on.push((wanted.project.stream(), state.version));
        let order = match order(client, &state, wanted) {
            Ok(order) => order,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (command_id, by) = (ask.command_id.clone(), ask.by.clone());
        let given = Ask { command_id, at: ask.at, by, command: order, along: Along::default() };
        let asked = self.asked::<Project>(&state, &given, change).await?;
        Ok(match Project::handle_command(&state, asked.clone()) {
            Ok(facts) if facts.is_empty() => Err(known_already(&asked.command)),
            Ok(facts) => Ok((state, asked, facts)),
            Err(refusal) => Err(refusal),
        })
    }
}

/// Who may is asked before anything is told of the money.
fn may_match(client: &Client, asked: &Asked<ClientCommand>) -> Result<(), Refusal> {
    Right::Money.insist(asked, "money")?;
    client.client.as_ref().map(drop).ok_or(Refusal::NoClient)
}

fn wanted(command: &ClientCommand) -> Option<Wanted<'_>> {
    let ClientCommand::MatchMoney { number, project, payment, amount, again } = command else { return None };
    Some(Wanted { number: *number, project, payment, amount: amount.as_ref(), again: *again })
}

/// The receipt of this money: what was named, else what is open, and no more than is left.
fn order(client: &Client, project: &Project, wanted: &Wanted<'_>) -> Result<ProjectCommand, Refusal> {
    let opened = project.opened.as_ref().ok_or(Refusal::NoProject)?;
    if client.client.as_ref() != Some(&opened.client) {
        return Err(Refusal::MoneyOfAnother { client: client.name.clone() });
    }
    let known = find(client, wanted.number)?;
    let least = |open: Money| if open.minor < known.left.minor { open } else { known.left.clone() };
    let amount = match (wanted.amount, project.payment(wanted.payment).and_then(Payment::open_amount)) {
        (Some(amount), _) => amount.clone(),
        (None, Some(open)) if open.minor > 0 => least(open),
        // Nothing is open: whoever wants to pay too much says how much.
        (None, Some(_)) => return Err(Refusal::AmountNeeded { payment: wanted.payment.0.clone() }),
        (None, None) => known.left.clone(),
    };
    let (payment, on) = (wanted.payment.clone(), Some(known.on));
    Ok(ProjectCommand::ReceivePayment {
        payment,
        amount: Some(amount),
        on,
        reason: None,
        again: wanted.again,
    })
}

/// A receipt that changes nothing is there already; this money must not vanish into it.
fn known_already(order: &ProjectCommand) -> Refusal {
    if let ProjectCommand::ReceivePayment { payment, amount: Some(amount), on: Some(on), .. } = order {
        return Refusal::SameMoney { payment: payment.0.clone(), amount: amount.clone(), on: *on };
    }
    Refusal::Stale
}
