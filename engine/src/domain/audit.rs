//! What was refused, and what was taken out of the house: every "no" is a fact too (RELIABILITY 6.8).

use serde::{Deserialize, Serialize};

use super::{ProjectId, Refusal, StreamId};

/// Facts of the audit stream. Never renamed, removed or given a new meaning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AuditEvent {
    /// A command that the rules refused.
    CommandRefused { stream: StreamId, subject: String, command: String, refusal: Refusal },
    /// An attempt that reached no stream: an unknown token, a foreign chat.
    AttemptRefused { what: String, refusal: Refusal },
    /// Somebody took everything that is known of a project out of the house (CR-05).
    ProjectExported { project: ProjectId },
}
