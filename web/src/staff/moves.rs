//! Moving a card: which steps are open, which are not and why; the keyboard's way and the mouse's are one.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use engine::app::AppError;
use engine::domain::project::{ProjectCommand, Status};
use engine::domain::{Arg, ProjectId, Refusal, TaskId};
use maud::{Markup, html};
use serde::Deserialize;

use super::act::{give, refused};
use super::columns::Column;
use super::frame::Ui;
use super::icon::Icon;
use super::preview::ask;
use super::project_page;
use super::session::Staff;
use crate::site::Site;

/// Where a card is to go.
#[derive(Deserialize)]
pub(super) struct Wanted {
    to: String,
}

/// The step by which a task in this status comes into a column; what does not fit, the rules refuse in their words.
fn step(task: &TaskId, status: Status, to: Column) -> ProjectCommand {
    let task = task.clone();
    match (to, status) {
        (Column::Work, Status::Paused) => ProjectCommand::ResumeTask { task },
        (Column::Work, Status::InReview) | (Column::Rework, _) => {
            ProjectCommand::ReturnTask { task, round: None, remark: None }
        }
        (Column::Work | Column::Ready, _) => ProjectCommand::StartTask { task },
        (Column::Client | Column::Done, Status::InReview) => ProjectCommand::AcceptTask { task, round: None },
        (Column::Check | Column::Client | Column::Done, _) => ProjectCommand::SubmitTask { task },
    }
}

/// The menu of a card: every column, open or with the reason why not.
pub(super) async fn show(
    State(site): State<Site>,
    staff: Staff,
    Path((project, task)): Path<(String, String)>,
) -> Response {
    match menu(&site, &staff, &ProjectId(project), &TaskId(task)).await {
        Ok(Some(menu)) => Html(menu.into_string()).into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => site.trouble(&error, &staff.language),
    }
}

async fn menu(
    site: &Site,
    staff: &Staff,
    project: &ProjectId,
    id: &TaskId,
) -> Result<Option<Markup>, AppError> {
    let Some(state) = site.app.project_state(project).await? else { return Ok(None) };
    let (Some(task), Some(plan)) = (state.task(id), state.plan(id)) else { return Ok(None) };
    let ui = Ui::of(site, staff);
    let here = Column::of(task.status);
    let mut lines = Vec::new();
    for column in Column::ALL.into_iter().filter(|column| Some(*column) != here && *column != Column::Ready) {
        match ahead(site, staff, (project, id), (task.status, column)).await? {
            Ok(Some(to)) if to == column => lines.push((column, None)),
            Ok(_) => {}
            Err(refusal) => lines.push((column, Some(refused(site, staff, &refusal).await?))),
        }
    }
    Ok(Some(html! {
        h2 #menu-title { (ui.t("ui-move-to")) }
        p.muted { (plan.title.in_language(ui.language)) }
        ul.moves {
            @for (column, why) in &lines {
                li {
                    @if let Some(why) = why {
                        p.closed data-closed=(column.word()) { (Icon::Lock.draw(14)) span { b { (ui.t(column.title())) } span.small.lines { (why) } } }
                    } @else {
                        form method="post" action={ "/p/" (project) "/" (id) "/move" } {
                            input type="hidden" name="to" value=(column.word());
                            button.btn data-open=(column.word()) { span class={ "dot " (column.word()) } {} (ui.t(column.title())) }
                        }
                    }
                }
            }
        }
        a.btn href={ "/p/" (project) "?task=" (id) } { (ui.t("ui-open")) }
        form method="dialog" { button.btn.ghost { (ui.t("ui-close")) } }
    }))
}

/// In which column the task would stand after the step that a column stands for, or the rules' no.
async fn ahead(
    site: &Site,
    staff: &Staff,
    (project, id): (&ProjectId, &TaskId),
    (status, column): (Status, Column),
) -> Result<Result<Option<Column>, Refusal>, AppError> {
    let ahead = site.app.preview_project(project, ask(site, staff, step(id, status, column))).await?;
    Ok(ahead.map(|ahead| ahead.project.task(id).and_then(|task| Column::of(task.status))))
}

/// Moves the card: the step is taken, or the refusal says which gate is closed.
pub(super) async fn take(
    State(site): State<Site>,
    staff: Staff,
    Path((project, task)): Path<(String, String)>,
    Form(wanted): Form<Wanted>,
) -> Response {
    let (project, task) = (ProjectId(project), TaskId(task));
    let Some(column) = Column::parse(&wanted.to) else {
        return site.plain(StatusCode::NOT_FOUND, &staff.language, "gone");
    };
    let state = match site.app.project_state(&project).await {
        Ok(state) => state,
        Err(error) => return site.trouble(&error, &staff.language),
    };
    let status = state.as_ref().and_then(|state| state.task(&task)).map(|task| task.status);
    let Some(status) = status else { return site.plain(StatusCode::NOT_FOUND, &staff.language, "gone") };
    let named = (&project, &task);
    match ahead(&site, &staff, named, (status, column)).await {
        Ok(Ok(to)) if to != Some(column) => {
            let to = to.map_or_else(String::new, |to| site.word(&staff.language, to.title()));
            let text = site.say(&staff.language, "ui-moves-elsewhere", &[("column", Arg::Text(to))]);
            project_page::page(&site, &staff, (&project, Some(&task)), Some(&text)).await
        }
        // The rules say no: given all the same, so that the attempt is on record as everywhere.
        Ok(_) => give(&site, &staff, named, ask(&site, &staff, step(&task, status, column)), None).await,
        Err(error) => site.trouble(&error, &staff.language),
    }
}
