//! Files of a project: all that was handed over, commented and sent, in one table, the latest first (SC-36).

use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use engine::app::AppError;
use engine::domain::project::{Project, Task};
use engine::domain::{Arg, ContentId, PersonId, ProjectId, TaskId, Timestamp};
use engine::store::change::Content;
use maud::{Markup, html};
use projections::conversation::{self, Said, Sort};

use super::comments::size;
use super::file_page::in_value;
use super::frame::{Page, Ui};
use super::paging::{Pages, Turned};
use super::people::{Names, avatar};
use super::project_tabs;
use super::session::Staff;
use crate::site::{Site, read_trouble};

/// So many stand on one page.
const PAGE: usize = 100;
/// So much of a hash tells two files apart at a glance.
const HASH: usize = 12;

/// Who has a file, or will have it.
#[derive(Clone, Copy)]
enum Seen {
    Team,
    /// It goes to the client when the result does.
    Later,
    /// It is on its way to the client.
    Unsent,
    /// It is in the client's chat, since that moment where it is known.
    Client(Option<Timestamp>),
}

impl Seen {
    /// What is left to say when nobody knows any more what was sent.
    fn without_proof(self) -> Self {
        match self {
            Self::Unsent | Self::Client(_) => Self::Client(None),
            Self::Team | Self::Later => self,
        }
    }
}

/// What went to the client, and when it reached the chat.
type Told = HashMap<ContentId, Option<Timestamp>>;

/// One file, and where it came from.
struct Row {
    task: Option<TaskId>,
    content: ContentId,
    /// What it is: a field of the result, a comment, a message.
    what: String,
    by: Option<PersonId>,
    /// Nothing: when its row was written.
    at: Option<Timestamp>,
    seen: Seen,
}

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
    let Some((title, head)) = project_tabs::head(site, (&ui, staff), &project, "/files").await? else {
        return Ok(None);
    };
    let table = Table::of(ui, id, &project).await?;
    let pages = Pages::of(&turned.page, table.rows.len(), PAGE);
    let content = html! {
        (head)
        @if table.rows.is_empty() { p.card.panel { (ui.t("ui-files-none")) } } @else {
            p.muted role="status" { (ui.say("ui-files-count", &[("count", number(table.rows.len()))])) }
            (table.draw(&pages))
            (pages.nav(&ui, |page| format!("/p/{id}/files?page={page}")))
        }
    };
    Ok(Some((title, content)))
}

fn number(count: usize) -> Arg {
    Arg::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

/// All that the table is drawn from.
struct Table<'a> {
    ui: Ui<'a>,
    id: &'a ProjectId,
    project: &'a Project,
    /// The latest first.
    rows: Vec<Row>,
    kept: HashMap<ContentId, Content>,
    names: Names,
}

impl<'a> Table<'a> {
    async fn of(ui: Ui<'a>, id: &'a ProjectId, project: &'a Project) -> Result<Self, AppError> {
        let mut rows = rows(&ui, id, project).await?;
        let ids: Vec<ContentId> = rows.iter().map(|row| row.content.clone()).collect();
        let kept = ui.site.app.store().contents(&ids).await?;
        let kept: HashMap<_, _> =
            kept.into_iter().map(|content| (content.content.clone(), content)).collect();
        for row in &mut rows {
            let content = kept.get(&row.content);
            row.at = row.at.or(content.map(|content| content.created));
            row.by = row.by.take().or(content.and_then(|content| content.person.clone()));
            // With the file went the message that brought it, and whether that had arrived.
            row.seen = if content.is_none() { row.seen.without_proof() } else { row.seen };
        }
        // Of one moment, what was added last stands first.
        rows.reverse();
        rows.sort_by_key(|row| std::cmp::Reverse(row.at));
        let people: Vec<PersonId> = rows.iter().filter_map(|row| row.by.clone()).collect();
        Ok(Self { ui, id, project, rows, kept, names: Names::among(ui.site, &people).await? })
    }

    fn draw(&self, pages: &Pages) -> Markup {
        let heads = ["ui-files-file", "ui-files-what", "ui-files-added", "ui-files-seen", "ui-files-hash"];
        html! {
            div.scroll tabindex="0" role="region" aria-label=(self.ui.t("ui-tab-files")) {
                table.people.files {
                    thead { tr { @for key in heads { th scope="col" { (self.ui.t(key)) } } } }
                    tbody { @for row in &self.rows[pages.range()] { (self.row(row)) } }
                }
            }
        }
    }

    fn row(&self, row: &Row) -> Markup {
        let (ui, content) = (&self.ui, self.kept.get(&row.content));
        let sha256 = content.map(|content| content.sha256.as_str());
        let plan = row.task.as_ref().and_then(|task| Some((task, self.project.plan(task)?)));
        html! {
            tr {
                th scope="row" { (self.name(row, content)) }
                td {
                    @if let Some((task, plan)) = plan {
                        a href={ "/p/" (self.id) "?task=" (task) } { (plan.title.in_language(ui.language)) @if task.period() > 1 { " · " (task.period()) } }
                    }
                    div.small.muted { (row.what) }
                }
                td {
                    @if let Some(person) = &row.by { span.person { (avatar(self.names.of(person), false)) (self.names.of(person)) } }
                    @if let Some(at) = row.at { div.small.muted { time datetime=(at.to_rfc3339()) { (ui.say("ui-day", &[("at", Arg::Moment(at))])) } } }
                }
                td { (seen(ui, row.seen)) }
                td { @if let Some(sha256) = sha256 { code title=(sha256) { (sha256.get(..HASH).unwrap_or(sha256)) } } }
            }
        }
    }

    /// The file to be saved, if its bytes lie here; one that came by Telegram lies there.
    fn name(&self, row: &Row, content: Option<&Content>) -> Markup {
        let Some(content) = content else { return html! { span.muted { (self.ui.t("ui-comment-erased")) } } };
        let kind = kind(content);
        let name = content.file_name.clone().unwrap_or_else(|| self.ui.t(kind));
        let place = self.ui.site.office.files.place(&content.sha256);
        let address = row.task.as_ref().filter(|_| place.is_some_and(|place| place.is_file()));
        html! {
            @match address {
                Some(task) => a href={ "/p/" (self.id) "/" (task) "/file/" (content.content) } download { (name) },
                None => (name),
            }
            div.small.muted {
                span title=[content.mime.as_deref()] { (self.ui.t(kind)) }
                @if content.size.is_some() { " · " (size(content)) }
                @if address.is_none() { " · " (self.ui.t("ui-files-telegram")) }
            }
        }
    }
}

/// The files of the tasks, and those that came in the client's chat, in the order in which they came.
async fn rows(ui: &Ui<'_>, id: &ProjectId, project: &Project) -> Result<Vec<Row>, AppError> {
    let store = ui.site.app.store();
    let told = match &project.opened {
        Some(opened) => store.files_told(&opened.client, id).await?,
        None => Told::new(),
    };
    let mut rows: Vec<Row> = Vec::new();
    for task in &project.tasks {
        rows.extend(comments(ui, task, &told));
        rows.extend(results(ui, (project, task), &told));
    }
    let sent = conversation::files_about(store, id).await.map_err(read_trouble)?;
    rows.extend(sent.into_iter().map(|(task, said)| in_chat(ui, project, task, said)));
    Ok(rows)
}

/// Files that somebody put under a task.
fn comments(ui: &Ui<'_>, task: &Task, told: &Told) -> Vec<Row> {
    let put = task.comments.iter().filter_map(|comment| Some((comment, comment.file.as_ref()?)));
    let rows = put.map(|(comment, file)| Row {
        task: Some(task.id.clone()),
        content: file.content.clone(),
        what: ui.t("ui-files-comment"),
        by: comment.by.person().cloned(),
        at: Some(comment.at),
        seen: reached(told, &file.content, if comment.to_client { Seen::Unsent } else { Seen::Team }),
    });
    rows.collect()
}

/// Files of a result, by the titles of their fields.
fn results(ui: &Ui<'_>, (project, task): (&Project, &Task), told: &Told) -> Vec<Row> {
    let plan = project.plan(&task.id);
    let mut rows = Vec::new();
    for (id, value) in &task.values {
        let field = plan.and_then(|plan| plan.field(id));
        let what = field.map_or(id.as_str(), |field| field.title.in_language(ui.language)).to_owned();
        let shown = field.is_some_and(|field| field.client_sees) && !task.status.is_over();
        rows.extend(in_value(value).iter().map(|file| {
            let seen = reached(told, &file.content, if shown { Seen::Later } else { Seen::Team });
            let (task, content) = (Some(task.id.clone()), file.content.clone());
            Row { task, content, what: what.clone(), by: None, at: None, seen }
        }));
    }
    rows
}

/// How far a file is on its way to the client, where it is on it at all.
fn reached(told: &Told, file: &ContentId, otherwise: Seen) -> Seen {
    match told.get(file) {
        Some(Some(at)) => Seen::Client(Some(*at)),
        Some(None) => Seen::Unsent,
        None => otherwise,
    }
}

/// What came in the client's chat.
fn in_chat(ui: &Ui<'_>, project: &Project, task: Option<TaskId>, said: Said) -> Row {
    let remarked = |task: &&Task| task.remarks.iter().any(|remark| remark.content == said.content);
    let task = task.or_else(|| project.tasks.iter().find(remarked).map(|task| task.id.clone()));
    let what = match said.sort {
        Sort::Remark => "ui-talk-remark",
        Sort::Client | Sort::Edited => "ui-comment-by-client",
        Sort::Colleague | Sort::Told | Sort::Note => "ui-talk-colleague",
    };
    let (by, at, seen) = (said.person, Some(said.at), Seen::Client(None));
    Row { task, content: said.content, what: ui.t(what), by, at, seen }
}

fn seen(ui: &Ui<'_>, seen: Seen) -> Markup {
    match seen {
        Seen::Team => html! { span.chip { (ui.t("ui-files-team")) } },
        Seen::Later => {
            html! { span.chip.client { (ui.t("ui-files-client")) } div.small.muted { (ui.t("ui-files-later")) } }
        }
        Seen::Unsent => {
            html! { span.chip.client { (ui.t("ui-files-client")) } div.small.muted { (ui.t("ui-talk-unsent")) } }
        }
        Seen::Client(at) => html! {
            span.chip.client { (ui.t("ui-files-client")) }
            @if let Some(at) = at { div.small.muted { (ui.say("ui-files-sent", &[("at", Arg::Moment(at))])) } }
        },
    }
}

/// The text that names what sort of file it is.
fn kind(content: &Content) -> &'static str {
    let mime = content.mime.as_deref().unwrap_or_default();
    let sorts = [
        ("image/", "ui-files-image"),
        ("video/", "ui-files-video"),
        ("audio/", "ui-files-sound"),
        ("application/pdf", "ui-files-pdf"),
        ("application/vnd.openxml", "ui-files-office"),
        ("application/x-ole", "ui-files-office"),
        ("text/", "ui-files-text"),
        ("application/zip", "ui-files-archive"),
        ("application/gzip", "ui-files-archive"),
        ("application/vnd.rar", "ui-files-archive"),
        ("application/x-7z", "ui-files-archive"),
    ];
    let by_mime = sorts.into_iter().find(|(start, _)| mime.starts_with(start)).map(|(_, key)| key);
    by_mime.unwrap_or(match content.kind.as_str() {
        "photo" => "ui-files-image",
        "video" | "video_note" | "animation" => "ui-files-video",
        "voice" | "audio" => "ui-files-sound",
        _ => "ui-files-other",
    })
}
