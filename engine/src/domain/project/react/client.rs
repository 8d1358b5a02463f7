//! What the client is told about a project.

use super::super::card::{args, press, result};
use super::{Scene, money, send};
use crate::domain::definition::{self, FieldKind, Kind, Text};
use crate::domain::effect::{Arg, AskPurpose, Face, Notify, Press, PressKind, ResultLine};
use crate::domain::field::{FileRef, Value};
use crate::domain::project::event::ContentRef;
use crate::domain::project::state::{Decision, Task};
use crate::domain::project::{ProjectEvent, comment};
use crate::domain::{Effect, PersonId, Round, TaskId};

/// Messages to the client's chat about one fact.
#[expect(clippy::too_many_lines, reason = "a list: a line for each fact")]
pub(super) fn tell(scene: &Scene<'_>) -> Vec<Effect> {
    use ProjectEvent as E;
    match &scene.fact.event {
        E::TaskStarted { task, round: 1 } => started(scene, task),
        E::ButtonPressed { task, button, values } => {
            let fields: Vec<&String> = values.keys().collect();
            pressed(scene, task, button, &fields)
        }
        E::ApprovalAsked { task, round, .. } => asked(scene, task, *round),
        E::TaskCompleted { task, round } => completed(scene, task, *round),
        E::TaskApproved { task, round, .. } => decided(scene, task, *round, true),
        E::DecisionSettled { task, round } => settled(scene, task, *round),
        E::TaskSentBack { task, round, person, .. } => sent_back(scene, task, *round, person),
        E::RemarkAdded { task, round, aside: false, .. } => remark(scene, task, *round),
        E::Commented { task, text, file, to_client: true } => {
            commented(scene, task, text.as_ref(), file.as_ref())
        }
        E::RemarksClosed { task, round, remarks, .. } => remarks_closed(scene, task, *round, *remarks),
        E::DecisionUndone { task, round, person, approved } => undone(scene, task, *round, person, *approved),
        E::TaskCancelled { task, .. } => cancelled(scene, task),
        E::ProjectCompleted => vec![send(scene.to_client(
            "project",
            "project-finished",
            vec![("project".into(), Arg::Words(title(scene)))],
            Face::Post,
        ))],
        E::ReminderSent { .. } | E::ApprovalDeemed { .. } => super::nudge::tell_client(scene),
        E::TaskReady { task, .. } => money::period_starts(scene, task),
        E::PeriodAnnounced { period } => money::announced(scene, *period),
        E::PaymentInvoiced { .. } | E::PaymentReceived { .. } | E::ProjectClosed { .. } => {
            money::tell_client(scene)
        }
        E::ProjectOpened { .. }
        | E::RoleAssigned { .. }
        | E::PeriodOpened { .. }
        | E::PeriodBegan { .. }
        | E::PaymentExpected { .. }
        | E::PaymentCancelled { .. }
        | E::PriceSet { .. }
        | E::ExpenseBooked { .. }
        | E::GateOverridden { .. }
        | E::AuditOverridden { .. }
        | E::TaskInserted { .. }
        | E::DefinitionChanged { .. }
        | E::TaskStarted { .. }
        | E::TaskPaused { .. }
        | E::TaskResumed { .. }
        | E::FieldSet { .. }
        | E::FieldCleared { .. }
        | E::RemarkAdded { .. }
        | E::ItemTicked { .. }
        | E::GateConfirmed { .. }
        | E::TaskSubmitted { .. }
        | E::TaskAccepted { .. }
        | E::TaskReturned { .. }
        | E::TaskOverdue { .. }
        | E::TaskUnaccepted { .. }
        | E::SilencePutOff { .. }
        | E::DueMoved { .. }
        | E::TaskDeclined { .. }
        | E::Commented { .. }
        | E::DueSet { .. }
        | E::PrioritySet { .. }
        | E::NextStepPromised { .. }
        | E::TimeAdded { .. }
        | E::TimeCancelled { .. }
        | E::PromiseKept { .. }
        | E::PromiseMissed { .. }
        | E::ProjectPaused { .. }
        | E::ProjectResumed
        | E::TaskUnreadied { .. }
        | E::FormSent { .. }
        | E::FormReceived { .. }
        | E::RulesSent { .. }
        | E::RulesAcknowledged { .. }
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

pub(super) fn title(scene: &Scene<'_>) -> Text {
    scene.project.opened.as_ref().map_or_else(Text::default, |opened| opened.definition.title.clone())
}

/// The words under the name that the client knows; the file goes before them.
fn commented(
    scene: &Scene<'_>,
    id: &TaskId,
    text: Option<&ContentRef>,
    file: Option<&FileRef>,
) -> Vec<Effect> {
    let Some((_, plan)) = scene.task(id) else { return Vec::new() };
    let signed = comment::signed(scene.project, &scene.fact.by, scene.world).cloned();
    let mut args: Vec<(String, Arg)> = vec![("task".into(), Arg::Words(plan.title.clone()))];
    args.extend(signed.map(|person| ("person".into(), Arg::Person(person))));
    args.extend(text.map(|text| ("text".into(), Arg::Contents(vec![text.content.clone()]))));
    let key = if text.is_some() { "task-comment" } else { "task-file" };
    let mut message = scene.to_client("comment", key, args, Face::Post);
    message.files = file.into_iter().cloned().collect();
    vec![send(message)]
}

fn started(scene: &Scene<'_>, id: &TaskId) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    let Some(message) = &plan.start_message else { return Vec::new() };
    if money::was_invoiced(scene, id) {
        return Vec::new();
    }
    vec![send(scene.to_client("start", message, words(scene, task, plan), Face::Post))]
}

fn pressed(scene: &Scene<'_>, id: &TaskId, button: &str, needed: &[&String]) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    let Some(button) = plan.button(button) else { return Vec::new() };
    let mut effects = Vec::new();
    if let Some(message) = &button.tell_client {
        let mut args = words(scene, task, plan);
        let lines = result(task, plan, true).into_iter();
        let titles: Vec<_> =
            needed.iter().filter_map(|id| plan.field(id)).map(|field| &field.title).collect();
        let shown = lines.filter(|line| titles.is_empty() || titles.contains(&&line.title)).collect();
        args.retain(|(name, _)| name != "result");
        args.push(("result".into(), Arg::Result(shown)));
        effects.push(send(scene.to_client(&format!("button-{}", button.id), message, args, Face::Post)));
    }
    effects
}

fn asked(scene: &Scene<'_>, id: &TaskId, round: Round) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    vec![send(finish_message(scene, task, plan, round, true))]
}

fn completed(scene: &Scene<'_>, id: &TaskId, round: Round) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    let is_told = plan.approval == definition::Approval::Required || money::was_received(scene, id);
    if is_told || plan.finish_message.is_none() {
        return Vec::new();
    }
    vec![send(finish_message(scene, task, plan, round, false))]
}

fn finish_message(
    scene: &Scene<'_>,
    task: &Task,
    plan: &definition::Task,
    round: Round,
    decide: bool,
) -> Notify {
    let own = plan.finish_message.as_deref().unwrap_or("task-finished");
    let key = if round > 1 && decide { "rework-finished" } else { own };
    let face = Face::PostAs(scene.slot(&task.id, round, "finish"));
    let mut message = scene.to_client("finish", key, words(scene, task, plan), face);
    message.files = files(task, plan);
    if decide {
        message.buttons = decision_buttons(scene, task);
    }
    message
}

fn decision_buttons(scene: &Scene<'_>, task: &Task) -> Vec<Vec<Press>> {
    let one = |label, what| vec![press(scene.project, task, super::key(label), what)];
    vec![one("btn-approve", PressKind::Approve), one("btn-send-back", PressKind::SendBack)]
}

fn outcome(scene: &Scene<'_>, id: &TaskId, round: Round, key: &str, person: &PersonId) -> Notify {
    let args = vec![
        ("person".into(), Arg::Person(person.clone())),
        ("at".into(), Arg::Moment(decision_of(scene, id).map_or(scene.fact.at, |decision| decision.at))),
    ];
    let face = Face::Append(scene.slot(id, round, "finish"));
    scene.to_client("outcome", key, args, face)
}

fn decision_of<'a>(scene: &Scene<'a>, id: &TaskId) -> Option<&'a Decision> {
    scene.project.task(id)?.decision.as_ref()
}

fn decided(scene: &Scene<'_>, id: &TaskId, round: Round, approved: bool) -> Vec<Effect> {
    let Some((task, decision)) = scene.project.task(id).zip(decision_of(scene, id)) else {
        return Vec::new();
    };
    let (key, label) =
        if approved { ("approval-given", "btn-undo") } else { ("sendback-given", "btn-cancel") };
    let mut message = outcome(scene, id, round, key, &decision.person);
    let mut undo = press(scene.project, task, super::key(label), PressKind::Undo);
    undo.round = round;
    undo.only = Some(decision.person.clone());
    // The last approval ends the project: there is nothing left to go back to.
    message.buttons = if scene.project.completed { Vec::new() } else { vec![vec![undo]] };
    vec![send(message)]
}

fn settled(scene: &Scene<'_>, id: &TaskId, round: Round) -> Vec<Effect> {
    let Some(decision) = decision_of(scene, id).filter(|decision| decision.round == round) else {
        return Vec::new();
    };
    let key = if decision.approved { "approval-given" } else { "sendback-given" };
    vec![send(outcome(scene, id, round, key, &decision.person))]
}

fn sent_back(scene: &Scene<'_>, id: &TaskId, round: Round, person: &PersonId) -> Vec<Effect> {
    let Some((_, plan)) = scene.task(id) else { return Vec::new() };
    let mut effects = decided(scene, id, round, false);
    let opened = scene.project.opened.as_ref();
    let args = vec![
        ("person".into(), Arg::Mention(person.clone())),
        ("task".into(), Arg::Words(plan.title.clone())),
    ];
    let face = Face::Ask {
        slot: scene.slot(id, round, "ask"),
        reply_to: scene.slot(id, round, "finish"),
        person: person.clone(),
        hint_key: "sendback-hint".into(),
        purpose: AskPurpose::Remarks {
            project: opened.map_or_else(|| "".into(), |opened| opened.project.clone()),
            task: id.clone(),
            round,
        },
    };
    effects.push(send(scene.to_client("ask", "sendback-ask", args, face)));
    effects
}

fn remark(scene: &Scene<'_>, id: &TaskId, round: Round) -> Vec<Effect> {
    let Some(task) = scene.project.task(id) else { return Vec::new() };
    let args = vec![("remarks".into(), count(task.remarks.len()))];
    let face = match task.remarks.len() {
        0 | 1 => Face::PostAs(scene.slot(id, round, "noted")),
        _ => Face::Replace(scene.slot(id, round, "noted")),
    };
    let mut message = scene.to_client("noted", "sendback-noted", args, face);
    if task.taking_remarks {
        let mut done = press(scene.project, task, super::key("btn-comment-done"), PressKind::RemarksDone);
        done.round = round;
        message.buttons = vec![vec![done]];
    }
    vec![send(message)]
}

fn remarks_closed(scene: &Scene<'_>, id: &TaskId, round: Round, remarks: u32) -> Vec<Effect> {
    let Some((task, plan)) = scene.task(id) else { return Vec::new() };
    if remarks == 0 {
        return Vec::new();
    }
    let args = vec![
        ("remarks".into(), Arg::Number(i64::from(remarks))),
        ("task".into(), Arg::Words(plan.title.clone())),
        ("due".into(), task.due.map_or_else(|| Arg::Text("—".into()), Arg::Date)),
    ];
    let face = Face::Replace(scene.slot(id, round, "noted"));
    vec![send(scene.to_client("noted", "sendback-received", args, face))]
}

/// The result can be decided on again, and the note about remarks takes no more of them.
fn undone(scene: &Scene<'_>, id: &TaskId, round: Round, person: &PersonId, approved: bool) -> Vec<Effect> {
    let Some(task) = scene.project.task(id) else { return Vec::new() };
    let mut message = outcome(scene, id, round, "decision-undone", person);
    message.buttons = decision_buttons(scene, task);
    let noted = (!approved && !task.remarks.is_empty()).then(|| {
        let face = Face::Replace(scene.slot(id, round, "noted"));
        scene.to_client("noted", "decision-undone", message.args.clone(), face)
    });
    std::iter::once(message).chain(noted).map(send).collect()
}

fn cancelled(scene: &Scene<'_>, id: &TaskId) -> Vec<Effect> {
    let Some(task) = scene.project.task(id).filter(|task| task.result_sha256.is_some()) else {
        return Vec::new();
    };
    let face = Face::Append(scene.slot(id, task.round, "finish"));
    vec![send(scene.to_client("outcome", "task-cancelled", Vec::new(), face))]
}

fn files(task: &Task, plan: &definition::Task) -> Vec<FileRef> {
    let shown = plan
        .result
        .iter()
        .filter(|field| field.client_sees && matches!(field.kind, FieldKind::File | FieldKind::Files));
    let mut files = Vec::new();
    for value in shown.filter_map(|field| task.values.get(&field.id)) {
        if let Value::Files(found) = value {
            files.extend(found.iter().cloned());
        }
    }
    files
}

/// What the client's messages about a task may say.
pub(super) fn words(scene: &Scene<'_>, task: &Task, plan: &definition::Task) -> Vec<(String, Arg)> {
    let mut found = args(scene.project, task, plan, &scene.client.name);
    let replaced = ["result", "person", "project", "status", "hours", "due"];
    found.retain(|(name, _)| !replaced.contains(&name.as_str()));
    found.push(("due".into(), task.due.map_or_else(|| Arg::Text("—".into()), Arg::Date)));
    found.push(("project".into(), Arg::Words(title(scene))));
    found.push(("result".into(), Arg::Result(result(task, plan, true))));
    found.extend(wanted(plan).map(|wanted| ("items".into(), Arg::Number(i64::from(wanted)))));
    found.push(("hours".into(), Arg::Text(scene.world.calendar.hours_in_words())));
    let pm = scene.project.holder("pm").cloned();
    found.push(("pm".into(), pm.map_or_else(|| Arg::Key("staff-nobody".into()), Arg::Person)));
    let next = scene.project.next_after(&task.id).and_then(|next| scene.project.plan(&next.id));
    found.push((
        "next".into(),
        next.map_or_else(|| Arg::Text("—".into()), |next| Arg::Words(next.title.clone())),
    ));
    found.extend(money::words(scene, task, plan));
    found.extend(field_words(task, plan));
    found
}

/// How many things the result needs at least, for the message that says so (PF-59).
fn wanted(plan: &definition::Task) -> Option<u32> {
    plan.result.iter().filter(|field| field.required).find_map(|field| field.at_least)
}

fn field_words(task: &Task, plan: &definition::Task) -> Vec<(String, Arg)> {
    let shown = plan.result.iter().filter(|field| field.client_sees || plan.kind == Kind::Meeting);
    let mut found = Vec::new();
    for field in shown {
        let arg = match task.values.get(&field.id) {
            Some(Value::Number(number)) => {
                number.parse().map_or_else(|_| Arg::Text(number.clone()), Arg::Number)
            }
            Some(Value::Text(text)) => Arg::Text(text.clone()),
            Some(Value::Money(money)) => Arg::Money(money.clone()),
            Some(value) => {
                let line = ResultLine::of(field, value.clone());
                Arg::Result(vec![ResultLine { title: Text::default(), ..line }])
            }
            None => continue,
        };
        // A message of a newer version of the template knows it by its newer name.
        found.extend(field.was.iter().map(|name| (name.clone(), arg.clone())));
        found.push((field.id.clone(), arg));
    }
    found
}

fn count(found: usize) -> Arg {
    Arg::Number(i64::try_from(found).unwrap_or(i64::MAX))
}
