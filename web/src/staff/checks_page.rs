//! Checks: results that wait for an auditor, oldest first, judged where they are read (PF-14).

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use engine::app::AppError;
use engine::domain::field::{FileRef, Value};
use engine::domain::project::{Project, Status};
use engine::domain::{Arg, ContentId, Right};
use engine::store::change::Content;
use maud::{Markup, html};
use projections::board::{BoardProject, BoardTask};
use serde::Deserialize;

use super::board_page::{client_names, count};
use super::comments::link;
use super::fields::shown;
use super::frame::{Page, Ui};
use super::icon::Icon;
use super::people::{Names, avatar};
use super::session::Staff;
use crate::site::Site;

/// Whose checks.
#[derive(Deserialize)]
pub(super) struct Whose {
    of: Option<String>,
}

pub(super) async fn show(State(site): State<Site>, staff: Staff, Query(whose): Query<Whose>) -> Response {
    let all = whose.of.as_deref() == Some("all") && staff.may(Right::Check);
    match draw(&site, &staff, all).await {
        Ok(content) => {
            let title = Ui::of(&site, &staff).t("ui-nav-checks");
            Page { site: &site, staff: &staff, title: &title, place: "/checks", live: true, content }
                .answer(StatusCode::OK)
                .await
        }
        Err(error) => site.trouble(&error, &staff.language),
    }
}

async fn draw(site: &Site, staff: &Staff, all: bool) -> Result<Markup, AppError> {
    let mut projects = site.projects().await?;
    projects.retain(|project| staff.sees(project));
    let waiting = waiting(&projects, |task| all || task.auditor.as_ref() == Some(&staff.person));
    let (clients, names) = (client_names(site).await?, Names::of_staff(site).await?);
    let ui = Ui::of(site, staff);
    let mut sheets = Vec::new();
    for (project, task) in &waiting {
        let Some(state) = site.app.project_state(&project.project).await? else { continue };
        let client = clients.get(&project.client).map_or(project.client.as_str(), String::as_str);
        let files = files(site, &state, task).await?;
        sheets.push(Sheet { ui, names: &names, client, task, state: &state, files: &files, all }.draw());
    }
    Ok(html! {
        div.top { h1 { (ui.t("ui-nav-checks")) } span.muted { (count(&ui, waiting.len())) } }
        @if staff.may(Right::Check) {
            p.tabs {
                a.btn href="/checks" aria-current=[(!all).then_some("true")] { (ui.t("ui-checks-mine")) }
                a.btn href="/checks?of=all" aria-current=[all.then_some("true")] { (ui.t("ui-checks-all")) }
            }
        }
        @if sheets.is_empty() { p.card.panel { (ui.t("ui-checks-none")) } }
        div.checks { @for sheet in &sheets { (sheet) } }
    })
}

/// The files of a task's result.
async fn files(site: &Site, state: &Project, task: &BoardTask) -> Result<Vec<Content>, AppError> {
    let values = state.task(&task.task).map(|task| &task.values);
    let files = values
        .into_iter()
        .flat_map(|values| values.values())
        .filter_map(|value| if let Value::Files(files) = value { Some(files) } else { None });
    let ids: Vec<ContentId> = files.flatten().map(|file| file.content.clone()).collect();
    Ok(site.app.store().contents(&ids).await?)
}

/// What waits to be checked, oldest first.
fn waiting(
    projects: &[Arc<BoardProject>],
    wanted: impl Fn(&BoardTask) -> bool,
) -> Vec<(&BoardProject, &BoardTask)> {
    let tasks =
        projects.iter().flat_map(|project| project.tasks.iter().map(move |task| (project.as_ref(), task)));
    let mut found: Vec<_> =
        tasks.filter(|(_, task)| task.status == Status::InReview && wanted(task)).collect();
    found.sort_by_key(|(_, task)| (task.since, task.project.clone(), task.task.clone()));
    found
}

/// One result with its judgement.
struct Sheet<'a> {
    ui: Ui<'a>,
    names: &'a Names,
    client: &'a str,
    task: &'a BoardTask,
    state: &'a Project,
    files: &'a [Content],
    all: bool,
}

impl Sheet<'_> {
    fn draw(&self) -> Markup {
        let (ui, task) = (&self.ui, self.task);
        let name = format!("c-{}-{}", task.project, task.task);
        html! {
            section.card.check aria-labelledby=(name) {
                div.sect {
                    p.small.muted { (self.client) " · " (ui.say("ui-since", &[("at", Arg::Moment(task.since))])) }
                    h2 id=(name) { a href={ "/p/" (task.project) "?task=" (task.task) } { (task.title.in_language(ui.language)) } }
                    div.meta {
                        @if let Some(person) = &task.assignee { span { (avatar(self.names.of(person), false)) (self.names.of(person)) } }
                        @if let Some(person) = task.auditor.as_ref().filter(|_| self.all) { span { (Icon::Eye.draw(14)) (self.names.of(person)) } }
                        @if task.round > 1 { span { (ui.say("ui-round", &[("round", Arg::Number(i64::from(task.round)))])) } }
                    }
                }
                (self.result())
                (self.judge(&name))
            }
        }
    }

    fn result(&self) -> Markup {
        let (Some(plan), Some(task)) = (self.state.plan(&self.task.task), self.state.task(&self.task.task))
        else {
            return html! {};
        };
        html! {
            @if !plan.result.is_empty() {
                dl.sect.result {
                    @for field in &plan.result {
                        div {
                            dt { (field.title.in_language(self.ui.language)) }
                            @match task.values.get(&field.id) {
                                Some(Value::Files(files)) if !files.is_empty() => dd { (self.links(files)) },
                                value => dd.lines { (shown(&self.ui, field, value)) },
                            }
                        }
                    }
                }
            }
        }
    }

    /// Files are opened where they are judged.
    fn links(&self, files: &[FileRef]) -> Markup {
        let here = format!("/p/{}/{}", self.task.project, self.task.task);
        let found = files.iter().map(|file| self.files.iter().find(|kept| kept.content == file.content));
        html! {
            @for file in found {
                @match file { Some(file) => (link(file, &here)), None => p.muted { (self.ui.t("ui-comment-erased")) } }
            }
        }
    }

    fn judge(&self, name: &str) -> Markup {
        let (ui, task) = (&self.ui, self.task);
        let action = |step: &str| format!("/p/{}/{}/{step}", task.project, task.task);
        let given = || {
            html! {
                input type="hidden" name="ask" value=(ui.site.token());
                input type="hidden" name="round" value=(task.round);
                input type="hidden" name="back" value=(if self.all { "/checks?of=all" } else { "/checks" });
            }
        };
        html! {
            div.sect {
                form method="post" action=(action("accept")) { (given()) button.btn.pri { (ui.t("btn-accept")) } }
                form method="post" action=(action("return")) {
                    (given())
                    label for={ "r-" (name) } { (ui.t("ui-return-why")) }
                    textarea id={ "r-" (name) } name="remark" rows="2" maxlength="4000" required {}
                    button.btn { (ui.t("btn-return")) }
                }
            }
        }
    }
}
