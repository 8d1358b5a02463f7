//! Adding a person to the staff, or changing the roles of one (PF-19).

use std::collections::BTreeSet;

use super::{Agency, AgencyCommand, AgencyEvent};
use crate::domain::{Actor, Asked, Refusal};

/// Roles beyond those of templates: who runs the agency.
const LEADING: [&str; 2] = ["owner", "head"];

/// The person with exactly these roles.
pub fn decide(agency: &Agency, asked: &Asked<AgencyCommand>) -> Result<Vec<AgencyEvent>, Refusal> {
    let AgencyCommand::AddPerson { person, roles, known, profile_changed } = &asked.command;
    let leads = ["pm", "head", "owner"].iter().any(|role| asked.world.roles.contains(*role));
    if !leads && asked.by != Actor::Operator {
        return Err(Refusal::NotAllowed { wanted: "person".to_owned() });
    }
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
    let (person, roles) = (person.clone(), roles.clone());
    let mut events = Vec::new();
    match agency.people.get(&person) {
        None => events.push(AgencyEvent::PersonAdded { person: person.clone(), roles }),
        Some(held) if *held != wanted => {
            events.push(AgencyEvent::RolesChanged { person: person.clone(), roles });
        }
        Some(_) => {}
    }
    if *profile_changed {
        events.push(AgencyEvent::ProfileChanged { person });
    }
    Ok(events)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::{TimeZone, Utc};

    use super::*;
    use crate::domain::World;
    use crate::domain::calendar::weekdays;
    use crate::domain::envelope::AnswerTerms;

    fn add(roles: &[&str]) -> Asked<AgencyCommand> {
        let known = vec!["pm".to_owned(), "smm".to_owned()];
        let roles = roles.iter().map(|role| (*role).to_owned()).collect();
        let world = World {
            calendar: Arc::new(weekdays()),
            staff: Arc::default(),
            roles: BTreeSet::new(),
            approvers: BTreeSet::new(),
            client: None,
            answer: AnswerTerms::default(),
        };
        Asked {
            command_id: "c".into(),
            at: Utc.with_ymd_and_hms(2026, 11, 23, 8, 0, 0).unwrap(),
            by: Actor::Operator,
            world,
            command: AgencyCommand::AddPerson {
                person: "olena".into(),
                roles,
                known,
                profile_changed: false,
            },
        }
    }

    #[test]
    fn a_person_is_added_with_known_roles() {
        assert_eq!(decide(&Agency::default(), &add(&["pm", "head"])).unwrap().len(), 1);
    }

    #[test]
    fn an_unknown_role_is_refused() {
        assert_eq!(decide(&Agency::default(), &add(&["pmm"])).unwrap_err().code(), "no-role");
    }
}
