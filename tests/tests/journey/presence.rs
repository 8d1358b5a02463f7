//! Who is in the client's chat, and whether its messages stay: what the PM must know (TG-42, TG-46).

use engine::domain::project::Status;
use journeys::db;
use journeys::desk::STAFF_CHAT;
use journeys::house::{GROUP, PETRO, SOFIIA};

use super::letters::count;
use super::witness::{PLAN, facts, is_well, plan_awaits, refusals, sofiia};

const LEFT: &str = "більше немає людини, яка погоджує роботу (Софія Гнатюк)";

#[tokio::test(flavor = "multi_thread")]
async fn the_pm_hears_once_that_an_approver_left_and_the_right_stays() {
    for is_admin in [false, true] {
        for db in db::both().await {
            let house = plan_awaits(&db, "uk").await;
            if is_admin {
                // An admin hears of it twice: as a notice and as a change of a member.
                house.sandbox.promote_bot(GROUP).unwrap();
                house.settle().await;
            }
            let before = house.said(GROUP).len();
            house.sandbox.leave(PETRO, GROUP).unwrap();
            house.settle().await;
            assert_eq!(facts(&house, "approver_left").await, 0, "he does not approve");
            house.sandbox.leave(SOFIIA, GROUP).unwrap();
            house.settle().await;
            assert_eq!(count(&house, STAFF_CHAT, LEFT), 1, "{}", house.transcript(STAFF_CHAT));
            assert_eq!(house.said(GROUP).len(), before, "nobody is told in the client's chat");
            let client = house.app.client_state(&house.client).await.unwrap().unwrap();
            assert!(client.approvers.contains(&sofiia(&house).await));
            house.sandbox.join(SOFIIA, GROUP).unwrap();
            house.settle().await;
            assert_eq!(count(&house, STAFF_CHAT, "знову в чаті (Софія Гнатюк)"), 1);
            house.press(SOFIIA, GROUP, "✅").await;
            assert_eq!(house.status(PLAN).await, Status::Completed, "{} {is_admin}", db.name);
            is_well(house).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_of_an_approver_who_has_left_since_still_counts() {
    let db = db::sqlite();
    let house = plan_awaits(&db, "uk").await;
    let asked = house.with_button(GROUP, "✅");
    house.sandbox.press(SOFIIA, GROUP, asked.id, "✅").unwrap();
    house.sandbox.leave(SOFIIA, GROUP).unwrap();
    // The notice overtakes the press: order holds only inside a queue.
    house.sandbox.reorder_updates();
    house.settle().await;
    assert_eq!(house.status(PLAN).await, Status::Completed);
    assert!(refusals(&house).await.is_empty());
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pm_hears_that_the_clients_messages_vanish_and_the_client_hears_nothing() {
    for db in db::both().await {
        let house = plan_awaits(&db, "uk").await;
        let before = house.said(GROUP).len();
        house.sandbox.set_auto_delete(SOFIIA, GROUP, 7 * 86_400).unwrap();
        house.settle().await;
        assert_eq!(count(&house, STAFF_CHAT, "повідомлення в чаті тепер зникають за 7 днів"), 1);
        for _ in 0..2 {
            assert_eq!(house.sandbox.replay_updates(1), 1);
            house.settle().await;
        }
        house.sandbox.set_auto_delete(SOFIIA, GROUP, 0).unwrap();
        house.settle().await;
        assert_eq!(count(&house, STAFF_CHAT, "тепер зникають"), 1, "{}", house.transcript(STAFF_CHAT));
        assert_eq!(house.said(GROUP).len(), before);
        is_well(house).await;
    }
}
