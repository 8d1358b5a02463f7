//! Limits: how fast Telegram lets a bot write; counted over sliding windows, so the limit is never passed.

use std::collections::{HashMap, VecDeque};

use chrono::Duration;
use engine::domain::Timestamp;

/// How fast the bot writes (RELIABILITY 3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Between two messages to one chat.
    pub chat_gap: Duration,
    /// Messages to one group within a minute.
    pub group_per_minute: usize,
    /// Messages to all chats within a second.
    pub bot_per_second: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self { chat_gap: Duration::seconds(1), group_per_minute: 20, bot_per_second: 25 }
    }
}

/// What was sent lately, and so what may be sent now. Without a pace nothing is held back.
#[derive(Debug)]
pub struct Limits {
    pace: Option<Pace>,
    chats: HashMap<i64, VecDeque<Timestamp>>,
    bot: VecDeque<Timestamp>,
    paused_until: Option<Timestamp>,
    flooded: Option<(i64, Timestamp)>,
}

impl Limits {
    /// No memory of earlier messages; see [`Limits::remember`].
    pub fn new(pace: Option<Pace>) -> Self {
        Self { pace, chats: HashMap::new(), bot: VecDeque::new(), paused_until: None, flooded: None }
    }

    /// Counts a message that an earlier process sent, oldest first.
    pub fn remember(&mut self, chat: i64, at: Timestamp) {
        self.bot.push_back(at);
        self.chats.entry(chat).or_default().push_back(at);
    }

    /// The moment from which `chat` may get a message; `now` or earlier means at once.
    pub fn free_at(&self, chat: i64, now: Timestamp) -> Timestamp {
        let paused = self.paused_until.unwrap_or(now);
        let Some(pace) = self.pace else { return paused };
        let sent = self.chats.get(&chat);
        let gap = sent.and_then(VecDeque::back).map(|last| *last + pace.chat_gap);
        let group = sent.filter(|_| chat < 0).and_then(|sent| nth_last(sent, pace.group_per_minute));
        let group = group.map(|at| at + Duration::minutes(1));
        let bot = nth_last(&self.bot, pace.bot_per_second).map(|at| at + Duration::seconds(1));
        [Some(paused), gap, group, bot].into_iter().flatten().max().unwrap_or(now)
    }

    /// Counts a message that is about to be sent.
    pub fn take(&mut self, chat: i64, now: Timestamp) {
        let Some(pace) = self.pace else { return };
        self.remember(chat, now);
        while self.bot.len() > pace.bot_per_second {
            self.bot.pop_front();
        }
        if let Some(sent) = self.chats.get_mut(&chat) {
            while sent.len() > pace.group_per_minute.max(1) {
                sent.pop_front();
            }
        }
        if self.chats.len() > 10_000 {
            self.chats.retain(|_, sent| sent.back().is_some_and(|at| now - *at < Duration::minutes(1)));
        }
    }

    /// A chat was told to wait until then; when a second chat is within a second, all wait.
    pub fn flooded(&mut self, chat: i64, now: Timestamp, until: Timestamp) {
        let second =
            self.flooded.is_some_and(|(first, at)| first != chat && now - at <= Duration::seconds(1));
        if second {
            self.paused_until = Some(self.paused_until.map_or(until, |earlier| earlier.max(until)));
        }
        self.flooded = Some((chat, now));
    }
}

fn nth_last(sent: &VecDeque<Timestamp>, count: usize) -> Option<Timestamp> {
    let index = sent.len().checked_sub(count.max(1))?;
    sent.get(index).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_timestamp_millis(1_764_000_000_000 + millis).unwrap()
    }

    /// Sends as fast as allowed over `chats` and answers when each message went out.
    fn send(limits: &mut Limits, chats: &[i64], each: usize) -> Vec<(i64, Timestamp)> {
        let mut left: Vec<(i64, usize)> = chats.iter().map(|chat| (*chat, each)).collect();
        let mut sent = Vec::new();
        let mut now = at(0);
        while left.iter().any(|(_, count)| *count > 0) {
            for (chat, count) in left.iter_mut().filter(|(_, count)| *count > 0) {
                if limits.free_at(*chat, now) <= now {
                    limits.take(*chat, now);
                    sent.push((*chat, now));
                    *count -= 1;
                }
            }
            now += Duration::milliseconds(50);
        }
        sent
    }

    fn most_within(sent: &[(i64, Timestamp)], window: Duration, chat: Option<i64>) -> usize {
        let times: Vec<Timestamp> =
            sent.iter().filter(|(of, _)| chat.is_none_or(|chat| chat == *of)).map(|(_, at)| *at).collect();
        let count = |from: &Timestamp| times.iter().filter(|at| *at >= from && **at - *from < window).count();
        times.iter().map(count).max().unwrap_or(0)
    }

    #[test]
    fn one_chat_gets_one_message_a_second_and_a_group_twenty_a_minute() {
        let mut limits = Limits::new(Some(Pace::default()));
        let sent = send(&mut limits, &[-1], 45);
        assert_eq!(most_within(&sent, Duration::seconds(1), Some(-1)), 1);
        assert_eq!(most_within(&sent, Duration::minutes(1), Some(-1)), 20);
    }

    #[test]
    fn a_private_chat_has_no_limit_a_minute() {
        let mut limits = Limits::new(Some(Pace::default()));
        let sent = send(&mut limits, &[7], 40);
        assert_eq!(most_within(&sent, Duration::minutes(1), Some(7)), 40);
    }

    #[test]
    fn two_hundred_chats_together_get_25_a_second() {
        let mut limits = Limits::new(Some(Pace::default()));
        let chats: Vec<i64> = (1..=200).collect();
        let sent = send(&mut limits, &chats, 3);
        assert_eq!(most_within(&sent, Duration::seconds(1), None), 25);
    }

    #[test]
    fn what_an_earlier_process_sent_counts() {
        let mut limits = Limits::new(Some(Pace::default()));
        (0..20).for_each(|n| limits.remember(-1, at(n * 1000)));
        assert_eq!(limits.free_at(-1, at(21_000)), at(60_000));
        assert_eq!(limits.free_at(-2, at(21_000)), at(21_000));
    }

    #[test]
    fn two_chats_told_to_wait_within_a_second_make_all_wait() {
        let mut limits = Limits::new(None);
        limits.flooded(-1, at(0), at(10_000));
        assert_eq!(limits.free_at(-3, at(10)), at(10));
        limits.flooded(-2, at(900), at(9_000));
        assert_eq!(limits.free_at(-3, at(1_000)), at(9_000));
    }

    #[test]
    fn one_chat_told_to_wait_twice_holds_nobody_else() {
        let mut limits = Limits::new(None);
        limits.flooded(-1, at(0), at(10_000));
        limits.flooded(-1, at(500), at(10_000));
        assert_eq!(limits.free_at(-3, at(1_000)), at(1_000));
    }
}
