//! What would go out if a command were given now: the very messages, composed and thrown away.

use esrs::Aggregate;

use super::decides::draft;
use super::{App, AppError, Ask, compose};
use crate::domain::project::{Project, ProjectCommand, ProjectEvent};
use crate::domain::{Asked, Fact, ProjectId, Refusal};
use crate::store::change::{Change, NewMessage};

/// What a command would lead to.
pub struct Ahead {
    pub messages: Vec<NewMessage>,
    pub project: Project,
}

impl App {
    /// What a command to a project would lead to, or the rules' no; nothing is written.
    pub async fn preview_project(
        &self,
        id: &ProjectId,
        ask: Ask<ProjectCommand>,
    ) -> Result<Result<Ahead, Refusal>, AppError> {
        self.look_ahead(id, ask, |state, asked| Project::handle_command(state, asked.clone())).await
    }

    /// What a start or the press of a button would lead to if whatever it still waits for were there; `None` for other
    /// commands. A person sees what a client will read before the step opens (SURFACES 1.4).
    pub async fn preview_as_if_open(
        &self,
        id: &ProjectId,
        ask: Ask<ProjectCommand>,
    ) -> Result<Option<Ahead>, AppError> {
        let ahead = self.look_ahead(id, ask, |state, asked| match as_if_open(state, &asked.command) {
            Some(event) => Ok(draft((id.stream(), state.version), asked, vec![event], |_| false)),
            None => Err(Refusal::NoProject),
        });
        Ok(ahead.await?.ok())
    }

    async fn look_ahead(
        &self,
        id: &ProjectId,
        ask: Ask<ProjectCommand>,
        decide: impl FnOnce(&Project, &Asked<ProjectCommand>) -> Result<Vec<Fact<ProjectEvent>>, Refusal>,
    ) -> Result<Result<Ahead, Refusal>, AppError> {
        let state = self.fresh::<Project>(id.stream()).await?;
        let mut change = Change::default();
        let world = self.world::<Project>(&state, &ask, &mut change, true).await?;
        let asked = Asked { command_id: ask.command_id, at: ask.at, by: ask.by, world, command: ask.command };
        let facts = match decide(&state, &asked) {
            Ok(facts) => facts,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let after =
            facts.iter().fold((*state).clone(), |state, fact| Project::apply_event(state, fact.clone()));
        compose::effects::<Project>(self, &asked, &facts, (&state, &after), 0, &mut change).await?;
        Ok(Ok(Ahead { messages: change.messages, project: after }))
    }
}

/// The fact that the step would be.
fn as_if_open(state: &Project, command: &ProjectCommand) -> Option<ProjectEvent> {
    if let ProjectCommand::StartTask { task } = command {
        let round = state.task(task)?.round;
        return Some(ProjectEvent::TaskStarted { task: task.clone(), round });
    }
    let ProjectCommand::PressButton { task, button } = command else { return None };
    let needs = &state.plan(task)?.button(button)?.needs;
    let values = state.task(task)?.values.iter().filter(|(field, _)| needs.contains(field));
    let values = values.map(|(field, value)| (field.clone(), value.clone())).collect();
    Some(ProjectEvent::ButtonPressed { task: task.clone(), button: button.clone(), values })
}
