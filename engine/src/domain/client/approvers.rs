//! Who may decide for the client (TG-21).

use super::ClientCommand;
use super::event::ClientEvent;
use super::may_manage;
use super::state::Client;
use crate::domain::{Asked, PersonId, Refusal};

/// The person may approve and send back from now on; nobody of the staff decides for a client.
pub fn name(
    state: &Client,
    asked: &Asked<ClientCommand>,
    person: &PersonId,
) -> Result<Vec<ClientEvent>, Refusal> {
    may_manage(asked, "approver")?;
    if asked.world.staff.people.contains_key(person) {
        return Err(Refusal::StaffAsApprover { person: person.clone() });
    }
    let new = !state.approvers.contains(person);
    Ok(new.then(|| ClientEvent::ApproverNamed { person: person.clone() }).into_iter().collect())
}

/// The person may no longer decide; what was decided stands.
pub fn remove(
    state: &Client,
    asked: &Asked<ClientCommand>,
    person: &PersonId,
) -> Result<Vec<ClientEvent>, Refusal> {
    may_manage(asked, "approver")?;
    let known = state.approvers.contains(person);
    Ok(known.then(|| ClientEvent::ApproverRemoved { person: person.clone() }).into_iter().collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use super::super::testing::*;
    use super::super::{ClientCommand, decide};
    use crate::domain::agency::Agency;
    use crate::domain::{Actor, Refusal};

    fn named() -> ClientCommand {
        ClientCommand::NameApprover { person: "sofiia".into() }
    }

    #[test]
    fn an_approver_is_named_once_and_can_be_removed() {
        let state = given(&[add(), named()]);
        assert_eq!(decide(&state, &asked(named(), 0)), Ok(vec![]));
        let gone = given(&[add(), named(), ClientCommand::RemoveApprover { person: "sofiia".into() }]);
        assert!(gone.approvers.is_empty());
    }

    #[test]
    fn nobody_of_the_staff_decides_for_a_client() {
        let mut asked = asked(named(), 0);
        let staff = [("sofiia".into(), BTreeSet::from(["smm".to_owned()]))];
        asked.world.staff = Arc::new(Agency { version: 1, people: staff.into(), ..Agency::default() });
        let refused = decide(&given(&[add()]), &asked);
        assert_eq!(refused, Err(Refusal::StaffAsApprover { person: "sofiia".into() }));
        // Who was named before being hired can still be taken off.
        asked.command = ClientCommand::RemoveApprover { person: "sofiia".into() };
        assert_eq!(decide(&given(&[add(), named()]), &asked).map(|events| events.len()), Ok(1));
    }

    #[test]
    fn a_client_does_not_name_its_own_approvers() {
        let mut asked = asked(named(), 0);
        asked.by = Actor::Person("sofiia".into());
        assert_eq!(decide(&given(&[add()]), &asked).unwrap_err().code(), "not-allowed");
    }
}
