//! A strict reader of `parse_mode=HTML`: known tags, closed in order, known character names.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::text::{parse_error, utf16_len};

struct Open {
    tag: String,
    offset: usize,
    entity: Value,
}

/// Turns marked-up text into plain text and entities.
pub(crate) fn parse(raw: &str) -> Result<(String, Vec<Value>), Refusal> {
    let mut text = String::new();
    let mut open: Vec<Open> = Vec::new();
    let mut found: Vec<Value> = Vec::new();
    let mut rest = raw;
    while let Some(next) = rest.chars().next() {
        rest = match next {
            '<' => read_tag(rest, &text, &mut open, &mut found)?,
            '&' => read_name(rest, &mut text),
            _ => {
                text.push(next);
                &rest[next.len_utf8()..]
            }
        };
    }
    if let Some(left) = open.last() {
        return Err(parse_error(&format!("Can't find end tag corresponding to start tag \"{}\"", left.tag)));
    }
    found.sort_by_key(|entity| entity["offset"].as_u64());
    Ok((text, found))
}

fn read_tag<'a>(
    rest: &'a str,
    text: &str,
    open: &mut Vec<Open>,
    found: &mut Vec<Value>,
) -> Result<&'a str, Refusal> {
    let end = rest.find('>').ok_or_else(|| parse_error("Unclosed start tag"))?;
    let (inside, after) = (&rest[1..end], &rest[end + 1..]);
    let offset = utf16_len(text);
    if let Some(name) = inside.strip_prefix('/') {
        let tag = name.trim().to_ascii_lowercase();
        let last = open.pop().filter(|last| last.tag == tag);
        let mut last = last.ok_or_else(|| parse_error(&format!("Unmatched end tag \"{tag}\"")))?;
        if offset > last.offset {
            last.entity["offset"] = json!(last.offset);
            last.entity["length"] = json!(offset - last.offset);
            found.push(last.entity);
        }
        return Ok(after);
    }
    let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let tag = name.to_ascii_lowercase();
    let entity = entity_of(&tag, attributes)?;
    open.push(Open { tag, offset, entity });
    Ok(after)
}

fn entity_of(tag: &str, attributes: &str) -> Result<Value, Refusal> {
    let kind = match tag {
        "b" | "strong" => "bold",
        "i" | "em" => "italic",
        "u" | "ins" => "underline",
        "s" | "strike" | "del" => "strikethrough",
        "code" => "code",
        "pre" => "pre",
        "blockquote" => "blockquote",
        "tg-spoiler" => "spoiler",
        "tg-time" => "date_time",
        "a" => {
            let url = attribute(attributes, "href").unwrap_or_default();
            return Ok(json!({"type": "text_link", "url": url}));
        }
        _ => return Err(parse_error(&format!("Unsupported start tag \"{tag}\""))),
    };
    Ok(json!({"type": kind}))
}

fn attribute(attributes: &str, name: &str) -> Option<String> {
    let at = attributes.find(&format!("{name}=\""))? + name.len() + 2;
    let value = attributes[at..].split('"').next()?;
    let mut plain = String::new();
    let mut rest = value;
    while let Some(next) = rest.chars().next() {
        if next == '&' {
            rest = read_name(rest, &mut plain);
        } else {
            plain.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    Some(plain)
}

/// Reads `&amp;` and its kin; anything else stays as it is written, as Telegram does.
fn read_name<'a>(rest: &'a str, text: &mut String) -> &'a str {
    for (name, plain) in [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"')] {
        if let Some(after) = rest.strip_prefix(name) {
            text.push(plain);
            return after;
        }
    }
    if let Some((number, after)) = rest.strip_prefix("&#").and_then(|tail| tail.split_once(';')) {
        let code = number
            .strip_prefix('x')
            .map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
        if let Some(letter) = code.and_then(char::from_u32) {
            text.push(letter);
            return after;
        }
    }
    text.push('&');
    &rest[1..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_counted_in_utf16_units() {
        let (text, found) = parse("🎉 <b>Готово &lt;3</b>").unwrap();
        assert_eq!(text, "🎉 Готово <3");
        assert_eq!(found, vec![json!({"type":"bold","offset":3,"length":9})]);
    }

    #[test]
    fn a_tag_left_open_or_unknown_is_refused() {
        for broken in ["<b>a", "a</b>", "<b><i>a</b></i>", "<script>a</script>", "1 < 2"] {
            assert!(parse(broken).is_err(), "{broken}");
        }
    }
}
