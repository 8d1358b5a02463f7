//! What a simulation found: the calendar, the load, the end.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono::{NaiveDate, NaiveDateTime};
use engine::domain::Actor;
use engine::domain::project::ProjectEvent;
use serde_json::{Value as Json, json};

use crate::agenda::Deed;
use crate::entry::Entry;

/// How a simulation ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The project is over.
    Finished,
    /// So many periods are over; the service goes on.
    Periods(u32),
    /// The last day that was asked for.
    Until(NaiveDate),
    /// Nobody will do anything any more; these are the things that are waited for.
    Stuck(Vec<String>),
}

/// Something that was given to the engine, for whoever wants to live through the same.
#[derive(Clone, Debug)]
pub struct Given {
    pub at: DateTime<Utc>,
    pub by: Actor,
    pub deed: Deed,
}

/// Planned hours by week (its Monday) and role.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Load {
    /// In minutes.
    pub weeks: BTreeMap<NaiveDate, BTreeMap<String, u32>>,
}

/// What a simulation found.
#[derive(Clone, Debug)]
pub struct Report {
    pub service: String,
    pub title: String,
    pub manner: &'static str,
    pub language: String,
    pub zone: String,
    pub started: NaiveDateTime,
    pub ended: NaiveDateTime,
    pub end: End,
    pub entries: Vec<Entry>,
    pub load: Load,
    /// What the players gave to the engine.
    pub given: Vec<Given>,
    /// The facts of the project.
    pub facts: Vec<(DateTime<Utc>, ProjectEvent)>,
}

impl Report {
    /// How many messages there were for `client` or `staff`.
    pub fn messages(&self, to: &str) -> usize {
        let messages = self.entries.iter().filter_map(|entry| entry.message.as_ref());
        messages.filter(|message| message.to == to).count()
    }

    /// The one document for machines.
    pub fn json(&self) -> Json {
        let (end, waits) = match &self.end {
            End::Finished => ("finished", &[][..]),
            End::Periods(_) => ("periods", &[][..]),
            End::Until(_) => ("until", &[][..]),
            End::Stuck(waits) => ("stuck", waits.as_slice()),
        };
        let hours = |minutes: u32| f64::from(minutes) / 60.0;
        let load: Vec<Json> = self
            .load
            .weeks
            .iter()
            .map(|(week, roles)| {
                let roles: BTreeMap<&String, f64> =
                    roles.iter().map(|(role, minutes)| (role, hours(*minutes))).collect();
                json!({ "week": week, "hours": roles })
            })
            .collect();
        json!({
            "service": self.service,
            "title": self.title,
            "client": self.manner,
            "language": self.language,
            "zone": self.zone,
            "start": self.started.format("%Y-%m-%dT%H:%M:%S").to_string(),
            "end": { "at": self.ended.format("%Y-%m-%dT%H:%M:%S").to_string(), "how": end, "waits_for": waits },
            "messages": { "client": self.messages("client"), "staff": self.messages("staff") },
            "entries": self.entries,
            "load": load,
        })
    }
}
