//! The panel of one task: its result, its steps, what is missing, and what the client will read.

use engine::app::AppError;
use engine::domain::definition;
use engine::domain::gate::{missing_to_finish, missing_to_start, open_buttons};
use engine::domain::project::{Project, Status, Task};
use engine::domain::{Arg, Missing};
use maud::{Markup, html};

use super::columns::Column;
use super::comments::comments;
use super::fields::field;
use super::file_fields::{file_fields, is_file};
use super::frame::Ui;
use super::icon::Icon;
use super::panel_forms::{forms, tight};
use super::people::{Names, avatar};
use super::preview::preview;
use super::session::Staff;
use crate::site::Site;

/// Whose panel it is.
pub(super) struct Panel<'a> {
    pub site: &'a Site,
    pub staff: &'a Staff,
    pub names: &'a Names,
    pub project: &'a Project,
    pub task: &'a Task,
    pub plan: &'a definition::Task,
    /// The texts of the remarks of the latest return.
    pub remarks: &'a [String],
    /// A comment that was written but not taken.
    pub written: &'a str,
}

impl Panel<'_> {
    pub async fn draw(&self) -> Result<Markup, AppError> {
        let ui = Ui::of(self.site, self.staff);
        let preview = preview(self.site, self.staff, self.project, self.task).await?;
        let here = self.action("");
        let here = here.trim_end_matches('/');
        let files = file_fields(&ui, (self.task, self.plan), here, self.is_working()).await?;
        let tight = tight(&ui, self.project, self.task).await?;
        let comments = comments(&ui, self.names, (self.project, self.task), self.written).await?;
        Ok(html! {
            section.card.task-panel aria-labelledby="panel-title" {
                (self.head(&ui))
                @if !self.remarks.is_empty() { (self.remarks(&ui)) }
                (tight)
                (self.result(&ui))
                (files)
                (self.checklist(&ui))
                (self.steps(&ui))
                (preview)
                (forms(&ui, self.staff, self.project, (self.task, self.plan), here))
                (comments)
            }
        })
    }

    fn is_working(&self) -> bool {
        matches!(self.task.status, Status::InProgress | Status::Paused)
    }

    fn action(&self, step: &str) -> String {
        let id = self.project.opened.as_ref().map_or("", |opened| opened.project.as_str());
        format!("/p/{id}/{}/{step}", self.task.id)
    }

    fn head(&self, ui: &Ui<'_>) -> Markup {
        let column = Column::of(self.task.status).map_or("ready", Column::word);
        let status = format!("status-{}", self.task.status.word().replace('_', "-"));
        html! {
            div.sect {
                span class={ "chip " (column) } { (ui.t(&status)) }
                @if self.task.round > 1 { " " span.faint { (ui.say("ui-round", &[("round", Arg::Number(i64::from(self.task.round)))])) } }
                h2 #panel-title { (self.plan.title.in_language(ui.language)) }
                div.meta {
                    @if let Some(person) = self.project.assignee(&self.task.id) {
                        span { (avatar(self.names.of(person), false)) (self.names.of(person)) }
                    } @else { span.over { (ui.t("ui-nobody")) } }
                    @if let Some(person) = self.project.auditor(&self.task.id) {
                        span { (Icon::Eye.draw(14)) (self.names.of(person)) }
                    }
                    @if let Some(due) = self.task.due { span { (Icon::Clock.draw(14)) (ui.say("ui-due", &[("at", Arg::Date(due))])) } }
                }
                @if let Some(text) = &self.plan.instructions { p.muted.small.lines { (text.in_language(ui.language)) } }
            }
        }
    }

    fn remarks(&self, ui: &Ui<'_>) -> Markup {
        html! {
            div.sect {
                h3 { (ui.t("ui-remarks")) }
                @for remark in self.remarks { div.note.q { p.lines { (remark) } } }
            }
        }
    }

    fn result(&self, ui: &Ui<'_>) -> Markup {
        let open = self.is_working();
        html! {
            @if self.plan.result.iter().any(|field| !is_file(field)) {
                form.sect method="post" action=(self.action("set")) hx-post=(self.action("set")) hx-target="#main" hx-select="#main" hx-swap="outerMorph" hx-sync="this:drop" {
                    input type="hidden" name="ask" value=(self.site.token());
                    input type="hidden" name="round" value=(self.task.round);
                    h3 { (ui.t("ui-result")) }
                    @for one in self.plan.result.iter().filter(|field| !is_file(field)) { (field(ui, one, self.task.values.get(&one.id), open)) }
                    @if open { button.btn { (ui.t("ui-save")) } }
                }
            }
        }
    }

    fn checklist(&self, ui: &Ui<'_>) -> Markup {
        let ticked = self.task.ticked.len();
        html! {
            @if !self.plan.checklist.is_empty() {
                div.sect {
                    h3 { (ui.t("ui-checklist")) " " span.faint { (ticked) "/" (self.plan.checklist.len()) } }
                    ul.ck {
                        @for (item, line) in (1u32..).zip(&self.plan.checklist) {
                            @let on = self.task.ticked.contains(&item);
                            li class=(if on { "on" } else { "" }) {
                                @if line.needs_note && !on { (self.tick_with_note(ui, item, line)) } @else { (self.button("tick", &html! {
                                    span.bx { @if on { (Icon::Check.draw(12)) } }
                                    span { (line.text.in_language(ui.language)) }
                                }, "tick", &[("item", &item.to_string()), ("done", if on { "no" } else { "yes" })], self.is_working())) }
                            }
                        }
                    }
                }
            }
        }
    }

    /// A line that is ticked with a few words on what was agreed (PF-78).
    fn tick_with_note(&self, ui: &Ui<'_>, item: u32, line: &definition::Item) -> Markup {
        let (id, open) = (format!("note-{item}"), self.is_working());
        html! {
            form method="post" action=(self.action("tick")) hx-post=(self.action("tick")) hx-target="#main" hx-select="#main" hx-swap="outerMorph" hx-sync="this:drop" {
                    input type="hidden" name="ask" value=(self.site.token());
                    input type="hidden" name="round" value=(self.task.round);
                input type="hidden" name="item" value=(item);
                label for=(id) { (line.text.in_language(ui.language)) }
                textarea id=(id) name="note" rows="2" maxlength="4000" placeholder=(ui.t("staff-note-hint")) disabled[!open] {}
                button.btn disabled[!open] { (ui.t("ui-save")) }
            }
        }
    }

    fn steps(&self, ui: &Ui<'_>) -> Markup {
        if matches!(
            self.task.status,
            Status::Waiting | Status::AwaitingApproval | Status::Completed | Status::Cancelled
        ) {
            return html! {};
        }
        let missing = self.missing();
        let step = |step: &'static str, key: &'static str, primary: bool| {
            self.button(step, &html! { (ui.t(key)) }, if primary { "btn pri" } else { "btn" }, &[], true)
        };
        html! {
            div.sect {
                @if self.is_working() { (self.own_buttons(ui)) }
                div.acts {
                    @match self.task.status {
                        Status::Ready | Status::Rework => {
                            @if missing.is_empty() { (step("start", "btn-start", true)) } @else { (locked(&ui.t("btn-start"))) }
                        }
                        Status::InProgress => {
                            @if missing.is_empty() { (step("submit", "btn-submit", true)) } @else { (locked(&ui.t("btn-submit"))) }
                            (step("pause", "btn-pause", false))
                        }
                        Status::Paused => (step("resume", "btn-resume", true)),
                        Status::InReview => (step("accept", "btn-accept", true)),
                        Status::Waiting | Status::AwaitingApproval | Status::Completed | Status::Cancelled => {}
                    }
                }
                @if self.task.status == Status::InReview { (self.return_form(ui)) }
                @for item in untried(&missing) { (self.access_form(ui, item)) }
                @if !missing.is_empty() {
                    div.gate { (Icon::Lock.draw(16)) div.lines { (ui.say("ui-missing", &[("missing", Arg::Missing(missing))])) } }
                }
            }
        }
    }

    /// Somebody has tried an access, or none is needed (G4); both with a few words.
    fn access_form(&self, ui: &Ui<'_>, item: &str) -> Markup {
        let id = format!("tried-{item}");
        html! {
            form method="post" action=(self.action("tried")) hx-post=(self.action("tried")) hx-target="#main" hx-select="#main" hx-swap="outerMorph" hx-sync="this:drop" {
                input type="hidden" name="ask" value=(self.site.token());
                input type="hidden" name="round" value=(self.task.round);
                input type="hidden" name="access" value=(item);
                div.fld {
                    label for=(id) { (ui.say("ui-access-tried", &[("item", Arg::Words(self.project.access_title(item)))])) }
                    textarea id=(id) name="note" rows="2" maxlength="4000" required {}
                }
                div.acts {
                    button.btn name="needed" value="yes" { (ui.t("ui-access-works")) }
                    button.btn name="needed" value="no" { (ui.t("ui-access-not-needed")) }
                }
            }
        }
    }

    fn missing(&self) -> Vec<Missing> {
        match self.task.status {
            Status::Ready | Status::Rework => missing_to_start(self.project, self.task),
            Status::InProgress | Status::Paused => missing_to_finish(self.project, self.task),
            Status::Waiting
            | Status::InReview
            | Status::AwaitingApproval
            | Status::Completed
            | Status::Cancelled => Vec::new(),
        }
    }

    /// The task's own buttons: those that can be pressed, and the locked ones (PF-61).
    fn own_buttons(&self, ui: &Ui<'_>) -> Markup {
        let open: Vec<&str> =
            open_buttons(self.project, self.plan, self.task).map(|button| button.id.as_str()).collect();
        let used = |button: &definition::Button| button.once && self.task.pressed.contains(&button.id);
        html! {
            div.acts {
                @for button in self.plan.buttons.iter().filter(|button| !used(button)) {
                    @let title = button.title.in_language(ui.language);
                    @if open.contains(&button.id.as_str()) {
                        (self.button("press", &html! { (title) }, "btn", &[("button", &button.id)], true))
                    } @else { (locked(title)) }
                }
            }
        }
    }

    fn return_form(&self, ui: &Ui<'_>) -> Markup {
        html! {
            form method="post" action=(self.action("return")) hx-post=(self.action("return")) hx-target="#main" hx-select="#main" hx-swap="outerMorph" hx-sync="this:drop" {
                    input type="hidden" name="ask" value=(self.site.token());
                    input type="hidden" name="round" value=(self.task.round);
                label for="remark" { (ui.t("ui-return-why")) }
                textarea #remark name="remark" rows="2" maxlength="4000" {}
                button.btn { (ui.t("btn-return")) }
            }
        }
    }

    /// A form of one button.
    fn button(&self, step: &str, label: &Markup, class: &str, with: &[(&str, &str)], open: bool) -> Markup {
        let action = self.action(step);
        html! {
            form.one method="post" action=(action) hx-post=(action) hx-target="#main" hx-select="#main" hx-swap="outerMorph" hx-sync="this:drop" {
                    input type="hidden" name="ask" value=(self.site.token());
                    input type="hidden" name="round" value=(self.task.round);
                @for (name, value) in with { input type="hidden" name=(name) value=(value); }
                button class=(class) disabled[!open] { (label) }
            }
        }
    }
}

/// A button that does not open yet; why stands below.
fn locked(title: &str) -> Markup {
    html! { button.btn type="button" aria-disabled="true" { (Icon::Lock.draw(14)) (title) } }
}

/// The accesses that the task waits for.
fn untried(missing: &[Missing]) -> Vec<&str> {
    let gates = missing.iter().filter_map(|missing| match missing {
        Missing::Gate { gate } => gate.strip_prefix("access:"),
        Missing::Field { .. }
        | Missing::More { .. }
        | Missing::Checklist { .. }
        | Missing::Button { .. }
        | Missing::Role { .. }
        | Missing::Task { .. }
        | Missing::Approval { .. }
        | Missing::OtherFile { .. }
        | Missing::Outside { .. }
        | Missing::Handoff { .. } => None,
    });
    gates.collect()
}
