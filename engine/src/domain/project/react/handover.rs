//! What is said at the beginning of work: promises of sales, rules to agree to, accesses.

use super::super::agreement::rules_slot;
use super::super::card::{args, press};
use super::staff::{overview, with_actor};
use super::{Scene, client, key, send, to_staff};
use crate::domain::effect::{Arg, Face, Press, PressKind};
use crate::domain::project::ProjectEvent;
use crate::domain::project::event::ContentRef;
use crate::domain::project::state::{Project, Task};
use crate::domain::{Effect, PersonId, TaskId, Timestamp};

type Args = Vec<(String, Arg)>;

/// The effects of one fact.
pub(super) fn tell(scene: &Scene<'_>) -> Vec<Effect> {
    use ProjectEvent as E;
    if let E::RulesSent { task, rules, sending } = &scene.fact.event {
        return rules_sent(scene, task, (rules, *sending)).into_iter().collect();
    }
    if let E::RulesAcknowledged { task, rules, sending, person, .. } = &scene.fact.event {
        return acknowledged(scene, task, (rules, *sending), person);
    }
    if matches!(scene.fact.event, E::SalesPromised { .. }) {
        return vec![promised(scene)];
    }
    if scene.fact.event == E::HandoffAccepted {
        return answered(scene, "staff-handoff-accepted", None);
    }
    if let E::HandoffReturned { reason } = &scene.fact.event {
        return answered(scene, "staff-handoff-returned", Some(reason));
    }
    if let E::AccessAsked { task, access: item, sending } = &scene.fact.event {
        return access_asked(scene, task, (item, *sending)).into_iter().collect();
    }
    if let E::AccessReceived { access: item, sending } = &scene.fact.event {
        return access_received(scene, item, sending.is_some());
    }
    let project = scene.project.opened.as_ref().map(|opened| opened.project.clone());
    match (&scene.fact.event, project) {
        (E::AccessesPurged { .. }, Some(project)) => vec![Effect::DropSecrets { project }],
        (_, _) => Vec::new(),
    }
}

/// The text with the button under it.
fn rules_sent(scene: &Scene<'_>, id: &TaskId, (rules, sending): (&str, u32)) -> Option<Effect> {
    let (task, plan) = scene.task(id)?;
    let face = Face::PostAs(rules_slot(scene.project, id, rules, sending));
    let mut message = scene.to_client("rules", rules, client::words(scene, task, plan), face);
    let what = PressKind::Acknowledge { rules: rules.to_owned(), sending };
    message.buttons = vec![vec![press(scene.project, task, key("btn-acknowledge"), what)]];
    Some(send(message))
}

/// The message says who agreed, and its button goes.
fn acknowledged(
    scene: &Scene<'_>,
    id: &TaskId,
    (rules, sending): (&str, u32),
    person: &PersonId,
) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    let said =
        vec![("person".into(), Arg::Person(person.clone())), ("at".into(), Arg::Moment(scene.fact.at))];
    let face = Face::Append(rules_slot(scene.project, id, rules, sending));
    let outcome = scene.to_client("outcome", "rules-acknowledged", said, face);
    let news = with_actor(args(scene.project, task, plan, &scene.client.name), scene);
    vec![send(outcome), send(to_staff("news", "staff-rules-acknowledged", news, Face::Post))]
}

/// The card of a hand-over: what was promised beside what the plan says.
fn promised(scene: &Scene<'_>) -> Effect {
    let days = scene.project.days_beyond_promise(&scene.world.calendar);
    let mut said = about(scene);
    said.push(("days".into(), Arg::Number(i64::from(days))));
    let told = if days > 0 { "staff-handoff-late" } else { "staff-handoff" };
    let mut message = to_staff("handoff", told, said, Face::PostAs(slot(scene)));
    if let Some(task) = scene.project.tasks.first() {
        let one = |label, what| -> Press { press(scene.project, task, key(label), what) };
        let offer = scene.project.handoff.offers;
        message.buttons = vec![vec![
            one("btn-accept", PressKind::AcceptHandoff { offer }),
            one("btn-return", PressKind::ReturnHandoff { offer }),
        ]];
    }
    send(message)
}

/// The card says what production answered, and its buttons go; sales read it as news too.
fn answered(scene: &Scene<'_>, told: &str, reason: Option<&ContentRef>) -> Vec<Effect> {
    let mut said = with_actor(overview(scene), scene);
    said.extend(reason.map(|reason| ("reason".into(), Arg::Contents(vec![reason.content.clone()]))));
    let face = if scene.project.handoff.offers > 0 { Face::Replace(slot(scene)) } else { Face::Post };
    vec![send(to_staff("handoff", told, said, face))]
}

fn slot(scene: &Scene<'_>) -> String {
    let id = scene.project.opened.as_ref().map_or("", |opened| opened.project.as_str());
    format!("{id}/handoff/{}", scene.project.handoff.offers)
}

fn about(scene: &Scene<'_>) -> Args {
    let (promised, calendar) = (&scene.project.handoff.promised, &scene.world.calendar);
    let nothing = || Arg::Text("—".into());
    let date = |at: Option<Timestamp>| at.map_or_else(nothing, Arg::Date);
    let price = scene.project.opened.as_ref().and_then(|opened| opened.price.clone());
    let mut said = overview(scene);
    said.push(("by".into(), date(promised.by.map(|day| calendar.closing(day)))));
    said.push(("planned".into(), date(scene.project.planned_end(calendar))));
    said.push(("sum".into(), promised.sum.clone().map_or_else(nothing, Arg::Money)));
    said.push(("price".into(), price.map_or_else(nothing, Arg::Money)));
    let scope = promised.scope.iter().map(|scope| scope.content.clone()).collect();
    said.push(("text".into(), Arg::Contents(scope)));
    said
}

/// The client gets an address of its own for what must not stand in a chat (PF-86).
fn access_asked(scene: &Scene<'_>, id: &TaskId, (item, sending): (&str, u32)) -> Option<Effect> {
    let task = scene.project.task(id)?;
    let said = vec![
        ("item".into(), Arg::Words(scene.project.access_title(item))),
        ("project".into(), Arg::Words(client::title(scene))),
    ];
    let mut message = scene.to_client("access", "access-request", said, Face::Post);
    message.buttons = vec![give_access(scene.project, task, (item, sending))];
    Some(send(message))
}

/// The button that leads to the page of its own.
pub(super) fn give_access(project: &Project, task: &Task, (item, sending): (&str, u32)) -> Vec<Press> {
    let what = PressKind::OpenAccess { item: item.to_owned(), sending };
    vec![press(project, task, key("btn-give-access"), what)]
}

fn access_received(scene: &Scene<'_>, item: &str, by_client: bool) -> Vec<Effect> {
    let said = || vec![("item".to_owned(), Arg::Words(scene.project.access_title(item)))];
    let thanks = by_client.then(|| scene.to_client("access", "access-received", said(), Face::Post));
    let mut news = overview(scene);
    news.push(("item".to_owned(), Arg::Text(item.to_owned())));
    let news = to_staff("news", "staff-access-received", news, Face::Post);
    thanks.into_iter().chain([news]).map(send).collect()
}
