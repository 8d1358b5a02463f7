//! Timeline: per project and per client what happened, one row a fact; the words are made when it is read.

use async_trait::async_trait;
use engine::domain::definition::Gate;
use engine::domain::{Actor, ClientId, Origin, ProjectId, StreamId, TaskId, Timestamp};
use engine::store::{Projection, ProjectionError, Store, StoredEvent};
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::ReadError;
use crate::rows::{Cell, from_json, instant, json, put};

/// The read model.
pub struct Timeline;

const TABLES: &[&str] = &[
    // One row: one project or client that facts can be about.
    "CREATE TABLE IF NOT EXISTS timeline_subjects (
        stream TEXT NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL
    )",
    // One row: one fact that people care about. `what` is the field, button, gate, item, role, person, payment or period it names.
    "CREATE TABLE IF NOT EXISTS timeline (
        position BIGINT NOT NULL PRIMARY KEY,
        stream TEXT NOT NULL,
        at BIGINT NOT NULL,
        type TEXT NOT NULL,
        task TEXT,
        round BIGINT,
        what TEXT,
        actor TEXT NOT NULL,
        cause BIGINT,
        origin TEXT NOT NULL,
        command TEXT NOT NULL
    )",
    // The story of one project or client.
    "CREATE INDEX IF NOT EXISTS timeline_stream ON timeline (stream, position)",
];

/// One line of a story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Moment {
    pub position: i64,
    /// `project` or `client`.
    pub kind: String,
    /// The id of the project or client.
    pub subject: String,
    pub at: Timestamp,
    /// The type of the fact, such as `task_started`.
    pub fact: String,
    pub task: Option<TaskId>,
    pub round: Option<i64>,
    /// The field, button, gate, checklist item, role, person or form that the fact names.
    pub what: Option<String>,
    pub by: Actor,
    pub cause: Option<i64>,
    /// Whether the world did it, or the engine drew a conclusion.
    pub origin: Origin,
    /// The id of the command; its beginning says by which way it came, such as `web:` or `tg:`.
    pub command: String,
}

/// The story of a project.
pub async fn of_project(store: &Store, project: &ProjectId) -> Result<Vec<Moment>, ReadError> {
    of_stream(store, project.stream()).await
}

/// The story of a client, without that of its projects.
pub async fn of_client(store: &Store, client: &ClientId) -> Result<Vec<Moment>, ReadError> {
    of_stream(store, client.stream()).await
}

/// What happened in some streams before a position, the latest first.
pub async fn latest(
    store: &Store,
    streams: &[StreamId],
    (before, limit): (i64, usize),
) -> Result<Vec<Moment>, ReadError> {
    let marks: Vec<String> = (3..3 + streams.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT t.position, s.kind, s.subject, t.at, t.type, t.task, t.round, t.what, t.actor, t.cause,
                t.origin, t.command
         FROM timeline t JOIN timeline_subjects s ON s.stream = t.stream
         WHERE t.position < $1 AND t.stream IN ({}) ORDER BY t.position DESC LIMIT $2",
        marks.join(", ")
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(before).bind(limit);
    for stream in streams {
        query = query.bind(stream.to_string());
    }
    query.fetch_all(store.reads()).await?.iter().map(read).collect()
}

/// The facts at these positions, those of them that people care about.
pub async fn at(store: &Store, positions: &[i64]) -> Result<Vec<Moment>, ReadError> {
    if positions.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (1..=positions.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT t.position, s.kind, s.subject, t.at, t.type, t.task, t.round, t.what, t.actor, t.cause,
                t.origin, t.command
         FROM timeline t JOIN timeline_subjects s ON s.stream = t.stream
         WHERE t.position IN ({}) ORDER BY t.position",
        marks.join(", ")
    );
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
    for position in positions {
        query = query.bind(*position);
    }
    query.fetch_all(store.reads()).await?.iter().map(read).collect()
}

/// What happened after a position, at most `limit` facts.
pub async fn after(store: &Store, position: i64, limit: i64) -> Result<Vec<Moment>, ReadError> {
    let rows = sqlx::query(
        "SELECT t.position, s.kind, s.subject, t.at, t.type, t.task, t.round, t.what, t.actor, t.cause,
                t.origin, t.command
         FROM timeline t JOIN timeline_subjects s ON s.stream = t.stream
         WHERE t.position > $1 ORDER BY t.position LIMIT $2",
    );
    rows.bind(position).bind(limit).fetch_all(store.reads()).await?.iter().map(read).collect()
}

/// Gates that were passed although they were closed, within a time: from, and up to but without.
pub async fn overrides(
    store: &Store,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<Moment>, ReadError> {
    let rows = sqlx::query(
        "SELECT t.position, s.kind, s.subject, t.at, t.type, t.task, t.round, t.what, t.actor, t.cause,
                t.origin, t.command
         FROM timeline t JOIN timeline_subjects s ON s.stream = t.stream
         WHERE t.type IN ('gate_overridden', 'audit_overridden') AND t.at >= $1 AND t.at < $2
         ORDER BY t.position",
    );
    let rows = rows.bind(micros(from)).bind(micros(until));
    rows.fetch_all(store.reads()).await?.iter().map(read).collect()
}

/// Times beyond what a column holds are its ends.
fn micros(at: Timestamp) -> i64 {
    at.timestamp_micros()
}

async fn of_stream(store: &Store, stream: StreamId) -> Result<Vec<Moment>, ReadError> {
    let rows = sqlx::query(
        "SELECT t.position, s.kind, s.subject, t.at, t.type, t.task, t.round, t.what, t.actor, t.cause,
                t.origin, t.command
         FROM timeline t JOIN timeline_subjects s ON s.stream = t.stream
         WHERE t.stream = $1 ORDER BY t.position",
    );
    rows.bind(stream.to_string()).fetch_all(store.reads()).await?.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Moment, ReadError> {
    const TABLE: &str = "timeline";
    let task: Option<String> = row.try_get("task")?;
    Ok(Moment {
        position: row.try_get("position")?,
        kind: row.try_get("kind")?,
        subject: row.try_get("subject")?,
        at: instant(row, TABLE, "at")?,
        fact: row.try_get("type")?,
        task: task.map(TaskId),
        round: row.try_get("round")?,
        what: row.try_get("what")?,
        by: from_json(row, TABLE, "actor")?,
        cause: row.try_get("cause")?,
        origin: from_json(row, TABLE, "origin")?,
        command: row.try_get("command")?,
    })
}

#[async_trait]
impl Projection for Timeline {
    fn name(&self) -> &'static str {
        "timeline"
    }

    fn version(&self) -> i64 {
        3
    }

    fn tables(&self) -> &'static [&'static str] {
        TABLES
    }

    fn table_names(&self) -> &'static [&'static str] {
        &["timeline", "timeline_subjects"]
    }

    async fn apply(&self, db: &mut AnyConnection, events: &[StoredEvent]) -> Result<(), ProjectionError> {
        let (mut subjects, mut moments) = (Vec::new(), Vec::new());
        for event in events.iter().filter(|event| matters(event)) {
            let names: Names = serde_json::from_str(&event.data).map_err(|error| ProjectionError::Fact {
                position: event.position,
                what: error.to_string(),
            })?;
            let stream = event.stream.to_string();
            subjects.extend(
                names.subject(event).map(|subject| {
                    vec![stream.clone().into(), event.aggregate.as_str().into(), subject.into()]
                }),
            );
            moments.push(moment(event, stream, names));
        }
        put(db, "INSERT INTO timeline_subjects (stream, kind, subject) VALUES", "", subjects).await?;
        put(
            db,
            "INSERT INTO timeline (position, stream, at, type, task, round, what, actor, cause, origin,
                command) VALUES",
            "",
            moments,
        )
        .await?;
        Ok(())
    }
}

/// Whether people care: what happened to projects and clients, without the engine's own bookkeeping.
fn matters(event: &StoredEvent) -> bool {
    let of_somebody = event.aggregate == "project" || event.aggregate == "client";
    of_somebody && event.kind != "decision_settled" && event.kind != "link_offered"
}

/// The names that an event mentions; a definition that comes along is skipped over.
#[derive(Deserialize)]
struct Names {
    project: Option<String>,
    client: Option<String>,
    task: Option<String>,
    round: Option<i64>,
    field: Option<String>,
    button: Option<String>,
    gate: Option<Gate>,
    item: Option<u32>,
    role: Option<String>,
    person: Option<String>,
    language: Option<String>,
    form: Option<String>,
    payment: Option<String>,
    period: Option<u32>,
    rules: Option<String>,
    access: Option<String>,
}

impl Names {
    /// The project or client that begins with this event.
    fn subject(&self, event: &StoredEvent) -> Option<String> {
        match event.kind.as_str() {
            "project_opened" => self.project.clone(),
            "client_added" => self.client.clone(),
            _ => None,
        }
    }

    /// The most telling of the names.
    fn what(self) -> Option<String> {
        let first = self.field.or(self.button).or(self.gate.map(|gate| gate.name()));
        let second = first.or(self.item.map(|item| item.to_string())).or(self.role);
        let third = second.or(self.person).or(self.language).or(self.form).or(self.payment);
        let fourth = third.or(self.rules).or(self.access);
        fourth.or(self.period.map(|period| period.to_string()))
    }
}

fn moment(event: &StoredEvent, stream: String, names: Names) -> Vec<Cell> {
    vec![
        event.position.into(),
        stream.into(),
        event.at.into(),
        event.kind.as_str().into(),
        names.task.clone().into(),
        names.round.into(),
        names.what().into(),
        json(&event.by).into(),
        event.cause.into(),
        json(&event.origin).into(),
        event.command_id.as_str().into(),
    ]
}
