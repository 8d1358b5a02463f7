//! Comments and files under a task: the team's own by default, the client's too where somebody says so (SC-36).

use std::collections::HashMap;

use engine::app::AppError;
use engine::domain::project::comment::Comment;
use engine::domain::project::{Project, Task};
use engine::domain::{Arg, ContentId};
use engine::store::change::Content;
use maud::{Markup, html};

use super::frame::Ui;
use super::people::{Names, avatar};
use super::upload::megabytes;

/// What was said under the task, and where more can be said; `written` is what could not be taken a moment ago.
pub(super) async fn comments(
    ui: &Ui<'_>,
    names: &Names,
    (project, task): (&Project, &Task),
    written: &str,
) -> Result<Markup, AppError> {
    let files = task.comments.iter().filter_map(|comment| comment.file.as_ref()).map(|file| &file.content);
    let texts = task.comments.iter().filter_map(|comment| comment.text.as_ref()).map(|text| &text.content);
    let ids: Vec<ContentId> = texts.chain(files).cloned().collect();
    let kept = ui.site.app.store().contents(&ids).await?;
    let kept: HashMap<_, _> = kept.into_iter().map(|content| (content.content.clone(), content)).collect();
    let id = project.opened.as_ref().map_or("", |opened| opened.project.as_str());
    let here = format!("/p/{id}/{}", task.id);
    Ok(html! {
        div.sect.comments {
            h3 { (ui.t("ui-comments")) @if !task.comments.is_empty() { " " span.faint { (task.comments.len()) } } }
            @for comment in &task.comments { (one(ui, names, comment, &kept, &here)) }
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

/// A file to be saved.
pub(super) fn link(file: &Content, here: &str) -> Markup {
    let kilobytes = file.size.unwrap_or_default().max(1).saturating_add(1023) / 1024;
    let size = if kilobytes < 1024 { format!("{kilobytes} KB") } else { format!("{} MB", kilobytes / 1024) };
    html! {
        p.file { a href={ (here) "/file/" (file.content) } download { (file.file_name.as_deref().unwrap_or("file")) } " " span.faint.small { (size) } }
    }
}
