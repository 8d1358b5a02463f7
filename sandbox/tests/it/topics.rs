//! Forum topics: where a message goes, and what is refused (TG-16, TG-17).

use serde_json::{Value, json};

use crate::world::{GROUP, SOFIA, SUPER, World};

async fn forum() -> (World, i64) {
    let world = World::start().await;
    world.sandbox.set_forum(SUPER, true).unwrap();
    let topic = world.sandbox.add_topic(SOFIA, SUPER, "SMM, листопад").unwrap();
    world.drain().await;
    (world, topic)
}

fn text_in(thread: i64) -> Value {
    json!({"chat_id": SUPER, "text": "План готовий", "message_thread_id": thread})
}

#[tokio::test]
async fn a_message_stands_in_the_topic_it_was_sent_to_and_an_answer_follows_it() {
    let (world, topic) = forum().await;
    let sent = world.ok("sendMessage", text_in(topic)).await;
    assert_eq!((&sent["message_thread_id"], &sent["is_topic_message"]), (&json!(topic), &json!(true)));
    let reply =
        json!({"chat_id": SUPER, "text": "↳", "reply_parameters": {"message_id": sent["message_id"]}});
    assert_eq!(world.ok("sendMessage", reply).await["message_thread_id"], json!(topic));
    let general = world.ok("sendMessage", json!({"chat_id": SUPER, "text": "Усім"})).await;
    assert_eq!(general.get("message_thread_id"), None);
}

#[tokio::test]
async fn what_a_person_types_in_a_topic_seems_to_answer_the_message_that_opened_it() {
    let (world, topic) = forum().await;
    world.sandbox.send_text_in(SOFIA, SUPER, topic, "/start abc").unwrap();
    let got = world.updates().await;
    let message = &got[0]["message"];
    assert_eq!(message["is_topic_message"], json!(true));
    assert_eq!(message["reply_to_message"]["message_id"], json!(topic));
    assert_eq!(message["reply_to_message"]["forum_topic_created"]["name"], "SMM, листопад");
    assert_eq!(message["chat"]["is_forum"], json!(true));
}

#[tokio::test]
async fn a_closed_a_deleted_and_a_wrong_topic_are_refused_in_telegrams_words() {
    let (world, topic) = forum().await;
    let gone = "Bad Request: message thread not found";
    for thread in [1, 999_999] {
        assert_eq!(world.refused("sendMessage", text_in(thread)).await, gone);
    }
    world.sandbox.close_topic(SOFIA, SUPER, Some(topic), true).unwrap();
    assert_eq!(world.refused("sendMessage", text_in(topic)).await, "Bad Request: TOPIC_CLOSED");
    world.sandbox.promote_bot(SUPER).unwrap();
    world.ok("sendMessage", text_in(topic)).await;
    world.sandbox.delete_topic(SUPER, topic).unwrap();
    assert_eq!(world.refused("sendMessage", text_in(topic)).await, gone);
    let basic = json!({"chat_id": GROUP, "text": "x", "message_thread_id": 5});
    assert_eq!(world.refused("sendMessage", basic).await, gone);
}

#[tokio::test]
async fn a_closed_general_takes_no_message_without_a_topic() {
    let (world, topic) = forum().await;
    world.sandbox.close_topic(SOFIA, SUPER, None, true).unwrap();
    let general = json!({"chat_id": SUPER, "text": "Усім"});
    assert_eq!(world.refused("sendMessage", general.clone()).await, "Bad Request: TOPIC_CLOSED");
    world.ok("sendMessage", text_in(topic)).await;
    world.sandbox.close_topic(SOFIA, SUPER, None, false).unwrap();
    world.ok("sendMessage", general).await;
}
