//! Tongue: the language in which problems are told.

use crate::trouble_words::ENGLISH;
use crate::trouble_words_uk::{PHRASES, UKRAINIAN};

/// Name, message, words under the marked place, hint.
type Words = (&'static str, &'static str, &'static str, &'static str);

/// Everything that problems are told with, in one language.
pub(crate) struct Tongue {
    pub words: &'static [Words],
    /// English phrases that facts are made of, and how they are said; `*` stands for what stays.
    phrases: &'static [(&'static str, &'static str)],
    pub did_you_mean: &'static str,
    pub known_here: &'static str,
    /// `*` some of them, `#` how many more.
    pub and_more: &'static str,
    /// Where all messages stand.
    pub in_messages: &'static str,
    pub write_instead: &'static str,
    /// Error, warning, help, note.
    pub levels: [&'static str; 4],
}

static ENGLISH_TONGUE: Tongue = Tongue {
    words: ENGLISH,
    phrases: &[],
    did_you_mean: "did you mean `*`?",
    known_here: "known here: *",
    and_more: "* and # more",
    in_messages: ", all of them in messages/*.ftl",
    write_instead: "write this instead",
    levels: ["error", "warning", "help", "note"],
};

static UKRAINIAN_TONGUE: Tongue = Tongue {
    words: UKRAINIAN,
    phrases: PHRASES,
    did_you_mean: "може, `*`?",
    known_here: "тут можна: *",
    and_more: "* і ще #",
    in_messages: ", усі в messages/*.ftl",
    write_instead: "напишіть так",
    levels: ["помилка", "попередження", "порада", "файл"],
};

impl Tongue {
    /// The language of a code; English for any other.
    pub fn of(language: &str) -> &'static Self {
        if language == "uk" { &UKRAINIAN_TONGUE } else { &ENGLISH_TONGUE }
    }

    /// A fact in this language; what is no phrase (a name, a number, a piece of the file) stays.
    pub fn phrase(&self, fact: &str) -> String {
        let said = self.phrases.iter().find_map(|(pattern, said)| Some(put(said, &matched(pattern, fact)?)));
        said.unwrap_or_else(|| fact.to_owned())
    }
}

/// How many problems there are, in words.
pub fn counted(errors: usize, warnings: usize, language: &str) -> String {
    if language == "uk" {
        return format!("помилок: {errors}, попереджень: {warnings}");
    }
    let count = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    format!("{}, {}", count(errors, "error"), count(warnings, "warning"))
}

/// What stands for each `*` of the pattern, if the fact is of that form.
fn matched<'f>(pattern: &str, fact: &'f str) -> Option<Vec<&'f str>> {
    let mut parts = pattern.split('*');
    let mut rest = fact.strip_prefix(parts.next()?)?;
    let mut found = Vec::new();
    let parts: Vec<&str> = parts.collect();
    for (number, part) in parts.iter().enumerate() {
        let last = number + 1 == parts.len();
        let at = if last { rest.strip_suffix(part)?.len() } else { rest.find(part)? };
        found.push(&rest[..at]);
        rest = &rest[at + part.len()..];
    }
    rest.is_empty().then_some(found)
}

fn put(said: &str, found: &[&str]) -> String {
    found.iter().fold(said.to_owned(), |said, part| said.replacen('*', part, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_said_with_its_names_kept() {
        let said = |fact| Tongue::of("uk").phrase(fact);
        assert_eq!(said("task `ads`"), "завдання `ads`");
        assert_eq!(
            said("</b> closes nothing here; <i> is open"),
            "</b> тут нічого не закриває; відкрито <i>"
        );
        assert_eq!(said("ads"), "ads");
        assert_eq!(Tongue::of("bg").phrase("task `ads`"), "task `ads`");
    }

    #[test]
    fn both_languages_have_words_for_the_same_problems() {
        let names = |words: &[Words]| words.iter().map(|(name, ..)| *name).collect::<Vec<_>>();
        assert_eq!(names(UKRAINIAN), names(ENGLISH));
    }

    #[test]
    fn both_languages_speak_of_the_same_facts() {
        let facts = |text: &str| {
            let mut facts: Vec<String> = text
                .replace("{{", "")
                .split('{')
                .skip(1)
                .filter_map(|part| part.split_once('}').map(|(fact, _)| fact.to_owned()))
                .collect();
            facts.sort();
            facts.dedup();
            facts
        };
        for (english, other) in ENGLISH.iter().zip(UKRAINIAN) {
            assert_eq!(facts(english.1), facts(other.1), "{}", english.0);
            assert_eq!(facts(english.3), facts(other.3), "{}", english.0);
        }
    }
}
