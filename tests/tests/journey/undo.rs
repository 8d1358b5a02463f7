//! The client changes its mind: two minutes, the same person, before the work goes on (TG-24).

use engine::domain::project::{ProjectCommand, Status};
use journeys::db;
use journeys::desk::{STAFF_CHAT, person};
use journeys::house::{GROUP, House, PETRO, SOFIIA};
use sandbox::MessageView;

use super::witness::{
    PLAN, also_approves, data, decisions, facts, is_well, plan_awaits, press_raw, refused_raw, round, script,
    standing,
};

/// The message as it stands now.
fn now(house: &House, id: i64) -> MessageView {
    house.sandbox.messages(GROUP).into_iter().find(|message| message.id == id).expect("a message")
}

fn labels(message: &MessageView) -> Vec<&str> {
    message.buttons.iter().flatten().map(|button| button.label.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_is_taken_back_within_two_minutes_and_can_be_given_again() {
    for db in db::both().await {
        let house = plan_awaits(&db, "uk").await;
        let asked = house.with_button(GROUP, "✅");
        house.press(SOFIIA, GROUP, "✅").await;
        let approved = now(&house, asked.id);
        assert_eq!(labels(&approved), ["Скасувати"]);
        assert!(approved.text.contains("✅ Погоджено: Софія Гнатюк"), "{}", approved.text);
        assert_eq!(house.status("profile_design").await, Status::Ready);
        house.pass(119).await;
        let answer = house.press(SOFIIA, GROUP, "Скасувати").await.unwrap();
        assert!(!answer.show_alert && answer.text.unwrap().contains("Рішення скасовано"));
        assert_eq!(house.status(PLAN).await, Status::AwaitingApproval, "{}", db.name);
        assert_eq!(house.status("profile_design").await, Status::Waiting, "{}", db.name);
        let open = now(&house, asked.id);
        assert_eq!(labels(&open), labels(&asked), "the buttons are back");
        assert!(open.text.contains("↩️ Рішення скасовано: Софія Гнатюк"), "{}", open.text);
        assert!(!open.text.contains("Погоджено:"), "{}", open.text);
        let told = house.said(STAFF_CHAT).join("\n");
        assert!(told.contains("рішення щодо «Контент-план» скасовано"), "{told}");
        house.pass(600).await;
        assert_eq!(house.status(PLAN).await, Status::AwaitingApproval, "no leftover timer decides anything");
        house.press(SOFIIA, GROUP, "✅").await;
        assert_eq!(house.status(PLAN).await, Status::Completed);
        house.pass(121).await;
        let settled = now(&house, asked.id);
        assert!(settled.buttons.is_empty(), "{settled:?}");
        assert_eq!(settled.text.matches("Погоджено:").count(), 1, "{}", settled.text);
        assert!(!settled.text.contains("скасовано"), "{}", settled.text);
        assert_eq!(facts(&house, "decision_settled").await, 1, "{}", db.name);
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_button_goes_after_two_minutes_and_pressing_it_later_is_too_late() {
    for db in db::both().await {
        let house = plan_awaits(&db, "uk").await;
        house.press(SOFIIA, GROUP, "✅").await;
        let message = house.with_button(GROUP, "Скасувати");
        let undo = data(&message, "Скасувати");
        house.pass(119).await;
        assert_eq!(labels(&now(&house, message.id)), ["Скасувати"], "{}", db.name);
        house.pass(1).await;
        assert!(now(&house, message.id).buttons.is_empty(), "{}", db.name);
        house.pass(1).await;
        let (code, text) = refused_raw(&house, SOFIIA, GROUP, message.id, &undo).await;
        assert_eq!(code, "undo-too-late", "{}", db.name);
        assert!(text.contains("2 хвилин"), "{text}");
        assert_eq!(house.status(PLAN).await, Status::Completed);
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn once_the_next_task_has_started_it_is_too_late_and_the_button_is_gone() {
    let db = db::sqlite();
    let house = plan_awaits(&db, "uk").await;
    house.press(SOFIIA, GROUP, "✅").await;
    let message = house.with_button(GROUP, "Скасувати");
    house.order(person("iryna"), ProjectCommand::StartTask { task: "profile_design".into() }).await;
    house.settle().await;
    assert!(now(&house, message.id).buttons.is_empty(), "{}", house.transcript(GROUP));
    let (code, text) = refused_raw(&house, SOFIIA, GROUP, message.id, &data(&message, "Скасувати")).await;
    assert_eq!(code, "undo-next-started");
    assert!(text.contains("Оформлення профілю"), "{text}");
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_whoever_decided_takes_it_back_another_approver_neither() {
    for db in db::both().await {
        let house = plan_awaits(&db, "uk").await;
        also_approves(&house, "petro", "Петро Гнатюк", PETRO).await;
        house.press(SOFIIA, GROUP, "✅").await;
        let message = house.with_button(GROUP, "Скасувати");
        let (code, text) = refused_raw(&house, PETRO, GROUP, message.id, &data(&message, "Скасувати")).await;
        assert_eq!(code, "undo-not-yours", "{}", db.name);
        assert!(text.contains("Софія Гнатюк"), "{text}");
        house.press(SOFIIA, GROUP, "Скасувати").await;
        house.press(PETRO, GROUP, "✅").await;
        let text = now(&house, message.id).text;
        assert!(text.contains("Погоджено: Петро Гнатюк") && !text.contains("Софія"), "{text}");
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_send_back_is_taken_back_and_the_same_version_is_approved() {
    for db in db::both().await {
        let house = plan_awaits(&db, "uk").await;
        let asked = house.with_button(GROUP, "✏️");
        house.press(SOFIIA, GROUP, "✏️").await;
        assert_eq!((house.status(PLAN).await, round(&house, PLAN).await), (Status::Rework, 2));
        assert_eq!(labels(&now(&house, asked.id)), ["Передумали"]);
        house.pass(60).await;
        house.press(SOFIIA, GROUP, "Передумали").await;
        assert_eq!(
            (house.status(PLAN).await, round(&house, PLAN).await),
            (Status::AwaitingApproval, 1),
            "{}",
            db.name
        );
        let staff = house.transcript(STAFF_CHAT);
        assert!(staff.contains("рішення щодо «Контент-план» скасовано"), "{staff}");
        let start = house
            .sandbox
            .messages(STAFF_CHAT)
            .into_iter()
            .filter(|message| message.button("Почати").is_some());
        assert_eq!(start.count(), 0, "nobody can start a rework that is not wanted: {staff}");
        house.pass(900).await;
        let told = house.said(STAFF_CHAT).join("\n");
        assert!(
            !told.contains("зауважень не написали"),
            "no silence is reported for a decision taken back: {told}"
        );
        house.press(SOFIIA, GROUP, "✅").await;
        assert_eq!(house.status(PLAN).await, Status::Completed);
        assert_eq!(decisions(&house).await, 2);
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_send_back_taken_back_the_question_is_no_longer_open() {
    let db = db::sqlite();
    let house = plan_awaits(&db, "uk").await;
    house.press(SOFIIA, GROUP, "✏️").await;
    let question = house.sandbox.last_message(GROUP).unwrap();
    assert!(question.force_reply, "{question:?}");
    house.sandbox.send_text(SOFIIA, GROUP, "Менше тексту", Some(question.id)).unwrap();
    house.settle().await;
    let noted = house.with_button(GROUP, "Готово, це все");
    house.press(SOFIIA, GROUP, "Передумали").await;
    let before = standing(&house).await;
    let answer = press_raw(&house, SOFIIA, GROUP, noted.id, &data(&noted, "Готово")).await;
    assert_eq!(standing(&house).await, before, "{answer:?}");
    house.sandbox.send_text(SOFIIA, GROUP, "І фото яскравіші", Some(question.id)).unwrap();
    house.settle().await;
    assert_eq!(standing(&house).await, before, "it is no remark any more");
    let told = house.said(STAFF_CHAT).join("\n");
    assert!(told.contains("💬 Кава «Ранок», Софія Гнатюк:\nІ фото яскравіші"), "but it is not lost: {told}");
    assert!(now(&house, noted.id).buttons.is_empty(), "{}", house.transcript(GROUP));
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_send_back_taken_back_and_given_again_starts_with_no_remarks_of_before() {
    let db = db::sqlite();
    let house = plan_awaits(&db, "uk").await;
    for words in ["Перша думка", "Друга думка"] {
        house.press(SOFIIA, GROUP, "✏️").await;
        let question = house.sandbox.last_message(GROUP).unwrap();
        house.sandbox.send_text(SOFIIA, GROUP, words, Some(question.id)).unwrap();
        house.settle().await;
        if words == "Перша думка" {
            house.press(SOFIIA, GROUP, "Передумали").await;
        }
    }
    house.press(SOFIIA, GROUP, "Готово, це все").await;
    let card = house.with_button(STAFF_CHAT, "Почати");
    assert!(card.text.contains("Друга думка") && !card.text.contains("Перша думка"), "{}", card.text);
    let said = house.transcript(GROUP);
    assert_eq!(said.matches("Прийняли 1 зауваження").count(), 1, "{said}");
    insta::assert_snapshot!("undo_client_uk", script(&house, GROUP));
    insta::assert_snapshot!("undo_staff_uk", script(&house, STAFF_CHAT));
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn once_the_rework_has_started_a_send_back_stands_and_its_button_is_gone() {
    let db = db::sqlite();
    let house = plan_awaits(&db, "uk").await;
    house.press(SOFIIA, GROUP, "✏️").await;
    let message = house.with_button(GROUP, "Передумали");
    house.press(1002, STAFF_CHAT, "Почати").await;
    assert!(now(&house, message.id).buttons.is_empty(), "{}", house.transcript(GROUP));
    let (code, _) = refused_raw(&house, SOFIIA, GROUP, message.id, &data(&message, "Передумали")).await;
    assert_eq!(code, "undo-next-started");
    house.pass(130).await;
    assert_eq!(house.status(PLAN).await, Status::InProgress);
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn undo_pressed_twice_and_with_the_timer_in_the_same_second_happens_once() {
    for db in db::both().await {
        let house = plan_awaits(&db, "uk").await;
        house.press(SOFIIA, GROUP, "✅").await;
        let message = house.with_button(GROUP, "Скасувати").id;
        house.skip(120);
        let taps: Vec<_> =
            (0..2).map(|_| house.sandbox.press(SOFIIA, GROUP, message, "Скасувати").unwrap()).collect();
        house.settle().await;
        assert_eq!(
            facts(&house, "decision_undone").await + facts(&house, "decision_settled").await,
            1,
            "{}",
            db.name
        );
        assert!(taps.iter().all(|tap| house.sandbox.callback_answer(tap).is_some()));
        assert_eq!(house.status(PLAN).await, Status::AwaitingApproval, "a press comes before the timer");
        is_well(house).await;
    }
}
