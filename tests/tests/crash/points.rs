//! Each named crash point that texts and presses pass, at its first to fifth pass (G2).

use std::cell::Cell;
use std::collections::BTreeSet;

use journeys::db::{self, Db};
use journeys::desk::STAFF_CHAT;
use sandbox::{Fault, FaultKind};

use super::office::{Deed, latest};
use super::rare_points;
use super::server::Scene;

/// How often a point is passed before the crash.
pub const PASSES: std::ops::RangeInclusive<u32> = 1..=5;
/// Points on the way of a text from the client's group to the staff chat.
const BY_TEXTS: [&str; 9] = [
    "poll_received",
    "poll_stored",
    "handle_begin",
    "handle_routed",
    "handle_done",
    "deliver_chosen",
    "deliver_claimed",
    "deliver_sent",
    "deliver_recorded",
];
/// Points on the way of a text whose sending is not answered.
const BY_LOST_ANSWERS: [&str; 2] = ["deliver_unknown", "probe_found"];
const BY_BAD_UPDATES: &str = "handle_failed";
const BY_PRESSES: &str = "answer_sent";
/// Passed once in a life.
const BY_START: &str = "recover_done";

#[test]
fn every_named_point_is_crashed_at_by_one_of_these_tests() {
    let crashed = BY_TEXTS.into_iter().chain(BY_LOST_ANSWERS).chain(rare_points::POINTS);
    let crashed: BTreeSet<&str> =
        crashed.chain([BY_BAD_UPDATES, BY_PRESSES, BY_START]).chain(engine::store::crash::POINTS).collect();
    let named: BTreeSet<&str> = bot::crash::POINTS.into_iter().chain(engine::store::crash::POINTS).collect();
    assert_eq!(crashed, named);
}

/// A server that crashes at these points, each time while texts come in; then nothing is lost.
async fn crashed_while_texts_come_in(db: Db, points: &[&str], lost_answers: bool) {
    let scene = Scene::new(db, 1).await;
    let written = Cell::new(0);
    for point in points {
        for pass in PASSES {
            if lost_answers {
                scene.sandbox.fault_add(Fault::times("sendMessage", FaultKind::ResetAfter, pass));
            }
            let write = |scene: &Scene| {
                scene.write(&format!("text{:05}", written.get()));
                written.set(written.get() + 1);
            };
            scene.crash_at(point, pass, write).await;
            scene.sandbox.fault_clear();
        }
    }
    scene.come_to_rest().await;
    scene.judge_marks("text", written.get(), 0).await;
    scene.judge(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_on_the_way_of_a_text_loses_and_doubles_nothing() {
    crashed_while_texts_come_in(db::sqlite(), &BY_TEXTS, false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_beside_a_lost_answer_loses_and_doubles_nothing() {
    crashed_while_texts_come_in(db::sqlite(), &BY_LOST_ANSWERS, true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_before_or_after_a_commit_loses_and_doubles_nothing() {
    for db in db::both().await {
        crashed_while_texts_come_in(db, &engine::store::crash::POINTS, false).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_beside_an_unreadable_update_puts_it_aside_once_and_later_ones_go_on() {
    let scene = Scene::new(db::sqlite(), 1).await;
    let (bad, written) = (Cell::new(0), Cell::new(0));
    for pass in PASSES {
        let drive = |scene: &Scene| {
            scene.sandbox.inject_raw(r#"{"message":{"message_id":"seven"}}"#);
            scene.write(&format!("text{:05}", written.get()));
            bad.set(bad.get() + 1);
            written.set(written.get() + 1);
        };
        scene.crash_at(BY_BAD_UPDATES, pass, drive).await;
    }
    scene.come_to_rest().await;
    assert_eq!(scene.count("SELECT COUNT(*) FROM inbox WHERE state = 'dead'").await, bad.get());
    let told = scene.arrived("⚠\u{fe0f}").len();
    assert_eq!(i64::try_from(told), Ok(bad.get()), "the staff hears of each, once");
    scene.judge_marks("text", written.get(), 0).await;
    scene.judge(&[]).await;
}

fn answered(scene: &Scene, presses: &[String]) -> usize {
    presses.iter().filter(|press| scene.sandbox.callback_answer(press).is_some()).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_beside_the_answer_to_a_press_handles_each_press_once() {
    let scene = Scene::new(db::sqlite(), 1).await;
    let card = latest(&scene, STAFF_CHAT, |found| found.button("Почати").is_some()).expect("a card");
    let (mut deeds, mut presses) = (Vec::new(), Vec::new());
    for pass in PASSES {
        let before = answered(&scene, &presses);
        let press = |scene: &Scene| {
            deeds.push(Deed::new(scene.sandbox.summary().next_update_id, "attempt_refused"));
            let press = scene.sandbox.press_raw(1002, STAFF_CHAT, card.id, "nothing of ours");
            presses.push(press.expect("pressed"));
        };
        scene.crash_at(BY_PRESSES, pass, press).await;
        let answers = answered(&scene, &presses) - before;
        assert!(answers >= pass as usize, "{answers} answers before pass {pass}");
    }
    scene.come_to_rest().await;
    scene.judge(&deeds).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_at_the_start_of_a_server_that_finds_messages_on_their_way_doubles_nothing() {
    let scene = Scene::new(db::sqlite(), 1).await;
    let written = Cell::new(0);
    for _ in PASSES {
        let write = |scene: &Scene| {
            scene.write(&format!("text{:05}", written.get()));
            written.set(written.get() + 1);
        };
        scene.crash_at("deliver_sent", 1, write).await;
        assert!(scene.count("SELECT COUNT(*) FROM outbox WHERE state = 'sending'").await >= 1);
        scene.crash_at(BY_START, 1, write).await;
    }
    scene.come_to_rest().await;
    scene.judge_marks("text", written.get(), 0).await;
    scene.judge(&[]).await;
}
