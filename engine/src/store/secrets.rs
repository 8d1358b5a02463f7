//! What clients give us to get in somewhere: sealed, outside the log, deleted with the end of its project (PF-86).

use sqlx::{AnyConnection, Row};

use super::change::NewSecret;
use super::{Store, StoreError, dialect};
use crate::domain::{ProjectId, Timestamp};

/// A secret as it lies here; what it says only the key tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    pub nonce: String,
    pub sealed: String,
}

impl Store {
    /// The sealed access of a project; nothing if none came or it was deleted.
    pub async fn secret(&self, project: &ProjectId, item: &str) -> Result<Option<Sealed>, StoreError> {
        let row = sqlx::query("SELECT nonce, sealed FROM secrets WHERE project = $1 AND item = $2")
            .bind(project.as_str().to_owned())
            .bind(item.to_owned())
            .fetch_optional(self.reads())
            .await?;
        row.map(|row| Ok(Sealed { nonce: row.try_get(0)?, sealed: row.try_get(1)? })).transpose()
    }
}

/// Stores a sealed access; what was there before is overwritten, not kept.
pub(crate) async fn keep(
    connection: &mut AnyConnection,
    secret: &NewSecret,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    drop_where(connection, &secret.project, Some(&secret.item)).await?;
    sqlx::query("INSERT INTO secrets (project, item, nonce, sealed, stored_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(secret.project.as_str().to_owned())
        .bind(secret.item.clone())
        .bind(secret.nonce.clone())
        .bind(secret.sealed.clone())
        .bind(at.timestamp_micros())
        .execute(connection)
        .await?;
    Ok(())
}

/// Deletes what is kept of a project's accesses.
pub(crate) async fn purge(connection: &mut AnyConnection, project: &ProjectId) -> Result<(), sqlx::Error> {
    drop_where(connection, project, None).await
}

/// Nothing of the row stays in the file either.
async fn drop_where(
    connection: &mut AnyConnection,
    project: &ProjectId,
    item: Option<&String>,
) -> Result<(), sqlx::Error> {
    dialect::wipe(connection, true).await?;
    let deleted = sqlx::query("DELETE FROM secrets WHERE project = $1 AND ($2 = '' OR item = $2)")
        .bind(project.as_str().to_owned())
        .bind(item.cloned().unwrap_or_default())
        .execute(&mut *connection)
        .await;
    dialect::wipe(connection, false).await?;
    deleted.map(drop)
}
