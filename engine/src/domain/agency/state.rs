//! Who works here, folded from the events.

use std::collections::{BTreeMap, BTreeSet};

use super::event::AgencyEvent;
use crate::domain::{Fact, PersonId};

/// The staff as it stands.
#[derive(Clone, Debug, Default)]
pub struct Agency {
    /// Version of the stream.
    pub version: i64,
    /// Person to roles.
    pub people: BTreeMap<PersonId, BTreeSet<String>>,
    /// Those who worked here once.
    pub left: BTreeSet<PersonId>,
    /// Path to the latest version of each file that was ever published.
    pub templates: BTreeMap<String, Standing>,
}

/// How a published file stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Of the latest version, from 1.
    pub version: u32,
    /// Hash of its text; `None`: the file was taken away.
    pub sha256: Option<String>,
}

impl Agency {
    /// The state with one more fact.
    #[must_use]
    pub fn with(mut self, fact: &Fact<AgencyEvent>) -> Self {
        self.version = fact.version;
        match &fact.event {
            AgencyEvent::PersonAdded { person, roles } | AgencyEvent::RolesChanged { person, roles } => {
                self.people.insert(person.clone(), roles.iter().cloned().collect());
                self.left.remove(person);
            }
            AgencyEvent::PersonLeft { person } => {
                self.people.remove(person);
                self.left.insert(person.clone());
            }
            AgencyEvent::ProfileChanged { .. } | AgencyEvent::PasswordSet { .. } => {}
            AgencyEvent::TemplatesPublished { files, removed, .. } => {
                for file in files {
                    let standing = Standing { version: file.version, sha256: Some(file.sha256.clone()) };
                    self.templates.insert(file.path.clone(), standing);
                }
                for path in removed {
                    self.templates.entry(path.clone()).and_modify(|standing| standing.sha256 = None);
                }
            }
        }
        self
    }
}
