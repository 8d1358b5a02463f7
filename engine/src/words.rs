//! How words reach the engine: a function from a key and its arguments to a finished text.

use std::sync::Arc;

use crate::domain::effect::Arg;
use crate::store::change::Entity;

/// A finished text: what is sent, byte for byte.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    pub text: String,
    pub entities: Vec<Entity>,
}

/// What is to be said, to a reader of which language.
#[derive(Clone, Copy, Debug)]
pub struct Saying<'a> {
    pub language: &'a str,
    pub key: &'a str,
    pub args: &'a [(String, Arg)],
}

/// Why a text could not be finished; `signoff check` finds these before they happen.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    #[error("there is no message {key}")]
    NoMessage { key: String },
    #[error("message {key} needs {{ ${variable} }}, which is not there at this moment")]
    NoValue { key: String, variable: String },
    #[error("message {key} is broken: {reason}")]
    Broken { key: String, reason: String },
}

/// Finishes texts; the catalogue of messages is behind it.
pub type Render = Arc<dyn Fn(Saying<'_>) -> Result<Rendered, WordsError> + Send + Sync>;

/// The longest text that Telegram takes, in UTF-16 code units (TG-34).
pub const LONGEST: usize = 4_096;

/// The text in parts that Telegram takes, cut at line ends, never inside a formatted piece.
pub fn split(whole: Rendered) -> Vec<Rendered> {
    let mut parts = Vec::new();
    let mut rest = whole;
    while rest.text.encode_utf16().count() > LONGEST {
        let cut = cut_at(&rest);
        let (head, tail) = parted(rest, cut);
        parts.push(head);
        rest = tail;
    }
    parts.push(rest);
    parts
}

/// The byte at which to cut: after the last line end that fits, else after the last character.
fn cut_at(text: &Rendered) -> usize {
    let (mut units, mut line_end, mut fits) = (0, None, 0);
    for (at, c) in text.text.char_indices() {
        units += c.len_utf16();
        if units > LONGEST {
            break;
        }
        let end = at + c.len_utf8();
        let inside =
            text.entities.iter().any(|entity| entity.offset < units && units < entity.offset + entity.length);
        if !inside {
            fits = end;
            line_end = if c == '\n' { Some(end) } else { line_end };
        }
    }
    let first = text.text.chars().next().map_or(1, char::len_utf8);
    line_end.unwrap_or(fits).max(first)
}

fn parted(text: Rendered, cut: usize) -> (Rendered, Rendered) {
    let (head, tail) = text.text.split_at(cut);
    let units = head.encode_utf16().count();
    let (before, after): (Vec<Entity>, Vec<Entity>) =
        text.entities.into_iter().partition(|entity| entity.offset < units);
    let shifted = after.into_iter().map(|mut entity| {
        entity.offset -= units;
        entity
    });
    let later = Rendered { text: tail.to_owned(), entities: shifted.collect() };
    (Rendered { text: head.trim_end().to_owned(), entities: before }, later)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::change::EntityKind;

    #[test]
    fn a_long_text_is_cut_at_line_ends_and_nothing_is_lost() {
        let line = "Публікація 🎉 про каву\n";
        let whole = Rendered { text: line.repeat(400), entities: Vec::new() };
        let parts = split(whole.clone());
        assert!(parts.iter().all(|part| part.text.encode_utf16().count() <= LONGEST));
        let rejoined: Vec<&str> = parts.iter().map(|part| part.text.trim_end()).collect();
        assert_eq!(rejoined.join("\n"), whole.text.trim_end());
    }

    #[test]
    fn a_formatted_piece_is_never_cut_in_two() {
        let text = "x".repeat(5_000);
        let entity = Entity { offset: 4_090, length: 20, kind: EntityKind::Bold };
        let parts = split(Rendered { text, entities: vec![entity] });
        assert_eq!(parts[0].text.len(), 4_090);
        assert_eq!((parts[1].entities[0].offset, parts[1].entities[0].length), (0, 20));
    }
}
