//! The numbers of a project: tasks and hours for everybody who works on it, money for those who deal with it (PF-48).

use engine::domain::project::Project;
use engine::domain::project::figures::Figures;
use engine::domain::sums::Sums;
use engine::domain::{Arg, Right};
use maud::{Markup, html};

use super::frame::Ui;
use super::session::Staff;

pub(super) fn numbers(ui: &Ui<'_>, staff: &Staff, project: &Project) -> Markup {
    let figures = Figures::of(project, &ui.site.app.desk().agency.rates, |_| true);
    let done = project.tasks.iter().filter(|task| task.status.is_over()).count();
    let money = staff.may(Right::Money);
    html! {
        dl.numbers {
            (part(ui, "ui-number-tasks", done, project.tasks.len(), &done.to_string(), &project.tasks.len().to_string()))
            (hours(ui, figures.minutes(|_| true), project.planned_minutes()))
            @if money {
                (amount(ui, "ui-number-income", &figures.income))
                (amount(ui, "ui-number-expenses", &figures.expenses))
                (amount(ui, "ui-number-profit", &figures.profit()))
                (amount(ui, "ui-number-owed", &project.owed()))
            }
        }
    }
}

fn hours(ui: &Ui<'_>, worked: u32, planned: u32) -> Markup {
    let (done, all) = (usize::try_from(worked).unwrap_or(0), usize::try_from(planned).unwrap_or(0));
    part(ui, "ui-number-hours", done, all, &clock(worked), &clock(planned))
}

/// Minutes as hours: `3` or `3:30`.
pub(super) fn clock(minutes: u32) -> String {
    match minutes % 60 {
        0 => (minutes / 60).to_string(),
        rest => format!("{}:{rest:02}", minutes / 60),
    }
}

/// A number of a number, with a bar.
fn part(ui: &Ui<'_>, key: &str, done: usize, all: usize, first: &str, second: &str) -> Markup {
    html! {
        div {
            dt { (ui.t(key)) }
            dd {
                b.num { (first) } " " span.faint { (ui.say("ui-of", &[("total", Arg::Text(second.to_owned()))])) }
                progress max=(all.max(1)) value=(done.min(all)) aria-label=(ui.t(key)) {}
            }
        }
    }
}

fn amount(ui: &Ui<'_>, key: &str, sums: &Sums) -> Markup {
    let amounts = sums.list();
    html! {
        div {
            dt { (ui.t(key)) }
            dd {
                @for money in &amounts { b.num { (ui.say("ui-money", &[("amount", Arg::Money(money.clone()))])) } }
                @if amounts.is_empty() { b.num { "0" } }
            }
        }
    }
}
