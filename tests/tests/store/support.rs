//! Small changes and small read models that the store's tests use.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use engine::domain::effect::{PressKind, TimerCommand};
use engine::domain::project::ProjectCommand;
use engine::domain::{Actor, Origin, PersonId, ProjectId, StreamId, TaskId, Timestamp};
use engine::store::change::{
    Append, Cause, Change, NewButton, NewEvent, NewMessage, OutFace, Payload, Policy, TimerWrite,
};
use engine::store::{Projection, ProjectionError, StoreOptions, StoredEvent};
use serde_json::json;
use sqlx::{AnyConnection, Row};

/// A fixed day, so many seconds later.
pub fn at(seconds: i64) -> Timestamp {
    DateTime::<Utc>::from_timestamp(1_780_000_000 + seconds, 123_456_000).expect("a date")
}

/// The stream of a project with this name.
pub fn stream(name: &str) -> StreamId {
    ProjectId::from(name).stream()
}

/// A fact that adds a number.
pub fn counted(number: i64) -> NewEvent {
    NewEvent {
        kind: "counted".into(),
        schema_version: 1,
        origin: Origin::Input,
        cause: Cause::None,
        by: Actor::Person(PersonId::from("олена")),
        at: at(number),
        data: json!({ "type": "counted", "number": number, "note": "Готово ✅" }).to_string(),
    }
}

/// A command that adds one number to one stream.
pub fn count(command: &str, name: &str, expected: Option<i64>, number: i64) -> Change {
    let events = vec![counted(number)];
    Change {
        command_id: command.into(),
        appends: vec![Append { stream: stream(name), aggregate: "project", expected, events }],
        at: at(number),
        ..Change::default()
    }
}

/// A message that follows from the first fact of its change.
pub fn message(chat: i64, kind: &str) -> NewMessage {
    NewMessage {
        dedupe: String::new(),
        cause: Cause::Event(0),
        chat,
        kind: kind.into(),
        face: OutFace::Post,
        slot: Some(format!("{chat}/{kind}")),
        reply_to: None,
        project: Some(ProjectId::from("smm-k7q2")),
        task: None,
        message_key: "start".into(),
        arguments: json!({ "name": "Кав'ярня" }),
        language: "uk".into(),
        payload: Payload { text: "Розпочали роботу".into(), ..Payload::default() },
        ask: None,
        policy: Policy::AtLeastOnce,
        buttons: Vec::new(),
        quiet_zone: None,
    }
}

/// A button with this token hash.
pub fn button(token: &str) -> NewButton {
    NewButton {
        token_sha256: token.into(),
        project: ProjectId::from("smm-k7q2"),
        task: TaskId::from("ads"),
        round: 1,
        press: PressKind::Approve,
        only: Some(PersonId::from("taras")),
        expires: at(1_000),
    }
}

/// A timer that starts a task.
pub fn timer(key: &str, due: Timestamp) -> TimerWrite {
    let command = ProjectCommand::StartTask { task: TaskId::from("ads") };
    let command = TimerCommand::Project { project: ProjectId::from("smm-k7q2"), command };
    TimerWrite::Set { key: key.into(), due, command, cause: Cause::Event(0) }
}

/// The rows of a table that match, counted.
pub async fn rows(db: &mut AnyConnection, sql: &'static str) -> i64 {
    sqlx::query(sql).fetch_one(db).await.expect("a count").get(0)
}

/// A read model: the sum and the number of facts of each stream.
pub struct Tally {
    pub version: i64,
    /// While set, facts are refused.
    pub fails: Arc<AtomicBool>,
    /// While set, facts are a reason to panic.
    pub panics: Arc<AtomicBool>,
    /// While set, a statement fails at each fact and nobody is told.
    pub hides: Arc<AtomicBool>,
}

impl Tally {
    pub fn new() -> Self {
        Self { version: 1, fails: Arc::default(), panics: Arc::default(), hides: Arc::default() }
    }

    /// Options with this one read model.
    pub fn options(self) -> StoreOptions {
        StoreOptions { projections: vec![Arc::new(self)], ..StoreOptions::default() }
    }
}

#[async_trait]
impl Projection for Tally {
    fn name(&self) -> &'static str {
        "tally"
    }

    fn version(&self) -> i64 {
        self.version
    }

    fn tables(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE IF NOT EXISTS tally (
                 stream TEXT NOT NULL PRIMARY KEY, facts BIGINT NOT NULL, sum BIGINT NOT NULL, note TEXT)",
            "CREATE INDEX IF NOT EXISTS tally_sum ON tally (sum)",
        ]
    }

    fn table_names(&self) -> &'static [&'static str] {
        &["tally"]
    }

    async fn apply(&self, db: &mut AnyConnection, events: &[StoredEvent]) -> Result<(), ProjectionError> {
        for event in events {
            if event.kind != "counted" {
                continue;
            }
            let number = serde_json::from_str::<serde_json::Value>(&event.data)
                .ok()
                .and_then(|data| data.get("number")?.as_i64())
                .ok_or_else(|| ProjectionError::Fact {
                    position: event.position,
                    what: "no number".into(),
                })?;
            sqlx::query(
                "INSERT INTO tally (stream, facts, sum, note) VALUES ($1, 1, $2, NULL)
                 ON CONFLICT (stream) DO UPDATE SET facts = tally.facts + 1, sum = tally.sum + excluded.sum",
            )
            .bind(event.stream.to_string())
            .bind(number)
            .execute(&mut *db)
            .await?;
            if self.fails.load(Ordering::SeqCst) {
                sqlx::query("INSERT INTO no_such_table (x) VALUES (1)").execute(&mut *db).await?;
            }
            if self.hides.load(Ordering::SeqCst) {
                let hidden = sqlx::query("INSERT INTO no_such_table (x) VALUES (1)").execute(&mut *db).await;
                drop(hidden);
            }
            assert!(!self.panics.load(Ordering::SeqCst), "asked to");
        }
        Ok(())
    }
}
