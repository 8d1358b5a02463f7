//! The `esrs` seam: its event store over our log, for one command at a time.

use std::marker::PhantomData;
use std::sync::Arc;

use async_trait::async_trait;
use esrs::store::{EventStore, EventStoreLockGuard, StoreEvent, UnlockOnDrop};
use esrs::{Aggregate, AggregateState};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use uuid::Uuid;

use super::change::{Append, Cause, Change, NewEvent, Written};
use super::log::StoredEvent;
use super::{Store, StoreError};
use crate::domain::{Actor, Fact, Origin, StreamId, Timestamp};

/// What surrounds the events that one use of the store appends.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// Unique for ever; asked twice gives the first answer again.
    pub command_id: String,
    pub by: Actor,
    pub at: Timestamp,
    pub origin: Origin,
    pub schema_version: i64,
}

/// For reading, and for events that carry who and when themselves.
impl Default for Envelope {
    fn default() -> Self {
        Self {
            command_id: String::new(),
            by: Actor::Operator,
            at: Timestamp::UNIX_EPOCH,
            origin: Origin::Input,
            schema_version: 1,
        }
    }
}

/// How an event of an aggregate stands in the log, and how it is read back.
pub trait Logged: Sized + Send + Sync {
    /// The fact that is appended.
    fn to_log(&self, envelope: &Envelope) -> Result<NewEvent, StoreError>;

    /// The event in a stored fact.
    fn from_log(stored: &StoredEvent) -> Result<Self, StoreError>;
}

/// The aggregates of the house: their events know who, when and whether the engine concluded them.
impl<E: Serialize + DeserializeOwned + Send + Sync> Logged for Fact<E> {
    fn to_log(&self, envelope: &Envelope) -> Result<NewEvent, StoreError> {
        let json = serde_json::to_value(&self.event)
            .map_err(|error| StoreError::broken(format!("an event has no JSON form: {error}")))?;
        Ok(NewEvent {
            kind: json.get("type").and_then(Json::as_str).unwrap_or_default().to_owned(),
            schema_version: envelope.schema_version,
            origin: self.origin,
            cause: Cause::None,
            by: self.by.clone(),
            at: self.at,
            data: json.to_string(),
        })
    }

    fn from_log(stored: &StoredEvent) -> Result<Self, StoreError> {
        stored.fact()
    }
}

/// The log as `esrs` sees it. Nothing is published (the log itself is the channel) and nothing is deleted.
pub struct EsStore<A> {
    store: Store,
    envelope: Envelope,
    aggregate: PhantomData<fn() -> A>,
}

/// Why `esrs` could not be served.
#[derive(Debug, thiserror::Error)]
pub enum EsError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Load, decide again.
    #[error("The stream has moved on since it was loaded.")]
    Conflict,
    #[error("Facts are never deleted.")]
    Undeletable,
}

impl<A> EsStore<A> {
    pub fn new(store: Store, envelope: Envelope) -> Self {
        Self { store, envelope, aggregate: PhantomData }
    }
}

struct Guard {
    _held: tokio::sync::OwnedMutexGuard<()>,
}

impl UnlockOnDrop for Guard {}

#[async_trait]
impl<A> EventStore for EsStore<A>
where
    A: Aggregate,
    A::Event: Logged,
    A::State: Send,
{
    type Aggregate = A;
    type Error = EsError;

    /// Keeps others in this process away from the aggregate; other processes meet the optimistic lock.
    async fn lock(&self, aggregate_id: Uuid) -> Result<EventStoreLockGuard, EsError> {
        let lock = self.store.lock_of(aggregate_id);
        Ok(EventStoreLockGuard::new(Guard { _held: lock.lock_owned().await }))
    }

    async fn by_aggregate_id(&self, aggregate_id: Uuid) -> Result<Vec<StoreEvent<A::Event>>, EsError> {
        let events = self.store.stream(StreamId(aggregate_id), 0).await?;
        events.iter().map(store_event).collect()
    }

    async fn persist(
        &self,
        aggregate_state: &mut AggregateState<A::State>,
        events: Vec<A::Event>,
    ) -> Result<Vec<StoreEvent<A::Event>>, EsError> {
        if events.is_empty() {
            return Ok(Vec::new());
        }
        let stream = StreamId(*aggregate_state.id());
        let version = i64::from(*aggregate_state.sequence_number());
        let written = self.store.write(self.change(stream, version, &events)?).await?;
        let (Written::Done { .. } | Written::Repeated { .. }) = written else {
            return Err(EsError::Conflict);
        };
        // A repeated command may be part of the state already: only what is new to it is applied.
        let stored = self.store.command(&self.envelope.command_id).await?;
        let new: Vec<_> =
            stored.iter().filter(|event| event.stream == stream && event.version > version).collect();
        for _ in &new {
            aggregate_state.next_sequence_number();
        }
        new.into_iter().map(store_event).collect()
    }

    async fn publish(&self, _: &[StoreEvent<A::Event>]) {}

    async fn delete(&self, _: Uuid) -> Result<(), EsError> {
        Err(EsError::Undeletable)
    }
}

impl<A> EsStore<A>
where
    A: Aggregate,
    A::Event: Logged,
{
    fn change(&self, stream: StreamId, version: i64, events: &[A::Event]) -> Result<Change, StoreError> {
        let events = events.iter().map(|event| event.to_log(&self.envelope)).collect::<Result<_, _>>()?;
        Ok(Change {
            command_id: self.envelope.command_id.clone(),
            appends: vec![Append { stream, aggregate: A::NAME, expected: Some(version), events }],
            at: self.envelope.at,
            ..Change::default()
        })
    }
}

fn store_event<E: Logged>(stored: &StoredEvent) -> Result<StoreEvent<E>, EsError> {
    let too_long = |_| StoreError::broken(format!("stream {} is too long for esrs", stored.stream));
    Ok(StoreEvent {
        id: Uuid::new_v5(&stored.stream.0, &stored.version.to_be_bytes()),
        aggregate_id: stored.stream.0,
        payload: E::from_log(stored)?,
        occurred_on: stored.at,
        sequence_number: i32::try_from(stored.version).map_err(too_long)?,
        version: i32::try_from(stored.schema_version).ok(),
    })
}

impl Store {
    fn lock_of(&self, aggregate: Uuid) -> Arc<tokio::sync::Mutex<()>> {
        let mut locks = self.inner.locks.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if locks.len() > 1_000 {
            locks.retain(|_, lock| Arc::strong_count(lock) > 1);
        }
        Arc::clone(locks.entry(aggregate).or_default())
    }
}
