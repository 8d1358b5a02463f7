//! Pins: the projects that somebody keeps in the menu, on every page and every device of theirs (SC-33).

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use engine::app::AppError;
use engine::domain::{Arg, ClientId, PersonId, ProjectId};
use engine::store::pins::MOST;
use maud::{Markup, html};
use serde::Deserialize;

use super::board_page::client_names;
use super::frame::Ui;
use super::icon::Icon;
use super::project_page;
use super::session::Staff;
use crate::site::Site;

/// A pin that is set or taken away.
#[derive(Deserialize)]
pub(super) struct Pin {
    #[serde(default)]
    value: String,
    /// The part of the project that the button stands on.
    #[serde(default)]
    part: String,
    /// The task whose panel is open there.
    #[serde(default)]
    task: String,
}

/// A project in the menu.
struct Pinned {
    project: ProjectId,
    client: String,
    service: String,
}

pub(super) async fn set(
    State(site): State<Site>,
    staff: Staff,
    Path(project): Path<String>,
    Form(pin): Form<Pin>,
) -> Response {
    let project = ProjectId(project);
    match change(&site, &staff, &project, pin.value == "1").await {
        Ok(Some(true)) => (StatusCode::SEE_OTHER, [(LOCATION, pin.address(&project))]).into_response(),
        Ok(Some(false)) => {
            let most = [("most", Arg::Number(i64::from(MOST)))];
            let said = site.say(&staff.language, "ui-pins-many", &most);
            project_page::page(&site, &staff, (&project, None), Some(&said)).await
        }
        Ok(None) => site.plain(StatusCode::NOT_FOUND, &staff.language, "gone"),
        Err(error) => site.trouble(&error, &staff.language),
    }
}

impl Pin {
    /// Back to where the button was pressed.
    fn address(&self, project: &ProjectId) -> String {
        let part = super::project_tabs::PARTS.iter().map(|(part, _)| *part).find(|part| *part == self.part);
        let task = Some(&self.task).filter(|task| !task.is_empty());
        let task = task.map(|task| {
            let task: String = form_urlencoded::byte_serialize(task.as_bytes()).collect();
            format!("?task={task}")
        });
        format!("/p/{project}{}{}", part.unwrap_or_default(), task.unwrap_or_default())
    }
}

/// Sets a pin or takes it away; false if there are too many, nothing if there is no such project.
async fn change(
    site: &Site,
    staff: &Staff,
    project: &ProjectId,
    wanted: bool,
) -> Result<Option<bool>, AppError> {
    if site.app.project_state(project).await?.is_none() {
        return Ok(None);
    }
    let store = site.app.store();
    if !wanted {
        store.unpin(&staff.person, std::slice::from_ref(project)).await?;
        return Ok(Some(true));
    }
    if store.pin(&staff.person, project, site.now()).await? {
        return Ok(Some(true));
    }
    // What nobody sees in the menu takes no place there.
    let shown = pinned(&Ui::of(site, staff), staff).await?;
    let mut hidden = store.pins(&staff.person).await?;
    hidden.retain(|pin| shown.iter().all(|pinned| pinned.project != *pin));
    store.unpin(&staff.person, &hidden).await?;
    Ok(Some(store.pin(&staff.person, project, site.now()).await?))
}

/// What the person pinned and still sees, in the order of pinning.
async fn pinned(ui: &Ui<'_>, staff: &Staff) -> Result<Vec<Pinned>, AppError> {
    let pins = ui.site.app.store().pins(&staff.person).await?;
    if pins.is_empty() {
        return Ok(Vec::new());
    }
    let (projects, clients) = (ui.site.projects().await?, client_names(ui.site).await?);
    let name = |client: &ClientId| clients.get(client).cloned().unwrap_or_else(|| client.0.clone());
    let found = pins.into_iter().filter_map(|pin| {
        let project = projects.iter().find(|project| project.project == pin && staff.sees(project))?;
        let service = project.title.in_language(ui.language).to_owned();
        Some(Pinned { project: pin, client: name(&project.client), service })
    });
    Ok(found.collect())
}

/// The pins below the places of the menu; a page is shown without them rather than not at all.
pub(super) async fn in_menu(ui: &Ui<'_>, staff: &Staff) -> Markup {
    let pinned = match pinned(ui, staff).await {
        Ok(pinned) => pinned,
        Err(error) => {
            tracing::error!(%error, "the pins cannot be read");
            Vec::new()
        }
    };
    html! {
        @if !pinned.is_empty() {
            nav.pins aria-label=(ui.t("ui-pins")) {
                @for pin in &pinned {
                    a.nav href={ "/p/" (pin.project) } { (Icon::Pin.draw(15)) span { b { (pin.client) } " " small { (pin.service) } } }
                }
            }
        }
    }
}

/// The button on the pages of a project; `part` and `task` say where it stands.
pub(super) async fn button(
    ui: &Ui<'_>,
    person: &PersonId,
    project: &ProjectId,
    (part, task): (&str, &str),
) -> Result<Markup, AppError> {
    let is_pinned = ui.site.app.store().pins(person).await?.contains(project);
    Ok(html! {
        form.pin method="post" action={ "/p/" (project) "/pin" } {
            input type="hidden" name="value" value=(if is_pinned { "0" } else { "1" });
            @if !part.is_empty() { input type="hidden" name="part" value=(part); }
            @if !task.is_empty() { input type="hidden" name="task" value=(task); }
            button.btn aria-pressed=(if is_pinned { "true" } else { "false" }) title=(ui.t(if is_pinned { "ui-unpin" } else { "ui-pin-why" })) {
                (Icon::Pin.draw(15)) (ui.t("ui-pin"))
            }
        }
    })
}
