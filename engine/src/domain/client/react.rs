//! What the facts of a client cause: news for the staff and for the chat.

use chrono::NaiveDate;

use super::event::ClientEvent;
use super::state::Client;
use crate::domain::effect::{Arg, Face, Notify};
use crate::domain::field::FileRef;
use crate::domain::project::event::ContentRef;
use crate::domain::waiting_chat::waiting_chat;
use crate::domain::{Audience, Effect, Fact, PersonId, World};

/// The effects of one fact; `after` is the client after all facts of the command.
pub fn react(after: &Client, fact: &Fact<ClientEvent>, world: &World) -> Vec<Effect> {
    let name = ("client".to_owned(), Arg::Text(after.name.clone()));
    match &fact.event {
        ClientEvent::ChatLinked { chat, title, person, .. } => {
            let id = after.client.as_ref().map_or(String::new(), |client| client.0.clone());
            let staff = vec![
                name,
                ("id".into(), Arg::Text(id)),
                ("title".into(), Arg::Contents(vec![title.content.clone()])),
                ("person".into(), Arg::Person(person.clone())),
            ];
            let waiting = Audience::Chat(*chat, after.language.clone());
            vec![
                post(Audience::Staff, "linked", "staff-chat-linked", staff),
                post(waiting, "linked", "chat-linked-waiting", Vec::new()),
            ]
        }
        ClientEvent::ChatLost { reason, .. } => {
            let args = vec![name, ("reason".into(), Arg::Key(why_lost(reason).to_owned()))];
            vec![post(Audience::Staff, "lost", "staff-chat-lost", args)]
        }
        ClientEvent::ChatRestored { .. } => {
            vec![post(Audience::Staff, "restored", "staff-chat-restored", vec![name])]
        }
        ClientEvent::ApproverLeft { person, .. } => {
            let args = vec![name, ("person".into(), Arg::Person(person.clone()))];
            vec![post(Audience::Staff, "presence", "staff-approver-left", args)]
        }
        ClientEvent::ApproverReturned { person, .. } => {
            let args = vec![name, ("person".into(), Arg::Person(person.clone()))];
            vec![post(Audience::Staff, "presence", "staff-approver-back", args)]
        }
        // An edit is told like the message itself: nobody should work from words that were taken back (TG-41).
        ClientEvent::ClientWrote { message, person, content, .. }
        | ClientEvent::MessageEdited { message, person, content, .. } => {
            let args = vec![
                name,
                ("person".into(), Arg::Person(person.clone())),
                ("text".into(), Arg::Contents(vec![content.content.clone()])),
            ];
            let mut wrote = notify(Audience::Staff, "wrote", "staff-client-wrote", args);
            wrote.files = vec![FileRef { content: content.content.clone(), sha256: content.sha256.clone() }];
            let first = after.unanswered.as_ref().is_some_and(|waits| waits.message == *message);
            let later = after_hours(after, fact, world).filter(|_| first);
            std::iter::once(Effect::Notify(Box::new(wrote))).chain(later).collect()
        }
        ClientEvent::ClientTold { signed, content, by, .. } => {
            told(after, signed, content, *by, world).into_iter().collect()
        }
        ClientEvent::AnswerDue { late, .. } => unanswered(after, fact, *late, world).into_iter().collect(),
        ClientEvent::ChatConfirmed { chat } => {
            let waiting = after.client.as_ref().map(waiting_chat);
            waiting.map(|from| Effect::MoveChat { from, to: *chat }).into_iter().collect()
        }
        ClientEvent::CardConflictFound { field, content, .. } => {
            let id = after.client.as_ref().map_or(String::new(), |client| client.0.clone());
            let stands = after.card.get(field).map(|value| value.content.content.clone());
            let args = vec![
                name,
                ("id".into(), Arg::Text(id)),
                ("field".into(), Arg::Text(field.clone())),
                ("old".into(), Arg::Contents(stands.into_iter().collect())),
                ("text".into(), Arg::Contents(vec![content.content.clone()])),
            ];
            vec![post(Audience::Staff, &format!("conflict-{field}"), "staff-card-conflict", args)]
        }
        ClientEvent::ChatMigrated { from, to } => vec![Effect::MoveChat { from: *from, to: *to }],
        ClientEvent::ClientAdded { .. }
        | ClientEvent::LanguageChosen { .. }
        | ClientEvent::ZoneChosen { .. }
        | ClientEvent::LinkOffered { .. }
        | ClientEvent::ApproverNamed { .. }
        | ClientEvent::ApproverRemoved { .. }
        | ClientEvent::CardFieldSet { .. }
        | ClientEvent::StaffWrote { .. }
        | ClientEvent::ClientAnswered { .. }
        | ClientEvent::MoneyArrived { .. }
        | ClientEvent::MoneyMatched { .. }
        | ClientEvent::MoneyDismissed { .. }
        | ClientEvent::AnswersErased { .. }
        | ClientEvent::CardConflictResolved { .. } => Vec::new(),
    }
}

/// What the client reads, under the name that it knows.
fn told(
    after: &Client,
    signed: &PersonId,
    content: &ContentRef,
    by: Option<NaiveDate>,
    world: &World,
) -> Option<Effect> {
    let mut args = vec![
        ("person".to_owned(), Arg::Person(signed.clone())),
        ("text".to_owned(), Arg::Contents(vec![content.content.clone()])),
    ];
    args.extend(by.map(|day| ("by".to_owned(), Arg::Date(world.calendar.closing(day)))));
    let key = if by.is_some() { "chat-next-step" } else { "chat-message" };
    let client = after.client.clone()?;
    Some(post(Audience::Client(client), "told", key, args))
}

/// Outside working hours the client hears until when it will be answered (TELEGRAM 4.6).
fn after_hours(after: &Client, fact: &Fact<ClientEvent>, world: &World) -> Option<Effect> {
    let chat = after.confirmed_chat()?;
    let until = world.calendar.plus(fact.at, world.answer.within?);
    if world.calendar.is_open(fact.at) {
        return None;
    }
    let args = vec![("until".to_owned(), Arg::Moment(until))];
    Some(post(Audience::Chat(chat, after.language.clone()), "after-hours", "chat-after-hours", args))
}

/// The staff hears who waits for an answer, and since when.
fn unanswered(after: &Client, fact: &Fact<ClientEvent>, late: bool, world: &World) -> Option<Effect> {
    let waits = after.unanswered.as_ref()?;
    let within = if late { world.answer.within } else { world.answer.warn_after };
    let hours = within.map_or(0, |term| i64::from(term.hundredths / 100));
    let args = vec![
        ("client".to_owned(), Arg::Text(after.name.clone())),
        ("id".to_owned(), Arg::Text(after.client.as_ref().map_or(String::new(), ToString::to_string))),
        ("person".to_owned(), Arg::Person(waits.person.clone())),
        ("since".to_owned(), Arg::Moment(waits.since)),
        ("hours".to_owned(), Arg::Number(hours)),
        ("until".to_owned(), Arg::Moment(world.calendar.plus(waits.since, world.answer.within?))),
    ];
    let key = if late { "staff-answer-late" } else { "staff-answer-due" };
    Some(post(Audience::Staff, &format!("answer-{}", fact.version), key, args))
}

/// The message that says why a chat is lost.
fn why_lost(reason: &str) -> &'static str {
    match reason {
        "blocked" => "lost-blocked",
        "deactivated" => "lost-deactivated",
        "never_started" => "lost-never-started",
        "restricted" => "lost-restricted",
        "not_found" => "lost-not-found",
        "closed" => "lost-closed",
        _ => "lost-removed",
    }
}

fn post(audience: Audience, kind: &str, key: &str, args: Vec<(String, Arg)>) -> Effect {
    Effect::Notify(Box::new(notify(audience, kind, key, args)))
}

fn notify(audience: Audience, kind: &str, key: &str, args: Vec<(String, Arg)>) -> Notify {
    Notify {
        audience,
        kind: kind.to_owned(),
        key: key.to_owned(),
        args,
        face: Face::Post,
        buttons: Vec::new(),
        files: Vec::new(),
    }
}
