//! Changes: whole or not at all, in one order, once.

use std::collections::BTreeSet;
use std::sync::Arc;

use engine::domain::{ContentId, PersonId};
use engine::store::change::{Cause, Change, Content, Profile, TimerWrite, Written};
use engine::store::{Store, StoreError};
use futures::future::{BoxFuture, join_all};
use journeys::db;
use sqlx::{AnyConnection, Row};

use super::support::{Tally, at, button, count, counted, message, rows, stream, timer};

fn profile(person: &str, telegram_user: i64) -> Profile {
    Profile {
        person: PersonId::from(person),
        name: "Олена Ковальчук".into(),
        telegram_user: Some(telegram_user),
        username: None,
        language: Some("uk".into()),
    }
}

fn content(id: &str) -> Content {
    Content {
        content: ContentId::from(id),
        person: Some(PersonId::from("olena")),
        kind: "text".into(),
        text: "Змініть заголовок".into(),
        file_id: None,
        file_name: None,
        mime: None,
        size: Some(17),
        sha256: "00".into(),
        created: at(0),
    }
}

#[tokio::test]
async fn a_change_is_stored_with_all_that_goes_with_it() {
    for db in db::both().await {
        let (store, mut raw) = (db.open().await, db.raw().await);
        sqlx::query("INSERT INTO inbox (update_id, received_at, body, state, attempts) VALUES (7, 1, '{}', 'received', 0)")
            .execute(&mut raw)
            .await
            .unwrap();
        let mut change = count("tg:7", "a", Some(0), 5);
        change.appends[0].events.push(counted(6));
        change.appends[0].events[1].cause = Cause::Event(0);
        change.messages = vec![message(-100, "start")];
        change.messages[0].cause = Cause::Event(1);
        change.messages[0].buttons = vec![button("hash-1"), button("hash-2")];
        change.timers = vec![timer("smm/ads/remind", at(60)), TimerWrite::Cancel { key: "not there".into() }];
        change.contents = vec![content("c1")];
        change.profiles = vec![profile("olena", 42)];
        change.settles_update = Some(7);
        assert_eq!(store.write(change).await.unwrap(), Written::Done { first: 1, count: 2 }, "{}", db.name);

        let facts = store.stream(stream("a"), 0).await.unwrap();
        assert_eq!(
            facts.iter().map(|fact| (fact.version, fact.cause)).collect::<Vec<_>>(),
            [(1, None), (2, Some(1))]
        );
        assert_eq!(facts[1].prev_hash, facts[0].hash);
        assert_eq!(store.head().await.unwrap().hash, facts[1].hash);
        let row = sqlx::query("SELECT id, dedupe, position, state, payload FROM outbox")
            .fetch_one(&mut raw)
            .await
            .unwrap();
        assert_eq!(row.get::<i64, _>(0), 1);
        assert_eq!(row.get::<&str, _>(1), "2:-100:start");
        assert_eq!((row.get::<i64, _>(2), row.get::<&str, _>(3)), (2, "ready"));
        assert!(row.get::<&str, _>(4).contains("Розпочали"));
        assert_eq!(
            rows(&mut raw, "SELECT COUNT(*) FROM buttons WHERE outbox_id = 1 AND chat = -100").await,
            2
        );
        assert_eq!(
            rows(&mut raw, "SELECT COUNT(*) FROM timers WHERE state = 'pending' AND cause = 1").await,
            1
        );
        assert_eq!(
            rows(&mut raw, "SELECT COUNT(*) FROM inbox WHERE state = 'done' AND handled_at IS NOT NULL")
                .await,
            1
        );
        assert_eq!(store.content(&ContentId::from("c1")).await.unwrap(), Some(content("c1")));
        assert_eq!(store.profile_by_telegram(42).await.unwrap(), Some(profile("olena", 42)));
        assert!(store.verify().await.unwrap().is_well());
        store.close().await;
    }
}

#[tokio::test]
async fn what_was_written_reads_back_the_same() {
    for db in db::both().await {
        let store = db.open().await;
        let change = count("web:1", "a", None, 5);
        store.write(change.clone()).await.unwrap();
        let event = &change.appends[0].events[0];
        let stored = store.command("web:1").await.unwrap().remove(0);
        assert_eq!((&stored.by, stored.at, &stored.data), (&event.by, event.at, &event.data), "{}", db.name);
        assert_eq!(
            (stored.origin, stored.aggregate.as_str(), stored.kind.as_str()),
            (event.origin, "project", "counted")
        );
        let json = serde_json::to_value(&stored).unwrap();
        assert_eq!(json["data"]["note"], "Готово ✅");
        assert_eq!(json["type"], "counted");
        assert_eq!(store.events(0, 10).await.unwrap(), [stored]);
        store.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_processes_with_eight_writers_leave_no_gap() {
    for db in db::both().await {
        let stores = [db.open_with(Tally::new().options()).await, db.open_with(Tally::new().options()).await];
        let writer = |number: i64| {
            let store = stores[usize::from(number % 2 == 1)].clone();
            async move {
                for turn in 0..40 {
                    let name = format!("s{}", (number + turn) % 5);
                    let mut change = count(&format!("{number}:{turn}"), &name, None, 1);
                    change.messages = vec![message(number, "start")];
                    assert!(matches!(store.write(change).await, Ok(Written::Done { count: 1, .. })));
                }
            }
        };
        join_all((0..8).map(|number| tokio::spawn(writer(number))))
            .await
            .into_iter()
            .for_each(|done| done.unwrap());
        let events = stores[0].events(0, 1_000).await.unwrap();
        assert!(events.iter().map(|event| event.position).eq(1..=320), "{}", db.name);
        let report = stores[1].verify().await.unwrap();
        assert!(report.is_well(), "{}: {report:?}", db.name);
        let mut raw = db.raw().await;
        assert_eq!(rows(&mut raw, "SELECT COUNT(*) FROM outbox").await, 320);
        assert_eq!(rows(&mut raw, "SELECT MAX(id) FROM outbox").await, 320);
        assert_eq!(rows(&mut raw, "SELECT CAST(SUM(facts) AS BIGINT) FROM tally").await, 320);
        for store in stores {
            store.close().await;
        }
    }
}

#[tokio::test]
async fn a_conflict_fails_only_its_own_change() {
    for db in db::both().await {
        let store = db.open().await;
        let changes = [
            count("1", "a", Some(0), 1),
            count("2", "a", Some(0), 2),
            count("3", "b", Some(0), 3),
            count("4", "a", Some(1), 4),
        ];
        let answers = join_all(changes.map(|change| store.write(change))).await;
        let answers: Vec<_> = answers.into_iter().map(|answer| answer.unwrap()).collect();
        let done = |first| Written::Done { first, count: 1 };
        assert_eq!(answers, [done(1), Written::Conflict, done(2), done(3)], "{}", db.name);
        store.close().await;
    }
}

#[tokio::test]
async fn a_version_that_the_decision_relied_on_must_still_hold() {
    for db in db::both().await {
        let store = db.open().await;
        store.write(count("1", "client", None, 1)).await.unwrap();
        let mut stale = count("2", "project", Some(0), 1);
        stale.relies_on = vec![(stream("client"), 0)];
        assert_eq!(store.write(stale.clone()).await.unwrap(), Written::Conflict, "{}", db.name);
        stale.relies_on = vec![(stream("client"), 1)];
        assert_eq!(store.write(stale).await.unwrap(), Written::Done { first: 2, count: 1 });
        store.close().await;
    }
}

#[tokio::test]
async fn a_conflict_is_seen_when_another_process_wrote() {
    for db in db::both().await {
        let (one, other) = (db.open().await, db.open().await);
        one.write(count("1", "a", Some(0), 1)).await.unwrap();
        other.write(count("2", "a", Some(1), 1)).await.unwrap();
        assert_eq!(one.write(count("3", "a", Some(1), 1)).await.unwrap(), Written::Conflict, "{}", db.name);
        assert_eq!(
            one.write(count("4", "a", Some(2), 1)).await.unwrap(),
            Written::Done { first: 3, count: 1 }
        );
        // What the other process does not know yet is not a conflict either.
        assert_eq!(
            other.write(count("5", "a", Some(3), 1)).await.unwrap(),
            Written::Done { first: 4, count: 1 }
        );
        one.close().await;
        other.close().await;
    }
}

#[tokio::test]
async fn a_command_asked_again_gets_its_first_answer() {
    for db in db::both().await {
        let (store, other) = (db.open().await, db.open().await);
        store.write(count("tg:1", "a", Some(0), 1)).await.unwrap();
        store.write(count("tg:2", "a", Some(1), 2)).await.unwrap();
        let again = Written::Repeated { first: 1, count: 1 };
        assert_eq!(
            store.write(count("tg:1", "a", Some(0), 1)).await.unwrap(),
            again,
            "{}: as it was",
            db.name
        );
        assert_eq!(
            store.write(count("tg:1", "a", Some(2), 1)).await.unwrap(),
            again,
            "{}: decided again",
            db.name
        );
        assert_eq!(store.write(count("tg:1", "a", None, 1)).await.unwrap(), again, "{}: anyhow", db.name);
        assert_eq!(
            other.write(count("tg:1", "b", Some(0), 1)).await.unwrap(),
            again,
            "{}: elsewhere",
            db.name
        );
        assert_eq!(store.head().await.unwrap().position, 2);
        store.close().await;
        other.close().await;
    }
}

#[tokio::test]
async fn what_a_command_asked_is_kept_beside_its_first_fact_and_outside_the_chain() {
    for db in db::both().await {
        let (store, mut raw) = (db.open().await, db.raw().await);
        let mut change = count("tg:1", "a", None, 1);
        change.appends[0].events.push(counted(2));
        change.fingerprint = Some("f1".into());
        store.write(change).await.unwrap();
        store.write(count("tg:2", "a", None, 3)).await.unwrap();
        assert_eq!(store.fingerprint("tg:1").await.unwrap().as_deref(), Some("f1"), "{}", db.name);
        assert_eq!(store.fingerprint("tg:2").await.unwrap(), None);
        assert_eq!(store.fingerprint("tg:3").await.unwrap(), None);
        assert_eq!(rows(&mut raw, "SELECT COUNT(*) FROM events WHERE fingerprint IS NOT NULL").await, 1);
        sqlx::query("UPDATE events SET fingerprint = NULL").execute(&mut raw).await.unwrap();
        assert!(store.verify().await.unwrap().is_well());
        store.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_command_asked_by_sixteen_at_once_is_done_once() {
    for db in db::both().await {
        let stores = [db.open().await, db.open().await];
        let asked = (0..16).map(|number| {
            let (store, expected) = (stores[number % 2].clone(), (number % 3 == 0).then_some(0));
            tokio::spawn(async move { store.write(count("tg:1", "a", expected, 1)).await.unwrap() })
        });
        let answers: Vec<_> = join_all(asked).await.into_iter().map(|answer| answer.unwrap()).collect();
        let done =
            answers.iter().filter(|answer| matches!(answer, Written::Done { first: 1, count: 1 })).count();
        let repeated = answers
            .iter()
            .filter(|answer| matches!(answer, Written::Repeated { first: 1, count: 1 }))
            .count();
        assert_eq!((done, repeated), (1, 15), "{}: {answers:?}", db.name);
        assert_eq!(stores[0].head().await.unwrap().position, 1);
        for store in stores {
            store.close().await;
        }
    }
}

#[tokio::test]
async fn a_change_at_fault_fails_alone_in_its_batch() {
    for db in db::both().await {
        let store = db.open_with(Tally::new().options()).await;
        store.write(count("0", "z", None, 1)).await.unwrap();
        let mut changes: Vec<_> =
            (1..=6).map(|number| count(&format!("c{number}"), "a", None, number)).collect();
        changes[0].profiles = vec![profile("olena", 42)];
        changes[2].profiles = vec![profile("maksym", 42)];
        changes[3].appends[0].events[0].cause = Cause::Event(5);
        changes[4].command_id = "0".into();
        let answers = join_all(changes.into_iter().map(|change| store.write(change))).await;
        let done = |first| Written::Done { first, count: 1 };
        assert_eq!(answers[0].as_ref().unwrap(), &done(2), "{}", db.name);
        assert_eq!(answers[1].as_ref().unwrap(), &done(3));
        assert!(matches!(answers[2], Err(StoreError::Duplicate { .. })), "{:?}", answers[2]);
        assert!(matches!(answers[3], Err(StoreError::Broken { .. })), "{:?}", answers[3]);
        assert_eq!(answers[4].as_ref().unwrap(), &Written::Repeated { first: 1, count: 1 });
        assert_eq!(answers[5].as_ref().unwrap(), &done(4));
        let report = store.verify().await.unwrap();
        assert!(report.is_well() && report.events == 4, "{report:?}");
        assert!(store.profile(&PersonId::from("maksym")).await.unwrap().is_none());
        store.close().await;
    }
}

#[tokio::test]
async fn a_message_that_exists_is_not_stored_twice() {
    for db in db::both().await {
        let (store, mut raw) = (db.open().await, db.raw().await);
        let notice = |command: &str, number| {
            let mut change = count(command, "a", None, number);
            change.messages = vec![message(1, "outage"), message(2, "outage"), message(2, "outage")];
            for message in &mut change.messages {
                (message.cause, message.dedupe) = (Cause::None, format!("outage:5:{}", message.chat));
                message.buttons = vec![button(&format!("{command}:{}", message.chat))];
            }
            change.messages.truncate(usize::try_from(number).unwrap());
            change
        };
        store.write(notice("1", 1)).await.unwrap();
        assert_eq!(
            store.write(notice("2", 3)).await.unwrap(),
            Written::Done { first: 2, count: 1 },
            "{}",
            db.name
        );
        assert_eq!(rows(&mut raw, "SELECT COUNT(*) FROM outbox").await, 2);
        assert_eq!(rows(&mut raw, "SELECT COUNT(*) FROM buttons").await, 2);
        assert!(store.verify().await.unwrap().is_well());
        store.close().await;
    }
}

#[tokio::test]
async fn a_chat_with_a_new_id_takes_its_messages_and_buttons_along() {
    for db in db::both().await {
        let (store, mut raw) = (db.open().await, db.raw().await);
        let mut change = count("1", "a", None, 1);
        change.messages = ["one", "two", "three"].map(|kind| message(-5, kind)).to_vec();
        change.messages[1].buttons = vec![button("t")];
        store.write(change).await.unwrap();
        sqlx::query("UPDATE outbox SET state = 'sent' WHERE kind = 'one'").execute(&mut raw).await.unwrap();
        sqlx::query("UPDATE outbox SET state = 'parked' WHERE kind = 'two'").execute(&mut raw).await.unwrap();
        let moves = Change { moves_chat: Some((-5, -1005)), ..count("2", "a", None, 2) };
        store.write(moves).await.unwrap();
        let chats = "SELECT COUNT(*) FROM outbox WHERE chat = -1005 AND state = 'ready'";
        assert_eq!(rows(&mut raw, chats).await, 2, "{}", db.name);
        assert_eq!(rows(&mut raw, "SELECT COUNT(*) FROM outbox WHERE chat = -5 AND state = 'sent'").await, 1);
        assert_eq!(rows(&mut raw, "SELECT COUNT(*) FROM buttons WHERE chat = -1005").await, 1);
        assert_eq!(
            rows(&mut raw, "SELECT migrated_to FROM chats WHERE chat = -5 AND state = 'migrated'").await,
            -1005
        );
        store.close().await;
    }
}

/// Notes a name beside a change, and then maybe fails.
fn remember(
    name: &'static str,
    fails: bool,
) -> impl for<'c> Fn(&'c mut AnyConnection) -> BoxFuture<'c, Result<(), StoreError>> + Send + Sync {
    move |db| {
        Box::pin(async move {
            let sql = "INSERT INTO notes (name, value, changed_at) VALUES ($1, '', 0)";
            sqlx::query(sql).bind(name).execute(db).await?;
            if fails { Err(StoreError::Broken { what: "no".into() }) } else { Ok(()) }
        })
    }
}

#[tokio::test]
async fn rows_beside_a_change_share_its_fate() {
    for db in db::both().await {
        let (store, mut raw) = (db.open().await, db.raw().await);
        let answers = futures::join!(
            store.write_with(count("1", "a", None, 1), remember("kept", false)),
            store.write_with(count("2", "a", None, 2), remember("lost", true)),
            store.write_with(count("3", "a", Some(9), 3), remember("conflict", false)),
        );
        assert_eq!(answers.0.unwrap(), Written::Done { first: 1, count: 1 }, "{}", db.name);
        assert!(answers.1.is_err());
        assert_eq!(answers.2.unwrap(), Written::Conflict);
        assert_eq!(rows(&mut raw, "SELECT COUNT(*) FROM notes WHERE name = 'kept'").await, 1);
        assert_eq!(rows(&mut raw, "SELECT COUNT(*) FROM notes").await, 1);
        assert_eq!(store.head().await.unwrap().position, 1);
        store.close().await;
    }
}

#[tokio::test]
async fn a_transaction_that_fails_or_panics_leaves_nothing_and_hurts_nobody() {
    for db in db::both().await {
        let (store, mut raw) = (db.open().await, db.raw().await);
        let note = |name: &'static str| {
            let store = store.clone();
            async move {
                store
                    .transaction(move |db| {
                        Box::pin(async move {
                            let sql = "INSERT INTO notes (name, value, changed_at) VALUES ($1, '', 0)";
                            sqlx::query(sql).bind(name).execute(db).await?;
                            assert!(name != "panic", "asked to");
                            if name == "error" { Err(StoreError::Locked) } else { Ok(name) }
                        })
                    })
                    .await
            }
        };
        let answers = futures::join!(note("one"), note("error"), note("panic"), note("two"));
        assert_eq!((answers.0.unwrap(), answers.3.unwrap()), ("one", "two"), "{}", db.name);
        assert!(matches!(answers.1, Err(StoreError::Locked)));
        assert!(matches!(answers.2, Err(StoreError::Broken { .. })));
        assert_eq!(rows(&mut raw, "SELECT COUNT(*) FROM notes").await, 2);
        assert!(store.write(count("1", "a", None, 1)).await.is_ok());
        store.close().await;
    }
}

/// Does something, then something impossible, and says that all is well.
fn hide(db: &mut AnyConnection) -> BoxFuture<'_, Result<(), StoreError>> {
    Box::pin(async move {
        let note = "INSERT INTO notes (name, value, changed_at) VALUES ('hidden', '', 0)";
        sqlx::query(note).execute(&mut *db).await?;
        drop(sqlx::query("INSERT INTO no_such_table (x) VALUES (1)").execute(db).await);
        Ok(())
    })
}

#[tokio::test]
async fn whoever_hides_an_error_is_not_told_that_it_is_stored_when_it_is_not() {
    for db in db::both().await {
        let (store, mut raw) = (db.open().await, db.raw().await);
        let beside = store.write_with(count("1", "a", None, 1), hide).await;
        let facts = store.events(0, 10).await.unwrap().len();
        assert_eq!(facts == 1, beside.is_ok(), "{}: {beside:?}", db.name);
        sqlx::query("DELETE FROM notes").execute(&mut raw).await.unwrap();
        let answers = futures::join!(
            store.transaction(|db| Box::pin(async move {
                let note = "INSERT INTO notes (name, value, changed_at) VALUES ('honest', '', 0)";
                sqlx::query(note).execute(db).await?;
                Ok(())
            })),
            store.transaction(hide),
        );
        assert!(answers.0.is_ok(), "{}", db.name);
        assert_eq!(
            rows(&mut raw, "SELECT COUNT(*) FROM notes WHERE name = 'honest'").await,
            1,
            "{}",
            db.name
        );
        let hidden = rows(&mut raw, "SELECT COUNT(*) FROM notes WHERE name = 'hidden'").await == 1;
        assert_eq!(hidden, answers.1.is_ok(), "{}", db.name);
        store.close().await;
    }
}

#[tokio::test]
async fn a_change_without_facts_settles_what_it_names() {
    for db in db::both().await {
        let (store, mut raw) = (db.open().await, db.raw().await);
        sqlx::query("INSERT INTO inbox (update_id, received_at, body, state, attempts) VALUES (8, 1, '{}', 'received', 0)")
            .execute(&mut raw)
            .await
            .unwrap();
        let mut settle =
            Change { command_id: "tg:8".into(), settles_update: Some(8), at: at(1), ..Change::default() };
        settle.timers = vec![TimerWrite::Cancel { key: "k".into() }];
        assert_eq!(store.write(settle).await.unwrap(), Written::Done { first: 1, count: 0 }, "{}", db.name);
        assert_eq!(rows(&mut raw, "SELECT COUNT(*) FROM inbox WHERE state = 'done'").await, 1);
        assert_eq!(store.head().await.unwrap().position, 0);
        store.close().await;
    }
}

#[tokio::test]
async fn whoever_watches_is_told_of_each_commit() {
    for db in db::both().await {
        let store = db.open().await;
        let mut watch = store.watch();
        store.write(count("1", "a", None, 1)).await.unwrap();
        watch.changed().await.unwrap();
        assert_eq!(*watch.borrow_and_update(), 1, "{}", db.name);
        store.close().await;
        assert!(matches!(store.write(count("2", "a", None, 1)).await, Err(StoreError::Unavailable { .. })));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_is_dropped_in_mid_work_leaves_only_whole_changes() {
    for db in db::both().await {
        let store = db.open_with(Tally::new().options()).await;
        let writers: Vec<_> = (0..20).map(|number| tokio::spawn(write_on(store.clone(), number))).collect();
        let mut watch = store.watch();
        watch.wait_for(|position| *position >= 30).await.unwrap();
        drop(store);
        writers.iter().for_each(tokio::task::JoinHandle::abort);
        let mut answered = BTreeSet::new();
        for writer in writers {
            // An aborted writer has no answer, which is the point.
            let _ = writer.await;
        }
        let store = db.open_with(Tally::new().options()).await;
        let events = store.events(0, 10_000).await.unwrap();
        for pair in events.chunks(2) {
            assert_eq!((pair[0].command_seq, pair[1].command_seq), (0, 1), "{}", db.name);
            assert!(answered.insert(pair[0].command_id.clone()));
        }
        let report = store.verify().await.unwrap();
        assert!(report.is_well(), "{}: {report:?}", db.name);
        store.close().await;
    }
}

async fn write_on(store: Store, number: usize) {
    let store = Arc::new(store);
    for turn in 0..1_000 {
        let mut change = count(&format!("{number}:{turn}"), &format!("s{number}"), None, 1);
        change.appends[0].events.push(counted(2));
        change.messages = vec![message(1, "start")];
        if store.write(change).await.is_err() {
            return;
        }
    }
}
