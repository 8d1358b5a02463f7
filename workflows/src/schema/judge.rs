//! Reads a file as an editor does, and holds it against a schema.

use std::cell::RefCell;
use std::collections::HashMap;

use regex_automata::dfa::regex::Regex;
use regex_automata::util::syntax;
use serde_json::{Map, Value as Json};

use crate::yaml::{Content, Node};

/// The value that an editor sees, by the rules of YAML 1.2.
pub(super) fn value(node: &Node) -> Json {
    match &node.content {
        Content::Scalar { text, plain: true } => plain(text),
        Content::Scalar { text, .. } => Json::from(text.as_str()),
        Content::List(items) => items.iter().map(value).collect(),
        Content::Map(pairs) => {
            let pairs = pairs.iter().map(|(key, node)| (key.word().unwrap().to_owned(), value(node)));
            Json::Object(pairs.collect::<Map<_, _>>())
        }
    }
}

fn plain(text: &str) -> Json {
    match text {
        "" | "~" | "null" => Json::Null,
        "true" => Json::Bool(true),
        "false" => Json::Bool(false),
        _ => {
            let whole = || text.parse::<i64>().ok().map(Json::from);
            let is_digits = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            let decimal = || text.parse::<f64>().ok().filter(|_| is_digits).map(Json::from);
            whole().or_else(decimal).unwrap_or_else(|| Json::from(text))
        }
    }
}

/// What a schema has against a value, with the place of each; a keyword that is not known here is a mistake of ours.
pub(super) fn faults(schema: &Json, value: &Json) -> Vec<String> {
    let keywords = schema.as_object().unwrap();
    let mut found = Vec::new();
    for (keyword, says) in keywords {
        let fits = match keyword.as_str() {
            "$schema"
            | "title"
            | "description"
            | "markdownDescription"
            | "examples"
            | "defaultSnippets"
            | "then" => true,
            "properties" => {
                found.extend(within_properties(says, value));
                true
            }
            "items" => {
                let items = value.as_array().into_iter().flatten().enumerate();
                found.extend(items.flat_map(|(at, item)| {
                    faults(says, item).into_iter().map(move |fault| format!("{at}.{fault}"))
                }));
                true
            }
            "allOf" => {
                found.extend(says.as_array().unwrap().iter().flat_map(|part| faults(part, value)));
                true
            }
            "additionalProperties" => no_others(schema, says, value),
            "if" => !accepts(says, value) || accepts(&schema["then"], value),
            _ => fits(keyword, says, value),
        };
        if !fits {
            found.push(format!("{keyword} {says}"));
        }
    }
    found
}

fn accepts(schema: &Json, value: &Json) -> bool {
    faults(schema, value).is_empty()
}

fn within_properties(properties: &Json, value: &Json) -> Vec<String> {
    let mut found = Vec::new();
    for (key, value) in value.as_object().into_iter().flatten() {
        if let Some(schema) = properties.get(key) {
            found.extend(faults(schema, value).into_iter().map(|fault| format!("{key}.{fault}")));
        }
    }
    found
}

fn no_others(schema: &Json, says: &Json, value: &Json) -> bool {
    let is_declared = |key: &String| schema.get("properties").is_some_and(|known| known.get(key).is_some());
    let mut others = value.as_object().into_iter().flatten().filter(|(key, _)| !is_declared(key));
    others.all(|(_, value)| says.as_bool().unwrap_or_else(|| accepts(says, value)))
}

fn fits(keyword: &str, says: &Json, value: &Json) -> bool {
    let among = || says.as_array().unwrap();
    let bound = || says.as_f64().unwrap();
    let number = value.as_f64();
    let size = value.as_object().map(|keys| keys.len() as u64);
    match keyword {
        "type" => match says.as_str().unwrap() {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64(),
            "number" => value.is_number(),
            other => panic!("no type {other}"),
        },
        "const" => value == says,
        "enum" => among().contains(value),
        "required" => value
            .as_object()
            .is_none_or(|keys| among().iter().all(|key| keys.contains_key(key.as_str().unwrap()))),
        "minimum" => number.is_none_or(|number| number >= bound()),
        "maximum" => number.is_none_or(|number| number <= bound()),
        "exclusiveMinimum" => number.is_none_or(|number| number > bound()),
        "minProperties" => size.is_none_or(|size| size >= says.as_u64().unwrap()),
        "maxProperties" => size.is_none_or(|size| size <= says.as_u64().unwrap()),
        "pattern" => value.as_str().is_none_or(|text| is_like(says.as_str().unwrap(), text)),
        "propertyNames" => value
            .as_object()
            .is_none_or(|keys| keys.keys().all(|key| accepts(says, &Json::from(key.as_str())))),
        "anyOf" => among().iter().any(|schema| accepts(schema, value)),
        "oneOf" => among().iter().filter(|schema| accepts(schema, value)).count() == 1,
        other => panic!("no keyword {other}"),
    }
}

/// Each pattern is built once: that is what takes time.
fn is_like(pattern: &str, text: &str) -> bool {
    thread_local! {
        static BUILT: RefCell<HashMap<String, Regex>> = RefCell::default();
    }
    let build = || {
        let bytes = syntax::Config::new().unicode(false).utf8(false);
        Regex::builder().syntax(bytes).build(pattern).unwrap()
    };
    BUILT.with_borrow_mut(|built| built.entry(pattern.to_owned()).or_insert_with(build).is_match(text))
}
