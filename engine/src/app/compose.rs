//! From facts to what is stored: events for the log, finished messages for the outbox, timers.

use std::collections::HashMap;
use std::sync::PoisonError;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use sha2::{Digest, Sha256};

use super::{App, AppError, Decides, Desk};
use crate::domain::effect::{Arg, Face, Label, Notify, Press, PressKind};
use crate::domain::waiting_chat::waiting_chat;
use crate::domain::{Asked, Audience, ContentId, Effect, Fact, Origin, PersonId, Timestamp, World};
use crate::store::change::{
    Ask, Cause, Change, NewButton, NewEvent, NewMessage, OutFace, Payload, Policy, Profile, TimerWrite,
};
use crate::store::esrs::{Envelope, Logged};
use crate::words::{Rendered, Saying, split};

/// How long a button works (RELIABILITY 6.2).
const BUTTON_DAYS: i64 = 30;

/// Profiles that this process has read; dropped whenever the staff changes.
#[derive(Default)]
pub struct People {
    agency_version: i64,
    profiles: HashMap<PersonId, Profile>,
}

/// The events of the log for these facts; what is derived follows from the first of them.
pub fn events<A: Decides>(facts: &[Fact<A::Fact>], cause: Option<i64>) -> Result<Vec<NewEvent>, AppError> {
    let outside = cause.map_or(Cause::None, Cause::Position);
    let mut events = Vec::with_capacity(facts.len());
    for (index, fact) in facts.iter().enumerate() {
        let follows = index > 0 && fact.origin == Origin::Derived;
        let cause = if follows { Cause::Event(0) } else { outside };
        events.push(NewEvent { cause, ..fact.to_log(&Envelope::default())? });
    }
    Ok(events)
}

/// Puts messages and timers of the facts into the change.
pub async fn effects<A: Decides>(
    app: &App,
    asked: &Asked<A::Order>,
    facts: &[Fact<A::Fact>],
    after: &A,
    change: &mut Change,
) -> Result<(), AppError> {
    let mut found: Vec<(usize, Effect)> = Vec::new();
    for (index, fact) in facts.iter().enumerate() {
        found.extend(A::react(after, fact, &asked.world).into_iter().map(|effect| (index, effect)));
    }
    let last = last_per_slot(&found);
    for (at, (index, effect)) in found.into_iter().enumerate() {
        match effect {
            Effect::Notify(notify) if last.contains(&at) => {
                Composer { app, desk: app.desk(), world: &asked.world, at: asked.at, change }
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
        }
    }
    Ok(())
}

/// Several changes of one message in one command: only the last is sent.
fn last_per_slot(found: &[(usize, Effect)]) -> Vec<usize> {
    let slot = |effect: &Effect| match effect {
        Effect::Notify(notify) => match &notify.face {
            Face::Replace(slot) | Face::Append(slot) => Some(slot.clone()),
            Face::Post | Face::PostAs(_) | Face::Ask { .. } => None,
        },
        Effect::SetTimer { .. } | Effect::CancelTimer { .. } | Effect::MoveChat { .. } => None,
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
        let args = self.resolve(&notify.args).await?;
        let saying = Saying { language: &to.language, key: &notify.key, args: &args };
        let rendered = (self.desk.render)(saying)?;
        let (face, slot, base) = self.face(&notify.face).await?;
        let mut parts = split(joined(base, rendered));
        let closing = parts.pop().unwrap_or_default();
        // What belongs to a message that stands already answers it; what comes before a new one cannot.
        let above = slot.clone().filter(|_| face == OutFace::Replace);
        for (number, file) in (1..).zip(&notify.files) {
            if !self.has_file(&file.content).await? {
                continue;
            }
            let payload = Payload { file: Some(file.content.clone()), ..Payload::default() };
            let extra = Draft::extra(format!("{}-file-{number}", notify.kind), payload);
            self.push(index, &to, &notify, Draft { reply_to: above.clone(), ..extra });
        }
        for (number, part) in (1..).zip(parts) {
            let payload = Payload { text: part.text, entities: part.entities, ..Payload::default() };
            self.push(index, &to, &notify, Draft::extra(format!("{}-part-{number}", notify.kind), payload));
        }
        let (labels, buttons) = self.buttons(&notify.buttons, &to)?;
        let mut payload =
            Payload { text: closing.text, entities: closing.entities, buttons: labels, ..Payload::default() };
        let mut draft = Draft { kind: notify.kind.clone(), face, slot, buttons, ..Draft::default() };
        if let Face::Ask { reply_to, person, hint_key, purpose, .. } = &notify.face {
            payload.force_reply = Some(self.plain(&to, hint_key)?);
            draft.reply_to = Some(reply_to.clone());
            draft.ask = Some(Ask { person: person.clone(), purpose: purpose.clone() });
        }
        draft.payload = payload;
        self.push(index, &to, &notify, draft);
        Ok(())
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
            Face::Post => (OutFace::Post, None, None),
            Face::PostAs(slot) | Face::Ask { slot, .. } => (OutFace::Post, Some(slot.clone()), None),
            Face::Replace(slot) => (OutFace::Replace, Some(slot.clone()), None),
            Face::Append(slot) => {
                let first = self.app.store().posted(slot).await?;
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
        });
    }

    fn buttons(&self, rows: &[Vec<Press>], to: &Recipient) -> Result<(Labels, Vec<NewButton>), AppError> {
        let mut labels = Vec::new();
        let mut stored = Vec::new();
        for row in rows {
            let mut line = Vec::new();
            for press in row {
                let (data, button) = self.button(press);
                line.push((self.label(&press.label, to)?, data));
                stored.push(button);
            }
            labels.push(line);
        }
        Ok((labels, stored))
    }

    fn label(&self, label: &Label, to: &Recipient) -> Result<String, AppError> {
        Ok(match label {
            Label::Key(key) => self.plain(to, key)?,
            Label::Words(mark, text) => shorten(&format!("{mark}{}", text.in_language(&to.language))),
        })
    }

    fn button(&self, press: &Press) -> (String, NewButton) {
        let mut token = [0_u8; 16];
        (self.desk.random)(&mut token);
        let token = URL_SAFE_NO_PAD.encode(token);
        let button = NewButton {
            token_sha256: hex::encode(Sha256::digest(&token)),
            project: press.project.clone(),
            task: press.task.clone(),
            round: press.round,
            press: press.what.clone(),
            only: press.only.clone(),
            expires: self.at + Duration::days(BUTTON_DAYS),
        };
        (format!("1{}{token}", letter(&press.what)), button)
    }

    /// Ids of people and contents become their names and texts.
    async fn resolve(&self, args: &[(String, Arg)]) -> Result<Vec<(String, Arg)>, AppError> {
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
                Arg::Contents(ids) => Arg::Text(self.contents(ids).await?),
                Arg::Text(_)
                | Arg::Number(_)
                | Arg::Date(_)
                | Arg::Moment(_)
                | Arg::Money(_)
                | Arg::Words(_)
                | Arg::Named(..)
                | Arg::Names(_)
                | Arg::Result(_)
                | Arg::Missing(_)
                | Arg::Key(_) => arg.clone(),
            };
            resolved.push((name.clone(), arg));
        }
        Ok(resolved)
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

    /// Whether there is more to it than text; what is no longer kept counts as a file, so that somebody hears of it.
    async fn has_file(&self, id: &ContentId) -> Result<bool, AppError> {
        let fresh = self.change.contents.iter().find(|content| content.content == *id).cloned();
        let known = match fresh {
            Some(content) => Some(content),
            None => self.app.store().content(id).await?,
        };
        Ok(known.is_none_or(|content| content.file_id.is_some() || content.file_name.is_some()))
    }

    async fn contents(&self, ids: &[ContentId]) -> Result<String, AppError> {
        let stored = self.app.store().contents(ids).await?;
        let known = self.change.contents.iter().chain(&stored);
        let known: Vec<_> = known.collect();
        let lines = ids.iter().filter_map(|id| known.iter().find(|content| content.content == *id));
        let line =
            |content: &&&crate::store::change::Content| match (content.text.is_empty(), &content.file_name) {
                (false, _) => content.text.clone(),
                (true, Some(name)) => format!("📎 {name}"),
                (true, None) => format!("📎 {}", content.kind),
            };
        Ok(lines.map(|content| line(&content)).collect::<Vec<_>>().join("\n"))
    }
}

type Labels = Vec<Vec<(String, String)>>;

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

fn shorten(label: &str) -> String {
    const MOST: usize = 48;
    if label.chars().count() <= MOST {
        return label.to_owned();
    }
    let kept: String = label.chars().take(MOST - 1).collect();
    format!("{}…", kept.trim_end())
}

/// The letter of an action in callback data (RELIABILITY 6.2).
fn letter(what: &PressKind) -> char {
    match what {
        PressKind::Approve => 'a',
        PressKind::SendBack => 'b',
        PressKind::Undo => 'u',
        PressKind::RemarksDone => 'd',
        PressKind::Start => 's',
        PressKind::Pause => 'p',
        PressKind::Resume => 'r',
        PressKind::Submit => 'f',
        PressKind::Accept => 'y',
        PressKind::Return => 'n',
        PressKind::Fill { .. } => 'e',
        PressKind::Choose { .. } => 'c',
        PressKind::Tick { .. } => 't',
        PressKind::Button { .. } => 'x',
    }
}
