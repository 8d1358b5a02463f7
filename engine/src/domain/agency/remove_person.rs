//! A person leaves the staff (CR-30): from then on they may nothing; the history keeps who they were.

use std::collections::BTreeMap;

use super::{Agency, AgencyEvent};
use crate::domain::{PersonId, ProjectId, Refusal};

/// Who goes on with the work of somebody who leaves.
#[derive(Clone, Copy, Debug)]
pub struct Successors<'a> {
    pub leaver: &'a PersonId,
    /// With everything that no role names.
    pub to: Option<&'a PersonId>,
    pub by_role: &'a BTreeMap<String, PersonId>,
}

impl Successors<'_> {
    /// Who gets a role that the leaver holds.
    pub fn of(&self, role: &str) -> Option<&PersonId> {
        self.by_role.get(role).or(self.to)
    }

    /// Each role that the leaver holds in one project with who gets it; `holds` gathers those that nobody gets.
    pub fn share(
        &self,
        project: &ProjectId,
        roles: &[String],
        holds: &mut Vec<(ProjectId, String)>,
    ) -> BTreeMap<String, PersonId> {
        let mut shared = BTreeMap::new();
        for role in roles {
            match self.of(role) {
                Some(person) => drop(shared.insert(role.clone(), person.clone())),
                None => holds.push((project.clone(), role.clone())),
            }
        }
        shared
    }
}

/// The person is off the staff; nothing if they were already.
pub(super) fn decide(agency: &Agency, successors: Successors<'_>) -> Result<Vec<AgencyEvent>, Refusal> {
    let leaver = successors.leaver;
    let named = successors.to.into_iter().chain(successors.by_role.values());
    for person in named {
        if person == leaver || !agency.people.contains_key(person) {
            return Err(Refusal::NoPerson { person: person.0.clone() });
        }
    }
    if agency.people.contains_key(leaver) {
        return Ok(vec![AgencyEvent::PersonLeft { person: leaver.clone() }]);
    }
    if agency.left.contains(leaver) {
        return Ok(Vec::new());
    }
    Err(Refusal::NoPerson { person: leaver.0.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agency() -> Agency {
        let mut agency = Agency::default();
        for person in ["olena", "maksym"] {
            agency.people.insert(person.into(), ["smm".to_owned()].into());
        }
        agency.left.insert("iryna".into());
        agency
    }

    fn leave(leaver: &str, to: Option<&str>) -> Result<usize, String> {
        let (leaver, to) = (PersonId::from(leaver), to.map(PersonId::from));
        let by_role = BTreeMap::new();
        let successors = Successors { leaver: &leaver, to: to.as_ref(), by_role: &by_role };
        decide(&agency(), successors).map(|events| events.len()).map_err(|refusal| refusal.code())
    }

    #[test]
    fn somebody_leaves_once() {
        assert_eq!(leave("maksym", Some("olena")), Ok(1));
        assert_eq!(leave("iryna", Some("olena")), Ok(0), "left already");
    }

    #[test]
    fn the_work_goes_to_somebody_who_stays() {
        for to in ["maksym", "iryna", "nobody"] {
            assert_eq!(leave("maksym", Some(to)), Err("no-person".to_owned()), "{to}");
        }
        assert_eq!(leave("nobody", None), Err("no-person".to_owned()));
    }

    #[test]
    fn a_role_by_name_comes_before_the_rest_and_what_nobody_gets_is_named() {
        let (leaver, olena) = (PersonId::from("maksym"), PersonId::from("olena"));
        let by_role = BTreeMap::from([("smm".to_owned(), olena.clone())]);
        let successors = Successors { leaver: &leaver, to: None, by_role: &by_role };
        let mut holds = Vec::new();
        let shared = successors.share(&"p".into(), &["smm".to_owned(), "ads".to_owned()], &mut holds);
        assert_eq!(shared, BTreeMap::from([("smm".to_owned(), olena)]));
        assert_eq!(holds, [("p".into(), "ads".to_owned())]);
    }
}
