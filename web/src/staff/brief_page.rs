//! The answers of a brief, for whoever is signed in: read, not changed (PF-91).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use engine::app::AppError;
use engine::domain::{Arg, ProjectId};
use maud::{Markup, html};

use super::frame::{Page, Ui};
use super::project_tabs;
use super::session::Staff;
use crate::site::Site;

pub(super) async fn show(
    State(site): State<Site>,
    staff: Staff,
    Path((project, form, version)): Path<(String, String, u32)>,
) -> Response {
    match draw(&site, &staff, &ProjectId(project), (&form, version)).await {
        Ok(Some((title, content))) => {
            Page { site: &site, staff: &staff, title: &title, place: "/board", live: false, content }
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
    (form, number): (&str, u32),
) -> Result<Option<(String, Markup)>, AppError> {
    let Some(project) = site.app.project_state(id).await? else { return Ok(None) };
    let ui = Ui::of(site, staff);
    let received = project.forms.get(form).map(|sent| &sent.received);
    let Some(version) = received.and_then(|all| all.iter().find(|one| one.version == number)) else {
        return Ok(None);
    };
    let Some((title, head)) = project_tabs::head(site, (&ui, staff), &project, "").await? else {
        return Ok(None);
    };
    let name = project.form(form).map_or(form, |form| form.title.in_language(ui.language)).to_owned();
    let brief = site.app.brief(&version.content.content).await?;
    let mut lines = Vec::new();
    for answer in brief.iter().flat_map(|brief| &brief.answers) {
        let words = site.app.answer_in_words(answer, ui.language)?;
        lines.push((answer.title.in_language(ui.language), words));
    }
    let args = [("version", Arg::Number(i64::from(number))), ("at", Arg::Moment(version.at))];
    let content = html! {
        (head)
        section.card.panel {
            h2 { (name) }
            p.muted { (ui.say("page-brief-version", &args)) }
            @if brief.is_none() { p { (ui.t("page-brief-erased")) } }
            dl.known { @for (title, words) in &lines { dt { (title) } dd.lines { (words) } } }
        }
    };
    Ok(Some((title, content)))
}
