//! Somebody leaves: all that they hold goes to others in one step, and they may nothing from then on (CR-30).

use std::collections::BTreeMap;

use engine::app::Answer;
use engine::domain::agency::AgencyCommand;
use engine::domain::project::{ProjectCommand, Status};
use engine::domain::{Actor, PersonId};
use engine::store::change::Profile;
use journeys::db::{self, Db};
use journeys::desk::{STAFF_CHAT, ask, done, open_smm, person};
use journeys::house::House;
use journeys::page::Pages;
use journeys::visitor::Visitor;

use super::briefs::serve;
use super::hands::MAKSYM;

/// A house with an owner.
pub async fn owned(db: &Db) -> (House, Pages) {
    let house = House::open(db, "uk").await;
    let command = AgencyCommand::AddPerson {
        person: "vira".into(),
        roles: vec!["owner".into()],
        known: vec!["pm".into()],
        profile_changed: false,
    };
    let mut asked = ask(house.now(), Actor::Operator, command);
    asked.along.profiles.push(Profile {
        person: "vira".into(),
        name: "Віра Головна".into(),
        telegram_user: Some(1_009),
        username: None,
        language: None,
    });
    done(house.app.agency(asked).await.expect("the store answers"));
    let pages = serve(&house).await;
    (house, pages)
}

/// Who holds a role of a project.
async fn holder(house: &House, project: &str, role: &str) -> PersonId {
    let state = house.app.project_state(&project.into()).await.unwrap().unwrap();
    state.holder(role).expect("somebody holds it").clone()
}

async fn leave(house: &House, by: Actor, to: Option<&str>, by_role: &[(&str, &str)]) -> Answer {
    let by_role: BTreeMap<String, PersonId> =
        by_role.iter().map(|(role, person)| ((*role).to_owned(), PersonId::from(*person))).collect();
    let command = AgencyCommand::RemovePerson { person: "maksym".into(), to: to.map(Into::into), by_role };
    house.app.leave(ask(house.now(), by, command)).await.expect("the store answers")
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_goes_to_others_in_one_step_and_sessions_and_buttons_end_at_once() {
    for db in db::both().await {
        let (mut house, pages) = owned(&db).await;
        open_smm(&house.app, &house.catalogue, house.now(), "smm-second", &house.client).await;
        house.work("communication").await;
        house.settle().await;
        let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
        let card = house.with_button(STAFF_CHAT, "Почати");
        assert_eq!(maksym.get("/p/smm-test").await.status, 200);
        let before = house.app.store().head().await.unwrap().position;
        let answer = leave(&house, person("vira"), Some("iryna"), &[]).await;
        let Answer::Done { count, .. } = answer else { panic!("{answer:?}") };
        assert_eq!(count, 3, "two roles and the leaving");
        for project in ["smm-test", "smm-second"] {
            assert_eq!(holder(&house, project, "smm").await, "iryna".into(), "{project}");
        }
        assert_eq!(maksym.get("/today").await.status, 303, "signed out");
        house.settle().await;
        let pressed = house.press_on(MAKSYM, STAFF_CHAT, card.id, "Почати").await.expect("an answer");
        assert!(!pressed.text.unwrap_or_default().is_empty(), "he reads why not");
        assert_eq!(house.status("accounts").await, Status::Ready);
        let refused =
            house.try_order(person("maksym"), ProjectCommand::StartTask { task: "accounts".into() }).await;
        let Answer::Refused(refusal) = refused else { panic!("{refused:?}") };
        assert_eq!(refusal.code(), "has-left");
        let facts = house.app.store().events(before, 100).await.unwrap();
        let refusals = facts.iter().filter(|fact| fact.aggregate == "audit").count();
        assert_eq!(refusals, 2, "both attempts are on record");
        let names = house.app.names(&["maksym".into()]).await.unwrap();
        assert_eq!(names[&PersonId::from("maksym")], "Максим Лисенко", "the history keeps the name");
        house.restart();
        assert!(!house.app.agency_state().await.unwrap().people.contains_key(&"maksym".into()));
        assert!(house.app.store().verify().await.unwrap().is_well(), "{}", db.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_leaves_while_a_role_of_theirs_goes_to_nobody_and_only_the_top_lets_go() {
    let db = db::sqlite();
    let (house, _pages) = owned(&db).await;
    let refused =
        async |by: &str, to: Option<&str>, roles: &[(&str, &str)]| match leave(&house, person(by), to, roles)
            .await
        {
            Answer::Refused(refusal) => refusal.code(),
            answer => panic!("{answer:?}"),
        };
    let head = house.app.store().head().await.unwrap().position;
    assert_eq!(refused("vira", None, &[]).await, "still-holds");
    assert_eq!(refused("vira", Some("maksym"), &[]).await, "no-person", "not to the leaver");
    assert_eq!(refused("vira", Some("nobody"), &[]).await, "no-person");
    assert_eq!(refused("olena", Some("iryna"), &[]).await, "no-right", "a PM lets nobody go");
    assert_eq!(house.app.store().head().await.unwrap().position, head + 4, "nothing but the attempts");
    assert_eq!(holder(&house, "smm-test", "smm").await, "maksym".into());
    done(leave(&house, person("vira"), None, &[("smm", "taras")]).await);
    assert_eq!(holder(&house, "smm-test", "smm").await, "taras".into());
    assert_eq!(leave(&house, person("vira"), None, &[]).await, Answer::AlreadySo);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_shows_all_that_is_held_before_it_lets_go() {
    let db = db::sqlite();
    let (house, pages) = owned(&db).await;
    let vira = Visitor::signed_in(&house, &pages, "vira").await;
    let people = vira.get("/people").await;
    assert!(people.text.contains("/people/maksym/leave"), "{}", people.text);
    let page = vira.get("/people/maksym/leave").await;
    for wanted in ["Максим Лисенко leaves", "Кава «Ранок»", "SMM specialist", "name=\"r.smm\""]
    {
        assert!(page.text.contains(wanted), "{wanted}: {}", page.text);
    }
    let unsaid = vira.post("/people/maksym/leave", &[]).await;
    assert_eq!(unsaid.status, 409);
    assert!(unsaid.text.contains("Say who gets them"), "{}", unsaid.text);
    for _ in 0..2 {
        let fields = [("ask", "one-form"), ("to", "iryna"), ("r.smm", "taras")];
        assert_eq!(vira.post("/people/maksym/leave", &fields).await.status, 303);
    }
    assert_eq!(holder(&house, "smm-test", "smm").await, "taras".into());
    assert_eq!(vira.get("/people/maksym/leave").await.status, 404);
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    assert!(!olena.get("/people").await.text.contains("/leave"), "a PM is shown no such button");
    assert_eq!(olena.get("/people/iryna/leave").await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_back_starts_with_nothing_of_what_they_held() {
    let db = db::sqlite();
    let (house, _pages) = owned(&db).await;
    done(leave(&house, person("vira"), Some("iryna"), &[]).await);
    let command = AgencyCommand::AddPerson {
        person: "maksym".into(),
        roles: vec!["smm".into()],
        known: vec!["smm".into()],
        profile_changed: false,
    };
    done(house.app.agency(ask(house.now(), Actor::Operator, command)).await.unwrap());
    assert!(house.app.holdings(&"maksym".into()).await.unwrap().is_empty());
    let start = ProjectCommand::StartTask { task: "accounts".into() };
    let Answer::Refused(refusal) = house.try_order(person("maksym"), start).await else { panic!("refused") };
    assert_ne!(refusal.code(), "has-left");
}
