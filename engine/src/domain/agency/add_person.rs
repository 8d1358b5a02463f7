//! Adding a person to the staff, or changing the roles of one (PF-19).

use std::collections::BTreeSet;

use super::{Agency, AgencyEvent};
use crate::domain::{PersonId, Refusal};

/// Roles beyond those of templates: who runs the agency.
const LEADING: [&str; 2] = ["owner", "head"];

/// The person with exactly these roles.
pub(super) fn decide(
    agency: &Agency,
    person: &PersonId,
    (roles, known): (&[String], &[String]),
    profile_changed: bool,
) -> Result<Vec<AgencyEvent>, Refusal> {
    let usable = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    if person.0.is_empty() || person.0.len() > 60 || !person.0.chars().all(usable) {
        return Err(Refusal::BadId { id: person.0.clone() });
    }
    let unknown = roles.iter().find(|role| !known.contains(role) && !LEADING.contains(&role.as_str()));
    if let Some(role) = unknown {
        let known = known.iter().cloned().chain(["owner".to_owned()]).collect();
        return Err(Refusal::NoRole { role: role.clone(), known });
    }
    let wanted: BTreeSet<String> = roles.iter().cloned().collect();
    let (person, roles) = (person.clone(), roles.to_vec());
    let mut events = Vec::new();
    match agency.people.get(&person) {
        None => events.push(AgencyEvent::PersonAdded { person: person.clone(), roles }),
        Some(held) if *held != wanted => {
            events.push(AgencyEvent::RolesChanged { person: person.clone(), roles });
        }
        Some(_) => {}
    }
    if profile_changed {
        events.push(AgencyEvent::ProfileChanged { person });
    }
    Ok(events)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(roles: &[&str]) -> Result<Vec<AgencyEvent>, Refusal> {
        let known = ["pm".to_owned(), "smm".to_owned()];
        let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
        decide(&Agency::default(), &"olena".into(), (&roles, &known), false)
    }

    #[test]
    fn a_person_is_added_with_known_roles() {
        assert_eq!(add(&["pm", "head"]).unwrap().len(), 1);
    }

    #[test]
    fn an_unknown_role_is_refused() {
        assert_eq!(add(&["pmm"]).unwrap_err().code(), "no-role");
    }
}
