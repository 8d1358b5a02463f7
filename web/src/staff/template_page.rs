//! A template on its page: its text with the checks and the dry run beside it, what changed, and its versions.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use engine::app::AppError;
use engine::domain::Arg;
use engine::domain::agency::Published;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::act::{Posted, refused};
use super::frame::{Page, Ui};
use super::session::Staff;
use super::template_view;
use crate::body;
use crate::site::Site;
use crate::workshop::{DryRun, Edit, Finding, Publishing, Trial, Verdict};

/// A posted text: 256 KiB, of which each byte may take three, and the rest of the form.
const LARGEST: usize = 1024 * 1024;
/// A reason longer than this is cut, in characters.
const LONGEST_WHY: usize = 200;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    pub tab: Option<String>,
    pub version: Option<u32>,
    published: Option<u32>,
}

/// What became of a dry run.
pub(super) enum Tried {
    NotAsked,
    /// No room for it, or no end in time.
    NotNow,
    Done(DryRun),
}

/// A file as its page shows it.
pub(super) struct Sheet {
    pub path: String,
    /// As the folder has it.
    pub held: String,
    /// As it is typed.
    pub text: String,
    /// The last version that was published, 0 before the first.
    pub version: u32,
    /// The hash and the version that the edit began with.
    pub began: (String, u32),
    pub findings: Vec<Finding>,
    pub manner: String,
    pub start: NaiveDate,
    pub trial: Tried,
    pub why: String,
    /// A no, and whether the difference to what is in force has to be seen.
    pub said: Option<(String, bool)>,
    pub done: Option<String>,
}

impl Sheet {
    /// The file as it is; nothing if there is none.
    async fn open(site: &Site, path: &str) -> Result<Option<Self>, AppError> {
        let files = (site.office.workshop.files)().await;
        let Some((path, held)) = files.into_iter().find(|(known, _)| known == path) else { return Ok(None) };
        let agency = site.app.agency_state().await?;
        let zone = site.app.desk().agency.calendar.zone;
        let version = agency.templates.get(&path).map_or(0, |standing| standing.version);
        Ok(Some(Self {
            version,
            began: (hex::encode(Sha256::digest(&held)), version),
            text: held.clone(),
            start: site.now().with_timezone(&zone).date_naive(),
            manner: "typical".to_owned(),
            findings: Vec::new(),
            trial: Tried::NotAsked,
            why: String::new(),
            said: None,
            done: None,
            path,
            held,
        }))
    }

    fn edit(&self, staff: &Staff) -> Edit {
        Edit { path: self.path.clone(), text: self.text.clone(), language: staff.language.clone() }
    }

    /// Whether nothing keeps it from being published.
    pub fn is_good(&self) -> bool {
        !self.findings.iter().any(|finding| finding.is_error)
    }

    fn take(&mut self, posted: &Posted) {
        posted.whole("text").clone_into(&mut self.text);
        self.began = began(posted);
        self.why = posted.get("why").chars().take(LONGEST_WHY).collect();
        if ["ideal", "typical", "silent"].contains(&posted.get("manner")) {
            posted.get("manner").clone_into(&mut self.manner);
        }
        // Anything else stays today.
        if let Ok(start) = posted.get("start").parse() {
            self.start = start;
        }
    }

    /// Replaces one marked place by what was offered; a list that is no longer true changes nothing.
    fn fix(&mut self, which: &str) {
        let Some((number, code)) = which.split_once(':') else { return };
        let Some(number) = number.parse::<usize>().ok() else { return };
        let found = self.findings.get(number).filter(|found| found.code == code && found.path == self.path);
        let Some((place, text)) = found.and_then(|found| found.fix.clone()) else { return };
        if self.text.get(place.clone()).is_some() {
            self.text.replace_range(place, &text);
        }
    }
}

/// What the edit began with stays so until it is published, or refused because of it.
fn began(posted: &Posted) -> (String, u32) {
    (posted.get("base").to_owned(), posted.get("version").parse().unwrap_or_default())
}

/// What may stand in a file, for the editor.
pub(super) async fn schema(State(site): State<Site>, staff: Staff, Path(path): Path<String>) -> Response {
    match (site.office.workshop.schema)(&path, &staff.language) {
        Some(schema) => ([(CONTENT_TYPE, "application/json")], schema).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

pub(super) async fn show(
    State(site): State<Site>,
    staff: Staff,
    Path(path): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let opened = async {
        let Some(mut sheet) = Sheet::open(&site, &path).await? else { return Ok(None) };
        sheet.findings = (site.office.workshop.check)(sheet.edit(&staff)).await;
        let number = asked.published.filter(|number| *number == sheet.version);
        sheet.done = number.map(|number| {
            let number = Arg::Number(i64::from(number));
            Ui::of(&site, &staff).say("ui-tpl-published", &[("version", number)])
        });
        Ok(Some(sheet))
    };
    match opened.await {
        Ok(Some(sheet)) => page(&site, &staff, &sheet, &asked).await,
        Ok(None) => site.plain(StatusCode::NOT_FOUND, &staff.language, "gone"),
        Err(error) => site.trouble(&error, &staff.language),
    }
}

async fn page(site: &Site, staff: &Staff, sheet: &Sheet, asked: &Asked) -> Response {
    let status = if sheet.said.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    match template_view::draw(site, staff, sheet, asked).await {
        Ok(content) => {
            Page { site, staff, title: &sheet.path, place: "/templates", live: false, content }
                .answer(status)
                .await
        }
        Err(error) => site.trouble(&error, &staff.language),
    }
}

pub(super) async fn take(
    State(site): State<Site>,
    staff: Staff,
    Path(path): Path<String>,
    body: Body,
) -> Response {
    let Ok(body) = body::read(body, LARGEST).await else {
        return site.plain(StatusCode::PAYLOAD_TOO_LARGE, &staff.language, "large");
    };
    let posted = Posted::read(&body);
    match Sheet::open(&site, &path).await {
        Ok(Some(sheet)) => match act(&site, &staff, sheet, &posted).await {
            Ok(response) => response,
            Err(error) => site.trouble(&error, &staff.language),
        },
        Ok(None) => site.plain(StatusCode::NOT_FOUND, &staff.language, "gone"),
        Err(error) => site.trouble(&error, &staff.language),
    }
}

/// What the pressed button says.
async fn act(site: &Site, staff: &Staff, mut sheet: Sheet, posted: &Posted) -> Result<Response, AppError> {
    let wanted = posted.get("do");
    if let Some(number) = wanted.strip_prefix("restore:").and_then(|number| number.parse().ok()) {
        return restore(site, staff, sheet, (number, posted)).await;
    }
    sheet.take(posted);
    let check = &site.office.workshop.check;
    if wanted == "publish" {
        let how = Published::Edit { path: sheet.path.clone(), why: sheet.why.clone() };
        return publish(site, staff, sheet, (how, posted)).await;
    }
    sheet.findings = check(sheet.edit(staff)).await;
    if let Some(which) = wanted.strip_prefix("fix:") {
        sheet.fix(which);
        sheet.findings = check(sheet.edit(staff)).await;
    }
    if wanted == "try" && sheet.is_good() {
        let trial = Trial { edit: sheet.edit(staff), manner: sheet.manner.clone(), start: sheet.start };
        sheet.trial = (site.office.workshop.try_out)(trial).await.map_or(Tried::NotNow, Tried::Done);
    }
    Ok(page(site, staff, &sheet, &Asked::default()).await)
}

async fn restore(
    site: &Site,
    staff: &Staff,
    mut sheet: Sheet,
    (number, posted): (u32, &Posted),
) -> Result<Response, AppError> {
    let versions = site.app.template_versions().await?;
    let wanted = versions.iter().find(|known| known.path == sheet.path && known.version == number);
    let text = match wanted.and_then(|version| version.sha256.as_ref()) {
        Some(sha256) => site.app.store().template_text(sha256).await?,
        None => None,
    };
    let Some(text) = text else {
        return Ok(site.plain(StatusCode::NOT_FOUND, &staff.language, "gone"));
    };
    sheet.text = text;
    let how = Published::Restore { path: sheet.path.clone(), version: number };
    publish(site, staff, sheet, (how, posted)).await
}

async fn publish(
    site: &Site,
    staff: &Staff,
    mut sheet: Sheet,
    (how, posted): (Published, &Posted),
) -> Result<Response, AppError> {
    let token = if posted.token().is_empty() { site.token() } else { posted.token().to_owned() };
    let publishing = Publishing {
        edit: sheet.edit(staff),
        base: began(posted),
        how,
        by: staff.actor(),
        at: site.now(),
        command_id: format!("web:{}:{token}", staff.person),
    };
    let verdict = (site.office.workshop.publish)(publishing).await?;
    let ui = Ui::of(site, staff);
    match verdict {
        Verdict::InForce => {
            let version =
                site.app.agency_state().await?.templates.get(&sheet.path).map_or(0, |file| file.version);
            let to = format!("/templates/{}?published={version}", sheet.path);
            return Ok((StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response());
        }
        Verdict::Same => sheet.done = Some(ui.t("ui-tpl-same")),
        Verdict::Wrong(findings) => {
            sheet.findings = findings;
            sheet.said = Some((ui.t("ui-tpl-errors"), false));
            return Ok(page(site, staff, &sheet, &Asked::default()).await);
        }
        Verdict::Refused(refusal) => {
            let moved = matches!(refusal, engine::domain::Refusal::TemplateMoved { .. });
            sheet.said = Some((refused(site, staff, &refusal).await?, moved));
            if moved {
                // The difference is shown: whoever publishes after that means it.
                sheet.began = (hex::encode(Sha256::digest(&sheet.held)), sheet.version);
            }
        }
        Verdict::Inside => sheet.said = Some((ui.t("ui-tpl-inside"), false)),
    }
    sheet.findings = (site.office.workshop.check)(sheet.edit(staff)).await;
    Ok(page(site, staff, &sheet, &Asked::default()).await)
}
