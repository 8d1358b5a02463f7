//! Problem: one thing that is wrong in one place of one file, ready to be shown.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

use crate::files::Source;
use crate::trouble::{Said, Severity, Trouble};

/// More than this many are not collected from one file; nobody reads them.
const MOST: usize = 100;

/// One thing that is wrong in one place of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The name of the problem, such as `unknown-key`.
    pub code: &'static str,
    pub severity: Severity,
    /// The file as it was named to us.
    pub file: String,
    /// In bytes of the file.
    pub span: Range<usize>,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    pub message: String,
    /// A few words that stand under the marked place.
    pub label: String,
    pub hint: Option<String>,
    /// What the marked place should be replaced by.
    pub fix: Option<String>,
    /// The place that the fix replaces, in bytes of the file: the span, or one near it.
    pub fix_span: Range<usize>,
    #[serde(skip)]
    trouble: Trouble,
}

impl Problem {
    pub(crate) fn at(source: &Source, span: Range<usize>, trouble: Trouble) -> Self {
        let (line, column) = source.line_and_column(span.start);
        Self::new(&source.shown, (span, line, column), trouble)
    }

    /// A problem with the file as a whole.
    pub(crate) fn of_file(shown: &str, trouble: Trouble) -> Self {
        Self::new(shown, (0..0, 1, 1), trouble)
    }

    fn new(shown: &str, (span, line, column): (Range<usize>, usize, usize), trouble: Trouble) -> Self {
        let said = trouble.say("en");
        Self {
            code: trouble.code,
            fix_span: trouble.fix_at.clone().unwrap_or_else(|| span.clone()),
            severity: trouble.severity,
            file: shown.to_owned(),
            span,
            line,
            column,
            message: said.message,
            label: said.label,
            hint: said.hint,
            fix: trouble.fix.clone(),
            trouble,
        }
    }

    /// The same problem in the words of a language; in English if there are none.
    #[must_use]
    pub fn in_language(&self, language: &str) -> Self {
        let Said { message, label, hint } = self.trouble.say(language);
        Self { message, label, hint, ..self.clone() }
    }

    /// Whether the files cannot be used because of it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// `FILE:LINE:COL: error: … [code]`, for machines and for terminals without colours.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = if self.is_error() { "error" } else { "warning" };
        let Self { file, line, column, message, code, .. } = self;
        write!(f, "{file}:{line}:{column}: {severity}: {message} [{code}]")?;
        match &self.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

/// Collects the problems of one file.
pub(crate) struct Notes<'s> {
    pub source: &'s Source,
    pub problems: Vec<Problem>,
}

impl<'s> Notes<'s> {
    pub fn new(source: &'s Source) -> Self {
        Self { source, problems: Vec::new() }
    }

    /// Notes a problem at `span`.
    pub fn note(&mut self, span: &Range<usize>, trouble: Trouble) {
        match self.problems.len() {
            n if n < MOST => self.problems.push(Problem::at(self.source, span.clone(), trouble)),
            MOST => self.problems.push(Problem::at(self.source, span.clone(), Trouble::error("too-many"))),
            _ => {}
        }
    }

    /// Whether further problems would not be kept.
    pub fn is_full(&self) -> bool {
        self.problems.len() > MOST
    }

    /// The line on which the byte `at` stands, from 1.
    pub fn line(&self, at: usize) -> usize {
        self.source.line_and_column(at).0
    }
}
