//! A file of a task, to be saved: never shown in the page, whatever it holds (RELIABILITY 6.5).

use std::fs::File;
use std::io::Read;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use engine::app::AppError;
use engine::domain::field::{FileRef, Value};
use engine::domain::project::Task;
use engine::domain::{ContentId, ProjectId, TaskId};
use engine::store::change::Content;

use super::session::Staff;
use crate::site::Site;

/// So much of a file is in memory at a time, in bytes.
const PIECE: usize = 64 * 1024;

pub(super) async fn show(
    State(site): State<Site>,
    staff: Staff,
    Path((project, task, content)): Path<(String, String, String)>,
) -> Response {
    let file = (ProjectId(project), TaskId(task), ContentId(content));
    let content = match content_of(&site, &file).await {
        Ok(content) => content,
        Err(error) => return site.trouble(&error, &staff.language),
    };
    let place = content.as_ref().and_then(|content| site.office.files.place(&content.sha256));
    match content.zip(place.and_then(|place| File::open(place).ok())) {
        Some((content, file)) => sent(&content, file),
        None => site.plain(StatusCode::NOT_FOUND, &staff.language, "gone"),
    }
}

/// The row of a file that belongs to this very task.
async fn content_of(
    site: &Site,
    (project, task, content): &(ProjectId, TaskId, ContentId),
) -> Result<Option<Content>, AppError> {
    let project = site.app.project_state(project).await?;
    let task = project.as_deref().and_then(|project| project.task(task));
    if !task.is_some_and(|task| holds(task, content)) {
        return Ok(None);
    }
    Ok(site.app.store().contents(std::slice::from_ref(content)).await?.into_iter().next())
}

fn holds(task: &Task, content: &ContentId) -> bool {
    let commented = task.comments.iter().filter_map(|comment| comment.file.as_ref());
    commented.chain(task.values.values().flat_map(in_value)).any(|file| file.content == *content)
}

/// The files of a value.
pub(super) fn in_value(value: &Value) -> &[FileRef] {
    match value {
        Value::Files(files) => files,
        Value::Text(_)
        | Value::Number(_)
        | Value::Links(_)
        | Value::Choices(_)
        | Value::Money(_)
        | Value::Date(_)
        | Value::DateRange(..)
        | Value::DateTime(_)
        | Value::Topics(_)
        | Value::Table(_)
        | Value::ChoiceForEach(_)
        | Value::Done(_)
        | Value::YesNo(_) => &[],
    }
}

fn sent(content: &Content, file: File) -> Response {
    let pieces = futures::stream::try_unfold(file, async |mut file| {
        let mut piece = vec![0; PIECE];
        let read = file.read(&mut piece)?;
        piece.truncate(read);
        Ok::<_, std::io::Error>((read > 0).then_some((piece, file)))
    });
    let name = content.file_name.as_deref().unwrap_or("file");
    let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let headers = [
        (CONTENT_TYPE, content.mime.clone().unwrap_or_else(|| "application/octet-stream".to_owned())),
        (CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", name.replace('+', "%20"))),
        (CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
        (CONTENT_LENGTH, content.size.unwrap_or_default().to_string()),
    ];
    (headers, Body::from_stream(pieces)).into_response()
}
