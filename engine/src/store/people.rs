//! What we know of people and what they wrote, outside the log: written by changes, read here, and erasable.

use std::collections::HashMap;

use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::change::{Content, Profile};
use super::insert::placeholders;
use super::{Store, StoreError};
use crate::domain::{ContentId, PersonId, Timestamp};

/// So many ids one statement asks for.
const ASKED: usize = 500;

impl Store {
    /// What we know of a person; nothing if they are unknown or erased.
    pub async fn profile(&self, person: &PersonId) -> Result<Option<Profile>, StoreError> {
        let row = sqlx::query(
            "SELECT person, name, telegram_user, username, language FROM profiles WHERE person = $1",
        )
        .bind(person.as_str().to_owned())
        .fetch_optional(self.reads())
        .await?;
        row.as_ref().map(profile).transpose()
    }

    /// Who a Telegram user is (TG-00).
    pub async fn profile_by_telegram(&self, user: i64) -> Result<Option<Profile>, StoreError> {
        let row = sqlx::query(
            "SELECT person, name, telegram_user, username, language FROM profiles WHERE telegram_user = $1",
        )
        .bind(user)
        .fetch_optional(self.reads())
        .await?;
        row.as_ref().map(profile).transpose()
    }

    /// Everybody, by id.
    pub async fn profiles(&self) -> Result<Vec<Profile>, StoreError> {
        let rows = sqlx::query(
            "SELECT person, name, telegram_user, username, language FROM profiles ORDER BY person",
        )
        .fetch_all(self.reads())
        .await?;
        let mut profiles = rows.iter().map(profile).collect::<Result<Vec<_>, _>>()?;
        // PostgreSQL sorts by its locale, SQLite by bytes.
        profiles.sort_by(|one, other| one.person.cmp(&other.person));
        Ok(profiles)
    }

    /// The names of people; those who are unknown or erased are left out.
    pub async fn names(&self, people: &[PersonId]) -> Result<HashMap<PersonId, String>, StoreError> {
        let mut names = HashMap::new();
        for people in people.chunks(ASKED) {
            let sql = format!(
                "SELECT person, name FROM profiles WHERE person IN ({})",
                placeholders(1, people.len())
            );
            let query = sqlx::query(AssertSqlSafe(sql));
            let query = people.iter().fold(query, |query, person| query.bind(person.as_str().to_owned()));
            for row in query.fetch_all(self.reads()).await? {
                names.insert(PersonId(row.try_get(0)?), row.try_get(1)?);
            }
        }
        Ok(names)
    }

    /// A remark, a message or a file; nothing if it was erased.
    pub async fn content(&self, content: &ContentId) -> Result<Option<Content>, StoreError> {
        Ok(self.contents(std::slice::from_ref(content)).await?.pop())
    }

    /// Several of them, in the order asked for; those that were erased are left out.
    pub async fn contents(&self, contents: &[ContentId]) -> Result<Vec<Content>, StoreError> {
        let mut found = HashMap::new();
        for contents in contents.chunks(ASKED) {
            let sql = format!(
                "SELECT content, person, kind, text, file_id, file_name, mime, size, sha256, created_at
                 FROM contents WHERE content IN ({})",
                placeholders(1, contents.len())
            );
            let query = sqlx::query(AssertSqlSafe(sql));
            let query = contents.iter().fold(query, |query, content| query.bind(content.as_str().to_owned()));
            for row in query.fetch_all(self.reads()).await? {
                let content = self::content(&row)?;
                found.insert(content.content.clone(), content);
            }
        }
        Ok(contents.iter().filter_map(|content| found.get(content).cloned()).collect())
    }
}

fn profile(row: &AnyRow) -> Result<Profile, StoreError> {
    Ok(Profile {
        person: PersonId(row.try_get(0)?),
        name: row.try_get(1)?,
        telegram_user: row.try_get(2)?,
        username: row.try_get(3)?,
        language: row.try_get(4)?,
    })
}

fn content(row: &AnyRow) -> Result<Content, StoreError> {
    let content: String = row.try_get(0)?;
    let created = Timestamp::from_timestamp_micros(row.try_get(9)?)
        .ok_or_else(|| StoreError::broken(format!("content {content} has an unreadable date")))?;
    Ok(Content {
        content: ContentId(content),
        person: row.try_get::<Option<String>, _>(1)?.map(PersonId),
        kind: row.try_get(2)?,
        text: row.try_get(3)?,
        file_id: row.try_get(4)?,
        file_name: row.try_get(5)?,
        mime: row.try_get(6)?,
        size: row.try_get(7)?,
        sha256: row.try_get(8)?,
        created,
    })
}
