//! Passwords of the staff with the secret of their authenticator: a side table, outside the log (RELIABILITY 6.4).

use chrono::TimeDelta;
use sqlx::{AnyConnection, Row};

use super::change::NewPassword;
use super::secrets::Sealed;
use super::{Store, StoreError, dialect, sessions};
use crate::domain::{PersonId, Timestamp};

/// So many mistakes in a row are let pass.
const MISTAKES: i64 = 5;
/// Then the door stays closed so long, in minutes; a link of the bot opens it all the same.
const CLOSED: i64 = 15;

/// What is kept of a password.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Argon2, in the PHC format.
    pub hash: String,
    /// The secret of the authenticator.
    pub secret: Sealed,
}

impl Store {
    /// What is kept for a person; nothing for those who sign in by a link only.
    pub async fn password(&self, person: &PersonId) -> Result<Option<Kept>, StoreError> {
        let row = sqlx::query("SELECT hash, nonce, sealed FROM passwords WHERE person = $1")
            .bind(person.0.clone())
            .fetch_optional(self.reads())
            .await?;
        row.map(|row| {
            let secret = Sealed { nonce: row.try_get(1)?, sealed: row.try_get(2)? };
            Ok(Kept { hash: row.try_get(0)?, secret })
        })
        .transpose()
    }

    /// Signs in whose password and code were right; false if the code was used before or the door is closed.
    pub async fn sign_in_with_code(
        &self,
        person: &PersonId,
        step: i64,
        opening: sessions::Opening,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let person = person.0.clone();
        self.transaction(move |db| {
            Box::pin(async move {
                let micros = now.timestamp_micros();
                let used = sqlx::query(
                    "UPDATE passwords SET last_step = $1, failures = 0
                     WHERE person = $2 AND last_step < $3 AND closed_until <= $4 RETURNING person",
                );
                let used = used.bind(step).bind(person.clone()).bind(step).bind(micros);
                if used.fetch_optional(&mut *db).await?.is_none() {
                    return Ok(false);
                }
                sessions::sweep(db, now).await?;
                sessions::open(db, &opening, &person, micros).await?;
                Ok(true)
            })
        })
        .await
    }

    /// Counts a mistake; after some in a row the door is closed for a while.
    pub async fn count_mistake(&self, person: &PersonId, now: Timestamp) -> Result<(), StoreError> {
        let person = person.0.clone();
        self.transaction(move |db| {
            Box::pin(async move {
                let update = sqlx::query(
                    "UPDATE passwords SET
                         closed_until = CASE WHEN failures + 1 >= $1 THEN $2 ELSE closed_until END,
                         failures = CASE WHEN failures + 1 >= $3 THEN 0 ELSE failures + 1 END
                     WHERE person = $4 AND closed_until <= $5",
                );
                let until = (now + TimeDelta::minutes(CLOSED)).timestamp_micros();
                let update = update.bind(MISTAKES).bind(until).bind(MISTAKES).bind(person);
                update.bind(now.timestamp_micros()).execute(db).await?;
                Ok(())
            })
        })
        .await
    }
}

/// Stores a password over the one before; browsers in which the person is signed in are signed out.
pub(crate) async fn keep(
    db: &mut AnyConnection,
    password: &NewPassword,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    forget(db, &password.person).await?;
    sessions::sign_out_everywhere(db, &password.person).await?;
    let insert = sqlx::query(
        "INSERT INTO passwords (person, hash, nonce, sealed, last_step, failures, closed_until, changed_at)
         VALUES ($1, $2, $3, $4, $5, 0, 0, $6)",
    );
    let insert = insert.bind(password.person.0.clone()).bind(password.hash.clone());
    let insert = insert.bind(password.secret.nonce.clone()).bind(password.secret.sealed.clone());
    insert.bind(password.step).bind(at.timestamp_micros()).execute(db).await?;
    Ok(())
}

/// Nothing of the row stays in the file either.
pub(crate) async fn forget(db: &mut AnyConnection, person: &PersonId) -> Result<(), sqlx::Error> {
    dialect::wipe(db, true).await?;
    let deleted =
        sqlx::query("DELETE FROM passwords WHERE person = $1").bind(person.0.clone()).execute(&mut *db).await;
    dialect::wipe(db, false).await?;
    deleted.map(drop)
}
