//! Working time, another due date, a priority and an early word to the client, from the panel of a task.

use chrono::NaiveDate;
use engine::app::AppError;
use engine::domain::project::set_priority::Priority;
use engine::domain::project::time::kinds;
use engine::domain::project::{Project, ProjectCommand, Status, Task};
use engine::domain::worktime::read_minutes;
use engine::domain::{Arg, Refusal, Right, TaskId, definition};
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

/// The work that remains does not fit any more: say so, and tell the client before it has to ask (XP-08).
pub(super) async fn tight(ui: &Ui<'_>, project: &Project, task: &Task) -> Result<Markup, AppError> {
    let calendar = &ui.site.app.desk().agency.calendar;
    let (now, plan) = (ui.site.now(), project.plan(&task.id));
    let (Some(opened), Some(plan), true) = (&project.opened, plan, project.is_tight(task, calendar, now))
    else {
        return Ok(html! {});
    };
    let client = ui.site.app.client_state(&opened.client).await?;
    let language = client.as_ref().map_or(ui.language, |client| client.language.as_str());
    let text = ui.site.say(language, "client-later", &[("task", Arg::Words(plan.title.clone()))]);
    let left = Arg::Number(project.remaining(&task.id).num_hours());
    Ok(html! {
        div.gate.sect #tight {
            p { (ui.say("ui-tight", &[("hours", left)])) }
            form.stack method="post" action={ "/p/" (opened.project) "/write" } {
                input type="hidden" name="ask" value=(ui.site.token());
                label for="later-text" { (ui.t("ui-tight-tell")) }
                textarea #later-text name="text" rows="2" required maxlength="3500" { "\n" (text) }
                label for="later-by" { (ui.t("ui-tight-until")) }
                input #later-by type="date" name="by" required;
                button.btn { (ui.t("ui-reply-send")) }
            }
        }
    })
}

fn priority(ui: &Ui<'_>, now: Priority, here: &str) -> Markup {
    html! {
        details.sect #priority {
            summary { (ui.t("ui-priority")) ": " (ui.t(&format!("ui-priority-{}", now.word()))) }
            form.stack method="post" action={ (here) "/priority" } {
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
