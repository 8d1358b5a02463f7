//! Template files by their path: which folder of an agency they belong to.

use std::io::Write;
use std::path::{Path, PathBuf};

use workflows::Files;

use crate::failure::Failure;

/// A file that lies alone, among the shipped ones.
pub fn alone(path: &Path, place: &Place) -> Result<Files, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::not_found(format!("{} cannot be read: {error}", path.display())))?;
    let mut files = Files::embedded();
    files.put(&place.name, &text);
    Ok(files)
}

/// Where a file stands in the folder of an agency.
pub struct Place {
    pub dir: PathBuf,
    /// Such as `smm.yaml` or `forms/smm-brief.yaml`.
    pub name: String,
}

impl Place {
    /// The place of a file, if it has one there.
    pub fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        let parent = path.parent()?;
        path.is_file().then_some(())?;
        let folder = parent.file_name().and_then(|folder| folder.to_str()).unwrap_or_default();
        match (folder, path.extension()?.to_str()?) {
            ("forms", "yaml") | ("messages", "ftl") => {
                Some(Self { dir: parent.parent()?.to_owned(), name: format!("{folder}/{name}") })
            }
            (_, "yaml") => Some(Self { dir: parent.to_owned(), name: name.to_owned() }),
            (_, "ftl") => Some(Self { dir: parent.to_owned(), name: format!("messages/{name}") }),
            _ => None,
        }
    }
}

/// A text that stands beside the file whose place it is to take: whole or not at all.
pub struct Written {
    beside: PathBuf,
    target: PathBuf,
    took: bool,
}

impl Written {
    /// Writes it; nobody reads a file of this name.
    pub fn beside(target: &Path, text: &str) -> std::io::Result<Self> {
        let written = Self { beside: target.with_extension("new"), target: target.to_owned(), took: false };
        let mut file = std::fs::File::create(&written.beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        Ok(written)
    }

    pub fn take_its_place(mut self) -> std::io::Result<()> {
        std::fs::rename(&self.beside, &self.target)?;
        self.took = true;
        Ok(())
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        if !self.took {
            // It may be gone already; it is read by nobody.
            let _ = std::fs::remove_file(&self.beside);
        }
    }
}
