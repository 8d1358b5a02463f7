//! Read models: kept up inside each commit, put behind when they fail, caught up or rebuilt from the log.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use async_trait::async_trait;
use sqlx::AnyConnection;
use sqlx::{AssertSqlSafe, Row};

use super::insert::placeholders;
use super::log::StoredEvent;
use super::{Store, StoreError, dialect, log};

/// So many facts one step of catching up applies; the writer serves others between steps.
const PAGE: i64 = 2_000;

/// A read model: tables that follow from the log and from nothing else.
#[async_trait]
pub trait Projection: Send + Sync {
    /// The name in the checkpoints; never changed.
    fn name(&self) -> &'static str;
    /// Raised when `tables` or `apply` change: the next start then rebuilds it.
    fn version(&self) -> i64;
    /// `CREATE TABLE IF NOT EXISTS` and `CREATE INDEX IF NOT EXISTS`, portable, one statement each.
    fn tables(&self) -> &'static [&'static str];
    /// What a rebuild drops and a dump reads.
    fn table_names(&self) -> &'static [&'static str];
    /// Brings the tables from before these facts to after them; no clock, no random, no other read model,
    /// no transaction of its own. Facts of kinds it does not follow are skipped.
    async fn apply(&self, db: &mut AnyConnection, events: &[StoredEvent]) -> Result<(), ProjectionError>;
}

/// Why a read model could not follow.
#[derive(Debug, thiserror::Error)]
pub enum ProjectionError {
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
    #[error(transparent)]
    Log(#[from] StoreError),
    #[error("event {position}: {what}")]
    Fact { position: i64, what: String },
    #[error("it panicked")]
    Panicked,
}

/// A read model that does not stand at the end of the log.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Lag {
    pub name: String,
    /// The last fact that it has seen.
    pub position: i64,
    /// Why it stopped there.
    pub error: Option<String>,
}

/// How far a read model has come, as its checkpoint says.
struct Checkpoint {
    version: i64,
    position: i64,
    live: bool,
}

/// Which read models stand at the head and are kept up there; only these are touched inside commits.
pub(super) async fn live(
    connection: &mut AnyConnection,
    projections: &[Arc<dyn Projection>],
    head: i64,
) -> Result<Vec<bool>, sqlx::Error> {
    if projections.is_empty() {
        return Ok(Vec::new());
    }
    let checkpoints = checkpoints(connection).await?;
    let is_live = |projection: &Arc<dyn Projection>| {
        let checkpoint = checkpoints.get(projection.name());
        checkpoint.is_some_and(|at| at.live && at.position == head && at.version == projection.version())
    };
    Ok(projections.iter().map(is_live).collect())
}

/// Notes that a read model has stopped where its checkpoint stands.
pub(super) async fn put_behind(
    connection: &mut AnyConnection,
    name: &str,
    error: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE checkpoints SET state = 'behind', error = $1 WHERE name = $2")
        .bind(error.to_owned())
        .bind(name.to_owned())
        .execute(connection)
        .await
        .map(drop)
}

/// Makes the tables of read models that are new, or older than this program; they start from zero.
pub(super) async fn register(
    connection: &mut AnyConnection,
    begin: &'static str,
    projections: &[Arc<dyn Projection>],
) -> Result<(), StoreError> {
    use sqlx::Connection;
    let found = checkpoints(connection).await?;
    let outdated =
        |one: &&Arc<dyn Projection>| found.get(one.name()).is_none_or(|at| at.version < one.version());
    if !projections.iter().any(|projection| outdated(&projection)) {
        return Ok(());
    }
    let mut tx = connection.begin_with(begin).await?;
    lock_head(&mut tx).await?;
    let found = checkpoints(&mut tx).await?;
    for projection in projections {
        if found.get(projection.name()).is_none_or(|at| at.version < projection.version()) {
            start_over(&mut tx, projection.as_ref()).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

async fn checkpoints(connection: &mut AnyConnection) -> Result<HashMap<String, Checkpoint>, sqlx::Error> {
    let rows =
        sqlx::query("SELECT name, version, position, state FROM checkpoints").fetch_all(connection).await?;
    let mut found = HashMap::new();
    for row in rows {
        let live = row.try_get::<&str, _>(3)? == "live";
        found.insert(
            row.try_get(0)?,
            Checkpoint { version: row.try_get(1)?, position: row.try_get(2)?, live },
        );
    }
    Ok(found)
}

/// Every transaction that touches read models holds the head, so that they never meet.
pub(crate) async fn lock_head(connection: &mut AnyConnection) -> Result<i64, sqlx::Error> {
    sqlx::query("UPDATE head SET position = position WHERE id = 1 RETURNING position")
        .fetch_one(connection)
        .await?
        .try_get(0)
}

/// Empties a read model and puts it at position 0; at the beginning of the log that is live.
async fn start_over(connection: &mut AnyConnection, projection: &dyn Projection) -> Result<(), sqlx::Error> {
    for table in projection.table_names() {
        sqlx::raw_sql(AssertSqlSafe(format!("DROP TABLE IF EXISTS {table}")))
            .execute(&mut *connection)
            .await?;
    }
    for sql in projection.tables() {
        let sql = dialect::table(connection, sql);
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *connection).await?;
    }
    sqlx::query(
        "INSERT INTO checkpoints (name, version, position, state, error)
         SELECT $1, $2, 0, CASE WHEN position = 0 THEN 'live' ELSE 'behind' END, NULL FROM head WHERE id = 1
         ON CONFLICT (name) DO UPDATE SET version = excluded.version, position = 0, state = excluded.state, error = NULL",
    )
    .bind(projection.name())
    .bind(projection.version())
    .execute(connection)
    .await
    .map(drop)
}

/// What a step of catching up came to.
enum Step {
    /// It is kept up inside the commits from here on, or is not ours to move.
    Done,
    On,
    /// It does not stand where it did: somebody else has moved it.
    Elsewhere,
    Failed(ProjectionError),
}

impl Store {
    /// Brings every read model that lags to the end of the log and keeps it up from there; answers those that
    /// cannot follow. Readers of a lagging model see where it has come to, never a half-applied step.
    pub async fn catch_up(&self) -> Result<Vec<Lag>, StoreError> {
        self.catch_up_together(self.projections()).await?;
        let mut lagging = Vec::new();
        for projection in self.projections() {
            self.catch_up_one(projection).await?;
            lagging.extend(self.lag(projection.as_ref()).await?);
        }
        Ok(lagging)
    }

    /// Builds read models again from position 0 while everything else goes on: `name`, or all of them.
    /// Until it is done readers see it partly built. Unknown names are `Broken`.
    pub async fn rebuild(&self, name: Option<&str>) -> Result<Vec<Lag>, StoreError> {
        let chosen: Vec<_> = self
            .projections()
            .iter()
            .filter(|one| name.is_none_or(|name| one.name() == name))
            .cloned()
            .collect();
        if let (Some(name), true) = (name, chosen.is_empty()) {
            return Err(StoreError::broken(format!("there is no read model called {name}")));
        }
        let (stale, all) = (self.stale(), chosen.clone());
        self.transaction(move |connection| {
            Box::pin(async move {
                lock_head(connection).await?;
                for projection in &all {
                    start_over(connection, projection.as_ref()).await?;
                }
                stale.store(true, Ordering::Release);
                Ok(())
            })
        })
        .await?;
        self.catch_up_together(&chosen).await?;
        let mut lagging = Vec::new();
        for projection in chosen {
            self.catch_up_one(&projection).await?;
            lagging.extend(self.lag(projection.as_ref()).await?);
        }
        Ok(lagging)
    }

    /// The lag of each read model that does not stand at the end of the log.
    pub async fn lags(&self) -> Result<Vec<Lag>, StoreError> {
        let mut lagging = Vec::new();
        for projection in self.projections() {
            lagging.extend(self.lag(projection.as_ref()).await?);
        }
        Ok(lagging)
    }

    async fn lag(&self, projection: &dyn Projection) -> Result<Option<Lag>, StoreError> {
        let row = sqlx::query(
            "SELECT c.position, c.state, c.error, h.position FROM checkpoints c, head h WHERE c.name = $1 AND h.id = 1",
        )
        .bind(projection.name())
        .fetch_optional(self.reads())
        .await?;
        let Some(row) = row else {
            return Ok(Some(Lag { name: projection.name().to_owned(), position: 0, error: None }));
        };
        let (position, head): (i64, i64) = (row.try_get(0)?, row.try_get(3)?);
        if row.try_get::<&str, _>(1)? == "live" && position == head {
            return Ok(None);
        }
        Ok(Some(Lag { name: projection.name().to_owned(), position, error: row.try_get(2)? }))
    }

    /// Brings read models that stand at one place on together, so that a page of the log is read once for all.
    /// Stops at the first that cannot follow; each then goes on alone.
    async fn catch_up_together(&self, chosen: &[Arc<dyn Projection>]) -> Result<(), StoreError> {
        let [first, _, ..] = chosen else { return Ok(()) };
        let mut from = self.position_of(first.name()).await?;
        let mut page = log::events(self.reads(), from, PAGE).await?;
        while let Some(last) = page.last() {
            let next = last.position;
            // The next page is read while this one is applied.
            let (step, read) =
                tokio::join!(self.step(chosen, from, page), log::events(self.reads(), next, PAGE));
            if !matches!(step?, Step::On) {
                return Ok(());
            }
            (from, page) = (next, read?);
        }
        Ok(())
    }

    async fn catch_up_one(&self, projection: &Arc<dyn Projection>) -> Result<(), StoreError> {
        if self.lag(projection.as_ref()).await?.is_none() {
            return Ok(());
        }
        let mut size = PAGE;
        let mut ahead = None;
        loop {
            let from = self.position_of(projection.name()).await?;
            let page = match ahead.take() {
                Some((after, page)) if after == from && size == PAGE => page,
                _ => log::events(self.reads(), from, size).await?,
            };
            let next = page.last().map_or(from, |event| event.position);
            // The next page is read while this one is applied.
            let reading = async {
                if size == PAGE { log::events(self.reads(), next, PAGE).await.map(Some) } else { Ok(None) }
            };
            let (step, read) = tokio::join!(self.step(std::slice::from_ref(projection), from, page), reading);
            ahead = read?.map(|page| (next, page));
            match step? {
                Step::Done => return Ok(()),
                Step::On | Step::Elsewhere => size = PAGE.min(size * 2),
                Step::Failed(_) if size > 1 => size = (size / 8).max(1),
                Step::Failed(error) => return self.give_up(projection.name(), &error).await,
            }
        }
    }

    async fn position_of(&self, name: &'static str) -> Result<i64, StoreError> {
        let row = sqlx::query("SELECT position FROM checkpoints WHERE name = $1")
            .bind(name)
            .fetch_optional(self.reads())
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?.unwrap_or(0))
    }

    /// Applies a page that was read after `from`, if the read models still stand there.
    async fn step(
        &self,
        chosen: &[Arc<dyn Projection>],
        from: i64,
        page: Vec<StoredEvent>,
    ) -> Result<Step, StoreError> {
        let (stale, chosen) = (self.stale(), chosen.to_vec());
        let (tell, told) = tokio::sync::oneshot::channel();
        let done = self
            .transaction(move |connection| {
                Box::pin(async move {
                    let step = apply_page(connection, &chosen, from, &page).await;
                    let (answer, step) = match step {
                        Ok(step) => (Ok(()), Ok(step)),
                        Err(ProjectionError::Sql(error)) if super::faults::is_transient(&error) => {
                            (Err(StoreError::from(error)), Ok(Step::On))
                        }
                        Err(error) => {
                            (Err(StoreError::broken("rolled back")), Ok::<_, StoreError>(Step::Failed(error)))
                        }
                    };
                    stale.store(true, Ordering::Release);
                    // Whoever waits for the step is still there: it waits for this transaction.
                    let _ = tell.send(step);
                    answer
                })
            })
            .await;
        match (done, told.await) {
            (Ok(()), Ok(step)) | (Err(StoreError::Broken { .. }), Ok(step @ Ok(Step::Failed(_)))) => step,
            (Err(StoreError::Broken { .. }), Err(_)) => Ok(Step::Failed(ProjectionError::Panicked)),
            (Err(error), _) => Err(error),
            (Ok(()), Err(_)) => Err(StoreError::unavailable("the writer has stopped")),
        }
    }

    async fn give_up(&self, name: &'static str, error: &ProjectionError) -> Result<(), StoreError> {
        tracing::error!(read_model = name, %error, "a read model cannot follow the log");
        let text = error.to_string();
        self.transaction(move |connection| {
            Box::pin(async move { Ok(put_behind(connection, name, &text).await?) })
        })
        .await
    }
}

async fn apply_page(
    connection: &mut AnyConnection,
    chosen: &[Arc<dyn Projection>],
    from: i64,
    page: &[StoredEvent],
) -> Result<Step, ProjectionError> {
    let head = lock_head(connection).await?;
    let found = checkpoints(connection).await?;
    for projection in chosen {
        let Some(at) = found.get(projection.name()).filter(|at| at.version == projection.version()) else {
            return Ok(Step::Done);
        };
        if at.position != from {
            return Ok(if at.live && at.position == head { Step::Done } else { Step::Elsewhere });
        }
    }
    if !page.is_empty() {
        for projection in chosen {
            projection.apply(connection, page).await?;
        }
    }
    let to = page.last().map_or(from, |event| event.position);
    let state = if to == head { "live" } else { "behind" };
    let sql = format!(
        "UPDATE checkpoints SET position = $1, state = $2, error = NULL WHERE name IN ({})",
        placeholders(3, chosen.len())
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(to).bind(state);
    chosen.iter().fold(query, |query, one| query.bind(one.name())).execute(connection).await?;
    Ok(if to == head { Step::Done } else { Step::On })
}
