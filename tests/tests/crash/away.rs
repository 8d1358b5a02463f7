//! A press while nobody is there: handled once, after the restart, and answered while it lives.

use journeys::db;
use journeys::desk::STAFF_CHAT;
use journeys::house::{GROUP, SOFIIA};

use super::office::{Deed, MAKSYM, latest, press};
use super::server::Scene;

#[tokio::test(flavor = "multi_thread")]
async fn a_press_while_the_server_is_down_is_answered_after_the_restart_and_decides_once() {
    for db in db::both().await {
        let scene = Scene::awaiting(db).await;
        let update = scene.sandbox.summary().next_update_id;
        let pressed = press(&scene, SOFIIA, GROUP, "✅ Затвердити", "Крок 00").expect("she is asked");
        // A press lives 150 seconds; a loaded machine may need some of the rest to start the server.
        scene.sandbox.advance(60);
        scene.live_until("an answer", async || scene.sandbox.callback_answer(&pressed).is_some()).await;
        let answer = scene.sandbox.callback_answer(&pressed).expect("an answer");
        assert!(!answer.show_alert, "{answer:?}");
        scene.come_to_rest().await;
        let deed = Deed::new(update, "task_approved");
        scene.judge(&[deed]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_impatient_client_who_presses_again_after_a_crash_has_decided_once() {
    for point in ["poll_stored", "write_inserted", "write_committed", "handle_done"] {
        let scene = Scene::awaiting(db::sqlite()).await;
        let first = scene.sandbox.summary().next_update_id;
        let tap = || press(&scene, SOFIIA, GROUP, "✅ Затвердити", "Крок 00").expect("she is asked");
        tap();
        // The writer is busy with the start itself; the press is among what it writes later.
        scene.crash_at(point, 1, |_| ()).await;
        let again = tap();
        scene.live_until("an answer", async || scene.sandbox.callback_answer(&again).is_some()).await;
        let answer = scene.sandbox.callback_answer(&again).expect("an answer");
        assert!(answer.show_alert, "{point}: {answer:?}");
        scene.come_to_rest().await;
        let deed = Deed::new(first, "task_approved");
        scene.judge(&[deed]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_a_question_of_which_a_crash_left_no_trace_counts() {
    let scene = Scene::new(db::sqlite(), 1).await;
    let tap = |label: &str| press(&scene, MAKSYM, STAFF_CHAT, label, "Крок 00").expect("the button is there");
    tap("▶\u{fe0f} Почати");
    scene.come_to_rest().await;
    tap("✎ Кількість");
    scene.crash_at("deliver_sent", 1, |_| ()).await;
    let question = latest(&scene, STAFF_CHAT, |found| found.force_reply).expect("it was sent");
    let update = scene.sandbox.summary().next_update_id;
    scene.sandbox.send_text(MAKSYM, STAFF_CHAT, "12", Some(question.id)).expect("said");
    scene.come_to_rest().await;
    scene.judge(&[Deed::new(update, "field_set")]).await;
}
