//! What a page of the staff loads: little, packed, from here, kept for a year; and no script within a page (SURFACES 3).

use std::collections::BTreeSet;

use axum::http::Method;
use journeys::db;
use journeys::house::House;
use journeys::page::Pages;
use journeys::visitor::Visitor;
use regex_automata::meta::Regex;
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

fn all(pattern: &str, text: &str) -> Vec<String> {
    let found = Regex::new(pattern).expect("a pattern");
    let spans: Vec<_> = found.captures_iter(text).filter_map(|found| found.get_group(1)).collect();
    spans.into_iter().map(|span| text[span.range()].to_owned()).collect()
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
        let loaded = all(r#"<(?:script|img|iframe|source)[^>]* src="([^"]*)""#, &page.text);
        let linked = all(r#"<link[^>]* href="([^"]*)""#, &page.text);
        for one in loaded.iter().chain(&linked) {
            assert!(one.starts_with("/assets/"), "{address} loads {one}");
        }
        let inline = all(r"(<script>|<style|<[a-z][^>]* on[a-z]+=|<[a-z][^>]* style=)", &page.text);
        assert_eq!(inline, Vec::<String>::new(), "{address}");
        let scripts: BTreeSet<String> =
            all(r#"<script[^>]* src="([^"]*)""#, &page.text).into_iter().collect();
        let mut weighs = 0;
        for script in scripts {
            weighs += weight(&pages, &script).await;
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
}
