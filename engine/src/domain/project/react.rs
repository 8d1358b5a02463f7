//! What the facts of a project cause: messages and timers, as values.

use chrono::Duration;

use super::ProjectCommand;
use super::card::slot;
use super::event::ProjectEvent;
use super::rules::{REMARK_MINUTES, UNDO_MINUTES};
use super::state::{Project, Task};
use crate::domain::definition;
use crate::domain::effect::{Arg, Face, Label, Notify, Slot, TimerCommand};
use crate::domain::{Audience, ClientCard, Effect, Fact, Round, TaskId, World};

mod client;
mod staff;

/// The effects of one fact; `after` is the project after all facts of the command.
pub fn react(after: &Project, fact: &Fact<ProjectEvent>, world: &World) -> Vec<Effect> {
    let Some(scene) = Scene::of(after, fact, world) else {
        return Vec::new();
    };
    let mut effects = client::tell(&scene);
    effects.extend(staff::tell(&scene));
    effects.extend(timers(&scene));
    effects
}

/// Everything that the messages about one fact may speak of.
struct Scene<'a> {
    project: &'a Project,
    fact: &'a Fact<ProjectEvent>,
    world: &'a World,
    client: &'a ClientCard,
}

impl<'a> Scene<'a> {
    fn of(project: &'a Project, fact: &'a Fact<ProjectEvent>, world: &'a World) -> Option<Self> {
        let client = world.client.as_ref()?;
        Some(Self { project, fact, world, client })
    }

    fn task(&self, id: &TaskId) -> Option<(&'a Task, &'a definition::Task)> {
        Some((self.project.task(id)?, self.project.plan(id)?))
    }

    fn to_client(&self, kind: &str, key: &str, args: Vec<(String, Arg)>, face: Face) -> Notify {
        let audience = Audience::Client(self.client.client.clone());
        notify(audience, kind, key, args, face)
    }

    fn slot(&self, task: &TaskId, round: Round, what: &str) -> Slot {
        slot(self.project, task, round, what)
    }
}

fn to_staff(kind: &str, key: &str, args: Vec<(String, Arg)>, face: Face) -> Notify {
    notify(Audience::Staff, kind, key, args, face)
}

fn notify(audience: Audience, kind: &str, key: &str, args: Vec<(String, Arg)>, face: Face) -> Notify {
    Notify {
        audience,
        kind: kind.to_owned(),
        key: key.to_owned(),
        args,
        face,
        buttons: Vec::new(),
        files: Vec::new(),
    }
}

fn send(notify: Notify) -> Effect {
    Effect::Notify(Box::new(notify))
}

fn key(label: &str) -> Label {
    Label::Key(label.to_owned())
}

fn timers(scene: &Scene<'_>) -> Vec<Effect> {
    let at = scene.fact.at;
    let Some(opened) = &scene.project.opened else { return Vec::new() };
    let project = &opened.project;
    let name = |what: &str, task: &TaskId, round: Round| format!("{what}/{project}/{task}/{round}");
    let set = |what: &str, task: &TaskId, round: Round, minutes: i64, command| Effect::SetTimer {
        key: name(what, task, round),
        due: at + Duration::minutes(minutes),
        command: TimerCommand::Project { project: project.clone(), command },
    };
    let cancel =
        |what: &str, task: &TaskId, round: Round| Effect::CancelTimer { key: name(what, task, round) };
    let settle = |task: &TaskId, round: Round| {
        let command = ProjectCommand::SettleDecision { task: task.clone(), round };
        set("settle", task, round, i64::from(UNDO_MINUTES), command)
    };
    let silence = |task: &TaskId, round: Round| {
        let command = ProjectCommand::CloseRemarks { task: task.clone(), round };
        set("remarks", task, round, REMARK_MINUTES, command)
    };
    if let ProjectEvent::TaskApproved { task, round, .. } = &scene.fact.event {
        return vec![settle(task, *round)];
    }
    if let ProjectEvent::TaskSentBack { task, round, .. } = &scene.fact.event {
        return vec![settle(task, *round), silence(task, *round)];
    }
    if let ProjectEvent::RemarkAdded { task, round, aside: false, .. } = &scene.fact.event {
        let open = scene.project.task(task).is_some_and(|task| task.taking_remarks);
        return open.then(|| silence(task, *round)).into_iter().collect();
    }
    if let ProjectEvent::RemarksClosed { task, round, .. } = &scene.fact.event {
        return vec![cancel("remarks", task, *round)];
    }
    if let ProjectEvent::DecisionSettled { task, round } = &scene.fact.event {
        return vec![cancel("settle", task, *round)];
    }
    if let ProjectEvent::DecisionUndone { task, round, .. } = &scene.fact.event {
        return vec![cancel("settle", task, *round), cancel("remarks", task, *round)];
    }
    Vec::new()
}
