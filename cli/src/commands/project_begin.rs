//! Part of `project show`: how a project began: promises, risks, notes, agreements, accesses.

use std::fmt::Write;

use engine::domain::TaskId;
use engine::domain::project::Project;
use engine::domain::project::event::ContentRef;
use serde_json::{Value as Json, json};

use super::{access, handoff};
use crate::console::Console;
use crate::failure::Failure;
use crate::office::Office;
use crate::table::table;

/// What the beginning of a project has to show, read from beside the log.
pub struct Beginning {
    pub text: String,
    pub risks: Vec<String>,
    pub agreements: Vec<Json>,
    /// Notes of checklists, by task.
    pub notes: Vec<(TaskId, Vec<Json>)>,
    pub handoff: Json,
}

/// Reads it.
pub async fn read(state: &Project, office: &Office, console: &Console<'_>) -> Result<Beginning, Failure> {
    let mut text = String::new();
    let handed = handoff::beside(state, office);
    let word = state.handoff.word();
    if word != "none" {
        let _ = write!(text, "\n\nhand-over {word}{handed}");
    }
    let mut hand_over = handoff::json_of(state, office);
    if let Some(scope) = &state.handoff.promised.scope {
        let scope = said(scope, office).await?;
        let _ = write!(text, "\npromised: {scope}");
        hand_over["promised"] = json!(scope);
    }
    if let Some(reason) = state.handoff.answer.as_ref().and_then(|answer| answer.returned.as_ref()) {
        let reason = said(reason, office).await?;
        let _ = write!(text, "\nreason: {reason}");
        hand_over["reason"] = json!(reason);
    }
    let mut risks = Vec::new();
    for (task, note) in state.risks() {
        let risk = said(&note, office).await?;
        let _ = write!(text, "{}{task}: {risk}", if risks.is_empty() { "\n\nrisks\n" } else { "\n" });
        risks.push(risk);
    }
    let agreements = agreements(state, office, &mut text).await?;
    let rows = access::rows(state);
    if !rows.is_empty() {
        let _ = write!(text, "\n\n{}", table(console.draws(), &access::HEADINGS, &rows));
    }
    let notes = notes(state, office).await?;
    Ok(Beginning { text, risks, agreements, notes, handoff: hand_over })
}

async fn agreements(state: &Project, office: &Office, text: &mut String) -> Result<Vec<Json>, Failure> {
    let mut all = Vec::new();
    for (rules, agreement) in &state.agreements {
        let Some(given) = &agreement.given else {
            let _ = write!(text, "\n\n{rules}: sent {}, nobody agreed yet", office.local(agreement.since));
            all.push(json!({ "rules": rules, "sendings": agreement.sendings, "person": null }));
            continue;
        };
        let names = office.store().names(std::slice::from_ref(&given.person)).await?;
        let name = names.get(&given.person).map_or(given.person.as_str(), String::as_str);
        let at = office.local(given.at);
        let hash = &given.shown.sha256;
        let _ = write!(text, "\n\n{rules}: agreed by {name}, {at}, text {}", &hash[..hash.len().min(12)]);
        all.push(json!({
            "rules": rules,
            "sendings": agreement.sendings,
            "person": given.person,
            "at": given.at,
            "sha256": hash,
            "text": said(&given.shown, office).await?,
        }));
    }
    Ok(all)
}

async fn notes(state: &Project, office: &Office) -> Result<Vec<(TaskId, Vec<Json>)>, Failure> {
    let mut all = Vec::new();
    for task in state.tasks.iter().filter(|task| !task.notes.is_empty()) {
        let mut notes = Vec::new();
        for (item, note) in &task.notes {
            notes.push(json!({ "checklist": item, "note": said(note, office).await? }));
        }
        all.push((task.id.clone(), notes));
    }
    Ok(all)
}

/// The words of a content; a file by its name, what was erased as such.
async fn said(reference: &ContentRef, office: &Office) -> Result<String, Failure> {
    let content = office.store().content(&reference.content).await?;
    Ok(match content {
        None => "(erased)".to_owned(),
        Some(content) if content.text.is_empty() => content.file_name.unwrap_or(content.kind),
        Some(content) => content.text,
    })
}
