//! `task set`: what was typed for the fields of a result; files are kept, links and texts go as they are.

use engine::domain::TaskId;
use engine::domain::definition::FieldKind;
use engine::domain::field::Entered;
use engine::domain::project::Project;
use engine::store::change::Content;

use crate::clock;
use crate::failure::Failure;
use crate::files::keep;
use crate::office::{Office, Setup};

/// Values in the order typed, and the rows of the files among them.
type Values = (Vec<(String, Entered)>, Vec<Content>);

/// What was typed, as the task takes it.
pub fn entered(
    task: &TaskId,
    typed: &[(String, String)],
    state: &Project,
    setup: &Setup,
    office: &Office,
) -> Result<Values, Failure> {
    let plan = state.plan(task);
    let (mut values, mut contents) = (Vec::new(), Vec::new());
    for (name, text) in gathered(typed) {
        let field = plan.and_then(|plan| plan.field_called(&name));
        let (name, kind) = field.map_or((name, None), |field| (field.id.clone(), Some(field.kind)));
        let is_file = matches!(kind, Some(FieldKind::File | FieldKind::Files));
        let text = if in_lines(kind) { from_file(&text, setup)? } else { text };
        let mut files = Vec::new();
        for path in text.lines().filter(|line| is_file && !line.trim().is_empty() && !is_link(line)) {
            let path = setup.cwd.join(path.trim());
            let (content, file) =
                keep(&setup.settings.files_dir, &path, office.by.person().cloned(), clock::now())?;
            contents.push(content);
            files.push(file);
        }
        values.push((name, if files.is_empty() { Entered::Text(text) } else { Entered::Files(files) }));
    }
    Ok((values, contents))
}

/// A field named several times gets all of its values, one a line.
fn gathered(typed: &[(String, String)]) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for (name, value) in typed {
        match all.iter_mut().find(|(known, _)| known == name) {
            Some((_, text)) => {
                text.push('\n');
                text.push_str(value);
            }
            None => all.push((name.clone(), value.clone())),
        }
    }
    all
}

/// The kinds that are written in an editor or a spreadsheet.
fn in_lines(kind: Option<FieldKind>) -> bool {
    matches!(
        kind,
        Some(
            FieldKind::Topics
                | FieldKind::Table
                | FieldKind::ChoiceForEach
                | FieldKind::Done
                | FieldKind::LongText
        )
    )
}

/// `@FILE` is what stands in the file.
fn from_file(text: &str, setup: &Setup) -> Result<String, Failure> {
    let Some(path) = text.strip_prefix('@').filter(|path| !path.contains('\n')) else {
        return Ok(text.to_owned());
    };
    let path = setup.cwd.join(path.trim());
    std::fs::read_to_string(&path)
        .map_err(|error| Failure::not_found(format!("{} cannot be read: {error}", path.display())))
}

fn is_link(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_named_twice_gets_both_values() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let typed = [pair("links", "https://a.ua"), pair("posts", "9"), pair("links", "https://b.ua")];
        assert_eq!(gathered(&typed), [pair("links", "https://a.ua\nhttps://b.ua"), pair("posts", "9")]);
    }
}
