//! Messages that wait for a person's word: held, given up, refused, or for a chat that is lost.

use sqlx::AnyConnection;
use sqlx::Row;

use super::change::{Append, Change, Content, Written};
use super::delivery::DeliveryEvent;
use super::{Store, StoreError};
use crate::domain::waiting_chat::is_waiting_chat;
use crate::domain::{Actor, ContentId, Timestamp};

/// A message that will not go out by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub id: i64,
    pub chat: i64,
    pub kind: String,
    /// `held`, `parked`, `unknown`, `failed`, or `ready` in a chat that is lost.
    pub state: String,
    /// When it was to be sent first.
    pub since: Timestamp,
    /// Why it was not sent, or why the chat is lost.
    pub why: Option<String>,
    /// Nothing can be written in its chat.
    pub chat_lost: bool,
}

/// Who decides about messages, when, and under which name.
#[derive(Clone, Debug)]
pub struct Word {
    pub command_id: String,
    pub at: Timestamp,
    pub by: Actor,
}

/// All of them, in the order in which they would have gone out.
pub async fn all(store: &Store) -> Result<Vec<Held>, StoreError> {
    let mut all = droppable(store).await?;
    // A client without a chat has lost none: its messages go out when it gets one.
    all.retain(|held| !is_waiting_chat(held.chat));
    Ok(all)
}

/// The same with what waits for a client to get a chat: nobody has to let it go out, and it may be taken back.
pub async fn droppable(store: &Store) -> Result<Vec<Held>, StoreError> {
    let rows = sqlx::query(
        "SELECT o.id, o.chat, o.kind, o.state, o.created_at, COALESCE(o.error, c.reason),
             CASE WHEN c.state = 'unreachable' THEN 1 ELSE 0 END
         FROM outbox o LEFT JOIN chats c ON c.chat = o.chat
         WHERE o.state IN ('held', 'parked', 'unknown', 'failed')
             OR o.state = 'ready'
         ORDER BY o.id",
    )
    .fetch_all(store.reads())
    .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let since = Timestamp::from_timestamp_micros(row.try_get(4)?);
        let lost: i64 = row.try_get::<i64, _>(6)?;
        all.push(Held {
            id: row.try_get(0)?,
            chat: row.try_get(1)?,
            kind: row.try_get(2)?,
            state: row.try_get(3)?,
            since: since.ok_or_else(|| StoreError::broken("a message was made at no time"))?,
            why: row.try_get(5)?,
            chat_lost: lost == 1,
        });
    }
    all.retain(|held| held.state != "ready" || held.chat_lost || is_waiting_chat(held.chat));
    Ok(all)
}

/// Lets the messages into the line again, at their old places; a lost chat of theirs is tried again.
pub async fn release(store: &Store, word: Word, messages: Vec<Held>) -> Result<Written, StoreError> {
    let mut appends = Vec::new();
    for held in &messages {
        let fact =
            DeliveryEvent::MessageReleased { outbox: held.id, chat: held.chat, kind: held.kind.clone() };
        appends.push(said(&fact, held.chat, &word)?);
    }
    let (at, change) = (word.at, change(word, appends));
    let written = store.write_with(change, move |db| {
        let messages = messages.clone();
        Box::pin(async move { to_ready(db, &messages, at).await })
    });
    written.await
}

/// Takes the messages out of the line for good; `reason` is kept beside the log.
pub async fn drop(
    store: &Store,
    word: Word,
    messages: Vec<Held>,
    reason: Content,
) -> Result<Written, StoreError> {
    let mut appends = Vec::new();
    for held in &messages {
        let fact = DeliveryEvent::MessageDropped {
            outbox: held.id,
            chat: held.chat,
            kind: held.kind.clone(),
            reason: by_hand(&reason.content),
        };
        appends.push(said(&fact, held.chat, &word)?);
    }
    let error = by_hand(&reason.content);
    let mut change = change(word, appends);
    change.contents.push(reason);
    let written = store.write_with(change, move |db| {
        let (messages, error) = (messages.clone(), error.clone());
        Box::pin(async move { to_cancelled(db, &messages, &error).await })
    });
    written.await
}

/// Free text is not for the log: it names where the words are.
fn by_hand(content: &ContentId) -> String {
    format!("by hand: {content}")
}

fn said(fact: &DeliveryEvent, chat: i64, word: &Word) -> Result<Append, StoreError> {
    let mut append = fact.append(chat, word.at)?;
    for event in &mut append.events {
        event.by = word.by.clone();
    }
    Ok(append)
}

fn change(word: Word, appends: Vec<Append>) -> Change {
    Change { command_id: word.command_id, at: word.at, appends, ..Change::default() }
}

async fn to_ready(db: &mut AnyConnection, messages: &[Held], at: Timestamp) -> Result<(), StoreError> {
    for held in messages {
        sqlx::query(
            "UPDATE outbox SET state = 'ready', next_at = $1, ambiguous = 0
             WHERE id = $2 AND state IN ('held', 'parked', 'unknown', 'failed', 'ready')",
        )
        .bind(at.timestamp_micros())
        .bind(held.id)
        .execute(&mut *db)
        .await?;
        sqlx::query("UPDATE chats SET state = 'ok', reason = NULL WHERE chat = $1 AND state = 'unreachable'")
            .bind(held.chat)
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

async fn to_cancelled(db: &mut AnyConnection, messages: &[Held], error: &str) -> Result<(), StoreError> {
    for held in messages {
        let done = sqlx::query(
            "UPDATE outbox SET state = 'cancelled', error = $1
             WHERE id = $2 AND chat = $3 AND state IN ('held', 'parked', 'unknown', 'failed', 'ready')",
        )
        .bind(error.to_owned())
        .bind(held.id)
        .bind(held.chat)
        .execute(&mut *db)
        .await?;
        // It went to another chat or out in the meantime: then nothing was dropped, and no fact says so.
        if done.rows_affected() == 0 {
            return Err(StoreError::broken(format!(
                "message {} does not wait any more; look again",
                held.id
            )));
        }
    }
    Ok(())
}
