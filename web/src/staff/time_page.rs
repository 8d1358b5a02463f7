//! Time of a project: planned and noted by task, by person, and every entry (PF-46, PF-48).

use std::collections::{BTreeMap, HashMap};

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveTime;
use engine::app::AppError;
use engine::domain::project::figures::Figures;
use engine::domain::project::time::TimeEntry;
use engine::domain::project::{Project, Status, Task};
use engine::domain::{Arg, ContentId, PersonId, ProjectId, Right, TaskId};
use maud::{Markup, html};

use super::frame::{Page, Ui};
use super::numbers::clock;
use super::paging::{Pages, Turned};
use super::people::{Names, avatar};
use super::project_tabs;
use super::session::Staff;
use crate::site::Site;

/// So many entries stand on one page.
const PAGE: usize = 100;

pub(super) async fn show(
    State(site): State<Site>,
    staff: Staff,
    Path(project): Path<String>,
    Query(turned): Query<Turned>,
) -> Response {
    match draw(&site, &staff, &ProjectId(project), &turned).await {
        Ok(Some((title, content))) => {
            Page { site: &site, staff: &staff, title: &title, place: "/board", live: true, content }
                .answer(StatusCode::OK)
                .await
        }
        Ok(None) => site.plain(StatusCode::NOT_FOUND, &staff.language, "gone"),
        Err(error) => site.trouble(&error, &staff.language),
    }
}

async fn draw(
    site: &Site,
    staff: &Staff,
    id: &ProjectId,
    turned: &Turned,
) -> Result<Option<(String, Markup)>, AppError> {
    let Some(project) = site.app.project_state(id).await? else { return Ok(None) };
    let ui = Ui::of(site, staff);
    let Some((title, head)) = project_tabs::head(site, (&ui, staff), &project, "/time").await? else {
        return Ok(None);
    };
    let sheet = Sheet::of((ui, staff), id, &project).await?;
    let pages = Pages::of(&turned.page, sheet.entries.len(), PAGE);
    let content = html! {
        (head)
        (sheet.by_task())
        @if sheet.entries.is_empty() { p.card.panel { (ui.t("ui-time-none")) } } @else {
            (sheet.by_person())
            (sheet.list(&pages).await?)
            (pages.nav(&ui, |page| format!("/p/{id}/time?page={page}")))
        }
    };
    Ok(Some((title, content)))
}

/// All that the page is drawn from.
struct Sheet<'a> {
    ui: Ui<'a>,
    staff: &'a Staff,
    id: &'a ProjectId,
    project: &'a Project,
    /// The latest first; those that were taken back are among them.
    entries: Vec<&'a TimeEntry>,
    names: Names,
    /// The sum that stands on top of the project, in minutes.
    total: u32,
}

impl<'a> Sheet<'a> {
    async fn of(
        (ui, staff): (Ui<'a>, &'a Staff),
        id: &'a ProjectId,
        project: &'a Project,
    ) -> Result<Self, AppError> {
        let mut entries: Vec<&TimeEntry> = project.time.iter().collect();
        entries.sort_by_key(|entry| std::cmp::Reverse((entry.on, entry.number)));
        let worked = entries.iter().map(|entry| &entry.person);
        let held = project.tasks.iter().filter_map(|task| project.assignee(&task.id));
        let people: Vec<PersonId> = worked.chain(held).cloned().collect();
        let names = Names::among(ui.site, &people).await?;
        let total = Figures::of(project, &ui.site.app.desk().agency.rates, |_| true).minutes(|_| true);
        Ok(Self { ui, staff, id, project, entries, names, total })
    }

    fn by_task(&self) -> Markup {
        let ui = &self.ui;
        let heads = ["ui-projects-task", "ui-time-who", "ui-time-noted", "ui-time-planned"];
        let planned = self.project.planned_minutes();
        html! {
            h2.hours-part { (ui.t("ui-time-by-task")) }
            div.scroll tabindex="0" role="region" aria-label=(ui.t("ui-time-by-task")) {
                table.people.hours {
                    thead { tr { @for key in heads { th scope="col" { (ui.t(key)) } } } }
                    tbody { @for task in &self.project.tasks { (self.task(task)) } }
                    tfoot { tr {
                        th scope="row" { (ui.t("ui-time-total")) }
                        td {}
                        td { (self.bar(self.total, planned, &ui.t("ui-time-total"))) }
                        td.num { b { (clock(planned)) } }
                    } }
                }
            }
        }
    }

    fn task(&self, task: &Task) -> Markup {
        let is_left_out = task.status == Status::Cancelled;
        let plan = self.project.plan(&task.id).filter(|_| !is_left_out).map_or(0, |plan| plan.minutes);
        let holder = self.project.assignee(&task.id);
        html! {
            tr {
                th scope="row" {
                    (self.link(&task.id))
                    @if is_left_out { " " span.chip { (self.ui.t("status-cancelled")) } }
                }
                td { @if let Some(person) = holder { (self.person(person)) } }
                td { (self.bar(self.project.minutes_of(&task.id), plan, &self.title(&task.id))) }
                td.num { @if plan > 0 { (clock(plan)) } @else { "—" } }
            }
        }
    }

    /// Hours that were noted, beside those that were planned; more than planned is said in words too.
    fn bar(&self, noted: u32, planned: u32, of: &str) -> Markup {
        let is_over = planned > 0 && noted > planned;
        html! {
            b.num { (clock(noted)) }
            @if is_over { " " span.chip.rework { (self.ui.say("ui-time-over", &[("hours", Arg::Text(clock(noted - planned)))])) } }
            @if planned > 0 { progress.over[is_over] max=(planned) value=(noted.min(planned)) aria-label=(of) {} }
        }
    }

    fn by_person(&self) -> Markup {
        let mut sums: BTreeMap<&PersonId, (u32, usize)> = BTreeMap::new();
        for entry in self.entries.iter().filter(|entry| !entry.cancelled) {
            let (minutes, entries) = sums.entry(&entry.person).or_default();
            *minutes = minutes.saturating_add(entry.minutes);
            *entries += 1;
        }
        let mut sums: Vec<_> = sums.into_iter().collect();
        sums.sort_by_key(|(_, (minutes, _))| std::cmp::Reverse(*minutes));
        html! {
            @if !sums.is_empty() {
                h2.hours-part { (self.ui.t("ui-time-by-person")) }
                dl.numbers.worked {
                    @for (person, (minutes, entries)) in sums {
                        div {
                            dt { (self.person(person)) }
                            dd {
                                b.num { (clock(minutes)) } " "
                                span.faint { (self.ui.say("ui-time-count", &[("count", Arg::Number(i64::try_from(entries).unwrap_or(i64::MAX)))])) }
                                progress max=(self.total.max(1)) value=(minutes) aria-label=(self.names.of(person)) {}
                            }
                        }
                    }
                }
            }
        }
    }

    async fn list(&self, pages: &Pages) -> Result<Markup, AppError> {
        let (ui, entries) = (&self.ui, &self.entries[pages.range()]);
        let ids: Vec<ContentId> = entries
            .iter()
            .filter_map(|entry| entry.comment.as_ref())
            .map(|comment| comment.content.clone())
            .collect();
        let notes = ui.site.app.store().contents(&ids).await?;
        let notes: HashMap<_, _> = notes.into_iter().map(|note| (note.content, note.text)).collect();
        let heads = [
            "ui-time-day",
            "ui-time-who",
            "ui-projects-task",
            "ui-time-kind",
            "ui-number-hours",
            "ui-time-note",
        ];
        Ok(html! {
            h2.hours-part { (ui.t("ui-time-entries")) }
            div.scroll tabindex="0" role="region" aria-label=(ui.t("ui-time-entries")) {
                table.people.entries {
                    thead { tr { @for key in heads { th scope="col" { (ui.t(key)) } } } }
                    tbody { @for entry in entries { (self.entry(entry, &notes)) } }
                }
            }
        })
    }

    fn entry(&self, entry: &TimeEntry, notes: &HashMap<ContentId, String>) -> Markup {
        let note = entry.comment.as_ref().map(|comment| notes.get(&comment.content));
        let day = self.ui.site.app.desk().agency.calendar.instant(entry.on.and_time(NaiveTime::MIN));
        html! {
            tr {
                td.num { time datetime=(entry.on) { (self.ui.say("ui-day", &[("at", Arg::Date(day))])) } }
                td { (self.person(&entry.person)) }
                td { (self.link(&entry.task)) }
                td { (self.ui.t(&entry.kind.message_key())) }
                td.num {
                    @if entry.cancelled { s { (clock(entry.minutes)) } " " span.chip { (self.ui.t("ui-time-back")) } } @else { (clock(entry.minutes)) (self.take_back(entry)) }
                }
                td { @match note {
                    Some(Some(note)) => span.lines { (note) },
                    Some(None) => span.muted { (self.ui.t("ui-comment-erased")) },
                    None => {}
                } }
            }
        }
    }

    /// Whoever it is of, or leads, takes a wrong entry back.
    fn take_back(&self, entry: &TimeEntry) -> Markup {
        let staff = self.staff;
        if entry.person != staff.person && !staff.may(Right::Lead) {
            return html! {};
        }
        html! {
            form method="post" action={ "/p/" (self.id) "/" (entry.task) "/untime" } {
                input type="hidden" name="ask" value=(self.ui.site.token());
                input type="hidden" name="entry" value=(entry.number);
                input type="hidden" name="back" value={ "/p/" (self.id) "/time" };
                button.btn.ghost { (self.ui.t("ui-time-take-back")) }
            }
        }
    }

    fn title(&self, task: &TaskId) -> String {
        let title = self.project.plan(task).map_or("", |plan| plan.title.in_language(self.ui.language));
        if task.period() > 1 { format!("{title} · {}", task.period()) } else { title.to_owned() }
    }

    fn link(&self, task: &TaskId) -> Markup {
        html! { a href={ "/p/" (self.id) "?task=" (task) } { (self.title(task)) } }
    }

    fn person(&self, person: &PersonId) -> Markup {
        html! { span.person { (avatar(self.names.of(person), false)) (self.names.of(person)) } }
    }
}
