//! What surrounds a command on its way in and a fact on its way out.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::agency::Agency;
use super::calendar::Calendar;
use super::definition::{SignedBy, Term};
use super::{ClientId, PersonId, StreamId, Timestamp};

/// Who does something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Actor {
    /// A member of staff or a contact of a client.
    Person(PersonId),
    /// Whoever may run the binary on the server.
    Operator,
    /// A timer that came due.
    Timer,
    /// Telegram itself (a migrated chat, a removed bot).
    Telegram,
    /// Whoever holds a link that was sent to the client (a form).
    LinkHolder,
}

impl Actor {
    /// The person, if it is one.
    pub fn person(&self) -> Option<&PersonId> {
        match self {
            Self::Person(id) => Some(id),
            Self::Operator | Self::Timer | Self::Telegram | Self::LinkHolder => None,
        }
    }
}

/// What the world looks like to a decision; gathered by the app, never asked for by the domain.
#[derive(Clone, Debug)]
pub struct World {
    pub calendar: Arc<Calendar>,
    /// Who works here.
    pub staff: Arc<Agency>,
    /// Roles that the actor holds in the agency.
    pub roles: BTreeSet<String>,
    /// People who may decide for the client in question, now.
    pub approvers: BTreeSet<PersonId>,
    /// The client in question, for messages.
    pub client: Option<ClientCard>,
    pub answer: AnswerTerms,
    /// When the request that the decision is about reached the client; `None` too where nobody can answer it now.
    pub reached: Option<Timestamp>,
}

/// How soon clients are answered, as agency.yaml promises.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnswerTerms {
    pub warn_after: Option<Term>,
    pub within: Option<Term>,
    /// Whose name stands over what is written to a client from here (SC-23).
    pub signed_by: SignedBy,
}

/// What a message needs to know of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientCard {
    pub client: ClientId,
    pub name: String,
    pub language: String,
    /// The confirmed chat.
    pub chat: Option<i64>,
    /// Where the client lives; `None`: where the agency is.
    pub zone: Option<Tz>,
    /// How many people of the client's we know.
    pub contacts: usize,
}

/// A command with everything that the domain must not ask for.
#[derive(Clone, Debug)]
pub struct Asked<C> {
    /// Unique for ever, such as `tg:<update>`; asked twice gives the first answer again.
    pub command_id: String,
    pub at: Timestamp,
    pub by: Actor,
    pub world: World,
    pub command: C,
}

/// Whether the outside world did something, or the engine drew a conclusion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    Input,
    Derived,
}

/// An event together with all that the log knows of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact<E> {
    /// Place in the whole log, from 1, without gaps.
    pub position: i64,
    pub stream: StreamId,
    /// Place in the stream, from 1, without gaps.
    pub version: i64,
    pub command_id: String,
    /// Position of the fact that this one follows from.
    pub cause: Option<i64>,
    pub origin: Origin,
    pub by: Actor,
    pub at: Timestamp,
    pub event: E,
}
