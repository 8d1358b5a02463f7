//! Ids that a newer template calls otherwise: `was` leads a running project from one to the other, and all that hangs
//! on the old ones goes on (PF-39).

use std::collections::BTreeSet;
use std::sync::Arc;

use engine::domain::definition::Definition;
use engine::domain::project::{Project, ProjectCommand, Status};
use journeys::db::{self, Db};
use journeys::desk::{self, person};
use journeys::house::{GROUP, House, SOFIIA};
use journeys::page::form_link;
use workflows::{Catalogue, Files};

use super::briefs::{ANSWERS, received, sent};
use super::templates::{agency, edit, open};

/// File, what stands there, and what the newer version says instead, wherever it stands.
const RENAMED: [(&str, &str, &str); 13] = [
    ("smm.yaml", "- stage: start\n", "- stage: beginning\n"),
    ("smm.yaml", "- task: communication\n", "- task: kickoff\n        was: [communication]\n"),
    ("smm.yaml", "- field: goals\n", "- field: aims\n            was: [goals]\n"),
    ("smm.yaml", "- button: send_brief\n", "- button: ask_brief\n            was: [send_brief]\n"),
    ("smm.yaml", "- task: content_plan\n", "- task: month_plan\n        was: [content_plan]\n"),
    ("smm.yaml", "- field: posts\n", "- field: post_count\n            was: [posts]\n"),
    (
        "smm.yaml",
        "          - button: ad_launched\n            title",
        "          - button: launched\n            was: [ad_launched]\n            title",
    ),
    ("smm.yaml", "          - button: ad_launched\n\n", "          - button: launched\n\n"),
    ("smm.yaml", "counted_from: button ad_launched", "counted_from: button launched"),
    ("smm.yaml", "- field: ad_budget\n", "- field: budget\n            was: [ad_budget]\n"),
    ("smm.yaml", "ad_audience, ad_budget, ad_period", "ad_audience, budget, ad_period"),
    ("forms/smm-brief.yaml", "- question: business\n", "- question: trade\n    was: [business]\n"),
    ("messages/*.ftl", "$posts", "$post_count"),
];

fn renamed() -> Arc<Catalogue> {
    let mut files = Files::embedded();
    for (path, from, to) in RENAMED {
        let languages = ["uk", "en", "vi", "bg"].map(|language| path.replace('*', language));
        for path in languages.iter().collect::<BTreeSet<_>>() {
            let text = files.get(path).expect("it is shipped").text.clone();
            assert!(text.contains(from), "{path} has no {from:?}");
            files.put(path, &text.replace(from, to));
        }
    }
    match Catalogue::from_files(&files) {
        Ok(catalogue) => Arc::new(catalogue),
        Err(problems) => panic!("{problems:#?}"),
    }
}

async fn project(house: &House) -> Arc<Project> {
    house.app.project_state(&house.project).await.unwrap().unwrap()
}

fn move_to(definition: Option<Arc<Definition>>) -> ProjectCommand {
    ProjectCommand::MoveVersion { definition: definition.expect("it is on offer") }
}

async fn timers(house: &House) -> String {
    house.app.store().dump("timers").await.unwrap()
}

async fn goes_on(db: Db) {
    let (mut house, pages) = sent(&db).await;
    let link = form_link(&house);
    let start = "communication".into();
    let goals = vec![("goals".to_owned(), engine::domain::field::Entered::Text("300 гостей".into()))];
    house.order(person("olena"), ProjectCommand::SetFields { task: start, values: goals }).await;
    let tick = ProjectCommand::TickItem { task: "communication".into(), item: 1, done: true, note: None };
    house.order(person("olena"), tick).await;
    pages.post(&link, &[("q.business", "Каву до роботи"), ("do", "save"), ("version", "0")]).await;
    let (before, waiting) = (project(&house).await, timers(&house).await);
    let facts = house.app.store().stream(house.project.stream(), 0).await.unwrap();

    let catalogue = renamed();
    house.catalogue = Arc::clone(&catalogue);
    house.app.set_desk(desk::desk(&catalogue));
    house.order(person("olena"), move_to(catalogue.definition("smm"))).await;
    house.settle().await;

    // Values, ticks, the open task, its timers and its history are as they were.
    let after = project(&house).await;
    assert_eq!(after.tasks, before.tasks, "{}", db.name);
    assert_eq!(timers(&house).await, waiting);
    let now = house.app.store().stream(house.project.stream(), 0).await.unwrap();
    assert_eq!(now[..facts.len()], facts[..]);
    assert_eq!(after.opened.as_ref().unwrap().definition.stages[0].id, "beginning");

    // The draft of the client is found, the form reminded of, and handed in by the address that was out.
    assert!(pages.get(&link).await.text.contains("Каву до роботи"));
    let asked = house.said(GROUP).len();
    house.pass(3 * 86_400).await;
    assert!(house.said(GROUP).len() > asked, "{}", house.transcript(GROUP));
    let handed = pages.post(&link, &ANSWERS).await;
    assert_eq!(handed.status, 303, "{}", handed.text);
    assert_eq!(received(&house).await.expect("it came").version, 1);
    house.settle().await;
    let late = ProjectCommand::SubmitTask { task: "communication".into() };
    house.fill("communication").await;
    house.order(person("olena"), late).await;
    house.settle().await;
    assert_eq!(house.status("communication").await, Status::Completed);

    // What the client reads names the field by its newer name; the decision of the client counts.
    for id in ["accounts", "rubricator", "content_plan"] {
        house.work(id).await;
    }
    assert!(house.said(GROUP).iter().any(|text| text.contains("Контент-план готовий: ")));
    house.press(SOFIIA, GROUP, "✅").await;
    assert_eq!(house.status("content_plan").await, Status::Completed);
    for id in ["profile_design", "first_nine"] {
        house.work(id).await;
        house.press(SOFIIA, GROUP, "✅").await;
    }
    // The button opens with its fields, and the period counts from it.
    house.work("ads").await;
    let state = project(&house).await;
    assert!(state.task(&"ads".into()).unwrap().pressed.contains("ad_launched"));
    assert!(state.periods.iter().any(|period| period.dates.is_some()), "{:?}", state.periods);
    assert_eq!(house.app.store().rebuild(None).await.unwrap(), Vec::new());
    assert!(house.app.store().verify().await.unwrap().is_well());
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_newer_template_calls_otherwise_goes_on_on_sqlite() {
    goes_on(db::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_newer_template_calls_otherwise_goes_on_on_postgres() {
    goes_on(db::postgres().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_in_the_chats_work_after_the_move_and_after_the_way_back() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("content_plan").await;
    house.order(person("maksym"), ProjectCommand::StartTask { task: "content_plan".into() }).await;
    house.settle().await;
    let newer = renamed();
    house.app.set_desk(desk::desk(&newer));
    house.order(person("olena"), move_to(newer.definition("smm"))).await;
    // The card that was sent before the move: its button asks for the field, the reply fills it.
    let project_of = async || project(&house).await.task(&"content_plan".into()).unwrap().clone();
    super::hands::fill(&house, super::hands::MAKSYM, "Кількість публікацій", "12").await;
    assert!(project_of().await.values.contains_key("posts"));
    house.fill("content_plan").await;
    house.order(person("maksym"), ProjectCommand::SubmitTask { task: "content_plan".into() }).await;
    house.settle().await;
    // Back to the version from before: the decision that was asked for in between still counts.
    let accept = ProjectCommand::AcceptTask { task: "content_plan".into(), round: None };
    house.order(person("olena"), accept).await;
    house.settle().await;
    assert_eq!(house.status("content_plan").await, Status::AwaitingApproval);
    house.app.set_desk(desk::desk(&house.catalogue));
    house.order(person("olena"), move_to(house.catalogue.definition("smm"))).await;
    house.press(SOFIIA, GROUP, "✅").await;
    assert_eq!(house.status("content_plan").await, Status::Completed);
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_types_the_newer_name_means_the_same_thing() {
    let terminal = agency(db::sqlite()).await;
    terminal.run(&["template", "publish", "--json"]).done();
    let project = open(&terminal);
    for (path, from, to) in RENAMED {
        for language in ["uk", "en", "vi", "bg"].iter().take(if path.contains('*') { 4 } else { 1 }) {
            let file = path.replace('*', language);
            while terminal.read(&format!("workflows/{file}")).contains(from) {
                edit(&terminal, &file, from, to);
            }
        }
    }
    let moved = terminal.by("olena", &["project", "move-version", &project]).done();
    let here: Vec<&str> = moved["renamed"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["here"].as_str().unwrap())
        .collect();
    for name in ["communication", "communication.goals", "communication.send_brief", "smm-brief.business"] {
        assert!(here.contains(&name), "{name}: {here:?}");
    }
    assert_eq!(moved["changed_tasks"], serde_json::json!([]), "nothing but names: {moved}");
    let place = format!("{project}/kickoff");
    terminal.by("olena", &["task", "start", &place]).done();
    terminal.by("olena", &["task", "set", &place, "aims=300 гостей"]).done();
    terminal.by("olena", &["task", "press", &place, "ask_brief"]).done();
    let shown = terminal.run(&["project", "show", &project, "--json"]).done();
    let missing = shown["tasks"][0]["missing"].to_string();
    assert!(!missing.contains("goals") && !missing.contains("aims"), "{missing}");
}
