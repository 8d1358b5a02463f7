//! Fields: what a result is made of, how a value is read, and when it is filled.

mod done;
mod lists;
mod takes;
pub mod within;

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::ContentId;
use super::date;
use super::decimal::{self, Decimal, Reading};
use super::definition::{Field, FieldKind};
use super::money::{self, Money};
use super::refusal::Refusal;

pub use done::{DoneFigure, DoneStage, DoneTask};
pub use lists::{BadLine, LineProblem, Row, Topic};
pub use takes::takes;

/// A file that a person handed over; its name and bytes lie outside the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    pub content: ContentId,
    /// SHA-256 of the bytes, or of Telegram's file id while the bytes are not here.
    pub sha256: String,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Value {
    Text(String),
    Links(Vec<String>),
    Files(Vec<FileRef>),
    /// As typed, checked to be a decimal number, with a point.
    Number(String),
    Money(Money),
    Date(NaiveDate),
    DateRange(NaiveDate, NaiveDate),
    DateTime(NaiveDateTime),
    /// Ids of options.
    Choices(Vec<String>),
    YesNo(bool),
    Topics(Vec<Topic>),
    Table(Vec<Row>),
    /// Item to option.
    ChoiceForEach(BTreeMap<String, String>),
    Done(Vec<DoneStage>),
}

/// What came in for a field, before it is a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Entered {
    /// Typed text; empty clears the field.
    Text(String),
    /// Files that the edge has stored; added to those of a `files` field, replacing that of a `file` field.
    Files(Vec<FileRef>),
}

/// How many things the value holds; 0 means that the field is empty.
pub fn filled(value: Option<&Value>) -> u32 {
    let many = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    match value {
        None => 0,
        Some(Value::Text(text) | Value::Number(text)) => u32::from(!text.trim().is_empty()),
        Some(Value::Links(links)) => many(links.len()),
        Some(Value::Choices(chosen)) => many(chosen.len()),
        Some(Value::Files(files)) => many(files.len()),
        Some(Value::Topics(topics)) => many(topics.len()),
        Some(Value::Table(rows)) => many(rows.len()),
        Some(Value::ChoiceForEach(chosen)) => many(chosen.len()),
        Some(Value::Done(stages)) => many(stages.len()),
        Some(
            Value::Money(_) | Value::Date(_) | Value::DateRange(..) | Value::DateTime(_) | Value::YesNo(_),
        ) => 1,
    }
}

/// What else decides how a text is read.
#[derive(Clone, Copy, Default)]
pub struct Beside<'a> {
    /// Taken where none is typed.
    pub currency: Option<&'a str>,
    /// The other fields of the result.
    pub values: Option<&'a BTreeMap<String, Value>>,
}

/// Reads what was entered; `Ok(None)` clears the field.
pub fn read(
    field: &Field,
    entered: &Entered,
    before: Option<&Value>,
    beside: Beside<'_>,
) -> Result<Option<Value>, Refusal> {
    match entered {
        Entered::Files(files) => read_files(field, files, before).map(Some),
        Entered::Text(text) if text.trim().is_empty() => Ok(None),
        Entered::Text(text) => {
            if let Some(value) = read_lines(field, text, before, beside) {
                return value.map(|value| Some(value).filter(|value| filled(Some(value)) > 0));
            }
            let text = text.trim();
            read_text(field, text, beside.currency).map(Some).map_err(|unread| unread.refusal(field, text))
        }
    }
}

/// The kinds of several lines, where an indent means something.
fn read_lines(
    field: &Field,
    text: &str,
    before: Option<&Value>,
    beside: Beside<'_>,
) -> Option<Result<Value, Refusal>> {
    let text = text.trim_matches(['\n', '\r']).trim_end();
    match field.kind {
        FieldKind::Topics => Some(lists::topics(field, text)),
        FieldKind::Table => Some(lists::table(field, text, before, beside)),
        FieldKind::ChoiceForEach => Some(lists::choices_for_each(field, text, before)),
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Link
        | FieldKind::Links
        | FieldKind::File
        | FieldKind::Files
        | FieldKind::Number
        | FieldKind::Money
        | FieldKind::Percent
        | FieldKind::Date
        | FieldKind::DateRange
        | FieldKind::DateTime
        | FieldKind::Choice
        | FieldKind::Choices
        | FieldKind::YesNo
        | FieldKind::Done => None,
    }
}

fn read_files(field: &Field, files: &[FileRef], before: Option<&Value>) -> Result<Value, Refusal> {
    match (field.kind, before) {
        (FieldKind::File, _) if files.len() == 1 => Ok(Value::Files(files.to_vec())),
        (FieldKind::Files, Some(Value::Files(earlier))) => {
            let fresh = files.iter().filter(|file| !earlier.contains(file));
            Ok(Value::Files(earlier.iter().chain(fresh).cloned().collect()))
        }
        (FieldKind::Files, _) => Ok(Value::Files(files.to_vec())),
        _ => Err(bad_value(field, "file")),
    }
}

/// Why a text is not a value.
enum Unread {
    Unfit,
    /// It says two things; each of these says one.
    Either(String, String),
}

impl Unread {
    fn refusal(self, field: &Field, given: &str) -> Refusal {
        match self {
            Self::Unfit => bad_value(field, given),
            Self::Either(first, second) => Refusal::TwoReadings {
                field: field.id.clone(),
                title: field.title.clone(),
                given: shown(given),
                first,
                second,
            },
        }
    }
}

impl From<money::Unread> for Unread {
    fn from(unread: money::Unread) -> Self {
        match unread {
            money::Unread::NoAmount => Self::Unfit,
            money::Unread::Either(one, other) => Self::Either(one.to_string(), other.to_string()),
        }
    }
}

impl From<date::Unread> for Unread {
    fn from(unread: date::Unread) -> Self {
        match unread {
            date::Unread::NoDate => Self::Unfit,
            date::Unread::Either(one, other) => Self::Either(one.to_string(), other.to_string()),
        }
    }
}

fn read_text(field: &Field, text: &str, currency: Option<&str>) -> Result<Value, Unread> {
    match field.kind {
        FieldKind::Number => number(text),
        FieldKind::Money => Ok(Value::Money(Money::read(text, currency)?)),
        FieldKind::Date => Ok(Value::Date(date::day(text)?)),
        FieldKind::DateRange => {
            let (from, to) = date::range(text)?;
            Ok(Value::DateRange(from, to))
        }
        FieldKind::DateTime => Ok(Value::DateTime(date::moment(text)?)),
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Link
        | FieldKind::Links
        | FieldKind::File
        | FieldKind::Files
        | FieldKind::Percent
        | FieldKind::Choice
        | FieldKind::Choices
        | FieldKind::YesNo
        | FieldKind::Topics
        | FieldKind::Table
        | FieldKind::ChoiceForEach
        | FieldKind::Done => read_plain(field, text).ok_or(Unread::Unfit),
    }
}

/// The kinds that nobody reads in two ways.
fn read_plain(field: &Field, text: &str) -> Option<Value> {
    match field.kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::Done => Some(Value::Text(text.to_owned())),
        FieldKind::Link => links(text).filter(|links| links.len() == 1).map(Value::Links),
        FieldKind::Links => links(text).map(Value::Links),
        FieldKind::Percent => percent(text).map(Value::Number),
        FieldKind::File
        | FieldKind::Files
        | FieldKind::Number
        | FieldKind::Money
        | FieldKind::Date
        | FieldKind::DateRange
        | FieldKind::DateTime
        | FieldKind::Topics
        | FieldKind::Table
        | FieldKind::ChoiceForEach => None,
        FieldKind::Choice => choices(field, text).filter(|ids| ids.len() == 1).map(Value::Choices),
        FieldKind::Choices => choices(field, text).map(Value::Choices),
        FieldKind::YesNo => yes_no(text).map(Value::YesNo),
    }
}

fn links(text: &str) -> Option<Vec<String>> {
    let mut found: Vec<String> = Vec::new();
    for link in text.split([',', ' ', '\n', '\t']).filter(|part| !part.is_empty()) {
        let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"))?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if host.is_empty() || link.chars().any(char::is_control) {
            return None;
        }
        if !found.iter().any(|earlier| earlier == link) {
            found.push(link.to_owned());
        }
    }
    (!found.is_empty()).then_some(found)
}

/// A number; where a comma may group thousands as well as begin the decimals, the typist says which.
fn number(text: &str) -> Result<Value, Unread> {
    let (sign, rest) = signed(text);
    match decimal::read(rest).ok_or(Unread::Unfit)? {
        Reading::Sure(decimal) | Reading::Either { mark: '.', pointed: decimal, .. } => {
            plain(sign, &decimal).map(Value::Number).ok_or(Unread::Unfit)
        }
        Reading::Either { grouped, pointed, .. } => {
            let both = plain(sign, &grouped).zip(plain(sign, &pointed));
            Err(both.map_or(Unread::Unfit, |(grouped, pointed)| Unread::Either(grouped, pointed)))
        }
    }
}

/// A percentage has no thousands.
fn percent(text: &str) -> Option<String> {
    let (sign, rest) = signed(text.trim_end_matches('%').trim_end());
    match decimal::read(rest)? {
        Reading::Sure(decimal) | Reading::Either { pointed: decimal, .. } => plain(sign, &decimal),
    }
}

fn signed(text: &str) -> (&'static str, &str) {
    text.strip_prefix(['-', '−']).map_or(("", text), |rest| ("-", rest))
}

/// With a point, as it is kept; at most 15 digits on each side.
fn plain(sign: &str, decimal: &Decimal) -> Option<String> {
    let Decimal { whole, decimals } = decimal;
    let point = if decimals.is_empty() { "" } else { "." };
    (whole.len() <= 15 && decimals.len() <= 15).then(|| format!("{sign}{whole}{point}{decimals}"))
}

fn choices(field: &Field, text: &str) -> Option<Vec<String>> {
    let mut chosen: Vec<String> = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let says = |words: &super::definition::Text| words.0.iter().any(|(_, word)| word == part);
        let (id, _) = field.options.iter().find(|(id, words)| id == part || says(words))?;
        if !chosen.contains(id) {
            chosen.push(id.clone());
        }
    }
    (!chosen.is_empty()).then_some(chosen)
}

fn yes_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "так" | "да" | "có" => Some(true),
        "false" | "no" | "ні" | "не" | "không" => Some(false),
        _ => None,
    }
}

/// The refusal of a text that is no value of its field.
pub(super) fn bad_value(field: &Field, given: &str) -> Refusal {
    let kind = serde_json::to_value(field.kind).ok();
    let kind = kind.as_ref().and_then(|kind| kind.as_str()).unwrap_or_default();
    Refusal::BadValue {
        field: field.id.clone(),
        title: field.title.clone(),
        kind: kind.replace('_', " "),
        given: shown(given),
        known: field.options.iter().map(|(id, _)| id.clone()).collect(),
    }
}

/// Enough of what was typed to know it again.
fn shown(given: &str) -> String {
    given.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::definition::Text;

    pub(super) const UAH: Beside<'static> = Beside { currency: Some("UAH"), values: None };

    pub(super) fn field(kind: FieldKind) -> Field {
        Field {
            id: "f".into(),
            was: Vec::new(),
            title: Text::plain("Поле"),
            kind,
            required: false,
            at_least: None,
            client_sees: false,
            items: Vec::new(),
            columns: Vec::new(),
            within: None,
            options: vec![
                ("have".into(), Text::plain("Отримано")),
                ("create".into(), Text::plain("Створюємо")),
            ],
            hint: None,
            is_expense: false,
            sets_price: false,
            saves_to: None,
        }
    }

    fn typed(kind: FieldKind, text: &str) -> Result<Option<Value>, Refusal> {
        read(&field(kind), &Entered::Text(text.into()), None, UAH)
    }

    #[test]
    fn values_are_read_as_people_type_them() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 12, d).unwrap();
        let some = |value| Ok(Some(value));
        assert_eq!(typed(FieldKind::Number, "9"), some(Value::Number("9".into())));
        assert_eq!(
            typed(FieldKind::Money, "5 000"),
            some(Value::Money(Money { minor: 500_000, currency: "UAH".into() }))
        );
        assert_eq!(
            typed(FieldKind::DateRange, "2026-12-09..2026-12-18"),
            some(Value::DateRange(day(9), day(18)))
        );
        assert_eq!(
            typed(FieldKind::DateRange, "09.12.2026 - 18.12.2026"),
            some(Value::DateRange(day(9), day(18)))
        );
        assert_eq!(typed(FieldKind::Choice, "Отримано"), some(Value::Choices(vec!["have".into()])));
        assert_eq!(typed(FieldKind::YesNo, "так"), some(Value::YesNo(true)));
        let two = vec!["https://a.ua/1".to_owned(), "https://a.ua/2".to_owned()];
        assert_eq!(
            typed(FieldKind::Links, "https://a.ua/1, https://a.ua/2\nhttps://a.ua/1"),
            some(Value::Links(two))
        );
    }

    #[test]
    fn numbers_are_read_in_both_ways_of_writing_them() {
        for (kind, text, value) in [
            (FieldKind::Number, "1 250,5", "1250.5"),
            (FieldKind::Number, "1,250.5", "1250.5"),
            (FieldKind::Number, "1.234", "1.234"),
            (FieldKind::Number, "-0,125", "-0.125"),
            (FieldKind::Number, "1,234,567", "1234567"),
            (FieldKind::Percent, "3,125 %", "3.125"),
        ] {
            assert_eq!(typed(kind, text), Ok(Some(Value::Number(value.into()))), "{text}");
        }
    }

    #[test]
    fn what_can_be_read_twice_is_refused_with_both_readings() {
        for (kind, text, both) in [
            (FieldKind::Number, "9,500", ["9500", "9.500"]),
            (FieldKind::Money, "24.000", ["24000 UAH", "24 UAH"]),
            (FieldKind::Date, "03/04/2026", ["2026-04-03", "2026-03-04"]),
        ] {
            let Err(Refusal::TwoReadings { first, second, .. }) = typed(kind, text) else { panic!("{text}") };
            assert_eq!([first.as_str(), second.as_str()], both);
            assert!(typed(kind, &first).is_ok() && typed(kind, &second).is_ok(), "each can be typed back");
        }
    }

    #[test]
    fn an_empty_entry_clears_the_field() {
        assert_eq!(typed(FieldKind::Money, "  "), Ok(None));
    }

    #[test]
    fn what_does_not_fit_is_refused_with_what_would() {
        for (kind, text) in [
            (FieldKind::Number, "nine"),
            (FieldKind::Link, "javascript:alert(1)"),
            (FieldKind::Link, "https://a.ua https://b.ua"),
            (FieldKind::DateRange, "2026-12-18..2026-12-09"),
            (FieldKind::Date, "2026-02-30"),
            (FieldKind::Choice, "have,create"),
            (FieldKind::File, "report.pdf"),
        ] {
            let refused = typed(kind, text);
            assert!(matches!(refused, Err(Refusal::BadValue { .. })), "{kind:?} {text}: {refused:?}");
        }
    }
}
