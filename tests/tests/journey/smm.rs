//! The SMM project from its first to its last task, by staff and client, on both databases.

use engine::domain::project::{ProjectCommand, Status};
use journeys::db;
use journeys::desk::{STAFF_CHAT, person};
use journeys::house::{GROUP, House, SOFIIA};

use super::witness::script;

const TASKS: [&str; 9] = [
    "communication",
    "accounts",
    "rubricator",
    "content_plan",
    "profile_design",
    "first_nine",
    "ads",
    "report",
    "payment",
];

#[tokio::test(flavor = "multi_thread")]
async fn an_smm_project_runs_from_its_template_to_its_end() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        for task in TASKS {
            house.work(task).await;
            if house.status(task).await == Status::AwaitingApproval {
                house.press(SOFIIA, GROUP, "✅ Затвердити").await;
            }
            assert_eq!(
                house.status(task).await,
                Status::Completed,
                "{} {task}\n{}\n{}",
                db.name,
                house.transcript(GROUP),
                house.transcript(STAFF_CHAT)
            );
        }
        let state = house.app.project_state(&house.project).await.unwrap().unwrap();
        assert!(!state.completed, "a service that repeats goes on");
        assert_eq!(state.last_period(), 2);
        assert_eq!(house.status("content_plan.2").await, Status::Ready);
        house.pass(130).await;
        let reason = house.content("Клієнт не продовжує").await;
        house.order(person("olena"), ProjectCommand::CloseProject { reason }).await;
        house.settle().await;
        assert!(house.app.project_state(&house.project).await.unwrap().unwrap().completed);
        if db.name == "SQLite" {
            insta::assert_snapshot!("smm_client_uk", script(&house, GROUP));
            insta::assert_snapshot!("smm_staff_uk", script(&house, STAFF_CHAT));
        }
        assert!(house.app.store().verify().await.unwrap().is_well());
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_client_reads_english_when_its_card_says_so() {
    let db = db::sqlite();
    let house = House::open(&db, "en").await;
    house.work_until("ads").await;
    house.work("ads").await;
    house.pass(130).await;
    insta::assert_snapshot!("smm_client_en", script(&house, GROUP));
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_start_message_comes_once_however_often_work_pauses() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("rubricator").await;
    let before = house.said(GROUP).len();
    let task = || "rubricator".into();
    house.order(person("maksym"), ProjectCommand::StartTask { task: task() }).await;
    for _ in 0..3 {
        house.order(person("maksym"), ProjectCommand::PauseTask { task: task() }).await;
        house.order(person("maksym"), ProjectCommand::ResumeTask { task: task() }).await;
        house.settle().await;
    }
    let said = house.said(GROUP);
    assert_eq!(said.len(), before + 1, "{}", house.transcript(GROUP));
    assert!(said.last().unwrap().contains("Працюємо над рубрикатором"), "{said:?}");
    house.app.store().close().await;
}
