//! The one writer: a task that owns the write connection and serves a queue of changes and short transactions.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::future::BoxFuture;
use sqlx::{AnyConnection, Connection};
use tokio::sync::{mpsc, oneshot, watch};

use super::change::Change;
use super::commit::{Answer, Committer, Failure, guarded, not_committed};
use super::connect::Connector;
use super::plan::Known;
use super::projection::Projection;
use super::{StoreError, crash, faults};

/// So many changes share one transaction at most.
const BATCH: usize = 256;
/// So often a batch is tried on a fresh connection.
const TRIES: u32 = 3;

/// Rows that are written in the same transaction as a change; may run more than once.
pub(crate) type Also =
    Arc<dyn for<'c> Fn(&'c mut AnyConnection) -> BoxFuture<'c, Result<(), StoreError>> + Send + Sync>;

/// What the writer is asked to do.
pub(crate) enum Job {
    Write(Box<WriteJob>),
    Work(Work),
    Close(oneshot::Sender<()>),
}

/// A change and who waits for it.
pub(crate) struct WriteJob {
    pub change: Change,
    pub also: Option<Also>,
    pub reply: oneshot::Sender<Answer>,
}

/// A short transaction of its own and who waits for it.
pub(crate) struct Work {
    /// Answers how to tell the caller, once it is committed.
    pub run: Run,
    pub refuse: Box<dyn FnOnce(StoreError) + Send>,
}

pub(crate) type Run =
    Box<dyn for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Result<Deliver, StoreError>> + Send>;
pub(crate) type Deliver = Box<dyn FnOnce() + Send>;

/// Owns the connection that writes.
pub(crate) struct Writer {
    committer: Committer,
    connection: Option<AnyConnection>,
    known: Option<Known>,
    /// Set when a checkpoint was changed beside the batches.
    stale: Arc<AtomicBool>,
    commits: watch::Sender<i64>,
}

impl Writer {
    pub fn new(
        connector: Connector,
        connection: AnyConnection,
        projections: Arc<[Arc<dyn Projection>]>,
        stale: Arc<AtomicBool>,
        commits: watch::Sender<i64>,
    ) -> Self {
        let committer = Committer { connector, projections };
        Self { committer, connection: Some(connection), known: None, stale, commits }
    }

    /// Works until the store is closed or dropped.
    pub async fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        while let Some(first) = jobs.recv().await {
            // Whoever was answered a moment ago is about to ask again: then they share a commit.
            tokio::task::yield_now().await;
            let (mut writes, mut works, mut closing) = (Vec::new(), Vec::new(), None);
            let mut next = Some(first);
            while let Some(job) = next {
                match job {
                    Job::Write(job) => writes.push(*job),
                    Job::Work(job) => works.push(job),
                    Job::Close(done) => {
                        closing = Some(done);
                        break;
                    }
                }
                next = if writes.len() + works.len() < BATCH { jobs.try_recv().ok() } else { None };
            }
            self.write(writes).await;
            self.work(works).await;
            if let Some(done) = closing {
                self.close().await;
                // Nobody may be listening any more, and nothing is lost then.
                let _ = done.send(());
                return;
            }
        }
        self.close().await;
    }

    async fn close(mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        if let Err(error) = self.committer.connector.dialect.checkpoint(&mut connection).await {
            tracing::warn!(%error, "the last checkpoint failed; the next start makes up for it");
        }
        if let Err(error) = connection.close().await {
            tracing::warn!(%error, "closing the database connection failed");
        }
    }

    async fn write(&mut self, batch: Vec<WriteJob>) {
        if batch.is_empty() {
            return;
        }
        let answers = self.answers(&batch).await;
        for (job, answer) in batch.into_iter().zip(answers) {
            // A caller that has gone away does not need the answer.
            let _ = job.reply.send(answer);
        }
    }

    async fn answers(&mut self, batch: &[WriteJob]) -> Vec<Answer> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.attempt(batch).await {
                Ok(answers) => return answers,
                Err(Failure::Again(error)) if tries < TRIES => {
                    tracing::warn!(%error, tries, changes = batch.len(), "a batch is tried again");
                    tokio::time::sleep(Duration::from_millis(50) * tries).await;
                }
                Err(Failure::Again(error) | Failure::Culprit(error) | Failure::All(error)) => {
                    return batch.iter().map(|_| Err(error.clone())).collect();
                }
            }
        }
    }

    /// Commits a batch; whatever fails before the end leaves nothing, and the writer forgets what it knew.
    async fn attempt(&mut self, batch: &[WriteJob]) -> Result<Vec<Answer>, Failure> {
        let mut connection = self.connection().await.map_err(Failure::All)?;
        let known = self.known.take().filter(|_| !self.stale.swap(false, Ordering::AcqRel));
        let mut done = self.committer.together(&mut connection, known, batch).await;
        if let Err(Failure::Culprit(error)) = &done {
            tracing::debug!(%error, changes = batch.len(), "a batch is done again one by one");
            done = self.committer.one_by_one(&mut connection, batch).await;
        }
        match done {
            Ok((known, answers)) => {
                self.connection = Some(connection);
                self.commits.send_replace(known.position);
                self.known = Some(known);
                Ok(answers)
            }
            // The connection goes with the failure: the next batch begins on a fresh one.
            Err(failure) => Err(failure),
        }
    }

    async fn connection(&mut self) -> Result<AnyConnection, StoreError> {
        match self.connection.take() {
            Some(connection) => Ok(connection),
            None => self.committer.connector.writer().await,
        }
    }

    async fn work(&mut self, works: Vec<Work>) {
        if works.is_empty() {
            return;
        }
        let mut tries = 0;
        loop {
            tries += 1;
            let mut connection = match self.connection().await {
                Ok(connection) => connection,
                Err(error) => return refuse(works, &error),
            };
            let begin = self.committer.connector.dialect.begin();
            let mut tx = match connection.begin_with(begin).await {
                Ok(tx) => tx,
                Err(error) if tries < TRIES && faults::is_transient(&error) => continue,
                Err(error) => return refuse(works, &error.into()),
            };
            let done = run_all(&mut tx, works).await;
            crash::point("work_done");
            return match tx.commit().await {
                Ok(()) => {
                    crash::point("work_committed");
                    self.connection = Some(connection);
                    for (deliver, _) in done {
                        deliver();
                    }
                }
                Err(error) => {
                    let error = not_committed(error);
                    for (_, refuse) in done {
                        refuse(error.clone());
                    }
                }
            };
        }
    }
}

type Settle = (Deliver, Box<dyn FnOnce(StoreError) + Send>);

/// Runs short transactions inside one, each in a savepoint; those that fail are refused and leave nothing.
async fn run_all(tx: &mut AnyConnection, works: Vec<Work>) -> Vec<Settle> {
    let mut done = Vec::with_capacity(works.len());
    for Work { run, refuse } in works {
        match run_one(tx, run).await {
            Ok(deliver) => done.push((deliver, refuse)),
            Err(error) => refuse(error),
        }
    }
    done
}

async fn run_one(tx: &mut AnyConnection, run: Run) -> Result<Deliver, StoreError> {
    let mut save = tx.begin().await?;
    match guarded(run(&mut save)).await {
        Ok(deliver) => {
            save.commit().await?;
            Ok(deliver)
        }
        Err(error) => {
            save.rollback().await?;
            Err(error)
        }
    }
}

fn refuse(works: Vec<Work>, error: &StoreError) {
    for work in works {
        (work.refuse)(error.clone());
    }
}
