//! What the staff hear at fixed times: the overview of the day, the report of the month (SC-29, T8).

use journeys::db;
use journeys::desk::{STAFF_CHAT, person};
use journeys::house::{GROUP, House, SOFIIA};

use super::letters::count;
use super::periods::receive;
use super::witness::{PLAN, is_well, until};

const OVERVIEW: &str = "☀\u{fe0f}";
const REPORT: &str = "📄";

pub async fn look_at_the_clock(house: &House, local: &str) {
    until(house, local).await;
    house.bot.clock_tick(house.now()).await.expect("the store answers");
    house.settle().await;
}

fn last(house: &House, mark: &str) -> String {
    let said = house.said(STAFF_CHAT);
    said.into_iter().rfind(|text| text.starts_with(mark)).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_staff_read_in_the_morning_of_each_business_day_what_is_on() {
    for db in db::both().await {
        let mut house = House::open(&db, "uk").await;
        house.work_until(PLAN).await;
        house.work(PLAN).await;
        look_at_the_clock(&house, "2026-12-01 08:59").await;
        assert_eq!(count(&house, STAFF_CHAT, OVERVIEW), 0);
        look_at_the_clock(&house, "2026-12-01 09:00").await;
        insta::assert_snapshot!("overview_waits", last(&house, OVERVIEW));
        // Neither a second look nor a new process says it again.
        house.bot.clock_tick(house.now()).await.expect("the store answers");
        house.bot.stand_down().await.expect("the lease is let go");
        house.restart();
        look_at_the_clock(&house, "2026-12-01 11:00").await;
        assert_eq!(count(&house, STAFF_CHAT, OVERVIEW), 1, "{}", house.transcript(STAFF_CHAT));
        house.press(SOFIIA, GROUP, "✅ Затвердити").await;
        look_at_the_clock(&house, "2026-12-05 09:30").await;
        assert_eq!(count(&house, STAFF_CHAT, OVERVIEW), 1, "a Saturday");
        look_at_the_clock(&house, "2026-12-07 09:30").await;
        insta::assert_snapshot!("overview_late", last(&house, OVERVIEW));
        assert_eq!(count(&house, STAFF_CHAT, OVERVIEW), 2, "{}", house.transcript(STAFF_CHAT));
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_was_down_at_nine_says_it_at_eleven_and_in_the_evening_not_at_all() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    look_at_the_clock(&house, "2026-12-01 11:00").await;
    assert_eq!(count(&house, STAFF_CHAT, OVERVIEW), 1);
    look_at_the_clock(&house, "2026-12-02 19:00").await;
    assert_eq!(count(&house, STAFF_CHAT, OVERVIEW), 1);
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_of_the_month_comes_on_its_last_business_day() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until(PLAN).await;
    // 31 January 2027 is a Sunday.
    look_at_the_clock(&house, "2027-01-29 15:59").await;
    assert_eq!(count(&house, STAFF_CHAT, REPORT), 0);
    house.work(PLAN).await;
    house.press(SOFIIA, GROUP, "✅ Затвердити").await;
    look_at_the_clock(&house, "2027-01-29 16:00").await;
    insta::assert_snapshot!("report", last(&house, REPORT));
    look_at_the_clock(&house, "2027-01-31 16:00").await;
    assert_eq!(count(&house, STAFF_CHAT, REPORT), 1);
    is_well(house).await;
}

/// The services that count their periods from a task begin in the middle of a month.
#[tokio::test(flavor = "multi_thread")]
async fn the_first_report_of_ppc_and_seo_counts_from_the_report_before_it_and_no_money_falls_between_two() {
    for (service, counted) in [("ppc", "campaign"), ("seo", "month_plan")] {
        let db = db::sqlite();
        let mut house = House::open(&db, "uk").await;
        super::periods::open(&mut house, service, None).await;
        until(&house, "2026-12-17 10:00").await;
        house.order(person("nadiia"), receive("1", None)).await;
        house.work_until(counted).await;
        let begun = super::periods::state(&house).await.periods[0].dates;
        assert_eq!(begun, None, "{service}: the period has not begun, the report comes all the same");
        look_at_the_clock(&house, "2026-12-31 16:00").await;
        let first = last(&house, REPORT);
        let sum = "Надійшло: ";
        assert!(first.contains("30 листопада – 31 грудня"), "{first}");
        assert!(first.contains(&format!("{service}-test")) && first.contains("✓ "), "{first}");
        assert_eq!(first.matches(sum).count(), 1, "{first}");
        // After the report of that day, and dated before it.
        until(&house, "2026-12-31 17:00").await;
        house.order(person("nadiia"), receive("2", None)).await;
        look_at_the_clock(&house, "2027-01-29 16:00").await;
        let second = last(&house, REPORT);
        assert_eq!(second.matches(sum).count(), 1, "{second}");
        look_at_the_clock(&house, "2027-02-26 16:00").await;
        let third = last(&house, REPORT);
        assert_eq!(third.matches(sum).count(), 0, "{third}");
        is_well(house).await;
    }
}
