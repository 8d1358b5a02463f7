//! What can be asked of the agency.

use serde::{Deserialize, Serialize};

use super::event::Published;
use crate::domain::PersonId;

/// Orders to the agency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum AgencyCommand {
    /// Adds a person or changes the roles of one; `known` are the roles of the agency file.
    AddPerson { person: PersonId, roles: Vec<String>, known: Vec<String>, profile_changed: bool },
    /// Puts a checked set of files in force: all of them, each with the hash of its text.
    PublishTemplates { files: Vec<(String, String)>, how: Published },
}
