//! How often one may ask: each known address a burst, then one request a second; all that is not known shares one
//! budget (RELIABILITY 6.4). Whoever works here is never counted among strangers.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use engine::domain::Timestamp;
use sha2::{Digest, Sha256};

/// So many requests of one address may come at once.
const BURST: i64 = 40;

/// Milliseconds until one more may come.
const REFILL_MILLIS: i64 = 1_000;

/// So many requests with addresses that are not known may come at once.
const STRANGERS: i64 = 1_000;

/// Milliseconds until one more of those may come.
const STRANGERS_REFILL_MILLIS: i64 = 10;

/// So many known addresses are remembered; those that may burst again are forgotten first.
const REMEMBERED: usize = 10_000;

/// What each known address has left, and what all others have together: the moments from which bursts are whole again.
pub(crate) struct Limit {
    held: Mutex<Held>,
    /// So many at once, and milliseconds until one more may come.
    pace: (i64, i64),
}

impl Default for Limit {
    fn default() -> Self {
        Self { held: Mutex::default(), pace: (BURST, REFILL_MILLIS) }
    }
}

#[derive(Default)]
struct Held {
    known: HashMap<String, i64>,
    /// People of the staff; there are never more than work here.
    ours: HashMap<String, i64>,
    strangers: i64,
}

impl Limit {
    /// Ten at once and one more each six seconds, for each account (RELIABILITY 6.4).
    pub fn for_sign_ins() -> Self {
        Self { held: Mutex::default(), pace: (10, 6_000) }
    }

    /// Takes one request; false if there were too many. Guessed addresses use up what strangers share, and nothing of
    /// those that are known.
    pub fn takes(&self, address: &str, now: Timestamp) -> bool {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let now = now.timestamp_millis();
        match held.known.get_mut(address) {
            Some(whole_at) => take(whole_at, now, self.pace),
            None => take(&mut held.strangers, now, (STRANGERS, STRANGERS_REFILL_MILLIS)),
        }
    }

    /// Takes one attempt to sign in under a name, by the person that it leads to, if it leads to one. A name of nobody
    /// has a budget of its own just as long, so that the answers do not tell who works here; when too many such names
    /// come, they share what strangers have, and the staff still get in.
    pub fn signs_in(&self, name: &str, person: Option<&str>, now: Timestamp) -> bool {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let now = now.timestamp_millis();
        if let Some(person) = person {
            return take(held.ours.entry(person.to_owned()).or_insert(now), now, self.pace);
        }
        // However long a name is, little of it is remembered.
        let name = hex::encode(Sha256::digest(name.trim_start_matches('@')));
        if held.known.len() >= REMEMBERED {
            held.known.retain(|_, at| *at > now);
        }
        if held.known.len() >= REMEMBERED && !held.known.contains_key(&name) {
            return take(&mut held.strangers, now, (STRANGERS, STRANGERS_REFILL_MILLIS));
        }
        take(held.known.entry(name).or_insert(now), now, self.pace)
    }

    /// The address that was just asked leads somewhere: from now on it has a budget of its own.
    pub fn knows(&self, address: &str, now: Timestamp) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let now = now.timestamp_millis();
        if held.known.len() >= REMEMBERED {
            held.known.retain(|_, at| *at > now);
        }
        if held.known.len() < REMEMBERED {
            held.known.entry(address.to_owned()).or_insert(now + REFILL_MILLIS);
        }
    }
}

fn take(whole_at: &mut i64, now: i64, (burst, refill): (i64, i64)) -> bool {
    let next = (*whole_at).max(now) + refill;
    let fits = next - now <= burst * refill;
    if fits {
        *whole_at = next;
    }
    fits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_timestamp(1_780_000_000 + seconds, 0).unwrap()
    }

    /// How many of `count` requests pass.
    fn passed(limit: &Limit, address: &str, count: usize, seconds: i64) -> usize {
        (0..count).filter(|_| limit.takes(address, at(seconds))).count()
    }

    #[test]
    fn a_burst_passes_and_then_one_a_second() {
        let limit = Limit::default();
        assert!(limit.takes("a", at(0)));
        limit.knows("a", at(0));
        assert_eq!(passed(&limit, "a", 100, 0), 39);
        assert!(limit.takes("a", at(1)) && !limit.takes("a", at(1)));
        assert!(limit.takes("b", at(0)), "others are not held back");
        assert_eq!(passed(&limit, "a", 100, 1_000), 40);
    }

    #[test]
    fn guessed_addresses_use_up_nothing_of_those_that_are_known() {
        let limit = Limit::default();
        limit.knows("a", at(0));
        let guessed = (0..5_000).filter(|one| limit.takes(&one.to_string(), at(0))).count();
        assert_eq!(guessed, 1_000);
        assert!(limit.takes("a", at(0)));
        assert_eq!(passed(&limit, "new", 200, 1), 100, "strangers come back at their own pace");
    }

    #[test]
    fn however_many_names_are_invented_the_staff_sign_in_and_answers_tell_nobody_apart() {
        let limit = Limit::for_sign_ins();
        let tries = |name: &str, person: Option<&str>| {
            (0..30).filter(|_| limit.signs_in(name, person, at(0))).count()
        };
        assert_eq!((tries("olena", Some("olena")), tries("nobody", None)), (10, 10));
        assert!(!limit.signs_in("@@olena", Some("olena"), at(0)), "it is one person, however it is typed");
        assert!(!limit.signs_in("@nobody", None, at(0)));
        for name in 0..2 * REMEMBERED {
            limit.signs_in(&format!("{name}{}", "a".repeat(1_000)), None, at(0));
        }
        let held = limit.held.lock().unwrap();
        assert!(held.known.len() <= REMEMBERED && held.known.keys().all(|name| name.len() == 64));
        drop(held);
        assert_eq!(tries("iryna", Some("iryna")), 10);
    }

    #[test]
    fn memory_is_bounded_and_nobody_is_shut_out_when_it_is_full() {
        let limit = Limit::default();
        (0..REMEMBERED + 5).for_each(|one| limit.knows(&one.to_string(), at(0)));
        assert_eq!(limit.held.lock().unwrap().known.len(), REMEMBERED);
        assert!(limit.takes("later", at(0)));
        limit.knows("later", at(2));
        assert_eq!(limit.held.lock().unwrap().known.len(), 1, "those that may burst again are forgotten");
    }
}
