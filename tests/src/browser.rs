//! A real browser: Chromium by its driver, for what only a browser shows.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use thirtyfour::prelude::*;

/// So long anything on a page may take; a loaded machine needs some of it.
const PATIENCE: Duration = Duration::from_secs(60);

const AXE: &str = include_str!("../vendor/axe-4.14.1.min.js");

/// The driver, which ends with its test, and its windows with it.
pub struct Driver {
    process: Child,
    url: String,
}

/// One browser of one person.
pub struct Browser {
    pub window: WebDriver,
}

impl Driver {
    /// Starts a driver on a port of its own.
    pub async fn start() -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = port.expect("a port").port();
        let process = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is there: `cargo xtask test` installs it");
        let driver = Self { process, url: format!("http://127.0.0.1:{port}") };
        let until = Instant::now() + PATIENCE;
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            assert!(Instant::now() < until, "chromedriver does not listen");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        driver
    }

    /// A browser with nothing in it.
    pub async fn browser(&self) -> Browser {
        let mut wanted = DesiredCapabilities::chrome();
        for arg in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] {
            wanted.add_arg(arg).expect("an argument");
        }
        let window = WebDriver::new(&self.url, wanted).await.expect("Chromium starts");
        Browser { window }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Browser {
    pub async fn open(&self, address: &str) {
        self.window.goto(address).await.expect("the page opens");
    }

    /// Waits until something is on the page.
    pub async fn see(&self, css: &str) -> WebElement {
        let found = self.window.query(By::Css(css)).wait(PATIENCE, Duration::from_millis(50)).first().await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("{css} is not there: {error}\n{}", self.text().await),
        }
    }

    /// Waits until the script answers true.
    pub async fn wait_for(&self, script: &str) {
        let until = Instant::now() + PATIENCE;
        while !self.answers(script).await {
            assert!(Instant::now() < until, "{script}\n{}", self.text().await);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn answers(&self, script: &str) -> bool {
        let answer = self.window.execute(format!("return ({script})"), vec![]).await;
        answer.is_ok_and(|answer| answer.json().as_bool() == Some(true))
    }

    pub async fn click(&self, css: &str) {
        self.see(css).await.click().await.expect("it can be clicked");
    }

    /// Keys, typed at whatever has the focus.
    pub async fn press(&self, keys: &str) {
        self.window.action_chain().send_keys(keys).perform().await.expect("keys arrive");
    }

    /// What a person reads on the page.
    pub async fn text(&self) -> String {
        let body = self.window.find(By::Tag("body")).await.expect("a page");
        body.text().await.unwrap_or_default()
    }

    pub async fn cookie(&self, name: &str, value: &str) {
        let mut cookie = Cookie::new(name, value);
        cookie.set_path("/");
        self.window.add_cookie(cookie).await.expect("a cookie");
    }

    /// Every violation that axe finds, each with where it is.
    pub async fn violations(&self) -> Vec<String> {
        self.window.execute(AXE, vec![]).await.expect("axe runs");
        let script = "const done = arguments[arguments.length - 1];
            axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((found) =>
                done(found.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.html).join(' '))));";
        let found = self.window.execute_async(script, vec![]).await.expect("axe answers");
        found.convert().expect("a list")
    }

    /// A picture of the whole page, kept beside the build.
    pub async fn picture(&self, name: &str) {
        let folder = folder();
        std::fs::create_dir_all(&folder).expect("a folder");
        self.window.screenshot(&folder.join(format!("{name}.png"))).await.expect("a picture");
    }

    /// The window as wide and high as a screen.
    pub async fn size(&self, width: u32, height: u32) {
        self.window.set_window_rect(0, 0, width, height).await.expect("a size");
    }

    /// What the page would need beyond the width of its window.
    pub async fn overflow(&self) -> i64 {
        let script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let found = self.window.execute(script, vec![]).await.expect("a number");
        found.json().as_i64().unwrap_or_default()
    }

    /// Drags one thing onto another, as a hand does: down, a little, there, up.
    pub async fn drag(&self, from: &str, to: &str) {
        let (from, to) = (self.see(from).await, self.see(to).await);
        let chain = self.window.action_chain().move_to_element_center(&from).click_and_hold();
        let chain = chain.move_by_offset(12, 12).move_to_element_center(&to).move_by_offset(3, 3);
        chain.release().perform().await.expect("a drag");
    }

    pub async fn close(self) {
        // Whatever is left ends with the driver.
        let _ = self.window.quit().await;
    }
}

/// Where pictures are kept.
pub fn folder() -> PathBuf {
    let test = std::env::current_exe().expect("a path");
    test.ancestors().nth(2).expect("target/debug").join("pictures")
}
