//! The only SQL besides the read models: log, outbox, inbox, timers, people.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use futures::future::BoxFuture;
use sqlx::AnyConnection;
use sqlx::AnyPool;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use uuid::Uuid;

pub mod buttons;
mod chain;
pub mod change;
pub mod chats;
mod commit;
mod connect;
pub mod crash;
pub mod delivery;
mod dialect;
mod dump;
mod error;
pub mod esrs;
mod faults;
mod file_kind;
pub mod files;
pub mod filters;
pub mod forget;
pub mod forms;
pub mod held;
pub mod inbox;
mod insert;
pub mod leases;
pub mod letters;
pub mod log;
pub mod notes;
pub mod outbox;
mod outbox_insert;
pub mod outcome;
pub mod passwords;
pub mod people;
pub mod pins;
mod plan;
pub mod projection;
pub mod quiet;
mod rows;
mod schema;
pub mod secrets;
pub mod sessions;
pub mod slots;
pub mod talk;
mod templates;
pub mod timers;
mod told_files;
pub mod verify;
mod writer;

pub use error::StoreError;
pub use insert::{VALUES_A_STATEMENT, group_size, groups};
pub use log::{Head, StoredEvent};
pub use projection::{Lag, Projection, ProjectionError};

use change::{Change, Written};
use connect::Connector;
use writer::{Also, Deliver, Job, Run, Work, WriteJob, Writer};

use crate::domain::StreamId;

/// So many changes may wait for the writer before callers wait to be taken.
const QUEUE: usize = 1_024;

/// The database: a cheap handle, to be cloned.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

/// How a store is opened.
pub struct StoreOptions {
    pub read_connections: u32,
    pub projections: Vec<Arc<dyn Projection>>,
    /// Whether missing tables are made and lagging read models brought up; without it, an old schema is refused.
    pub migrate: bool,
    /// How long to wait for a lock that another process holds.
    pub busy_timeout: Duration,
}

impl Default for StoreOptions {
    fn default() -> Self {
        Self {
            read_connections: 4,
            projections: Vec::new(),
            migrate: true,
            busy_timeout: Duration::from_secs(5),
        }
    }
}

struct Inner {
    connector: Connector,
    reads: AnyPool,
    jobs: mpsc::Sender<Job>,
    commits: watch::Receiver<i64>,
    projections: Arc<[Arc<dyn Projection>]>,
    stale: Arc<AtomicBool>,
    writer: Mutex<Option<JoinHandle<()>>>,
    /// One lock per aggregate that somebody decides about through `esrs`.
    locks: Mutex<HashMap<Uuid, Arc<tokio::sync::Mutex<()>>>>,
}

impl Store {
    /// Opens `sqlite:path` (made if missing) or `postgres://…`, and checks that it is ours and can be trusted.
    pub async fn open(url: &str, options: StoreOptions) -> Result<Self, StoreError> {
        let connector = Connector::new(url, options.busy_timeout)?;
        schema::look_on(&connector).await?;
        let mut connection = connector.writer().await?;
        let projections: Arc<[_]> = options.projections.into();
        let read_models: Vec<_> = projections.iter().flat_map(|one| one.table_names()).copied().collect();
        schema::bring_up(&mut connection, &connector.dialect, &read_models, options.migrate).await?;
        if options.migrate {
            connector.dialect.check_writable(&mut connection).await?;
            projection::register(&mut connection, connector.dialect.begin(), &projections).await?;
        }
        let reads = connector.readers(options.read_connections);
        let position = log::head(&reads).await?.position;
        let (jobs, queue) = mpsc::channel(QUEUE);
        let (tick, commits) = watch::channel(position);
        let stale = Arc::new(AtomicBool::new(false));
        let writer =
            Writer::new(connector.clone(), connection, Arc::clone(&projections), Arc::clone(&stale), tick);
        let writer = Mutex::new(Some(tokio::spawn(writer.run(queue))));
        let locks = Mutex::new(HashMap::new());
        let store = Self {
            inner: Arc::new(Inner { connector, reads, jobs, commits, projections, stale, writer, locks }),
        };
        if options.migrate {
            store.catch_up().await?;
        }
        Ok(store)
    }

    /// Stores a change whole or not at all; when this answers `Done`, it is on the disk.
    ///
    /// Without facts in the change `count` is 0, and asking twice does it twice.
    pub async fn write(&self, change: Change) -> Result<Written, StoreError> {
        self.submit(change, None).await
    }

    /// Stores a change together with rows of a side table, in one transaction. `also` may run more than once,
    /// each time after the last try was rolled back; it does not run for a conflict or a repeated command.
    pub async fn write_with<F>(&self, change: Change, also: F) -> Result<Written, StoreError>
    where
        F: for<'c> Fn(&'c mut AnyConnection) -> BoxFuture<'c, Result<(), StoreError>> + Send + Sync + 'static,
    {
        self.submit(change, Some(Arc::new(also))).await
    }

    async fn submit(&self, change: Change, also: Option<Also>) -> Result<Written, StoreError> {
        let (reply, answer) = oneshot::channel();
        let job = Job::Write(Box::new(WriteJob { change, also, reply }));
        self.inner.jobs.send(job).await.map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }

    /// Runs a short transaction on the connection that writes, in line with the changes.
    pub async fn transaction<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let reply = Arc::new(Mutex::new(Some(reply)));
        let refused = Arc::clone(&reply);
        let run: Run = Box::new(move |connection| deliver_later(work(connection), reply));
        let refuse = Box::new(move |error| tell(&refused, Err(error)));
        self.inner.jobs.send(Job::Work(Work { run, refuse })).await.map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }

    /// The facts of one stream after a version, in order.
    pub async fn stream(&self, stream: StreamId, after_version: i64) -> Result<Vec<StoredEvent>, StoreError> {
        log::stream(self.reads(), stream, after_version).await
    }

    /// The facts of all streams after a position, in order, at most `limit`.
    pub async fn events(&self, after_position: i64, limit: i64) -> Result<Vec<StoredEvent>, StoreError> {
        log::events(self.reads(), after_position, limit).await
    }

    /// What a command wrote, in order; nothing if it is not known.
    pub async fn command(&self, command_id: &str) -> Result<Vec<StoredEvent>, StoreError> {
        log::command(self.reads(), command_id).await
    }

    /// What a command asked, hashed; nothing if it is not known or was asked without.
    pub async fn fingerprint(&self, command_id: &str) -> Result<Option<String>, StoreError> {
        log::fingerprint(self.reads(), command_id).await
    }

    /// The end of the log.
    pub async fn head(&self) -> Result<Head, StoreError> {
        log::head(self.reads()).await
    }

    /// Ticks after each commit of this process: a hint only, everything also polls.
    pub fn watch(&self) -> watch::Receiver<i64> {
        self.inner.commits.clone()
    }

    /// Lets the writer finish what is queued, brings the file up to date and closes all connections.
    pub async fn close(&self) {
        self.inner.reads.close().await;
        let (done, closed) = oneshot::channel();
        if self.inner.jobs.send(Job::Close(done)).await.is_ok() {
            // An error means that the writer is gone already.
            let _ = closed.await;
        }
        let writer = self.inner.writer.lock().ok().and_then(|mut writer| writer.take());
        if let Some(writer) = writer
            && let Err(error) = writer.await
        {
            tracing::error!(%error, "the writer ended with a panic");
        }
    }

    /// Whether the database is a SQLite file.
    pub fn is_sqlite(&self) -> bool {
        self.inner.connector.dialect.is_sqlite()
    }

    /// Connections that read; on SQLite they cannot write.
    pub fn reads(&self) -> &AnyPool {
        &self.inner.reads
    }

    fn projections(&self) -> &[Arc<dyn Projection>] {
        &self.inner.projections
    }

    fn stale(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.inner.stale)
    }
}

type Reply<T> = Arc<Mutex<Option<oneshot::Sender<Result<T, StoreError>>>>>;

/// Keeps the answer of a transaction until it is committed.
fn deliver_later<T: Send + 'static>(
    work: BoxFuture<'_, Result<T, StoreError>>,
    reply: Reply<T>,
) -> BoxFuture<'_, Result<Deliver, StoreError>> {
    Box::pin(async move {
        let value = work.await?;
        Ok(Box::new(move || tell(&reply, Ok(value))) as Deliver)
    })
}

fn tell<T>(reply: &Reply<T>, answer: Result<T, StoreError>) {
    let reply = reply.lock().ok().and_then(|mut reply| reply.take());
    if let Some(reply) = reply {
        // A caller that has gone away does not need the answer.
        let _ = reply.send(answer);
    }
}

fn closed() -> StoreError {
    StoreError::unavailable("the store is closed")
}
