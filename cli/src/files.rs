//! Files: what people hand over on the command line, kept in files.dir under the hash of its bytes.

use std::path::Path;

use engine::domain::field::FileRef;
use engine::domain::project::event::ContentRef;
use engine::domain::{ContentId, PersonId, Timestamp};
use engine::store::change::Content;
use engine::store::files::{FileError, Files, LARGEST};

use crate::failure::Failure;
use crate::random::letters;

/// Copies a file into the folder and answers its row and the reference to it.
pub fn keep(
    dir: &Path,
    file: &Path,
    person: Option<PersonId>,
    at: Timestamp,
) -> Result<(Content, FileRef), Failure> {
    let kept = Files::new(dir).copy(file, &letters(16)).map_err(|error| trouble(dir, file, error))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    let content = Content {
        content: new_id(),
        person,
        kind: "document".to_owned(),
        text: String::new(),
        file_id: None,
        mime: Some(kept.mime.to_owned()),
        file_name: name,
        size: Some(kept.size),
        sha256: kept.sha256.clone(),
        created: at,
    };
    let reference = FileRef { content: content.content.clone(), sha256: kept.sha256 };
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

fn trouble(dir: &Path, file: &Path, error: FileError) -> Failure {
    match error {
        FileError::TooLarge => {
            Failure::usage(format!("{} is larger than {} MB", file.display(), LARGEST / 1024 / 1024))
                .with_hint("put it on a drive and give the link")
        }
        FileError::Io(error) if !file.is_file() => {
            Failure::not_found(format!("{} cannot be read: {error}", file.display()))
        }
        FileError::Io(error) => {
            Failure::failed(format!("{} cannot be kept in {}: {error}", file.display(), dir.display()))
                .with_hint("see files.dir in signoff.toml")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_kept_once_under_the_hash_of_its_bytes() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("звіт.pdf");
        std::fs::write(&file, b"%PDF-1.7").unwrap();
        let at = crate::clock::now();
        let (content, reference) = keep(&dir.path().join("files"), &file, None, at).unwrap();
        assert_eq!(std::fs::read(dir.path().join("files").join(&reference.sha256)).unwrap(), b"%PDF-1.7");
        assert_eq!((content.file_name.as_deref(), content.size), (Some("звіт.pdf"), Some(8)));
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
