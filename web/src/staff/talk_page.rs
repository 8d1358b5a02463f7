//! The chat with the client, on the page of a project (PF-31, PF-32).

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use engine::app::AppError;
use engine::domain::ProjectId;
use maud::{Markup, html};

use super::answer::{Boxes, Typed};
use super::frame::{Page, Ui, notice};
use super::history_page::Before;
use super::project_tabs;
use super::session::Staff;
use super::talk::Talk;
use crate::site::Site;

pub(super) async fn show(
    State(site): State<Site>,
    staff: Staff,
    Path(project): Path<String>,
    Query(place): Query<Before>,
) -> Response {
    page(&site, &staff, &ProjectId(project), place.before, None).await
}

/// The address of a project's chat.
pub(super) fn address(project: &ProjectId) -> String {
    format!("/p/{project}/chat")
}

/// The page, with what was not taken.
pub(super) async fn page(
    site: &Site,
    staff: &Staff,
    id: &ProjectId,
    before: Option<i64>,
    typed: Option<&Typed>,
) -> Response {
    let status = if typed.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    match draw(site, staff, id, before, typed).await {
        Ok(Some((title, content))) => {
            let live = before.is_none() && typed.is_none();
            Page { site, staff, title: &title, place: "/board", live, content }.answer(status).await
        }
        Ok(None) => site.plain(StatusCode::NOT_FOUND, &staff.language, "gone"),
        Err(error) => site.trouble(&error, &staff.language),
    }
}

async fn draw(
    site: &Site,
    staff: &Staff,
    id: &ProjectId,
    before: Option<i64>,
    typed: Option<&Typed>,
) -> Result<Option<(String, Markup)>, AppError> {
    let Some(project) = site.app.project_state(id).await? else { return Ok(None) };
    let ui = Ui::of(site, staff);
    let Some((title, head)) = project_tabs::head(site, (&ui, staff), &project, "/chat").await? else {
        return Ok(None);
    };
    let Some(opened) = &project.opened else { return Ok(None) };
    let Some(client) = site.app.client_state(&opened.client).await? else { return Ok(None) };
    let talk = Talk::of(site, ui, (&opened.client, &client), id, before).await?;
    let name = opened.definition.title.in_language(ui.language).to_owned();
    let projects: Vec<_> = (!project.completed).then(|| (id.clone(), name)).into_iter().collect();
    let boxes = Boxes {
        site,
        ui,
        client: &opened.client,
        projects: &projects,
        about: Some(id),
        typed,
        can_write: client.hears(),
    };
    let here = address(id);
    let content = html! {
        (head)
        @if let Some(typed) = typed { (notice(&typed.said)) }
        section.card.panel.chat {
            (talk.draw(&here))
            @if before.is_some() { p { a.btn href=(here) { (ui.t("ui-newest")) } } } @else { (boxes.draw()) }
        }
    };
    Ok(Some((title, content)))
}
