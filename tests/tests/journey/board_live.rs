//! Live pages in a real browser: own steps are not told twice, what was missed is caught up with, who else is there.

use std::time::Duration;

use engine::app::Desk;
use engine::domain::project::ProjectCommand;
use journeys::browser::{Browser, Driver, ENTER};
use journeys::db::{self, Db};
use journeys::desk::person;
use journeys::house::House;
use journeys::page::{Pages, site};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

const CARD: &str = "[data-task='smm-test/accounts']";

/// A server that can be stopped as the real one is, and started again at the same address.
struct Server {
    stop: watch::Sender<bool>,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Server {
    async fn start(house: &House, address: &str) -> (Self, String) {
        let listener = TcpListener::bind(address).await.expect("the address is free");
        let at = listener.local_addr().expect("an address").to_string();
        let (stop, mut stopped) = watch::channel(false);
        let routes = web::routes(site(&house.app, &house.catalogue, house.clock(), stop.subscribe()));
        let serving = axum::serve(listener, routes).with_graceful_shutdown(async move {
            let _ = stopped.wait_for(|stop| *stop).await;
        });
        (Self { stop, serving: tokio::spawn(serving.into_future()) }, at)
    }

    /// Closes the door; answers that are on their way still go out.
    async fn stop(self) {
        self.stop.send(true).expect("it listens");
        self.serving.await.expect("it ends").expect("without an error");
    }
}

async fn house() -> (Db, House) {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work("communication").await;
    (db, house)
}

async fn served() -> (Db, House, Pages) {
    let (db, house) = house().await;
    let pages = super::briefs::serve(&house).await;
    let desk = house.app.desk();
    house.app.set_desk(Desk { public_url: pages.at(""), ..(*desk).clone() });
    (db, house, pages)
}

async fn open_board(house: &House, base: &str, browser: &Browser, who: &str) {
    browser.open(&format!("{base}{}", house.sign_in_path(who).await)).await;
    browser.click("button").await;
    browser.see("#main[data-live]").await;
    browser.open(&format!("{base}/board")).await;
    browser.see("#live.on").await;
}

fn stands_in(column: &str) -> String {
    format!("!!document.querySelector(\".drop-zone[data-column='{column}'] {CARD}\")")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_asked_for_once_after_an_own_step_and_once_after_a_step_of_somebody_else() {
    let (_db, house, pages) = served().await;
    let driver = Driver::start().await;
    let browser = driver.browser().await;
    open_board(&house, &pages.at(""), &browser, "maksym").await;
    let count = "(window.asked = 0, document.addEventListener('htmx:before:request', () => { window.asked += 1; }), true)";
    browser.wait_for(count).await;
    browser.press("j").await;
    browser.press("m").await;
    browser.see("dialog[open] [data-open='work']").await;
    browser.press(ENTER).await;
    browser.wait_for(&stands_in("work")).await;
    // The stream tells of the own step too; later than this it tells of the next one as well.
    tokio::time::sleep(Duration::from_secs(1)).await;
    house.order(person("maksym"), ProjectCommand::PauseTask { task: "accounts".into() }).await;
    browser.wait_for(&format!("!!document.querySelector(\"{CARD} .note\")")).await;
    browser.wait_for("window.asked === 2").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_catches_up_with_what_happened_while_the_server_was_away() {
    let (_db, house) = house().await;
    let (server, address) = Server::start(&house, "127.0.0.1:0").await;
    let desk = house.app.desk();
    let base = format!("http://{address}");
    house.app.set_desk(Desk { public_url: base.clone(), ..(*desk).clone() });
    let driver = Driver::start().await;
    let browser = driver.browser().await;
    open_board(&house, &base, &browser, "maksym").await;
    browser.wait_for(&stands_in("ready")).await;
    server.stop().await;
    browser.see("#live:not(.on)").await;
    house.order(person("maksym"), ProjectCommand::StartTask { task: "accounts".into() }).await;
    let (_server, _) = Server::start(&house, &address).await;
    browser.wait_for(&stands_in("work")).await;
    browser.see("#live.on").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_else_has_the_board_open_stands_in_the_menu_until_they_leave() {
    let (_db, house, pages) = served().await;
    let driver = Driver::start().await;
    let (maksym, olena) = (driver.browser().await, driver.browser().await);
    for browser in [&maksym, &olena] {
        browser.size(1400, 900).await;
    }
    open_board(&house, &pages.at(""), &maksym, "maksym").await;
    open_board(&house, &pages.at(""), &olena, "olena").await;
    let menu = "document.querySelector('#live').innerText";
    maksym.wait_for(&format!("{menu}.includes('2') && {menu}.includes('Олена Коваль')")).await;
    olena.wait_for(&format!("{menu}.includes('2') && {menu}.includes('Максим Лисенко')")).await;
    olena.open(&pages.at("/today")).await;
    maksym.wait_for(&format!("!{menu}.includes('Олена Коваль')")).await;
    for browser in [maksym, olena] {
        browser.close().await;
    }
}
