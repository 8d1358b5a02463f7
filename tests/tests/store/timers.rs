//! Timers: due in order, settled with the change, dead after three failures.

use engine::domain::effect::TimerCommand;
use engine::store::change::TimerWrite;
use journeys::db;

use super::support::{at, count, rows, timer};

#[tokio::test]
async fn timers_are_due_in_the_order_of_their_dates() {
    for db in db::both().await {
        let store = db.open().await;
        let mut change = count("1", "a", None, 1);
        change.timers = vec![
            timer("late", at(30)),
            timer("early", at(10)),
            timer("middle", at(20)),
            timer("moved", at(5)),
        ];
        store.write(change).await.unwrap();
        let mut moved = count("2", "a", None, 2);
        moved.timers = vec![timer("moved", at(40)), TimerWrite::Cancel { key: "middle".into() }];
        store.write(moved).await.unwrap();
        assert_eq!(store.next_timer_due().await.unwrap(), Some(at(10)), "{}", db.name);
        assert!(store.due_timers(at(9), 10).await.unwrap().is_empty());
        let due = store.due_timers(at(35), 10).await.unwrap();
        assert_eq!(due.iter().map(|timer| timer.key.as_str()).collect::<Vec<_>>(), ["early", "late"]);
        assert_eq!((due[0].due, due[0].cause, due[0].attempts), (at(10), Some(1), 0));
        let TimerCommand::Project { project, .. } = due[0].command().unwrap() else { panic!("of a project") };
        assert_eq!(project.as_str(), "smm-k7q2");
        assert_eq!(store.due_timers(at(35), 1).await.unwrap().len(), 1);
        store.close().await;
    }
}

#[tokio::test]
async fn a_timer_fires_in_the_transaction_of_its_change() {
    for db in db::both().await {
        let (store, mut raw) = (db.open().await, db.raw().await);
        let mut set = count("1", "a", None, 1);
        set.timers = vec![timer("once", at(1)), timer("each", at(1))];
        store.write(set).await.unwrap();
        let mut conflict = count("2", "a", Some(7), 2);
        conflict.settles_timer = Some("once".into());
        store.write(conflict).await.unwrap();
        assert_eq!(
            store.due_timers(at(2), 10).await.unwrap().len(),
            2,
            "{}: a conflict settles nothing",
            db.name
        );
        let mut once = count("3", "a", None, 2);
        once.settles_timer = Some("once".into());
        let mut each = count("4", "a", None, 3);
        (each.settles_timer, each.timers) = (Some("each".into()), vec![timer("each", at(9))]);
        let (once, each) = futures::join!(store.write(once), store.write(each));
        once.and(each).unwrap();
        assert!(store.due_timers(at(8), 10).await.unwrap().is_empty());
        assert_eq!(store.next_timer_due().await.unwrap(), Some(at(9)));
        assert_eq!(
            rows(&mut raw, "SELECT COUNT(*) FROM timers WHERE key = 'once' AND state = 'fired'").await,
            1
        );
        store.close().await;
    }
}

#[tokio::test]
async fn a_timer_that_is_set_and_settled_in_one_batch_has_fired() {
    for db in db::both().await {
        let (store, mut raw) = (db.open().await, db.raw().await);
        let mut set = count("1", "a", None, 1);
        set.timers = vec![timer("k", at(1)), timer("gone", at(1))];
        let mut settle = count("2", "a", None, 2);
        (settle.settles_timer, settle.timers) =
            (Some("k".into()), vec![TimerWrite::Cancel { key: "gone".into() }]);
        let (set, settle) = futures::join!(store.write(set), store.write(settle));
        set.and(settle).unwrap();
        assert_eq!(
            rows(&mut raw, "SELECT COUNT(*) FROM timers WHERE state = 'fired'").await,
            1,
            "{}",
            db.name
        );
        assert_eq!(rows(&mut raw, "SELECT COUNT(*) FROM timers").await, 1);
        store.close().await;
    }
}

#[tokio::test]
async fn a_timer_that_fails_three_times_is_dead() {
    for db in db::both().await {
        let store = db.open().await;
        let mut set = count("1", "a", None, 1);
        set.timers = vec![timer("k", at(1))];
        store.write(set).await.unwrap();
        assert!(!store.fail_timer("k", "немає мережі", at(5)).await.unwrap(), "{}", db.name);
        assert!(store.due_timers(at(4), 10).await.unwrap().is_empty());
        assert_eq!(store.due_timers(at(5), 10).await.unwrap()[0].attempts, 1);
        assert!(!store.fail_timer("k", "x", at(6)).await.unwrap());
        assert!(store.fail_timer("k", "x", at(7)).await.unwrap());
        assert_eq!(store.next_timer_due().await.unwrap(), None);
        assert!(!store.fail_timer("k", "x", at(8)).await.unwrap(), "{}: it is dead already", db.name);
        store.close().await;
    }
}
