//! A project: all its tasks in order, who holds the ball, and the panel of one task (PF-26).

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use engine::app::AppError;
use engine::domain::definition::Stage;
use engine::domain::project::{Project, Status, Task};
use engine::domain::{Arg, ClientId, ProjectId, Right, TaskId};
use maud::{Markup, html};
use serde::Deserialize;

use super::columns::Column;
use super::export_page;
use super::frame::{Page, Ui, notice};
use super::icon::Icon;
use super::numbers::numbers;
use super::people::{Names, avatar};
use super::pins;
use super::project_calendar::Month;
use super::project_tabs::{crumb, tabs};
use super::project_views::{View, by_role, switch};
use super::promises;
use super::session::Staff;
use super::task_panel::Panel;
use super::team;
use super::timeline::Timeline;
use crate::site::Site;

/// Which task's panel is open, and how the tasks are shown.
#[derive(Deserialize)]
pub(super) struct Chosen {
    task: Option<String>,
    view: Option<String>,
    month: Option<String>,
}

pub(super) async fn show(
    State(site): State<Site>,
    mut staff: Staff,
    Path(project): Path<String>,
    Query(chosen): Query<Chosen>,
) -> Response {
    let task = chosen.task.map(TaskId);
    let view = chosen.view.as_deref().and_then(View::parse);
    staff.view = view.unwrap_or(staff.view);
    let place = Place { project: &ProjectId(project), task: task.as_ref(), month: chosen.month.as_deref() };
    let answer = answered(&site, &staff, place, (None, "")).await;
    match view {
        Some(view) => view.kept(&site, answer),
        None => answer,
    }
}

/// What of a project is looked at.
#[derive(Clone, Copy)]
struct Place<'a> {
    project: &'a ProjectId,
    task: Option<&'a TaskId>,
    /// Of the calendar.
    month: Option<&'a str>,
}

/// The page, with what has to be said above it.
pub(super) async fn page(
    site: &Site,
    staff: &Staff,
    place: (&ProjectId, Option<&TaskId>),
    said: Option<&str>,
) -> Response {
    page_written(site, staff, place, said, "").await
}

/// The same with a comment that was written but not taken.
pub(super) async fn page_written(
    site: &Site,
    staff: &Staff,
    (project, task): (&ProjectId, Option<&TaskId>),
    said: Option<&str>,
    written: &str,
) -> Response {
    answered(site, staff, Place { project, task, month: None }, (said, written)).await
}

async fn answered(
    site: &Site,
    staff: &Staff,
    place: Place<'_>,
    (said, written): (Option<&str>, &str),
) -> Response {
    let status = if said.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    match draw(site, staff, place, (said, written)).await {
        Ok(Some((title, content))) => {
            Page { site, staff, title: &title, place: "/board", live: said.is_none(), content }
                .answer(status)
                .await
        }
        Ok(None) => site.plain(StatusCode::NOT_FOUND, &staff.language, "gone"),
        Err(error) => site.trouble(&error, &staff.language),
    }
}

async fn draw(
    site: &Site,
    staff: &Staff,
    Place { project: id, task, month }: Place<'_>,
    (said, written): (Option<&str>, &str),
) -> Result<Option<(String, Markup)>, AppError> {
    let Some(project) = site.app.project_state(id).await? else { return Ok(None) };
    let Some(opened) = &project.opened else { return Ok(None) };
    let ui = Ui::of(site, staff);
    let client = client_name(site, &opened.client).await?;
    let names = Names::of_staff(site).await?;
    let title = format!("{client}, {}", opened.definition.title.in_language(ui.language));
    let chosen = task.and_then(|id| project.task(id)).or_else(|| current(&project));
    let panel = match chosen.and_then(|task| Some((task, project.plan(&task.id)?))) {
        Some((task, plan)) => {
            let remarks = remarks(site, task).await?;
            let panel = Panel {
                site,
                staff,
                names: &names,
                project: &project,
                task,
                plan,
                remarks: &remarks,
                written,
            };
            Some(panel.draw().await?)
        }
        None => None,
    };
    let pin = pins::button(&ui, &staff.person, id, ("", task.map_or("", TaskId::as_str))).await?;
    let promises = promises::of_project(&ui, id).await?;
    let team = team::team(&ui, staff, &names, &project).await?;
    let tasks = tasks(&ui, &names, (staff, &project), (id, chosen, month)).await?;
    let content = html! {
        (crumb(&ui, staff, (&opened.client, &client)))
        div.phead { h1 { (title) } (export_page::link(&ui, staff, id)) (pin) }
        (tabs(&ui, id, ""))
        (meta(&ui, staff, &names, &project))
        (numbers(&ui, staff, &project))
        @if let Some(said) = said { (notice(said)) }
        (team::unbound(&ui, &project))
        (promises)
        div.pgrid {
            section.card aria-labelledby="tasks" {
                div.gh.views { h2 #tasks { (ui.t("ui-project-tasks")) } (switch(&ui, id, staff.view)) }
                (tasks)
            }
            @if let Some(panel) = panel { (panel) }
        }
        (team)
    };
    Ok(Some((title, content)))
}

/// The tasks as the person wants to see them.
async fn tasks(
    ui: &Ui<'_>,
    names: &Names,
    (staff, project): (&Staff, &Project),
    (id, chosen, month): (&ProjectId, Option<&Task>, Option<&str>),
) -> Result<Markup, AppError> {
    let desk = ui.site.app.desk();
    let calendar = &desk.agency.calendar;
    if staff.view == View::Calendar {
        let month = Month::of(ui, calendar, (staff, project), (id, month)).await?;
        return Ok(month.draw());
    }
    let spans = ui.site.app.project_spans(id).await?;
    let timeline = Timeline::of(ui, calendar, project, &spans);
    let one = |task: &Task| {
        let is_chosen = chosen.is_some_and(|chosen| chosen.id == task.id);
        row(ui, names, project, task, is_chosen, &timeline.bars(&task.id))
    };
    Ok(html! {
        (timeline.legend())
        ol.tasks {
            li.row.head aria-hidden="true" { span {} (timeline.axis()) }
            @if staff.view == View::Role {
                @for (role, tasks) in by_role(project) {
                    li.stage { b { (ui.site.role(ui.language, role)) } @if let Some(person) = project.holder(role) { span { (names.of(person)) } } }
                    @for task in tasks { (one(task)) }
                }
            } @else {
                @for (at, task) in project.tasks.iter().enumerate() {
                    @if let Some(stage) = stage_from(project, at) {
                        li.stage { b { (stage.title.in_language(ui.language)) } @if let Some(goal) = &stage.goal { span { (goal.in_language(ui.language)) } } }
                    }
                    (one(task))
                }
            }
        }
    })
}

async fn client_name(site: &Site, client: &ClientId) -> Result<String, AppError> {
    let state = site.app.client_state(client).await?;
    Ok(state.map_or_else(|| client.0.clone(), |client| client.name.clone()))
}

/// The task that somebody has to do something about; the last one when all are over.
fn current(project: &Project) -> Option<&Task> {
    let waits = |task: &&Task| !task.status.is_over() && task.status != Status::Waiting;
    project.tasks.iter().find(waits).or_else(|| project.tasks.last())
}

async fn remarks(site: &Site, task: &Task) -> Result<Vec<String>, AppError> {
    let ids: Vec<_> = task.remarks.iter().map(|remark| remark.content.clone()).collect();
    let contents = site.app.store().contents(&ids).await?;
    Ok(contents.into_iter().map(|content| content.text).filter(|text| !text.is_empty()).collect())
}

fn meta(ui: &Ui<'_>, staff: &Staff, names: &Names, project: &Project) -> Markup {
    let done = project.tasks.iter().filter(|task| task.status.is_over()).count();
    let pm = project.holder("pm");
    let price = project.opened.as_ref().and_then(|opened| opened.price.clone());
    let price = price.filter(|_| staff.may(Right::Money));
    html! {
        div.meta {
            @if let Some(pm) = pm { span { (avatar(names.of(pm), false)) (names.of(pm)) } }
            span { (ui.say("ui-done-of", &[("done", number(done)), ("total", number(project.tasks.len()))])) }
            @if let Some(price) = price { span.num { (ui.say("ui-money", &[("amount", Arg::Money(price))])) } }
            @if project.completed { span.chip.done { (ui.t("status-completed")) } }
            @if project.paused.is_some() { span.chip { (ui.t("status-paused")) } }
        }
    }
}

fn number(count: usize) -> Arg {
    Arg::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

/// The stage that begins with the task at this place of the list, each period anew.
fn stage_from(project: &Project, at: usize) -> Option<&Stage> {
    let stage = |task: &Task| {
        project
            .opened
            .as_ref()?
            .definition
            .stages
            .iter()
            .position(|stage| stage.tasks.iter().any(|plan| plan.id == task.id.plan_id()))
    };
    let task = project.tasks.get(at)?;
    let before = at.checked_sub(1).and_then(|before| project.tasks.get(before));
    let is_new =
        before.is_none_or(|before| stage(before) != stage(task) || before.id.period() != task.id.period());
    is_new.then(|| stage(task)).flatten().and_then(|at| project.opened.as_ref()?.definition.stages.get(at))
}

fn row(ui: &Ui<'_>, names: &Names, project: &Project, task: &Task, is_chosen: bool, bars: &Markup) -> Markup {
    let column = Column::of(task.status).map_or("", Column::word);
    let title = project.plan(&task.id).map_or("", |plan| plan.title.in_language(ui.language));
    let id = project.opened.as_ref().map_or("", |opened| opened.project.as_str());
    let status = format!("status-{}", task.status.word().replace('_', "-"));
    html! {
        li class={ "row " (column) } {
            a href={ "/p/" (id) "?task=" (task.id) } aria-current=[is_chosen.then_some("true")] {
                @match task.status {
                    Status::Completed => (Icon::Check.draw(14)),
                    Status::Waiting => (Icon::Lock.draw(14)),
                    _ => span class={ "dot " (column) } {},
                }
                span.t { (title) @if task.id.period() > 1 { " · " (task.id.period()) } }
                span.small.faint { (ui.t(&status)) }
                @if let Some(due) = task.due.filter(|_| !task.status.is_over()) { span.small.faint { (ui.say("ui-due", &[("at", Arg::Date(due))])) } }
                @if let Some(person) = project.assignee(&task.id) { (avatar(names.of(person), false)) span.sr { (names.of(person)) } }
            }
            (bars)
        }
    }
}
