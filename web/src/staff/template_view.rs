//! How a template is drawn: the text to edit, its tasks as a list, what changed, and its versions.

use std::collections::BTreeMap;

use engine::app::{AppError, TemplateVersion};
use engine::domain::Arg;
use engine::domain::definition::Approval;
use maud::{Markup, html};

use super::frame::{Ui, notice};
use super::people::Names;
use super::session::Staff;
use super::template_beside::beside;
use super::template_page::{Asked, Sheet};
use super::templates_page::{by_whom, running};
use crate::assets;
use crate::site::Site;

pub(super) async fn draw(
    site: &Site,
    staff: &Staff,
    sheet: &Sheet,
    asked: &Asked,
) -> Result<Markup, AppError> {
    let ui = Ui::of(site, staff);
    let tab = asked.tab.as_deref().unwrap_or("text");
    let shown = match tab {
        "list" => list(&ui, sheet),
        "changes" => {
            let held = in_force(site, sheet).await?;
            changes(&ui, sheet, &site.app.diff_of(("", &held), ("", &sheet.text)).await?)
        }
        "versions" => versions(&ui, sheet, asked.version).await?,
        _ => text(&ui, sheet).await?,
    };
    Ok(html! {
        p.crumb { a href="/templates" { (ui.t("ui-nav-templates")) } }
        div.top {
            h1 { (sheet.path) }
            span.chip { @if sheet.version > 0 { (version(&ui, "ui-tpl-version", sheet.version)) } @else { (ui.t("ui-tpl-version-none")) } }
            span.sp {}
            (tabs(&ui, sheet, tab))
        }
        @if let Some((said, _)) = &sheet.said { (notice(said)) }
        @if let Some(done) = &sheet.done { p.tpl-done role="status" { (done) } }
        @if !site.office.workshop.writable { (notice(&ui.t("ui-tpl-inside"))) }
        (shown)
    })
}

fn version(ui: &Ui<'_>, key: &str, number: u32) -> String {
    ui.say(key, &[("version", Arg::Number(i64::from(number)))])
}

/// The text that was published last.
async fn in_force(site: &Site, sheet: &Sheet) -> Result<String, AppError> {
    let agency = site.app.agency_state().await?;
    let sha256 = agency.templates.get(&sheet.path).and_then(|standing| standing.sha256.clone());
    let Some(sha256) = sha256 else { return Ok(String::new()) };
    Ok(site.app.store().template_text(&sha256).await?.unwrap_or_default())
}

fn tabs(ui: &Ui<'_>, sheet: &Sheet, chosen: &str) -> Markup {
    let all = [
        ("text", "ui-tpl-text"),
        ("list", "ui-tpl-list"),
        ("changes", "ui-tpl-changes"),
        ("versions", "ui-tpl-versions"),
    ];
    let has_list = definition(ui, sheet).is_some();
    html! {
        nav.seg aria-label=(ui.t("ui-tpl-tabs")) {
            @for (tab, title) in all.into_iter().filter(|(tab, _)| *tab != "list" || has_list) {
                a href={ "/templates/" (sheet.path) "?tab=" (tab) } aria-current=[(tab == chosen).then_some("page")] { (ui.t(title)) }
            }
        }
    }
}

fn definition(ui: &Ui<'_>, sheet: &Sheet) -> Option<std::sync::Arc<engine::domain::definition::Definition>> {
    let service = sheet.path.strip_suffix(".yaml")?;
    (ui.site.office.services)().into_iter().find(|definition| definition.service == service)
}

async fn text(ui: &Ui<'_>, sheet: &Sheet) -> Result<Markup, AppError> {
    let moved = sheet.said.as_ref().is_some_and(|(_, moved)| *moved);
    let difference =
        if moved { ui.site.app.diff_of(("", &sheet.held), ("", &sheet.text)).await? } else { String::new() };
    let running = running(ui.site).await?;
    let count =
        definition(ui, sheet).map(|definition| running.get(&definition.service).copied().unwrap_or_default());
    let has_schema = (ui.site.office.workshop.schema)(&sheet.path, ui.language).is_some();
    let schema = has_schema.then(|| format!("/schema/{}", sheet.path));
    Ok(html! {
        @if moved { section.card.panel { p { (ui.t("ui-tpl-yours")) } (diff(&difference)) } }
        form #template.tpl method="post" action={ "/templates/" (sheet.path) } autocomplete="off" {
            // Enter in a field checks; it never publishes.
            button.sr name="do" value="check" tabindex="-1" aria-hidden="true" {}
            input type="hidden" name="ask" value=(ui.site.token());
            input type="hidden" name="base" value=(sheet.began.0);
            input type="hidden" name="version" value=(sheet.began.1);
            div.card.tpl-edit {
                label.sr for="text" { (sheet.path) }
                // A first line end of its own: browsers drop one.
                textarea #text name="text" rows="32" wrap="off" spellcheck="false" readonly[!ui.site.office.workshop.writable] { "\n" (sheet.text) }
                div #editor data-label=(sheet.path) data-schema=[schema] data-words=(words(ui)) hidden {}
            }
            (beside(ui, sheet, count))
        }
        script src=(*assets::EDITOR_AT) defer {}
        script src=(*assets::TEMPLATE_SCRIPT_AT) defer {}
    })
}

/// What the editor says in its own panels, by its own English words.
const WORDS: [(&str, &str); 14] = [
    ("Find", "ui-tpl-find"),
    ("Replace", "ui-tpl-replace"),
    ("next", "ui-tpl-next"),
    ("previous", "ui-tpl-previous"),
    ("all", "ui-tpl-all"),
    ("match case", "ui-tpl-case"),
    ("regexp", "ui-tpl-regexp"),
    ("by word", "ui-tpl-word"),
    ("replace", "ui-tpl-replace-one"),
    ("replace all", "ui-tpl-replace-all"),
    ("close", "ui-close"),
    ("Go to line", "ui-tpl-line"),
    ("go", "ui-tpl-go"),
    ("Completions", "ui-tpl-offers"),
];

fn words(ui: &Ui<'_>) -> String {
    let words: BTreeMap<&str, String> = WORDS.iter().map(|(word, key)| (*word, ui.t(key))).collect();
    serde_json::to_string(&words).unwrap_or_default()
}

fn list(ui: &Ui<'_>, sheet: &Sheet) -> Markup {
    let Some(definition) = definition(ui, sheet) else { return html! { p.muted { (ui.t("ui-nothing")) } } };
    let agency = &ui.site.app.desk().agency;
    let role = |id: &str| {
        let found = agency.roles.iter().find(|role| role.id == id);
        found.map_or_else(|| id.to_owned(), |role| role.title.in_language(ui.language).to_owned())
    };
    html! {
        div.card.tpl-scroll tabindex="0" role="region" aria-label=(ui.t("ui-tpl-list")) {
            table.tpl-files {
                thead { tr {
                    th scope="col" { (ui.t("ui-project-tasks")) }
                    th scope="col" { (ui.t("ui-tpl-role")) }
                    th scope="col" { (ui.t("ui-tpl-hours")) }
                    th scope="col" { (ui.t("ui-tpl-approval")) }
                } }
                tbody {
                    @for task in definition.tasks() {
                        tr {
                            th scope="row" { (task.title.in_language(ui.language)) }
                            td { (role(&task.assignee)) @if let Some(auditor) = &task.auditor { " → " (role(auditor)) } }
                            td.num { (f64::from(task.minutes) / 60.0) }
                            td { @if task.approval == Approval::Required { "✓" } }
                        }
                    }
                }
            }
        }
    }
}

fn changes(ui: &Ui<'_>, sheet: &Sheet, difference: &str) -> Markup {
    html! {
        section.card.panel aria-label=(ui.t("ui-tpl-changes")) {
            @if difference.is_empty() { p.muted { (ui.t("ui-tpl-no-changes")) } }
            @else { p { (sheet.path) } (diff(difference)) }
        }
    }
}

async fn versions(ui: &Ui<'_>, sheet: &Sheet, chosen: Option<u32>) -> Result<Markup, AppError> {
    let all = ui.site.app.template_versions().await?;
    let names = Names::of_staff(ui.site).await?;
    let own: Vec<&TemplateVersion> = all.iter().filter(|version| version.path == sheet.path).collect();
    let chosen = own
        .iter()
        .position(|known| known.sha256.is_some() && Some(known.version) == chosen.or(Some(sheet.version)));
    let difference = match chosen {
        Some(at) => difference(ui, at.checked_sub(1).map(|at| own[at]), own[at]).await?,
        None => String::new(),
    };
    Ok(html! {
        div.tpl {
            section.card.panel { h2 { (sheet.path) } (diff(&difference)) }
            ol.card.tpl-versions reversed aria-label=(ui.t("ui-tpl-versions")) {
                @for (at, known) in own.iter().enumerate().rev() {
                    li {
                        a href={ "/templates/" (sheet.path) "?tab=versions&version=" (known.version) } aria-current=[(Some(at) == chosen).then_some("true")] {
                            b { (version(ui, "ui-tpl-version", known.version)) } " "
                            span.muted { (ui.say("ui-day", &[("at", Arg::Date(known.at))])) " · " (by_whom(ui, known, &names)) }
                        }
                        @if known.version != sheet.version && known.sha256.is_some() && ui.site.office.workshop.writable {
                            form method="post" action={ "/templates/" (sheet.path) } {
                                input type="hidden" name="ask" value=(ui.site.token());
                                input type="hidden" name="base" value=(sheet.began.0);
                                input type="hidden" name="version" value=(sheet.began.1);
                                button.btn name="do" value={ "restore:" (known.version) } { (version(ui, "ui-tpl-restore", known.version)) }
                            }
                        }
                    }
                }
            }
        }
    })
}

/// What a version changed, as it was stored with it.
async fn difference(
    ui: &Ui<'_>,
    before: Option<&TemplateVersion>,
    after: &TemplateVersion,
) -> Result<String, AppError> {
    let old = before.and_then(|version| version.sha256.as_deref()).unwrap_or_default();
    let new = after.sha256.as_deref().unwrap_or_default();
    let store = ui.site.app.store();
    let (before, after) = (store.template_text(old).await?, store.template_text(new).await?);
    ui.site.app.diff_of((old, &before.unwrap_or_default()), (new, &after.unwrap_or_default())).await
}

/// Changed lines, marked by their first sign and by a colour.
fn diff(difference: &str) -> Markup {
    let class = |line: &str| match line.as_bytes().first() {
        Some(b'+') => "add",
        Some(b'-') => "del",
        Some(b'@') => "at",
        _ => "",
    };
    html! { pre.diff tabindex="0" { @for line in difference.lines() { span class=(class(line)) { (line) "\n" } } } }
}
