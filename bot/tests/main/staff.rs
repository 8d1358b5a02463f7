//! The staff chat: start, fill, tick, submit, return, locked buttons, and people who are no staff.

use engine::domain::project::{ProjectCommand, Status};
use sandbox::{FileKind, SentFile};

use crate::house::{GROUP, House, MAKSYM, OLENA, PETRO, SOFIIA, STAFF_CHAT};

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_started_filled_and_a_wrong_value_is_answered() {
    let house = House::new().await;
    let (_, alert) = house.press(OLENA, STAFF_CHAT, "Почати").await;
    assert!(!alert);
    assert_eq!(house.status("communication").await.0, Status::InProgress);
    house.press(OLENA, STAFF_CHAT, "Домовлені цілі").await;
    let question = house.last(STAFF_CHAT);
    assert!(question.force_reply && question.text.contains("Домовлені цілі"), "{question:#?}");
    assert!(question.reply_to.is_some());
    house.telegram.send_text(OLENA, STAFF_CHAT, "Більше бронювань", Some(question.id)).unwrap();
    house.settle().await;
    assert_eq!(house.events("field_set").await.len(), 1);
    house.press(OLENA, STAFF_CHAT, "Дані від відділу продажів повні").await;
    assert_eq!(house.events("item_ticked").await.len(), 1, "a line is one press");
    house.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_does_not_fit_is_answered_with_the_sentence_as_a_reply() {
    let house = House::new().await;
    house.hand_over("rubricator").await;
    house.press(MAKSYM, STAFF_CHAT, "Почати").await;
    house.press(MAKSYM, STAFF_CHAT, "Кількість публікацій").await;
    let question = house.last(STAFF_CHAT);
    let answer = house.telegram.send_text(MAKSYM, STAFF_CHAT, "дев'ять", Some(question.id)).unwrap();
    house.settle().await;
    let no = house.last(STAFF_CHAT);
    assert_eq!(no.reply_to, Some(answer));
    assert!(no.text.contains("дев'ять"), "{}", no.text);
    house.telegram.send_text(MAKSYM, STAFF_CHAT, "9", Some(question.id)).unwrap();
    house.settle().await;
    let state = house.app.project_state(&house.project).await.unwrap().unwrap();
    assert!(state.task(&"content_plan".into()).unwrap().values.contains_key("posts"));
    house.press(MAKSYM, STAFF_CHAT, "Кількість публікацій").await;
    let question = house.last(STAFF_CHAT);
    house.telegram.send_text(MAKSYM, STAFF_CHAT, "-", Some(question.id)).unwrap();
    house.settle().await;
    assert_eq!(house.events("field_cleared").await.len(), 1, "a dash clears");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_submit_says_what_is_missing() {
    let house = House::new().await;
    house.press(OLENA, STAFF_CHAT, "Почати").await;
    let (said, alert) = house.press(OLENA, STAFF_CHAT, "Здати").await;
    assert!(alert && said.contains("Домовлені цілі"), "{said}");
    assert_eq!(house.status("communication").await.0, Status::InProgress);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_is_no_staff_cannot_work_in_the_staff_chat() {
    let house = House::new().await;
    let (said, alert) = house.press(PETRO, STAFF_CHAT, "Почати").await;
    assert!(alert && !said.is_empty());
    assert_eq!(house.status("communication").await.0, Status::Ready);
    let (_, alert) = house.press(OLENA, STAFF_CHAT, "Почати").await;
    assert!(!alert);
    house.press(OLENA, STAFF_CHAT, "Домовлені цілі").await;
    let question = house.last(STAFF_CHAT);
    house.telegram.send_text(PETRO, STAFF_CHAT, "моє", Some(question.id)).unwrap();
    house.settle().await;
    assert_eq!(house.events("field_set").await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_else_s_task_is_not_even_asked_about() {
    let house = House::new().await;
    house.press(OLENA, STAFF_CHAT, "Почати").await;
    let before = house.ours(STAFF_CHAT).len();
    let (said, alert) = house.press(MAKSYM, STAFF_CHAT, "Домовлені цілі").await;
    assert!(alert && said.contains("Олена"), "{said}");
    assert_eq!(house.ours(STAFF_CHAT).len(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_auditor_returns_with_a_remark_and_accepts_later() {
    let house = House::new().await;
    house.hand_over("rubricator").await;
    house.press(MAKSYM, STAFF_CHAT, "Почати").await;
    let set = |field: &str, value: &str| ProjectCommand::SetFields {
        task: "content_plan".into(),
        values: vec![(field.into(), engine::domain::field::Entered::Text(value.into()))],
    };
    house.order("maksym", set("plan_link", "https://ranok.ua/plan")).await;
    house.order("maksym", set("posts", "9")).await;
    house.order("maksym", set("plan_period", "2026-12-01..2026-12-31")).await;
    house.order("maksym", set("plan", "2026-12-09; Зерно; instagram")).await;
    for item in 1..=2 {
        house
            .order(
                "maksym",
                ProjectCommand::TickItem { task: "content_plan".into(), item, done: true, note: None },
            )
            .await;
    }
    house.press(MAKSYM, STAFF_CHAT, "Здати").await;
    assert_eq!(house.status("content_plan").await.0, Status::InReview);
    let (_, own) = house.press(MAKSYM, STAFF_CHAT, "Прийняти").await;
    assert!(own, "nobody checks his own work");
    house.press(OLENA, STAFF_CHAT, "Повернути").await;
    let question = house.last(STAFF_CHAT);
    assert!(question.force_reply, "{question:#?}");
    house.telegram.send_text(OLENA, STAFF_CHAT, "Дати не ті", Some(question.id)).unwrap();
    let late = house.telegram.send_text(OLENA, STAFF_CHAT, "І ще", Some(question.id)).unwrap();
    house.settle().await;
    assert_eq!(house.status("content_plan").await, (Status::Rework, 2));
    assert!(house.count(STAFF_CHAT, "Дати не ті") > 0);
    assert_eq!(house.last(STAFF_CHAT).reply_to, Some(late), "a second answer is refused in words");
    assert!(
        house.ours(STAFF_CHAT).iter().all(|message| message.id != question.id),
        "an answered question goes"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_fills_a_file_field_and_goes_to_the_client_as_it_came() {
    let house = House::new().await;
    house.hand_over("content_plan").await;
    house.press(SOFIIA, GROUP, "Затвердити").await;
    house.later(200);
    house.finish_until("ads").await;
    house.order("taras", ProjectCommand::StartTask { task: "ads".into() }).await;
    house.settle().await;
    house.telegram.join(1004, STAFF_CHAT).unwrap();
    house.press(1004, STAFF_CHAT, "Звіт про рекламу").await;
    let question = house.last(STAFF_CHAT);
    let report = SentFile {
        file_name: Some("звіт.pdf".into()),
        reply_to: Some(question.id),
        ..SentFile::new(1004, STAFF_CHAT, FileKind::Document)
    };
    house.telegram.send_file(&report).unwrap();
    house.settle().await;
    let state = house.app.project_state(&house.project).await.unwrap().unwrap();
    assert!(state.task(&"ads".into()).unwrap().values.contains_key("ad_report"));
    house.finish_task("ads").await;
    house.settle().await;
    let files: Vec<_> = house.ours(GROUP).into_iter().filter_map(|message| message.file).collect();
    assert_eq!(files.last().and_then(|file| file.name.clone()).as_deref(), Some("звіт.pdf"));
    house.verify().await;
}
