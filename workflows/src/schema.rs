//! The schemas that editors use say the same as the reader: every key, and every word of a closed list.

use serde_json::Value;

use crate::agency::{
    AGENCY_KEYS, DAYS, FORM_KEYS, HANDOFF, OVERRIDE_KEYS, OVERRIDES, ROLE_KEYS, WORK_TIME_KEYS,
};
use crate::field::{COLUMN_KEYS, COLUMN_TYPES, FIELD_KEYS, QUESTION_KEYS, QUESTION_TYPES, TYPES};
use crate::remind::{APPROVALS, CONDITIONS, DEFAULT_KEYS, REMIND_KEYS, REPEAT_KEYS};
use crate::shipped::SHIPPED;
use crate::task::{BUTTON_KEYS, CLIENT_KEYS, GATE_KEYS, ITEM_KEYS, KINDS, MONTHS, PAID, TASK_KEYS};
use crate::template::{NEXT_ROUNDS, REPEATS_KEYS, STAGE_KEYS, TEMPLATE_KEYS};
use crate::values::PERIODS;
use crate::walk::LANGUAGES;
use crate::worktime::{RATE_KEYS, TIMES};

fn schema(name: &str) -> Value {
    let (_, text) = SHIPPED.iter().find(|(path, _)| *path == name).unwrap();
    serde_json::from_str(text).unwrap()
}

/// The schema at a path of property names; `[]` goes into a list.
fn at<'s>(schema: &'s Value, path: &str) -> &'s Value {
    let mut found = schema;
    for step in path.split('.').filter(|step| !step.is_empty()) {
        found = if step == "[]" { &found["items"] } else { &found["properties"][step] };
    }
    found
}

fn same(what: &str, found: impl Iterator<Item = String>, known: &[&str]) {
    let mut found: Vec<String> = found.collect();
    let mut known: Vec<String> = known.iter().map(|word| (*word).to_owned()).collect();
    found.sort();
    known.sort();
    assert_eq!(found, known, "{what}");
}

fn same_keys(schema: &Value, path: &str, known: &[&str]) {
    let properties = at(schema, path)["properties"].as_object();
    same(path, properties.into_iter().flat_map(|keys| keys.keys().cloned()), known);
}

fn same_words<T>(schema: &Value, path: &str, known: &[(&str, T)]) {
    let words = at(schema, path)["enum"].as_array().cloned().unwrap_or_default();
    let known: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
    same(path, words.iter().filter_map(|word| word.as_str().map(str::to_owned)), &known);
}

#[test]
fn the_schema_of_a_template_knows_what_the_reader_knows() {
    for name in ["schema/workflow.schema.json", "schema/workflow.schema.uk.json"] {
        let schema = schema(name);
        let task = "stages.[].tasks.[]";
        same_keys(&schema, "", &TEMPLATE_KEYS);
        same_keys(&schema, "repeats", &REPEATS_KEYS);
        same_words(&schema, "repeats.every", &PERIODS);
        same_words(&schema, "repeats.next_round", &NEXT_ROUNDS);
        same_keys(&schema, "defaults", &DEFAULT_KEYS);
        same_keys(&schema, "stages.[]", &STAGE_KEYS);
        same_keys(&schema, task, &TASK_KEYS);
        let within = |key: &str| format!("{task}.{key}");
        same_words(&schema, &within("kind"), &KINDS);
        same_words(&schema, &within("time.[]"), &TIMES);
        same_words(&schema, &within("months"), &MONTHS);
        same_words(&schema, &within("approval"), &APPROVALS);
        same_words(&schema, &within("pays_for"), &PAID);
        same_keys(&schema, &within("client"), &CLIENT_KEYS);
        same_keys(&schema, &within("result.[]"), &FIELD_KEYS);
        same_words(&schema, &within("result.[].type"), &TYPES);
        same_keys(&schema, &within("result.[].columns.[]"), &COLUMN_KEYS);
        same_words(&schema, &within("result.[].columns.[].type"), &COLUMN_TYPES);
        let line = &at(&schema, &within("checklist.[]"))["anyOf"][1];
        same_keys(line, "", &ITEM_KEYS);
        same_keys(&schema, &within("buttons.[]"), &BUTTON_KEYS);
        same_keys(&schema, &within("start_needs.[]"), &GATE_KEYS);
        same_keys(&schema, &within("finish_needs.[]"), &GATE_KEYS);
        same_words(&schema, &within("finish_needs.[].paid"), &PAID);
        same_keys(&schema, &within("remind.[]"), &REMIND_KEYS);
        same_words(&schema, &within("remind.[].if"), &CONDITIONS);
        same_keys(&schema, &within("remind.[].repeat"), &REPEAT_KEYS);
    }
}

#[test]
fn the_schemas_of_the_agency_and_of_forms_know_what_the_reader_knows() {
    for name in ["schema/agency.schema.json", "schema/agency.schema.uk.json"] {
        let schema = schema(name);
        same_keys(&schema, "", &AGENCY_KEYS);
        same_keys(&schema, "work_time", &WORK_TIME_KEYS);
        same_keys(&schema, "rates", &RATE_KEYS);
        same_keys(&schema, "overrides", &OVERRIDE_KEYS);
        same_words(&schema, "overrides.brief", &OVERRIDES);
        same_words(&schema, "handoff_needs.[]", &HANDOFF);
        same_words(&schema, "work_time.days.[]", &DAYS);
        same_keys(&schema, "roles.[]", &ROLE_KEYS);
        same_words(&schema, "languages.[]", &LANGUAGES.map(|language| (language, ())));
    }
    for name in ["schema/form.schema.json", "schema/form.schema.uk.json"] {
        let schema = schema(name);
        same_keys(&schema, "", &FORM_KEYS);
        same_keys(&schema, "questions.[]", &QUESTION_KEYS);
        same_words(&schema, "questions.[].type", &QUESTION_TYPES);
    }
}
