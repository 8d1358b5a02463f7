//! `outbox`: messages that do not go out by themselves, and the word that decides about them.

use std::collections::BTreeMap;

use engine::domain::{Actor, Refusal, Right};
use engine::store::held::{self, Held, Word};
use projections::directory;
use serde_json::{Value as Json, json};

use super::task::said;
use crate::args::Outbox;
use crate::clock;
use crate::console::Console;
use crate::failure::Failure;
use crate::files::comment;
use crate::office::Office;
use crate::table::table;

pub async fn run(command: Outbox, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let word = Word { command_id: office.command_id().to_owned(), at: clock::now(), by: office.by.clone() };
    match command {
        Outbox::Held => list(office, console).await,
        Outbox::Release { messages } => {
            may_decide(office).await?;
            let chosen = chosen(&messages, held::all(office.store()).await?, office).await?;
            held::release(office.store(), word, chosen).await?;
            console.answer(&json!({ "released": messages }), &counted(messages.len(), "released"));
            Ok(())
        }
        Outbox::Drop { messages, comment: reason } => {
            said(&reason, "--comment")?;
            may_decide(office).await?;
            let chosen = chosen(&messages, held::droppable(office.store()).await?, office).await?;
            let (content, _) = comment(&reason, office.by.person().cloned(), clock::now());
            held::drop(office.store(), word, chosen, content).await?;
            console.answer(&json!({ "dropped": messages }), &counted(messages.len(), "dropped"));
            Ok(())
        }
    }
}

/// PMs, the head, the owner and the operator say what becomes of a message to a client.
async fn may_decide(office: &Office) -> Result<(), Failure> {
    let agency = office.app.agency_state().await?;
    let roles = office.by.person().and_then(|by| agency.people.get(by));
    let leads = roles.is_some_and(|roles| Right::Lead.is_given_by(roles));
    if leads || office.by == Actor::Operator {
        return Ok(());
    }
    Err(office.attempt("decide_message", Refusal::NotAllowed { wanted: "message".to_owned() }).await)
}

/// The messages of these numbers; all of them, or none.
async fn chosen(wanted: &[i64], all: Vec<Held>, office: &Office) -> Result<Vec<Held>, Failure> {
    // Asked again under the same name, the messages are no longer held; the store knows the command.
    if !office.store().command(office.command_id()).await?.is_empty() {
        return Ok(Vec::new());
    }
    let found = |id: &i64| all.iter().find(|held| held.id == *id).cloned();
    let missing = wanted.iter().find(|id| found(id).is_none());
    match missing {
        None => Ok(wanted.iter().filter_map(found).collect()),
        Some(id) => {
            Err(Failure::not_found(format!("no message {id} waits for a word"))
                .with_hint("signoff outbox held"))
        }
    }
}

async fn list(office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let all = held::all(office.store()).await?;
    let mut names: BTreeMap<i64, String> = BTreeMap::new();
    names.extend(office.settings.telegram.staff_chat.map(|chat| (chat, "the staff".to_owned())));
    for held in &all {
        if let Some(client) = directory::client_by_chat(office.store(), held.chat).await? {
            names.insert(held.chat, client.name);
        }
    }
    let json: Vec<Json> = all
        .iter()
        .map(|held| {
            json!({
                "message": held.id,
                "chat": held.chat,
                "whose": names.get(&held.chat),
                "kind": held.kind,
                "state": held.state,
                "since": held.since,
                "why": why(held),
            })
        })
        .collect();
    let rows: Vec<Vec<String>> = all
        .iter()
        .map(|held| {
            let whose = names.get(&held.chat).cloned().unwrap_or_else(|| held.chat.to_string());
            let since = office.local(held.since);
            vec![held.id.to_string(), whose, held.kind.clone(), since, why(held)]
        })
        .collect();
    let text = if rows.is_empty() {
        "no message waits for a word".to_owned()
    } else {
        table(console.draws(), &["message", "chat", "kind", "since", "why"], &rows)
    };
    console.answer(&json!({ "messages": json }), &text);
    Ok(())
}

/// Why it does not go out by itself.
fn why(held: &Held) -> String {
    let state = match held.state.as_str() {
        _ if held.chat_lost => "nothing can be written in the chat",
        "unknown" => "whether it arrived stays unknown",
        "failed" => "Telegram refused it",
        _ => "held, and the chat waits for it",
    };
    match &held.why {
        Some(why) => format!("{state}: {why}"),
        None => state.to_owned(),
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 message {what}") } else { format!("{count} messages {what}") }
}
