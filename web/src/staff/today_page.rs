//! Today: what waits for me, overdue first (SC-29).

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use engine::app::AppError;
use engine::domain::project::Status;
use engine::domain::{PersonId, Right};
use maud::{Markup, html};

use super::board_page::{cards, client_names, count};
use super::card::{Card, Deck};
use super::frame::{Page, Ui};
use super::messages_page::Inbox;
use super::people::Names;
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
    let deck = Deck { ui: Ui::of(site, staff), names: &names, now: site.now() };
    let all = cards(&projects, &clients, &deck);
    let lists = Lists::of(&all, staff, &deck);
    let inbox = if staff.may(Right::Clients) { Some(Inbox::of(site, deck.ui).await?) } else { None };
    let total = lists.0.iter().map(|(_, held)| held.len()).sum();
    Ok(html! {
        div.top { h1 { (deck.ui.t("ui-nav-today")) } span.muted { (count(&deck.ui, total)) } }
        @if let Some(inbox) = &inbox { (inbox.brief()) }
        @if total == 0 { p.card.panel { (deck.ui.t("ui-today-free")) } }
        div.mine {
            @for (key, held) in lists.0.iter().filter(|(_, held)| !held.is_empty()) {
                section { h2 { (deck.ui.t(key)) " " span.c { (held.len()) } } div.stack { @for card in held { (deck.card(card)) } } }
            }
        }
    })
}

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

fn place(card: &Card<'_>, staff: &Staff, deck: &Deck<'_>) -> Option<usize> {
    let is = |person: &Option<PersonId>| person.as_ref() == Some(&staff.person);
    let mine = is(&card.task.assignee);
    let late = card.task.due.is_some_and(|due| due < deck.now);
    match card.task.status {
        Status::InReview if is(&card.task.auditor) => Some(1),
        Status::Ready | Status::InProgress | Status::Paused | Status::Rework if mine && late => Some(0),
        Status::Rework if mine => Some(2),
        Status::Ready | Status::InProgress | Status::Paused if mine => Some(3),
        Status::AwaitingApproval if mine || staff.leads() => Some(4),
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
