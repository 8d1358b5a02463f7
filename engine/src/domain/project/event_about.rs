//! What can be said of an event without the state: its task, and who concluded it.

use super::event::ProjectEvent;
use crate::domain::TaskId;

impl ProjectEvent {
    /// The task that the event speaks of.
    pub fn task(&self) -> Option<&TaskId> {
        match self {
            Self::ProjectOpened { .. }
            | Self::RoleAssigned { .. }
            | Self::ProjectPaused { .. }
            | Self::ProjectResumed
            | Self::ProjectCompleted
            | Self::FormReceived { .. }
            | Self::PeriodOpened { .. }
            | Self::PeriodBegan { .. }
            | Self::PeriodAnnounced { .. }
            | Self::PaymentExpected { .. }
            | Self::PaymentInvoiced { .. }
            | Self::PaymentReceived { .. }
            | Self::PaymentCancelled { .. }
            | Self::DefinitionChanged { .. }
            | Self::ProjectClosed { .. }
            | Self::SalesPromised { .. }
            | Self::HandoffAccepted
            | Self::HandoffReturned { .. }
            | Self::AccessReceived { .. }
            | Self::AccessViewed { .. }
            | Self::AccessesPurged { .. } => None,
            Self::NextStepPromised { task, .. }
            | Self::PromiseKept { task }
            | Self::PromiseMissed { task, .. } => task.as_ref(),
            Self::PriceSet { task, .. }
            | Self::ExpenseBooked { task, .. }
            | Self::GateOverridden { task, .. }
            | Self::AuditOverridden { task, .. }
            | Self::TaskInserted { task, .. }
            | Self::Commented { task, .. }
            | Self::DueSet { task, .. }
            | Self::PrioritySet { task, .. }
            | Self::TimeAdded { task, .. }
            | Self::TimeCancelled { task, .. }
            | Self::TaskReady { task, .. }
            | Self::TaskStarted { task, .. }
            | Self::TaskPaused { task }
            | Self::TaskResumed { task }
            | Self::FieldSet { task, .. }
            | Self::FieldCleared { task, .. }
            | Self::ItemTicked { task, .. }
            | Self::ButtonPressed { task, .. }
            | Self::GateConfirmed { task, .. }
            | Self::TaskSubmitted { task, .. }
            | Self::TaskAccepted { task, .. }
            | Self::TaskReturned { task, .. }
            | Self::ApprovalAsked { task, .. }
            | Self::TaskApproved { task, .. }
            | Self::TaskSentBack { task, .. }
            | Self::RemarkAdded { task, .. }
            | Self::RemarksClosed { task, .. }
            | Self::DecisionUndone { task, .. }
            | Self::DecisionSettled { task, .. }
            | Self::TaskCompleted { task, .. }
            | Self::TaskUnreadied { task }
            | Self::ReminderSent { task, .. }
            | Self::TaskOverdue { task, .. }
            | Self::TaskUnaccepted { task }
            | Self::SilencePutOff { task, .. }
            | Self::DueMoved { task, .. }
            | Self::TaskDeclined { task, .. }
            | Self::ApprovalDeemed { task, .. }
            | Self::TaskCancelled { task, .. }
            | Self::FormSent { task, .. }
            | Self::HelpAsked { task, .. }
            | Self::RulesSent { task, .. }
            | Self::RulesAcknowledged { task, .. }
            | Self::AccessAsked { task, .. } => Some(task),
        }
    }

    /// Whether the engine concludes this by itself.
    pub fn is_derived(&self) -> bool {
        matches!(
            self,
            Self::TaskReady { .. }
                | Self::ApprovalAsked { .. }
                | Self::DecisionSettled { .. }
                | Self::TaskCompleted { .. }
                | Self::TaskUnreadied { .. }
                | Self::DueMoved { .. }
                | Self::ProjectCompleted
                | Self::FormSent { .. }
                | Self::RulesSent { .. }
                | Self::AccessesPurged { .. }
                | Self::PeriodOpened { asked: false, .. }
                | Self::ProjectClosed { lost: true, .. }
                | Self::PeriodBegan { .. }
                | Self::PaymentExpected { .. }
                | Self::PriceSet { .. }
                | Self::ExpenseBooked { .. }
        )
    }
}
