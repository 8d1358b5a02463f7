//! Leases: who may poll, handle and send now (RELIABILITY 4).
//!
//! On PostgreSQL a row with the database's own clock; on SQLite, which one machine holds, a lock on a file
//! beside the database, which the system lets go the moment a process dies. Both count epochs.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::PathBuf;
use std::sync::Arc;

use sqlx::AnyConnection;
use sqlx::Row;

use super::dialect::Dialect;
use super::{Store, StoreError};
use crate::domain::Timestamp;

/// How long a lease lasts without renewal, in seconds.
pub const LEASE_SECONDS: i64 = 15;

/// A lease that is held; it ends when this is dropped (SQLite) or runs out (PostgreSQL).
#[derive(Clone, Debug)]
pub struct Lease {
    pub name: String,
    pub owner: String,
    pub epoch: i64,
    /// The file whose lock is the lease on SQLite.
    file: Option<Arc<File>>,
}

/// Takes the lease if nobody holds it; `None` if somebody does.
pub async fn acquire(
    store: &Store,
    name: &str,
    owner: &str,
    now: Timestamp,
) -> Result<Option<Lease>, StoreError> {
    let file = match &*store.inner.connector.dialect {
        Dialect::Sqlite(path) => match lock(path, name)? {
            Some(file) => Some(Arc::new(file)),
            None => return Ok(None),
        },
        Dialect::Postgres => None,
    };
    let (row_name, row_owner) = (name.to_owned(), owner.to_owned());
    let is_locked = file.is_some();
    let epoch = store
        .transaction(move |db| Box::pin(async move { take(db, &row_name, &row_owner, is_locked, now).await }))
        .await?;
    Ok(epoch.map(|epoch| Lease { name: name.to_owned(), owner: owner.to_owned(), epoch, file }))
}

/// Makes the lease last longer; `false` if it is gone.
pub async fn renew(store: &Store, lease: &Lease) -> Result<bool, StoreError> {
    if lease.file.is_some() {
        return Ok(true);
    }
    let lease = lease.clone();
    store
        .transaction(move |db| {
            Box::pin(async move {
                let done = sqlx::query(
                    "UPDATE leases SET expires_at =
                         CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT) + $1
                     WHERE name = $2 AND owner = $3 AND epoch = $4",
                )
                .bind(LEASE_SECONDS * 1_000_000)
                .bind(lease.name)
                .bind(lease.owner)
                .bind(lease.epoch)
                .execute(db)
                .await?;
                Ok(done.rows_affected() == 1)
            })
        })
        .await
}

/// Lets the lease go, so that another node need not wait.
pub async fn release(store: &Store, lease: Lease) -> Result<(), StoreError> {
    let file = lease.file.clone();
    store
        .transaction(move |db| {
            Box::pin(async move {
                sqlx::query("UPDATE leases SET expires_at = 0 WHERE name = $1 AND owner = $2 AND epoch = $3")
                    .bind(lease.name)
                    .bind(lease.owner)
                    .bind(lease.epoch)
                    .execute(db)
                    .await?;
                Ok(())
            })
        })
        .await?;
    drop(file);
    Ok(())
}

/// Whether the lease is still ours, within a transaction; a takeover waits for that transaction.
pub(crate) async fn holds(db: &mut AnyConnection, lease: &Lease) -> Result<bool, StoreError> {
    let sql = if lease.file.is_some() {
        "SELECT 1 FROM leases WHERE name = $1 AND owner = $2 AND epoch = $3"
    } else {
        "SELECT 1 FROM leases WHERE name = $1 AND owner = $2 AND epoch = $3
             AND expires_at > CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT) FOR SHARE"
    };
    let query = sqlx::query(sql).bind(lease.name.clone()).bind(lease.owner.clone()).bind(lease.epoch);
    Ok(query.fetch_optional(db).await?.is_some())
}

async fn take(
    db: &mut AnyConnection,
    name: &str,
    owner: &str,
    is_locked: bool,
    now: Timestamp,
) -> Result<Option<i64>, StoreError> {
    sqlx::query("INSERT INTO leases (name, owner, epoch, expires_at) VALUES ($1, '', 0, 0) ON CONFLICT (name) DO NOTHING")
        .bind(name)
        .execute(&mut *db)
        .await?;
    let row = if is_locked {
        let until = now + chrono::Duration::seconds(LEASE_SECONDS);
        sqlx::query("UPDATE leases SET owner = $1, epoch = epoch + 1, expires_at = $2 WHERE name = $3 RETURNING epoch")
            .bind(owner)
            .bind(until.timestamp_micros())
            .bind(name)
            .fetch_optional(db)
            .await?
    } else {
        sqlx::query(
            "UPDATE leases SET owner = $1, epoch = epoch + 1,
                 expires_at = CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT) + $2
             WHERE name = $3 AND expires_at < CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)
             RETURNING epoch",
        )
        .bind(owner)
        .bind(LEASE_SECONDS * 1_000_000)
        .bind(name)
        .fetch_optional(db)
        .await?
    };
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

/// The lock on the file beside the database; `None` if another process, or another handle of ours, has it.
fn lock(database: &std::path::Path, name: &str) -> Result<Option<File>, StoreError> {
    let mut path = database.as_os_str().to_owned();
    path.push(format!("-{name}.lock"));
    let path = PathBuf::from(path);
    let cannot = |error: std::io::Error| {
        StoreError::unavailable(format!("{} cannot be locked: {error}", path.display()))
    };
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(cannot)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(cannot(error)),
    }
}
