//! What we know of people and what they wrote, outside the log: written by changes, read here, and erasable.

use std::collections::HashMap;

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::change::{Content, Profile};
use super::insert::placeholders;
use super::{Store, StoreError, dialect};
use crate::domain::{ClientId, ContentId, PersonId, ProjectId, Timestamp};

/// So many ids one statement asks for.
const ASKED: usize = 500;

/// Whose project it is; the rest of the fact is skipped over.
#[derive(serde::Deserialize)]
struct Opened {
    project: ProjectId,
    client: ClientId,
}

impl Store {
    /// The projects of a client, oldest first.
    pub async fn projects_of(&self, client: &ClientId) -> Result<Vec<ProjectId>, StoreError> {
        let rows = sqlx::query(
            "SELECT data FROM events WHERE aggregate = 'project' AND type = 'project_opened' ORDER BY position",
        );
        let mut projects = Vec::new();
        for row in rows.fetch_all(self.reads()).await? {
            let opened: Opened = serde_json::from_str(row.try_get(0)?)
                .map_err(|error| StoreError::broken(format!("a project cannot be read: {error}")))?;
            projects
                .extend(Some(opened).filter(|opened| opened.client == *client).map(|opened| opened.project));
        }
        Ok(projects)
    }

    /// Every project, oldest first.
    pub async fn projects(&self) -> Result<Vec<ProjectId>, StoreError> {
        let rows = sqlx::query(
            "SELECT data FROM events WHERE aggregate = 'project' AND type = 'project_opened' ORDER BY position",
        );
        let rows = rows.fetch_all(self.reads()).await?;
        let opened = rows.iter().map(|row| {
            let opened: Opened = serde_json::from_str(row.try_get(0)?)
                .map_err(|error| StoreError::broken(format!("a project cannot be read: {error}")))?;
            Ok(opened)
        });
        opened.map(|opened: Result<Opened, StoreError>| opened.map(|opened| opened.project)).collect()
    }

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

/// Forgets contents for good: nothing of them stays in the file.
pub(crate) async fn forget(
    connection: &mut AnyConnection,
    contents: &[&ContentId],
) -> Result<(), sqlx::Error> {
    if contents.is_empty() {
        return Ok(());
    }
    dialect::wipe(connection, true).await?;
    for contents in contents.chunks(ASKED) {
        let sql = format!("DELETE FROM contents WHERE content IN ({})", placeholders(1, contents.len()));
        let query = sqlx::query(AssertSqlSafe(sql));
        let query = contents.iter().fold(query, |query, content| query.bind(content.as_str().to_owned()));
        query.execute(&mut *connection).await?;
    }
    dialect::wipe(connection, false).await
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
