//! Decisions of the client: approve, send back, undo, and everybody who may not (Tests 2-4, G17).

use engine::domain::project::Status;

use crate::house::{GROUP, House, OLENA, PETRO, SOFIIA, STAFF_CHAT};

#[tokio::test(flavor = "multi_thread")]
async fn the_approver_approves_and_the_message_says_so() {
    let house = House::new().await;
    house.hand_over("content_plan").await;
    let asked = house.with_button(GROUP, "Затвердити");
    let (said, alert) = house.press(SOFIIA, GROUP, "Затвердити").await;
    assert!(!alert && !said.is_empty(), "{said}");
    assert_eq!(house.status("content_plan").await.0, Status::Completed);
    let now = house.telegram.messages(GROUP).into_iter().find(|message| message.id == asked.id).unwrap();
    assert!(now.text.contains("Софія Гнатюк") && now.button("Затвердити").is_none(), "{now:#?}");
    assert!(now.button("Скасувати").is_some(), "two minutes to change one's mind");
    house.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_press_and_a_replayed_update_decide_once() {
    let house = House::new().await;
    house.hand_over("content_plan").await;
    let asked = house.with_button(GROUP, "Затвердити");
    for _ in 0..3 {
        house.telegram.press(SOFIIA, GROUP, asked.id, "Затвердити").unwrap();
    }
    let last = house.telegram.press(SOFIIA, GROUP, asked.id, "Доопрацювати").unwrap();
    house.settle().await;
    house.telegram.replay_updates(4);
    house.settle().await;
    assert_eq!(house.events("task_approved").await.len(), 1);
    assert_eq!(house.events("task_sent_back").await.len(), 0);
    let (said, alert) = house.seen(&last);
    assert!(alert && said.contains("Софія"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_else_in_the_group_gets_a_private_no_that_names_the_approver() {
    let house = House::new().await;
    house.hand_over("content_plan").await;
    for other in [PETRO, OLENA] {
        let (said, alert) = house.press(other, GROUP, "Затвердити").await;
        assert!(alert && said.contains("Софія Гнатюк"), "{said}");
    }
    assert_eq!(house.status("content_plan").await.0, Status::AwaitingApproval);
    assert_eq!(house.events("command_refused").await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_on_an_earlier_round_changes_nothing() {
    let house = House::new().await;
    house.hand_over("content_plan").await;
    let first = house.with_button(GROUP, "Затвердити");
    let data = first.button("Затвердити").and_then(|button| button.data.clone()).unwrap();
    house.press(SOFIIA, GROUP, "Доопрацювати").await;
    house.order("maksym", start()).await;
    house.order("maksym", submit()).await;
    house.order("olena", accept()).await;
    house.settle().await;
    let press = house.telegram.press_raw(SOFIIA, GROUP, first.id, &data).unwrap();
    house.settle().await;
    let (said, alert) = house.seen(&press);
    assert!(alert && !said.is_empty());
    assert_eq!(house.status("content_plan").await, (Status::AwaitingApproval, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_and_foreign_presses_are_refused_politely_and_kept() {
    let house = House::new().await;
    house.hand_over("content_plan").await;
    let asked = house.with_button(GROUP, "Затвердити");
    let data = asked.button("Затвердити").and_then(|button| button.data.clone()).unwrap();
    let mut presses = Vec::new();
    for forged in ["1aAAAAAAAAAAAAAAAAAAAAAA", "approve", "", "1a", "'; DROP TABLE buttons; --"] {
        presses.push(house.telegram.press_raw(SOFIIA, GROUP, asked.id, forged).unwrap());
    }
    // The right button in the wrong chat.
    let elsewhere = house.last(STAFF_CHAT);
    presses.push(house.telegram.press_raw(OLENA, STAFF_CHAT, elsewhere.id, &data).unwrap());
    house.settle().await;
    for press in &presses {
        let (said, alert) = house.seen(press);
        assert!(alert && !said.is_empty() && said.chars().count() <= 200, "{said}");
    }
    assert_eq!(house.status("content_plan").await.0, Status::AwaitingApproval);
    assert_eq!(house.events("attempt_refused").await.len(), presses.len());
    house.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_ends_after_thirty_days() {
    let house = House::new().await;
    house.hand_over("content_plan").await;
    house.later(31 * 24 * 3600);
    let (said, alert) = house.press(SOFIIA, GROUP, "Затвердити").await;
    assert!(alert && !said.is_empty());
    assert_eq!(house.status("content_plan").await.0, Status::AwaitingApproval);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_anonymous_admin_cannot_decide() {
    let house = House::new().await;
    house.hand_over("content_plan").await;
    let asked = house.with_button(GROUP, "Затвердити");
    let data = asked.button("Затвердити").and_then(|button| button.data.clone()).unwrap();
    house.telegram.inject_raw(&format!(
        r#"{{"callback_query":{{"id":"anonymous","from":{{"id":1087968824,"is_bot":true,"first_name":"Group"}},
            "data":"{data}","message":{{"message_id":{},"date":0,"chat":{{"id":{GROUP},"type":"group"}}}}}}}}"#,
        asked.id
    ));
    house.settle().await;
    assert_eq!(house.status("content_plan").await.0, Status::AwaitingApproval);
    assert_eq!(house.events("attempt_refused").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_is_undone_within_two_minutes_and_only_by_whoever_took_it() {
    let house = House::new().await;
    house.hand_over("content_plan").await;
    house.press(SOFIIA, GROUP, "Затвердити").await;
    let (_, refused) = house.press(PETRO, GROUP, "Скасувати").await;
    assert!(refused);
    house.later(60);
    let (said, alert) = house.press(SOFIIA, GROUP, "Скасувати").await;
    assert!(!alert, "{said}");
    assert_eq!(house.status("content_plan").await.0, Status::AwaitingApproval);
    house.press(SOFIIA, GROUP, "Затвердити").await;
    house.later(121);
    let (_, late) = house.press(SOFIIA, GROUP, "Скасувати").await;
    assert!(late);
    assert_eq!(house.status("content_plan").await.0, Status::Completed);
}

fn start() -> engine::domain::project::ProjectCommand {
    engine::domain::project::ProjectCommand::StartTask { task: "content_plan".into() }
}

fn submit() -> engine::domain::project::ProjectCommand {
    engine::domain::project::ProjectCommand::SubmitTask { task: "content_plan".into() }
}

fn accept() -> engine::domain::project::ProjectCommand {
    engine::domain::project::ProjectCommand::AcceptTask { task: "content_plan".into(), round: None }
}
