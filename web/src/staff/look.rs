//! How one's own pages look: the language and the light, kept by the browser.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::act::Posted;
use super::frame::Ui;
use super::session::Staff;
use crate::body;
use crate::site::Site;

/// A posted form, in bytes.
const LARGEST: usize = 8 * 1024;
/// A browser remembers it for a year, in seconds.
const KEPT: i64 = 365 * 24 * 3_600;

/// What follows the system where nothing was chosen.
const THEMES: [(&str, &str); 3] =
    [("system", "ui-look-system"), ("light", "ui-look-light"), ("dark", "ui-look-dark")];

/// The form that chooses.
pub(super) fn form(ui: &Ui<'_>, staff: &Staff) -> Markup {
    let languages = ui.site.app.desk().agency.languages.clone();
    html! {
        form.card.panel.sheet method="post" action="/look" {
            h2 { (ui.t("ui-look")) }
            label for="language" { (ui.t("ui-look-language")) }
            select #language name="language" { @for code in &languages { option value=(code) selected[*code == staff.language] lang=(code) { (own_name(code)) } } }
            label for="theme" { (ui.t("ui-look-theme")) }
            select #theme name="theme" { @for (theme, key) in THEMES { option value=(theme) selected[staff.theme.unwrap_or("system") == theme] { (ui.t(key)) } } }
            button.btn { (ui.t("ui-save")) }
        }
    }
}

/// A language as those who speak it call it.
fn own_name(code: &str) -> &str {
    match code {
        "uk" => "Українська",
        "en" => "English",
        "vi" => "Tiếng Việt",
        "bg" => "Български",
        other => other,
    }
}

/// Remembers what was chosen; what there is not stays as it was.
pub(super) async fn set(State(site): State<Site>, staff: Staff, body: Body) -> Response {
    let Ok(body) = body::read(body, LARGEST).await else {
        return site.plain(StatusCode::PAYLOAD_TOO_LARGE, &staff.language, "large");
    };
    let posted = Posted::read(&body);
    let language = Some(posted.get("language")).filter(|code| site.speaks(code));
    let theme = Some(posted.get("theme")).filter(|theme| THEMES.iter().any(|(known, _)| known == theme));
    let mut headers = HeaderMap::from_iter([(LOCATION, HeaderValue::from_static("/password"))]);
    for (name, chosen) in [("language", language), ("theme", theme)] {
        let cookie = chosen.and_then(|chosen| site.cookie(name, chosen, KEPT).parse().ok());
        if let Some(cookie) = cookie {
            headers.append(SET_COOKIE, cookie);
        }
    }
    (StatusCode::SEE_OTHER, headers).into_response()
}
