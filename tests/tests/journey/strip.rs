//! What needs me above the board, and the board by the tasks of a service (SURFACES 2b).

use journeys::db;
use journeys::house::{GROUP, House, SOFIIA};
use journeys::visitor::Visitor;

use super::briefs::serve;

#[tokio::test(flavor = "multi_thread")]
async fn what_needs_me_stands_above_the_board_and_goes_away_with_its_reason() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        house.sandbox.set_privacy(false);
        let pages = serve(&house).await;
        house.work_until("content_plan").await;
        house.work("content_plan").await;
        let strip = async |who: &str| {
            let visitor = Visitor::signed_in(&house, &pages, who).await;
            let page = visitor.get("/board").await.text;
            let strip =
                page.split("<nav class=\"strip\"").nth(1).and_then(|rest| rest.split("</nav>").next());
            strip.unwrap_or_default().to_owned()
        };
        assert!(!strip("olena").await.contains("Silent clients"), "asked today");
        house.skip(3 * 24 * 3_600);
        house.sandbox.send_text(SOFIIA, GROUP, "А коли буде звіт?", None).expect("said");
        house.settle().await;
        let olena = strip("olena").await;
        for wanted in [
            "Answers due: 1",
            "Silent clients: 1",
            "Кава «Ранок»",
            "href=\"/projects?person=olena&amp;waits=1\"",
        ] {
            assert!(olena.contains(wanted), "{}: {wanted}\n{olena}", db.name);
        }
        assert_eq!(strip("taras").await, "", "{}: nothing needs who has no part in it", db.name);
        house.press(SOFIIA, GROUP, "✅ Затвердити").await;
        assert!(!strip("olena").await.contains("Silent clients"), "{}: decided", db.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_by_task_has_a_column_for_each_task_of_the_service_in_its_order() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let pages = serve(&house).await;
    house.work_until("rubricator").await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let page = olena.get("/board?by=task").await.text;
    let columns: Vec<&str> =
        page.split("aria-labelledby=\"t-").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let definition = house.catalogue.definition("smm").expect("smm is shipped");
    let wanted: Vec<&str> = definition.tasks().map(|task| task.id.as_str()).collect();
    assert_eq!(columns, wanted);
    let column = page
        .split("aria-labelledby=\"t-rubricator\"")
        .nth(1)
        .and_then(|rest| rest.split("</section>").next());
    assert!(column.is_some_and(|column| column.contains("Кава «Ранок»")), "{page}");
}
