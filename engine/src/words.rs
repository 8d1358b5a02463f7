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

/// The text in parts of at most `LONGEST` units: one part if it fits.
///
/// A part ends after a paragraph if it can, else after a line, a word, a character; an entity is cut only
/// when it is longer than a message by itself, and then both parts carry it.
pub fn split(rendered: Rendered) -> Vec<Rendered> {
    let mut parts = Vec::new();
    let mut rest = rendered;
    while rest.text.encode_utf16().count() > LONGEST {
        let Some(cut) = best_cut(&rest) else { break };
        let (part, later) = cut_at(&rest, cut);
        parts.push(part);
        rest = later;
    }
    parts.push(rest);
    parts
}

/// A place to cut: in bytes and in units.
#[derive(Clone, Copy)]
struct Cut {
    byte: usize,
    unit: usize,
}

/// The last good place within the limit.
fn best_cut(rendered: &Rendered) -> Option<Cut> {
    let mut best: [Option<Cut>; 4] = [None; 4];
    let mut unit = 0;
    let mut before = ('\0', '\0');
    for (byte, character) in rendered.text.char_indices() {
        if unit > LONGEST {
            break;
        }
        let cut = Cut { byte, unit };
        let inside = rendered.entities.iter().any(|e| e.offset < unit && unit < e.offset + e.length);
        if byte > 0 && !inside {
            let quality = match before {
                ('\n', '\n') => 0,
                (_, '\n') => 1,
                (_, ' ') => 2,
                _ => 3,
            };
            // A cut that leaves almost nothing in its part is a bad one, however good its place.
            if quality == 3 || unit > LONGEST / 4 {
                best[quality] = Some(cut);
            }
        }
        before = (before.1, character);
        unit += character.len_utf16();
    }
    let found = best.into_iter().flatten().next();
    found.or_else(|| last_character(&rendered.text))
}

/// The last place between two characters within the limit, entities or not.
fn last_character(text: &str) -> Option<Cut> {
    let mut unit = 0;
    let mut last = None;
    for (byte, character) in text.char_indices() {
        if unit > LONGEST {
            break;
        }
        if byte > 0 {
            last = Some(Cut { byte, unit });
        }
        unit += character.len_utf16();
    }
    last
}

fn cut_at(rendered: &Rendered, cut: Cut) -> (Rendered, Rendered) {
    let (before, after) = rendered.text.split_at(cut.byte);
    let skipped = after.len() - after.trim_start_matches('\n').len();
    let (head, tail) = (before.trim_end(), &after[skipped..]);
    let start = cut.unit + skipped;
    let head_units = head.encode_utf16().count();
    (
        Rendered { text: head.to_owned(), entities: within(&rendered.entities, 0, head_units) },
        Rendered { text: tail.to_owned(), entities: within(&rendered.entities, start, usize::MAX) },
    )
}

/// The parts of the entities between two units, counted from the first.
fn within(entities: &[Entity], from: usize, to: usize) -> Vec<Entity> {
    let clip = |entity: &Entity| {
        let start = entity.offset.max(from);
        let end = (entity.offset + entity.length).min(to);
        let kind = entity.kind.clone();
        (start < end).then(|| Entity { offset: start - from, length: end - start, kind })
    };
    entities.iter().filter_map(clip).collect()
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
