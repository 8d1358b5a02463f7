//! Plain messages to any chat, a second client, and what the tests of delivery look at.

use chrono::Duration;
use engine::app::Along;
use engine::domain::client::ClientCommand;
use engine::domain::{ClientId, Timestamp};
use engine::store::change::{Cause, Entity, EntityKind, NewMessage, OutFace, Payload, Policy};
use engine::store::outbox;
use journeys::desk::{add_client, command_id};
use journeys::house::{House, SOFIIA};
use sandbox::{ChatKind, Entry, Kind};
use sha2::{Digest, Sha256};

/// A message whose text is its name, with its first letter in bold.
pub fn letter(chat: i64, text: &str) -> NewMessage {
    let bold = Entity { offset: 0, length: 1, kind: EntityKind::Bold };
    NewMessage {
        dedupe: format!("letter:{chat}:{text}"),
        cause: Cause::None,
        chat,
        kind: "letter".into(),
        face: OutFace::Post,
        slot: None,
        reply_to: None,
        project: None,
        task: None,
        message_key: "letter".into(),
        arguments: serde_json::Value::Null,
        language: "uk".into(),
        payload: Payload { text: text.into(), entities: vec![bold], ..Payload::default() },
        ask: None,
        policy: Policy::AtLeastOnce,
        buttons: Vec::new(),
        quiet_zone: None,
    }
}

/// Puts messages into the outbox, in this order.
pub async fn queue(house: &House, messages: Vec<NewMessage>) {
    let along = Along { messages, ..Along::default() };
    house.app.settle(command_id(), house.now(), along).await.expect("queued");
}

/// Puts `Лист 1` … `Лист N` into the outbox for a chat.
pub async fn queue_letters(house: &House, chat: i64, count: usize) {
    queue(house, (1..=count).map(|n| letter(chat, &format!("Лист {n}"))).collect()).await;
}

/// The texts `Лист 1` … `Лист N`.
pub fn letters(count: usize) -> Vec<String> {
    (1..=count).map(|n| format!("Лист {n}")).collect()
}

/// The letters that stand in a chat, copies too, in their order.
pub fn arrived(house: &House, chat: i64) -> Vec<String> {
    house.said(chat).into_iter().filter(|text| text.starts_with("Лист")).collect()
}

/// How many messages of the outbox are in this state.
pub async fn in_state(house: &House, state: &str) -> i64 {
    let counts = outbox::counts(house.app.store()).await.expect("counted");
    counts.into_iter().find(|(name, _)| name == state).map_or(0, |(_, count)| count)
}

/// The calls of the bot that would have put something into this chat, since a line of the journal.
pub fn calls_to(house: &House, chat: i64, from: u64) -> Vec<Entry> {
    let entries = house.sandbox.journal(from).into_iter();
    let sends = entries.filter(|entry| entry.kind == Kind::Call && entry.method.starts_with("send"));
    sends.filter(|entry| entry.chat == Some(chat)).collect()
}

/// The number of the journal's next line.
pub fn mark(house: &House) -> u64 {
    house.sandbox.summary().journal + 1
}

/// A group with the bot and one person in it.
pub fn group(house: &House, chat: i64, kind: ChatKind) {
    house.sandbox.add_chat(chat, kind, "Ще одна група").expect("a chat");
    house.sandbox.join(SOFIIA, chat).expect("in the chat");
    house.sandbox.return_bot(chat).expect("in the chat");
}

/// Another client with a group of its own; Sofiia approves for it too.
pub async fn another_client(house: &House, id: &str, chat: i64) -> ClientId {
    house.sandbox.add_chat(chat, ChatKind::Group, id).expect("a chat");
    house.sandbox.join(SOFIIA, chat).expect("in the chat");
    let client = add_client(&house.app, house.now(), id, id, "uk").await;
    let token = format!("{id:A<22}");
    let expires: Timestamp = house.now() + Duration::hours(24);
    let token_sha256 = hex::encode(Sha256::digest(&token));
    house.client_order(&client, ClientCommand::OfferLink { token_sha256, expires }).await;
    let link = format!("https://t.me/signoff_bot?startgroup={token}");
    house.sandbox.open_link(SOFIIA, Some(chat), &link).expect("the link opens");
    house.settle().await;
    house.client_order(&client, ClientCommand::ConfirmChat).await;
    let known = house.app.store().profile_by_telegram(SOFIIA).await.expect("an answer").expect("a profile");
    house.client_order(&client, ClientCommand::NameApprover { person: known.person }).await;
    house.settle().await;
    client
}

/// How many messages of the bot in this chat have these words.
pub fn count(house: &House, chat: i64, words: &str) -> usize {
    house.said(chat).iter().filter(|text| text.contains(words)).count()
}
