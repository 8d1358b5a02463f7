//! Template files by their path: which folder of an agency they belong to.

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
