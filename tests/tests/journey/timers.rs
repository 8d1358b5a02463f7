//! A timer that cannot be run stops no other, and is not given up in silence.

use engine::domain::project::ProjectCommand;
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
