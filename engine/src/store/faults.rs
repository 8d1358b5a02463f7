//! What a driver's error means for the caller.

use std::sync::Arc;

use sqlx::postgres::PgDatabaseError;
use sqlx::sqlite::SqliteError;

use super::StoreError;

/// True if the same statements may well succeed on a fresh connection: nothing was committed.
pub(crate) fn is_transient(error: &sqlx::Error) -> bool {
    let postgres = error.as_database_error().and_then(|error| error.try_downcast_ref::<PgDatabaseError>());
    let Some(code) = postgres.map(PgDatabaseError::code) else {
        return matches!(error, sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed | sqlx::Error::Protocol(_));
    };
    matches!(code, "40001" | "40P01" | "57P01" | "57P02" | "57P03") || code.starts_with("08")
}

/// Sorts a driver's error by what the caller can do.
pub(crate) fn classify(error: sqlx::Error) -> StoreError {
    if let sqlx::Error::Database(inner) = &error {
        if inner.is_unique_violation() {
            return StoreError::Duplicate { what: inner.message().to_owned() };
        }
        if let Some(sqlite) = inner.try_downcast_ref::<SqliteError>() {
            let code = sqlx::error::DatabaseError::code(sqlite)
                .and_then(|code| code.parse::<i64>().ok())
                .unwrap_or(0);
            return sqlite_error(code & 0xff, error);
        }
        if let Some(postgres) = inner.try_downcast_ref::<PgDatabaseError>() {
            let code = postgres.code().to_owned();
            return postgres_error(&code, error);
        }
    }
    if matches!(error, sqlx::Error::Decode(_) | sqlx::Error::ColumnDecode { .. } | sqlx::Error::RowNotFound) {
        return StoreError::broken(error.to_string());
    }
    StoreError::Unavailable { what: error.to_string(), source: Some(Arc::new(error)) }
}

fn sqlite_error(primary: i64, error: sqlx::Error) -> StoreError {
    let what = match primary {
        5 | 6 => return StoreError::Locked,
        8 => return StoreError::ReadOnly,
        26 => return StoreError::NotADatabase { file: "The file".to_owned() },
        11 => return StoreError::broken("the file is damaged; restore it from a backup"),
        13 => "the disk is full; free some space".to_owned(),
        14 => "the file cannot be opened or created; see that its directory exists and may be written"
            .to_owned(),
        10 => format!("reading or writing the file failed ({error})"),
        _ => return StoreError::broken(error.to_string()),
    };
    StoreError::Unavailable { what, source: Some(Arc::new(error)) }
}

fn postgres_error(code: &str, error: sqlx::Error) -> StoreError {
    let what = match code {
        "55P03" => return StoreError::Locked,
        "25006" | "42501" => return StoreError::ReadOnly,
        "3D000" => format!("{}; create it with createdb", message(&error)),
        "28000" | "28P01" => format!("{}; see the user and the password in database.url", message(&error)),
        "57014" => "a statement took longer than its time limit".to_owned(),
        _ if ["08", "40", "53", "57", "58"].iter().any(|class| code.starts_with(class)) => message(&error),
        _ => return StoreError::broken(message(&error)),
    };
    StoreError::Unavailable { what, source: Some(Arc::new(error)) }
}

fn message(error: &sqlx::Error) -> String {
    error.as_database_error().map_or_else(|| error.to_string(), |inner| inner.message().to_owned())
}
