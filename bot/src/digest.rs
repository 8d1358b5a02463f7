//! Digest: several finished texts in as few messages as they need (TG-44).

use engine::store::change::Entity;
use engine::words::{LONGEST, Rendered, split};

/// The texts in their order, an empty line between them; each message is within Telegram's limit.
pub fn join(texts: Vec<Rendered>) -> Vec<Rendered> {
    let mut joined: Vec<Rendered> = Vec::new();
    for part in texts.into_iter().filter(|text| !text.text.trim().is_empty()).flat_map(split) {
        match joined.last_mut() {
            Some(before) if units(&before.text) + 2 + units(&part.text) <= LONGEST => {
                append(before, "\n\n", part);
            }
            _ => joined.push(part),
        }
    }
    joined
}

/// One text of several lines.
pub fn lines(texts: impl IntoIterator<Item = Rendered>) -> Rendered {
    let mut texts = texts.into_iter();
    let mut all = texts.next().unwrap_or_default();
    texts.for_each(|line| append(&mut all, "\n", line));
    all
}

fn append(before: &mut Rendered, gap: &str, part: Rendered) {
    let shift = units(&before.text) + units(gap);
    before.text.push_str(gap);
    before.text.push_str(&part.text);
    before.entities.extend(part.entities.into_iter().map(|e| Entity { offset: e.offset + shift, ..e }));
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use engine::store::change::EntityKind;

    use super::*;

    fn bold(text: &str) -> Rendered {
        let entity = Entity { offset: 0, length: units(text), kind: EntityKind::Bold };
        Rendered { text: text.to_owned(), entities: vec![entity] }
    }

    #[test]
    fn several_texts_become_one_with_their_formatting() {
        let found = join(vec![bold("Перше"), bold(" "), bold("Друге 🎉")]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].text, "Перше\n\nДруге 🎉");
        assert_eq!((found[0].entities[1].offset, found[0].entities[1].length), (7, 8));
    }

    #[test]
    fn what_does_not_fit_goes_into_the_next() {
        let texts = (0..3).map(|n| bold(&format!("{n}{}", "x".repeat(2_000)))).collect();
        let found = join(texts);
        assert_eq!(found.len(), 2);
        assert!(found[1].text.starts_with('2'));
        assert!(found.iter().all(|part| units(&part.text) <= LONGEST));
    }

    #[test]
    fn nothing_lost_means_nothing_said() {
        assert!(join(Vec::new()).is_empty());
    }
}
