//! `/status` in the chats: how projects stand, for the staff and for the client, and for nobody else (SC-24).

use engine::domain::client::ClientCommand;
use journeys::db;
use journeys::desk::{STAFF_CHAT, add_client, open_smm};
use journeys::house::{GROUP, House, PETRO, SOFIIA};
use sandbox::ChatKind;
use sha2::{Digest, Sha256};

use super::hands::{MAKSYM, OLENA};
use super::witness::{PLAN, is_well};

const OTHER: i64 = -2002;
const STRANGER: i64 = 3001;

/// What the bot says to a message, which is nothing or one text.
async fn asked(house: &House, person: i64, chat: i64, text: &str) -> Option<String> {
    let before = house.said(chat).len();
    house.sandbox.send_text(person, chat, text, None).unwrap();
    house.settle().await;
    let said = house.said(chat);
    let new = &said[before..];
    assert!(new.len() <= 1, "one message: {new:?}");
    new.first().cloned()
}

/// A second client with a group, which is confirmed or not yet.
async fn second_client(house: &House, confirmed: bool) {
    house.sandbox.add_person(STRANGER, "Ніхто", None, Some("uk")).unwrap();
    house.sandbox.add_chat(OTHER, ChatKind::Group, "Зелений дім і Маяк").unwrap();
    for person in [STRANGER, OLENA] {
        house.sandbox.join(person, OTHER).unwrap();
    }
    let other = add_client(&house.app, house.now(), "zelenyi-dim", "Зелений дім", "en").await;
    let token = "BBBBBBBBBBBBBBBBBBBBBB";
    let token_sha256 = hex::encode(Sha256::digest(token));
    let expires = house.now() + chrono::Duration::hours(24);
    house.client_order(&other, ClientCommand::OfferLink { token_sha256, expires }).await;
    house
        .sandbox
        .open_link(STRANGER, Some(OTHER), &format!("https://t.me/signoff_bot?startgroup={token}"))
        .unwrap();
    house.settle().await;
    if confirmed {
        house.client_order(&other, ClientCommand::ConfirmChat).await;
    }
    open_smm(&house.app, &house.catalogue, house.now(), "smm-green", &other).await;
    house.settle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_staff_reads_every_open_project_with_what_is_late_first() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        second_client(&house, true).await;
        house.work_until(PLAN).await;
        house.work(PLAN).await;
        let now = asked(&house, MAKSYM, STAFF_CHAT, "/status").await.unwrap();
        assert!(now.starts_with("📋 Відкриті проєкти: 2"), "{now}");
        assert!(now.contains("чекаємо на клієнта: «"), "{}: {now}", db.name);
        assert_eq!(now.lines().count(), 3, "a line a project: {now}");
        house.pass(60 * 24 * 3_600).await;
        let late = asked(&house, OLENA, STAFF_CHAT, "/status@signoff_bot").await.unwrap();
        let lines: Vec<&str> = late.lines().collect();
        assert!(lines[1].starts_with("🔴 Зелений дім · ") && lines[1].contains("прострочено: «"), "{late}");
        assert!(lines[2].starts_with("⏳ Кава «Ранок» · "), "{late}");
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_reads_its_own_project_in_its_language_and_nothing_that_is_ours_alone() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        second_client(&house, true).await;
        house.write_at_any_hour();
        house.work_until(PLAN).await;
        house.work(PLAN).await;
        let said = asked(&house, PETRO, GROUP, "/status").await.unwrap();
        assert!(said.contains("⏳ Чекаємо на ваше рішення: «") && said.contains("✅ Готово "), "{said}");
        for secret in
            ["Олена", "Максим", "UAH", "грн", "до 2", "smm-", "Зелений", "перевірк", "прострочен", "Оплата"]
        {
            assert!(!said.contains(secret), "{}: {secret} in {said}", db.name);
        }
        house.press(SOFIIA, GROUP, "✅").await;
        house.skip(180);
        let approved = asked(&house, SOFIIA, GROUP, "/status").await.unwrap();
        assert!(approved.contains("(погоджено)") && !approved.contains("рішення"), "{approved}");
        let other = asked(&house, OLENA, OTHER, "/status").await.unwrap();
        assert!(other.starts_with("📋 ") && other.contains("In progress now: “"), "{other}");
        assert!(!other.contains("Ранок") && !other.contains("waits for a check"), "{other}");
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_and_chats_that_nobody_confirmed_hear_nothing() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        second_client(&house, false).await;
        let linked = house.said(STAFF_CHAT).len();
        assert_eq!(asked(&house, STRANGER, OTHER, "/status").await, None, "{}", db.name);
        assert_eq!(asked(&house, OLENA, OTHER, "/status").await, None, "nor does the staff, there");
        assert_eq!(asked(&house, STRANGER, STRANGER, "/status").await, None);
        house.sandbox.join(STRANGER, STAFF_CHAT).unwrap();
        assert_eq!(asked(&house, STRANGER, STAFF_CHAT, "/status").await, None);
        assert_eq!(house.said(STAFF_CHAT).len(), linked, "nor does anybody hear of it");
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_again_within_half_a_minute_is_answered_once() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    assert!(asked(&house, OLENA, STAFF_CHAT, "/status").await.is_some());
    house.skip(29);
    assert_eq!(asked(&house, MAKSYM, STAFF_CHAT, "/status").await, None, "whoever asks");
    assert!(asked(&house, PETRO, GROUP, "/status").await.is_some(), "another chat has an answer of its own");
    house.skip(1);
    assert!(asked(&house, OLENA, STAFF_CHAT, "/status").await.is_some());
    assert_eq!(asked(&house, PETRO, GROUP, "як там /status").await, None, "words are no command");
    is_well(house).await;
}
