//! Live: a browser is told when something was committed, so that it asks for its page again, and who else looks at it.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use engine::app::AppError;
use engine::domain::{Arg, PersonId, ProjectId, Right};
use futures::Stream;
use serde::Deserialize;
use tokio::sync::watch;

use super::door;
use super::frame::Ui;
use super::people::Names;
use super::presence::Visit;
use super::session::Staff;
use crate::site::Site;

/// Several commits within this time are told once, in milliseconds.
const TOGETHER: u64 = 150;
/// What other processes commit is looked for so often, in milliseconds.
const ELSEWHERE: u64 = 700;
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
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let place = place(&site, &staff, at.unwrap_or_default()).await;
    let visit = site.presence.enter(staff.person.clone(), place);
    let ear = Ear { site, staff, visit, position: None, here: BTreeSet::new() };
    let told = futures::stream::unfold(ear, |mut ear| async move { Some((Ok(ear.next().await?), ear)) });
    Sse::new(told).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

/// The page that somebody has open; a project only for those who see it, so that nobody learns who works there.
async fn place(site: &Site, staff: &Staff, at: String) -> String {
    let Some(project) = at.strip_prefix("/p/") else {
        return if at.len() <= LONGEST { at } else { String::new() };
    };
    let project = ProjectId(project.to_owned());
    let sees = door::has(site, staff, Right::Member, Some(project)).await;
    if sees.unwrap_or(false) { at } else { String::new() }
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
    if stop.wait_for(|stop| *stop).await.is_err() {
        // Nobody is there who could stop us.
        std::future::pending::<()>().await;
    }
}

impl Ear {
    /// Waits until there is something to tell; nothing when the server stops.
    async fn next(&mut self) -> Option<Event> {
        let mut stop = self.site.stop.clone();
        let (mut commits, mut visits) = (self.site.app.store().watch(), self.visit.watch());
        loop {
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
