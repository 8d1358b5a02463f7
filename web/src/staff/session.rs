//! Session: who is behind a request, by the cookie of their browser (RELIABILITY 6.4).

use std::collections::BTreeSet;

use axum::extract::FromRequestParts;
use axum::http::header::{COOKIE, LOCATION};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use engine::domain::{Actor, PersonId, Right};
use engine::store::sessions::Opening;
use projections::board::BoardProject;
use sha2::{Digest, Sha256};

use super::project_views::{VIEW_COOKIE, View};
use crate::site::Site;

/// A person of the staff who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Staff {
    pub person: PersonId,
    pub name: String,
    pub roles: BTreeSet<String>,
    /// Of the pages.
    pub language: String,
    /// `light` or `dark`, if one was chosen.
    pub theme: Option<&'static str>,
    /// How the tasks of a project are shown.
    pub view: View,
    /// Where the log stood when the request came: what the page shows is at least as new.
    pub position: i64,
}

impl Staff {
    pub fn actor(&self) -> Actor {
        Actor::Person(self.person.clone())
    }

    /// Whether the person has a right in the whole agency; the rules have the last word.
    pub fn may(&self, right: Right) -> bool {
        right.is_given_by(&self.roles)
    }

    /// Whether the person sees a project on lists of many: the same people who are let in to its page.
    pub fn sees(&self, project: &BoardProject) -> bool {
        self.may(Right::Watch) || project.has(self.person.as_str())
    }

    /// Whether the person leads projects.
    pub fn leads(&self) -> bool {
        self.may(Right::Lead)
    }
}

impl FromRequestParts<Site> for Staff {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Response> {
        // Known since the door.
        if let Some(staff) = parts.extensions.get::<Self>() {
            return Ok(staff.clone());
        }
        match of(site, &parts.headers).await {
            Ok(Some(staff)) => Ok(staff),
            // A script cannot tell a page of ours from the door: it is told.
            Ok(None) if parts.headers.get("sec-fetch-dest").is_some_and(|to| to == "empty") => {
                Err(StatusCode::UNAUTHORIZED.into_response())
            }
            Ok(None) if parts.method == Method::GET => {
                let to = parts.uri.path_and_query().map_or("/today", |path| path.as_str());
                let to: String = form_urlencoded::byte_serialize(to.as_bytes()).collect();
                Err((StatusCode::SEE_OTHER, [(LOCATION, format!("/login?to={to}"))]).into_response())
            }
            Ok(None) => Err((StatusCode::SEE_OTHER, [(LOCATION, "/login")]).into_response()),
            Err(error) => Err(site.trouble(&error, "en")),
        }
    }
}

async fn of(site: &Site, headers: &HeaderMap) -> Result<Option<Staff>, engine::app::AppError> {
    let position = *site.app.store().watch().borrow();
    let Some(token) = cookie(headers, site.session_cookie()) else { return Ok(None) };
    let Some(person) = site.app.store().session(&hashed(token), site.now()).await? else { return Ok(None) };
    let agency = site.app.agency_state().await?;
    let Some(roles) = agency.people.get(&person).cloned() else { return Ok(None) };
    let profile = site.app.store().profile(&person).await?;
    let chosen = cookie(headers, "language").filter(|code| site.speaks(code)).map(str::to_owned);
    let spoken = profile.as_ref().and_then(|profile| profile.language.clone());
    let language = chosen.or_else(|| spoken.filter(|code| site.speaks(code)));
    let theme =
        cookie(headers, "theme").and_then(|theme| ["light", "dark"].into_iter().find(|one| *one == theme));
    Ok(Some(Staff {
        name: profile.map(|profile| profile.name).filter(|name| !name.is_empty()).unwrap_or(person.0.clone()),
        person,
        roles,
        language: language.unwrap_or_else(|| site.language_of(accepted(headers))),
        theme,
        view: cookie(headers, VIEW_COOKIE).and_then(View::parse).unwrap_or_default(),
        position,
    }))
}

/// What the browser says it reads.
pub(super) fn accepted(headers: &HeaderMap) -> Option<&str> {
    headers.get("accept-language").and_then(|value| value.to_str().ok())
}

/// One cookie of the request.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// A new session in a browser; the one that it had until now ends with it.
pub(super) fn opening(site: &Site, headers: &HeaderMap, token: &str) -> Opening {
    let before_sha256 = cookie(headers, site.session_cookie()).map(hashed);
    Opening { session_sha256: hashed(token), before_sha256 }
}

/// What is kept of a token.
pub(super) fn hashed(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}
