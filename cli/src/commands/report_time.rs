//! `report time`: hours by client, project and kind, what they cost inside, beside price and profit (PF-48, PF-73).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use chrono::NaiveDate;
use engine::domain::ClientId;
use engine::domain::definition::Rates;
use engine::domain::money::Money;
use engine::domain::project::Project;
use engine::domain::project::figures::Figures;
use engine::domain::sums::Sums;
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
    price: Option<Money>,
    figures: Figures,
}

impl Sheet {
    /// Nothing, if nothing happened within the days.
    fn of(state: &Project, only: &Only, rates: &Rates) -> Option<Self> {
        let opened = state.opened.as_ref()?;
        let figures = Figures::of(state, rates, |day| only.has(day));
        let (client, project) = (opened.client.0.clone(), opened.project.0.clone());
        (!figures.is_empty()).then(|| Self { client, project, price: opened.price.clone(), figures })
    }

    fn talk(&self) -> u32 {
        self.figures.minutes(TimeKind::is_communication)
    }

    fn work(&self) -> u32 {
        self.figures.minutes(|kind| !kind.is_communication())
    }

    fn all(&self) -> u32 {
        self.figures.minutes(|_| true)
    }

    fn json(&self) -> Json {
        let figures = &self.figures;
        let kinds = figures.kinds.iter().map(
            |(kind, (minutes, cost))| json!({ "kind": kind, "minutes": minutes, "cost": amounts(cost) }),
        );
        json!({
            "client": self.client,
            "project": self.project,
            "kinds": kinds.collect::<Vec<_>>(),
            "minutes": self.all(),
            "communication_minutes": self.talk(),
            "work_minutes": self.work(),
            "cost": amounts(&figures.cost()),
            "price": self.price.as_ref().map(ToString::to_string),
            "income": amounts(&figures.income),
            "expenses": amounts(&figures.expenses),
            "profit": amounts(&figures.profit()),
            "profit_after_time": amounts(&figures.left()),
            "without_rate": figures.unknown,
        })
    }

    fn row(&self) -> Vec<String> {
        let price = self.price.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
        vec![
            self.client.clone(),
            self.project.clone(),
            duration(self.all()),
            ratio(self.talk(), self.work()),
            words(&self.figures.cost()),
            price,
            words(&self.figures.income),
            words(&self.figures.expenses),
            words(&self.figures.profit()),
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

/// Each amount as people write it.
fn amounts(sums: &Sums) -> Vec<String> {
    sums.list().iter().map(ToString::to_string).collect()
}

fn words(sums: &Sums) -> String {
    if sums.is_empty() { "-".to_owned() } else { amounts(sums).join(" + ") }
}

fn as_json(report: &[Sheet]) -> Json {
    let mut clients: BTreeMap<&str, (u32, u32, u32, Sums)> = BTreeMap::new();
    for sheet in report {
        let (minutes, talk, work, cost) = clients.entry(&sheet.client).or_default();
        *minutes = minutes.saturating_add(sheet.all());
        *talk = talk.saturating_add(sheet.talk());
        *work = work.saturating_add(sheet.work());
        cost.merge(&sheet.figures.cost());
    }
    let clients = clients.into_iter().map(|(client, (minutes, talk, work, cost))| {
        json!({ "client": client, "minutes": minutes, "communication_minutes": talk, "work_minutes": work, "cost": amounts(&cost) })
    });
    let mut cost = Sums::default();
    for sheet in report {
        cost.merge(&sheet.figures.cost());
    }
    json!({
        "projects": report.iter().map(Sheet::json).collect::<Vec<_>>(),
        "clients": clients.collect::<Vec<_>>(),
        "minutes": report.iter().fold(0_u32, |sum, sheet| sum.saturating_add(sheet.all())),
        "cost": amounts(&cost),
    })
}

fn as_text(report: &[Sheet], draws: bool) -> String {
    if report.is_empty() {
        return "no time was written down, and no money moved".to_owned();
    }
    let mut rows = Vec::new();
    for sheet in report {
        for kind in TIME_KINDS {
            let Some((minutes, cost)) = sheet.figures.kinds.get(&kind) else { continue };
            let word = kind.word().replace('_', " ");
            rows.push(vec![
                sheet.client.clone(),
                sheet.project.clone(),
                word,
                duration(*minutes),
                words(cost),
            ]);
        }
    }
    let money: Vec<Vec<String>> = report.iter().map(Sheet::row).collect();
    let unknown: BTreeSet<&String> = report.iter().flat_map(|sheet| &sheet.figures.unknown).collect();
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
}
