//! Verification finds whatever was changed behind the store's back.

use engine::store::verify::Check;
use journeys::db::{self, Db};
use sqlx::AssertSqlSafe;

use super::support::{Tally, button, count, counted, message, timer};
use engine::domain::Timestamp;
use engine::store::Store;

async fn filled(db: &Db) -> Store {
    let store = db.open_with(Tally::new().options()).await;
    for number in 1..=6 {
        let mut change = count(&format!("c{number}"), &format!("s{}", number % 2), None, number);
        change.appends[0].events.push(counted(number));
        change.appends[0].events[1].cause = engine::store::change::Cause::Event(0);
        change.messages = vec![message(number, "start")];
        change.messages[0].buttons = vec![button(&format!("t{number}"))];
        change.timers = vec![timer(&format!("k{number}"), Timestamp::UNIX_EPOCH)];
        store.write(change).await.expect("the database answers");
    }
    store
}

/// Does harm to a copy of the same history and answers what is found.
async fn checks_after(db: &Db, store: &Store, harm: &str, repair: &str) -> Vec<Check> {
    let mut raw = db.raw().await;
    sqlx::raw_sql(AssertSqlSafe(harm.to_owned())).execute(&mut raw).await.expect("the database answers");
    let report = store.verify().await.expect("the database answers");
    sqlx::raw_sql(AssertSqlSafe(repair.to_owned())).execute(&mut raw).await.expect("the database answers");
    report.findings.iter().map(|finding| finding.check).collect()
}

#[tokio::test]
async fn a_change_of_any_column_of_a_fact_is_found() {
    for db in db::both().await {
        let store = filled(&db).await;
        assert!(store.verify().await.unwrap().is_well());
        let texts =
            ["stream", "aggregate", "type", "command_id", "origin", "actor", "data", "prev_hash", "hash"];
        let numbers = ["position", "version", "schema_version", "command_seq", "cause", "at"];
        for column in texts {
            let harm = format!("UPDATE events SET {column} = {column} || ' ' WHERE position = 4");
            let repair = format!(
                "UPDATE events SET {column} = SUBSTR({column}, 1, LENGTH({column}) - 1) WHERE position = 4"
            );
            let found = checks_after(&db, &store, &harm, &repair).await;
            assert!(found.contains(&Check::Chain), "{}: {column}: {found:?}", db.name);
        }
        for column in numbers {
            let harm = format!("UPDATE events SET {column} = {column} + 1000 WHERE position = 12");
            let repair = format!("UPDATE events SET {column} = {column} - 1000 WHERE position IN (12, 1012)");
            let found = checks_after(&db, &store, &harm, &repair).await;
            assert!(found.contains(&Check::Chain), "{}: {column}: {found:?}", db.name);
        }
        assert!(store.verify().await.unwrap().is_well(), "{}: all harm was undone", db.name);
        store.close().await;
    }
}

#[tokio::test]
async fn gaps_and_false_ends_are_found() {
    for db in db::both().await {
        let store = filled(&db).await;
        let cases = [
            ("UPDATE head SET hash = hash || 'x'", "UPDATE head SET hash = SUBSTR(hash, 1, 64)", Check::Head),
            ("UPDATE head SET outbox = 3", "UPDATE head SET outbox = 6", Check::Head),
            (
                "UPDATE outbox SET position = 99 WHERE id = 2",
                "UPDATE outbox SET position = 3 WHERE id = 2",
                Check::Outbox,
            ),
            (
                "UPDATE buttons SET outbox_id = 99 WHERE outbox_id = 3",
                "UPDATE buttons SET outbox_id = 3 WHERE outbox_id = 99",
                Check::Outbox,
            ),
            (
                "UPDATE timers SET cause = 99 WHERE key = 'k1'",
                "UPDATE timers SET cause = 1 WHERE key = 'k1'",
                Check::Outbox,
            ),
            ("UPDATE tally SET sum = sum + 1", "UPDATE tally SET sum = sum - 1", Check::ReadModel),
            (
                "INSERT INTO tally (stream, facts, sum) VALUES ('x', 1, 1)",
                "DELETE FROM tally WHERE stream = 'x'",
                Check::ReadModel,
            ),
            ("DELETE FROM events WHERE position = 5", "SELECT 1", Check::Position),
            ("DELETE FROM events WHERE position = 5", "SELECT 1", Check::Version),
            ("DELETE FROM events WHERE position = 5", "SELECT 1", Check::Command),
            ("DELETE FROM events WHERE position = 12", "SELECT 1", Check::Head),
        ];
        for (harm, repair, check) in cases {
            let found = checks_after(&db, &store, harm, repair).await;
            assert!(found.contains(&check), "{}: {harm}: {found:?}", db.name);
        }
        store.close().await;
    }
}

#[tokio::test]
async fn verification_leaves_nothing_behind_and_goes_on_beside_writers() {
    for db in db::both().await {
        let store = filled(&db).await;
        let before = store.dump("tally").await.unwrap();
        let writing = async {
            for number in 0..50 {
                store.write(count(&format!("w{number}"), "w", None, 0)).await.unwrap();
            }
        };
        let checking = async {
            for _ in 0..3 {
                let report = store.verify().await.unwrap();
                assert!(report.is_well(), "{}: {report:?}", db.name);
            }
        };
        futures::join!(writing, checking);
        assert_eq!(store.dump("tally").await.unwrap().lines().count(), before.lines().count() + 1);
        store.close().await;
    }
}
