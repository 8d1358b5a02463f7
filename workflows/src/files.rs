//! The files that ops edit, as texts: from a folder, or the copy inside the binary.

use std::borrow::Cow;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::problem::Problem;
use crate::schema::schema_in;
use crate::shipped::SHIPPED;
use crate::trouble::Trouble;

/// More is nobody's template but an attack (RELIABILITY 6.6).
pub(crate) const BIGGEST: u64 = 256 * 1024;

/// One file.
#[derive(Clone, Debug)]
pub struct Source {
    /// Relative to the folder, with `/`: `forms/smm-brief.yaml`.
    pub path: String,
    /// As it is named to people.
    pub shown: String,
    pub text: String,
    line_starts: Vec<usize>,
}

impl Source {
    fn new(path: &str, shown: String, text: String) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { path: path.to_owned(), shown, text, line_starts }
    }

    /// Line and column (in characters) of a byte, both from 1.
    pub(crate) fn line_and_column(&self, at: usize) -> (usize, usize) {
        let at = at.min(self.text.len());
        let line = self.line_starts.partition_point(|start| *start <= at).max(1);
        let before = self.text.get(self.line_starts[line - 1]..at).unwrap_or("");
        (line, before.chars().count() + 1)
    }
}

/// All files of one agency, in the order of their paths.
#[derive(Clone, Debug, Default)]
pub struct Files {
    sources: Vec<Source>,
    /// What was wrong with the files themselves.
    pub(crate) problems: Vec<Problem>,
}

/// What `write_out` did with one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Relative to the folder.
    pub path: String,
    /// False when a file was there already; it is left as it is.
    pub written: bool,
}

impl Files {
    /// The files that come with the product.
    pub fn embedded() -> Self {
        let mut files = Self::default();
        for (path, text) in SHIPPED {
            files.put(path, text);
        }
        files
    }

    /// Reads a folder laid out as `write_out` does it; what cannot be read becomes a problem.
    pub fn read(dir: &Path) -> Self {
        let mut files = Self::default();
        files.read_folder(dir, "", "yaml");
        files.read_folder(&dir.join("forms"), "forms/", "yaml");
        files.read_folder(&dir.join("messages"), "messages/", "ftl");
        files
    }

    /// Files that are texts already, such as those that were published last.
    pub fn from_texts<'t>(texts: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        let mut files = Self::default();
        for (path, text) in texts {
            files.put(path, text);
        }
        files
    }

    /// Path and text of every file that says something: templates, forms, messages, the agency.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let said = |source: &&Source| !source.path.starts_with("schema/");
        self.sources.iter().filter(said).map(|source| (source.path.as_str(), source.text.as_str()))
    }

    /// Equal for equal files, and for files that cannot be read for the same reason.
    pub(crate) fn fingerprint(&self) -> String {
        let mut hasher = Sha256::new();
        let troubles = self.problems.iter().map(|problem| (problem.file.as_str(), problem.message.as_str()));
        for (name, text) in self.texts().chain(troubles) {
            for part in [name, text] {
                hasher.update((part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        }
        hex::encode(hasher.finalize())
    }

    /// The path within the folder of a file by the name it is shown under; of one that could not be read, its name.
    pub fn path_of<'s>(&'s self, shown: &'s str) -> &'s str {
        let name = shown.rsplit(['/', '\\']).next().unwrap_or(shown);
        self.shown(shown).map_or(name, |source| source.path.as_str())
    }

    /// Leaves a file out.
    pub(crate) fn leave_out(&mut self, path: &str) {
        self.sources.retain(|source| source.path != path);
    }

    /// Adds a file, or replaces it: a changed text before it is saved.
    pub fn put(&mut self, path: &str, text: &str) {
        let shown = self.get(path).map_or_else(|| path.to_owned(), |source| source.shown.clone());
        self.sources.retain(|source| source.path != path);
        self.sources.push(Source::new(path, shown, text.to_owned()));
        self.sources.sort_by(|a, b| a.path.cmp(&b.path));
    }

    /// The file at `path`, relative to the folder.
    pub fn get(&self, path: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.path == path)
    }

    /// The file that a problem is in, by the name it is shown under.
    pub fn shown(&self, shown: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.shown == shown)
    }

    /// Files directly in `folder` (`""`, `forms/`, `messages/`), in order.
    pub(crate) fn within(&self, folder: &str) -> impl Iterator<Item = &Source> {
        self.sources
            .iter()
            .filter(move |source| source.path.strip_prefix(folder).is_some_and(|name| !name.contains('/')))
    }

    fn read_folder(&mut self, dir: &Path, prefix: &str, ending: &str) {
        let entries = match fs::read_dir(dir) {
            Ok(entries) => entries,
            Err(error) => {
                let trouble = Trouble::error("file").with("said", error);
                self.problems.push(Problem::of_file(&dir.display().to_string(), trouble));
                return;
            }
        };
        let mut names: Vec<String> =
            entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        for name in names {
            if let Some(stem) = name.strip_suffix(&format!(".{ending}")) {
                self.read_one(dir, prefix, &name, stem);
            }
        }
    }

    fn read_one(&mut self, dir: &Path, prefix: &str, name: &str, stem: &str) {
        let path = dir.join(name);
        let shown = path.display().to_string();
        let text = if is_name(stem) {
            read_text(&path)
        } else {
            Err(Box::new(Trouble::error("file-name").with("name", name)))
        };
        match text {
            Ok(text) => self.sources.push(Source::new(&format!("{prefix}{name}"), shown, text)),
            Err(trouble) => self.problems.push(Problem::of_file(&shown, *trouble)),
        }
        self.sources.sort_by(|a, b| a.path.cmp(&b.path));
    }
}

fn is_name(stem: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=40).contains(&stem.len()) && stem.bytes().all(allowed)
}

/// The text of a plain file that is not too big; a symbolic link could lead anywhere.
fn read_text(path: &Path) -> Result<String, Box<Trouble>> {
    let broken = |error: io::Error| Box::new(Trouble::error("file").with("said", error));
    let about = fs::symlink_metadata(path).map_err(broken)?;
    if !about.is_file() {
        return Err(Box::new(Trouble::error("file").with("said", "it is not a plain file")));
    }
    if about.len() > BIGGEST {
        let trouble = Trouble::error("too-big").with("bytes", about.len());
        return Err(Box::new(trouble.with("limit", BIGGEST)));
    }
    fs::read_to_string(path).map_err(broken)
}

/// Writes the files that come with the product into `dir`; a file that is there already stays as it is. Editors are
/// pointed at the explanations in a language, in English if there are none.
///
/// # Errors
/// When a folder or a file cannot be made; what was written before stays.
pub fn write_out(dir: &Path, language: &str) -> io::Result<Vec<Written>> {
    let mut report = Vec::new();
    for (path, text) in SHIPPED {
        let text = pointed(text, language);
        let target = dir.join(path);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        let written = match fs::OpenOptions::new().write(true).create_new(true).open(&target) {
            Ok(mut file) => {
                file.write_all(text.as_bytes())?;
                true
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => false,
            Err(error) => return Err(error),
        };
        report.push(Written { path: (*path).to_owned(), written });
    }
    Ok(report)
}

/// A file whose first line names the schema with the explanations in a language.
fn pointed<'t>(text: &'t str, language: &str) -> Cow<'t, str> {
    let explained = schema_in(language);
    match text.split_once('\n') {
        Some((first, rest)) if first.starts_with("# yaml-language-server:") => {
            Cow::Owned(format!("{}\n{rest}", first.replace(schema_in(""), explained)))
        }
        Some(_) | None => Cow::Borrowed(text),
    }
}
