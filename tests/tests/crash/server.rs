//! The real binary as a process of ours, on a database and a sandbox, to be killed.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use engine::domain::project::ProjectCommand;
use journeys::db::Db;
use journeys::desk::{STAFF_CHAT, person};
use journeys::house::{GROUP, House, SOFIIA};
use sandbox::{Options, Sandbox};

/// A server on a database, and the Telegram that it talks to.
pub struct Scene {
    pub db: Db,
    pub sandbox: Sandbox,
    pub directory: tempfile::TempDir,
}

impl Scene {
    /// An agency with a linked client whose group the bot can read, and the first task in progress.
    pub async fn new(db: Db) -> Self {
        let house = House::open(&db, "uk").await;
        house.order(person("olena"), ProjectCommand::StartTask { task: "communication".into() }).await;
        house.settle().await;
        house.bot.stand_down().await.expect("the lease is let go");
        house.app.store().close().await;
        let House { sandbox, .. } = house;
        sandbox.set_privacy(false);
        Self { db, sandbox, directory: tempfile::tempdir().expect("a directory") }
    }

    /// Starts the server; `crash` names a point and a pass at which it ends by itself.
    pub fn serve(&self, crash: Option<(&str, u32)>) -> Server {
        let mut command = Command::new(binary());
        command
            .arg("serve")
            .current_dir(self.directory.path())
            .env("SIGNOFF_DATABASE_URL", &self.db.url)
            .env("SIGNOFF_TELEGRAM_TOKEN", Options::default().token)
            .env("SIGNOFF_TELEGRAM_API_URL", self.sandbox.api_url())
            .env("SIGNOFF_TELEGRAM_STAFF_CHAT", STAFF_CHAT.to_string())
            .env("SIGNOFF_TELEGRAM_DEADLINE_SECONDS", "0.3")
            .env("SIGNOFF_TELEGRAM_PROBE", "true")
            .env("SIGNOFF_TELEGRAM_LIMITS", "false")
            .env("SIGNOFF_SERVER_LISTEN", "127.0.0.1:0")
            .env("SIGNOFF_LOG_LEVEL", "warn")
            .stdout(Stdio::null())
            .stderr(if std::env::var_os("SIGNOFF_TEST_LOG").is_some() {
                Stdio::inherit()
            } else {
                Stdio::null()
            });
        if let Some((point, pass)) = crash {
            command.env("SIGNOFF_CRASH", format!("{point}:{pass}"));
        }
        Server { child: command.spawn().expect("the binary starts") }
    }

    /// The client writes into its group.
    pub fn write(&self, text: &str) {
        self.sandbox.send_text(SOFIIA, GROUP, text, None).expect("she may write there");
    }

    /// What arrived in the staff chat of these texts, in order of arrival, copies included.
    pub fn arrived(&self, mark: &str) -> Vec<String> {
        let told = self.sandbox.messages(STAFF_CHAT).into_iter().filter(|message| message.is_bot);
        told.filter_map(|message| {
            let at = message.text.find(mark)?;
            Some(message.text[at..].chars().take_while(|c| !c.is_whitespace()).collect())
        })
        .collect()
    }

    /// Waits until everything written has arrived, or the patience ends.
    pub async fn wait_for(&self, mark: &str, wanted: usize, patience: Duration) {
        let started = Instant::now();
        while started.elapsed() < patience {
            let mut arrived = self.arrived(mark);
            arrived.sort();
            arrived.dedup();
            if arrived.len() >= wanted {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Nothing lost, nothing out of order, nothing twice; the log whole and the read models its fold.
    pub async fn judge(&self, mark: &str, written: usize) {
        let arrived = self.arrived(mark);
        let wanted: Vec<String> = (0..written).map(|n| format!("{mark}{n:05}")).collect();
        let mut firsts: Vec<&String> = Vec::new();
        for text in &arrived {
            if !firsts.contains(&text) {
                firsts.push(text);
            }
        }
        let lost: Vec<_> = wanted.iter().filter(|text| !arrived.contains(text)).collect();
        assert!(lost.is_empty(), "lost: {lost:?}");
        assert!(firsts.iter().copied().eq(wanted.iter()), "out of order: {firsts:?}");
        assert_eq!(arrived.len(), wanted.len(), "copies: {arrived:?}");
        let store = self.db.open_with(journeys::desk::options()).await;
        let report = store.verify().await.expect("verified");
        assert!(report.is_well(), "{report:?}");
        store.close().await;
    }
}

/// A running server.
pub struct Server {
    child: Child,
}

impl Server {
    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().expect("it is ours");
        self.child.wait().expect("it ends");
    }

    /// Whether it ended by itself within the patience.
    pub async fn ended(&mut self, patience: Duration) -> bool {
        let started = Instant::now();
        while started.elapsed() < patience {
            if self.child.try_wait().expect("it is ours").is_some() {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        false
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The binary as `cargo build` leaves it beside the tests; built here if nobody has.
pub fn binary() -> PathBuf {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    let find = || {
        let tests = std::env::current_exe().expect("a path");
        let profile = tests.parent().and_then(|deps| deps.parent()).expect("target/debug").to_owned();
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--locked", "--package", "signoff"])
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
            .status();
        assert!(built.expect("cargo runs").success(), "the binary does not build");
        profile.join("signoff")
    };
    BINARY.get_or_init(find).clone()
}
