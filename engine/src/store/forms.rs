//! Addresses of forms and answers that are being filled in: side tables, outside the log and erasable.

use serde_json::Value as Json;
use sqlx::{AnyConnection, Row};

use super::change::{LinkPurpose, NewFormLink};
use super::insert::Insert;
use super::plan::json;
use super::{Store, StoreError, projection};
use crate::domain::form::Typed;
use crate::domain::project::event::FilledBy;
use crate::domain::{ProjectId, Timestamp};

static LINKS: Insert = Insert::new(
    "INSERT INTO form_links (token_sha256, purpose, project, form, number, created_at, expires_at) VALUES",
    7,
    "",
);

/// What an address leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormLink {
    pub purpose: LinkPurpose,
    pub project: ProjectId,
    pub form: String,
    /// Which sending to fill in, or which version to read.
    pub number: u32,
    pub expires: Timestamp,
    pub opened: Option<Timestamp>,
}

/// Answers as they were typed so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub answers: Typed,
    /// From 1; each saving makes the next.
    pub version: i64,
    pub saved: Timestamp,
    /// The client has typed some of it.
    pub by_client: bool,
}

/// What was there when answers were put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The version of the project's stream.
    pub project: i64,
    /// The version of the draft; 0 if there was none.
    pub draft: i64,
}

impl Store {
    /// What the address with this token (as the hex of its SHA-256) leads to.
    pub async fn form_link(&self, token_sha256: &str) -> Result<Option<FormLink>, StoreError> {
        let row = sqlx::query(
            "SELECT purpose, project, form, number, expires_at, opened_at FROM form_links WHERE token_sha256 = $1",
        )
        .bind(token_sha256.to_owned())
        .fetch_optional(self.reads())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let unreadable =
            |what: &str| StoreError::broken(format!("the address of a form has an unreadable {what}"));
        Ok(Some(FormLink {
            purpose: LinkPurpose::parse(row.try_get(0)?).ok_or_else(|| unreadable("purpose"))?,
            project: ProjectId(row.try_get(1)?),
            form: row.try_get(2)?,
            number: u32::try_from(row.try_get::<i64, _>(3)?).map_err(|_| unreadable("number"))?,
            expires: Timestamp::from_timestamp_micros(row.try_get(4)?).ok_or_else(|| unreadable("date"))?,
            opened: row.try_get::<Option<i64>, _>(5)?.and_then(Timestamp::from_timestamp_micros),
        }))
    }

    /// Notes that somebody looked at the form behind an address for the first time.
    pub async fn note_form_opened(&self, token_sha256: &str, now: Timestamp) -> Result<(), StoreError> {
        let token_sha256 = token_sha256.to_owned();
        self.transaction(move |connection| {
            Box::pin(async move {
                sqlx::query(
                    "UPDATE form_links SET opened_at = $1 WHERE token_sha256 = $2 AND opened_at IS NULL",
                )
                .bind(now.timestamp_micros())
                .bind(token_sha256)
                .execute(connection)
                .await?;
                Ok(())
            })
        })
        .await
    }

    /// When the client first looked at a sending of a form.
    pub async fn form_opened(
        &self,
        project: &ProjectId,
        form: &str,
        sending: u32,
    ) -> Result<Option<Timestamp>, StoreError> {
        let row = sqlx::query(
            "SELECT MIN(opened_at) FROM form_links
             WHERE project = $1 AND form = $2 AND number = $3 AND purpose = 'fill'",
        )
        .bind(project.as_str().to_owned())
        .bind(form.to_owned())
        .bind(i64::from(sending))
        .fetch_one(self.reads())
        .await?;
        Ok(row.try_get::<Option<i64>, _>(0)?.and_then(Timestamp::from_timestamp_micros))
    }

    /// The answers of a form that is being filled in.
    pub async fn draft(&self, project: &ProjectId, form: &str) -> Result<Option<Draft>, StoreError> {
        let row = sqlx::query(
            "SELECT answers, version, saved_at, by_client FROM form_drafts WHERE project = $1 AND form = $2",
        )
        .bind(project.as_str().to_owned())
        .bind(form.to_owned())
        .fetch_optional(self.reads())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let unreadable = |what: &str| StoreError::broken(format!("a draft has unreadable {what}"));
        Ok(Some(Draft {
            answers: serde_json::from_str(row.try_get(0)?).map_err(|_| unreadable("answers"))?,
            version: row.try_get(1)?,
            saved: Timestamp::from_timestamp_micros(row.try_get(2)?).ok_or_else(|| unreadable("dates"))?,
            by_client: row.try_get::<i64, _>(3)? != 0,
        }))
    }

    /// Keeps answers as the draft; false if it has moved on, or the form came back since the project was looked at.
    pub async fn save_draft(
        &self,
        project: &ProjectId,
        form: &str,
        answers: &Typed,
        seen: Seen,
        (now, by): (Timestamp, FilledBy),
    ) -> Result<bool, StoreError> {
        let by_client = i64::from(by != FilledBy::Staff);
        let (project, form, answers) = (project.clone(), form.to_owned(), json(answers)?);
        self.transaction(move |connection| {
            Box::pin(async move {
                // Whoever hands the form in at this moment comes before or after, never between.
                projection::lock_head(connection).await?;
                if came_back(connection, &project, &form, seen.project).await? {
                    return Ok(false);
                }
                let sql = if seen.draft == 0 {
                    "INSERT INTO form_drafts (answers, saved_at, project, form, version, by_client)
                     VALUES ($1, $2, $3, $4, $5 + 1, $6)
                     ON CONFLICT (project, form) DO NOTHING RETURNING version"
                } else {
                    "UPDATE form_drafts SET answers = $1, saved_at = $2, version = version + 1,
                            by_client = CASE WHEN $6 = 1 THEN 1 ELSE by_client END
                     WHERE project = $3 AND form = $4 AND version = $5 RETURNING version"
                };
                let query = sqlx::query(sql).bind(answers).bind(now.timestamp_micros()).bind(project.0);
                Ok(query
                    .bind(form)
                    .bind(seen.draft)
                    .bind(by_client)
                    .fetch_optional(connection)
                    .await?
                    .is_some())
            })
        })
        .await
    }
}

/// Whether a form of the project was handed in after a version of its stream: its draft must not come back.
async fn came_back(
    connection: &mut AnyConnection,
    project: &ProjectId,
    form: &str,
    version: i64,
) -> Result<bool, StoreError> {
    let rows = sqlx::query(
        "SELECT data FROM events WHERE stream = $1 AND version > $2 AND type = 'form_received' ORDER BY version",
    )
    .bind(project.stream().to_string())
    .bind(version)
    .fetch_all(connection)
    .await?;
    for row in rows {
        let data: Json = serde_json::from_str(row.try_get(0)?).unwrap_or_default();
        if data["form"] == form {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Stores new addresses.
pub(crate) async fn links(
    connection: &mut AnyConnection,
    rows: &[(&NewFormLink, Timestamp)],
) -> Result<(), sqlx::Error> {
    LINKS
        .run(connection, rows, |query, (link, at)| {
            query
                .bind(link.token_sha256.clone())
                .bind(link.purpose.as_str())
                .bind(link.project.as_str().to_owned())
                .bind(link.form.clone())
                .bind(i64::from(link.number))
                .bind(at.timestamp_micros())
                .bind(link.expires.timestamp_micros())
        })
        .await
}

/// Forgets what was typed so far.
pub(crate) async fn drop_draft(
    connection: &mut AnyConnection,
    project: &ProjectId,
    form: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM form_drafts WHERE project = $1 AND form = $2")
        .bind(project.as_str().to_owned())
        .bind(form.to_owned())
        .execute(connection)
        .await?;
    Ok(())
}
