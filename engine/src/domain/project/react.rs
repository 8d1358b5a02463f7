//! What the facts of a project cause: messages, as values; its timers follow from the state (`timers.rs`).

use super::card::slot;
use super::event::ProjectEvent;
use super::state::{Project, Task};
use crate::domain::definition;
use crate::domain::effect::{Arg, Face, Label, Notify, Slot};
use crate::domain::{Audience, ClientCard, Effect, Fact, Round, TaskId, World};

mod client;
mod form;
mod handover;
mod money;
mod nudge;
mod staff;

/// The effects of one fact; `after` is the project after all facts of the command.
pub fn react(after: &Project, fact: &Fact<ProjectEvent>, world: &World) -> Vec<Effect> {
    let Some(scene) = Scene::of(after, fact, world) else {
        return Vec::new();
    };
    let mut effects = client::tell(&scene);
    effects.extend(staff::tell(&scene));
    effects.extend(form::tell(&scene));
    effects.extend(handover::tell(&scene));
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
