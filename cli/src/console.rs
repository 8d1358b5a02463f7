//! Console: data to the standard output, words to the standard error, one JSON document when asked.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::Value as Json;

use crate::failure::{Exit, Failure};

/// Where answers go.
pub struct Console<'a> {
    /// One JSON document instead of text.
    pub json: bool,
    out_is_terminal: bool,
    colour: bool,
    out: &'a mut (dyn Write + Send),
    err: &'a mut (dyn Write + Send),
}

impl<'a> Console<'a> {
    pub fn new(
        env: &BTreeMap<String, String>,
        out_is_terminal: bool,
        err_is_terminal: bool,
        out: &'a mut (dyn Write + Send),
        err: &'a mut (dyn Write + Send),
    ) -> Self {
        let no_colour = env.get("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self { json: false, out_is_terminal, colour: err_is_terminal && !no_colour, out, err }
    }

    /// Whether tables may have frames.
    pub fn draws(&self) -> bool {
        self.out_is_terminal
    }

    /// Whether words may have colours.
    pub fn colours(&self) -> bool {
        self.colour
    }

    /// A line of data; a reader that has gone away is no fault of ours.
    pub fn data(&mut self, text: &str) -> std::io::Result<()> {
        writeln!(self.out, "{text}")?;
        self.out.flush()
    }

    /// A line of words.
    pub fn words(&mut self, text: &str) {
        let _gone = writeln!(self.err, "{text}").and_then(|()| self.err.flush());
    }

    /// The answer of a command: the document with `--json`, else the text.
    pub fn answer(&mut self, json: &Json, text: &str) {
        let text = if self.json { json.to_string() } else { text.trim_end().to_owned() };
        if !text.is_empty() {
            let _gone = self.data(&text);
        }
    }

    /// What clap has to say: help to the output, mistakes to the errors.
    pub fn usage(&mut self, error: &clap::Error) -> Exit {
        let text = error.render();
        let text = if self.colour { text.ansi().to_string() } else { text.to_string() };
        if error.use_stderr() {
            if self.json {
                let text = error.render().to_string();
                let first = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
                let _gone = self.data(&Failure::usage(first).json().to_string());
            }
            self.words(text.trim_end());
            Exit::Usage
        } else {
            let _gone = self.data(text.trim_end());
            Exit::Done
        }
    }

    /// Why a command did not do its work.
    pub fn failure(&mut self, failure: &Failure) -> Exit {
        if self.json && !matches!(failure, Failure::Found) {
            let _gone = self.data(&failure.json().to_string());
        }
        for (line, text) in failure.lines().into_iter().enumerate() {
            let text = match text.split_once(": ") {
                Some((word @ ("error" | "hint"), rest)) if self.colour => {
                    let code = if line == 0 { "31;1" } else { "36" };
                    format!("\u{1b}[{code}m{word}\u{1b}[0m: {rest}")
                }
                _ => text,
            };
            self.words(&text);
        }
        failure.exit()
    }
}
