//! Live: a browser is told when something was committed, so that it asks for its page again.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::Stream;
use tokio::sync::watch;

use super::session::Staff;
use crate::site::Site;

/// Several commits within this time are told once, in milliseconds.
const TOGETHER: u64 = 150;
/// What other processes commit is looked for so often, in milliseconds.
const ELSEWHERE: u64 = 700;

/// One line per news: the position of the log. What was missed while away shows in the first line.
pub(super) async fn stream(
    State(site): State<Site>,
    _staff: Staff,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let news = futures::stream::unfold((site, None), |(site, told)| async move {
        let position = next(&site, told).await?;
        Some((Ok(Event::default().event("news").data(position.to_string())), (site, Some(position))))
    });
    Sse::new(news).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
    if stop.wait_for(|stop| *stop).await.is_err() {
        // Nobody is there who could stop us.
        std::future::pending::<()>().await;
    }
}

/// Waits until the log stands elsewhere than told; nothing when the server stops.
async fn next(site: &Site, told: Option<i64>) -> Option<i64> {
    let (store, mut stop) = (site.app.store(), site.stop.clone());
    let mut commits = store.watch();
    loop {
        let known = *commits.borrow_and_update();
        // A database that does not answer now has no news; it is asked again.
        let position = store.head().await.map_or(known, |head| head.position.max(known));
        if told != Some(position) {
            return Some(position);
        }
        tokio::select! {
            () = stopped(&mut stop) => return None,
            _ = commits.changed() => tokio::time::sleep(Duration::from_millis(TOGETHER)).await,
            () = tokio::time::sleep(Duration::from_millis(ELSEWHERE)) => {}
        }
    }
}
