//! Counting in business time: back from a day, across pauses, and how much has passed.

use chrono::{Duration, NaiveDate, NaiveTime};

use super::{Calendar, HORIZON_DAYS};
use crate::domain::Timestamp;
use crate::domain::definition::{Term, Unit};

impl Calendar {
    /// A term before the day of `end` (business days, at opening) or before the instant (all else).
    pub fn before(&self, end: Timestamp, term: Term) -> Timestamp {
        let hundredths = i64::from(term.hundredths);
        match term.unit {
            Unit::CalendarHours => end - Duration::seconds(hundredths * 36),
            Unit::CalendarDays => self.minus_calendar_days(end, hundredths),
            Unit::BusinessHours => self.minus_open_time(end, Duration::seconds(hundredths * 36)),
            Unit::BusinessDays => self.minus_business_days(end, term.hundredths),
        }
    }

    /// `at` plus a term during which nothing counted in the pauses `rests` (in order, not overlapping).
    ///
    /// Days are never turned into hours: a pause moves a term in business days by the business days on which
    /// it went on, and a term in hours by the hours of it that were open.
    pub fn plus_resting(&self, at: Timestamp, term: Term, rests: &[(Timestamp, Timestamp)]) -> Timestamp {
        let mut target = self.plus(at, term);
        for (from, until) in rests {
            let from = (*from).max(at);
            if from < target && from < *until {
                target = self.moved(target, from, *until, term.unit);
            }
        }
        target
    }

    /// How many business days have begun since `from`: `n` when `from` plus `n` business days is not after `until`.
    pub fn business_days_since(&self, from: Timestamp, until: Timestamp) -> u32 {
        let start = self.clamp_forward(self.local(from));
        let whole = self.open_days(start.date(), self.local(until).date());
        let reached =
            |days: u32| self.plus(from, Term { hundredths: days * 100, unit: Unit::BusinessDays }) <= until;
        if whole > 0 && !reached(whole) { whole - 1 } else { whole }
    }

    /// How many business days there are from the day of `now`, that day included, until the day of `end`.
    pub fn business_days_until(&self, now: Timestamp, end: Timestamp) -> u32 {
        let (today, last) = (self.local(now).date(), self.local(end).date());
        let today_counts = today < last && self.is_business_day(today);
        let last_counts = last > today && self.is_business_day(last);
        self.open_days(today, last) + u32::from(today_counts) - u32::from(last_counts)
    }

    /// `at` itself when open, else the next opening.
    pub fn opening(&self, at: Timestamp) -> Timestamp {
        let local = self.local(at);
        let open = self.clamp_forward(local);
        if open == local { at } else { self.instant(open) }
    }

    /// When a day is over for the agency: its closing time, or the next opening if it is a day off.
    pub fn closing(&self, day: NaiveDate) -> Timestamp {
        match self.hours(day).last() {
            Some((_, close)) => self.instant(day.and_time(*close)),
            None => self.opening(self.instant(day.and_time(NaiveTime::MIN))),
        }
    }

    /// Business days after `from` up to and with `until`.
    fn open_days(&self, from: NaiveDate, until: NaiveDate) -> u32 {
        let mut days = 0;
        let mut day = from;
        for _ in 0..HORIZON_DAYS {
            let Some(next) = day.succ_opt().filter(|next| *next <= until) else { break };
            day = next;
            days += u32::from(self.is_business_day(day));
        }
        days
    }

    fn moved(&self, target: Timestamp, from: Timestamp, until: Timestamp, unit: Unit) -> Timestamp {
        match unit {
            Unit::CalendarHours => target + (until - from),
            Unit::CalendarDays => {
                let days = (self.local(until).date() - self.local(from).date()).num_days();
                self.plus_calendar_days(target, days * 100)
            }
            Unit::BusinessHours => self.plus_open_time(target, self.open_time(from, until)),
            Unit::BusinessDays => {
                let open = |at| self.clamp_forward(self.local(at)).date();
                let days = self.open_days(open(from), open(until));
                if days == 0 { target } else { self.plus_business_days(target, i64::from(days) * 100) }
            }
        }
    }

    /// How long the agency is open between two instants; nothing if they come the other way round.
    pub fn open_time(&self, from: Timestamp, until: Timestamp) -> Duration {
        let mut open = Duration::zero();
        let last = self.local(until).date();
        let mut day = self.local(from).date();
        for _ in 0..HORIZON_DAYS {
            for (opens, closes) in self.hours(day) {
                let opens = self.instant(day.and_time(*opens)).max(from);
                let closes = self.instant(day.and_time(*closes)).min(until);
                open += (closes - opens).max(Duration::zero());
            }
            let Some(next) = day.succ_opt().filter(|next| *next <= last) else { break };
            day = next;
        }
        open
    }

    fn minus_calendar_days(&self, end: Timestamp, hundredths: i64) -> Timestamp {
        let local = self.local(end);
        let whole = chrono::Days::new(u64::try_from(hundredths / 100).unwrap_or(0));
        let moved = local.checked_sub_days(whole).unwrap_or(local);
        self.instant(moved) - Duration::seconds(hundredths % 100 * 864)
    }

    /// `1.5 business days` before Friday is Wednesday after half of its hours.
    fn minus_business_days(&self, end: Timestamp, hundredths: u32) -> Timestamp {
        let whole = hundredths.div_ceil(100);
        let Some(opening) = self.business_days_before(self.local(end).date(), whole) else { return end };
        match i32::try_from(whole * 100 - hundredths).unwrap_or(0) {
            0 => opening,
            part => {
                let day = self.local(opening).date();
                self.plus_open_time(opening, self.length(day) * part / 100)
            }
        }
    }

    fn minus_open_time(&self, end: Timestamp, budget: Duration) -> Timestamp {
        let (mut day, mut left) = (self.local(end).date(), budget);
        for _ in 0..HORIZON_DAYS {
            for (opens, closes) in self.hours(day).iter().rev() {
                let opens = self.instant(day.and_time(*opens));
                let closes = self.instant(day.and_time(*closes)).min(end);
                if closes <= opens {
                    continue;
                }
                if closes - opens >= left {
                    return closes - left;
                }
                left -= closes - opens;
            }
            let Some(before) = day.pred_opt() else { break };
            day = before;
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDateTime;

    use super::super::weekdays;
    use super::*;

    fn kyiv(text: &str) -> Timestamp {
        weekdays().instant(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap())
    }

    fn term(hundredths: u32, unit: Unit) -> Term {
        Term { hundredths, unit }
    }

    #[test]
    fn a_business_day_before_a_moment_is_the_day_before_it_at_opening() {
        let before = weekdays().before(kyiv("2026-11-25 16:00"), term(100, Unit::BusinessDays));
        assert_eq!(before, kyiv("2026-11-24 09:00"));
        let over_a_weekend = weekdays().before(kyiv("2026-11-23 16:00"), term(150, Unit::BusinessDays));
        assert_eq!(over_a_weekend, kyiv("2026-11-19 13:30"));
    }

    #[test]
    fn hours_are_counted_back_through_the_night() {
        let before = weekdays().before(kyiv("2026-11-23 10:00"), term(300, Unit::BusinessHours));
        assert_eq!(before, kyiv("2026-11-20 16:00"));
        let calendar = weekdays().before(kyiv("2026-11-23 10:00"), term(300, Unit::CalendarHours));
        assert_eq!(calendar, kyiv("2026-11-23 07:00"));
        let day = weekdays().before(kyiv("2026-11-23 10:00"), term(100, Unit::CalendarDays));
        assert_eq!(day, kyiv("2026-11-22 10:00"));
    }

    #[test]
    fn a_pause_moves_days_by_days_and_hours_by_open_hours() {
        let (from, until) = (kyiv("2026-11-23 10:00"), kyiv("2026-11-25 12:00"));
        let at = kyiv("2026-11-23 09:00");
        let days = weekdays().plus_resting(at, term(200, Unit::BusinessDays), &[(from, until)]);
        assert_eq!(days, kyiv("2026-11-27 09:00"));
        let hours = weekdays().plus_resting(at, term(400, Unit::BusinessHours), &[(from, until)]);
        assert_eq!(hours, kyiv("2026-11-25 15:00"));
    }

    #[test]
    fn a_pause_within_one_day_or_over_a_weekend_costs_no_business_day() {
        let at = kyiv("2026-11-19 16:00");
        let lunch = (kyiv("2026-11-20 10:00"), kyiv("2026-11-20 15:00"));
        let weekend = (kyiv("2026-11-20 20:00"), kyiv("2026-11-23 08:00"));
        for rest in [lunch, weekend] {
            let due = weekdays().plus_resting(at, term(200, Unit::BusinessDays), &[rest]);
            assert_eq!(due, kyiv("2026-11-23 16:00"));
        }
    }

    #[test]
    fn a_pause_before_or_after_the_term_changes_nothing() {
        let at = kyiv("2026-11-23 09:00");
        for rest in [("2026-11-20 09:00", "2026-11-20 17:00"), ("2026-11-26 09:00", "2026-11-27 09:00")] {
            let rest = (kyiv(rest.0), kyiv(rest.1));
            let due = weekdays().plus_resting(at, term(200, Unit::BusinessDays), &[rest]);
            assert_eq!(due, kyiv("2026-11-25 09:00"));
        }
    }

    #[test]
    fn the_days_that_passed_are_those_of_the_term() {
        let at = kyiv("2026-11-19 16:00");
        let since = |until: &str| weekdays().business_days_since(at, kyiv(until));
        assert_eq!(since("2026-11-20 15:59"), 0);
        assert_eq!(since("2026-11-20 16:00"), 1);
        assert_eq!(since("2026-11-23 16:00"), 2);
        let saturday = weekdays().business_days_since(kyiv("2026-11-21 12:00"), kyiv("2026-11-25 09:00"));
        assert_eq!(saturday, 2);
    }

    #[test]
    fn the_days_that_remain_are_those_of_the_term() {
        for end in ["2026-11-29 00:00", "2026-11-30 00:00"] {
            assert_eq!(weekdays().business_days_until(kyiv("2026-11-23 09:00"), kyiv(end)), 5, "{end}");
        }
        assert_eq!(weekdays().business_days_until(kyiv("2026-11-27 09:00"), kyiv("2026-11-30 00:00")), 1);
        assert_eq!(weekdays().business_days_until(kyiv("2026-11-30 09:00"), kyiv("2026-11-30 00:00")), 0);
        assert_eq!(weekdays().business_days_until(kyiv("2026-12-02 09:00"), kyiv("2026-11-30 00:00")), 0);
    }

    #[test]
    fn a_day_ends_at_closing_and_a_day_off_at_the_next_opening() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        assert_eq!(weekdays().closing(day(20)), kyiv("2026-11-20 18:00"));
        assert_eq!(weekdays().closing(day(21)), kyiv("2026-11-23 09:00"));
        assert_eq!(weekdays().opening(kyiv("2026-11-20 12:00")), kyiv("2026-11-20 12:00"));
    }
}
