//! Uploads: a comment with its file, and files of a result; streamed to the disk, never whole in memory (SC-36).

use std::time::Duration;

use axum::extract::multipart::Field;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use engine::domain::field::{Entered, FileRef};
use engine::domain::project::ProjectCommand;
use engine::domain::{Arg, ContentId, ProjectId, TaskId};
use engine::store::change::Content;
use engine::store::files::{Draft, FileError, Kept, LARGEST};

use super::act::{give_written, written};
use super::preview::ask_once;
use super::project_page;
use super::session::Staff;
use crate::site::Site;

/// A field of text, in bytes.
const WORDS: usize = 64 * 1024;

/// What stands around the file in a body.
const AROUND: u64 = 256 * 1024;

/// So much of what is too large is read on and thrown away, so that the answer arrives.
const DRAINED: u64 = 4 * LARGEST;

/// So many fields of text one form has at most.
const FIELDS: usize = 16;

/// A whole upload may take so long.
const WHOLE: Duration = Duration::from_mins(10);

/// The next piece of a body may take so long.
const PATIENCE: Duration = Duration::from_mins(1);

/// Why nothing came of an upload.
#[derive(Debug)]
enum Broken {
    TooLarge,
    /// It broke off, took too long, or is no form.
    Unread,
    Disk(std::io::Error),
}

impl From<FileError> for Broken {
    fn from(error: FileError) -> Self {
        match error {
            FileError::TooLarge => Self::TooLarge,
            FileError::Io(error) => Self::Disk(error),
        }
    }
}

/// What a form brought.
#[derive(Default)]
struct Brought {
    words: Vec<(String, String)>,
    file: Option<(Kept, String)>,
    too_large: bool,
}

impl Brought {
    fn get(&self, name: &str) -> &str {
        self.words.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }
}

/// A comment under a task, with or without a file.
pub(super) async fn comment(
    State(site): State<Site>,
    staff: Staff,
    Path((project, task)): Path<(String, String)>,
    request: Request,
) -> Response {
    let place = (ProjectId(project), TaskId(task));
    let brought = match taken(&site, &staff, &place, request).await {
        Ok(brought) => brought,
        Err(answer) => return *answer,
    };
    let said = Some(brought.get("text")).filter(|text| !text.is_empty());
    let text = said.map(|text| written(&site, &staff, text));
    let file = brought.file.as_ref().map(|file| row(&site, &staff, file));
    let command = ProjectCommand::Comment {
        task: place.1.clone(),
        text: text.as_ref().map(Content::reference),
        file: file.as_ref().map(reference),
        to_client: brought.get("client") == "yes",
    };
    let mut asked = ask_once(&site, &staff, command, brought.get("ask"));
    asked.along.contents.extend(text.into_iter().chain(file));
    give_written(&site, &staff, (&place.0, &place.1), asked, brought.get("text")).await
}

/// A file for a field of the result.
pub(super) async fn field(
    State(site): State<Site>,
    staff: Staff,
    Path((project, task)): Path<(String, String)>,
    request: Request,
) -> Response {
    let place = (ProjectId(project), TaskId(task));
    let brought = match taken(&site, &staff, &place, request).await {
        Ok(brought) => brought,
        Err(answer) => return *answer,
    };
    let Some(file) = &brought.file else {
        let said = site.word(&staff.language, "ui-file-none");
        return project_page::page(&site, &staff, (&place.0, Some(&place.1)), Some(&said)).await;
    };
    let file = row(&site, &staff, file);
    let values = vec![(brought.get("field").to_owned(), Entered::Files(vec![reference(&file)]))];
    let command = ProjectCommand::SetFields { task: place.1.clone(), values };
    let mut asked = ask_once(&site, &staff, command, brought.get("ask"));
    asked.along.contents.push(file);
    give_written(&site, &staff, (&place.0, &place.1), asked, "").await
}

/// What the form brought, or the page that says why it cannot be taken.
async fn taken(
    site: &Site,
    staff: &Staff,
    (project, task): &(ProjectId, TaskId),
    request: Request,
) -> Result<Brought, Box<Response>> {
    let mut brought = Brought::default();
    let outcome = tokio::time::timeout(WHOLE, read(site, request, &mut brought)).await;
    let outcome = outcome.unwrap_or(Err(Broken::Unread));
    let key = match outcome {
        Ok(()) if !brought.too_large => return Ok(brought),
        Ok(()) | Err(Broken::TooLarge) => "ui-file-too-large",
        Err(Broken::Unread) => {
            return Err(Box::new(site.plain(StatusCode::BAD_REQUEST, &staff.language, "gone")));
        }
        Err(Broken::Disk(error)) => {
            tracing::error!(%error, "an upload cannot be kept");
            return Err(Box::new(site.plain(StatusCode::SERVICE_UNAVAILABLE, &staff.language, "trouble")));
        }
    };
    let said = site.say(&staff.language, key, &[("size", Arg::Number(megabytes()))]);
    let page =
        project_page::page_written(site, staff, (project, Some(task)), Some(&said), brought.get("text"));
    Err(Box::new(page.await))
}

/// The largest file, in megabytes.
pub(super) fn megabytes() -> i64 {
    i64::try_from(LARGEST / 1024 / 1024).unwrap_or_default()
}

async fn read(site: &Site, mut request: Request, brought: &mut Brought) -> Result<(), Broken> {
    let length = request.headers().get("content-length").and_then(|value| value.to_str().ok());
    // What says itself that it is too large does not touch the disk.
    let declared: u64 = length.and_then(|value| value.parse().ok()).unwrap_or_default();
    brought.too_large = declared > LARGEST + AROUND;
    let most = if brought.too_large { DRAINED } else { LARGEST } + AROUND;
    DefaultBodyLimit::max(usize::try_from(most).unwrap_or(usize::MAX)).apply(&mut request);
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| Broken::Unread)?;
    loop {
        let next = tokio::time::timeout(PATIENCE, form.next_field()).await.map_err(|_| Broken::Unread)?;
        let Some(field) = next.map_err(|_| Broken::Unread)? else { return Ok(()) };
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(shown_name) {
            // A form has one file: what a second one would leave on the disk nobody names.
            Some(_) if brought.file.is_some() => return Err(Broken::Unread),
            Some(file_name) => {
                let kept = file(site, field, brought.too_large).await;
                match kept {
                    Ok(kept) => brought.file = kept.map(|kept| (kept, file_name)),
                    Err(Broken::TooLarge) => brought.too_large = true,
                    Err(broken) => return Err(broken),
                }
            }
            None if brought.words.len() >= FIELDS => return Err(Broken::Unread),
            None => brought.words.push((name, words(field).await?)),
        }
    }
}

async fn words(mut field: Field<'_>) -> Result<String, Broken> {
    let mut bytes = Vec::new();
    while let Some(piece) = piece(&mut field).await? {
        if bytes.len() + piece.len() > WORDS {
            return Err(Broken::Unread);
        }
        bytes.extend_from_slice(&piece);
    }
    String::from_utf8(bytes).map(|text| text.replace("\r\n", "\n")).map_err(|_| Broken::Unread)
}

/// Writes a file piece by piece; of what is too large nothing stays. An input without a file is none.
async fn file(site: &Site, mut field: Field<'_>, refused: bool) -> Result<Option<Kept>, Broken> {
    let (mut draft, mut seen) = (None, 0_u64);
    let mut too_large = refused;
    while let Some(piece) = piece(&mut field).await? {
        seen = seen.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        if seen > DRAINED {
            return Err(Broken::TooLarge);
        }
        // A browser sends an input without a file as an empty one.
        if too_large || piece.is_empty() {
            continue;
        }
        let writing = match &mut draft {
            Some(draft) => draft,
            None => draft.insert(site.office.files.draft(&site.token()).map_err(Broken::Disk)?),
        };
        match writing.write(&piece) {
            Ok(()) => {}
            Err(FileError::TooLarge) => (too_large, draft) = (true, None),
            Err(error) => return Err(error.into()),
        }
    }
    if too_large {
        return Err(Broken::TooLarge);
    }
    match draft {
        Some(draft) => keep(draft).await.map(Some),
        None => Ok(None),
    }
}

/// The disk may take its time.
async fn keep(draft: Draft) -> Result<Kept, Broken> {
    let kept = tokio::task::spawn_blocking(move || draft.keep()).await;
    kept.map_err(|error| Broken::Disk(std::io::Error::other(error)))?.map_err(Broken::Disk)
}

async fn piece(field: &mut Field<'_>) -> Result<Option<Vec<u8>>, Broken> {
    let next = tokio::time::timeout(PATIENCE, field.chunk()).await.map_err(|_| Broken::Unread)?;
    Ok(next.map_err(|_| Broken::Unread)?.map(|bytes| bytes.to_vec()))
}

/// The row of a file.
fn row(site: &Site, staff: &Staff, (kept, name): &(Kept, String)) -> Content {
    Content {
        content: ContentId(format!("c-{}", site.token())),
        person: Some(staff.person.clone()),
        kind: "document".to_owned(),
        text: String::new(),
        file_id: None,
        file_name: Some(name.clone()),
        mime: Some(kept.mime.to_owned()),
        size: Some(kept.size),
        sha256: kept.sha256.clone(),
        created: site.now(),
    }
}

fn reference(content: &Content) -> FileRef {
    FileRef { content: content.content.clone(), sha256: content.sha256.clone() }
}

/// A name that can be shown and sent: no folders, nothing that cannot be seen, nothing that turns the writing round.
fn shown_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen = last.chars().filter(|letter| {
        !letter.is_control()
            && !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    });
    let name: String = seen.take(120).collect();
    if name.trim().is_empty() { "file".to_owned() } else { name.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_neither_folders_nor_what_cannot_be_seen() {
        assert_eq!(shown_name("C:\\Users\\Оля\\звіт.pdf"), "звіт.pdf");
        assert_eq!(shown_name("../../etc/passwd"), "passwd");
        assert_eq!(shown_name("invoice\u{202e}fdp.exe\n"), "invoicefdp.exe");
        assert_eq!(shown_name(" \u{200b}"), "file");
    }
}
