//! Money of a client that fits no payment yet: noted, matched with a payment, or given up (PF-66).

use chrono::NaiveDate;

use super::ClientCommand;
use super::event::ClientEvent;
use super::state::Client;
use crate::domain::money::Money;
use crate::domain::project::event::ContentRef;
use crate::domain::{Asked, Refusal, Right};

type Order = Asked<ClientCommand>;

/// The longest number of a transfer, in letters.
const REFERENCE: usize = 64;

/// What came in, and how much of it fits no payment still.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    pub amount: Money,
    /// The day on which it came.
    pub on: NaiveDate,
    /// The bank's number of the transfer.
    pub reference: Option<String>,
    pub left: Money,
    /// It was a mistake, or went back: it is no money of ours.
    pub dismissed: bool,
}

/// Money came, and nobody knows yet what for.
pub fn arrive(client: &Client, asked: &Order) -> Result<Vec<ClientEvent>, Refusal> {
    let ClientCommand::NoteMoney { amount, on, reference, again } = &asked.command else {
        return Ok(Vec::new());
    };
    Right::Money.insist(asked, "money")?;
    let on = on.unwrap_or_else(|| asked.world.calendar.local(asked.at).date());
    if on > asked.world.calendar.local(asked.at).date() {
        return Err(Refusal::DayIsAhead { day: on });
    }
    if amount.minor <= 0 {
        return Err(Refusal::AmountNeeded { payment: "—".to_owned() });
    }
    let reference = reference.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let reference: Option<String> = reference.map(|text| text.chars().take(REFERENCE).collect());
    let twin = client
        .money
        .iter()
        .find(|(_, known)| !known.dismissed && is_same(known, amount, on, reference.as_deref()));
    if let Some((number, known)) = twin.filter(|_| !again) {
        return Err(Refusal::MoneyTwice { number: *number, amount: known.amount.clone(), on: known.on });
    }
    let number = client.money.keys().last().map_or(1, |last| last + 1);
    Ok(vec![ClientEvent::MoneyArrived { number, amount: amount.clone(), on, reference }])
}

/// One transfer has one number; without a number, the same sum on the same day is the same money.
fn is_same(known: &Arrived, amount: &Money, on: NaiveDate, reference: Option<&str>) -> bool {
    match (known.reference.as_deref(), reference) {
        (Some(known), Some(given)) => known == given,
        (None, _) | (_, None) => known.amount == *amount && known.on == on,
    }
}

/// A part or all of it pays for something after all; the payment is told in the same transaction.
pub fn matched(client: &Client, asked: &Order) -> Result<Vec<ClientEvent>, Refusal> {
    let ClientCommand::MatchMoney { number, project, payment, amount, .. } = &asked.command else {
        return Ok(Vec::new());
    };
    Right::Money.insist(asked, "money")?;
    let known = find(client, *number)?;
    let amount = amount.clone().unwrap_or_else(|| known.left.clone());
    if amount.minor <= 0 || amount.currency != known.left.currency || amount.minor > known.left.minor {
        return Err(Refusal::MoneyLeft { number: *number, left: known.left.clone() });
    }
    let (number, project, payment) = (*number, project.clone(), payment.clone());
    Ok(vec![ClientEvent::MoneyMatched { number, project, payment, amount }])
}

/// What is left went back to the client, or was written down by mistake.
pub fn dismiss(
    client: &Client,
    asked: &Order,
    number: u32,
    reason: Option<&ContentRef>,
) -> Result<Vec<ClientEvent>, Refusal> {
    Right::Money.insist(asked, "money")?;
    let known = find(client, number)?;
    let Some(reason) = reason.cloned() else {
        return Err(Refusal::ReasonNeeded { wanted: "money".to_owned() });
    };
    Ok(vec![ClientEvent::MoneyDismissed { number, amount: known.left.clone(), reason }])
}

/// Money that fits no payment still.
pub fn find(client: &Client, number: u32) -> Result<&Arrived, Refusal> {
    let open = |arrived: &&Arrived| arrived.left.minor > 0;
    let known = || client.money.iter().filter(|(_, one)| open(one)).map(|(number, _)| *number).collect();
    client.money.get(&number).filter(open).ok_or_else(|| Refusal::NoMoney { number, known: known() })
}

impl Client {
    pub(super) fn apply_money(&mut self, event: &ClientEvent) {
        if let ClientEvent::MoneyArrived { number, amount, on, reference } = event {
            let (amount, reference) = (amount.clone(), reference.clone());
            let left = amount.clone();
            let arrived = Arrived { amount, on: *on, reference, left, dismissed: false };
            self.money.insert(*number, arrived);
        }
        if let ClientEvent::MoneyMatched { number, amount, .. } = event
            && let Some(known) = self.money.get_mut(number)
        {
            known.left.minor -= amount.minor;
        }
        if let ClientEvent::MoneyDismissed { number, .. } = event
            && let Some(known) = self.money.get_mut(number)
        {
            known.dismissed = known.left == known.amount;
            known.left.minor = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::decide;
    use super::super::testing::*;
    use super::*;

    fn uah(minor: i64) -> Money {
        Money { minor, currency: "UAH".into() }
    }

    fn came(amount: i64, reference: Option<&str>) -> ClientCommand {
        let reference = reference.map(str::to_owned);
        ClientCommand::NoteMoney { amount: uah(amount), on: None, reference, again: false }
    }

    fn matches(number: u32, amount: i64) -> ClientCommand {
        let (project, payment) = ("smm".into(), "1".into());
        ClientCommand::MatchMoney { number, project, payment, amount: Some(uah(amount)), again: false }
    }

    #[test]
    fn what_is_matched_in_parts_never_comes_to_more_than_came() {
        let client = given(&[add(), came(1_000, None), matches(1, 400)]);
        let refusal = decide(&client, &asked(matches(1, 700), 0)).unwrap_err();
        assert_eq!(refusal, Refusal::MoneyLeft { number: 1, left: uah(600) });
        let client = given(&[add(), came(1_000, None), matches(1, 400), matches(1, 600)]);
        let refusal = decide(&client, &asked(matches(1, 1), 0)).unwrap_err();
        assert_eq!(refusal, Refusal::NoMoney { number: 1, known: Vec::new() });
    }

    #[test]
    fn one_transfer_is_written_down_once() {
        let client = given(&[add(), came(1_000, Some("A-1"))]);
        assert!(matches!(
            decide(&client, &asked(came(2_000, Some("A-1")), 0)),
            Err(Refusal::MoneyTwice { .. })
        ));
        assert!(matches!(decide(&client, &asked(came(1_000, None), 0)), Err(Refusal::MoneyTwice { .. })));
        assert!(decide(&client, &asked(came(1_000, Some("A-2")), 0)).is_ok(), "another transfer");
    }

    #[test]
    fn money_that_was_a_mistake_may_be_written_down_anew() {
        let dismiss = ClientCommand::DismissMoney { number: 1, reason: Some(content()) };
        let client = given(&[add(), came(1_000, Some("A-1")), dismiss]);
        assert!(decide(&client, &asked(came(1_000, Some("A-1")), 0)).is_ok());
        assert!(decide(&client, &asked(matches(1, 1), 0)).is_err());
    }

    #[test]
    fn only_those_who_deal_with_money_write_it_down() {
        let client = given(&[add(), came(1_000, None)]);
        for command in [came(5, None), matches(1, 5)] {
            assert!(decide(&client, &by("maksym", command)).is_err());
        }
    }
}
