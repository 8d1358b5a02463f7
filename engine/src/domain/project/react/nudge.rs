//! What is said when nothing happened: reminders, overdue and declined tasks, promises, consent by silence.

use super::super::card::{args, card};
use super::super::reminders::{self, Counts};
use super::{Scene, client, handover, send, to_staff};
use crate::domain::calendar::Calendar;
use crate::domain::definition::Reminder;
use crate::domain::effect::{Arg, Face};
use crate::domain::project::ProjectEvent;
use crate::domain::project::event::ContentRef;
use crate::domain::project::state::Task;
use crate::domain::{Effect, Round, TaskId, Timestamp};

type Args = Vec<(String, Arg)>;

/// Messages to the client's chat.
pub(super) fn tell_client(scene: &Scene<'_>) -> Vec<Effect> {
    if let ProjectEvent::ReminderSent { task, round, reminder, rung } = &scene.fact.event {
        return remind(scene, task, *round, (*reminder, *rung), true);
    }
    if let ProjectEvent::ApprovalDeemed { task, round, .. } = &scene.fact.event {
        return deemed(scene, task, *round);
    }
    Vec::new()
}

/// Messages to the staff chat about facts that have news for it.
pub(super) fn tell_staff(scene: &Scene<'_>) -> Vec<Effect> {
    use ProjectEvent as E;
    if let E::ReminderSent { task, round, reminder, rung } = &scene.fact.event {
        return remind(scene, task, *round, (*reminder, *rung), false);
    }
    if let E::TaskOverdue { task, due, .. } = &scene.fact.event {
        let days = scene.world.calendar.business_days_since(*due, scene.fact.at);
        return about(scene, task, "staff-overdue", vec![("days".into(), number(days))]);
    }
    if let E::TaskUnaccepted { task } = &scene.fact.event {
        let since = scene.project.task(task).and_then(|task| task.clocks.offered);
        return about(scene, task, "staff-unaccepted", vec![("since".into(), moment(since)), pm(scene)]);
    }
    if let E::TaskDeclined { task, reason } = &scene.fact.event {
        return declined(scene, task, reason);
    }
    if let E::ApprovalDeemed { task, .. } = &scene.fact.event {
        let days = number(silent_days(scene, task));
        return about(scene, task, "staff-approval-deemed", vec![("days".into(), days), pm(scene)]);
    }
    if let E::SilencePutOff { task, since, .. } = &scene.fact.event {
        // That it reached the client late is no news; that it never did is.
        let unheard = *since == scene.fact.at;
        return if unheard {
            about(scene, task, "staff-silence-put-off", vec![pm(scene)])
        } else {
            Vec::new()
        };
    }
    if let E::PromiseMissed { task, .. } = &scene.fact.event {
        return missed(scene, task.as_ref());
    }
    if let E::ProjectPaused { reason } = &scene.fact.event {
        return rests(scene, "staff-project-paused", Some(reason));
    }
    if matches!(scene.fact.event, E::ProjectResumed) {
        return rests(scene, "staff-project-resumed", None);
    }
    Vec::new()
}

/// One time of a reminder: to the client, the staff, or both; the last one only to the staff.
fn remind(
    scene: &Scene<'_>,
    id: &TaskId,
    round: Round,
    (place, rung): (u32, u32),
    to_client: bool,
) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    let Some(reminder) = plan.remind.get(place as usize) else { return Vec::new() };
    let anchor = reminders::anchor(scene.project, task, reminder, &scene.world.calendar);
    let too_late = anchor.is_some_and(|anchor| {
        reminders::is_too_late(&scene.world.calendar, &anchor, reminder, scene.fact.at)
    });
    let is_last = too_late || rung > reminder.repeat.map_or(0, |(_, times)| times);
    let message = match (is_last, to_client) {
        (true, true) => None,
        (true, false) => reminder.then_tell_staff.as_ref(),
        (false, true) => reminder.tell_client.as_ref(),
        (false, false) => reminder.tell_staff.as_ref(),
    };
    let Some(message) = message else { return Vec::new() };
    let told = if is_last { rung } else { rung + 1 };
    let mut said = reminded(scene, task, reminder, told);
    let kind = format!("remind-{place}-{rung}");
    if to_client {
        let face = match task.result_sha256 {
            Some(_) if task.status == super::super::Status::AwaitingApproval => {
                Face::Reply(scene.slot(id, round, "finish"))
            }
            _ => Face::Post,
        };
        said.extend(client::words(scene, task, plan));
        let mut message = scene.to_client(&kind, message, said, face);
        // An address of its own: that of the request may have run out by now.
        message.buttons.extend(reminder.access.iter().map(|item| {
            let sending = scene.project.accesses.get(item).map_or(0, |access| access.sendings);
            handover::give_access(scene.project, task, (item, sending))
        }));
        return vec![send(message)];
    }
    said.extend(args(scene.project, task, plan, &scene.client.name));
    said.extend(client::words(scene, task, plan));
    vec![send(to_staff(&kind, message, said, Face::Post))]
}

/// What only reminders speak of; each number is the one that the timer counted.
fn reminded(scene: &Scene<'_>, task: &Task, reminder: &Reminder, told: u32) -> Args {
    let nothing = || Arg::Text("—".into());
    let anchor = reminders::anchor(scene.project, task, reminder, &scene.world.calendar);
    let days = anchor.as_ref().map(|anchor| days(&scene.world.calendar, &anchor.from, scene.fact.at));
    let end = anchor.and_then(|anchor| match anchor.from {
        Counts::Since(_) => task.due,
        Counts::Until { end, .. } => Some(end),
    });
    let forms = scene.project.opened.iter().flat_map(|opened| &opened.definition.forms);
    let form = forms.into_iter().find(|form| Some(&form.id) == reminder.form.as_ref());
    let amount = super::money::amount_due(scene, &task.id);
    vec![
        ("days".into(), days.map_or_else(nothing, number)),
        ("times".into(), number(told)),
        ("until".into(), end.map_or_else(nothing, Arg::Date)),
        ("form".into(), form.map_or_else(nothing, |form| Arg::Words(form.title.clone()))),
        ("amount".into(), amount.map_or_else(nothing, Arg::Money)),
        (
            "item".into(),
            reminder
                .access
                .as_deref()
                .map_or_else(nothing, |item| Arg::Words(scene.project.access_title(item))),
        ),
    ]
}

/// Business days that have passed, or that remain.
fn days(calendar: &Calendar, from: &Counts, at: Timestamp) -> u32 {
    match from {
        Counts::Since(since) => calendar.business_days_since(*since, at),
        Counts::Until { end, .. } => calendar.business_days_until(at, *end),
    }
}

/// The buttons go, and the client is told that the agreed term decided.
fn deemed(scene: &Scene<'_>, id: &TaskId, round: Round) -> Vec<Effect> {
    let Some((_, plan)) = scene.task(id) else { return Vec::new() };
    let slot = scene.slot(id, round, "finish");
    let at = vec![("at".into(), Arg::Moment(scene.fact.at))];
    let said = vec![
        ("task".into(), Arg::Words(plan.title.clone())),
        ("days".into(), number(silent_days(scene, id))),
    ];
    vec![
        send(scene.to_client("outcome", "approval-deemed", at, Face::Append(slot.clone()))),
        send(scene.to_client("silence", "approval-by-silence", said, Face::Reply(slot))),
    ]
}

fn silent_days(scene: &Scene<'_>, id: &TaskId) -> u32 {
    let since = scene.project.task(id).and_then(|task| task.clocks.silent_since);
    since.map_or(0, |since| scene.world.calendar.of_client().business_days_since(since, scene.fact.at))
}

/// The card without its button, and the news for the PM.
fn declined(scene: &Scene<'_>, id: &TaskId, reason: &ContentRef) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    let by = scene.fact.by.person().cloned();
    let said = vec![
        ("person".into(), by.map_or_else(|| Arg::Text("signoff".into()), Arg::Person)),
        ("reason".into(), Arg::Contents(vec![reason.content.clone()])),
        pm(scene),
    ];
    let mut effects = vec![send(card(scene.project, task, plan, &scene.client.name))];
    effects.extend(about(scene, id, "staff-declined", said));
    effects
}

fn missed(scene: &Scene<'_>, about: Option<&TaskId>) -> Vec<Effect> {
    let Some(promise) = scene.project.promises.get(&about.cloned()) else { return Vec::new() };
    let title = about.and_then(|id| scene.project.plan(id)).map(|plan| plan.title.clone());
    let mut said = overview(scene);
    said.push(("task".into(), Arg::Words(title.unwrap_or_else(|| client::title(scene)))));
    said.push(("by".into(), Arg::Date(scene.world.calendar.closing(promise.by))));
    said.push(("text".into(), Arg::Contents(vec![promise.what.content.clone()])));
    said.push(pm(scene));
    vec![send(to_staff("promise", "staff-promise-missed", said, Face::Post))]
}

fn rests(scene: &Scene<'_>, key: &str, reason: Option<&ContentRef>) -> Vec<Effect> {
    let by = scene.fact.by.person().cloned();
    let mut said = overview(scene);
    said.push(("person".into(), by.map_or_else(|| Arg::Text("signoff".into()), Arg::Person)));
    said.extend(reason.map(|reason| ("reason".into(), Arg::Contents(vec![reason.content.clone()]))));
    vec![send(to_staff("pause", key, said, Face::Post))]
}

fn overview(scene: &Scene<'_>) -> Args {
    let project = scene.project.opened.as_ref().map_or(String::new(), |opened| opened.project.0.clone());
    vec![
        ("client".into(), Arg::Text(scene.client.name.clone())),
        ("project".into(), Arg::Text(project)),
        ("service".into(), Arg::Words(client::title(scene))),
    ]
}

/// News about a task, for the staff.
fn about(scene: &Scene<'_>, id: &TaskId, key: &str, mut said: Args) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    said.extend(args(scene.project, task, plan, &scene.client.name));
    vec![send(to_staff("news", key, said, Face::Post))]
}

fn pm(scene: &Scene<'_>) -> (String, Arg) {
    let pm = scene.project.holder("pm").cloned();
    ("pm".into(), pm.map_or_else(|| Arg::Key("staff-nobody".into()), Arg::Mention))
}

fn number(days: u32) -> Arg {
    Arg::Number(i64::from(days))
}

fn moment(at: Option<Timestamp>) -> Arg {
    at.map_or_else(|| Arg::Text("—".into()), Arg::Moment)
}
