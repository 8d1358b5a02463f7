//! Working time and another due date, from the panel of a task.

use chrono::NaiveDate;
use engine::domain::project::set_priority::Priority;
use engine::domain::project::time::kinds;
use engine::domain::project::{Project, ProjectCommand, Status, Task};
use engine::domain::worktime::read_minutes;
use engine::domain::{Refusal, Right, TaskId, definition};
use engine::store::change::Content;
use maud::{Markup, html};

use super::act::{Posted, written};
use super::frame::Ui;
use super::session::Staff;
use crate::site::Site;

/// Both forms, folded; `here` is the address of the task.
pub(super) fn forms(
    ui: &Ui<'_>,
    staff: &Staff,
    project: &Project,
    (task, plan): (&Task, &definition::Task),
    here: &str,
) -> Markup {
    let leads = Right::Lead.reaches(&staff.person, &staff.roles, project)
        || project.holder("pm") == Some(&staff.person);
    let has_due = task.status != Status::Waiting && !task.status.is_over();
    html! {
        @if task.status != Status::Waiting { (time(ui, plan, here)) }
        @if leads && has_due { (due(ui, here)) }
        @if leads && !task.status.is_over() { (priority(ui, task.priority, here)) }
    }
}

fn time(ui: &Ui<'_>, plan: &definition::Task, here: &str) -> Markup {
    let kinds = kinds(plan);
    html! {
        details.sect #time {
            summary { (ui.t("btn-time")) }
            form.stack method="post" action={ (here) "/time" } {
                input type="hidden" name="ask" value=(ui.site.token());
                label for="time-spent" { (ui.t("ui-time-spent")) }
                input #time-spent name="spent" required autocomplete="off" placeholder="45m, 1h30";
                @if kinds.len() > 1 {
                    label for="time-kind" { (ui.t("ui-time-kind")) }
                    select #time-kind name="kind" {
                        @for kind in &kinds { option value=(kind.word()) { (ui.t(&kind.message_key())) } }
                    }
                }
                label for="time-note" { (ui.t("ui-time-note")) }
                input #time-note name="note" maxlength="1000";
                button.btn { (ui.t("ui-save")) }
            }
        }
    }
}

fn priority(ui: &Ui<'_>, now: Priority, here: &str) -> Markup {
    html! {
        form.sect.line #priority method="post" action={ (here) "/priority" } {
            input type="hidden" name="ask" value=(ui.site.token());
            label for="priority-word" { (ui.t("ui-priority")) }
            select #priority-word name="priority" {
                @for one in Priority::ALL {
                    option value=(one.word()) selected[one == now] { (ui.t(&format!("ui-priority-{}", one.word()))) }
                }
            }
            button.btn { (ui.t("ui-save")) }
        }
    }
}

fn due(ui: &Ui<'_>, here: &str) -> Markup {
    html! {
        details.sect #due {
            summary { (ui.t("ui-due-set")) }
            form.stack method="post" action={ (here) "/due" } {
                input type="hidden" name="ask" value=(ui.site.token());
                label for="due-day" { (ui.t("ui-due-day")) }
                input #due-day name="day" type="date" required;
                label for="due-why" { (ui.t("ui-due-why")) }
                textarea #due-why name="why" rows="2" maxlength="4000" required {}
                button.btn { (ui.t("ui-save")) }
            }
        }
    }
}

/// The time that a form wrote down, or what nobody can read as time.
pub(super) fn time_of(
    site: &Site,
    staff: &Staff,
    task: TaskId,
    posted: &Posted,
) -> Result<(ProjectCommand, Option<Content>), Box<Refusal>> {
    let given = posted.get("spent");
    let unread = || Box::new(Refusal::TimeUnread { given: given.chars().take(80).collect() });
    let minutes = read_minutes(given).ok_or_else(unread)?;
    let kind = Some(posted.get("kind")).filter(|kind| !kind.is_empty()).map(str::to_owned);
    let (comment, content) = words(site, staff, posted.get("note"));
    Ok((ProjectCommand::AddTime { task, kind, minutes, on: None, person: None, comment }, content))
}

/// The day that a form set; nothing if it is none.
pub(super) fn due_of(
    site: &Site,
    staff: &Staff,
    task: TaskId,
    posted: &Posted,
) -> Option<(ProjectCommand, Option<Content>)> {
    let on: NaiveDate = posted.get("day").parse().ok()?;
    let (reason, content) = words(site, staff, posted.get("why"));
    Some((ProjectCommand::SetDue { task, on, reason }, content))
}

fn words(
    site: &Site,
    staff: &Staff,
    text: &str,
) -> (Option<engine::domain::project::event::ContentRef>, Option<Content>) {
    let content = Some(text).filter(|text| !text.is_empty()).map(|text| written(site, staff, text));
    (content.as_ref().map(Content::reference), content)
}
