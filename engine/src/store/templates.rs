//! Texts of templates, forms and messages, each kept once by its hash, outside the log.

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

impl Store {
    /// The text with this hash; nothing if it was never published.
    pub async fn template_text(&self, sha256: &str) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT text FROM template_texts WHERE sha256 = $1")
            .bind(sha256.to_owned())
            .fetch_optional(self.reads())
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }
}

/// Stores texts that are not there yet.
pub(crate) async fn texts(
    connection: &mut AnyConnection,
    rows: &[(&TemplateText, Timestamp)],
) -> Result<(), sqlx::Error> {
    // One statement must not name a row twice: two files may have the same text.
    let once: BTreeMap<&str, _> = rows.iter().map(|row| (row.0.sha256.as_str(), row)).collect();
    let rows: Vec<_> = once.into_values().collect();
    TEXTS
        .run(connection, &rows, |query, (text, at)| {
            query.bind(text.sha256.clone()).bind(text.text.clone()).bind(at.timestamp_micros())
        })
        .await
}
