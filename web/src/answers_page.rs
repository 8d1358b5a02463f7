//! The answers of a brief, for the staff: read, not changed (PF-91).

use axum::extract::{Path, State};
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use engine::app::{AppError, Brief};
use engine::domain::project::ProjectEvent;
use engine::domain::project::event::{ContentRef, FilledBy};
use engine::domain::{Arg, Timestamp};
use engine::store::change::LinkPurpose;
use maud::{Markup, html};

use crate::door::{Room, Shut};
use crate::page::Frame;
use crate::site::Site;

/// A version of a form that came back.
struct Version {
    content: ContentRef,
    at: Timestamp,
    late: bool,
    by: FilledBy,
}

/// The page.
pub(crate) async fn show(
    State(site): State<Site>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let room = match site.room(&token, LinkPurpose::Read).await {
        Ok(room) => room,
        Err(shut) => return site.shut(&shut, &site.language_of(accepted)),
    };
    let language = site.app.desk().agency.languages.first().cloned().unwrap_or_default();
    match page(&site, &room, &language).await {
        Ok(Some(response)) => response,
        Ok(None) => site.shut(&Shut::Gone, &language),
        Err(error) => site.shut(&Shut::Trouble(error), &language),
    }
}

async fn page(site: &Site, room: &Room, language: &str) -> Result<Option<Response>, AppError> {
    let Some(version) = version(site, room).await? else { return Ok(None) };
    let brief = site.app.brief(&version.content.content).await?;
    let title = site.say(language, "page-brief-title", &[("client", Arg::Text(room.client.clone()))]);
    let number = Arg::Number(i64::from(room.link.number));
    let line =
        site.say(language, "page-brief-version", &[("version", number), ("at", Arg::Moment(version.at))]);
    let content = html! {
        section.card {
            h1 { (room.form.title.in_language(language)) }
            p.muted { (line) " · " (room.link.project) }
            @for mark in marks(&version) { span.chip { (site.word(language, mark)) } " " }
        }
        section.card {
            @match &brief {
                Some(brief) => (answers(site, room, brief, language)?),
                None => p.muted { (site.word(language, "page-brief-erased")) },
            }
        }
    };
    let frame = Frame { site, language, title: &title, client: Some(&room.client), with_script: false };
    Ok(Some(frame.page(StatusCode::OK, &content)))
}

fn marks(version: &Version) -> impl Iterator<Item = &'static str> {
    let by = match version.by {
        FilledBy::Client => None,
        FilledBy::External => Some("page-brief-elsewhere"),
        FilledBy::Staff => Some("page-brief-by-staff"),
    };
    version.late.then_some("page-brief-late").into_iter().chain(by)
}

fn answers(site: &Site, room: &Room, brief: &Brief, language: &str) -> Result<Markup, AppError> {
    let mut lines = Vec::new();
    for answer in &brief.answers {
        lines.push((answer.title.in_language(language), Some(site.app.answer_in_words(answer, language)?)));
    }
    let is_open = |id: &String| !brief.answers.iter().any(|answer| answer.question == *id);
    let left_out = room.form.questions.iter().filter(|question| is_open(&question.id));
    lines.extend(left_out.map(|question| (question.title.in_language(language), None)));
    Ok(html! {
        dl {
            @for (title, words) in lines {
                dt { (title) }
                @match words {
                    Some(words) => dd { (words) },
                    None => dd.muted { (site.word(language, "page-brief-empty")) },
                }
            }
        }
    })
}

/// The version that the address speaks of, found in the log.
async fn version(site: &Site, room: &Room) -> Result<Option<Version>, AppError> {
    let facts = site.app.store().stream(room.link.project.stream(), 0).await?;
    for stored in facts.iter().filter(|stored| stored.kind == "form_received") {
        let fact = stored.fact::<ProjectEvent>()?;
        if let ProjectEvent::FormReceived { form, version, content, late, by, .. } = fact.event
            && form == room.link.form
            && version == room.link.number
        {
            return Ok(Some(Version { content, at: fact.at, late, by }));
        }
    }
    Ok(None)
}
