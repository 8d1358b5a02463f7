//! When things happened to a task or a project, as far as its timers need to know.

use std::collections::BTreeMap;

use super::event::ProjectEvent;
use crate::domain::{Round, Timestamp};

/// Pauses: from and until, in order, not overlapping.
pub type Rests = Vec<(Timestamp, Timestamp)>;

/// When things happened to a task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clocks {
    /// When its turn came.
    pub ready: Option<Timestamp>,
    /// Since when it waits for its assignee to start it.
    pub offered: Option<Timestamp>,
    /// The assignee said no; it waits for the PM.
    pub declined: bool,
    /// The PM was told that nobody starts it.
    pub unaccepted: bool,
    /// When work on the present round began.
    pub began: Option<Timestamp>,
    /// When the result was handed over last.
    pub submitted: Option<Timestamp>,
    /// When the client was asked to decide, or took a decision back.
    pub asked: Option<Timestamp>,
    /// From when its silence counts: later than that if the result reached it later.
    pub silent_since: Option<Timestamp>,
    /// When it was completed or left out.
    pub over: Option<Timestamp>,
    /// When the present due date was set.
    pub due_set: Option<Timestamp>,
    /// The staff was told that the due date has passed.
    pub overdue: bool,
    /// When the latest remark came, or the send-back before the first one.
    pub remarked: Option<Timestamp>,
    /// Since when it is paused.
    pub paused: Option<Timestamp>,
    /// Pauses that are over.
    pub rests: Rests,
    /// When each button was pressed first.
    pub pressed: BTreeMap<String, Timestamp>,
    /// When each rung was sent, by round and place of the reminder in the template.
    pub reminded: BTreeMap<(Round, u32), Vec<Timestamp>>,
}

impl Clocks {
    /// Notes what an event of this task means for its timers.
    #[expect(clippy::too_many_lines, reason = "a list: a line for each fact")]
    pub fn apply(&mut self, event: &ProjectEvent, at: Timestamp) {
        use ProjectEvent as E;
        match event {
            E::TaskReady { .. } => self.start_anew(at),
            E::TaskStarted { .. } => {
                (self.began, self.paused) = (Some(at), None);
                self.rests.clear();
            }
            E::TaskSubmitted { .. } => self.submitted = Some(at),
            E::TaskPaused { .. } => self.paused = Some(at),
            E::TaskResumed { .. } => self.rests.extend(self.paused.take().map(|from| (from, at))),
            E::ApprovalAsked { .. } | E::DecisionUndone { .. } => {
                (self.asked, self.silent_since) = (Some(at), Some(at));
            }
            E::SilencePutOff { since, .. } => self.silent_since = Some(*since),
            E::TaskReturned { .. } | E::DueSet { .. } => self.renew_due(at),
            E::TaskSentBack { .. } => {
                self.remarked = Some(at);
                self.renew_due(at);
            }
            E::RemarkAdded { aside: false, .. } => self.remarked = Some(at),
            E::ButtonPressed { button, .. } => {
                self.pressed.entry(button.clone()).or_insert(at);
            }
            E::ReminderSent { round, reminder, .. } => {
                self.reminded.entry((*round, *reminder)).or_default().push(at);
            }
            E::TaskOverdue { .. } => self.overdue = true,
            E::TaskCompleted { .. } | E::TaskCancelled { .. } => self.over = Some(at),
            E::TaskUnaccepted { .. } => self.unaccepted = true,
            E::TaskDeclined { .. } => self.declined = true,
            E::ProjectOpened { .. }
            | E::RoleAssigned { .. }
            | E::FieldSet { .. }
            | E::FieldCleared { .. }
            | E::ItemTicked { .. }
            | E::GateConfirmed { .. }
            | E::TaskAccepted { .. }
            | E::TaskApproved { .. }
            | E::RemarkAdded { aside: true, .. }
            | E::RemarksClosed { .. }
            | E::DecisionSettled { .. }
            | E::TaskUnreadied { .. }
            | E::ProjectCompleted
            | E::ApprovalDeemed { .. }
            | E::DueMoved { .. }
            | E::PrioritySet { .. }
            | E::Commented { .. }
            | E::NextStepPromised { .. }
            | E::PromiseKept { .. }
            | E::PromiseMissed { .. }
            | E::ProjectPaused { .. }
            | E::ProjectResumed
            | E::FormSent { .. }
            | E::FormReceived { .. }
            | E::HelpAsked { .. }
            | E::PeriodOpened { .. }
            | E::PeriodBegan { .. }
            | E::PeriodAnnounced { .. }
            | E::PaymentExpected { .. }
            | E::PaymentInvoiced { .. }
            | E::PaymentReceived { .. }
            | E::PaymentCancelled { .. }
            | E::PriceSet { .. }
            | E::ExpenseBooked { .. }
            | E::GateOverridden { .. }
            | E::AuditOverridden { .. }
            | E::TaskInserted { .. }
            | E::DefinitionChanged { .. }
            | E::TimeAdded { .. }
            | E::TimeCancelled { .. }
            | E::RulesSent { .. }
            | E::RulesAcknowledged { .. }
            | E::SalesPromised { .. }
            | E::HandoffAccepted
            | E::HandoffReturned { .. }
            | E::AccessAsked { .. }
            | E::AccessReceived { .. }
            | E::AccessViewed { .. }
            | E::AccessesPurged { .. }
            | E::ProjectClosed { .. } => {}
        }
    }

    /// Its turn comes, again or for the first time.
    fn start_anew(&mut self, at: Timestamp) {
        // Reminders of a payment run before its task is ready, and are not said again then.
        let (pressed, reminded) = (std::mem::take(&mut self.pressed), std::mem::take(&mut self.reminded));
        *self = Self { ready: Some(at), pressed, reminded, ..Self::default() };
        self.offer(at);
        self.renew_due(at);
    }

    /// It waits for somebody to start it, from now on.
    pub fn offer(&mut self, at: Timestamp) {
        self.offered = Some(at);
        (self.declined, self.unaccepted) = (false, false);
    }

    fn renew_due(&mut self, at: Timestamp) {
        self.due_set = Some(at);
        self.overdue = false;
    }
}

/// Pauses of two kinds as one list: in order, not overlapping.
pub fn merged(some: &[(Timestamp, Timestamp)], more: &[(Timestamp, Timestamp)]) -> Rests {
    let mut all: Rests = some.iter().chain(more).copied().collect();
    all.sort_unstable();
    let mut merged = Rests::new();
    for (from, until) in all {
        match merged.last_mut() {
            Some((_, end)) if from <= *end => *end = until.max(*end),
            _ => merged.push((from, until)),
        }
    }
    merged
}
