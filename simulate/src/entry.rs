//! One line of the calendar.

use chrono::NaiveDateTime;
use engine::domain::TaskId;
use serde::{Serialize, Serializer};

/// Something that happened, or that was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// In the agency's zone.
    #[serde(serialize_with = "minutes")]
    pub at: NaiveDateTime,
    /// The event's name, or `message`, `waits`, `refused`.
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskId>,
    /// What a reader of the calendar reads; of a message nothing.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub words: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
}

/// A message that nobody was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// `client` or `staff`.
    pub to: &'static str,
    pub key: String,
    pub language: String,
    pub text: String,
    /// Labels.
    pub buttons: Vec<String>,
}

fn minutes<S: Serializer>(at: &NaiveDateTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&at.format("%Y-%m-%dT%H:%M:%S"))
}
