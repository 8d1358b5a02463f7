//! Business time: the agency's zone, opening hours, holidays and extra days (REQUIREMENTS 1.6.5).

use chrono::{
    DateTime, Datelike, Days, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc,
};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::Timestamp;
use super::definition::{Term, Unit};

mod count;

/// When the agency is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    pub zone: Tz,
    /// For Monday to Sunday: opening intervals in local time, in order, not overlapping.
    pub week: [Vec<(NaiveTime, NaiveTime)>; 7],
    pub holidays: Vec<NaiveDate>,
    /// Days that are worked although their weekday is free, with the hours of a Monday.
    pub extra_days: Vec<NaiveDate>,
    /// The bot never writes to a client between these local times.
    pub quiet: Option<(NaiveTime, NaiveTime)>,
    /// Where the client of a project lives, if that is known: what waits for him waits by his clock (T4).
    #[serde(skip)]
    pub client_zone: Option<Tz>,
}

/// No calendar is closed for longer than this; it bounds every search.
const HORIZON_DAYS: u32 = 3_700;

impl Calendar {
    /// The same hours and days on the client's clock; the agency's own where nobody knows the client's (T4).
    #[must_use]
    pub fn of_client(&self) -> Self {
        Self { zone: self.client_zone.unwrap_or(self.zone), ..self.clone() }
    }

    /// Open intervals of a day, in local time.
    pub fn hours(&self, day: NaiveDate) -> &[(NaiveTime, NaiveTime)] {
        if self.extra_days.contains(&day) {
            return &self.week[0];
        }
        if self.holidays.contains(&day) {
            return &[];
        }
        &self.week[day.weekday().num_days_from_monday() as usize]
    }

    /// Whether the agency works that day.
    pub fn is_business_day(&self, day: NaiveDate) -> bool {
        !self.hours(day).is_empty()
    }

    /// Whether somebody works at this moment.
    pub fn is_open(&self, at: Timestamp) -> bool {
        let local = self.local(at);
        self.hours(local.date()).iter().any(|(open, close)| (*open..*close).contains(&local.time()))
    }

    /// `at` plus a term (REQUIREMENTS 1.6.5); business days keep the wall-clock time.
    pub fn plus(&self, at: Timestamp, term: Term) -> Timestamp {
        let hundredths = i64::from(term.hundredths);
        match term.unit {
            Unit::CalendarHours => at + Duration::seconds(hundredths * 36),
            Unit::CalendarDays => self.plus_calendar_days(at, hundredths),
            Unit::BusinessHours => self.plus_open_time(at, Duration::seconds(hundredths * 36)),
            Unit::BusinessDays => self.plus_business_days(at, hundredths),
        }
    }

    /// The `n`-th business day strictly before `day`, at opening.
    pub fn business_days_before(&self, day: NaiveDate, n: u32) -> Option<Timestamp> {
        let mut left = n;
        let mut found = day;
        for _ in 0..HORIZON_DAYS {
            if left == 0 {
                break;
            }
            found = found.pred_opt()?;
            left -= u32::from(self.is_business_day(found));
        }
        let (open, _) = self.hours(found).first()?;
        (left == 0).then(|| self.instant(found.and_time(*open)))
    }

    /// The local date and time of an instant.
    pub fn local(&self, at: Timestamp) -> NaiveDateTime {
        at.with_timezone(&self.zone).naive_local()
    }

    /// The instant of a local time: one that does not exist moves forward, one that occurs twice is the first.
    pub fn instant(&self, local: NaiveDateTime) -> Timestamp {
        instant(self.zone, local)
    }

    /// The end of the quiet hours that `at` lies in, where the client lives (TG-52); `None` outside of them.
    pub fn quiet_until(&self, at: Timestamp, zone: Option<Tz>) -> Option<Timestamp> {
        let (from, until) = self.quiet?;
        let zone = zone.unwrap_or(self.zone);
        let local = at.with_timezone(&zone).naive_local();
        let (day, time) = (local.date(), local.time());
        let (begun, open) = (time >= from, time >= until);
        let over_midnight = from > until;
        let ends = if over_midnight && begun { day.succ_opt()? } else { day };
        let is_quiet = if over_midnight { begun || !open } else { begun && !open };
        is_quiet.then(|| instant(zone, ends.and_time(until)))
    }

    /// The Monday hours in words, such as `09:00-18:00`.
    pub fn hours_in_words(&self) -> String {
        let day = self.week.iter().find(|day| !day.is_empty());
        let ends = day.and_then(|day| Some((day.first()?.0, day.last()?.1)));
        ends.map_or(String::new(), |(open, close)| {
            format!("{}-{}", open.format("%H:%M"), close.format("%H:%M"))
        })
    }

    /// `at` itself when open, else the next opening.
    fn clamp_forward(&self, at: NaiveDateTime) -> NaiveDateTime {
        let mut day = at.date();
        for _ in 0..HORIZON_DAYS {
            let from = if day == at.date() { at.time() } else { NaiveTime::MIN };
            if let Some((open, _)) = self.hours(day).iter().find(|(_, close)| from < *close) {
                return day.and_time(from.max(*open));
            }
            let Some(next) = day.succ_opt() else { break };
            day = next;
        }
        at
    }

    fn plus_calendar_days(&self, at: Timestamp, hundredths: i64) -> Timestamp {
        let whole = Days::new(u64::try_from(hundredths / 100).unwrap_or(0));
        let moved = self.local(at).checked_add_days(whole).unwrap_or_else(|| self.local(at));
        self.instant(moved) + Duration::seconds(hundredths % 100 * 864)
    }

    fn plus_business_days(&self, at: Timestamp, hundredths: i64) -> Timestamp {
        let start = self.clamp_forward(self.local(at));
        let mut day = start.date();
        let mut left = hundredths / 100;
        for _ in 0..HORIZON_DAYS {
            let Some(next) = day.succ_opt().filter(|_| left > 0) else { break };
            day = next;
            left -= i64::from(self.is_business_day(day));
        }
        let whole = self.instant(self.clamp_into(day, start.time()));
        match hundredths % 100 {
            0 => whole,
            part => self.plus_open_time(whole, self.length(day) * i32::try_from(part).unwrap_or(0) / 100),
        }
    }

    fn clamp_into(&self, day: NaiveDate, time: NaiveTime) -> NaiveDateTime {
        let hours = self.hours(day);
        let inside = hours.iter().find(|(_, close)| time <= *close).map(|(open, _)| time.max(*open));
        let last = hours.last().map(|(_, close)| *close);
        day.and_time(inside.or(last).unwrap_or(time))
    }

    fn length(&self, day: NaiveDate) -> Duration {
        self.hours(day).iter().map(|(open, close)| *close - *open).sum()
    }

    fn plus_open_time(&self, at: Timestamp, budget: Duration) -> Timestamp {
        let start = self.clamp_forward(self.local(at));
        let (mut day, mut left) = (start.date(), budget);
        for _ in 0..HORIZON_DAYS {
            for (open, close) in self.hours(day) {
                let from = if day == start.date() { start.time().max(*open) } else { *open };
                if from >= *close {
                    continue;
                }
                let (opens, closes) = (self.instant(day.and_time(from)), self.instant(day.and_time(*close)));
                if closes - opens >= left {
                    return opens + left;
                }
                left -= closes - opens;
            }
            let Some(next) = day.succ_opt() else { break };
            day = next;
        }
        at
    }
}

#[cfg(test)]
pub(crate) fn weekdays() -> Calendar {
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let open = vec![(at(9), at(18))];
    let week = [open.clone(), open.clone(), open.clone(), open.clone(), open, vec![], vec![]];
    Calendar {
        zone: chrono_tz::Europe::Kyiv,
        week,
        holidays: vec![],
        extra_days: vec![],
        quiet: None,
        client_zone: None,
    }
}

fn instant(zone: Tz, local: NaiveDateTime) -> Timestamp {
    let mut probe = local;
    for _ in 0..16 {
        match zone.from_local_datetime(&probe) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => return at.with_timezone(&Utc),
            LocalResult::None => probe += Duration::minutes(15),
        }
    }
    DateTime::from_naive_utc_and_offset(local, Utc)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kyiv(text: &str) -> Timestamp {
        let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        weekdays().instant(local)
    }

    fn days(n: u32) -> Term {
        Term { hundredths: n * 100, unit: Unit::BusinessDays }
    }

    fn hours(n: u32) -> Term {
        Term { hundredths: n * 100, unit: Unit::BusinessHours }
    }

    #[test]
    fn quiet_hours_end_in_the_morning_of_the_client() {
        let mut calendar = weekdays();
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
        calendar.quiet = Some((at(20, 0), at(8, 30)));
        let evening = calendar.quiet_until(kyiv("2026-11-24 20:00"), None);
        assert_eq!(evening, Some(kyiv("2026-11-25 08:30")));
        assert_eq!(calendar.quiet_until(kyiv("2026-11-25 08:29"), None), evening);
        assert_eq!(calendar.quiet_until(kyiv("2026-11-25 08:30"), None), None);
        assert_eq!(calendar.quiet_until(kyiv("2026-11-25 19:59"), None), None);
        // 19:30 in Kyiv is 00:30 in Hanoi.
        let hanoi = calendar.quiet_until(kyiv("2026-11-24 19:30"), Some(chrono_tz::Asia::Ho_Chi_Minh));
        assert_eq!(hanoi, Some(kyiv("2026-11-25 03:30")));
        calendar.quiet = Some((at(12, 0), at(13, 0)));
        assert_eq!(calendar.quiet_until(kyiv("2026-11-24 12:30"), None), Some(kyiv("2026-11-24 13:00")));
        assert_eq!(calendar.quiet_until(kyiv("2026-11-24 20:00"), None), None);
    }

    #[test]
    fn quiet_hours_end_by_the_clock_on_both_sunday_mornings_of_the_change() {
        let mut calendar = weekdays();
        calendar.quiet =
            Some((NaiveTime::from_hms_opt(20, 0, 0).unwrap(), NaiveTime::from_hms_opt(8, 30, 0).unwrap()));
        for (evening, morning) in
            [("2026-03-28 21:00", "2026-03-29 08:30"), ("2026-10-24 21:00", "2026-10-25 08:30")]
        {
            assert_eq!(calendar.quiet_until(kyiv(evening), None), Some(kyiv(morning)));
        }
    }

    #[test]
    fn two_business_days_from_thursday_skip_a_holiday_and_the_weekend() {
        let mut calendar = weekdays();
        calendar.holidays = vec![NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()];
        assert_eq!(calendar.plus(kyiv("2026-11-19 16:00"), days(2)), kyiv("2026-11-24 16:00"));
    }

    #[test]
    fn two_business_days_from_saturday_noon_are_wednesday_at_opening() {
        assert_eq!(weekdays().plus(kyiv("2026-11-21 12:00"), days(2)), kyiv("2026-11-25 09:00"));
    }

    #[test]
    fn three_business_hours_from_friday_evening_are_monday_at_half_past_eleven() {
        assert_eq!(weekdays().plus(kyiv("2026-11-20 17:30"), hours(3)), kyiv("2026-11-23 11:30"));
    }

    #[test]
    fn lunch_is_not_open_time() {
        let mut calendar = weekdays();
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        calendar.week[0] = vec![(at(9), at(13)), (at(14), at(18))];
        assert_eq!(calendar.plus(kyiv("2026-11-23 12:00"), hours(2)), kyiv("2026-11-23 15:00"));
    }

    #[test]
    fn five_business_days_before_the_end_of_november_are_the_monday_before() {
        for day in [29, 30] {
            let end = NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
            assert_eq!(weekdays().business_days_before(end, 5), Some(kyiv("2026-11-23 09:00")));
        }
    }

    #[test]
    fn a_wall_time_that_does_not_exist_moves_forward_and_one_that_occurs_twice_is_the_first() {
        let local = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        let gap = weekdays().instant(local("2026-03-29 03:30"));
        assert_eq!(gap.to_rfc3339(), "2026-03-29T01:00:00+00:00");
        let twice = weekdays().instant(local("2026-10-25 03:30"));
        assert_eq!(twice.to_rfc3339(), "2026-10-25T00:30:00+00:00");
    }
}
