//! A card of the board: one task that somebody has to do something about.

use engine::domain::project::Status;
use engine::domain::project::set_priority::Priority;
use engine::domain::{Arg, PersonId, Timestamp};
use maud::{Markup, html};
use projections::board::{BoardProject, BoardTask};

use super::columns::Column;
use super::frame::Ui;
use super::icon::Icon;
use super::locks::Locked;
use super::people::{Names, avatar};

/// What a card needs to know beside its task.
pub(super) struct Deck<'a> {
    pub ui: Ui<'a>,
    pub names: &'a Names,
    pub locked: &'a Locked,
    pub now: Timestamp,
}

/// A task with its project and client.
#[derive(Clone, Copy)]
pub(super) struct Card<'a> {
    pub project: &'a BoardProject,
    pub task: &'a BoardTask,
    pub client: &'a str,
}

impl Card<'_> {
    /// Whether it is this person's matter: to do, to check, or in a project that they lead.
    pub fn is_of(&self, person: &PersonId) -> bool {
        let (assignee, auditor) = (self.task.assignee.as_ref(), self.task.auditor.as_ref());
        [assignee, auditor, self.project.pm()].contains(&Some(person))
    }

    pub fn address(&self) -> String {
        format!("/p/{}?task={}", self.project.project, self.task.task)
    }

    fn is_late(&self, now: Timestamp) -> bool {
        self.task.is_late(now)
    }

    /// Days since the client has been asked.
    fn waits(&self, now: Timestamp) -> i64 {
        (now - self.task.since).num_days()
    }
}

impl Deck<'_> {
    pub fn card(&self, card: &Card<'_>) -> Markup {
        let (language, column) =
            (self.ui.language, Column::of(card.task.status).map_or("ready", Column::word));
        let title = card.task.title.in_language(language);
        html! {
            article class={ "tk " (column) } id={ "t-" (card.project.project) "-" (card.task.task) }
                data-task={ (card.project.project) "/" (card.task.task) } {
                div.r1 { span.cl { (card.client) } span.sv { (service(card.project)) } }
                h3 { a href=(card.address()) { (title) } }
                (progress(card.project))
                @if let Some(note) = self.note(card) { (note) }
                @if card.task.priority != Priority::Normal { div.note { (priority(&self.ui, card.task.priority)) } }
                div.r3 {
                    @if let Some(person) = holder(card.task) { (avatar(self.names.of(person), false)) span.sr { (self.names.of(person)) } }
                    @else { span.over { (self.ui.t("ui-nobody")) } }
                    (self.when(card))
                    @if card.task.round > 1 { span.h { (self.ui.say("ui-round", &[("round", Arg::Number(i64::from(card.task.round)))])) } }
                }
            }
        }
    }

    /// One line about what is over.
    pub fn fold(&self, card: &Card<'_>) -> Markup {
        html! {
            a.fold href=(card.address()) {
                (Icon::Check.draw(14))
                span.t {
                    (card.client) ", " (card.task.title.in_language(self.ui.language))
                    span.faint { (self.ui.say("ui-day", &[("at", Arg::Date(card.task.since))])) }
                }
            }
        }
    }

    fn note(&self, card: &Card<'_>) -> Option<Markup> {
        let (icon, text) = match card.task.status {
            Status::InReview => {
                let auditor = card.task.auditor.as_ref().map(|person| self.names.of(person).to_owned())?;
                (Icon::Eye, self.ui.say("ui-card-checks", &[("name", Arg::Text(auditor))]))
            }
            Status::AwaitingApproval if self.days(card) >= 2 => (Icon::Bell, self.ui.t("ui-card-silent")),
            Status::Ready => {
                let missing = self.locked.of(&card.project.project, &card.task.task)?.clone();
                (Icon::Lock, self.ui.say("ui-card-locked", &[("missing", Arg::Missing(vec![missing]))]))
            }
            Status::Paused => (Icon::Clock, self.ui.t("status-paused")),
            Status::Waiting
            | Status::InProgress
            | Status::AwaitingApproval
            | Status::Rework
            | Status::Completed
            | Status::Cancelled => return None,
        };
        Some(html! { div.note { (icon.draw(14)) span { (text) } } })
    }

    fn days(&self, card: &Card<'_>) -> i64 {
        card.waits(self.now)
    }

    fn when(&self, card: &Card<'_>) -> Markup {
        if card.task.status == Status::AwaitingApproval {
            let days = self.days(card);
            let text = self.ui.say("ui-waits", &[("days", Arg::Number(days))]);
            return html! { span class=(if days >= 2 { "over" } else { "" }) { (text) } };
        }
        let Some(due) = card.task.due else { return html! {} };
        let key = if card.is_late(self.now) { "ui-was-due" } else { "ui-due" };
        html! { span class=(if card.is_late(self.now) { "over" } else { "" }) { (self.ui.say(key, &[("at", Arg::Date(due))])) } }
    }
}

/// A mark on what is to be done sooner or later than the rest.
pub(super) fn priority(ui: &Ui<'_>, priority: Priority) -> Markup {
    match priority {
        Priority::High => html! { span.chip.late { (ui.t("ui-priority-high")) } },
        Priority::Low => html! { span.chip { (ui.t("ui-priority-low")) } },
        Priority::Normal => html! {},
    }
}

/// Who has it in hand: its auditor while it is checked, else its assignee.
pub(super) fn holder(task: &BoardTask) -> Option<&PersonId> {
    if task.status == Status::InReview { task.auditor.as_ref() } else { task.assignee.as_ref() }
}

/// The short word of the service.
pub(super) fn service(project: &BoardProject) -> String {
    if project.service.len() <= 4 { project.service.to_uppercase() } else { project.service.clone() }
}

/// How far the project is, task by task.
fn progress(project: &BoardProject) -> Markup {
    html! {
        div.prog aria-hidden="true" {
            @for task in project.tasks.iter().filter(|task| task.status != Status::Cancelled) {
                i class=(match Column::of(task.status) { Some(Column::Done) => "d", Some(_) => "c", None => "" }) {}
            }
        }
    }
}
