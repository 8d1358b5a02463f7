//! Traces of a client beside the log: texts of messages, raw updates, accesses and profiles, found and wiped.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::change::Payload;
use super::insert::placeholders;
use super::{Store, StoreError, dialect, secrets};
use crate::domain::{PersonId, ProjectId};

/// So many ids one statement names.
const NAMED: usize = 400;

/// Where a client has left traces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Streams whose facts were told of: the client's and its projects'.
    pub streams: Vec<String>,
    /// Every chat that was the client's, under all its ids.
    pub chats: BTreeSet<i64>,
    /// Telegram's ids of its people.
    pub users: BTreeSet<i64>,
}

/// What is to be wiped; the rows stay, so that nothing is sent or read twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traces {
    /// Messages that went out, or never will.
    pub messages: Vec<i64>,
    /// Raw updates that are handled.
    pub updates: Vec<i64>,
    /// Projects of which an access is kept.
    pub secrets: Vec<ProjectId>,
    /// People whose profiles go.
    pub people: Vec<PersonId>,
}

impl Traces {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Store {
    /// The messages of these places that are through and still have their words.
    pub async fn said_at(&self, places: &Places) -> Result<Vec<i64>, StoreError> {
        let mut found = BTreeSet::new();
        for stream in &places.streams {
            let rows = sqlx::query(
                "SELECT o.id FROM outbox o JOIN events e ON e.position = o.position
                 WHERE e.stream = $1 AND o.state NOT IN ('ready', 'sending', 'held', 'parked') AND o.payload <> $2",
            );
            let rows = rows.bind(stream.clone()).bind(blank()?).fetch_all(self.reads()).await?;
            for row in rows {
                found.insert(row.try_get(0)?);
            }
        }
        for chat in &places.chats {
            let rows = sqlx::query(
                "SELECT id FROM outbox WHERE chat = $1 AND state NOT IN ('ready', 'sending', 'held', 'parked')
                     AND payload <> $2",
            );
            for row in rows.bind(*chat).bind(blank()?).fetch_all(self.reads()).await? {
                found.insert(row.try_get(0)?);
            }
        }
        Ok(found.into_iter().collect())
    }

    /// The messages of these places that still wait to be sent, with their words.
    pub async fn waiting_at(&self, places: &Places) -> Result<Vec<i64>, StoreError> {
        let mut found = BTreeSet::new();
        for chat in &places.chats {
            let rows = sqlx::query(
                "SELECT id FROM outbox WHERE chat = $1 AND state IN ('ready', 'sending', 'held', 'parked')",
            );
            for row in rows.bind(*chat).fetch_all(self.reads()).await? {
                found.insert(row.try_get(0)?);
            }
        }
        Ok(found.into_iter().collect())
    }

    /// The handled updates that speak of these chats and people.
    pub async fn heard_at(&self, places: &Places) -> Result<Vec<i64>, StoreError> {
        let mut found = BTreeSet::new();
        for id in places.chats.iter().chain(&places.users) {
            let rows = sqlx::query(
                "SELECT update_id, body FROM inbox WHERE state <> 'received' AND body LIKE '%' || $1 || '%'",
            );
            for row in rows.bind(id.to_string()).fetch_all(self.reads()).await? {
                let body: String = row.try_get(1)?;
                if serde_json::from_str(&body).is_ok_and(|body| speaks_of(&body, *id)) {
                    found.insert(row.try_get(0)?);
                }
            }
        }
        Ok(found.into_iter().collect())
    }

    /// Whether the agency or some other client has facts about this person.
    pub async fn is_of_others(&self, person: &PersonId, client: &str) -> Result<bool, StoreError> {
        let rows = sqlx::query(
            "SELECT 1 FROM events WHERE aggregate IN ('client', 'agency') AND stream <> $1
                 AND data LIKE '%\"' || $2 || '\"%' LIMIT 1",
        );
        let rows = rows.bind(client.to_owned()).bind(person.as_str().to_owned());
        Ok(rows.fetch_optional(self.reads()).await?.is_some())
    }
}

/// Whether an object in it has this id of a chat or of a user.
fn speaks_of(body: &Json, id: i64) -> bool {
    match body {
        Json::Object(map) => {
            map.get("id").and_then(Json::as_i64) == Some(id) || map.values().any(|value| speaks_of(value, id))
        }
        Json::Array(items) => items.iter().any(|value| speaks_of(value, id)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => false,
    }
}

fn blank() -> Result<String, StoreError> {
    serde_json::to_string(&Payload::default()).map_err(|error| StoreError::broken(error.to_string()))
}

/// Wipes traces for good: nothing of them stays in the file. What was wiped is never sent after all.
pub(crate) async fn wipe(connection: &mut AnyConnection, traces: &Traces) -> Result<(), sqlx::Error> {
    if traces.is_empty() {
        return Ok(());
    }
    dialect::wipe(connection, true).await?;
    let blank = serde_json::to_string(&Payload::default()).unwrap_or_default();
    let messages = "UPDATE outbox SET payload = $1, arguments = 'null', error = NULL,
         state = CASE WHEN state IN ('failed', 'unknown') THEN 'cancelled' ELSE state END WHERE id IN";
    each(connection, messages, &blank, &traces.messages).await?;
    each(connection, "UPDATE inbox SET body = $1, error = NULL WHERE update_id IN", "{}", &traces.updates)
        .await?;
    for person in &traces.people {
        let profile = sqlx::query("DELETE FROM profiles WHERE person = $1").bind(person.as_str().to_owned());
        profile.execute(&mut *connection).await?;
    }
    for project in &traces.secrets {
        secrets::purge(connection, project).await?;
    }
    dialect::wipe(connection, false).await
}

async fn each(
    connection: &mut AnyConnection,
    statement: &str,
    with: &str,
    ids: &[i64],
) -> Result<(), sqlx::Error> {
    for ids in ids.chunks(NAMED) {
        let sql = format!("{statement} ({})", placeholders(2, ids.len()));
        let query = sqlx::query(AssertSqlSafe(sql)).bind(with.to_owned());
        ids.iter().fold(query, |query, id| query.bind(*id)).execute(&mut *connection).await?;
    }
    Ok(())
}
