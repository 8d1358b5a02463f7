//! `person owns` and `person leave`: what somebody holds, and all of it to others in one step (CR-30).

use engine::app::{Along, Holding};
use engine::domain::agency::AgencyCommand;
use engine::domain::{PersonId, TaskId};
use serde_json::{Value as Json, json};

use crate::console::Console;
use crate::failure::Failure;
use crate::office::Office;

pub async fn owns(id: &str, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let person = office.staff(id).await?;
    let holdings = office.app.holdings(&person).await?;
    console.answer(&json!({ "person": person, "holds": as_json(&holdings) }), &in_words(&holdings));
    Ok(())
}

pub async fn leave(
    id: &str,
    (to, assign): (Option<String>, Vec<(String, String)>),
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let person = PersonId(id.trim().to_owned());
    let holdings = office.app.holdings(&person).await?;
    let command = AgencyCommand::RemovePerson {
        person: person.clone(),
        to: to.map(PersonId),
        by_role: assign.into_iter().map(|(role, person)| (role, PersonId(person))).collect(),
    };
    let left = office.leave(command).await?;
    let text = format!("{person}: {}\n{}", if left { "left" } else { "had left" }, in_words(&holdings));
    console.answer(&json!({ "person": person, "left": true, "given": as_json(&holdings) }), text.trim_end());
    Ok(())
}

fn as_json(holdings: &[Holding]) -> Vec<Json> {
    let held = holdings.iter().map(|holding| {
        json!({
            "project": holding.project,
            "roles": holding.roles,
            "tasks": holding.tasks,
            "checks": holding.checks,
        })
    });
    held.collect()
}

fn in_words(holdings: &[Holding]) -> String {
    let line = |holding: &Holding| {
        let tasks = holding.tasks.iter().map(TaskId::as_str).collect::<Vec<_>>().join(", ");
        format!("{}: {}; tasks: {tasks}", holding.project, holding.roles.join(", "))
    };
    if holdings.is_empty() {
        return "holds nothing".to_owned();
    }
    holdings.iter().map(line).collect::<Vec<_>>().join("\n")
}

impl Office {
    /// Takes somebody off the staff; false if they had left already.
    async fn leave(&self, command: AgencyCommand) -> Result<bool, Failure> {
        let answer = self.app.leave(self.ask(command, Along::default())).await?;
        self.changed(answer).await
    }
}
