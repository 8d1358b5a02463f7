//! Quiet hours: clients are written to in their day, and answered at once when they act (TG-52).

use engine::app::Answer;
use engine::domain::Refusal;
use engine::domain::client::ClientCommand;
use engine::domain::project::{ProjectCommand, Status};
use journeys::db;
use journeys::desk::{ask, person};
use journeys::house::{GROUP, House, SOFIIA};
use sandbox::{Fault, FaultKind};

use super::witness::{PLAN, is_well, until};

const ASKS: &str = "Контент-план готовий";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_at_night_reaches_the_client_in_the_morning_in_order() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        house.work_until(PLAN).await;
        until(&house, "2026-12-01 19:59").await;
        let heard = house.said(GROUP).len();
        until(&house, "2026-12-01 21:30").await;
        house.work(PLAN).await;
        house.settle().await;
        assert_eq!(house.said(GROUP).len(), heard, "{}", house.transcript(GROUP));
        until(&house, "2026-12-02 08:29").await;
        assert_eq!(house.said(GROUP).len(), heard, "a minute too early");
        until(&house, "2026-12-02 08:30").await;
        let morning = house.said(GROUP).split_off(heard);
        assert!(morning.len() >= 2, "{morning:?}");
        assert!(
            morning.last().is_some_and(|text| text.contains(ASKS)),
            "the request comes last: {morning:?}"
        );
        house.press(SOFIIA, GROUP, "✅ Затвердити").await;
        assert_eq!(house.status(PLAN).await, Status::Completed);
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_who_acts_at_night_is_answered_at_night() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until(PLAN).await;
    house.work(PLAN).await;
    until(&house, "2026-12-01 23:15").await;
    let heard = house.said(GROUP).len();
    house.press(SOFIIA, GROUP, "✏\u{fe0f} Доопрацювати").await;
    assert!(house.said(GROUP).len() > heard, "she is asked what to change: {}", house.transcript(GROUP));
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_at_night_passes_what_waits_for_the_morning() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until(PLAN).await;
    house.work(PLAN).await;
    until(&house, "2026-12-01 22:00").await;
    let heard = house.said(GROUP).len();
    let (payment, number) = ("2".into(), "СФ-117".into());
    let invoice = ProjectCommand::InvoicePayment { payment, number, amount: None, date: None, file: None };
    house.order(person("nadiia"), invoice).await;
    house.settle().await;
    assert_eq!(house.said(GROUP).len(), heard, "what the staff does waits");
    house.press(SOFIIA, GROUP, "✅ Затвердити").await;
    assert_eq!(house.status(PLAN).await, Status::Completed);
    assert!(
        house.transcript(GROUP).contains("✅ Погоджено: Софія Гнатюк, 1 грудня, 22:00"),
        "{}",
        house.transcript(GROUP)
    );
    assert!(!house.transcript(GROUP).contains("иставили рахунок"));
    until(&house, "2026-12-02 08:30").await;
    assert!(house.transcript(GROUP).contains("иставили рахунок"), "{}", house.transcript(GROUP));
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_morning_is_that_of_the_client_where_its_zone_is_known() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until(PLAN).await;
    let zone = |zone: &str| ClientCommand::ChooseZone { zone: zone.into() };
    house.client_order(&house.client, zone("Asia/Ho_Chi_Minh")).await;
    let wrong = house.app.client(&house.client, ask(house.now(), person("olena"), zone("Ханой"))).await;
    assert!(matches!(wrong, Ok(Answer::Refused(Refusal::NoZone { .. }))), "{wrong:?}");
    // 16:30 in Kyiv is 21:30 in Hanoi, whose morning begins at 03:30 in Kyiv.
    until(&house, "2026-12-01 16:30").await;
    let heard = house.said(GROUP).len();
    house.work(PLAN).await;
    until(&house, "2026-12-02 03:29").await;
    assert_eq!(house.said(GROUP).len(), heard, "{}", house.transcript(GROUP));
    until(&house, "2026-12-02 03:30").await;
    assert!(house.said(GROUP).len() > heard);
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_sent_by_day_does_not_go_out_at_night_either() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until(PLAN).await;
    until(&house, "2026-12-01 16:00").await;
    let heard = house.said(GROUP).len();
    house.sandbox.fault_add(Fault::times("sendMessage", FaultKind::TooMany { retry_after: 18_000 }, 1));
    house.work(PLAN).await;
    until(&house, "2026-12-01 22:00").await;
    assert_eq!(
        house.said(GROUP).len(),
        heard,
        "the five hours of rest end at night: {}",
        house.transcript(GROUP)
    );
    until(&house, "2026-12-02 08:30").await;
    assert!(house.said(GROUP).len() > heard, "{}", house.transcript(GROUP));
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_buttons_under_a_decision_go_at_night_too() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until(PLAN).await;
    house.work(PLAN).await;
    until(&house, "2026-12-01 22:00").await;
    house.press(SOFIIA, GROUP, "✅ Затвердити").await;
    assert!(house.transcript(GROUP).contains("[\"Скасувати\"]"), "{}", house.transcript(GROUP));
    until(&house, "2026-12-01 22:03").await;
    assert!(!house.transcript(GROUP).contains("[\"Скасувати\"]"), "{}", house.transcript(GROUP));
    is_well(house).await;
}
