//! Chats that move, throw the bot out, or wait too long (Tests 11-13, G8).

use engine::domain::project::Status;
use sandbox::{Fault, FaultKind};

use crate::house::{GROUP, House, SOFIIA, STAFF_CHAT};

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_moves_takes_its_messages_and_decisions_along() {
    let house = House::new().await;
    house.hand_over("content_plan").await;
    let to = house.telegram.migrate(GROUP).unwrap();
    house.settle().await;
    assert_eq!(house.events("chat_migrated").await.len(), 1);
    let again: Vec<_> =
        house.ours(to).into_iter().filter(|message| message.button("Затвердити").is_some()).collect();
    assert_eq!(again.len(), 1, "{:#?}", house.ours(to));
    house.press(SOFIIA, to, "Затвердити").await;
    assert_eq!(house.status("content_plan").await.0, Status::Completed);
    house.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_that_only_an_error_tells_is_followed_in_order() {
    let house = House::new().await;
    house.hand_over_silently("content_plan").await;
    let to = house.telegram.migrate(GROUP).unwrap();
    // The updates about the move are late: the first send finds out.
    for _ in 0..40 {
        house.bot.deliver_tick(house.now()).await.unwrap();
    }
    let texts: Vec<_> = house.ours(to).into_iter().map(|message| message.text).collect();
    assert!(texts.len() > 3, "{texts:#?}");
    house.settle().await;
    assert_eq!(house.events("chat_migrated").await.len(), 1);
    assert_eq!(house.outbox("ready").await, 0);
    let asked = house.ours(to).into_iter().filter(|message| message.button("Затвердити").is_some()).count();
    assert_eq!(asked, 1, "what was not sent before the move is not asked twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_button_still_works_after_the_move() {
    let house = House::new().await;
    house.hand_over("content_plan").await;
    let asked = house.with_button(GROUP, "Затвердити");
    let data = asked.button("Затвердити").and_then(|button| button.data.clone()).unwrap();
    house.telegram.inject_raw(&press_json(GROUP, asked.id, &data));
    house.telegram.migrate(GROUP).unwrap();
    house.settle().await;
    assert_eq!(house.status("content_plan").await.0, Status::Completed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_was_thrown_out_comes_back_with_one_digest_and_one_request() {
    let house = House::new().await;
    house.hand_over("content_plan").await;
    let before = house.ours(GROUP).len();
    house.telegram.kick_bot(GROUP).unwrap();
    house.settle().await;
    assert_eq!(house.events("chat_lost").await.len(), 1);
    let told = house.ours(STAFF_CHAT).into_iter().filter(|message| message.text.contains('🔴')).count();
    assert_eq!(told, 1, "the staff hears of it once");
    for words in ["перше", "друге", "третє"] {
        house.say_to_client(words).await;
    }
    house.settle().await;
    house.later(2 * 24 * 3600);
    house.telegram.return_bot(GROUP).unwrap();
    house.settle().await;
    let new: Vec<_> = house.ours(GROUP).split_off(before);
    let digest: Vec<_> = new.iter().filter(|message| message.text.contains("перше")).collect();
    assert_eq!(digest.len(), 1, "{new:#?}");
    let places: Vec<_> = ["перше", "друге", "третє"].iter().map(|words| digest[0].text.find(words)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{}", digest[0].text);
    let asked: Vec<_> = new.iter().filter(|message| message.button("Затвердити").is_some()).collect();
    assert_eq!(asked.len(), 1, "{new:#?}");
    assert!(asked[0].id > digest[0].id);
    assert_eq!(house.events("chat_restored").await.len(), 1);
    assert_eq!((house.outbox("parked").await, house.outbox("ready").await), (0, 0));
    house.press(SOFIIA, GROUP, "Затвердити").await;
    assert_eq!(house.status("content_plan").await.0, Status::Completed);
    house.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_403_parks_the_chat_and_nothing_is_sent_there() {
    let house = House::new().await;
    house.say_to_client("перше").await;
    house.say_to_client("друге").await;
    let gone = FaultKind::Forbidden { description: "bot was kicked from the group chat".into() };
    house.telegram.fault_add(Fault::times("sendMessage", gone, 1).in_chat(GROUP));
    house.settle().await;
    assert_eq!(house.outbox("parked").await, 2);
    assert_eq!(house.events("chat_unreachable").await.len(), 1);
    assert_eq!(house.events("chat_lost").await.len(), 1);
    // Somebody writes there, so the bot is in the chat after all.
    house.telegram.send_text(SOFIIA, GROUP, "/ви тут?", None).unwrap();
    house.settle().await;
    assert_eq!(house.outbox("parked").await, 0);
    assert_eq!(house.count(GROUP, "перше"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_short_break_asks_nothing_and_a_long_one_asks_once() {
    let mut house = House::new().await;
    house.hand_over("content_plan").await;
    let asked = |house: &House| {
        house.ours(GROUP).into_iter().filter(|m| m.text.contains("08:")).count()
            + house.ours(GROUP).into_iter().filter(|m| m.text.contains("10:")).count()
    };
    let before = asked(&house);
    house.restart(100).await;
    house.settle().await;
    assert_eq!(asked(&house), before);
    house.restart(200).await;
    house.settle().await;
    assert_eq!(asked(&house), before + 1, "{:#?}", house.ours(GROUP));
    house.restart(20).await;
    house.settle().await;
    assert_eq!(asked(&house), before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_break_nobody_is_asked_who_has_nothing_to_decide() {
    let mut house = House::new().await;
    house.hand_over("content_plan").await;
    house.press(SOFIIA, GROUP, "Затвердити").await;
    let before = house.ours(GROUP).len();
    house.restart(3600).await;
    house.settle().await;
    assert_eq!(house.ours(GROUP).len(), before);
}

fn press_json(chat: i64, message: i64, data: &str) -> String {
    serde_json::json!({ "callback_query": {
        "id": "old", "from": { "id": SOFIIA, "is_bot": false, "first_name": "Софія" }, "data": data,
        "message": { "message_id": message, "date": 0, "chat": { "id": chat, "type": "group" } },
    }})
    .to_string()
}
