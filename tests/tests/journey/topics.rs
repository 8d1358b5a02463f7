//! Chats with topics: everything comes into the right one, and a topic that goes away loses nothing (TG-16, TG-17).

use chrono::Duration;
use engine::domain::client::ClientCommand;
use engine::domain::project::Status;
use journeys::db::{self, Db};
use journeys::desk::{STAFF_CHAT, add_client, open_smm};
use journeys::house::{GROUP, House, PETRO, SOFIIA};
use sandbox::{ChatKind, MessageView};
use sha2::{Digest, Sha256};

use super::hands::{MAKSYM, OLENA};
use super::letters::{arrived, count, in_state, letters, queue_letters};
use super::witness::{PLAN, facts, is_well};

const TOKEN: &str = "AbCdEfGhIjKlMnOpQrStUv";

/// A house whose client has a group with topics and opened the link in one of them; that topic.
async fn with_topic(db: &Db) -> (House, i64) {
    let mut house = House::empty(db).await;
    house.sandbox.add_person(SOFIIA, "Софія Гнатюк", None, Some("uk")).unwrap();
    house.sandbox.add_person(PETRO, "Петро", None, Some("uk")).unwrap();
    house.sandbox.add_chat(GROUP, ChatKind::Supergroup, "Кава «Ранок» і Маяк").unwrap();
    for person in [SOFIIA, PETRO, OLENA] {
        house.sandbox.join(person, GROUP).unwrap();
    }
    house.sandbox.return_bot(GROUP).unwrap();
    house.sandbox.set_forum(GROUP, true).unwrap();
    let topic = house.sandbox.add_topic(SOFIIA, GROUP, "SMM").unwrap();
    house.client = add_client(&house.app, house.now(), "kava-ranok", "Кава «Ранок»", "uk").await;
    let token_sha256 = hex::encode(Sha256::digest(TOKEN));
    let expires = house.now() + Duration::hours(24);
    house.client_order(&house.client, ClientCommand::OfferLink { token_sha256, expires }).await;
    house.sandbox.send_text_in(SOFIIA, GROUP, topic, &format!("/start@signoff_bot {TOKEN}")).unwrap();
    house.settle().await;
    house.client_order(&house.client, ClientCommand::ConfirmChat).await;
    let person = house.app.store().profile_by_telegram(SOFIIA).await.unwrap().unwrap().person;
    house.client_order(&house.client, ClientCommand::NameApprover { person }).await;
    house.project = open_smm(&house.app, &house.catalogue, house.now(), "smm-test", &house.client).await;
    house.settle().await;
    (house, topic)
}

fn ours(house: &House, chat: i64) -> Vec<MessageView> {
    let all = house.sandbox.messages(chat).into_iter();
    all.filter(|message| message.is_bot && message.service.is_none() && !message.deleted).collect()
}

fn topics(house: &House, chat: i64) -> Vec<Option<i64>> {
    let mut found: Vec<_> = ours(house, chat).iter().map(|message| message.topic).collect();
    found.dedup();
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_for_the_client_comes_into_the_topic_where_the_link_was_opened() {
    for db in db::both().await {
        let (house, topic) = with_topic(&db).await;
        house.work_until(PLAN).await;
        house.work(PLAN).await;
        house.press(SOFIIA, GROUP, "✏️").await;
        let question = house.sandbox.last_message(GROUP).unwrap();
        assert!(question.force_reply);
        house.sandbox.send_text(SOFIIA, GROUP, "Менше тексту", Some(question.id)).unwrap();
        house.sandbox.send_text_in(SOFIIA, GROUP, topic, "/help").unwrap();
        house.settle().await;
        house.press(SOFIIA, GROUP, "Готово, це все").await;
        house.work(PLAN).await;
        house.press(SOFIIA, GROUP, "✅").await;
        assert_eq!(house.status(PLAN).await, Status::Completed, "{}", db.name);
        assert_eq!(topics(&house, GROUP), [Some(topic)], "{}", house.transcript(GROUP));
        assert_eq!(count(&house, GROUP, "Прийняли 1 зауваження"), 1, "{}", house.transcript(GROUP));
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_topic_is_deleted_the_rest_comes_into_the_main_chat_and_the_pm_hears_of_it_once() {
    for db in db::both().await {
        let (house, topic) = with_topic(&db).await;
        house.work_until(PLAN).await;
        house.work(PLAN).await;
        house.sandbox.delete_topic(GROUP, topic).unwrap();
        queue_letters(&house, GROUP, 3).await;
        house.settle().await;
        assert_eq!(arrived(&house, GROUP), letters(3), "{}", db.name);
        assert_eq!(topics(&house, GROUP), [None]);
        assert_eq!(count(&house, STAFF_CHAT, "тему для наших повідомлень"), 1);
        assert_eq!((in_state(&house, "failed").await, facts(&house, "topic_chosen").await), (0, 2));
        // The request stood in the topic: it is asked for again where it can be seen.
        house.press(SOFIIA, GROUP, "✅").await;
        assert_eq!(house.status(PLAN).await, Status::Completed, "{}", house.transcript(GROUP));
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_staff_moves_the_messages_to_another_topic_with_one_word_and_nobody_else_does() {
    let db = db::sqlite();
    let (house, topic) = with_topic(&db).await;
    let other = house.sandbox.add_topic(OLENA, GROUP, "Звіти").unwrap();
    house.sandbox.send_text_in(PETRO, GROUP, other, "/here").unwrap();
    house.settle().await;
    queue_letters(&house, GROUP, 1).await;
    house.settle().await;
    assert_eq!(topics(&house, GROUP), [Some(topic)], "a client's colleague does not decide that");
    house.sandbox.send_text_in(OLENA, GROUP, other, "/here@signoff_bot").unwrap();
    house.settle().await;
    house.work("communication").await;
    let last = ours(&house, GROUP).pop().unwrap();
    assert_eq!(last.topic, Some(other), "{}", house.transcript(GROUP));
    assert_eq!(count(&house, GROUP, "Відтепер повідомлення надходитимуть сюди"), 1);
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_general_is_closed_everything_waits_and_comes_in_order_afterwards() {
    let db = db::sqlite();
    let (house, topic) = with_topic(&db).await;
    house.sandbox.send_text(OLENA, GROUP, "/here", None).unwrap();
    house.settle().await;
    house.sandbox.close_topic(SOFIIA, GROUP, None, true).unwrap();
    queue_letters(&house, GROUP, 3).await;
    house.settle().await;
    assert!(arrived(&house, GROUP).is_empty());
    assert_eq!((in_state(&house, "parked").await, in_state(&house, "failed").await), (3, 0));
    assert_eq!(count(&house, STAFF_CHAT, "чат більше недоступний (тему закрито)"), 1);
    house.sandbox.send_text_in(SOFIIA, GROUP, topic, "/help").unwrap();
    house.settle().await;
    assert_eq!(in_state(&house, "parked").await, 3, "talk in another topic opens nothing");
    house.sandbox.close_topic(SOFIIA, GROUP, None, false).unwrap();
    house.settle().await;
    let told = house.said(GROUP).join("\n");
    let places: Vec<_> = letters(3).iter().map(|words| told.find(words.as_str())).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{told}");
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_staff_chat_with_topics_has_cards_and_questions_in_the_topic_of_its_choice() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let staff = house.sandbox.migrate(STAFF_CHAT).unwrap();
    house.settle().await;
    house.sandbox.set_forum(staff, true).unwrap();
    let topic = house.sandbox.add_topic(OLENA, staff, "Картки").unwrap();
    house.sandbox.send_text_in(OLENA, staff, topic, "/here").unwrap();
    house.settle().await;
    house.work("communication").await;
    let card = house.with_button(staff, "Почати");
    assert_eq!(card.topic, Some(topic));
    house.press_on(MAKSYM, staff, card.id, "Почати").await;
    house.press(MAKSYM, staff, "✎ Посилання на акаунти").await;
    let question = house.sandbox.last_message(staff).unwrap();
    assert!(question.force_reply && question.topic == Some(topic), "{question:?}");
    house.sandbox.send_text(MAKSYM, staff, "https://instagram.com/kava.ranok", Some(question.id)).unwrap();
    house.settle().await;
    let card = house.with_button(staff, "🔒 Здати").text;
    assert!(card.contains("https://instagram.com/kava.ranok"), "{card}");
    house.sandbox.delete_topic(staff, topic).unwrap();
    house.work("accounts").await;
    assert_eq!(house.with_button(staff, "Почати").topic, None, "{}", house.transcript(staff));
    assert_eq!(count(&house, staff, "Тему для цих повідомлень видалено"), 1);
    is_well(house).await;
}
