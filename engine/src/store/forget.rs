//! Traces of a client beside the log: texts of messages, raw updates, accesses and profiles, found and wiped.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::change::{Append, Payload};
use super::delivery::DeliveryEvent;
use super::insert::placeholders;
use super::{Store, StoreError, dialect, secrets};
use crate::domain::{Actor, PersonId, ProjectId, Timestamp};

/// So many ids one statement names.
const NAMED: usize = 400;

/// Why a message that waited will not be sent.
const ERASED: &str = "erased";

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
    /// Messages that might still go out: they are taken out of the line.
    pub waiting: Vec<Unsent>,
    /// Raw updates that are handled.
    pub updates: Vec<i64>,
    /// Projects of which an access is kept.
    pub secrets: Vec<ProjectId>,
    /// People whose profiles go.
    pub people: Vec<PersonId>,
}

/// A message that is not through: it waits, or is on its way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unsent {
    pub id: i64,
    pub chat: i64,
    pub kind: String,
}

impl Traces {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What waited and is not sent, as facts of its chats.
    pub(crate) fn dropped(&self, by: &Actor, at: Timestamp) -> Result<Vec<Append>, StoreError> {
        let fact = |unsent: &Unsent| {
            let Unsent { id, chat, kind } = unsent.clone();
            let fact = DeliveryEvent::MessageDropped { outbox: id, chat, kind, reason: ERASED.to_owned() };
            let mut append = fact.append(chat, at)?;
            append.events.iter_mut().for_each(|event| event.by = by.clone());
            Ok(append)
        };
        self.waiting.iter().map(fact).collect()
    }
}

impl Store {
    /// The messages of these places that still have their words, and those that are not through.
    pub async fn said_at(&self, places: &Places) -> Result<(Vec<i64>, Vec<Unsent>), StoreError> {
        let (mut said, mut waiting) = (BTreeSet::new(), BTreeSet::new());
        let mut note = |row: &AnyRow| -> Result<(), StoreError> {
            let (id, state): (i64, String) = (row.try_get(0)?, row.try_get(3)?);
            if matches!(state.as_str(), "ready" | "sending" | "held" | "parked") {
                waiting.insert(Unsent { id, chat: row.try_get(1)?, kind: row.try_get(2)? });
            } else {
                said.insert(id);
            }
            Ok(())
        };
        for stream in &places.streams {
            let rows = sqlx::query(
                "SELECT o.id, o.chat, o.kind, o.state FROM outbox o JOIN events e ON e.position = o.position
                 WHERE e.stream = $1 AND (o.payload <> $2 OR o.state IN ('ready', 'sending', 'held', 'parked'))",
            );
            let rows = rows.bind(stream.clone()).bind(blank()?).fetch_all(self.reads()).await?;
            rows.iter().try_for_each(&mut note)?;
        }
        // Who writes with us alone has a chat under their own id.
        for chat in places.chats.iter().chain(&places.users) {
            let rows = sqlx::query(
                "SELECT id, chat, kind, state FROM outbox
                 WHERE chat = $1 AND (payload <> $2 OR state IN ('ready', 'sending', 'held', 'parked'))",
            );
            let rows = rows.bind(*chat).bind(blank()?).fetch_all(self.reads()).await?;
            rows.iter().try_for_each(&mut note)?;
        }
        Ok((said.into_iter().collect(), waiting.into_iter().collect()))
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
    let messages = format!(
        "UPDATE outbox SET payload = $1, arguments = 'null',
             error = CASE WHEN state IN ('sent', 'cancelled') THEN NULL ELSE '{ERASED}' END,
             state = CASE WHEN state = 'sent' THEN 'sent' ELSE 'cancelled' END WHERE id IN"
    );
    let waiting = traces.waiting.iter().map(|unsent| unsent.id);
    let ids: Vec<i64> = traces.messages.iter().copied().chain(waiting).collect();
    each(connection, &messages, &blank, &ids).await?;
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
