//! People and load: who does what now and when it will be done, and the hours of the week against those that there are
//! (PF-14, SC-32).

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use engine::app::AppError;
use engine::domain::load::{self, Job, Load};
use engine::domain::project::Project;
use engine::domain::{Arg, ClientId, PersonId, ProjectId, Right};
use maud::{Markup, html};

use super::board_page::client_names;
use super::frame::{Page, Ui};
use super::people::{Names, avatar};
use super::session::Staff;
use crate::site::Site;

/// So many of the next tasks of a person are shown.
const SHOWN: usize = 3;

pub(super) async fn show(State(site): State<Site>, staff: Staff) -> Response {
    match draw(&site, &staff).await {
        Ok(content) => {
            let title = Ui::of(&site, &staff).t("ui-nav-people");
            Page { site: &site, staff: &staff, title: &title, place: "/people", live: true, content }
                .answer(StatusCode::OK)
                .await
        }
        Err(error) => site.trouble(&error, &staff.language),
    }
}

/// What all rows have in common.
struct Sheet<'a> {
    ui: Ui<'a>,
    projects: HashMap<ProjectId, Arc<Project>>,
    clients: HashMap<ClientId, String>,
    /// Minutes that are left of this week, and of the next.
    capacity: (u32, u32),
    may_dismiss: bool,
}

async fn draw(site: &Site, staff: &Staff) -> Result<Markup, AppError> {
    let mut projects = HashMap::new();
    for project in site.projects().await? {
        if let Some(state) = site.app.project_state(&project.project).await?.filter(|_| !project.completed) {
            projects.insert(project.project.clone(), state);
        }
    }
    let (calendar, now) = (site.app.desk().agency.calendar.clone(), site.now());
    let all: Vec<&Project> = projects.values().map(AsRef::as_ref).collect();
    let agency = site.app.agency_state().await?;
    let mut rows: Vec<(&PersonId, Load)> =
        agency.people.keys().map(|person| (person, load::of(person, &all, &calendar, now))).collect();
    rows.sort_by(|one, other| other.1.this_week.cmp(&one.1.this_week).then_with(|| one.0.cmp(other.0)));
    drop(all);
    let names = Names::of_staff(site).await?;
    let sheet = Sheet {
        ui: Ui::of(site, staff),
        clients: client_names(site).await?,
        capacity: load::capacity(&calendar, now),
        may_dismiss: staff.may(Right::Head),
        projects,
    };
    let ui = &sheet.ui;
    Ok(html! {
        div.top { h1 { (ui.t("ui-nav-people")) } }
        p.muted { (ui.say("ui-people-how", &[("left", Arg::Text(time(ui, sheet.capacity.0))), ("next", Arg::Text(time(ui, sheet.capacity.1)))])) }
        div.scroll tabindex="0" role="region" aria-label=(ui.t("ui-nav-people")) {
            table.people {
                thead { tr {
                    @for key in ["ui-person", "ui-now-doing", "ui-this-week", "ui-next-week", "ui-later"] { th scope="col" { (ui.t(key)) } }
                    @if sheet.may_dismiss { th scope="col" { span.sr { (ui.t("ui-leave")) } } }
                } }
                tbody { @for (person, load) in &rows { (sheet.row(person, names.of(person), load)) } }
            }
        }
    })
}

/// A length of time in words.
fn time(ui: &Ui<'_>, minutes: u32) -> String {
    let part = |part: u32| Arg::Number(i64::from(part));
    ui.say("word-duration", &[("hours", part(minutes / 60)), ("minutes", part(minutes % 60))])
}

impl Sheet<'_> {
    fn row(&self, person: &PersonId, name: &str, load: &Load) -> Markup {
        let ui = &self.ui;
        html! {
            tr {
                th scope="row" { span.person { (avatar(name, false)) span { (name) } } }
                td {
                    @if load.jobs.is_empty() { span.muted { (ui.t("ui-free")) } }
                    ul.jobs { @for job in load.jobs.iter().take(SHOWN) { (self.job(job)) } }
                    @if load.jobs.len() > SHOWN {
                        p.small.muted { (ui.say("ui-more", &[("count", Arg::Number(i64::try_from(load.jobs.len() - SHOWN).unwrap_or(i64::MAX)))])) }
                    }
                }
                td { (self.bar(load.this_week, self.capacity.0)) }
                td { (self.bar(load.next_week, self.capacity.1)) }
                td.num { (time(ui, load.later)) }
                @if self.may_dismiss {
                    td { a.btn.ghost href={ "/people/" (person) "/leave" } { (ui.t("ui-leave")) span.sr { ": " (name) } } }
                }
            }
        }
    }

    fn job(&self, job: &Job) -> Markup {
        let state = self.projects.get(&job.project);
        let title = state
            .and_then(|state| state.plan(&job.task))
            .map(|plan| plan.title.in_language(self.ui.language));
        let client =
            state.and_then(|state| state.opened.as_ref()).and_then(|opened| self.clients.get(&opened.client));
        let late = job.due.is_some_and(|due| due < job.ends);
        html! {
            li {
                a href={ "/p/" (job.project) "?task=" (job.task) } { (title.unwrap_or(job.task.as_str())) }
                " " span.small.muted { (client.map_or("", String::as_str)) }
                " " span class=(if late { "small over" } else { "small muted" }) { (self.ui.say("ui-done-by", &[("at", Arg::Moment(job.ends))])) }
            }
        }
    }

    /// Hours in words, and a bar of them against the capacity; what is too much stands out and is said.
    fn bar(&self, work: u32, capacity: u32) -> Markup {
        let over = work > capacity;
        let width = u64::from(work.min(capacity)) * 100 / u64::from(capacity.max(1));
        html! {
            span.num { (time(&self.ui, work)) }
            @if over { " " span.over.small { (self.ui.t("ui-too-much")) } }
            svg.load viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" {
                rect.all width="100" height="6" rx="3" {}
                rect class=(if over { "part over" } else { "part" }) width=(if over { 100 } else { width }) height="6" rx="3" {}
            }
        }
    }
}
