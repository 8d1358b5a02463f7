//! Comments and files under a task: the team's own by default, the client's too where somebody says so (SC-36).

use std::collections::HashMap;

use engine::app::AppError;
use engine::domain::project::comment::Comment;
use engine::domain::project::{Project, Task};
use engine::domain::{Arg, ContentId, PersonId, Timestamp};
use engine::store::change::Content;
use maud::{Markup, html};
use projections::conversation::{Said, about_task};

use super::frame::Ui;
use super::people::{Names, avatar};
use super::upload::megabytes;
use crate::site::read_trouble;

/// What was said under the task, and where more can be said; `written` is what could not be taken a moment ago.
pub(super) async fn comments(
    ui: &Ui<'_>,
    names: &Names,
    (project, task): (&Project, &Task),
    written: &str,
) -> Result<Markup, AppError> {
    let files = task.comments.iter().filter_map(|comment| comment.file.as_ref()).map(|file| &file.content);
    let texts = task.comments.iter().filter_map(|comment| comment.text.as_ref()).map(|text| &text.content);
    let opened = project.opened.as_ref();
    let wrote = match opened {
        Some(opened) => {
            about_task(ui.site.app.store(), &opened.project, &task.id).await.map_err(read_trouble)?
        }
        None => Vec::new(),
    };
    let theirs = wrote.iter().map(|said| &said.content);
    let ids: Vec<ContentId> = texts.chain(files).chain(theirs).cloned().collect();
    let writers: Vec<PersonId> = wrote.iter().filter_map(|said| said.person.clone()).collect();
    let writers = ui.site.app.store().names(&writers).await?;
    let kept = ui.site.app.store().contents(&ids).await?;
    let kept: HashMap<_, _> = kept.into_iter().map(|content| (content.content.clone(), content)).collect();
    let id = project.opened.as_ref().map_or("", |opened| opened.project.as_str());
    let here = format!("/p/{id}/{}", task.id);
    let mut notes: Vec<(Timestamp, Markup)> = task
        .comments
        .iter()
        .map(|comment| (comment.at, one(ui, names, comment, &kept, &here)))
        .chain(wrote.iter().map(|said| (said.at, of_client(ui, said, &writers, &kept))))
        .collect();
    notes.sort_by_key(|(at, _)| *at);
    Ok(html! {
        div.sect.comments {
            h3 { (ui.t("ui-comments")) @if !notes.is_empty() { " " span.faint { (notes.len()) } } }
            @for (_, note) in &notes { (note) }
            form method="post" action={ (here) "/comment" } enctype="multipart/form-data" {
                input type="hidden" name="ask" value=(ui.site.token());
                label for="comment" { (ui.t("ui-comment-add")) }
                textarea #comment name="text" rows="2" maxlength="4000" { "\n" (written) }
                label for="comment-file" { (ui.say("ui-comment-file", &[("size", Arg::Number(megabytes()))])) }
                input #comment-file type="file" name="file";
                label.choice { input type="checkbox" name="client" value="yes"; span { (ui.t("ui-comment-client")) } }
                button.btn { (ui.t("ui-reply-send")) }
            }
        }
    })
}

fn one(
    ui: &Ui<'_>,
    names: &Names,
    comment: &Comment,
    kept: &HashMap<ContentId, Content>,
    here: &str,
) -> Markup {
    let name = comment.by.person().map_or("signoff", |person| names.of(person));
    let file = comment.file.as_ref().map(|file| kept.get(&file.content));
    html! {
        div class=(if comment.to_client { "note client" } else { "note" }) {
            p.small.muted {
                (avatar(name, false)) " " b { (name) } " · "
                time datetime=(comment.at.to_rfc3339()) { (ui.say("ui-day", &[("at", Arg::Moment(comment.at))])) }
                @if comment.to_client { " " span.chip.client { (ui.t("ui-comment-sent")) } }
            }
            @if let Some(text) = &comment.text {
                @match kept.get(&text.content) {
                    Some(content) => p.lines { (content.text) },
                    None => p.muted { (ui.t("ui-comment-erased")) },
                }
            }
            @match file {
                Some(Some(file)) => (link(file, here)),
                Some(None) => p.muted { (ui.t("ui-comment-erased")) },
                None => {}
            }
        }
    }
}

/// What the client wrote in the chat about this task (PF-32).
fn of_client(
    ui: &Ui<'_>,
    said: &Said,
    writers: &HashMap<PersonId, String>,
    kept: &HashMap<ContentId, Content>,
) -> Markup {
    let name = said.person.as_ref().and_then(|person| writers.get(person)).filter(|name| !name.is_empty());
    let name = name.cloned().unwrap_or_else(|| ui.t("ui-comment-by-client"));
    html! {
        div.note.theirs {
            p.small.muted {
                (avatar(&name, false)) " " b { (name) } " · "
                time datetime=(said.at.to_rfc3339()) { (ui.say("ui-day", &[("at", Arg::Moment(said.at))])) }
                " " span.chip.client { (ui.t("ui-comment-by-client")) }
            }
            @match kept.get(&said.content) {
                Some(content) => p.lines { (content.text) @if let Some(file) = &content.file_name { " 📎 " (file) } },
                None => p.muted { (ui.t("ui-comment-erased")) },
            }
        }
    }
}

/// A file to be saved.
pub(super) fn link(file: &Content, here: &str) -> Markup {
    html! {
        p.file { a href={ (here) "/file/" (file.content) } download { (file.file_name.as_deref().unwrap_or("file")) } " " span.faint.small { (size(file)) } }
    }
}

/// How large a file is, as people say it.
pub(super) fn size(file: &Content) -> String {
    let kilobytes = file.size.unwrap_or_default().max(1).saturating_add(1023) / 1024;
    if kilobytes < 1024 { format!("{kilobytes} KB") } else { format!("{} MB", kilobytes / 1024) }
}
