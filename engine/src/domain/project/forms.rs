//! The forms of a project: which are out with the client, which came back, and in which version.

use std::collections::BTreeMap;

use super::event::{ContentRef, FilledBy, ProjectEvent};
use super::state::{Project, Status, Task};
use crate::domain::definition::{Form, ReminderClock, ReminderWhen, Term};
use crate::domain::{Actor, Fact, TaskId, Timestamp};

/// A form of a project as it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SentForm {
    /// The task whose button sent it last.
    pub task: Option<TaskId>,
    /// How often it was sent.
    pub sendings: u32,
    /// Links of this sending and of those before it are closed.
    pub closed: u32,
    /// Since when the client has it unanswered: the anchor of its reminder (T1). Sending again does not move it.
    pub waiting_since: Option<Timestamp>,
    pub last_sent: Option<Timestamp>,
    /// The latest version that came back.
    pub received: Option<ReceivedForm>,
    /// When the client last asked for help with it.
    pub help_asked: Option<Timestamp>,
}

/// A form that came back.
#[derive(Clone, Debug, PartialEq)]
pub struct ReceivedForm {
    /// From 1.
    pub version: u32,
    pub content: ContentRef,
    pub at: Timestamp,
    /// After its reminder was due (PF-90).
    pub late: bool,
    pub by: FilledBy,
    pub actor: Actor,
}

impl Project {
    /// The form called `id`, as the project's definition has it.
    pub fn form(&self, id: &str) -> Option<&Form> {
        self.opened.as_ref()?.definition.forms.iter().find(|form| form.id == id)
    }

    /// Where the form called `id` stands.
    pub fn sent_form(&self, id: &str) -> SentForm {
        self.forms.get(id).cloned().unwrap_or_default()
    }

    /// The latest version of a form that came back.
    pub fn received_form(&self, id: &str) -> Option<&ReceivedForm> {
        self.forms.get(id)?.received.as_ref()
    }

    /// How long the client has for a form before the first reminder about it.
    pub fn form_term(&self, id: &str) -> Option<Term> {
        let definition = &self.opened.as_ref()?.definition;
        let reminders = definition.tasks().flat_map(|task| &task.remind);
        let mut of_form = reminders
            .filter(|found| found.when == ReminderWhen::FormNotReceived && found.form.as_deref() == Some(id));

        of_form.find_map(|found| match found.clock {
            ReminderClock::After(term) => Some(term),
            ReminderClock::BeforeDue(_) | ReminderClock::BeforePeriodEnd(_) => None,
        })
    }

    /// The forms that changed since work on this task began (AG-12).
    pub fn changed_forms(&self, task: &Task) -> Vec<&Form> {
        if !task.started || task.status == Status::Cancelled {
            return Vec::new();
        }
        let changed =
            |form: &String, then: &u32| self.received_form(form).is_some_and(|now| now.version > *then);
        let ids = task.briefs.iter().filter(|(form, then)| changed(form, then));
        ids.filter_map(|(form, _)| self.form(form)).collect()
    }

    /// The versions that are there now: what a task that starts is built on.
    pub(super) fn form_versions(&self) -> BTreeMap<String, u32> {
        let versions = self
            .forms
            .iter()
            .filter_map(|(form, state)| Some((form.clone(), state.received.as_ref()?.version)));
        versions.collect()
    }

    pub(super) fn apply_form(&mut self, fact: &Fact<ProjectEvent>) {
        if let ProjectEvent::FormSent { task, form, sending } = &fact.event {
            let state = self.forms.entry(form.clone()).or_default();
            state.task = Some(task.clone());
            state.sendings = *sending;
            state.waiting_since = state.waiting_since.or(Some(fact.at));
            state.last_sent = Some(fact.at);
        }
        if let ProjectEvent::FormReceived { form, version, content, late, by, .. } = &fact.event {
            let state = self.forms.entry(form.clone()).or_default();
            state.closed = state.sendings;
            state.waiting_since = None;
            state.received = Some(ReceivedForm {
                version: *version,
                content: content.clone(),
                at: fact.at,
                late: *late,
                by: *by,
                actor: fact.by.clone(),
            });
        }
        if let ProjectEvent::HelpAsked { form, .. } = &fact.event {
            self.forms.entry(form.clone()).or_default().help_asked = Some(fact.at);
        }
    }
}

impl SentForm {
    /// The client has it and has not handed it in.
    pub fn is_out(&self) -> bool {
        self.waiting_since.is_some()
    }

    /// Whether a link of this sending still leads to an open form.
    pub fn is_open(&self, sending: u32) -> bool {
        self.is_out() && sending > self.closed && sending <= self.sendings
    }
}
