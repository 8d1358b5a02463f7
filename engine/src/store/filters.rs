//! Lists of projects that people gave a name: side table, outside the log (PF-07).

use sqlx::{AnyConnection, Row};

use super::{Store, StoreError};
use crate::domain::{PersonId, Timestamp};

/// So many one person keeps.
const MOST: i64 = 40;

/// A list with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    pub owner: PersonId,
    pub name: String,
    /// What stands behind the question mark of its address.
    pub query: String,
    /// Seen by everybody.
    pub shared: bool,
}

impl Store {
    /// The person's own lists and those of others that are shared, by name.
    pub async fn filters(&self, person: &PersonId) -> Result<Vec<Filter>, StoreError> {
        let rows = sqlx::query(
            "SELECT owner, name, query, shared FROM filters WHERE owner = $1 OR shared = 1 ORDER BY name, owner",
        );
        let rows = rows.bind(person.0.clone()).fetch_all(self.reads()).await?;
        let filter = |row: &sqlx::any::AnyRow| {
            Ok(Filter {
                owner: PersonId(row.try_get(0)?),
                name: row.try_get(1)?,
                query: row.try_get(2)?,
                shared: row.try_get::<i64, _>(3)? == 1,
            })
        };
        rows.iter().map(filter).collect()
    }

    /// Keeps a list under its name, over the one of that name before; false if there are too many.
    pub async fn keep_filter(&self, filter: Filter, now: Timestamp) -> Result<bool, StoreError> {
        self.transaction(move |db| {
            Box::pin(async move {
                let count =
                    sqlx::query("SELECT CAST(COUNT(*) AS BIGINT) FROM filters WHERE owner = $1 AND name <> $2");
                let count = count.bind(filter.owner.0.clone()).bind(filter.name.clone());
                if count.fetch_one(&mut *db).await?.try_get::<i64, _>(0)? >= MOST {
                    return Ok(false);
                }
                let insert = sqlx::query(
                    "INSERT INTO filters (owner, name, query, shared, created_at) VALUES ($1, $2, $3, $4, $5)
                     ON CONFLICT (owner, name) DO UPDATE SET query = excluded.query, shared = excluded.shared",
                );
                let insert = insert.bind(filter.owner.0).bind(filter.name).bind(filter.query);
                let insert = insert.bind(i64::from(filter.shared)).bind(now.timestamp_micros());
                insert.execute(db).await?;
                Ok(true)
            })
        })
        .await
    }

    /// Forgets a list of this person.
    pub async fn drop_filter(&self, owner: &PersonId, name: &str) -> Result<(), StoreError> {
        let (owner, name) = (owner.0.clone(), name.to_owned());
        self.transaction(move |db| {
            Box::pin(async move {
                let delete = sqlx::query("DELETE FROM filters WHERE owner = $1 AND name = $2");
                delete.bind(owner).bind(name).execute(db).await?;
                Ok(())
            })
        })
        .await
    }
}

/// Forgets all lists of whoever leaves; one that others need they keep under a name of their own.
pub(crate) async fn forget(db: &mut AnyConnection, owner: &PersonId) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM filters WHERE owner = $1").bind(owner.0.clone()).execute(db).await.map(drop)
}
