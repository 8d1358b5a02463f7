//! A whole project as one archive, to be saved (SC-39); made on the disk first, so that a fault is no half of one.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use engine::app::{Along, AppError, Ask};
use engine::domain::{ProjectId, Right};
use export::{ExportError, Gathered};
use maud::{Markup, html};

use super::answer::command_id;
use super::frame::Ui;
use super::icon::Icon;
use super::project_page;
use super::session::Staff;
use crate::site::Site;

/// So much of an archive is in memory at a time, in bytes.
const PIECE: usize = 64 * 1024;

/// The way to it, for whoever may take a project out of the house.
pub(super) fn link(ui: &Ui<'_>, staff: &Staff, project: &ProjectId) -> Markup {
    html! {
        @if staff.may(Right::Lead) {
            a.btn href={ "/p/" (project) "/export" } download title=(ui.t("ui-export-title")) { (Icon::Page.draw(14)) " " (ui.t("ui-export")) }
        }
    }
}

pub(super) async fn show(State(site): State<Site>, staff: Staff, Path(project): Path<String>) -> Response {
    match archive(&site, &staff, &ProjectId(project)).await {
        Ok(Some(answer)) => answer,
        Ok(None) => site.plain(StatusCode::NOT_FOUND, &staff.language, "gone"),
        Err(error) => site.trouble(&error.into(), &staff.language),
    }
}

async fn archive(site: &Site, staff: &Staff, id: &ProjectId) -> Result<Option<Response>, ExportError> {
    // One at a time: an archive of large files keeps the disk busy. The turn belongs to the work, whoever hangs up.
    let turn = Arc::clone(&site.exports).lock_owned().await;
    let Some(gathered) = export::gather(&site.app, id, (&staff.language, site.now())).await? else {
        return Ok(None);
    };
    let name = gathered.file_name();
    let files = site.office.files.clone();
    let work = move || {
        let _turn = turn;
        made(&gathered, &files)
    };
    let made = tokio::task::spawn_blocking(work).await;
    let file = made.map_err(|error| AppError::Broken(error.to_string()))??;
    let command_id = command_id(staff, site, "");
    let ask =
        Ask { command_id, at: site.now(), by: staff.actor(), command: id.clone(), along: Along::default() };
    if let Some(refusal) = site.app.note_export(ask).await? {
        let said = super::act::refused(site, staff, &refusal).await?;
        return Ok(Some(project_page::page(site, staff, (id, None), Some(&said)).await));
    }
    Ok(Some(sent(&name, file)?))
}

/// The archive in a file without a name: it is gone with whoever reads it.
fn made(gathered: &Gathered, files: &engine::store::files::Files) -> Result<File, ExportError> {
    std::fs::create_dir_all(files.folder())?;
    let mut file = tempfile::tempfile_in(files.folder())?;
    export::write(gathered, files, std::io::BufWriter::new(&mut file))?;
    file.seek(SeekFrom::Start(0))?;
    Ok(file)
}

fn sent(name: &str, mut file: File) -> Result<Response, ExportError> {
    let size = file.metadata()?.len();
    file.seek(SeekFrom::Start(0))?;
    let pieces = futures::stream::try_unfold(file, async |mut file| {
        let mut piece = vec![0; PIECE];
        let read = file.read(&mut piece)?;
        piece.truncate(read);
        Ok::<_, std::io::Error>((read > 0).then_some((piece, file)))
    });
    let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let headers = [
        (CONTENT_TYPE, "application/zip".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", name.replace('+', "%20"))),
        (CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
        (CONTENT_LENGTH, size.to_string()),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}
