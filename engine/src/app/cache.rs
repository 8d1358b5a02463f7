//! Folded states by stream: a cache only, emptied without loss at any time.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::Decides;
use crate::domain::StreamId;

/// More streams than an agency has open at a time; beyond it the cache starts afresh.
const MOST: usize = 4_096;

/// The latest known state of each stream.
pub struct Cache<A> {
    states: RwLock<HashMap<StreamId, Arc<A>>>,
}

impl<A> Default for Cache<A> {
    fn default() -> Self {
        Self { states: RwLock::default() }
    }
}

impl<A: Decides> Cache<A> {
    /// The state of `stream`, if it is known.
    pub fn get(&self, stream: StreamId) -> Option<Arc<A>> {
        let states = self.states.read().unwrap_or_else(PoisonError::into_inner);
        states.get(&stream).cloned()
    }

    /// Keeps the state, unless a later one is known.
    pub fn put(&self, stream: StreamId, state: Arc<A>) {
        let mut states = self.states.write().unwrap_or_else(PoisonError::into_inner);
        if states.len() >= MOST {
            states.clear();
        }
        let newer = states.get(&stream).is_some_and(|held| held.version() >= state.version());
        if !newer {
            states.insert(stream, state);
        }
    }
}
