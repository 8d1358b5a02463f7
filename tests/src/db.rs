//! A fresh database for a test: a SQLite file, or a database on the PostgreSQL server of this process.

use std::sync::atomic::{AtomicU32, Ordering};

use engine::store::{Store, StoreOptions};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use tempfile::TempDir;

use crate::pg;

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A database of its own; the files of SQLite go when it is dropped.
pub struct Db {
    pub url: String,
    /// `SQLite` or `PostgreSQL`, for messages.
    pub name: &'static str,
    pub directory: Option<TempDir>,
}

/// One of each.
pub async fn both() -> [Db; 2] {
    [sqlite(), postgres().await]
}

/// A SQLite file that does not exist yet.
pub fn sqlite() -> Db {
    let directory = tempfile::tempdir().expect("a directory");
    let url = format!("sqlite:{}", directory.path().join("signoff.db").display());
    Db { url, name: "SQLite", directory: Some(directory) }
}

/// An empty PostgreSQL database.
pub async fn postgres() -> Db {
    sqlx::any::install_default_drivers();
    let server = tokio::task::spawn_blocking(pg::server).await.expect("the server starts");
    let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let mut admin = AnyConnection::connect(&server.url("postgres")).await.expect("the server answers");
    let sql = AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::raw_sql(sql).execute(&mut admin).await.expect("a new database");
    admin.close().await.expect("the server answers");
    Db { url: server.url(&name), name: "PostgreSQL", directory: None }
}

impl Db {
    /// Opens it the way most tests want it.
    pub async fn open(&self) -> Store {
        self.open_with(StoreOptions::default()).await
    }

    /// Opens it as asked.
    pub async fn open_with(&self, options: StoreOptions) -> Store {
        Store::open(&self.url, options).await.expect("the database opens")
    }

    /// A connection that knows nothing of the store, for looking at tables and for doing harm.
    pub async fn raw(&self) -> AnyConnection {
        sqlx::any::install_default_drivers();
        AnyConnection::connect(&self.url).await.expect("the database answers")
    }
}
