//! Reading the log: one stream, a page of all streams, what a command wrote, the end.

use serde::de::DeserializeOwned;
use serde::ser::{Error as _, SerializeStruct};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};
use uuid::Uuid;

use super::StoreError;
use super::chain::{self, Link};
use crate::domain::{Actor, Fact, Origin, StreamId, Timestamp};

/// The end of the log: the position of the last fact and its hash (0 and empty at the beginning).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Head {
    pub position: i64,
    pub hash: String,
}

/// A fact as the log holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredEvent {
    /// Place in the whole log, from 1, without gaps.
    pub position: i64,
    pub stream: StreamId,
    /// Place in the stream, from 1, without gaps.
    pub version: i64,
    pub aggregate: String,
    /// The snake_case tag, such as `task_started`; `type` in JSON.
    pub kind: String,
    pub schema_version: i64,
    pub command_id: String,
    /// Place among the facts of the command, from 0.
    pub command_seq: i64,
    pub cause: Option<i64>,
    pub origin: Origin,
    pub by: Actor,
    pub at: Timestamp,
    /// The event as JSON text, exactly the bytes that are hashed.
    pub data: String,
    pub prev_hash: String,
    pub hash: String,
}

impl StoredEvent {
    /// The fact with its event read as `E`; an event that this program does not know is `Broken`.
    pub fn fact<E: DeserializeOwned>(&self) -> Result<Fact<E>, StoreError> {
        let event = serde_json::from_str(&self.data).map_err(|error| {
            StoreError::broken(format!("event {} ({}): {error}", self.position, self.kind))
        })?;
        Ok(Fact {
            position: self.position,
            stream: self.stream,
            version: self.version,
            command_id: self.command_id.clone(),
            cause: self.cause,
            origin: self.origin,
            by: self.by.clone(),
            at: self.at,
            event,
        })
    }

    /// Whether the fact carries the hash of itself and of the fact before it.
    pub fn is_whole(&self) -> bool {
        let Ok(actor) = serde_json::to_string(&self.by) else { return false };
        let link = Link {
            position: self.position,
            stream: &self.stream.to_string(),
            version: self.version,
            aggregate: &self.aggregate,
            kind: &self.kind,
            schema_version: self.schema_version,
            command_id: &self.command_id,
            command_seq: self.command_seq,
            cause: self.cause,
            origin: origin_text(self.origin),
            actor: &actor,
            at: self.at.timestamp_micros(),
            data: &self.data,
        };
        chain::hash(&self.prev_hash, &link) == self.hash
    }
}

impl<'de> Deserialize<'de> for StoredEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let line = Line::deserialize(deserializer)?;
        Ok(Self {
            position: line.position,
            stream: line.stream,
            version: line.version,
            aggregate: line.aggregate,
            kind: line.kind,
            schema_version: line.schema_version,
            command_id: line.command_id,
            command_seq: line.command_seq,
            cause: line.cause,
            origin: line.origin,
            by: line.actor,
            at: line.at,
            data: line.data.get().to_owned(),
            prev_hash: line.prev_hash,
            hash: line.hash,
        })
    }
}

/// A fact as it is written out.
#[derive(Deserialize)]
struct Line {
    position: i64,
    stream: StreamId,
    version: i64,
    aggregate: String,
    #[serde(rename = "type")]
    kind: String,
    schema_version: i64,
    command_id: String,
    command_seq: i64,
    cause: Option<i64>,
    origin: Origin,
    actor: Actor,
    at: Timestamp,
    data: Box<RawValue>,
    prev_hash: String,
    hash: String,
}

impl Serialize for StoredEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let data: &RawValue = serde_json::from_str(&self.data).map_err(S::Error::custom)?;
        let mut out = serializer.serialize_struct("StoredEvent", 15)?;
        out.serialize_field("position", &self.position)?;
        out.serialize_field("stream", &self.stream)?;
        out.serialize_field("version", &self.version)?;
        out.serialize_field("aggregate", &self.aggregate)?;
        out.serialize_field("type", &self.kind)?;
        out.serialize_field("schema_version", &self.schema_version)?;
        out.serialize_field("command_id", &self.command_id)?;
        out.serialize_field("command_seq", &self.command_seq)?;
        out.serialize_field("cause", &self.cause)?;
        out.serialize_field("origin", &self.origin)?;
        out.serialize_field("actor", &self.by)?;
        out.serialize_field("at", &self.at)?;
        out.serialize_field("data", data)?;
        out.serialize_field("prev_hash", &self.prev_hash)?;
        out.serialize_field("hash", &self.hash)?;
        out.end()
    }
}

/// The facts of one stream after a version, in order.
pub(crate) async fn stream(
    pool: &AnyPool,
    stream: StreamId,
    after_version: i64,
) -> Result<Vec<StoredEvent>, StoreError> {
    let rows = sqlx::query(
        "SELECT position, stream, version, aggregate, type, schema_version, command_id, command_seq, cause, origin,
                actor, at, data, prev_hash, hash
         FROM events WHERE stream = $1 AND version > $2 ORDER BY version",
    )
    .bind(stream.to_string())
    .bind(after_version)
    .fetch_all(pool)
    .await?;
    rows.iter().map(event).collect()
}

/// The facts of all streams after a position, in order, at most `limit`.
pub(crate) async fn events(
    pool: &AnyPool,
    after_position: i64,
    limit: i64,
) -> Result<Vec<StoredEvent>, StoreError> {
    let mut connection = pool.acquire().await?;
    page(&mut connection, after_position, limit).await?.iter().map(event).collect()
}

/// The rows of a page of the log, as they are.
pub(crate) async fn page(
    connection: &mut AnyConnection,
    after_position: i64,
    limit: i64,
) -> Result<Vec<AnyRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT position, stream, version, aggregate, type, schema_version, command_id, command_seq, cause, origin,
                actor, at, data, prev_hash, hash
         FROM events WHERE position > $1 ORDER BY position LIMIT $2",
    )
    .bind(after_position)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

/// What a command wrote, in order; nothing if it is not known.
pub(crate) async fn command(pool: &AnyPool, command_id: &str) -> Result<Vec<StoredEvent>, StoreError> {
    let rows = sqlx::query(
        "SELECT position, stream, version, aggregate, type, schema_version, command_id, command_seq, cause, origin,
                actor, at, data, prev_hash, hash
         FROM events WHERE command_id = $1 ORDER BY command_seq",
    )
    .bind(command_id)
    .fetch_all(pool)
    .await?;
    rows.iter().map(event).collect()
}

/// What a command asked, hashed; nothing if it is not known or was asked without.
pub(crate) async fn fingerprint(pool: &AnyPool, command_id: &str) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("SELECT fingerprint FROM events WHERE command_id = $1 AND command_seq = 0")
        .bind(command_id)
        .fetch_optional(pool)
        .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?.flatten())
}

/// The end of the log.
pub(crate) async fn head(pool: &AnyPool) -> Result<Head, StoreError> {
    let row = sqlx::query("SELECT position, hash FROM head WHERE id = 1").fetch_one(pool).await?;
    Ok(Head { position: row.try_get(0)?, hash: row.try_get(1)? })
}

/// Reads a row that has the columns in the order used above.
pub(crate) fn event(row: &AnyRow) -> Result<StoredEvent, StoreError> {
    let position: i64 = row.try_get(0)?;
    let unreadable = |what: &str| StoreError::broken(format!("event {position} has an unreadable {what}"));
    let stream = Uuid::parse_str(row.try_get(1)?).map_err(|_| unreadable("stream"))?;
    let at = Timestamp::from_timestamp_micros(row.try_get(11)?).ok_or_else(|| unreadable("time"))?;
    Ok(StoredEvent {
        position,
        stream: StreamId(stream),
        version: row.try_get(2)?,
        aggregate: row.try_get(3)?,
        kind: row.try_get(4)?,
        schema_version: row.try_get(5)?,
        command_id: row.try_get(6)?,
        command_seq: row.try_get(7)?,
        cause: row.try_get(8)?,
        origin: origin(row.try_get(9)?).ok_or_else(|| unreadable("origin"))?,
        by: serde_json::from_str(row.try_get(10)?).map_err(|_| unreadable("actor"))?,
        at,
        data: row.try_get(12)?,
        prev_hash: row.try_get(13)?,
        hash: row.try_get(14)?,
    })
}

/// How an origin is written in its column.
pub(crate) fn origin_text(origin: Origin) -> &'static str {
    match origin {
        Origin::Input => "input",
        Origin::Derived => "derived",
    }
}

fn origin(text: &str) -> Option<Origin> {
    match text {
        "input" => Some(Origin::Input),
        "derived" => Some(Origin::Derived),
        _ => None,
    }
}
