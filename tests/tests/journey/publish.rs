//! Handing over, accesses, the auditor's check and publishing: gates G1, G4, G8 and G9 (Test 17).

use std::sync::Arc;

use engine::app::Answer;
use engine::domain::definition::{Definition, Gate, Handoff};
use engine::domain::field::{Entered, FileRef};
use engine::domain::project::event::ContentRef;
use engine::domain::project::{ProjectCommand, Status};
use engine::domain::{Actor, Missing, Refusal};
use journeys::db;
use journeys::desk::{STAFF_CHAT, add_client, ask, done, person};
use journeys::house::{GROUP, House, SOFIIA};

use super::hands::{in_alert, open_as, open_command, refused, sentence, tap};

const OLENA: i64 = 1001;

/// The SMM service with another plan for some tasks.
pub fn smm(house: &House, change: impl FnOnce(&mut Definition)) -> Arc<Definition> {
    let mut definition = house.catalogue.definition("smm").expect("it is shipped");
    change(Arc::make_mut(&mut definition));
    definition
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_is_handed_over_when_sales_have_told_everything() {
    for db in db::both().await {
        let mut house = House::empty(&db).await;
        let wanted = [Handoff::Price, Handoff::Contact, Handoff::Approver, Handoff::Chat, Handoff::Pm];
        let definition = smm(&house, |definition| {
            definition.price = None;
            definition.rules.handoff_needs = wanted.to_vec();
        });
        house.client = add_client(&house.app, house.now(), "early", "Рано", "uk").await;
        let try_open = async |house: &House, price: bool| {
            let price = price.then(|| engine::domain::money::Money::parse("24000 UAH", None)).flatten();
            let command = open_command(house, "smm-early", &definition, price);
            house.app.project(&"smm-early".into(), ask(house.now(), Actor::Operator, command)).await.unwrap()
        };
        let Answer::Refused(refusal) = try_open(&house, false).await else { panic!("it is refused") };
        let needs: Vec<&str> = refusal.missing().iter().map(need).collect();
        assert_eq!(needs, ["price", "contact", "approver", "chat"], "{}", db.name);
        assert_eq!(
            sentence(&house, &refusal),
            "Клієнта ще не передати в роботу. Бракує: ціна, контактна особа клієнта, людина клієнта, яка \
             погоджує, чат клієнта, під'єднаний і підтверджений."
        );
        assert!(house.app.project_state(&"smm-early".into()).await.unwrap().is_none());
        house.client = "kava-ranok".into();
        house.link("uk").await;
        done(try_open(&house, true).await);
        house.app.store().close().await;
    }
}

fn need(missing: &Missing) -> &str {
    match missing {
        Missing::Handoff { need } => need,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn work_on_an_account_starts_when_somebody_has_tried_the_access() {
    for db in db::both().await {
        let mut house = House::open(&db, "uk").await;
        let access = || Gate::Access("instagram".into());
        let definition = smm(&house, |definition| {
            task(definition, "accounts").start_needs = vec![access()];
        });
        open_as(&mut house, "smm-access", definition).await;
        house.work_until("accounts").await;
        let start = ProjectCommand::StartTask { task: "accounts".into() };
        let refusal = refused(&house, person("maksym"), start.clone()).await;
        assert!(sentence(&house, &refusal).contains("перевірений доступ «instagram»"), "{refusal:?}");
        assert_eq!(tap(&house, OLENA, "Почати").await, in_alert(&house, &refusal), "the same in the chat");
        let comment = house.content("Увійшли, двофакторний код у клієнта").await;
        let confirm = ProjectCommand::ConfirmGate { task: "accounts".into(), gate: access(), comment };
        refused(&house, person("iryna"), confirm.clone()).await;
        house.order(person("maksym"), confirm).await;
        house.order(person("maksym"), start).await;
        assert_eq!(house.status("accounts").await, Status::InProgress, "{}", db.name);
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_head_lets_a_result_go_on_without_the_auditor_and_the_staff_read_why() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("rubricator").await;
    let by = person("maksym");
    house.order(by.clone(), ProjectCommand::StartTask { task: "rubricator".into() }).await;
    house.fill("rubricator").await;
    house.order(by, ProjectCommand::SubmitTask { task: "rubricator".into() }).await;
    let reason = house.content("Аудитор хворіє, строк сьогодні").await;
    let skip = ProjectCommand::OverrideAudit { task: "rubricator".into(), reason };
    let refusal = refused(&house, person("olena"), skip.clone()).await;
    assert_eq!(refusal, Refusal::OnlyTheHead { gate: "audit".into() });
    house.order(Actor::Operator, skip).await;
    house.settle().await;
    assert_eq!(house.status("rubricator").await, Status::Completed);
    let told = house.said(STAFF_CHAT);
    let news = told.iter().find(|text| text.contains("згода аудитора")).expect("the staff are told");
    assert!(news.contains("Аудитор хворіє, строк сьогодні"), "{news}");
    house.app.store().close().await;
}

fn task<'d>(definition: &'d mut Definition, id: &str) -> &'d mut engine::domain::definition::Task {
    let mut tasks = definition.stages.iter_mut().flat_map(|stage| &mut stage.tasks);
    tasks.find(|task| task.id == id).expect("it is planned")
}

/// A file with these bytes.
async fn file(house: &House, bytes: &str) -> FileRef {
    let ContentRef { content, sha256 } = house.content(bytes).await;
    FileRef { content, sha256 }
}

async fn attach(house: &House, by: &str, (task, field): (&str, &str), file: &FileRef) {
    let values = vec![(field.to_owned(), Entered::Files(vec![file.clone()]))];
    house.order(person(by), ProjectCommand::SetFields { task: task.into(), values }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_is_byte_for_byte_what_the_client_approved() {
    for db in db::both().await {
        let mut house = House::open(&db, "uk").await;
        let definition = smm(&house, |definition| {
            let mut poster = task(definition, "ads").field("ad_report").expect("a file").clone();
            (poster.id, poster.required, poster.client_sees) = ("poster".into(), false, true);
            task(definition, "content_plan").result.push(poster);
            task(definition, "ads").finish_needs.push(Gate::Approved("content_plan".into()));
        });
        open_as(&mut house, "smm-publish", definition).await;
        house.work_until("content_plan").await;
        let poster = file(&house, "the poster, every byte of it").await;
        house.order(person("maksym"), ProjectCommand::StartTask { task: "content_plan".into() }).await;
        attach(&house, "maksym", ("content_plan", "poster"), &poster).await;
        house.fill("content_plan").await;
        attach(&house, "maksym", ("content_plan", "poster"), &poster).await;
        let submit = |task: &str| ProjectCommand::SubmitTask { task: task.into() };
        house.order(person("maksym"), submit("content_plan")).await;
        let accept = ProjectCommand::AcceptTask { task: "content_plan".into(), round: None };
        house.order(person("olena"), accept).await;
        house.settle().await;
        house.press(SOFIIA, GROUP, "✅").await;
        for id in ["profile_design", "first_nine"] {
            house.work(id).await;
            house.press(SOFIIA, GROUP, "✅").await;
        }
        house.order(person("taras"), ProjectCommand::StartTask { task: "ads".into() }).await;
        house.fill_without_buttons("ads").await;
        let other = file(&house, "the poster, every byte of it!").await;
        attach(&house, "taras", ("ads", "ad_report"), &other).await;
        let press = ProjectCommand::PressButton { task: "ads".into(), button: "ad_launched".into() };
        let refusal = refused(&house, person("taras"), press.clone()).await;
        assert_eq!(refusal.code(), "button-locked", "one byte more is not what the client approved");
        let refusal = refused(&house, person("taras"), submit("ads")).await;
        assert!(refusal.missing().iter().any(|missing| matches!(missing, Missing::OtherFile { .. })));
        assert!(sentence(&house, &refusal).contains("саме ті файли, які клієнт погодив у «Контент-план»"));
        let reason = house.content("Дуже треба").await;
        let gate = Gate::Approved("content_plan".into());
        let pass = ProjectCommand::OverrideGate { task: "ads".into(), gate, reason };
        assert_eq!(refused(&house, Actor::Operator, pass).await.code(), "no-override");
        attach(&house, "taras", ("ads", "ad_report"), &poster).await;
        house.order(person("taras"), press).await;
        house.order(person("taras"), submit("ads")).await;
        assert_eq!(house.status("ads").await, Status::InReview, "{}", db.name);
        house.app.store().close().await;
    }
}
