//! A client's card: its people and chat, what it bought and paid, its brief, and everything in one order (PF-30).

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use engine::app::AppError;
use engine::domain::client::Client;
use engine::domain::money::Money;
use engine::domain::{Arg, ClientId, PersonId, Right, StreamId};
use maud::{Markup, html};
use projections::board::BoardProject;
use projections::conversation;
use projections::directory::{self, ClientEntry};

use super::clients_page::health;
use super::frame::{Page, Ui, notice};
use super::history_page::Before;
use super::icon::Icon;
use super::loose_money::Panel;
use super::people::avatar;
use super::session::Staff;
use super::story::Story;
use crate::site::{Site, read_trouble};

/// What has to be said above the card.
pub(super) enum Above {
    No(String),
    /// A link that is shown once.
    Link(Markup),
}

pub(super) async fn show(
    State(site): State<Site>,
    staff: Staff,
    Path(client): Path<String>,
    Query(place): Query<Before>,
) -> Response {
    page(&site, &staff, &ClientId(client), place.before, None).await
}

pub(super) async fn page(
    site: &Site,
    staff: &Staff,
    id: &ClientId,
    before: Option<i64>,
    above: Option<Above>,
) -> Response {
    let status = match above {
        Some(Above::No(_)) => StatusCode::CONFLICT,
        Some(Above::Link(_)) | None => StatusCode::OK,
    };
    let live = above.is_none() && before.is_none();
    match draw(site, staff, id, before, above).await {
        Ok(Some((title, content))) => {
            Page { site, staff, title: &title, place: "/clients", live, content }.answer(status).await
        }
        Ok(None) => site.plain(StatusCode::NOT_FOUND, &staff.language, "gone"),
        Err(error) => site.trouble(&error, &staff.language),
    }
}

async fn draw(
    site: &Site,
    staff: &Staff,
    id: &ClientId,
    before: Option<i64>,
    above: Option<Above>,
) -> Result<Option<(String, Markup)>, AppError> {
    let Some(client) = site.app.client_state(id).await? else { return Ok(None) };
    let entries = directory::clients(site.app.store()).await.map_err(read_trouble)?;
    let Some(entry) = entries.into_iter().find(|entry| entry.client == *id) else { return Ok(None) };
    let ui = Ui::of(site, staff);
    let all = site.projects().await?;
    let projects: Vec<Arc<BoardProject>> = all.into_iter().filter(|project| project.client == *id).collect();
    let streams: Vec<StreamId> =
        std::iter::once(id.stream()).chain(projects.iter().map(|project| project.project.stream())).collect();
    let story = Story::of(site, ui, &streams, before).await?;
    let card = Card { site, staff, ui, id, client: &client, entry: &entry, projects: &projects };
    let here = format!("/c/{id}");
    let content = html! {
        p.crumb { a href="/clients" { (ui.t("ui-nav-clients")) } }
        h1 { (client.name) " " (health(&ui, entry.chat_state())) }
        @match above {
            Some(Above::No(said)) => (notice(&said)),
            Some(Above::Link(link)) => (link),
            None => {},
        }
        div.cgrid {
            div { (card.people().await?) (card.chat()) (card.card().await?) }
            div { (card.bought())
                @if staff.may(Right::Money) { (Panel { site, ui: &ui, id, client: &client, projects: &projects }.draw()) }
                (card.briefs().await?)
                section.card.panel aria-labelledby="story" {
                    h2 #story { (ui.t("ui-client-story")) }
                    @if before.is_some() { p { a.btn href=(here) { (ui.t("ui-newest")) } } }
                    (story.draw(&here))
                }
            }
        }
    };
    Ok(Some((client.name.clone(), content)))
}

struct Card<'a> {
    site: &'a Site,
    staff: &'a Staff,
    ui: Ui<'a>,
    id: &'a ClientId,
    client: &'a Client,
    entry: &'a ClientEntry,
    projects: &'a [Arc<BoardProject>],
}

impl Card<'_> {
    /// Everybody of the client's whom we know, and who of them decides.
    async fn people(&self) -> Result<Markup, AppError> {
        let store = self.site.app.store();
        let writers = conversation::writers(store, self.id).await.map_err(read_trouble)?;
        let linked = self.client.chat.as_ref().map(|chat| chat.linked_by.clone());
        let known = self.client.approvers.iter().cloned().chain(writers).chain(linked.clone());
        let people: BTreeSet<PersonId> = known.collect();
        let staff = self.site.app.agency_state().await?;
        let people: Vec<PersonId> =
            people.into_iter().filter(|person| !staff.people.contains_key(person)).collect();
        let names = store.names(&people).await?;
        Ok(html! {
            section.card.panel aria-labelledby="people" {
                h2 #people { (self.ui.t("ui-client-contacts")) }
                @if people.is_empty() { p.muted { (self.ui.t("ui-client-no-contacts")) } }
                ul.people { @for person in &people { (self.person(person, &names, linked.as_ref() == Some(person))) } }
                @if self.staff.leads() { (self.new_approver()) }
            }
        })
    }

    fn person(&self, person: &PersonId, names: &HashMap<PersonId, String>, linked: bool) -> Markup {
        let name = names.get(person).filter(|name| !name.is_empty()).unwrap_or(&person.0);
        let approves = self.client.approvers.contains(person);
        html! {
            li {
                (avatar(name, false))
                span.t { (name)
                    @if approves { " " span.chip.done { (self.ui.t("ui-client-may-approve")) } }
                    @if self.client.away.contains(person) { " " span.chip.late { (self.ui.t("ui-client-away")) } }
                    @if linked { " " span.small.muted { (self.ui.t("ui-client-linked-by")) } }
                }
                @if self.staff.leads() {
                    form method="post" action={ "/c/" (self.id) "/approver" } {
                        (self.token())
                        input type="hidden" name="person" value=(person);
                        input type="hidden" name="remove" value=(if approves { "yes" } else { "" });
                        button.btn { (self.ui.t(if approves { "ui-approver-remove" } else { "ui-approver-add" })) span.sr { ": " (name) } }
                    }
                }
            }
        }
    }

    fn new_approver(&self) -> Markup {
        html! {
            details {
                summary { (self.ui.t("ui-approver-add")) "…" }
                form.reply method="post" action={ "/c/" (self.id) "/approver" } {
                    (self.token())
                    label for="number" { (self.ui.t("ui-approver-number")) }
                    input #number name="number" inputmode="numeric" required autocomplete="off";
                    label for="name" { (self.ui.t("ui-approver-name")) }
                    input #name name="name" maxlength="200" autocomplete="off";
                    button.btn { (self.ui.t("ui-approver-add")) }
                }
            }
        }
    }

    fn chat(&self) -> Markup {
        let zone = self.client.zone.map_or_else(|| self.ui.t("ui-client-our-zone"), |zone| zone.to_string());
        let waits = self.client.chat.as_ref().is_some_and(|chat| !chat.confirmed);
        html! {
            section.card.panel aria-labelledby="chat" {
                h2 #chat { (self.ui.t("ui-client-chat")) }
                p { (health(&self.ui, self.entry.chat_state())) }
                p.small.muted { (self.ui.t("ui-client-language")) ": " (self.client.language) " · " (self.ui.t("ui-client-zone")) ": " (zone) }
                @if self.staff.leads() {
                    div.line {
                        @if waits {
                            form method="post" action={ "/c/" (self.id) "/confirm" } { (self.token()) button.btn.pri { (self.ui.t("ui-confirm-chat")) } }
                        }
                        form method="post" action={ "/c/" (self.id) "/link" } { (self.token()) button.btn { (self.ui.t("ui-new-link")) } }
                    }
                }
            }
        }
    }

    fn token(&self) -> Markup {
        html! { input type="hidden" name="ask" value=(self.site.token()); }
    }

    /// What the brief says about the client, and where two briefs differ.
    async fn card(&self) -> Result<Markup, AppError> {
        let ids: Vec<_> = self.client.card.values().map(|value| value.content.content.clone()).collect();
        let contents = self.site.app.store().contents(&ids).await?;
        let erased = self.ui.t("ui-talk-erased");
        let words = |id| {
            contents
                .iter()
                .find(|content| content.content == id)
                .map_or(erased.as_str(), |content| content.text.as_str())
        };
        Ok(html! {
            @if !self.client.card.is_empty() {
                section.card.panel aria-labelledby="known" {
                    h2 #known { (self.ui.t("ui-client-card")) }
                    dl.known {
                        @for (field, value) in &self.client.card {
                            dt { (field) } dd.lines { (words(value.content.content.clone())) }
                            @if self.client.conflicts.contains_key(field) {
                                dd.over { (self.ui.say("ui-client-conflict", &[("field", Arg::Text(field.clone()))])) }
                            }
                        }
                    }
                }
            }
        })
    }

    /// Projects with their prices and payments, and the sum of all (PF-30).
    fn bought(&self) -> Markup {
        html! {
            section.card.panel aria-labelledby="projects" {
                h2 #projects { (self.ui.t("ui-client-projects")) }
                @if self.projects.is_empty() { p.muted { (self.ui.t("ui-client-no-projects")) } }
                ul.bought { @for project in self.projects { (self.project(project)) } }
                @for total in totals(self.projects) {
                    p.num { (self.ui.say("ui-client-total", &[("amount", Arg::Money(total))])) }
                }
            }
        }
    }

    fn project(&self, project: &BoardProject) -> Markup {
        let language = self.ui.language;
        let current = project.current().filter(|_| !project.completed);
        html! {
            li {
                p { a href={ "/p/" (project.project) } { b { (project.title.in_language(language)) } }
                    " " span.small.muted { (self.ui.say("ui-day", &[("at", Arg::Date(project.opened))])) }
                    @if let Some(price) = &project.price { " " span.num { (self.ui.say("ui-money", &[("amount", Arg::Money(price.clone()))])) } } }
                @match current {
                    Some(task) => p.small.muted { (task.title.in_language(language)) " · " (self.ui.t(&format!("status-{}", task.status.word().replace('_', "-")))) },
                    None => p.small.muted { (Icon::Check.draw(13)) " " (self.ui.t("status-completed")) },
                }
                @for payment in &project.payments {
                    p.small { (self.ui.t("ui-client-payments")) " " (payment.payment) ": "
                        @if let Some(due) = &payment.due { (self.ui.say("ui-money", &[("amount", Arg::Money(due.clone()))])) ", " }
                        (self.ui.t(&format!("payment-state-{}", payment.state.word().replace('_', "-"))))
                        @if let Some(paid) = &payment.received { ", " (self.ui.say("ui-client-paid", &[("amount", Arg::Money(paid.clone()))])) } }
                }
            }
        }
    }

    /// The briefs that came back, each with its answers.
    async fn briefs(&self) -> Result<Markup, AppError> {
        let mut lines = Vec::new();
        for project in self.projects {
            let Some(state) = self.site.app.project_state(&project.project).await? else { continue };
            for (id, form) in &state.forms {
                let title =
                    state.form(id).map_or(id.as_str(), |form| form.title.in_language(self.ui.language));
                if let Some(version) = &form.received {
                    let number = Arg::Number(i64::from(version.version));
                    let words = self.ui.say(
                        "ui-client-answers",
                        &[("form", Arg::Text(title.to_owned())), ("version", number)],
                    );
                    lines.push((
                        format!("/p/{}/brief/{id}/{}", project.project, version.version),
                        words,
                        version.at,
                    ));
                }
            }
        }
        Ok(html! {
            @if !lines.is_empty() {
                section.card.panel aria-labelledby="briefs" {
                    h2 #briefs { (self.ui.t("ui-client-brief")) }
                    ul { @for (address, words, at) in &lines { li { a href=(address) { (words) } " " span.small.muted { (self.ui.say("ui-day", &[("at", Arg::Date(*at))])) } } } }
                }
            }
        })
    }
}

/// What all projects cost, one sum for each currency.
fn totals(projects: &[Arc<BoardProject>]) -> Vec<Money> {
    let mut sums: Vec<Money> = Vec::new();
    for price in projects.iter().filter_map(|project| project.price.as_ref()) {
        match sums.iter_mut().find(|sum| sum.currency == price.currency) {
            Some(sum) => sum.minor = sum.minor.saturating_add(price.minor),
            None => sums.push(price.clone()),
        }
    }
    sums
}
