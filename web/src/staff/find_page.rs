//! Find: projects, clients, people and commands by any part of their name; Ctrl K on every page.

use std::collections::{BTreeSet, HashMap};

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use engine::app::AppError;
use engine::domain::{Arg, ProjectId, Right};
use maud::{Markup, html};
use projections::directory;
use serde::Deserialize;

use super::fold::{fold, rank};
use super::frame::{PLACES, Page, Ui};
use super::routes::is_open;
use super::session::Staff;
use crate::site::{Site, read_trouble};

/// So many lines are shown.
const SHOWN: usize = 20;

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    q: String,
}

/// Something that can be gone to.
struct Hit {
    rank: u8,
    /// Commands first, then projects, clients, people.
    sort: Sort,
    title: String,
    address: String,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Command,
    Client,
    Project,
    Person,
}

impl Sort {
    fn key(self) -> &'static str {
        match self {
            Self::Command => "ui-find-command",
            Self::Client => "ui-find-client",
            Self::Project => "ui-find-project",
            Self::Person => "ui-find-person",
        }
    }
}

pub(super) async fn show(State(site): State<Site>, staff: Staff, Query(typed): Query<Typed>) -> Response {
    let ui = Ui::of(&site, &staff);
    match draw(&site, &staff, ui, &typed.q).await {
        Ok(content) => {
            let title = ui.t("ui-find");
            Page { site: &site, staff: &staff, title: &title, place: "/find", live: false, content }
                .answer(StatusCode::OK)
                .await
        }
        Err(error) => site.trouble(&error, &staff.language),
    }
}

async fn draw(site: &Site, staff: &Staff, ui: Ui<'_>, typed: &str) -> Result<Markup, AppError> {
    let typed: String = typed.chars().take(100).collect();
    let hits = find(site, staff, &ui, &fold(&typed)).await?;
    Ok(html! {
        h1 { (ui.t("ui-find")) }
        form.find method="get" action="/find" role="search" {
            label.sr for="q" { (ui.t("ui-find-hint")) }
            input #q type="search" name="q" value=(typed) placeholder=(ui.t("ui-find-hint")) autocomplete="off" autofocus;
            button.btn { (ui.t("ui-search")) }
        }
        ol.hits #hits {
            @for hit in &hits {
                li { a href=(hit.address) { span.t { (hit.title) } span.small.muted { (ui.t(hit.sort.key())) } } }
            }
        }
        @if hits.is_empty() { p.muted #nothing { (ui.say("ui-find-nothing", &[("typed", Arg::Text(typed))])) } }
    })
}

/// What fits, the best first; without a word, what can be done.
async fn find(site: &Site, staff: &Staff, ui: &Ui<'_>, typed: &str) -> Result<Vec<Hit>, AppError> {
    let mut hits = commands(staff, ui, typed);
    if !typed.is_empty() {
        hits.extend(places(site, staff, ui, typed).await?);
        hits.extend(people(site, typed).await?);
    }
    hits.sort_by(|one, other| {
        let of = |hit: &Hit| (hit.rank, hit.sort);
        of(one).cmp(&of(other)).then_with(|| one.title.cmp(&other.title))
    });
    hits.truncate(SHOWN);
    Ok(hits)
}

fn commands(staff: &Staff, ui: &Ui<'_>, typed: &str) -> Vec<Hit> {
    let mine = format!("/board?who={}", staff.person);
    let more = [("/new", "ui-nav-new"), ("/password", "ui-me")];
    let all = PLACES.into_iter().map(|(address, key, _)| (address, key)).chain(more);
    let all = all.filter(|(address, _)| is_open(address, staff));
    let all = all.map(|(address, key)| (address.to_owned(), key)).chain([(mine, "ui-find-mine")]);
    let hit = |(address, key): (String, &str)| {
        let title = ui.t(key);
        let rank = rank(&fold(&title), typed)?;
        Some(Hit { rank, sort: Sort::Command, title, address })
    };
    all.filter_map(hit).collect()
}

/// Clients, and projects by their client, their service and their id.
async fn places(site: &Site, staff: &Staff, ui: &Ui<'_>, typed: &str) -> Result<Vec<Hit>, AppError> {
    let store = site.app.store();
    let services: HashMap<String, String> = (site.office.services)()
        .iter()
        .map(|service| (service.service.clone(), service.title.in_language(ui.language).to_owned()))
        .collect();
    let clients = directory::clients(store).await.map_err(read_trouble)?;
    let projects = directory::projects(store).await.map_err(read_trouble)?;
    let seen = seen(site, staff).await?;
    let clients = clients.into_iter().filter(|_| staff.may(Right::Clients)).filter_map(|entry| {
        let rank = rank(&fold(&format!("{} {}", entry.name, entry.client)), typed)?;
        Some(Hit { rank, sort: Sort::Client, title: entry.name, address: format!("/c/{}", entry.client) })
    });
    let is_seen = |project: &ProjectId| seen.as_ref().is_none_or(|seen| seen.contains(project));
    let projects = projects.into_iter().filter(|entry| is_seen(&entry.project)).filter_map(|entry| {
        let service = services.get(&entry.service).unwrap_or(&entry.service);
        let known = format!("{} {service} {} {}", entry.client_name, entry.service, entry.project);
        let rank = rank(&fold(&known), typed)?;
        let title = format!("{}, {service} ({})", entry.client_name, entry.project);
        Some(Hit { rank, sort: Sort::Project, title, address: format!("/p/{}", entry.project) })
    });
    Ok(clients.chain(projects).collect())
}

/// The projects of somebody who does not watch all of them.
async fn seen(site: &Site, staff: &Staff) -> Result<Option<BTreeSet<ProjectId>>, AppError> {
    if staff.may(Right::Watch) {
        return Ok(None);
    }
    let all = site.projects().await?;
    let own = all.into_iter().filter(|project| staff.sees(project)).map(|project| project.project.clone());
    Ok(Some(own.collect()))
}

async fn people(site: &Site, typed: &str) -> Result<Vec<Hit>, AppError> {
    let agency = site.app.agency_state().await?;
    let people: Vec<_> = agency.people.keys().cloned().collect();
    let names = site.app.names(&people).await?;
    let hits = people.into_iter().filter_map(|person| {
        let name = names.get(&person).filter(|name| !name.is_empty()).unwrap_or(&person.0).clone();
        let rank = rank(&fold(&name), typed)?;
        Some(Hit { rank, sort: Sort::Person, title: name, address: format!("/board?who={person}") })
    });
    Ok(hits.collect())
}
