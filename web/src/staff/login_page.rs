//! Signing in: a link that the bot sends, taken by a press and never by a look (RELIABILITY 6.4).

use std::time::Duration;

use axum::Form;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use engine::app::{Along, AppError};
use engine::domain::Arg;
use engine::store::change::{NewMessage, Profile};
use engine::store::sessions::{LINK_MINUTES, Link, Offer};
use maud::html;
use serde::Deserialize;

use super::act::Posted;
use super::frame::bare;
use super::session::{accepted, cookie, hashed, opening};
use crate::body;
use crate::door::is_token;
use crate::peer::{Peer, network};
use crate::site::Site;

/// So many links a person is sent within ten minutes.
const LINKS: i64 = 3;

/// The answer comes no sooner, in milliseconds: how long the work takes tells nobody who works here.
pub(super) const ANSWER_AFTER: u64 = 400;

/// Where to go on after signing in.
#[derive(Deserialize)]
pub(super) struct Onward {
    pub to: Option<String>,
}

/// A form at the door is no longer, in bytes.
const LARGEST: usize = 8 * 1024;
/// No name at a door is longer, in characters.
const LONGEST_NAME: usize = 100;
/// Nor is a password, or the address of a page, in bytes.
const LONGEST_WORD: usize = 512;

pub(super) async fn ask(
    State(site): State<Site>,
    Query(onward): Query<Onward>,
    headers: HeaderMap,
) -> Response {
    let language = site.language_of(accepted(&headers));
    let ui = super::frame::Ui { site: &site, language: &language };
    let content = html! {
        section.card.panel {
            h1 { (ui.t("ui-login-title")) }
            p.muted { (ui.t("ui-login-how")) }
            form method="post" action="/login" {
                input type="hidden" name="to" value=[onward.to];
                label for="who" { (ui.t("ui-login-who")) }
                input #who name="who" required maxlength="100" autocomplete="username" autocapitalize="none" spellcheck="false";
                button.btn.pri { (ui.t("ui-login-send")) }
            }
            p { a href="/login/password" { (ui.t("ui-password-instead")) } }
        }
    };
    bare(&site, &language, StatusCode::OK, &ui.t("ui-login-title"), &content)
}

/// Sends the link; the answer is the same whoever asks, so that nobody learns who works here.
pub(super) async fn send(State(site): State<Site>, peer: Peer, headers: HeaderMap, body: Body) -> Response {
    let language = site.language_of(accepted(&headers));
    let ui = super::frame::Ui { site: &site, language: &language };
    let (posted, person) = match at_the_door(&site, &language, (peer, body)).await {
        Ok(found) => found,
        Err(answer) => return *answer,
    };
    let browser = browser(&site, &headers).map_or_else(|| site.token(), str::to_owned);
    let sent = send_link(&site, person, (&browser, posted.get("to")));
    let (sent, ()) = tokio::join!(sent, tokio::time::sleep(Duration::from_millis(ANSWER_AFTER)));
    if let Err(error) = sent {
        return site.trouble(&error, &language);
    }
    let content = html! {
        section.card.panel {
            h1 { (ui.t("ui-login-sent-title")) }
            p { (ui.t("ui-login-sent")) }
            p.muted { (ui.t("ui-login-no-message")) }
            a.btn href="/login" { (ui.t("ui-login-again")) }
        }
    };
    let page = bare(&site, &language, StatusCode::OK, &ui.t("ui-login-sent-title"), &content);
    ([(SET_COOKIE, site.cookie(site.browser_cookie(), &browser, LINK_MINUTES * 60))], page).into_response()
}

/// What this browser was given when it asked for a link.
fn browser<'a>(site: &Site, headers: &'a HeaderMap) -> Option<&'a str> {
    cookie(headers, site.browser_cookie()).filter(|token| is_token(token))
}

/// What somebody typed at a door, and whom it leads to; not too long, and not too often.
pub(super) async fn at_the_door(
    site: &Site,
    language: &str,
    (Peer(peer), body): (Peer, Body),
) -> Result<(Posted, Option<Profile>), Box<Response>> {
    let Ok(body) = body::read(body, LARGEST).await else {
        return Err(Box::new(site.plain(StatusCode::PAYLOAD_TOO_LARGE, language, "large")));
    };
    let posted = Posted::read(&body);
    let is_long = posted.get("who").chars().count() > LONGEST_NAME
        || [posted.get("to"), posted.whole("password")].iter().any(|typed| typed.len() > LONGEST_WORD);
    if is_long {
        return Err(Box::new(site.plain(StatusCode::PAYLOAD_TOO_LARGE, language, "large")));
    }
    let from = peer.map(|peer| format!("from {}", network(peer)));
    if from.is_some_and(|from| !site.sign_ins.signs_in(&from, None, site.now())) {
        return Err(Box::new(site.plain(StatusCode::TOO_MANY_REQUESTS, language, "busy")));
    }
    let name = posted.get("who").to_lowercase();
    let person = person_of(site, &name).await.map_err(|error| Box::new(site.trouble(&error, language)))?;
    let ours = person.as_ref().map(|profile| profile.person.as_str());
    if !site.sign_ins.signs_in(&name, ours, site.now()) {
        return Err(Box::new(site.plain(StatusCode::TOO_MANY_REQUESTS, language, "busy")));
    }
    Ok((posted, person))
}

async fn send_link(
    site: &Site,
    person: Option<Profile>,
    (browser, to): (&str, &str),
) -> Result<(), AppError> {
    let reached = person.and_then(|profile| Some((profile.person, profile.telegram_user?, profile.language)));
    let Some((person, chat, language)) = reached else { return Ok(()) };
    let now = site.now();
    let token = site.token();
    let hash = hashed(&token);
    let offer =
        Offer { token_sha256: hash.clone(), browser_sha256: Some(hashed(browser)), most: Some(LINKS) };
    if !site.app.store().offer_sign_in(&person, offer, now).await? {
        return Ok(());
    }
    let language = language.unwrap_or_else(|| site.language_of(None));
    let rendered = site.rendered(&language, "staff-sign-in", &[])?;
    let mut message = NewMessage::post(chat, &format!("sign-in:{hash}"), "staff-sign-in", rendered);
    let to =
        Some(to).filter(|to| is_local(to)).map(|to| form_urlencoded::byte_serialize(to.as_bytes()).collect());
    let to = to.map_or_else(String::new, |to: String| format!("?to={to}"));
    let address = format!("{}/login/{token}{to}", site.app.desk().public_url);
    message.payload.buttons = vec![vec![(site.word(&language, "btn-sign-in"), address)]];
    message.language = language;
    let along = Along { messages: vec![message], ..Along::default() };
    site.app.settle(format!("sign-in:{hash}"), now, along).await
}

/// The person on the staff with this id, or else with this Telegram name; nobody if it is the name of two.
async fn person_of(site: &Site, typed: &str) -> Result<Option<Profile>, AppError> {
    let wanted = typed.trim().trim_start_matches('@').to_lowercase();
    let agency = site.app.agency_state().await?;
    let profiles = site.app.store().profiles().await?;
    let staff = profiles.into_iter().filter(|profile| agency.people.contains_key(&profile.person));
    Ok(leads_to(staff, &wanted))
}

fn leads_to(staff: impl Iterator<Item = Profile>, wanted: &str) -> Option<Profile> {
    let (mut ids, mut names) = (Vec::new(), Vec::new());
    for profile in staff {
        if profile.person.as_str().to_lowercase() == wanted {
            ids.push(profile);
        } else if profile.username.as_deref().is_some_and(|name| name.to_lowercase() == wanted) {
            names.push(profile);
        }
    }
    let mut found = if ids.is_empty() { names } else { ids };
    found.pop().filter(|_| found.is_empty() && !wanted.is_empty())
}

/// A look at the link uses nothing up: Telegram and mail scanners look too.
pub(super) async fn show(
    State(site): State<Site>,
    Path(token): Path<String>,
    Query(onward): Query<Onward>,
    headers: HeaderMap,
) -> Response {
    let language = site.language_of(accepted(&headers));
    let ui = super::frame::Ui { site: &site, language: &language };
    let browser = browser(&site, &headers).map(hashed);
    let found = if is_token(&token) {
        site.app.store().sign_in_link(&hashed(&token), browser.as_deref(), site.now()).await
    } else {
        Ok(None)
    };
    let person = match found {
        Ok(Some(Link::Of(person))) => person,
        Ok(Some(Link::Elsewhere)) => return gone(&site, &language, "ui-login-elsewhere"),
        Ok(None) => return gone(&site, &language, "ui-login-gone"),
        Err(error) => return site.trouble(&error.into(), &language),
    };
    let names = site.app.names(std::slice::from_ref(&person)).await.unwrap_or_default();
    let name = names.get(&person).cloned().unwrap_or_else(|| person.0.clone());
    let content = html! {
        section.card.panel {
            h1 { (ui.say("ui-login-as", &[("name", Arg::Text(name))])) }
            form method="post" action={ "/login/" (token) } {
                input type="hidden" name="to" value=[onward.to];
                button.btn.pri { (ui.t("ui-login-go")) }
            }
        }
    };
    bare(&site, &language, StatusCode::OK, &ui.t("ui-login-title"), &content)
}

pub(super) async fn take(
    State(site): State<Site>,
    Path(token): Path<String>,
    headers: HeaderMap,
    Form(onward): Form<Onward>,
) -> Response {
    let language = site.language_of(accepted(&headers));
    if !is_token(&token) {
        return gone(&site, &language, "ui-login-gone");
    }
    let (session, browser) = (site.token(), browser(&site, &headers).map(hashed));
    let (store, opening) = (site.app.store(), opening(&site, &headers, &session));
    match store.sign_in(&hashed(&token), browser.as_deref(), opening, site.now()).await {
        Ok(Some(_)) => {
            let to = onward.to.filter(|to| is_local(to)).unwrap_or_else(|| "/today".to_owned());
            let cookie = site.cookie(site.session_cookie(), &session, 30 * 24 * 3_600);
            (StatusCode::SEE_OTHER, [(LOCATION, to), (SET_COOKIE, cookie)]).into_response()
        }
        Ok(None) => gone(&site, &language, "ui-login-gone"),
        Err(error) => site.trouble(&error.into(), &language),
    }
}

pub(super) async fn leave(State(site): State<Site>, headers: HeaderMap) -> Response {
    if let Some(token) = cookie(&headers, site.session_cookie())
        && let Err(error) = site.app.store().sign_out(&hashed(token)).await
    {
        return site.trouble(&error.into(), "en");
    }
    (
        StatusCode::SEE_OTHER,
        [(LOCATION, "/login".to_owned()), (SET_COOKIE, site.cookie(site.session_cookie(), "", 0))],
    )
        .into_response()
}

fn gone(site: &Site, language: &str, why: &str) -> Response {
    let ui = super::frame::Ui { site, language };
    let content = html! {
        section.card.panel {
            h1 { (ui.t("ui-login-gone-title")) }
            p.muted { (ui.t(why)) }
            a.btn.pri href="/login" { (ui.t("ui-login-again")) }
        }
    };
    bare(site, language, StatusCode::NOT_FOUND, &ui.t("ui-login-gone-title"), &content)
}

/// A path of ours: it begins with one slash.
pub(super) fn is_local(to: &str) -> bool {
    to.starts_with('/') && !to.starts_with("//") && !to.contains('\\') && !to.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(person: &str, username: &str) -> Profile {
        Profile {
            person: person.into(),
            name: String::new(),
            telegram_user: None,
            username: Some(username.to_owned()),
            language: None,
        }
    }

    #[test]
    fn an_id_goes_before_a_telegram_name_and_what_two_have_leads_to_nobody() {
        let staff = [known("maksym", "Olena"), known("olena", "koval"), known("iryna", "Twice")];
        let staff = [&staff[..], &[known("petro", "twice"), known("danylo", "")]].concat();
        let leads = |wanted| leads_to(staff.iter().cloned(), wanted).map(|profile| profile.person.0);
        assert_eq!(leads("olena").as_deref(), Some("olena"), "nobody takes an id by a Telegram name");
        assert_eq!(leads("koval").as_deref(), Some("olena"));
        assert_eq!((leads("twice"), leads(""), leads("nobody")), (None, None, None));
    }
}
