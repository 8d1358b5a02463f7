//! What comes in: broken, doubled, shuffled and late updates, outages, and the webhook (RELIABILITY G7, G8).

use std::collections::BTreeMap;
use std::time::Duration;

use bot::secret::Secret;
use engine::domain::client::ClientEvent;
use engine::domain::project::Status;
use engine::store::inbox;
use journeys::db;
use journeys::desk::{STAFF_CHAT, open_smm};
use journeys::house::{GROUP, House, SOFIIA};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use serde_json::json;

use super::letters::{another_client, count};

const ALARM: &str = "не вдалося прочитати";
const REASK: &str = "ми не бачили повідомлень у цьому чаті";

/// A message of the client, as Telegram tells of it.
fn wrote(id: i64, text: &str) -> String {
    let from = json!({"id": SOFIIA, "is_bot": false, "first_name": "Софія", "language_code": "uk"});
    let chat = json!({"id": GROUP, "type": "group", "title": "Кава"});
    let message =
        json!({"message_id": 100_000 + id % 100_000, "date": 0, "chat": chat, "from": from, "text": text});
    json!({"update_id": id, "message": message}).to_string()
}

/// Updates that are JSON and yet cannot be read; the kinds take turns.
fn unreadable(id: i64, kind: i64) -> String {
    let broken = match kind % 5 {
        0 => json!({"message": []}),
        1 => json!({"message": {"message_id": "сім", "chat": {"id": GROUP}}}),
        2 => json!({"callback_query": {"id": 5, "from": {"id": SOFIIA}}}),
        3 => json!({"my_chat_member": {"chat": {"id": GROUP}}}),
        _ => json!({"edited_message": {"message_id": 1, "chat": "група"}}),
    };
    let mut update = broken;
    update["update_id"] = id.into();
    update.to_string()
}

/// Queues a raw update under its own id.
fn inject(house: &House, id: i64, body: &str) {
    house.sandbox.jump_update_id(id);
    assert_eq!(house.sandbox.inject_raw(body), id);
}

/// How often each text of the client stands in the log.
async fn recorded(house: &House) -> BTreeMap<String, usize> {
    let mut texts = BTreeMap::new();
    for stored in house.app.store().stream(house.client.stream(), 0).await.unwrap() {
        if let ClientEvent::ClientWrote { content, .. } = stored.fact::<ClientEvent>().unwrap().event {
            let found = house.app.store().contents(&[content.content]).await.unwrap();
            *texts.entry(found[0].text.clone()).or_insert(0) += 1;
        }
    }
    texts
}

async fn in_inbox(house: &House, state: &str) -> i64 {
    let counts = inbox::counts(house.app.store()).await.unwrap();
    counts.into_iter().find(|(name, _)| name == state).map_or(0, |(_, count)| count)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_cannot_be_read_is_kept_put_aside_after_three_tries_and_told() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        let done = in_inbox(&house, "done").await;
        for (id, body) in [(300_001, unreadable(300_001, 0)), (300_002, unreadable(300_002, 1))] {
            inject(&house, id, &body);
        }
        inject(&house, 300_003, &wrote(300_003, "А коли буде план?"));
        house.settle().await;
        assert_eq!(in_inbox(&house, "dead").await, 2, "{}", db.name);
        assert_eq!(in_inbox(&house, "done").await, done + 1, "{}: later ones of the chat go on", db.name);
        assert_eq!(count(&house, STAFF_CHAT, "А коли буде план?"), 1);
        assert_eq!(count(&house, STAFF_CHAT, ALARM), 2, "{}", house.transcript(STAFF_CHAT));
        let rows = house.app.store().dump("inbox").await.unwrap();
        let dead: Vec<_> = rows.lines().filter(|row| row.contains(r#"state="dead""#)).collect();
        assert!(dead.iter().all(|row| row.contains("attempts=3") && row.contains("update_id")), "{dead:?}");
        assert!(dead.iter().any(|row| row.contains("сім")), "the text is kept for a corrected program");
        house.pass(60).await;
        assert_eq!(count(&house, STAFF_CHAT, ALARM), 2, "told once each");
        assert_eq!(house.sandbox.pending_updates(), 0, "Telegram is not asked for them again");
        house.app.store().close().await;
    }
}

/// A thousand updates: 780 messages, 200 of them twice, 20 unreadable; half of the ids after a jump back.
fn thousand(random: &mut StdRng) -> Vec<Vec<(i64, String)>> {
    let mut halves: Vec<Vec<(i64, String)>> = Vec::new();
    for (half, first) in [(0, 900_000), (1, 20_000)] {
        let mut batch: Vec<(i64, String)> =
            (0..390).map(|n| first + n).map(|id| (id, wrote(id, &format!("Питання {id}")))).collect();
        let again: Vec<_> = (0..100).map(|_| batch[random.random_range(0..390)].clone()).collect();
        batch.extend(again);
        batch.extend((0..10).map(|n| (first + 500 + n, unreadable(first + 500 + n, n + half))));
        batch.shuffle(random);
        halves.push(batch);
    }
    halves
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_doubled_and_shuffled_updates_are_each_handled_once() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let mut random = StdRng::seed_from_u64(7);
    let halves = thousand(&mut random);
    assert_eq!(halves.iter().map(Vec::len).sum::<usize>(), 1_000);
    for half in &halves {
        for chunk in half.chunks(150) {
            for (id, body) in chunk {
                inject(&house, *id, body);
            }
            while house.sandbox.pending_updates() > 0 {
                house.bot.ingest_once().await.unwrap();
                house.bot.handle_all().await.unwrap();
            }
        }
    }
    let texts = recorded(&house).await;
    assert_eq!(texts.len(), 780, "nothing dropped");
    assert!(texts.values().all(|many| *many == 1), "nothing twice");
    assert_eq!(in_inbox(&house, "dead").await, 20);
    assert_eq!(in_inbox(&house, "received").await, 0);
    house.sandbox.replay_updates(300);
    while house.sandbox.pending_updates() > 0 {
        house.bot.ingest_once().await.unwrap();
        house.bot.handle_all().await.unwrap();
    }
    assert_eq!(recorded(&house).await, texts, "a server that starts over changes nothing");
    while house.bot.deliver_tick(house.now()).await.unwrap().claimed > 0 {}
    assert_eq!(count(&house, STAFF_CHAT, "Питання "), 780, "the staff reads each of them once");
    assert_eq!(count(&house, STAFF_CHAT, ALARM), 20);
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_on_behalf_of_the_group_decides_nothing_and_is_told_why() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("content_plan").await;
    house.work("content_plan").await;
    let asked = house.with_button(GROUP, "✅");
    let press = house.sandbox.press(SOFIIA, GROUP, asked.id, "✅").unwrap();
    let anonymous =
        json!({"id": 1_087_968_824, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot"});
    let message = json!({"message_id": asked.id, "date": 1, "chat": {"id": GROUP, "type": "group"}});
    let data = asked.button("✅").unwrap().data.clone();
    let query = json!({"id": press, "from": anonymous, "message": message, "data": data});
    inject(&house, 90_001, &json!({"update_id": 90_001, "callback_query": query}).to_string());
    house.bot.ingest_once().await.unwrap();
    let first = inbox::next(house.app.store()).await.unwrap().unwrap();
    assert_eq!(first.update_id, 90_001, "the anonymous press is handled first");
    house.settle().await;
    let answers: Vec<_> =
        house.sandbox.journal(0).into_iter().filter(|entry| entry.kind == sandbox::Kind::Answer).collect();
    // Answers go out beside each other, so either may come first.
    let told = |words: &str| {
        answers.iter().any(|answer| answer.text.as_ref().is_some_and(|text| text.contains(words)))
    };
    assert!(told("від свого імені") && told("Погоджено"), "{answers:?}");
    let state = house.app.project_state(&house.project).await.unwrap().unwrap();
    let decision = state.task(&"content_plan".into()).unwrap().decision.clone().expect("hers counts");
    assert_eq!(house.app.store().profile_by_telegram(SOFIIA).await.unwrap().unwrap().person, decision.person);
    house.app.store().close().await;
}

/// Two clients with an open decision each, and one without.
async fn three_clients(db: &db::Db) -> (House, [i64; 3]) {
    let mut house = House::open(db, "uk").await;
    let (second, third) = (-2301, -2302);
    another_client(&house, "third", third).await;
    let client = another_client(&house, "second", second).await;
    open_smm(&house.app, &house.catalogue, house.now(), "smm-second", &client).await;
    house.settle().await;
    for project in ["smm-second", "smm-test"] {
        house.project = project.into();
        house.work_until("content_plan").await;
        house.work("content_plan").await;
    }
    (house, [GROUP, second, third])
}

#[tokio::test(flavor = "multi_thread")]
async fn after_an_outage_of_200_seconds_each_chat_with_an_open_decision_is_asked_once() {
    for db in db::both().await {
        let (mut house, chats) = three_clients(&db).await;
        let asked = house.with_button(GROUP, "✅");
        house.sandbox.press(SOFIIA, GROUP, asked.id, "✅").unwrap();
        house.bot.stand_down().await.unwrap();
        house.skip(200);
        house.restart();
        house.pass(20).await;
        assert_eq!(house.status("content_plan").await, Status::AwaitingApproval, "the press was lost");
        let asks = chats.map(|chat| count(&house, chat, REASK));
        assert_eq!(asks, [1, 1, 0], "{}", db.name);
        house.bot.stand_down().await.unwrap();
        house.restart();
        house.pass(20).await;
        assert_eq!(chats.map(|chat| count(&house, chat, REASK)), [1, 1, 0], "{}: once a gap", db.name);
        house.press_on(SOFIIA, GROUP, asked.id, "✅").await;
        assert_eq!(house.status("content_plan").await, Status::Completed, "pressed again it works");
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_an_outage_of_140_seconds_every_press_is_handled() {
    let db = db::sqlite();
    let (mut house, chats) = three_clients(&db).await;
    for (chat, project) in [(GROUP, "smm-test"), (chats[1], "smm-second")] {
        let asked = house.with_button(chat, "✅");
        house.sandbox.press(SOFIIA, chat, asked.id, "✅").unwrap();
        house.project = project.into();
        assert_eq!(house.status("content_plan").await, Status::AwaitingApproval);
    }
    house.bot.stand_down().await.unwrap();
    house.skip(140);
    house.restart();
    house.settle().await;
    for project in ["smm-test", "smm-second"] {
        house.project = project.into();
        assert_eq!(house.status("content_plan").await, Status::Completed, "{project}");
    }
    assert!(chats.iter().all(|chat| count(&house, *chat, REASK) <= 1));
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_more_than_a_day_the_staff_hears_that_messages_may_be_lost() {
    let db = db::sqlite();
    let (mut house, chats) = three_clients(&db).await;
    house.bot.stand_down().await.unwrap();
    house.skip(30 * 3_600);
    house.restart();
    house.settle().await;
    assert_eq!(
        count(&house, STAFF_CHAT, "зберігає надіслане лише добу"),
        1,
        "{}",
        house.transcript(STAFF_CHAT)
    );
    assert_eq!(chats.map(|chat| count(&house, chat, REASK)), [1, 1, 0]);
    house.app.store().close().await;
}

const SECRET: &str = "Dovgyi-sekret_1234567890";

/// The bot's route on a port of this machine; its address.
async fn serve(house: &House) -> String {
    let route = bot::webhook::webhook(house.bot.clone(), Secret::new(SECRET.to_owned())).unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = axum::Router::new().nest("/hook", route);
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}/hook")
}

async fn post(url: &str, secret: Option<&str>, body: &str) -> u16 {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut request = client.post(url).body(body.to_owned());
    if let Some(secret) = secret {
        request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
    }
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_webhook_takes_updates_with_the_secret_and_none_without() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let url = serve(&house).await;
    let (stored, update) = (in_inbox(&house, "done").await, wrote(400_001, "Через вебхук"));
    for wrong in [None, Some(""), Some("Dovgyi-sekret_123456789"), Some("Dovgyi-sekret_12345678901")] {
        assert_eq!(post(&url, wrong, &update).await, 401, "{wrong:?}");
    }
    assert_eq!(in_inbox(&house, "received").await, 0);
    for _ in 0..2 {
        assert_eq!(post(&url, Some(SECRET), &update).await, 200);
    }
    for strange in ["", "не JSON", "[]", "{}", "{\"update_id\":\"x\"}", &"ї".repeat(30_000)] {
        assert_eq!(
            post(&url, Some(SECRET), strange).await,
            200,
            "Telegram must never be told no for content"
        );
    }
    house.settle().await;
    assert_eq!(in_inbox(&house, "done").await, stored + 1);
    assert_eq!(in_inbox(&house, "dead").await, 6);
    assert_eq!(count(&house, STAFF_CHAT, "Через вебхук"), 1);
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_that_comes_by_webhook_decides() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("content_plan").await;
    house.work("content_plan").await;
    let url = serve(&house).await;
    let announced = house.bot.announce(&url, &Secret::new(SECRET.to_owned())).await;
    assert!(matches!(announced, bot::classify::Verdict::Accepted(_)), "{announced:?}");
    let asked = house.with_button(GROUP, "✅");
    let press = house.sandbox.press(SOFIIA, GROUP, asked.id, "✅").unwrap();
    let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
    while house.sandbox.callback_answer(&press).is_none() {
        assert!(tokio::time::Instant::now() < deadline, "the press does not come through");
        house.bot.handle_all().await.unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(house.status("content_plan").await, Status::Completed);
    assert_eq!(house.sandbox.pending_updates(), 0);
    house.app.store().close().await;
}
