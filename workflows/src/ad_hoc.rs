//! A task that no template has: what it asks for, and the reminders that tasks of its project have.

use engine::domain::definition::{
    Approval, Field, FieldKind, Kind, Months, Reminder, ReminderWhen, Stage, Task, Term, Text,
};

use crate::field::brought;

/// What somebody said of the task.
pub struct AdHoc {
    pub id: String,
    pub title: String,
    /// The role that does it.
    pub role: String,
    pub due: Option<Term>,
    /// Whether the client decides on the result.
    pub needs_approval: bool,
}

impl AdHoc {
    /// The plan of the task in a project with these stages.
    pub fn plan(self, stages: &[Stage]) -> Task {
        let approval = if self.needs_approval { Approval::Required } else { Approval::None };
        let finish = if self.needs_approval { "task-finished" } else { "task-finished-info" };
        let mut what = vec![ReminderWhen::TaskNotFinished];
        what.extend(self.needs_approval.then_some(ReminderWhen::ApprovalNotGiven));
        let remind =
            what.into_iter().filter(|when| self.due.is_some() || *when != ReminderWhen::TaskNotFinished);
        let remind = remind.filter_map(|when| usual(stages, when)).collect();
        Task {
            id: self.id,
            was: Vec::new(),
            title: Text::plain(&self.title),
            kind: Kind::Work,
            months: Months::First,
            after: None,
            // Nobody checks his own work: what the PM does goes on without a check.
            auditor: (self.role != "pm").then(|| "pm".to_owned()),
            assignee: self.role,
            minutes: 0,
            time: Vec::new(),
            inputs: Vec::new(),
            due: self.due,
            approval,
            approve_after_silence: None,
            rework_rounds: None,
            stays_open: false,
            start_message: Some("task-started".to_owned()),
            finish_message: Some(finish.to_owned()),
            instructions: None,
            checklist: Vec::new(),
            result: result(),
            buttons: Vec::new(),
            start_needs: Vec::new(),
            finish_needs: Vec::new(),
            remind,
            pays_for: None,
            amount: None,
            ends_project_if: None,
        }
    }
}

/// What was done in words, and files if there are any; the client sees both.
fn result() -> Vec<Field> {
    vec![brought("done", FieldKind::LongText, true, true), brought("files", FieldKind::Files, false, true)]
}

/// The reminder of that kind that other tasks of the project have.
fn usual(stages: &[Stage], when: ReminderWhen) -> Option<Reminder> {
    let mut reminders = stages.iter().flat_map(|stage| &stage.tasks).flat_map(|task| &task.remind);
    reminders.find(|reminder| reminder.when == when).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    fn banner(needs_approval: bool, role: &str) -> Task {
        let smm = Catalogue::embedded().ok().and_then(|catalogue| catalogue.definition("smm")).unwrap();
        let (id, title, role) = ("banner".to_owned(), "Банер".to_owned(), role.to_owned());
        let due = crate::values::read_term("2 business days");
        AdHoc { id, title, role, due, needs_approval }.plan(&smm.stages)
    }

    #[test]
    fn a_task_for_the_client_shows_something_and_is_reminded_of() {
        let plan = banner(true, "designer");
        assert!(plan.result.iter().any(|field| field.client_sees && field.required));
        let when: Vec<_> = plan.remind.iter().map(|reminder| reminder.when).collect();
        assert_eq!(when, [ReminderWhen::TaskNotFinished, ReminderWhen::ApprovalNotGiven]);
        assert_eq!(plan.auditor.as_deref(), Some("pm"));
    }

    #[test]
    fn what_the_pm_does_has_no_other_check() {
        let plan = banner(false, "pm");
        assert_eq!((plan.auditor, plan.approval), (None, Approval::None));
        assert_eq!(plan.finish_message.as_deref(), Some("task-finished-info"));
    }
}
