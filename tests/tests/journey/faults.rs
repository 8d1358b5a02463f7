//! What Telegram does wrong with one message at a time: floods, broken formatting, lost answers (Test 14, RELIABILITY 3.4).

use std::time::Duration;

use bot::limits::Pace;
use engine::domain::project::ProjectCommand;
use journeys::db;
use journeys::desk::{STAFF_CHAT, person};
use journeys::house::{GROUP, House, SOFIIA};
use sandbox::{ChatKind, Fault, FaultKind, Kind};

use super::hands::{MAKSYM, reply, tap};
use super::letters::{
    arrived, calls_to, count, group, in_state, letter, letters, mark, queue, queue_letters,
};

const OTHER: i64 = -2101;
const THIRD: i64 = -1_000_000_002_102;

async fn with_pace(db: &db::Db) -> House {
    let mut house = House::open(db, "uk").await;
    group(&house, OTHER, ChatKind::Group);
    group(&house, THIRD, ChatKind::Supergroup);
    house.settle().await;
    house.pass(60).await;
    house.tune(|options| options.pace = Some(Pace::default())).await;
    house
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_of_429_in_one_chat_keeps_its_order_and_delays_no_other() {
    let db = db::sqlite();
    let house = with_pace(&db).await;
    for retry_after in [30, 1, 7, 2, 3] {
        house
            .sandbox
            .fault_add(Fault::times("sendmessage", FaultKind::TooMany { retry_after }, 1).in_chat(GROUP));
    }
    let at = mark(&house);
    for chat in [GROUP, OTHER, THIRD] {
        queue_letters(&house, chat, 5).await;
    }
    house.settle().await;
    for _ in 0..5 {
        house.pass(1).await;
    }
    assert_eq!(arrived(&house, OTHER), letters(5), "others are not delayed");
    assert_eq!(arrived(&house, THIRD), letters(5));
    assert!(arrived(&house, GROUP).is_empty());
    for _ in 0..70 {
        house.pass(1).await;
    }
    assert_eq!(arrived(&house, GROUP), letters(5), "order kept, nothing twice");
    waited_out(&house, at, 5);
    house.app.store().close().await;
}

/// After each 429 no request goes to that chat before its time.
fn waited_out(house: &House, from: u64, refusals: usize) {
    let entries = house.sandbox.journal(from);
    let mut seen = 0;
    for refused in
        entries.iter().filter(|entry| entry.kind == Kind::Refused && entry.detail.contains("retry after"))
    {
        let digits: String =
            refused.detail.chars().skip_while(|c| *c != 'r').filter(char::is_ascii_digit).collect();
        let wait: i64 = digits.parse().expect("seconds");
        let next = calls_to(house, refused.chat.unwrap(), refused.n + 1);
        let next = next.first().expect("it is tried again");
        assert!(next.at >= refused.at + wait * 1_000, "{refused:?} then {next:?}");
        seen += 1;
    }
    assert_eq!(seen, refusals);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_in_two_chats_at_once_rests_the_whole_bot() {
    let db = db::sqlite();
    let house = with_pace(&db).await;
    for chat in [GROUP, OTHER] {
        let flood = FaultKind::TooMany { retry_after: 10 };
        house.sandbox.fault_add(Fault::times("sendmessage", flood, 1).in_chat(chat));
        queue_letters(&house, chat, 2).await;
    }
    house.settle().await;
    queue_letters(&house, THIRD, 1).await;
    for _ in 0..10 {
        house.pass(1).await;
        assert!(arrived(&house, THIRD).is_empty());
    }
    for _ in 0..5 {
        house.pass(1).await;
    }
    for (chat, many) in [(GROUP, 2), (OTHER, 2), (THIRD, 1)] {
        assert_eq!(arrived(&house, chat), letters(many));
    }
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn formatting_that_cannot_be_read_goes_out_once_as_plain_text() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let broken =
        || FaultKind::BadRequest { description: "can't parse entities: Unsupported start tag".into() };
    house.sandbox.fault_add(Fault::times("sendmessage", broken(), 1).in_chat(GROUP));
    queue_letters(&house, GROUP, 2).await;
    house.settle().await;
    assert_eq!(arrived(&house, GROUP), letters(2));
    let messages = house.sandbox.messages(GROUP);
    let bold = |text: &str| messages.iter().find(|message| message.text == text).unwrap().entities.len();
    assert_eq!((bold("Лист 1"), bold("Лист 2")), (0, 1));
    house.sandbox.fault_add(Fault::times("sendmessage", broken(), 2).in_chat(GROUP));
    let at = mark(&house);
    queue(&house, vec![letter(GROUP, "Лист 3"), letter(GROUP, "Лист 4")]).await;
    house.settle().await;
    assert_eq!(arrived(&house, GROUP), ["Лист 1", "Лист 2", "Лист 4"]);
    assert_eq!(calls_to(&house, GROUP, at).len(), 3, "tried as it is and as plain text, no more");
    assert_eq!(in_state(&house, "failed").await, 1);
    assert_eq!(count(&house, STAFF_CHAT, "не надіслано"), 1, "{}", house.transcript(STAFF_CHAT));
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_somebody_deleted_is_posted_anew_and_its_buttons_work() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.press(1001, STAFF_CHAT, "Почати").await;
    let card = house.with_button(STAFF_CHAT, "🔒 Здати");
    house.sandbox.delete_message(STAFF_CHAT, card.id).unwrap();
    let tick = ProjectCommand::TickItem { task: "communication".into(), item: 1, done: true, note: None };
    house.order(person("olena"), tick).await;
    house.settle().await;
    let fresh = house.with_button(STAFF_CHAT, "🔒 Здати");
    assert!(fresh.id > card.id, "{}", house.transcript(STAFF_CHAT));
    assert!(fresh.text.contains("«Комунікація»"), "{}", fresh.text);
    house.press_on(1001, STAFF_CHAT, fresh.id, "☐ Ризики та межі послуги проговорено з клієнтом").await;
    let after = house.with_button(STAFF_CHAT, "🔒 Здати");
    assert_eq!(after.id, fresh.id, "edited, not posted again");
    assert!(!after.text.contains("Ризики та межі"), "{}", after.text);
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_stands_and_is_shown_although_its_message_was_deleted() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("content_plan").await;
    house.work("content_plan").await;
    let asked = house.with_button(GROUP, "✅");
    let data = asked.button("✅").unwrap().data.clone().unwrap();
    house.sandbox.delete_message(GROUP, asked.id).unwrap();
    house.sandbox.press_raw(SOFIIA, GROUP, asked.id, &data).unwrap();
    house.settle().await;
    assert_eq!(count(&house, GROUP, "✅ Погоджено: Софія Гнатюк"), 1, "{}", house.transcript(GROUP));
    house.app.store().close().await;
}

/// What leaves us without an answer: name, fault, and whether the message arrives nevertheless.
fn unknowns() -> Vec<(&'static str, FaultKind, bool)> {
    vec![
        ("error_after", FaultKind::ErrorAfter, true),
        ("reset_after", FaultKind::ResetAfter, true),
        ("hang_after", FaultKind::HangAfter { ms: None }, true),
        ("late_accept", FaultKind::LateAccept { ms: 60 }, true),
        ("accept_after", FaultKind::AcceptAfter { ms: 300 }, true),
        ("reset_then_accept", FaultKind::ResetThenAccept { ms: 60 }, true),
        ("wrong_json", FaultKind::WrongJson, true),
        ("slow_drip", FaultKind::SlowDrip { ms: 1_500 }, true),
        ("error_before", FaultKind::ErrorBefore, false),
        ("reset_before", FaultKind::ResetBefore, false),
        ("hang_before", FaultKind::HangBefore { ms: None }, false),
    ]
}

/// The quarantine of an unknown outcome passes, and what comes late has come.
async fn wait_out(house: &House) {
    tokio::time::sleep(Duration::from_millis(150)).await;
    house.pass(3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_probe_every_lost_answer_ends_in_exactly_one_copy() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    group(&house, THIRD, ChatKind::Supergroup);
    house.settle().await;
    for chat in [GROUP, THIRD] {
        let mut expected = Vec::new();
        for (name, fault, _) in unknowns() {
            house.sandbox.fault_add(Fault::times("sendmessage", fault, 1).in_chat(chat));
            let texts = [format!("Лист {name}"), format!("Лист після {name}")];
            queue(&house, texts.iter().map(|text| letter(chat, text)).collect()).await;
            house.settle().await;
            house.sandbox.send_text(SOFIIA, chat, "Хтось щось пише між тим", None).unwrap();
            wait_out(&house).await;
            expected.extend(texts);
            assert_eq!(arrived(&house, chat), expected, "{name} in {chat}");
        }
    }
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_message_is_found_although_others_wrote_more_since_our_last_one_than_the_search_tries() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.sandbox.set_privacy(false);
    group(&house, OTHER, ChatKind::Group);
    house.settle().await;
    for n in 0..80 {
        // Small groups share one counter of ids, so these lie between our last message and the next one.
        house.sandbox.send_text(SOFIIA, OTHER, &format!("Розмова {n}"), None).unwrap();
    }
    house.settle().await;
    house.sandbox.fault_add(Fault::times("sendmessage", FaultKind::ResetAfter, 1).in_chat(GROUP));
    queue(&house, vec![letter(GROUP, "Лист без відповіді")]).await;
    house.settle().await;
    wait_out(&house).await;
    assert_eq!(arrived(&house, GROUP), ["Лист без відповіді"]);
    assert_eq!(in_state(&house, "ready").await, 0);
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_probe_a_lost_answer_costs_one_copy_and_never_more_than_three() {
    let db = db::sqlite();
    let mut house = House::open(&db, "uk").await;
    house.tune(|options| options.probe = false).await;
    for (name, fault, arrives) in unknowns() {
        house.sandbox.fault_add(Fault::times("sendmessage", fault, 1).in_chat(GROUP));
        let once = format!("Лист {name}");
        queue(&house, vec![letter(GROUP, &once)]).await;
        house.settle().await;
        wait_out(&house).await;
        assert_eq!(count(&house, GROUP, &once), 1 + usize::from(arrives), "{name}");
    }
    house.sandbox.fault_add(Fault::always("sendmessage", FaultKind::ResetAfter).in_chat(GROUP));
    queue(&house, vec![letter(GROUP, "Лист без відповіді")]).await;
    for _ in 0..10 {
        wait_out(&house).await;
    }
    assert_eq!(count(&house, GROUP, "Лист без відповіді"), 3);
    assert_eq!(in_state(&house, "unknown").await, 1);
    assert_eq!(count(&house, STAFF_CHAT, "невідомо, чи дійшло"), 1, "{}", house.transcript(STAFF_CHAT));
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_way_back_prints_no_copy_after_copy() {
    let db = db::sqlite();
    let mut house = House::open(&db, "uk").await;
    house.tune(|options| options.probe = false).await;
    house.sandbox.fault_add(Fault::always("sendmessage,getme,editmessagetext", FaultKind::ResetAfter));
    queue_letters(&house, GROUP, 1).await;
    for _ in 0..20 {
        house.pass(60).await;
    }
    assert_eq!(arrived(&house, GROUP), letters(1));
    house.sandbox.fault_clear();
    house.pass(60).await;
    assert!(arrived(&house, GROUP).len() <= 2);
    assert_eq!(in_state(&house, "ready").await, 0);
    house.app.store().close().await;
}

fn questions(house: &House) -> Vec<sandbox::MessageView> {
    let messages = house.sandbox.messages(STAFF_CHAT).into_iter();
    messages.filter(|message| message.force_reply && !message.deleted).collect()
}

async fn until_asked(house: &House, times: usize) {
    for _ in 0..400 {
        if questions(house).len() >= times {
            return;
        }
        house.pass(1).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("fewer questions than {times}:\n{}", house.transcript(STAFF_CHAT));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_a_copy_that_arrived_after_its_question_was_asked_again_counts() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("accounts").await;
    house.order(person("maksym"), ProjectCommand::StartTask { task: "accounts".into() }).await;
    house.settle().await;
    let late = FaultKind::LateAccept { ms: 1_500 };
    house.sandbox.fault_add(Fault::times("sendmessage", late, 1).in_chat(STAFF_CHAT));
    assert_eq!(tap(&house, MAKSYM, "✎ Мережі").await, "");
    until_asked(&house, 1).await;
    let known = questions(&house)[0].id;
    until_asked(&house, 2).await;
    let copy = questions(&house).pop().expect("a copy");
    assert!(copy.id > known, "it came after the one that we know");
    reply(&house, MAKSYM, copy.id, "Instagram: створили новий").await;
    let state = house.app.project_state(&house.project).await.unwrap().unwrap();
    let values = &state.task(&"accounts".into()).expect("a task").values;
    assert_eq!(values.len(), 1, "{}", house.transcript(STAFF_CHAT));
    house.app.store().close().await;
}
