//! The parts of a project: tasks, the chat with its client, files, time, its history.

use engine::app::AppError;
use engine::domain::project::Project;
use engine::domain::{ClientId, ProjectId, Right};
use maud::{Markup, html};

use super::frame::Ui;
use super::pins;
use super::session::Staff;
use crate::site::Site;

/// The last piece of each part's address, and its name.
pub(super) const PARTS: [(&str, &str); 5] = [
    ("", "ui-tab-tasks"),
    ("/chat", "ui-tab-chat"),
    ("/files", "ui-tab-files"),
    ("/time", "ui-tab-time"),
    ("/history", "ui-tab-history"),
];

/// The row of links to the parts; `here` is the last piece of the address.
pub(super) fn tabs(ui: &Ui<'_>, project: &ProjectId, here: &str) -> Markup {
    html! {
        nav.seg.tabs aria-label=(ui.t("ui-tabs")) {
            @for (end, key) in PARTS {
                a href={ "/p/" (project) (end) } aria-current=[(end == here).then_some("page")] { (ui.t(key)) }
            }
        }
    }
}

/// Where a project stands; its client is a link for those who look at clients.
pub(super) fn crumb(ui: &Ui<'_>, staff: &Staff, (client, name): (&ClientId, &str)) -> Markup {
    html! {
        p.crumb {
            a href="/board" { (ui.t("ui-nav-board")) } " / "
            @if staff.may(Right::Clients) { a href={ "/c/" (client) } { (name) } } @else { (name) }
        }
    }
}

/// The head of a part: whose project it is, and the way to the other parts.
pub(super) async fn head(
    site: &Site,
    (ui, staff): (&Ui<'_>, &Staff),
    project: &Project,
    here: &str,
) -> Result<Option<(String, Markup)>, AppError> {
    let Some(opened) = &project.opened else { return Ok(None) };
    let client = site.app.client_state(&opened.client).await?;
    let name = client.map_or_else(|| opened.client.0.clone(), |client| client.name.clone());
    let title = format!("{name}, {}", opened.definition.title.in_language(ui.language));
    let pin = pins::button(ui, &staff.person, &opened.project, (here, "")).await?;
    let head = html! {
        (crumb(ui, staff, (&opened.client, &name)))
        div.phead { h1 { (title) } (pin) }
        (tabs(ui, &opened.project, here))
    };
    Ok(Some((title, head)))
}
