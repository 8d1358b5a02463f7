//! The board: every open task by who holds the ball, by person, or of one service.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::TimeDelta;
use engine::app::AppError;
use engine::domain::project::Status;
use engine::domain::{Arg, ClientId, PersonId, TaskId};
use maud::{Markup, html};
use projections::board::BoardProject;
use projections::directory;
use serde::Deserialize;

use super::card::{Card, Deck, holder, service};
use super::columns::Column;
use super::frame::{Page, Ui};
use super::icon::Icon;
use super::people::{Names, avatar};
use super::session::Staff;
use super::strip::strip;
use crate::site::{Site, read_trouble};

/// So long what is over stays on the board, in days.
const DONE_DAYS: i64 = 7;
/// So many lines of it.
const DONE_LINES: usize = 12;

/// What is shown: all of it stands in the address, so that it can be shared (PF-07).
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Look {
    service: Option<String>,
    by: Option<String>,
    who: Option<String>,
    client: Option<String>,
}

impl Look {
    /// The address with one thing changed.
    fn with(&self, name: &str, value: Option<&str>) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        let all =
            [("service", &self.service), ("by", &self.by), ("who", &self.who), ("client", &self.client)];
        for (known, own) in all {
            let shown = if known == name { value } else { own.as_deref() };
            if let Some(shown) = shown.filter(|shown| !shown.is_empty()) {
                pairs.append_pair(known, shown);
            }
        }
        let query = pairs.finish();
        if query.is_empty() { "/board".to_owned() } else { format!("/board?{query}") }
    }

    /// Whose cards: those of a person, of everybody (`all`), or, unsaid, of whoever leads projects their own (PF-26).
    fn whose(&self, staff: &Staff, projects: &[Arc<BoardProject>]) -> Option<PersonId> {
        match self.who.as_deref().filter(|who| !who.is_empty()) {
            Some("all") => None,
            Some(person) => Some(PersonId::from(person)),
            None => leads_any(staff, projects).then(|| staff.person.clone()),
        }
    }

    fn shows(&self, card: &Card<'_>, whose: Option<&PersonId>) -> bool {
        let fits = |wanted: &Option<String>, is: &str| {
            wanted.as_deref().is_none_or(|wanted| wanted.is_empty() || wanted == is)
        };
        fits(&self.service, &card.project.service)
            && fits(&self.client, card.project.client.as_str())
            && whose.is_none_or(|person| card.is_of(person))
    }
}

pub(super) async fn show(State(site): State<Site>, staff: Staff, Query(look): Query<Look>) -> Response {
    match draw(&site, &staff, &look).await {
        Ok(content) => {
            let title = Ui::of(&site, &staff).t("ui-nav-board");
            Page { site: &site, staff: &staff, title: &title, place: "/board", live: true, content }
                .answer(StatusCode::OK)
                .await
        }
        Err(error) => site.trouble(&error, &staff.language),
    }
}

async fn draw(site: &Site, staff: &Staff, look: &Look) -> Result<Markup, AppError> {
    let mut projects = site.projects().await?;
    projects.retain(|project| staff.sees(project));
    let clients = client_names(site).await?;
    let names = Names::of_staff(site).await?;
    let locked = site.locks.of(site, &projects).await?;
    let deck = Deck { ui: Ui::of(site, staff), names: &names, locked: &locked, now: site.now() };
    let cards = cards(&projects, &clients, &deck);
    let whose = look.whose(staff, &projects);
    let shown: Vec<Card<'_>> =
        cards.iter().copied().filter(|card| look.shows(card, whose.as_ref())).collect();
    Ok(html! {
        (top(&deck.ui, staff, (look, whose.as_ref()), &projects))
        (strip(site, staff, &deck, (&cards, &projects, &clients)).await?)
        @match look.by.as_deref() {
            Some("person") => (by_person(&deck, &shown)),
            Some("task") => (by_task(&deck, &shown, &projects, look)),
            _ => (by_status(&deck, &shown)),
        }
        (hints(&deck.ui))
    })
}

/// The names of all clients.
pub(super) async fn client_names(site: &Site) -> Result<HashMap<ClientId, String>, AppError> {
    let clients = directory::clients(site.app.store()).await.map_err(read_trouble)?;
    Ok(clients.into_iter().map(|entry| (entry.client, entry.name)).collect())
}

/// The tasks of the board: those that are open, and those that were finished lately.
pub(super) fn cards<'a>(
    projects: &'a [Arc<BoardProject>],
    clients: &'a HashMap<ClientId, String>,
    deck: &Deck<'_>,
) -> Vec<Card<'a>> {
    let since = deck.now - TimeDelta::days(DONE_DAYS);
    let mut found = Vec::new();
    for project in projects {
        let client = clients.get(&project.client).map_or(project.client.as_str(), String::as_str);
        let tasks = project.tasks.iter().filter(|task| match task.status {
            Status::Completed => task.since > since,
            Status::Waiting | Status::Cancelled => false,
            Status::Ready
            | Status::InProgress
            | Status::Paused
            | Status::InReview
            | Status::AwaitingApproval
            | Status::Rework => !project.completed,
        });
        found.extend(tasks.map(|task| Card { project, task, client }));
    }
    found.sort_by_key(|card| (card.task.priority, card.task.due.is_none(), card.task.due, card.task.since));
    found
}

/// Whether a person leads a project that is running.
pub(super) fn leads_any(staff: &Staff, projects: &[Arc<BoardProject>]) -> bool {
    projects.iter().any(|project| !project.completed && project.pm() == Some(&staff.person))
}

fn top(
    ui: &Ui<'_>,
    staff: &Staff,
    (look, whose): (&Look, Option<&PersonId>),
    projects: &[Arc<BoardProject>],
) -> Markup {
    let running = || projects.iter().filter(|project| !project.completed);
    let mut services: BTreeMap<&str, (String, usize)> = BTreeMap::new();
    for project in running() {
        services.entry(&project.service).or_insert_with(|| (service(project), 0)).1 += 1;
    }
    let chosen = look.service.as_deref().unwrap_or_default();
    let mark = |is: bool| is.then_some("true");
    html! {
        div.top {
            h1 { (ui.t("ui-nav-board")) }
            nav.seg aria-label=(ui.t("ui-services")) {
                a href=(look.with("service", None)) aria-current=[mark(chosen.is_empty())] { (ui.t("ui-all")) b { (running().count()) } }
                @for (id, (title, count)) in &services {
                    a href=(look.with("service", Some(id))) aria-current=[mark(chosen == *id)] { (title) b { (count) } }
                }
            }
            nav.seg aria-label=(ui.t("ui-columns")) {
                @for (by, key) in [(None, "ui-by-status"), (Some("task"), "ui-by-task"), (Some("person"), "ui-by-person")] {
                    a href=(look.with("by", by)) aria-current=[mark(look.by.as_deref() == by)] { (ui.t(key)) }
                }
            }
            nav.seg aria-label=(ui.t("ui-whose")) {
                a href=(look.with("who", Some("all"))) aria-current=[mark(whose.is_none())] { (ui.t("ui-everybody")) }
                a href=(look.with("who", Some(staff.person.as_str()))) aria-current=[mark(whose == Some(&staff.person))] { (ui.t("ui-mine")) }
            }
            span.sp {}
            @if staff.leads() { a.btn.pri href="/new" { (Icon::Plus.draw(16)) (ui.t("ui-nav-new")) } }
        }
    }
}

fn by_status(deck: &Deck<'_>, shown: &[Card<'_>]) -> Markup {
    html! {
        div.cols {
            @for column in Column::ALL {
                @let held: Vec<&Card<'_>> = shown.iter().filter(|card| Column::of(card.task.status) == Some(column)).collect();
                section.col aria-labelledby={ "c-" (column.word()) } {
                    header {
                        span class={ "dot " (column.word()) } {}
                        h2 id={ "c-" (column.word()) } { (deck.ui.t(column.title())) }
                        span.c.num { (held.len()) }
                    }
                    @if column == Column::Done {
                        @for card in latest(&held) { (deck.fold(card)) }
                        div.drop-zone data-column=(column.word()) {}
                    } @else {
                        div.drop-zone data-column=(column.word()) { @for card in &held { (deck.card(card)) } }
                    }
                }
            }
        }
    }
}

fn by_person(deck: &Deck<'_>, shown: &[Card<'_>]) -> Markup {
    let mut people: BTreeMap<&str, Vec<&Card<'_>>> = BTreeMap::new();
    for card in shown.iter().filter(|card| card.task.status != Status::Completed) {
        people.entry(holder(card.task).map_or("", |person| deck.names.of(person))).or_default().push(card);
    }
    html! {
        div.cols {
            @for (name, held) in &people {
                section.col {
                    header {
                        @if name.is_empty() { h2 { (deck.ui.t("ui-nobody")) } } @else { (avatar(name, false)) h2 { (name) } }
                        span.c.num { (held.len()) }
                    }
                    @for card in held { (deck.card(card)) }
                }
            }
            @if people.is_empty() { p.muted { (deck.ui.t("ui-nothing")) } }
        }
    }
}

/// A column for each task of a service, in its order: of the one that was chosen, or of the one with the most projects.
fn by_task(deck: &Deck<'_>, shown: &[Card<'_>], projects: &[Arc<BoardProject>], look: &Look) -> Markup {
    let running = || projects.iter().filter(|project| !project.completed);
    let mut services: BTreeMap<&str, usize> = BTreeMap::new();
    running().for_each(|project| *services.entry(&project.service).or_default() += 1);
    let largest = services.iter().max_by_key(|(_, count)| **count).map_or("", |(service, _)| service);
    let service = look.service.as_deref().filter(|chosen| !chosen.is_empty()).unwrap_or(largest);
    let mut columns: BTreeMap<&TaskId, (u32, &str)> = BTreeMap::new();
    for task in running().filter(|project| project.service == service).flat_map(|project| &project.tasks) {
        columns.entry(&task.task).or_insert((task.place, task.title.in_language(deck.ui.language)));
    }
    let mut columns: Vec<_> = columns.into_iter().collect();
    columns.sort_by_key(|(_, (place, _))| *place);
    let open = |card: &&Card<'_>| card.task.status != Status::Completed && card.project.service == service;
    let held =
        |task: &TaskId| shown.iter().filter(open).filter(|card| card.task.task == *task).collect::<Vec<_>>();
    html! {
        div.cols.steps tabindex="0" role="region" aria-label=(deck.ui.t("ui-by-task")) {
            @for (task, (_, title)) in &columns {
                @let held = held(task);
                section.col aria-labelledby={ "t-" (task) } {
                    header { h2 id={ "t-" (task) } { (title) } span.c.num { (held.len()) } }
                    @for card in held { (deck.card(card)) }
                }
            }
            @if columns.is_empty() { p.muted { (deck.ui.t("ui-nothing")) } }
        }
    }
}

fn hints(ui: &Ui<'_>) -> Markup {
    let all = [
        ("J K", "ui-key-next"),
        ("Enter", "ui-key-open"),
        ("M", "ui-key-move"),
        ("N", "ui-key-new"),
        ("?", "ui-key-help"),
    ];
    html! { div.keys { @for (key, what) in all { span { kbd { (key) } (ui.t(what)) } } } }
}

/// What was finished last.
fn latest<'a>(held: &[&'a Card<'a>]) -> Vec<&'a Card<'a>> {
    let mut latest = held.to_vec();
    latest.sort_by_key(|card| std::cmp::Reverse(card.task.since));
    latest.truncate(DONE_LINES);
    latest
}

/// How many cards there are, in words.
pub(super) fn count(ui: &Ui<'_>, count: usize) -> String {
    ui.say("ui-tasks", &[("count", Arg::Number(i64::try_from(count).unwrap_or(i64::MAX)))])
}
