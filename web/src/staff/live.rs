//! Live: a browser is told when something was committed, so that it asks for its page again, and who else looks at it.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::time::{Duration, Instant};

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::response::sse::{Event, KeepAlive, Sse};
use engine::app::AppError;
use engine::domain::{Arg, PersonId};
use futures::Stream;
use serde::Deserialize;
use tokio::sync::watch;

use super::door;
use super::frame::Ui;
use super::people::Names;
use super::presence::Visit;
use super::routes::{self, Needs};
use super::session::{Staff, cookie, hashed};
use crate::site::Site;

/// Several commits within this time are told once, in milliseconds.
const TOGETHER: u64 = 150;
/// What other processes commit is looked for so often, in milliseconds.
const ELSEWHERE: u64 = 700;
/// Whether somebody may stay is looked at so often.
const STAYS: Duration = Duration::from_secs(5);
/// No address of a page is longer, in bytes.
const LONGEST: usize = 200;

/// Which page listens.
#[derive(Deserialize)]
pub(super) struct At {
    at: Option<String>,
}

/// A browser that listens, and what it was told so far.
struct Ear {
    site: Site,
    staff: Staff,
    /// Hash of the token by which they came in.
    session: String,
    /// When it was last looked whether they may stay.
    checked: Instant,
    visit: Visit,
    position: Option<i64>,
    here: BTreeSet<PersonId>,
}

/// One `news` for what was committed: the position of the log; what was missed while away shows in the first one.
/// One `here` when somebody comes or goes: a line for the menu, and a line with the names of the others.
pub(super) async fn stream(
    State(site): State<Site>,
    staff: Staff,
    Query(At { at }): Query<At>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Response> {
    let at = at.unwrap_or_default();
    let place = if sees(&site, &staff, &at).await.unwrap_or(false) { at } else { String::new() };
    let Some(visit) = site.presence.enter(staff.person.clone(), place) else {
        return Err(site.plain(StatusCode::TOO_MANY_REQUESTS, &staff.language, "busy"));
    };
    let session = cookie(&headers, site.session_cookie()).map(hashed).unwrap_or_default();
    let ear =
        Ear { site, staff, session, checked: Instant::now(), visit, position: None, here: BTreeSet::new() };
    let told = futures::stream::unfold(ear, |mut ear| async move { Some((Ok(ear.next().await?), ear)) });
    Ok(Sse::new(told).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))))
}

/// Whether somebody is let in to the page: nobody learns who looks at what they do not see.
async fn sees(site: &Site, staff: &Staff, at: &str) -> Result<bool, AppError> {
    if at.len() > LONGEST {
        return Ok(false);
    }
    match routes::page_at(at) {
        Some((Needs::Right(right), project)) => door::has(site, staff, right, project).await,
        Some((Needs::Nothing, _)) | None => Ok(false),
    }
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
    if stop.wait_for(|stop| *stop).await.is_err() {
        // Nobody is there who could stop us.
        std::future::pending::<()>().await;
    }
}

impl Ear {
    /// Waits until there is something to tell; nothing when the server stops, or to whom it is no longer told.
    async fn next(&mut self) -> Option<Event> {
        let mut stop = self.site.stop.clone();
        let (mut commits, mut visits) = (self.site.app.store().watch(), self.visit.watch());
        loop {
            if self.checked.elapsed() >= STAYS {
                self.checked = Instant::now();
                // A database that does not answer now sends nobody away.
                if !self.may_stay().await.unwrap_or(true) {
                    return None;
                }
            }
            let known = *commits.borrow_and_update();
            visits.borrow_and_update();
            // A database that does not answer now has no news; it is asked again.
            let position = self.site.app.store().head().await.map_or(known, |head| head.position.max(known));
            if self.position != Some(position) {
                self.position = Some(position);
                return Some(Event::default().event("news").data(position.to_string()));
            }
            let here = self.visit.people();
            if self.here != here {
                self.here = here;
                if let Ok(said) = self.company().await {
                    return Some(Event::default().event("here").data(said));
                }
            }
            tokio::select! {
                () = stopped(&mut stop) => return None,
                _ = commits.changed() => tokio::time::sleep(Duration::from_millis(TOGETHER)).await,
                _ = visits.changed() => {}
                () = tokio::time::sleep(Duration::from_millis(ELSEWHERE)) => {}
            }
        }
    }

    /// Whether they are still signed in, and still see the page; to listen keeps no session alive.
    async fn may_stay(&mut self) -> Result<bool, AppError> {
        let (app, now) = (&self.site.app, self.site.now());
        let roles = app.agency_state().await?.people.get(&self.staff.person).cloned();
        let (Some(roles), true) = (roles, app.store().is_signed_in(&self.session, now).await?) else {
            return Ok(false);
        };
        self.staff.roles = roles;
        let place = self.visit.place();
        Ok(place.is_empty() || sees(&self.site, &self.staff, place).await?)
    }

    /// How many people have the page open, and who the others are.
    async fn company(&self) -> Result<String, AppError> {
        let ui = Ui::of(&self.site, &self.staff);
        let names = Names::of_staff(&self.site).await?;
        let others = self.here.iter().filter(|person| **person != self.staff.person);
        let others: Vec<&str> = others.map(|person| names.of(person)).collect();
        if others.is_empty() {
            return Ok(ui.t("ui-live"));
        }
        let count = Arg::Number(i64::try_from(self.here.len()).unwrap_or(i64::MAX));
        Ok(format!("{}\n{}", ui.say("ui-live-people", &[("count", count)]), others.join(", ")))
    }
}
