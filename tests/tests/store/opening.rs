//! Opening: what is wrong is said in one sentence, and nothing is half-written.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use engine::store::{Store, StoreError, StoreOptions};
use journeys::db;
use sqlx::{Connection, Row};

use super::support::{Tally, count, rows};

fn impatient() -> StoreOptions {
    StoreOptions { busy_timeout: Duration::from_millis(100), ..StoreOptions::default() }
}

async fn open(url: &str) -> Result<Store, StoreError> {
    Store::open(url, impatient()).await
}

/// Each error is one sentence that ends like one.
fn sentence(error: &StoreError) -> String {
    let text = error.to_string();
    assert!(text.ends_with('.') && !text.contains('\n') && text.len() < 300, "{text}");
    text
}

#[tokio::test]
async fn a_missing_file_and_its_directories_are_made() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("Мої дані/нове 100%/signoff.db");
    let url = format!("sqlite:{}", path.display().to_string().replace('%', "%25"));
    let store = Store::open(&url, Tally::new().options()).await.unwrap();
    assert!(store.is_sqlite());
    store.write(count("1", "a", None, 1)).await.unwrap();
    store.close().await;
    assert!(path.exists());
    assert!(!path.with_extension("db-wal").exists(), "a close leaves one file");
}

#[tokio::test]
async fn a_database_is_opened_again_where_it_was() {
    for db in db::both().await {
        let store = db.open().await;
        store.write(count("1", "a", None, 1)).await.unwrap();
        let head = store.head().await.unwrap();
        store.close().await;
        let store = db.open_with(StoreOptions { migrate: false, ..impatient() }).await;
        assert_eq!(store.head().await.unwrap(), head, "{}", db.name);
        assert_eq!(store.is_sqlite(), db.name == "SQLite");
        store.close().await;
    }
}

#[tokio::test]
async fn a_wrong_schema_is_refused_and_left_as_it_is() {
    for db in db::both().await {
        let empty = Store::open(&db.url, StoreOptions { migrate: false, ..impatient() }).await.err().unwrap();
        assert!(matches!(empty, StoreError::WrongSchema { found: 0, wanted: 1.. }), "{}: {empty:?}", db.name);
        sentence(&empty);
        db.open().await.close().await;
        let mut raw = db.raw().await;
        sqlx::query("UPDATE schema_version SET version = 99").execute(&mut raw).await.unwrap();
        let newer = open(&db.url).await.err().unwrap();
        assert!(matches!(newer, StoreError::WrongSchema { found: 99, .. }), "{}: {newer:?}", db.name);
        assert!(sentence(&newer).contains("99"));
        assert_eq!(rows(&mut raw, "SELECT version FROM schema_version").await, 99);
    }
}

#[tokio::test]
async fn tables_without_the_number_of_their_schema_are_told_apart_from_an_empty_database() {
    for db in db::both().await {
        db.open().await.close().await;
        let mut raw = db.raw().await;
        for harm in [
            "UPDATE schema_version SET version = 0",
            "DELETE FROM schema_version",
            "DROP TABLE schema_version",
        ] {
            sqlx::raw_sql(harm).execute(&mut raw).await.unwrap();
            for migrate in [true, false] {
                let options = StoreOptions { migrate, ..impatient() };
                let error = Store::open(&db.url, options).await.err().unwrap();
                assert!(matches!(error, StoreError::NoSchema { .. }), "{}: {harm}: {error:?}", db.name);
                assert!(sentence(&error).contains("backup"), "{error}");
            }
        }
    }
}

#[tokio::test]
async fn a_database_of_another_program_is_refused_and_left_as_it_is() {
    for db in db::both().await {
        if let Some(directory) = &db.directory {
            std::fs::File::create(directory.path().join("signoff.db")).unwrap();
        }
        let mut raw = db.raw().await;
        sqlx::raw_sql("CREATE TABLE events (title TEXT)").execute(&mut raw).await.unwrap();
        let error = open(&db.url).await.err().unwrap();
        assert!(sentence(&error).contains("empty database"), "{}: {error}", db.name);
        assert_eq!(rows(&mut raw, "SELECT COUNT(*) FROM events").await, 0);
        assert!(
            sqlx::query("SELECT * FROM head").fetch_all(&mut raw).await.is_err(),
            "{}: nothing half-made",
            db.name
        );
    }
}

#[tokio::test]
async fn a_file_of_another_program_stays_byte_for_byte_as_it_is() {
    for journal in ["DELETE", "WAL"] {
        let db = db::sqlite();
        let file = db.directory.as_ref().unwrap().path().join("signoff.db");
        std::fs::File::create(&file).unwrap();
        let mut raw = db.raw().await;
        // Flyway and others have a table of this name too.
        let sql = "CREATE TABLE books (title TEXT); CREATE TABLE schema_version (version TEXT);
             INSERT INTO books VALUES ('Кобзар'); INSERT INTO schema_version VALUES ('1.2')";
        let sql = format!("PRAGMA journal_mode = {journal}; {sql}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut raw).await.unwrap();
        let before = std::fs::read(&file).unwrap();
        for migrate in [true, false] {
            let options = StoreOptions { migrate, ..Tally::new().options() };
            let error = Store::open(&db.url, options).await.err().unwrap();
            assert!(matches!(error, StoreError::NotOurs { .. }), "{journal}: {error:?}");
            assert!(sentence(&error).contains("books, schema_version"), "{error}");
        }
        assert_eq!(std::fs::read(&file).unwrap(), before, "{journal}");
        raw.close().await.unwrap();
        let mut raw = db.raw().await;
        assert_eq!(rows(&mut raw, "SELECT COUNT(*) FROM books").await, 1, "{journal}");
    }
}

#[tokio::test]
async fn a_schema_may_be_shared_as_long_as_no_table_has_a_name_of_ours() {
    let db = db::postgres().await;
    let mut raw = db.raw().await;
    sqlx::raw_sql("CREATE TABLE books (title TEXT); CREATE TABLE tally (mine TEXT)")
        .execute(&mut raw)
        .await
        .unwrap();
    sqlx::raw_sql("INSERT INTO tally (mine) VALUES ('kept')").execute(&mut raw).await.unwrap();
    let error = Store::open(&db.url, Tally::new().options()).await.err().unwrap();
    assert!(matches!(error, StoreError::NotOurs { .. }), "{error:?}");
    assert!(sentence(&error).contains("it has tally)"), "{error}");
    assert_eq!(
        rows(&mut raw, "SELECT COUNT(*) FROM tally").await,
        1,
        "a read model drops nothing that is not ours"
    );
    sqlx::raw_sql("DROP TABLE tally").execute(&mut raw).await.unwrap();
    let store = Store::open(&db.url, Tally::new().options()).await.unwrap();
    store.write(count("1", "a", None, 1)).await.unwrap();
    store.close().await;
    Store::open(&db.url, Tally::new().options()).await.unwrap().close().await;
    assert_eq!(rows(&mut raw, "SELECT COUNT(*) FROM books").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_processes_may_open_an_empty_database_at_once() {
    for db in db::both().await {
        let open = || {
            let url = db.url.clone();
            tokio::spawn(async move { Store::open(&url, Tally::new().options()).await })
        };
        let opened = futures::future::join_all((0..4).map(|_| open())).await;
        for store in opened {
            let store = store.unwrap().unwrap();
            assert_eq!(store.head().await.unwrap().position, 0, "{}", db.name);
            store.close().await;
        }
    }
}

#[tokio::test]
async fn a_lock_of_another_program_is_waited_for_and_then_named() {
    for db in db::both().await {
        let store = db.open_with(impatient()).await;
        let mut raw = db.raw().await;
        let begin = if store.is_sqlite() { "BEGIN IMMEDIATE" } else { "BEGIN" };
        let mut tx = raw.begin_with(begin).await.unwrap();
        sqlx::query("UPDATE head SET outbox = outbox WHERE id = 1").execute(&mut *tx).await.unwrap();
        let error = store.write(count("1", "a", None, 1)).await.unwrap_err();
        assert!(matches!(error, StoreError::Locked), "{}: {error:?}", db.name);
        sentence(&error);
        let waited = store.transaction(|db| {
            Box::pin(async move {
                sqlx::query("UPDATE head SET outbox = outbox WHERE id = 1").execute(db).await?;
                Ok(())
            })
        });
        assert!(matches!(waited.await, Err(StoreError::Locked)), "{}", db.name);
        tx.rollback().await.unwrap();
        assert!(store.write(count("1", "a", None, 1)).await.is_ok(), "{}: it goes on afterwards", db.name);
        store.close().await;
    }
}

#[tokio::test]
async fn a_file_that_another_program_holds_for_itself_is_locked() {
    let db = db::sqlite();
    db.open().await.close().await;
    let mut raw = db.raw().await;
    sqlx::raw_sql("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE head SET outbox = outbox")
        .execute(&mut raw)
        .await
        .unwrap();
    let error = open(&db.url).await.err().unwrap();
    assert!(matches!(error, StoreError::Locked), "{error:?}");
}

#[tokio::test]
async fn what_is_not_a_database_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("signoff.db");
    std::fs::write(&path, "Рахунок за серпень\n".repeat(200)).unwrap();
    let before = std::fs::read(&path).unwrap();
    let error = open(&format!("sqlite:{}", path.display())).await.err().unwrap();
    assert!(matches!(&error, StoreError::NotADatabase { file } if file.ends_with("signoff.db")), "{error:?}");
    sentence(&error);
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn a_place_where_no_file_can_be_is_named() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("file"), "").unwrap();
    let below_a_file = format!("sqlite:{}/file/signoff.db", directory.path().display());
    let a_directory = format!("sqlite:{}", directory.path().display());
    let not_there = format!("sqlite:{}/none.db?mode=rw", directory.path().display());
    for url in [below_a_file, a_directory, not_there, "sqlite::memory:".into(), "mysql://x".into()] {
        let error = open(&url).await.err().unwrap();
        assert!(matches!(error, StoreError::Unavailable { .. }), "{url}: {error:?}");
        sentence(&error);
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named() {
    let error = open("postgres://postgres@127.0.0.1:1/signoff").await.err().unwrap();
    assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}");
    sentence(&error);
    let db = db::postgres().await;
    let missing = open(&db.url.replace("/test_", "/no_test_")).await.err().unwrap();
    assert!(sentence(&missing).contains("createdb"), "{missing}");
}

#[tokio::test]
async fn a_database_that_may_only_be_read_is_named_at_once() {
    let sqlite = db::sqlite();
    sqlite.open().await.close().await;
    let postgres = db::postgres().await;
    postgres.open().await.close().await;
    let read_only = "DO $$ BEGIN
         EXECUTE 'ALTER DATABASE ' || current_database() || ' SET default_transaction_read_only = on';
         END $$";
    sqlx::raw_sql(read_only).execute(&mut postgres.raw().await).await.unwrap();
    for url in [format!("{}?mode=ro", sqlite.url), postgres.url.clone()] {
        let error = open(&url).await.err().unwrap();
        assert!(matches!(error, StoreError::ReadOnly), "{url}: {error:?}");
        sentence(&error);
        let reader = Store::open(&url, StoreOptions { migrate: false, ..impatient() }).await.unwrap();
        assert_eq!(reader.head().await.unwrap().position, 0);
        assert!(matches!(reader.write(count("1", "a", None, 1)).await, Err(StoreError::ReadOnly)), "{url}");
        reader.close().await;
    }
}

/// Runs as a child process of the next test, without the rights of root.
#[tokio::test]
async fn child_that_opens_what_it_may_not_write() {
    let Ok(path) = std::env::var("SIGNOFF_TEST_READ_ONLY") else { return };
    let outcome = match open(&format!("sqlite:{path}")).await {
        Err(error) => Err(error),
        Ok(store) => store.write(count("1", "a", None, 1)).await.map(drop),
    };
    let error = outcome.unwrap_err();
    assert!(matches!(error, StoreError::ReadOnly | StoreError::Unavailable { .. }), "{error:?}");
    sentence(&error);
    std::fs::write(std::env::var("SIGNOFF_TEST_ANSWER").unwrap(), format!("{error:?}")).unwrap();
}

#[tokio::test]
async fn a_file_without_the_right_to_write_is_read_only() {
    use std::os::unix::fs::PermissionsExt;
    let db = db::sqlite();
    let store = db.open().await;
    store.write(count("1", "a", None, 1)).await.unwrap();
    store.close().await;
    let directory = db.directory.as_ref().unwrap().path();
    let file = directory.join("signoff.db");
    let mode = |path: &Path, mode| std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    mode(&file, 0o444);
    mode(directory, 0o555);
    let answers = tempfile::tempdir().unwrap();
    mode(answers.path(), 0o777);
    let answer = as_somebody(&file, &answers.path().join("answer"));
    mode(directory, 0o755);
    assert_eq!(answer, "ReadOnly");
    assert_eq!(rows(&mut db.raw().await, "SELECT COUNT(*) FROM events").await, 1);
}

/// Runs the child test as a user for whom file rights count.
fn as_somebody(file: &Path, answer: &Path) -> String {
    use std::os::unix::process::CommandExt;
    // A copy, because the original may lie where other users cannot look.
    let program = answer.with_file_name("tests");
    std::fs::copy(std::env::current_exe().expect("the child runs and answers"), &program)
        .expect("the child runs and answers");
    let mut child = Command::new(&program);
    child.args(["--exact", "store::opening::child_that_opens_what_it_may_not_write"]);
    child.env("SIGNOFF_TEST_READ_ONLY", file).env("SIGNOFF_TEST_ANSWER", answer).current_dir("/");
    let root = Command::new("id").arg("-u").output().expect("the child runs and answers").stdout == b"0\n";
    if root {
        child.uid(65_534).gid(65_534);
    }
    let out = child.output().expect("the child runs and answers");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stdout));
    std::fs::read_to_string(answer).expect("the child runs and answers")
}

#[tokio::test]
async fn the_connection_that_writes_is_durable_and_those_that_read_cannot_write() {
    let db = db::sqlite();
    let store = db.open().await;
    let settings = store
        .transaction(|db| {
            Box::pin(async move {
                let mut found = Vec::new();
                for sql in [
                    "PRAGMA synchronous",
                    "PRAGMA foreign_keys",
                    "PRAGMA journal_size_limit",
                    "PRAGMA busy_timeout",
                ] {
                    found.push(sqlx::query(sql).fetch_one(&mut *db).await?.try_get::<i64, _>(0)?);
                }
                Ok(found)
            })
        })
        .await
        .unwrap();
    assert_eq!(settings, [2, 1, 67_108_864, 5_000]);
    let journal: String = sqlx::query("PRAGMA journal_mode").fetch_one(store.reads()).await.unwrap().get(0);
    assert_eq!(journal, "wal");
    let version: String =
        sqlx::query("SELECT sqlite_version()").fetch_one(store.reads()).await.unwrap().get(0);
    assert!(version.as_str() >= "3.51.3", "{version}");
    let error = sqlx::query("UPDATE head SET position = 9").execute(store.reads()).await.unwrap_err();
    assert!(matches!(StoreError::from(error), StoreError::ReadOnly));
    store.close().await;

    let store = db::postgres().await.open().await;
    let shown = store
        .transaction(|db| {
            Box::pin(async move {
                let mut found = Vec::new();
                for sql in [
                    "SHOW synchronous_commit",
                    "SHOW lock_timeout",
                    "SHOW statement_timeout",
                    "SHOW idle_in_transaction_session_timeout",
                ] {
                    found.push(sqlx::query(sql).fetch_one(&mut *db).await?.try_get::<String, _>(0)?);
                }
                Ok(found)
            })
        })
        .await
        .unwrap();
    assert_eq!(shown, ["on", "5s", "1min", "1min"]);
    store.close().await;
}

#[tokio::test]
async fn a_lost_connection_is_replaced() {
    let db = db::postgres().await;
    let store = db.open_with(Tally::new().options()).await;
    store.write(count("1", "a", None, 1)).await.unwrap();
    let mut raw = db.raw().await;
    for turn in 2..5 {
        sqlx::query(
            "SELECT CAST(pg_terminate_backend(pid) AS TEXT) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .execute(&mut raw)
        .await
        .unwrap();
        let written = store.write(count(&turn.to_string(), "a", None, 1)).await;
        assert!(written.is_ok(), "{written:?}");
    }
    assert!(store.verify().await.unwrap().is_well());
    store.close().await;
}
