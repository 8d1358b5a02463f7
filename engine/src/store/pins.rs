//! Projects that people pinned to their menu: side table, outside the log (SC-33).

use sqlx::{AnyConnection, Row};

use super::{Store, StoreError};
use crate::domain::{PersonId, ProjectId, Timestamp};

/// So many one person pins.
pub const MOST: u32 = 12;

impl Store {
    /// What a person pinned, the earliest first.
    pub async fn pins(&self, owner: &PersonId) -> Result<Vec<ProjectId>, StoreError> {
        let rows = sqlx::query("SELECT project FROM pins WHERE owner = $1 ORDER BY created_at, project");
        let rows = rows.bind(owner.0.clone()).fetch_all(self.reads()).await?;
        rows.iter().map(|row| Ok(ProjectId(row.try_get(0)?))).collect()
    }

    /// Pins a project; one that is pinned stays where it is. False if there are too many.
    pub async fn pin(
        &self,
        owner: &PersonId,
        project: &ProjectId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (owner, project) = (owner.0.clone(), project.0.clone());
        self.transaction(move |db| {
            Box::pin(async move {
                let count = sqlx::query(
                    "SELECT CAST(COUNT(*) AS BIGINT) FROM pins WHERE owner = $1 AND project <> $2",
                );
                let count = count.bind(owner.clone()).bind(project.clone());
                if count.fetch_one(&mut *db).await?.try_get::<i64, _>(0)? >= i64::from(MOST) {
                    return Ok(false);
                }
                let insert = sqlx::query(
                    "INSERT INTO pins (owner, project, created_at) VALUES ($1, $2, $3)
                     ON CONFLICT (owner, project) DO NOTHING",
                );
                insert.bind(owner).bind(project).bind(now.timestamp_micros()).execute(db).await?;
                Ok(true)
            })
        })
        .await
    }

    /// Takes pins away.
    pub async fn unpin(&self, owner: &PersonId, projects: &[ProjectId]) -> Result<(), StoreError> {
        let (owner, projects) = (owner.0.clone(), projects.to_vec());
        self.transaction(move |db| {
            Box::pin(async move {
                for ProjectId(project) in projects {
                    let delete = sqlx::query("DELETE FROM pins WHERE owner = $1 AND project = $2");
                    delete.bind(owner.clone()).bind(project).execute(&mut *db).await?;
                }
                Ok(())
            })
        })
        .await
    }
}

/// Forgets all pins of whoever leaves.
pub(crate) async fn forget(db: &mut AnyConnection, owner: &PersonId) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM pins WHERE owner = $1").bind(owner.0.clone()).execute(db).await.map(drop)
}
