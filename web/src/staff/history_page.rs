//! History of a project: every fact in a sentence, and why the engine did what nobody asked for.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use engine::app::AppError;
use engine::domain::ProjectId;
use maud::{Markup, html};
use serde::Deserialize;

use super::frame::{Page, Ui};
use super::project_tabs;
use super::session::Staff;
use super::story::Story;
use crate::site::Site;

/// From where on older ones are shown.
#[derive(Deserialize)]
pub(super) struct Before {
    pub before: Option<i64>,
}

pub(super) async fn show(
    State(site): State<Site>,
    staff: Staff,
    Path(project): Path<String>,
    Query(place): Query<Before>,
) -> Response {
    match draw(&site, &staff, &ProjectId(project), place.before).await {
        Ok(Some((title, content))) => {
            let live = place.before.is_none();
            Page { site: &site, staff: &staff, title: &title, place: "/board", live, content }
                .answer(StatusCode::OK)
                .await
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
) -> Result<Option<(String, Markup)>, AppError> {
    let Some(project) = site.app.project_state(id).await? else { return Ok(None) };
    let ui = Ui::of(site, staff);
    let Some((title, head)) = project_tabs::head(site, (&ui, staff), &project, "/history").await? else {
        return Ok(None);
    };
    let here = format!("/p/{id}/history");
    let story = Story::of(site, ui, &[id.stream()], before).await?;
    let content = html! {
        (head)
        section.card.panel {
            @if before.is_some() { p { a.btn href=(here) { (ui.t("ui-newest")) } } }
            (story.draw(&here))
        }
    };
    Ok(Some((title, content)))
}
