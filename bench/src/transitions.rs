//! Durable task transitions: decided, stored with outbox, read models and chain, and on the disk.

use std::time::Instant;

use engine::app::App;
use engine::domain::project::ProjectCommand;
use engine::domain::{Actor, ProjectId, Timestamp};
use futures::future::join_all;
use journeys::db::Db;
use journeys::desk::{add_client, app, ask, catalogue, done, hire, monday, open_smm, options, person};

use crate::Size;
use crate::figures::{Table, per_second};

/// So many callers at once, each on a project of its own.
pub async fn run(table: &mut Table, db: &Db, callers: usize, size: Size) {
    let (app, projects) = agency(db, 32, monday()).await;
    let each = size.transitions / if callers == 1 { 4 } else { callers };
    let target = match (db.name, callers) {
        ("SQLite", 1) => 2_000.0,
        ("SQLite", _) => 8_000.0,
        (_, 1) => 1_000.0,
        _ => 4_000.0,
    };
    let started = Instant::now();
    join_all(projects[..callers].iter().map(|project| spawn(&app, project, each))).await;
    let rate = per_second(each * callers, started.elapsed());
    let what = format!("task transitions, {callers} caller{}", if callers == 1 { "" } else { "s" });
    table.rate(&what, durability(db), rate, target);
    app.store().close().await;
}

/// What a commit of this database survives.
pub fn durability(db: &Db) -> &'static str {
    match db.name {
        "SQLite" => "SQLite, WAL, synchronous=FULL",
        _ => "PostgreSQL, fsync=on, synchronous_commit=on",
    }
}

/// An agency with so many projects, each with its first task in progress.
pub async fn agency(db: &Db, projects: usize, at: Timestamp) -> (App, Vec<ProjectId>) {
    let catalogue = catalogue();
    let app = app(db.open_with(options()).await, &catalogue);
    hire(&app, at).await;
    let client = add_client(&app, at, "ranok", "Кава «Ранок»", "uk").await;
    let mut found = Vec::new();
    for n in 0..projects {
        let project = open_smm(&app, &catalogue, at, &format!("smm-{n:04}"), &client).await;
        let start = ProjectCommand::StartTask { task: "communication".into() };
        done(app.project(&project, ask(at, Actor::Operator, start)).await.expect("stored"));
        found.push(project);
    }
    (app, found)
}

async fn spawn(app: &App, project: &ProjectId, count: usize) {
    let (app, project) = (app.clone(), project.clone());
    tokio::spawn(async move { toggle(&app, &project, count).await }).await.expect("the caller ends");
}

/// Pause, resume, pause …: each a fact, a changed card in the staff chat, a row on board and timeline.
pub async fn toggle(app: &App, project: &ProjectId, count: usize) {
    for n in 0..count {
        let task = "communication".into();
        let command =
            if n % 2 == 0 { ProjectCommand::PauseTask { task } } else { ProjectCommand::ResumeTask { task } };
        done(app.project(project, ask(monday(), person("olena"), command)).await.expect("stored"));
    }
}
