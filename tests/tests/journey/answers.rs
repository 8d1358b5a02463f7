//! Clients are answered in time: the clock of the first message, warned of, late, stopped (T3, test 8).

use engine::domain::client::ClientCommand;
use engine::domain::client::event::Answered;
use journeys::db;
use journeys::desk::{STAFF, STAFF_CHAT, ask, person};
use journeys::house::{GROUP, House, SOFIIA};

use super::letters::count;
use super::witness::{facts, is_well, until};

const WARNS: &str = "чекає на відповідь із";
const LATE: &str = "обіцяний час (6 роб. год.) минув";
const AFTER_HOURS: &str = "Зараз у нас неробочий час";

async fn writes(house: &House, person: i64, text: &str) {
    house.sandbox.send_text(person, GROUP, text, None).expect("said");
    house.settle().await;
}

async fn waits(house: &House) {
    writes(house, SOFIIA, "Чи можна змінити фото в шапці?").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_on_friday_evening_is_warned_of_on_monday_and_late_in_the_afternoon() {
    for db in db::both().await {
        let mut house = House::open(&db, "uk").await;
        house.sandbox.set_privacy(false);
        until(&house, "2026-11-27 17:30").await;
        waits(&house).await;
        writes(&house, SOFIIA, "І ще одне: коли зйомка?").await;
        assert_eq!(count(&house, GROUP, AFTER_HOURS), 0, "somebody is at work");
        until(&house, "2026-11-30 11:29").await;
        assert_eq!(count(&house, STAFF_CHAT, WARNS), 0);
        house.bot.stand_down().await.expect("the lease is let go");
        house.restart();
        until(&house, "2026-11-30 11:30").await;
        assert_eq!(count(&house, STAFF_CHAT, WARNS), 1, "{}", house.transcript(STAFF_CHAT));
        // The lunch break from 13 to 14 does not count.
        until(&house, "2026-11-30 15:29").await;
        assert_eq!(count(&house, STAFF_CHAT, LATE), 0);
        until(&house, "2026-11-30 15:30").await;
        assert_eq!(count(&house, STAFF_CHAT, LATE), 1);
        until(&house, "2026-12-03 12:00").await;
        assert_eq!(count(&house, STAFF_CHAT, LATE), 1, "each is said once");
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_in_the_chat_or_a_call_that_is_written_down_stops_the_clock() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.sandbox.set_privacy(false);
    let (_, _, _, olena) = STAFF[0];
    house.sandbox.join(olena, GROUP).expect("in the chat");
    until(&house, "2026-11-24 10:00").await;
    waits(&house).await;
    writes(&house, olena, "Так, сьогодні замінимо").await;
    until(&house, "2026-11-25 12:00").await;
    waits(&house).await;
    let note = Some(house.content("Домовились про фото").await);
    let call = ClientCommand::NoteAnswer { how: Answered::Call, note };
    let stranger = ask(house.now(), person("p-stranger"), call.clone());
    let refused = house.app.client(&house.client, stranger).await.expect("the store answers");
    assert!(matches!(refused, engine::app::Answer::Refused(_)), "{refused:?}");
    house.client_order(&house.client, call).await;
    until(&house, "2026-11-27 12:00").await;
    assert_eq!(count(&house, STAFF_CHAT, WARNS), 0, "{}", house.transcript(STAFF_CHAT));
    assert_eq!(facts(&house, "client_answered").await, 2);
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_writes_at_night_hears_at_once_until_when_the_answer_comes() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.sandbox.set_privacy(false);
    until(&house, "2026-11-24 22:00").await;
    waits(&house).await;
    writes(&house, SOFIIA, "Не терміново").await;
    let told: Vec<String> = house.said(GROUP).into_iter().filter(|text| text.contains(AFTER_HOURS)).collect();
    assert_eq!(told.len(), 1, "{}", house.transcript(GROUP));
    assert!(told[0].contains("25 листопада, 16:00"), "{told:?}");
    is_well(house).await;
}
