//! `task show`: one task with its result as the client will read it, what it is built on, and what it lacks.

use std::collections::BTreeSet;
use std::fmt::Write;

use engine::domain::effect::ResultLine;
use engine::domain::project::{Project, Task, inputs, result};
use engine::domain::{Arg, PersonId};
use engine::words::Saying;
use serde_json::json;

use super::time::duration;
use crate::args::TaskArg;
use crate::console::Console;
use crate::failure::Failure;
use crate::office::Office;
use crate::task_view::{MissingLine, missing, task_json};

pub async fn run(typed: &TaskArg, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let (project, id, state) = office.find_task(typed).await?;
    let (Some(task), Some(plan)) = (state.task(&id), state.plan(&id)) else {
        let refusal = engine::domain::Refusal::NoTask { task: id.to_string() };
        return Err(office.refused(refusal, None).await);
    };
    let language = reader(&state, office).await?;
    let preview = in_words(result(task, plan, true), &language, office).await?;
    let inputs = in_words(inputs(&state, task, plan), &office.language, office).await?;
    let mut json = task_json(&state, task, &office.language);
    json["project"] = json!(project);
    json["preview"] = json!(preview);
    json["inputs"] = json!(inputs);
    json["result_sha256"] = json!(task.fingerprint());
    let title = plan.title.in_language(&office.language);
    let status = task.status.word().replace('_', " ");
    let mut text = format!("{project}/{id}  {title}: {status}, round {}", task.round);
    let planned = duration(plan.minutes);
    let _ = write!(text, "\n{} of {planned} planned", duration(state.minutes_of(&id)));
    section(&mut text, "built on", &inputs);
    section(&mut text, &format!("the client reads ({language})"), &preview);
    section(&mut text, "missing", &lacks(&state, task, office));
    console.answer(&json, &text);
    Ok(())
}

fn section(text: &mut String, title: &str, words: &str) {
    if !words.is_empty() {
        let _ = write!(text, "\n\n{title}\n{words}");
    }
}

fn lacks(state: &Project, task: &Task, office: &Office) -> String {
    let lines: Vec<MissingLine> =
        missing(state, task).iter().map(|missing| MissingLine::of(missing, &office.language)).collect();
    let width = lines.iter().map(|line| line.name.chars().count()).max().unwrap_or_default();
    lines.iter().map(|line| line.text(width)).collect::<Vec<_>>().join("\n")
}

/// The language in which the client is written to.
async fn reader(state: &Project, office: &Office) -> Result<String, Failure> {
    let client = state.opened.as_ref().map(|opened| opened.client.as_str());
    let entry = match client {
        Some(client) => Some(office.find_client(client).await?),
        None => None,
    };
    Ok(entry.map_or_else(|| office.language.clone(), |entry| entry.language))
}

/// A result in words, with the names of the people in it.
async fn in_words(mut lines: Vec<ResultLine>, language: &str, office: &Office) -> Result<String, Failure> {
    let people: Vec<PersonId> =
        lines.iter().flat_map(ResultLine::people).collect::<BTreeSet<_>>().into_iter().collect();
    let names = office.app.names(&people).await?;
    for line in &mut lines {
        line.names = names.iter().map(|(person, name)| (person.clone(), name.clone())).collect();
    }
    if lines.is_empty() {
        return Ok(String::new());
    }
    let args = [("result".to_owned(), Arg::Result(lines))];
    let saying = Saying { language, key: "word-value", args: &args };
    office.catalogue.render(saying).map(|text| text.text).map_err(|error| Failure::failed(error.to_string()))
}
