//! Crash points that rare events of a chat pass: it is lost, it is back, it moves, nobody was there for long (G2).

use journeys::db;
use journeys::desk::options;
use journeys::house::{GROUP, PETRO, SOFIIA};
use projections::directory;
use sandbox::{ChatKind, Fault, FaultKind};

use super::office::{Deed, latest, press};
use super::points::PASSES;
use super::server::Scene;

/// The points of this file.
pub const POINTS: [&str; 4] = ["park_done", "back_done", "migrate_done", "outage_asked"];

impl Scene {
    async fn facts(&self, kind: &str) -> i64 {
        self.count(&format!("SELECT COUNT(*) FROM events WHERE type = '{kind}'")).await
    }

    /// Why the client's chat is lost to those who look at the client.
    async fn chat_lost(&self) -> Option<String> {
        let store = self.db.open_with(options()).await;
        let client = directory::client_by_chat(&store, GROUP).await.expect("the store answers");
        store.close().await;
        client.expect("a client").chat_lost
    }

    /// How many messages of the bot in a chat say this.
    fn heard(&self, chat: i64, words: &str) -> usize {
        let messages = self.sandbox.messages(chat).into_iter();
        messages.filter(|message| message.is_bot && message.text.contains(words)).count()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_while_a_chat_is_lost_or_back_loses_nothing_and_is_told_once_each_time() {
    let scene = Scene::awaiting(db::sqlite()).await;
    let mut kicked = 0;
    for point in ["park_done", "back_done"] {
        for pass in PASSES {
            for _ in 0..pass {
                scene.sandbox.kick_bot(GROUP).expect("it was there");
                scene.sandbox.return_bot(GROUP).expect("it was not there");
                kicked += 1;
            }
            scene.crash_at(point, pass, |_| ()).await;
            scene.come_to_rest().await;
            assert_eq!(scene.chat_lost().await, None, "{point}:{pass}");
            for fact in ["chat_lost", "chat_restored", "chat_unreachable", "chat_reachable"] {
                assert_eq!(scene.facts(fact).await, kicked, "{fact} at {point}:{pass}");
            }
        }
    }
    scene.judge(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_that_only_a_refused_message_shows_to_be_lost_is_told_of_and_comes_back_with_the_first_word() {
    let scene = Scene::awaiting(db::sqlite()).await;
    let description = "bot was kicked from the group chat".to_owned();
    let refusal = Fault::times("sendMessage", FaultKind::Forbidden { description }, 1);
    scene.sandbox.fault_add(refusal.in_chat(GROUP));
    let update = scene.sandbox.summary().next_update_id;
    press(&scene, SOFIIA, GROUP, "✏\u{fe0f} Доопрацювати", "Крок 00").expect("she is asked");
    scene.crash_at("park_done", 1, |_| ()).await;
    assert_eq!(scene.facts("chat_lost").await, 0, "the crash came before the staff heard of it");
    scene.live_until("the staff is told", async || scene.facts("chat_lost").await == 1).await;
    scene.write("Є хто?");
    scene.crash_at("back_done", 1, |_| ()).await;
    assert_eq!(scene.facts("chat_restored").await, 0, "the crash came before the staff heard of it");
    scene.come_to_rest().await;
    assert_eq!(scene.chat_lost().await, None);
    assert_eq!((scene.facts("chat_lost").await, scene.facts("chat_restored").await), (1, 1));
    assert!(latest(&scene, GROUP, |found| found.force_reply).is_some(), "the question arrived after all");
    let deed = Deed::new(update, "task_sent_back");
    scene.judge(&[deed]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_while_a_group_gets_a_new_id_asks_there_once_and_takes_one_decision() {
    for pass in PASSES {
        let scene = Scene::awaiting(db::sqlite()).await;
        let moved = scene.sandbox.migrate(GROUP).expect("a group");
        // Each move is told twice, in the old chat and in the new one; more passes need more groups.
        for other in [-3_001, -3_002] {
            scene.sandbox.add_chat(other, ChatKind::Group, "Ще одна").expect("a chat");
            scene.sandbox.join(PETRO, other).expect("in the chat");
            scene.sandbox.return_bot(other).expect("in the chat");
            scene.sandbox.migrate(other).expect("a group");
        }
        scene.crash_at("migrate_done", pass, |_| ()).await;
        scene.come_to_rest().await;
        assert_eq!(scene.heard(moved, "досі чекає на ваше рішення"), 1, "pass {pass}");
        let update = scene.sandbox.summary().next_update_id;
        press(&scene, SOFIIA, moved, "✅ Затвердити", "Крок 00").expect("she is asked");
        scene.come_to_rest().await;
        let deed = Deed::new(update, "task_approved");
        scene.judge(&[deed]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_while_presses_are_asked_for_again_asks_once_for_each_outage() {
    let scene = Scene::awaiting(db::sqlite()).await;
    scene.come_to_rest().await;
    for outage in 1..=PASSES.count() {
        // Nobody was there since 200 seconds ago.
        let since = (scene.sandbox.now_ms() - 200_000) * 1_000;
        let mut connection = scene.db.raw().await;
        let sql = "UPDATE notes SET changed_at = $1 WHERE name = 'bot.alive'";
        let done = sqlx::query(sql).bind(since).execute(&mut connection).await.expect("the database answers");
        assert_eq!(done.rows_affected(), 1);
        scene.crash_at("outage_asked", 1, |_| ()).await;
        scene.come_to_rest().await;
        assert_eq!(scene.heard(GROUP, "ми не бачили повідомлень"), outage);
    }
    scene.judge(&[]).await;
}
