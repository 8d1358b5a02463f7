//! `report time`: hours by client, project and kind, what they cost inside, beside price and profit (PF-48, PF-73).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use chrono::NaiveDate;
use engine::domain::ClientId;
use engine::domain::definition::Rates;
use engine::domain::money::Money;
use engine::domain::project::Project;
use engine::domain::project::time::TimeEntry;
use engine::domain::worktime::{TIME_KINDS, TimeKind};
use projections::directory;
use serde_json::{Value as Json, json};

use super::time::duration;
use crate::args::ReportTime;
use crate::console::Console;
use crate::failure::Failure;
use crate::office::Office;
use crate::table::table;

const HEADINGS: [&str; 5] = ["client", "project", "kind", "time", "cost"];
const MONEY: [&str; 9] =
    ["client", "project", "time", "talk : work", "cost of time", "price", "income", "expenses", "profit"];

pub async fn run(wanted: ReportTime, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let only = Only::of(&wanted, office).await?;
    let rates = &office.catalogue.agency().rates;
    let mut report = Vec::new();
    for entry in directory::projects(office.store()).await? {
        let Some(state) = office.app.project_state(&entry.project).await? else { continue };
        if only.fits(&state) {
            report.extend(Sheet::of(&state, &only, rates));
        }
    }
    report.sort_by(|a, b| (&a.client, &a.project).cmp(&(&b.client, &b.project)));
    console.answer(&as_json(&report), &as_text(&report, console.draws()));
    Ok(())
}

/// What was asked for.
struct Only {
    project: Option<String>,
    client: Option<ClientId>,
    from: NaiveDate,
    until: NaiveDate,
}

impl Only {
    async fn of(wanted: &ReportTime, office: &Office) -> Result<Self, Failure> {
        let project = match &wanted.project {
            Some(typed) => Some(office.find_project(typed).await?.0.to_string()),
            None => None,
        };
        let client = match &wanted.client {
            Some(typed) => Some(office.find_client(typed).await?.client),
            None => None,
        };
        let from = wanted.from.unwrap_or(NaiveDate::MIN);
        Ok(Self { project, client, from, until: wanted.until.unwrap_or(NaiveDate::MAX) })
    }

    fn fits(&self, state: &Project) -> bool {
        let opened = state.opened.as_ref();
        opened.is_some_and(|opened| {
            self.project.as_ref().is_none_or(|project| *project == opened.project.0)
                && self.client.as_ref().is_none_or(|client| *client == opened.client)
        })
    }

    fn has(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.until
    }
}

/// One project in the report.
struct Sheet {
    client: String,
    project: String,
    kinds: BTreeMap<TimeKind, (u32, Sum)>,
    price: Option<Money>,
    income: Sum,
    expenses: Sum,
    /// People whose hour has no rate.
    unknown: BTreeSet<String>,
}

impl Sheet {
    /// Nothing, if nothing happened within the days.
    fn of(state: &Project, only: &Only, rates: &Rates) -> Option<Self> {
        let opened = state.opened.as_ref()?;
        let mut sheet = Self {
            client: opened.client.0.clone(),
            project: opened.project.0.clone(),
            kinds: BTreeMap::new(),
            price: opened.price.clone(),
            income: Sum::default(),
            expenses: Sum::default(),
            unknown: BTreeSet::new(),
        };
        for entry in state.time.iter().filter(|entry| !entry.cancelled && only.has(entry.on)) {
            sheet.note(entry, rates);
        }
        for receipt in state.payments.iter().flat_map(|payment| &payment.receipts) {
            if only.has(receipt.on) {
                sheet.income.add(&receipt.amount);
            }
        }
        for expense in &state.expenses {
            if only.has(expense.at.date_naive()) {
                sheet.expenses.add(&expense.amount);
            }
        }
        let is_empty = sheet.kinds.is_empty() && sheet.income.0.is_empty() && sheet.expenses.0.is_empty();
        (!is_empty).then_some(sheet)
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

    fn minutes(&self, counts: impl Fn(TimeKind) -> bool) -> u32 {
        let kinds = self.kinds.iter().filter(|(kind, _)| counts(**kind));
        kinds.fold(0, |sum, (_, (minutes, _))| sum.saturating_add(*minutes))
    }

    fn cost(&self) -> Sum {
        let mut cost = Sum::default();
        self.kinds.values().for_each(|(_, more)| cost.merge(more, 1));
        cost
    }

    /// Income without expenses (PF-119).
    fn profit(&self) -> Sum {
        let mut profit = self.income.clone();
        profit.merge(&self.expenses, -1);
        profit
    }

    /// What is left of the profit when the time is paid.
    fn left(&self) -> Sum {
        let mut left = self.profit();
        left.merge(&self.cost(), -1);
        left
    }

    fn json(&self) -> Json {
        let kinds = self
            .kinds
            .iter()
            .map(|(kind, (minutes, cost))| json!({ "kind": kind, "minutes": minutes, "cost": cost.list() }));
        json!({
            "client": self.client,
            "project": self.project,
            "kinds": kinds.collect::<Vec<_>>(),
            "minutes": self.minutes(|_| true),
            "communication_minutes": self.minutes(TimeKind::is_communication),
            "work_minutes": self.minutes(|kind| !kind.is_communication()),
            "cost": self.cost().list(),
            "price": self.price.as_ref().map(ToString::to_string),
            "income": self.income.list(),
            "expenses": self.expenses.list(),
            "profit": self.profit().list(),
            "profit_after_time": self.left().list(),
            "without_rate": self.unknown,
        })
    }

    fn row(&self) -> Vec<String> {
        let price = self.price.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
        let (talk, work) =
            (self.minutes(TimeKind::is_communication), self.minutes(|k| !k.is_communication()));
        vec![
            self.client.clone(),
            self.project.clone(),
            duration(self.minutes(|_| true)),
            ratio(talk, work),
            self.cost().words(),
            price,
            self.income.words(),
            self.expenses.words(),
            self.profit().words(),
        ]
    }
}

/// Communication to work, such as `24 : 1`; `-` where one of them is missing (PF-73).
fn ratio(talk: u32, work: u32) -> String {
    if talk == 0 || work == 0 {
        return "-".to_owned();
    }
    let tenths = u64::from(talk) * 10 / u64::from(work);
    if tenths % 10 == 0 {
        format!("{} : 1", tenths / 10)
    } else {
        format!("{}.{} : 1", tenths / 10, tenths % 10)
    }
}

/// The part of an hour's cost, to the nearest minor unit.
fn of_minutes(rate: &Money, minutes: u32) -> Money {
    let minor = (i128::from(rate.minor) * i128::from(minutes) + 30) / 60;
    Money { minor: i64::try_from(minor).unwrap_or(i64::MAX), currency: rate.currency.clone() }
}

/// Money of several currencies, in minor units.
#[derive(Clone, Debug, Default, PartialEq)]
struct Sum(BTreeMap<String, i64>);

impl Sum {
    fn add(&mut self, money: &Money) {
        let sum = self.0.entry(money.currency.clone()).or_default();
        *sum = sum.saturating_add(money.minor);
    }

    fn merge(&mut self, other: &Self, sign: i64) {
        for (currency, minor) in &other.0 {
            self.add(&Money { minor: minor.saturating_mul(sign), currency: currency.clone() });
        }
    }

    fn list(&self) -> Vec<String> {
        let money = |(currency, minor): (&String, &i64)| Money { minor: *minor, currency: currency.clone() };
        self.0.iter().map(money).map(|money| money.to_string()).collect()
    }

    fn words(&self) -> String {
        if self.0.is_empty() { "-".to_owned() } else { self.list().join(" + ") }
    }
}

fn as_json(report: &[Sheet]) -> Json {
    let mut clients: BTreeMap<&str, (u32, u32, u32, Sum)> = BTreeMap::new();
    for sheet in report {
        let (minutes, talk, work, cost) = clients.entry(&sheet.client).or_default();
        *minutes = minutes.saturating_add(sheet.minutes(|_| true));
        *talk = talk.saturating_add(sheet.minutes(TimeKind::is_communication));
        *work = work.saturating_add(sheet.minutes(|kind| !kind.is_communication()));
        cost.merge(&sheet.cost(), 1);
    }
    let clients = clients.into_iter().map(|(client, (minutes, talk, work, cost))| {
        json!({ "client": client, "minutes": minutes, "communication_minutes": talk, "work_minutes": work, "cost": cost.list() })
    });
    let mut cost = Sum::default();
    for sheet in report {
        cost.merge(&sheet.cost(), 1);
    }
    json!({
        "projects": report.iter().map(Sheet::json).collect::<Vec<_>>(),
        "clients": clients.collect::<Vec<_>>(),
        "minutes": report.iter().fold(0_u32, |sum, sheet| sum.saturating_add(sheet.minutes(|_| true))),
        "cost": cost.list(),
    })
}

fn as_text(report: &[Sheet], draws: bool) -> String {
    if report.is_empty() {
        return "no time was written down, and no money moved".to_owned();
    }
    let mut rows = Vec::new();
    for sheet in report {
        for kind in TIME_KINDS {
            let Some((minutes, cost)) = sheet.kinds.get(&kind) else { continue };
            let word = kind.word().replace('_', " ");
            rows.push(vec![
                sheet.client.clone(),
                sheet.project.clone(),
                word,
                duration(*minutes),
                cost.words(),
            ]);
        }
    }
    let money: Vec<Vec<String>> = report.iter().map(Sheet::row).collect();
    let unknown: BTreeSet<&String> = report.iter().flat_map(|sheet| &sheet.unknown).collect();
    let mut text = format!("{}\n\n{}", table(draws, &HEADINGS, &rows), table(draws, &MONEY, &money));
    if !unknown.is_empty() {
        let names: Vec<&str> = unknown.into_iter().map(String::as_str).collect();
        let _ = write!(text, "\n\nno rate, so no cost: {} (see `rates` in agency.yaml)", names.join(", "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_hours_of_talk_for_ten_minutes_of_work_are_twenty_four_to_one() {
        assert_eq!(ratio(240, 10), "24 : 1");
        assert_eq!((ratio(90, 60).as_str(), ratio(0, 10).as_str()), ("1.5 : 1", "-"));
    }

    #[test]
    fn an_hour_is_divided_to_the_nearest_minor_unit() {
        let rate = Money { minor: 50_000, currency: "UAH".into() };
        assert_eq!(of_minutes(&rate, 90).minor, 75_000);
        assert_eq!(of_minutes(&rate, 7).minor, 5_833);
    }
}
