//! Who is signed in where, and the links by which people sign in: side tables, outside the log (RELIABILITY 6.4).

use chrono::TimeDelta;
use sqlx::{AnyConnection, Row};

use super::{Store, StoreError};
use crate::domain::{PersonId, Timestamp};

/// A browser that was not used so long is signed out, in hours (RELIABILITY 6.4).
const IDLE: i64 = 12;
/// So long a browser stays signed in at most, in days.
const LONGEST: i64 = 30;
/// That a browser was used is noted so often, in minutes: reading a page writes nothing in between.
const NOTED: i64 = 5;
/// How long a link may be used, in minutes; within the same time a person gets only so many, if there is a limit.
pub const LINK_MINUTES: i64 = 10;

/// A link as it is offered.
#[derive(Clone, Debug)]
pub struct Offer {
    pub token_sha256: String,
    /// The browser that asked; `None`: any may take the link.
    pub browser_sha256: Option<String>,
    /// So many links one person is given within [`LINK_MINUTES`].
    pub most: Option<i64>,
}

/// A session that opens.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Hash of its token.
    pub session_sha256: String,
    /// Hash of the token that the browser had until now: that session ends.
    pub before_sha256: Option<String>,
}

/// What a link says to the browser that opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    Of(PersonId),
    /// Another browser asked for it.
    Elsewhere,
}

/// Until when a link offered now can be used.
pub fn link_until(now: Timestamp) -> Timestamp {
    now + TimeDelta::minutes(LINK_MINUTES)
}

impl Store {
    /// Keeps a link by which a person signs in; false if there were too many.
    pub async fn offer_sign_in(
        &self,
        person: &PersonId,
        offer: Offer,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let person = person.0.clone();
        self.transaction(move |db| {
            Box::pin(async move {
                let since = (now - TimeDelta::minutes(LINK_MINUTES)).timestamp_micros();
                let before = sqlx::query(
                    "SELECT CAST(COUNT(*) AS BIGINT) FROM sign_in_links WHERE person = $1 AND created_at > $2",
                );
                let before = before.bind(person.clone()).bind(since).fetch_one(&mut *db).await?;
                let before: i64 = before.try_get(0)?;
                if offer.most.is_some_and(|most| before >= most) {
                    return Ok(false);
                }
                let insert = sqlx::query(
                    "INSERT INTO sign_in_links (token_sha256, person, created_at, expires_at, browser_sha256)
                     VALUES ($1, $2, $3, $4, $5)",
                );
                let insert = insert.bind(offer.token_sha256).bind(person).bind(now.timestamp_micros());
                let insert = insert.bind(link_until(now).timestamp_micros()).bind(offer.browser_sha256);
                insert.execute(db).await?;
                Ok(true)
            })
        })
        .await
    }

    /// Whose link it is, if it can still be used; nothing is used up.
    pub async fn sign_in_link(
        &self,
        token_sha256: &str,
        browser_sha256: Option<&str>,
        now: Timestamp,
    ) -> Result<Option<Link>, StoreError> {
        let link = sqlx::query(
            "SELECT person, browser_sha256 FROM sign_in_links
             WHERE token_sha256 = $1 AND used_at IS NULL AND expires_at > $2",
        );
        let link = link.bind(token_sha256.to_owned()).bind(now.timestamp_micros());
        let Some(row) = link.fetch_optional(self.reads()).await? else { return Ok(None) };
        let asked: Option<String> = row.try_get(1)?;
        let fits = asked.is_none() || asked.as_deref() == browser_sha256;
        Ok(Some(if fits { Link::Of(PersonId(row.try_get(0)?)) } else { Link::Elsewhere }))
    }

    /// Uses a link up and signs its person in; nobody if it was used, is too old, or another browser asked for it.
    pub async fn sign_in(
        &self,
        token_sha256: &str,
        browser_sha256: Option<&str>,
        opening: Opening,
        now: Timestamp,
    ) -> Result<Option<PersonId>, StoreError> {
        let link = token_sha256.to_owned();
        let browser = browser_sha256.map(str::to_owned);
        self.transaction(move |db| {
            Box::pin(async move {
                let used = sqlx::query(
                    "UPDATE sign_in_links SET used_at = $1
                     WHERE token_sha256 = $2 AND used_at IS NULL AND expires_at > $3
                       AND (browser_sha256 IS NULL OR browser_sha256 = $4) RETURNING person",
                );
                let micros = now.timestamp_micros();
                let used = used.bind(micros).bind(link).bind(micros).bind(browser);
                let row = used.fetch_optional(&mut *db).await?;
                let Some(row) = row else { return Ok(None) };
                let person: String = row.try_get(0)?;
                sweep(db, now).await?;
                open(db, &opening, &person, micros).await?;
                Ok(Some(PersonId(person)))
            })
        })
        .await
    }

    /// Who is signed in with this token; being used keeps a session alive.
    pub async fn session(
        &self,
        session_sha256: &str,
        now: Timestamp,
    ) -> Result<Option<PersonId>, StoreError> {
        let Some((person, seen)) = self.standing(session_sha256, now).await? else { return Ok(None) };
        if seen < (now - TimeDelta::minutes(NOTED)).timestamp_micros() {
            self.note_seen(session_sha256, now).await?;
        }
        Ok(Some(person))
    }

    /// Whether somebody is still signed in with this token; to be asked keeps no session alive.
    pub async fn is_signed_in(&self, session_sha256: &str, now: Timestamp) -> Result<bool, StoreError> {
        Ok(self.standing(session_sha256, now).await?.is_some())
    }

    /// Since when a session is open; nothing if there is none.
    pub async fn signed_in_since(&self, session_sha256: &str) -> Result<Option<Timestamp>, StoreError> {
        let found = sqlx::query("SELECT created_at FROM sessions WHERE token_sha256 = $1");
        let row = found.bind(session_sha256.to_owned()).fetch_optional(self.reads()).await?;
        let created = row.map(|row| row.try_get::<i64, _>(0)).transpose()?;
        Ok(created.and_then(Timestamp::from_timestamp_micros))
    }

    /// Whose session it is, if it has not ended, and when it was last used, in microseconds.
    async fn standing(
        &self,
        session_sha256: &str,
        now: Timestamp,
    ) -> Result<Option<(PersonId, i64)>, StoreError> {
        let found = sqlx::query("SELECT person, created_at, seen_at FROM sessions WHERE token_sha256 = $1");
        let row = found.bind(session_sha256.to_owned()).fetch_optional(self.reads()).await?;
        let Some(row) = row else { return Ok(None) };
        let (created, seen): (i64, i64) = (row.try_get(1)?, row.try_get(2)?);
        let since = |length: TimeDelta| (now - length).timestamp_micros();
        if seen < since(TimeDelta::hours(IDLE)) || created < since(TimeDelta::days(LONGEST)) {
            return Ok(None);
        }
        Ok(Some((PersonId(row.try_get(0)?), seen)))
    }

    async fn note_seen(&self, session_sha256: &str, now: Timestamp) -> Result<(), StoreError> {
        let session = session_sha256.to_owned();
        self.transaction(move |db| {
            Box::pin(async move {
                let update = sqlx::query("UPDATE sessions SET seen_at = $1 WHERE token_sha256 = $2");
                update.bind(now.timestamp_micros()).bind(session).execute(db).await?;
                Ok(())
            })
        })
        .await
    }

    /// Signs one browser out.
    pub async fn sign_out(&self, session_sha256: &str) -> Result<(), StoreError> {
        let session = session_sha256.to_owned();
        self.transaction(move |db| {
            Box::pin(async move {
                sqlx::query("DELETE FROM sessions WHERE token_sha256 = $1").bind(session).execute(db).await?;
                Ok(())
            })
        })
        .await
    }
}

/// Signs a person out everywhere, and forgets the links that they were sent (CR-30).
pub(crate) async fn sign_out_everywhere(
    db: &mut AnyConnection,
    person: &PersonId,
) -> Result<(), sqlx::Error> {
    let sessions = sqlx::query("DELETE FROM sessions WHERE person = $1");
    sessions.bind(person.0.clone()).execute(&mut *db).await?;
    let links = sqlx::query("DELETE FROM sign_in_links WHERE person = $1");
    links.bind(person.0.clone()).execute(db).await?;
    Ok(())
}

/// Forgets what can no longer be used.
pub(crate) async fn sweep(db: &mut AnyConnection, now: Timestamp) -> Result<(), StoreError> {
    let since = |length: TimeDelta| (now - length).timestamp_micros();
    let sessions = sqlx::query("DELETE FROM sessions WHERE seen_at < $1 OR created_at < $2");
    let sessions = sessions.bind(since(TimeDelta::hours(IDLE))).bind(since(TimeDelta::days(LONGEST)));
    sessions.execute(&mut *db).await?;
    let links = sqlx::query("DELETE FROM sign_in_links WHERE expires_at < $1");
    links.bind(since(TimeDelta::hours(1))).execute(db).await?;
    Ok(())
}

/// Opens a session in place of the one that the browser had.
pub(crate) async fn open(
    db: &mut AnyConnection,
    opening: &Opening,
    person: &str,
    now: i64,
) -> Result<(), StoreError> {
    if let Some(before) = &opening.before_sha256 {
        let ends = sqlx::query("DELETE FROM sessions WHERE token_sha256 = $1").bind(before.clone());
        ends.execute(&mut *db).await?;
    }
    let insert = sqlx::query(
        "INSERT INTO sessions (token_sha256, person, created_at, seen_at) VALUES ($1, $2, $3, $4)",
    );
    insert
        .bind(opening.session_sha256.clone())
        .bind(person.to_owned())
        .bind(now)
        .bind(now)
        .execute(db)
        .await?;
    Ok(())
}
