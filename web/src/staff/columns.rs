//! The columns of the board: one for each holder of the ball.

use engine::domain::project::Status;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Ready,
    Work,
    Check,
    Client,
    Rework,
    Done,
}

impl Column {
    pub const ALL: [Self; 6] = [Self::Ready, Self::Work, Self::Check, Self::Client, Self::Rework, Self::Done];

    /// Where a task of this status stands; nowhere before its turn and when it was given up.
    pub fn of(status: Status) -> Option<Self> {
        match status {
            Status::Waiting | Status::Cancelled => None,
            Status::Ready => Some(Self::Ready),
            Status::InProgress | Status::Paused => Some(Self::Work),
            Status::InReview => Some(Self::Check),
            Status::AwaitingApproval => Some(Self::Client),
            Status::Rework => Some(Self::Rework),
            Status::Completed => Some(Self::Done),
        }
    }

    /// The word of addresses and classes.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Work => "work",
            Self::Check => "check",
            Self::Client => "client",
            Self::Rework => "rework",
            Self::Done => "done",
        }
    }

    /// Reads what `word` wrote.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.word() == word)
    }

    /// The key of its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Ready => "ui-column-ready",
            Self::Work => "ui-column-work",
            Self::Check => "ui-column-check",
            Self::Client => "ui-column-client",
            Self::Rework => "ui-column-rework",
            Self::Done => "ui-column-done",
        }
    }
}
