//! Values with a shape of their own: lengths of time, money, parts of a price, hours, dates.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use engine::domain::definition::{Every, Price, Share, Term, Unit};
use engine::domain::fixed_time::FixedTime;
use engine::domain::money::Money;

use crate::nearest::nearest;
use crate::problem::Notes;
use crate::repair;
use crate::trouble::Trouble;
use crate::yaml::Node;

pub(crate) const PERIODS: [(&str, Every); 4] = [
    ("week", Every::Week),
    ("2 weeks", Every::TwoWeeks),
    ("month", Every::Month),
    ("quarter", Every::Quarter),
];

/// A local time span such as `09:00-18:00`.
pub(crate) type Hours = (NaiveTime, NaiveTime);

impl Notes<'_> {
    /// `3 business days`; `3 days` is an error that offers both kinds.
    pub fn term(&mut self, node: &Node, key: &str) -> Option<Term> {
        let given = self.word(node)?;
        let term = read_term(given);
        if term.is_none() {
            self.note(&node.span, term_trouble(key, given));
        }
        term
    }

    /// `24000 UAH`, `24000 UAH per month`.
    pub fn price(&mut self, node: &Node) -> Option<Price> {
        let given = self.word(node)?;
        let (amount, per) = match given.split_once(" per ") {
            Some((amount, per)) => (amount, Some(per)),
            None => (given, None),
        };
        let every =
            per.map(|word| PERIODS.iter().find(|(name, _)| *name == word.trim()).map(|(_, every)| *every));
        let price = match (Money::parse(amount, None), every) {
            (Some(amount), None) => Some(Price { amount, per: None }),
            (Some(amount), Some(Some(every))) => Some(Price { amount, per: Some(every) }),
            (None, _) | (_, Some(None)) => None,
        };
        if price.is_none() {
            self.shape(
                node,
                "not-money",
                "a price such as `24000 UAH` or `24000 UAH per month`",
                repair::price(given).as_deref(),
            );
        }
        price
    }

    /// `40%`, `30000 UAH` or `rest`.
    pub fn share(&mut self, node: &Node) -> Option<Share> {
        let given = self.word(node)?;
        let share = match given.strip_suffix('%') {
            Some(percent) => {
                hundredths(percent.trim()).filter(|h| (1..=10_000).contains(h)).map(Share::Percent)
            }
            None if given == "rest" => Some(Share::Rest),
            None => Money::parse(given, None).map(Share::Amount),
        };
        if share.is_none() {
            self.shape(node, "not-money", "a part of the price: `40%`, `30000 UAH` or `rest`", None);
        }
        share
    }

    /// Planned hours such as `0.5`, in minutes.
    pub fn minutes(&mut self, node: &Node) -> Option<u32> {
        let given = self.word(node)?;
        let hundredths = hundredths(given).filter(|h| (1..=100_000).contains(h) && node.plain().is_some());
        if hundredths.is_none() {
            let trouble = Trouble::error("not-a-number")
                .with("given", given)
                .with("wanted", "a number of hours such as `8` or `0.5`");
            self.note(&node.span, trouble.fix(repair::hours_of(given).as_deref()));
        }
        hundredths.map(|hundredths| hundredths * 60 / 100)
    }

    /// `2026-12-25`.
    pub fn date(&mut self, node: &Node) -> Option<NaiveDate> {
        let given = self.word(node)?;
        let date = NaiveDate::parse_from_str(given, "%Y-%m-%d").ok().filter(|_| given.len() == 10);
        if date.is_none() {
            let offer = NaiveDate::parse_from_str(given, "%d.%m.%Y").ok().map(|date| date.to_string());
            self.shape(node, "date", "a day such as `2026-12-25`", offer.as_deref());
        }
        date
    }

    /// `0 9 * * mon-fri`: minute, hour, day, month, day of the week.
    pub fn fixed_time(&mut self, node: &Node) -> Option<FixedTime> {
        let given = self.word(node)?;
        let time = FixedTime::parse(given).ok();
        if time.is_none() {
            let clock = NaiveTime::parse_from_str(given, "%H:%M").ok();
            let offer = clock.map(|clock| clock.format("%-M %-H * * mon-fri").to_string());
            let wanted = "minute, hour, day, month and day of the week, such as `0 9 * * mon-fri`";
            self.shape(node, "fixed-time", wanted, offer.as_deref());
        }
        time
    }

    /// `09:00-18:00`; only quiet hours may run over midnight.
    pub fn hours(&mut self, node: &Node, over_midnight: bool) -> Option<Hours> {
        let given = self.word(node)?;
        let clock = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
        let hours = given.split_once('-').and_then(|(from, to)| Some((clock(from)?, clock(to)?)));
        let fits = hours.filter(|(from, to)| from < to || (over_midnight && from != to));
        if fits.is_none() {
            self.shape(node, "time", "a span such as `09:00-18:00`", repair::hours(given).as_deref());
        }
        fits
    }

    /// A zone such as `Europe/Kyiv`.
    pub fn zone(&mut self, node: &Node) -> Option<Tz> {
        let given = self.word(node)?;
        let zone = given.parse::<Tz>().ok();
        if zone.is_none() {
            // The old spelling is still known, but nothing to recommend.
            let zones = chrono_tz::TZ_VARIANTS.iter().filter(|zone| **zone != Tz::Europe__Kiev);
            let offer = nearest(given, zones.map(|zone| zone.name()));
            self.shape(node, "time-zone", "a time zone such as `Europe/Kyiv`", offer);
        }
        zone
    }

    /// Notes that a value has not the shape `wanted`.
    pub fn shape(&mut self, node: &Node, code: &'static str, wanted: &str, offer: Option<&str>) {
        let given = node.word().unwrap_or_default();
        let trouble = Trouble::error(code).words("shape").with("given", given).with("wanted", wanted);
        let quoted =
            offer.map(|offer| if node.plain().is_some() { offer.to_owned() } else { format!("\"{offer}\"") });
        self.note(&node.point(), trouble.fix(quoted.as_deref()));
    }
}

/// A length of time as people write it.
pub fn read_term(given: &str) -> Option<Term> {
    let mut words = given.split_whitespace();
    let (number, kind, unit) = (words.next()?, words.next()?, words.next()?);
    let unit = match (kind, unit) {
        ("business", "day" | "days") => Unit::BusinessDays,
        ("business", "hour" | "hours") => Unit::BusinessHours,
        ("calendar", "day" | "days") => Unit::CalendarDays,
        ("calendar", "hour" | "hours") => Unit::CalendarHours,
        _ => return None,
    };
    let hundredths = hundredths(number).filter(|h| (1..=100_000).contains(h))?;
    words.next().is_none().then_some(Term { hundredths, unit })
}

fn term_trouble(key: &str, given: &str) -> Trouble {
    let words: Vec<&str> = given.split_whitespace().collect();
    let number = words.first().copied().unwrap_or_default();
    let known_number = hundredths(number).is_some();
    let which = |unit: &str, business: String, calendar: String| {
        let trouble = Trouble::error("duration").words("which-days").with("key", key).with("given", given);
        let trouble = trouble.with("unit", unit).with("business", &business).with("calendar", calendar);
        trouble.fix(Some(&business))
    };
    if let ([_, unit], true) = (words.as_slice(), known_number)
        && let Some(unit) = unit_word(unit, number)
    {
        return which(unit, format!("{number} business {unit}"), format!("{number} calendar {unit}"));
    }
    if let ([_, unit], Ok(weeks @ 1..=99)) = (words.as_slice(), number.parse::<u32>())
        && is_week(unit)
    {
        return which("days", format!("{} business days", weeks * 5), format!("{} calendar days", weeks * 7));
    }
    let trouble = Trouble::error("duration").with("given", given);
    if let ([_, kind, unit], true) = (words.as_slice(), known_number)
        && let (Some(kind), Some(unit)) = (kind_word(kind), unit_word(unit, number))
    {
        return trouble.words("near-duration").fix(Some(&format!("{number} {kind} {unit}")));
    }
    trouble
}

/// The unit that was meant, in the singular after `1`.
fn kind_word(word: &str) -> Option<&'static str> {
    let meant = [("робоч", "business"), ("календарн", "calendar")];
    let meant = meant.into_iter().find(|(begin, _)| word.starts_with(begin)).map(|(_, kind)| kind);
    meant.or_else(|| nearest(word, ["business", "calendar"]))
}

fn unit_word(word: &str, number: &str) -> Option<&'static str> {
    let days = match word {
        "d" | "день" | "дні" | "днів" => true,
        "h" | "година" | "години" | "годин" => false,
        _ => nearest(word, ["day", "days", "hour", "hours"])?.starts_with("day"),
    };
    Some(match (days, number) {
        (true, "1") => "day",
        (true, _) => "days",
        (false, "1") => "hour",
        (false, _) => "hours",
    })
}

/// A week is no length by itself: of how many days?
fn is_week(word: &str) -> bool {
    word.starts_with("тиж") || matches!(word, "week" | "weeks" | "w")
}

/// A decimal number with at most two decimals, in hundredths.
pub(crate) fn hundredths(text: &str) -> Option<u32> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(decimals) || decimals.len() > 2 || text.ends_with('.') {
        return None;
    }
    let part = format!("{decimals:0<2}").parse::<u32>().ok()?;
    whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(part)
}
