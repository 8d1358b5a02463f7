//! `project assign`: gives roles to people.

use engine::app::Along;
use engine::domain::project::ProjectCommand;
use serde_json::json;

use crate::console::Console;
use crate::failure::Failure;
use crate::office::Office;

pub async fn run(
    typed: &str,
    assign: &[(String, String)],
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let (project, _) = office.find_project(typed).await?;
    let mut lines = Vec::new();
    for (role, person) in assign {
        let person = office.staff(person).await?;
        let command = ProjectCommand::AssignRole { role: role.clone(), person: person.clone() };
        office.step(role).project(&project, None, command, Along::default()).await?;
        lines.push(format!("{role}: {person}"));
    }
    let assigned = office.app.project_state(&project).await?.and_then(|state| state.opened.clone());
    let assigned = assigned.map(|opened| opened.assigned);
    console.answer(&json!({ "project": project, "assigned": assigned }), &lines.join("\n"));
    Ok(())
}
