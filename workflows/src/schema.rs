//! The schemas that editors use, made from the declaration that the reader follows (SURFACES 4).

use std::io;
use std::path::Path;

use crate::format::{AGENCY, Block, FORM, Key, Meaning, Rule, Says, TEMPLATE, TEXTS, Takes};
use crate::json::Json;
use crate::shipped::SHIPPED;
use crate::values::PERIODS;
use crate::walk::{ID, NAME};

/// A sort of file: its name, what people call it, and what stands in it.
type Sort = (&'static str, Meaning, &'static Block);

const SORTS: [Sort; 3] = [
    ("agency", ("Signoff agency settings", "Налаштування агенції Signoff"), &AGENCY),
    ("form", ("Signoff form", "Анкета Signoff"), &FORM),
    ("workflow", ("Signoff workflow template", "Шаблон послуги Signoff"), &TEMPLATE),
];

/// Path within the folder of templates, and text, of every schema: for each sort of file one with explanations in
/// English and one in Ukrainian.
pub fn schemas() -> Vec<(String, String)> {
    let both = |sort: &Sort| [Maker { uk: false }, Maker { uk: true }].map(|maker| maker.file(sort));
    SORTS.iter().flat_map(both).collect()
}

/// How the name of a schema ends that explains in a language; in English where there is none.
pub fn schema_in(language: &str) -> &'static str {
    if language == "uk" { ".schema.uk.json" } else { ".schema.json" }
}

/// The schema of a file by its path within the folder of templates; files of messages have none.
pub fn schema_of(path: &str, language: &str) -> Option<&'static str> {
    let name = path.strip_suffix(".yaml")?;
    let sort = match name {
        "agency" => "agency",
        _ if name.starts_with("forms/") => "form",
        _ => "workflow",
    };
    let file = format!("schema/{sort}{}", schema_in(language));
    SHIPPED.iter().find(|(shipped, _)| *shipped == file).map(|(_, text)| *text)
}

/// The schemas in a folder of templates that are not what they are made from, or are not there.
pub fn stale_schemas(dir: &Path) -> Vec<String> {
    let is_stale =
        |path: &str, text: &str| std::fs::read(dir.join(path)).ok().as_deref() != Some(text.as_bytes());
    let stale = schemas().into_iter().filter(|(path, text)| is_stale(path, text));
    stale.map(|(path, _)| path).collect()
}

/// Writes the schemas into a folder of templates.
///
/// # Errors
/// When the folder or a file cannot be written.
pub fn write_schemas(dir: &Path) -> io::Result<()> {
    std::fs::create_dir_all(dir.join("schema"))?;
    schemas().into_iter().try_for_each(|(path, text)| std::fs::write(dir.join(path), text))
}

/// Makes schemas with explanations in one language.
struct Maker {
    uk: bool,
}

impl Maker {
    fn file(&self, (name, title, block): &Sort) -> (String, String) {
        let ending = schema_in(if self.uk { "uk" } else { "en" });
        // draft-07 is what editors know everywhere.
        let head = Json::Object(vec![
            ("$schema", Json::text("http://json-schema.org/draft-07/schema#")),
            ("title", Json::text(self.say(*title))),
        ]);
        let Json::Object(rest) = self.block(block) else { return (String::new(), String::new()) };
        let whole = rest.into_iter().fold(head, |whole, (key, value)| whole.with(key, value));
        let text = serde_json::to_string_pretty(&whole).unwrap_or_default();
        (format!("schema/{name}{ending}"), text + "\n")
    }

    fn say(&self, (en, uk): Meaning) -> &'static str {
        if self.uk { uk } else { en }
    }

    fn block(&self, block: &Block) -> Json {
        let properties = block.keys.iter().map(|key| (key.name, self.key(key))).collect();
        let required = block.keys.iter().filter(|key| key.required).map(|key| key.name);
        let mut made = Json::Object(vec![
            ("type", Json::text("object")),
            ("additionalProperties", Json::Flag(false)),
            ("properties", Json::Object(properties)),
            ("required", Json::texts(required)),
        ]);
        if !block.rules.is_empty() {
            made = made.with("allOf", Json::List(block.rules.iter().map(rule).collect()));
        }
        if let Some((label, body)) = block.snippet {
            let snippet = Json::Object(vec![("label", Json::text(label)), ("body", Json::Raw(body))]);
            made = made.with("defaultSnippets", Json::List(vec![snippet]));
        }
        made
    }

    fn key(&self, key: &Key) -> Json {
        let meaning = self.say(key.meaning);
        let takes = self.takes(&key.takes);
        takes.with("description", Json::text(meaning)).with("markdownDescription", Json::text(meaning))
    }

    fn takes(&self, takes: &Takes) -> Json {
        match takes {
            Takes::Block(block) => self.block(block),
            Takes::List(item) => {
                Json::Object(vec![("type", Json::text("array")), ("items", self.takes(item))])
            }
            Takes::Text => either(pattern(r"\S"), with_least(self.block(&TEXTS), 1)),
            // A text in several languages is a block too, but one without `text`.
            Takes::TextOr(block) => either(pattern(r"\S"), self.block(block)),
            Takes::Options => Json::Object(vec![
                ("type", Json::text("object")),
                ("propertyNames", Json::Object(vec![("pattern", Json::text(named(ID)))])),
                ("additionalProperties", self.takes(&Takes::Text)),
            ]),
            Takes::Amounts => Json::Object(vec![
                ("type", Json::text("object")),
                ("additionalProperties", pattern(r"^\d+(\.\d{1,2})? [A-Z]{3}$")),
            ]),
            Takes::OneOf(words) => Json::Object(vec![("enum", Json::texts(words()))]),
            Takes::Version
            | Takes::Id
            | Takes::IdOrNone
            | Takes::Name
            | Takes::Word
            | Takes::Flag
            | Takes::Count
            | Takes::Hours
            | Takes::Term
            | Takes::Price
            | Takes::Share
            | Takes::Currency
            | Takes::Date
            | Takes::Span
            | Takes::FixedTime
            | Takes::Address
            | Takes::CardField
            | Takes::CountedFrom
            | Takes::End => value(takes),
        }
    }
}

/// What a value looks like that needs no explanation of its own.
fn value(takes: &Takes) -> Json {
    let number = |kind: &str, bounds: &[(&'static str, u32)]| {
        let first = ("type", Json::text(kind));
        Json::Object(
            std::iter::once(first).chain(bounds.iter().map(|(key, n)| (*key, Json::Number(*n)))).collect(),
        )
    };
    match takes {
        Takes::Version => Json::Object(vec![("const", Json::Number(1))]),
        Takes::Flag => Json::Object(vec![("type", Json::text("boolean"))]),
        Takes::Count => number("integer", &[("minimum", 1)]),
        Takes::Hours => number("number", &[("exclusiveMinimum", 0), ("maximum", 1000)]),
        Takes::Id => pattern(&named(ID)),
        // `none` is shaped like an id.
        Takes::IdOrNone => pattern(&named(ID)).with("examples", Json::texts(["none"])),
        Takes::Name => pattern(&named(NAME)),
        Takes::Term => pattern(r"^\d+(\.\d{1,2})? (business|calendar) (day|days|hour|hours)$").with(
            "examples",
            Json::texts(["1 business day", "3 business days", "6 business hours", "10 calendar days"]),
        ),
        Takes::Price => {
            let periods: Vec<&str> = PERIODS.iter().map(|(word, _)| *word).collect();
            pattern(&format!(r"^\d+(\.\d{{1,2}})? [A-Z]{{3}}( per ({}))?$", periods.join("|")))
        }
        Takes::Share => pattern(r"^(\d+(\.\d{1,2})?%|\d+(\.\d{1,2})? [A-Z]{3}|rest)$"),
        Takes::Currency => pattern("^[A-Z]{3}$"),
        Takes::Date => pattern(r"^\d{4}-\d\d-\d\d$"),
        Takes::Span => pattern(r"^\d\d:\d\d-\d\d:\d\d$"),
        Takes::FixedTime => {
            pattern(r"^\S+( \S+){4}$").with("examples", Json::texts(["0 9 * * mon-fri", "0 16 L * *"]))
        }
        Takes::Address => pattern(r"^https://\S*\{code\}\S*$"),
        Takes::CardField => pattern(r"^client\.[a-z_]+$"),
        Takes::CountedFrom => pattern(r"^(project start|first day of month|(task|button) [a-z][a-z0-9_]*)$")
            .with("examples", Json::texts(["project start", "first day of month"])),
        Takes::End => Json::Object(vec![
            ("type", Json::text("object")),
            ("minProperties", Json::Number(1)),
            ("maxProperties", Json::Number(1)),
            ("additionalProperties", pattern(r"\S")),
        ]),
        Takes::Word
        | Takes::Text
        | Takes::TextOr(_)
        | Takes::Options
        | Takes::Amounts
        | Takes::OneOf(_)
        | Takes::Block(_)
        | Takes::List(_) => pattern(r"\S"),
    }
}

fn pattern(pattern: &str) -> Json {
    Json::Object(vec![("type", Json::text("string")), ("pattern", Json::text(pattern))])
}

fn named((joint, most): (char, usize)) -> String {
    format!("^[a-z][a-z0-9{joint}]{{0,{}}}$", most - 1)
}

fn either(one: Json, other: Json) -> Json {
    Json::Object(vec![("anyOf", Json::List(vec![one, other]))])
}

fn with_least(object: Json, keys: u32) -> Json {
    object.with("minProperties", Json::Number(keys))
}

fn rule(rule: &Rule) -> Json {
    let required = |key: &'static str| Json::Object(vec![("required", Json::texts([key]))]);
    let any = |keys: &[&'static str]| Json::List(keys.iter().map(|key| required(key)).collect());
    let implies = |when: Json, then: Json| Json::Object(vec![("if", when), ("then", then)]);
    match rule {
        Rule::ExactlyOne { keys, .. } => Json::Object(vec![("oneOf", any(keys))]),
        Rule::AtLeastOne { keys, .. } => Json::Object(vec![("anyOf", any(keys))]),
        Rule::OnlyFor { keys, when, .. } => implies(Json::Object(vec![("anyOf", any(keys))]), says(when)),
        Rule::Needs { key, when } => implies(says(when), required(key)),
    }
}

/// The key is there and says one of the words.
fn says((key, words): &Says) -> Json {
    let word = Json::Object(vec![("enum", Json::texts(words.iter().copied()))]);
    Json::Object(vec![("properties", Json::Object(vec![(key, word)])), ("required", Json::texts([*key]))])
}

#[cfg(test)]
mod tests;
