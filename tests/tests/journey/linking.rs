//! A client's chat is joined: one link, one use, one day, and a PM who looks before anything is sent (TG-11, 6.2).

use chrono::Duration;
use engine::app::{Answer, Ask};
use engine::domain::client::ClientCommand;
use engine::domain::project::Status;
use engine::domain::{Actor, ClientId};
use journeys::db::{self, Db};
use journeys::desk::{STAFF_CHAT, add_client, ask, open_smm, person};
use journeys::house::{GROUP, House, PETRO, SOFIIA};
use sandbox::ChatKind;
use sha2::{Digest, Sha256};

use super::witness::{PLAN, facts, is_well, last_said, refusals, script};

const TOKEN: &str = "AbCdEfGhIjKlMnOpQrStUv";

/// A house with a client that has no chat yet, its group without the bot, and an open project.
async fn without_chat(db: &Db) -> House {
    let mut house = House::empty(db).await;
    house.sandbox.add_person(SOFIIA, "Софія Гнатюк", Some("sofiia"), Some("uk")).expect("it is there");
    house.sandbox.add_person(PETRO, "Петро", None, Some("en")).expect("it is there");
    house.sandbox.add_chat(GROUP, ChatKind::Group, "Кава «Ранок» і Маяк").expect("it is there");
    for person in [SOFIIA, PETRO] {
        house.sandbox.join(person, GROUP).expect("it is there");
    }
    house.client = add_client(&house.app, house.now(), "kava-ranok", "Кава «Ранок»", "uk").await;
    house.project = open_smm(&house.app, &house.catalogue, house.now(), "smm-test", &house.client).await;
    house.settle().await;
    house
}

async fn offer(house: &House, client: &ClientId, token: &str) {
    let expires = house.now() + Duration::hours(24);
    let token_sha256 = hex::encode(Sha256::digest(token));
    house.client_order(client, ClientCommand::OfferLink { token_sha256, expires }).await;
}

/// The person opens the link: in a group, or in the private chat with the bot.
async fn open(house: &House, person: i64, group: Option<i64>, token: &str) {
    let form = if group.is_some() { "startgroup" } else { "start" };
    house
        .sandbox
        .open_link(person, group, &format!("https://t.me/signoff_bot?{form}={token}"))
        .expect("it is there");
    house.settle().await;
}

async fn by(house: &House, actor: Actor, command: ClientCommand) -> Answer {
    let at = house.now();
    house
        .app
        .client(&house.client, Ask { by: actor, ..ask(at, Actor::Operator, command) })
        .await
        .expect("the store answers")
}

/// What the bot said in a chat, in the order it stands there.
fn said(house: &House, chat: i64) -> Vec<String> {
    house.said(chat)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_before_a_pm_confirms_and_then_everything_arrives_in_order() {
    for db in db::both().await {
        let house = without_chat(&db).await;
        for task in ["communication", "accounts"] {
            house.work(task).await;
        }
        assert_eq!(said(&house, GROUP).len(), 0, "no chat, no messages");
        offer(&house, &house.client, TOKEN).await;
        open(&house, SOFIIA, Some(GROUP), TOKEN).await;
        house.work("rubricator").await;
        let waiting = said(&house, GROUP);
        assert_eq!(waiting.len(), 1, "only that a PM will look: {waiting:?}");
        assert!(waiting[0].contains("Менеджер скоро підтвердить"), "{waiting:?}");
        let told = said(&house, STAFF_CHAT).join("\n");
        for words in ["Кава «Ранок» і Маяк", "Софія Гнатюк", "signoff client confirm kava-ranok"]
        {
            assert!(told.contains(words), "{words}: {told}");
        }
        let stranger = by(&house, person("maksym"), ClientCommand::ConfirmChat).await;
        assert!(matches!(stranger, Answer::Refused(no) if no.code() == "not-allowed"), "only a PM confirms");
        assert_eq!(said(&house, GROUP).len(), 1);
        assert!(matches!(by(&house, person("olena"), ClientCommand::ConfirmChat).await, Answer::Done { .. }));
        house.settle().await;
        let all = said(&house, GROUP);
        let order = ["Вітаємо!", "отримано", "на місці", "Працюємо над", "Рубрикатор готовий"];
        for (words, text) in order.iter().zip(&all[1..]) {
            assert!(text.contains(words), "{}: {words} expected: {}", db.name, script(&house, GROUP));
        }
        assert_eq!(all.len(), 1 + order.len(), "{}: {}", db.name, script(&house, GROUP));
        if db.name == "SQLite" {
            insta::assert_snapshot!("linking_client_uk", script(&house, GROUP));
        }
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_that_waited_for_the_chat_can_be_made_in_it() {
    for db in db::both().await {
        let house = without_chat(&db).await;
        for task in ["communication", "accounts", "rubricator", PLAN] {
            house.work(task).await;
        }
        assert_eq!(house.status(PLAN).await, Status::AwaitingApproval);
        offer(&house, &house.client, TOKEN).await;
        open(&house, SOFIIA, Some(GROUP), TOKEN).await;
        house.client_order(&house.client, ClientCommand::ConfirmChat).await;
        let person = house.app.store().profile_by_telegram(SOFIIA).await.unwrap().unwrap().person;
        house.client_order(&house.client, ClientCommand::NameApprover { person }).await;
        house.settle().await;
        house.press(SOFIIA, GROUP, "✅").await;
        assert_eq!(house.status(PLAN).await, Status::Completed, "{}", db.name);
        assert!(last_said(&house).contains("Погоджено: Софія Гнатюк"), "{}", script(&house, GROUP));
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_works_once_whoever_opens_it_again_wherever() {
    const OTHER: i64 = -3001;
    for db in db::both().await {
        let house = without_chat(&db).await;
        house.sandbox.add_chat(OTHER, ChatKind::Group, "Чужа група").unwrap();
        house.sandbox.join(PETRO, OTHER).unwrap();
        offer(&house, &house.client, TOKEN).await;
        open(&house, SOFIIA, Some(GROUP), TOKEN).await;
        open(&house, PETRO, Some(OTHER), TOKEN).await;
        open(&house, PETRO, None, TOKEN).await;
        assert_eq!(facts(&house, "chat_linked").await, 1, "{}", db.name);
        for chat in [OTHER, PETRO] {
            let said = said(&house, chat);
            assert_eq!(said.len(), 1, "{said:?}");
            assert!(said[0].contains("not valid"), "in the reader's own language: {said:?}");
        }
        assert_eq!(refusals(&house).await, ["link-invalid", "link-invalid"], "{}", db.name);
        let state = house.app.client_state(&house.client).await.unwrap().unwrap();
        assert_eq!(state.chat.as_ref().unwrap().chat, GROUP);
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_opened_twice_by_telegram_itself_binds_once_and_says_so_once() {
    for db in db::both().await {
        let house = without_chat(&db).await;
        offer(&house, &house.client, TOKEN).await;
        open(&house, SOFIIA, Some(GROUP), TOKEN).await;
        for _ in 0..3 {
            assert_eq!(house.sandbox.replay_updates(2), 2);
            house.settle().await;
        }
        assert_eq!((facts(&house, "chat_linked").await, said(&house, GROUP).len()), (1, 1), "{}", db.name);
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_lives_a_day_to_the_second() {
    let db = db::sqlite();
    let house = without_chat(&db).await;
    offer(&house, &house.client, TOKEN).await;
    house.pass(24 * 3_600 + 1).await;
    open(&house, SOFIIA, Some(GROUP), TOKEN).await;
    assert_eq!(facts(&house, "chat_linked").await, 0);
    assert!(last_said(&house).contains("Термін посилання минув"), "{}", script(&house, GROUP));
    assert_eq!(refusals(&house).await, ["link-expired"]);
    offer(&house, &house.client, "ZbCdEfGhIjKlMnOpQrStUv").await;
    house.pass(24 * 3_600).await;
    open(&house, SOFIIA, Some(GROUP), "ZbCdEfGhIjKlMnOpQrStUv").await;
    assert_eq!(facts(&house, "chat_linked").await, 1, "{}", script(&house, GROUP));
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_link_ends_the_older_one() {
    let db = db::sqlite();
    let house = without_chat(&db).await;
    offer(&house, &house.client, TOKEN).await;
    offer(&house, &house.client, "ZbCdEfGhIjKlMnOpQrStUv").await;
    open(&house, SOFIIA, Some(GROUP), TOKEN).await;
    assert_eq!(
        (facts(&house, "chat_linked").await, refusals(&house).await),
        (0, vec!["link-invalid".to_owned()])
    );
    open(&house, SOFIIA, Some(GROUP), "ZbCdEfGhIjKlMnOpQrStUv").await;
    assert_eq!(facts(&house, "chat_linked").await, 1);
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_of_a_link_stands_in_no_fact() {
    for db in db::both().await {
        let house = without_chat(&db).await;
        offer(&house, &house.client, TOKEN).await;
        open(&house, SOFIIA, Some(GROUP), TOKEN).await;
        let log = house.app.store().events(0, 100_000).await.unwrap();
        assert!(log.iter().all(|event| !event.data.contains(TOKEN)), "{}", db.name);
        let hash = hex::encode(Sha256::digest(TOKEN));
        assert!(
            log.iter().any(|event| event.kind == "link_offered" && event.data.contains(&hash)),
            "{}",
            db.name
        );
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chat_of_one_client_is_not_taken_by_another() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let verba = add_client(&house.app, house.now(), "verba", "Верба", "uk").await;
    offer(&house, &verba, TOKEN).await;
    let before = house.app.client_state(&house.client).await.unwrap().unwrap().version;
    open(&house, PETRO, Some(GROUP), TOKEN).await;
    let ranok = house.app.client_state(&house.client).await.unwrap().unwrap();
    assert_eq!((ranok.version, ranok.confirmed_chat()), (before, Some(GROUP)));
    assert!(house.app.client_state(&verba).await.unwrap().unwrap().chat.is_none());
    assert_eq!(refusals(&house).await, ["chat-taken"]);
    assert!(!script(&house, GROUP).contains("Верба"), "nobody reads here who else is a client");
    // It was not used up: in its own group it works.
    house.sandbox.add_chat(-3001, ChatKind::Group, "Верба і Маяк").unwrap();
    house.sandbox.join(PETRO, -3001).unwrap();
    open(&house, PETRO, Some(-3001), TOKEN).await;
    assert_eq!(house.app.client_state(&verba).await.unwrap().unwrap().chat.as_ref().unwrap().chat, -3001);
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_staff_chat_never_becomes_a_clients_chat() {
    let db = db::sqlite();
    let house = without_chat(&db).await;
    offer(&house, &house.client, TOKEN).await;
    open(&house, 1001, Some(STAFF_CHAT), TOKEN).await;
    assert_eq!(facts(&house, "chat_linked").await, 0, "{}", script(&house, STAFF_CHAT));
    open(&house, SOFIIA, Some(GROUP), TOKEN).await;
    assert_eq!(facts(&house, "chat_linked").await, 1, "the link was not used up");
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_without_a_group_works_in_a_private_chat() {
    for db in db::both().await {
        let house = without_chat(&db).await;
        offer(&house, &house.client, TOKEN).await;
        open(&house, SOFIIA, None, TOKEN).await;
        assert_eq!(said(&house, SOFIIA).len(), 1, "{}", script(&house, SOFIIA));
        house.client_order(&house.client, ClientCommand::ConfirmChat).await;
        let person = house.app.store().profile_by_telegram(SOFIIA).await.unwrap().unwrap().person;
        house.client_order(&house.client, ClientCommand::NameApprover { person }).await;
        for task in ["communication", "accounts", "rubricator", PLAN] {
            house.work(task).await;
        }
        house.press(SOFIIA, SOFIIA, "✏️").await;
        for words in ["Менше тексту", "Більше фото"] {
            house.sandbox.send_text(SOFIIA, SOFIIA, words, None).unwrap();
            house.settle().await;
        }
        house.press(SOFIIA, SOFIIA, "Готово, це все").await;
        assert!(house.said(SOFIIA).pop().unwrap().contains("2 зауваження"), "{}", script(&house, SOFIIA));
        house.work(PLAN).await;
        house.press(SOFIIA, SOFIIA, "✅").await;
        assert_eq!(house.status(PLAN).await, Status::Completed, "{}", db.name);
        if db.name == "SQLite" {
            insta::assert_snapshot!("private_client_uk", script(&house, SOFIIA));
        }
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_who_moves_to_another_chat_hears_nothing_in_the_old_one() {
    const NEW: i64 = -3001;
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work("communication").await;
    house.sandbox.add_chat(NEW, ChatKind::Group, "Нова група").unwrap();
    house.sandbox.join(SOFIIA, NEW).unwrap();
    let old = house.said(GROUP).len();
    offer(&house, &house.client, TOKEN).await;
    open(&house, SOFIIA, Some(NEW), TOKEN).await;
    for task in ["accounts", "rubricator"] {
        house.work(task).await;
    }
    assert_eq!(
        (house.said(GROUP).len(), house.said(NEW).len()),
        (old, 1),
        "between two chats everything waits"
    );
    house.client_order(&house.client, ClientCommand::ConfirmChat).await;
    house.settle().await;
    assert_eq!(house.said(GROUP).len(), old, "{}", script(&house, GROUP));
    let new = house.said(NEW);
    assert!(new[1].contains("Працюємо над") && new[2].contains("Рубрикатор готовий"), "{new:?}");
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn start_without_a_token_and_foreign_tokens_bind_nothing() {
    let db = db::sqlite();
    let house = without_chat(&db).await;
    house.sandbox.send_text(PETRO, PETRO, "/start", None).unwrap();
    house.settle().await;
    assert_eq!(refusals(&house).await.len(), 0, "pressing Start is no attack");
    for token in ["x", "AAAAAAAAAAAAAAAAAAAAAA", "----------------------", &"a".repeat(64)] {
        open(&house, PETRO, None, token).await;
    }
    assert_eq!(refusals(&house).await, vec!["link-invalid"; 4]);
    assert_eq!(facts(&house, "chat_linked").await, 0);
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn confirming_before_the_link_was_used_says_what_to_do() {
    let db = db::sqlite();
    let house = without_chat(&db).await;
    offer(&house, &house.client, TOKEN).await;
    let answer = by(&house, person("olena"), ClientCommand::ConfirmChat).await;
    assert!(matches!(answer, Answer::Refused(no) if no.code() == "no-chat-to-confirm"));
    open(&house, SOFIIA, Some(GROUP), TOKEN).await;
    assert!(matches!(by(&house, person("olena"), ClientCommand::ConfirmChat).await, Answer::Done { .. }));
    assert_eq!(by(&house, person("olena"), ClientCommand::ConfirmChat).await, Answer::AlreadySo);
    is_well(house).await;
}
