//! The keys of the board in a real browser: time, a new project, search, help; and another due date on the panel.

use journeys::browser::{Browser, Driver, ENTER};
use journeys::db::{self, Db};
use journeys::house::House;
use journeys::page::Pages;
use journeys::visitor::Visitor;

use engine::app::Desk;
use engine::domain::project::Status;

use super::briefs::serve;
use super::witness::facts;

async fn house() -> (Db, House, Pages) {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let pages = serve(&house).await;
    let desk = house.app.desk();
    house.app.set_desk(Desk { public_url: pages.at(""), ..(*desk).clone() });
    (db, house, pages)
}

async fn on_board(house: &House, pages: &Pages, browser: &Browser) {
    browser.open(&pages.at(&house.sign_in_path("olena").await)).await;
    browser.click("button").await;
    browser.see("#live.on").await;
    browser.open(&pages.at("/board")).await;
    browser.see("#live.on").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn time_is_logged_a_project_begun_and_anything_found_by_keys_alone() {
    let (_db, house, pages) = house().await;
    let driver = Driver::start().await;
    let browser = driver.browser().await;
    on_board(&house, &pages, &browser).await;
    browser.press("?").await;
    browser.see("#keys[open]").await;
    for key in ["M", "T", "N", "?", "Ctrl K"] {
        browser
            .wait_for(&format!(
                "[...document.querySelectorAll('#keys kbd')].some(k => k.textContent === '{key}')"
            ))
            .await;
    }
    browser.press(ESCAPE).await;
    browser.wait_for("!document.querySelector('#keys[open]')").await;
    browser.press("j").await;
    browser.wait_for("!!document.activeElement.closest('.tk')").await;
    browser.press("t").await;
    browser.wait_for("document.activeElement && document.activeElement.id === 'time-spent'").await;
    browser.fill("#time-spent", "45m").await;
    browser.press(ENTER).await;
    browser
        .wait_for(
            "document.querySelector('#time-spent') && document.querySelector('#time-spent').value === ''",
        )
        .await;
    assert_eq!(facts(&house, "time_added").await, 1);
    browser.see("#live.on").await;
    browser.chord(CONTROL, "k").await;
    browser.see("dialog#find[open] input").await;
    browser.fill("dialog#find input", "РАНОК").await;
    browser.see("dialog#find a.chosen[href='/c/kava-ranok']").await;
    browser.press(ENTER).await;
    browser.wait_for("location.pathname === '/c/kava-ranok'").await;
    browser.see("#live.on").await;
    browser.press("n").await;
    browser.wait_for("location.pathname === '/new'").await;
    browser.close().await;
}

/// The key beside the space bar.
const CONTROL: char = '\u{e009}';
const ESCAPE: &str = "\u{e00c}";
const TAB: &str = "\u{e004}";

/// Goes on with Tab until the keyboard is at something.
async fn tab_to(browser: &Browser, css: &str) {
    let css = serde_json::json!(css);
    for _ in 0..150 {
        if browser.run(&format!("return document.activeElement.matches({css})")).await == true {
            return;
        }
        browser.press(TAB).await;
    }
    panic!("Tab does not come to {css}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_opened_started_filled_and_handed_in_without_a_mouse() {
    let (_db, house, pages) = house().await;
    house.work_until("accounts").await;
    let driver = Driver::start().await;
    let browser = driver.browser().await;
    browser.open(&pages.at(&house.sign_in_path("maksym").await)).await;
    browser.press(TAB).await;
    tab_to(&browser, "main button").await;
    browser.press(ENTER).await;
    browser.see("#live.on").await;
    browser.press("b").await;
    browser.wait_for("location.pathname === '/board'").await;
    browser.see("#live.on").await;
    browser.press("j").await;
    browser.wait_for("!!document.activeElement.closest('.tk')").await;
    browser.press(ENTER).await;
    browser.wait_for("location.pathname === '/p/smm-test' && location.search === '?task=accounts'").await;
    browser.see("#live.on").await;
    tab_to(&browser, "form[action$='/accounts/start'] button").await;
    browser.press(ENTER).await;
    browser.wait_for("!document.querySelector(\"form[action$='/accounts/start']\")").await;
    assert_eq!(house.status("accounts").await, Status::InProgress);
    tab_to(&browser, "[name='f.account_links']").await;
    browser.press("https://instagram.com/ranok").await;
    tab_to(&browser, "form[action$='/accounts/set'] button").await;
    browser.press(ENTER).await;
    let links = "document.querySelector(\"[name='f.account_links']\")";
    browser.wait_for(&format!("{links}.defaultValue.includes('https://instagram.com/ranok')")).await;
    house.fill("accounts").await;
    browser.open(&pages.at("/p/smm-test?task=accounts")).await;
    browser.see("#live.on").await;
    tab_to(&browser, "form[action$='/accounts/submit'] button").await;
    browser.press(ENTER).await;
    browser.wait_for("!document.querySelector(\"form[action$='/accounts/submit']\")").await;
    assert_eq!(house.status("accounts").await, Status::InReview);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_chooses_the_language_and_the_light_of_their_pages_and_every_page_is_found() {
    let (_db, house, pages) = house().await;
    let driver = Driver::start().await;
    let browser = driver.browser().await;
    on_board(&house, &pages, &browser).await;
    browser.cookie("language", "en").await;
    browser.open(&pages.at("/password")).await;
    for (field, value) in [("language", "uk"), ("theme", "dark")] {
        browser.click(&format!("#{field} option[value='{value}']")).await;
    }
    browser.click("form[action='/look'] button").await;
    browser
        .wait_for(
            "document.documentElement.lang === 'uk' && document.documentElement.dataset.theme === 'dark'",
        )
        .await;
    browser.open(&pages.at("/board")).await;
    browser
        .wait_for(
            "document.documentElement.lang === 'uk' && document.documentElement.dataset.theme === 'dark'",
        )
        .await;
    browser.close().await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    for (typed, address) in
        [("Templ", "/templates"), ("Checks", "/checks"), ("People", "/people"), ("My sett", "/password")]
    {
        let found = olena.get(&format!("/find?q={}", typed.replace(' ', "+"))).await.text;
        assert!(found.contains(&format!("href=\"{address}\"")), "{typed}: {found}");
    }
    let hits = |page: &str| {
        page.split("id=\"hits\"")
            .nth(1)
            .unwrap_or_default()
            .split("</ul>")
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
    assert!(
        !hits(&maksym.get("/find?q=Templ").await.text).contains("/templates"),
        "only what is open to one"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pm_sets_another_due_date_with_a_reason_and_nobody_else_does() {
    let (_db, house, pages) = house().await;
    house.work("communication").await;
    let (olena, maksym) = (
        Visitor::signed_in(&house, &pages, "olena").await,
        Visitor::signed_in(&house, &pages, "maksym").await,
    );
    let day = [("day", "2026-12-18"), ("why", "Клієнт просить після свят")];
    let page = maksym.get("/p/smm-test?task=accounts").await;
    assert!(page.text.contains("/accounts/time") && !page.text.contains("/accounts/due"), "{}", page.text);
    assert_eq!(maksym.post("/p/smm-test/accounts/due", &day).await.status, 409);
    assert_eq!(olena.post("/p/smm-test/accounts/due", &day[..1]).await.status, 409, "why?");
    assert!(olena.get("/p/smm-test?task=accounts").await.text.contains("/accounts/due"));
    assert_eq!(olena.post("/p/smm-test/accounts/due", &day).await.status, 303);
    let project = house.app.project_state(&house.project).await.expect("an answer").expect("a project");
    let due = project.task(&"accounts".into()).and_then(|task| task.due).expect("a day");
    assert_eq!(due.date_naive().to_string(), "2026-12-18");
    let board = olena.get("/p/smm-test?task=accounts").await;
    assert!(board.text.contains("18"), "{}", board.text);
    let unread = olena.post("/p/smm-test/accounts/time", &[("spent", "багато")]).await;
    assert_eq!(unread.status, 409, "{}", unread.text);
}
