//! The message files: Fluent texts, taken apart once, with their markup, when they are loaded.

use std::collections::{BTreeMap, BTreeSet};

use engine::store::change::EntityKind;
use fluent_syntax::ast;
use fluent_syntax::parser;
use fluent_syntax::unicode::unescape_unicode_to_string;
use intl_pluralrules::{PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

use crate::files::BIGGEST;
use crate::markup;
use crate::problem::Notes;
use crate::repair;
use crate::trouble::Trouble;
use crate::yaml::Span;

/// A choice inside a choice is more than any message needs.
const DEEPEST: usize = 8;

/// A part of a message.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Piece {
    Text(String),
    /// Formatting of the file's own text; each `Open` has its `Close`.
    Open(EntityKind),
    Close,
    Value(String),
    /// The first variant that fits the number, or else the one at `usual`.
    Choose {
        by: String,
        variants: Vec<(Fit, Vec<Piece>)>,
        usual: usize,
    },
}

/// What a variant fits.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fit {
    /// This very number.
    Exactly(String),
    /// A plural form: `one`, `few`, `many` …
    Form(String),
}

/// One message in one language.
#[derive(Debug)]
pub(crate) struct Message {
    pub pieces: Vec<Piece>,
    /// Each variable, and where it stands first.
    pub variables: BTreeMap<String, Span>,
    /// Variables that decide between variants.
    pub deciding: BTreeSet<String>,
    /// Where its name stands.
    pub span: Span,
}

/// All messages of one language.
pub(crate) struct Language {
    /// Path of the file.
    pub path: String,
    pub messages: BTreeMap<String, Message>,
    pub plurals: Option<PluralRules>,
    /// Some message of the file could not be read at all.
    pub broken: bool,
}

/// All messages, by language.
#[derive(Default)]
pub(crate) struct Words {
    pub languages: BTreeMap<String, Language>,
}

impl Words {
    /// Names of all messages of any language, each once.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let all = self.languages.values().flat_map(|language| language.messages.keys());
        all.map(String::as_str).collect::<BTreeSet<_>>().into_iter()
    }

    /// Whether any language has the message.
    pub fn has(&self, key: &str) -> bool {
        self.languages.values().any(|language| language.messages.contains_key(key))
    }

    /// Whether the message uses the variable in every language that has it.
    pub fn agree_on(&self, key: &str, variable: &str) -> bool {
        let mut all = self.languages.values().filter_map(|language| language.messages.get(key));
        all.all(|message| message.variables.contains_key(variable))
    }

    /// Variables of a message, over all languages.
    pub fn variables(&self, key: &str) -> impl Iterator<Item = &str> {
        let all = self.languages.values().filter_map(|language| language.messages.get(key));
        all.flat_map(|message| message.variables.keys())
            .map(String::as_str)
            .collect::<BTreeSet<_>>()
            .into_iter()
    }
}

/// Reads one message file; `code` is its language.
pub(crate) fn read_messages(notes: &mut Notes<'_>, code: &str) -> Language {
    let source = notes.source;
    if let Some(at) = too_deep(&source.text) {
        notes.note(&(at..at + 1), Trouble::error("too-deep").with("limit", DEEPEST));
        return Language {
            path: source.path.clone(),
            messages: BTreeMap::new(),
            plurals: None,
            broken: true,
        };
    }
    if source.text.len() as u64 > BIGGEST {
        notes
            .note(&(0..0), Trouble::error("too-big").with("bytes", source.text.len()).with("limit", BIGGEST));
        return Language {
            path: source.path.clone(),
            messages: BTreeMap::new(),
            plurals: None,
            broken: true,
        };
    }
    let text = source.text.as_str();
    let (resource, errors) = match parser::parse_runtime(text) {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => (resource, errors),
    };
    let broken = !errors.is_empty();
    for error in errors {
        let said = error.kind.to_string().to_lowercase();
        let repair =
            said.contains("starting with \"=\"").then(|| (error.pos.start..error.pos.start, "= ".to_owned()));
        notes.note(&error.pos.clone(), Trouble::error("fluent").with("said", said).maybe_repair(repair));
    }
    let mut messages: BTreeMap<String, Message> = BTreeMap::new();
    for entry in &resource.body {
        match entry {
            ast::Entry::Message(message) => {
                let key = message.id.name.to_owned();
                let read = read_message(notes, message);
                if let Some(first) = messages.get(&key) {
                    let line = notes.line(first.span.start);
                    notes.note(
                        &read.span,
                        Trouble::error("duplicate-key").with("key", &key).with("line", line),
                    );
                } else {
                    messages.insert(key, read);
                }
            }
            ast::Entry::Term(term) => {
                let span = place(text, term.id.name);
                notes.note(&span, Trouble::error("not-in-messages").with("what", "a term (`-name`)"));
            }
            ast::Entry::Comment(_)
            | ast::Entry::GroupComment(_)
            | ast::Entry::ResourceComment(_)
            | ast::Entry::Junk { .. } => {}
        }
    }
    let identifier = code.parse::<LanguageIdentifier>().ok();
    let plurals = identifier.and_then(|id| PluralRules::create(id, PluralRuleType::CARDINAL).ok());
    Language { path: source.path.clone(), messages, plurals, broken }
}

/// Where braces stand too deep inside one another; the parser descends into each and would run out of stack.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut line_start) = (0_usize, true);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ if line_start && byte.is_ascii_alphabetic() => depth = 0,
            _ => {}
        }
        if depth > DEEPEST {
            return Some(at);
        }
        line_start = byte == b'\n';
    }
    None
}

/// Where a part of the text stands; the parser hands out slices of what it was given.
fn place(text: &str, part: &str) -> Span {
    let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize);
    let span = start.map(|start| start..start + part.len());
    span.filter(|span| text.is_char_boundary(span.start) && span.end <= text.len()).unwrap_or(0..0)
}

fn read_message(notes: &mut Notes<'_>, message: &ast::Message<&str>) -> Message {
    let text = notes.source.text.as_str();
    let span = place(text, message.id.name);
    for attribute in &message.attributes {
        let span = place(text, attribute.id.name);
        notes.note(&span, Trouble::error("not-in-messages").with("what", "an attribute"));
    }
    let mut reader =
        Reader { text, span: span.clone(), variables: BTreeMap::new(), deciding: BTreeSet::new() };
    let pieces = message.value.as_ref().map(|pattern| reader.pattern(notes, pattern)).unwrap_or_default();
    if pieces.is_empty() {
        notes.note(&span, Trouble::error("fluent").with("said", "it has no text"));
    }
    Message { pieces, variables: reader.variables, deciding: reader.deciding, span }
}

struct Reader<'t> {
    text: &'t str,
    /// Shown when a part has no place of its own.
    span: Span,
    variables: BTreeMap<String, Span>,
    deciding: BTreeSet<String>,
}

impl Reader<'_> {
    fn pattern(&mut self, notes: &mut Notes<'_>, pattern: &ast::Pattern<&str>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let (mut open, mut end) = (Vec::new(), 0);
        for element in &pattern.elements {
            match element {
                ast::PatternElement::TextElement { value } => {
                    let place = place(self.text, value);
                    end = place.start + value.trim_end().len();
                    let found = markup::read(value, &mut open, &mut pieces);
                    for (at, said) in found {
                        let span = place.start + at.start..place.start + at.end;
                        let tag = self.text.get(span.clone()).and_then(repair::tag);
                        let repair = tag.map(|tag| (span.clone(), tag));
                        notes.note(&span, Trouble::error("markup").with("said", said).maybe_repair(repair));
                    }
                }
                ast::PatternElement::Placeable { expression } => {
                    self.expression(notes, expression, &mut pieces);
                }
            }
        }
        for tag in &open {
            let said = format!("<{tag}> is not closed");
            let repair = (end > 0).then(|| (end..end, format!("</{tag}>")));
            notes.note(&self.span.clone(), Trouble::error("markup").with("said", said).maybe_repair(repair));
            pieces.push(Piece::Close);
        }
        pieces
    }

    fn expression(
        &mut self,
        notes: &mut Notes<'_>,
        expression: &ast::Expression<&str>,
        pieces: &mut Vec<Piece>,
    ) {
        match expression {
            ast::Expression::Inline(inline) => self.inline(notes, inline, pieces),
            ast::Expression::Select { selector, variants } => {
                let ast::InlineExpression::VariableReference { id } = selector else {
                    self.forbid(notes, "a choice by anything but a { $number }");
                    return;
                };
                self.found(id.name);
                self.deciding.insert(id.name.to_owned());
                let usual = variants.iter().position(|variant| variant.default).unwrap_or(0);
                let variants = variants.iter().map(|variant| {
                    let fit = match &variant.key {
                        ast::VariantKey::Identifier { name } => Fit::Form((*name).to_owned()),
                        ast::VariantKey::NumberLiteral { value } => Fit::Exactly((*value).to_owned()),
                    };
                    (fit, self.pattern(notes, &variant.value))
                });
                let variants = variants.collect();
                pieces.push(Piece::Choose { by: id.name.to_owned(), variants, usual });
            }
        }
    }

    fn inline(
        &mut self,
        notes: &mut Notes<'_>,
        inline: &ast::InlineExpression<&str>,
        pieces: &mut Vec<Piece>,
    ) {
        match inline {
            ast::InlineExpression::VariableReference { id } => {
                self.found(id.name);
                pieces.push(Piece::Value(id.name.to_owned()));
            }
            ast::InlineExpression::StringLiteral { value } => {
                pieces.push(Piece::Text(unescape_unicode_to_string(value).into_owned()));
            }
            ast::InlineExpression::NumberLiteral { value } => pieces.push(Piece::Text((*value).to_owned())),
            ast::InlineExpression::Placeable { expression } => self.expression(notes, expression, pieces),
            ast::InlineExpression::FunctionReference { id, .. } => {
                let call = place(self.text, id.name);
                let arguments =
                    self.text.get(call.end..).and_then(|rest| rest.split_once(')')).map(|(a, _)| a);
                let repair = arguments.and_then(|arguments| {
                    let first = arguments.strip_prefix('(')?.split(',').next()?.trim();
                    let fits = first.starts_with('$');
                    fits.then(|| (call.start..call.end + arguments.len() + 1, first.to_owned()))
                });
                let trouble = Trouble::error("not-in-messages").with("what", "a function");
                notes.note(&self.span, trouble.maybe_repair(repair));
            }
            ast::InlineExpression::MessageReference { .. } => self.forbid(notes, "another message"),
            ast::InlineExpression::TermReference { .. } => self.forbid(notes, "a term (`-name`)"),
        }
    }

    /// Remembers a variable with its `$`.
    fn found(&mut self, name: &str) {
        let place = place(self.text, name);
        let place = place.start.saturating_sub(1)..place.end;
        self.variables.entry(name.to_owned()).or_insert(place);
    }

    fn forbid(&self, notes: &mut Notes<'_>, what: &str) {
        notes.note(&self.span, Trouble::error("not-in-messages").with("what", what));
    }
}
