//! The chats that the bot writes to: whether it can, and where they moved.

use sqlx::AnyConnection;
use sqlx::Row;

use super::change::{Change, NewMessage, Written};
use super::delivery::DeliveryEvent;
use super::{Store, StoreError};
use crate::domain::Timestamp;

/// A group may move once; more steps than this are a loop.
const MOVES: usize = 5;

/// What an update tells of a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    pub chat: i64,
    /// `private`, `group`, `supergroup` or `channel`.
    pub kind: String,
    /// The id of the message; ids of one chat only grow.
    pub message: i64,
}

/// A chat as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chat {
    pub chat: i64,
    pub kind: String,
    /// The highest id of a message of ours.
    pub last_mid: i64,
    /// The highest id of anybody's message.
    pub seen_mid: i64,
    /// `ok`, `unreachable` or `migrated`.
    pub state: String,
    pub reason: Option<String>,
    pub migrated_to: Option<i64>,
    /// The topic that messages go to; `None` is General, or a chat without topics.
    pub topic: Option<i64>,
}

/// The chat, if anything is known of it.
pub async fn find(store: &Store, chat: i64) -> Result<Option<Chat>, StoreError> {
    let row = sqlx::query(
        "SELECT chat, kind, last_mid, seen_mid, state, reason, migrated_to, topic FROM chats WHERE chat = $1",
    )
    .bind(chat)
    .fetch_optional(store.reads())
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Chat {
        chat: row.try_get(0)?,
        kind: row.try_get(1)?,
        last_mid: row.try_get(2)?,
        seen_mid: row.try_get(3)?,
        state: row.try_get(4)?,
        reason: row.try_get(5)?,
        migrated_to: row.try_get(6)?,
        topic: row.try_get(7)?,
    }))
}

/// Where the chat is now, however often it moved (TG-43).
pub async fn resolve(store: &Store, chat: i64) -> Result<i64, StoreError> {
    let mut now = chat;
    for _ in 0..MOVES {
        match find(store, now).await?.and_then(|found| found.migrated_to) {
            Some(next) => now = next,
            None => break,
        }
    }
    Ok(now)
}

/// Chats that moved, with messages that still wait under the old id.
pub async fn left_behind(store: &Store) -> Result<Vec<(i64, i64)>, StoreError> {
    let rows = sqlx::query(
        "SELECT DISTINCT c.chat, c.migrated_to FROM chats c JOIN outbox o ON o.chat = c.chat
         WHERE c.state = 'migrated' AND c.migrated_to IS NOT NULL AND o.state = 'ready' ORDER BY c.chat",
    )
    .fetch_all(store.reads())
    .await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// Gives a chat its new id, with what is unsent and with its buttons; for a chat that belongs to no client.
pub async fn migrate(store: &Store, from: i64, to: i64, now: Timestamp) -> Result<(), StoreError> {
    let change = Change {
        command_id: format!("chat:{from}:{to}"),
        moves_chat: Some((from, to)),
        at: now,
        ..Change::default()
    };
    store.write(change).await.map(drop)
}

/// Messages go to this topic from now on (TG-17). `false` if they did.
pub async fn choose_topic(
    store: &Store,
    chat: i64,
    topic: Option<i64>,
    why: (&str, &str),
    now: Timestamp,
) -> Result<bool, StoreError> {
    if find(store, chat).await?.and_then(|found| found.topic) == topic {
        return Ok(false);
    }
    let (reason, key) = why;
    let fact = DeliveryEvent::TopicChosen { chat, topic, reason: reason.to_owned() };
    let change = Change {
        command_id: format!("topic:{chat}:{key}"),
        appends: vec![fact.append(chat, now)?],
        at: now,
        ..Change::default()
    };
    let written = store.write_with(change, move |db| Box::pin(set_topic(db, chat, topic))).await?;
    Ok(matches!(written, Written::Done { .. }))
}

async fn set_topic(db: &mut AnyConnection, chat: i64, topic: Option<i64>) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO chats (chat, kind, last_mid, seen_mid, state, reason, migrated_to, paused_until, topic)
         VALUES ($1, '', 0, 0, 'ok', NULL, NULL, 0, $2)
         ON CONFLICT (chat) DO UPDATE SET topic = excluded.topic",
    )
    .bind(chat)
    .bind(topic)
    .execute(db)
    .await?;
    Ok(())
}

/// Nothing can be written there: what waits is parked. `false` if that was known.
pub async fn lose(
    store: &Store,
    chat: i64,
    reason: &str,
    key: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    if find(store, chat).await?.is_some_and(|found| found.state == "unreachable") {
        let reason = reason.to_owned();
        store.transaction(move |db| Box::pin(async move { park(db, chat, &reason).await })).await?;
        return Ok(false);
    }
    let fact = DeliveryEvent::ChatUnreachable { chat, reason: reason.to_owned() };
    let change = Change {
        command_id: format!("lost:{chat}:{key}"),
        appends: vec![fact.append(chat, now)?],
        at: now,
        ..Change::default()
    };
    let reason = reason.to_owned();
    let written = store
        .write_with(change, move |db| {
            let reason = reason.clone();
            Box::pin(async move { park(db, chat, &reason).await })
        })
        .await?;
    Ok(matches!(written, Written::Done { .. }))
}

/// What happens when a chat can be written to again.
#[derive(Clone, Debug, Default)]
pub struct Return {
    /// What is said anew.
    pub messages: Vec<NewMessage>,
    /// Messages that this makes needless: id and kind.
    pub drop: Vec<(i64, String)>,
    /// Messages that go out as they are.
    pub release: Vec<i64>,
}

/// The chat can be written to again: all of it in one transaction, so that nothing is lost or said twice.
pub async fn come_back(
    store: &Store,
    chat: i64,
    key: &str,
    back: Return,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut change = Change {
        command_id: format!("back:{chat}:{key}"),
        messages: back.messages,
        appends: vec![DeliveryEvent::ChatReachable { chat }.append(chat, now)?],
        at: now,
        ..Change::default()
    };
    for (outbox, kind) in &back.drop {
        let reason = "told in the digest or asked anew".to_owned();
        let fact = DeliveryEvent::MessageDropped { outbox: *outbox, chat, kind: kind.clone(), reason };
        change.appends.push(fact.append(chat, now)?);
    }
    let (drop, release) = (back.drop, back.release);
    let written = store.write_with(change, move |db| {
        let (drop, release) = (drop.clone(), release.clone());
        Box::pin(async move { reopen(db, chat, &drop, &release, now).await })
    });
    written.await.map(std::mem::drop)
}

async fn reopen(
    db: &mut AnyConnection,
    chat: i64,
    drop: &[(i64, String)],
    release: &[i64],
    now: Timestamp,
) -> Result<(), StoreError> {
    for (id, _) in drop {
        sqlx::query(
            "UPDATE outbox SET state = 'cancelled' WHERE id = $1 AND state IN ('ready', 'parked', 'held')",
        )
        .bind(*id)
        .execute(&mut *db)
        .await?;
    }
    for id in release {
        sqlx::query(
            "UPDATE outbox SET state = 'ready', next_at = $1 WHERE id = $2 AND state IN ('parked', 'held')",
        )
        .bind(now.timestamp_micros())
        .bind(*id)
        .execute(&mut *db)
        .await?;
    }
    sqlx::query("UPDATE chats SET state = 'ok', reason = NULL WHERE chat = $1 AND state = 'unreachable'")
        .bind(chat)
        .execute(db)
        .await?;
    Ok(())
}

async fn park(db: &mut AnyConnection, chat: i64, reason: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO chats (chat, kind, last_mid, seen_mid, state, reason, migrated_to, paused_until)
         VALUES ($1, '', 0, 0, 'unreachable', $2, NULL, 0)
         ON CONFLICT (chat) DO UPDATE SET state = 'unreachable', reason = excluded.reason",
    )
    .bind(chat)
    .bind(reason.to_owned())
    .execute(&mut *db)
    .await?;
    sqlx::query(
        "UPDATE outbox SET state = 'parked' WHERE chat = $1 AND state IN ('ready', 'sending', 'held')",
    )
    .bind(chat)
    .execute(db)
    .await?;
    Ok(())
}

/// Remembers kinds of chats and the highest message ids.
pub(crate) async fn see(db: &mut AnyConnection, sightings: &[Sighting]) -> Result<(), StoreError> {
    for seen in sightings {
        sqlx::query(
            "INSERT INTO chats (chat, kind, last_mid, seen_mid, state, reason, migrated_to, paused_until)
             VALUES ($1, $2, 0, $3, 'ok', NULL, NULL, 0)
             ON CONFLICT (chat) DO UPDATE SET kind = excluded.kind,
                 seen_mid = CASE WHEN excluded.seen_mid > chats.seen_mid THEN excluded.seen_mid ELSE chats.seen_mid END",
        )
        .bind(seen.chat)
        .bind(seen.kind.clone())
        .bind(seen.message)
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// Remembers the id of a message of ours.
pub(crate) async fn sent(db: &mut AnyConnection, chat: i64, message: i64) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO chats (chat, kind, last_mid, seen_mid, state, reason, migrated_to, paused_until)
         VALUES ($1, '', $2, $2, 'ok', NULL, NULL, 0)
         ON CONFLICT (chat) DO UPDATE SET
             last_mid = CASE WHEN excluded.last_mid > chats.last_mid THEN excluded.last_mid ELSE chats.last_mid END,
             seen_mid = CASE WHEN excluded.last_mid > chats.seen_mid THEN excluded.last_mid ELSE chats.seen_mid END",
    )
    .bind(chat)
    .bind(message)
    .execute(db)
    .await?;
    Ok(())
}

/// No message to the chat before then.
pub(crate) async fn pause(db: &mut AnyConnection, chat: i64, until: Timestamp) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO chats (chat, kind, last_mid, seen_mid, state, reason, migrated_to, paused_until)
         VALUES ($1, '', 0, 0, 'ok', NULL, NULL, $2)
         ON CONFLICT (chat) DO UPDATE SET paused_until = excluded.paused_until",
    )
    .bind(chat)
    .bind(until.timestamp_micros())
    .execute(db)
    .await?;
    Ok(())
}
