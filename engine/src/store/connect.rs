//! Connections: the one that writes, and the pool that reads.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::AnyConnection;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyPool, ConnectOptions};

use super::StoreError;
use super::dialect::Dialect;

/// So long an attempt to connect may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where the database is and how long to wait for its locks.
#[derive(Clone)]
pub(crate) struct Connector {
    pub dialect: Arc<Dialect>,
    options: AnyConnectOptions,
    busy: Duration,
}

impl Connector {
    pub fn new(url: &str, busy: Duration) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let (dialect, address) = Dialect::of(url)?;
        let options = AnyConnectOptions::from_str(&address)
            .map_err(|_| StoreError::unavailable("database.url is not a valid address"))?
            .disable_statement_logging();
        Ok(Self { dialect: Arc::new(dialect), options, busy })
    }

    /// A connection that may write.
    pub async fn writer(&self) -> Result<AnyConnection, StoreError> {
        let connected = tokio::time::timeout(PATIENCE, self.options.connect()).await;
        let mut connection = connected
            .map_err(|_| StoreError::unavailable("it did not answer within 10 seconds"))?
            .map_err(|error| self.dialect.explain(error.into()))?;
        let prepared = self.dialect.prepare_writer(&mut connection, self.busy).await;
        prepared.map_err(|error| self.dialect.explain(error))?;
        Ok(connection)
    }

    /// A connection that changes nothing, not even the header of a file; `None` where nobody has been before.
    pub async fn onlooker(&self) -> Result<Option<AnyConnection>, sqlx::Error> {
        let Some(address) = self.dialect.untouched() else { return Ok(None) };
        AnyConnectOptions::from_str(&address)?.disable_statement_logging().connect().await.map(Some)
    }

    /// Connections that read, made when they are first needed.
    pub fn readers(&self, count: u32) -> AnyPool {
        let (dialect, busy) = (Arc::clone(&self.dialect), self.busy);
        AnyPoolOptions::new()
            .max_connections(count.max(1))
            .acquire_timeout(PATIENCE)
            .test_before_acquire(!dialect.is_sqlite())
            .after_connect(move |connection, _| {
                let dialect = Arc::clone(&dialect);
                Box::pin(async move { dialect.prepare_reader(connection, busy).await })
            })
            .connect_lazy_with(self.options.clone())
    }
}
