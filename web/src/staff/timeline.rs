//! The timeline of a project: plan, what was, and who held the ball, drawn on the server (SURFACES 9.18).

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use engine::domain::calendar::Calendar;
use engine::domain::project::Project;
use engine::domain::project::spans::{Holder, Span, plan};
use engine::domain::{Arg, TaskId, Timestamp};
use maud::{Markup, html};

use super::frame::Ui;

/// Up to so many days each day off is shaded; beyond it the stripes would be hairlines.
const SHADED: usize = 140;
/// So many dates stand above the bars at most.
const DATES: usize = 7;
/// The narrowest bar, in hundredths of the width: a short moment is seen too.
const NARROWEST: f64 = 0.4;

/// What the bars of a project are drawn from.
pub(super) struct Timeline<'a> {
    ui: &'a Ui<'a>,
    calendar: &'a Calendar,
    now: Timestamp,
    spans: BTreeMap<&'a TaskId, Vec<&'a Span>>,
    plan: BTreeMap<TaskId, (Timestamp, Timestamp)>,
    /// Midnight of the first day, and of the day after the last one.
    from: Timestamp,
    until: Timestamp,
}

impl<'a> Timeline<'a> {
    pub fn of(ui: &'a Ui<'a>, calendar: &'a Calendar, project: &Project, spans: &'a [Span]) -> Self {
        let now = ui.site.now();
        let plan = plan(project, calendar, now);
        let opened = project.opened.as_ref().map_or(now, |opened| opened.at);
        let starts = spans.iter().map(|span| span.from).chain(plan.values().map(|(from, _)| *from));
        let ends =
            spans.iter().map(|span| span.until.unwrap_or(now)).chain(plan.values().map(|(_, until)| *until));
        let first = calendar.local(starts.fold(opened, Timestamp::min)).date();
        let last = calendar.local(ends.fold(opened.max(first_of(now, project)), Timestamp::max)).date();
        let mut of_task: BTreeMap<&TaskId, Vec<&Span>> = BTreeMap::new();
        for span in spans {
            of_task.entry(&span.task).or_default().push(span);
        }
        let midnight = |day: NaiveDate| calendar.instant(day.and_time(NaiveTime::MIN));
        let until = midnight(last.checked_add_days(Days::new(1)).unwrap_or(last));
        Self { ui, calendar, now, spans: of_task, plan, from: midnight(first), until }
    }

    /// How far from the left a moment stands, in hundredths of the width.
    fn place(&self, at: Timestamp) -> f64 {
        let whole = seconds(self.from, self.until).max(1.0);
        (seconds(self.from, at) / whole * 100.0).clamp(0.0, 100.0)
    }

    fn days(&self) -> Vec<NaiveDate> {
        let until = self.calendar.local(self.until).date();
        self.calendar.local(self.from).date().iter_days().take_while(|day| *day < until).collect()
    }

    fn midnight(&self, day: NaiveDate) -> Timestamp {
        self.calendar.instant(day.and_time(NaiveTime::MIN))
    }

    /// The dates above the bars: Mondays, as many as there is room for.
    pub fn axis(&self) -> Markup {
        let days = self.days();
        let mondays: Vec<NaiveDate> =
            days.iter().copied().filter(|day| day.weekday().num_days_from_monday() == 0).collect();
        let every = mondays.len().div_ceil(DATES).max(1);
        let mut dates: Vec<NaiveDate> = mondays.into_iter().step_by(every).collect();
        if dates.is_empty() {
            dates.extend(days.first());
        }
        html! {
            svg.axis aria-hidden="true" height="22" width="100%" {
                @for day in dates {
                    @let x = percent(self.place(self.midnight(day)));
                    line x1=(x) x2=(x) y1="0" y2="22" class="tick" {}
                    text x=(x) y="14" dx="4" { (day.format("%d.%m")) }
                }
                (self.today())
            }
        }
    }

    /// The bars of a task, with the same in words.
    pub fn bars(&self, task: &TaskId) -> Markup {
        let spans = self.spans.get(task).map_or(&[][..], Vec::as_slice);
        html! {
            svg.bars role="img" aria-label=(self.words(task, spans)) height="26" width="100%" {
                (self.shades())
                svg y="50%" width="100%" height="20" overflow="visible" {
                    @for span in spans { (self.bar(span)) }
                    @if let Some((from, until)) = self.plan.get(task) {
                        @let (x, width) = self.stretch(*from, *until);
                        rect.plan x=(percent(x)) width=(percent(width)) y="5" height="4" rx="2" {}
                    }
                }
                (self.today())
            }
        }
    }

    fn bar(&self, span: &Span) -> Markup {
        let (x, width) = self.stretch(span.from, span.until.unwrap_or(self.now));
        let (x, width) = (percent(x), percent(width));
        html! {
            rect class=(class(span.holder)) x=(x) width=(width) y="-8" height="10" rx="2" {}
            @if span.holder == Holder::Client { rect x=(x) width=(width) y="-8" height="10" rx="2" fill="url(#hatch)" {} }
        }
    }

    fn stretch(&self, from: Timestamp, until: Timestamp) -> (f64, f64) {
        let x = self.place(from).min(100.0 - NARROWEST);
        (x, (self.place(until) - x).max(NARROWEST))
    }

    fn shades(&self) -> Markup {
        let days = self.days();
        let day = 100.0 / f64::from(u32::try_from(days.len()).unwrap_or(u32::MAX)).max(1.0);
        let off = days.iter().filter(|day| days.len() <= SHADED && !self.calendar.is_business_day(**day));
        html! {
            @for free in off { rect.off x=(percent(self.place(self.midnight(*free)))) width=(percent(day)) y="0" height="26" {} }
        }
    }

    fn today(&self) -> Markup {
        let x = percent(self.place(self.now));
        html! {
            @if self.now < self.until { line.now x1=(x) x2=(x) y1="0" y2="100%" {} }
        }
    }

    /// Who held the ball how long, and the plan, for those who do not see the bars.
    fn words(&self, task: &TaskId, spans: &[&Span]) -> String {
        let mut parts: Vec<String> = self
            .sums(spans.iter().copied())
            .into_iter()
            .map(|(key, held)| format!("{} {held}", self.ui.t(key)))
            .collect();
        if let Some((from, until)) = self.plan.get(task) {
            parts
                .push(self.ui.say("ui-planned", &[("from", Arg::Date(*from)), ("until", Arg::Date(*until))]));
        }
        parts.join("; ")
    }

    fn sums<'s>(&self, spans: impl Iterator<Item = &'s Span>) -> Vec<(&'static str, String)> {
        let mut held: BTreeMap<Holder, chrono::Duration> = BTreeMap::new();
        for span in spans {
            *held.entry(span.holder).or_default() += span.until.unwrap_or(self.now) - span.from;
        }
        held.into_iter().map(|(holder, held)| (key(holder), self.long(held))).collect()
    }

    /// A time in days, or in hours while it is less than two days.
    fn long(&self, held: chrono::Duration) -> String {
        let hours = (held.num_minutes() + 30) / 60;
        if hours < 48 {
            self.ui.say("ui-hours", &[("n", Arg::Number(hours))])
        } else {
            self.ui.say("ui-days", &[("n", Arg::Number((hours + 12) / 24))])
        }
    }

    /// What the colours mean, with how long each side held the ball in the whole project.
    pub fn legend(&self) -> Markup {
        let sums: BTreeMap<&str, String> =
            self.sums(self.spans.values().flatten().copied()).into_iter().collect();
        html! {
            p.legend {
                @for holder in Holder::ALL {
                    span { svg width="16" height="10" aria-hidden="true" {
                        rect class=(class(holder)) width="16" height="10" rx="2" {}
                        @if holder == Holder::Client { rect width="16" height="10" rx="2" fill="url(#hatch)" {} }
                    } (self.ui.t(key(holder))) @if let Some(held) = sums.get(key(holder)) { " " (held) } }
                }
                span { svg width="16" height="10" aria-hidden="true" { rect.plan x="1" width="14" y="3" height="4" rx="2" {} } (self.ui.t("ui-plan")) }
            }
            // The pattern that says "client" without colour.
            svg.defs width="0" height="0" aria-hidden="true" {
                pattern #hatch width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" { rect.hatch width="3" height="6" {} }
            }
        }
    }
}

/// A project that goes on is drawn up to now.
fn first_of(now: Timestamp, project: &Project) -> Timestamp {
    project.ended.unwrap_or(now)
}

fn seconds(from: Timestamp, until: Timestamp) -> f64 {
    (until - from).as_seconds_f64()
}

fn percent(place: f64) -> String {
    format!("{place:.2}%")
}

fn class(holder: Holder) -> &'static str {
    match holder {
        Holder::Work => "s-work",
        Holder::Check => "s-check",
        Holder::Client => "s-client",
        Holder::Rework => "s-rework",
    }
}

fn key(holder: Holder) -> &'static str {
    match holder {
        Holder::Work => "ui-ball-work",
        Holder::Check => "ui-ball-check",
        Holder::Client => "ui-ball-client",
        Holder::Rework => "ui-ball-rework",
    }
}
