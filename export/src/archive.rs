//! The archive: a zip with documents, tables, the facts and the files, and the hash of each.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use chrono::{Datelike, Timelike};
use engine::store::files::Files;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::gather::Gathered;
use crate::papers::Paper;
use crate::{ExportError, book, csv, document, sheets};

/// The version of what stands where.
pub const FORMAT: u32 = 1;

/// The list of all the others.
pub const MANIFEST: &str = "manifest.json";

/// The facts of the project, one a line.
pub const EVENTS: &str = "events.jsonl";

/// So much of a file is in memory at a time, in bytes.
const PIECE: usize = 64 * 1024;

/// What an archive holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub project: String,
    /// Parts, the list of them included.
    pub entries: usize,
    /// Files that people handed over.
    pub files: usize,
    /// Of those, how many have no bytes here.
    pub missing: usize,
    pub tasks: usize,
    pub events: usize,
    pub messages: usize,
}

/// A part of the archive in its list.
#[derive(Serialize)]
struct Entry {
    path: String,
    bytes: u64,
    sha256: String,
}

/// Writes the archive piece by piece; it blocks.
pub fn write<W: Write + Seek>(of: &Gathered, files: &Files, out: W) -> Result<Summary, ExportError> {
    let missing = missing(of, files);
    let mut archive = Archive { zip: ZipWriter::new(out), entries: Vec::new(), at: stamp(of) };
    archive.put("project.json", &serde_json::to_vec_pretty(&document::project(of, &missing))?)?;
    archive.events(of)?;
    let sheets = sheets::all(of);
    for sheet in &sheets {
        archive.put(&format!("{}.csv", sheet.name), csv::text(sheet, of.zone).as_bytes())?;
    }
    std::fs::create_dir_all(files.folder())?;
    let mut book = tempfile::tempfile_in(files.folder())?;
    book::write(&sheets, (of.zone, files.folder()), &mut book)?;
    book.seek(SeekFrom::Start(0))?;
    archive.copy("project.xlsx", book)?;
    for paper in of.papers.iter().filter(|paper| !missing.contains(&paper.path)) {
        if let Some(place) = files.place(&paper.sha256) {
            archive.copy(&paper.path, File::open(place)?)?;
        }
    }
    let entries = archive.finish(of)?;
    Ok(Summary {
        project: of.id.0.clone(),
        entries,
        files: of.papers.len(),
        missing: missing.len(),
        tasks: of.project.tasks.len(),
        events: of.events.len(),
        messages: of.lines.len(),
    })
}

/// The paths of the files whose bytes lie elsewhere: in a chat, or nowhere any more.
fn missing(of: &Gathered, files: &Files) -> Vec<String> {
    let is_here = |paper: &Paper| files.place(&paper.sha256).is_some_and(|place| place.is_file());
    of.papers.iter().filter(|paper| !is_here(paper)).map(|paper| paper.path.clone()).collect()
}

/// When it was made, as zip writes it.
fn stamp(of: &Gathered) -> zip::DateTime {
    let at = of.at.with_timezone(&of.zone);
    let part = |part: u32| u8::try_from(part).unwrap_or_default();
    let year = u16::try_from(at.year()).unwrap_or(1980);
    let clock = (part(at.hour()), part(at.minute()), part(at.second()));
    let made =
        zip::DateTime::from_date_and_time(year, part(at.month()), part(at.day()), clock.0, clock.1, clock.2);
    made.unwrap_or_default()
}

struct Archive<W: Write + Seek> {
    zip: ZipWriter<W>,
    entries: Vec<Entry>,
    at: zip::DateTime,
}

impl<W: Write + Seek> Archive<W> {
    fn begin(&mut self, path: &str, method: CompressionMethod) -> Result<(), ExportError> {
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(self.at);
        Ok(self.zip.start_file(path, options)?)
    }

    fn end(&mut self, path: &str, (bytes, hash): (u64, Sha256)) {
        self.entries.push(Entry { path: path.to_owned(), bytes, sha256: hex::encode(hash.finalize()) });
    }

    fn put(&mut self, path: &str, bytes: &[u8]) -> Result<(), ExportError> {
        self.begin(path, CompressionMethod::Deflated)?;
        self.zip.write_all(bytes)?;
        self.end(path, (bytes.len() as u64, Sha256::new_with_prefix(bytes)));
        Ok(())
    }

    /// The facts as `signoff events` prints them, one a line.
    fn events(&mut self, of: &Gathered) -> Result<(), ExportError> {
        self.begin(EVENTS, CompressionMethod::Deflated)?;
        let (mut bytes, mut hash) = (0, Sha256::new());
        for (event, _) in &of.events {
            let mut line = serde_json::to_vec(event)?;
            line.push(b'\n');
            self.zip.write_all(&line)?;
            hash.update(&line);
            bytes += line.len() as u64;
        }
        self.end(EVENTS, (bytes, hash));
        Ok(())
    }

    /// What people hand over is mostly packed already, and a workbook always.
    fn copy(&mut self, path: &str, mut from: impl Read) -> Result<(), ExportError> {
        self.begin(path, CompressionMethod::Stored)?;
        let (mut bytes, mut hash, mut piece) = (0, Sha256::new(), vec![0; PIECE]);
        loop {
            let read = match from.read(&mut piece) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error.into()),
            };
            let part = piece.get(..read).unwrap_or_default();
            self.zip.write_all(part)?;
            hash.update(part);
            bytes += part.len() as u64;
        }
        self.end(path, (bytes, hash));
        Ok(())
    }

    /// Writes the list and closes the archive; answers how many parts it has.
    fn finish(mut self, of: &Gathered) -> Result<usize, ExportError> {
        let list = json!({
            "format": FORMAT,
            "project": of.id,
            "exported": of.at,
            "log": { "position": of.head.position, "hash": of.head.hash },
            "stream": { "stream": of.id.stream().to_string(), "version": of.project.version },
            "entries": self.entries,
        });
        let parts = self.entries.len() + 1;
        self.put(MANIFEST, &serde_json::to_vec_pretty(&list)?)?;
        self.zip.finish()?.flush()?;
        Ok(parts)
    }
}
