//! What needs me, above the board: answers, checks, silent clients, late work, money; each the way to its list.

use std::collections::HashMap;
use std::sync::Arc;

use engine::app::AppError;
use engine::domain::project::Status;
use engine::domain::{Arg, ClientId, Right};
use maud::{Markup, html};
use projections::board::BoardProject;

use super::card::{Card, Deck};
use super::frame::Ui;
use super::icon::Icon;
use super::messages_page::Inbox;
use super::session::Staff;
use crate::site::Site;

/// A client that says nothing for so long needs a call, in days.
const SILENT_DAYS: i64 = 2;
/// So many names stand in one part.
const NAMES: usize = 2;

/// One part: how many, whose, and where they stand.
struct Part {
    icon: Icon,
    key: &'static str,
    whose: Vec<String>,
    to: String,
    hurry: bool,
}

/// Nothing where nothing needs this person.
pub(super) async fn strip(
    site: &Site,
    staff: &Staff,
    deck: &Deck<'_>,
    (cards, projects, clients): (&[Card<'_>], &[Arc<BoardProject>], &HashMap<ClientId, String>),
) -> Result<Markup, AppError> {
    let mut parts = Vec::new();
    if staff.may(Right::Clients) {
        parts.push(answers(site, deck.ui, staff).await?);
    }
    parts.extend(of_cards(staff, deck, cards));
    if staff.may(Right::Money) {
        parts.push(money(projects, clients));
    }
    parts.retain(|part| !part.whose.is_empty());
    Ok(html! {
        @if !parts.is_empty() {
            nav.strip aria-label=(deck.ui.t("ui-strip")) { @for part in &parts { (draw(deck, part)) } }
        }
    })
}

fn draw(deck: &Deck<'_>, part: &Part) -> Markup {
    let count = i64::try_from(part.whose.len()).unwrap_or(i64::MAX);
    let mut names = part.whose.clone();
    names.sort();
    names.dedup();
    let more = if names.len() > NAMES { ", …" } else { "" };
    html! {
        a class=(if part.hurry { "card hurry" } else { "card" }) href=(part.to) {
            (part.icon.draw(18))
            span { b { (deck.ui.say(part.key, &[("count", Arg::Number(count))])) } small { (names.into_iter().take(NAMES).collect::<Vec<_>>().join(", ")) (more) } }
        }
    }
}

async fn answers(site: &Site, ui: Ui<'_>, staff: &Staff) -> Result<Part, AppError> {
    let whose = Inbox::of_mine(site, ui, staff).await?.whose();
    Ok(Part { icon: Icon::Talk, key: "ui-strip-answers", whose, to: "/messages".to_owned(), hurry: true })
}

/// Checks of mine, what is late of mine or of what I lead, and clients that are silent there.
fn of_cards(staff: &Staff, deck: &Deck<'_>, cards: &[Card<'_>]) -> [Part; 3] {
    let me = &staff.person;
    let mine = |card: &&Card<'_>| super::card::holder(card.task) == Some(me) || card.project.pm() == Some(me);
    let names = |wanted: &dyn Fn(&&Card<'_>) -> bool| -> Vec<String> {
        cards.iter().filter(wanted).map(|card| card.client.to_owned()).collect()
    };
    let checks =
        names(&|card| card.task.status == Status::InReview && card.task.auditor.as_ref() == Some(me));
    let mut silent = names(&|card| {
        let days = (deck.now - card.task.since).num_days();
        mine(card) && card.task.status == Status::AwaitingApproval && days >= SILENT_DAYS
    });
    // A client is silent once, however much waits for it.
    silent.sort();
    silent.dedup();
    let late = names(&|card| mine(card) && card.task.is_late(deck.now));
    [
        Part {
            icon: Icon::Eye,
            key: "ui-strip-checks",
            whose: checks,
            to: "/checks".to_owned(),
            hurry: false,
        },
        Part {
            icon: Icon::Clock,
            key: "ui-strip-late",
            whose: late,
            to: format!("/projects?person={me}&late=1"),
            hurry: true,
        },
        Part {
            icon: Icon::Bell,
            key: "ui-strip-silent",
            whose: silent,
            to: format!("/projects?person={me}&waits=1"),
            hurry: false,
        },
    ]
}

/// Invoices that are out, or paid in part; of projects where nothing can be done now, too.
fn money(projects: &[Arc<BoardProject>], clients: &HashMap<ClientId, String>) -> Part {
    let due = projects.iter().filter(|project| !project.completed && project.is_unpaid());
    let name =
        |project: &Arc<BoardProject>| clients.get(&project.client).unwrap_or(&project.client.0).clone();
    let (key, to) = ("ui-strip-money", "/projects?unpaid=1".to_owned());
    Part { icon: Icon::Coin, key, whose: due.map(name).collect(), to, hurry: false }
}
