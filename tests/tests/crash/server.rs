//! The real binary as a process of ours, on a database and a sandbox, to be killed.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::domain::definition::Definition;
use engine::domain::project::ProjectCommand;
use engine::domain::{Actor, PersonId, ProjectId};
use journeys::db::Db;
use journeys::desk::{self, STAFF, STAFF_CHAT, ask, done};
use journeys::house::{GROUP, House, PETRO};
use journeys::program::binary;
use sandbox::{Kind, Options, Sandbox};
use workflows::{Catalogue, Files};

/// So long is waited for what must happen; a loaded machine is slow, but not that slow.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// The signal that `abort` ends a process with.
const ABORTED: i32 = 6;
/// The project of every scene.
pub const PROJECT: &str = "steps-test";

/// A server on a database, and the Telegram that it talks to.
pub struct Scene {
    pub db: Db,
    pub sandbox: Sandbox,
    pub directory: tempfile::TempDir,
    seen: Cell<Seen>,
}

/// What stands in Telegram's journal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    /// The last line that was looked at.
    line: u64,
    /// Requests of the bot.
    pub calls: usize,
    /// Texts of the client's that arrived at the staff.
    pub marks: usize,
}

impl Scene {
    /// An agency with a linked client whose group the bot can read, and a project of so many steps.
    pub async fn new(db: Db, steps: usize) -> Self {
        Self::leave(db, steps, false).await
    }

    /// The same, and the client has been asked to decide about the first step.
    pub async fn awaiting(db: Db) -> Self {
        Self::leave(db, 2, true).await
    }

    async fn leave(db: Db, steps: usize, awaiting: bool) -> Self {
        // Built before anything happens: what is pressed meanwhile would grow old.
        binary();
        let mut house = House::empty(&db).await;
        // The server has the machine's clock: so has the house, or its buttons would be from another year.
        let late = house.sandbox.now_ms() / 1_000 - house.now().timestamp();
        house.skip(late);
        house.sandbox.advance(-late);
        house.write_at_any_hour();
        house.link("uk").await;
        house.project = open(&house, steps).await;
        house.settle().await;
        if awaiting {
            house.work("step00").await;
        }
        house.bot.stand_down().await.expect("the lease is let go");
        house.app.store().close().await;
        let House { sandbox, .. } = house;
        sandbox.set_privacy(false);
        let directory = tempfile::tempdir().expect("a directory");
        Self { db, sandbox, directory, seen: Cell::default() }
    }

    /// Starts the server; `crash` names a point and a pass at which it ends by itself.
    pub async fn serve(&self, crash: Option<(&str, u32)>) -> Server {
        self.let_lease_run_out().await;
        let mut command = Command::new(binary());
        command
            .arg("serve")
            .current_dir(self.directory.path())
            .env("SIGNOFF_DATABASE_URL", &self.db.url)
            .env("SIGNOFF_TELEGRAM_TOKEN", Options::default().token)
            .env("SIGNOFF_TELEGRAM_API_URL", self.sandbox.api_url())
            .env("SIGNOFF_TELEGRAM_STAFF_CHAT", STAFF_CHAT.to_string())
            .env("SIGNOFF_TELEGRAM_DEADLINE_SECONDS", "0.5")
            .env("SIGNOFF_TELEGRAM_PROBE", "true")
            .env("SIGNOFF_TELEGRAM_LIMITS", "false")
            .env("SIGNOFF_TELEGRAM_QUIET_HOURS", "false")
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

    /// A killed holder keeps its lease for 15 seconds on PostgreSQL; as if they had passed.
    async fn let_lease_run_out(&self) {
        if self.db.directory.is_none() {
            let mut connection = self.db.raw().await;
            let sql = "UPDATE leases SET expires_at = 0";
            sqlx::query(sql).execute(&mut connection).await.expect("the database answers");
        }
    }

    /// Lets a server live until it ends at a crash point; `drive` gives it, time and again, something to do.
    pub async fn crash_at(&self, point: &str, pass: u32, mut drive: impl FnMut(&Self)) {
        let mut server = self.serve(Some((point, pass))).await;
        let begun = Instant::now();
        let mut driven = 0;
        while !server.has_crashed() {
            assert!(begun.elapsed() < PATIENCE, "{point}:{pass} was not reached");
            drive(self);
            driven += 1;
            // Fast at first; who needs that many is on a slow machine.
            let pause = if driven < 10 { 40 } else { 400 };
            server.waits(Duration::from_millis(pause)).await;
        }
    }

    /// Lets a server live until `done`, then kills it.
    pub async fn live_until(&self, what: &str, done: impl AsyncFn() -> bool) {
        let mut server = self.serve(None).await;
        let begun = Instant::now();
        while !done().await {
            assert!(begun.elapsed() < 2 * PATIENCE, "did not happen: {what}");
            assert!(server.is_alive(), "the server ended by itself");
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        server.kill();
    }

    /// Lets a server live until it has looked for updates and there is nothing left to do.
    pub async fn come_to_rest(&self) {
        let before = self.sandbox.summary().journal;
        let polled = || self.sandbox.journal(before + 1).iter().any(|entry| entry.method == "getupdates");
        self.live_until("everything comes to rest", async || polled() && self.is_at_rest().await).await;
    }

    /// What Telegram has seen so far.
    pub fn seen(&self) -> Seen {
        let mut seen = self.seen.get();
        for entry in self.sandbox.journal(seen.line + 1) {
            seen.line = entry.n;
            seen.calls += usize::from(entry.kind == Kind::Call);
            let is_mark = entry.text.as_ref().is_some_and(|text| text.contains("mark"));
            seen.marks += usize::from(is_mark && entry.is_accepted_send());
        }
        self.seen.set(seen);
        seen
    }

    /// A person of the client's, without rights, writes into its group.
    pub fn write(&self, text: &str) {
        self.sandbox.send_text(PETRO, GROUP, text, None).expect("he may write there");
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

    pub fn is_alive(&mut self) -> bool {
        self.child.try_wait().expect("it is ours").is_none()
    }

    /// Whether it ended at a crash point; any other end is a failure.
    fn has_crashed(&mut self) -> bool {
        let ended = self.child.try_wait().expect("it is ours");
        ended.is_some_and(|status| {
            assert_eq!(status.signal(), Some(ABORTED), "it ended otherwise: {status}");
            true
        })
    }

    /// Waits, but not beyond its end.
    async fn waits(&mut self, pause: Duration) {
        let begun = Instant::now();
        while self.is_alive() && begun.elapsed() < pause {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A project of steps that all go the whole way: work, a field, the check inside, the client's decision.
async fn open(house: &House, steps: usize) -> ProjectId {
    let mut files = Files::embedded();
    files.put("steps.yaml", &template(steps));
    let catalogue = Catalogue::from_files(&files).unwrap_or_else(|problems| panic!("{problems:?}"));
    let assigned: BTreeMap<String, PersonId> =
        STAFF.iter().map(|(person, _, role, _)| ((*role).to_owned(), PersonId::from(*person))).collect();
    let project = ProjectId::from(PROJECT);
    let command = ProjectCommand::OpenProject {
        project: project.clone(),
        client: "kava-ranok".into(),
        definition: steps_alone(&desk::unasked(&catalogue.definition("steps").expect("it is on offer"))),
        assigned,
        price: None,
        promised: Box::default(),
    };
    let ask = ask(house.now(), Actor::Operator, command);
    done(house.app.project(&project, ask).await.expect("the store answers"));
    project
}

/// No service goes without; the project of these tests does, because nobody in them deals with money.
const PAYMENT: &str = "      - task: payment\n        title: { uk: \"Оплата\" }\n        kind: payment\n        \
    assignee: accountant\n        auditor: none\n        approval: none\n        hours: 1\n        due: 3 business days\n";

fn steps_alone(definition: &Definition) -> Arc<Definition> {
    let mut definition = definition.clone();
    definition.stages.iter_mut().for_each(|stage| stage.tasks.retain(|task| task.id != "payment"));
    Arc::new(definition)
}

fn template(steps: usize) -> String {
    let head = "signoff: 1\nservice: steps\ntitle: { uk: \"Кроки\" }\n\
        stages:\n  - stage: all\n    title: { uk: \"Усі\" }\n    tasks:\n";
    let step = |n: usize| {
        format!(
            "      - task: step{n:02}\n        title: {{ uk: \"Крок {n:02}\" }}\n        assignee: smm\n        \
             auditor: pm\n        approval: required\n        hours: 1\n        due: 3 business days\n        \
             result:\n          - field: count\n            title: {{ uk: \"Кількість\" }}\n            \
             type: number\n            required: true\n            client_sees: true\n"
        )
    };
    (0..steps).map(step).fold(head.to_owned(), |all, step| all + &step) + PAYMENT
}
