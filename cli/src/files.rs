//! Files: what people hand over on the command line, kept in files.dir under the hash of its bytes.

use std::path::{Path, PathBuf};

use engine::domain::field::FileRef;
use engine::domain::project::event::ContentRef;
use engine::domain::{ContentId, PersonId, Timestamp};
use engine::store::change::Content;

use crate::failure::Failure;
use crate::random::{letters, sha256};

/// Where the bytes of a file lie.
pub fn place(dir: &Path, sha256: &str) -> PathBuf {
    dir.join(sha256)
}

/// Copies a file into the folder and answers its row and the reference to it.
pub fn keep(
    dir: &Path,
    file: &Path,
    person: Option<PersonId>,
    at: Timestamp,
) -> Result<(Content, FileRef), Failure> {
    let bytes = std::fs::read(file)
        .map_err(|error| Failure::not_found(format!("{} cannot be read: {error}", file.display())))?;
    let sha256 = sha256(&bytes);
    let target = place(dir, &sha256);
    if !target.exists() {
        write(&target, &bytes).map_err(|error| {
            Failure::failed(format!("{} cannot be written: {error}", target.display()))
                .with_hint("see files.dir in signoff.toml")
        })?;
    }
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    let content = Content {
        content: new_id(),
        person,
        kind: "document".to_owned(),
        text: String::new(),
        file_id: None,
        mime: name.as_deref().map(mime).map(str::to_owned),
        file_name: name,
        size: i64::try_from(bytes.len()).ok(),
        sha256: sha256.clone(),
        created: at,
    };
    let reference = FileRef { content: content.content.clone(), sha256 };
    Ok((content, reference))
}

/// A comment as a row beside the log, and the reference to it.
pub fn comment(text: &str, person: Option<PersonId>, at: Timestamp) -> (Content, ContentRef) {
    let content = Content::written(new_id(), text, person, at);
    let reference = content.reference();
    (content, reference)
}

fn new_id() -> ContentId {
    ContentId(format!("c-{}", letters(16)))
}

/// Written beside its place first, so that a crash leaves no half of a file under its hash.
fn write(target: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = target.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let draft = target.with_extension(letters(6));
    std::fs::write(&draft, bytes)?;
    std::fs::File::open(&draft)?.sync_all()?;
    std::fs::rename(&draft, target)
}

fn mime(name: &str) -> &'static str {
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    match ending.as_str() {
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "txt" => "text/plain",
        "csv" => "text/csv",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "zip" => "application/zip",
        "mp4" => "video/mp4",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_kept_once_under_the_hash_of_its_bytes() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("звіт.pdf");
        std::fs::write(&file, b"abc").unwrap();
        let at = crate::clock::now();
        let (content, reference) = keep(&dir.path().join("files"), &file, None, at).unwrap();
        assert_eq!(std::fs::read(place(&dir.path().join("files"), &reference.sha256)).unwrap(), b"abc");
        assert_eq!((content.file_name.as_deref(), content.size), (Some("звіт.pdf"), Some(3)));
        assert_eq!(content.mime.as_deref(), Some("application/pdf"));
        let (again, same) = keep(&dir.path().join("files"), &file, None, at).unwrap();
        assert_ne!(again.content, content.content);
        assert_eq!(same.sha256, reference.sha256);
    }

    #[test]
    fn a_file_that_is_not_there_is_not_found() {
        let failure =
            keep(Path::new("x"), Path::new("/none/report.pdf"), None, crate::clock::now()).unwrap_err();
        assert_eq!(failure.exit(), crate::Exit::NotFound);
    }
}
