//! What a project is, folded from its events.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::access::Access;
use super::agreement::Agreement;
use super::clocks::{Clocks, Rests};
use super::comment::Comment;
use super::event::{ContentRef, ProjectEvent};
use super::forms::SentForm;
use super::handoff::Handoff;
use super::override_gate::Overridden;
use super::payment::Payment;
use super::period::ProjectPeriod;
use super::set_priority::Priority;
use super::time::TimeEntry;
use crate::domain::definition::{self, Definition, Gate};
use crate::domain::field::Value;
use crate::domain::money::Money;
use crate::domain::{Actor, ClientId, Fact, PersonId, ProjectId, Round, TaskId, Timestamp};

/// A project as it stands.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// Version of the stream; 0 before it is opened.
    pub version: i64,
    pub opened: Option<Opened>,
    /// Those of later periods stand after those of earlier ones.
    pub tasks: Vec<Task>,
    /// Nothing more will be worked on: all tasks are over, or it was closed.
    pub completed: bool,
    /// Since when the project is paused.
    pub paused: Option<Timestamp>,
    /// Pauses of the project that are over.
    pub rests: Rests,
    /// What the client was promised, by task; without a task, about the project.
    pub promises: BTreeMap<Option<TaskId>, Promise>,
    /// Form to where it stands.
    pub forms: BTreeMap<String, SentForm>,
    /// Empty unless the service repeats.
    pub periods: Vec<ProjectPeriod>,
    pub payments: Vec<Payment>,
    pub expenses: Vec<Expense>,
    /// What it cost before a result set the price.
    pub price_before: Option<(TaskId, Option<Money>)>,
    /// How it was closed before its last task.
    pub closed: Option<Closed>,
    /// Tasks that no template has, each with the one that it was put after, in the order in which they came.
    pub inserted: Vec<(TaskId, TaskId)>,
    /// Gates that were passed by somebody's word.
    pub overrides: Vec<Overridden>,
    /// Worked time, also what was taken back.
    pub time: Vec<TimeEntry>,
    /// When it was over.
    pub ended: Option<Timestamp>,
    /// Texts that the client was asked to agree to, by the name of their message (PF-80).
    pub agreements: BTreeMap<String, Agreement>,
    /// What sales promised, and what production says to it (PF-76).
    pub handoff: Handoff,
    /// Accesses that were asked for or came in, by item (PF-86).
    pub accesses: BTreeMap<String, Access>,
}

/// How a project ended before its last task.
#[derive(Clone, Debug, PartialEq)]
pub struct Closed {
    pub reason: Option<ContentRef>,
    pub lost: bool,
    /// Tasks that were ready or open then.
    pub left: Vec<TaskId>,
}

/// Money that the agency spent on a project.
#[derive(Clone, Debug, PartialEq)]
pub struct Expense {
    pub task: TaskId,
    pub field: String,
    pub amount: Money,
    pub at: Timestamp,
}

/// A next step that the client was promised.
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    /// By the end of this day.
    pub by: NaiveDate,
    pub what: ContentRef,
    /// The day has passed, and the PM was told.
    pub missed: bool,
}

/// What was settled when the project was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    pub project: ProjectId,
    pub client: ClientId,
    pub definition: Arc<Definition>,
    pub assigned: BTreeMap<String, PersonId>,
    pub price: Option<Money>,
    pub at: Timestamp,
}

/// A task as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    pub id: TaskId,
    pub status: Status,
    pub round: Round,
    pub due: Option<Timestamp>,
    /// The PM set it: neither pauses nor holidays move it.
    pub due_by_hand: bool,
    pub priority: Priority,
    pub values: BTreeMap<String, Value>,
    pub ticked: BTreeSet<u32>,
    /// What was written down with a tick (PF-78, PF-79).
    pub notes: BTreeMap<u32, ContentRef>,
    pub pressed: BTreeSet<String>,
    pub confirmed: BTreeSet<Gate>,
    /// Who handed the result over last.
    pub submitted_by: Option<Actor>,
    pub result_sha256: Option<String>,
    /// The client's standing decision on the latest round decided.
    pub decision: Option<Decision>,
    /// Remarks of the latest return or send-back.
    pub remarks: Vec<ContentRef>,
    /// What people who may not decide said beside them.
    pub asides: Vec<(PersonId, ContentRef)>,
    /// What people said under it, the earliest first.
    pub comments: Vec<Comment>,
    pub taking_remarks: bool,
    /// When the silence of the client was taken for consent, and in which round.
    pub deemed: Option<(Round, Timestamp)>,
    /// When things happened, for the timers.
    pub clocks: Clocks,
    /// Whether work on this task ever began.
    pub started: bool,
    /// The versions of the forms when work began last: what the work is built on (AG-12).
    pub briefs: BTreeMap<String, u32>,
}

/// The status of a task; the same words for every template (HOUSE 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Waiting,
    Ready,
    InProgress,
    Paused,
    InReview,
    AwaitingApproval,
    Rework,
    Completed,
    Cancelled,
}

impl Status {
    /// The word for machines, such as `in_progress`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Ready => "ready",
            Self::InProgress => "in_progress",
            Self::Paused => "paused",
            Self::InReview => "in_review",
            Self::AwaitingApproval => "awaiting_approval",
            Self::Rework => "rework",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Work or a decision is under way; in a sequential project at most one task is open.
    pub fn is_open(self) -> bool {
        match self {
            Self::InProgress | Self::Paused | Self::InReview | Self::AwaitingApproval | Self::Rework => true,
            Self::Waiting | Self::Ready | Self::Completed | Self::Cancelled => false,
        }
    }

    /// Nothing more will happen.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Completed | Self::Cancelled)
    }
}

/// A decision of the client.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    pub round: Round,
    pub approved: bool,
    pub person: PersonId,
    pub at: Timestamp,
    pub result_sha256: String,
    /// It can no longer be undone.
    pub settled: bool,
}

impl Project {
    /// The task called `id`, or one that was called so before.
    pub fn task(&self, id: &TaskId) -> Option<&Task> {
        self.tasks.iter().find(|task| task.id == *id)
    }

    /// The template's side of a task, whatever its period.
    pub fn plan(&self, id: &TaskId) -> Option<&definition::Task> {
        self.opened.as_ref()?.definition.tasks().find(|task| task.id == id.plan_id())
    }

    /// The person who holds `role` here.
    pub fn holder(&self, role: &str) -> Option<&PersonId> {
        self.opened.as_ref()?.assigned.get(role)
    }

    /// Whether somebody holds a role here (SC-35).
    pub fn has_member(&self, person: &PersonId) -> bool {
        self.opened.as_ref().is_some_and(|opened| opened.assigned.values().any(|holder| holder == person))
    }

    /// The person who does the task.
    pub fn assignee(&self, id: &TaskId) -> Option<&PersonId> {
        self.holder(&self.plan(id)?.assignee)
    }

    /// The person who checks the task.
    pub fn auditor(&self, id: &TaskId) -> Option<&PersonId> {
        self.holder(self.plan(id)?.auditor.as_deref()?)
    }

    /// The state with one more fact.
    #[must_use]
    pub fn with(mut self, fact: &Fact<ProjectEvent>) -> Self {
        self.version = fact.version;
        if let ProjectEvent::RoleAssigned { role, person } = &fact.event
            && let Some(opened) = &mut self.opened
        {
            opened.assigned.insert(role.clone(), person.clone());
            self.offer(role, fact.at);
        }
        self.note_promise(&fact.event);
        self.note_pause(&fact.event, fact.at);
        self.completed |= fact.event == ProjectEvent::ProjectCompleted;
        if matches!(fact.event, ProjectEvent::ProjectOpened { .. }) {
            self.open(fact);
        }
        let task = fact.event.task();
        if let Some(task) = self.tasks.iter_mut().find(|found| Some(&found.id) == task) {
            task.apply(&fact.event, fact);
        }
        if let ProjectEvent::TaskStarted { task, .. } = &fact.event {
            let briefs = self.form_versions();
            if let Some(task) = self.tasks.iter_mut().find(|found| found.id == *task) {
                task.briefs = briefs;
            }
        }
        self.apply_form(fact);
        self.apply_period(&fact.event, fact.at);
        self.apply_payment(fact);
        self.apply_money(fact);
        self.apply_override(fact);
        self.apply_order(fact);
        self.apply_time(fact);
        self.apply_agreement(fact);
        self.apply_handoff(fact);
        self.apply_access(fact);
        self
    }

    /// Tasks that wait for their assignee wait for another one from now on.
    fn offer(&mut self, role: &str, at: Timestamp) {
        let Some(opened) = &self.opened else { return };
        for task in self.tasks.iter_mut().filter(|task| task.status == Status::Ready) {
            let plan = opened.definition.tasks().find(|plan| plan.id == task.id.plan_id());
            if plan.is_some_and(|plan| plan.assignee == role) {
                task.clocks.offer(at);
            }
        }
    }

    fn note_pause(&mut self, event: &ProjectEvent, at: Timestamp) {
        if matches!(event, ProjectEvent::ProjectPaused { .. }) {
            self.paused = Some(at);
        }
        if matches!(event, ProjectEvent::ProjectResumed) {
            self.rests.extend(self.paused.take().map(|from| (from, at)));
        }
    }

    /// Price, expenses and the end; an approval that is taken back takes its expenses with it.
    fn apply_money(&mut self, fact: &Fact<ProjectEvent>) {
        if let ProjectEvent::PriceSet { task, price } = &fact.event
            && let Some(opened) = &mut self.opened
        {
            let undone = self.price_before.take().is_some_and(|(before, _)| before == *task);
            let before = std::mem::replace(&mut opened.price, price.clone());
            self.price_before = (!undone).then(|| (task.clone(), before));
        }
        if let ProjectEvent::ExpenseBooked { task, field, amount } = &fact.event {
            let (task, field, amount) = (task.clone(), field.clone(), amount.clone());
            self.expenses.push(Expense { task, field, amount, at: fact.at });
        }
        if let ProjectEvent::DecisionUndone { task, approved: true, .. } = &fact.event {
            self.expenses.retain(|expense| expense.task != *task);
        }
        if let ProjectEvent::ProjectClosed { reason, lost } = &fact.event {
            self.close(reason.clone(), *lost);
        }
    }

    fn close(&mut self, reason: Option<ContentRef>, lost: bool) {
        self.completed = true;
        let mut left = Vec::new();
        for task in self.tasks.iter_mut().filter(|task| !task.status.is_over()) {
            if task.status != Status::Waiting {
                left.push(task.id.clone());
            }
            task.status = Status::Cancelled;
        }
        self.closed = Some(Closed { reason, lost, left });
    }

    fn open(&mut self, fact: &Fact<ProjectEvent>) {
        let ProjectEvent::ProjectOpened { project, client, definition, assigned, price } = &fact.event else {
            return;
        };
        self.opened = Some(Opened {
            project: project.clone(),
            client: client.clone(),
            definition: Arc::clone(definition),
            assigned: assigned.clone(),
            price: price.clone(),
            at: fact.at,
        });
        self.tasks = self.tasks_planned(1);
        let repeats = self.repeats().is_some();
        self.periods = repeats.then_some(ProjectPeriod::new(1)).into_iter().collect();
    }
}

impl Task {
    /// A task whose turn has not come.
    pub fn new(id: TaskId) -> Self {
        Self {
            id,
            status: Status::Waiting,
            round: 1,
            due: None,
            due_by_hand: false,
            priority: Priority::default(),
            values: BTreeMap::new(),
            ticked: BTreeSet::new(),
            notes: BTreeMap::new(),
            pressed: BTreeSet::new(),
            confirmed: BTreeSet::new(),
            submitted_by: None,
            result_sha256: None,
            decision: None,
            remarks: Vec::new(),
            asides: Vec::new(),
            comments: Vec::new(),
            taking_remarks: false,
            deemed: None,
            clocks: Clocks::default(),
            started: false,
            briefs: BTreeMap::new(),
        }
    }

    /// SHA-256 over the values, in the order of their ids: what a decision is bound to.
    pub fn fingerprint(&self) -> String {
        let bytes = serde_json::to_vec(&self.values).unwrap_or_default();
        hex::encode(Sha256::digest(bytes))
    }

    /// The client said yes to exactly what the task holds now, or his silence was taken for that.
    pub fn is_approved(&self) -> bool {
        let said = self.decision.as_ref().filter(|decision| decision.approved);
        let said = said.map(|decision| decision.result_sha256.as_str());
        let deemed = self.deemed.filter(|(round, _)| *round == self.round);
        let yes = said.or_else(|| deemed.and(self.result_sha256.as_deref()));
        self.status == Status::Completed && yes == Some(self.fingerprint().as_str())
    }

    fn fill(&mut self, field: &str, value: Option<&Value>) {
        match value {
            Some(value) => self.values.insert(field.to_owned(), value.clone()),
            None => self.values.remove(field),
        };
    }

    #[expect(clippy::too_many_lines, reason = "a list: a line for each fact")]
    fn apply(&mut self, event: &ProjectEvent, fact: &Fact<ProjectEvent>) {
        self.clocks.apply(event, fact.at);
        match event {
            ProjectEvent::TaskReady { due, .. } => {
                (self.status, self.due, self.due_by_hand) = (Status::Ready, *due, false);
            }
            ProjectEvent::DueMoved { due, .. } => self.due = Some(*due),
            ProjectEvent::PrioritySet { priority, .. } => self.priority = *priority,
            ProjectEvent::DueSet { due, .. } => (self.due, self.due_by_hand) = (Some(*due), true),
            ProjectEvent::TaskUnreadied { .. } => (self.status, self.due) = (Status::Waiting, None),
            ProjectEvent::TaskStarted { .. } => {
                self.status = Status::InProgress;
                self.started = true;
                self.settle();
            }
            ProjectEvent::TaskResumed { .. } => self.status = Status::InProgress,
            ProjectEvent::TaskPaused { .. } => self.status = Status::Paused,
            ProjectEvent::FieldSet { field, value, .. } => self.fill(field, Some(value)),
            ProjectEvent::FieldCleared { field, .. } => self.fill(field, None),
            ProjectEvent::ItemTicked { item, done, note, .. } => self.tick(*item, *done, note.as_ref()),
            ProjectEvent::ButtonPressed { button, .. } => {
                self.pressed.insert(button.clone());
            }
            ProjectEvent::GateConfirmed { gate, .. } | ProjectEvent::GateOverridden { gate, .. } => {
                self.confirmed.insert(gate.clone());
            }
            ProjectEvent::TaskSubmitted { result_sha256, .. } => self.submit(result_sha256, &fact.by),
            ProjectEvent::TaskReturned { round, remark, due, .. } => {
                self.rework(*round, *due);
                self.remarks.extend(remark.clone());
            }
            ProjectEvent::ApprovalAsked { .. } => self.status = Status::AwaitingApproval,
            ProjectEvent::TaskCompleted { .. } => self.status = Status::Completed,
            ProjectEvent::TaskCancelled { .. } => self.status = Status::Cancelled,
            ProjectEvent::TaskApproved { .. }
            | ProjectEvent::TaskSentBack { .. }
            | ProjectEvent::RemarkAdded { .. }
            | ProjectEvent::RemarksClosed { .. }
            | ProjectEvent::DecisionUndone { .. }
            | ProjectEvent::DecisionSettled { .. } => self.apply_decision(event, fact.at),
            ProjectEvent::ApprovalDeemed { round, .. } => self.deemed = Some((*round, fact.at)),
            ProjectEvent::Commented { text, file, to_client, .. } => {
                let (by, at) = (fact.by.clone(), fact.at);
                let (text, file, to_client) = (text.clone(), file.clone(), *to_client);
                self.comments.push(Comment { by, at, text, file, to_client });
            }
            ProjectEvent::TaskAccepted { .. }
            | ProjectEvent::ProjectOpened { .. }
            | ProjectEvent::RoleAssigned { .. }
            | ProjectEvent::ReminderSent { .. }
            | ProjectEvent::TaskOverdue { .. }
            | ProjectEvent::TaskUnaccepted { .. }
            | ProjectEvent::SilencePutOff { .. }
            | ProjectEvent::TaskDeclined { .. }
            | ProjectEvent::NextStepPromised { .. }
            | ProjectEvent::PromiseKept { .. }
            | ProjectEvent::PromiseMissed { .. }
            | ProjectEvent::ProjectPaused { .. }
            | ProjectEvent::ProjectResumed
            | ProjectEvent::FormSent { .. }
            | ProjectEvent::FormReceived { .. }
            | ProjectEvent::HelpAsked { .. }
            | ProjectEvent::PeriodOpened { .. }
            | ProjectEvent::PeriodBegan { .. }
            | ProjectEvent::PeriodAnnounced { .. }
            | ProjectEvent::PaymentExpected { .. }
            | ProjectEvent::PaymentInvoiced { .. }
            | ProjectEvent::PaymentReceived { .. }
            | ProjectEvent::PaymentCancelled { .. }
            | ProjectEvent::PriceSet { .. }
            | ProjectEvent::ExpenseBooked { .. }
            | ProjectEvent::AuditOverridden { .. }
            | ProjectEvent::TaskInserted { .. }
            | ProjectEvent::DefinitionChanged { .. }
            | ProjectEvent::TimeAdded { .. }
            | ProjectEvent::TimeCancelled { .. }
            | ProjectEvent::ProjectClosed { .. }
            | ProjectEvent::RulesSent { .. }
            | ProjectEvent::RulesAcknowledged { .. }
            | ProjectEvent::SalesPromised { .. }
            | ProjectEvent::HandoffAccepted
            | ProjectEvent::HandoffReturned { .. }
            | ProjectEvent::AccessAsked { .. }
            | ProjectEvent::AccessReceived { .. }
            | ProjectEvent::AccessViewed { .. }
            | ProjectEvent::AccessesPurged { .. }
            | ProjectEvent::ProjectCompleted => {}
        }
    }

    fn submit(&mut self, result_sha256: &str, by: &Actor) {
        self.status = Status::InReview;
        self.submitted_by = Some(by.clone());
        self.result_sha256 = Some(result_sha256.to_owned());
    }

    fn tick(&mut self, item: u32, done: bool, note: Option<&ContentRef>) {
        if done {
            self.ticked.insert(item);
            self.notes.extend(note.map(|note| (item, note.clone())));
        } else {
            self.ticked.remove(&item);
            self.notes.remove(&item);
        }
    }

    fn apply_decision(&mut self, event: &ProjectEvent, at: Timestamp) {
        if let ProjectEvent::TaskApproved { round, person, result_sha256, .. } = event {
            self.decide(*round, true, person, result_sha256, at);
        }
        if let ProjectEvent::TaskSentBack { round, person, result_sha256, due, .. } = event {
            self.decide(*round, false, person, result_sha256, at);
            self.rework(*round, *due);
            self.taking_remarks = true;
        }
        if let ProjectEvent::RemarkAdded { remark, person, aside, .. } = event {
            if *aside {
                self.asides.push((person.clone(), remark.clone()));
            } else {
                self.remarks.push(remark.clone());
            }
        }
        if matches!(event, ProjectEvent::RemarksClosed { .. }) {
            self.taking_remarks = false;
        }
        if let ProjectEvent::DecisionUndone { round, .. } = event {
            self.status = Status::AwaitingApproval;
            self.round = *round;
            self.decision = None;
            self.taking_remarks = false;
            // The remarks stay until the next send-back, so that the note about them can be closed.
        }
        if matches!(event, ProjectEvent::DecisionSettled { .. }) {
            self.settle();
        }
    }

    fn decide(&mut self, round: Round, approved: bool, person: &PersonId, sha256: &str, at: Timestamp) {
        self.decision = Some(Decision {
            round,
            approved,
            person: person.clone(),
            at,
            result_sha256: sha256.to_owned(),
            settled: false,
        });
    }

    fn rework(&mut self, round: Round, due: Option<Timestamp>) {
        self.status = Status::Rework;
        self.round = round + 1;
        (self.due, self.due_by_hand) = (due, false);
        self.remarks.clear();
        self.asides.clear();
    }

    fn settle(&mut self) {
        if let Some(decision) = &mut self.decision {
            decision.settled = true;
        }
    }
}
