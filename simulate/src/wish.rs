//! What is to be simulated, and why it may not be possible.

use std::sync::Arc;

use chrono::NaiveDate;
use engine::app::AppError;
use engine::domain::definition::Definition;
use engine::store::StoreError;
use workflows::Catalogue;

/// How the client answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Within the business hour; pays the same day.
    Ideal,
    /// After a business day; needs a reminder for the brief, sends the first result back, pays two days late.
    Typical,
    /// Never, however often it is reminded.
    Silent,
}

impl Manner {
    /// The word for it, as it is typed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ideal => "ideal",
            Self::Typical => "typical",
            Self::Silent => "silent",
        }
    }
}

/// What is to be simulated.
#[derive(Clone)]
pub struct Wish {
    pub catalogue: Arc<Catalogue>,
    pub definition: Arc<Definition>,
    pub manner: Manner,
    /// The project is opened when the agency opens on this day, or next.
    pub start: NaiveDate,
    /// Nothing after this day.
    pub until: Option<NaiveDate>,
    /// How many periods, if the service repeats.
    pub periods: u32,
    /// What the client reads.
    pub language: String,
    /// Where the pages of forms would be.
    pub public_url: String,
}

/// Why there is no calendar.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    #[error("the temporary folder cannot be made: {0}")]
    Folder(#[from] std::io::Error),
    #[error(transparent)]
    App(#[from] AppError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the example project cannot be opened: {0}")]
    Refused(String),
    #[error("a timer failed: {0}")]
    Timer(String),
    #[error("it does not come to an end; `--until` names the last day")]
    Endless,
}
