//! Read models built again from zero are the same bytes, and building them says nothing to anybody (Test 15).

use chrono::Days;
use engine::domain::Fact;
use engine::domain::project::{Project, ProjectCommand, ProjectEvent, Status};
use journeys::db;
use journeys::desk::{STAFF_CHAT, person};
use journeys::house::{GROUP, House, PETRO, SOFIIA};

use super::letters::mark;
use super::loose_money::{came, note};

const TASKS: [&str; 9] = [
    "communication",
    "accounts",
    "rubricator",
    "content_plan",
    "profile_design",
    "first_nine",
    "ads",
    "report",
    "payment",
];

/// Every table of every read model, as text.
async fn tables(house: &House) -> Vec<(String, String)> {
    let mut dumps = Vec::new();
    for projection in projections::all() {
        for table in projection.table_names() {
            dumps.push(((*table).to_owned(), house.app.store().dump(table).await.unwrap()));
        }
    }
    dumps
}

/// A whole project with everything that can happen on the way; the states it went through.
async fn live(house: &House) -> Vec<(i64, String)> {
    let mut states = Vec::new();
    for task in TASKS {
        house.work(task).await;
        if task == "content_plan" {
            house.press(PETRO, GROUP, "✅").await;
            house.press(SOFIIA, GROUP, "✏️").await;
            let question = house.sandbox.last_message(GROUP).unwrap();
            house.sandbox.send_text(SOFIIA, GROUP, "Більше фото", Some(question.id)).unwrap();
            house.settle().await;
            house.press(SOFIIA, GROUP, "Готово").await;
            house.work(task).await;
        }
        if house.status(task).await == Status::AwaitingApproval {
            house.press(SOFIIA, GROUP, "✅").await;
        }
        assert_eq!(house.status(task).await, Status::Completed, "{task}");
        let state = house.app.project_state(&house.project).await.unwrap().unwrap();
        states.push((state.version, format!("{state:?}")));
    }
    house.pass(3_600).await;
    states
}

#[tokio::test(flavor = "multi_thread")]
async fn read_models_built_again_are_the_same_bytes_and_nothing_is_sent() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        live(&house).await;
        house.sandbox.set_privacy(false);
        house.sandbox.send_text(SOFIIA, GROUP, "А що далі?", None).unwrap();
        house.settle().await;
        note(&house, "nadiia", came("500", None)).await;
        let (by, what) = (house.now().date_naive() + Days::new(3), house.content("Покажемо звіт").await);
        house.order(person("olena"), ProjectCommand::PromiseNextStep { task: None, by, what }).await;
        let before = tables(&house).await;
        assert!(before.iter().all(|(_, rows)| !rows.is_empty()), "{}: every table has rows", db.name);
        let outbox = house.app.store().dump("outbox").await.unwrap();
        let events = house.app.store().dump("events").await.unwrap();
        let at = mark(&house);
        assert_eq!(house.app.store().rebuild(None).await.unwrap(), Vec::new());
        house.settle().await;
        for ((table, old), (_, new)) in before.iter().zip(&tables(&house).await) {
            assert_eq!(old, new, "{}: {table}", db.name);
        }
        assert_eq!(house.app.store().dump("outbox").await.unwrap(), outbox, "{}", db.name);
        assert_eq!(house.app.store().dump("events").await.unwrap(), events, "{}", db.name);
        let calls = house.sandbox.journal(at).into_iter();
        let said: Vec<_> = calls
            .filter(|entry| entry.method.starts_with("send") || entry.method.starts_with("edit"))
            .collect();
        assert_eq!(said, [], "{}", db.name);
        assert!(house.app.store().verify().await.unwrap().is_well(), "{}", db.name);
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn read_models_that_were_built_again_follow_what_happens_next() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        house.work_until("rubricator").await;
        house.app.store().rebuild(Some("board")).await.unwrap();
        house.work("rubricator").await;
        assert_eq!(house.app.store().lags().await.unwrap(), Vec::new(), "{}", db.name);
        let live = tables(&house).await;
        house.app.store().rebuild(None).await.unwrap();
        assert_eq!(tables(&house).await, live, "{}", db.name);
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_state_at_any_moment_is_what_the_events_up_to_it_add_up_to() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let states = live(&house).await;
    let stored = house.app.store().stream(house.project.stream(), 0).await.unwrap();
    let facts: Vec<Fact<ProjectEvent>> = stored.iter().map(|event| event.fact().unwrap()).collect();
    for (version, state) in states {
        let until = facts.iter().take_while(|fact| fact.version <= version);
        let folded = until.fold(Project::default(), |project, fact| project.with(fact));
        assert_eq!(format!("{folded:?}"), state, "version {version}");
    }
    assert!(house.said(STAFF_CHAT).len() > TASKS.len());
    house.app.store().close().await;
}
