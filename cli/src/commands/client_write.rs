//! `client write` and `client waiting`: a message to a client's chat, and who waits for one (PF-32, XP-06).

use engine::app::{Answer, ToClient};
use engine::domain::ClientId;
use projections::{conversation, directory};
use serde_json::{Value as Json, json};

use crate::args::WriteToClient;
use crate::clock;
use crate::console::Console;
use crate::failure::Failure;
use crate::files;
use crate::office::Office;
use crate::table::table;

/// Telegram takes a few characters more.
const LONGEST: usize = 3_500;

pub async fn write(wanted: WriteToClient, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let text = wanted.text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Err(Failure::usage(format!("a message has 1 to {LONGEST} characters")));
    }
    let client = office.find_client(&wanted.client).await?.client;
    let project = match &wanted.project {
        Some(typed) => Some(office.find_project(typed).await?.0),
        None => None,
    };
    if wanted.day.is_some() && project.is_none() {
        return Err(Failure::usage("a next step is promised about a project: add --project".to_owned()));
    }
    let (content, _) = files::comment(text, office.by.person().cloned(), clock::now());
    let said = ToClient {
        command_id: office.command_id().to_owned(),
        at: clock::now(),
        by: office.by.clone(),
        content,
        project: project.clone(),
        next_step: wanted.day,
    };
    match office.app.write_to_client(&client, said).await? {
        Answer::Refused(refusal) => Err(office.refused(refusal, None).await.about_client(&client)),
        Answer::Done { .. } | Answer::AlreadySo => {
            let json = json!({ "client": client, "project": project, "by": wanted.day });
            console.answer(&json, &format!("{client}: the message is on its way"));
            Ok(())
        }
    }
}

/// Who waits for an answer, the longest first.
pub async fn waiting(office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let clients = directory::clients(office.store()).await?;
    let ids: Vec<ClientId> = clients.iter().map(|entry| entry.client.clone()).collect();
    let waiting = conversation::waiting(office.store(), &ids).await?;
    let agency = &office.app.desk().agency;
    let due = |since| agency.answer_within.map(|term| agency.calendar.plus(since, term));
    let json: Vec<Json> = waiting
        .iter()
        .map(|waits| {
            json!({
                "client": waits.client,
                "since": waits.since,
                "due": due(waits.since),
                "messages": waits.messages,
                "project": waits.project,
            })
        })
        .collect();
    let rows: Vec<Vec<String>> = waiting
        .iter()
        .map(|waits| {
            let due = due(waits.since).map_or_else(|| "-".to_owned(), |due| office.local(due));
            vec![waits.client.to_string(), office.local(waits.since), due, waits.messages.to_string()]
        })
        .collect();
    let text = table(console.draws(), &["client", "since", "answer by", "messages"], &rows);
    console.answer(&json!({ "waiting": json }), &text);
    Ok(())
}
