//! Read models from zero, and what a process weighs with a long history.

use std::time::Instant;

use futures::future::join_all;
use journeys::db;
use journeys::desk::monday;

use crate::Size;
use crate::figures::{Table, per_second};
use crate::memory;
use crate::transitions::{agency, durability, toggle};

/// Fills a log, rebuilds every read model from it, and weighs a server that runs on it.
pub async fn run(table: &mut Table, size: Size) {
    let db = db::sqlite();
    let (app, projects) = agency(&db, 32, monday()).await;
    let each = size.events / projects.len();
    join_all(projects.iter().map(|project| {
        let (app, project) = (app.clone(), project.clone());
        async move { tokio::spawn(async move { toggle(&app, &project, each).await }).await }
    }))
    .await;
    let head = app.store().head().await.expect("a head");
    let events = usize::try_from(head.position).unwrap_or_default();
    let started = Instant::now();
    app.store().rebuild(None).await.expect("rebuilt");
    let rate = per_second(events, started.elapsed());
    let what = format!("rebuild of all read models, {events} events");
    table.rate(&what, durability(&db), rate, 50_000.0);
    let started = Instant::now();
    let report = app.store().verify().await.expect("verified");
    assert!(report.is_well(), "{report:?}");
    let rate = per_second(events, started.elapsed());
    table.rate(&format!("verify, {events} events"), "chain, versions, read models = fold", rate, 20_000.0);
    app.store().close().await;
    let what = format!("memory of `serve`, {events} events");
    memory::weigh(table, &what, &db.url, None).await;
}
