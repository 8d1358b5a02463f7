//! Assets: the stylesheet and the script, committed here and inside the program.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("../assets/brief.css");
const SCRIPT: &str = include_str!("../assets/brief.js");

/// Address of the stylesheet; another text has another address.
pub(crate) static STYLE_AT: LazyLock<String> = LazyLock::new(|| address("brief.css", STYLE));
/// Address of the script.
pub(crate) static SCRIPT_AT: LazyLock<String> = LazyLock::new(|| address("brief.js", SCRIPT));

fn address(name: &str, text: &str) -> String {
    let hash = hex::encode(Sha256::digest(text));
    format!("/assets/{name}?v={}", hash.get(..8).unwrap_or_default())
}

/// One of them.
pub(crate) async fn show(Path(name): Path<String>) -> Response {
    let found = match name.as_str() {
        "brief.css" => ("text/css; charset=utf-8", STYLE),
        "brief.js" => ("text/javascript; charset=utf-8", SCRIPT),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let headers: [(HeaderName, &str); 2] =
        [(CONTENT_TYPE, found.0), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, found.1).into_response()
}

/// Nothing here is for search engines.
pub(crate) async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /\n"
}
