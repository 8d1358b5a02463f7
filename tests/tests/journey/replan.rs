//! Plans that are no line, and plans that change on the way: side by side, put in, another version (SC-27, SC-30).

use std::sync::Arc;

use engine::app::Answer;
use engine::domain::TaskId;
use engine::domain::definition::{Definition, Task};
use engine::domain::project::{ProjectCommand, Status};
use journeys::db;
use journeys::desk::{STAFF_CHAT, person};
use journeys::house::{GROUP, House, SOFIIA};
use workflows::AdHoc;

use super::hands::{open_as, refused, sentence};
use super::publish::smm;

fn task<'d>(definition: &'d mut Definition, id: &str) -> &'d mut Task {
    let mut tasks = definition.stages.iter_mut().flat_map(|stage| &mut stage.tasks);
    tasks.find(|task| task.id == id).expect("it is planned")
}

fn names(ids: &[&str]) -> Option<Vec<String>> {
    Some(ids.iter().map(|id| (*id).to_owned()).collect())
}

/// The profile and the first posts side by side, ads when both are done.
fn parallel(definition: &mut Definition) {
    task(definition, "first_nine").after = names(&["content_plan"]);
    task(definition, "ads").after = names(&["profile_design", "first_nine"]);
}

async fn order(house: &House) -> Vec<String> {
    let project = house.app.project_state(&house.project).await.unwrap().unwrap();
    project.tasks.iter().map(|task| task.id.to_string()).collect()
}

/// The board says what the project says, also when it is built anew.
async fn board_agrees(house: &House) {
    let look = async || {
        let board = projections::board::project(house.app.store(), &house.project).await.unwrap().unwrap();
        board
            .tasks
            .iter()
            .map(|task| (task.task.clone(), task.status, task.title.clone()))
            .collect::<Vec<_>>()
    };
    let project = house.app.project_state(&house.project).await.unwrap().unwrap();
    let title = |id: &TaskId| project.plan(id).expect("planned").title.clone();
    let known: Vec<_> =
        project.tasks.iter().map(|task| (task.id.clone(), task.status, title(&task.id))).collect();
    assert_eq!(look().await, known);
    assert_eq!(house.app.store().rebuild(None).await.unwrap(), Vec::new());
    assert_eq!(look().await, known, "built anew");
    assert!(house.app.store().verify().await.unwrap().is_well());
}

async fn finish(house: &House, task: &str) {
    house.work(task).await;
    if house.status(task).await == Status::AwaitingApproval {
        house.press(SOFIIA, GROUP, "✅").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_run_side_by_side_where_the_template_says_so_and_join_again() {
    for db in db::both().await {
        let mut house = House::open(&db, "uk").await;
        let definition = smm(&house, parallel);
        open_as(&mut house, "smm-parallel", definition).await;
        house.work_until("content_plan").await;
        finish(&house, "content_plan").await;
        for id in ["profile_design", "first_nine"] {
            assert_eq!(house.status(id).await, Status::Ready, "{id}, {}", db.name);
        }
        let start = |id: &str| ProjectCommand::StartTask { task: id.into() };
        house.order(person("iryna"), start("profile_design")).await;
        house.order(person("maksym"), start("first_nine")).await;
        house.settle().await;
        for id in ["profile_design", "first_nine"] {
            assert_eq!(house.status(id).await, Status::InProgress, "{id}");
        }
        let refusal = refused(&house, person("taras"), start("ads")).await;
        assert!(sentence(&house, &refusal).contains("Оформлення"), "{}", sentence(&house, &refusal));
        // Both are late on the same day, and each is told of once.
        house.pass(30 * 86_400).await;
        let overdue = |title: &str| {
            let told = house.said(STAFF_CHAT);
            told.iter().filter(|text| text.contains(title) && text.contains("не здано вчасно")).count()
        };
        let project = house.app.project_state(&house.project).await.unwrap().unwrap();
        for id in ["profile_design", "first_nine"] {
            let title = project.plan(&id.into()).unwrap().title.in_language("uk").to_owned();
            assert_eq!(overdue(&title), 1, "{title}:\n{}", house.transcript(STAFF_CHAT));
        }
        finish(&house, "first_nine").await;
        assert_eq!(house.status("ads").await, Status::Waiting, "one branch is not both");
        finish(&house, "profile_design").await;
        assert_eq!(house.status("ads").await, Status::Ready);
        board_agrees(&house).await;
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wish_of_the_client_becomes_a_task_at_a_chosen_place() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        house.work_until("content_plan").await;
        let definition = house.catalogue.definition("smm").unwrap();
        let banner = |id: &str| {
            let (id, title, role) = (id.to_owned(), "Банер до акції".to_owned(), "designer".to_owned());
            let due = workflows::term("2 business days");
            Box::new(AdHoc { id, title, role, due, needs_approval: true }.plan(&definition.stages))
        };
        let insert =
            |after: &str, id: &str| ProjectCommand::InsertTask { after: after.into(), plan: banner(id) };
        refused(&house, person("maksym"), insert("content_plan", "banner")).await;
        let late = refused(&house, person("olena"), insert("accounts", "banner")).await;
        assert_eq!(late.code(), "too-late-to-insert");
        assert!(sentence(&house, &late).contains("Вставте після"), "{}", sentence(&house, &late));
        finish(&house, "content_plan").await;
        assert_eq!(house.status("profile_design").await, Status::Ready);
        house.order(person("olena"), insert("content_plan", "banner")).await;
        house.settle().await;
        assert_eq!(house.status("profile_design").await, Status::Waiting);
        assert_eq!(house.status("banner").await, Status::Ready);
        assert!(house.said(STAFF_CHAT).iter().any(|text| text.contains("додано «Банер до акції»")));
        board_agrees(&house).await;
        let said = house.said(GROUP).len();
        house.work("banner").await;
        assert_eq!(house.status("banner").await, Status::AwaitingApproval, "{}", db.name);
        assert!(house.said(GROUP).len() > said, "the client reads of it");
        // Nobody answers: the usual reminder of the template holds for it too.
        house.pass(3 * 86_400).await;
        let reminded = house.said(GROUP).iter().filter(|text| text.contains("Банер до акції")).count();
        assert!(reminded >= 2, "{}", house.transcript(GROUP));
        house.press(SOFIIA, GROUP, "✅").await;
        assert_eq!(house.status("profile_design").await, Status::Ready);
        board_agrees(&house).await;
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_project_moves_to_another_version_and_keeps_its_past() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        house.work_until("content_plan").await;
        house.work("content_plan").await;
        let new = smm(&house, |definition| {
            definition.hash = "another".into();
            let plan = task(definition, "content_plan");
            (plan.id, plan.was) = ("month_plan".into(), vec!["content_plan".into()]);
            let mut stories = task(definition, "first_nine").clone();
            stories.id = "stories".into();
            let stage =
                definition.stages.iter_mut().find(|stage| stage.tasks.iter().any(|t| t.id == "first_nine"));
            stage.unwrap().tasks.push(stories);
        });
        let without = smm(&house, |definition| {
            definition.hash = "less".into();
            definition.stages[0].tasks.retain(|task| task.id != "accounts");
        });
        let moved =
            |definition: &Arc<Definition>| ProjectCommand::MoveVersion { definition: Arc::clone(definition) };
        let refusal = refused(&house, person("olena"), moved(&without)).await;
        assert!(sentence(&house, &refusal).contains("«Створення акаунтів у соцмережах»"), "{refusal:?}");
        let before = house.app.store().stream(house.project.stream(), 0).await.unwrap();
        house.order(person("olena"), moved(&new)).await;
        house.settle().await;
        let after = house.app.store().stream(house.project.stream(), 0).await.unwrap();
        assert_eq!(after[..before.len()], before[..], "{}: history is as it was", db.name);
        let known = ["content_plan", "profile_design", "first_nine", "stories", "ads"];
        assert_eq!(order(&house).await[3..8], known, "the renamed task keeps its name in this project");
        assert!(house.said(STAFF_CHAT).iter().any(|text| text.contains("новою версією шаблону")));
        board_agrees(&house).await;
        // The button that the client got before the move still decides.
        house.press(SOFIIA, GROUP, "✅").await;
        assert_eq!(house.status("content_plan").await, Status::Completed);
        assert_eq!(house.status("profile_design").await, Status::Ready);
        let again = house.try_order(person("olena"), moved(&new)).await;
        assert!(matches!(again, Answer::AlreadySo), "{again:?}");
        house.app.store().close().await;
    }
}
