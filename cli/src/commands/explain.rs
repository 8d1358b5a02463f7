//! `explain`: what a code of `check` means, or what a task ends up with and where each value comes from.

use std::path::Path;

use serde_json::{Value as Json, json};
use workflows::{Files, Origin, Story, Unexplained, Whence};

use super::check::{language, whole};
use crate::config_file::nearest;
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::office::Setup;
use crate::table::table;

pub fn run(
    what: &str,
    task: Option<&str>,
    setup: &Setup,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    match task {
        None => code(what, setup, console),
        Some(task) => values(what, task, setup, console),
    }
}

fn code(code: &str, setup: &Setup, console: &mut Console<'_>) -> Result<Exit, Failure> {
    // As `check` prints it, brackets are no part of it.
    let code = code.trim_matches(['[', ']']);
    let Some(story) = workflows::story(code) else {
        let failure = Failure::not_found(format!("check gives no code {code}"));
        return Err(match workflows::nearest_code(code) {
            Some(near) => failure.with_hint(format!("did you mean {near}?")),
            None => failure.with_hint(format!(
                "signoff explain FILE TASK, or one of {}",
                workflows::codes().collect::<Vec<_>>().join(", ")
            )),
        });
    };
    let Story { code, wrong, right, .. } = story;
    let language = language(setup);
    let meaning = story.meaning(language);
    let [wrong_word, right_word] =
        if language == "uk" { ["Не так", "А так"] } else { ["Wrong", "Right"] };
    let text = format!(
        "{code}\n\n{meaning}\n\n{wrong_word}:\n{}\n\n{right_word}:\n{}",
        indented(wrong),
        indented(right)
    );
    console.answer(&json!({ "code": code, "meaning": meaning, "wrong": wrong, "right": right }), &text);
    Ok(Exit::Done)
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

fn values(file: &str, task: &str, setup: &Setup, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let (files, path) = place(file, setup)?;
    let origins = workflows::origins(&files, &path, task).map_err(|why| match why {
        Unexplained::NoFile => Failure::not_found(format!("there is no template {path}")),
        Unexplained::Broken => Failure::failed("the templates have problems").with_hint("signoff check"),
        Unexplained::NoTask(known) => {
            let failure = Failure::not_found(format!("{path} has no task {task}"));
            match nearest(task, known.iter().map(String::as_str)) {
                Some(near) => failure.with_hint(format!("did you mean {near}?")),
                None => failure.with_hint(format!("it has {}", known.join(", "))),
            }
        }
    })?;
    let language = language(setup);
    let rows: Vec<Vec<String>> = origins
        .iter()
        .map(|origin| vec![origin.key.clone(), origin.value.clone(), from(&origin.from, language)])
        .collect();
    let headings = if language == "uk" {
        ["ключ", "значення", "звідки"]
    } else {
        ["key", "value", "from"]
    };
    let lines: Vec<Json> = origins.iter().map(as_json).collect();
    let json = json!({ "file": path, "task": task, "values": lines });
    console.answer(&json, &table(console.draws(), &headings, &rows));
    Ok(Exit::Done)
}

/// The files, and the template among them.
fn place(file: &str, setup: &Setup) -> Result<(Files, String), Failure> {
    let path = setup.cwd.join(file);
    let name = Path::new(file).file_name().and_then(|name| name.to_str()).unwrap_or(file);
    let name = if name.contains('.') { name.to_owned() } else { format!("{name}.yaml") };
    let dir = path.parent().filter(|dir| path.is_file() && dir.join("agency.yaml").is_file());
    match dir {
        Some(dir) => Ok((Files::read(dir), name)),
        None => Ok((whole(setup)?, name)),
    }
}

fn from(whence: &Whence, language: &str) -> String {
    let uk = language == "uk";
    match whence {
        Whence::Task(file, line) => format!("{file}:{line}"),
        Whence::Template(file, line) | Whence::Agency(file, line) => format!("{file}:{line} (defaults)"),
        Whence::BuiltIn if uk => "вбудовано".to_owned(),
        Whence::BuiltIn => "built in".to_owned(),
    }
}

fn as_json(origin: &Origin) -> Json {
    let (level, place) = match &origin.from {
        Whence::Task(file, line) => ("task", Some((file, line))),
        Whence::Template(file, line) => ("template", Some((file, line))),
        Whence::Agency(file, line) => ("agency", Some((file, line))),
        Whence::BuiltIn => ("built_in", None),
    };
    let (file, line) = place.unzip();
    json!({ "key": origin.key, "value": origin.value, "level": level, "file": file, "line": line })
}
