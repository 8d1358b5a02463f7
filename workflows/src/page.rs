//! Writes a text with its formatting, counting as Telegram counts: in UTF-16 units.

use engine::store::change::{Entity, EntityKind};
use engine::words::Rendered;

/// A text that grows; blank lines of empty values disappear as it does.
#[derive(Default)]
pub(crate) struct Page {
    text: String,
    units: usize,
    /// Line ends at the end of the text.
    line_ends: usize,
    entities: Vec<Entity>,
    open: Vec<(usize, EntityKind)>,
    /// Where the present line begins, in bytes and units.
    line: (usize, usize),
    /// The present line speaks of a list that is empty.
    left_out: bool,
    /// The present line holds a value that is there.
    has_value: bool,
}

impl Page {
    /// Adds a value as plain text.
    pub fn value(&mut self, value: &str) {
        self.push(value);
        self.has_value = true;
    }

    /// Leaves the present line out if the list that it speaks of, which is empty, is all it has to say.
    pub fn leave_line_out(&mut self) {
        self.left_out = true;
    }

    /// Adds plain text: nothing in it is markup.
    pub fn push(&mut self, text: &str) {
        for character in text.chars() {
            if character == '\n' {
                self.end_line();
                if self.text.is_empty() || self.line_ends == 2 {
                    continue;
                }
                self.line_ends += 1;
            } else if self.text.is_empty() && character.is_whitespace() {
                continue;
            } else {
                self.line_ends = 0;
            }
            self.text.push(character);
            self.units += character.len_utf16();
            if character == '\n' {
                self.line = (self.text.len(), self.units);
            }
        }
    }

    /// Opens formatting that the next `close` ends.
    pub fn open(&mut self, kind: EntityKind) {
        self.open.push((self.units, kind));
    }

    /// Ends the formatting that was opened last.
    pub fn close(&mut self) {
        if let Some((offset, kind)) = self.open.pop() {
            self.entities.push(Entity { offset, length: self.units.saturating_sub(offset), kind });
        }
    }

    /// Adds a name that notifies its person; inside of a link it is plain text.
    pub fn mention(&mut self, name: &str, user: i64) {
        let linked = self.open.iter().any(|(_, kind)| matches!(kind, EntityKind::TextLink { .. }));
        if linked {
            return self.value(name);
        }
        self.open(EntityKind::TextMention { user });
        self.value(name);
        self.close();
    }

    /// The finished text: no white space at its ends, entities in order and none of them empty.
    pub fn finish(mut self) -> Rendered {
        self.end_line();
        while !self.open.is_empty() {
            self.close();
        }
        let text = self.text.trim_end().to_owned();
        let units = text.encode_utf16().count();
        for entity in &mut self.entities {
            entity.length = (entity.offset + entity.length).min(units).saturating_sub(entity.offset);
        }
        self.entities.retain(|entity| entity.length > 0);
        self.entities.sort_by(|a, b| a.offset.cmp(&b.offset).then(b.length.cmp(&a.length)));
        Rendered { text, entities: self.entities }
    }

    /// Removes a line that is left out, and blanks at the end of any other.
    fn end_line(&mut self) {
        let kept = if self.left_out && !self.has_value {
            self.line.0
        } else {
            self.text.trim_end_matches(' ').len()
        };
        self.left_out = false;
        self.has_value = false;
        let kept = kept.max(self.line.0);
        let removed = self.text.split_off(kept);
        self.units -= removed.encode_utf16().count();
        self.line_ends = self.text.len() - self.text.trim_end_matches('\n').len();
        let units = self.units;
        for (offset, _) in &mut self.open {
            *offset = (*offset).min(units);
        }
        for entity in &mut self.entities {
            let end = (entity.offset + entity.length).min(units);
            entity.offset = entity.offset.min(units);
            entity.length = end - entity.offset;
        }
    }
}
