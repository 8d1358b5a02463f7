//! Texts of templates, forms and messages, each kept once by its hash, outside the log, and what changed between them.

use std::collections::BTreeMap;

use sqlx::{AnyConnection, Row};

use super::change::TemplateText;
use super::insert::Insert;
use super::{Store, StoreError};
use crate::domain::Timestamp;

static TEXTS: Insert = Insert::new(
    "INSERT INTO template_texts (sha256, text, stored_at) VALUES",
    3,
    "ON CONFLICT (sha256) DO NOTHING",
);

static DIFFS: Insert = Insert::new(
    "INSERT INTO template_diffs (before_sha256, after_sha256, diff, stored_at) VALUES",
    4,
    "ON CONFLICT (before_sha256, after_sha256) DO NOTHING",
);

impl Store {
    /// What changed from one text to the next, as it was stored with the later one; nothing for a first version, for
    /// texts that did not follow each other, and for versions from before diffs were stored.
    pub async fn template_diff(&self, before: &str, after: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT diff FROM template_diffs WHERE before_sha256 = $1 AND after_sha256 = $2";
        let query = sqlx::query(sql).bind(before.to_owned()).bind(after.to_owned());
        let row = query.fetch_optional(self.reads()).await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// The text with this hash; nothing if it was never published.
    pub async fn template_text(&self, sha256: &str) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT text FROM template_texts WHERE sha256 = $1")
            .bind(sha256.to_owned())
            .fetch_optional(self.reads())
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }
}

/// Stores texts and differences that are not there yet.
pub(crate) async fn texts(
    connection: &mut AnyConnection,
    rows: &[(&TemplateText, Timestamp)],
) -> Result<(), sqlx::Error> {
    // One statement must not name a row twice: two files may have the same text.
    let once: BTreeMap<&str, _> = rows.iter().map(|row| (row.0.sha256.as_str(), row)).collect();
    let changed = rows.iter().filter_map(|(text, at)| Some((text.diff.as_ref()?, &text.sha256, at)));
    let changed: BTreeMap<_, _> =
        changed.map(|(diff, after, at)| ((diff.before.as_str(), after.as_str()), (diff, at))).collect();
    let diffs: Vec<_> = changed
        .into_iter()
        .map(|((before, after), (diff, at))| (before, after, diff.diff.as_str(), at.timestamp_micros()))
        .collect();
    let rows: Vec<_> = once.into_values().collect();
    TEXTS
        .run(connection, &rows, |query, (text, at)| {
            query.bind(text.sha256.clone()).bind(text.text.clone()).bind(at.timestamp_micros())
        })
        .await?;
    DIFFS
        .run(connection, &diffs, |query, (before, after, diff, at)| {
            query.bind((*before).to_owned()).bind((*after).to_owned()).bind((*diff).to_owned()).bind(*at)
        })
        .await
}
