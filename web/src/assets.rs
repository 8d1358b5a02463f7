//! Assets: stylesheets and scripts, committed here and inside the program.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// A file that pages load: its name, its type, and what it says.
struct Asset(&'static str, &'static str, &'static str);

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

const STYLE: Asset = Asset("brief.css", CSS, include_str!("../assets/brief.css"));
const SCRIPT: Asset = Asset("brief.js", JS, include_str!("../assets/brief.js"));
const BOARD_STYLE: Asset = Asset("board.css", CSS, include_str!("../assets/board.css"));
const BOARD_SCRIPT: Asset = Asset("board.js", JS, include_str!("../assets/board.js"));
const HTMX: Asset = Asset("htmx.js", JS, include_str!("../assets/vendor/htmx-4.0.1.min.js"));
const SORTABLE: Asset = Asset("sortable.js", JS, include_str!("../assets/vendor/sortable-1.15.7.min.js"));
const TEMPLATE_SCRIPT: Asset = Asset("template.js", JS, include_str!("../assets/template.js"));
const ICON: Asset = Asset("icon.svg", "image/svg+xml", include_str!("../assets/icon.svg"));

const ALL: [&Asset; 8] =
    [&TEMPLATE_SCRIPT, &STYLE, &SCRIPT, &BOARD_STYLE, &BOARD_SCRIPT, &HTMX, &SORTABLE, &ICON];

/// Address of the stylesheet of forms; another text has another address.
pub(crate) static STYLE_AT: LazyLock<String> = LazyLock::new(|| address(&STYLE));
/// Address of the script of forms.
pub(crate) static SCRIPT_AT: LazyLock<String> = LazyLock::new(|| address(&SCRIPT));
/// Address of the stylesheet of the staff's pages.
pub(crate) static BOARD_STYLE_AT: LazyLock<String> = LazyLock::new(|| address(&BOARD_STYLE));
/// Address of the script of the staff's pages.
pub(crate) static BOARD_SCRIPT_AT: LazyLock<String> = LazyLock::new(|| address(&BOARD_SCRIPT));
/// Address of the script of a template's page.
pub(crate) static TEMPLATE_SCRIPT_AT: LazyLock<String> = LazyLock::new(|| address(&TEMPLATE_SCRIPT));
/// Address of htmx.
pub(crate) static HTMX_AT: LazyLock<String> = LazyLock::new(|| address(&HTMX));
/// Address of SortableJS.
pub(crate) static SORTABLE_AT: LazyLock<String> = LazyLock::new(|| address(&SORTABLE));
/// Address of the sign in the tab.
pub(crate) static ICON_AT: LazyLock<String> = LazyLock::new(|| address(&ICON));

fn address(Asset(name, _, text): &Asset) -> String {
    let hash = hex::encode(Sha256::digest(text));
    format!("/assets/{name}?v={}", hash.get(..8).unwrap_or_default())
}

/// One of them.
pub(crate) async fn show(Path(name): Path<String>) -> Response {
    let Some(Asset(_, kind, text)) = ALL.into_iter().find(|Asset(known, ..)| *known == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers: [(HeaderName, &str); 2] =
        [(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, *text).into_response()
}

/// Nothing here is for search engines.
pub(crate) async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stylesheet_closes_what_it_opens_before_the_next_layer() {
        for Asset(name, kind, text) in ALL {
            if *kind != CSS {
                continue;
            }
            let mut depth = 0_usize;
            for line in text.lines() {
                assert!(depth == 0 || !line.starts_with('@'), "{name}: something is open above `{line}`");
                depth = (depth + line.matches('{').count()) - line.matches('}').count();
            }
            assert_eq!(depth, 0, "{name}");
        }
    }
}
