//! How often one address may be asked: a burst, then one request a second (RELIABILITY 6.4).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use engine::domain::Timestamp;

/// So many requests may come at once.
const BURST: i64 = 40;

/// Milliseconds until one more may come.
const REFILL_MILLIS: i64 = 1_000;

/// So many addresses are remembered; those that may burst again are forgotten first.
const REMEMBERED: usize = 10_000;

/// What each address has left: the moment from which its burst is whole again.
#[derive(Default)]
pub(crate) struct Limit {
    whole_at: Mutex<HashMap<String, i64>>,
}

impl Limit {
    /// Takes one request; false if there were too many.
    pub fn takes(&self, address: &str, now: Timestamp) -> bool {
        let now = now.timestamp_millis();
        let mut whole_at = self.whole_at.lock().unwrap_or_else(PoisonError::into_inner);
        if whole_at.len() >= REMEMBERED {
            whole_at.retain(|_, at| *at > now);
        }
        if whole_at.len() >= REMEMBERED {
            return false;
        }
        let at = whole_at.entry(address.to_owned()).or_insert(now);
        let next = (*at).max(now) + REFILL_MILLIS;
        if next - now > BURST * REFILL_MILLIS {
            return false;
        }
        *at = next;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_timestamp(1_780_000_000 + seconds, 0).unwrap()
    }

    #[test]
    fn a_burst_passes_and_then_one_a_second() {
        let limit = Limit::default();
        let passed = (0..100).filter(|_| limit.takes("a", at(0))).count();
        assert_eq!(passed, 40);
        assert!(limit.takes("a", at(1)) && !limit.takes("a", at(1)));
        assert!(limit.takes("b", at(0)), "others are not held back");
        assert_eq!((0..100).filter(|_| limit.takes("a", at(1_000))).count(), 40);
    }

    #[test]
    fn memory_is_bounded_and_comes_free_again() {
        let limit = Limit::default();
        let passed = (0..REMEMBERED + 5).filter(|one| limit.takes(&one.to_string(), at(0))).count();
        assert_eq!(passed, REMEMBERED);
        assert!(limit.takes("later", at(2)));
    }
}
