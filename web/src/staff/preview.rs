//! Preview: the very messages that the client would get, before the step is taken.

use engine::app::{Along, AppError, Ask};
use engine::domain::ProjectId;
use engine::domain::project::{Project, ProjectCommand, Status, Task};
use maud::{Markup, html};

use super::frame::Ui;
use super::session::Staff;
use crate::site::Site;

/// The step that comes next for a task, if it is the staff's to take.
fn next(task: &Task) -> Option<ProjectCommand> {
    let id = task.id.clone();
    match task.status {
        Status::Ready | Status::Rework => Some(ProjectCommand::StartTask { task: id }),
        Status::InProgress | Status::Paused => Some(ProjectCommand::SubmitTask { task: id }),
        Status::InReview => Some(ProjectCommand::AcceptTask { task: id, round: None }),
        Status::Waiting | Status::AwaitingApproval | Status::Completed | Status::Cancelled => None,
    }
}

/// What the client reads when the next step is taken; nothing if that is silence, or the step is closed.
pub(super) async fn preview(
    site: &Site,
    staff: &Staff,
    project: &Project,
    task: &Task,
) -> Result<Markup, AppError> {
    let (Some(command), Some(opened)) = (next(task), &project.opened) else { return Ok(html! {}) };
    let chat = site.app.client_state(&opened.client).await?.and_then(|client| client.confirmed_chat());
    let asked = ask(site, staff, command);
    let Ok(ahead) = site.app.preview_project(&opened.project, asked).await? else { return Ok(html! {}) };
    let to_client: Vec<_> = ahead.messages.into_iter().filter(|message| Some(message.chat) == chat).collect();
    let ui = Ui::of(site, staff);
    Ok(html! {
        @if !to_client.is_empty() {
            div.sect {
                h3 { (ui.t("ui-preview")) }
                @for message in &to_client {
                    div.m.us lang=(message.language) {
                        div.said { (message.payload.text) }
                        @if !message.payload.buttons.is_empty() {
                            div.k { @for (label, _) in message.payload.buttons.iter().flatten() { span { (label) } } }
                        }
                    }
                }
            }
        }
    })
}

/// A command of a person, under an id of its own.
pub(super) fn ask(site: &Site, staff: &Staff, command: ProjectCommand) -> Ask<ProjectCommand> {
    ask_once(site, staff, command, "")
}

/// The same under the token of the form that it came from, so that a double click is one command.
pub(super) fn ask_once(
    site: &Site,
    staff: &Staff,
    command: ProjectCommand,
    token: &str,
) -> Ask<ProjectCommand> {
    let token = if token.is_empty() { site.token() } else { token.to_owned() };
    let command_id = format!("web:{}:{token}", staff.person);
    Ask { command_id, at: site.now(), by: staff.actor(), command, along: Along::default() }
}

/// The address of a project's page.
pub(super) fn page_of(project: &ProjectId, task: &engine::domain::TaskId) -> String {
    format!("/p/{project}?task={task}")
}
