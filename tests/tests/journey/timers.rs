//! A timer that cannot be run stops no other, and is not given up in silence.

use engine::domain::project::ProjectCommand;
use engine::timekeeper;
use journeys::db;
use journeys::desk::{STAFF_CHAT, person};
use journeys::house::{GROUP, House, SOFIIA};

use super::witness::{facts, plan_awaits};

#[tokio::test(flavor = "multi_thread")]
async fn a_timer_that_nobody_understands_is_given_up_after_three_tries_and_the_staff_is_told_once() {
    for db in db::both().await {
        let house: House = plan_awaits(&db, "uk").await;
        let mut raw = db.raw().await;
        sqlx::query(
            "INSERT INTO timers (key, due_at, command, cause, state, attempts, error)
             VALUES ('odd/smm-test', 0, '{\"to\":\"nobody\"}', NULL, 'pending', 0, NULL)",
        )
        .execute(&mut raw)
        .await
        .expect("a row");
        house.press(SOFIIA, GROUP, "✅").await;
        for _ in 0..6 {
            house.pass(61).await;
        }
        assert_eq!(facts(&house, "decision_settled").await, 1, "{}: the others go on", db.name);
        let told = house.said(STAFF_CHAT).into_iter().filter(|text| text.contains("odd/smm-test")).count();
        assert_eq!(told, 1, "{}\n{}", db.name, house.transcript(STAFF_CHAT));
        let shown = house.app.store().timers(100).await.expect("the store answers");
        assert!(shown[0].dead && shown[0].error.is_some(), "the dead come first: {shown:?}");
        house.order(person("iryna"), ProjectCommand::StartTask { task: "profile_design".into() }).await;
        house.app.store().close().await;
    }
}

/// Hides the latest fact of the project from everybody, or shows it again: whoever does not see it always comes too late.
async fn hide_latest(db: &db::Db, house: &House, hidden: bool) {
    let (from, to) = (house.project.stream().to_string(), "00000000-0000-0000-0000-00000000dead".to_owned());
    let sql = if hidden {
        "UPDATE events SET stream = $1 WHERE position = (SELECT MAX(position) FROM events WHERE stream = $2)"
    } else {
        "UPDATE events SET stream = $2 WHERE stream = $1"
    };
    let done = sqlx::query(sql).bind(to).bind(from).execute(&mut db.raw().await).await.expect("a row");
    assert_eq!(done.rows_affected(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timer_that_others_are_always_faster_than_is_never_given_up() {
    for db in db::both().await {
        let mut house: House = plan_awaits(&db, "uk").await;
        house.press(SOFIIA, GROUP, "✅").await;
        hide_latest(&db, &house, true).await;
        // Whoever decides starts from what it sees; whoever writes remembers more.
        house.restart();
        for _ in 0..5 {
            house.skip(130);
            let report = timekeeper::tick(&house.app, house.now()).await.expect("the store answers");
            assert_eq!((report.busy, report.failed), (1, 0), "{}: {report:?}", db.name);
        }
        let shown = house.app.store().timers(100).await.expect("the store answers");
        assert!(shown.iter().all(|timer| !timer.dead && timer.error.is_none()), "{shown:?}");
        hide_latest(&db, &house, false).await;
        house.pass(1).await;
        assert_eq!(facts(&house, "decision_settled").await, 1, "{}: it fires as soon as it can", db.name);
        assert!(!house.said(STAFF_CHAT).iter().any(|text| text.contains("settle/")), "nobody is alarmed");
        house.app.store().close().await;
    }
}
