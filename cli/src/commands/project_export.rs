//! `project export`: everything that is known of a project as one archive; and whether an archive is whole.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use engine::app::AppError;
use engine::domain::ProjectId;
use engine::store::files::Files;
use export::{ExportError, Gathered, Summary};
use serde_json::json;
use tempfile::NamedTempFile;

use crate::clock;
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::office::{Office, Setup};

/// Makes the archive; a file that is there already stays.
pub async fn run(
    typed: &str,
    to: Option<&Path>,
    (setup, office): (&Setup, &Office),
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let (id, _) = office.find_project(typed).await?;
    let gathered = export::gather(&office.app, &id, (&office.language, clock::now())).await;
    let Some(gathered) = gathered.map_err(AppError::from)? else {
        return Err(Failure::not_found(format!("there is no project {typed}")));
    };
    let target = setup.cwd.join(to.map_or_else(|| PathBuf::from(gathered.file_name()), Path::to_owned));
    if target.exists() {
        return Err(taken(&target));
    }
    let files = Files::new(&setup.settings.files_dir);
    let (draft, summary) = made(&gathered, &files, &target)?;
    noted(id, office).await?;
    draft.persist_noclobber(&target).map_err(|_| taken(&target))?;
    let mut json = json!(summary);
    json["file"] = json!(target);
    let missing = match summary.missing {
        0 => String::new(),
        count => format!("; of {count} files the bytes are not here"),
    };
    let Summary { tasks, events, messages, files, .. } = summary;
    let text = format!(
        "{}\n{tasks} tasks, {events} events, {messages} messages, {files} files{missing}",
        target.display()
    );
    console.answer(&json, &text);
    Ok(())
}

/// It stands under another name until it is whole and on record.
fn made(gathered: &Gathered, files: &Files, target: &Path) -> Result<(NamedTempFile, Summary), Failure> {
    let folder = target.parent().unwrap_or(Path::new("."));
    let cannot = |error: &dyn std::fmt::Display| {
        Failure::failed(format!("{} cannot be written: {error}", target.display()))
    };
    let draft = NamedTempFile::new_in(folder).map_err(|error| cannot(&error))?;
    let summary =
        export::write(gathered, files, BufWriter::new(draft.as_file())).map_err(|error| cannot(&error))?;
    draft.as_file().sync_all().map_err(|error| cannot(&error))?;
    Ok((draft, summary))
}

async fn noted(id: ProjectId, office: &Office) -> Result<(), Failure> {
    match office.app.note_export(office.ask(id, engine::app::Along::default())).await? {
        Some(refusal) => Err(office.refused(refusal, None).await),
        None => Ok(()),
    }
}

fn taken(target: &Path) -> Failure {
    Failure::usage(format!("{} is there already", target.display())).with_hint("--to names another file")
}

/// Whether an archive is what was written; needs no database.
pub fn check(file: &Path, setup: &Setup, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let place = setup.cwd.join(file);
    let opened = File::open(&place)
        .map_err(|error| Failure::not_found(format!("{} cannot be read: {error}", place.display())))?;
    let checked =
        export::check(std::io::BufReader::new(opened)).map_err(|error| no_archive(&place, &error))?;
    let is_whole = checked.wrong.is_empty();
    let text = if is_whole {
        format!("{}: {} parts and {} events are whole", checked.project, checked.entries, checked.events)
    } else {
        checked.wrong.join("\n")
    };
    let mut json = json!(checked);
    json["whole"] = json!(is_whole);
    console.answer(&json, &text);
    Ok(if is_whole { Exit::Done } else { Exit::Found })
}

fn no_archive(place: &Path, error: &ExportError) -> Failure {
    Failure::failed(format!("{} is no export of a project: {error}", place.display()))
}
