//! The calendar as people read it in a terminal.

use chrono::{NaiveDate, NaiveDateTime};

use crate::entry::{Entry, Message};
use crate::report::{End, Report};

/// So much of a message is shown, in characters.
const EXCERPT: usize = 72;

/// The calendar with the load below; `whole`: messages in full.
pub fn page(report: &Report, whole: bool) -> String {
    let mut lines = vec![format!(
        "{} ({}) · {} client · from {} · {}",
        report.title,
        report.service,
        report.manner,
        report.started.format("%a %-d %b %Y"),
        report.zone
    )];
    let mut day = None;
    for entry in &report.entries {
        if day != Some(entry.at.date()) {
            day = Some(entry.at.date());
            lines.extend([String::new(), heading(entry.at.date())]);
        }
        lines.extend(told(entry, whole));
    }
    lines.extend([String::new(), ending(report)]);
    lines.extend(load(report));
    lines.join("\n")
}

fn heading(day: NaiveDate) -> String {
    day.format("%a %-d %b %Y").to_string()
}

fn told(entry: &Entry, whole: bool) -> Vec<String> {
    let time = entry.at.format("%H:%M");
    let Some(message) = &entry.message else {
        let task = entry.task.as_ref().map_or_else(String::new, |task| format!("  [{task}]"));
        return vec![format!("  {time}  {} {}{task}", mark(&entry.kind), entry.words)];
    };
    let buttons: Vec<String> = message.buttons.iter().map(|label| format!("[{label}]")).collect();
    let head = format!("  {time}      → {:<6}  {}", message.to, message.key);
    if whole {
        let text = message.text.lines().map(|line| format!("                 {line}").trim_end().to_owned());
        let buttons = (!buttons.is_empty()).then(|| format!("                 {}", buttons.join(" ")));
        return std::iter::once(head).chain(text).chain(buttons).collect();
    }
    vec![format!("{head}: {}", excerpt(message))]
}

fn mark(kind: &str) -> &'static str {
    match kind {
        "task_started" => "▶",
        "task_completed" | "task_approved" | "project_completed" => "✔",
        "task_sent_back" => "↩",
        "reminder_sent" | "task_overdue" | "task_unaccepted" => "⏰",
        "waits" | "refused" | "project_closed" => "✘",
        _ => "·",
    }
}

/// The beginning of a message in one line.
fn excerpt(message: &Message) -> String {
    let line = message.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= EXCERPT {
        return line;
    }
    let cut: String = line.chars().take(EXCERPT - 1).collect();
    format!("{}…", cut.trim_end())
}

fn ending(report: &Report) -> String {
    let at = day_and_time(report.ended);
    let end = match &report.end {
        End::Finished => format!("✔ The project is over on {at}."),
        End::Periods(1) => format!("✔ The first period is over on {at}; the service goes on."),
        End::Periods(count) => format!("✔ {count} periods are over on {at}; the service goes on."),
        End::Until(day) => format!("… Shown until {}.", heading(*day)),
        End::Stuck(waits) => {
            let waits = waits.join("\n    ");
            format!("✘ It stops here; nothing happens by itself after {at}. It waits for:\n    {waits}")
        }
    };
    let (client, staff) = (report.messages("client"), report.messages("staff"));
    format!("{end}\n  {client} messages to the client, {staff} to the staff; nothing was sent.")
}

fn day_and_time(at: NaiveDateTime) -> String {
    at.format("%a %-d %b %Y %H:%M").to_string()
}

/// Hours per week and role.
fn load(report: &Report) -> Vec<String> {
    let mut roles: Vec<&String> = report.load.weeks.values().flat_map(|week| week.keys()).collect();
    roles.sort();
    roles.dedup();
    if roles.is_empty() {
        return Vec::new();
    }
    let width = |role: &str| role.chars().count().max(6);
    let row = |first: &str, cells: Vec<String>| {
        let cells =
            cells.iter().zip(&roles).map(|(cell, role)| format!("  {cell:>width$}", width = width(role)));
        let cells: Vec<String> = cells.collect();
        format!("  {first:<14}{}", cells.concat()).trim_end().to_owned()
    };
    let mut lines = vec![String::new(), "Load, in planned hours".to_owned()];
    lines.push(row("week of", roles.iter().map(|role| (*role).clone()).collect()));
    for (week, found) in &report.load.weeks {
        let cells =
            roles.iter().map(|role| found.get(*role).map_or_else(String::new, |minutes| hours(*minutes)));
        lines.push(row(&week.format("%-d %b %Y").to_string(), cells.collect()));
    }
    let sum = |role: &String| report.load.weeks.values().filter_map(|week| week.get(role)).sum::<u32>();
    lines.push(row("together", roles.iter().map(|role| hours(sum(role))).collect()));
    lines
}

fn hours(minutes: u32) -> String {
    format!("{:.1}", f64::from(minutes) / 60.0)
}
