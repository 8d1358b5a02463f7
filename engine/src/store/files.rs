//! Files: what people hand over, in one folder, each under the hash of its bytes; a row of the contents names it.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use sqlx::Row;

use super::file_kind::{HEAD, media_type};
use super::{Store, StoreError};
use crate::domain::Timestamp;

/// The largest file that is taken, in bytes: what Telegram takes from a bot.
pub const LARGEST: u64 = 50 * 1024 * 1024;

/// What is being written begins so.
const DRAFT: &str = "draft-";

/// The folder.
#[derive(Clone, Debug)]
pub struct Files {
    dir: PathBuf,
}

/// A file that lies in the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub sha256: String,
    /// In bytes.
    pub size: i64,
    /// By what it holds, whatever it is called.
    pub mime: &'static str,
}

/// Why a file is not taken.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("the file is larger than {LARGEST} bytes")]
    TooLarge,
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Files {
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// Where they lie.
    pub fn folder(&self) -> &Path {
        &self.dir
    }

    /// Where the bytes with this hash lie; nothing for what is no hash.
    pub fn place(&self, sha256: &str) -> Option<PathBuf> {
        is_hash(sha256).then(|| self.dir.join(sha256))
    }

    /// Begins to write a file; `name` is one that nobody else uses.
    pub fn draft(&self, name: &str) -> io::Result<Draft> {
        std::fs::create_dir_all(&self.dir)?;
        let path = self.dir.join(format!("{DRAFT}{name}"));
        let file = File::create_new(&path)?;
        let (dir, hash, head) = (self.dir.clone(), Sha256::new(), Vec::new());
        Ok(Draft { dir, path, file, hash, size: 0, head })
    }

    /// Copies a file into the folder, piece by piece.
    pub fn copy(&self, from: &Path, name: &str) -> Result<Kept, FileError> {
        let (mut from, mut draft) = (File::open(from)?, self.draft(name)?);
        let mut piece = vec![0; 64 * 1024];
        loop {
            match from.read(&mut piece)? {
                0 => return Ok(draft.keep()?),
                read => draft.write(piece.get(..read).unwrap_or_default())?,
            }
        }
    }

    /// Every file in the folder that was written before, by its name.
    fn older_than(&self, before: Timestamp) -> io::Result<Vec<PathBuf>> {
        let entries = match std::fs::read_dir(&self.dir) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut old = Vec::new();
        for entry in entries {
            let entry = entry?;
            let written = Timestamp::from(entry.metadata()?.modified()?);
            if entry.file_type()?.is_file() && written < before {
                old.push(entry.path());
            }
        }
        Ok(old)
    }
}

/// A file that is being written; it is gone unless it is kept.
pub struct Draft {
    dir: PathBuf,
    path: PathBuf,
    file: File,
    hash: Sha256,
    size: u64,
    head: Vec<u8>,
}

impl Draft {
    /// Adds bytes; refused before the disk gets more than the largest file has.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        self.size = self.size.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        if self.size > LARGEST {
            return Err(FileError::TooLarge);
        }
        let wanted = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(bytes.get(..wanted).unwrap_or_default());
        self.hash.update(bytes);
        Ok(self.file.write_all(bytes)?)
    }

    /// Puts it under its hash, on the disk for good.
    pub fn keep(self) -> io::Result<Kept> {
        self.file.sync_all()?;
        let sha256 = hex::encode(self.hash.clone().finalize());
        std::fs::rename(&self.path, self.dir.join(&sha256))?;
        let size = i64::try_from(self.size).unwrap_or(i64::MAX);
        Ok(Kept { sha256, size, mime: media_type(&self.head) })
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Kept, it is not there any more.
        drop(std::fs::remove_file(&self.path));
    }
}

impl Store {
    /// Deletes the files that were written before `before` and that no row names: uploads that broke off, and what was
    /// erased. Answers how many.
    pub async fn sweep_files(&self, files: &Files, before: Timestamp) -> Result<usize, StoreError> {
        let broken = |error: io::Error| StoreError::broken(format!("the folder of files: {error}"));
        let old = files.older_than(before).map_err(broken)?;
        if old.is_empty() {
            return Ok(0);
        }
        let rows =
            sqlx::query("SELECT DISTINCT sha256 FROM contents WHERE kind <> 'text' AND file_id IS NULL");
        let rows = rows.fetch_all(self.reads()).await?;
        let known: BTreeSet<String> = rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
        let mut swept = 0;
        for path in old.iter().filter(|path| is_ours(path, &known)) {
            std::fs::remove_file(path).map_err(broken)?;
            swept += 1;
        }
        Ok(swept)
    }
}

/// A draft, or bytes that nobody names; what somebody else put into the folder stays.
fn is_ours(path: &Path, known: &BTreeSet<String>) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.starts_with(DRAFT) || (is_hash(name) && !known.contains(name))
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(dir: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(dir).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_lies_under_the_hash_of_its_bytes_and_is_typed_by_them() {
        let dir = tempfile::tempdir().unwrap();
        let mut draft = Files::new(dir.path()).draft("a").unwrap();
        draft.write(b"%PDF-1.7").unwrap();
        draft.write(b" ...").unwrap();
        let kept = draft.keep().unwrap();
        assert_eq!((kept.size, kept.mime), (12, "application/pdf"));
        assert_eq!(names(dir.path()), std::slice::from_ref(&kept.sha256));
        assert_eq!(kept.sha256, hex::encode(Sha256::digest(b"%PDF-1.7 ...")));
    }

    #[test]
    fn what_is_too_large_or_breaks_off_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let mut draft = Files::new(dir.path()).draft("a").unwrap();
        let piece = vec![0; 1024 * 1024];
        let refused = (0..60).map(|_| draft.write(&piece)).find(Result::is_err);
        assert!(matches!(refused, Some(Err(FileError::TooLarge))));
        assert_eq!(std::fs::metadata(&draft.path).unwrap().len(), LARGEST);
        drop(draft);
        assert_eq!(names(dir.path()), Vec::<String>::new());
    }

    #[test]
    fn only_a_hash_has_a_place() {
        let files = Files::new("files");
        assert_eq!(files.place("../signoff.toml"), None);
        assert_eq!(files.place(&"a".repeat(64)), Some(Path::new("files").join("a".repeat(64))));
    }
}
