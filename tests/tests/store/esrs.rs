//! The `esrs` seam: its manager works over our log.

use std::sync::Arc;
use std::time::Duration;

use engine::domain::{Actor, Origin};
use engine::store::change::{Cause, NewEvent};
use engine::store::esrs::{Envelope, EsError, EsStore, Logged};
use engine::store::{Store, StoreError, StoredEvent};
use esrs::manager::AggregateManager;
use esrs::store::EventStore;
use esrs::{Aggregate, AggregateState};
use journeys::db;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::support::{at, rows};

struct Counter;

#[derive(Debug, thiserror::Error)]
#[error("no")]
struct No;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Event {
    Added { number: i64, note: String },
}

impl Logged for Event {
    fn to_log(&self, envelope: &Envelope) -> Result<NewEvent, StoreError> {
        Ok(NewEvent {
            kind: "added".into(),
            schema_version: envelope.schema_version,
            origin: envelope.origin,
            cause: Cause::None,
            by: envelope.by.clone(),
            at: envelope.at,
            data: serde_json::to_string(self).unwrap(),
        })
    }

    fn from_log(stored: &StoredEvent) -> Result<Self, StoreError> {
        Ok(stored.fact::<Self>()?.event)
    }
}

impl Aggregate for Counter {
    const NAME: &'static str = "counter";
    type State = i64;
    type Command = i64;
    type Event = Event;
    type Error = No;

    fn handle_command(state: &i64, command: i64) -> Result<Vec<Event>, No> {
        if state + command < 0 {
            return Err(No);
        }
        Ok(vec![Event::Added { number: command, note: "додано".into() }; 2])
    }

    fn apply_event(state: i64, Event::Added { number, .. }: Event) -> i64 {
        state + number
    }
}

fn es(store: &Store, command_id: &str) -> EsStore<Counter> {
    let by = Actor::Operator;
    let envelope =
        Envelope { command_id: command_id.into(), by, at: at(0), origin: Origin::Input, schema_version: 1 };
    EsStore::new(store.clone(), envelope)
}

#[tokio::test]
async fn an_aggregate_goes_out_and_comes_back() {
    for db in db::both().await {
        let store = db.open().await;
        let id = Uuid::from_u128(7);
        let state = AggregateManager::new(es(&store, "1"));
        let first = state.handle_command(AggregateState::with_id(id), 5).await.unwrap();
        assert_eq!(first.unwrap(), 10, "{}", db.name);
        let manager = AggregateManager::new(es(&store, "2"));
        let loaded = manager.load(id).await.unwrap().unwrap();
        assert_eq!((*loaded.inner(), *loaded.sequence_number()), (10, 2));
        assert!(manager.handle_command(loaded, -20).await.unwrap().is_err());
        let loaded = manager.load(id).await.unwrap().unwrap();
        assert_eq!(manager.handle_command(loaded, 1).await.unwrap().unwrap(), 12);
        let events = es(&store, "3").by_aggregate_id(id).await.unwrap();
        assert!(events.iter().map(|event| event.sequence_number).eq(1..=4));
        assert_eq!(events[0].payload, Event::Added { number: 5, note: "додано".into() });
        assert_eq!(rows(&mut db.raw().await, "SELECT COUNT(*) FROM events WHERE type = 'added'").await, 4);
        assert!(manager.load(Uuid::from_u128(8)).await.unwrap().is_none());
        store.close().await;
    }
}

#[tokio::test]
async fn a_stale_aggregate_conflicts_and_a_repeated_command_is_applied_once() {
    for db in db::both().await {
        let store = db.open().await;
        let id = Uuid::from_u128(7);
        let (one, other) = (es(&store, "1"), es(&store, "2"));
        let mut state = AggregateState::<i64>::with_id(id);
        let event = || vec![Event::Added { number: 1, note: String::new() }];
        one.persist(&mut state, event()).await.unwrap();
        assert_eq!(*state.sequence_number(), 1);
        let mut stale = AggregateState::<i64>::with_id(id);
        assert!(matches!(other.persist(&mut stale, event()).await, Err(EsError::Conflict)), "{}", db.name);
        assert_eq!(*stale.sequence_number(), 0);
        assert!(
            one.persist(&mut state, event()).await.unwrap().is_empty(),
            "{}: it holds them already",
            db.name
        );
        assert_eq!(one.persist(&mut stale, event()).await.unwrap().len(), 1, "{}: it did not yet", db.name);
        assert!(matches!(one.delete(id).await, Err(EsError::Undeletable)));
        store.close().await;
    }
}

#[tokio::test]
async fn whoever_locks_an_aggregate_has_it_alone() {
    let db = db::sqlite();
    let store = db.open().await;
    let (one, other) = (es(&store, "1"), Arc::new(es(&store, "2")));
    let id = Uuid::from_u128(7);
    let guard = one.lock(id).await.unwrap();
    let waiting = tokio::spawn({
        let other = Arc::clone(&other);
        async move { other.lock(id).await.map(drop) }
    });
    other.lock(Uuid::from_u128(8)).await.unwrap();
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert!(!waiting.is_finished());
    drop(guard);
    tokio::time::timeout(Duration::from_secs(5), waiting).await.unwrap().unwrap().unwrap();
    store.close().await;
}
