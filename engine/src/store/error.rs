//! What can go wrong with the database, each as one sentence that says what to do.

use std::sync::Arc;

use super::faults;

/// A machine error of the store, split by what the caller can do about it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing of the change is stored, or its fate is unknown: ask again with the same command id.
    #[error("The database cannot be reached: {what}.")]
    Unavailable {
        what: String,
        #[source]
        source: Option<Arc<sqlx::Error>>,
    },
    #[error("The database is locked by another program; wait for it to finish or stop it, then try again.")]
    Locked,
    #[error(
        "The database is read-only: give the user that runs signoff the right to write the file and its directory (or the PostgreSQL database)."
    )]
    ReadOnly,
    #[error(
        "{file} is not a database: name another file in database.url, or restore this one from a backup."
    )]
    NotADatabase { file: String },
    /// Tables stand where ours should, and nothing of it was changed.
    #[error("{place} belongs to another program (it has {tables}): name an empty database in database.url.")]
    NotOurs { place: String, tables: String },
    /// All of our tables, but not which schema they are of: nothing may be guessed.
    #[error(
        "{place} has signoff's tables, but not the number of their schema: restore it from a backup, or name another database in database.url."
    )]
    NoSchema { place: String },
    #[error("{}", wrong_schema(*found, *wanted))]
    WrongSchema { found: i64, wanted: i64 },
    #[error(
        "SQLite {found} can corrupt a database that two connections use: build signoff with SQLite 3.51.3 or newer."
    )]
    TooOldSqlite { found: String },
    /// A row that must exist once is there already, such as a Telegram user who belongs to another person.
    #[error("The database holds this already: {what}.")]
    Duplicate { what: String },
    /// Not a fault of the moment: trying again does not help.
    #[error("The database does not hold what signoff expects: {what}.")]
    Broken { what: String },
}

impl StoreError {
    /// An error without a cause below it.
    pub(crate) fn unavailable(what: impl Into<String>) -> Self {
        Self::Unavailable { what: what.into(), source: None }
    }

    /// Data that does not make sense.
    pub(crate) fn broken(what: impl Into<String>) -> Self {
        Self::Broken { what: what.into() }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        faults::classify(error)
    }
}

fn wrong_schema(found: i64, wanted: i64) -> String {
    match found {
        0 => "The database is empty: run `signoff init` or `signoff serve` once to create its tables."
            .to_owned(),
        _ if found > wanted => format!(
            "The database has schema {found} and this signoff knows schema {wanted}: use the newer signoff that wrote it."
        ),
        _ => format!(
            "The database has schema {found} and this signoff needs schema {wanted}: start `signoff serve` once to bring it up."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_schema_asks_for_the_newer_program() {
        let text = StoreError::WrongSchema { found: 7, wanted: 1 }.to_string();
        assert!(text.contains("schema 7") && text.contains("newer signoff"), "{text}");
    }

    #[test]
    fn an_empty_database_is_told_apart_from_an_old_one() {
        assert!(StoreError::WrongSchema { found: 0, wanted: 2 }.to_string().contains("empty"));
        assert!(StoreError::WrongSchema { found: 1, wanted: 2 }.to_string().contains("needs schema 2"));
    }
}
