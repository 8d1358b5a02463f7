//! Dates as people type them: `21.11.2026`, `2026-11-21`, `21/11/26`.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

/// Why a text is not taken for a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    NoDate,
    /// `03/04/2026` is the third of April to some and the fourth of March to others.
    Either(NaiveDate, NaiveDate),
}

/// Years in which work is done; anything else is a slip of the finger.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// Reads a day.
pub fn day(text: &str) -> Result<NaiveDate, Unread> {
    let text = text.trim().trim_end_matches('.');
    let mark = text.find(|c: char| !c.is_ascii_digit()).and_then(|at| text[at..].chars().next());
    let mark = mark.filter(|mark| matches!(mark, '.' | '-' | '/')).ok_or(Unread::NoDate)?;
    let parts: Vec<&str> = text.split(mark).map(str::trim).collect();
    let &[first, second, third] = parts.as_slice() else { return Err(Unread::NoDate) };
    if first.len() == 4 {
        return of(first, second, third).ok_or(Unread::NoDate);
    }
    let third = if third.len() == 2 { format!("20{third}") } else { third.to_owned() };
    let (european, american) = (of(&third, second, first), of(&third, first, second));
    match (european, american) {
        (Some(one), Some(other)) if mark != '.' && one != other => Err(Unread::Either(one, other)),
        (Some(day), _) => Ok(day),
        (None, _) => Err(Unread::NoDate),
    }
}

fn of(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let number = |text: &str, most: usize| {
        let fits = !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| text.parse::<u32>().ok()).flatten()
    };
    let year = i32::try_from(number(year, 4)?).ok()?;
    let date = NaiveDate::from_ymd_opt(year, number(month, 2)?, number(day, 2)?)?;
    YEARS.contains(&date.year()).then_some(date)
}

/// Reads two days, the first not after the second.
pub fn range(text: &str) -> Result<(NaiveDate, NaiveDate), Unread> {
    let by_hyphen = || {
        let one = text.matches('-').count() == 1;
        one.then(|| text.split_once('-')).flatten()
    };
    let marks = ["..", "–", "—", " - "];
    let halves = marks.iter().find_map(|mark| text.split_once(mark)).or_else(by_hyphen);
    let (from, to) = halves.ok_or(Unread::NoDate)?;
    let (from, to) = (day(from)?, day(to)?);
    if from <= to { Ok((from, to)) } else { Err(Unread::NoDate) }
}

/// Reads a day and a time: `21.11.2026 14:30`.
pub fn moment(text: &str) -> Result<NaiveDateTime, Unread> {
    let (date, time) = text.trim().rsplit_once([' ', 'T']).ok_or(Unread::NoDate)?;
    let time = NaiveTime::parse_from_str(time, "%H:%M").map_err(|_| Unread::NoDate)?;
    Ok(day(date.trim_end().trim_end_matches(','))?.and_time(time))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn november(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn a_day_is_read_as_people_type_it() {
        for text in
            ["2026-11-21", "21.11.2026", "21.11.26", "21.11.2026.", "21/11/2026", "21-11-2026", "2026/11/21"]
        {
            assert_eq!(day(text), Ok(november(21)), "{text}");
        }
        assert_eq!(day("3.4.2026"), Ok(NaiveDate::from_ymd_opt(2026, 4, 3).unwrap()));
        assert_eq!(day("11/11/2026"), Ok(november(11)));
    }

    #[test]
    fn a_day_that_can_be_read_twice_is_refused_with_both_readings() {
        let april = NaiveDate::from_ymd_opt(2026, 4, 3).unwrap();
        let march = NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
        assert_eq!(day("03/04/2026"), Err(Unread::Either(april, march)));
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "2026",
            "2026-02-30",
            "31.11.2026",
            "11/21/2026",
            "21.11",
            "1.1.0026",
            "21.11-2026",
            "завтра",
        ] {
            assert_eq!(day(text), Err(Unread::NoDate), "{text}");
        }
    }

    #[test]
    fn two_days_and_a_time_are_read_as_people_type_them() {
        for text in [
            "2026-11-01..2026-11-30",
            "01.11.2026 - 30.11.2026",
            "01.11.2026-30.11.2026",
            "01.11.2026 – 30.11.2026",
            "2026-11-01 - 2026-11-30",
        ] {
            assert_eq!(range(text), Ok((november(1), november(30))), "{text}");
        }
        assert_eq!(range("30.11.2026-01.11.2026"), Err(Unread::NoDate));
        for text in ["2026-11-21T14:30", "2026-11-21 14:30", "21.11.2026 14:30", "21.11.2026, 14:30"] {
            assert_eq!(moment(text), Ok(november(21).and_hms_opt(14, 30, 0).unwrap()), "{text}");
        }
    }
}
