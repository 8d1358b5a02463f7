//! What can happen to the agency's own people.

use serde::{Deserialize, Serialize};

use crate::domain::PersonId;

/// Facts of the agency. Never renamed, removed or given a new meaning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AgencyEvent {
    /// The name and the Telegram user stand in the profile, not here.
    PersonAdded {
        person: PersonId,
        roles: Vec<String>,
    },
    RolesChanged {
        person: PersonId,
        roles: Vec<String>,
    },
    /// The profile (name, Telegram user) was changed.
    ProfileChanged {
        person: PersonId,
    },
}
