//! Gates: each is refused with the full list of what is unmet, in the same words everywhere (Test 9).

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::domain::definition::{Gate, Period};
use engine::domain::project::{ProjectCommand, Status};
use engine::domain::refusal::Missing;
use engine::domain::{Actor, PersonId, Refusal, TaskId};
use journeys::db;
use journeys::desk::{STAFF, STAFF_CHAT, ask, done, person};
use journeys::house::{GROUP, House, SOFIIA};

use super::hands::{MAKSYM, OLENA, TARAS, alert, confirm, in_alert, refused, sentence, tap};

fn submit(task: &str) -> ProjectCommand {
    ProjectCommand::SubmitTask { task: task.into() }
}

fn start(task: &str) -> ProjectCommand {
    ProjectCommand::StartTask { task: task.into() }
}

/// Short names of what is missing, in the order of the list.
fn names(refusal: &Refusal) -> Vec<String> {
    let name = |missing: &Missing| match missing {
        Missing::Field { field, .. } => field.clone(),
        Missing::More { field, at_least, have, .. } => format!("{field} {have}/{at_least}"),
        Missing::Gate { gate } => gate.clone(),
        Missing::Checklist { item, .. } => format!("#{item}"),
        Missing::Button { button, .. } => format!("button:{button}"),
        Missing::Role { role } => format!("role:{role}"),
        Missing::Task { task, .. } => task.to_string(),
        Missing::Approval { task, .. } => format!("approval:{task}"),
        Missing::OtherFile { field, approved, .. } => format!("{field}≠{approved}"),
        Missing::Outside { field, rows, .. } => format!("{field} {rows:?}"),
        Missing::Handoff { need } => format!("handoff:{need}"),
    };
    refusal.missing().iter().map(name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn brief_money_and_access_are_all_named_until_each_is_there() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    tap(&house, OLENA, "Почати").await;
    let refusal = refused(&house, person("olena"), submit("communication")).await;
    assert_eq!(
        names(&refusal),
        ["goals", "#1", "#2", "form:smm-brief", "access:social_networks", "paid:this-period"]
    );
    assert_eq!(alert(&house, OLENA, "🔒 Здати").await, in_alert(&house, &refusal));
    let full = sentence(&house, &refusal);
    for words in [
        "Домовлені цілі",
        "доступ «social networks»",
        "Дані від відділу продажів повні",
        "Бриф на SMM",
        "оплата за цей період",
    ] {
        assert!(full.contains(words), "{words}: {full}");
    }
    let card = house.with_button(STAFF_CHAT, "🔒 Здати");
    for words in ["Домовлені цілі", "доступ «social networks»", "бриф «Бриф на SMM»", "оплата за цей період"]
    {
        assert!(card.text.contains(words), "{words}: {}", card.text);
    }
    confirm(&house, "communication").await;
    let refusal = refused(&house, person("olena"), submit("communication")).await;
    assert_eq!(names(&refusal), ["goals", "#1", "#2"]);
    assert_eq!(alert(&house, OLENA, "🔒 Здати").await, in_alert(&house, &refusal));
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_task_starts_before_the_one_before_it_is_over() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let project = house.app.project_state(&house.project).await.unwrap().unwrap();
    let ids: Vec<TaskId> = project.tasks.iter().map(|task| task.id.clone()).collect();
    for pair in ids.windows(2) {
        let refusal = refused(&house, Actor::Operator, start(pair[1].as_str())).await;
        let Refusal::NotItsTurn { before, .. } = &refusal else { panic!("{refusal:?}") };
        assert_eq!(before, "communication", "the first that is not over is named");
        assert!(sentence(&house, &refusal).contains("«Комунікація»"));
    }
    house.work_until("rubricator").await;
    let refusal = refused(&house, person("maksym"), start("content_plan")).await;
    assert!(sentence(&house, &refusal).contains("спершу треба завершити «Рубрикатор»"), "{refusal:?}");
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_start_button_of_a_task_whose_turn_was_taken_back_says_so() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("content_plan").await;
    house.work("content_plan").await;
    house.press(SOFIIA, GROUP, "✅").await;
    let ready = house.with_button(STAFF_CHAT, "Почати");
    let data = ready.button("Почати").and_then(|button| button.data.clone()).unwrap();
    house.press(SOFIIA, GROUP, "Скасувати").await;
    assert_eq!(house.status("profile_design").await, Status::Waiting);
    let press = house.sandbox.press_raw(1003, STAFF_CHAT, ready.id, &data).unwrap();
    house.settle().await;
    let said = house.sandbox.callback_answer(&press).and_then(|answer| answer.text).unwrap();
    let refusal = refused(&house, person("iryna"), start("profile_design")).await;
    assert!(matches!(refusal, Refusal::NotItsTurn { .. }));
    assert_eq!(said, in_alert(&house, &refusal));
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_is_handed_over_only_when_every_field_and_line_is_there() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("content_plan").await;
    tap(&house, MAKSYM, "Почати").await;
    let refusal = refused(&house, person("maksym"), submit("content_plan")).await;
    assert_eq!(
        names(&refusal),
        ["plan_period", "plan", "posts", "#1", "#2"],
        "the optional line is not asked for"
    );
    assert_eq!(alert(&house, MAKSYM, "🔒 Здати").await, in_alert(&house, &refusal));
    house.fill("content_plan").await;
    house.settle().await;
    assert_eq!(tap(&house, MAKSYM, "Здати").await, "Зроблено.");
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_reaches_the_client_before_another_person_has_checked_it() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("content_plan").await;
    tap(&house, MAKSYM, "Почати").await;
    house.fill("content_plan").await;
    house.settle().await;
    let told = house.said(GROUP).len();
    tap(&house, MAKSYM, "Здати").await;
    let accept = || ProjectCommand::AcceptTask { task: "content_plan".into(), round: None };
    let own = refused(&house, person("maksym"), accept()).await;
    assert!(matches!(own, Refusal::OwnWork { .. }));
    assert_eq!(alert(&house, MAKSYM, "Прийняти").await, in_alert(&house, &own));
    let foreign = refused(&house, person("taras"), accept()).await;
    assert!(matches!(foreign, Refusal::NotYourCheck { .. }));
    assert_eq!(alert(&house, TARAS, "Прийняти").await, in_alert(&house, &foreign));
    let sofiia = house.app.store().profile_by_telegram(SOFIIA).await.unwrap().unwrap().person;
    let approve = ProjectCommand::Approve { task: "content_plan".into(), round: 1 };
    refused(&house, Actor::Person(sofiia), approve).await;
    assert_eq!(house.status("content_plan").await, Status::InReview);
    assert_eq!(house.said(GROUP).len(), told, "the client has not seen it");
    tap(&house, OLENA, "Прийняти").await;
    assert_eq!(house.status("content_plan").await, Status::AwaitingApproval);
    assert_eq!(house.said(GROUP).len(), told + 1);
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_one_who_hands_in_for_a_colleague_does_not_check_it_either() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("accounts").await;
    tap(&house, OLENA, "Почати").await;
    house.fill("accounts").await;
    house.settle().await;
    tap(&house, OLENA, "Здати").await;
    let accept = ProjectCommand::AcceptTask { task: "accounts".into(), round: None };
    let refusal = refused(&house, person("olena"), accept).await;
    assert_eq!(alert(&house, OLENA, "Прийняти").await, in_alert(&house, &refusal));
    assert_eq!(house.status("accounts").await, Status::InReview);
    house.app.store().close().await;
}

/// A project whose definition was changed before it was opened.
async fn open_changed(house: &mut House, without: &[&str], needs: Vec<Gate>) {
    let mut definition = house.catalogue.definition("smm").unwrap();
    for stage in &mut Arc::make_mut(&mut definition).stages {
        for task in stage.tasks.iter_mut().filter(|task| task.id == "communication") {
            task.start_needs.clone_from(&needs);
        }
    }
    let kept = STAFF.iter().filter(|(_, _, role, _)| !without.contains(role));
    let assigned: BTreeMap<String, PersonId> =
        kept.map(|(person, _, role, _)| ((*role).to_owned(), PersonId::from(*person))).collect();
    let (project, client) = ("smm-changed".into(), house.client.clone());
    house.project = "smm-changed".into();
    let command = ProjectCommand::OpenProject {
        project,
        client,
        definition,
        assigned,
        price: None,
        promised: Box::default(),
    };
    let asked = ask(house.now(), Actor::Operator, command);
    done(house.app.project(&house.project, asked).await.unwrap());
    house.settle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_with_closed_start_gates_and_nobody_to_do_it_says_all_of_that() {
    let db = db::sqlite();
    let mut house = House::open(&db, "uk").await;
    let needs = vec![Gate::Form("smm-brief".into()), Gate::Paid(Period::This), Gate::Field("goals".into())];
    open_changed(&mut house, &["pm"], needs).await;
    let refusal = refused(&house, Actor::Operator, start("communication")).await;
    assert_eq!(names(&refusal), ["form:smm-brief", "paid:this-period", "goals", "role:pm"]);
    assert_eq!(alert(&house, OLENA, "Почати").await, in_alert(&house, &refusal));
    let full = sentence(&house, &refusal);
    for words in ["Бриф на SMM", "оплата за цей період", "Домовлені цілі", "Проєктний менеджер"]
    {
        assert!(full.contains(words), "{words}: {full}");
    }
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gate_is_opened_by_hand_by_the_head_alone_and_the_brief_by_nobody() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let comment = house.content("Гроші йдуть").await;
    let confirm =
        |gate| ProjectCommand::ConfirmGate { task: "communication".into(), gate, comment: comment.clone() };
    for staff in ["maksym", "olena", "nadiia"] {
        let refusal = refused(&house, person(staff), confirm(Gate::Paid(Period::This))).await;
        assert_eq!(refusal, Refusal::OnlyTheHead { gate: "paid:this-period".into() });
        assert!(sentence(&house, &refusal).contains("лише керівник"));
    }
    let refusal = refused(&house, person("olena"), confirm(Gate::Paid(Period::Next))).await;
    let Refusal::NoGate { known, .. } = &refusal else { panic!("{refusal:?}") };
    assert_eq!(*known, ["form:smm-brief", "access:social_networks", "paid:this-period"]);
    let refusal = refused(&house, Actor::Operator, confirm(Gate::Form("smm-brief".into()))).await;
    assert_eq!(refusal, Refusal::NoOverride { gate: "form:smm-brief".into() });
    house.order(Actor::Operator, confirm(Gate::Paid(Period::This))).await;
    house.settle().await;
    let told = house.said(STAFF_CHAT).into_iter().find(|text| text.contains("іде далі, хоча бракує"));
    let told = told.expect("the staff are told");
    assert!(told.contains("оплата за цей період") && told.contains("Гроші йдуть"), "{told}");
    house.app.store().close().await;
}
