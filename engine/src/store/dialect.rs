//! Which database this is: with `faults.rs`, the only file that knows.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::AnyConnection;
use sqlx::{AssertSqlSafe, Row};

use super::StoreError;

/// SQLite before this version can corrupt a WAL that two connections use (RELIABILITY 5.3).
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// Which database this is, and where.
#[derive(Clone, Debug)]
pub(crate) enum Dialect {
    Sqlite(PathBuf),
    Postgres,
}

impl Dialect {
    /// Reads `sqlite:path` or `postgres://…` and answers the address that the driver understands;
    /// makes the directory of a SQLite file.
    pub fn of(url: &str) -> Result<(Self, String), StoreError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok((Self::Postgres, url.to_owned()));
        }
        let Some(rest) = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")) else {
            return Err(StoreError::unavailable("database.url must begin with sqlite: or postgres://"));
        };
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        if path.is_empty() || path == ":memory:" {
            return Err(StoreError::unavailable("database.url must name a file, such as sqlite:signoff.db"));
        }
        let path = std::path::absolute(unescape(path))
            .map_err(|error| StoreError::unavailable(error.to_string()))?;
        let mode = if query.is_empty() { "mode=rwc" } else { query };
        if mode == "mode=rwc" {
            make_directory(&path)?;
        }
        let address = format!("sqlite://{}?{mode}", escape(&path.to_string_lossy()));
        Ok((Self::Sqlite(path), address))
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    /// Begins a transaction that will write.
    pub fn begin(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// Begins a transaction that sees one moment of the whole database.
    pub fn snapshot(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "BEGIN",
            Self::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ",
        }
    }

    /// Takes what is committed out of the journal, so that nothing deleted is left there; a reader may put it off.
    pub fn empty_journal(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "PRAGMA wal_checkpoint(TRUNCATE)",
            Self::Postgres => "SELECT 1",
        }
    }

    /// Writes the file anew: pages that were split while it grew keep pieces of what stood there (RELIABILITY 7.2).
    pub fn write_anew(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "VACUUM",
            Self::Postgres => "SELECT 1",
        }
    }

    /// Lets temporary tables be larger than the memory.
    pub fn spill(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "PRAGMA temp_store = FILE",
            Self::Postgres => "SELECT 1",
        }
    }

    /// Answers the schema that our tables are in, to tell them from temporary ones of the same name.
    pub fn home(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SELECT 'main'",
            Self::Postgres => "SELECT CAST(current_schema() AS TEXT)",
        }
    }

    /// Lets one process at a time change the schema; SQLite does so by itself.
    pub fn one_migration_at_a_time(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SELECT 1",
            Self::Postgres => "SELECT pg_advisory_xact_lock(5865520151)",
        }
    }

    /// Names what lies in the place of our tables, whoever made it.
    pub fn tables(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => {
                "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite^_%' ESCAPE '^'
                 ORDER BY name"
            }
            Self::Postgres => {
                "SELECT CAST(relname AS TEXT) FROM pg_catalog.pg_class
                 WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace = to_regnamespace(current_schema())
                 ORDER BY relname"
            }
        }
    }

    /// Whether other programs may have tables beside ours: a PostgreSQL schema may be shared, a SQLite file is ours.
    pub fn is_shared(&self) -> bool {
        !self.is_sqlite()
    }

    /// The place of the tables, for a sentence.
    pub fn place(&self) -> String {
        match self {
            Self::Sqlite(path) => path.display().to_string(),
            Self::Postgres => "The schema of the database".to_owned(),
        }
    }

    /// The address under which what is there can be looked at without changing a byte of it; a file that does not
    /// exist or holds nothing need not be looked at.
    pub fn untouched(&self) -> Option<String> {
        let Self::Sqlite(path) = self else { return None };
        let holds = std::fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() > 0);
        holds.then(|| format!("sqlite://{}?mode=ro", escape(&path.to_string_lossy())))
    }

    /// Makes a connection fit for writing, and insists that what it commits stays.
    pub async fn prepare_writer(
        &self,
        connection: &mut AnyConnection,
        busy: Duration,
    ) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(_) => prepare_sqlite(connection, busy).await,
            Self::Postgres => prepare_postgres(connection, busy).await.map_err(StoreError::from),
        }
    }

    /// Fails where nothing can be written, before anybody relies on it.
    pub async fn check_writable(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(_) => {
                // BEGIN alone does not mind; the UPDATE meets no row and leaves no page behind.
                let sql = "BEGIN IMMEDIATE; UPDATE head SET position = position WHERE id = 0; ROLLBACK";
                sqlx::raw_sql(sql).execute(connection).await?;
            }
            Self::Postgres => {
                let row = sqlx::query("SHOW transaction_read_only").fetch_one(connection).await?;
                if row.try_get::<&str, _>(0)? == "on" {
                    return Err(StoreError::ReadOnly);
                }
            }
        }
        Ok(())
    }

    /// Makes a connection fit for reading; on SQLite it cannot write then.
    pub async fn prepare_reader(
        &self,
        connection: &mut AnyConnection,
        busy: Duration,
    ) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(_) => {
                let sql = format!("PRAGMA busy_timeout = {}; PRAGMA query_only = 1", busy.as_millis());
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.map(drop)
            }
            Self::Postgres => prepare_postgres(connection, busy).await,
        }
    }

    /// The error of opening, with the file in it.
    pub fn explain(&self, error: StoreError) -> StoreError {
        match (self, error) {
            (Self::Sqlite(path), StoreError::NotADatabase { .. }) => {
                StoreError::NotADatabase { file: path.display().to_string() }
            }
            (Self::Sqlite(path), StoreError::Unavailable { what, source }) => {
                StoreError::Unavailable { what: format!("{}: {what}", path.display()), source }
            }
            (_, error) => error,
        }
    }

    /// Brings the write-ahead log into the file, as the last thing of a writer.
    pub async fn checkpoint(&self, connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(_) => {
                sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(connection).await.map(drop)
            }
            Self::Postgres => Ok(()),
        }
    }
}

/// How the `number`th value of a statement is written when values come in order. SQLite looks each `$n` up in a
/// list, so that its time grows with the square of their number; `?` it counts by itself.
pub(crate) fn parameter(connection: &AnyConnection, number: usize) -> String {
    if connection.backend_name() == "SQLite" { "?".to_owned() } else { format!("${number}") }
}

/// The text that makes a table, as this database keeps it best: on SQLite a row lies under its number only where the
/// type is called INTEGER (it has 64 bits there); a BIGINT key would be an index beside the table.
pub(crate) fn table(connection: &AnyConnection, sql: &str) -> String {
    const KEY: &str = "BIGINT NOT NULL PRIMARY KEY";
    if connection.backend_name() == "SQLite" {
        sql.replace(KEY, "INTEGER NOT NULL PRIMARY KEY")
    } else {
        sql.to_owned()
    }
}

async fn prepare_sqlite(connection: &mut AnyConnection, busy: Duration) -> Result<(), StoreError> {
    let version: String =
        sqlx::query("SELECT sqlite_version()").fetch_one(&mut *connection).await?.try_get(0)?;
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    if (next(), next(), next()) < OLDEST_SQLITE {
        return Err(StoreError::TooOldSqlite { found: version });
    }
    // Fewer checkpoints than SQLite's 1,000 pages, because each one waits for the disk twice. What a failed statement
    // takes back is kept in memory, where a crash loses nothing that counts.
    let sql = format!(
        "PRAGMA busy_timeout = {}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -16000;
         PRAGMA temp_store = MEMORY",
        busy.as_millis()
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *connection).await?;
    let journal: String = sqlx::query("PRAGMA journal_mode").fetch_one(&mut *connection).await?.try_get(0)?;
    let synchronous: i64 = sqlx::query("PRAGMA synchronous").fetch_one(&mut *connection).await?.try_get(0)?;
    let foreign: i64 = sqlx::query("PRAGMA foreign_keys").fetch_one(&mut *connection).await?.try_get(0)?;
    if journal != "wal" || synchronous != 2 || foreign != 1 {
        return Err(StoreError::broken(format!(
            "SQLite refused journal_mode=WAL, synchronous=FULL or foreign_keys=ON (it has {journal}, {synchronous}, {foreign})"
        )));
    }
    Ok(())
}

/// Whether what is deleted from now on is overwritten in the file as well.
pub(crate) async fn wipe(connection: &mut AnyConnection, on: bool) -> Result<(), sqlx::Error> {
    if connection.backend_name() != "SQLite" {
        return Ok(());
    }
    let sql = if on { "PRAGMA secure_delete = ON" } else { "PRAGMA secure_delete = OFF" };
    sqlx::raw_sql(sql).execute(connection).await.map(drop)
}

async fn prepare_postgres(connection: &mut AnyConnection, busy: Duration) -> Result<(), sqlx::Error> {
    let sql = format!(
        "SET statement_timeout = '60s'; SET lock_timeout = '{}ms'; SET idle_in_transaction_session_timeout = '60s';
         SET synchronous_commit = on; SET client_min_messages = warning",
        busy.as_millis().max(1)
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.map(drop)
}

fn make_directory(file: &Path) -> Result<(), StoreError> {
    let Some(directory) = file.parent() else { return Ok(()) };
    std::fs::create_dir_all(directory).map_err(|error| {
        if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) {
            return StoreError::ReadOnly;
        }
        StoreError::unavailable(format!("the directory {} cannot be made: {error}", directory.display()))
    })
}

/// Writes a path so that the driver reads it back the same, whatever letters it holds.
fn escape(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.extend(['%', hex_digit(byte >> 4), hex_digit(byte & 15)]);
        }
    }
    out
}

fn hex_digit(value: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(value & 15)])
}

/// Reads `%20` and the like in the path of an address.
fn unescape(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let coded = (bytes[at] == b'%').then(|| path.get(at + 1..at + 3)).flatten();
        if let Some(byte) = coded.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_spaces_and_cyrillic_letters_survives_the_address() {
        let path = "/tmp/Мої дані/50%/signoff.db";
        assert_eq!(unescape(&escape(path)), path);
    }

    #[test]
    fn an_address_without_a_file_is_refused() {
        for url in ["sqlite:", "sqlite::memory:", "mysql://x/y", "signoff.db"] {
            assert!(Dialect::of(url).is_err(), "{url}");
        }
    }
}
