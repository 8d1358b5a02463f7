//! Live: a browser is told when something was committed, so that it asks for its page again.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::Stream;

use super::session::Staff;
use crate::site::Site;

/// Several commits within this time are told once, in milliseconds.
const TOGETHER: u64 = 150;

/// One line per news: the position of the log. What was missed while away shows in the first line.
pub(super) async fn stream(
    State(site): State<Site>,
    _staff: Staff,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let commits = site.app.store().watch();
    let news = futures::stream::unfold((commits, true), |(mut commits, is_first)| async move {
        if !is_first {
            commits.changed().await.ok()?;
            tokio::time::sleep(Duration::from_millis(TOGETHER)).await;
        }
        let position = *commits.borrow_and_update();
        Some((Ok(Event::default().event("news").data(position.to_string())), (commits, false)))
    });
    Sse::new(news).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}
