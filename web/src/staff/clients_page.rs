//! Clients: how each is reached, who approves, what runs and what waits.

use std::collections::{BTreeSet, HashMap};

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use engine::app::AppError;
use engine::domain::{Arg, ClientId, PersonId};
use maud::{Markup, html};
use projections::board::Ball;
use projections::conversation;
use projections::directory::{self, ChatState, ClientEntry};
use serde::Deserialize;

use super::fold::{fold, rank};
use super::frame::{Page, Ui};
use super::session::Staff;
use crate::site::{Site, read_trouble};

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    q: String,
}

pub(super) async fn show(State(site): State<Site>, staff: Staff, Query(typed): Query<Typed>) -> Response {
    let ui = Ui::of(&site, &staff);
    match draw(&site, ui, &typed.q).await {
        Ok(content) => {
            let title = ui.t("ui-nav-clients");
            Page { site: &site, staff: &staff, title: &title, place: "/clients", live: true, content }
                .answer(StatusCode::OK)
                .await
        }
        Err(error) => site.trouble(&error, &staff.language),
    }
}

/// What runs for a client and what it has to decide.
#[derive(Clone, Copy, Default)]
struct Load {
    open: i64,
    decides: i64,
}

async fn draw(site: &Site, ui: Ui<'_>, typed: &str) -> Result<Markup, AppError> {
    let store = site.app.store();
    let all = directory::clients(store).await.map_err(read_trouble)?;
    let ids: Vec<ClientId> = all.iter().map(|entry| entry.client.clone()).collect();
    let waiting = conversation::waiting(store, &ids).await.map_err(read_trouble)?;
    let waiting: BTreeSet<ClientId> = waiting.into_iter().map(|waits| waits.client).collect();
    let loads = loads(site).await?;
    let wanted = fold(typed);
    let fits =
        |entry: &ClientEntry| rank(&fold(&format!("{} {}", entry.name, entry.client)), &wanted).is_some();
    let mut shown: Vec<ClientEntry> = all.into_iter().filter(fits).collect();
    shown.sort_by_key(|entry| (!waiting.contains(&entry.client), fold(&entry.name)));
    let people: Vec<PersonId> = shown.iter().flat_map(|entry| entry.approvers.iter().cloned()).collect();
    let names = store.names(&people).await?;
    Ok(html! {
        h1 { (ui.t("ui-nav-clients")) }
        form.find method="get" action="/clients" role="search" {
            label.sr for="q" { (ui.t("ui-clients-find")) }
            input #q type="search" name="q" value=(typed) placeholder=(ui.t("ui-clients-find"));
            button.btn { (ui.t("ui-search")) }
        }
        @if shown.is_empty() { p.card.panel { (ui.t("ui-clients-none")) } }
        ul.clients {
            @for entry in &shown {
                (row(&ui, entry, &names, loads.get(&entry.client).copied().unwrap_or_default(), waiting.contains(&entry.client)))
            }
        }
    })
}

async fn loads(site: &Site) -> Result<HashMap<ClientId, Load>, AppError> {
    let mut loads: HashMap<ClientId, Load> = HashMap::new();
    for project in site.projects().await? {
        if project.completed {
            continue;
        }
        let decides = project.tasks.iter().filter(|task| Ball::of(task.status) == Ball::Client).count();
        let load = loads.entry(project.client.clone()).or_default();
        load.open += 1;
        load.decides += i64::try_from(decides).unwrap_or(0);
    }
    Ok(loads)
}

fn row(
    ui: &Ui<'_>,
    entry: &ClientEntry,
    names: &HashMap<PersonId, String>,
    load: Load,
    waits: bool,
) -> Markup {
    html! {
        li.card.panel {
            h2 { a href={ "/c/" (entry.client) } { (entry.name) } }
            p { (health(ui, entry.chat_state())) @if waits { " " a.chip.late href={ "/messages#w-" (entry.client) } { (ui.t("ui-client-asks")) } } }
            p.small.muted { (approvers(ui, entry, names)) }
            p.small.muted {
                (ui.say("ui-client-open", &[("count", Arg::Number(load.open))]))
                @if load.decides > 0 { " · " (ui.say("ui-client-decides", &[("count", Arg::Number(load.decides))])) }
            }
        }
    }
}

fn approvers(ui: &Ui<'_>, entry: &ClientEntry, names: &HashMap<PersonId, String>) -> String {
    if entry.approvers.is_empty() {
        return ui.t("ui-client-no-approver");
    }
    let named =
        |person: &PersonId| names.get(person).filter(|name| !name.is_empty()).unwrap_or(&person.0).clone();
    let all = entry.approvers.iter().map(named).collect::<Vec<_>>().join(", ");
    ui.say("ui-client-approve", &[("names", Arg::Text(all))])
}

/// How the chat stands, in words and colour.
pub(super) fn health(ui: &Ui<'_>, state: ChatState) -> Markup {
    let (class, key) = match state {
        ChatState::None => ("chip", "ui-chat-none"),
        ChatState::Linked => ("chip client", "ui-chat-linked"),
        ChatState::Confirmed => ("chip done", "ui-chat-confirmed"),
        ChatState::Lost => ("chip late", "ui-chat-lost"),
    };
    html! { span class=(class) { (ui.t(key)) } }
}
