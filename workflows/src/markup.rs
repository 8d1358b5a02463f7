//! Reads the markup of a message file: bold, italic, links; nothing else, and properly nested.

use std::ops::Range;

use engine::store::change::EntityKind;

use crate::messages::Piece;

/// What is wrong, and where in the text.
type Wrong = (Range<usize>, String);

/// Adds the pieces of `text`; `open` are the tags that wait for their end.
pub(crate) fn read(text: &str, open: &mut Vec<&'static str>, pieces: &mut Vec<Piece>) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let mut plain = String::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(['<', '&']) {
        plain.push_str(&text[at..at + next]);
        at += next;
        if text[at..].starts_with('&') {
            at += read_character(&text[at..], &mut plain);
            continue;
        }
        let length = text[at..].find('>').map_or(text.len() - at, |end| end + 1);
        let tag = &text[at..at + length];
        if !plain.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut plain)));
        }
        match read_tag(tag, open) {
            Ok(piece) => pieces.push(piece),
            Err(said) => wrong.push((at..at + length, said)),
        }
        at += length;
    }
    plain.push_str(&text[at..]);
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    wrong
}

/// One of the four characters that can be written as a name; answers how many bytes were read.
fn read_character(text: &str, plain: &mut String) -> usize {
    for (name, character) in [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"')] {
        if text.starts_with(name) {
            plain.push(character);
            return name.len();
        }
    }
    plain.push('&');
    1
}

fn read_tag(tag: &str, open: &mut Vec<&'static str>) -> Result<Piece, String> {
    let (name, kind) = match tag {
        "<b>" => ("b", EntityKind::Bold),
        "<i>" => ("i", EntityKind::Italic),
        "</b>" | "</i>" | "</a>" => {
            let name = &tag[2..3];
            return match open.pop() {
                Some(last) if last == name => Ok(Piece::Close),
                Some(last) => {
                    open.push(last);
                    Err(format!("{tag} closes nothing here; <{last}> is open"))
                }
                None => Err(format!("{tag} closes nothing here")),
            };
        }
        _ => match link(tag) {
            Ok(url) => ("a", EntityKind::TextLink { url: url.to_owned() }),
            Err(said) => {
                // Its end is then no second mistake.
                if tag.starts_with("<a") {
                    open.push("a");
                }
                return Err(said);
            }
        },
    };
    if name == "a" && open.contains(&"a") {
        return Err("a link inside a link".to_owned());
    }
    open.push(name);
    Ok(Piece::Open(kind))
}

/// The address of `<a href="https://…">`.
fn link(tag: &str) -> Result<&str, String> {
    let address = tag.strip_prefix("<a href=\"").and_then(|rest| rest.strip_suffix("\">"));
    let Some(address) = address else {
        let is_link = tag.starts_with("<a ") || tag.starts_with("<a>");
        let how = "a link is written <a href=\"https://…\">, and no { $value } stands in it";
        return Err(if is_link {
            how.to_owned()
        } else {
            format!("{tag} is no markup that messages may use")
        });
    };
    let fits = address.len() > "https://".len()
        && address.starts_with("https://")
        && !address.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '{'));
    if fits { Ok(address) } else { Err("a link leads to an address that starts with https://".to_owned()) }
}
