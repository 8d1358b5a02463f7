//! Sieve: which projects somebody wants to see, by any of their marks together (PF-27); the same for pages and commands.

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use engine::domain::Timestamp;
use engine::domain::project::{PaymentState, Status};
use serde::{Deserialize, Serialize};

use crate::board::{Ball, BoardProject, BoardTask};

/// Whether a project still runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Run {
    #[default]
    Open,
    Over,
    All,
}

impl Run {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Over, Self::All];

    /// The word in addresses and commands.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Over => "over",
            Self::All => "all",
        }
    }
}

/// What is wanted; an empty text wants anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sieve {
    pub run: Run,
    pub service: String,
    pub client: String,
    /// Who leads it.
    pub pm: String,
    /// Who has anything to do in it.
    pub person: String,
    /// Opened on this day or later, in the agency's zone.
    pub from: Option<NaiveDate>,
    /// Opened on this day or before.
    pub until: Option<NaiveDate>,
    /// Something in it is late on our side.
    pub late: bool,
    /// Something in it waits for the client.
    pub waits: bool,
    /// An invoice is out and not paid, or paid in part.
    pub unpaid: bool,
}

/// Where and when somebody looks.
#[derive(Clone, Copy, Debug)]
pub struct Eye {
    pub zone: Tz,
    pub now: Timestamp,
}

impl Eye {
    /// The day of a moment here.
    pub fn day(self, at: Timestamp) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// The first and the last day of the month that it is (PF-28).
    pub fn month(self) -> (NaiveDate, NaiveDate) {
        let today = self.day(self.now);
        let first = today.with_day(1).unwrap_or(today);
        let last = first.checked_add_months(chrono::Months::new(1)).and_then(|next| next.pred_opt());
        (first, last.unwrap_or(today))
    }
}

impl Sieve {
    /// Whether the project is wanted.
    pub fn lets(&self, project: &BoardProject, eye: Eye) -> bool {
        let opened = eye.day(project.opened);
        let is = |wanted: &str, is: &str| wanted.is_empty() || wanted == is;
        let runs = match self.run {
            Run::Open => !project.completed,
            Run::Over => project.completed,
            Run::All => true,
        };
        runs && is(&self.service, &project.service)
            && is(&self.client, project.client.as_str())
            && (self.pm.is_empty() || project.pm().is_some_and(|pm| pm.as_str() == self.pm))
            && (self.person.is_empty() || project.has(&self.person))
            && self.from.is_none_or(|from| from <= opened)
            && self.until.is_none_or(|until| opened <= until)
            && (!self.late || project.tasks.iter().any(|task| task.is_late(eye.now)))
            && (!self.unpaid || project.is_unpaid())
            && (!self.waits || project.tasks.iter().any(|task| task.ball == Ball::Client))
    }
}

impl BoardProject {
    /// Whether an invoice is out and not paid, or paid in part.
    pub fn is_unpaid(&self) -> bool {
        let state = self.open_payment().map(|payment| payment.state);
        matches!(state, Some(PaymentState::Invoiced | PaymentState::PartlyPaid))
    }
}

impl BoardTask {
    /// Whether it is over its day and the next step is ours.
    pub fn is_late(&self, now: Timestamp) -> bool {
        let ours = !matches!(self.status, Status::AwaitingApproval | Status::Completed | Status::Cancelled);
        ours && self.due.is_some_and(|due| due < now)
    }
}
