//! Who waits for an answer, the least time left first; the clock runs in business hours (PF-02, XP-06).

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::TimeDelta;
use engine::app::AppError;
use engine::domain::definition::Term;
use engine::domain::{Arg, ClientId, PersonId, ProjectId, Right, Timestamp};
use engine::store::change::Content;
use maud::{Markup, html};
use projections::board::BoardProject;
use projections::conversation::{self, Waiting};
use projections::directory::{self, ChatState, ClientEntry};

use super::answer::{Boxes, Typed};
use super::board_page::leads_any;
use super::frame::{Page, Ui, notice};
use super::icon::Icon;
use super::session::Staff;
use super::talk::words;
use crate::site::{Site, read_trouble};

pub(super) async fn show(State(site): State<Site>, staff: Staff) -> Response {
    page(&site, &staff, None).await
}

/// The page, with what was not taken.
pub(super) async fn page(site: &Site, staff: &Staff, typed: Option<&Typed>) -> Response {
    let status = if typed.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let ui = Ui::of(site, staff);
    match draw(site, ui, typed).await {
        Ok(content) => {
            let title = ui.t("ui-nav-messages");
            Page { site, staff, title: &title, place: "/messages", live: typed.is_none(), content }
                .answer(status)
                .await
        }
        Err(error) => site.trouble(&error, &staff.language),
    }
}

async fn draw(site: &Site, ui: Ui<'_>, typed: Option<&Typed>) -> Result<Markup, AppError> {
    let inbox = Inbox::of(site, ui).await?;
    let projects = open_projects(site, &ui, &inbox.waiting).await?;
    let within = site.app.desk().agency.answer_within;
    Ok(html! {
        h1 { (ui.t("ui-nav-messages")) }
        @if let Some(term) = within { p.muted { (ui.say("ui-answers-rule", &[("hours", hours(term))])) } }
        @if let Some(typed) = typed { (notice(&typed.said)) }
        @if inbox.waiting.is_empty() { p.card.panel { (ui.t("ui-answers-none")) } }
        @for waits in &inbox.waiting {
            @let entry = &inbox.clients[&waits.client];
            article.card.panel.waits id={ "w-" (waits.client) } {
                h2 { (inbox.head(waits)) }
                (inbox.words(waits))
                (Boxes {
                    site, ui, client: &waits.client, about: None, typed,
                    projects: projects.get(&waits.client).map_or(&[], Vec::as_slice),
                    can_write: entry.chat_state() == ChatState::Confirmed,
                }.draw())
                @if let Some((project, _)) = projects.get(&waits.client).and_then(|all| all.first()) {
                    p { a href={ "/p/" (project) "/chat" } { (ui.t("ui-see-chat")) } }
                }
            }
        }
    })
}

fn hours(term: Term) -> Arg {
    Arg::Number(i64::from(term.hundredths / 100))
}

/// The open projects of those who wait, by client.
async fn open_projects(
    site: &Site,
    ui: &Ui<'_>,
    waiting: &[Waiting],
) -> Result<HashMap<ClientId, Vec<(ProjectId, String)>>, AppError> {
    let mut found: HashMap<ClientId, Vec<(ProjectId, String)>> = HashMap::new();
    if waiting.is_empty() {
        return Ok(found);
    }
    for project in site.projects().await? {
        if !project.completed && waiting.iter().any(|waits| waits.client == project.client) {
            let title = project.title.in_language(ui.language).to_owned();
            found.entry(project.client.clone()).or_default().push((project.project.clone(), title));
        }
    }
    // The project that the question was about stands first.
    for waits in waiting {
        if let (Some(about), Some(all)) = (&waits.project, found.get_mut(&waits.client)) {
            all.sort_by_key(|(project, _)| project != about);
        }
    }
    Ok(found)
}

fn answers(person: &PersonId, client: &ClientId, projects: &[Arc<BoardProject>]) -> bool {
    let running = projects.iter().filter(|project| !project.completed && project.client == *client);
    let mut leaders = running.filter_map(|project| project.pm()).peekable();
    leaders.peek().is_none() || leaders.any(|leader| leader == person)
}

/// Everybody who waits, with their words and the time that is left.
pub(super) struct Inbox<'a> {
    site: &'a Site,
    ui: Ui<'a>,
    pub waiting: Vec<Waiting>,
    clients: HashMap<ClientId, ClientEntry>,
    names: HashMap<PersonId, String>,
    contents: Vec<Content>,
}

impl<'a> Inbox<'a> {
    pub async fn of(site: &'a Site, ui: Ui<'a>) -> Result<Self, AppError> {
        let store = site.app.store();
        let clients = directory::clients(store).await.map_err(read_trouble)?;
        let ids: Vec<ClientId> = clients.iter().map(|entry| entry.client.clone()).collect();
        let waiting = conversation::waiting(store, &ids).await.map_err(read_trouble)?;
        let people: Vec<PersonId> = waiting.iter().map(|waits| waits.person.clone()).collect();
        let first: Vec<_> = waiting.iter().map(|waits| waits.content.clone()).collect();
        let (names, contents) = (store.names(&people).await?, store.contents(&first).await?);
        let clients = clients.into_iter().map(|entry| (entry.client.clone(), entry)).collect();
        Ok(Self { site, ui, waiting, clients, names, contents })
    }

    /// Those whom this person answers: the clients of the projects they lead, and the clients that nobody leads.
    /// Whoever runs the agency and leads nothing sees all.
    pub async fn of_mine(site: &'a Site, ui: Ui<'a>, staff: &Staff) -> Result<Self, AppError> {
        let mut inbox = Self::of(site, ui).await?;
        let projects = site.projects().await?;
        if leads_any(staff, &projects) || !staff.may(Right::Head) {
            inbox.waiting.retain(|waits| answers(&staff.person, &waits.client, &projects));
        }
        Ok(inbox)
    }

    /// The names of those who wait.
    pub fn whose(&self) -> Vec<String> {
        let name = |waits: &Waiting| self.clients.get(&waits.client).map(|entry| entry.name.clone());
        self.waiting.iter().filter_map(name).collect()
    }

    /// The list for Today: one line each, with the way to the answer.
    pub fn brief(&self) -> Markup {
        html! {
            @if !self.waiting.is_empty() {
                section.answers {
                    h2 { (self.ui.t("ui-answers-title")) " " span.c { (self.waiting.len()) } }
                    @for waits in &self.waiting {
                        article.card.panel.waits {
                            h3 { (self.head(waits)) }
                            (self.words(waits))
                            p { a.btn href={ "/messages#w-" (waits.client) } { (self.ui.t("ui-reply")) } }
                        }
                    }
                }
            }
        }
    }

    fn head(&self, waits: &Waiting) -> Markup {
        let name = self.clients.get(&waits.client).map_or(waits.client.as_str(), |entry| entry.name.as_str());
        html! {
            a href={ "/c/" (waits.client) } { (name) } " " (self.clock(waits.since))
        }
    }

    fn words(&self, waits: &Waiting) -> Markup {
        let content = self.contents.iter().find(|content| content.content == waits.content);
        let name = self.names.get(&waits.person).filter(|name| !name.is_empty());
        let name = name.map_or(waits.person.as_str(), String::as_str);
        html! {
            p.small.muted { (name) " · " (self.ui.say("ui-answer-since", &[("at", Arg::Moment(waits.since))])) }
            p.quote.lines { (words(&self.ui, content)) }
            @if waits.messages > 1 { p.small.muted { (self.ui.say("ui-answer-more", &[("count", Arg::Number(waits.messages - 1))])) } }
        }
    }

    /// How much business time is left, or by how much it is over.
    fn clock(&self, since: Timestamp) -> Markup {
        let agency = &self.site.app.desk().agency;
        let (calendar, now) = (&agency.calendar, self.site.now());
        let Some(due) = agency.answer_within.map(|term| calendar.plus(since, term)) else { return html! {} };
        let warned = agency.warn_pm_after.is_some_and(|term| calendar.plus(since, term) <= now);
        let say = |key, time: TimeDelta| {
            let (hours, minutes) = (Arg::Number(time.num_hours()), Arg::Number(time.num_minutes() % 60));
            self.ui.say(key, &[("hours", hours), ("minutes", minutes)])
        };
        let (class, text) = if due <= now {
            ("chip late", say("ui-answer-late", calendar.open_time(due, now)))
        } else {
            let class = if warned { "chip client" } else { "chip" };
            (class, say("ui-answer-left", calendar.open_time(now, due)))
        };
        let by = self.ui.say("ui-answer-before", &[("at", Arg::Moment(due))]);
        html! {
            span class=(class) title=(by) { (Icon::Clock.draw(13)) (text) }
            @if warned && due > now { " " span.small.muted { (self.ui.t("ui-answer-soon")) } }
        }
    }
}
