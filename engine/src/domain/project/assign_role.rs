//! Giving a role of the project to a person (PF-15).

use std::collections::BTreeMap;

use super::ProjectCommand;
use super::event::ProjectEvent;
use super::rules::may_lead;
use super::state::Project;
use crate::domain::{Asked, PersonId, Refusal};

/// The role is held by `person` from now on.
pub fn decide(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    role: &str,
    person: &PersonId,
) -> Result<Vec<ProjectEvent>, Refusal> {
    may_lead(project, asked, "assign")?;
    let mut known: Vec<String> = Vec::new();
    let plans = project.opened.iter().flat_map(|opened| opened.definition.tasks());
    for role in plans.flat_map(|task| std::iter::once(&task.assignee).chain(task.auditor.as_ref())) {
        if !known.contains(role) {
            known.push(role.clone());
        }
    }
    if role != "pm" && !known.iter().any(|known| known == role) {
        return Err(Refusal::NoRole { role: role.to_owned(), known });
    }
    if !asked.world.staff.people.contains_key(person) {
        return Err(Refusal::NoPerson { person: person.to_string() });
    }
    if project.holder(role) == Some(person) {
        return Ok(Vec::new());
    }
    Ok(vec![ProjectEvent::RoleAssigned { role: role.to_owned(), person: person.clone() }])
}

/// The same for several roles.
pub fn several(
    project: &Project,
    asked: &Asked<ProjectCommand>,
    roles: &BTreeMap<String, PersonId>,
) -> Result<Vec<ProjectEvent>, Refusal> {
    let mut events = Vec::new();
    for (role, person) in roles {
        events.extend(decide(project, asked, role, person)?);
    }
    Ok(events)
}

#[cfg(test)]
mod tests {
    use crate::domain::project::ProjectCommand;
    use crate::domain::project::testing::*;

    fn give(role: &str) -> ProjectCommand {
        ProjectCommand::AssignRole { role: role.into(), person: "taras".into() }
    }

    #[test]
    fn a_pm_gives_a_role_to_somebody_else() {
        opened().when(give("smm")).then(&["role_assigned"]);
    }

    #[test]
    fn a_role_that_no_task_needs_is_refused() {
        opened().when(give("smn")).refused("no-role");
    }

    #[test]
    fn an_assignee_does_not_give_roles() {
        opened().by("maksym").when(give("smm")).refused("not-allowed");
    }
}
