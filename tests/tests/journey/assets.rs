//! What a page of the staff loads: little, packed, from here, kept for a year; and no script within a page (SURFACES 3).

use std::collections::BTreeSet;

use axum::http::Method;
use journeys::db;
use journeys::house::House;
use journeys::page::Pages;
use journeys::visitor::Visitor;
use web::staff_routes;

use super::briefs::serve;

/// So much script a page may load, in bytes as they come over the wire.
const SCRIPT: usize = 35_000;

/// Every page of the table, with the names of this house in its address.
fn addresses() -> Vec<String> {
    let routes = staff_routes().into_iter().filter(|route| route.method == Method::GET);
    let paths = routes.map(|route| {
        let names = [
            ("{project}", "smm-test"),
            ("{client}", "kava-ranok"),
            ("{person}", "maksym"),
            ("{task}", "communication"),
            ("{form}", "smm-brief"),
            ("{version}", "1"),
            ("{*file}", "smm.yaml"),
        ];
        names.iter().fold(route.path.to_owned(), |path, (name, value)| path.replace(name, value))
    });
    paths.filter(|path| !path.contains('{') && !["/", "/live"].contains(&path.as_str())).collect()
}

/// The opening tags of a page.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    text.split('<')
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .filter(|tag| !tag.starts_with(['/', '!']))
}

/// The value of an attribute of a tag.
fn value<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()
}

/// Scripts and styles that stand within the page itself.
fn is_inline(tag: &str) -> bool {
    let name = tag.split([' ', '\n']).next().unwrap_or_default();
    let acts =
        tag.split(' ').skip(1).any(|attribute| attribute.starts_with("on") && attribute.contains("=\""));
    name == "style"
        || (name == "script" && value(tag, "src").is_none())
        || acts
        || value(tag, "style").is_some()
}

async fn weight(pages: &Pages, address: &str) -> usize {
    let answer = pages.client.get(pages.at(address)).header("accept-encoding", "gzip").send().await.unwrap();
    let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
    assert_eq!(header("content-encoding"), "gzip", "{address}");
    assert!(header("cache-control").contains("immutable"), "{address}");
    assert!(address.contains("?v="), "{address}: another text has another address");
    answer.bytes().await.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_loads_little_from_here_alone_and_holds_no_script() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let pages = serve(&house).await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let mut seen = 0;
    for address in addresses() {
        let page = olena.get(&address).await;
        if !page.text.starts_with("<!DOCTYPE html>") {
            continue;
        }
        seen += 1;
        for tag in tags(&page.text) {
            assert!(!is_inline(tag), "{address}: <{tag}>");
            let loads = value(tag, "src").or_else(|| value(tag, "href").filter(|_| tag.starts_with("link")));
            assert!(loads.is_none_or(|one| one.starts_with("/assets/")), "{address}: <{tag}>");
        }
        let scripts: BTreeSet<&str> = tags(&page.text)
            .filter(|tag| tag.starts_with("script"))
            .filter_map(|tag| value(tag, "src"))
            .collect();
        // The editor is for the page of a template alone.
        let (editor, scripts): (BTreeSet<&str>, BTreeSet<&str>) = scripts
            .into_iter()
            .partition(|script| script.contains("/editor.js") || script.contains("/template.js"));
        let wanted = if address.starts_with("/templates/") { 2 } else { 0 };
        assert_eq!(editor.len(), wanted, "{address}: {editor:?}");
        let mut weighs = 0;
        for script in scripts {
            weighs += weight(&pages, script).await;
        }
        assert!(weighs <= SCRIPT, "{address}: {weighs} bytes of script");
        let policy = page.headers.get("content-security-policy").and_then(|value| value.to_str().ok());
        assert!(
            policy
                .is_some_and(|policy| policy.starts_with("default-src 'none'") && !policy.contains("unsafe")),
            "{address}: {policy:?}"
        );
    }
    assert!(seen >= 15, "{seen} pages");
    let other = pages.client.get(pages.at("/assets/board.css?v=00000000")).send().await.unwrap();
    assert_eq!(other.headers()["cache-control"], "no-cache", "an address of another version is not kept");
}

#[test]
fn a_script_within_a_page_is_seen() {
    for bad in ["script", "style", "a href=\"#\" onclick=\"x\"", "p style=\"color:red\""] {
        assert!(is_inline(bad), "{bad}");
    }
    assert!(!is_inline("script src=\"/assets/a.js\" defer"));
}
