//! What a fact or a message becomes in the calendar.

use std::collections::BTreeSet;

use engine::domain::calendar::Calendar;
use engine::domain::definition::{ReminderWhen, Text};
use engine::domain::gate::{missing_to_finish, missing_to_start};
use engine::domain::project::{Project, ProjectEvent, Status};
use engine::domain::refusal::Missing;
use engine::domain::{Actor, Fact, TaskId, Timestamp};
use engine::store::change::OutFace;
use engine::store::letters::Letter;

use crate::entry::{Entry, Message};
use crate::stage::{CLIENT_CHAT, STAFF_CHAT};
use crate::wish::Wish;
use crate::{told_client, told_money};

/// Puts things into words for the readers of a calendar.
pub struct Teller<'a> {
    wish: &'a Wish,
    pub calendar: &'a Calendar,
    /// Messages that were posted, and may only be changed from then on.
    posted: BTreeSet<(i64, String)>,
}

impl<'a> Teller<'a> {
    pub fn new(wish: &'a Wish) -> Self {
        Self { wish, calendar: &wish.catalogue.agency().calendar, posted: BTreeSet::new() }
    }

    /// A line of its own.
    pub fn line(&self, at: Timestamp, kind: &str, task: Option<&TaskId>, words: String) -> Entry {
        let at = self.calendar.local(at);
        Entry { at, kind: kind.to_owned(), task: task.cloned(), words, message: None }
    }

    /// The line for a fact, if a reader of the calendar cares for it.
    pub fn fact(&self, project: &Project, fact: &Fact<ProjectEvent>) -> Option<Entry> {
        let event = &fact.event;
        let words = self
            .work(project, fact)
            .or_else(|| told_client::words(self, project, event))
            .or_else(|| told_money::words(self, project, event))?;
        let json = serde_json::to_value(event).ok()?;
        let kind = json.get("type").and_then(serde_json::Value::as_str).unwrap_or_default();
        Some(self.line(fact.at, kind, event.task(), words))
    }

    /// What the staff did.
    fn work(&self, project: &Project, fact: &Fact<ProjectEvent>) -> Option<String> {
        let by = Self::by(&fact.by);
        let event = &fact.event;
        if let ProjectEvent::ProjectOpened { price, .. } = event {
            let price =
                price.as_ref().map_or_else(|| "no price yet".to_owned(), |price| format!("price {price}"));
            return Some(format!("the project opens, {price}"));
        }
        if let ProjectEvent::TaskStarted { task, round } = event {
            let due = project.task(task).and_then(|task| task.due);
            let due = due.map_or_else(String::new, |due| format!(", due {}", self.moment(due)));
            let what = if *round > 1 { format!("work on round {round}") } else { "started".to_owned() };
            return Some(format!("{}: {what}{by}{due}", self.title(project, task)));
        }
        if let ProjectEvent::ButtonPressed { task, button, .. } = event {
            let label = project.plan(task)?.button(button).map(|button| self.text(&button.title))?;
            return Some(format!("button “{label}” pressed{by}"));
        }
        if let ProjectEvent::TaskSubmitted { task, round, .. } = event {
            let round = if *round > 1 { format!(", round {round}") } else { String::new() };
            return Some(format!("{}: handed over{by}{round}", self.title(project, task)));
        }
        if let ProjectEvent::TaskAccepted { task, .. } = event {
            return Some(format!("{}: checked{by}", self.title(project, task)));
        }
        self.course(project, event)
    }

    /// What became of a task or of the project.
    fn course(&self, project: &Project, event: &ProjectEvent) -> Option<String> {
        if let ProjectEvent::TaskCompleted { task, .. } = event {
            return Some(format!("{}: finished", self.title(project, task)));
        }
        if let ProjectEvent::TaskOverdue { task, .. } = event {
            return Some(format!("{}: overdue", self.title(project, task)));
        }
        if let ProjectEvent::TaskUnaccepted { task } = event {
            return Some(format!("{}: nobody has started it", self.title(project, task)));
        }
        if let ProjectEvent::ReminderSent { task, reminder, rung, .. } = event {
            return self.reminder(project, task, *reminder, *rung);
        }
        if let ProjectEvent::ProjectClosed { lost, .. } = event {
            return Some(format!("the project is closed{}", if *lost { " as lost" } else { "" }));
        }
        matches!(event, ProjectEvent::ProjectCompleted).then(|| "the project is over".to_owned())
    }

    fn reminder(&self, project: &Project, task: &TaskId, place: u32, rung: u32) -> Option<String> {
        let reminder = project.plan(task)?.remind.get(place as usize)?;
        let why = match reminder.when {
            ReminderWhen::FormNotReceived => "form not received",
            ReminderWhen::ApprovalNotGiven => "approval not given",
            ReminderWhen::PaymentNotReceived => "payment not received",
            ReminderWhen::TaskNotStarted => "task not started",
            ReminderWhen::TaskNotFinished => "task not finished",
            ReminderWhen::RulesNotAcknowledged => "rules not acknowledged",
            ReminderWhen::AccessNotReceived => "access not received",
        };
        let times = reminder.repeat.map_or(1, |(_, times)| times + 1);
        let which = if rung >= times {
            "the staff are told".to_owned()
        } else {
            format!("reminder {} of {times}", rung + 1)
        };
        Some(format!("{}: {why}, {which}", self.title(project, task)))
    }

    /// The lines for messages; those that only change an earlier one are left out.
    pub fn letters(&mut self, letters: Vec<Letter>) -> Vec<Entry> {
        let mut entries = Vec::new();
        for letter in letters {
            let to = match letter.chat {
                CLIENT_CHAT => "client",
                STAFF_CHAT => "staff",
                _ => continue,
            };
            let is_first = letter.slot.clone().is_none_or(|slot| self.posted.insert((letter.chat, slot)));
            let is_new = letter.face == OutFace::Post || (letter.face == OutFace::Replace && is_first);
            if is_new {
                entries.push(self.message(to, letter));
            }
        }
        entries
    }

    fn message(&self, to: &'static str, letter: Letter) -> Entry {
        // After the quiet hours, if it was written in them.
        let morning = letter.quiet_zone.and_then(|zone| self.calendar.quiet_until(letter.at, Some(zone)));
        let at = morning.unwrap_or(letter.at);
        let files = usize::from(letter.payload.file.is_some()) + letter.payload.album.len();
        let text =
            if files > 0 { format!("📎 {files} {}", letter.payload.text) } else { letter.payload.text };
        let text = text.trim().to_owned();
        let buttons = letter.payload.buttons.into_iter().flatten().map(|(label, _)| label).collect();
        let message = Message { to, key: letter.key, language: letter.language, text, buttons };
        let line = self.line(at, "message", letter.task.as_ref(), String::new());
        Entry { message: Some(message), ..line }
    }

    /// What the project waits for, when nothing will happen any more.
    pub fn waited_for(&self, project: &Project) -> Vec<String> {
        let open =
            project.tasks.iter().filter(|task| !task.status.is_over() && task.status != Status::Waiting);
        let mut found = Vec::new();
        for task in open {
            let title = self.title(project, &task.id);
            if task.status == Status::AwaitingApproval {
                found.push(format!("{title}: the client's decision"));
            } else {
                let starts = task.status == Status::Ready;
                let lacks =
                    if starts { missing_to_start(project, task) } else { missing_to_finish(project, task) };
                found.extend(missing(&lacks).into_iter().map(|what| format!("{title}: {what}")));
            }
        }
        found
    }

    /// A task as the calendar names it.
    pub fn title(&self, project: &Project, task: &TaskId) -> String {
        let title = project.plan(task).map_or_else(|| task.0.clone(), |plan| self.text(&plan.title));
        if task.period() > 1 { format!("{title} (period {})", task.period()) } else { title }
    }

    /// A text of the template in the language of the calendar.
    pub fn text(&self, text: &Text) -> String {
        text.in_language(&self.wish.language).to_owned()
    }

    /// A moment, short.
    pub fn moment(&self, at: Timestamp) -> String {
        self.calendar.local(at).format("%a %-d %b %H:%M").to_string()
    }

    fn by(actor: &Actor) -> String {
        actor.person().map_or_else(String::new, |person| format!(" by {person}"))
    }
}

/// What is missing, in the words of the template.
pub fn missing(missing: &[Missing]) -> Vec<String> {
    missing.iter().map(one).collect()
}

fn one(missing: &Missing) -> String {
    if let Missing::Gate { gate } = missing {
        return match gate.split_once(':') {
            Some(("form", form)) => format!("the form {form}"),
            Some(("paid", "this-period")) => "the payment of this period".to_owned(),
            Some(("paid", "next-period")) => "the payment of the next period".to_owned(),
            Some(("access", item)) => format!("the access {item}"),
            Some(("acknowledged", rules)) => format!("the client's agreement to {rules}"),
            _ => gate.clone(),
        };
    }
    if let Missing::Field { field, .. } | Missing::More { field, .. } = missing {
        return format!("the field {field}");
    }
    if let Missing::Button { button, .. } = missing {
        return format!("the button {button}");
    }
    if let Missing::Checklist { item, .. } = missing {
        return format!("line {item} of the checklist");
    }
    format!("{missing:?}")
}
