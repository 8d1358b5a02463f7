//! Everything that can be wrong in a file of ops: a code, the facts of the case, and the words for it.

use std::fmt::Display;
use std::ops::Range;

use serde::Serialize;

use crate::nearest::{meant, nearest, related};
use crate::tongue::Tongue;

/// Facts that are words of ours, and said in the reader's language.
const IN_WORDS: [&str; 11] =
    ["place", "wanted", "found", "what", "period", "moment", "because", "said", "unit", "known", "keys"];

/// More words than this nobody reads; then only some of them are listed.
const LISTED: usize = 30;
const SOME: usize = 6;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
}

/// What is wrong: the name of its words, and what is filled into them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    pub code: &'static str,
    pub severity: Severity,
    /// Which line of the table of words says it.
    words: &'static str,
    facts: Vec<(&'static str, String)>,
    /// What the marked place should be replaced by.
    pub fix: Option<String>,
    /// Another place that the fix replaces.
    pub fix_at: Option<Range<usize>>,
    /// Words that would be right here, when none of them is near.
    known: Vec<String>,
    /// How many more there are that are not listed.
    more: usize,
}

/// The words of a problem, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub message: String,
    /// Stands under the marked place.
    pub label: String,
    pub hint: Option<String>,
}

impl Trouble {
    /// An error whose words have the name of its code.
    pub fn error(code: &'static str) -> Self {
        Self {
            code,
            severity: Severity::Error,
            words: code,
            facts: Vec::new(),
            fix: None,
            fix_at: None,
            known: Vec::new(),
            more: 0,
        }
    }

    /// The same, but the file may still be used.
    pub fn warning(code: &'static str) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code) }
    }

    /// Other words than those that the code has by default.
    pub fn words(mut self, words: &'static str) -> Self {
        self.words = words;
        self
    }

    /// A fact that the words speak of.
    pub fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.facts.push((name, value.to_string()));
        self
    }

    /// A replacement for the marked place.
    pub fn fix(mut self, fix: Option<&str>) -> Self {
        self.fix = fix.map(str::to_owned);
        self
    }

    /// A fix that needs no question: what stands at `place` (in bytes of the file) becomes `fix`.
    pub fn repair(mut self, place: Range<usize>, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self.fix_at = Some(place);
        self
    }

    /// A repair, where there is one.
    pub fn maybe_repair(self, repair: Option<(Range<usize>, String)>) -> Self {
        match repair {
            Some((place, fix)) => self.repair(place, fix),
            None => self,
        }
    }

    /// Offers the known word that is nearest to `given`, or else all of them; of very many, those that share a
    /// part with it.
    pub fn offer<'a>(mut self, given: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        // A word that only says more than is wanted: `tuesday`.
        let begins = || known.iter().copied().find(|word| word.len() >= 3 && given.starts_with(word));
        let found = meant(given, &known).or_else(|| nearest(given, known.iter().copied())).or_else(begins);
        if found.is_some() {
            self.fix = found.map(str::to_owned);
            return self;
        }
        let all = known.len();
        let shown = if all > LISTED { related(given, known, SOME) } else { known };
        self.more = all - shown.len();
        self.known = shown.into_iter().map(str::to_owned).collect();
        self
    }

    /// The words in a language; in English if there are none.
    pub fn say(&self, language: &str) -> Said {
        let tongue = Tongue::of(language);
        let found = tongue.words.iter().find(|(name, ..)| *name == self.words);
        let (_, message, label, hint) = found.copied().unwrap_or((self.words, self.words, "", ""));
        let mut hints = Vec::new();
        if !hint.is_empty() {
            hints.push(self.fill(hint, tongue));
        }
        match &self.fix {
            Some(fix) if self.fix_at.is_none() && !hints.iter().any(|hint| hint.contains(fix.as_str())) => {
                hints.push(tongue.did_you_mean.replace('*', fix));
            }
            None if !self.known.is_empty() || self.more > 0 => {
                hints.push(tongue.known_here.replace('*', &self.listed(tongue)));
            }
            Some(_) | None => {}
        }
        let hint = (!hints.is_empty()).then(|| hints.join("; "));
        Said { message: self.fill(message, tongue), label: self.fill(label, tongue), hint }
    }

    /// The words that would be right; of very many a few, with how many more there are and where.
    fn listed(&self, tongue: &Tongue) -> String {
        let listed = self.known.join(", ");
        let listed = match (self.more, listed.as_str()) {
            (0, _) => listed,
            (more, "") => more.to_string(),
            (more, _) => tongue.and_more.replace('*', &listed).replace('#', &more.to_string()),
        };
        let is_in_files = self.more > 0 && self.code == "unknown-message";
        if is_in_files { listed + tongue.in_messages } else { listed }
    }

    /// Replaces `{fact}`; `{{` is a plain brace.
    fn fill(&self, words: &str, tongue: &Tongue) -> String {
        let mut filled = String::with_capacity(words.len());
        let mut rest = words;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            if let Some(tail) = after.strip_prefix('{') {
                filled.push('{');
                rest = tail;
                continue;
            }
            let (name, tail) = after.split_once('}').unwrap_or((after, ""));
            let fact = self.facts.iter().find(|(known, _)| *known == name);
            filled.push_str(&match fact {
                // Names and pieces of the file stay as they are, even where they look like words of ours.
                Some((name, value)) if IN_WORDS.contains(name) => tongue.phrase(value),
                Some((_, value)) => value.clone(),
                None => String::new(),
            });
            rest = tail;
        }
        filled + rest
    }
}
