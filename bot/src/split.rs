//! Split: a text that is too long for one message becomes several (TG-34).

use engine::store::change::{Entity, Payload};

/// UTF-16 code units in one text message.
pub const TEXT_LIMIT: usize = 4096;
/// UTF-16 code units under a file.
pub const CAPTION_LIMIT: usize = 1024;

/// The messages that a payload needs; the file goes with the first, buttons and question with the last.
pub fn parts(payload: &Payload) -> Vec<Payload> {
    let first = if payload.file.is_some() { CAPTION_LIMIT } else { TEXT_LIMIT };
    let mut pieces = cut(&payload.text, &payload.entities, first);
    let last = pieces.len().saturating_sub(1);
    pieces
        .drain(..)
        .enumerate()
        .map(|(index, (text, entities))| Payload {
            text,
            entities,
            buttons: if index == last { payload.buttons.clone() } else { Vec::new() },
            force_reply: payload.force_reply.clone().filter(|_| index == last),
            file: payload.file.clone().filter(|_| index == 0),
        })
        .collect()
}

/// Several texts joined to as few messages as they need, each within the limit, an empty line between them.
pub fn join(texts: &[(String, Vec<Entity>)]) -> Vec<(String, Vec<Entity>)> {
    let mut joined: Vec<(String, Vec<Entity>)> = Vec::new();
    for (text, entities) in texts.iter().filter(|(text, _)| !text.trim().is_empty()) {
        for (text, entities) in cut(text, entities, TEXT_LIMIT) {
            let shift = joined.last().map_or(0, |(before, _)| units(before) + 2);
            match joined.last_mut() {
                Some((before, known)) if shift + units(&text) <= TEXT_LIMIT => {
                    before.push_str("\n\n");
                    before.push_str(&text);
                    known.extend(entities.into_iter().map(|e| Entity { offset: e.offset + shift, ..e }));
                }
                _ => joined.push((text, entities)),
            }
        }
    }
    joined
}

/// Length as Telegram counts it.
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn cut(text: &str, entities: &[Entity], first_limit: usize) -> Vec<(String, Vec<Entity>)> {
    let mut pieces = Vec::new();
    let (mut rest, mut start, mut limit) = (text, 0, first_limit);
    while units(rest) > limit {
        let end = cut_point(rest, start, limit, entities);
        let (head, tail) = rest.split_at(end);
        pieces.push(piece(head, start, entities));
        start += units(head);
        let next = tail.trim_start_matches(['\n', ' ']);
        start += units(&tail[..tail.len() - next.len()]);
        rest = next;
        limit = TEXT_LIMIT;
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push(piece(rest, start, entities));
    }
    pieces
}

/// Where to cut, in bytes: the last end of a paragraph, line or word that fits and cuts no entity.
fn cut_point(text: &str, start: usize, limit: usize, entities: &[Entity]) -> usize {
    let hard = last_fitting(text, limit);
    let window = &text[..hard];
    let whole = |byte: &usize| *byte > 0 && !inside_entity(start + units(&text[..*byte]), entities);
    let near = |found: &usize| units(&text[..*found]) * 2 >= limit;
    let breaks = |mark: &str| window.match_indices(mark).map(|(at, _)| at).filter(whole).next_back();
    let soft = breaks("\n\n").filter(near).or_else(|| breaks("\n").filter(near)).or_else(|| breaks(" "));
    soft.or_else(|| whole(&hard).then_some(hard)).or_else(|| before_entity(text, start, hard, entities)).unwrap_or(hard)
}

/// The longest prefix within the limit that splits no emoji.
fn last_fitting(text: &str, limit: usize) -> usize {
    let mut used = 0;
    let mut end = 0;
    let mut before = '\0';
    let mut flags = 0u32;
    for (at, letter) in text.char_indices() {
        let is_flag = ('\u{1F1E6}'..='\u{1F1FF}').contains(&letter);
        let second_of_flag = is_flag && flags % 2 == 1;
        let joins = before == '\u{200D}' || second_of_flag || is_joined(letter);
        if !joins {
            end = at;
        }
        flags = if is_flag { flags + 1 } else { 0 };
        used += letter.len_utf16();
        if used > limit {
            // A run of joined characters longer than a message is no emoji: cut it anywhere.
            return if end > 0 { end } else { at.max(1) };
        }
        before = letter;
    }
    text.len()
}

fn is_joined(letter: char) -> bool {
    matches!(letter,
        '\u{200D}' | '\u{FE0E}' | '\u{FE0F}' | '\u{20E3}' | '\u{1F3FB}'..='\u{1F3FF}'
        | '\u{E0020}'..='\u{E007F}' | '\u{0300}'..='\u{036F}')
}

fn inside_entity(at: usize, entities: &[Entity]) -> bool {
    entities.iter().any(|entity| entity.offset < at && at < entity.offset + entity.length)
}

/// The start of the entity that the hard cut would break, unless it starts the text.
fn before_entity(text: &str, start: usize, hard: usize, entities: &[Entity]) -> Option<usize> {
    let at = start + units(&text[..hard]);
    let broken = entities.iter().filter(|entity| entity.offset < at && at < entity.offset + entity.length);
    let offset = broken.map(|entity| entity.offset).min().filter(|offset| *offset > start)?;
    let byte = text.char_indices().find(|(byte, _)| start + units(&text[..*byte]) >= offset)?.0;
    (byte > 0).then_some(byte)
}

/// A part of the text with the entities that lie in it, cut at its ends.
fn piece(text: &str, start: usize, entities: &[Entity]) -> (String, Vec<Entity>) {
    let text = text.trim_end_matches(['\n', ' ']);
    let end = start + units(text);
    let inside = entities.iter().filter_map(|entity| {
        let (from, to) = (entity.offset.max(start), (entity.offset + entity.length).min(end));
        (from < to).then(|| Entity { offset: from - start, length: to - from, kind: entity.kind.clone() })
    });
    (text.to_owned(), inside.collect())
}

#[cfg(test)]
mod tests {
    use engine::store::change::EntityKind;

    use super::*;

    fn bold(offset: usize, length: usize) -> Entity {
        Entity { offset, length, kind: EntityKind::Bold }
    }

    fn payload(text: &str, entities: Vec<Entity>) -> Payload {
        let buttons = vec![vec![("Так".to_owned(), "1atoken".to_owned())]];
        Payload { text: text.to_owned(), entities, buttons, ..Payload::default() }
    }

    #[test]
    fn a_short_text_stays_one_message() {
        let found = parts(&payload("Готово", vec![bold(0, 6)]));
        assert_eq!(found, vec![payload("Готово", vec![bold(0, 6)])]);
    }

    #[test]
    fn a_long_text_is_cut_at_paragraphs_and_the_buttons_go_last() {
        let text = vec!["Абзац ".repeat(100).trim().to_owned(); 12].join("\n\n");
        let found = parts(&payload(&text, Vec::new()));
        assert!(found.iter().all(|part| units(&part.text) <= TEXT_LIMIT));
        assert_eq!(found.iter().map(|part| part.text.clone()).collect::<Vec<_>>().join("\n\n"), text);
        assert!(found[0].buttons.is_empty() && found.last().unwrap().buttons.len() == 1);
    }

    #[test]
    fn an_entity_is_not_cut_if_it_fits_into_the_next_message() {
        let text = format!("{} {}", "x".repeat(4090), "y".repeat(20));
        let found = parts(&payload(&text, vec![bold(4091, 20)]));
        assert_eq!((found[1].text.as_str(), &found[1].entities), ("y".repeat(20).as_str(), &vec![bold(0, 20)]));
        assert!(found[0].entities.is_empty());
    }

    #[test]
    fn a_long_entity_goes_on_in_the_next_message() {
        let text = "ж".repeat(5000);
        let found = parts(&payload(&text, vec![bold(0, 5000)]));
        assert_eq!((found[0].entities.clone(), found[1].entities.clone()), (vec![bold(0, 4096)], vec![bold(0, 904)]));
    }

    #[test]
    fn an_emoji_is_never_cut() {
        let text = "👩‍👩‍👧‍👦".repeat(600);
        let found = parts(&payload(&text, Vec::new()));
        assert!(found.len() > 1 && found.iter().all(|part| part.text.starts_with('👩') && part.text.ends_with('👦')));
        let flags = "🇺🇦".repeat(1500);
        assert!(parts(&payload(&flags, Vec::new())).iter().all(|part| part.text.ends_with("🇺🇦")));
    }

    #[test]
    fn a_long_caption_goes_on_as_text() {
        let mut long = payload(&"слово ".repeat(400), Vec::new());
        long.file = Some("f".into());
        let found = parts(&long);
        assert!(units(&found[0].text) <= CAPTION_LIMIT && found[0].file.is_some());
        assert!(found[1].file.is_none() && found.len() == 2);
    }

    #[test]
    fn several_texts_are_joined_in_order_with_their_formatting() {
        let texts = [("Перше".to_owned(), vec![bold(0, 5)]), ("Друге".to_owned(), vec![bold(0, 5)])];
        assert_eq!(join(&texts), vec![("Перше\n\nДруге".to_owned(), vec![bold(0, 5), bold(7, 5)])]);
    }

    #[test]
    fn texts_that_do_not_fit_one_message_take_the_next() {
        let texts: Vec<_> = (0..3).map(|n| (format!("{n}{}", "x".repeat(2000)), Vec::new())).collect();
        let found = join(&texts);
        assert_eq!(found.len(), 2);
        assert!(found[1].0.starts_with('2'));
    }
}
