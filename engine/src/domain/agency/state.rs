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
}

impl Agency {
    /// The state with one more fact.
    #[must_use]
    pub fn with(mut self, fact: &Fact<AgencyEvent>) -> Self {
        self.version = fact.version;
        match &fact.event {
            AgencyEvent::PersonAdded { person, roles } | AgencyEvent::RolesChanged { person, roles } => {
                self.people.insert(person.clone(), roles.iter().cloned().collect());
            }
            AgencyEvent::ProfileChanged { .. } => {}
        }
        self
    }
}
