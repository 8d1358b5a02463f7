//! Erasing what a client's people wrote, and who they are: it all lies beside the log, which keeps its hashes.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::{Along, Answer, App, AppError, Ask};
use crate::domain::client::ClientCommand;
use crate::domain::client::event::Erased;
use crate::domain::waiting_chat::waiting_chat;
use crate::domain::{ClientId, ContentId, PersonId, ProjectId};
use crate::store::StoredEvent;
use crate::store::forget::{Places, Traces, Unsent};

/// Facts that refer to what the client's people said (messages, the card, briefs, remarks), to what they were told,
/// and to what the team said of them under tasks, the files too. Reasons of the team's own decisions stay, as do its
/// results.
const OF_THE_CLIENT: [&str; 12] = [
    "client_wrote",
    "message_edited",
    "card_field_set",
    "card_conflict_found",
    "card_conflict_resolved",
    "form_received",
    "remark_added",
    "commented",
    "client_told",
    "staff_wrote",
    "client_answered",
    "next_step_promised",
];

/// The name of a chat: of a private one it is the person's.
const OF_ITS_PEOPLE: &str = "chat_linked";

/// What there is to erase.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erasable {
    pub contents: Vec<ContentId>,
    /// Forms that may be half filled in.
    pub drafts: Vec<(ProjectId, String)>,
    /// What else speaks of the client beside the log.
    pub traces: Traces,
    /// Messages that wait to be sent: they keep their words until they are out, or dropped.
    pub waiting: Vec<Unsent>,
}

/// How far erasing goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Who they are too.
    pub people: bool,
    /// What waits to be sent too: it is not sent.
    pub unsent: bool,
}

impl Erasable {
    /// How much it is.
    pub fn count(&self) -> Erased {
        let count = |found: usize| u32::try_from(found).unwrap_or(u32::MAX);
        Erased {
            contents: count(self.contents.len()),
            drafts: count(self.drafts.len()),
            messages: count(self.traces.messages.len()),
            waiting: count(self.traces.waiting.len()),
            updates: count(self.traces.updates.len()),
            accesses: count(self.traces.secrets.len()),
            people: count(self.traces.people.len()),
        }
    }
}

impl App {
    /// What the client's people wrote and we still keep, and what we wrote to them, as far as `reach` goes.
    pub async fn erasable(&self, client: &ClientId, reach: Reach) -> Result<Erasable, AppError> {
        let mut ids: BTreeSet<ContentId> = BTreeSet::new();
        let mut found = Erasable::default();
        let own = self.store().stream(client.stream(), 0).await?;
        let (mut known, mut places) = (people_in(&own), places_in(client, &own));
        gather(&own, reach.people, &mut ids);
        for project in self.store().projects_of(client).await? {
            let events = self.store().stream(project.stream(), 0).await?;
            gather(&events, reach.people, &mut ids);
            known.extend(events.iter().filter_map(|event| event.by.person().cloned()));
            places.streams.push(project.stream().to_string());
            self.of_project(&project, &mut found).await?;
        }
        let known = self.only_of(client, known).await?;
        for person in &known {
            let profile = self.store().profile(person).await?;
            places.users.extend(profile.as_ref().and_then(|profile| profile.telegram_user));
            found.traces.people.extend(profile.filter(|_| reach.people).map(|profile| profile.person));
        }
        let ids: Vec<ContentId> = ids.into_iter().collect();
        let kept = self.store().contents(&ids).await?;
        found.contents = kept.into_iter().map(|content| content.content).collect();
        let waiting;
        (found.traces.messages, waiting) = self.store().said_at(&places).await?;
        let kept = if reach.unsent { &mut found.traces.waiting } else { &mut found.waiting };
        *kept = waiting;
        found.traces.updates = self.store().heard_at(&places).await?;
        Ok(found)
    }

    /// Drafts and accesses that are kept of a project.
    async fn of_project(&self, project: &ProjectId, found: &mut Erasable) -> Result<(), AppError> {
        let Some(state) = self.project_state(project).await? else { return Ok(()) };
        let forms = state.opened.iter().flat_map(|opened| &opened.definition.forms);
        for form in forms {
            if self.store().draft(project, &form.id).await?.is_some() {
                found.drafts.push((project.clone(), form.id.clone()));
            }
        }
        for item in state.accesses.keys() {
            let is_new = found.traces.secrets.last() != Some(project);
            if is_new && self.store().secret(project, item).await?.is_some() {
                found.traces.secrets.push(project.clone());
            }
        }
        Ok(())
    }

    /// Those of them who never were of the staff and are no other client's.
    async fn only_of(
        &self,
        client: &ClientId,
        people: BTreeSet<PersonId>,
    ) -> Result<Vec<PersonId>, AppError> {
        let mut only = Vec::new();
        for person in people {
            if !self.store().is_of_others(&person, &client.stream().to_string()).await? {
                only.push(person);
            }
        }
        Ok(only)
    }

    /// Erases it; the fact says how much it was and who did it.
    pub async fn erase_answers(
        &self,
        client: &ClientId,
        ask: Ask<()>,
        reach: Reach,
    ) -> Result<Answer, AppError> {
        let found = self.erasable(client, reach).await?;
        let command = ClientCommand::EraseAnswers { erased: found.count() };
        let Erasable { contents, drafts, traces, .. } = found;
        let along = Along { erases: contents, drops_drafts: drafts, wipes: traces, ..ask.along };
        let Ask { command_id, at, by, .. } = ask;
        self.client(client, Ask { command_id, at, by, command, along }).await
    }
}

/// The people that facts of the client speak of, and those who made them so.
fn people_in(events: &[StoredEvent]) -> BTreeSet<PersonId> {
    let facts = events.iter().filter_map(|event| serde_json::from_str::<Json>(&event.data).ok());
    let named = facts.filter_map(|fact| fact.get("person").and_then(Json::as_str).map(PersonId::from));
    let acted = events.iter().filter_map(|event| event.by.person().cloned());
    named.chain(acted).collect()
}

/// The chats of the client, under all ids that they have had.
fn places_in(client: &ClientId, events: &[StoredEvent]) -> Places {
    let facts = events.iter().filter_map(|event| serde_json::from_str::<Json>(&event.data).ok());
    let ids = facts.flat_map(|fact| ["chat", "from", "to"].map(|key| fact.get(key).and_then(Json::as_i64)));
    let chats = ids.flatten().chain([waiting_chat(client)]).collect();
    Places { streams: vec![client.stream().to_string()], chats, users: BTreeSet::new() }
}

fn gather(events: &[StoredEvent], people: bool, ids: &mut BTreeSet<ContentId>) {
    let goes = |kind: &str| OF_THE_CLIENT.contains(&kind) || (people && kind == OF_ITS_PEOPLE);
    for event in events.iter().filter(|event| goes(&event.kind)) {
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
