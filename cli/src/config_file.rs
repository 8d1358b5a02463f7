//! Config file: reads signoff.toml into names and values; what it does not know is an error with its place.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What is wrong with the file, in which line (from 1).
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong {
    pub line: usize,
    pub text: String,
    pub hint: Option<String>,
}

/// Reads `section.key` to value; numbers and switches as they are written.
pub fn read(text: &str, known: &[&str]) -> Result<BTreeMap<String, String>, Vec<Wrong>> {
    let table = DeTable::parse(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        vec![Wrong { line, text: error.message().to_owned(), hint: None }]
    })?;
    let (mut values, mut wrong) = (BTreeMap::new(), Vec::new());
    for (section, content) in table.get_ref() {
        let line = line_of(text, section.span().start);
        let name = section.get_ref().as_ref();
        match content.get_ref() {
            DeValue::Table(keys) if known.iter().any(|known| section_of(known) == name) => {
                read_section(text, name, keys, known, &mut values, &mut wrong);
            }
            DeValue::Table(_) => {
                wrong.push(unknown(line, "section", name, known.iter().map(|known| section_of(known))));
            }
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_) => wrong.push(unknown_at_top(line, name, known)),
        }
    }
    if wrong.is_empty() { Ok(values) } else { Err(wrong) }
}

fn read_section(
    text: &str,
    section: &str,
    keys: &DeTable<'_>,
    known: &[&str],
    values: &mut BTreeMap<String, String>,
    wrong: &mut Vec<Wrong>,
) {
    for (key, value) in keys {
        let line = line_of(text, key.span().start);
        let name = format!("{section}.{}", key.get_ref());
        if !known.contains(&name.as_str()) {
            wrong.push(unknown(line, "setting", &name, known.iter().copied()));
        } else if let Some(value) = plain(value) {
            values.insert(name, value);
        } else {
            let text = format!("{name} must be one text, number or true/false");
            wrong.push(Wrong { line, text, hint: None });
        }
    }
}

fn plain(value: &Spanned<DeValue<'_>>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Some(flag.to_string()),
        DeValue::Float(_) | DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

fn unknown<'a>(line: usize, what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Wrong {
    let hint = nearest(name, known).map(|near| format!("did you mean {near}?"));
    Wrong { line, text: format!("there is no {what} {name}"), hint }
}

fn unknown_at_top(line: usize, name: &str, known: &[&str]) -> Wrong {
    let home = known.iter().find(|known| known.split_once('.').is_some_and(|(_, key)| key == name));
    let hint = home.map(|known| format!("it belongs under [{}]", section_of(known)));
    Wrong { line, text: format!("{name} stands outside of a section"), hint }
}

fn section_of(known: &str) -> &str {
    known.split('.').next().unwrap_or_default()
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// The known word that was probably meant, if one is near.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let (distance, best) = known.map(|known| (distance(word, known), known)).min()?;
    (distance <= (word.chars().count() / 3).max(2)).then_some(best)
}

/// Letters to insert, to delete or to change until one word is the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[&str] = &["database.url", "telegram.token", "telegram.staff_chat"];

    fn wrong(text: &str) -> Vec<String> {
        let wrong = read(text, KNOWN).unwrap_err();
        wrong.into_iter().map(|w| format!("{}: {}; {}", w.line, w.text, w.hint.unwrap_or_default())).collect()
    }

    #[test]
    fn texts_numbers_and_switches_are_read() {
        let read = read("[telegram]\nstaff_chat = -1001\ntoken = \"a\"\n", KNOWN).unwrap();
        assert_eq!(read["telegram.staff_chat"], "-1001");
        assert_eq!(read["telegram.token"], "a");
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line_and_the_nearest_known_word() {
        assert_eq!(
            wrong("[telegram]\n\nstaf_chat = 1\n"),
            ["3: there is no setting telegram.staf_chat; did you mean telegram.staff_chat?"]
        );
        assert_eq!(
            wrong("[databse]\nurl = \"x\"\n"),
            ["1: there is no section databse; did you mean database?"]
        );
        assert_eq!(
            wrong("url = \"x\"\n"),
            ["1: url stands outside of a section; it belongs under [database]"]
        );
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        assert_eq!(wrong("[telegram]\ntokn = \"\"\nstaff_chat = [1]\n").len(), 2);
    }

    #[test]
    fn broken_toml_is_told_with_its_line() {
        assert!(
            wrong("[telegram]\ntoken = \n")[0].starts_with("2: "),
            "{:?}",
            wrong("[telegram]\ntoken = \n")
        );
    }
}
