//! What can be asked of the agency.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::event::Published;
use crate::domain::PersonId;

/// Orders to the agency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum AgencyCommand {
    /// Adds a person or changes the roles of one; `known` are the roles of the agency file.
    AddPerson { person: PersonId, roles: Vec<String>, known: Vec<String>, profile_changed: bool },
    /// Takes a person off the staff; who gets which of their roles, and who gets all others. Given by `App::leave`,
    /// which hands the roles on in the same transaction.
    RemovePerson { person: PersonId, to: Option<PersonId>, by_role: BTreeMap<String, PersonId> },
    /// Gives a person a password to sign in with. Given by `App::set_password`, which keeps its hash beside the log.
    SetPassword { person: PersonId },
    /// Puts a checked set of files in force: all of them, each with the hash of its text. `base` is the file that was
    /// edited and the version that the edit began with (0: none); nothing where nobody edited one version.
    PublishTemplates {
        files: Vec<(String, String)>,
        how: Published,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        base: Option<(String, u32)>,
    },
}
