//! Adding a person to the staff, or changing the roles of one (PF-19).

use std::collections::BTreeSet;

use super::{Agency, AgencyCommand, AgencyEvent};
use crate::domain::rights::{OFFICE, TOP};
use crate::domain::{Asked, PersonId, Refusal, Right};

/// The roles at the top are given and taken only by those who have one, and by whoever runs the server.
pub(super) fn may_give(
    agency: &Agency,
    asked: &Asked<AgencyCommand>,
    person: &PersonId,
    roles: &[String],
) -> Result<(), Refusal> {
    let held = |role: &str| agency.people.get(person).is_some_and(|held| held.contains(role));
    let moves = TOP.iter().any(|role| roles.iter().any(|given| given == role) != held(role));
    if moves { Right::Head.insist(asked, "top-role") } else { Ok(()) }
}

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
    let unknown = roles.iter().find(|role| !known.contains(role) && !OFFICE.contains(&role.as_str()));
    if let Some(role) = unknown {
        let known = known.iter().cloned().chain(further(known)).collect();
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

/// Roles of the office that the agency's file does not name.
fn further(known: &[String]) -> impl Iterator<Item = String> {
    OFFICE.iter().map(|role| (*role).to_owned()).filter(|role| !known.contains(role))
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
