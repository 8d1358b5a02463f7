//! What a batch of changes will write, worked out before the first statement.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::chain::{self, Link};
use super::change::{
    Append, Cause, Change, Content, NewButton, NewEvent, NewFormLink, NewMessage, NewPassword, NewSecret,
    Profile, TemplateText, TimerWrite, Written,
};
use super::forget::Traces;
use super::log::{StoredEvent, origin_text};
use super::{StoreError, outbox_insert};
use crate::domain::{ContentId, PersonId, ProjectId, StreamId, Timestamp};

/// What the writer remembers of the database; true as long as the head is what it remembers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub position: i64,
    pub hash: String,
    /// The last outbox id.
    pub outbox: i64,
    pub versions: HashMap<StreamId, i64>,
    /// Which projections, by their place in the registry, are kept up inside each commit.
    pub live: Vec<bool>,
}

/// All rows of a batch, and the head after it.
pub(crate) struct Plan<'a> {
    pub position: i64,
    pub hash: String,
    pub outbox: i64,
    pub events: Vec<StoredEvent>,
    /// The actor of each event as its column holds it.
    pub actors: Vec<String>,
    /// What each command asked, beside its first event.
    pub fingerprints: Vec<Option<&'a str>>,
    pub messages: Vec<OutboxRow<'a>>,
    pub buttons: Vec<ButtonRow<'a>>,
    pub timers: BTreeMap<&'a str, TimerRow>,
    pub contents: Vec<&'a Content>,
    pub profiles: BTreeMap<&'a str, (&'a Profile, Timestamp)>,
    /// Updates that are settled, and when; settled twice in one batch, the later time stands.
    pub updates: BTreeMap<i64, Timestamp>,
    /// Chats that got a new id.
    pub moves: Vec<(i64, i64)>,
    pub form_links: Vec<(&'a NewFormLink, Timestamp)>,
    pub drops_drafts: Vec<&'a (ProjectId, String)>,
    pub templates: Vec<(&'a TemplateText, Timestamp)>,
    pub secrets: Vec<(&'a NewSecret, Timestamp)>,
    pub drops_secrets: Vec<&'a ProjectId>,
    pub drops_contents: Vec<&'a ContentId>,
    pub wipes: Vec<&'a Traces>,
    pub signs_out: Vec<&'a PersonId>,
    pub passwords: Vec<(&'a NewPassword, Timestamp)>,
    versions: HashMap<StreamId, i64>,
    /// The outbox keys of this batch.
    keys: HashSet<String>,
}

/// A row of the outbox.
pub(crate) struct OutboxRow<'a> {
    pub id: i64,
    pub message: &'a NewMessage,
    pub dedupe: String,
    pub position: Option<i64>,
    pub arguments: String,
    pub payload: String,
    pub ask: Option<String>,
    pub at: Timestamp,
}

/// A row of the buttons.
pub(crate) struct ButtonRow<'a> {
    pub outbox: i64,
    pub chat: i64,
    pub button: &'a NewButton,
    pub press: String,
}

/// What the batch leaves of a timer.
pub(crate) enum TimerRow {
    Set {
        due: Timestamp,
        command: String,
        cause: Option<i64>,
        fired: bool,
    },
    Gone,
    /// It was there before the batch and fired, unless it was moved to a later time meanwhile.
    Fired {
        at: Timestamp,
    },
}

impl<'a> Plan<'a> {
    pub fn after(known: &Known) -> Self {
        Self {
            position: known.position,
            hash: known.hash.clone(),
            outbox: known.outbox,
            events: Vec::new(),
            actors: Vec::new(),
            fingerprints: Vec::new(),
            messages: Vec::new(),
            buttons: Vec::new(),
            timers: BTreeMap::new(),
            contents: Vec::new(),
            profiles: BTreeMap::new(),
            updates: BTreeMap::new(),
            moves: Vec::new(),
            form_links: Vec::new(),
            drops_drafts: Vec::new(),
            templates: Vec::new(),
            secrets: Vec::new(),
            drops_secrets: Vec::new(),
            drops_contents: Vec::new(),
            wipes: Vec::new(),
            signs_out: Vec::new(),
            passwords: Vec::new(),
            versions: HashMap::new(),
            keys: HashSet::new(),
        }
    }

    /// Adds a change; one that does not fit leaves nothing behind. Messages in `known_messages` exist already.
    pub fn add(
        &mut self,
        known: &Known,
        change: &'a Change,
        known_messages: &HashSet<String>,
    ) -> Result<Written, StoreError> {
        if !self.fits(known, change) {
            return Ok(Written::Conflict);
        }
        check_causes(change)?;
        let first = self.position + 1;
        let texts = Texts::of(change, first)?;
        self.add_events(known, change, texts.actors);
        self.add_messages(change, first, texts.messages, known_messages);
        self.add_timers(change, texts.timers);
        self.contents.extend(&change.contents);
        self.profiles
            .extend(change.profiles.iter().map(|profile| (profile.person.as_str(), (profile, change.at))));
        self.updates.extend(change.settles_update.map(|update| (update, change.at)));
        self.moves.extend(change.moves_chat);
        self.form_links.extend(change.form_links.iter().map(|link| (link, change.at)));
        self.drops_drafts.extend(&change.drops_drafts);
        self.secrets.extend(change.secrets.iter().map(|secret| (secret, change.at)));
        self.drops_secrets.extend(&change.drops_secrets);
        self.drops_contents.extend(&change.drops_contents);
        self.wipes.push(&change.wipes);
        self.signs_out.extend(&change.signs_out);
        self.passwords.extend(change.passwords.iter().map(|password| (password, change.at)));
        self.templates.extend(change.templates.iter().map(|text| (text, change.at)));
        Ok(Written::Done { first, count: self.position + 1 - first })
    }

    /// Tells the writer's memory what is now committed.
    pub fn remember(self, known: &mut Known) {
        known.position = self.position;
        known.hash = self.hash;
        known.outbox = self.outbox;
        known.versions.extend(self.versions);
    }

    /// The outbox keys that a change would use if it were added now.
    pub fn dedupes(&self, change: &Change) -> Vec<String> {
        change.messages.iter().map(|message| dedupe(message, self.position + 1)).collect()
    }

    fn fits(&self, known: &Known, change: &Change) -> bool {
        let expected = change.appends.iter().filter_map(|append| Some((append.stream, append.expected?)));
        let mut relied = change.relies_on.iter().copied().chain(expected);
        relied.all(|(stream, version)| self.version(known, stream) == version)
    }

    fn version(&self, known: &Known, stream: StreamId) -> i64 {
        self.versions.get(&stream).or_else(|| known.versions.get(&stream)).copied().unwrap_or(0)
    }

    fn add_events(&mut self, known: &Known, change: &'a Change, actors: Vec<String>) {
        let first = self.position + 1;
        let facts =
            change.appends.iter().flat_map(|append| append.events.iter().map(move |event| (append, event)));
        for ((seq, (append, event)), actor) in (0..).zip(facts).zip(actors) {
            let version = self.version(known, append.stream) + 1;
            self.versions.insert(append.stream, version);
            self.add_event(&Place { change, append, seq, first, version }, event, actor);
            self.fingerprints.push(change.fingerprint.as_deref().filter(|_| seq == 0));
        }
    }

    fn add_event(&mut self, place: &Place<'_>, event: &NewEvent, actor: String) {
        self.position += 1;
        let cause = position_of(event.cause, place.first);
        let micros = event.at.timestamp_micros();
        let hash = chain::hash(
            &self.hash,
            &Link {
                position: self.position,
                stream: &place.append.stream.to_string(),
                version: place.version,
                aggregate: place.append.aggregate,
                kind: &event.kind,
                schema_version: event.schema_version,
                command_id: &place.change.command_id,
                command_seq: place.seq,
                cause,
                origin: origin_text(event.origin),
                actor: &actor,
                at: micros,
                data: &event.data,
            },
        );
        self.events.push(StoredEvent {
            position: self.position,
            stream: place.append.stream,
            version: place.version,
            aggregate: place.append.aggregate.to_owned(),
            kind: event.kind.clone(),
            schema_version: event.schema_version,
            command_id: place.change.command_id.clone(),
            command_seq: place.seq,
            cause,
            origin: event.origin,
            by: event.by.clone(),
            at: Timestamp::from_timestamp_micros(micros).unwrap_or(event.at),
            data: event.data.clone(),
            prev_hash: std::mem::replace(&mut self.hash, hash.clone()),
            hash,
        });
        self.actors.push(actor);
    }

    fn add_messages(
        &mut self,
        change: &'a Change,
        first: i64,
        texts: Vec<outbox_insert::Texts>,
        known_messages: &HashSet<String>,
    ) {
        for (message, texts) in change.messages.iter().zip(texts) {
            let dedupe = dedupe(message, first);
            if known_messages.contains(&dedupe) || !self.keys.insert(dedupe.clone()) {
                continue;
            }
            self.outbox += 1;
            let id = self.outbox;
            let buttons = message.buttons.iter().zip(texts.presses);
            self.buttons.extend(buttons.map(|(button, press)| ButtonRow {
                outbox: id,
                chat: message.chat,
                button,
                press,
            }));
            self.messages.push(OutboxRow {
                id,
                message,
                dedupe,
                position: position_of(message.cause, first),
                arguments: texts.arguments,
                payload: texts.payload,
                ask: texts.ask,
                at: change.at,
            });
        }
    }

    fn add_timers(&mut self, change: &'a Change, timers: Vec<(&'a str, TimerRow)>) {
        if let Some(key) = &change.settles_timer {
            let row = self.timers.entry(key).or_insert(TimerRow::Fired { at: change.at });
            if let TimerRow::Set { due, fired, .. } = row {
                *fired = *due <= change.at;
            }
        }
        self.timers.extend(timers);
    }
}

/// Where an event stands.
struct Place<'a> {
    change: &'a Change,
    append: &'a Append,
    seq: i64,
    /// Position of the first event of the change.
    first: i64,
    version: i64,
}

/// The JSON of a change, made before anything of it is planned, because making it may fail.
struct Texts<'a> {
    actors: Vec<String>,
    messages: Vec<outbox_insert::Texts>,
    timers: Vec<(&'a str, TimerRow)>,
}

impl<'a> Texts<'a> {
    fn of(change: &'a Change, first: i64) -> Result<Self, StoreError> {
        let events = change.appends.iter().flat_map(|append| &append.events);
        Ok(Self {
            actors: events.map(|event| json(&event.by)).collect::<Result<_, _>>()?,
            messages: change.messages.iter().map(outbox_insert::Texts::of).collect::<Result<_, _>>()?,
            timers: change.timers.iter().map(|write| timer(write, first)).collect::<Result<_, _>>()?,
        })
    }
}

fn timer(write: &TimerWrite, first: i64) -> Result<(&str, TimerRow), StoreError> {
    match write {
        TimerWrite::Cancel { key } => Ok((key, TimerRow::Gone)),
        TimerWrite::Set { key, due, command, cause } => {
            let (command, cause) = (json(command)?, position_of(*cause, first));
            Ok((key, TimerRow::Set { due: *due, command, cause, fired: false }))
        }
    }
}

/// A value as the JSON text of a column.
pub(crate) fn json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::broken(format!("a value has no JSON form: {error}")))
}

fn dedupe(message: &NewMessage, first: i64) -> String {
    match message.cause {
        Cause::Event(_) => {
            let position = position_of(message.cause, first).unwrap_or_default();
            format!("{position}:{}:{}", message.chat, message.kind)
        }
        Cause::None | Cause::Position(_) => message.dedupe.clone(),
    }
}

fn position_of(cause: Cause, first: i64) -> Option<i64> {
    match cause {
        Cause::None => None,
        Cause::Position(position) => Some(position),
        Cause::Event(index) => Some(first + i64::try_from(index).unwrap_or(i64::MAX - first)),
    }
}

/// A cause must stand before what follows from it.
fn check_causes(change: &Change) -> Result<(), StoreError> {
    let events: Vec<_> = change.appends.iter().flat_map(|append| &append.events).collect();
    let of_events = events.iter().enumerate().map(|(index, event)| (event.cause, index));
    let of_messages = change.messages.iter().map(|message| (message.cause, events.len()));
    let of_timers = change.timers.iter().filter_map(|write| match write {
        TimerWrite::Set { cause, .. } => Some((*cause, events.len())),
        TimerWrite::Cancel { .. } => None,
    });
    let mut all = of_events.chain(of_messages).chain(of_timers);
    if all.any(|(cause, before)| matches!(cause, Cause::Event(index) if index >= before)) {
        return Err(StoreError::broken(format!(
            "command {} names a cause that it does not write",
            change.command_id
        )));
    }
    Ok(())
}
