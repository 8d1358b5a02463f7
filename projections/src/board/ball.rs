//! Who holds the ball of a task.

use engine::domain::project::Status;
use serde::Serialize;

/// Who has to do the next thing on a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ball {
    /// Not its turn yet, or over.
    Nobody,
    /// The assignee.
    Us,
    /// The auditor.
    Check,
    /// The client.
    Client,
    /// The assignee, with remarks.
    Rework,
}

impl Ball {
    /// Who holds the ball of a task in `status`.
    pub fn of(status: Status) -> Self {
        match status {
            Status::Waiting | Status::Completed | Status::Cancelled => Self::Nobody,
            Status::Ready | Status::InProgress | Status::Paused => Self::Us,
            Status::InReview => Self::Check,
            Status::AwaitingApproval => Self::Client,
            Status::Rework => Self::Rework,
        }
    }

    /// The word for machines.
    pub fn word(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Us => "us",
            Self::Check => "check",
            Self::Client => "client",
            Self::Rework => "rework",
        }
    }
}
