//! The page on which a client gives an access: one field, sealed at once, closed once it is taken (PF-86).

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{ACCEPT_LANGUAGE, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use engine::app::{Access, AppError, GivenAccess};
use engine::domain::project::Project;
use engine::domain::{Actor, Arg};
use engine::store::change::LinkPurpose;
use engine::store::forms::FormLink;
use maud::html;
use sha2::{Digest, Sha256};

use crate::body::{self, Unread};
use crate::door::{Shut, is_token};
use crate::guard::{is_foreign, media_type};
use crate::page::Frame;
use crate::site::Site;

/// A posted page, in bytes: each letter of a Cyrillic word takes six.
const LARGEST: usize = 64 * 1024;

/// An access behind an address.
struct Place {
    token: String,
    token_sha256: String,
    link: FormLink,
    project: Arc<Project>,
    language: String,
    client: String,
}

/// The page: the field, or that it was taken.
pub(crate) async fn show(
    State(site): State<Site>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    match place(&site, &token).await {
        Ok(place) => page(&site, &place, StatusCode::OK, None),
        Err(shut) => site.shut(&shut, &site.language_of(accepted(&headers))),
    }
}

/// The access comes in.
pub(crate) async fn take(
    State(site): State<Site>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let language = site.language_of(accepted(&headers));
    if is_foreign(&headers) {
        return site.plain(StatusCode::FORBIDDEN, &language, "gone");
    }
    if !is_token(&token) {
        return site.shut(&Shut::Gone, &language);
    }
    // The body is read first, so that a refusal arrives even while a browser is still sending.
    let body = body::read(body, LARGEST).await;
    let place = match place(&site, &token).await {
        Ok(place) => place,
        Err(shut) => return site.shut(&shut, &language),
    };
    let body = match body {
        Ok(body) => body,
        Err(Unread::TooLarge) => return site.plain(StatusCode::PAYLOAD_TOO_LARGE, &place.language, "large"),
        Err(Unread::Broken) => return site.plain(StatusCode::BAD_REQUEST, &place.language, "trouble"),
    };
    if media_type(&headers) != "application/x-www-form-urlencoded" {
        return site.plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, &place.language, "trouble");
    }
    let typed = form_urlencoded::parse(&body).find(|(name, _)| name == "access");
    let typed = typed.map(|(_, value)| value.trim().to_owned()).unwrap_or_default();
    if typed.is_empty() && place.is_open() {
        return page(&site, &place, StatusCode::UNPROCESSABLE_ENTITY, Some("page-access-none"));
    }
    match give(&site, &place, typed).await {
        Ok(response) => response,
        Err(error) => site.shut(&Shut::Trouble(error), &place.language),
    }
}

async fn give(site: &Site, place: &Place, text: String) -> Result<Response, AppError> {
    let given = GivenAccess {
        project: place.link.project.clone(),
        item: place.link.form.clone(),
        text,
        sending: Some(place.link.number),
        by: Actor::LinkHolder,
        // The second half of a double click is the same command.
        command_id: format!("access:{}", place.token_sha256),
        at: site.now(),
    };
    Ok(match site.app.give_access(given).await? {
        Access::Done(()) => {
            (StatusCode::SEE_OTHER, [(LOCATION, format!("/a/{}", place.token))]).into_response()
        }
        Access::NoKey => page(site, place, StatusCode::SERVICE_UNAVAILABLE, Some("page-access-nokey")),
        Access::Refused(_) | Access::OtherKey => site.shut(&Shut::Gone, &place.language),
    })
}

/// The access behind a token; what was given stays thanked for, however old the address is.
async fn place(site: &Site, token: &str) -> Result<Place, Shut> {
    if !is_token(token) {
        return Err(Shut::Gone);
    }
    let token_sha256 = hex::encode(Sha256::digest(token));
    if !site.limit.takes(&token_sha256, site.now()) {
        return Err(Shut::Busy);
    }
    let link = site.app.store().form_link(&token_sha256).await.map_err(AppError::from)?;
    let link = link.filter(|link| link.purpose == LinkPurpose::Access).ok_or(Shut::Gone)?;
    site.limit.knows(&token_sha256, site.now());
    let project = site.app.project_state(&link.project).await?.ok_or(Shut::Gone)?;
    let opened = project.opened.as_ref().ok_or(Shut::Gone)?;
    let client = site.app.client_state(&opened.client).await?.ok_or(Shut::Gone)?;
    let (language, name) = (client.language.clone(), client.name.clone());
    let place = Place { token: token.to_owned(), token_sha256, link, project, language, client: name };
    if !place.is_given() && (site.now() > place.link.expires || place.project.completed) {
        return Err(Shut::Gone);
    }
    Ok(place)
}

impl Place {
    fn is_open(&self) -> bool {
        self.project.is_access_open(&self.link.form, self.link.number)
    }

    fn is_given(&self) -> bool {
        let access = self.project.accesses.get(&self.link.form);
        access.is_some_and(|access| self.link.number <= access.closed)
    }
}

fn page(site: &Site, place: &Place, status: StatusCode, problem: Option<&str>) -> Response {
    let language = place.language.as_str();
    let item = Arg::Words(place.project.access_title(&place.link.form));
    let title = site.say(language, "page-access-title", &[("item", item)]);
    let word = |key: &str| site.word(language, key);
    let content = html! {
        section.card {
            h1 { (title) }
            @if place.is_given() {
                p.notice role="status" { (word("page-access-done")) }
            } @else {
                p.muted { (word("page-access-text")) }
            }
        }
        @if !place.is_given() {
            @if let Some(problem) = problem { p.notice role="alert" { (word(problem)) } }
            form method="post" action={ "/a/" (place.token) } autocomplete="off" {
                section.card {
                    textarea name="access" rows="6" maxlength="4000" required aria-label=(title)
                        autocomplete="off" autocapitalize="off" spellcheck="false" {}
                }
                div.acts { button.btn.pri { (word("page-access-send")) } }
            }
        }
    };
    let frame = Frame { site, language, title: &title, client: Some(&place.client), with_script: false };
    frame.page(status, &content)
}

fn accepted(headers: &HeaderMap) -> Option<&str> {
    headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok())
}
