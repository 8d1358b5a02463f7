//! From facts to what is stored: events for the log, finished messages for the outbox, timers.

use std::collections::HashMap;
use std::sync::PoisonError;

use chrono_tz::Tz;

use super::albums::{Shelf, albums};
use super::{App, AppError, Decides, Desk};
use crate::domain::effect::{Arg, Face, Notify, ResultLine};
use crate::domain::waiting_chat::waiting_chat;
use crate::domain::{Actor, Asked, Audience, ContentId, Effect, Fact, Origin, PersonId, Timestamp, World};
use crate::store::change::{
    Ask, Cause, Change, Content, NewButton, NewEvent, NewMessage, OutFace, Payload, Policy, Profile,
    TimerWrite,
};
use crate::store::esrs::{Envelope, Logged};
use crate::words::{Rendered, Saying, split};

mod keyboard;

pub use keyboard::{Tokens, of_cards};

/// Profiles that this process has read; dropped whenever the staff changes.
#[derive(Default)]
pub struct People {
    agency_version: i64,
    profiles: HashMap<PersonId, Profile>,
}

/// The events of the log for these facts; what is derived follows from the first of them, which is the event `first`
/// of its change.
pub fn events<A: Decides>(
    facts: &[Fact<A::Fact>],
    first: usize,
    cause: Option<i64>,
) -> Result<Vec<NewEvent>, AppError> {
    let outside = cause.map_or(Cause::None, Cause::Position);
    let mut events = Vec::with_capacity(facts.len());
    for (index, fact) in facts.iter().enumerate() {
        let follows = index > 0 && fact.origin == Origin::Derived;
        let cause = if follows { Cause::Event(first) } else { outside };
        events.push(NewEvent { cause, ..fact.to_log(&Envelope::default())? });
    }
    Ok(events)
}

/// Puts messages and timers of the facts into the change, of which they are the events from `first` on.
pub async fn effects<A: Decides>(
    app: &App,
    asked: &Asked<A::Order>,
    facts: &[Fact<A::Fact>],
    (before, after): (&A, &A),
    first: usize,
    change: &mut Change,
) -> Result<(), AppError> {
    let mut found: Vec<(usize, Effect)> = Vec::new();
    for (index, fact) in (first..).zip(facts) {
        found.extend(A::react(after, fact, &asked.world).into_iter().map(|effect| (index, effect)));
    }
    let timers = A::timer_changes(before, after, &asked.world);
    found.extend(timers.into_iter().map(|effect| (first, effect)));
    let last = last_per_slot(&found);
    let by_client = A::follows_client(&asked.command) || is_of_client(asked);
    for (at, (index, effect)) in found.into_iter().enumerate() {
        match effect {
            Effect::Notify(notify) if last.contains(&at) => {
                Composer { app, desk: app.desk(), world: &asked.world, at: asked.at, by_client, change }
                    .message(index, *notify)
                    .await?;
            }
            Effect::Notify(_) => {}
            Effect::SetTimer { key, due, command } => {
                let cause = Cause::Event(index);
                change.timers.push(TimerWrite::Set { key, due, command, cause });
            }
            Effect::CancelTimer { key } => change.timers.push(TimerWrite::Cancel { key }),
            Effect::MoveChat { from, to } => change.moves_chat = Some((from, to)),
            Effect::DropDraft { project, form } => change.drops_drafts.push((project, form)),
            Effect::DropSecrets { project } => change.drops_secrets.push(project),
        }
    }
    Ok(())
}

fn is_of_client<C>(asked: &Asked<C>) -> bool {
    match &asked.by {
        Actor::Person(person) => !asked.world.staff.people.contains_key(person),
        Actor::LinkHolder => true,
        Actor::Operator | Actor::Timer | Actor::Telegram => false,
    }
}

/// Several changes of one message in one command: only the last is sent.
fn last_per_slot(found: &[(usize, Effect)]) -> Vec<usize> {
    let slot = |effect: &Effect| match effect {
        Effect::Notify(notify) => match &notify.face {
            Face::Replace(slot) | Face::Append(slot) => Some(slot.clone()),
            Face::Post | Face::Reply(_) | Face::PostAs(_) | Face::Ask { .. } => None,
        },
        Effect::SetTimer { .. }
        | Effect::CancelTimer { .. }
        | Effect::MoveChat { .. }
        | Effect::DropDraft { .. }
        | Effect::DropSecrets { .. } => None,
    };
    let later = |at: usize, wanted: &String| {
        found.iter().skip(at + 1).any(|(_, effect)| slot(effect).as_ref() == Some(wanted))
    };
    let kept = found
        .iter()
        .enumerate()
        .filter(|(at, (_, effect))| slot(effect).is_none_or(|wanted| !later(*at, &wanted)));
    kept.map(|(at, _)| at).collect()
}

struct Composer<'a> {
    app: &'a App,
    desk: std::sync::Arc<Desk>,
    world: &'a World,
    at: Timestamp,
    /// The client's own people, or somebody with a link of theirs, asked for it.
    by_client: bool,
    change: &'a mut Change,
}

/// Where a message goes and in which language.
struct Recipient {
    chat: i64,
    language: String,
}

impl Composer<'_> {
    async fn message(&mut self, index: usize, notify: Notify) -> Result<(), AppError> {
        let Some(to) = self.recipient(&notify.audience) else { return Ok(()) };
        let args = self.resolve(&notify.args, &to.language).await?;
        let saying = Saying { language: &to.language, key: &notify.key, args: &args };
        let rendered = (self.desk.render)(saying)?;
        let (face, slot, base) = self.face(&notify.face).await?;
        let mut parts = split(joined(base, rendered));
        let closing = parts.pop().unwrap_or_default();
        // What belongs to a message that stands already answers it; what comes before a new one cannot.
        let above = slot.clone().filter(|_| face == OutFace::Replace);
        let album = self.files(index, &to, &notify, (slot.as_ref(), above.as_ref())).await?;
        for (number, part) in (1..).zip(parts) {
            let payload = Payload { text: part.text, entities: part.entities, ..Payload::default() };
            self.push(index, &to, &notify, Draft::extra(format!("{}-part-{number}", notify.kind), payload));
        }
        let (labels, buttons) = self.buttons(&notify.buttons, (&notify.audience, &to), slot.as_ref())?;
        let mut payload =
            Payload { text: closing.text, entities: closing.entities, buttons: labels, ..Payload::default() };
        let mut draft =
            Draft { kind: notify.kind.clone(), face, slot, buttons, reply_to: album, ..Draft::default() };
        if let Face::Ask { reply_to, person, hint_key, purpose, .. } = &notify.face {
            payload.force_reply = Some(self.plain(&to, hint_key)?);
            draft.reply_to = Some(reply_to.clone());
            draft.ask = Some(Ask { person: person.clone(), purpose: purpose.clone() });
        }
        if let Face::Reply(slot) = &notify.face {
            draft.reply_to = Some(slot.clone());
        }
        draft.payload = payload;
        self.push(index, &to, &notify, draft);
        Ok(())
    }

    /// Puts the files before the text, as albums where they can be one; answers the slot of the first album,
    /// which the text answers then, because an album carries no buttons (TG-30).
    async fn files(
        &mut self,
        index: usize,
        to: &Recipient,
        notify: &Notify,
        (slot, above): (Option<&String>, Option<&String>),
    ) -> Result<Option<String>, AppError> {
        let mut kept = Vec::new();
        for file in &notify.files {
            let content = self.content(&file.content).await?;
            let shelf = content.as_ref().map_or(Some(Shelf::Alone), Shelf::of);
            kept.extend(shelf.map(|shelf| (shelf, file.content.clone())));
        }
        let mut first = None;
        for (number, group) in (1..).zip(albums(kept)) {
            let mut draft = Draft { reply_to: above.cloned(), ..Draft::default() };
            draft.kind = format!("{}-file-{number}", notify.kind);
            match <[ContentId; 1]>::try_from(group) {
                Ok([file]) => draft.payload.file = Some(file),
                Err(album) => {
                    draft.payload.album = album;
                    draft.slot = slot.map(|slot| format!("{slot}/album-{number}"));
                    first = first.or_else(|| draft.slot.clone());
                }
            }
            self.push(index, to, notify, draft);
        }
        Ok(first.filter(|_| above.is_none()))
    }

    fn recipient(&self, audience: &Audience) -> Option<Recipient> {
        match audience {
            Audience::Staff => {
                let language = self.desk.agency.languages.first().cloned().unwrap_or_default();
                Some(Recipient { chat: self.desk.staff_chat?, language })
            }
            Audience::Client(id) => {
                let card = self.world.client.as_ref()?;
                let chat = card.chat.unwrap_or_else(|| waiting_chat(id));
                Some(Recipient { chat, language: card.language.clone() })
            }
            Audience::Chat(chat, language) => Some(Recipient { chat: *chat, language: language.clone() }),
        }
    }

    /// How the message stands, its slot, and the text above it.
    async fn face(&self, face: &Face) -> Result<(OutFace, Option<String>, Option<Rendered>), AppError> {
        Ok(match face {
            Face::Post | Face::Reply(_) => (OutFace::Post, None, None),
            Face::PostAs(slot) | Face::Ask { slot, .. } => (OutFace::Post, Some(slot.clone()), None),
            Face::Replace(slot) => (OutFace::Replace, Some(slot.clone()), None),
            Face::Append(slot) => {
                let first = self.app.store().posted(slot).await?;
                if first.as_ref().is_some_and(|payload| *payload == Payload::default()) {
                    // What stood there was erased beside the log; in the chat it stays as it is.
                    return Ok((OutFace::Post, None, None));
                }
                let base = first.map(|payload| Rendered { text: payload.text, entities: payload.entities });
                (OutFace::Replace, Some(slot.clone()), base)
            }
        })
    }

    fn plain(&self, to: &Recipient, key: &str) -> Result<String, AppError> {
        Ok((self.desk.render)(Saying { language: &to.language, key, args: &[] })?.text)
    }

    fn push(&mut self, index: usize, to: &Recipient, notify: &Notify, draft: Draft) {
        let button = notify.buttons.iter().flatten().next();
        let (project, task) = button.map(|press| (press.project.clone(), press.task.clone())).unzip();
        let arguments = compact(&notify.args, &to.language);
        self.change.messages.push(NewMessage {
            dedupe: String::new(),
            cause: Cause::Event(index),
            chat: to.chat,
            kind: draft.kind,
            face: draft.face,
            slot: draft.slot,
            reply_to: draft.reply_to,
            project,
            task,
            message_key: notify.key.clone(),
            arguments,
            language: to.language.clone(),
            payload: draft.payload,
            ask: draft.ask,
            policy: Policy::AtLeastOnce,
            buttons: draft.buttons,
            quiet_zone: self.quiet_zone(&notify.audience).filter(|_| draft.face == OutFace::Post),
        });
    }

    /// What a client does itself is answered at once; everything else waits for its morning (TG-52).
    /// A change of a message that stands there already wakes nobody.
    fn quiet_zone(&self, audience: &Audience) -> Option<Tz> {
        let zone = self.world.client.as_ref().and_then(|card| card.zone);
        match audience {
            Audience::Client(_) if !self.by_client => Some(zone.unwrap_or(self.world.calendar.zone)),
            Audience::Client(_) | Audience::Staff | Audience::Chat(..) => None,
        }
    }

    /// Ids of people and contents become their names and texts.
    async fn resolve(&self, args: &[(String, Arg)], language: &str) -> Result<Vec<(String, Arg)>, AppError> {
        let mut resolved = Vec::with_capacity(args.len());
        for (name, arg) in args {
            let arg = match arg {
                Arg::Person(person) => {
                    Arg::Text(self.profile(person).await?.map_or_else(String::new, |p| p.name))
                }
                Arg::Mention(person) => self.mention(person).await?,
                Arg::AnyOf(people) => {
                    let mut names = Vec::new();
                    for person in people {
                        names.extend(self.profile(person).await?.map(|profile| profile.name));
                    }
                    Arg::Names(names)
                }
                Arg::Contents(ids) => Arg::Text(self.contents(ids, language).await?),
                Arg::Said(said) => Arg::Text(self.said(said, language).await?),
                Arg::Text(_)
                | Arg::Number(_)
                | Arg::Date(_)
                | Arg::Moment(_)
                | Arg::Money(_)
                | Arg::Words(_)
                | Arg::Named(..)
                | Arg::Names(_)
                | Arg::Missing(_)
                | Arg::Key(_) => arg.clone(),
                Arg::Result(lines) => self.named(lines).await?,
            };
            resolved.push((name.clone(), arg));
        }
        Ok(resolved)
    }

    /// A result whose value speaks of people, with their names.
    async fn named(&self, lines: &[ResultLine]) -> Result<Arg, AppError> {
        let mut named = lines.to_vec();
        for line in &mut named {
            for person in line.people() {
                let name = self.profile(&person).await?.map_or_else(String::new, |profile| profile.name);
                line.names.push((person, name));
            }
        }
        Ok(Arg::Result(named))
    }

    async fn mention(&self, person: &PersonId) -> Result<Arg, AppError> {
        let profile = self.profile(person).await?;
        Ok(match profile {
            Some(Profile { name, telegram_user: Some(user), .. }) => Arg::Named(name, user),
            Some(profile) => Arg::Text(profile.name),
            None => Arg::Text(person.0.clone()),
        })
    }

    async fn profile(&self, person: &PersonId) -> Result<Option<Profile>, AppError> {
        if let Some(fresh) = self.change.profiles.iter().find(|profile| profile.person == *person) {
            return Ok(Some(fresh.clone()));
        }
        self.app.profile(person).await
    }

    /// The content, if it is still kept; what comes with this command counts too.
    async fn content(&self, id: &ContentId) -> Result<Option<Content>, AppError> {
        if let Some(fresh) = self.change.contents.iter().find(|content| content.content == *id) {
            return Ok(Some(fresh.clone()));
        }
        Ok(self.app.store().content(id).await?)
    }

    /// The texts of the contents, one a line; what has none is called by its kind.
    async fn contents(&self, ids: &[ContentId], language: &str) -> Result<String, AppError> {
        let mut lines = Vec::new();
        for id in ids {
            lines.extend(
                self.content(id).await?.map(|content| self.in_words(&content, language)).transpose()?,
            );
        }
        Ok(lines.join("\n"))
    }

    /// The same, where it matters who speaks.
    async fn said(&self, said: &[(Option<PersonId>, ContentId)], language: &str) -> Result<String, AppError> {
        let mut lines = Vec::new();
        for (person, id) in said {
            let Some(content) = self.content(id).await? else { continue };
            let words = self.in_words(&content, language)?;
            let Some(person) = person else {
                lines.push(words);
                continue;
            };
            let name = self.profile(person).await?.map_or_else(String::new, |profile| profile.name);
            let args = [("person".to_owned(), Arg::Text(name)), ("text".to_owned(), Arg::Text(words))];
            let saying = Saying { language, key: "remark-aside", args: &args };
            lines.push((self.desk.render)(saying)?.text);
        }
        Ok(lines.join("\n"))
    }

    /// The text of a content, or its file's name, or what kind of thing it is.
    fn in_words(&self, content: &Content, language: &str) -> Result<String, AppError> {
        Ok(match (content.text.is_empty(), &content.file_name) {
            (false, _) => content.text.clone(),
            (true, Some(name)) => format!("📎 {name}"),
            (true, None) => {
                let saying = Saying { language, key: kind_in_words(&content.kind), args: &[] };
                (self.desk.render)(saying)?.text
            }
        })
    }
}

/// The message that names a kind of content.
fn kind_in_words(kind: &str) -> &'static str {
    match kind {
        "photo" | "live_photo" => "content-photo",
        "voice" => "content-voice",
        "video" | "video_note" => "content-video",
        "audio" => "content-audio",
        "animation" => "content-animation",
        "sticker" => "content-sticker",
        "location" | "venue" => "content-location",
        "contact" => "content-contact",
        "poll" => "content-poll",
        "document" => "content-file",
        _ => "content-other",
    }
}

#[derive(Default)]
struct Draft {
    kind: String,
    face: OutFace,
    slot: Option<String>,
    reply_to: Option<String>,
    payload: Payload,
    ask: Option<Ask>,
    buttons: Vec<NewButton>,
}

impl Draft {
    fn extra(kind: String, payload: Payload) -> Self {
        Self { kind, payload, ..Self::default() }
    }
}

impl App {
    /// What is known of a person, read once until the staff changes.
    async fn profile(&self, person: &PersonId) -> Result<Option<Profile>, AppError> {
        let version =
            self.inner.agency.get(crate::domain::StreamId::agency()).map_or(0, |agency| agency.version);
        {
            let mut people = self.inner.people.write().unwrap_or_else(PoisonError::into_inner);
            if people.agency_version != version {
                *people = People { agency_version: version, profiles: HashMap::new() };
            }
            if let Some(profile) = people.profiles.get(person) {
                return Ok(Some(profile.clone()));
            }
        }
        let profile = self.store().profile(person).await?;
        if let Some(profile) = &profile {
            let mut people = self.inner.people.write().unwrap_or_else(PoisonError::into_inner);
            people.profiles.insert(person.clone(), profile.clone());
        }
        Ok(profile)
    }

    /// Names that this command changed are read again.
    pub(super) fn forget_people(&self, change: &Change) {
        if !change.profiles.is_empty() {
            let mut people = self.inner.people.write().unwrap_or_else(PoisonError::into_inner);
            people.profiles.clear();
        }
    }
}

/// The arguments as the history keeps them: short ones only, long lists stand in the text itself.
fn compact(args: &[(String, Arg)], language: &str) -> serde_json::Value {
    let shown = args.iter().filter_map(|(name, arg)| {
        let value = match arg {
            Arg::Text(text) => text.clone().into(),
            Arg::Number(number) => (*number).into(),
            Arg::Date(at) | Arg::Moment(at) => at.to_rfc3339().into(),
            Arg::Money(money) => money.to_string().into(),
            Arg::Words(words) => words.in_language(language).to_owned().into(),
            Arg::Person(person) | Arg::Mention(person) => person.0.clone().into(),
            Arg::Key(key) => key.clone().into(),
            Arg::AnyOf(_)
            | Arg::Named(..)
            | Arg::Names(_)
            | Arg::Result(_)
            | Arg::Missing(_)
            | Arg::Said(_)
            | Arg::Contents(_) => return None,
        };
        Some((name.clone(), value))
    });
    serde_json::Value::Object(shown.collect())
}

/// A line below a text, with an empty line between them.
fn joined(base: Option<Rendered>, line: Rendered) -> Rendered {
    let Some(mut base) = base else { return line };
    base.text.push_str("\n\n");
    let shift = base.text.encode_utf16().count();
    base.text.push_str(&line.text);
    base.entities.extend(line.entities.into_iter().map(|mut entity| {
        entity.offset += shift;
        entity
    }));
    base
}
