//! What the app needs of an aggregate, and the three that there are.

use esrs::Aggregate;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Inner;
use super::cache::Cache;
use crate::domain::agency::{self, Agency, AgencyCommand, AgencyEvent};
use crate::domain::client::{self, Client, ClientCommand, ClientEvent};
use crate::domain::effect::{Slot, TimerCommand};
use crate::domain::project::{self, Project, ProjectCommand, ProjectEvent};
use crate::domain::{Actor, Asked, ClientId, Effect, Fact, Origin, Refusal, StreamId, Timestamp, World};

/// A kind of stream that takes commands: an aggregate whose facts carry who and when.
pub trait Decides:
    Aggregate<State = Self, Command = Asked<Self::Order>, Event = Fact<Self::Fact>, Error = Refusal>
    + Clone
    + Default
    + Send
    + Sync
    + 'static
{
    type Order: Clone + Serialize + Send + Sync;
    type Fact: Clone + Serialize + DeserializeOwned + Send + Sync;

    fn version(&self) -> i64;
    fn react(after: &Self, fact: &Fact<Self::Fact>, world: &World) -> Vec<Effect>;
    /// What leads from the timers that `before` wanted to those that `after` wants.
    fn timer_changes(before: &Self, after: &Self, world: &World) -> Vec<Effect>;

    /// Whether an order is the last part of what the client did minutes ago, although nobody presses anything.
    fn follows_client(order: &Self::Order) -> bool;
    /// The client whose chat and approvers matter.
    fn client_of(&self, order: &Self::Order) -> Option<ClientId>;

    /// When the timer `key` is wanted by the calendar of now, and what for.
    fn wanted_timer(&self, key: &str, world: &World) -> Option<(Timestamp, TimerCommand)>;
    /// The message whose delivery the order depends on.
    fn awaits_delivery(&self, _: &Self::Order) -> Option<Slot> {
        None
    }
    #[expect(private_interfaces, reason = "only the app looks into itself")]
    fn cache(inner: &Inner) -> &Cache<Self>;

    /// The name of a command for machines, such as `start_task`.
    fn order_name(order: &Self::Order) -> String {
        let json = serde_json::to_value(order).unwrap_or_default();
        json.get("command").and_then(|name| name.as_str()).unwrap_or("command").to_owned()
    }
}

/// Facts as they follow from a command; positions come with the commit.
pub(super) fn draft<C, E>(
    (stream, version): (StreamId, i64),
    asked: &Asked<C>,
    events: Vec<E>,
    is_derived: fn(&E) -> bool,
) -> Vec<Fact<E>> {
    let numbered = (version + 1..).zip(events);
    numbered
        .enumerate()
        .map(|(index, (version, event))| {
            // What a person asks for is no conclusion, even where the engine might have drawn it.
            let derived = (index > 0 && is_derived(&event)) || asked.by == Actor::Timer;
            Fact {
                position: 0,
                stream,
                version,
                command_id: asked.command_id.clone(),
                cause: None,
                origin: if derived { Origin::Derived } else { Origin::Input },
                by: asked.by.clone(),
                at: asked.at,
                event,
            }
        })
        .collect()
}

impl Aggregate for Project {
    const NAME: &'static str = "project";
    type State = Self;
    type Command = Asked<ProjectCommand>;
    type Event = Fact<ProjectEvent>;
    type Error = Refusal;

    fn handle_command(state: &Self, asked: Self::Command) -> Result<Vec<Self::Event>, Refusal> {
        let events = project::decide(state, &asked)?;
        let id = match (&state.opened, &asked.command) {
            (Some(opened), _) => opened.project.clone(),
            (None, ProjectCommand::OpenProject { project, .. }) => project.clone(),
            (None, _) => return Err(Refusal::NoProject),
        };
        Ok(draft((id.stream(), state.version), &asked, events, ProjectEvent::is_derived))
    }

    fn apply_event(state: Self, fact: Self::Event) -> Self {
        state.with(&fact)
    }
}

impl Aggregate for Client {
    const NAME: &'static str = "client";
    type State = Self;
    type Command = Asked<ClientCommand>;
    type Event = Fact<ClientEvent>;
    type Error = Refusal;

    fn handle_command(state: &Self, asked: Self::Command) -> Result<Vec<Self::Event>, Refusal> {
        let events = client::decide(state, &asked)?;
        let id = match (&state.client, &asked.command) {
            (Some(id), _) => id.clone(),
            (None, ClientCommand::AddClient { client, .. }) => client.clone(),
            (None, _) => return Err(Refusal::NoClient),
        };
        Ok(draft((id.stream(), state.version), &asked, events, |_| false))
    }

    fn apply_event(state: Self, fact: Self::Event) -> Self {
        state.with(&fact)
    }
}

impl Aggregate for Agency {
    const NAME: &'static str = "agency";
    type State = Self;
    type Command = Asked<AgencyCommand>;
    type Event = Fact<AgencyEvent>;
    type Error = Refusal;

    fn handle_command(state: &Self, asked: Self::Command) -> Result<Vec<Self::Event>, Refusal> {
        let events = agency::decide(state, &asked)?;
        Ok(draft((StreamId::agency(), state.version), &asked, events, |_| false))
    }

    fn apply_event(state: Self, fact: Self::Event) -> Self {
        state.with(&fact)
    }
}

impl Decides for Project {
    type Order = ProjectCommand;
    type Fact = ProjectEvent;

    fn version(&self) -> i64 {
        self.version
    }

    fn react(after: &Self, fact: &Fact<ProjectEvent>, world: &World) -> Vec<Effect> {
        project::react::react(after, fact, world)
    }

    fn timer_changes(before: &Self, after: &Self, world: &World) -> Vec<Effect> {
        project::timers::changes(before, after, &world.calendar)
    }

    fn follows_client(order: &ProjectCommand) -> bool {
        matches!(order, ProjectCommand::SettleDecision { .. } | ProjectCommand::CloseRemarks { .. })
    }

    fn wanted_timer(&self, key: &str, world: &World) -> Option<(Timestamp, TimerCommand)> {
        let project = self.opened.as_ref()?.project.clone();
        let (due, command) = self.timers(&world.calendar).remove(key)?;
        Some((due, TimerCommand::Project { project, command }))
    }

    fn client_of(&self, order: &ProjectCommand) -> Option<ClientId> {
        if let ProjectCommand::OpenProject { client, .. } = order {
            return Some(client.clone());
        }
        self.opened.as_ref().map(|opened| opened.client.clone())
    }

    fn awaits_delivery(&self, order: &ProjectCommand) -> Option<Slot> {
        let ProjectCommand::DeemApproved { task, round } = order else { return None };
        Some(project::request_slot(self, task, *round))
    }

    #[expect(private_interfaces, reason = "only the app looks into itself")]
    fn cache(inner: &Inner) -> &Cache<Self> {
        &inner.projects
    }
}

impl Decides for Client {
    type Order = ClientCommand;
    type Fact = ClientEvent;

    fn version(&self) -> i64 {
        self.version
    }

    fn react(after: &Self, fact: &Fact<ClientEvent>, world: &World) -> Vec<Effect> {
        client::react::react(after, fact, world)
    }

    fn timer_changes(before: &Self, after: &Self, world: &World) -> Vec<Effect> {
        client::answer::timer_changes(before, after, world)
    }

    fn follows_client(_: &ClientCommand) -> bool {
        false
    }

    fn wanted_timer(&self, wanted: &str, world: &World) -> Option<(Timestamp, TimerCommand)> {
        client::answer::wanted(self, world).into_iter().find_map(|effect| match effect {
            Effect::SetTimer { key, due, command } if key == wanted => Some((due, command)),
            Effect::SetTimer { .. }
            | Effect::CancelTimer { .. }
            | Effect::Notify(_)
            | Effect::MoveChat { .. }
            | Effect::DropDraft { .. }
            | Effect::DropSecrets { .. } => None,
        })
    }

    fn client_of(&self, order: &ClientCommand) -> Option<ClientId> {
        // Only what goes to its chat has to know how the client is reached.
        self.client.clone().filter(|_| matches!(order, ClientCommand::WriteToClient { .. }))
    }

    #[expect(private_interfaces, reason = "only the app looks into itself")]
    fn cache(inner: &Inner) -> &Cache<Self> {
        &inner.clients
    }
}

impl Decides for Agency {
    type Order = AgencyCommand;
    type Fact = AgencyEvent;

    fn version(&self) -> i64 {
        self.version
    }

    fn react(_: &Self, _: &Fact<AgencyEvent>, _: &World) -> Vec<Effect> {
        Vec::new()
    }

    fn timer_changes(_: &Self, _: &Self, _: &World) -> Vec<Effect> {
        Vec::new()
    }

    fn follows_client(_: &AgencyCommand) -> bool {
        false
    }

    fn wanted_timer(&self, _: &str, _: &World) -> Option<(Timestamp, TimerCommand)> {
        None
    }

    fn client_of(&self, _: &AgencyCommand) -> Option<ClientId> {
        None
    }

    #[expect(private_interfaces, reason = "only the app looks into itself")]
    fn cache(inner: &Inner) -> &Cache<Self> {
        &inner.agency
    }
}
