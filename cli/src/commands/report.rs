//! `report overrides`: which closed gates work went on over, who allowed it, when and why (1.6.4).

use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveTime};
use engine::domain::project::Overridden;
use engine::domain::{ContentId, ProjectId, Timestamp};
use projections::timeline::{self, Moment};
use serde_json::{Value as Json, json};

use crate::args::Report;
use crate::console::Console;
use crate::failure::Failure;
use crate::office::Office;
use crate::table::table;

pub async fn run(report: Report, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let Report::Overrides { from, until } = report else { return Ok(()) };
    let calendar = &office.catalogue.agency().calendar;
    let begins = |day: NaiveDate| calendar.instant(day.and_time(NaiveTime::MIN));
    let from = from.map_or(Timestamp::MIN_UTC, begins);
    let until = until.and_then(|day| day.checked_add_days(Days::new(1))).map_or(Timestamp::MAX_UTC, begins);
    let moments = timeline::overrides(office.store(), (from, until)).await?;
    let mut lines = Vec::new();
    for moment in &moments {
        lines.push(Line::of(moment, office).await?);
    }
    let json: Vec<Json> = lines.iter().map(Line::json).collect();
    let rows: Vec<Vec<String>> = lines.iter().map(|line| line.row(office)).collect();
    let headings = ["when", "task", "without", "by", "why"];
    let text = if rows.is_empty() {
        "no closed gate was passed".to_owned()
    } else {
        table(console.draws(), &headings, &rows)
    };
    console.answer(&json!({ "overrides": json }), &text);
    Ok(())
}

/// One gate that was passed.
struct Line {
    at: Timestamp,
    project: ProjectId,
    task: String,
    gate: String,
    by: String,
    reason: Option<String>,
}

impl Line {
    async fn of(moment: &Moment, office: &Office) -> Result<Self, Failure> {
        let project = ProjectId(moment.subject.clone());
        let state = office.app.project_state(&project).await?;
        let kept = state.as_ref().and_then(|state| state.overrides.iter().find(|kept| is_of(kept, moment)));
        let reason = match kept {
            Some(kept) => reason(&kept.reason.content, office).await?,
            None => None,
        };
        Ok(Self {
            at: moment.at,
            project,
            task: moment.task.as_ref().map(ToString::to_string).unwrap_or_default(),
            gate: moment.what.clone().unwrap_or_else(|| "audit".to_owned()),
            by: moment.by.person().map_or_else(|| "operator".to_owned(), ToString::to_string),
            reason,
        })
    }

    fn json(&self) -> Json {
        json!({
            "at": self.at,
            "project": self.project,
            "task": self.task,
            "gate": self.gate,
            "by": self.by,
            "reason": self.reason,
        })
    }

    fn row(&self, office: &Office) -> Vec<String> {
        vec![
            office.local(self.at),
            format!("{}/{}", self.project, self.task),
            self.gate.clone(),
            self.by.clone(),
            self.reason.clone().unwrap_or_else(|| "-".to_owned()),
        ]
    }
}

fn is_of(kept: &Overridden, moment: &Moment) -> bool {
    let gate = kept.gate.as_ref().map(engine::domain::definition::Gate::name);
    kept.at == moment.at && Some(&kept.task) == moment.task.as_ref() && gate == moment.what
}

/// The words of a reason; `None` once they are erased.
pub async fn reason(content: &ContentId, office: &Office) -> Result<Option<String>, Failure> {
    let found = office.store().contents(std::slice::from_ref(content)).await?;
    let words: HashMap<ContentId, String> =
        found.into_iter().map(|content| (content.content, content.text)).collect();
    Ok(words.get(content).cloned())
}
