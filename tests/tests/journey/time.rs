//! Working time: typed, from the chat and the command line, corrected, and what it comes to (PF-46, PF-47, PF-48).

use engine::domain::project::{ProjectCommand, Status};
use engine::domain::worktime::TimeKind;
use journeys::db;
use journeys::desk::{STAFF_CHAT, person};
use journeys::house::{GROUP, House};

use super::hands::{refused, sentence};
use super::witness::{facts, is_well};

const OLENA: i64 = 1001;
const MAKSYM: i64 = 1002;

async fn entries(house: &House) -> Vec<(String, TimeKind, u32, String)> {
    let project = house.app.project_state(&house.project).await.unwrap().unwrap();
    let counts = project.time.iter().filter(|entry| !entry.cancelled);
    counts.map(|e| (e.task.to_string(), e.kind, e.minutes, e.on.to_string())).collect()
}

/// Answers the last message of the bot in the staff chat that has these words.
async fn answer(house: &House, user: i64, words: &str, text: &str) {
    let messages = house.sandbox.messages(STAFF_CHAT);
    let found = messages
        .iter()
        .rev()
        .find(|message| message.is_bot && !message.deleted && message.text.contains(words));
    let found = found.unwrap_or_else(|| panic!("no {words}:\n{}", house.transcript(STAFF_CHAT)));
    house.sandbox.send_text(user, STAFF_CHAT, text, Some(found.id)).unwrap();
    house.settle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_service_begins_with_communication_on_which_typed_time_is_logged() {
    let catalogue = journeys::desk::catalogue();
    for service in catalogue.services() {
        let definition = catalogue.definition(service).unwrap();
        let first = definition.tasks().next().unwrap();
        assert_eq!(first.id, "communication", "{service}");
        assert!(first.stays_open, "{service}");
        let kinds = [TimeKind::Meeting, TimeKind::Call, TimeKind::DataControl, TimeKind::DataCheck];
        assert_eq!(first.time, kinds, "{service}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_and_meetings_are_logged_in_the_staff_chat_long_after_the_task_is_over() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        let heard = house.said(GROUP).len();
        house.press(OLENA, STAFF_CHAT, "⏱ Час").await;
        answer(&house, OLENA, "Скільки часу", "45m дзвінок обговорили бриф").await;
        let communication = "communication".to_owned();
        let first = (communication.clone(), TimeKind::Call, 45, "2026-11-23".to_owned());
        assert_eq!(entries(&house).await, [first], "{}", house.transcript(STAFF_CHAT));
        assert!(
            !house.said(STAFF_CHAT).iter().any(|text| text.contains("Скільки часу")),
            "the question is gone"
        );
        assert!(
            house
                .said(STAFF_CHAT)
                .iter()
                .any(|text| text.contains("Записано: 45 хв, дзвінок (Олена Коваль), № 1"))
        );
        // What is no time is said, and the question stays to be answered again.
        house.press(OLENA, STAFF_CHAT, "⏱ Час").await;
        answer(&house, OLENA, "Скільки часу", "довго").await;
        assert!(house.said(STAFF_CHAT).last().unwrap().contains("Не зрозуміло, скільки часу"));
        answer(&house, OLENA, "Скільки часу", "10m обід").await;
        assert!(
            house.said(STAFF_CHAT).last().unwrap().contains("call (дзвінок)"),
            "{}",
            house.transcript(STAFF_CHAT)
        );
        answer(&house, OLENA, "Скільки часу", "1 год 30 хв зустріч").await;
        assert_eq!(entries(&house).await.len(), 2);
        house.work("communication").await;
        assert_eq!(house.status("communication").await, Status::Completed);
        house.pass(9 * 86_400).await;
        answer(&house, OLENA, "«Комунікація»", "+ 20m контроль отримання даних").await;
        let late = (communication, TimeKind::DataControl, 20, "2026-12-02".to_owned());
        assert_eq!(entries(&house).await.last(), Some(&late), "{}", house.transcript(STAFF_CHAT));
        // An ordinary task takes the work itself, as a reply to its card.
        answer(&house, MAKSYM, "можна починати «Створення акаунтів", "+2h налаштував Meta").await;
        assert_eq!(entries(&house).await.last().unwrap().1, TimeKind::Work);
        assert_eq!(facts(&house, "time_added").await, 4);
        let told = house.said(GROUP);
        assert!(
            told[heard..].iter().all(|text| !text.contains("⏱") && !text.contains("Записано")),
            "{told:?}"
        );
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_in_the_staff_chat_logs_nothing_and_is_told() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.sandbox.add_person(77, "Гість", None, Some("uk")).unwrap();
    house.sandbox.join(77, STAFF_CHAT).unwrap();
    answer(&house, 77, "«Комунікація»", "+45m дзвінок").await;
    assert_eq!((facts(&house, "time_added").await, entries(&house).await.len()), (0, 0));
    assert!(!house.said(STAFF_CHAT).last().unwrap().contains("Записано"));
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistake_is_taken_back_and_a_finished_task_takes_only_time_of_its_days() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        let add = |task: &str, on: &str| ProjectCommand::AddTime {
            task: task.into(),
            kind: None,
            minutes: 60,
            on: on.parse().ok(),
            person: None,
            comment: None,
        };
        house.work_until("rubricator").await;
        house.order(person("maksym"), add("accounts", "2026-11-23")).await;
        house.order(person("maksym"), ProjectCommand::CancelTime { entry: 1, reason: None }).await;
        assert_eq!(entries(&house).await, []);
        house.pass(86_400).await;
        let over = refused(&house, person("maksym"), add("accounts", "2026-11-24")).await;
        assert!(sentence(&house, &over).contains("записати час"), "{}", sentence(&house, &over));
        let unsaid = refused(&house, person("olena"), add("communication", "2026-11-24")).await;
        assert!(sentence(&house, &unsaid).contains("call (дзвінок)"), "{}", sentence(&house, &unsaid));
        assert_eq!((facts(&house, "time_added").await, facts(&house, "time_cancelled").await), (1, 1));
        is_well(house).await;
    }
}
