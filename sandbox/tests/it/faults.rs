//! Each fault as a real HTTP client meets it, and what the journal says happened.

use std::time::{Duration, Instant};

use sandbox::{Fault, FaultKind, Kind};
use serde_json::{Value, json};

use crate::world::{GROUP, SUPER, World};

/// Sends one message under a fault; answers the status and body, or nothing when no answer came.
async fn send_under(world: &World, kind: FaultKind) -> Option<(u16, String)> {
    world.sandbox.fault_clear();
    world.sandbox.fault_add(Fault::times("sendMessage", kind, 1));
    let body = json!({"chat_id": GROUP, "text": "Готово"});
    let answer = world.client.post(world.url("sendMessage")).json(&body).send().await.ok()?;
    let status = answer.status().as_u16();
    Some((status, answer.text().await.ok()?))
}

fn copies(world: &World) -> usize {
    world.sandbox.messages(GROUP).iter().filter(|message| message.text == "Готово").count()
}

#[tokio::test]
async fn a_refusal_by_fault_changes_nothing() {
    let world = World::start().await;
    let cases = [
        (FaultKind::TooMany { retry_after: 7 }, 429, "Too Many Requests: retry after 7"),
        (FaultKind::ErrorBefore, 500, "Internal Server Error"),
        (
            FaultKind::Conflict,
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        ),
        (FaultKind::Unauthorized, 401, "Unauthorized"),
        (FaultKind::BadRequest { description: "TOPIC_CLOSED".to_owned() }, 400, "Bad Request: TOPIC_CLOSED"),
        (
            FaultKind::Forbidden { description: "user is deactivated".to_owned() },
            403,
            "Forbidden: user is deactivated",
        ),
    ];
    for (kind, status, description) in cases {
        let (got, body) = send_under(&world, kind).await.unwrap();
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!((got, body["description"].as_str()), (status, Some(description)));
    }
    assert_eq!(copies(&world), 0);
    let (_, body) = send_under(&world, FaultKind::TooMany { retry_after: 7 }).await.unwrap();
    assert_eq!(serde_json::from_str::<Value>(&body).unwrap()["parameters"]["retry_after"], 7);
}

#[tokio::test]
async fn a_drop_is_an_error_for_the_client_and_the_journal_knows_what_happened() {
    let world = World::start().await;
    assert_eq!(send_under(&world, FaultKind::ResetBefore).await, None);
    assert_eq!(copies(&world), 0);
    assert_eq!(send_under(&world, FaultKind::ResetAfter).await, None);
    assert_eq!(copies(&world), 1);
    let kinds: Vec<_> =
        world.sandbox.journal(1).iter().filter(|e| e.method == "sendmessage").map(|e| e.kind).collect();
    assert_eq!(kinds, [Kind::Call, Kind::Fault, Kind::Call, Kind::Fault, Kind::Accepted]);
    assert_eq!(world.sandbox.stats().copies[&(GROUP, "Готово".to_owned())], 1);
}

#[tokio::test]
async fn an_error_or_garbage_after_accepting_leaves_the_message() {
    let world = World::start().await;
    let (status, _) = send_under(&world, FaultKind::ErrorAfter).await.unwrap();
    assert_eq!((status, copies(&world)), (500, 1));
    let (status, body) = send_under(&world, FaultKind::WrongJson).await.unwrap();
    assert!(serde_json::from_str::<Value>(&body).is_err());
    assert_eq!((status, copies(&world)), (200, 2));
}

#[tokio::test]
async fn a_hang_outlasts_a_client_that_waits_less() {
    let world = World::start().await;
    let body = json!({"chat_id": GROUP, "text": "Готово"});
    for (kind, expected) in
        [(FaultKind::HangBefore { ms: Some(60_000) }, 0), (FaultKind::HangAfter { ms: Some(60_000) }, 1)]
    {
        world.sandbox.fault_add(Fault::times("sendMessage", kind, 1));
        let request = world.client.post(world.url("sendMessage")).json(&body);
        let error = request.timeout(Duration::from_millis(300)).send().await.unwrap_err();
        assert!(error.is_timeout());
        assert_eq!(copies(&world), expected);
    }
    let began = Instant::now();
    assert_eq!(send_under(&world, FaultKind::HangBefore { ms: Some(100) }).await, None);
    assert_eq!(send_under(&world, FaultKind::HangAfter { ms: Some(100) }).await.unwrap().0, 200);
    assert!(began.elapsed() >= Duration::from_millis(200));
}

/// Waits until the message is in the chat.
async fn one_copy_comes(world: &World) {
    let deadline = Instant::now() + Duration::from_secs(5);
    while copies(world) == 0 && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(copies(world), 1);
}

#[tokio::test]
async fn a_late_accept_comes_after_the_client_gave_up() {
    let world = World::start().await;
    world.sandbox.fault_add(Fault::times("sendMessage", FaultKind::LateAccept { ms: 300 }, 1));
    let body = json!({"chat_id": GROUP, "text": "Готово"});
    let patient = Duration::from_millis(400);
    let request = world.client.post(world.url("sendMessage")).json(&body).timeout(patient);
    assert!(request.send().await.unwrap_err().is_timeout());
    assert_eq!(copies(&world), 0, "nothing is accepted while the client waits, nor at once when it leaves");
    one_copy_comes(&world).await;
}

#[tokio::test]
async fn a_reset_call_may_still_be_accepted_later() {
    let world = World::start().await;
    assert_eq!(send_under(&world, FaultKind::ResetThenAccept { ms: 300 }).await, None);
    assert_eq!(copies(&world), 0);
    one_copy_comes(&world).await;
}

#[tokio::test]
async fn a_call_may_be_accepted_while_its_client_still_waits_in_vain() {
    let world = World::start().await;
    world.sandbox.fault_add(Fault::times("sendMessage", FaultKind::AcceptAfter { ms: 100 }, 1));
    let body = json!({"chat_id": GROUP, "text": "Готово"});
    let request = world.client.post(world.url("sendMessage")).json(&body).timeout(Duration::from_secs(5));
    let waiting = tokio::spawn(request.send());
    one_copy_comes(&world).await;
    assert!(!waiting.is_finished(), "no answer may come");
    waiting.abort();
}

#[tokio::test]
async fn a_reset_is_seen_as_a_reset_and_not_as_an_empty_answer() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let world = World::start().await;
    for kind in [FaultKind::ResetBefore, FaultKind::ResetAfter] {
        world.sandbox.fault_add(Fault::times("getMe", kind, 1));
        let address = world.sandbox.api_url().replace("http://", "");
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        let path = world.url("getMe").replace(&world.sandbox.api_url(), "");
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut seen = Vec::new();
        let error = stream.read_to_end(&mut seen).await.unwrap_err();
        assert_eq!((error.kind(), seen.len()), (std::io::ErrorKind::ConnectionReset, 0));
    }
}

#[tokio::test]
async fn a_slow_drip_still_ends_in_a_whole_answer() {
    let world = World::start().await;
    let began = Instant::now();
    let (status, body) = send_under(&world, FaultKind::SlowDrip { ms: 400 }).await.unwrap();
    assert_eq!(status, 200);
    assert_eq!(serde_json::from_str::<Value>(&body).unwrap()["result"]["text"], "Готово");
    assert!(began.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn a_rule_keeps_to_its_methods_its_chat_and_its_count() {
    let world = World::start().await;
    world.sandbox.fault_add(Fault::times("send*, editMessageText", FaultKind::ErrorBefore, 2).in_chat(GROUP));
    assert_eq!(world.call("getMe", json!({})).await["ok"], true);
    assert_eq!(world.call("sendMessage", json!({"chat_id": SUPER, "text": "x"})).await["ok"], true);
    for expected in [500, 500, 200] {
        let answer = world.call("sendMessage", json!({"chat_id": GROUP, "text": "x"})).await;
        assert_eq!(answer["error_code"].as_u64().unwrap_or(200), expected);
    }
}

#[tokio::test]
async fn chance_is_drawn_from_the_seed() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let world = World::start().await;
        world.sandbox.fault_add(Fault::sometimes("getMe", FaultKind::ErrorBefore, 0.5));
        let mut run = Vec::new();
        for _ in 0..40 {
            run.push(world.call("getMe", json!({})).await["ok"].as_bool().unwrap());
        }
        runs.push(run);
    }
    assert_eq!(runs[0], runs[1]);
    let good = runs[0].iter().filter(|ok| **ok).count();
    assert!((8..=32).contains(&good), "{good} of 40");
}

#[tokio::test]
async fn under_many_faults_the_journal_tells_exactly_what_is_in_the_chat() {
    let world = World::start().await;
    for kind in [
        FaultKind::TooMany { retry_after: 1 },
        FaultKind::ErrorBefore,
        FaultKind::ErrorAfter,
        FaultKind::ResetBefore,
        FaultKind::ResetAfter,
        FaultKind::WrongJson,
        FaultKind::ResetThenAccept { ms: 20 },
    ] {
        world.sandbox.fault_add(Fault::sometimes("sendMessage", kind, 0.05));
    }
    let mut retries = 0;
    for n in 0..200 {
        while !accepted(&world, &format!("№ {n}")).await {
            retries += 1;
            assert!(retries < 400, "the faults never let anything through");
        }
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    let seen: Vec<_> =
        world.sandbox.messages(GROUP).into_iter().filter(|one| one.is_bot).map(|one| one.text).collect();
    let stats = world.sandbox.stats();
    assert_eq!(stats.order[&GROUP], seen);
    assert_eq!(stats.copies.len(), 200);
    assert!(retries > 20, "{retries} retries");
    assert!(stats.copies.values().any(|copies| *copies > 1), "a blind retry must have doubled something");
}

/// One try; true when a good answer came back.
async fn accepted(world: &World, text: &str) -> bool {
    let body = json!({"chat_id": GROUP, "text": text});
    let Ok(answer) = world.client.post(world.url("sendMessage")).json(&body).send().await else {
        return false;
    };
    answer.json::<Value>().await.is_ok_and(|value| value["ok"] == json!(true))
}
