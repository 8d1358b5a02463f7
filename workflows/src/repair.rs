//! Repairs: how a mistake can be mended at its place, so that one key press does it.

use crate::files::Source;
use crate::values::hundredths;
use crate::yaml::{Content, Node, Span};

/// A place of the file and what it should become.
pub(crate) type Repair = (Span, String);

impl Source {
    /// The whole lines that a piece of the file stands on, with their ends.
    pub(crate) fn lines_of(&self, span: &Span) -> Span {
        let start = self.text.get(..span.start).and_then(|text| text.rfind('\n')).map_or(0, |end| end + 1);
        let end = self.text.get(span.end..).and_then(|text| text.find('\n'));
        start..end.map_or(self.text.len(), |end| span.end + end + 1)
    }

    /// What stands before a place on its line.
    fn before(&self, at: usize) -> &str {
        let start = self.text.get(..at).and_then(|text| text.rfind('\n')).map_or(0, |end| end + 1);
        self.text.get(start..at).unwrap_or("")
    }

    /// Takes a key out with its value, if both have their lines for themselves.
    pub(crate) fn without(&self, key: &Span, value: &Span) -> Option<Repair> {
        let alone = self.before(key.start).trim().is_empty();
        let end = self.text.get(..value.end)?.trim_end().len().max(key.end);
        alone.then(|| (self.lines_of(&(key.start..end)), String::new()))
    }

    /// Takes an item out of a list, if it has its lines for itself.
    pub(crate) fn without_item(&self, item: &Span) -> Option<Repair> {
        let alone = self.before(item.start).trim() == "-";
        alone.then(|| (self.lines_of(item), String::new()))
    }

    /// Puts `key: value` on a line of its own below a key of the same block, or before it within braces.
    pub(crate) fn with_key(&self, first: (&Node, &Node), line: &str) -> Repair {
        let (key, value) = first;
        let before = self.before(key.span.start);
        if before.contains(['{', '"', '\'']) {
            return (key.span.start..key.span.start, format!("{line}, "));
        }
        let indent = " ".repeat(before.chars().count());
        if matches!(value.content, Content::Scalar { .. }) {
            let end = self.lines_of(&value.span).end;
            let ends = self.text.get(..end).is_some_and(|text| text.ends_with('\n'));
            let text = if ends { format!("{indent}{line}\n") } else { format!("\n{indent}{line}") };
            return (end..end, text);
        }
        (key.span.start..key.span.start, format!("{line}\n{indent}"))
    }
}

/// A line that may stand for a missing key until something better is written.
pub(crate) fn sample(key: &str) -> Option<&'static str> {
    Some(match key {
        "type" => "type: text",
        "title" => "title: \"…\"",
        "options" => "options: { one: \"…\", two: \"…\" }",
        "assignee" => "assignee: pm",
        "signoff" => "signoff: 1",
        "every" => "every: month",
        "times" => "times: 1",
        "hours" => "hours: \"09:00-18:00\"",
        "days" => "days: [mon, tue, wed, thu, fri]",
        _ => return None,
    })
}

/// `9-18`, `9:00 - 18.30`, `з 9 до 18` as a span of hours.
pub(crate) fn hours(given: &str) -> Option<String> {
    let numbers: Vec<u32> = given
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    let (from, to) = match numbers.as_slice() {
        [from, to] => ((*from, 0), (*to, 0)),
        [from, minute, to, until] => ((*from, *minute), (*to, *until)),
        _ => return None,
    };
    let fits = [from, to].iter().all(|(hour, minute)| *hour < 24 && *minute < 60) && from < to;
    fits.then(|| format!("{:02}:{:02}-{:02}:{:02}", from.0, from.1, to.0, to.1))
}

/// `24000 грн на місяць` as a price.
pub(crate) fn price(given: &str) -> Option<String> {
    let digits: String =
        given.chars().take_while(|c| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '.' | ',')).collect();
    let number: String = digits.chars().filter(char::is_ascii_digit).collect();
    let rest = given.get(digits.len()..)?.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| rest.contains(word));
    let currency = if has(&["грн", "₴", "uah", "гривень", "гривні"]) {
        "UAH"
    } else if has(&["$", "usd", "дол"]) {
        "USD"
    } else if has(&["€", "eur", "євро"]) {
        "EUR"
    } else {
        return None;
    };
    let per = if has(&["місяц", "month", "міс"]) {
        " per month"
    } else if has(&["тиж", "week"]) {
        " per week"
    } else {
        ""
    };
    (!number.is_empty()).then(|| format!("{number} {currency}{per}"))
}

/// The first number in what should have been nothing but a number.
pub(crate) fn number(given: &str) -> Option<String> {
    let start = given.find(|c: char| c.is_ascii_digit())?;
    let number: String = given[start..].chars().take_while(char::is_ascii_digit).collect();
    number.parse::<u32>().ok().filter(|number| *number > 0).map(|number| number.to_string())
}

/// The number of hours in what should have been nothing else, with a comma or not: `1,5 год`.
pub(crate) fn hours_of(given: &str) -> Option<String> {
    let end = given.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(given.len());
    let decimal = given[..end].trim_end_matches(['.', ',']).replace(',', ".");
    hundredths(&decimal).filter(|hours| *hours > 0).map(|_| decimal).or_else(|| number(given))
}

/// The markup that messages have instead of another one.
pub(crate) fn tag(tag: &str) -> Option<String> {
    let name = tag.strip_prefix('<')?.strip_suffix('>')?;
    let (slash, name) = name.strip_prefix('/').map_or(("", name), |name| ("/", name));
    let known = match name {
        "strong" | "u" | "ins" | "h1" | "h2" => "b",
        "em" => "i",
        _ => return None,
    };
    Some(format!("<{slash}{known}>"))
}

/// A quote that was not closed before the next key of the same line, or before its end.
pub(crate) fn quote(source: &Source, at: usize) -> Option<Repair> {
    let line = source.lines_of(&(at..at));
    let text = source.text.get(line.clone())?;
    let mut open = false;
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        let next_key = rest.strip_prefix(", ").and_then(|rest| rest.split_once(": \""));
        let next_key = next_key
            .is_some_and(|(key, _)| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'));
        if open && (next_key || rest == " }\n" || rest == "\n") {
            return Some((line.start + at..line.start + at, "\"".to_owned()));
        }
        open ^= c == '"';
    }
    None
}

/// A label cut at the end of a word, so that it fits.
pub(crate) fn shorter(label: &str, limit: usize) -> Option<String> {
    let mut words: Vec<&str> = label.split(' ').collect();
    while words.len() > 1 {
        words.pop();
        let short = words.join(" ");
        if short.chars().count() <= limit {
            return Some(short);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_by_habit_is_understood() {
        assert_eq!(hours("9-18").as_deref(), Some("09:00-18:00"));
        assert_eq!(hours("9:30 – 18.00").as_deref(), Some("09:30-18:00"));
        assert_eq!(hours("18-9"), None);
        assert_eq!(price("24000 грн на місяць").as_deref(), Some("24000 UAH per month"));
        assert_eq!(price("1 500 $").as_deref(), Some("1500 USD"));
        assert_eq!(price("багато"), None);
        assert_eq!(number("18 годин").as_deref(), Some("18"));
        assert_eq!(number("вісім"), None);
        assert_eq!(hours_of("1,5 год").as_deref(), Some("1.5"));
        assert_eq!(hours_of("близько 8").as_deref(), Some("8"));
        assert_eq!(hours_of("0,0"), None);
        assert_eq!(shorter("Надіслати бриф клієнтові", 16).as_deref(), Some("Надіслати бриф"));
        assert_eq!(shorter("Найдовшеслово-без-пробілів", 16), None);
    }
}
