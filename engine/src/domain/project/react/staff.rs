//! What the staff is told about a project: one card per round of work, and news that need a person.

use super::super::card::{args, card, press, work_slot};
use super::{Scene, key, money, send};
use crate::domain::definition::{self, Gate};
use crate::domain::effect::{Arg, Face, PressKind};
use crate::domain::field::FileRef;
use crate::domain::project::event::{ClosedBy, ContentRef};
use crate::domain::project::state::Task;
use crate::domain::project::{ProjectEvent, Status};
use crate::domain::{Effect, PersonId, Round, TaskId};

/// Messages to the staff chat about one fact.
pub(super) fn tell(scene: &Scene<'_>) -> Vec<Effect> {
    use ProjectEvent as E;
    match &scene.fact.event {
        E::ProjectOpened { .. } => {
            vec![send(super::to_staff("opened", "staff-project-opened", overview(scene), Face::Post))]
        }
        E::ProjectCompleted => {
            vec![send(super::to_staff("finished", "staff-project-finished", overview(scene), Face::Post))]
        }
        E::TaskReady { task, .. } => ready(scene, task),
        E::TaskStarted { task, .. }
        | E::TaskPaused { task }
        | E::TaskResumed { task }
        | E::FieldSet { task, .. }
        | E::FieldCleared { task, .. }
        | E::ItemTicked { task, .. }
        | E::GateConfirmed { task, .. }
        | E::TaskCompleted { task, .. }
        | E::TaskUnreadied { task }
        | E::DueMoved { task, .. }
        | E::DueSet { task, .. }
        | E::RulesSent { task, .. }
        | E::RulesAcknowledged { task, .. }
        | E::FormSent { task, .. } => card_of(scene, task),
        E::RemarkAdded { task, remark, .. } => remarked(scene, task, remark),
        E::ButtonPressed { task, button, .. } => pressed(scene, task, button),
        E::TaskSubmitted { task, round, .. } => submitted(scene, task, *round),
        E::TaskAccepted { task, round } => checked(scene, task, *round),
        E::TaskReturned { task, round, remark, .. } => returned(scene, task, *round, remark.as_ref()),
        E::TaskApproved { task, person, .. } => news(scene, task, "staff-approved", Some(person)),
        E::TaskSentBack { task, round, person, .. } => sent_back(scene, task, *round, person),
        E::RemarksClosed { task, remarks, by, .. } => remarks_closed(scene, task, *remarks, *by),
        E::DecisionUndone { task, round, person, approved } => undone(scene, task, *round, person, *approved),
        E::TaskCancelled { task, reason } => cancelled(scene, task, reason),
        E::GateOverridden { task, gate, reason } => overridden(scene, task, Some(gate), reason),
        E::AuditOverridden { task, reason, .. } => overridden(scene, task, None, reason),
        E::TaskInserted { task, after, .. } => inserted(scene, task, after),
        E::DefinitionChanged { .. } => {
            let said = with_actor(overview(scene), scene);
            vec![send(super::to_staff("version", "staff-version-moved", said, Face::Post))]
        }
        E::RoleAssigned { role, .. } => assigned(scene, role),
        E::ReminderSent { .. }
        | E::TaskOverdue { .. }
        | E::TaskUnaccepted { .. }
        | E::SilencePutOff { .. }
        | E::TaskDeclined { .. }
        | E::ApprovalDeemed { .. }
        | E::PromiseMissed { .. }
        | E::ProjectPaused { .. }
        | E::ProjectResumed => super::nudge::tell_staff(scene),
        E::PeriodBegan { period, .. } => money::began(scene, *period),
        E::PaymentInvoiced { payment, number, .. } => money::staff_invoiced(scene, payment, number),
        E::PaymentReceived { payment, amount, reason, .. } => {
            money::staff_received(scene, payment, amount, reason.as_ref())
        }
        E::PaymentCancelled { payment, reason } => money::staff_cancelled(scene, payment, reason),
        E::ProjectClosed { reason, lost } => money::ended(scene, reason.as_ref(), *lost),
        E::ApprovalAsked { .. }
        | E::DecisionSettled { .. }
        | E::PeriodOpened { .. }
        | E::PeriodAnnounced { .. }
        | E::PaymentExpected { .. }
        | E::PriceSet { .. }
        | E::ExpenseBooked { .. }
        | E::Commented { .. }
        | E::PrioritySet { .. }
        | E::NextStepPromised { .. }
        | E::TimeAdded { .. }
        | E::TimeCancelled { .. }
        | E::PromiseKept { .. }
        | E::FormReceived { .. }
        | E::SalesPromised { .. }
        | E::HandoffAccepted
        | E::HandoffReturned { .. }
        | E::AccessAsked { .. }
        | E::AccessReceived { .. }
        | E::AccessViewed { .. }
        | E::AccessesPurged { .. }
        | E::HelpAsked { .. } => Vec::new(),
    }
}

pub(super) fn overview(scene: &Scene<'_>) -> Vec<(String, Arg)> {
    let Some(opened) = &scene.project.opened else { return Vec::new() };
    vec![
        ("client".into(), Arg::Text(scene.client.name.clone())),
        ("project".into(), Arg::Text(opened.project.0.clone())),
        ("service".into(), Arg::Words(opened.definition.title.clone())),
    ]
}

fn ready(scene: &Scene<'_>, id: &TaskId) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    let mut message = card(scene.project, task, plan, &scene.client.name);
    message.key = "staff-task-ready".into();
    message.face = Face::PostAs(work_slot(scene.project, task));
    vec![send(message)]
}

fn card_of(scene: &Scene<'_>, id: &TaskId) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    vec![send(card(scene.project, task, plan, &scene.client.name))]
}

/// The card with the remark, and what the client sent with it to look at or to listen to.
fn remarked(scene: &Scene<'_>, id: &TaskId, remark: &ContentRef) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    let mut message = card(scene.project, task, plan, &scene.client.name);
    message.files = vec![FileRef { content: remark.content.clone(), sha256: remark.sha256.clone() }];
    vec![send(message)]
}

/// The card, and the news that the template wants the staff to hear.
fn pressed(scene: &Scene<'_>, id: &TaskId, button: &str) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    let mut effects = card_of(scene, id);
    if let Some(message) = plan.button(button).and_then(|button| button.tell_staff.as_ref()) {
        // In the staff chat a project is its id, as everywhere there.
        let mut said = args(scene.project, task, plan, &scene.client.name);
        said.extend(super::client::words(scene, task, plan));
        let said = with_actor(said, scene);
        effects.push(send(super::to_staff("button", message, said, Face::Post)));
    }
    effects
}

/// The card of a task whose person changed, if it stands in the chat with buttons.
fn assigned(scene: &Scene<'_>, role: &str) -> Vec<Effect> {
    let live = scene.project.tasks.iter().filter(|task| {
        let has_role = scene.project.plan(&task.id).is_some_and(|plan| plan.assignee == role);
        has_role && matches!(task.status, Status::InProgress | Status::Paused)
    });
    live.flat_map(|task| card_of(scene, &task.id)).collect()
}

fn submitted(scene: &Scene<'_>, id: &TaskId, round: Round) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    let mut effects = card_of(scene, id);
    if plan.auditor.is_none() {
        return effects;
    }
    let face = Face::PostAs(scene.slot(id, round, "check"));
    let mut said = args(scene.project, task, plan, &scene.client.name);
    let auditor = scene.project.auditor(id).cloned();
    said.push(("auditor".into(), auditor.map_or_else(|| Arg::Key("staff-nobody".into()), Arg::Mention)));
    let mut message = super::to_staff("check", "staff-check-needed", said, face);
    let one = |label, what| press(scene.project, task, key(label), what);
    message.buttons = vec![vec![one("btn-accept", PressKind::Accept), one("btn-return", PressKind::Return)]];
    effects.push(send(message));
    effects
}

fn checked(scene: &Scene<'_>, id: &TaskId, round: Round) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    let face = Face::Replace(scene.slot(id, round, "check"));
    let said = with_actor(args(scene.project, task, plan, &scene.client.name), scene);
    let mut effects = card_of(scene, id);
    effects.push(send(super::to_staff("check", "staff-accepted", said, face)));
    effects
}

fn returned(scene: &Scene<'_>, id: &TaskId, round: Round, remark: Option<&ContentRef>) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    let mut said = args(scene.project, task, plan, &scene.client.name);
    said.push(("remarks".into(), Arg::Contents(remark.into_iter().map(|r| r.content.clone()).collect())));
    let close = Face::Replace(scene.slot(id, round, "check"));
    let outcome = super::to_staff("check", "staff-check-returned", with_actor(said.clone(), scene), close);
    let face = Face::PostAs(work_slot(scene.project, task));
    let mut message = super::to_staff("returned", "staff-returned", said, face);
    message.buttons = vec![vec![press(scene.project, task, key("btn-start"), PressKind::Start)]];
    vec![ended(scene, task, plan, round), send(outcome), send(message)]
}

/// The card of a round that came back: it must not go on saying that somebody is being waited for.
fn ended(scene: &Scene<'_>, task: &Task, plan: &definition::Task, round: Round) -> Effect {
    let mut said = args(scene.project, task, plan, &scene.client.name);
    said.retain(|(name, _)| name != "round");
    said.push(("round".into(), Arg::Number(i64::from(round))));
    let face = Face::Replace(scene.slot(&task.id, round, "work"));
    send(super::to_staff("ended", "staff-card", said, face))
}

fn news(scene: &Scene<'_>, id: &TaskId, key: &str, person: Option<&PersonId>) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    let said = with_person(args(scene.project, task, plan, &scene.client.name), person);
    vec![send(super::to_staff("news", key, said, Face::Post))]
}

fn with_person(mut said: Vec<(String, Arg)>, person: Option<&PersonId>) -> Vec<(String, Arg)> {
    if let Some(person) = person {
        said.retain(|(name, _)| name != "person");
        said.push(("person".into(), Arg::Person(person.clone())));
    }
    said
}

/// The person is whoever did it, not the assignee.
pub(super) fn with_actor(mut said: Vec<(String, Arg)>, scene: &Scene<'_>) -> Vec<(String, Arg)> {
    said.retain(|(name, _)| name != "person");
    let by = scene.fact.by.person().cloned();
    said.push(("person".into(), by.map_or_else(|| Arg::Text("signoff".into()), Arg::Person)));
    said
}

fn sent_back(scene: &Scene<'_>, id: &TaskId, round: Round, person: &PersonId) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    let mut said = with_person(args(scene.project, task, plan, &scene.client.name), Some(person));
    said.push(("remarks".into(), Arg::Number(0)));
    let mut message =
        super::to_staff("sent-back", "staff-sent-back", said, Face::PostAs(work_slot(scene.project, task)));
    message.buttons = vec![vec![press(scene.project, task, key("btn-start"), PressKind::Start)]];
    let mut effects = vec![ended(scene, task, plan, round), send(message)];
    effects.extend(beyond_price(scene, id, round));
    effects
}

/// The price includes no more rounds: the PM agrees on this one first.
fn beyond_price(scene: &Scene<'_>, id: &TaskId, round: Round) -> Option<Effect> {
    let (task, plan) = scene.task(id)?;
    let included = plan.rework_rounds.filter(|included| round > *included)?;
    let mut said = args(scene.project, task, plan, &scene.client.name);
    let pm = scene.project.holder("pm").cloned();
    said.push(("included".into(), Arg::Number(i64::from(included))));
    said.push(("pm".into(), pm.map_or_else(|| Arg::Key("staff-nobody".into()), Arg::Mention)));
    Some(send(super::to_staff("beyond-price", "staff-rework-extra", said, Face::Post)))
}

fn remarks_closed(scene: &Scene<'_>, id: &TaskId, remarks: u32, by: ClosedBy) -> Vec<Effect> {
    let silent = remarks == 0 && by == ClosedBy::Silence;
    if silent {
        return news(scene, id, "staff-no-remarks", None);
    }
    card_of(scene, id)
}

fn undone(scene: &Scene<'_>, id: &TaskId, round: Round, person: &PersonId, approved: bool) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    let said = with_person(args(scene.project, task, plan, &scene.client.name), Some(person));
    let face = if approved { Face::Post } else { Face::Replace(scene.slot(id, round + 1, "work")) };
    let mut effects = card_of(scene, id);
    effects.push(send(super::to_staff("undone", "staff-undone", said, face)));
    effects
}

fn inserted(scene: &Scene<'_>, id: &TaskId, after: &TaskId) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    let mut said = with_actor(args(scene.project, task, plan, &scene.client.name), scene);
    let title = scene.project.plan(after).map(|plan| plan.title.clone()).unwrap_or_default();
    said.push(("after".into(), Arg::Words(title)));
    vec![send(super::to_staff("news", "staff-task-inserted", said, Face::Post))]
}

/// Work goes on over a closed gate: everybody sees who said so, and why.
fn overridden(scene: &Scene<'_>, id: &TaskId, gate: Option<&Gate>, reason: &ContentRef) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    let mut said = with_actor(args(scene.project, task, plan, &scene.client.name), scene);
    let gate =
        gate.map_or_else(|| Arg::Key("missing-audit".into()), |gate| Arg::Missing(vec![gate.missing()]));
    said.push(("gate".into(), gate));
    said.push(("reason".into(), Arg::Contents(vec![reason.content.clone()])));
    let mut effects = card_of(scene, id);
    effects.push(send(super::to_staff("news", "staff-gate-overridden", said, Face::Post)));
    effects
}

fn cancelled(scene: &Scene<'_>, id: &TaskId, reason: &ContentRef) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    let mut said = with_actor(args(scene.project, task, plan, &scene.client.name), scene);
    said.push(("reason".into(), Arg::Contents(vec![reason.content.clone()])));
    let mut effects = card_of(scene, id);
    effects.push(send(super::to_staff("news", "staff-cancelled", said, Face::Post)));
    effects
}
