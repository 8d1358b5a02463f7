//! Checks an archive by itself: the hash of each part, and of each fact.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Seek};

use engine::store::StoredEvent;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::ExportError;
use crate::archive::{EVENTS, MANIFEST};

/// What was checked, and what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    pub project: String,
    pub entries: usize,
    pub events: i64,
    pub wrong: Vec<String>,
}

#[derive(Deserialize)]
struct Manifest {
    project: String,
    stream: Stream,
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Stream {
    version: i64,
}

#[derive(Deserialize)]
struct Entry {
    path: String,
    bytes: u64,
    sha256: String,
}

/// Reads the whole archive; what is no archive of ours is an error.
pub fn check<R: Read + Seek>(from: R) -> Result<Checked, ExportError> {
    let mut zip = ZipArchive::new(from)?;
    let manifest: Manifest = serde_json::from_reader(zip.by_name(MANIFEST)?)?;
    let mut checked =
        Checked { project: manifest.project, entries: manifest.entries.len(), ..Checked::default() };
    let mut known = BTreeSet::from([MANIFEST.to_owned()]);
    for entry in manifest.entries {
        if !is_same(&mut zip, &entry) {
            checked.wrong.push(format!("{} is not what was written", entry.path));
        }
        known.insert(entry.path);
    }
    let unknown = zip.file_names().flatten().filter(|name| !known.contains(name.as_ref()));
    checked.wrong.extend(unknown.map(|name| format!("{name} does not belong here")));
    facts(&mut zip, manifest.stream.version, &mut checked)?;
    Ok(checked)
}

fn is_same<R: Read + Seek>(zip: &mut ZipArchive<R>, entry: &Entry) -> bool {
    let mut hash = Sha256::new();
    let copied = zip.by_name(&entry.path).ok().and_then(|mut file| std::io::copy(&mut file, &mut hash).ok());
    copied == Some(entry.bytes) && hex::encode(hash.finalize()) == entry.sha256
}

/// Versions without gaps, and each fact with the hash of itself and of the fact before it in the whole log.
fn facts<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    last: i64,
    checked: &mut Checked,
) -> Result<(), ExportError> {
    for line in BufReader::new(zip.by_name(EVENTS)?).lines() {
        let Ok(event) = serde_json::from_str::<StoredEvent>(&line?) else {
            checked.wrong.push(format!("the fact after version {} cannot be read", checked.events));
            return Ok(());
        };
        if event.version != checked.events + 1 {
            checked.wrong.push(format!("version {} follows {}", event.version, checked.events));
        }
        if !event.is_whole() {
            checked.wrong.push(format!("the fact of version {} does not fit its hash", event.version));
        }
        checked.events = event.version;
    }
    if checked.events != last {
        checked.wrong.push(format!("the facts end with version {}, not {last}", checked.events));
    }
    Ok(())
}
