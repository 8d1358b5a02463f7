//! What the journal and the counters witness, and the queue's own faults.

use sandbox::Kind;
use serde_json::json;

use crate::world::{GROUP, SOFIA, World, one_button};

#[tokio::test]
async fn the_journal_keeps_a_calls_parameters_and_both_texts_of_an_edit() {
    let world = World::start().await;
    let id = world.send(GROUP, "План, v1").await;
    let edit = json!({"chat_id": GROUP, "message_id": id, "text": "План, v2"});
    world.ok("editMessageText", edit.clone()).await;
    let lines = world.sandbox.journal(0);
    let call = lines.iter().rfind(|line| line.kind == Kind::Call).unwrap();
    assert_eq!(call.params.as_ref(), Some(&edit));
    let edited = lines.iter().find(|line| line.kind == Kind::Edit).unwrap();
    assert_eq!((edited.old_text.as_deref(), edited.text.as_deref()), (Some("План, v1"), Some("План, v2")));
}

#[tokio::test]
async fn sends_over_the_limit_are_counted_though_they_are_let_through() {
    let world = World::start().await;
    for n in 0..5 {
        world.send(GROUP, &format!("№ {n}")).await;
    }
    assert_eq!(world.sandbox.stats().violations, 2, "a burst of three is allowed");
}

#[tokio::test]
async fn a_prompt_for_a_reply_cannot_be_edited() {
    let world = World::start().await;
    let prompt = json!({"chat_id": GROUP, "text": "Що змінити?", "reply_markup": {"force_reply": true}});
    let id = world.ok("sendMessage", prompt).await["message_id"].as_i64().unwrap();
    let edit = json!({"chat_id": GROUP, "message_id": id, "text": "Прийняли"});
    assert_eq!(world.refused("editMessageText", edit).await, "Bad Request: message can't be edited");
}

#[tokio::test]
async fn a_press_can_overtake_the_message_before_it() {
    let world = World::start().await;
    let message = json!({"chat_id": GROUP, "text": "Готово", "reply_markup": one_button("Так", "yes")});
    let id = world.ok("sendMessage", message).await["message_id"].as_i64().unwrap();
    world.sandbox.hold_updates(true);
    world.sandbox.send_text(SOFIA, GROUP, "/status", None).unwrap();
    world.sandbox.press(SOFIA, GROUP, id, "yes").unwrap();
    assert!(world.updates().await.is_empty(), "held updates are not handed out");
    world.sandbox.reorder_updates();
    world.sandbox.hold_updates(false);
    let got = world.updates().await;
    assert_eq!(got[0]["callback_query"]["data"], "yes");
    assert_eq!(got[1]["message"]["text"], "/status");
    assert!(got[0]["update_id"].as_i64() > got[1]["update_id"].as_i64());
}

#[tokio::test]
async fn an_update_can_come_twice_in_one_batch() {
    let world = World::start().await;
    world.sandbox.duplicate_updates(1);
    world.sandbox.send_text(SOFIA, GROUP, "/one", None).unwrap();
    world.sandbox.send_text(SOFIA, GROUP, "/two", None).unwrap();
    let ids: Vec<_> = world.updates().await.iter().map(|update| update["update_id"].as_i64()).collect();
    assert_eq!(ids.len(), 3);
    assert_eq!(ids[0], ids[1]);
    assert!(ids[2] > ids[1]);
}

#[tokio::test]
async fn a_request_under_a_foreign_host_name_is_turned_away() {
    let world = World::start().await;
    let page = world.client.get(world.sandbox.page_url());
    let status = page.header("Host", "evil.example").send().await.unwrap().status().as_u16();
    assert_eq!(status, 403);
    assert_eq!(world.client.get(world.sandbox.page_url()).send().await.unwrap().status().as_u16(), 200);
}
