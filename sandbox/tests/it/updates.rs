//! Polling: what is confirmed, what expires, who wins, what the bot may see.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::world::{GROUP, IVAN, SOFIA, SUPER, World, one_button};

fn ids(updates: &[Value]) -> Vec<i64> {
    updates.iter().map(|update| update["update_id"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn an_update_is_confirmed_by_a_higher_offset_and_by_nothing_else() {
    let world = World::start().await;
    for n in 0..3 {
        world.sandbox.send_text(SOFIA, GROUP, &format!("/status {n}"), None).unwrap();
    }
    let first = ids(&world.updates().await);
    assert_eq!(first.len(), 3);
    assert_eq!(first[2], first[0] + 2);
    assert_eq!(ids(&world.updates().await), first);
    let rest = world.ok("getUpdates", json!({"offset": first[1]})).await;
    assert_eq!(ids(rest.as_array().unwrap()), first[1..]);
    let one = world.ok("getUpdates", json!({"limit": 1})).await;
    assert_eq!(ids(one.as_array().unwrap()), first[1..2]);
    let last = world.ok("getUpdates", json!({"offset": -1})).await;
    assert_eq!(ids(last.as_array().unwrap()), first[2..]);
}

#[tokio::test]
async fn a_long_poll_ends_as_soon_as_something_happens() {
    let world = World::start().await;
    let (url, client) = (world.url("getUpdates?timeout=30"), world.client.clone());
    let waiting =
        tokio::spawn(async move { client.get(url).send().await.unwrap().json::<Value>().await.unwrap() });
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!waiting.is_finished());
    let sent = Instant::now();
    world.sandbox.send_text(SOFIA, GROUP, "/help", None).unwrap();
    assert_eq!(waiting.await.unwrap()["result"][0]["message"]["text"], "/help");
    assert!(sent.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn of_two_pollers_the_older_one_gets_409() {
    let world = World::start().await;
    let (url, client) = (world.url("getUpdates?timeout=30"), world.client.clone());
    let older = tokio::spawn(async move { client.get(url).send().await.unwrap() });
    tokio::time::sleep(Duration::from_millis(100)).await;
    world.ok("getUpdates", json!({})).await;
    let refused = older.await.unwrap();
    assert_eq!(refused.status(), 409);
    assert_eq!(
        refused.json::<Value>().await.unwrap()["description"],
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    );
}

#[tokio::test]
async fn a_press_lives_150_seconds_and_a_message_a_day() {
    let world = World::start().await;
    let sent = json!({"chat_id": GROUP, "text": "?", "reply_markup": one_button("Так", "d1:z")});
    let id = world.ok("sendMessage", sent).await["message_id"].as_i64().unwrap();
    world.sandbox.press(SOFIA, GROUP, id, "Так").unwrap();
    world.sandbox.send_text(SOFIA, GROUP, "чекаю", Some(id)).unwrap();
    world.sandbox.advance(140);
    assert_eq!(world.updates().await.len(), 2);
    world.sandbox.advance(10);
    let left = world.updates().await;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0]["message"]["text"], "чекаю");
    world.sandbox.advance(86_400);
    assert!(world.updates().await.is_empty());
    let expired =
        world.sandbox.journal(1).iter().filter(|entry| entry.kind == sandbox::Kind::Expired).count();
    assert_eq!(expired, 2);
}

#[tokio::test]
async fn privacy_lets_through_commands_replies_and_service_messages_only() {
    let world = World::start().await;
    let question = world.send(SUPER, "Що змінити?").await;
    let say = |text: &str, reply| world.sandbox.send_text(IVAN, SUPER, text, reply).unwrap();
    let plain = say("просто розмова", None);
    say("відповідь людині", Some(plain));
    say("/status@other_bot", None);
    say("/status@signoff_bot", None);
    say("/pending", None);
    say("менше про ціни", Some(question));
    world.sandbox.leave(IVAN, SUPER).unwrap();
    let heard = world.drain().await;
    let texts: Vec<_> = heard.iter().filter_map(|update| update["message"]["text"].as_str()).collect();
    assert_eq!(texts, ["/status@signoff_bot", "/pending", "менше про ціни"]);
    assert_eq!(heard[3]["message"]["left_chat_member"]["id"], json!(IVAN));
    world.sandbox.set_privacy(false);
    world.sandbox.send_text(SOFIA, SUPER, "тепер чути", None).unwrap();
    assert_eq!(world.drain().await[0]["message"]["text"], "тепер чути");
    assert_eq!(world.ok("getMe", json!({})).await["can_read_all_group_messages"], true);
}

#[tokio::test]
async fn an_admin_bot_hears_everything_and_chat_member_when_asked_for() {
    let world = World::start().await;
    world.sandbox.promote_bot(SUPER).unwrap();
    world.ok("getUpdates", json!({"offset": -1, "allowed_updates": ["message", "chat_member"]})).await;
    world.drain().await;
    world.sandbox.send_text(IVAN, SUPER, "просто розмова", None).unwrap();
    world.sandbox.leave(IVAN, SUPER).unwrap();
    let heard = world.drain().await;
    assert_eq!(heard[0]["message"]["text"], "просто розмова");
    assert_eq!(heard[2]["chat_member"]["new_chat_member"]["status"], "left");
}

#[tokio::test]
async fn replayed_updates_come_again_under_their_old_ids_even_to_a_higher_offset() {
    let world = World::start().await;
    world.sandbox.send_text(SOFIA, GROUP, "/one", None).unwrap();
    world.sandbox.send_text(SOFIA, GROUP, "/two", None).unwrap();
    let before = ids(&world.drain().await);
    assert_eq!(world.sandbox.replay_updates(2), 2);
    let again = world.ok("getUpdates", json!({"offset": before[1] + 1})).await;
    assert_eq!(ids(again.as_array().unwrap()), before);
    world.ok("getUpdates", json!({"offset": before[1] + 1})).await;
    assert!(world.updates().await.is_empty());
}

#[tokio::test]
async fn an_update_after_a_jump_backwards_is_not_lost_to_a_high_offset() {
    let world = World::start().await;
    world.sandbox.send_text(SOFIA, GROUP, "/one", None).unwrap();
    let high = ids(&world.drain().await)[0];
    world.sandbox.jump_update_id(500);
    world.sandbox.send_text(SOFIA, GROUP, "/two", None).unwrap();
    let got = world.ok("getUpdates", json!({"offset": high + 1})).await;
    assert_eq!(ids(got.as_array().unwrap()), [500]);
    world.ok("getUpdates", json!({"offset": 501})).await;
    assert_eq!(world.sandbox.pending_updates(), 0);
}

#[tokio::test]
async fn raw_updates_arrive_as_they_were_written() {
    let world = World::start().await;
    let id = world.sandbox.inject_raw(r#"{"message": 5, "guest_message": {"x": "ї"}}"#);
    assert_eq!(world.updates().await, [json!({"update_id": id, "message": 5, "guest_message": {"x": "ї"}})]);
    world.drain().await;
    let id = world.sandbox.inject_raw(r#"{"update_id": "#);
    let body = world.client.get(world.url("getUpdates")).send().await.unwrap().text().await.unwrap();
    assert_eq!(body, r#"{"ok":true,"result":[{"update_id": ]}"#);
    world.ok("getUpdates", json!({"offset": id + 1})).await;
    assert!(world.updates().await.is_empty());
}

#[tokio::test]
async fn queues_may_overtake_each_other_but_not_themselves() {
    let world = World::start().await;
    for (person, text) in [(SOFIA, "/a"), (SOFIA, "/b")] {
        world.sandbox.send_text(person, GROUP, text, None).unwrap();
    }
    world.sandbox.send_text(IVAN, SUPER, "/c", None).unwrap();
    world.sandbox.reorder_updates();
    let heard = world.drain().await;
    let texts: Vec<_> = heard.iter().map(|update| update["message"]["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["/c", "/a", "/b"]);
}
