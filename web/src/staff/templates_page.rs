//! Templates: every file that ops edit, its version, who changed it last, and what is wrong with it.

use std::collections::HashMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use engine::app::{AppError, TemplateVersion};
use engine::domain::Arg;
use engine::domain::agency::Published;
use maud::{Markup, html};
use projections::board;

use super::frame::{Page, Ui};
use super::people::Names;
use super::session::Staff;
use crate::site::{Site, read_trouble};
use crate::workshop::{Edit, Finding};

/// The folders of files, each with its title.
const KINDS: [(&str, &str); 3] =
    [("", "ui-tpl-kind-services"), ("forms/", "ui-tpl-kind-forms"), ("messages/", "ui-tpl-kind-messages")];

pub(super) async fn show(State(site): State<Site>, staff: Staff) -> Response {
    match draw(&site, &staff).await {
        Ok(content) => {
            let title = Ui::of(&site, &staff).t("ui-nav-templates");
            Page { site: &site, staff: &staff, title: &title, place: "/templates", live: false, content }
                .answer(StatusCode::OK)
                .await
        }
        Err(error) => site.trouble(&error, &staff.language),
    }
}

async fn draw(site: &Site, staff: &Staff) -> Result<Markup, AppError> {
    let ui = Ui::of(site, staff);
    let files = (site.office.workshop.files)().await;
    let versions = site.app.template_versions().await?;
    let names = Names::of_staff(site).await?;
    let running = running(site).await?;
    let findings = match files.first() {
        Some((path, text)) => {
            let edit = Edit { path: path.clone(), text: text.clone(), language: staff.language.clone() };
            (site.office.workshop.check)(edit).await
        }
        None => Vec::new(),
    };
    let row = |path: &str| row(&ui, path, (&versions, &names), (&running, &findings));
    Ok(html! {
        div.top { h1 { (ui.t("ui-nav-templates")) } }
        @for (folder, title) in KINDS {
            div.card.tpl-kind {
                h2 id={ "k" (title) } { (ui.t(title)) }
                div.tpl-scroll tabindex="0" role="region" aria-labelledby={ "k" (title) } {
                    table.tpl-files {
                        thead { tr {
                            th scope="col" { (ui.t("ui-tpl-file")) }
                            th scope="col" { (ui.t("ui-tpl-versions")) }
                            th scope="col" { (ui.t("ui-tpl-changed")) }
                            @if folder.is_empty() { th scope="col" { (ui.t("ui-tpl-running")) } }
                            th scope="col" { (ui.t("ui-tpl-problems")) }
                        } }
                        tbody { @for (path, _) in files.iter().filter(|(path, _)| path.strip_prefix(folder).is_some_and(|name| !name.contains('/'))) { (row(path)) } }
                    }
                }
            }
        }
    })
}

/// How many projects of each service are running.
pub(super) async fn running(site: &Site) -> Result<HashMap<String, usize>, AppError> {
    let mut running = HashMap::new();
    let projects = board::projects(site.app.store()).await.map_err(read_trouble)?;
    for project in projects.iter().filter(|project| !project.completed) {
        *running.entry(project.service.clone()).or_default() += 1;
    }
    Ok(running)
}

fn row(
    ui: &Ui<'_>,
    path: &str,
    (versions, names): (&[TemplateVersion], &Names),
    (running, findings): (&HashMap<String, usize>, &[Finding]),
) -> Markup {
    let last = versions.iter().rfind(|version| version.path == path);
    let (errors, others): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().filter(|finding| finding.path == path).partition(|finding| finding.is_error);
    html! {
        tr {
            th scope="row" { a href={ "/templates/" (path) } { (path) } }
            td.num { @if let Some(last) = last { (last.version) } @else { (ui.t("ui-tpl-version-none")) } }
            td { @if let Some(last) = last { (ui.say("ui-day", &[("at", Arg::Date(last.at))])) " · " (by_whom(ui, last, names)) } }
            @if !path.contains('/') { td.num { (running.get(path.trim_end_matches(".yaml")).copied().unwrap_or_default()) } }
            td {
                @if !errors.is_empty() { span.chip.rework { "✘ " (errors.len()) } " " }
                @if !others.is_empty() { span.chip.client { "! " (others.len()) } }
                @if errors.is_empty() && others.is_empty() { span.chip.done { "✓" } }
            }
        }
    }
}

/// Who published it and why, in one line.
pub(super) fn by_whom(ui: &Ui<'_>, version: &TemplateVersion, names: &Names) -> String {
    let who = match &version.by {
        engine::domain::Actor::Person(person) => names.of(person).to_owned(),
        engine::domain::Actor::Operator
        | engine::domain::Actor::Timer
        | engine::domain::Actor::Telegram
        | engine::domain::Actor::LinkHolder => ui.t("ui-tpl-by-file"),
    };
    match &version.how {
        Published::Edit { why, path } if !why.is_empty() && *path == version.path => format!("{who}: {why}"),
        Published::Restore { path, version: number } if *path == version.path => {
            let from = ui.say("ui-tpl-restored", &[("version", Arg::Number(i64::from(*number)))]);
            format!("{who}, {from}")
        }
        Published::FileEdit | Published::Edit { .. } | Published::Restore { .. } => who,
    }
}
