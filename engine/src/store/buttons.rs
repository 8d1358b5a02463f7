//! Buttons under messages: what a token means, and which approvals are open in a chat (RELIABILITY 6.2).

use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;
use sqlx::query::Query;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::change::Payload;
use super::insert::placeholders;
use super::{Store, StoreError};
use crate::domain::{PersonId, PressKind, ProjectId, Round, TaskId, Timestamp};

/// A button as it was stored with its message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    pub token_sha256: String,
    pub outbox_id: i64,
    pub chat: i64,
    pub project: ProjectId,
    pub task: TaskId,
    pub round: Round,
    pub press: PressKind,
    /// Only this person may press it.
    pub only: Option<PersonId>,
    pub expires: Timestamp,
}

/// The button of a token, given as the hex of its SHA-256.
pub async fn find(store: &Store, token_sha256: &str) -> Result<Option<Button>, StoreError> {
    let row = sqlx::query(
        "SELECT token_sha256, outbox_id, chat, project, task, round, press, only_person, expires_at
         FROM buttons WHERE token_sha256 = $1",
    )
    .bind(token_sha256)
    .fetch_optional(store.reads())
    .await?;
    row.as_ref().map(button).transpose()
}

/// The buttons of a message. A card that was changed carries buttons that were stored with an earlier state of it.
pub async fn of_message(store: &Store, outbox_id: i64) -> Result<Vec<Button>, StoreError> {
    let row = sqlx::query("SELECT payload FROM outbox WHERE id = $1")
        .bind(outbox_id)
        .fetch_optional(store.reads())
        .await?;
    let Some(row) = row else { return Ok(Vec::new()) };
    let payload = serde_json::from_str(row.try_get(0)?).map_err(|error| {
        StoreError::broken(format!("message {outbox_id} has an unreadable payload: {error}"))
    })?;
    let hashes = hashes(&payload);
    if hashes.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT token_sha256, outbox_id, chat, project, task, round, press, only_person, expires_at
         FROM buttons WHERE token_sha256 IN ({}) ORDER BY token_sha256",
        placeholders(1, hashes.len())
    );
    let query = hashes.into_iter().fold(sqlx::query(AssertSqlSafe(sql)), Query::bind);
    query.fetch_all(store.reads()).await?.iter().map(button).collect()
}

/// Whether a message asks the client to decide.
pub(crate) async fn is_request(db: &mut AnyConnection, payload: &Payload) -> Result<bool, StoreError> {
    let hashes = hashes(payload);
    if hashes.is_empty() {
        return Ok(false);
    }
    let sql = format!(
        "SELECT 1 FROM buttons WHERE press = $1 AND token_sha256 IN ({}) LIMIT 1",
        placeholders(2, hashes.len())
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(press_text(&PressKind::Approve)?);
    Ok(hashes.into_iter().fold(query, Query::bind).fetch_optional(db).await?.is_some())
}

/// The hashes of the tokens under a message; in callback data `1` and a letter stand before the token.
fn hashes(payload: &Payload) -> Vec<String> {
    let tokens = payload.buttons.iter().flatten().filter_map(|(_, data)| data.get(2..));
    tokens.map(|token| hex::encode(Sha256::digest(token))).collect()
}

/// The buttons with which a client's chat was asked to decide, the latest message first.
pub async fn requests(store: &Store, chat: i64) -> Result<Vec<Button>, StoreError> {
    let rows = sqlx::query(
        "SELECT token_sha256, outbox_id, chat, project, task, round, press, only_person, expires_at
         FROM buttons WHERE chat = $1 AND press = $2 ORDER BY outbox_id DESC LIMIT 200",
    )
    .bind(chat)
    .bind(press_text(&PressKind::Approve)?)
    .fetch_all(store.reads())
    .await?;
    rows.iter().map(button).collect()
}

/// Chats in which somebody was asked to decide between two moments, or has been since before.
pub async fn chats_with_requests(store: &Store, live_at: Timestamp) -> Result<Vec<i64>, StoreError> {
    let rows =
        sqlx::query("SELECT DISTINCT chat FROM buttons WHERE press = $1 AND expires_at > $2 ORDER BY chat")
            .bind(press_text(&PressKind::Approve)?)
            .bind(live_at.timestamp_micros())
            .fetch_all(store.reads())
            .await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// The press as its column holds it.
pub(crate) fn press_text(press: &PressKind) -> Result<String, StoreError> {
    serde_json::to_string(press).map_err(|error| StoreError::broken(error.to_string()))
}

fn button(row: &AnyRow) -> Result<Button, StoreError> {
    let unreadable = |what: &str| StoreError::broken(format!("a button has an unreadable {what}"));
    let press: String = row.try_get(6)?;
    Ok(Button {
        token_sha256: row.try_get(0)?,
        outbox_id: row.try_get(1)?,
        chat: row.try_get(2)?,
        project: ProjectId(row.try_get(3)?),
        task: TaskId(row.try_get(4)?),
        round: Round::try_from(row.try_get::<i64, _>(5)?).map_err(|_| unreadable("round"))?,
        press: serde_json::from_str(&press).map_err(|_| unreadable("press"))?,
        only: row.try_get::<Option<String>, _>(7)?.map(PersonId),
        expires: Timestamp::from_timestamp_micros(row.try_get(8)?).ok_or_else(|| unreadable("expiry"))?,
    })
}
