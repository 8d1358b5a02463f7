//! Webhook mode: the secret, retries in order, and that polling is shut out.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::world::{GROUP, SOFIA, World};

type Seen = Arc<Mutex<Vec<(String, Value)>>>;

/// A receiver that answers 500 to the first `bad` requests; keeps each head and body.
async fn receiver(mut bad: usize) -> (String, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let seen = Seen::default();
    let kept = Arc::clone(&seen);
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut text = Vec::new();
            let (head, body) = loop {
                let mut part = [0; 4_096];
                let size = stream.read(&mut part).await.unwrap();
                text.extend_from_slice(&part[..size]);
                let so_far = String::from_utf8_lossy(&text).into_owned();
                let Some((head, body)) = so_far.split_once("\r\n\r\n") else { continue };
                if let Ok(body) = serde_json::from_str::<Value>(body) {
                    break (head.to_owned(), body);
                }
            };
            let status = if bad > 0 { "500 No" } else { "200 OK" };
            bad = bad.saturating_sub(1);
            kept.lock().unwrap().push((head, body));
            let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (url, seen)
}

async fn wait_for(seen: &Seen, count: usize) -> Vec<(String, Value)> {
    let deadline = Instant::now() + Duration::from_secs(10);
    while seen.lock().unwrap().len() < count && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let got = seen.lock().unwrap().clone();
    assert_eq!(got.len(), count);
    got
}

#[tokio::test]
async fn updates_are_posted_with_the_secret_and_again_after_a_500_in_order() {
    let world = World::start().await;
    let (url, seen) = receiver(2).await;
    world.ok("setWebhook", json!({"url": url, "secret_token": "s-1_A"})).await;
    world.sandbox.send_text(SOFIA, GROUP, "/one", None).unwrap();
    world.sandbox.send_text(SOFIA, GROUP, "/two", None).unwrap();
    let got = wait_for(&seen, 4).await;
    let texts: Vec<_> = got.iter().map(|(_, body)| body["message"]["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["/one", "/one", "/one", "/two"]);
    assert!(got[0].0.starts_with("POST /hook HTTP/1.1"));
    assert!(got[0].0.contains("X-Telegram-Bot-Api-Secret-Token: s-1_A"));
    let deadline = Instant::now() + Duration::from_secs(5);
    while world.sandbox.pending_updates() > 0 && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let info = world.ok("getWebhookInfo", json!({})).await;
    assert_eq!(info["pending_update_count"], 0);
    assert_eq!(info["last_error_message"], "Wrong response from the webhook: 500 No");
}

#[tokio::test]
async fn polling_is_refused_while_a_webhook_is_set() {
    let world = World::start().await;
    let (url, _) = receiver(0).await;
    world.ok("setWebhook", json!({"url": url})).await;
    let refused = world.call("getUpdates", json!({})).await;
    assert_eq!(refused["error_code"], 409);
    assert_eq!(
        refused["description"],
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    );
    world.ok("deleteWebhook", json!({})).await;
    assert!(world.updates().await.is_empty());
    let bad = json!({"url": url, "secret_token": "no spaces"});
    let why = world.refused("setWebhook", bad).await;
    assert_eq!(why, "Bad Request: secret token contains unallowed characters");
}
