//! Figures: what a project took in time and brought in money (PF-48, PF-73, PF-119).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::payment::Payment;
use super::state::Project;
use super::time::TimeEntry;
use crate::domain::definition::Rates;
use crate::domain::money::Money;
use crate::domain::sums::Sums;
use crate::domain::worktime::TimeKind;

/// Time and money of one project within some days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Minutes, and what they cost inside.
    pub kinds: BTreeMap<TimeKind, (u32, Sums)>,
    /// What was received from the client.
    pub income: Sums,
    pub expenses: Sums,
    /// People whose hour has no rate.
    pub unknown: BTreeSet<String>,
}

impl Figures {
    /// Of the days that `has` says yes to.
    pub fn of(project: &Project, rates: &Rates, has: impl Fn(NaiveDate) -> bool) -> Self {
        let mut figures = Self::default();
        for entry in project.time.iter().filter(|entry| !entry.cancelled && has(entry.on)) {
            figures.note(entry, rates);
        }
        for receipt in project.payments.iter().flat_map(|payment| &payment.receipts) {
            if has(receipt.on) {
                figures.income.add(&receipt.amount);
            }
        }
        for expense in &project.expenses {
            if has(expense.at.date_naive()) {
                figures.expenses.add(&expense.amount);
            }
        }
        figures
    }

    fn note(&mut self, entry: &TimeEntry, rates: &Rates) {
        let (minutes, cost) = self.kinds.entry(entry.kind).or_default();
        *minutes = minutes.saturating_add(entry.minutes);
        match rates.of(entry.person.as_str(), entry.role.as_deref()) {
            Some(rate) => cost.add(&of_minutes(rate, entry.minutes)),
            None => {
                self.unknown.insert(entry.person.0.clone());
            }
        }
    }

    /// Whether nothing happened.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty() && self.income.is_empty() && self.expenses.is_empty()
    }

    /// Of the kinds that count, in minutes.
    pub fn minutes(&self, counts: impl Fn(TimeKind) -> bool) -> u32 {
        let kinds = self.kinds.iter().filter(|(kind, _)| counts(**kind));
        kinds.fold(0, |sum, (_, (minutes, _))| sum.saturating_add(*minutes))
    }

    /// What the time cost inside.
    pub fn cost(&self) -> Sums {
        let mut cost = Sums::default();
        self.kinds.values().for_each(|(_, more)| cost.merge(more));
        cost
    }

    /// Income without expenses (PF-119).
    pub fn profit(&self) -> Sums {
        self.income.clone().without(&self.expenses)
    }

    /// What is left of the profit when the time is paid.
    pub fn left(&self) -> Sums {
        self.profit().without(&self.cost())
    }
}

impl Project {
    /// What the client was invoiced and has not paid yet.
    pub fn owed(&self) -> Sums {
        let mut owed = Sums::default();
        let invoiced =
            self.payments.iter().filter(|payment| payment.invoice.is_some() && payment.cancelled.is_none());
        invoiced.filter_map(Payment::open_amount).for_each(|money| owed.add(&money));
        owed
    }

    /// The planned work of all tasks that are not cancelled, in minutes.
    pub fn planned_minutes(&self) -> u32 {
        let tasks = self.tasks.iter().filter(|task| task.status != super::Status::Cancelled);
        tasks.filter_map(|task| self.plan(&task.id)).fold(0, |sum, plan| sum.saturating_add(plan.minutes))
    }
}

/// The part of an hour's cost, to the nearest minor unit.
fn of_minutes(rate: &Money, minutes: u32) -> Money {
    let minor = (i128::from(rate.minor) * i128::from(minutes) + 30) / 60;
    Money { minor: i64::try_from(minor).unwrap_or(i64::MAX), currency: rate.currency.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_divided_to_the_nearest_minor_unit() {
        let rate = Money { minor: 50_000, currency: "UAH".into() };
        assert_eq!(of_minutes(&rate, 90).minor, 75_000);
        assert_eq!(of_minutes(&rate, 7).minor, 5_833);
    }
}
