//! Telegram's sending limits: one a second per chat (bursts of 3), 20 a minute per group, 30 a second in all.

use std::collections::{BTreeMap, VecDeque};

use crate::refusal::Refusal;

/// The times of recent sends, in milliseconds of the sandbox's clock.
#[derive(Clone, Debug, Default)]
pub(crate) struct Limits {
    chats: BTreeMap<i64, VecDeque<i64>>,
    all: VecDeque<i64>,
}

impl Limits {
    /// Takes one send into account, or refuses it with the seconds to wait.
    pub fn take(&mut self, chat: i64, group: bool, now: i64) -> Result<(), Refusal> {
        drop_older(&mut self.all, now - 1_000);
        let times = self.chats.entry(chat).or_default();
        drop_older(times, now - 60_000);
        let burst = times.iter().filter(|time| **time > now - 3_000).count();
        let wait = if group && times.len() >= 20 {
            times.front().map_or(60_000, |oldest| oldest + 60_000 - now)
        } else if burst >= 3 || self.all.len() >= 30 {
            1_000
        } else {
            times.push_back(now);
            self.all.push_back(now);
            return Ok(());
        };
        Err(Refusal::too_many(u64::try_from(wait).unwrap_or(0).div_ceil(1_000).max(1)))
    }
}

/// Three sends within any three seconds are one a second with a burst of three.
fn drop_older(times: &mut VecDeque<i64>, limit: i64) {
    while times.front().is_some_and(|time| *time <= limit) {
        times.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fourth_send_of_a_burst_waits_a_second() {
        let mut limits = Limits::default();
        for _ in 0..3 {
            assert!(limits.take(1, false, 0).is_ok());
        }
        assert_eq!(limits.take(1, false, 500), Err(Refusal::too_many(1)));
        assert!(limits.take(1, false, 3_000).is_ok());
    }

    #[test]
    fn a_group_gets_twenty_a_minute_and_a_person_more() {
        let mut limits = Limits::default();
        for n in 0..20 {
            assert!(limits.take(-1, true, n * 1_000).is_ok());
            assert!(limits.take(7, false, n * 1_000).is_ok());
        }
        assert_eq!(limits.take(-1, true, 20_000), Err(Refusal::too_many(40)));
        assert!(limits.take(7, false, 20_000).is_ok());
    }
}
