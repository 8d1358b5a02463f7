//! The form that a client fills in: shown, saved in part, handed in once (PF-85, PF-87).

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header::{ACCEPT_LANGUAGE, LOCATION, USER_AGENT};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use engine::app::{Answer, AppError, HandIn, HandedIn};
use engine::domain::form::{Typed, Wrong, as_shown};
use engine::domain::project::event::FilledBy;
use engine::domain::{Actor, Arg, Refusal};
use engine::store::change::LinkPurpose;
use engine::store::forms::Draft;
use maud::{Markup, html};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::body::{self, Unread};
use crate::door::{Room, Shut, is_token};
use crate::drafts;
use crate::guard::{is_foreign, media_type};
use crate::page::Frame;
use crate::question::Question;
use crate::site::Site;
use crate::typed::{self, Merged, Posted, Wish, merged};

/// A posted page, in bytes: each letter of a Cyrillic word takes six.
const LARGEST: usize = 512 * 1024;

/// What the address may say after a save.
#[derive(Deserialize)]
pub(crate) struct Said {
    saved: Option<String>,
}

/// The page: the form, or what became of it.
pub(crate) async fn show(
    State(site): State<Site>,
    Path(token): Path<String>,
    Query(said): Query<Said>,
    headers: HeaderMap,
) -> Response {
    let room = match site.room(&token, LinkPurpose::Fill).await {
        Ok(room) => room,
        Err(shut) => return site.shut(&shut, &site.language_of(text(&headers, ACCEPT_LANGUAGE.as_str()))),
    };
    match page(&site, &room, said.saved.is_some(), &headers).await {
        Ok(response) => response,
        Err(error) => site.shut(&Shut::Trouble(error), &room.language),
    }
}

async fn page(site: &Site, room: &Room, saved: bool, headers: &HeaderMap) -> Result<Response, AppError> {
    if !room.is_open() || room.form.questions.is_empty() {
        return Ok(closed(site, room));
    }
    let is_robot =
        text(headers, USER_AGENT.as_str()).is_some_and(|agent| agent.to_lowercase().contains("bot"));
    if room.link.opened.is_none() && !is_robot {
        site.app.store().note_form_opened(&room.token_sha256, site.now()).await?;
    }
    let draft = draft(site, room).await?;
    let sheet = Sheet {
        typed: &draft.as_ref().map(|draft| draft.answers.clone()).unwrap_or_default(),
        version: draft.map_or(0, |draft| draft.version),
        others: &Typed::new(),
        wrong: &[],
        notice: saved.then_some("page-form-saved"),
    };
    Ok(sheet.page(site, room, StatusCode::OK))
}

/// Handed in already, or no longer wanted.
fn closed(site: &Site, room: &Room) -> Response {
    if room.handed_in().is_some() {
        return done(site, room, false);
    }
    if room.project.completed {
        return site.plain(StatusCode::GONE, &room.language, "over");
    }
    site.shut(&Shut::Gone, &room.language)
}

/// Answers come in: saved in part or handed in.
pub(crate) async fn take(
    State(site): State<Site>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let language = site.language_of(text(&headers, ACCEPT_LANGUAGE.as_str()));
    if is_foreign(&headers) {
        return site.plain(StatusCode::FORBIDDEN, &language, "gone");
    }
    if !is_token(&token) {
        return site.shut(&Shut::Gone, &language);
    }
    // The body is read first, so that a refusal arrives even while a browser is still sending.
    let body = body::read(body, LARGEST).await;
    let room = match site.room(&token, LinkPurpose::Fill).await {
        Ok(room) => room,
        Err(shut) => return site.shut(&shut, &language),
    };
    let body = match body {
        Ok(body) => body,
        Err(Unread::TooLarge) => return site.plain(StatusCode::PAYLOAD_TOO_LARGE, &room.language, "large"),
        Err(Unread::Broken) => return site.plain(StatusCode::BAD_REQUEST, &room.language, "trouble"),
    };
    if media_type(&headers) != "application/x-www-form-urlencoded" {
        return site.plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, &room.language, "trouble");
    }
    let posted = typed::read(&room.form, &body);
    match handle(&site, &room, posted).await {
        Ok(response) => response,
        Err(error) => site.shut(&Shut::Trouble(error), &room.language),
    }
}

async fn handle(site: &Site, room: &Room, posted: Posted) -> Result<Response, AppError> {
    let Some((merged, version)) = save(site, room, &posted).await? else {
        // The same answers again are the second half of a double click.
        return if posted.wish == Wish::Send {
            hand_in(site, room, posted.typed, 0).await
        } else {
            Ok(done(site, room, false))
        };
    };
    if !room.is_open() {
        return Ok(closed(site, room));
    }
    let is_merged = !merged.taken_over.is_empty() || !merged.others.is_empty();
    match posted.wish {
        Wish::Autosave => {
            let status = if merged.others.is_empty() { StatusCode::OK } else { StatusCode::CONFLICT };
            Ok((status, typed::receipt(&room.form, &posted, &merged, version)).into_response())
        }
        Wish::Save | Wish::Send if is_merged => {
            let notice = Some("page-form-merged");
            let sheet = Sheet { typed: &merged.answers, version, others: &merged.others, wrong: &[], notice };
            Ok(sheet.page(site, room, StatusCode::CONFLICT))
        }
        Wish::Save => {
            let address = format!("/f/{}?saved=1", room.token);
            Ok((StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response())
        }
        Wish::Send => hand_in(site, room, posted.typed, version).await,
    }
}

/// Keeps the answers, put together with what others saved; nothing once the form was handed in.
async fn save(site: &Site, room: &Room, posted: &Posted) -> Result<Option<(Merged, i64)>, AppError> {
    drafts::keep(site, room, |before| {
        let merged = merged(&room.form, posted, before);
        (merged.answers.clone(), merged)
    })
    .await
}

async fn hand_in(site: &Site, room: &Room, typed: Typed, version: i64) -> Result<Response, AppError> {
    let bytes = serde_json::to_vec(&typed).unwrap_or_default();
    let (token, answers) = (room.token_sha256.as_str(), hex::encode(Sha256::digest(bytes)));
    let given = HandIn {
        project: room.link.project.clone(),
        form: room.link.form.clone(),
        typed: typed.clone(),
        sending: Some(room.link.number),
        filled: FilledBy::Client,
        by: Actor::LinkHolder,
        // The same answers through the same address are one command, however often they are sent.
        command_id: format!("form:{token}:{answers}"),
        at: site.now(),
    };
    match site.app.hand_in(given).await? {
        HandedIn::Given(Answer::Done { .. } | Answer::AlreadySo) => {
            Ok((StatusCode::SEE_OTHER, [(LOCATION, format!("/f/{}", room.token))]).into_response())
        }
        HandedIn::Given(Answer::Refused(Refusal::FormClosed { .. })) => too_late(site, room).await,
        HandedIn::Given(Answer::Refused(refusal)) => Err(AppError::Broken(refusal.to_string())),
        HandedIn::Wrong(_) if !site.again(room).await?.is_open() => too_late(site, room).await,
        HandedIn::Wrong(wrong) => {
            let sheet = Sheet { typed: &typed, version, others: &Typed::new(), wrong: &wrong, notice: None };
            Ok(sheet.page(site, room, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

/// Others were faster, or the project ended meanwhile.
async fn too_late(site: &Site, room: &Room) -> Result<Response, AppError> {
    let room = site.again(room).await?;
    let others = room.handed_in().is_some();
    Ok(if others { done(site, &room, true) } else { closed(site, &room) })
}

/// What was saved; before that, what an earlier version said.
async fn draft(site: &Site, room: &Room) -> Result<Option<Draft>, AppError> {
    let saved = site.app.store().draft(&room.link.project, &room.link.form).await?;
    let (None, Some(received)) = (&saved, &room.state.received) else { return Ok(saved) };
    let answers = site.app.answers_again(received).await?;
    Ok(Some(Draft { answers, version: 0, saved: received.at, by_client: false }))
}

/// The thank-you page; `others` were faster with other answers.
fn done(site: &Site, room: &Room, others: bool) -> Response {
    let word = |key: &str| site.word(&room.language, key);
    let title = word("page-done-title");
    let content = html! {
        section.card.done {
            span.tick aria-hidden="true" { "✓" }
            h1 { (title) }
            @if others { p.notice role="status" { (word("page-done-others")) } }
            p { (word("page-done-next")) }
            p.muted { (word("page-done-change")) }
        }
    };
    let status = if others { StatusCode::CONFLICT } else { StatusCode::OK };
    frame(site, room, &title, false).page(status, &content)
}

fn frame<'a>(site: &'a Site, room: &'a Room, title: &'a str, with_script: bool) -> Frame<'a> {
    Frame { site, language: &room.language, title, client: Some(&room.client), with_script }
}

/// The form with its answers.
struct Sheet<'a> {
    typed: &'a Typed,
    version: i64,
    /// What other devices wrote where this one did, too.
    others: &'a Typed,
    wrong: &'a [Wrong],
    notice: Option<&'a str>,
}

impl Sheet<'_> {
    fn page(&self, site: &Site, room: &Room, status: StatusCode) -> Response {
        let (language, form) = (room.language.as_str(), &room.form);
        let word = |key: &str| site.word(language, key);
        let title = form.title.in_language(language);
        let currency = site.app.currency(&room.project);
        let questions: Vec<Question<'_>> = form
            .questions
            .iter()
            .map(|field| Question {
                site,
                language,
                field,
                typed: as_shown(field, self.typed.get(&field.id).map_or(&[], Vec::as_slice)),
                other: self.others.get(&field.id).map(|entries| as_shown(field, entries)),
                problem: self
                    .wrong
                    .iter()
                    .find(|wrong| wrong.question == field.id)
                    .map(|wrong| &wrong.problem),
                currency: &currency,
            })
            .collect();
        let agency = site.app.desk().agency.name.clone();
        let content = html! {
            section.card {
                h1 { (title) }
                @if let Some(intro) = &form.intro { p.muted { (intro.in_language(language)) } }
                (self.progress(site, language, questions.len()))
                p.small.muted { (word("page-form-marked")) }
            }
            @if let Some(notice) = self.notice { p.notice role="status" { (word(notice)) } }
            (self.summary(site, language, &questions))
            form method="post" action={ "/f/" (room.token) } novalidate
                data-saved=(word("page-form-saved-now")) data-failed=(word("page-form-not-saved"))
                data-other=(word("page-form-other-now")) {
                // The first button is the one that Enter presses in a line.
                button.unseen name="do" value="save" tabindex="-1" aria-hidden="true" { (word("page-form-save")) }
                input type="hidden" name="version" value=(self.version);
                @for question in &questions { (question.show()) }
                div.acts {
                    button.btn.pri name="do" value="send" { (word("page-form-send")) }
                    button.btn name="do" value="save" { (word("page-form-save")) }
                }
                p.small.muted #state role="status" aria-live="polite" {}
            }
            p.small.faint.foot { (site.say(language, "page-form-private", &[("agency", Arg::Text(agency))])) }
        };
        frame(site, room, title, true).page(status, &content)
    }

    fn progress(&self, site: &Site, language: &str, total: usize) -> Markup {
        let done = self
            .typed
            .values()
            .filter(|entries| entries.iter().any(|entry| !entry.trim().is_empty()))
            .count();
        let number = |number: usize| Arg::Number(i64::try_from(number).unwrap_or(i64::MAX));
        let words =
            site.say(language, "page-form-progress", &[("done", number(done)), ("total", number(total))]);
        html! {
            @if done > 0 {
                progress value=(done) max=(total) aria-label=(words) {}
                p.small.muted { (words) }
            }
        }
    }

    fn summary(&self, site: &Site, language: &str, questions: &[Question<'_>]) -> Markup {
        let count = Arg::Number(i64::try_from(self.wrong.len()).unwrap_or(i64::MAX));
        html! {
            @if !self.wrong.is_empty() {
                div.errors role="alert" {
                    b { (site.say(language, "page-form-errors", &[("count", count)])) }
                    ul {
                        @for question in questions.iter().filter(|question| question.problem.is_some()) {
                            li { a href={ "#" (question.id()) } { (question.field.title.in_language(language)) } }
                        }
                    }
                }
            }
        }
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
