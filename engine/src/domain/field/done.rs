//! What was finished in a period: collected for the report, each line with its day and whose yes it was (PF-67).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Value;
use crate::domain::definition::{FieldKind, Text};
use crate::domain::{PersonId, TaskId};

/// A stage of the template as far as it came in the period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoneStage {
    pub title: Text,
    /// Said when nothing of the stage is left in the period.
    pub goal: Option<Text>,
    pub tasks: Vec<DoneTask>,
}

/// A task that was finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoneTask {
    pub task: TaskId,
    pub title: Text,
    /// In the agency's zone.
    pub on: NaiveDate,
    pub approved_by: Option<PersonId>,
    /// Nobody decided within the agreed term.
    pub deemed: bool,
    pub figures: Vec<DoneFigure>,
}

/// A figure of a result that the client may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoneFigure {
    pub title: Text,
    pub kind: FieldKind,
    pub value: Value,
}
