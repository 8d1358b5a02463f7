//! Committing a batch of changes in one transaction.
//!
//! A batch is planned in memory and written in a few statements; one of the first moves the head and so
//! proves that nobody else wrote since. If anything in the batch is at fault (a command asked twice, a
//! message that exists, a read model that fails), the batch is rolled back and done again one change at a
//! time, each in a savepoint, so that only the culprit fails.

use std::collections::{HashMap, HashSet};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};

use super::change::{Change, Written};
use super::connect::Connector;
use super::insert::placeholders;
use super::log::StoredEvent;
use super::plan::{Known, Plan};
use super::projection::{self, Projection, ProjectionError};
use super::writer::WriteJob;
use super::{StoreError, crash, faults, rows};
use crate::domain::StreamId;

/// So many streams the writer remembers before it begins anew.
const STREAMS: usize = 100_000;

pub(super) type Answer = Result<Written, StoreError>;

/// Why a batch did not commit.
pub(super) enum Failure {
    /// A fresh connection, or a fresh look at the database, may do better.
    Again(StoreError),
    /// One of the changes or of the read models is at fault.
    Culprit(StoreError),
    /// No change of the batch can be stored now.
    All(StoreError),
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        if faults::is_transient(&error) {
            return Self::Again(error.into());
        }
        let error = StoreError::from(error);
        let culprit = matches!(error, StoreError::Duplicate { .. } | StoreError::Broken { .. });
        if culprit { Self::Culprit(error) } else { Self::All(error) }
    }
}

/// How a batch is committed.
pub(super) struct Committer {
    pub connector: Connector,
    pub projections: Arc<[Arc<dyn Projection>]>,
}

impl Committer {
    pub async fn together(
        &self,
        connection: &mut AnyConnection,
        known: Option<Known>,
        batch: &[WriteJob],
    ) -> Result<(Known, Vec<Answer>), Failure> {
        let mut tx = connection.begin_with(self.connector.dialect.begin()).await?;
        let mut known = match known {
            Some(known) => known,
            None => self.look(&mut tx, Known::default()).await?,
        };
        learn(&mut tx, &mut known, batch.iter().map(|job| &job.change)).await?;
        let (mut plan, mut answers) = plan(&known, batch);
        if !claim_head(&mut tx, &known, &plan).await? {
            known = self.look(&mut tx, known).await?;
            learn(&mut tx, &mut known, batch.iter().map(|job| &job.change)).await?;
            (plan, answers) = self::plan(&known, batch);
            if !claim_head(&mut tx, &known, &plan).await? {
                return Err(Failure::Again(StoreError::broken("the head moved while it was locked")));
            }
        }
        if known.live.contains(&false) {
            // Another process may have brought it up since: the head does not tell.
            known.live = projection::live(&mut tx, &self.projections, known.position).await?;
        }
        find_repeated(&mut tx, batch, &mut answers).await?;
        rows::write(&mut tx, &plan).await?;
        run_alsos(&mut tx, batch, &answers).await?;
        for projection in self.live(&known) {
            apply(&mut tx, projection.as_ref(), &plan.events)
                .await
                .map_err(|error| lost_or_culprit(&error))?;
        }
        self.advance(&mut tx, &known, plan.position).await?;
        crash::point("write_inserted");
        tx.commit().await.map_err(|error| Failure::All(not_committed(error)))?;
        crash::point("write_committed");
        plan.remember(&mut known);
        self.forget_deleted(connection, batch).await;
        Ok((known, answers))
    }

    /// What was deleted for good leaves the file and the journal too; where a reader stands in the way, the next
    /// checkpoint does it.
    async fn forget_deleted(&self, connection: &mut AnyConnection, batch: &[WriteJob]) {
        let dialect = &self.connector.dialect;
        let erases = |change: &Change| !(change.drops_contents.is_empty() && change.wipes.is_empty());
        let drops = |change: &Change| {
            !(change.secrets.is_empty() && change.drops_secrets.is_empty() && change.signs_out.is_empty())
        };
        let erases = batch.iter().any(|job| erases(&job.change)).then(|| dialect.write_anew());
        let drops = erases.is_some() || batch.iter().any(|job| drops(&job.change));
        for sql in erases.into_iter().chain(drops.then(|| dialect.empty_journal())) {
            if let Err(error) = sqlx::raw_sql(sql).execute(&mut *connection).await {
                tracing::warn!(%error, sql, "what was deleted leaves the file later");
            }
        }
    }

    pub async fn one_by_one(
        &self,
        connection: &mut AnyConnection,
        batch: &[WriteJob],
    ) -> Result<(Known, Vec<Answer>), Failure> {
        let mut tx = connection.begin_with(self.connector.dialect.begin()).await?;
        let mut known = self.look(&mut tx, Known::default()).await?;
        let before = known.position;
        let mut events = Vec::new();
        let mut answers = Vec::with_capacity(batch.len());
        for job in batch {
            match one(&mut tx, &mut known, job, &mut events).await {
                Ok(answer) => answers.push(Ok(answer)),
                Err(Failure::Culprit(error)) => answers.push(Err(error)),
                Err(failure) => return Err(failure),
            }
        }
        sqlx::query("UPDATE head SET position = $1, hash = $2, outbox = $3 WHERE id = 1")
            .bind(known.position)
            .bind(known.hash.clone())
            .bind(known.outbox)
            .execute(&mut *tx)
            .await?;
        for (index, projection) in self.projections.iter().enumerate() {
            if known.live[index] {
                known.live[index] = keep_up(&mut tx, projection.as_ref(), &events).await?;
            }
        }
        let to = std::mem::replace(&mut known.position, before);
        self.advance(&mut tx, &known, to).await?;
        known.position = to;
        crash::point("write_inserted");
        tx.commit().await.map_err(|error| Failure::All(not_committed(error)))?;
        crash::point("write_committed");
        self.forget_deleted(connection, batch).await;
        Ok((known, answers))
    }

    fn live<'a>(&'a self, known: &'a Known) -> impl Iterator<Item = &'a Arc<dyn Projection>> {
        self.projections.iter().zip(&known.live).filter_map(|(projection, live)| live.then_some(projection))
    }

    /// Locks the head and brings what the writer knows up to it.
    async fn look(&self, connection: &mut AnyConnection, mut known: Known) -> Result<Known, Failure> {
        let row =
            sqlx::query("UPDATE head SET position = position WHERE id = 1 RETURNING position, hash, outbox")
                .fetch_one(&mut *connection)
                .await?;
        let before = known.position;
        known.position = row.try_get(0)?;
        known.hash = row.try_get(1)?;
        known.outbox = row.try_get(2)?;
        if !known.versions.is_empty() {
            let moved =
                sqlx::query("SELECT stream, MAX(version) FROM events WHERE position > $1 GROUP BY stream")
                    .bind(before)
                    .fetch_all(&mut *connection)
                    .await?;
            note_versions(&mut known, &moved)?;
        }
        known.live = projection::live(connection, &self.projections, known.position).await?;
        Ok(known)
    }

    /// Moves the checkpoints of the live read models along.
    async fn advance(&self, connection: &mut AnyConnection, known: &Known, to: i64) -> Result<(), Failure> {
        let names: Vec<_> = self.live(known).map(|projection| projection.name()).collect();
        if names.is_empty() || to == known.position {
            return Ok(());
        }
        let sql = format!(
            "UPDATE checkpoints SET position = $1 WHERE position = $2 AND state = 'live' AND name IN ({})",
            placeholders(3, names.len())
        );
        let query = sqlx::query(AssertSqlSafe(sql)).bind(to).bind(known.position);
        let done = names.iter().fold(query, |query, name| query.bind(*name)).execute(connection).await?;
        if done.rows_affected() == names.len() as u64 {
            return Ok(());
        }
        Err(Failure::Again(StoreError::broken("a read model was rebuilt by another process at this moment")))
    }
}

/// Plans all changes of a batch; the answers are true once the plan is committed.
fn plan<'a>(known: &Known, batch: &'a [WriteJob]) -> (Plan<'a>, Vec<Answer>) {
    let mut plan = Plan::after(known);
    let mut firsts: HashMap<&str, (i64, i64)> = HashMap::new();
    let none = HashSet::new();
    let mut answer = |job: &'a WriteJob| {
        let change = &job.change;
        if let Some(&(first, count)) = firsts.get(change.command_id.as_str()) {
            return Ok(Written::Repeated { first, count });
        }
        let answer = plan.add(known, change, &none);
        if let Ok(Written::Done { first, count: count @ 1.. }) = answer {
            firsts.insert(&change.command_id, (first, count));
        }
        answer
    };
    let answers = batch.iter().map(&mut answer).collect();
    (plan, answers)
}

/// Writes what goes beside the changes that are done.
async fn run_alsos(tx: &mut AnyConnection, batch: &[WriteJob], answers: &[Answer]) -> Result<(), Failure> {
    let mut ran = false;
    for (job, answer) in batch.iter().zip(answers) {
        if let (Some(also), Ok(Written::Done { .. })) = (&job.also, answer) {
            guarded(also(tx)).await.map_err(Failure::Culprit)?;
            ran = true;
        }
    }
    if ran {
        // Where a statement failed and nobody said so, PostgreSQL would take COMMIT for ROLLBACK without a word.
        sqlx::query("SELECT 1").execute(tx).await?;
    }
    Ok(())
}

/// Writes one change in a savepoint, under the lock of the head.
async fn one(
    tx: &mut AnyConnection,
    known: &mut Known,
    job: &WriteJob,
    events: &mut Vec<StoredEvent>,
) -> Result<Written, Failure> {
    let change = &job.change;
    if let Some(&(first, count)) = written_by(tx, &[&change.command_id]).await?.get(&change.command_id) {
        return Ok(Written::Repeated { first, count });
    }
    learn(tx, known, std::iter::once(change)).await?;
    let mut plan = Plan::after(known);
    let existing = existing_messages(tx, &plan.dedupes(change)).await?;
    let written = plan.add(known, change, &existing).map_err(Failure::Culprit)?;
    if written == Written::Conflict {
        return Ok(written);
    }
    let mut save = tx.begin().await?;
    let wrote = async {
        rows::write(&mut save, &plan).await?;
        match &job.also {
            Some(also) => guarded(also(&mut save)).await.map_err(Failure::Culprit),
            None => Ok(()),
        }
    };
    if let Err(failure) = wrote.await {
        save.rollback().await?;
        return Err(failure);
    }
    save.commit().await?;
    events.append(&mut plan.events);
    plan.remember(known);
    Ok(written)
}

/// Moves the head; false if somebody else has written since it was looked at.
async fn claim_head(connection: &mut AnyConnection, known: &Known, plan: &Plan<'_>) -> Result<bool, Failure> {
    let claimed = sqlx::query(
        "UPDATE head SET position = $1, hash = $2, outbox = $3
         WHERE id = 1 AND position = $4 AND hash = $5 AND outbox = $6 RETURNING id",
    )
    .bind(plan.position)
    .bind(plan.hash.clone())
    .bind(plan.outbox)
    .bind(known.position)
    .bind(known.hash.clone())
    .bind(known.outbox)
    .fetch_optional(connection)
    .await?;
    Ok(claimed.is_some())
}

/// Reads the versions of streams that are not remembered; streams that do not exist have version 0.
async fn learn(
    connection: &mut AnyConnection,
    known: &mut Known,
    changes: impl Iterator<Item = &Change> + Send,
) -> Result<(), Failure> {
    if known.versions.len() > STREAMS {
        known.versions.clear();
    }
    let mut unknown: Vec<StreamId> = Vec::new();
    for change in changes {
        let streams =
            change.appends.iter().map(|append| append.stream).chain(change.relies_on.iter().map(|one| one.0));
        unknown.extend(streams.filter(|stream| !known.versions.contains_key(stream)));
    }
    unknown.sort_unstable();
    unknown.dedup();
    for streams in unknown.chunks(500) {
        let sql = format!(
            "SELECT stream, MAX(version) FROM events WHERE stream IN ({}) GROUP BY stream",
            placeholders(1, streams.len())
        );
        let query = sqlx::query(AssertSqlSafe(sql));
        let query = streams.iter().fold(query, |query, stream| query.bind(stream.to_string()));
        let found = query.fetch_all(&mut *connection).await?;
        known.versions.extend(streams.iter().map(|stream| (*stream, 0)));
        note_versions(known, &found)?;
    }
    Ok(())
}

fn note_versions(known: &mut Known, rows: &[sqlx::any::AnyRow]) -> Result<(), Failure> {
    for row in rows {
        let id = uuid::Uuid::parse_str(row.try_get(0)?)
            .map_err(|_| Failure::Culprit(StoreError::broken("a stream in the log has no valid id")))?;
        known.versions.insert(StreamId(id), row.try_get(1)?);
    }
    Ok(())
}

/// Turns a conflict of a command that was stored before into its first answer.
async fn find_repeated(
    connection: &mut AnyConnection,
    batch: &[WriteJob],
    answers: &mut [Answer],
) -> Result<(), Failure> {
    let conflicts = || batch.iter().enumerate();
    let ids: Vec<_> = conflicts()
        .filter(|(index, _)| matches!(answers[*index], Ok(Written::Conflict)))
        .map(|(_, job)| job.change.command_id.as_str())
        .collect();
    if ids.is_empty() {
        return Ok(());
    }
    let written = written_by(connection, &ids).await?;
    for (index, job) in conflicts() {
        if let (Ok(Written::Conflict), Some(&(first, count))) =
            (&answers[index], written.get(&job.change.command_id))
        {
            answers[index] = Ok(Written::Repeated { first, count });
        }
    }
    Ok(())
}

/// First position and number of the facts of commands that are in the log.
async fn written_by(
    connection: &mut AnyConnection,
    ids: &[&str],
) -> Result<HashMap<String, (i64, i64)>, Failure> {
    let sql = format!(
        "SELECT command_id, MIN(position), COUNT(*) FROM events WHERE command_id IN ({}) GROUP BY command_id",
        placeholders(1, ids.len())
    );
    let query = ids.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, id| query.bind((*id).to_owned()));
    let mut found = HashMap::new();
    for row in query.fetch_all(connection).await? {
        found.insert(row.try_get(0)?, (row.try_get(1)?, row.try_get(2)?));
    }
    Ok(found)
}

/// Which of these outbox keys exist.
async fn existing_messages(
    connection: &mut AnyConnection,
    keys: &[String],
) -> Result<HashSet<String>, Failure> {
    let mut found = HashSet::new();
    for keys in keys.chunks(500) {
        let sql = format!("SELECT dedupe FROM outbox WHERE dedupe IN ({})", placeholders(1, keys.len()));
        let query = keys.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, key| query.bind(key.clone()));
        for row in query.fetch_all(&mut *connection).await? {
            found.insert(row.try_get(0)?);
        }
    }
    Ok(found)
}

/// Applies facts to one read model in a savepoint; a failure puts it behind and answers false.
async fn keep_up(
    tx: &mut AnyConnection,
    projection: &dyn Projection,
    events: &[StoredEvent],
) -> Result<bool, Failure> {
    let mut save = tx.begin().await?;
    let error = match apply(&mut save, projection, events).await {
        // PostgreSQL refuses to release a savepoint in which a statement failed, whatever `apply` says.
        Ok(()) => match save.commit().await {
            Ok(()) => return Ok(true),
            Err(error) => error.into(),
        },
        Err(error) => {
            save.rollback().await?;
            error
        }
    };
    if let failure @ Failure::Again(_) = lost_or_culprit(&error) {
        return Err(failure);
    }
    tracing::error!(read_model = projection.name(), %error, "a read model falls behind; the facts are stored");
    projection::put_behind(tx, projection.name(), &error.to_string()).await?;
    Ok(false)
}

async fn apply(
    tx: &mut AnyConnection,
    projection: &dyn Projection,
    events: &[StoredEvent],
) -> Result<(), ProjectionError> {
    if events.is_empty() {
        return Ok(());
    }
    match AssertUnwindSafe(projection.apply(tx, events)).catch_unwind().await {
        Ok(done) => done,
        Err(_) => Err(ProjectionError::Panicked),
    }
}

fn lost_or_culprit(error: &ProjectionError) -> Failure {
    let store = StoreError::broken(error.to_string());
    let lost = matches!(error, ProjectionError::Sql(inner) if faults::is_transient(inner));
    if lost { Failure::Again(store) } else { Failure::Culprit(store) }
}

/// Runs foreign code so that its panic is an error and not the end of the writer.
pub(super) async fn guarded<T>(work: BoxFuture<'_, Result<T, StoreError>>) -> Result<T, StoreError> {
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(done) => done,
        Err(_) => Err(StoreError::broken("a transaction panicked and was rolled back")),
    }
}

/// The fate of a failed COMMIT is unknown: whoever asks again with the same command id learns it.
pub(super) fn not_committed(error: sqlx::Error) -> StoreError {
    let error = StoreError::from(error);
    if matches!(error, StoreError::Unavailable { .. }) {
        return error;
    }
    StoreError::unavailable(format!("the commit failed ({error})"))
}
