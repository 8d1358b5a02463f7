//! Defaults of three levels (agency, template, task) and reminders.

use engine::domain::definition::{Approval, Reminder, ReminderClock, ReminderWhen, Term};

use crate::format::{DEFAULTS, REMINDER, REPEAT};
use crate::known::{Known, When};
use crate::moments::Moment;
use crate::problem::Notes;
use crate::walk::Keys;
use crate::yaml::Node;

pub(crate) const APPROVALS: [(&str, Approval); 2] =
    [("required", Approval::Required), ("none", Approval::None)];
pub(crate) const CONDITIONS: [(&str, ReminderWhen); 7] = [
    ("form not received", ReminderWhen::FormNotReceived),
    ("approval not given", ReminderWhen::ApprovalNotGiven),
    ("payment not received", ReminderWhen::PaymentNotReceived),
    ("task not started", ReminderWhen::TaskNotStarted),
    ("task not finished", ReminderWhen::TaskNotFinished),
    ("rules not acknowledged", ReminderWhen::RulesNotAcknowledged),
    ("access not received", ReminderWhen::AccessNotReceived),
];

/// Who checks a result.
#[derive(Clone, Debug)]
pub(crate) enum Auditor {
    Nobody,
    Role(String),
}

impl Auditor {
    /// The role, if somebody checks.
    pub fn role(self) -> Option<String> {
        match self {
            Self::Nobody => None,
            Self::Role(role) => Some(role),
        }
    }
}

/// What every task takes that does not say otherwise.
#[derive(Clone, Debug, Default)]
pub(crate) struct Defaults {
    pub assignee: Option<String>,
    pub auditor: Option<Auditor>,
    pub approval: Option<Approval>,
    pub remind: Vec<Reminder>,
}

impl Defaults {
    /// These defaults with those of the level below laid over them.
    pub fn under(&self, below: Self) -> Self {
        Self {
            assignee: below.assignee.or_else(|| self.assignee.clone()),
            auditor: below.auditor.or_else(|| self.auditor.clone()),
            approval: below.approval.or(self.approval),
            remind: merge(&self.remind, below.remind),
        }
    }
}

/// Reminders of two levels: one with the same `if` replaces that of the level above.
pub(crate) fn merge(above: &[Reminder], below: Vec<Reminder>) -> Vec<Reminder> {
    let replaced = |reminder: &Reminder| below.iter().any(|new| new.when == reminder.when);
    let kept: Vec<Reminder> = above.iter().filter(|reminder| !replaced(reminder)).cloned().collect();
    kept.into_iter().chain(below).collect()
}

/// Reads a block `defaults`.
pub(crate) fn read_defaults(notes: &mut Notes<'_>, known: &Known<'_>, node: &Node) -> Option<Defaults> {
    let keys = notes.block(node, "`defaults`", &DEFAULTS)?;
    Some(Defaults {
        assignee: keys.get("assignee").and_then(|node| notes.role(known, node)),
        auditor: keys.get("auditor").and_then(|node| notes.auditor(known, node)),
        approval: keys.get("approval").and_then(|node| notes.choice(node, &APPROVALS)),
        remind: keys.get("remind").map(|node| read_reminders(notes, known, node)).unwrap_or_default(),
    })
}

/// Reads a list `remind`.
pub(crate) fn read_reminders(notes: &mut Notes<'_>, known: &Known<'_>, node: &Node) -> Vec<Reminder> {
    let items = notes.list(node);
    items.iter().filter_map(|item| read_reminder(notes, known, item)).collect()
}

fn read_reminder(notes: &mut Notes<'_>, known: &Known<'_>, node: &Node) -> Option<Reminder> {
    let keys = notes.block(node, "this reminder", &REMINDER)?;
    let when = keys.get("if").and_then(|node| notes.choice(node, &CONDITIONS));
    let form = keys.get("form").and_then(|node| notes.form(known, node));
    let access = keys.get("access").and_then(|node| notes.id(node));
    let clock = read_clock(notes, &keys);
    let (client, staff) = (When::plain(Moment::Reminder), When::plain(Moment::StaffReminder));
    let tell_client = keys.get("tell_client").and_then(|node| notes.message(known, node, &client));
    let tell_staff = keys.get("tell_staff").and_then(|node| notes.message(known, node, &staff));
    let then_tell_staff = keys.get("then_tell_staff").and_then(|node| notes.message(known, node, &staff));
    let repeat = keys.get("repeat").and_then(|node| read_repeat(notes, node));
    Some(Reminder {
        when: when?,
        form,
        access,
        clock: clock?,
        tell_client,
        tell_staff,
        repeat,
        then_tell_staff,
    })
}

/// A maker of one sort of clock.
type Clock = fn(Term) -> ReminderClock;

const CLOCKS: [(&str, Clock); 3] = [
    ("after", ReminderClock::After),
    ("before_due", ReminderClock::BeforeDue),
    ("before_period_end", ReminderClock::BeforePeriodEnd),
];

/// The first of them; that there is one and no more, the declaration demands.
fn read_clock(notes: &mut Notes<'_>, keys: &Keys<'_>) -> Option<ReminderClock> {
    let found = CLOCKS.iter().find_map(|(key, clock)| Some((*key, *clock, keys.get(key)?)));
    found.and_then(|(key, clock, node)| notes.term(node, key).map(clock))
}

fn read_repeat(notes: &mut Notes<'_>, node: &Node) -> Option<(Term, u32)> {
    let keys = notes.block(node, "`repeat`", &REPEAT)?;
    let every = keys.get("every").and_then(|node| notes.term(node, "every"));
    let times = keys.get("times").and_then(|node| notes.count(node));
    Some((every?, times?))
}
