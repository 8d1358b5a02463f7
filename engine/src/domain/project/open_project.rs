//! Opening a project: the whole set of tasks in one action (PF-39, PF-40).

use super::ProjectCommand;
use super::conclude::assume;
use super::event::ProjectEvent;
use super::rules::turns;
use super::state::Project;
use crate::domain::gate::missing_to_open;
use crate::domain::{Asked, Refusal, Right};

/// The project with all its tasks, the first of them ready.
pub fn decide(state: &Project, asked: &Asked<ProjectCommand>) -> Result<Vec<ProjectEvent>, Refusal> {
    let ProjectCommand::OpenProject { project, client, definition, assigned, price, promised } =
        &asked.command
    else {
        return Ok(Vec::new());
    };
    Right::Sell.insist(asked, "project")?;
    if state.opened.is_some() {
        return Err(Refusal::ProjectExists { project: project.0.clone() });
    }
    let opened = ProjectEvent::ProjectOpened {
        project: project.clone(),
        client: client.clone(),
        definition: definition.clone(),
        assigned: assigned.clone(),
        price: price.clone().or_else(|| definition.price.as_ref().map(|price| price.amount.clone())),
    };
    let missing = missing_to_open(asked);
    if !missing.is_empty() {
        return Err(Refusal::HandoffIncomplete { missing });
    }
    let fresh = assume(state, asked, &opened);
    let ready = turns(&fresh, asked, None);
    let promised =
        (!promised.is_nothing()).then(|| ProjectEvent::SalesPromised { promised: (**promised).clone() });
    Ok(std::iter::once(opened).chain(promised).chain(ready).collect())
}

#[cfg(test)]
mod tests {
    use crate::domain::project::testing::*;

    #[test]
    fn one_action_creates_every_task_and_opens_the_first() {
        let project = opened();
        assert_eq!(project.statuses(), ["ready", "waiting", "waiting"]);
    }

    #[test]
    fn only_those_who_lead_or_sell_open_a_project() {
        empty().by("maksym").when(open_command()).refused("not-allowed");
    }

    #[test]
    fn a_project_is_opened_once() {
        opened().when(open_command()).refused("project-exists");
    }
}
