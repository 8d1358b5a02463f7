//! Fixed times: what comes by the clock of the agency, written as cron writes it.

use std::str::FromStr;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;
use croner::Cron;
use serde::{Deserialize, Serialize};

use super::Timestamp;
use super::calendar::Calendar;

/// Minute, hour, day of the month, month and day of the week, such as `0 9 * * mon-fri`, in the agency's zone.
/// A time that the change of the clocks leaves out comes right after it; one that it repeats comes once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FixedTime(String);

impl FixedTime {
    /// The time as it is written in agency.yaml.
    ///
    /// # Errors
    /// What is wrong with it, in English.
    pub fn parse(text: &str) -> Result<Self, String> {
        let fields = text.split_whitespace().count();
        if fields != 5 {
            return Err(format!("it has {fields} parts, not five"));
        }
        Cron::from_str(text).map(|_| Self(text.to_owned())).map_err(|error| error.to_string())
    }

    /// The last such time in the hours up to and including `at`, if the agency works that day.
    pub fn come(&self, calendar: &Calendar, at: Timestamp, within: Duration) -> Option<Timestamp> {
        let came = self.between(calendar.zone, at - within, at);
        came.into_iter().rfind(|time| calendar.is_business_day(calendar.local(*time).date()))
    }

    /// The same, for a time that moves from a free day back to the last business day before it.
    pub fn come_early(&self, calendar: &Calendar, at: Timestamp, within: Duration) -> Option<Timestamp> {
        // No agency is closed for longer.
        let planned = self.between(calendar.zone, at - within, at + Duration::days(31));
        let moved = planned.into_iter().filter_map(|time| {
            let local = calendar.local(time);
            let day = worked(calendar, local.date())?;
            Some(calendar.instant(day.and_time(local.time())))
        });
        moved.filter(|time| *time > at - within && *time <= at).max()
    }

    fn between(&self, zone: Tz, after: Timestamp, until: Timestamp) -> Vec<Timestamp> {
        let Ok(cron) = Cron::from_str(&self.0) else { return Vec::new() };
        let mut found: Vec<Timestamp> = Vec::new();
        let mut from: DateTime<Tz> = after.with_timezone(&zone);
        while let Ok(next) = cron.find_next_occurrence(&from, false) {
            let time = next.with_timezone(&Utc);
            if time > until || found.last().is_some_and(|last| *last >= time) {
                break;
            }
            found.push(time);
            from = next;
        }
        found
    }
}

fn worked(calendar: &Calendar, day: NaiveDate) -> Option<NaiveDate> {
    let mut day = day;
    for _ in 0..31 {
        if calendar.is_business_day(day) {
            return Some(day);
        }
        day = day.pred_opt()?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::calendar::weekdays;
    use super::*;

    fn kyiv(text: &str) -> Timestamp {
        weekdays().instant(chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap())
    }

    fn times(text: &str, zone: Tz, from: &str, days: i64) -> Vec<String> {
        let from = kyiv(from);
        let found = FixedTime::parse(text).unwrap().between(zone, from, from + Duration::days(days));
        found.iter().map(|time| time.with_timezone(&zone).format("%m-%d %H:%M").to_string()).collect()
    }

    #[test]
    fn a_time_that_spring_leaves_out_comes_right_after_the_change() {
        let kyiv = times("30 3 * * *", chrono_tz::Europe::Kyiv, "2026-03-28 00:00", 3);
        assert_eq!(kyiv, ["03-28 03:30", "03-29 04:00", "03-30 03:30"]);
        let berlin = times("30 2 * * *", chrono_tz::Europe::Berlin, "2026-03-28 00:00", 3);
        assert_eq!(berlin, ["03-28 02:30", "03-29 03:00", "03-30 02:30"]);
    }

    #[test]
    fn a_time_that_autumn_repeats_comes_once() {
        let kyiv = times("30 3 * * *", chrono_tz::Europe::Kyiv, "2026-10-24 00:00", 3);
        assert_eq!(kyiv, ["10-24 03:30", "10-25 03:30", "10-26 03:30"]);
        let berlin = times("30 2 * * *", chrono_tz::Europe::Berlin, "2026-10-24 00:00", 3);
        assert_eq!(berlin, ["10-24 02:30", "10-25 02:30", "10-26 02:30"]);
    }

    #[test]
    fn five_is_friday_and_zero_is_sunday() {
        let zone = chrono_tz::Europe::Kyiv;
        assert_eq!(times("0 9 * * 5", zone, "2026-11-22 12:00", 8), ["11-27 09:00"]);
        assert_eq!(times("0 9 * * 0", zone, "2026-11-22 12:00", 8), ["11-29 09:00"]);
        assert_eq!(times("0 9 * * mon-fri", zone, "2026-11-26 12:00", 4), ["11-27 09:00", "11-30 09:00"]);
    }

    #[test]
    fn a_time_comes_every_day_of_a_year_exactly_once() {
        for zone in [chrono_tz::Europe::Kyiv, chrono_tz::Europe::Sofia, chrono_tz::Asia::Ho_Chi_Minh] {
            for hour in 0..24 {
                let all = times(&format!("30 {hour} * * *"), zone, "2026-01-01 12:00", 365);
                let days: std::collections::BTreeSet<&str> = all.iter().map(|time| &time[..5]).collect();
                assert_eq!((all.len(), days.len()), (365, 365), "{zone} {hour}:30");
            }
        }
    }

    #[test]
    fn what_falls_on_a_free_day_comes_on_the_last_business_day_before() {
        let month_end = FixedTime::parse("0 16 L * *").unwrap();
        let mut calendar = weekdays();
        // 31 January 2027 is a Sunday.
        let hours = Duration::hours(12);
        assert_eq!(month_end.come_early(&calendar, kyiv("2027-01-29 15:59"), hours), None);
        let friday = Some(kyiv("2027-01-29 16:00"));
        assert_eq!(month_end.come_early(&calendar, kyiv("2027-01-29 16:00"), hours), friday);
        assert_eq!(month_end.come_early(&calendar, kyiv("2027-01-29 23:00"), hours), friday);
        assert_eq!(month_end.come_early(&calendar, kyiv("2027-01-31 16:00"), hours), None);
        calendar.holidays = vec![NaiveDate::from_ymd_opt(2027, 1, 29).unwrap()];
        let thursday = month_end.come_early(&calendar, kyiv("2027-01-28 17:00"), hours);
        assert_eq!(thursday, Some(kyiv("2027-01-28 16:00")));
    }

    #[test]
    fn a_day_off_has_no_overview_and_one_that_was_missed_by_half_a_day_is_let_go() {
        let morning = FixedTime::parse("0 9 * * *").unwrap();
        let (calendar, hours) = (weekdays(), Duration::hours(6));
        let monday = Some(kyiv("2026-11-23 09:00"));
        assert_eq!(morning.come(&calendar, kyiv("2026-11-23 09:00"), hours), monday);
        assert_eq!(morning.come(&calendar, kyiv("2026-11-23 14:59"), hours), monday);
        assert_eq!(morning.come(&calendar, kyiv("2026-11-23 15:00"), hours), None);
        assert_eq!(morning.come(&calendar, kyiv("2026-11-22 10:00"), hours), None);
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for wrong in ["", "9:00", "0 9 * *", "0 9 * * * *", "61 9 * * *", "0 9 * * funday"] {
            assert!(FixedTime::parse(wrong).is_err(), "{wrong}");
        }
    }
}
