//! Trust: what changes something must come from a page of ours (RELIABILITY 6.4).

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN, REFERRER_POLICY};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::session::accepted;
use crate::site::Site;

/// Refuses what another site's page sends; reading is free.
pub(super) async fn same_site(State(site): State<Site>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads || is_ours(request.headers(), &site.app.desk().public_url) {
        let mut response = next.run(request).await;
        // So that the forms of these pages say where they come from; nobody else learns it.
        response.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
        return response;
    }
    // Nobody asks who it is from: the language is that of the browser.
    let language = site.language_of(accepted(request.headers()));
    site.plain(StatusCode::FORBIDDEN, &language, "elsewhere")
}

/// Both headers have to agree with us; a browser always sends at least one of them. Pages that give no referrer away
/// send `null` as their origin: then the other header has to say where they are from.
fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let host = text(HOST.as_str()).unwrap_or_default();
    let site = text("sec-fetch-site");
    let origin = text(ORIGIN.as_str());
    let origin_fits = |origin: &str| match origin {
        "null" => site == Some("same-origin"),
        origin => origin == public_url || origin.split_once("://").is_some_and(|(_, from)| from == host),
    };
    let site_fits = site.is_none_or(|site| matches!(site, "same-origin" | "none"));
    site_fits && origin.is_none_or(origin_fits) && (site.is_some() || origin.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        is_ours(&headers, "https://work.example")
    }

    #[test]
    fn only_a_page_of_this_server_may_change_something() {
        assert!(asked(&[
            ("host", "a.example"),
            ("origin", "https://a.example"),
            ("sec-fetch-site", "same-origin")
        ]));
        assert!(asked(&[("host", "127.0.0.1:8181"), ("origin", "http://127.0.0.1:8181")]));
        assert!(asked(&[("host", "a.example"), ("origin", "null"), ("sec-fetch-site", "same-origin")]));
        assert!(asked(&[("host", "127.0.0.1:8080"), ("origin", "https://work.example")]), "behind a proxy");
        for foreign in [
            &[("host", "a.example"), ("origin", "https://b.example")][..],
            &[("host", "a.example"), ("origin", "null")],
            &[("host", "a.example"), ("sec-fetch-site", "same-site")],
            &[("host", "a.example"), ("origin", "https://a.example"), ("sec-fetch-site", "cross-site")],
            &[("host", "a.example")],
        ] {
            assert!(!asked(foreign), "{foreign:?}");
        }
    }
}
