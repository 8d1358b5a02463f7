//! What we said in a chat, for whoever reads the conversation: which fact called for it, and whether it arrived.

use serde_json::Value as Json;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::change::Payload;
use super::{Store, StoreError};
use crate::domain::client::ClientEvent;
use crate::domain::{ProjectId, StreamId, TaskId, Timestamp};

/// A message of ours in a chat.
#[derive(Clone, Debug)]
pub struct Told {
    /// The fact that called for it.
    pub position: i64,
    pub stream: StreamId,
    pub key: String,
    pub language: String,
    pub payload: Payload,
    pub at: Timestamp,
    pub sent: Option<Timestamp>,
}

/// What a message of ours was about.
#[derive(Clone, Debug)]
pub struct About {
    stream: StreamId,
    project: Option<ProjectId>,
    /// The task that the fact names.
    pub task: Option<TaskId>,
}

impl About {
    /// Whether it was about this project.
    pub fn is(&self, project: &ProjectId) -> bool {
        self.project.as_ref() == Some(project) || self.stream == project.stream()
    }
}

/// What the message with this id was about; nothing if it is none of ours.
pub async fn about(store: &Store, chat: i64, message: i64) -> Result<Option<About>, StoreError> {
    let row = sqlx::query(
        "SELECT e.stream, e.type, e.data FROM outbox o JOIN events e ON e.position = o.position
         WHERE o.chat = $1 AND o.message_id = $2 ORDER BY o.id LIMIT 1",
    )
    .bind(chat)
    .bind(message)
    .fetch_optional(store.reads())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let stream = stream(&row)?;
    let (kind, data): (String, String) = (row.try_get(1)?, row.try_get(2)?);
    let told = (kind == "client_told").then(|| serde_json::from_str(&data).ok()).flatten();
    let project = match told {
        Some(ClientEvent::ClientTold { project, .. }) => project,
        Some(_) | None => None,
    };
    let fact: Json = serde_json::from_str(&data).unwrap_or_default();
    let task = fact.get("task").and_then(Json::as_str).map(TaskId::from);
    Ok(Some(About { stream, project, task }))
}

/// The new messages in a chat before a moment, the latest first; `wanted` are the streams that called for them.
pub async fn told(
    store: &Store,
    chat: i64,
    wanted: &[StreamId],
    (before, limit): (Timestamp, usize),
) -> Result<Vec<Told>, StoreError> {
    let marks: Vec<String> = (4..4 + wanted.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT e.stream, o.position, o.message_key, o.language, o.payload, o.created_at, o.sent_at
         FROM outbox o JOIN events e ON e.position = o.position
         WHERE o.chat = $1 AND o.created_at < $2 AND o.face = 'post' AND o.state <> 'cancelled'
             AND e.stream IN ({}) ORDER BY o.id DESC LIMIT $3",
        marks.join(", ")
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut query =
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(chat).bind(before.timestamp_micros()).bind(limit);
    for stream in wanted {
        query = query.bind(stream.to_string());
    }
    query.fetch_all(store.reads()).await?.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Told, StoreError> {
    let broken = || StoreError::broken("a message of the outbox is unreadable".to_owned());
    let payload: String = row.try_get(4)?;
    let moment = |micros: i64| Timestamp::from_timestamp_micros(micros).ok_or_else(broken);
    Ok(Told {
        stream: stream(row)?,
        position: row.try_get(1)?,
        key: row.try_get(2)?,
        language: row.try_get(3)?,
        payload: serde_json::from_str(&payload).map_err(|_| broken())?,
        at: moment(row.try_get(5)?)?,
        sent: row.try_get::<Option<i64>, _>(6)?.map(moment).transpose()?,
    })
}

fn stream(row: &AnyRow) -> Result<StreamId, StoreError> {
    let text: String = row.try_get(0)?;
    text.parse().map(StreamId).map_err(|_| StoreError::broken(format!("{text} is no stream")))
}
