//! Checks of the message files together: nothing missing, the same variables everywhere, nothing too long.

use crate::checks::BUTTON_LENGTH;
use crate::files::{Files, Source};
use crate::messages::{Language, Message, Piece, Words};
use crate::moments::{is_alert, is_hint, said_by_the_system};
use crate::nearest::nearest;
use crate::problem::Problem;
use crate::repair::{Repair, shorter};
use crate::trouble::Trouble;
use crate::yaml::Span;

/// Telegram's limit of an alert, in characters.
const ALERT_LENGTH: usize = 200;
/// Telegram's limit of the grey words in an input field.
const HINT_LENGTH: usize = 64;
/// What a value in an alert is taken to be long.
const VALUE_LENGTH: usize = 24;

/// Everything that is wrong with the messages as a whole.
pub(crate) fn check_messages(files: &Files, words: &Words, languages: &[String]) -> Vec<Problem> {
    let mut lint = Lint { files, words, languages, problems: Vec::new() };
    lint.check_files();
    for key in words.keys() {
        lint.check_key(key);
    }
    for (key, _) in said_by_the_system().filter(|(key, _)| !words.has(key)) {
        let trouble = Trouble::error("unknown-message").words("message-needed").with("name", key);
        lint.problems.push(Problem::of_file("messages", trouble));
    }
    lint.problems
}

struct Lint<'a> {
    files: &'a Files,
    words: &'a Words,
    languages: &'a [String],
    problems: Vec<Problem>,
}

impl Lint<'_> {
    /// Each language of the agency has its file.
    fn check_files(&mut self) {
        for language in self.languages.iter().filter(|language| !self.words.languages.contains_key(*language))
        {
            let trouble = Trouble::error("file")
                .with("said", format!("clients may read {language}, and there is no such file"));
            self.problems.push(Problem::of_file(&format!("messages/{language}.ftl"), trouble));
        }
    }

    fn check_key(&mut self, key: &str) {
        let words = self.words;
        let Some(primary) = self.primary() else { return };
        if !self.has(&primary, key) {
            return self.note_only_elsewhere(&primary, key);
        }
        for (code, language) in &words.languages {
            let Some(source) = self.files.get(&language.path) else { continue };
            let Some(message) = language.messages.get(key) else {
                self.note_missing(source, code, key);
                continue;
            };
            self.check_length(source, key, message);
            if *code == primary {
                self.check_variables(source, key, message);
            } else if let Some(other) = words.languages.get(&primary).and_then(|l| l.messages.get(key)) {
                self.compare(source, key, (message, other), &primary);
            }
        }
    }

    /// The language that the others are compared with: the agency's own.
    fn primary(&self) -> Option<String> {
        let own = self.languages.first().filter(|code| self.words.languages.contains_key(*code));
        own.or_else(|| self.words.languages.keys().next()).cloned()
    }

    /// A message that only other languages have; often its name is misspelt there.
    fn note_only_elsewhere(&mut self, primary: &str, key: &str) {
        let words = self.words;
        let Some(own) = words.languages.get(primary).filter(|own| !own.broken) else { return };
        for (code, language) in &words.languages {
            let Some((source, message)) = self.files.get(&language.path).zip(language.messages.get(key))
            else {
                continue;
            };
            let absent = own
                .messages
                .keys()
                .map(String::as_str)
                .filter(|other| !language.messages.contains_key(*other));
            let trouble = Trouble::error("unknown-message").words("one-language").with("name", key);
            let trouble = trouble.with("language", code).with("primary", primary);
            let fix = nearest(key, absent);
            self.problems.push(Problem::at(source, message.span.clone(), trouble.fix(fix)));
        }
    }

    fn has(&self, code: &str, key: &str) -> bool {
        self.words.languages.get(code).is_some_and(|language: &Language| language.messages.contains_key(key))
    }

    /// A client of the agency may not get words of another language; in other files it is a warning.
    fn note_missing(&mut self, source: &Source, code: &str, key: &str) {
        let ours = self.languages.is_empty() || self.languages.iter().any(|language| language == code);
        let trouble = if ours { Trouble::error("untranslated") } else { Trouble::warning("untranslated") };
        let trouble = trouble.words("no-message").with("name", key).with("language", code);
        let end = source.text.trim_end().len();
        self.problems.push(Problem::at(source, end..end, trouble));
    }

    /// A message of the system uses only what the system knows when it sends it.
    fn check_variables(&mut self, source: &Source, key: &str, message: &Message) {
        let Some((_, there)) = said_by_the_system().find(|(known, _)| *known == key) else { return };
        let there: Vec<&str> = there.split_whitespace().collect();
        let wrong = message.variables.iter().filter(|(variable, _)| !there.contains(&variable.as_str()));
        for (variable, place) in wrong {
            let known = there.iter().map(|name| format!("${name}")).collect::<Vec<_>>().join(", ");
            let known = if known.is_empty() { "no variable".to_owned() } else { known };
            let trouble = Trouble::error("wrong-variable").with("message", key).with("variable", variable);
            let trouble = trouble.with("moment", "when it is sent").with("known", known);
            let trouble = match nearest(variable, there.iter().copied()) {
                Some(near) => trouble.fix(Some(&format!("${near}"))),
                None => trouble.maybe_repair(without_value(source, place)),
            };
            self.problems.push(Problem::at(source, place.clone(), trouble));
        }
    }

    fn compare(&mut self, source: &Source, key: &str, (here, there): (&Message, &Message), language: &str) {
        let lacks = |message: &Message, variable: &String| !message.variables.contains_key(variable);
        let only_here = here.variables.iter().filter(|(variable, _)| lacks(there, variable));
        let only_here = only_here.map(|(variable, place)| ("only-here", variable, place));
        let not_here = there.variables.keys().filter(|variable| lacks(here, variable));
        let not_here = not_here.map(|variable| ("not-here", variable, &here.span));
        for (words, variable, place) in only_here.chain(not_here) {
            let trouble = Trouble::error("wrong-variable").words(words).with("message", key);
            let trouble = trouble.with("variable", variable).with("language", language);
            let trouble = if words == "only-here" {
                let others = there.variables.keys().map(String::as_str);
                let near = nearest(variable, others).map(|near| format!("${near}"));
                trouble.fix(near.as_deref())
            } else {
                let end = end_of(source, place.end);
                trouble.repair(end..end, format!(" {{ ${variable} }}"))
            };
            self.problems.push(Problem::at(source, place.clone(), trouble));
        }
    }

    fn check_length(&mut self, source: &Source, key: &str, message: &Message) {
        let (limit, value) = match key {
            key if key.starts_with("btn-") => (BUTTON_LENGTH, 0),
            key if is_hint(key) => (HINT_LENGTH, VALUE_LENGTH),
            key if is_alert(key) => (ALERT_LENGTH, VALUE_LENGTH),
            _ => return,
        };
        let text = longest(&message.pieces, value);
        let chars = text.chars().count();
        if chars > limit {
            let trouble = match limit {
                BUTTON_LENGTH => {
                    let short = shorter(&text, limit);
                    let place = source.text.get(message.span.end..).and_then(|rest| rest.find(&text));
                    let place = place.map(|at| message.span.end + at..message.span.end + at + text.len());
                    Trouble::warning("button-too-long").with("label", &text).maybe_repair(place.zip(short))
                }
                _ => Trouble::error("too-long").with("what", format!("`{key}`")),
            };
            let trouble = trouble.with("chars", chars).with("limit", limit);
            self.problems.push(Problem::at(source, message.span.clone(), trouble));
        }
    }
}

/// Takes `{ $value }` out of a message, with the blank before it.
fn without_value(source: &Source, place: &Span) -> Option<Repair> {
    let (before, after) = (source.text.get(..place.start)?, source.text.get(place.end..)?);
    let start = before.rfind('{')?;
    let end = place.end + after.find('}')? + 1;
    let start = before[..start].trim_end_matches(' ').len();
    Some((start..end, String::new()))
}

/// Where the text of a message ends that is named before `from`.
fn end_of(source: &Source, from: usize) -> usize {
    let rest = source.text.get(from..).unwrap_or("");
    let mut end = 0;
    for (number, line) in rest.split_inclusive('\n').enumerate() {
        if number > 0 && !line.starts_with([' ', '\n', '\r']) {
            break;
        }
        end += line.len();
    }
    from + rest[..end].trim_end().len()
}

/// The longest text that the pieces can make, with every value `value` characters long.
fn longest(pieces: &[Piece], value: usize) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(part) => text.push_str(part),
            Piece::Open(_) | Piece::Close => {}
            Piece::Value(_) => text.push_str(&"…".repeat(value)),
            Piece::Choose { variants, .. } => {
                let variants = variants.iter().map(|(_, pieces)| longest(pieces, value));
                text.push_str(&variants.max_by_key(|text| text.chars().count()).unwrap_or_default());
            }
        }
    }
    text
}
