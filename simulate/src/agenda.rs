//! What the players mean to do, and when.

use std::collections::BTreeMap;

use engine::domain::form::Typed;
use engine::domain::project::ProjectCommand;
use engine::domain::{PaymentId, Round, TaskId, Timestamp};
use engine::store::change::Content;

/// Something that a player means to do; when its time comes it may no longer matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Start(TaskId),
    Press(TaskId, String),
    HandOver(TaskId),
    Check(TaskId),
    Invoice(PaymentId),
    OpenPeriod(u32),
    FillIn(String),
    Decide(TaskId, Round),
    Remark(TaskId, Round),
    Pay(PaymentId),
    /// The client agrees to the text of a message, in its sending.
    Agree(TaskId, String, u32),
    /// The client gives an access, on the page of this sending.
    GiveAccess(String, u32),
}

/// What a player gave to the engine.
#[derive(Clone, Debug)]
pub enum Deed {
    Order { command: Box<ProjectCommand>, contents: Vec<Content> },
    FillIn { form: String, typed: Typed },
}

/// The intentions of all players, in the order of time.
#[derive(Default)]
pub struct Agenda {
    acts: BTreeMap<(Timestamp, u32), Act>,
    count: u32,
}

impl Agenda {
    pub fn add(&mut self, at: Timestamp, act: Act) {
        if !self.acts.iter().any(|((known, _), one)| *known <= at && *one == act) {
            self.count += 1;
            self.acts.insert((at, self.count), act);
        }
    }

    pub fn next_at(&self) -> Option<Timestamp> {
        self.acts.first_key_value().map(|((at, _), _)| *at)
    }

    pub fn take(&mut self) -> Option<(Timestamp, Act)> {
        self.acts.pop_first().map(|((at, _), act)| (at, act))
    }
}
