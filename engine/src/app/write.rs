//! Writing to a client, about a project or not, and promising it the next step by a day (PF-32, XP-07).

use chrono::NaiveDate;

use super::{Along, Answer, App, AppError, Ask};
use crate::domain::client::ClientCommand;
use crate::domain::client::event::Answered;
use crate::domain::project::ProjectCommand;
use crate::domain::{Actor, ClientId, ProjectId, Refusal, Timestamp};
use crate::store::change::Content;

/// A message to a client on its way in.
#[derive(Clone, Debug)]
pub struct ToClient {
    pub command_id: String,
    pub at: Timestamp,
    pub by: Actor,
    pub content: Content,
    /// What it is about; a project of this client.
    pub project: Option<ProjectId>,
    /// The next step comes by the end of this day; that needs a project.
    pub next_step: Option<NaiveDate>,
}

/// What stops the client's clock after a comment that the client reads too (T3).
pub(super) fn answers_client(ask: &Ask<ProjectCommand>) -> Option<Ask<ClientCommand>> {
    let ProjectCommand::Comment { to_client: true, .. } = &ask.command else { return None };
    Some(Ask {
        command_id: format!("{}:answered", ask.command_id),
        at: ask.at,
        by: ask.by.clone(),
        command: ClientCommand::NoteAnswer { how: Answered::Message, note: None },
        along: Along::default(),
    })
}

impl App {
    /// Whoever of the project's client waited for an answer has it. Asked again, nothing happens twice.
    pub(super) async fn note_answer(
        &self,
        project: &ProjectId,
        answer: &Answer,
        noted: Option<Ask<ClientCommand>>,
    ) -> Result<(), AppError> {
        let Some(noted) = noted.filter(|_| matches!(answer, Answer::Done { .. })) else { return Ok(()) };
        let state = self.project_state(project).await?;
        if let Some(opened) = state.as_ref().and_then(|state| state.opened.as_ref()) {
            self.client(&opened.client, noted).await?;
        }
        Ok(())
    }

    /// Writes to the client. A promise is made before anybody reads of it.
    pub async fn write_to_client(&self, client: &ClientId, said: ToClient) -> Result<Answer, AppError> {
        let pm = match &said.project {
            None => None,
            Some(id) => {
                let project = self.project_state(id).await?;
                let opened = project.as_ref().and_then(|project| project.opened.as_ref());
                if opened.is_none_or(|opened| opened.client != *client) {
                    return Ok(Answer::Refused(Refusal::NoProject));
                }
                project.and_then(|project| project.holder("pm").cloned())
            }
        };
        let command = ClientCommand::WriteToClient {
            project: said.project.clone(),
            pm,
            content: said.content.reference(),
            by: said.next_step,
        };
        let along = Along { contents: vec![said.content.clone()], ..Along::default() };
        let ask =
            Ask { command_id: said.command_id.clone(), at: said.at, by: said.by.clone(), command, along };
        if said.next_step.is_some() {
            if let Some(refusal) = self.rehearse_client(client, ask.clone()).await? {
                return Ok(Answer::Refused(refusal));
            }
            if let Answer::Refused(refusal) = self.promise_next_step(&said).await? {
                return Ok(Answer::Refused(refusal));
            }
        }
        self.client(client, ask).await
    }

    /// The promise alone, for what was said on the phone.
    pub async fn promise_next_step(&self, said: &ToClient) -> Result<Answer, AppError> {
        let (Some(project), Some(by)) = (&said.project, said.next_step) else {
            return Ok(Answer::Refused(Refusal::NoProject));
        };
        let command = ProjectCommand::PromiseNextStep { task: None, by, what: said.content.reference() };
        let along = Along { contents: vec![said.content.clone()], ..Along::default() };
        let command_id = format!("{}:promise", said.command_id);
        self.project(project, Ask { command_id, at: said.at, by: said.by.clone(), command, along }).await
    }
}
