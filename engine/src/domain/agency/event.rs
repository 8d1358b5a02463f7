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
    /// Off the staff: what they hold was given to others in the same transaction.
    PersonLeft {
        person: PersonId,
    },
    /// From now on the person may sign in with a password and a code too; both stand outside the log.
    PasswordSet {
        person: PersonId,
    },
    /// A checked set of templates, forms and messages is in force from now on; running projects keep theirs.
    TemplatesPublished {
        /// Files that are new or have another text.
        files: Vec<PublishedFile>,
        /// Paths of files that are no more.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        removed: Vec<String>,
        how: Published,
    },
}

/// A file with the version that it has from now on; the text is kept outside the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedFile {
    /// Relative to the folder of templates, such as `forms/smm-brief.yaml`.
    pub path: String,
    /// From 1.
    pub version: u32,
    pub sha256: String,
}

/// How a set of files came to be published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Published {
    /// Somebody saved the files.
    FileEdit,
    /// Somebody edited one file on its page, and said why (empty: no word).
    Edit {
        path: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        why: String,
    },
    /// A file got the text of an earlier version again.
    Restore { path: String, version: u32 },
}
