//! What can be asked of a project.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::event::ContentRef;
use crate::domain::definition::{Definition, Gate};
use crate::domain::field::Entered;
use crate::domain::money::Money;
use crate::domain::{ClientId, PersonId, ProjectId, Round, TaskId};

/// Orders to a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum ProjectCommand {
    OpenProject {
        project: ProjectId,
        client: ClientId,
        definition: Arc<Definition>,
        assigned: BTreeMap<String, PersonId>,
        price: Option<Money>,
    },
    AssignRole {
        role: String,
        person: PersonId,
    },
    StartTask {
        task: TaskId,
    },
    PauseTask {
        task: TaskId,
    },
    ResumeTask {
        task: TaskId,
    },
    /// All or nothing, in the order given.
    SetFields {
        task: TaskId,
        values: Vec<(String, Entered)>,
    },
    /// `item` from 1.
    TickItem {
        task: TaskId,
        item: u32,
        done: bool,
    },
    PressButton {
        task: TaskId,
        button: String,
    },
    ConfirmGate {
        task: TaskId,
        gate: Gate,
        comment: ContentRef,
    },
    SubmitTask {
        task: TaskId,
    },
    AcceptTask {
        task: TaskId,
        round: Option<Round>,
    },
    ReturnTask {
        task: TaskId,
        round: Option<Round>,
        remark: Option<ContentRef>,
    },
    CancelTask {
        task: TaskId,
        reason: ContentRef,
    },
    Approve {
        task: TaskId,
        round: Round,
    },
    SendBack {
        task: TaskId,
        round: Round,
    },
    AddRemark {
        task: TaskId,
        round: Round,
        remark: ContentRef,
    },
    CloseRemarks {
        task: TaskId,
        round: Round,
    },
    UndoDecision {
        task: TaskId,
        round: Round,
    },
    /// From a timer: the time to undo has passed.
    SettleDecision {
        task: TaskId,
        round: Round,
    },
}
