//! Several processes on one database: one of them acts, another takes over, on SQLite and on PostgreSQL.

use std::time::Duration;

use bot::run::Mode;
use engine::domain::project::Status;
use engine::store::leases;
use journeys::db;
use tokio::sync::watch;

use crate::house::{GROUP, House, SOFIIA};

#[tokio::test(flavor = "multi_thread")]
async fn only_one_node_acts_and_another_takes_over_when_it_stands_down() {
    for db in db::both().await {
        let house = House::on(db, false).await;
        let other = house.another();
        assert_eq!(other.ingest_once().await.unwrap(), bot::poll::Polled::StandingBy, "{}", house.db.name);
        assert_eq!(other.deliver_tick(house.now()).await.unwrap().claimed, 0);
        house.bot.stand_down().await.unwrap();
        house.telegram.send_text(SOFIIA, GROUP, "/hello", None).unwrap();
        assert!(matches!(other.ingest_once().await.unwrap(), bot::poll::Polled::Stored(1)));
        assert_eq!(other.handle_all().await.unwrap(), 1);
        assert_eq!(house.bot.ingest_once().await.unwrap(), bot::poll::Polled::StandingBy);
        house.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_lease_claims_nothing() {
    for db in db::both().await {
        let house = House::on(db, false).await;
        let store = house.app.store();
        house.bot.stand_down().await.unwrap();
        let first = leases::acquire(store, "bot", "first", house.now()).await.unwrap().expect("free");
        assert!(leases::acquire(store, "bot", "second", house.now()).await.unwrap().is_none());
        assert!(leases::renew(store, &first).await.unwrap());
        leases::release(store, first.clone()).await.unwrap();
        let second = leases::acquire(store, "bot", "second", house.now()).await.unwrap();
        if house.db.name == "PostgreSQL" {
            assert!(second.expect("free again").epoch > first.epoch);
            assert!(!leases::renew(store, &first).await.unwrap());
            let claimed = engine::store::outbox::claim(store, &first, vec![1], house.now()).await.unwrap();
            assert!(claimed.is_none(), "an old epoch claims nothing");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_loops_run_a_decision_through_and_end_when_told() {
    for db in db::both().await {
        let house = House::on(db, false).await;
        house.hand_over("content_plan").await;
        let (stop, stopped) = watch::channel(false);
        let bot = house.bot.clone();
        let running = tokio::spawn(async move { bot.run(Mode::Polling, stopped).await });
        let asked = house.with_button(GROUP, "Затвердити");
        house.telegram.press(SOFIIA, GROUP, asked.id, "Затвердити").unwrap();
        let said = tokio::time::timeout(Duration::from_secs(10), async {
            while house.ours(GROUP).iter().all(|message| !message.text.contains("Софія Гнатюк")) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        });
        said.await.expect("the message says who approved");
        assert_eq!(house.status("content_plan").await.0, Status::Completed, "{}", house.db.name);
        stop.send(true).unwrap();
        tokio::time::timeout(Duration::from_secs(5), running).await.expect("it ends").unwrap();
    }
}
