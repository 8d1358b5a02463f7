//! Preview: the very messages that the client would get, before the step is taken.

use engine::app::{Along, AppError, Ask};
use engine::domain::project::{Project, ProjectCommand, Status, Task};
use engine::domain::{Arg, ProjectId};
use engine::store::change::NewMessage;
use maud::{Markup, html};

use super::frame::Ui;
use super::icon::Icon;
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

/// One step with what it is called above its messages.
struct Step {
    title: String,
    command: ProjectCommand,
}

/// The next step, and the buttons of the task that tell the client something.
fn steps(ui: &Ui<'_>, project: &Project, task: &Task) -> Vec<Step> {
    let first = next(task).map(|command| Step { title: ui.t("ui-preview"), command });
    let plan = project.plan(&task.id).filter(|_| matches!(task.status, Status::InProgress | Status::Paused));
    let buttons = plan
        .into_iter()
        .flat_map(|plan| &plan.buttons)
        .filter(|button| button.tell_client.is_some() && !(button.once && task.pressed.contains(&button.id)));
    let pressed = buttons.map(|button| Step {
        title: ui.say("ui-preview-press", &[("button", Arg::Words(button.title.clone()))]),
        command: ProjectCommand::PressButton { task: task.id.clone(), button: button.id.clone() },
    });
    first.into_iter().chain(pressed).collect()
}

/// What the client reads when a step is taken, also of one that is still closed; nothing where that is silence.
pub(super) async fn preview(
    site: &Site,
    staff: &Staff,
    project: &Project,
    task: &Task,
) -> Result<Markup, AppError> {
    let Some(opened) = &project.opened else { return Ok(html! {}) };
    let chat = site.app.client_state(&opened.client).await?.and_then(|client| client.confirmed_chat());
    let ui = Ui::of(site, staff);
    let mut drawn = Vec::new();
    for step in steps(&ui, project, task) {
        let asked = || ask(site, staff, step.command.clone());
        let (ahead, is_open) = match site.app.preview_project(&opened.project, asked()).await? {
            Ok(ahead) => (Some(ahead), true),
            Err(_) => (site.app.preview_as_if_open(&opened.project, asked()).await?, false),
        };
        let messages = ahead.map(|ahead| ahead.messages).unwrap_or_default();
        let to_client: Vec<_> = messages.into_iter().filter(|message| Some(message.chat) == chat).collect();
        if !to_client.is_empty() {
            drawn.push(messages_of(&ui, &step.title, &to_client, is_open));
        }
    }
    Ok(html! { @for step in drawn { (step) } })
}

fn messages_of(ui: &Ui<'_>, title: &str, messages: &[NewMessage], is_open: bool) -> Markup {
    html! {
        div.sect.preview {
            h3 { (title) @if !is_open { " " span.chip { (Icon::Lock.draw(12)) (ui.t("ui-preview-locked")) } } }
            @for message in messages {
                div.m.us lang=(message.language) {
                    div.said { (message.payload.text) }
                    @if !message.payload.buttons.is_empty() {
                        div.k { @for (label, _) in message.payload.buttons.iter().flatten() { span { (label) } } }
                    }
                }
            }
        }
    }
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
