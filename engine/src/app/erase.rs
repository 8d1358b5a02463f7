//! Erasing what a client's people wrote: contents and drafts go, the log keeps its hashes.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::{Along, Answer, App, AppError, Ask};
use crate::domain::client::ClientCommand;
use crate::domain::{ClientId, ContentId, ProjectId};
use crate::store::StoredEvent;

/// Facts that speak of what the client's people said: messages, the card, briefs, remarks.
const OF_THE_CLIENT: [&str; 7] = [
    "client_wrote",
    "message_edited",
    "card_field_set",
    "card_conflict_found",
    "card_conflict_resolved",
    "form_received",
    "remark_added",
];

/// What there is to erase.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erasable {
    pub contents: Vec<ContentId>,
    /// Forms that may be half filled in.
    pub drafts: Vec<(ProjectId, String)>,
}

impl App {
    /// What the client's people wrote and we still keep.
    pub async fn erasable(&self, client: &ClientId) -> Result<Erasable, AppError> {
        let mut ids: BTreeSet<ContentId> = BTreeSet::new();
        let mut drafts = Vec::new();
        gather(&self.store().stream(client.stream(), 0).await?, &mut ids);
        for project in self.store().projects_of(client).await? {
            gather(&self.store().stream(project.stream(), 0).await?, &mut ids);
            let state = self.project_state(&project).await?;
            let forms = state.iter().filter_map(|state| state.opened.as_ref());
            let forms = forms.flat_map(|opened| opened.definition.forms.iter().map(|form| form.id.clone()));
            for form in forms.collect::<Vec<_>>() {
                if self.store().draft(&project, &form).await?.is_some() {
                    drafts.push((project.clone(), form));
                }
            }
        }
        let ids: Vec<ContentId> = ids.into_iter().collect();
        let kept = self.store().contents(&ids).await?;
        Ok(Erasable { contents: kept.into_iter().map(|content| content.content).collect(), drafts })
    }

    /// Erases it; the fact says how much it was and who did it.
    pub async fn erase_answers(&self, client: &ClientId, ask: Ask<()>) -> Result<Answer, AppError> {
        let Erasable { contents, drafts } = self.erasable(client).await?;
        let count = |found: usize| u32::try_from(found).unwrap_or(u32::MAX);
        let command =
            ClientCommand::EraseAnswers { contents: count(contents.len()), drafts: count(drafts.len()) };
        let along = Along { erases: contents, drops_drafts: drafts, ..ask.along };
        let Ask { command_id, at, by, .. } = ask;
        self.client(client, Ask { command_id, at, by, command, along }).await
    }
}

fn gather(events: &[StoredEvent], ids: &mut BTreeSet<ContentId>) {
    for event in events.iter().filter(|event| OF_THE_CLIENT.contains(&event.kind.as_str())) {
        let data: Json = serde_json::from_str(&event.data).unwrap_or_default();
        references(&data, ids);
    }
}

/// A reference to a content is what has an id and a hash.
fn references(json: &Json, ids: &mut BTreeSet<ContentId>) {
    match json {
        Json::Object(map) => {
            if let (Some(content), true) =
                (map.get("content").and_then(Json::as_str), map.contains_key("sha256"))
            {
                ids.insert(ContentId(content.to_owned()));
            }
            map.values().for_each(|value| references(value, ids));
        }
        Json::Array(items) => items.iter().for_each(|value| references(value, ids)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}
