//! A real browser: Chromium by its driver, for what only a browser shows.
//!
//! The driver speaks the WebDriver protocol, which is JSON over HTTP. Of the crates that speak it, one turns on
//! `serde_json/preserve_order` for the whole build, so that tests would run with other JSON than the program.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Client, Method};
use serde_json::{Value as Json, json};

/// So long anything on a page may take; a loaded machine needs some of it.
const PATIENCE: Duration = Duration::from_secs(60);

/// The key under which the protocol names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

const AXE: &str = include_str!("../vendor/axe-4.14.1.min.js");

/// Enter, as the protocol writes it.
pub const ENTER: &str = "\u{E007}";

/// The driver, which ends with its test, and its browsers with it.
pub struct Driver {
    process: Child,
    url: String,
}

/// One browser of one person.
pub struct Browser {
    http: Client,
    session: String,
}

impl Driver {
    /// Starts a driver on a port of its own.
    pub async fn start() -> Self {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .process_group(0)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is there: `cargo xtask test` installs it");
        let said = BufReader::new(process.stdout.take().expect("its words"));
        let port = said.lines().map_while(Result::ok).find_map(|line| {
            let port = line.strip_prefix("ChromeDriver was started successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let url = format!("http://127.0.0.1:{}", port.expect("chromedriver says its port"));
        Self { process, url }
    }

    /// A browser with nothing in it.
    pub async fn browser(&self) -> Browser {
        let http = Client::builder().no_proxy().timeout(PATIENCE * 2).build().expect("a client");
        let args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
        let wanted =
            json!({ "alwaysMatch": { "browserName": "chrome", "goog:chromeOptions": { "args": args } } });
        let asked = json!({ "capabilities": wanted });
        let answer = http.post(format!("{}/session", self.url)).json(&asked).send().await.expect("an answer");
        let answer: Json = answer.json().await.expect("JSON");
        let id = answer["value"]["sessionId"].as_str().unwrap_or_else(|| panic!("no browser: {answer}"));
        Browser { session: format!("{}/session/{id}", self.url), http }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended already; its browsers are of its group and end with it.
        let _ = Command::new("kill").args(["-KILL", "--", &format!("-{}", self.process.id())]).status();
        let _ = self.process.wait();
    }
}

impl Browser {
    async fn ask(&self, method: Method, path: &str, body: Json) -> Result<Json, String> {
        let request = self.http.request(method.clone(), format!("{}{path}", self.session));
        let request = if method == Method::POST { request.json(&body) } else { request };
        let answer: Json = request.send().await.expect("the driver answers").json().await.expect("JSON");
        match answer["value"]["error"].as_str() {
            Some(_) => Err(answer["value"]["message"].to_string()),
            None => Ok(answer["value"].clone()),
        }
    }

    async fn post(&self, path: &str, body: Json) -> Json {
        self.ask(Method::POST, path, body).await.unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// What a script answers, at once or later.
    pub async fn run(&self, script: &str) -> Json {
        self.post("/execute/sync", json!({ "script": script, "args": [] })).await
    }

    pub async fn open(&self, address: &str) {
        self.post("/url", json!({ "url": address })).await;
    }

    /// Waits until something is on the page; answers its id.
    pub async fn see(&self, css: &str) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            let wanted = json!({ "using": "css selector", "value": css });
            if let Ok(found) = self.ask(Method::POST, "/element", wanted).await {
                return found[ELEMENT].as_str().expect("an id").to_owned();
            }
            assert!(Instant::now() < until, "{css} is not there\n{}", self.text().await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until the expression is true.
    pub async fn wait_for(&self, expression: &str) {
        let until = Instant::now() + PATIENCE;
        while self.run(&format!("return ({expression})")).await != json!(true) {
            assert!(Instant::now() < until, "{expression}\n{}", self.text().await);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub async fn click(&self, css: &str) {
        let until = Instant::now() + PATIENCE;
        loop {
            let element = self.see(css).await;
            let clicked = self.ask(Method::POST, &format!("/element/{element}/click"), json!({})).await;
            let Err(error) = clicked else { return };
            // What was drawn anew between the look and the press is looked for again.
            let is_gone = error.contains("stale element") && Instant::now() < until;
            assert!(is_gone, "{css}: {error}");
        }
    }

    /// Types into a field, in place of what it holds.
    pub async fn fill(&self, css: &str, text: &str) {
        let element = self.see(css).await;
        self.post(&format!("/element/{element}/clear"), json!({})).await;
        self.post(&format!("/element/{element}/value"), json!({ "text": text })).await;
    }

    /// Puts other words in place of some in a field, as somebody does who writes there; no words are an empty field.
    pub async fn replace(&self, css: &str, from: &str, to: &str) {
        self.see(css).await;
        let [css, from, to] = [css, from, to].map(|text| json!(text));
        let script = format!(
            "const field = document.querySelector({css}), found = {from} === '' ? field.value === '' : field.value.includes({from});
             field.value = field.value.replace({from}, {to});
             field.dispatchEvent(new Event('input', {{ bubbles: true }}));
             return found"
        );
        assert_eq!(self.run(&script).await, json!(true), "{css} has no {from}");
    }

    /// Keys, one after another, at whatever has the focus.
    pub async fn press(&self, keys: &str) {
        let strokes = keys.chars().flat_map(|key| {
            ["keyDown", "keyUp"].map(|what| json!({ "type": what, "value": key.to_string() }))
        });
        let strokes: Vec<Json> = strokes.collect();
        self.post("/actions", json!({ "actions": [{ "type": "key", "id": "keys", "actions": strokes }] }))
            .await;
    }

    /// A key while another one is held down.
    pub async fn chord(&self, held: char, key: &str) {
        let stroke = |what: &str, key: &str| json!({ "type": what, "value": key });
        let held = held.to_string();
        let strokes =
            [stroke("keyDown", &held), stroke("keyDown", key), stroke("keyUp", key), stroke("keyUp", &held)];
        self.post("/actions", json!({ "actions": [{ "type": "key", "id": "keys", "actions": strokes }] }))
            .await;
    }

    /// Drags one thing onto another, as a hand does: down, a little, there, up.
    pub async fn drag(&self, from: &str, to: &str) {
        self.lift(from, to).await;
        self.release().await;
    }

    /// Takes one thing and holds it over another.
    pub async fn lift(&self, from: &str, to: &str) {
        let (from, to) = (self.see(from).await, self.see(to).await);
        let over = |element: &str, by: i32| json!({ "type": "pointerMove", "duration": 60, "origin": { ELEMENT: element }, "x": by, "y": by });
        let moves = json!([
            over(&from, 0),
            { "type": "pointerDown", "button": 0 },
            over(&from, 12),
            over(&to, 0),
            over(&to, 3),
        ]);
        self.hand(&moves).await;
    }

    /// Carries what is held over something else.
    pub async fn carry(&self, to: &str) {
        let to = self.see(to).await;
        let over = |by: i32| json!({ "type": "pointerMove", "duration": 60, "origin": { ELEMENT: to }, "x": by, "y": by });
        self.hand(&json!([over(0), over(3)])).await;
    }

    /// Lets go of what is held.
    pub async fn release(&self) {
        self.hand(&json!([{ "type": "pointerUp", "button": 0 }])).await;
    }

    async fn hand(&self, moves: &Json) {
        let hand = json!({ "type": "pointer", "id": "hand", "parameters": { "pointerType": "mouse" }, "actions": moves });
        self.post("/actions", json!({ "actions": [hand] })).await;
    }

    /// What a person reads on the page.
    pub async fn text(&self) -> String {
        self.run("return document.body.innerText").await.as_str().unwrap_or_default().to_owned()
    }

    /// Where the page is.
    pub async fn address(&self) -> String {
        self.run("return location.href").await.as_str().unwrap_or_default().to_owned()
    }

    pub async fn cookie(&self, name: &str, value: &str) {
        self.post("/cookie", json!({ "cookie": { "name": name, "value": value, "path": "/" } })).await;
    }

    /// Every violation that axe finds, each with where it is.
    pub async fn violations(&self) -> Vec<String> {
        self.run(AXE).await;
        let script = "const done = arguments[arguments.length - 1];
            axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((found) =>
                done(found.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.html).join(' '))));";
        let found = self.post("/execute/async", json!({ "script": script, "args": [] })).await;
        let found = found.as_array().expect("a list");
        found.iter().map(ToString::to_string).collect()
    }

    /// A picture of the window, kept beside the build.
    pub async fn picture(&self, name: &str) {
        let until = Instant::now() + PATIENCE;
        let found = loop {
            // A page that has just come is not drawn yet, and the driver gives up early.
            match self.ask(Method::GET, "/screenshot", Json::Null).await {
                Ok(found) => break found,
                Err(error) => assert!(Instant::now() < until, "no picture of {name}: {error}"),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        let bytes = STANDARD.decode(found.as_str().expect("base64")).expect("base64");
        let folder = folder();
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(format!("{name}.png")), bytes).expect("it is written");
    }

    /// The window as wide and high as a screen.
    /// Makes the processor so many times slower for the pages of this browser.
    pub async fn slow_down(&self, times: u32) {
        let body = json!({ "cmd": "Emulation.setCPUThrottlingRate", "params": { "rate": times } });
        self.post("/goog/cdp/execute", body).await;
    }

    pub async fn size(&self, width: u32, height: u32) {
        self.post("/window/rect", json!({ "x": 0, "y": 0, "width": width, "height": height })).await;
    }

    /// What the page would need beyond the width of its window.
    pub async fn overflow(&self) -> i64 {
        let script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        self.run(script).await.as_i64().unwrap_or_default()
    }

    pub async fn close(self) {
        // Whatever is left ends with the driver.
        let _ = self.ask(Method::DELETE, "", Json::Null).await;
    }
}

/// Where pictures are kept.
fn folder() -> PathBuf {
    let test = std::env::current_exe().expect("a path");
    test.ancestors().nth(2).expect("target/debug").join("pictures")
}
