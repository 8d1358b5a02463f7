//! Reads the small part of YAML that our files use into a tree that knows where everything stands.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, ScanError};

use crate::files::BIGGEST;
use crate::problem::Notes;
use crate::repair::quote;
use crate::trouble::Trouble;

/// Deeper is nobody's template but an attack (RELIABILITY 6.6).
const DEEPEST: usize = 32;

/// A piece of the file, in bytes.
pub(crate) type Span = Range<usize>;

/// A value with the place where it stands.
#[derive(Debug)]
pub(crate) struct Node {
    pub span: Span,
    pub content: Content,
}

/// What a value is.
#[derive(Debug)]
pub(crate) enum Content {
    /// `plain` is a word without quotes; only such a word can be a number or `true`.
    Scalar {
        text: String,
        plain: bool,
    },
    List(Vec<Node>),
    /// Keys are scalars, in the order of the file, each once.
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// What people call it.
    pub fn kind(&self) -> &'static str {
        match &self.content {
            Content::Scalar { text, plain: true } if text.is_empty() => "nothing",
            Content::Scalar { .. } => "a text",
            Content::List(_) => "a list",
            Content::Map(_) => "a block of keys",
        }
    }

    /// Where a problem with the whole of it is shown: a block at its first key, a list at its first item.
    pub fn point(&self) -> Span {
        match &self.content {
            Content::Scalar { .. } => self.span.clone(),
            Content::List(items) => items.first().map_or(self.span.clone(), Self::point),
            Content::Map(pairs) => pairs.first().map_or(self.span.clone(), |(key, _)| key.span.clone()),
        }
    }
}

/// The tree of the file, or `None` when it cannot be read; what is forbidden is noted either way.
pub(crate) fn read(notes: &mut Notes<'_>) -> Option<Node> {
    let source = notes.source;
    if source.text.len() as u64 > BIGGEST {
        notes
            .note(&(0..0), Trouble::error("too-big").with("bytes", source.text.len()).with("limit", BIGGEST));
        return None;
    }
    let options = granit_parser::options! {
        emit_unresolved_aliases: true,
        emit_comments: false,
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
    };
    let mut tree = Tree { text: &source.text, open: Vec::new(), root: None, documents: 0 };
    for next in Parser::new_from_str_with_options(&source.text, options) {
        let done = match next {
            Ok((event, span)) => {
                let at = span.byte_range().unwrap_or(0..0);
                let tag = span.tag_span().and_then(|tag| tag.byte_range());
                tree.take(notes, event, &at, tag)
            }
            Err(error) => {
                note_syntax(notes, &error);
                return None;
            }
        };
        done?;
    }
    if tree.root.is_none() {
        notes.note(&(0..0), Trouble::error("empty"));
    }
    tree.root
}

/// A list or block that is not closed yet.
enum Open {
    List(Span, Vec<Node>),
    Map { span: Span, pairs: Vec<(Node, Node)>, key: Option<Node>, seen: HashMap<String, usize> },
}

struct Tree<'t> {
    text: &'t str,
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
}

impl Tree<'_> {
    /// Takes one event; `None` ends the reading.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the parser may add events")]
    fn take(&mut self, notes: &mut Notes<'_>, event: Event<'_>, at: &Span, tag: Option<Span>) -> Option<()> {
        if let Some(tag) = tag {
            let mark = self.text.get(tag.clone()).unwrap_or("!").to_owned();
            let gone = tag.start..self.after_blanks(tag.end);
            notes.note(&tag, Trouble::error("no-tags").with("mark", mark).repair(gone, ""));
        }
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    let gone = notes.source.lines_of(at);
                    notes.note(at, Trouble::error("one-document").repair(gone, ""));
                    return None;
                }
            }
            Event::Scalar(text, style, anchor, _) => {
                self.forbid_anchor(notes, anchor, at);
                let node = self.scalar(text, style, at);
                self.put(notes, node);
            }
            Event::SequenceStart(_, anchor, _) => {
                self.forbid_anchor(notes, anchor, at);
                self.open.push(Open::List(at.clone(), Vec::new()));
            }
            Event::MappingStart(_, anchor, _) => {
                self.forbid_anchor(notes, anchor, at);
                let map = Open::Map { span: at.clone(), pairs: Vec::new(), key: None, seen: HashMap::new() };
                self.open.push(map);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(notes, at),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.note_anchor(notes, at);
                self.put(
                    notes,
                    Node { span: at.clone(), content: Content::Scalar { text: String::new(), plain: true } },
                );
            }
            // Marks of the stream, and whatever later versions of the parser add.
            _ => {}
        }
        Some(())
    }

    fn scalar(&self, text: Cow<'_, str>, style: ScalarStyle, at: &Span) -> Node {
        let plain = style == ScalarStyle::Plain;
        // The parser calls a value that is not there `~`.
        let absent = plain && (at.is_empty() || &*text == "~" || &*text == "null");
        let text = if absent { String::new() } else { text.into_owned() };
        let end = self.text.get(at.clone()).map_or(at.end, |slice| at.start + slice.trim_end().len());
        Node { span: at.start..end, content: Content::Scalar { text, plain } }
    }

    fn forbid_anchor(&self, notes: &mut Notes<'_>, anchor: usize, at: &Span) {
        if anchor > 0 {
            // The anchor stands before its value, with nothing but blanks and a tag between.
            let before = self.text.get(..at.start).unwrap_or("");
            let start = before.rfind('&').unwrap_or(at.start);
            let length = self.text[start..].find(char::is_whitespace).unwrap_or(1);
            self.note_anchor(notes, &(start..start + length));
        }
    }

    fn note_anchor(&self, notes: &mut Notes<'_>, at: &Span) {
        let mark = self.text.get(at.clone()).unwrap_or("&").to_owned();
        let repair = match mark.strip_prefix('*') {
            None => Some((at.start..self.after_blanks(at.end), String::new())),
            Some(name) => self.anchored(name).map(|value| (at.clone(), value)),
        };
        notes.note(at, Trouble::error("no-anchors").with("mark", mark).maybe_repair(repair));
    }

    /// The first byte from here that is no blank.
    fn after_blanks(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or("");
        at + rest.len() - rest.trim_start_matches(' ').len()
    }

    /// The value on the line of an anchor.
    fn anchored(&self, name: &str) -> Option<String> {
        let mark = format!("&{name} ");
        let rest = self.text.get(self.text.find(&mark)? + mark.len()..)?;
        let line = rest.lines().next()?;
        let value = line.split(" #").next().unwrap_or(line).trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    fn close(&mut self, notes: &mut Notes<'_>, at: &Span) {
        let node = match self.open.pop() {
            Some(Open::List(span, items)) => Node { span: span.start..at.end, content: Content::List(items) },
            Some(Open::Map { span, pairs, .. }) => {
                Node { span: span.start..at.end, content: Content::Map(pairs) }
            }
            None => return,
        };
        self.put(notes, node);
    }

    /// Puts a finished value where it belongs.
    fn put(&mut self, notes: &mut Notes<'_>, node: Node) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List(_, items)) => items.push(node),
            Some(Open::Map { pairs, key, seen, .. }) => match key.take() {
                None => *key = Some(node),
                Some(key) => {
                    if may_stay(notes, (&key, &node), seen) {
                        pairs.push((key, node));
                    }
                }
            },
        }
    }
}

/// Whether a key may stay in its block: it is a word, no merge key, and there for the first time.
fn may_stay(notes: &mut Notes<'_>, (key, value): (&Node, &Node), seen: &mut HashMap<String, usize>) -> bool {
    let Content::Scalar { text, .. } = &key.content else {
        notes.note(
            &key.point(),
            Trouble::error("wrong-kind").with("wanted", "a word").with("found", key.kind()),
        );
        return false;
    };
    if text == "<<" {
        let written = notes.source.text.get(value.span.clone()).unwrap_or("");
        let inner = written.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')).map(str::trim);
        let inner = inner.filter(|inner| !inner.contains([',', '\n']));
        let repair = inner.map(|inner| (key.span.start..value.span.end, inner.to_owned()));
        notes.note(&key.span, Trouble::error("no-merge-keys").maybe_repair(repair));
        return false;
    }
    if let Some(first) = seen.get(text) {
        let line = notes.line(*first);
        let trouble = Trouble::error("duplicate-key").with("key", text).with("line", line);
        let repair = notes.source.without(&key.span, &value.span);
        notes.note(&key.span, trouble.maybe_repair(repair));
        return false;
    }
    seen.insert(text.clone(), key.span.start);
    true
}

fn note_syntax(notes: &mut Notes<'_>, error: &ScanError) {
    use granit_parser::ErrorKind as Kind;
    let at = error.marker().byte_offset().unwrap_or(0).min(notes.source.text.len());
    let rest = notes.source.text.get(at..).unwrap_or("");
    let span = at..at + rest.chars().next().map_or(0, char::len_utf8);
    if matches!(error.kind(), Kind::RecursionLimitExceeded) {
        notes.note(&span, Trouble::error("too-deep").with("limit", DEEPEST));
    } else if let Some(tab) = tab_near(&notes.source.text, at) {
        let repair = like_above(&notes.source.text, tab);
        notes.note(&(tab..tab + 1), Trouble::error("no-tabs").maybe_repair(repair));
    } else if let Some((place, fix)) = colon(&notes.source.text, at) {
        let line = notes.source.text.get(..place.start).and_then(|text| text.lines().last());
        let key = line.unwrap_or_default().trim_start_matches([' ', '-']).to_owned();
        let trouble = Trouble::error("yaml").words("yaml-colon").with("key", key);
        notes.note(&place.clone(), trouble.repair(place, fix));
    } else if let Some((place, fix)) = too_far_right(&notes.source.text, at) {
        notes.note(&place.clone(), Trouble::error("yaml").words("yaml-indent").repair(place, fix));
    } else {
        let repair = quote(notes.source, at);
        notes.note(&span, Trouble::error("yaml").with("said", error_words(error)).maybe_repair(repair));
    }
}

/// What the items of lists begin with.
const ITEMS: [&str; 7] = ["stage", "task", "field", "column", "button", "question", "if"];

/// The colon, or the space after it, that is missing after a key on the line of the error or on the one above.
fn colon(text: &str, at: usize) -> Option<(Span, String)> {
    let here = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let above = text.get(..here.saturating_sub(1))?.rfind('\n').map_or(0, |end| end + 1);
    [above, here].into_iter().find_map(|start| {
        let line = text.get(start..)?.lines().next()?;
        let begin = line.len() - line.trim_start_matches([' ', '-']).len();
        let key =
            line[begin..].find(|c: char| !(c.is_ascii_lowercase() || c == '_')).filter(|key| *key > 0)?;
        let (end, rest) = (start + begin + key, &line[begin + key..]);
        match rest.strip_prefix(':') {
            Some(value) if value.starts_with(|c: char| !c.is_whitespace() && c != '/') => {
                Some((end..end + 1, ": ".to_owned()))
            }
            Some(_) => None,
            // A dash and two words: the id of an item.
            None => {
                let is_item =
                    ITEMS.contains(&&line[begin..begin + key]) && rest.split_whitespace().count() == 1;
                is_item.then(|| (end..end, ":".to_owned()))
            }
        }
    })
}

/// A tab that indents the line of the error or the next one, which is what then confuses the parser.
fn tab_near(text: &str, at: usize) -> Option<usize> {
    let mut start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    for line in text[start..].split_inclusive('\n').take(2) {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indent].find('\t') {
            return Some(start + tab);
        }
        start += line.len();
    }
    None
}

/// A key that stands further right than the key above it, which has its value already.
fn too_far_right(text: &str, at: usize) -> Option<(Span, String)> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let key = |line: &str| -> Option<usize> {
        let begin = line.len() - line.trim_start_matches([' ', '-']).len();
        let (word, _) = line[begin..].split_once(':')?;
        let is_key = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        is_key.then_some(begin)
    };
    let (above, line) = (text.get(..start)?.lines().next_back()?, text.get(start..)?.lines().next()?);
    let (right, left) = (key(line)?, key(above)?);
    let (_, value) = above.split_once(':')?;
    let has_value =
        !value.trim().is_empty() && !value.trim_start().starts_with(['|', '>', '#', '{', '[', '"']);
    let blank = line[..right].bytes().all(|byte| byte == b' ');
    (has_value && blank && right > left).then(|| (start..start + right, " ".repeat(left)))
}

/// Indents a line like the one above it.
fn like_above(text: &str, tab: usize) -> Option<(Span, String)> {
    let start = text.get(..tab)?.rfind('\n').map_or(0, |end| end + 1);
    let above = text.get(..start)?.lines().rev().find(|line| !line.trim().is_empty())?;
    // The keys of a list item stand below its first key, not below its dash.
    let indent = above.len() - above.trim_start_matches([' ', '-']).len();
    let rest = text.get(start..)?;
    let end = start + rest.len() - rest.trim_start_matches([' ', '\t']).len();
    Some((start..end, " ".repeat(indent)))
}

/// The parser's own words, without the place that we show anyway.
fn error_words(error: &ScanError) -> String {
    let said = error.to_string();
    let places = [" at byte ", " at char ", " at line "];
    let end = places.iter().filter_map(|place| said.find(place)).min().unwrap_or(said.len());
    said[..end].to_owned()
}
