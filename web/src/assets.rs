//! Assets: stylesheets and scripts, committed here and inside the program, packed once.

use std::sync::LazyLock;

use axum::extract::{Path, RawQuery};
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// A file that pages load: its name, its type, what it says, and that as gzip.
struct Asset(&'static str, &'static str, &'static str, &'static [u8]);

/// A file of the folder under its name for browsers; the build has packed it.
macro_rules! asset {
    ($name:literal, $kind:expr, $file:literal) => {
        asset!($name, $kind, $file, "")
    };
    ($name:literal, $kind:expr, $file:literal, $folder:literal) => {
        Asset(
            $name,
            $kind,
            include_str!(concat!("../assets/", $folder, $file)),
            include_bytes!(concat!(env!("OUT_DIR"), "/", $file, ".gz")),
        )
    };
}

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

const STYLE: Asset = asset!("brief.css", CSS, "brief.css");
const SCRIPT: Asset = asset!("brief.js", JS, "brief.js");
const BOARD_STYLE: Asset = asset!("board.css", CSS, "board.css");
const BOARD_SCRIPT: Asset = asset!("board.js", JS, "board.js");
const HTMX: Asset = asset!("htmx.js", JS, "htmx-4.0.1.min.js", "vendor/");
const SORTABLE: Asset = asset!("sortable.js", JS, "sortable-1.15.7.min.js", "vendor/");
const EDITOR: Asset = asset!("editor.js", JS, "editor-6.43.15.js", "vendor/");
const TEMPLATE_SCRIPT: Asset = asset!("template.js", JS, "template.js");
const ICON: Asset = asset!("icon.svg", "image/svg+xml", "icon.svg");

const ALL: [&Asset; 9] =
    [&EDITOR, &TEMPLATE_SCRIPT, &STYLE, &SCRIPT, &BOARD_STYLE, &BOARD_SCRIPT, &HTMX, &SORTABLE, &ICON];

/// Address of the stylesheet of forms; another text has another address.
pub(crate) static STYLE_AT: LazyLock<String> = LazyLock::new(|| address(&STYLE));
/// Address of the script of forms.
pub(crate) static SCRIPT_AT: LazyLock<String> = LazyLock::new(|| address(&SCRIPT));
/// Address of the stylesheet of the staff's pages.
pub(crate) static BOARD_STYLE_AT: LazyLock<String> = LazyLock::new(|| address(&BOARD_STYLE));
/// Address of the script of the staff's pages.
pub(crate) static BOARD_SCRIPT_AT: LazyLock<String> = LazyLock::new(|| address(&BOARD_SCRIPT));
/// Address of the editor, which only a template's page loads.
pub(crate) static EDITOR_AT: LazyLock<String> = LazyLock::new(|| address(&EDITOR));
/// Address of the script of a template's page.
pub(crate) static TEMPLATE_SCRIPT_AT: LazyLock<String> = LazyLock::new(|| address(&TEMPLATE_SCRIPT));
/// Address of htmx.
pub(crate) static HTMX_AT: LazyLock<String> = LazyLock::new(|| address(&HTMX));
/// Address of SortableJS.
pub(crate) static SORTABLE_AT: LazyLock<String> = LazyLock::new(|| address(&SORTABLE));
/// Address of the sign in the tab.
pub(crate) static ICON_AT: LazyLock<String> = LazyLock::new(|| address(&ICON));

fn address(Asset(name, _, text, _): &Asset) -> String {
    let hash = hex::encode(Sha256::digest(text));
    format!("/assets/{name}?v={}", hash.get(..8).unwrap_or_default())
}

/// One of them, packed for a browser that can unpack it.
pub(crate) async fn show(
    Path(name): Path<String>,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Response {
    let Some(asset) = ALL.into_iter().find(|Asset(known, ..)| *known == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let Asset(_, kind, text, packed) = asset;
    // While nodes are renewed one by one, an address of the other version comes here too: nobody may keep our answer.
    let is_this = asked.is_some_and(|asked| address(asset).ends_with(&format!("?{asked}")));
    let kept = if is_this { "public, max-age=31536000, immutable" } else { "no-cache" };
    let about: [(HeaderName, &str); 3] =
        [(CONTENT_TYPE, kind), (CACHE_CONTROL, kept), (VARY, "accept-encoding")];
    if takes_gzip(&headers) {
        return (about, [(CONTENT_ENCODING, "gzip")], *packed).into_response();
    }
    (about, *text).into_response()
}

/// `q=0` is a no.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let all = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(',')).any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        named && parts.all(|part| !matches!(part.split_once('='), Some(("q", q)) if q.trim_matches(['0', '.']).is_empty()))
    })
}

/// Nothing here is for search engines.
pub(crate) async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_browser_that_unpacks_gets_packed_files() {
        for (said, takes) in [
            ("gzip, deflate, br", true),
            ("br;q=1.0, gzip;q=0.5", true),
            ("identity", false),
            ("gzip;q=0", false),
            ("gzip;q=0.000, br", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, said.parse().unwrap_or_else(|error| panic!("{error}")));
            assert_eq!(takes_gzip(&headers), takes, "{said}");
        }
    }

    #[test]
    fn what_the_build_packed_is_the_file_and_a_page_of_the_board_loads_little() {
        let mut board = 0;
        for Asset(name, kind, text, packed) in ALL {
            let mut said = String::new();
            std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(*packed), &mut said)
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(said, *text, "{name}");
            if *kind == JS && !["editor.js", "template.js", "brief.js"].contains(name) {
                board += packed.len();
            }
        }
        assert!(board <= 35 * 1024, "{board} bytes of scripts");
    }

    #[test]
    fn a_stylesheet_closes_what_it_opens_before_the_next_layer() {
        for Asset(name, kind, text, _) in ALL {
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
