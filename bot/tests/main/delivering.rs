//! Messages on their way out: order, limits, unknown outcomes, refusals (G5, Test 14).

use engine::app::Along;
use engine::store::change::{NewMessage, Policy};
use sandbox::{Fault, FaultKind};

use crate::house::{GROUP, House, SOFIIA, STAFF_CHAT, message};

async fn put(house: &House, messages: Vec<NewMessage>) {
    let id = messages.iter().map(|message| message.dedupe.clone()).collect::<String>();
    let along = Along { messages, ..Along::default() };
    house.app.settle(id, house.now(), along).await.expect("the store answers");
}

fn numbered(house: &House, chat: i64) -> Vec<String> {
    let all = house.ours(chat).into_iter().map(|message| message.text);
    all.filter(|text| text.starts_with('m')).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_of_a_chat_keep_their_order_one_in_flight() {
    let house = House::new().await;
    put(&house, (0..5).map(|n| message(GROUP, &format!("m{n}"))).collect()).await;
    let tick = house.bot.deliver_tick(house.now()).await.unwrap();
    assert_eq!(tick.claimed, 1, "one at a time");
    house.settle().await;
    assert_eq!(numbered(&house, GROUP), ["m0", "m1", "m2", "m3", "m4"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_waits_in_its_chat_and_holds_no_other() {
    let house = House::new().await;
    put(&house, vec![message(GROUP, "m0"), message(GROUP, "m1"), message(STAFF_CHAT, "m9")]).await;
    let flood = FaultKind::TooMany { retry_after: 30 };
    house.telegram.fault_add(Fault::times("sendMessage", flood, 1).in_chat(GROUP));
    house.settle().await;
    assert_eq!((numbered(&house, GROUP).len(), numbered(&house, STAFF_CHAT).len()), (0, 1));
    house.later(30);
    house.settle().await;
    assert_eq!(numbered(&house, GROUP).len(), 0, "30 s and one more");
    house.later(1);
    house.settle().await;
    assert_eq!(numbered(&house, GROUP), ["m0", "m1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outcome_that_is_unknown_waits_and_is_sent_again() {
    let house = House::new().await;
    put(&house, vec![message(GROUP, "m0"), message(GROUP, "m1")]).await;
    house.telegram.fault_add(Fault::times("sendMessage", FaultKind::ResetBefore, 1).in_chat(GROUP));
    house.settle().await;
    assert_eq!(numbered(&house, GROUP).len(), 0, "the quarantine holds the chat");
    house.later(1);
    house.settle().await;
    assert_eq!(numbered(&house, GROUP), ["m0", "m1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_probe_a_lost_answer_costs_one_copy() {
    let house = House::new().await;
    put(&house, vec![message(GROUP, "m0"), message(GROUP, "m1")]).await;
    house.telegram.fault_add(Fault::times("sendMessage", FaultKind::ResetAfter, 1).in_chat(GROUP));
    house.settle().await;
    house.later(1);
    house.settle().await;
    assert_eq!(numbered(&house, GROUP), ["m0", "m0", "m1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_probe_finds_the_message_and_sends_no_copy() {
    for fault in [
        FaultKind::ResetAfter,
        FaultKind::WrongJson,
        FaultKind::HangAfter { ms: Some(500) },
        FaultKind::ErrorAfter,
    ] {
        let house = House::on(journeys::db::sqlite(), true).await;
        // Other people take ids in between.
        house.telegram.set_privacy(false);
        put(&house, vec![message(GROUP, "m0"), message(GROUP, "m1")]).await;
        house.telegram.send_text(SOFIIA, STAFF_CHAT, "чужа", None).ok();
        house.telegram.fault_add(Fault::times("sendMessage", fault.clone(), 1).in_chat(GROUP));
        house.settle().await;
        house.later(1);
        house.settle().await;
        assert_eq!(numbered(&house, GROUP), ["m0", "m1"], "{fault:?}");
        let found = house.events("message_delivered").await;
        assert!(found.iter().any(|event| event.data.contains("\"probed\":true")), "{fault:?}");
        house.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_probe_does_not_invent_a_message_that_never_arrived() {
    let house = House::on(journeys::db::sqlite(), true).await;
    put(&house, vec![message(GROUP, "m0"), message(GROUP, "m1")]).await;
    house.telegram.fault_add(Fault::times("sendMessage", FaultKind::ResetBefore, 1).in_chat(GROUP));
    house.settle().await;
    house.later(1);
    house.settle().await;
    assert_eq!(numbered(&house, GROUP), ["m0", "m1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_three_copies_it_is_given_up_and_the_staff_is_told() {
    let house = House::new().await;
    put(&house, vec![message(GROUP, "m0"), message(GROUP, "m1")]).await;
    house.telegram.fault_add(Fault::times("sendMessage", FaultKind::ResetAfter, 3).in_chat(GROUP));
    for _ in 0..5 {
        house.settle().await;
        house.later(1);
    }
    assert_eq!(numbered(&house, GROUP), ["m0", "m0", "m0", "m1"]);
    assert_eq!(house.outbox("unknown").await, 1);
    assert_eq!(house.events("outcome_unknown").await.len(), 1);
    let told: Vec<_> =
        house.ours(STAFF_CHAT).into_iter().filter(|message| message.text.contains('❔')).collect();
    assert_eq!(told.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn at_most_once_is_never_sent_twice() {
    let house = House::new().await;
    let mut once = message(GROUP, "m0");
    once.policy = Policy::AtMostOnce;
    put(&house, vec![once, message(GROUP, "m1")]).await;
    house.telegram.fault_add(Fault::times("sendMessage", FaultKind::ResetBefore, 1).in_chat(GROUP));
    house.settle().await;
    house.later(1);
    house.settle().await;
    assert_eq!(numbered(&house, GROUP), ["m1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_resend_while_telegram_does_not_answer_at_all() {
    let house = House::new().await;
    put(&house, vec![message(GROUP, "m0")]).await;
    house.telegram.fault_add(Fault::times("sendMessage", FaultKind::ResetBefore, 1).in_chat(GROUP));
    house.settle().await;
    house.telegram.fault_add(Fault::times("getMe", FaultKind::ResetBefore, 1));
    house.later(1);
    house.settle().await;
    assert_eq!(numbered(&house, GROUP).len(), 0);
    house.later(1);
    house.settle().await;
    assert_eq!(numbered(&house, GROUP), ["m0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn formatting_that_telegram_cannot_read_goes_out_plain() {
    let house = House::new().await;
    put(&house, vec![message(GROUP, "m0")]).await;
    let broken = FaultKind::BadRequest { description: "can't parse entities: unexpected end".into() };
    house.telegram.fault_add(Fault::times("sendMessage", broken, 1).in_chat(GROUP));
    house.settle().await;
    assert_eq!(numbered(&house, GROUP), ["m0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_message_fails_and_lets_the_next_go_on() {
    let house = House::new().await;
    put(&house, vec![message(GROUP, "m0"), message(GROUP, "m1")]).await;
    let refused = FaultKind::BadRequest { description: "SOMETHING_NEW".into() };
    house.telegram.fault_add(Fault::times("sendMessage", refused, 1).in_chat(GROUP));
    house.settle().await;
    assert_eq!(numbered(&house, GROUP), ["m1"]);
    assert_eq!((house.outbox("failed").await, house.events("message_failed").await.len()), (1, 1));
    assert!(house.count(STAFF_CHAT, "SOMETHING_NEW") == 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_request_to_decide_holds_its_chat() {
    let house = House::new().await;
    let refused = FaultKind::BadRequest { description: "BUTTON_DATA_INVALID".into() };
    house.hand_over_silently("content_plan").await;
    house.deliver_until_request().await;
    house.telegram.fault_add(Fault::times("sendMessage", refused, 1).in_chat(GROUP));
    put(&house, vec![message(GROUP, "m0")]).await;
    house.settle().await;
    assert_eq!(house.outbox("held").await, 1);
    assert_eq!(numbered(&house, GROUP).len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_was_deleted_is_posted_anew_instead_of_changed() {
    let house = House::new().await;
    house.hand_over("content_plan").await;
    let asked = house.with_button(GROUP, "Затвердити");
    let data = asked.button("Затвердити").and_then(|button| button.data.clone()).unwrap();
    house.telegram.delete_message(GROUP, asked.id).unwrap();
    house.telegram.press_raw(SOFIIA, GROUP, asked.id, &data).unwrap();
    house.settle().await;
    let last = house.ours(GROUP).into_iter().find(|message| message.text.contains("Софія Гнатюк")).unwrap();
    assert!(last.id > asked.id && last.button("Скасувати").is_some(), "{last:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_died_on_the_way_loses_and_reorders_nothing() {
    let mut house = House::on(journeys::db::sqlite(), true).await;
    put(&house, vec![message(GROUP, "m0"), message(GROUP, "m1")]).await;
    house
        .telegram
        .fault_add(Fault::times("sendMessage", FaultKind::HangAfter { ms: Some(5_000) }, 1).in_chat(GROUP));
    let cut =
        tokio::time::timeout(std::time::Duration::from_millis(100), house.bot.deliver_tick(house.now()))
            .await;
    assert!(cut.is_err(), "killed while it waits for the answer");
    assert_eq!(house.outbox("sending").await, 1);
    house.restart(1).await;
    house.settle().await;
    assert_eq!(numbered(&house, GROUP), ["m0", "m1"]);
    house.verify().await;
}
