//! Accesses: asked for, given on a page, kept encrypted, seen by named roles, gone with the project (PF-86, PF-87).

use std::path::Path;

use engine::app::{Access, Along, Ask};
use engine::domain::project::{ProjectCommand, ProjectEvent};
use engine::domain::refusal::Missing;
use engine::domain::{Actor, Refusal};
use journeys::db;
use journeys::desk::{STAFF_CHAT, command_id, person};
use journeys::house::{GROUP, House};
use journeys::page::link_in;
use journeys::visitor::Visitor;

use super::briefs::serve;
use super::hands::{MAKSYM, OLENA, ask as ask_in_chat, open_as, refused, reply, sentence, tap};
use super::letters::count;
use super::witness::{facts, is_well, until};

const SECRET: &str = "host.example kava-ranok / Дуже-Таємне-7391";
/// A part of it that no hash and no number can hold by chance.
const WORD: &str = "Дуже-Таємне";
const CHASED: &str = "Ми ще не бачимо доступу: хостинг і домен";
const STUCK: &str = "не дає доступу «хостинг і домен», нагадали 3 рази";
const LABEL: &str = "🔐 Ввести доступ";

/// A website project; its launch needs the access `hosting`.
async fn website(db: &db::Db) -> House {
    let mut house = House::open(db, "uk").await;
    let definition = house.catalogue.definition("website").unwrap();
    open_as(&mut house, "site-test", definition).await;
    house
}

async fn look(house: &House, by: Actor) -> Access<String> {
    let command = ProjectCommand::ViewAccess { item: "hosting".into() };
    let ask = Ask { command_id: command_id(), at: house.now(), by, command, along: Along::default() };
    house.app.see_access(&house.project, ask).await.unwrap()
}

async fn state(house: &House) -> &'static str {
    house.app.project_state(&house.project).await.unwrap().unwrap().access_state("hosting").word()
}

/// Whether these bytes stand anywhere in the files of the database.
pub fn lies_in(folder: &Path, wanted: &[u8]) -> bool {
    let files = std::fs::read_dir(folder).unwrap().filter_map(Result::ok);
    files.filter(|file| file.path().is_file()).any(|file| {
        let bytes = std::fs::read(file.path()).unwrap();
        bytes.windows(wanted.len()).any(|window| window == wanted)
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_gives_an_access_on_a_page_and_only_named_roles_see_it_on_both_databases() {
    for db in db::both().await {
        let house = website(&db).await;
        assert_eq!(state(&house).await, "not_asked");
        house.order(person("olena"), ProjectCommand::AskAccess { item: "hosting".into() }).await;
        house.settle().await;
        assert_eq!(state(&house).await, "asked");
        let pages = serve(&house).await;
        let link = link_in(&house, GROUP, LABEL);
        let page = pages.get(&link).await;
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(
            page.text.contains("Доступ: хостинг і домен") && page.text.contains("<textarea"),
            "{}",
            page.text
        );
        let empty = pages.post(&link, &[("access", "  ")]).await;
        assert_eq!(empty.status, 422, "{}", empty.text);
        let taken = pages.post(&link, &[("access", SECRET)]).await;
        assert_eq!(taken.status, 303, "{}", taken.text);
        let after = pages.get(&link).await;
        assert!(
            after.text.contains("доступ отримано") && !after.text.contains("<textarea"),
            "{}",
            after.text
        );
        let twice = pages.post(&link, &[("access", "інше")]).await;
        assert_eq!(twice.status, 303, "the second half of a double click");
        house.settle().await;
        assert_eq!(state(&house).await, "received");
        assert_eq!(look(&house, person("olena")).await, Access::Done(SECRET.to_owned()), "{}", db.name);
        for by in [person("maksym"), person("nadiia"), Actor::Operator] {
            let answer = look(&house, by).await;
            assert!(matches!(answer, Access::Refused(Refusal::NotYourAccess { .. })), "{answer:?}");
        }
        assert_eq!(facts(&house, "access_viewed").await, 1, "each look is a fact");
        let said = [house.transcript(GROUP), house.transcript(STAFF_CHAT)].concat();
        assert!(!said.contains(WORD), "never in a chat: {said}");
        let log = house.app.store().dump("events").await.unwrap();
        assert!(!log.contains(WORD) && log.contains("access_received"));
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_is_asked_for_by_a_button_and_again_by_the_clock_until_it_is_there() {
    for db in db::both().await {
        let house = website(&db).await;
        house.order(person("olena"), ProjectCommand::StartTask { task: "communication".into() }).await;
        house.settle().await;
        assert_eq!(tap(&house, OLENA, "Запит доступу").await, "Зроблено.", "{}", db.name);
        assert_eq!(state(&house).await, "asked");
        assert_eq!(
            (count(&house, GROUP, "потрібен доступ: хостинг"), facts(&house, "access_asked").await),
            (1, 1)
        );
        // Asked on Monday at ten; four business days later it is Friday.
        until(&house, "2026-11-27 09:59").await;
        assert_eq!(count(&house, GROUP, CHASED), 0, "{}", house.transcript(GROUP));
        until(&house, "2026-11-27 10:01").await;
        assert_eq!(count(&house, GROUP, CHASED), 1, "{}", house.transcript(GROUP));
        until(&house, "2026-12-09 10:01").await;
        assert_eq!((count(&house, GROUP, CHASED), count(&house, STAFF_CHAT, STUCK)), (3, 0), "{}", db.name);
        until(&house, "2026-12-15 10:01").await;
        let told = (count(&house, GROUP, CHASED), count(&house, STAFF_CHAT, STUCK));
        assert_eq!(told, (3, 1), "{}", house.transcript(STAFF_CHAT));
        // The address of the first request has run out; that of the latest reminder has not.
        let pages = serve(&house).await;
        assert_eq!(pages.post(&link_in(&house, GROUP, LABEL), &[("access", SECRET)]).await.status, 303);
        assert_eq!(state(&house).await, "received");
        until(&house, "2027-01-15 10:00").await;
        assert_eq!((count(&house, GROUP, CHASED), count(&house, STAFF_CHAT, STUCK)), told);
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_that_comes_in_time_is_not_asked_for_again() {
    let db = db::sqlite();
    let house = website(&db).await;
    house.order(person("olena"), ProjectCommand::AskAccess { item: "hosting".into() }).await;
    until(&house, "2026-11-27 09:59").await;
    let pages = serve(&house).await;
    pages.post(&link_in(&house, GROUP, LABEL), &[("access", SECRET)]).await;
    until(&house, "2026-12-20 10:00").await;
    assert_eq!((count(&house, GROUP, CHASED), count(&house, STAFF_CHAT, STUCK)), (0, 0));
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plain_words_never_lie_in_the_database_and_the_sealed_ones_leave_it_with_the_project() {
    let db = db::sqlite();
    let house = website(&db).await;
    house.order(person("olena"), ProjectCommand::AskAccess { item: "hosting".into() }).await;
    house.settle().await;
    let pages = serve(&house).await;
    pages.post(&link_in(&house, GROUP, LABEL), &[("access", SECRET)]).await;
    let sealed = house.app.store().secret(&house.project, "hosting").await.unwrap().unwrap();
    let folder = db.directory.as_ref().unwrap().path().to_owned();
    assert!(!lies_in(&folder, WORD.as_bytes()) && !lies_in(&folder, SECRET.as_bytes()));
    assert!(lies_in(&folder, sealed.sealed.as_bytes()), "the witness looks where it lies");
    let reason = house.content("Клієнт не продовжує").await;
    house.order(person("olena"), ProjectCommand::CloseProject { reason }).await;
    assert_eq!(facts(&house, "accesses_purged").await, 1);
    assert_eq!(house.app.store().secret(&house.project, "hosting").await.unwrap(), None);
    assert!(matches!(look(&house, person("olena")).await, Access::Refused(Refusal::AccessEmpty { .. })));
    house.app.store().close().await;
    assert!(!lies_in(&folder, sealed.sealed.as_bytes()), "not in the file and not in its journal");
    assert!(!lies_in(&folder, SECRET.as_bytes()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_for_an_access_is_closed_by_time_and_by_the_end_of_the_project() {
    let db = db::sqlite();
    let house = website(&db).await;
    house.order(person("olena"), ProjectCommand::AskAccess { item: "hosting".into() }).await;
    house.settle().await;
    let pages = serve(&house).await;
    let link = link_in(&house, GROUP, LABEL);
    house.skip(15 * 86_400);
    assert_eq!(pages.get(&link).await.status, 404);
    assert_eq!(pages.post(&link, &[("access", SECRET)]).await.status, 404);
    house.order(person("olena"), ProjectCommand::AskAccess { item: "hosting".into() }).await;
    house.settle().await;
    let fresh = link_in(&house, GROUP, LABEL);
    assert_eq!(pages.get(&fresh).await.status, 200);
    let reason = house.content("Клієнт не продовжує").await;
    house.order(person("olena"), ProjectCommand::CloseProject { reason }).await;
    assert_eq!(pages.post(&fresh, &[("access", SECRET)]).await.status, 404);
    let stored = house.app.store().stream(house.project.stream(), 0).await.unwrap();
    let received = stored.iter().filter(|stored| stored.kind == "access_received").count();
    assert_eq!(received, 0);
    assert!(stored.iter().all(|stored| stored.fact::<ProjectEvent>().is_ok()));
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn production_of_seo_waits_for_brief_money_and_access_and_the_client_is_asked_one_thing_at_a_time() {
    let db = db::sqlite();
    let mut house = House::open(&db, "uk").await;
    let definition = house.catalogue.definition("seo").unwrap();
    open_as(&mut house, "seo-test", definition).await;
    house.order(person("olena"), ProjectCommand::StartTask { task: "communication".into() }).await;
    let press = |button: &str| ProjectCommand::PressButton {
        task: "communication".into(),
        button: button.to_owned(),
    };
    house.order(person("olena"), press("send_brief")).await;
    let early = refused(&house, person("olena"), press("ask_analytics")).await;
    assert!(sentence(&house, &early).contains("бриф «Бриф на SEO»"), "{}", sentence(&house, &early));
    let submit = || ProjectCommand::SubmitTask { task: "communication".into() };
    let missing = refused(&house, person("olena"), submit()).await;
    let gates = ["form:seo-brief", "access:analytics", "paid:this-period"];
    for gate in gates {
        let known = |missing: &Missing| matches!(missing, Missing::Gate { gate: found } if found == gate);
        assert!(missing.missing().iter().any(known), "{gate}: {missing:?}");
    }
    assert_eq!(count(&house, GROUP, "потрібен доступ"), 0, "{}", house.transcript(GROUP));
    house.fill_all_but_accesses("communication").await;
    house.order(person("olena"), press("ask_analytics")).await;
    house.settle().await;
    assert_eq!(
        count(&house, GROUP, "потрібен доступ: Analytics і Search Console"),
        1,
        "{}",
        house.transcript(GROUP)
    );
    let pages = serve(&house).await;
    assert_eq!(pages.post(&link_in(&house, GROUP, LABEL), &[("access", SECRET)]).await.status, 303);
    house.settle().await;
    refused(&house, person("olena"), submit()).await;
    // It is there; whether it works says whoever has tried it, with a few words.
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let tried = "/p/seo-test/communication/tried";
    let panel = olena.get("/p/seo-test?task=communication").await;
    assert!(panel.text.contains("communication/tried") && panel.text.contains("It works"), "{}", panel.text);
    let wordless = olena.post(tried, &[("access", "analytics"), ("needed", "yes"), ("note", "  ")]).await;
    assert!(wordless.status == 409 && wordless.text.contains("role=\"alert\""), "{}", wordless.text);
    let other = olena.post(tried, &[("access", "hosting"), ("needed", "no"), ("note", "Ні")]).await;
    assert_eq!(other.status, 409, "no such access");
    let works = [("access", "analytics"), ("needed", "yes"), ("note", "Бачимо Search Console")];
    assert_eq!(olena.post(tried, &works).await.status, 303);
    house.order(person("olena"), submit()).await;
    assert_eq!(facts(&house, "gate_confirmed").await, 1);
    // What was tried for one task works for the next, and whoever does it sees the access.
    let assign = ProjectCommand::AssignRole { role: "seo".into(), person: "maksym".into() };
    house.order(person("olena"), assign).await;
    house.order(person("maksym"), ProjectCommand::StartTask { task: "audit".into() }).await;
    let command = ProjectCommand::ViewAccess { item: "analytics".into() };
    let ask = Ask {
        command_id: command_id(),
        at: house.now(),
        by: person("maksym"),
        command,
        along: Along::default(),
    };
    let seen = house.app.see_access(&house.project, ask).await.unwrap();
    assert_eq!(seen, Access::Done(SECRET.to_owned()));
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pm_says_in_the_chat_that_no_access_is_needed_and_why_and_nobody_else_may() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    tap(&house, OLENA, "Почати").await;
    let question = ask_in_chat(&house, OLENA, "🔑 акаунти в соцмережах").await;
    reply(&house, MAKSYM, question.id, "Працює").await;
    let state = async || house.app.project_state(&house.project).await.unwrap().unwrap();
    assert_eq!(state().await.access_state("social_networks").word(), "not_asked", "it is not his task");
    reply(&house, OLENA, question.id, "- Акаунтів ще немає, створюємо").await;
    assert_eq!(state().await.access_state("social_networks").word(), "not_needed");
    let told = house.said(STAFF_CHAT).into_iter().find(|text| text.contains("іде далі, хоча бракує"));
    assert!(told.expect("the staff are told").contains("створюємо"));
    assert_eq!(facts(&house, "gate_overridden").await, 1);
    is_well(house).await;
}
