//! Today: what waits for me, overdue first (SC-29).

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use engine::app::AppError;
use engine::domain::project::Status;
use engine::domain::{PersonId, Right};
use maud::{Markup, html};

use super::board_page::{cards, client_names, count};
use super::card::{Card, Deck, holder};
use super::frame::{Page, Ui};
use super::messages_page::Inbox;
use super::people::Names;
use super::promises;
use super::session::Staff;
use crate::site::Site;

pub(super) async fn show(State(site): State<Site>, staff: Staff) -> Response {
    match draw(&site, &staff).await {
        Ok(content) => {
            let title = Ui::of(&site, &staff).t("ui-nav-today");
            Page { site: &site, staff: &staff, title: &title, place: "/today", live: true, content }
                .answer(StatusCode::OK)
                .await
        }
        Err(error) => site.trouble(&error, &staff.language),
    }
}

async fn draw(site: &Site, staff: &Staff) -> Result<Markup, AppError> {
    let mut projects = site.projects().await?;
    projects.retain(|project| staff.sees(project));
    let clients = client_names(site).await?;
    let names = Names::of_staff(site).await?;
    let locked = site.locks.of(site, &projects).await?;
    let deck = Deck { ui: Ui::of(site, staff), names: &names, locked: &locked, now: site.now() };
    let all = cards(&projects, &clients, &deck);
    let lists = Lists::of(&all, staff, &deck);
    let inbox =
        if staff.may(Right::Clients) { Some(Inbox::of_mine(site, deck.ui, staff).await?) } else { None };
    let promises = promises::mine(&deck.ui, &staff.person, &projects, &clients).await?;
    let total = lists.0.iter().map(|(_, held)| held.len()).sum();
    let list = |at: usize| -> Markup { draw_list(&deck, &lists.0[at]) };
    Ok(html! {
        div.top { h1 { (deck.ui.t("ui-nav-today")) } span.muted { (count(&deck.ui, total)) } }
        div.mine { (list(LATE)) }
        @if let Some(inbox) = &inbox { (inbox.brief()) }
        div.mine { (list(CHECK)) }
        (promises)
        @if total == 0 && promises.0.is_empty() && inbox.as_ref().is_none_or(|inbox| inbox.waiting.is_empty()) { p.card.panel { (deck.ui.t("ui-today-free")) } }
        div.mine { @for at in [REWORK, WORK, CLIENT] { (list(at)) } }
    })
}

fn draw_list(deck: &Deck<'_>, (key, held): &(&'static str, Vec<&Card<'_>>)) -> Markup {
    html! {
        @if !held.is_empty() {
            section { h2 { (deck.ui.t(key)) " " span.c { (held.len()) } } div.stack { @for card in held { (deck.card(card)) } } }
        }
    }
}

const LATE: usize = 0;
const CHECK: usize = 1;
const REWORK: usize = 2;
const WORK: usize = 3;
const CLIENT: usize = 4;

/// What waits, by why it waits for me; each task once, under the most urgent reason.
struct Lists<'a>([(&'static str, Vec<&'a Card<'a>>); 5]);

impl<'a> Lists<'a> {
    fn of(all: &'a [Card<'a>], staff: &Staff, deck: &Deck<'_>) -> Self {
        let mut lists =
            ["ui-today-late", "ui-today-check", "ui-today-rework", "ui-today-work", "ui-today-client"]
                .map(|key| (key, Vec::new()));
        for card in all {
            if let Some(place) = place(card, staff, deck) {
                lists[place].1.push(card);
            }
        }
        Self(lists)
    }
}

/// Whoever leads a project hears of what is late in it and of what its client has; the rest is whose it is to do.
fn place(card: &Card<'_>, staff: &Staff, deck: &Deck<'_>) -> Option<usize> {
    let is = |person: Option<&PersonId>| person == Some(&staff.person);
    let (mine, leads) = (is(card.task.assignee.as_ref()), is(card.project.pm()));
    let has_no_lead = card.project.pm().is_none() && staff.leads();
    if card.task.is_late(deck.now) && (is(holder(card.task)) || leads || has_no_lead) {
        return Some(LATE);
    }
    match card.task.status {
        Status::InReview if is(card.task.auditor.as_ref()) => Some(CHECK),
        Status::Rework if mine => Some(REWORK),
        Status::Ready | Status::InProgress | Status::Paused if mine => Some(WORK),
        Status::AwaitingApproval if mine || leads || has_no_lead => Some(CLIENT),
        Status::Ready
        | Status::InProgress
        | Status::Paused
        | Status::InReview
        | Status::Rework
        | Status::AwaitingApproval
        | Status::Waiting
        | Status::Completed
        | Status::Cancelled => None,
    }
}
