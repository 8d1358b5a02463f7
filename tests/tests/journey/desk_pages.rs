//! The check queue of auditors, and people with their load (PF-14, SC-32).

use engine::domain::project::{ProjectCommand, Status};
use journeys::db;
use journeys::desk::person;
use journeys::house::House;
use journeys::visitor::Visitor;

use super::briefs::serve;
use super::leavers::owned;

/// A result of Maksym's waits for Olena.
pub async fn hand_in(house: &House) {
    house.work("communication").await;
    house.order(person("maksym"), ProjectCommand::StartTask { task: "accounts".into() }).await;
    house.fill("accounts").await;
    house.order(person("maksym"), ProjectCommand::SubmitTask { task: "accounts".into() }).await;
    assert_eq!(house.status("accounts").await, Status::InReview);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_reads_results_and_judges_them_in_one_place() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    hand_in(&house).await;
    let pages = serve(&house).await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let queue = olena.get("/checks").await;
    for wanted in ["/p/smm-test/accounts/accept", "Кава «Ранок»", "Максим Лисенко", "https://"]
    {
        assert!(queue.text.contains(wanted), "{wanted}: {}", queue.text);
    }
    let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
    let his = maksym.get("/checks?of=all").await;
    assert!(!his.text.contains("/accept"), "nobody's queue but the auditors': {}", his.text);
    let fields = [("round", "1"), ("back", "/checks"), ("remark", "Додайте TikTok")];
    let back = olena.post("/p/smm-test/accounts/return", &fields).await;
    assert_eq!((back.status.as_u16(), back.headers["location"].to_str().unwrap()), (303, "/checks"));
    assert_eq!(house.status("accounts").await, Status::Rework);
    assert!(olena.get("/checks").await.text.contains("Nothing waits to be checked"));
    house.order(person("maksym"), ProjectCommand::StartTask { task: "accounts".into() }).await;
    house.order(person("maksym"), ProjectCommand::SubmitTask { task: "accounts".into() }).await;
    let older = olena.post("/p/smm-test/accounts/accept", &[("round", "1"), ("back", "/checks")]).await;
    assert_eq!(older.status, 409, "of an earlier round");
    let elsewhere = [("round", "2"), ("back", "https://evil.example/")];
    let taken = olena.post("/p/smm-test/accounts/accept", &elsewhere).await;
    assert_eq!(taken.headers["location"], "/p/smm-test?task=accounts", "only to pages of ours");
    assert_eq!(house.status("accounts").await, Status::Completed);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_a_result_are_opened_where_they_are_judged() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("ads").await;
    house.order(person("taras"), ProjectCommand::StartTask { task: "ads".into() }).await;
    house.fill("ads").await;
    house.order(person("taras"), ProjectCommand::SubmitTask { task: "ads".into() }).await;
    let pages = serve(&house).await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let page = olena.get("/checks?of=all").await.text;
    assert!(page.contains("href=\"/p/smm-test/ads/file/"), "no file to open: {page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_shown_with_what_they_do_and_the_hours_before_them() {
    let db = db::sqlite();
    let (house, pages) = owned(&db).await;
    house.work("communication").await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let page = olena.get("/people").await;
    for wanted in ["Максим Лисенко", "/p/smm-test?task=accounts", "done by", "svg class=\"load\"", "40 h"]
    {
        assert!(page.text.contains(wanted), "{wanted}: {}", page.text);
    }
    assert!(page.text.contains("free"), "whoever has nothing to do is seen");
    let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
    assert_eq!(maksym.get("/people").await.status, 403);
    assert!(!maksym.get("/today").await.text.contains("href=\"/people\""), "the menu shows what is open");
}
