//! `project move-version`: another version of the template for a running project, looked at first.

use std::fmt::Write;

use engine::app::Along;
use engine::domain::project::ProjectCommand;
use engine::domain::project::move_version::{Move, plan};
use serde_json::{Value as Json, json};

use crate::args::MoveVersion;
use crate::console::Console;
use crate::failure::Failure;
use crate::office::Office;

use super::project_version::version;

pub async fn run(wanted: MoveVersion, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let (id, state) = office.find_project(&wanted.project).await?;
    let service = state.opened.as_ref().map_or("", |opened| opened.definition.service.as_str());
    let new = version(&wanted.to, service, office).await?;
    let found = match plan(&state, &new) {
        Ok(found) => found,
        Err(refusal) => return Err(office.refused(refusal, None).await),
    };
    let from = state.opened.as_ref().map_or("", |opened| opened.definition.hash.as_str());
    let mut json = json_of(&found, (from, &new.hash));
    let changed = if wanted.dry_run {
        from != new.hash
    } else {
        let command = ProjectCommand::MoveVersion { definition: new };
        office.project(&id, None, command, Along::default()).await?
    };
    if let Some(document) = json.as_object_mut() {
        document.insert("project".to_owned(), json!(id));
        document.insert("changed".to_owned(), json!(changed));
        document.insert("dry_run".to_owned(), json!(wanted.dry_run));
    }
    let head = match (wanted.dry_run, changed) {
        (true, _) => format!("{id}: nothing is changed yet; without --dry-run this is what changes"),
        (false, true) => format!("{id} follows the new version"),
        (false, false) => format!("{id} follows this version already"),
    };
    console.answer(&json, &format!("{head}{}", in_words(&found, (from, &found.definition.hash))));
    Ok(())
}

/// The beginning of a hash, for people.
pub(super) fn short(hash: &str) -> &str {
    hash.get(..8).unwrap_or(hash)
}

fn json_of(found: &Move, (from, to): (&str, &str)) -> Json {
    let changed: Vec<Json> =
        found.changed.iter().map(|(task, keys)| json!({ "task": task, "keys": keys })).collect();
    let renamed: Vec<Json> =
        found.renamed.iter().map(|(here, now)| json!({ "here": here, "now": now })).collect();
    json!({
        "from": from,
        "to": to,
        "added": found.added,
        "dropped": found.dropped,
        "passed": found.passed,
        "renamed": renamed,
        "changed_tasks": changed,
    })
}

fn in_words(found: &Move, (from, to): (&str, &str)) -> String {
    let mut text = format!("\n  version   {} → {}", short(from), short(to));
    for task in &found.added {
        let _ = write!(text, "\n  comes     {task}");
    }
    for task in &found.dropped {
        let _ = write!(text, "\n  goes      {task}");
    }
    for task in &found.passed {
        let _ = write!(text, "\n  left out  {task}: work has gone past its place");
    }
    for (here, now) in &found.renamed {
        let _ = write!(text, "\n  renamed   {now} is called {here} here");
    }
    for (task, keys) in &found.changed {
        let _ = write!(text, "\n  changes   {task}: {}", keys.join(", "));
    }
    text
}
