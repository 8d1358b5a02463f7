//! Updates on their way in: stored first, handled once, put aside when they cannot be read (G7, TG-00, TG-11).

use engine::domain::client::ClientCommand;
use sandbox::{Fault, FaultKind};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::house::{GROUP, House, PETRO, SOFIIA, STAFF_CHAT};

#[tokio::test(flavor = "multi_thread")]
async fn updates_are_stored_before_they_are_confirmed() {
    let house = House::new().await;
    house.telegram.send_text(SOFIIA, GROUP, "/hello", None).unwrap();
    house.bot.ingest_once().await.unwrap();
    assert_eq!(house.inbox("received").await, 1);
    assert_eq!(house.telegram.pending_updates(), 1, "not confirmed before the next poll");
    house.bot.ingest_once().await.unwrap();
    assert_eq!(house.telegram.pending_updates(), 0);
    house.settle().await;
    assert_eq!(house.inbox("received").await, 0);
    assert_eq!(house.events("client_wrote").await.len(), 1, "an unknown command is a message");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_cannot_be_read_is_put_aside_and_later_ones_go_on() {
    let house = House::new().await;
    house.telegram.inject_raw(r#"{"message":{"text":"no chat at all"}}"#);
    house.telegram.inject_raw(r#"{"future_kind":{"anything":[1,2,3]}}"#);
    house.telegram.send_text(SOFIIA, GROUP, "/after", None).unwrap();
    house.settle().await;
    assert_eq!((house.inbox("dead").await, house.inbox("received").await), (1, 0));
    assert_eq!(house.events("client_wrote").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_that_start_anew_lose_nothing() {
    let house = House::new().await;
    house.telegram.send_text(SOFIIA, GROUP, "/before", None).unwrap();
    house.settle().await;
    house.later(8 * 24 * 3600);
    house.telegram.jump_update_id(7);
    house.telegram.send_text(SOFIIA, GROUP, "/after", None).unwrap();
    house.settle().await;
    house.telegram.send_text(SOFIIA, GROUP, "/again", None).unwrap();
    house.settle().await;
    assert_eq!(house.events("client_wrote").await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_updates_twice_over_are_handled_once_each() {
    let house = House::new().await;
    for number in 0..200 {
        house.telegram.send_text(SOFIIA, GROUP, &format!("/n{number}"), None).unwrap();
    }
    house.settle().await;
    house.telegram.replay_updates(200);
    house.settle().await;
    assert_eq!(house.events("client_wrote").await.len(), 200);
    house.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_poller_is_waited_for() {
    let house = House::new().await;
    house.telegram.fault_add(Fault::times("getUpdates", FaultKind::Conflict, 1));
    let polled = house.bot.ingest_once().await.unwrap();
    assert!(matches!(polled, bot::poll::Polled::Wait(pause) if !pause.is_zero()), "{polled:?}");
    house.settle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_token_stops_everything_and_loses_nothing() {
    let mut house = House::new().await;
    house.telegram.set_token("9999999999:other");
    house.hand_over_silently("content_plan").await;
    house.bot.deliver_tick(house.now()).await.unwrap();
    assert!(house.bot.is_token_dead());
    let waiting = house.outbox("ready").await;
    house.settle().await;
    assert_eq!((house.outbox("ready").await, house.outbox("failed").await), (waiting, 0));
    assert!(waiting > 0 && house.outbox("sending").await == 0);
    house.telegram.set_token(&sandbox::Options::default().token);
    house.restart(30).await;
    house.settle().await;
    assert_eq!(house.outbox("ready").await, 0);
    assert_eq!(house.outbox("sending").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_works_once_and_a_wrong_one_is_answered() {
    let house = House::new().await;
    house.telegram.open_link(PETRO, Some(GROUP), "AbCdEfGhIjKlMnOpQrStUv").unwrap();
    house.settle().await;
    assert_eq!(house.events("chat_linked").await.len(), 1, "the link was used up");
    assert_eq!(house.events("attempt_refused").await.len(), 1);
    assert!(house.last(GROUP).reply_to.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_chat_is_joined_by_start() {
    let house = House::new().await;
    let token = "PrivateTokenPrivate123";
    let expires = house.now() + chrono::Duration::hours(24);
    let token_sha256 = hex::encode(Sha256::digest(token));
    house.to_client(ClientCommand::OfferLink { token_sha256, expires }).await;
    house.telegram.open_link(PETRO, None, token).unwrap();
    house.settle().await;
    let linked = house.events("chat_linked").await;
    assert_eq!(linked.len(), 2);
    assert!(linked[1].data.contains(&format!("\"chat\":{PETRO}")) && linked[1].data.contains("private"));
    assert!(house.count(STAFF_CHAT, "Петро Гнатюк") > 0, "the PM sees who asks");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_a_chat_that_nobody_knows_is_settled_and_forgotten() {
    let house = House::new().await;
    house.telegram.inject_raw(
        &json!({ "message": {
            "message_id": 5, "date": 1, "chat": { "id": -777, "type": "group" },
            "from": { "id": 5000, "is_bot": false, "first_name": "Чужий" }, "text": "hello",
        }})
        .to_string(),
    );
    house.settle().await;
    assert_eq!((house.inbox("received").await, house.inbox("dead").await), (0, 0));
    assert!(house.app.store().profile_by_telegram(5000).await.unwrap().is_none());
}
