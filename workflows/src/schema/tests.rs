//! The schemas accept what is shipped, refuse what they can know to be wrong, and are not let go stale.

#[path = "judge.rs"]
mod judge;
#[path = "../../tests/seeded/mod.rs"]
mod seeded;

use std::collections::BTreeMap;

use engine::domain::definition::Rules;
use judge::{faults, value};
use seeded::MISTAKES;
use serde_json::Value as Json;

use super::*;
use crate::agency::{read_agency, read_form};
use crate::files::Files;
use crate::known::Known;
use crate::messages::Words;
use crate::problem::Notes;
use crate::remind::Defaults;
use crate::template::read_template;
use crate::yaml::{self, Content, Node, Span};

/// Codes of what a schema can know.
const OF_SHAPE: &str = "unknown-key not-a-choice wrong-kind missing duration true-or-false not-a-number name one-of \
    not-money version date time fixed-time no-code address";

fn made(sort: &str, language: &str) -> Json {
    let path = format!("schema/{sort}.schema{language}.json");
    let (_, text) = schemas().into_iter().find(|(made, _)| *made == path).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn sort_of(path: &str) -> &'static str {
    match path {
        "agency.yaml" => "agency",
        _ if path.starts_with("forms/") => "form",
        _ => "workflow",
    }
}

/// What the schema of its sort has against a file; nothing if it cannot even be read.
fn against(files: &Files, path: &str, language: &str) -> Option<Vec<String>> {
    let root = yaml::read(&mut Notes::new(files.get(path).unwrap()))?;
    Some(faults(&made(sort_of(path), language), &value(&root)))
}

fn shipped_yaml(files: &Files) -> Vec<String> {
    let paths = files.texts().map(|(path, _)| path.to_owned());
    paths.filter(|path| !path.starts_with("messages/")).collect()
}

#[test]
fn every_shipped_file_fits_its_schema_and_names_it() {
    let files = Files::embedded();
    for path in shipped_yaml(&files) {
        for language in ["", ".uk"] {
            assert_eq!(against(&files, &path, language).unwrap(), Vec::<String>::new(), "{path}{language}");
        }
        let up = if path.starts_with("forms/") { "../" } else { "" };
        let named = format!("# yaml-language-server: $schema={up}schema/{}.schema.json\n", sort_of(&path));
        assert!(files.get(&path).unwrap().text.starts_with(&named), "{path} does not begin with {named}");
    }
}

#[test]
fn a_seeded_mistake_that_a_schema_can_know_is_refused_by_it() {
    let mut refused = 0;
    for (path, from, to, code) in MISTAKES {
        if path.starts_with("messages/") || !OF_SHAPE.split_whitespace().any(|shape| shape == *code) {
            continue;
        }
        let mut files = Files::embedded();
        let text = files.get(path).unwrap().text.replacen(from, to, 1);
        files.put(path, &text);
        assert!(!against(&files, path, "").unwrap().is_empty(), "{code}: {to:?}");
        refused += 1;
    }
    assert!(refused >= 30, "only {refused}");
}

/// Every value of a tree, wherever it stands.
fn values<'n>(node: &'n Node, found: &mut Vec<&'n Node>) {
    match &node.content {
        Content::Scalar { .. } => found.push(node),
        Content::List(items) => items.iter().for_each(|item| values(item, found)),
        Content::Map(pairs) => pairs.iter().for_each(|(_, value)| values(value, found)),
    }
}

/// Codes of shape that the reader has for a file.
fn read(files: &Files, path: &str) -> Vec<&'static str> {
    let (languages, words, forms) = (vec!["uk".to_owned()], Words::default(), BTreeMap::new());
    let known = Known {
        roles: Vec::new(),
        forms: &forms,
        words: &words,
        files,
        languages: &languages,
        accept_within: None,
        rules: Rules::default(),
    };
    let mut notes = Notes::new(files.get(path).unwrap());
    match sort_of(path) {
        "agency" => drop(yaml::read(&mut notes).map(|root| read_agency(&mut notes, &root))),
        "form" => drop(read_form(&mut notes, &languages)),
        _ => drop(read_template(&mut notes, &known, &Defaults::default())),
    }
    let codes = notes.problems.iter().map(|problem| problem.code);
    codes.filter(|code| OF_SHAPE.split_whitespace().any(|shape| shape == *code)).collect()
}

#[test]
fn wherever_the_reader_finds_a_wrong_shape_the_schema_does_too() {
    let junk = ["{ strange: 1 }", "[strange]", "\"Дивне слово!\"", "\"\"", "true", "7.25", "-1"];
    let mut refused = 0;
    for path in ["reference.yaml", "agency.yaml", "forms/smm-brief.yaml"] {
        let files = Files::embedded();
        let text = files.get(path).unwrap().text.clone();
        let root = yaml::read(&mut Notes::new(files.get(path).unwrap())).unwrap();
        let schema = made(sort_of(path), "");
        let mut places = Vec::new();
        values(&root, &mut places);
        for (span, junk) in places.iter().flat_map(|node| junk.map(|junk| (node.span.clone(), junk))) {
            let Some((codes, faults)) = spoilt(&files, path, (&text, &span, junk), &schema) else { continue };
            let line = text[..span.start].lines().count();
            assert!(codes.is_empty() || !faults.is_empty(), "{path}:{line}: {junk} is {codes:?}");
            refused += usize::from(!codes.is_empty());
        }
    }
    assert!(refused > 500, "only {refused}");
}

/// What the reader and the schema say of a file with something else at one place.
fn spoilt(
    files: &Files,
    path: &str,
    (text, span, junk): (&str, &Span, &str),
    schema: &Json,
) -> Option<(Vec<&'static str>, Vec<String>)> {
    // A text over several lines would leave its lines behind.
    if text[span.clone()].contains('\n') {
        return None;
    }
    let mut files = files.clone();
    files.put(path, &format!("{}{junk}{}", &text[..span.start], &text[span.end..]));
    let root = yaml::read(&mut Notes::new(files.get(path).unwrap()))?;
    Some((read(&files, path), faults(schema, &value(&root))))
}

/// A schema without its explanations, and the explanations alone.
fn parted(schema: &Json, said: &mut Vec<String>) -> Json {
    match schema {
        Json::Object(pairs) => {
            let explains = |key: &str, value: &Json| {
                value.is_string() && ["title", "description", "markdownDescription"].contains(&key)
            };
            let (words, rules): (Vec<_>, Vec<_>) =
                pairs.iter().partition(|(key, value)| explains(key, value));
            said.extend(words.iter().map(|(_, word)| word.as_str().unwrap().to_owned()));
            let rules = rules.into_iter().filter(|(key, _)| key.as_str() != "defaultSnippets");
            rules.map(|(key, value)| (key.clone(), parted(value, said))).collect()
        }
        Json::Array(items) => items.iter().map(|item| parted(item, said)).collect(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => schema.clone(),
    }
}

#[test]
fn both_languages_have_the_same_rules_and_explain_every_key() {
    for sort in ["agency", "form", "workflow"] {
        let (mut english, mut ukrainian) = (Vec::new(), Vec::new());
        let rules = parted(&made(sort, ""), &mut english);
        assert_eq!(rules, parted(&made(sort, ".uk"), &mut ukrainian));
        let cyrillic = |text: &String| text.chars().any(|c| ('а'..='я').contains(&c));
        assert!(!english.iter().any(cyrillic), "{english:?}");
        assert!(ukrainian.iter().all(cyrillic), "{ukrainian:?}");
        assert!(english.len() > 40, "{sort} explains {}", english.len());
    }
}

#[test]
fn a_schema_that_was_changed_by_one_byte_is_stale() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(stale_schemas(dir.path()).len(), 6, "none is there yet");
    write_schemas(dir.path()).unwrap();
    assert_eq!(stale_schemas(dir.path()), Vec::<String>::new());
    for (path, text) in schemas() {
        let mut bytes = text.into_bytes();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(dir.path().join(&path), &bytes).unwrap();
        assert_eq!(stale_schemas(dir.path()), [path.as_str()]);
        bytes[middle] ^= 1;
        std::fs::write(dir.path().join(&path), bytes).unwrap();
    }
}
