//! `access`: what a client gives us to get in somewhere: asked for, kept encrypted, shown to whom it concerns (PF-86).

use std::io::{IsTerminal, Read};
use std::path::Path;

use engine::app::{Access as Outcome, Along, GivenAccess};
use engine::domain::project::{Project, ProjectCommand};
use engine::domain::{ProjectId, Refusal};
use serde_json::{Value as Json, json};

use crate::args::Access;
use crate::clock;
use crate::console::Console;
use crate::failure::Failure;
use crate::hint::About;
use crate::office::{Office, Setup};
use crate::table::table;

/// Longer than any access; a file beyond it is a mistake.
const LONGEST: usize = 64 * 1024;

pub async fn run(
    command: Access,
    setup: &Setup,
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    match command {
        Access::List { project } => list(&project, office, console).await,
        Access::Ask { project, access } => ask(&project, access, office, console).await,
        Access::Set { project, access, from } => {
            let text = read(from.as_deref().map(|file| setup.cwd.join(file)).as_deref(), console)?;
            set(&project, (access, text), office, console).await
        }
        Access::Show { project, access } => show(&project, access, office, console).await,
    }
}

/// The accesses for machines.
pub fn json_of(state: &Project) -> Vec<Json> {
    let items = state.access_items().into_iter();
    items
        .map(|item| {
            let access = state.accesses.get(&item).cloned().unwrap_or_default();
            json!({
                "access": item,
                "state": state.access_state(&item).word(),
                "asked": access.asked,
                "received": access.received,
                "kept": access.kept,
            })
        })
        .collect()
}

/// The accesses for people, one a row.
pub fn rows(state: &Project) -> Vec<Vec<String>> {
    let items = state.access_items().into_iter();
    items
        .map(|item| {
            let kept = state.accesses.get(&item).is_some_and(|access| access.kept);
            let word = state.access_state(&item).word().replace('_', " ");
            vec![item, word, if kept { "encrypted here" } else { "-" }.to_owned()]
        })
        .collect()
}

pub const HEADINGS: [&str; 3] = ["access", "state", "kept"];

async fn list(typed: &str, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let (id, state) = office.find_project(typed).await?;
    let text = table(console.draws(), &HEADINGS, &rows(&state));
    console.answer(&json!({ "project": id, "accesses": json_of(&state) }), &text);
    Ok(())
}

async fn ask(typed: &str, item: String, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let (id, _) = office.find_project(typed).await?;
    if !office.app.has_vault() {
        return Err(no_key());
    }
    let command = ProjectCommand::AskAccess { item: item.clone() };
    office.project(&id, None, command, Along::default()).await?;
    let document = json!({ "project": id, "access": item, "state": "asked" });
    console.answer(&document, &format!("{id}: the client is asked for {item}"));
    Ok(())
}

async fn set(
    typed: &str,
    (item, text): (String, String),
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let (id, state) = office.find_project(typed).await?;
    let given = GivenAccess {
        project: id.clone(),
        item: item.clone(),
        text,
        sending: None,
        by: office.by.clone(),
        command_id: office.command_id().to_owned(),
        at: clock::now(),
    };
    let outcome = office.app.give_access(given).await?;
    settled(outcome, (&id, &state), office).await?;
    let document = json!({ "project": id, "access": item, "state": "received" });
    console.answer(&document, &format!("{id}: {item} is kept encrypted"));
    Ok(())
}

async fn show(typed: &str, item: String, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let (id, state) = office.find_project(typed).await?;
    let order = office.ask(ProjectCommand::ViewAccess { item: item.clone() }, Along::default());
    let outcome = office.app.see_access(&id, order).await?;
    let text = settled(outcome, (&id, &state), office).await?;
    console.answer(&json!({ "project": id, "access": item, "secret": text }), &text);
    Ok(())
}

async fn settled<T>(
    outcome: Outcome<T>,
    (id, state): (&ProjectId, &Project),
    office: &Office,
) -> Result<T, Failure> {
    match outcome {
        Outcome::Done(done) => Ok(done),
        Outcome::Refused(refusal) => Err(refused(refusal, (id, state), office).await),
        Outcome::NoKey => Err(no_key()),
        Outcome::OtherKey => Err(Failure::failed("the access was sealed with another key")
            .with_hint("secrets.key_file must name the file with which it was received")),
    }
}

async fn refused(refusal: Refusal, (id, state): (&ProjectId, &Project), office: &Office) -> Failure {
    let about = About { project: id.as_str(), task: None, state: Some(state), now: clock::now() };
    office.refused(refusal, Some(about)).await
}

pub fn no_key() -> Failure {
    Failure::failed("there is no key to seal anything with")
        .with_hint("secrets.key_file in signoff.toml names its file; `signoff init` makes one")
}

/// What was typed, or what the file holds.
fn read(file: Option<&Path>, console: &mut Console<'_>) -> Result<String, Failure> {
    let text = if let Some(file) = file {
        std::fs::read_to_string(file)
            .map_err(|error| Failure::not_found(format!("{} cannot be read: {error}", file.display())))?
    } else {
        if std::io::stdin().is_terminal() {
            console.words("Write how to get in; end with Ctrl-D on a line of its own.");
        }
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| Failure::usage(format!("the standard input cannot be read: {error}")))?;
        text
    };
    let text = text.trim_end_matches(['\n', '\r']).to_owned();
    if text.trim().is_empty() || text.len() > LONGEST {
        return Err(Failure::usage("an access is a text of 1 to 65536 bytes"));
    }
    Ok(text)
}
