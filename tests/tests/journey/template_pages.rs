//! Templates on their pages, in a real browser and beside a real server: edited, checked, tried out, put in force.

use std::time::Duration;

use chrono::{TimeZone, Utc};
use journeys::browser::{Browser, Driver};
use journeys::db;
use journeys::desk::{self, catalogue, options};
use journeys::page::sign_in_path;
use serde_json::Value as Json;

use super::command_line::Terminal;
use super::templates::{agency, edit, open};

/// Where the server of a terminal is.
fn address(terminal: &Terminal) -> String {
    terminal.until("the templates are on record", || {
        let list = terminal.run(&["template", "list", "--json"]).done();
        (!list["files"].as_array()?.is_empty()).then_some(())
    });
    terminal.until("it serves", || {
        let log = terminal.read("server.log");
        let line = log.lines().find(|line| line.contains("serving"))?.to_owned();
        let port: String =
            line.split("127.0.0.1:").nth(1)?.chars().take_while(char::is_ascii_digit).collect();
        Some(format!("http://127.0.0.1:{port}"))
    })
}

/// A browser in which somebody is signed in.
async fn signed_in(driver: &Driver, terminal: &Terminal, base: &str, who: &str) -> Browser {
    // A link of a far day is open on every day before; it is made without the bot, which the first test of doors tries.
    let then = Utc.with_ymd_and_hms(2100, 1, 1, 8, 0, 0).single().expect("a time");
    let app = desk::app(terminal.db.open_with(options()).await, &catalogue());
    let path = sign_in_path(&app, who, then).await;
    let browser = driver.browser().await;
    browser.open(&format!("{base}{path}")).await;
    browser.click("button").await;
    browser.see("#main[data-live]").await;
    browser.cookie("language", "en").await;
    browser
}

fn first_title(terminal: &Terminal, project: &str) -> Json {
    terminal.run(&["project", "show", project, "--json"]).done()["tasks"][0]["title"].clone()
}

const SMM: &str = "/templates/smm.yaml";
const CONTROL: char = '\u{e009}';
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const HOME: &str = "\u{e011}";

/// Writes other words over some, with the keyboard alone: looked for from the top, chosen, and typed over.
async fn retype(browser: &Browser, from: &str, to: &str) {
    browser.see("#editor:not([hidden])").await;
    browser.click("#editor").await;
    browser.chord(CONTROL, HOME).await;
    browser.chord(CONTROL, "f").await;
    browser.press(from).await;
    browser.press(ENTER).await;
    browser.press(ESCAPE).await;
    browser.press(to).await;
    let first = serde_json::json!(to.split(ENTER).next());
    browser.wait_for(&format!("document.querySelector('#text').value.includes({first})")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_is_edited_checked_fixed_tried_out_and_published_and_only_new_projects_take_it() {
    let terminal = agency(db::sqlite()).await;
    let _server = terminal.serve();
    let base = address(&terminal);
    let before = open(&terminal);
    let title = first_title(&terminal, &before);
    let driver = Driver::start().await;
    let browser = signed_in(&driver, &terminal, &base, "olena").await;
    browser.size(1440, 1000).await;
    browser.open(&format!("{base}{SMM}")).await;
    browser.see("#editor:not([hidden])").await;
    retype(&browser, "due: 3 business days", "due: 3 days").await;
    retype(&browser, title.as_str().expect("a title"), "Знайомство <b>з клієнтом</b>").await;
    browser.see("#findings li.error pre mark").await;
    browser.wait_for("document.querySelector('#publish').disabled").await;
    browser.click("#findings li.error b").await;
    browser.picture("template-error").await;
    assert_eq!(browser.violations().await, Vec::<String>::new());
    browser.wait_for("window.stays = !!document.querySelector('#editor').shadowRoot.querySelector('.cm-lintRange-error, .cm-lint-marker-error')").await;
    browser.click("#findings li.error button").await;
    browser.click("#findings li.error b").await;
    browser.wait_for("window.stays === true && !document.querySelector('#findings li.error') && document.querySelector('#publish')?.disabled === false && document.querySelector('#text')?.value.includes('due: 3 business days')").await;
    browser.click("button[value='try']").await;
    browser.see(".tpl-run li").await;
    let said = browser.text().await;
    assert!(said.contains("Знайомство <b>з клієнтом</b>"), "{said}");
    browser.picture("template-try").await;
    assert_eq!(browser.violations().await, Vec::<String>::new());
    browser.replace("#why", "", "коротше").await;
    browser.click("#publish").await;
    browser.see(".tpl-done").await;
    let after = open(&terminal);
    assert_eq!(first_title(&terminal, &after), "Знайомство <b>з клієнтом</b>");
    assert_eq!(first_title(&terminal, &before), title, "a running project keeps its own");
    let list = terminal.run(&["template", "list", "smm.yaml", "--json"]).done();
    let last = list["versions"].as_array().expect("a list").last().expect("a version").clone();
    assert_eq!(
        (&last["version"], &last["how"]["why"], &last["by"]["id"]),
        (&2.into(), &"коротше".into(), &"olena".into()),
        "{last}"
    );

    // Back again, by its history.
    browser.open(&format!("{base}{SMM}?tab=versions")).await;
    browser.picture("template-versions").await;
    assert_eq!(browser.violations().await, Vec::<String>::new());
    browser.click("button[value='restore:1']").await;
    browser.see(".tpl-done").await;
    assert_eq!(first_title(&terminal, &open(&terminal)), title);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_writes_is_offered_the_keys_that_fit_with_what_they_mean_in_their_language() {
    let terminal = agency(db::sqlite()).await;
    let _server = terminal.serve();
    let base = address(&terminal);
    let driver = Driver::start().await;
    let browser = signed_in(&driver, &terminal, &base, "olena").await;
    browser.size(1440, 1000).await;
    browser.cookie("language", "uk").await;
    browser.open(&format!("{base}{SMM}")).await;
    // No project is running yet: a template is tried out before the first one.
    browser.see("button[value='try']").await;
    retype(&browser, "hours: 6", &format!("hours: 6{ENTER}approve_af")).await;
    let shown = |css: &str| format!("document.querySelector('#editor').shadowRoot.querySelector('{css}')");
    let about = shown(".cm-completionInfo");
    browser.wait_for(&format!("{about} && /[а-яії]{{4}}/.test({about}.textContent)")).await;
    browser.picture("template-offers").await;
    browser.press(ENTER).await;
    browser
        .wait_for("/hours: 6\\n {8}approve_after_silence: /.test(document.querySelector('#text').value)")
        .await;
    browser.chord(CONTROL, "f").await;
    browser.wait_for(&format!("{}?.placeholder === 'Знайти'", shown("[name=search]"))).await;
    assert_eq!(browser.violations().await, Vec::<String>::new());
    browser.picture("template-seek").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_edit_the_same_version_the_second_is_refused_and_keeps_the_words() {
    let terminal = agency(db::sqlite()).await;
    let _server = terminal.serve();
    let base = address(&terminal);
    let driver = Driver::start().await;
    let browser = signed_in(&driver, &terminal, &base, "olena").await;
    browser.open(&format!("{base}{SMM}")).await;
    browser.see("#editor:not([hidden])").await;
    edit(&terminal, "smm.yaml", "due: 3 business days", "due: 4 business days");
    terminal.until("the other edit is in force", || {
        let list = terminal.run(&["template", "list", "smm.yaml", "--json"]).done();
        (list["versions"].as_array()?.len() == 2).then_some(())
    });
    retype(&browser, "hours: 18", "hours: 12").await;
    browser.wait_for("document.querySelector('#publish')?.disabled === false").await;
    browser.click("#publish").await;
    browser.see("[role='alert']").await;
    let said = browser.text().await;
    assert!(said.contains("has version 2 by now") && said.contains("+        hours: 12"), "{said}");
    assert!(said.contains("-        due: 4 business days"), "what would be undone is shown: {said}");
    browser.wait_for("document.querySelector('#text')?.value.includes('hours: 12') === true").await;
    let text = std::fs::read_to_string(terminal.dir.path().join("workflows/smm.yaml")).expect("it is there");
    assert!(text.contains("due: 4 business days") && text.contains("hours: 18"), "nothing was written");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_text_is_refused_in_time_and_the_server_goes_on() {
    let terminal = agency(db::sqlite()).await;
    let _server = terminal.serve();
    let base = address(&terminal);
    let driver = Driver::start().await;
    let browser = signed_in(&driver, &terminal, &base, "olena").await;
    browser.open(&format!("{base}{SMM}")).await;
    let deep = "[".repeat(20_000);
    let long = "a: 1\n".repeat(60_000);
    for (text, code) in [(deep, "too-deep"), (long, "too-big")] {
        let script = format!(
            "(window.heard === undefined ? (window.heard = '', fetch('{SMM}', {{ method: 'POST', body: new URLSearchParams({{ do: 'check', text: {} }}) }}).then((answer) => answer.text()).then((text) => {{ window.heard = text; }}), false) : window.heard.includes('findings'))",
            serde_json::json!(text)
        );
        browser.wait_for(&script).await;
        browser.wait_for(&format!("window.heard.includes('<code>{code}')")).await;
        browser.wait_for("delete window.heard").await;
    }
    let asked = tokio::time::timeout(Duration::from_secs(60), reqwest::get(format!("{base}/healthz"))).await;
    assert_eq!(asked.expect("in time").expect("an answer").status(), 200);
    browser.close().await;
}
