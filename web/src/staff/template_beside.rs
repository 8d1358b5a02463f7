//! What stands beside a template's text: what is wrong with it and the fix, the dry run, and what publishing would do.

use engine::domain::Arg;
use maud::{Markup, html};

use super::frame::Ui;
use super::icon::Icon;
use super::template_page::{Sheet, Tried};
use crate::workshop::{DryRun, Finding};

/// More of a line than this is not shown on either side of the marked place, in characters.
const AROUND: usize = 60;

pub(super) fn beside(ui: &Ui<'_>, sheet: &Sheet, running: Option<usize>) -> Markup {
    html! {
        div.tpl-beside {
            (problems(ui, sheet))
            @if running.is_some() { (dry_run(ui, sheet)) }
            (publishing(ui, sheet, running))
        }
    }
}

fn problems(ui: &Ui<'_>, sheet: &Sheet) -> Markup {
    html! {
        section #findings.card.panel aria-labelledby="problems" {
            div.tpl-head { h2 #problems tabindex="-1" { (ui.t("ui-tpl-problems")) " " span.num { (sheet.findings.len()) } } button.btn name="do" value="check" { (ui.t("ui-tpl-check")) } }
            @if sheet.findings.is_empty() { p.tpl-good { (Icon::Check.draw(16)) (ui.t("ui-tpl-good")) } }
            ul.tpl-findings { @for (number, found) in sheet.findings.iter().enumerate() { (finding(ui, sheet, number, found)) } }
        }
    }
}

fn finding(ui: &Ui<'_>, sheet: &Sheet, number: usize, found: &Finding) -> Markup {
    let place = [("line", &found.line), ("column", &found.column)]
        .map(|(name, at)| (name, Arg::Number(i64::try_from(*at).unwrap_or(i64::MAX))));
    let own = found.path == sheet.path;
    let (from, to) = (units(&sheet.text, found.span.start), units(&sheet.text, found.span.end));
    html! {
        li class=(if found.is_error { "error" } else { "warning" }) data-from=[own.then_some(from)] data-to=[own.then_some(to)] {
            b { (found.message) } " " code { (found.code) }
            p.small.muted { @if !own { a href={ "/templates/" (found.path) } { (found.path) } ", " } (ui.say("ui-tpl-place", &place)) }
            @if own { @if let Some((before, marked, after)) = excerpt(&sheet.text, found) { pre.tpl-source { (before) mark { (marked) } (after) } } }
            @if let Some(hint) = &found.hint { p.small { (hint) } }
            @if own { @if let Some((_, text)) = &found.fix {
                button.btn name="do" value={ "fix:" (number) ":" (found.code) } {
                    @if text.trim().is_empty() { (ui.t("ui-tpl-fix-away")) }
                    @else { (ui.say("ui-tpl-fix", &[("text", Arg::Text(short(text.trim())))])) }
                }
            } }
        }
    }
}

fn short(text: &str) -> String {
    let line: String =
        text.chars().take(AROUND).map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    if text.chars().count() > AROUND { format!("{line}…") } else { line }
}

/// A place of a text as scripts count: in units of UTF-16.
fn units(text: &str, bytes: usize) -> usize {
    text.get(..bytes).map_or(0, |before| before.encode_utf16().count())
}

/// The marked place with what stands before and after it on its line.
fn excerpt<'t>(text: &'t str, found: &Finding) -> Option<(&'t str, &'t str, &'t str)> {
    let start = text.get(..found.span.start)?.rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(found.span.start..)?.find('\n').map_or(text.len(), |at| found.span.start + at);
    let marked = found.span.end.clamp(found.span.start, end);
    let (before, after) = (text.get(start..found.span.start)?, text.get(marked..end)?);
    let from = before.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
    let until = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    Some((&before[from..], text.get(found.span.start..marked)?, &after[..until]))
}

fn dry_run(ui: &Ui<'_>, sheet: &Sheet) -> Markup {
    html! {
        section.card.panel aria-labelledby="dry" {
            h2 #dry { (ui.t("ui-tpl-try")) }
            div.tpl-row {
                label { (ui.t("ui-tpl-client")) " "
                    select name="manner" { @for (manner, title) in [("ideal", "ui-tpl-ideal"), ("typical", "ui-tpl-typical"), ("silent", "ui-tpl-silent")] {
                        option value=(manner) selected[sheet.manner == manner] { (ui.t(title)) }
                    } }
                }
                label { (ui.t("ui-tpl-start")) " " input type="date" name="start" value=(sheet.start); }
                button.btn name="do" value="try" { (ui.t("ui-tpl-try")) }
            }
            @match &sheet.trial {
                Tried::NotAsked => {},
                Tried::NotNow => p role="alert" { (ui.t("ui-tpl-not-now")) },
                Tried::Done(run) => (calendar(ui, run)),
            }
        }
    }
}

fn calendar(ui: &Ui<'_>, run: &DryRun) -> Markup {
    let count = |number: usize| Arg::Number(i64::try_from(number).unwrap_or(i64::MAX));
    html! {
        p.small.muted { (ui.say("ui-tpl-sent", &[("client", count(run.client)), ("staff", count(run.staff))])) }
        ol.tpl-run tabindex="0" aria-labelledby="dry" {
            @for line in &run.lines {
                li { time.num datetime=(line.at.format("%Y-%m-%dT%H:%M")) { (line.at.format("%Y-%m-%d %H:%M")) }
                    span class={ "dot " (match line.to { "client" => "client", "staff" => "check", _ => "work" }) } {}
                    span { (line.words) } }
            }
            @for waits in &run.waits { li.over { "✘ " (waits) } }
        }
    }
}

fn publishing(ui: &Ui<'_>, sheet: &Sheet, running: Option<usize>) -> Markup {
    let next = [("version", Arg::Number(i64::from(sheet.version) + 1))];
    let open = sheet.is_good() && ui.site.office.workshop.writable;
    html! {
        section.card.panel aria-labelledby="effect" {
            h2 #effect { (ui.t("ui-tpl-effect")) }
            @if let Some(count) = running {
                p { (ui.say("ui-tpl-effect-running", &[("version", next[0].1.clone()), ("count", Arg::Number(i64::try_from(count).unwrap_or(i64::MAX)))])) }
            }
            label for="why" { (ui.t("ui-tpl-why")) }
            input #why name="why" maxlength="200" value=(sheet.why);
            @if !sheet.is_good() { p.small.muted { (ui.t("ui-tpl-errors")) } }
            button #publish.btn.pri name="do" value="publish" disabled[!open] { (ui.say("ui-tpl-publish", &next)) }
        }
    }
}
