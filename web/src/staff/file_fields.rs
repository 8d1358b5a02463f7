//! Fields of a result that hold files: what is there, to be saved, and a form to upload more.

use engine::app::AppError;
use engine::domain::definition::{Field, FieldKind};
use engine::domain::field::{Value, filled};
use engine::domain::project::Task;
use engine::domain::{Arg, definition};
use engine::store::change::Content;
use maud::{Markup, html};

use super::comments::link;
use super::frame::Ui;
use super::upload::megabytes;

/// Every such field of the task; `here` is its address, `open` says whether files can come now.
pub(super) async fn file_fields(
    ui: &Ui<'_>,
    (task, plan): (&Task, &definition::Task),
    here: &str,
    open: bool,
) -> Result<Markup, AppError> {
    let mut drawn = Vec::new();
    for field in plan.result.iter().filter(|field| is_file(field)) {
        let ids: Vec<_> = match task.values.get(&field.id) {
            Some(Value::Files(files)) => files.iter().map(|file| file.content.clone()).collect(),
            _ => Vec::new(),
        };
        let files = ui.site.app.store().contents(&ids).await?;
        drawn.push(one(ui, (task, field), &files, here, open));
    }
    Ok(html! { @if !drawn.is_empty() { div.sect { @for field in drawn { (field) } } } })
}

/// Whether it holds files.
pub(super) fn is_file(field: &Field) -> bool {
    matches!(field.kind, FieldKind::File | FieldKind::Files)
}

fn one(ui: &Ui<'_>, (task, field): (&Task, &Field), files: &[Content], here: &str, open: bool) -> Markup {
    let id = format!("u-{}", field.id);
    let missing = field.required && filled(task.values.get(&field.id)) == 0;
    let title = field.title.in_language(ui.language);
    html! {
        form class=(if missing { "fld miss" } else { "fld" }) method="post" action={ (here) "/upload" } enctype="multipart/form-data" {
            @if open {
                label for=(id) { (title) @if missing { " " span.chip.client { (ui.t("ui-fill-in")) } } }
            } @else { p.small.muted { (title) } }
            @for file in files { (link(file, here)) }
            @if !open && files.is_empty() { p.value { "—" } }
            @if open {
                input type="hidden" name="ask" value=(ui.site.token());
                input type="hidden" name="field" value=(field.id);
                p.small.muted { (ui.say("ui-comment-file", &[("size", Arg::Number(megabytes()))])) }
                input id=(id) type="file" name="file" required;
                button.btn { (ui.t("ui-file-upload")) }
            }
        }
    }
}
