//! Next steps that were promised to clients: on Today and on the project, with a press when one was made (XP-07).

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use chrono::NaiveTime;
use engine::app::{Answer, AppError};
use engine::domain::project::ProjectCommand;
use engine::domain::{Arg, ClientId, ContentId, PersonId, ProjectId, TaskId};
use maud::{Markup, html};
use projections::board::{BoardProject, BoardPromise, promises};

use super::act::{Posted, refused};
use super::frame::Ui;
use super::login_page::is_local;
use super::preview::ask_once;
use super::project_page;
use super::session::Staff;
use crate::body;
use crate::site::{Site, read_trouble};

/// A posted press, in bytes.
const LARGEST: usize = 16 * 1024;

/// The promises that somebody has to keep: of the projects they lead, and about the tasks they do.
pub(super) async fn mine(
    ui: &Ui<'_>,
    person: &PersonId,
    projects: &[Arc<BoardProject>],
    clients: &HashMap<ClientId, String>,
) -> Result<Markup, AppError> {
    let is_mine = |promise: &BoardPromise| {
        let project = projects.iter().find(|project| project.project == promise.project)?;
        let task = promise.task.as_ref();
        let does =
            project.tasks.iter().any(|one| Some(&one.task) == task && one.assignee.as_ref() == Some(person));
        (does || project.pm() == Some(person)).then(|| Arc::clone(project))
    };
    let all = promises(ui.site.app.store()).await.map_err(read_trouble)?;
    let all: Vec<_> = all.into_iter().filter_map(|promise| Some((is_mine(&promise)?, promise))).collect();
    draw(ui, &all, "/today", |project| clients.get(&project.client).cloned()).await
}

/// The promises of one project.
pub(super) async fn of_project(ui: &Ui<'_>, id: &ProjectId) -> Result<Markup, AppError> {
    let all = promises(ui.site.app.store()).await.map_err(read_trouble)?;
    let projects = ui.site.projects().await?;
    let Some(project) = projects.iter().find(|project| project.project == *id) else { return Ok(html! {}) };
    let all: Vec<_> = all
        .into_iter()
        .filter(|promise| promise.project == *id)
        .map(|promise| (Arc::clone(project), promise))
        .collect();
    draw(ui, &all, &format!("/p/{id}"), |_| None).await
}

async fn draw(
    ui: &Ui<'_>,
    all: &[(Arc<BoardProject>, BoardPromise)],
    back: &str,
    client: impl Fn(&BoardProject) -> Option<String>,
) -> Result<Markup, AppError> {
    let ids: Vec<ContentId> = all.iter().map(|(_, promise)| promise.content.clone()).collect();
    let said = ui.site.app.store().contents(&ids).await?;
    let said: HashMap<_, _> = said.into_iter().map(|content| (content.content, content.text)).collect();
    Ok(html! {
        @if !all.is_empty() {
            section.promises aria-labelledby="promises" {
                h2 #promises { (ui.t("ui-promises")) " " span.c { (all.len()) } }
                @for (project, promise) in all {
                    article.card.panel.waits {
                        h3 {
                            @if let Some(client) = client(project) { a href={ "/p/" (project.project) } { (client) ", " (project.title.in_language(ui.language)) } " " }
                            (day(ui, promise))
                        }
                        @if let Some(task) = promise.task.as_ref().and_then(|id| project.tasks.iter().find(|task| task.task == *id)) {
                            p.small.muted { (task.title.in_language(ui.language)) }
                        }
                        p.lines { (said.get(&promise.content).map_or("", String::as_str)) }
                        form method="post" action={ "/p/" (project.project) "/kept" } {
                            input type="hidden" name="ask" value=(ui.site.token());
                            @if let Some(task) = &promise.task { input type="hidden" name="task" value=(task); }
                            input type="hidden" name="back" value=(back);
                            button.btn { (ui.t("ui-promise-kept")) }
                        }
                    }
                }
            }
        }
    })
}

/// Until when, and whether that is over.
fn day(ui: &Ui<'_>, promise: &BoardPromise) -> Markup {
    let desk = ui.site.app.desk();
    let calendar = &desk.agency.calendar;
    let on = calendar.instant(promise.by.and_time(NaiveTime::MIN));
    let late = calendar.closing(promise.by) < ui.site.now();
    let text = ui.say(if late { "ui-was-due" } else { "ui-due" }, &[("at", Arg::Date(on))]);
    html! { span class=(if late { "chip late" } else { "chip" }) { (text) } }
}

/// The next step was made.
pub(super) async fn keep(
    State(site): State<Site>,
    staff: Staff,
    Path(project): Path<String>,
    body: Body,
) -> Response {
    let Ok(body) = body::read(body, LARGEST).await else {
        return site.plain(StatusCode::PAYLOAD_TOO_LARGE, &staff.language, "large");
    };
    let (id, posted) = (ProjectId(project), Posted::read(&body));
    let task = Some(posted.get("task")).filter(|task| !task.is_empty()).map(TaskId::from);
    let command = ProjectCommand::KeepPromise { task };
    let said = match site.app.project(&id, ask_once(&site, &staff, command, posted.token())).await {
        Ok(Answer::Done { .. } | Answer::AlreadySo) => {
            let back = Some(posted.get("back")).filter(|back| is_local(back));
            let to = back.map_or_else(|| format!("/p/{id}"), str::to_owned);
            return (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response();
        }
        Ok(Answer::Refused(refusal)) => refused(&site, &staff, &refusal).await,
        Err(error) => Err(error),
    };
    match said {
        Ok(said) => project_page::page(&site, &staff, (&id, None), Some(&said)).await,
        Err(error) => site.trouble(&error, &staff.language),
    }
}
