//! Read models: behind when they fail, never in the way of a fact, the same after a rebuild.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use engine::store::{Store, StoreError, StoreOptions};
use futures::future::join_all;
use journeys::db;
use journeys::house::House;

use super::support::{Tally, count, message, rows};

async fn write_many(store: &Store, from: i64, to: i64) {
    let change = |number: i64| count(&format!("n{number}"), &format!("s{}", number % 7), None, number);
    let answers = join_all((from..to).map(|number| store.write(change(number)))).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
}

fn failing() -> (Tally, Arc<AtomicBool>, Arc<AtomicBool>) {
    let tally = Tally::new();
    let (fails, panics) = (Arc::clone(&tally.fails), Arc::clone(&tally.panics));
    (tally, fails, panics)
}

#[tokio::test]
async fn a_read_model_that_fails_falls_behind_and_the_facts_stay() {
    for db in db::both().await {
        let (tally, fails, panics) = failing();
        let store = db.open_with(tally.options()).await;
        write_many(&store, 0, 10).await;
        assert_eq!(store.lags().await.unwrap(), [], "{}", db.name);

        fails.store(true, Ordering::SeqCst);
        write_many(&store, 10, 20).await;
        let lags = store.lags().await.unwrap();
        assert_eq!((lags[0].name.as_str(), lags[0].position), ("tally", 10), "{}", db.name);
        assert!(lags[0].error.as_ref().unwrap().contains("no_such_table"), "{lags:?}");
        assert_eq!(store.head().await.unwrap().position, 20);
        assert_eq!(rows(&mut db.raw().await, "SELECT CAST(SUM(facts) AS BIGINT) FROM tally").await, 10);

        fails.store(false, Ordering::SeqCst);
        panics.store(true, Ordering::SeqCst);
        assert_eq!(store.catch_up().await.unwrap()[0].error.as_deref(), Some("it panicked"));
        panics.store(false, Ordering::SeqCst);
        assert_eq!(store.catch_up().await.unwrap(), []);
        write_many(&store, 20, 30).await;
        assert_eq!(store.lags().await.unwrap(), []);
        assert_eq!(rows(&mut db.raw().await, "SELECT CAST(SUM(facts) AS BIGINT) FROM tally").await, 30);
        assert!(store.verify().await.unwrap().is_well());
        store.close().await;
    }
}

#[tokio::test]
async fn a_read_model_stops_at_the_very_fact_that_it_cannot_take() {
    for db in db::both().await {
        let (tally, fails, _) = failing();
        let store = db.open_with(tally.options()).await;
        fails.store(true, Ordering::SeqCst);
        write_many(&store, 0, 5).await;
        fails.store(false, Ordering::SeqCst);
        let mut odd = count("odd", "a", None, 1);
        odd.appends[0].events[0].data = r#"{"type":"counted"}"#.into();
        store.write(odd).await.unwrap();
        write_many(&store, 5, 10).await;
        let lags = store.catch_up().await.unwrap();
        assert_eq!(lags[0].position, 5, "{}: {lags:?}", db.name);
        assert_eq!(lags[0].error.as_deref(), Some("event 6: no number"));
        let report = store.verify().await.unwrap();
        assert_eq!(report.wrong, 1, "{report:?}");
        store.close().await;
    }
}

#[tokio::test]
async fn a_read_model_that_hides_an_error_never_costs_a_fact() {
    for db in db::both().await {
        let tally = Tally::new();
        let hides = Arc::clone(&tally.hides);
        let store = db.open_with(tally.options()).await;
        hides.store(true, Ordering::SeqCst);
        write_many(&store, 0, 10).await;
        assert_eq!(store.head().await.unwrap().position, 10, "{}", db.name);
        assert_eq!(store.events(0, 100).await.unwrap().len(), 10);
        hides.store(false, Ordering::SeqCst);
        assert_eq!(store.catch_up().await.unwrap(), []);
        assert_eq!(rows(&mut db.raw().await, "SELECT CAST(SUM(facts) AS BIGINT) FROM tally").await, 10);
        store.close().await;
    }
}

#[tokio::test]
async fn a_new_version_of_a_read_model_is_built_from_the_beginning() {
    for db in db::both().await {
        let store = db.open_with(Tally::new().options()).await;
        write_many(&store, 0, 50).await;
        let before = store.dump("tally").await.unwrap();
        store.close().await;
        let mut raw = db.raw().await;
        sqlx::query("UPDATE tally SET sum = 0").execute(&mut raw).await.unwrap();
        let store = db.open_with(Tally { version: 2, ..Tally::new() }.options()).await;
        assert_eq!(store.dump("tally").await.unwrap(), before, "{}", db.name);
        assert_eq!(store.lags().await.unwrap(), []);
        assert_eq!(rows(&mut raw, "SELECT version FROM checkpoints WHERE name = 'tally'").await, 2);
        store.close().await;
    }
}

#[tokio::test]
async fn an_older_program_leaves_a_newer_read_model_alone() {
    for db in db::both().await {
        let newer = db.open_with(Tally { version: 2, ..Tally::new() }.options()).await;
        let older = db.open_with(Tally::new().options()).await;
        write_many(&newer, 0, 5).await;
        write_many(&older, 5, 10).await;
        assert_eq!(older.catch_up().await.unwrap()[0].position, 5, "{}", db.name);
        assert_eq!(newer.catch_up().await.unwrap(), []);
        assert_eq!(rows(&mut db.raw().await, "SELECT CAST(SUM(facts) AS BIGINT) FROM tally").await, 10);
        older.close().await;
        newer.close().await;
    }
}

#[tokio::test]
async fn a_process_without_the_read_model_leaves_it_behind_and_not_wrong() {
    for db in db::both().await {
        let with = db.open_with(Tally::new().options()).await;
        let without = db.open().await;
        write_many(&with, 0, 5).await;
        write_many(&without, 5, 10).await;
        write_many(&with, 10, 15).await;
        assert_eq!(with.lags().await.unwrap()[0].position, 5, "{}", db.name);
        assert_eq!(with.catch_up().await.unwrap(), []);
        write_many(&with, 15, 20).await;
        assert_eq!(rows(&mut db.raw().await, "SELECT CAST(SUM(facts) AS BIGINT) FROM tally").await, 20);
        with.close().await;
        without.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_rebuild_beside_writers_in_two_processes_ends_identical() {
    for db in db::both().await {
        let stores = [db.open_with(Tally::new().options()).await, db.open_with(Tally::new().options()).await];
        write_many(&stores[0], 0, 300).await;
        let writing = stores.clone().map(|store| {
            tokio::spawn(async move {
                for number in 0..100 {
                    let mut change = count(&uuid::Uuid::new_v4().to_string(), "b", None, number);
                    change.messages = vec![message(1, "start")];
                    store.write(change).await.unwrap();
                }
            })
        });
        for store in stores.iter().cycle().take(4) {
            store.rebuild(Some("tally")).await.unwrap();
        }
        join_all(writing).await.into_iter().for_each(|done| done.unwrap());
        assert_eq!(stores[0].catch_up().await.unwrap(), [], "{}", db.name);
        let live = stores[0].dump("tally").await.unwrap();
        assert_eq!(stores[1].rebuild(None).await.unwrap(), []);
        assert_eq!(stores[1].dump("tally").await.unwrap(), live);
        let report = stores[0].verify().await.unwrap();
        assert!(report.is_well() && report.events == 500, "{}: {report:?}", db.name);
        assert_eq!(
            rows(&mut db.raw().await, "SELECT COUNT(*) FROM outbox").await,
            200,
            "a rebuild sends nothing"
        );
        for store in stores {
            store.close().await;
        }
    }
}

#[tokio::test]
async fn a_read_model_that_another_process_has_emptied_is_not_written_to() {
    for db in db::both().await {
        let (tally, fails, _) = failing();
        let (rebuilding, busy) =
            (db.open_with(tally.options()).await, db.open_with(Tally::new().options()).await);
        write_many(&busy, 0, 10).await;
        fails.store(true, Ordering::SeqCst);
        assert_eq!(rebuilding.rebuild(None).await.unwrap()[0].position, 0, "{}", db.name);
        write_many(&busy, 10, 12).await;
        assert_eq!(busy.dump("tally").await.unwrap(), "", "{}", db.name);
        fails.store(false, Ordering::SeqCst);
        assert_eq!(rebuilding.catch_up().await.unwrap(), []);
        write_many(&busy, 12, 14).await;
        assert!(busy.verify().await.unwrap().is_well(), "{}", db.name);
        assert_eq!(rows(&mut db.raw().await, "SELECT CAST(SUM(facts) AS BIGINT) FROM tally").await, 14);
        rebuilding.close().await;
        busy.close().await;
    }
}

#[tokio::test]
async fn a_rebuild_of_something_unknown_is_refused() {
    let store = db::sqlite().open_with(StoreOptions::default()).await;
    assert!(matches!(store.rebuild(Some("board")).await, Err(StoreError::Broken { .. })));
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_read_again_after_each_change_is_what_a_whole_reading_says() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        let recent = projections::board::Recent::default();
        let whole = async || {
            let projects = projections::board::projects(house.app.store()).await.expect("read");
            serde_json::to_value(projects).expect("JSON")
        };
        let known = async || {
            let projects = recent.projects(house.app.store()).await.expect("read");
            serde_json::to_value(projects.iter().map(AsRef::as_ref).collect::<Vec<_>>()).expect("JSON")
        };
        let first = known().await;
        assert_eq!(first, whole().await, "{}", db.name);
        for task in ["communication", "accounts", "rubricator", "content_plan"] {
            house.work(task).await;
            assert_eq!(known().await, whole().await, "{}: after {task}", db.name);
        }
        assert_ne!(known().await, first, "something happened");
        house.app.store().close().await;
    }
}
