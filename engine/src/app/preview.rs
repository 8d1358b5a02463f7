//! What would go out if a command were given now: the very messages, composed and thrown away.

use esrs::Aggregate;

use super::{App, AppError, Ask, compose};
use crate::domain::project::{Project, ProjectCommand};
use crate::domain::{Asked, ProjectId, Refusal};
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
        let state = self.fresh::<Project>(id.stream()).await?;
        let mut change = Change::default();
        let world = self.world::<Project>(&state, &ask, &mut change, true).await?;
        let asked = Asked { command_id: ask.command_id, at: ask.at, by: ask.by, world, command: ask.command };
        let facts = match Project::handle_command(&state, asked.clone()) {
            Ok(facts) => facts,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let after =
            facts.iter().fold((*state).clone(), |state, fact| Project::apply_event(state, fact.clone()));
        compose::effects::<Project>(self, &asked, &facts, (&state, &after), 0, &mut change).await?;
        Ok(Ok(Ahead { messages: change.messages, project: after }))
    }
}
