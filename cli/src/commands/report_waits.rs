//! `report waits`: how long things waited for us, the client or money, and who was waited for most, week by week (SC-25).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, Duration, NaiveDate, NaiveTime};
use engine::domain::Timestamp;
use engine::domain::calendar::Calendar;
use engine::domain::project::waits::{Wait, Waited};
use projections::directory;
use serde_json::{Value as Json, json};

use super::time::duration;
use crate::clock;
use crate::console::Console;
use crate::failure::Failure;
use crate::office::Office;
use crate::table::table;

const ITEMS: [&str; 5] = ["project", "task", "waits for", "business time", ""];
const ROLES: [&str; 4] = ["week", "waits for", "business time", "tasks"];
const TASKS: [&str; 4] = ["week", "task", "business time", "times"];

type Window = (Option<NaiveDate>, Option<NaiveDate>);

pub async fn run(days: Window, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let calendar = &office.catalogue.agency().calendar;
    let mut report = Report::new(days, calendar, clock::now());
    for entry in directory::projects(office.store()).await? {
        for wait in office.app.project_waits(&entry.project).await? {
            report.add((entry.project.as_str(), &entry.service), &wait);
        }
    }
    console.answer(&report.json(), &report.text(console.draws()));
    Ok(())
}

/// Open minutes, and of how many things.
#[derive(Default)]
struct Sum {
    time: Duration,
    of: BTreeSet<(String, String)>,
}

impl Sum {
    fn add(&mut self, time: Duration, project: &str, item: &str) {
        self.time += time;
        self.of.insert((project.to_owned(), item.to_owned()));
    }

    fn minutes(&self) -> u32 {
        u32::try_from(self.time.num_minutes()).unwrap_or(u32::MAX)
    }
}

/// One week: for whom was waited, and for which tasks.
#[derive(Default)]
struct Week {
    roles: BTreeMap<Waited, Sum>,
    /// Service and task of its template.
    tasks: BTreeMap<String, Sum>,
}

/// Project, what waits there, and for whom.
type Line = (String, String, Waited);

struct Report<'a> {
    calendar: &'a Calendar,
    now: Timestamp,
    from: Timestamp,
    until: Timestamp,
    /// How long, and whether it still waits.
    items: BTreeMap<Line, (Duration, bool)>,
    /// By the Monday.
    weeks: BTreeMap<NaiveDate, Week>,
}

impl<'a> Report<'a> {
    fn new((from, until): Window, calendar: &'a Calendar, now: Timestamp) -> Self {
        let begins = |day: NaiveDate| calendar.instant(day.and_time(NaiveTime::MIN));
        let after = until.and_then(|day| day.checked_add_days(Days::new(1)));
        Self {
            calendar,
            now,
            from: from.map_or(Timestamp::MIN_UTC, begins),
            until: after.map_or(now, begins).min(now),
            items: BTreeMap::new(),
            weeks: BTreeMap::new(),
        }
    }

    /// What of it lies within the days, cut into weeks of the agency.
    fn add(&mut self, (project, service): (&str, &str), wait: &Wait) {
        let end = wait.until.unwrap_or(self.now).min(self.until);
        let mut from = wait.from.max(self.from);
        if from >= end {
            return;
        }
        let line = (project.to_owned(), wait.item.id.clone(), wait.waited.clone());
        let item = self.items.entry(line).or_default();
        item.0 += self.calendar.open_time(from, end);
        item.1 |= wait.until.is_none();
        while from < end {
            let (monday, next) = week(self.calendar, from);
            let cut = next.min(end);
            let time = self.calendar.open_time(from, cut);
            if time > Duration::zero() {
                let week = self.weeks.entry(monday).or_default();
                week.roles.entry(wait.waited.clone()).or_default().add(time, project, &wait.item.id);
                let task = format!("{service}/{}", wait.item.plan);
                week.tasks.entry(task).or_default().add(time, project, &wait.item.id);
            }
            if cut <= from {
                break;
            }
            from = cut;
        }
    }

    fn json(&self) -> Json {
        let items = longest(self.items.iter(), |(_, (time, _))| *time).into_iter().map(|(line, (time, open))| {
            let (project, task, waited) = line;
            let (on, role) = (waited.word(), waited.role());
            json!({ "project": project, "task": task, "on": on, "role": role, "minutes": time.num_minutes(), "open": open })
        });
        let weeks = self.weeks.iter().map(|(monday, week)| {
            let roles = longest(week.roles.iter(), |(_, sum)| sum.time).into_iter().map(|(waited, sum)| {
                json!({ "on": waited.word(), "role": waited.role(), "minutes": sum.minutes(), "items": sum.of.len() })
            });
            let tasks = longest(week.tasks.iter(), |(_, sum)| sum.time).into_iter().map(|(task, sum)| {
                json!({ "task": task, "minutes": sum.minutes(), "items": sum.of.len() })
            });
            json!({
                "week": monday.format("%G-W%V").to_string(),
                "from": monday,
                "roles": roles.collect::<Vec<_>>(),
                "tasks": tasks.collect::<Vec<_>>(),
            })
        });
        json!({
            "unit": "business minutes",
            "items": items.collect::<Vec<_>>(),
            "weeks": weeks.collect::<Vec<_>>(),
        })
    }

    fn text(&self, draws: bool) -> String {
        if self.items.is_empty() {
            return "nothing waited".to_owned();
        }
        let items = longest(self.items.iter(), |(_, (time, _))| *time).into_iter();
        let items = items.map(|((project, task, waited), (time, open))| {
            let open = if *open { "still waits" } else { "" };
            vec![project.clone(), task.clone(), whom(waited), length(*time), open.to_owned()]
        });
        let items: Vec<Vec<String>> = items.collect();
        let (mut roles, mut tasks) = (Vec::new(), Vec::new());
        for (monday, week) in &self.weeks {
            let name = monday.format("%G-W%V").to_string();
            for (waited, sum) in longest(week.roles.iter(), |(_, sum)| sum.time) {
                roles.push(vec![name.clone(), whom(waited), length(sum.time), sum.of.len().to_string()]);
            }
            for (task, sum) in longest(week.tasks.iter(), |(_, sum)| sum.time) {
                tasks.push(vec![name.clone(), task.clone(), length(sum.time), sum.of.len().to_string()]);
            }
        }
        let hours = self.calendar.hours_in_words();
        format!(
            "{}\n\n{}\n\n{}\n\nall times are business hours of the agency ({hours}), the longest first",
            table(draws, &ROLES, &roles),
            table(draws, &TASKS, &tasks),
            table(draws, &ITEMS, &items),
        )
    }
}

/// The Monday of a moment's week, and when the next week begins.
fn week(calendar: &Calendar, at: Timestamp) -> (NaiveDate, Timestamp) {
    let monday = calendar.local(at).date().week(chrono::Weekday::Mon).first_day();
    let next = monday.checked_add_days(Days::new(7)).unwrap_or(monday);
    (monday, calendar.instant(next.and_time(NaiveTime::MIN)))
}

/// The longest first; those of one length stay in their order.
fn longest<T>(all: impl Iterator<Item = T>, time: impl Fn(&T) -> Duration) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_by_key(|one| std::cmp::Reverse(time(one)));
    all
}

/// Such as `smm`, `check by pm`, `client`, `payment`.
fn whom(waited: &Waited) -> String {
    match waited {
        Waited::Work(role) => role.clone(),
        Waited::Check(role) => format!("check by {role}"),
        Waited::Client | Waited::Payment => waited.word().to_owned(),
    }
}

fn length(time: Duration) -> String {
    duration(u32::try_from(time.num_minutes()).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use engine::domain::project::waits::Item;

    use super::*;

    /// Monday to Friday from nine to six in Kyiv.
    fn calendar() -> Calendar {
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        let open = vec![(at(9), at(18))];
        let week = [open.clone(), open.clone(), open.clone(), open.clone(), open, vec![], vec![]];
        let zone = "Europe/Kyiv".parse().unwrap();
        Calendar { zone, week, holidays: vec![], extra_days: vec![], quiet: None, client_zone: None }
    }

    fn wait(plan: &str, waited: Waited, from: Timestamp, until: Option<Timestamp>) -> Wait {
        Wait { item: Item { id: plan.to_owned(), plan: plan.to_owned() }, waited, from, until }
    }

    #[test]
    fn a_wait_over_a_weekend_is_cut_into_its_weeks_and_counts_open_hours_alone() {
        let calendar = calendar();
        let at = |text: &str| calendar.instant(text.parse().unwrap());
        // Friday at four in the afternoon to Monday at noon.
        let (friday, monday) = (at("2026-11-27T16:00:00"), at("2026-11-30T12:00:00"));
        let mut report = Report::new((None, None), &calendar, at("2026-12-01T09:30:00"));
        report.add(("smm-1", "smm"), &wait("plan", Waited::Client, friday, Some(monday)));
        report.add(("smm-1", "smm"), &wait("ads", Waited::Work("pm".into()), monday, None));
        let json = report.json();
        assert_eq!(json["unit"], "business minutes");
        assert_eq!(json["weeks"][0]["week"], "2026-W48");
        assert_eq!(
            json["weeks"][0]["roles"],
            json!([{ "on": "client", "role": null, "minutes": 120, "items": 1 }])
        );
        let roles: Vec<_> =
            json["weeks"][1]["roles"].as_array().unwrap().iter().map(|r| (&r["on"], &r["minutes"])).collect();
        assert_eq!(
            roles,
            [(&json!("work"), &json!(390)), (&json!("client"), &json!(180))],
            "the longest first"
        );
        assert_eq!(json["weeks"][1]["tasks"][0]["task"], "smm/ads");
        assert_eq!((&json["items"][0]["minutes"], &json["items"][0]["open"]), (&json!(390), &json!(true)));
        assert!(report.text(false).contains("business hours of the agency (09:00-18:00)"));
    }

    #[test]
    fn only_what_lies_within_the_days_counts() {
        let calendar = calendar();
        let at = |text: &str| calendar.instant(text.parse().unwrap());
        let day = |text: &str| Some(text.parse().unwrap());
        let now = at("2026-12-10T09:00:00");
        let mut report = Report::new((day("2026-11-27"), day("2026-11-27")), &calendar, now);
        report.add(("smm-1", "smm"), &wait("plan", Waited::Payment, at("2026-11-02T09:00:00"), None));
        report.add(("smm-1", "smm"), &wait("ads", Waited::Client, at("2026-11-30T09:00:00"), None));
        let json = report.json();
        assert_eq!(json["items"].as_array().unwrap().len(), 1);
        assert_eq!((&json["items"][0]["on"], &json["items"][0]["minutes"]), (&json!("payment"), &json!(540)));
    }
}
