//! A month of a project, drawn on the server: starts, due dates, promises and money by day; a list of days where it is narrow (SC-37).

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use engine::app::AppError;
use engine::domain::calendar::Calendar;
use engine::domain::project::spans::plan;
use engine::domain::project::{Project, Task};
use engine::domain::{Arg, ProjectId, Right, TaskId, Timestamp};
use maud::{Markup, html};

use super::frame::Ui;
use super::session::Staff;

const WEEKDAYS: [&str; 7] =
    ["ui-day-mon", "ui-day-tue", "ui-day-wed", "ui-day-thu", "ui-day-fri", "ui-day-sat", "ui-day-sun"];

/// What happens on a day.
struct Mark {
    /// Of its colour.
    class: &'static str,
    /// What it is, in words: colour is not all.
    key: &'static str,
    text: String,
    task: Option<TaskId>,
}

/// A month with what happens in it.
pub(super) struct Month<'a> {
    ui: &'a Ui<'a>,
    calendar: &'a Calendar,
    id: ProjectId,
    /// Its first day.
    first: NaiveDate,
    today: NaiveDate,
    marks: BTreeMap<NaiveDate, Vec<Mark>>,
}

impl<'a> Month<'a> {
    /// `asked` is a month such as 2026-11; otherwise it is the present one.
    pub async fn of(
        ui: &'a Ui<'a>,
        calendar: &'a Calendar,
        (staff, project): (&Staff, &Project),
        (id, asked): (&ProjectId, Option<&str>),
    ) -> Result<Self, AppError> {
        let today = calendar.local(ui.site.now()).date();
        let asked = asked.and_then(|month| format!("{month}-01").parse::<NaiveDate>().ok());
        let asked = asked.filter(|day| (1970..=9998).contains(&day.year()));
        let first = asked.unwrap_or(today).with_day(1).unwrap_or(today);
        let mut month = Self { ui, calendar, id: id.clone(), first, today, marks: BTreeMap::new() };
        month.tasks(project);
        month.promises(project).await?;
        if staff.may(Right::Money) {
            month.money(project);
        }
        Ok(month)
    }

    fn mark(&mut self, day: NaiveDate, mark: Mark) {
        self.marks.entry(day).or_default().push(mark);
    }

    fn at(&mut self, at: Option<Timestamp>, mark: Mark) {
        if let Some(at) = at {
            self.mark(self.calendar.local(at).date(), mark);
        }
    }

    fn tasks(&mut self, project: &Project) {
        let planned = plan(project, self.calendar, self.ui.site.now());
        for task in &project.tasks {
            let mark = |class, key| Mark {
                class,
                key,
                text: self.title(project, task),
                task: Some(task.id.clone()),
            };
            let (start, due, done) = (
                mark("work", "ui-calendar-start"),
                mark("due", "ui-calendar-due"),
                mark("done", "ui-calendar-done"),
            );
            let (begin, end) = (mark("plan", "ui-calendar-begin"), mark("plan", "ui-calendar-end"));
            self.at(task.clocks.began, start);
            if task.status.is_over() {
                self.at(task.clocks.over, done);
            } else if task.due.is_some() {
                self.at(task.due, due);
            } else if let Some((from, until)) = planned.get(&task.id) {
                self.at(Some(*from), begin);
                self.at(Some(*until), end);
            }
        }
    }

    fn title(&self, project: &Project, task: &Task) -> String {
        let title = project.plan(&task.id).map_or("", |plan| plan.title.in_language(self.ui.language));
        match task.id.period() {
            0 | 1 => title.to_owned(),
            period => format!("{title} · {period}"),
        }
    }

    async fn promises(&mut self, project: &Project) -> Result<(), AppError> {
        let ids: Vec<_> = project.promises.values().map(|promise| promise.what.content.clone()).collect();
        let contents = self.ui.site.app.store().contents(&ids).await?;
        for (task, promise) in &project.promises {
            let said = contents.iter().find(|content| content.content == promise.what.content);
            let text = said.map(|content| content.text.clone()).unwrap_or_default();
            let class = if promise.missed { "due" } else { "client" };
            self.mark(promise.by, Mark { class, key: "ui-calendar-promise", text, task: task.clone() });
        }
        Ok(())
    }

    fn money(&mut self, project: &Project) {
        for payment in &project.payments {
            let mark = |key, text| Mark { class: "money", key, text, task: payment.task.clone() };
            let amount = |money| self.ui.say("ui-money", &[("amount", Arg::Money(money))]);
            let invoice = payment.invoice.as_ref().map(|invoice| {
                let sum = invoice.amount.clone().map(amount).unwrap_or_default();
                (invoice.date, mark("ui-calendar-invoice", sum))
            });
            let receipts = payment.receipts.iter();
            let receipts = receipts.map(|one| (one.on, mark("ui-calendar-paid", amount(one.amount.clone()))));
            let all: Vec<(NaiveDate, Mark)> = invoice.into_iter().chain(receipts).collect();
            for (day, mark) in all {
                self.mark(day, mark);
            }
        }
    }

    /// Whole weeks, from the Monday before the first day to the Sunday after the last.
    fn weeks(&self) -> Vec<Vec<NaiveDate>> {
        let before = u64::from(self.first.weekday().num_days_from_monday());
        let monday = self.first.checked_sub_days(Days::new(before)).unwrap_or(self.first);
        let next = self.first.checked_add_months(Months::new(1)).unwrap_or(self.first);
        let mondays = monday.iter_days().step_by(7).take_while(|day| *day < next);
        mondays.map(|monday| monday.iter_days().take(7).collect()).collect()
    }

    pub fn draw(&self) -> Markup {
        let to = |day: Option<NaiveDate>| day.map(|day| self.address(day));
        html! {
            nav.months aria-label=(self.ui.t("ui-calendar-months")) {
                @if let Some(before) = to(self.first.checked_sub_months(Months::new(1))) {
                    a.btn rel="prev" href=(before) aria-label=(self.ui.t("ui-calendar-before")) { "‹" }
                }
                h3 { (self.name()) }
                @if let Some(after) = to(self.first.checked_add_months(Months::new(1))) {
                    a.btn rel="next" href=(after) aria-label=(self.ui.t("ui-calendar-after")) { "›" }
                }
                a.btn href=(self.address(self.today)) { (self.ui.t("ui-calendar-today")) }
            }
            @if self.is_empty() { p.muted.none { (self.ui.t("ui-calendar-empty")) } }
            table.month {
                caption.sr { (self.name()) }
                thead { tr { @for key in WEEKDAYS { th scope="col" { (self.ui.t(key)) } } } }
                tbody { @for week in self.weeks() { tr { @for day in week { (self.day(day)) } } } }
            }
        }
    }

    fn name(&self) -> String {
        let month = Arg::Number(i64::from(self.first.month()));
        self.ui
            .say("ui-calendar-month", &[("month", month), ("year", Arg::Text(self.first.year().to_string()))])
    }

    fn address(&self, day: NaiveDate) -> String {
        format!("/p/{}?view=calendar&month={}", self.id, day.format("%Y-%m"))
    }

    fn is_empty(&self) -> bool {
        let next = self.first.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX);
        self.marks.range(self.first..next).next().is_none()
    }

    fn day(&self, day: NaiveDate) -> Markup {
        let marks = self.marks.get(&day).map_or(&[][..], Vec::as_slice);
        let weekday = WEEKDAYS.get(usize::try_from(day.weekday().num_days_from_monday()).unwrap_or(0));
        let class = [
            (marks.is_empty(), "none"),
            (!self.calendar.is_business_day(day), "off"),
            (day.month() != self.first.month(), "other"),
        ];
        let class: Vec<&str> = class.into_iter().filter(|(is, _)| *is).map(|(_, class)| class).collect();
        html! {
            td class=(class.join(" ")) aria-current=[(day == self.today).then_some("date")] {
                time datetime=(day) { b { (day.day()) } span.wide { "." (day.format("%m")) " " (weekday.map(|key| self.ui.t(key)).unwrap_or_default()) } }
                @if !marks.is_empty() { ul { @for mark in marks { li class=(mark.class) { (self.words(mark)) } } } }
            }
        }
    }

    fn words(&self, mark: &Mark) -> Markup {
        let what = self.ui.t(mark.key);
        html! {
            @if let Some(task) = &mark.task {
                a href={ "/p/" (self.id) "?task=" (task) "&month=" (self.first.format("%Y-%m")) } { span { (what) } " " (mark.text) }
            } @else { span { (what) } " " (mark.text) }
        }
    }
}
