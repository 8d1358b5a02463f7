//! A restart goes on where the last run was.

use std::time::Duration;

use sandbox::{Options, Sandbox};
use serde_json::json;

use crate::world::{GROUP, SOFIA, TOKEN, World, one_button};

fn options(folder: &std::path::Path) -> Options {
    Options { token: TOKEN.to_owned(), state_dir: Some(folder.to_owned()), ..Options::default() }
}

#[tokio::test]
async fn chats_updates_and_presses_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::with(options(folder.path())).await;
    let sent = json!({"chat_id": GROUP, "text": "План", "reply_markup": one_button("Схвалити", "d1:q")});
    let id = world.ok("sendMessage", sent).await["message_id"].as_i64().unwrap();
    let press = world.sandbox.press(SOFIA, GROUP, id, "Схвалити").unwrap();
    world.sandbox.advance(30);
    let (seen, waiting) = (world.sandbox.messages(GROUP), world.sandbox.pending_updates());
    world.sandbox.stop().await.unwrap();
    assert!(world.client.get(world.url("getMe")).send().await.is_err(), "a stopped sandbox answers nothing");

    let sandbox = Sandbox::start(options(folder.path())).await.unwrap();
    let again = World { sandbox, client: world.client.clone() };
    assert_eq!(again.sandbox.messages(GROUP), seen);
    assert_eq!(again.sandbox.pending_updates(), waiting);
    assert_eq!(again.updates().await.last().unwrap()["callback_query"]["id"], json!(press));
    again.ok("answerCallbackQuery", json!({"callback_query_id": press, "text": "ок"})).await;
    assert_ne!(again.sandbox.press(SOFIA, GROUP, id, "Схвалити").unwrap(), press);
    assert_eq!(again.send(GROUP, "далі").await, id + 1);
    assert_eq!(again.sandbox.stats().order[&GROUP], ["План", "далі"]);
}

#[tokio::test]
async fn the_state_is_saved_while_running() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::with(options(folder.path())).await;
    world.send(GROUP, "збережено").await;
    let file = folder.path().join("sandbox.json");
    for _ in 0..100 {
        if std::fs::read_to_string(&file).is_ok_and(|text| text.contains("збережено")) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("not saved within five seconds");
}

#[tokio::test]
async fn a_broken_state_file_is_an_error_and_not_a_fresh_start() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("sandbox.json"), "{").unwrap();
    let error = Sandbox::start(options(folder.path())).await.err().unwrap();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
    assert_eq!(std::fs::read_to_string(folder.path().join("sandbox.json")).unwrap(), "{");
}

#[tokio::test]
async fn stopping_ends_an_open_long_poll_and_frees_the_port() {
    let world = World::start().await;
    let (url, client) = (world.url("getUpdates?timeout=50"), world.client.clone());
    let waiting = tokio::spawn(async move { client.get(url).send().await.unwrap().status() });
    tokio::time::sleep(Duration::from_millis(100)).await;
    let began = std::time::Instant::now();
    world.sandbox.stop().await.unwrap();
    assert_eq!(waiting.await.unwrap(), 500);
    assert!(began.elapsed() < Duration::from_secs(3));
    let address = world.sandbox.api_url().trim_start_matches("http://").parse().unwrap();
    let next = Sandbox::start(Options { listen: address, ..Options::default() }).await.unwrap();
    assert_eq!(next.api_url(), world.sandbox.api_url());
}
