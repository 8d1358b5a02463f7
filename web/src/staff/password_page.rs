//! A password with a code, for whoever cannot or will not take the bot's link (RELIABILITY 6.4): chosen, and used.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use engine::app::{Access, Along, AppError, Ask, Authenticator, Chosen, Entrance};
use engine::domain::agency::AgencyCommand;
use engine::domain::{Arg, PersonId};
use engine::store::change::NewMessage;
use engine::store::sessions::Opening;
use maud::{Markup, PreEscaped, html};
use qrcode::QrCode;
use qrcode::render::svg;

use super::act::{Posted, refused};
use super::frame::{Page, Ui, bare, notice};
use super::login_page::{ANSWER_AFTER, Onward, at_the_door, is_local};
use super::look;
use super::session::{Staff, accepted, cookie, hashed, opening};
use crate::body;
use crate::peer::Peer;
use crate::site::Site;

/// A password is set within this time of signing in.
const FRESH: TimeDelta = TimeDelta::minutes(10);

/// A form with a password is no longer, in bytes.
const LARGEST: usize = 8 * 1024;

pub(super) async fn door(
    State(site): State<Site>,
    Query(onward): Query<Onward>,
    headers: HeaderMap,
) -> Response {
    let language = site.language_of(accepted(&headers));
    let content = entrance(&Ui { site: &site, language: &language }, onward.to.as_deref(), false);
    bare(&site, &language, StatusCode::OK, &site.word(&language, "ui-login-title"), &content)
}

fn entrance(ui: &Ui<'_>, to: Option<&str>, wrong: bool) -> Markup {
    html! {
        section.card.panel {
            h1 { (ui.t("ui-login-title")) }
            @if wrong { (notice(&ui.t("ui-password-wrong"))) }
            form method="post" action="/login/password" {
                input type="hidden" name="to" value=[to];
                label for="who" { (ui.t("ui-login-who")) }
                input #who name="who" required maxlength="100" autocomplete="username" autocapitalize="none" spellcheck="false";
                label for="password" { (ui.t("ui-password")) }
                input #password type="password" name="password" required maxlength="500" autocomplete="current-password";
                label for="code" { (ui.t("ui-password-code")) }
                input #code name="code" required maxlength="10" inputmode="numeric" autocomplete="one-time-code";
                button.btn.pri { (ui.t("ui-login-go")) }
            }
            p { a href="/login" { (ui.t("ui-password-by-link")) } }
        }
    }
}

/// The answer to every mistake is the same, and takes as long.
pub(super) async fn enter(State(site): State<Site>, peer: Peer, headers: HeaderMap, body: Body) -> Response {
    let language = site.language_of(accepted(&headers));
    let (posted, person) = match at_the_door(&site, &language, (peer, body)).await {
        Ok(found) => found,
        Err(answer) => return *answer,
    };
    if site.app.passwords_queue() {
        return site.plain(StatusCode::TOO_MANY_REQUESTS, &language, "busy");
    }
    let to = Some(posted.get("to")).filter(|to| is_local(to));
    let session = site.token();
    let opened =
        open(&site, person.map(|profile| profile.person), &posted, opening(&site, &headers, &session));
    let (opened, ()) = tokio::join!(opened, tokio::time::sleep(Duration::from_millis(ANSWER_AFTER)));
    match opened {
        Ok(true) => {
            let to = to.unwrap_or("/today").to_owned();
            let cookie = site.cookie(site.session_cookie(), &session, 30 * 24 * 3_600);
            (StatusCode::SEE_OTHER, [(LOCATION, to), (SET_COOKIE, cookie)]).into_response()
        }
        Ok(false) => {
            let content = entrance(&Ui { site: &site, language: &language }, to, true);
            let title = site.word(&language, "ui-login-title");
            bare(&site, &language, StatusCode::FORBIDDEN, &title, &content)
        }
        Err(error) => site.trouble(&error, &language),
    }
}

async fn open(
    site: &Site,
    person: Option<PersonId>,
    posted: &Posted,
    opening: Opening,
) -> Result<bool, AppError> {
    let (password, code) = (posted.whole("password").to_owned(), posted.get("code").to_owned());
    let entrance = Entrance { password, code, opening, at: site.now() };
    site.app.sign_in_by_password(person.as_ref(), entrance).await
}

/// One's own password.
pub(super) async fn show(State(site): State<Site>, staff: Staff) -> Response {
    match site.app.new_authenticator(&staff.person) {
        Ok(authenticator) => page(&site, &staff, &authenticator, None).await,
        Err(error) => site.trouble(&error, &staff.language),
    }
}

/// Whether somebody signed in a moment ago: whoever finds an open browser gets no way in of their own.
async fn is_fresh(site: &Site, headers: &HeaderMap) -> Result<bool, AppError> {
    let Some(token) = cookie(headers, site.session_cookie()) else { return Ok(false) };
    let since = site.app.store().signed_in_since(&hashed(token)).await?;
    Ok(since.is_some_and(|since| site.now() - since < FRESH))
}

async fn again(site: &Site, staff: &Staff) -> Response {
    match site.app.new_authenticator(&staff.person) {
        Ok(authenticator) => {
            let said = Ui::of(site, staff).t("ui-password-again");
            page(site, staff, &authenticator, Some(&said)).await
        }
        Err(error) => site.trouble(&error, &staff.language),
    }
}

/// What tells the person in their own chat that a password was set: whoever did not do it hears of it.
async fn told(site: &Site, staff: &Staff, token: &str) -> Result<Option<NewMessage>, AppError> {
    let profile = site.app.store().profile(&staff.person).await?;
    let Some(chat) = profile.and_then(|profile| profile.telegram_user) else { return Ok(None) };
    let text = site.rendered(&staff.language, "staff-password-set", &[])?;
    let mut message =
        NewMessage::post(chat, &format!("password:{}:{token}", staff.person), "staff-password-set", text);
    message.language.clone_from(&staff.language);
    Ok(Some(message))
}

pub(super) async fn set(State(site): State<Site>, staff: Staff, headers: HeaderMap, body: Body) -> Response {
    let Ok(body) = body::read(body, LARGEST).await else {
        return site.plain(StatusCode::PAYLOAD_TOO_LARGE, &staff.language, "large");
    };
    let posted = Posted::read(&body);
    match is_fresh(&site, &headers).await {
        Ok(true) => {}
        Ok(false) => return again(&site, &staff).await,
        Err(error) => return site.trouble(&error, &staff.language),
    }
    let said = match choose(&site, &staff, &posted).await {
        Ok(Access::Done(())) => {
            return (StatusCode::SEE_OTHER, [(LOCATION, "/login/password")]).into_response();
        }
        Ok(Access::Refused(refusal)) => refused(&site, &staff, &refusal).await,
        Ok(Access::NoKey | Access::OtherKey) => Ok(Ui::of(&site, &staff).t("ui-password-no-key")),
        Err(error) => Err(error),
    };
    // The program that shows the codes has the secret already: it stays.
    let shown = site.app.authenticator(&staff.person, posted.get("secret"));
    let shown = shown.map_or_else(|| site.app.new_authenticator(&staff.person), Ok);
    match (said, shown) {
        (Ok(said), Ok(authenticator)) => page(&site, &staff, &authenticator, Some(&said)).await,
        (Err(error), _) | (_, Err(error)) => site.trouble(&error, &staff.language),
    }
}

async fn choose(site: &Site, staff: &Staff, posted: &Posted) -> Result<Access<()>, AppError> {
    let token = if posted.token().is_empty() { site.token() } else { posted.token().to_owned() };
    let messages = told(site, staff, &token).await?.into_iter().collect();
    let ask = Ask {
        command_id: format!("web:{}:{token}", staff.person),
        at: site.now(),
        by: staff.actor(),
        command: AgencyCommand::SetPassword { person: staff.person.clone() },
        along: Along { messages, ..Along::default() },
    };
    let (password, secret) = (posted.whole("password").to_owned(), posted.get("secret").to_owned());
    let chosen = Chosen { password, secret, code: Some(posted.get("code").to_owned()) };
    site.app.set_password(ask, chosen).await
}

async fn page(site: &Site, staff: &Staff, authenticator: &Authenticator, said: Option<&str>) -> Response {
    let ui = Ui::of(site, staff);
    let title = ui.t("ui-me");
    let content = html! {
        h1 { (title) }
        @if let Some(said) = said { (notice(said)) }
        (look::form(&ui, staff))
        h2 { (ui.t("ui-password-title")) }
        p.muted { (ui.t("ui-password-how")) }
        form.card.panel.sheet method="post" action="/password" {
            input type="hidden" name="ask" value=(site.token());
            input type="hidden" name="secret" value=(authenticator.secret);
            input type="hidden" name="username" autocomplete="username" value=(staff.person);
            label for="password" { (ui.t("ui-password-new")) }
            input #password type="password" name="password" required minlength="12" maxlength="128" autocomplete="new-password" aria-describedby="password-rule";
            p.small.muted #password-rule { (ui.t("ui-password-rule")) }
            h2 { (ui.t("ui-password-app")) }
            p { (ui.t("ui-password-scan")) }
            (picture(&ui, &staff.person, authenticator))
            label for="code" { (ui.t("ui-password-code")) }
            input #code name="code" required maxlength="10" inputmode="numeric" autocomplete="one-time-code";
            button.btn.pri { (ui.t("ui-password-set")) }
        }
    };
    let status = if said.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    Page { site, staff, title: &title, place: "/password", live: false, content }.answer(status).await
}

/// The secret as a picture for a phone, and as letters for whoever types.
fn picture(ui: &Ui<'_>, person: &PersonId, authenticator: &Authenticator) -> Markup {
    let drawn = QrCode::new(&authenticator.address).ok().map(|code| {
        let image = code.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
        // Without the head of a file: it stands in a page.
        image.find("<svg").map(|at| image[at..].to_owned()).unwrap_or_default()
    });
    let label = ui.say("ui-password-picture", &[("name", Arg::Text(person.to_string()))]);
    html! {
        @if let Some(drawn) = drawn { div.qr role="img" aria-label=(label) { (PreEscaped(drawn)) } }
        p { code.secret { (authenticator.secret) } }
    }
}
