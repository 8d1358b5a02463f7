//! The list of projects: marks in the address, counts, lists with a name, the clients of the month (PF-07, PF-27, PF-28).

use chrono::{TimeZone, Utc};
use journeys::db;
use journeys::desk::{add_client, open_smm};
use journeys::house::House;
use journeys::page::Pages;
use journeys::visitor::Visitor;

use super::briefs::serve;

async fn house(db: &db::Db) -> (House, Pages) {
    let house = House::open(db, "uk").await;
    let pages = serve(&house).await;
    (house, pages)
}

/// The projects that a page lists, in its order.
async fn listed(visitor: &Visitor<'_>, query: &str) -> Vec<String> {
    let page = visitor.get(&format!("/projects?{query}")).await;
    assert_eq!(page.status, 200, "{query}");
    let table = page.text.split("<tbody>").nth(1).unwrap_or_default();
    table.split("<a href=\"/p/").skip(1).filter_map(|rest| Some(rest.split('"').next()?.to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn projects_are_found_by_any_of_their_marks_together_and_counted() {
    for db in db::both().await {
        let (house, pages) = house(&db).await;
        let other = add_client(&house.app, house.now(), "zelenyi-dim", "Зелений дім", "uk").await;
        open_smm(&house.app, &house.catalogue, house.now(), "smm-green", &other).await;
        house.work_until("content_plan").await;
        house.work("content_plan").await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        assert_eq!(listed(&olena, "").await.len(), 2, "{}", db.name);
        for (query, wanted) in [
            ("client=zelenyi-dim", vec!["smm-green"]),
            ("waits=1", vec!["smm-test"]),
            ("waits=1&client=zelenyi-dim", vec![]),
            ("pm=olena&person=maksym&service=smm&client=kava-ranok", vec!["smm-test"]),
            ("pm=maksym", vec![]),
            ("person=nobody", vec![]),
            ("service=seo", vec![]),
            ("state=over", vec![]),
            ("late=1", vec![]),
            ("sort=client", vec!["smm-green", "smm-test"]),
            ("from=2031-01-01", vec![]),
            ("from=garbage&page=garbage&state=garbage&sort=client", vec!["smm-green", "smm-test"]),
        ] {
            assert_eq!(listed(&olena, query).await, wanted, "{}: {query}", db.name);
        }
        let page = olena.get("/projects").await;
        assert!(page.text.contains("2 projects of 2 clients"), "{}", page.text);
        house.skip(60 * 24 * 3_600);
        house.settle().await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        assert_eq!(listed(&olena, "late=1").await, ["smm-green"], "the other one waits for its client");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clients_of_this_month_are_those_of_the_agencys_own_month() {
    let db = db::sqlite();
    let (house, pages) = house(&db).await;
    // One second before midnight in Kyiv is still November, though a second later is December there and not in London.
    let at = |hour, minute, second| {
        Utc.with_ymd_and_hms(2026, 11, 30, hour, minute, second).single().expect("a moment")
    };
    for (id, moment) in [("last", at(21, 59, 59)), ("first", at(22, 0, 0))] {
        let client = add_client(&house.app, moment, id, id, "uk").await;
        open_smm(&house.app, &house.catalogue, moment, &format!("smm-{id}"), &client).await;
    }
    house.skip((at(22, 30, 0) - house.now()).num_seconds());
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let page = olena.get("/projects").await;
    let month = "state=all&amp;from=2026-12-01&amp;until=2026-12-31";
    assert!(page.text.contains(month), "{}", page.text);
    assert_eq!(listed(&olena, &month.replace("&amp;", "&")).await, ["smm-first"]);
    let november = listed(&olena, "state=all&from=2026-11-01&until=2026-11-30").await;
    assert!(november.contains(&"smm-last".to_owned()) && !november.contains(&"smm-first".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_with_a_name_is_ones_own_or_everybodys_and_only_its_owner_forgets_it() {
    for db in db::both().await {
        let (house, pages) = house(&db).await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
        let keep = async |name: &str, shared: &str| {
            let query = "service=smm&waits=1&evil=<script>";
            let fields = [("name", name), ("query", query), ("shared", shared)];
            let kept = olena.post("/projects/keep", &fields).await;
            assert_eq!(kept.status, 303, "{}", kept.text);
        };
        keep("Мої в клієнтів", "").await;
        keep("Усі   в клієнтів", "1").await;
        let hers = olena.get("/projects?service=smm&waits=1").await.text;
        assert!(hers.contains("Мої в клієнтів") && hers.contains("Усі в клієнтів"), "{hers}");
        assert!(hers.contains("/projects?service=smm&amp;waits=1") && !hers.contains("evil"));
        let his = maksym.get("/projects").await.text;
        assert!(his.contains("Усі в клієнтів · Олена Коваль") && !his.contains("Мої в клієнтів"), "{his}");
        maksym.post("/projects/forget", &[("name", "Усі в клієнтів")]).await;
        assert!(maksym.get("/projects").await.text.contains("Усі в клієнтів"), "{}: not his", db.name);
        olena.post("/projects/forget", &[("name", "Усі в клієнтів")]).await;
        assert!(!maksym.get("/projects").await.text.contains("Усі в клієнтів"), "{}", db.name);
    }
}
