//! How dates, money and numbers are written in each language.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use engine::domain::money::Money;

const UK_MONTHS: [(&str, &str); 12] = [
    ("січень", "січня"),
    ("лютий", "лютого"),
    ("березень", "березня"),
    ("квітень", "квітня"),
    ("травень", "травня"),
    ("червень", "червня"),
    ("липень", "липня"),
    ("серпень", "серпня"),
    ("вересень", "вересня"),
    ("жовтень", "жовтня"),
    ("листопад", "листопада"),
    ("грудень", "грудня"),
];
const EN_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const BG_MONTHS: [&str; 12] = [
    "януари",
    "февруари",
    "март",
    "април",
    "май",
    "юни",
    "юли",
    "август",
    "септември",
    "октомври",
    "ноември",
    "декември",
];

/// Groups of three digits, and numbers from their unit, stay on one line.
const NARROW: char = '\u{202f}';

/// Day and month: `21 листопада`, `21 November`, `21/11`.
pub(crate) fn date(language: &str, date: NaiveDate) -> String {
    let (day, month) = (date.day(), date.month0() as usize);
    match language {
        "uk" => format!("{day} {}", UK_MONTHS[month].1),
        "bg" => format!("{day} {}", BG_MONTHS[month]),
        "vi" => format!("{day}/{}", month + 1),
        _ => format!("{day} {}", EN_MONTHS[month]),
    }
}

/// Day, month and time: `12 листопада, 14:05`.
pub(crate) fn moment(language: &str, at: NaiveDateTime) -> String {
    format!("{}, {}", date(language, at.date()), at.format("%H:%M"))
}

/// Month and year, as a name: `листопад 2026`.
pub(crate) fn month(language: &str, date: NaiveDate) -> String {
    let (year, month) = (date.year(), date.month0() as usize);
    match language {
        "uk" => format!("{} {year}", UK_MONTHS[month].0),
        "bg" => format!("{} {year}", BG_MONTHS[month]),
        "vi" => format!("tháng {}/{year}", month + 1),
        _ => format!("{} {year}", EN_MONTHS[month]),
    }
}

/// An amount with its currency: `24 000 грн`, `24,000 UAH`.
pub(crate) fn money(language: &str, money: &Money) -> String {
    let (group, point) = separators(language);
    let sign = if money.minor < 0 { "−" } else { "" };
    let (whole, cents) = (money.minor.unsigned_abs() / 100, money.minor.unsigned_abs() % 100);
    let digits = whole.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() > 3 {
            grouped.push(group);
        }
        grouped.push(digit);
    }
    let cents = if cents == 0 { String::new() } else { format!("{point}{cents:02}") };
    let unit = match (language, money.currency.as_str()) {
        ("uk", "UAH") => "грн",
        ("uk", "EUR") => "євро",
        ("bg", "EUR") => "евро",
        (_, code) => code,
    };
    let space = if language == "en" { '\u{a0}' } else { NARROW };
    format!("{sign}{grouped}{cents}{space}{unit}")
}

/// A decimal number as the language writes it; what is no number stays as it is.
pub(crate) fn number(language: &str, text: &str) -> String {
    if is_decimal(text) { text.replace('.', &separators(language).1.to_string()) } else { text.to_owned() }
}

/// A percentage: `12,5 %`, `12.5%`.
pub(crate) fn percent(language: &str, text: &str) -> String {
    let number = number(language, text);
    if matches!(language, "uk" | "bg") { format!("{number}{NARROW}%") } else { format!("{number}%") }
}

/// Whether a text is a decimal number with a point.
pub(crate) fn is_decimal(text: &str) -> bool {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole.strip_prefix('-').unwrap_or(whole)) && digits(decimals)
}

fn separators(language: &str) -> (char, char) {
    match language {
        "uk" | "bg" => (NARROW, ','),
        "vi" => ('.', ','),
        _ => (',', '.'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_each_language_does() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let written = ["uk", "en", "vi", "bg"].map(|language| date(language, day));
        assert_eq!(written, ["21 листопада", "21 November", "21/11", "21 ноември"]);
        let months = ["uk", "en", "vi", "bg"].map(|language| month(language, day));
        assert_eq!(months, ["листопад 2026", "November 2026", "tháng 11/2026", "ноември 2026"]);
    }

    #[test]
    fn money_keeps_its_digits_and_its_unit_on_one_line() {
        let written =
            |language, minor, currency: &str| money(language, &Money { minor, currency: currency.into() });
        assert_eq!(written("uk", 2_400_000, "UAH"), "24\u{202f}000\u{202f}грн");
        assert_eq!(written("en", 2_400_000, "UAH"), "24,000\u{a0}UAH");
        assert_eq!(written("vi", 123_456_789, "VND"), "1.234.567,89\u{202f}VND");
        assert_eq!(written("bg", 99_950, "EUR"), "999,50\u{202f}евро");
        assert_eq!(written("uk", -5, "UAH"), "−0,05\u{202f}грн");
    }
}
