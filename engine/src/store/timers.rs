//! Timers: commands with a date. Changes set, cancel and settle them; here they are found and counted out.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Store, StoreError};
use crate::domain::effect::TimerCommand;
use crate::domain::{StreamId, Timestamp};

/// So often a timer may fail before it is `dead` and left to a person.
const ATTEMPTS: i64 = 3;

/// A timer whose date has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueTimer {
    pub key: String,
    pub due: Timestamp,
    /// Position of the fact that set it.
    pub cause: Option<i64>,
    /// How often it failed already.
    pub attempts: i64,
    command: String,
}

/// A timer as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownTimer {
    pub timer: DueTimer,
    /// Given up after three tries.
    pub dead: bool,
    /// What went wrong last.
    pub error: Option<String>,
}

impl DueTimer {
    /// The command that is to be run; `Broken` if this program does not know it.
    pub fn command(&self) -> Result<TimerCommand, StoreError> {
        serde_json::from_str(&self.command).map_err(|error| {
            StoreError::broken(format!("timer {} holds an unknown command: {error}", self.key))
        })
    }
}

impl Store {
    /// Timers that are due, oldest first, at most `limit`.
    pub async fn due_timers(&self, now: Timestamp, limit: i64) -> Result<Vec<DueTimer>, StoreError> {
        let rows = sqlx::query(
            "SELECT key, due_at, cause, attempts, command FROM timers WHERE state = 'pending' AND due_at <= $1
             ORDER BY due_at, key LIMIT $2",
        )
        .bind(now.timestamp_micros())
        .bind(limit)
        .fetch_all(self.reads())
        .await?;
        rows.iter().map(timer).collect()
    }

    /// All timers that wait, in no order that matters.
    pub async fn pending_timers(&self) -> Result<Vec<DueTimer>, StoreError> {
        let rows = sqlx::query(
            "SELECT key, due_at, cause, attempts, command FROM timers WHERE state = 'pending' ORDER BY key",
        );
        rows.fetch_all(self.reads()).await?.iter().map(timer).collect()
    }

    /// The next timers, and those that were given up, by their date.
    pub async fn timers(&self, limit: i64) -> Result<Vec<ShownTimer>, StoreError> {
        let rows = sqlx::query(
            "SELECT key, due_at, cause, attempts, command, state, error FROM timers
             WHERE state <> 'fired' ORDER BY CASE state WHEN 'dead' THEN 0 ELSE 1 END, due_at, key LIMIT $1",
        );
        let shown = |row: &AnyRow| {
            let dead = row.try_get::<String, _>(5)? == "dead";
            Ok(ShownTimer { timer: timer(row)?, dead, error: row.try_get(6)? })
        };
        rows.bind(limit).fetch_all(self.reads()).await?.iter().map(shown).collect()
    }

    /// Streams of projects that are not over.
    pub async fn open_projects(&self) -> Result<Vec<StreamId>, StoreError> {
        let rows = sqlx::query(
            "SELECT o.stream FROM events o WHERE o.aggregate = 'project' AND o.version = 1
             AND NOT EXISTS (SELECT 1 FROM events c WHERE c.stream = o.stream AND c.type = 'project_completed')
             ORDER BY o.position",
        );
        let stream = |row: &AnyRow| {
            let text: String = row.try_get(0)?;
            let id = text.parse().map_err(|_| StoreError::broken(format!("{text} is no stream")))?;
            Ok(StreamId(id))
        };
        rows.fetch_all(self.reads()).await?.iter().map(stream).collect()
    }

    /// When the next timer is due, if there is one.
    pub async fn next_timer_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let row = sqlx::query("SELECT MIN(due_at) FROM timers WHERE state = 'pending'")
            .fetch_one(self.reads())
            .await?;
        Ok(row.try_get::<Option<i64>, _>(0)?.and_then(Timestamp::from_timestamp_micros))
    }

    /// Notes that a timer could not be run; it is due again at `again`, or dead after three tries. Answers
    /// whether it is dead now.
    pub async fn fail_timer(&self, key: &str, error: &str, again: Timestamp) -> Result<bool, StoreError> {
        let (key, error) = (key.to_owned(), error.to_owned());
        self.transaction(move |connection| {
            Box::pin(async move {
                let row = sqlx::query(
                    "UPDATE timers SET attempts = attempts + 1, error = $1, due_at = $2,
                            state = CASE WHEN attempts + 1 >= $3 THEN 'dead' ELSE 'pending' END
                     WHERE key = $4 AND state = 'pending' RETURNING state",
                )
                .bind(error)
                .bind(again.timestamp_micros())
                .bind(ATTEMPTS)
                .bind(key)
                .fetch_optional(connection)
                .await?;
                Ok(row.map(|row| row.try_get::<String, _>(0)).transpose()?.as_deref() == Some("dead"))
            })
        })
        .await
    }
}

fn timer(row: &AnyRow) -> Result<DueTimer, StoreError> {
    let key: String = row.try_get(0)?;
    let due = Timestamp::from_timestamp_micros(row.try_get(1)?)
        .ok_or_else(|| StoreError::broken(format!("timer {key} has an unreadable date")))?;
    Ok(DueTimer { key, due, cause: row.try_get(2)?, attempts: row.try_get(3)?, command: row.try_get(4)? })
}
