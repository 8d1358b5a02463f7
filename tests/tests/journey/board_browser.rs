//! The board in a real browser: keys, dragging, another browser's moves, and what axe says of every page.

use journeys::browser::{Browser, Driver, ENTER};
use journeys::db::{self, Db};
use journeys::desk::person;
use journeys::house::{GROUP, House, SOFIIA};
use journeys::page::Pages;

use engine::app::Desk;
use engine::domain::project::{ProjectCommand, Status};

use super::briefs::serve;

const CARD: &str = "[data-task='smm-test/accounts']";

/// A house whose pages are where its messages say; the first task is over.
async fn house() -> (Db, House, Pages) {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let pages = serve(&house).await;
    let desk = house.app.desk();
    house.app.set_desk(Desk { public_url: pages.at(""), ..(*desk).clone() });
    house.work("communication").await;
    (db, house, pages)
}

async fn sign_in(house: &House, pages: &Pages, browser: &Browser, who: &str) {
    browser.open(&pages.at(&house.sign_in_path(who).await)).await;
    browser.click("button").await;
    browser.see("#main[data-live]").await;
    // The way in is over, and the script of the page listens.
    browser.see("#live.on").await;
}

fn stands_in(column: &str) -> String {
    format!("!!document.querySelector(\".drop-zone[data-column='{column}'] {CARD}\")")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_moves_by_keys_alone_and_another_browser_sees_it_go() {
    let (_db, house, pages) = house().await;
    let driver = Driver::start().await;
    let (maksym, olena) = (driver.browser().await, driver.browser().await);
    sign_in(&house, &pages, &maksym, "maksym").await;
    sign_in(&house, &pages, &olena, "olena").await;
    for browser in [&maksym, &olena] {
        browser.open(&pages.at("/board")).await;
        browser.see("#live.on").await;
        browser.wait_for(&stands_in("ready")).await;
    }
    maksym.press("j").await;
    maksym.wait_for(&format!("!!document.activeElement.closest(\"{CARD}\")")).await;
    maksym.press("m").await;
    maksym.see("dialog[open] [data-open='work']").await;
    maksym.press(ENTER).await;
    olena.wait_for(&stands_in("work")).await;
    maksym.wait_for(&stands_in("work")).await;
    assert_eq!(house.status("accounts").await, Status::InProgress);
    maksym.press("?").await;
    maksym.see("#keys[open]").await;
    for browser in [maksym, olena] {
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dragged_card_takes_its_step_and_a_wrong_place_says_why_and_sends_it_back() {
    let (_db, house, pages) = house().await;
    let driver = Driver::start().await;
    let browser = driver.browser().await;
    browser.size(1500, 900).await;
    sign_in(&house, &pages, &browser, "maksym").await;
    browser.open(&pages.at("/board")).await;
    browser.see("#live.on").await;
    browser.drag(CARD, ".drop-zone[data-column='work']").await;
    // The card follows the hand; the step is taken when the server has answered.
    browser.wait_for(&format!("!!document.querySelector(\"{CARD}.work\")")).await;
    assert_eq!(house.status("accounts").await, Status::InProgress);
    browser.lift(CARD, ".drop-zone[data-column='client']").await;
    // Places that would not take it say so while it is still in the hand.
    browser.see(".col.shut > .drop-zone[data-column='client']").await;
    browser.see(".col.shut > .why").await;
    assert_eq!(browser.violations().await, Vec::<String>::new(), "a card in the hand");
    browser.picture("board-held").await;
    browser.release().await;
    browser.see("dialog#menu[open]").await;
    browser.wait_for("!document.querySelector('.col.shut') && !document.querySelector('.why')").await;
    let said = browser.text().await;
    assert!(said.contains("Посилання") || said.contains("cannot be finished"), "{said}");
    browser.click("dialog#menu button").await;
    browser.wait_for(&stands_in("work")).await;
    assert_eq!(house.status("accounts").await, Status::InProgress, "nothing happened");

    // Over an open place on the way to a closed one: where the hand lets go counts.
    house.fill("accounts").await;
    browser.open(&pages.at("/board")).await;
    browser.see("#live.on").await;
    browser.lift(CARD, ".drop-zone[data-column='check']").await;
    browser.see(".col.shut > .drop-zone[data-column='client']").await;
    browser.wait_for(&stands_in("check")).await;
    browser.carry(".drop-zone[data-column='client']").await;
    browser.release().await;
    browser.see("dialog#menu[open]").await;
    browser.click("dialog#menu button").await;
    browser.wait_for(&stands_in("work")).await;
    assert_eq!(house.status("accounts").await, Status::InProgress, "it was not handed in on the way");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_can_be_read_by_everybody_in_both_themes_and_languages_and_on_a_phone() {
    let (_db, house, pages) = house().await;
    house.order(person("maksym"), ProjectCommand::StartTask { task: "accounts".into() }).await;
    house.settle().await;
    assert!(!house.said(GROUP).is_empty());
    house.sandbox.set_privacy(false);
    house
        .sandbox
        .send_text(SOFIIA, GROUP, "Чи можна змінити фото в шапці? Воно з минулого року", None)
        .expect("said");
    house.settle().await;
    for (said, to_client) in [("Клієнт любить зелений", false), ("Надіслали кошторис", true)]
    {
        let (task, text) = ("accounts".into(), Some(house.content(said).await));
        let comment = ProjectCommand::Comment { task, text, file: None, to_client };
        house.order(person("maksym"), comment).await;
    }
    super::project_parts::furnish(&house, &pages).await;
    let driver = Driver::start().await;
    let browser = driver.browser().await;
    browser.open(&pages.at("/login")).await;
    assert_eq!(browser.violations().await, Vec::<String>::new(), "/login");
    sign_in(&house, &pages, &browser, "olena").await;
    let all = [
        "/today",
        "/board",
        "/board?by=person",
        "/board?by=task",
        "/new",
        "/templates",
        "/templates/seo.yaml",
        "/templates/seo.yaml?tab=list",
        "/p/smm-test",
        "/p/smm-test?task=ads",
        "/messages",
        "/clients",
        "/c/kava-ranok",
        "/p/smm-test/chat",
        "/p/smm-test/files",
        "/p/smm-test/time",
        "/p/smm-test/history",
        "/find?q=ран",
        "/projects",
        "/password",
        "/login/password",
    ];
    look_at(&pages, &browser, &all).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_those_who_check_and_lead_can_be_read_by_everybody() {
    let db = db::sqlite();
    let (house, pages) = super::leavers::owned(&db).await;
    super::desk_pages::hand_in(&house).await;
    let driver = Driver::start().await;
    let browser = driver.browser().await;
    sign_in(&house, &pages, &browser, "vira").await;
    look_at(&pages, &browser, &["/checks?of=all", "/people", "/people/maksym/leave"]).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_panel_of_a_task_that_waits_for_an_access_can_be_read_by_everybody() {
    let (_db, mut house, pages) = house().await;
    let definition = house.catalogue.definition("seo").expect("it is shipped");
    super::hands::open_as(&mut house, "seo-test", definition).await;
    house.order(person("olena"), ProjectCommand::StartTask { task: "communication".into() }).await;
    house.settle().await;
    let driver = Driver::start().await;
    let browser = driver.browser().await;
    sign_in(&house, &pages, &browser, "olena").await;
    look_at(&pages, &browser, &["/p/seo-test?task=communication"]).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_views_of_a_project_can_be_read_by_everybody_and_the_chosen_one_stays() {
    let (_db, house, pages) = house().await;
    let promise = ProjectCommand::PromiseNextStep {
        task: None,
        by: house.now().date_naive(),
        what: house.content("Кошторис").await,
    };
    house.order(person("olena"), promise).await;
    let driver = Driver::start().await;
    let browser = driver.browser().await;
    sign_in(&house, &pages, &browser, "olena").await;
    look_at(&pages, &browser, &["/p/smm-test?view=role", "/p/smm-test?view=calendar"]).await;
    for (width, height, device) in [(1440, 1500, "whole"), (320, 2400, "whole-phone")] {
        browser.size(width, height).await;
        browser.open(&pages.at("/p/smm-test?task=accounts")).await;
        browser.see("table.month").await;
        browser.picture(&format!("project-calendar-{device}")).await;
    }
    browser.click("a[href='/p/smm-test?view=list']").await;
    browser.see("ol.tasks svg.bars").await;
    browser.open(&pages.at("/p/smm-test")).await;
    browser.see("ol.tasks svg.bars").await;
    browser.close().await;
}

/// Every page in both themes and languages, wide and on a phone: no violation, nothing wider than the window.
async fn look_at(pages: &Pages, browser: &Browser, all: &[&str]) {
    for (theme, language) in [("light", "en"), ("dark", "uk"), ("light", "uk"), ("dark", "en")] {
        browser.cookie("theme", theme).await;
        browser.cookie("language", language).await;
        for path in all {
            let name = format!("{}-{theme}-{language}", path.trim_matches('/').replace(['/', '?', '='], "-"));
            for (width, device) in [(1440, ""), (320, "-phone")] {
                browser.size(width, 900).await;
                browser.open(&pages.at(path)).await;
                browser.picture(&format!("{name}{device}")).await;
                assert_eq!(browser.violations().await, Vec::<String>::new(), "{name}{device}");
                assert!(browser.overflow().await <= 0, "{name}{device} is wider than its window");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn anything_is_found_and_opened_by_keys_alone() {
    let (_db, house, pages) = house().await;
    let driver = Driver::start().await;
    let browser = driver.browser().await;
    sign_in(&house, &pages, &browser, "olena").await;
    browser.open(&pages.at("/board")).await;
    browser.see("#live.on").await;
    browser.press("/").await;
    browser.see("dialog#find[open] input").await;
    browser.fill("dialog#find input", "РАНОК").await;
    browser.see("dialog#find a.chosen[href='/c/kava-ranok']").await;
    assert_eq!(browser.violations().await, Vec::<String>::new(), "the dialog");
    browser.picture("find-dialog").await;
    browser.press(ENTER).await;
    browser.wait_for("location.pathname === '/c/kava-ranok'").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_remark_that_is_half_written_stays_when_news_come_and_the_page_catches_up_once_it_is_sent() {
    let (_db, house, pages) = house().await;
    house.order(person("maksym"), ProjectCommand::StartTask { task: "accounts".into() }).await;
    house.fill("accounts").await;
    house.order(person("maksym"), ProjectCommand::SubmitTask { task: "accounts".into() }).await;
    let driver = Driver::start().await;
    let browser = driver.browser().await;
    sign_in(&house, &pages, &browser, "olena").await;
    browser.open(&pages.at("/checks")).await;
    browser.see("#live.on").await;
    browser.fill("textarea[name='remark']", "Бракує посилання на TikTok").await;
    browser.click("h1").await;
    let comment = ProjectCommand::Comment {
        task: "accounts".into(),
        text: Some(house.content("поспішаємо").await),
        file: None,
        to_client: false,
    };
    house.order(person("maksym"), comment).await;
    // The news has come, and so has its answer, if it were asked for.
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    browser
        .wait_for(
            "document.querySelector(\"textarea[name='remark']\").value === 'Бракує посилання на TikTok'",
        )
        .await;
    browser.click("form[action$='/return'] button").await;
    browser.wait_for("!document.querySelector(\"textarea[name='remark']\")").await;
    assert_eq!(house.status("accounts").await, Status::Rework);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_no_stays_on_the_page_while_others_work_and_what_was_typed_meanwhile_stays_theirs() {
    let (_db, house, pages) = house().await;
    house.order(person("maksym"), ProjectCommand::StartTask { task: "accounts".into() }).await;
    let driver = Driver::start().await;
    let browser = driver.browser().await;
    sign_in(&house, &pages, &browser, "maksym").await;
    browser.open(&pages.at("/p/smm-test?task=accounts")).await;
    browser.see("#live.on").await;
    browser.fill("#f-account_links", "не посилання").await;
    browser.click("form[action$='/set'] button").await;
    browser.see("[role='alert']").await;
    let tick = ProjectCommand::TickItem { task: "accounts".into(), item: 1, done: true, note: None };
    house.order(person("maksym"), tick).await;
    // The news has come, and so has its answer, if it were asked for.
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    browser.see("[role='alert']").await;
    browser.close().await;
}
