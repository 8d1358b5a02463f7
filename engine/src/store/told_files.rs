//! Which files of a project went to its client, by the messages that brought them.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value as Json;
use sqlx::{AssertSqlSafe, Row};

use super::change::Payload;
use super::insert::placeholders;
use super::{Store, StoreError};
use crate::domain::waiting_chat::waiting_chat;
use crate::domain::{ClientId, ContentId, ProjectId, Timestamp};

impl Store {
    /// The files in messages to the client, and when each reached it first; nothing for one that is on its way.
    pub async fn files_told(
        &self,
        client: &ClientId,
        project: &ProjectId,
    ) -> Result<HashMap<ContentId, Option<Timestamp>>, StoreError> {
        let chats = self.chats_ever(client).await?;
        let sql = format!(
            "SELECT o.payload, o.sent_at FROM outbox o JOIN events e ON e.position = o.position
             WHERE e.stream = $1 AND o.kind LIKE '%-file-%' AND o.state <> 'cancelled' AND o.chat IN ({})",
            placeholders(2, chats.len())
        );
        let query = sqlx::query(AssertSqlSafe(sql)).bind(project.stream().to_string());
        let query = chats.into_iter().fold(query, sqlx::query::Query::bind);
        let mut told: HashMap<ContentId, Option<Timestamp>> = HashMap::new();
        for row in query.fetch_all(self.reads()).await? {
            let payload: Payload = serde_json::from_str(row.try_get(0)?).map_err(|error| {
                StoreError::broken(format!("a message with a file is unreadable: {error}"))
            })?;
            let sent = row.try_get::<Option<i64>, _>(1)?.and_then(Timestamp::from_timestamp_micros);
            for file in payload.file.into_iter().chain(payload.album) {
                let first = told.entry(file).or_default();
                *first = [*first, sent].into_iter().flatten().min();
            }
        }
        Ok(told)
    }

    /// Every chat that was the client's, under all its ids, and the place where its messages wait for one.
    async fn chats_ever(&self, client: &ClientId) -> Result<BTreeSet<i64>, StoreError> {
        let rows = sqlx::query(
            "SELECT data FROM events WHERE stream = $1 AND type IN ('chat_linked', 'chat_confirmed', 'chat_migrated')",
        );
        let mut chats = BTreeSet::from([waiting_chat(client)]);
        for row in rows.bind(client.stream().to_string()).fetch_all(self.reads()).await? {
            let fact: Json = serde_json::from_str(row.try_get(0)?)
                .map_err(|error| StoreError::broken(format!("a fact about a chat is unreadable: {error}")))?;
            chats.extend(["chat", "from", "to"].into_iter().filter_map(|key| fact.get(key)?.as_i64()));
        }
        Ok(chats)
    }
}
