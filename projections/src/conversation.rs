//! Conversation: what clients and staff say to each other, one row a message, and who waits for an answer.

use std::collections::HashMap;

use async_trait::async_trait;
use engine::domain::client::ClientEvent;
use engine::domain::project::ProjectEvent;
use engine::domain::project::event::ContentRef;
use engine::domain::{Actor, ClientId, ContentId, PersonId, ProjectId, StreamId, TaskId, Timestamp};
use engine::store::{Projection, ProjectionError, Store, StoredEvent};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::ReadError;
use crate::rows::{Cell, instant, put};

/// The read model.
pub struct Conversation;

const TABLES: &[&str] = &[
    // One row: one thing that was said; `project` is what it is about, where that is known.
    "CREATE TABLE IF NOT EXISTS conversation (
        position BIGINT NOT NULL PRIMARY KEY,
        stream TEXT NOT NULL,
        at BIGINT NOT NULL,
        type TEXT NOT NULL,
        project TEXT,
        task TEXT,
        person TEXT,
        content TEXT NOT NULL
    )",
    // What the client wrote about a task.
    "CREATE INDEX IF NOT EXISTS conversation_task ON conversation (project, task)",
    // The latest that was said in a stream.
    "CREATE INDEX IF NOT EXISTS conversation_stream ON conversation (stream, at)",
    // One row: one client that waits for an answer, since its first message that nobody has answered.
    "CREATE TABLE IF NOT EXISTS conversation_waits (
        stream TEXT NOT NULL PRIMARY KEY,
        since BIGINT NOT NULL,
        person TEXT NOT NULL,
        content TEXT NOT NULL,
        project TEXT,
        messages BIGINT NOT NULL
    )",
];

/// What sort of thing was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// By the client, by itself.
    Client,
    /// The client changed a message.
    Edited,
    /// By the client, about a result.
    Remark,
    /// By a colleague in the client's chat.
    Colleague,
    /// To the client, from the pages or the command line.
    Told,
    /// What was noted of a call, or of an answer elsewhere.
    Note,
}

impl Sort {
    const ALL: [(&'static str, Self); 6] = [
        ("client_wrote", Self::Client),
        ("message_edited", Self::Edited),
        ("remark_added", Self::Remark),
        ("staff_wrote", Self::Colleague),
        ("client_told", Self::Told),
        ("client_answered", Self::Note),
    ];

    fn of(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == kind).map(|(_, sort)| sort)
    }

    /// Whether the client said it.
    pub fn is_of_client(self) -> bool {
        matches!(self, Self::Client | Self::Edited | Self::Remark)
    }
}

/// Something that was said; the words stand outside the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub position: i64,
    pub at: Timestamp,
    pub sort: Sort,
    pub project: Option<ProjectId>,
    /// Whose name stands over it.
    pub person: Option<PersonId>,
    pub content: ContentId,
}

/// A client that waits for an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    pub client: ClientId,
    pub since: Timestamp,
    pub person: PersonId,
    /// The first message.
    pub content: ContentId,
    pub project: Option<ProjectId>,
    /// How many messages wait together.
    pub messages: i64,
}

/// What was said in some streams before a moment, the latest first.
pub async fn said(
    store: &Store,
    streams: &[StreamId],
    (before, limit): (Timestamp, usize),
) -> Result<Vec<Said>, ReadError> {
    let marks: Vec<String> = (3..3 + streams.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT position, at, type, project, person, content FROM conversation
         WHERE at < $1 AND stream IN ({}) ORDER BY at DESC, position DESC LIMIT $2",
        marks.join(", ")
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(before.timestamp_micros()).bind(limit);
    for stream in streams {
        query = query.bind(stream.to_string());
    }
    query.fetch_all(store.reads()).await?.iter().map(read).collect()
}

/// What the client wrote about a task, in order.
pub async fn about_task(store: &Store, project: &ProjectId, task: &TaskId) -> Result<Vec<Said>, ReadError> {
    let rows = sqlx::query(
        "SELECT position, at, type, project, person, content FROM conversation
         WHERE project = $1 AND task = $2 ORDER BY position",
    );
    let rows = rows.bind(project.0.clone()).bind(task.0.clone()).fetch_all(store.reads()).await?;
    rows.iter().map(read).collect()
}

/// The files that came in the client's chat: about a project or as remarks on its results, with the task where it is
/// known. What was erased is left out.
pub async fn files_about(
    store: &Store,
    project: &ProjectId,
) -> Result<Vec<(Option<TaskId>, Said)>, ReadError> {
    let rows = sqlx::query(
        "SELECT s.position, s.at, s.type, s.project, s.person, s.content, s.task
         FROM conversation s JOIN contents c ON c.content = s.content
         WHERE c.file_id IS NOT NULL
             AND (s.project = $1 AND s.type IN ('client_wrote', 'staff_wrote')
                 OR s.stream = $2 AND s.type = 'remark_added')
         ORDER BY s.position",
    );
    let rows = rows.bind(project.0.clone()).bind(project.stream().to_string());
    let rows = rows.fetch_all(store.reads()).await?;
    rows.iter().map(|row| Ok((row.try_get::<Option<String>, _>("task")?.map(TaskId), read(row)?))).collect()
}

/// The words behind facts of a story, by position.
pub async fn contents(store: &Store, positions: &[i64]) -> Result<Vec<(i64, ContentId)>, ReadError> {
    if positions.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (1..=positions.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT position, content FROM conversation WHERE position IN ({}) ORDER BY position",
        marks.join(", ")
    );
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
    for position in positions {
        query = query.bind(*position);
    }
    let rows = query.fetch_all(store.reads()).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, ContentId(row.try_get(1)?)))).collect()
}

/// Everybody who ever wrote in the client's chat, colleagues among them.
pub async fn writers(store: &Store, client: &ClientId) -> Result<Vec<PersonId>, ReadError> {
    let rows = sqlx::query(
        "SELECT DISTINCT person FROM conversation WHERE stream = $1 AND type = 'client_wrote' ORDER BY person",
    );
    let rows = rows.bind(client.stream().to_string()).fetch_all(store.reads()).await?;
    let people = rows.iter().map(|row| row.try_get::<Option<String>, _>("person"));
    Ok(people.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().map(PersonId).collect())
}

/// Who waits for an answer, the longest first; `clients` are all that there are.
pub async fn waiting(store: &Store, clients: &[ClientId]) -> Result<Vec<Waiting>, ReadError> {
    const TABLE: &str = "conversation_waits";
    let rows = sqlx::query(
        "SELECT stream, since, person, content, project, messages FROM conversation_waits
         ORDER BY since, stream",
    );
    let rows = rows.fetch_all(store.reads()).await?;
    let known: HashMap<String, &ClientId> =
        clients.iter().map(|client| (client.stream().to_string(), client)).collect();
    let mut found = Vec::new();
    for row in &rows {
        let Some(client) = known.get(&row.try_get::<String, _>("stream")?) else { continue };
        found.push(Waiting {
            client: (*client).clone(),
            since: instant(row, TABLE, "since")?,
            person: PersonId(row.try_get("person")?),
            content: ContentId(row.try_get("content")?),
            project: row.try_get::<Option<String>, _>("project")?.map(ProjectId),
            messages: row.try_get("messages")?,
        });
    }
    Ok(found)
}

fn read(row: &AnyRow) -> Result<Said, ReadError> {
    const TABLE: &str = "conversation";
    let kind: String = row.try_get("type")?;
    let sort = Sort::of(&kind)
        .ok_or_else(|| ReadError::Broken { table: TABLE, reason: format!("nothing is said by {kind}") })?;
    Ok(Said {
        position: row.try_get("position")?,
        at: instant(row, TABLE, "at")?,
        sort,
        project: row.try_get::<Option<String>, _>("project")?.map(ProjectId),
        person: row.try_get::<Option<String>, _>("person")?.map(PersonId),
        content: ContentId(row.try_get("content")?),
    })
}

/// What a fact says: about what, who, and the words.
struct Line {
    project: Option<ProjectId>,
    task: Option<TaskId>,
    person: Option<PersonId>,
    content: ContentRef,
}

fn line(event: &StoredEvent) -> Result<Option<Line>, ProjectionError> {
    if event.kind == "remark_added" {
        let ProjectEvent::RemarkAdded { person, remark, .. } = event.fact::<ProjectEvent>()?.event else {
            return Ok(None);
        };
        return Ok(Some(Line { project: None, task: None, person: Some(person), content: remark }));
    }
    Ok(match event.fact::<ClientEvent>()?.event {
        ClientEvent::ClientWrote { person, content, project, task, .. } => {
            Some(Line { project, task, person: Some(person), content })
        }
        ClientEvent::StaffWrote { person, content, project, .. } => {
            Some(Line { project, task: None, person: Some(person), content })
        }
        ClientEvent::MessageEdited { person, content, .. } => {
            Some(Line { project: None, task: None, person: Some(person), content })
        }
        ClientEvent::ClientTold { project, signed, content, .. } => {
            Some(Line { project, task: None, person: Some(signed), content })
        }
        ClientEvent::ClientAnswered { note: Some(content), .. } => {
            Some(Line { project: None, task: None, person: writer(&event.by), content })
        }
        ClientEvent::ClientAnswered { note: None, .. }
        | ClientEvent::ClientAdded { .. }
        | ClientEvent::LanguageChosen { .. }
        | ClientEvent::ZoneChosen { .. }
        | ClientEvent::LinkOffered { .. }
        | ClientEvent::ChatLinked { .. }
        | ClientEvent::ChatConfirmed { .. }
        | ClientEvent::ChatMigrated { .. }
        | ClientEvent::ChatLost { .. }
        | ClientEvent::ChatRestored { .. }
        | ClientEvent::ApproverLeft { .. }
        | ClientEvent::ApproverReturned { .. }
        | ClientEvent::ApproverNamed { .. }
        | ClientEvent::ApproverRemoved { .. }
        | ClientEvent::AnswerDue { .. }
        | ClientEvent::CardFieldSet { .. }
        | ClientEvent::CardConflictFound { .. }
        | ClientEvent::CardConflictResolved { .. }
        | ClientEvent::MoneyArrived { .. }
        | ClientEvent::MoneyMatched { .. }
        | ClientEvent::MoneyDismissed { .. }
        | ClientEvent::AnswersErased { .. } => None,
    })
}

fn writer(by: &Actor) -> Option<PersonId> {
    by.person().cloned()
}

#[async_trait]
impl Projection for Conversation {
    fn name(&self) -> &'static str {
        "conversation"
    }

    fn version(&self) -> i64 {
        2
    }

    fn tables(&self) -> &'static [&'static str] {
        TABLES
    }

    fn table_names(&self) -> &'static [&'static str] {
        &["conversation", "conversation_waits"]
    }

    async fn apply(&self, db: &mut AnyConnection, events: &[StoredEvent]) -> Result<(), ProjectionError> {
        let mut rows = Vec::new();
        for event in events.iter().filter(|event| Sort::of(&event.kind).is_some()) {
            let line = line(event)?;
            if let Some(line) = &line {
                rows.push(row(event, line));
            }
            match (event.kind.as_str(), line) {
                ("client_wrote", Some(line)) => wait(db, event, line).await?,
                ("client_answered", _) => answered(db, event).await?,
                _ => {}
            }
        }
        put(
            db,
            "INSERT INTO conversation (position, stream, at, type, project, task, person, content) VALUES",
            "",
            rows,
        )
        .await?;
        Ok(())
    }
}

fn row(event: &StoredEvent, line: &Line) -> Vec<Cell> {
    vec![
        event.position.into(),
        event.stream.to_string().into(),
        event.at.into(),
        event.kind.as_str().into(),
        line.project.as_ref().map(|project| project.0.clone()).into(),
        line.task.as_ref().map(|task| task.0.clone()).into(),
        line.person.as_ref().map(|person| person.0.clone()).into(),
        line.content.content.0.clone().into(),
    ]
}

/// The first message begins to wait, later ones wait with it.
async fn wait(db: &mut AnyConnection, event: &StoredEvent, line: Line) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO conversation_waits (stream, since, person, content, project, messages)
         VALUES ($1, $2, $3, $4, $5, 1)
         ON CONFLICT (stream) DO UPDATE SET messages = conversation_waits.messages + 1",
    )
    .bind(event.stream.to_string())
    .bind(event.at.timestamp_micros())
    .bind(line.person.map(|person| person.0))
    .bind(line.content.content.0)
    .bind(line.project.map(|project| project.0))
    .execute(&mut *db)
    .await?;
    Ok(())
}

async fn answered(db: &mut AnyConnection, event: &StoredEvent) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM conversation_waits WHERE stream = $1")
        .bind(event.stream.to_string())
        .execute(&mut *db)
        .await?;
    Ok(())
}
