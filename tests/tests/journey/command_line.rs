//! The SMM project by the program alone: each command is a process of its own, beside a running server.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use journeys::db::{self, Db};
use journeys::desk::{STAFF, STAFF_CHAT};
use journeys::house::{GROUP, SOFIIA};
use journeys::program::binary;
use sandbox::{ChatKind, MessageView, Options, Sandbox};
use serde_json::{Value as Json, json};

/// So long anything may take before the test gives up; a loaded machine needs some of it.
const PATIENCE: Duration = Duration::from_secs(180);

/// What a task wants before it can be handed over.
enum Fill {
    Set(&'static str, &'static str),
    /// A field that opens a button and is not asked for by itself.
    Detail(&'static str, &'static str),
    Tick(u32),
    /// The brief, filled in for the client.
    Brief,
    /// The access was tried, and it works.
    Tried,
    /// The money of the first month, written down by the accountant.
    Paid,
    Press(&'static str),
}

#[path = "command_line/opening.rs"]
mod opening;

use opening::exit_codes;

use Fill::{Brief, Detail, Paid, Press, Set, Tick, Tried};

/// A task with its assignee, what is filled in, and who judges it.
struct Step {
    task: &'static str,
    by: &'static str,
    fill: &'static [Fill],
    audited: bool,
    approved: bool,
}

const ACCESS: &str = "access:social_networks";
const NINE: &str = "https://i.ua/1 https://i.ua/2 https://i.ua/3 https://i.ua/4 https://i.ua/5 https://i.ua/6 https://i.ua/7 https://i.ua/8 https://i.ua/9";

#[rustfmt::skip]
const STEPS: [Step; 9] = [
    Step { task: "communication", by: "olena", audited: false, approved: false, fill: &[
        Set("goals", "100 заявок на місяць"), Tick(1), Tick(2), Brief, Tried, Paid,
    ] },
    Step { task: "accounts", by: "maksym", audited: true, approved: false, fill: &[
        Tick(1), Tick(2), Tick(3), Set("networks", "instagram: new, facebook: existing, tiktok: unused"),
        Set("account_links", "https://i.ua/ranok"),
    ] },
    Step { task: "rubricator", by: "maksym", audited: true, approved: false, fill: &[
        Set("topics", "Кава: зерно; обсмаження"), Tick(2), Tick(1),
    ] },
    Step { task: "content_plan", by: "maksym", audited: true, approved: true, fill: &[
        Tick(1), Tick(2), Set("posts", "12"), Set("plan_period", "2026-12-01..2026-12-31"),
        Set("plan", "2026-12-09; Зерно; instagram"),
    ] },
    Step { task: "profile_design", by: "iryna", audited: true, approved: true, fill: &[
        Set("profile_link", "https://i.ua/ranok"), Set("bio", "Кава щоранку з восьмої"),
    ] },
    Step { task: "first_nine", by: "maksym", audited: true, approved: true, fill: &[
        Tick(1), Tick(2), Set("nine_posts", NINE),
    ] },
    Step { task: "ads", by: "taras", audited: true, approved: false, fill: &[
        Detail("ad_goal", "50 підписників"), Detail("ad_audience", "Київ, 20-40"),
        Detail("ad_budget", "9000 UAH"), Detail("ad_period", "2026-12-09..2026-12-18"),
        Press("ad_launched"), Set("ad_report", "./звіт.pdf"), Tick(1), Tick(2), Tick(3),
    ] },
    Step { task: "report", by: "olena", audited: false, approved: true, fill: &[
        Set("report_file", "./звіт.pdf"), Set("summary", "Підписників стало вдвічі більше"), Tick(1), Tick(2),
    ] },
    Step { task: "payment", by: "nadiia", audited: false, approved: false, fill: &[
        Set("amount", "24000 UAH"), Set("paid_on", "2020-06-01"),
    ] },
];

impl Fill {
    /// As `project show` names what is missing; a detail is missing through its button alone.
    fn missing(&self) -> Option<Json> {
        match self {
            Set(field, _) => Some(json!({ "field": field })),
            Detail(..) => None,
            Tick(item) => Some(json!({ "checklist": item })),
            Brief => Some(json!({ "gate": "form:smm-brief" })),
            Tried => Some(json!({ "gate": ACCESS })),
            Paid => Some(json!({ "gate": "paid:this-period" })),
            Press(button) => Some(json!({ "button": button })),
        }
    }

    /// The words after `task`.
    fn words(&self, place: &str) -> Vec<String> {
        let place = place.to_owned();
        match self {
            Set(field, value) | Detail(field, value) => vec!["set".into(), place, format!("{field}={value}")],
            Tick(item) => vec!["tick".into(), place, item.to_string()],
            Tried => ["confirm", &place, ACCESS, "--comment", "Увійшли"].map(str::to_owned).into(),
            // Said by commands of their own.
            Brief | Paid => Vec::new(),
            Press(button) => vec!["press".into(), place, (*button).into()],
        }
    }
}

/// A process that does not outlive its test.
pub struct Running(pub(super) Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    pub(super) fn ended(&mut self, what: &str) -> ExitStatus {
        let from = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait().expect("it is ours") {
                return status;
            }
            assert!(from.elapsed() < PATIENCE, "{what} does not end");
            std::thread::sleep(Duration::from_millis(3));
        }
    }
}

/// What a command answered.
pub struct Said {
    what: String,
    code: i32,
    out: String,
    err: String,
}

impl Said {
    /// The one document of a command that did its work.
    pub(super) fn done(&self) -> Json {
        assert_eq!(self.code, 0, "{}: {}{}", self.what, self.out, self.err);
        self.document()
    }

    /// What a command said that did not do its work, and said why in these words.
    pub(super) fn refused(&self, why: &str) -> &str {
        let Self { what, code, out, err } = self;
        assert!(*code != 0 && err.contains(why), "{what}: {code} {out}{err}");
        err
    }

    fn document(&self) -> Json {
        let Self { what, out, err, .. } = self;
        assert_eq!(out.lines().count(), 1, "{what}: {out}{err}");
        serde_json::from_str(out).unwrap_or_else(|error| panic!("{what}: {error}: {out}"))
    }
}

/// A folder of an agency with its terminal, and the Telegram that everybody else sits at.
pub struct Terminal {
    pub(super) db: Db,
    pub(super) dir: tempfile::TempDir,
    program: PathBuf,
    pub(super) sandbox: Sandbox,
}

impl Terminal {
    pub(super) async fn new(db: Db) -> Self {
        let sandbox = Sandbox::start(Options::default()).await.expect("a sandbox");
        sandbox.add_chat(STAFF_CHAT, ChatKind::Group, "Маяк: команда").expect("a chat");
        for (_, name, _, user) in STAFF {
            sandbox.add_person(user, name, None, Some("uk")).expect("a person");
            sandbox.join(user, STAFF_CHAT).expect("in the chat");
        }
        sandbox.return_bot(STAFF_CHAT).expect("in the chat");
        sandbox.add_person(SOFIIA, "Софія Гнатюк", Some("sofiia"), Some("uk")).expect("a person");
        sandbox.add_chat(GROUP, ChatKind::Group, "Кава «Ранок» і Маяк").expect("a chat");
        sandbox.join(SOFIIA, GROUP).expect("in the chat");
        let dir = tempfile::tempdir().expect("a directory");
        std::fs::write(dir.path().join("звіт.pdf"), b"%PDF-1.4 report").expect("written");
        Self { db, dir, program: binary(), sandbox }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .current_dir(self.dir.path())
            .env_clear()
            .env("SIGNOFF_DATABASE_URL", &self.db.url)
            .env("SIGNOFF_TELEGRAM_TOKEN", Options::default().token)
            .env("SIGNOFF_TELEGRAM_API_URL", self.sandbox.api_url())
            .env("SIGNOFF_TELEGRAM_STAFF_CHAT", STAFF_CHAT.to_string())
            .env("SIGNOFF_TELEGRAM_LIMITS", "false")
            .env("SIGNOFF_TELEGRAM_QUIET_HOURS", "false")
            .env("SIGNOFF_SERVER_LISTEN", "127.0.0.1:0")
            .stdin(Stdio::null());
        command
    }

    fn file(&self, name: &str) -> File {
        File::create(self.dir.path().join(name)).expect("written")
    }

    pub(super) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.dir.path().join(name)).expect("it was written")
    }

    pub(super) fn serve(&self) -> Running {
        let mut command = self.command();
        command.arg("serve").stdout(Stdio::null()).stderr(self.file("server.log"));
        Running(command.spawn().expect("the binary starts"))
    }

    pub(super) fn run<S: AsRef<str>>(&self, words: &[S]) -> Said {
        self.run_with(words, &[])
    }

    fn run_with<S: AsRef<str>>(&self, words: &[S], env: &[(&str, &str)]) -> Said {
        let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        let what = words.join(" ");
        let mut command = self.command();
        command.args(&words).envs(env.iter().copied());
        command.stdout(self.file("out")).stderr(self.file("err"));
        let status = Running(command.spawn().expect("the binary starts")).ended(&what);
        let code = status.code().unwrap_or_else(|| panic!("{what}: {status}"));
        Said { what, code, out: self.read("out"), err: self.read("err") }
    }

    /// A command of one person, answered by a document.
    pub(super) fn by<S: AsRef<str>>(&self, person: &str, words: &[S]) -> Said {
        let words = words.iter().map(AsRef::as_ref).chain(["--as", person, "--json"]);
        self.run(&words.collect::<Vec<_>>())
    }

    /// A step of a task that must be done; answers the task as the command tells it.
    fn task(&self, person: &str, words: &[&str]) -> Json {
        let words: Vec<&str> = std::iter::once("task").chain(words.iter().copied()).collect();
        let task = self.by(person, &words).done();
        assert_eq!(task["changed"], true, "{words:?}: {task}");
        task
    }

    /// Looks again and again until there is something to see.
    pub(super) fn until<T>(&self, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
        let from = Instant::now();
        loop {
            if let Some(found) = look() {
                return found;
            }
            let log = self.read("server.log");
            let chat = || self.sandbox.messages(GROUP).into_iter().map(|message| message.text);
            assert!(from.elapsed() < PATIENCE, "{what}\n{:#?}\n{log}", chat().collect::<Vec<_>>());
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// A project on its way: what `project show` must say at each step.
struct Journey<'a> {
    terminal: &'a Terminal,
    project: String,
    /// The last message of the client's group that was pressed.
    pressed: i64,
}

impl Journey<'_> {
    fn place(&self, step: &Step) -> String {
        format!("{}/{}", self.project, step.task)
    }

    fn show(&self) -> Vec<Json> {
        let shown = self.terminal.run(&["project", "show", "ранок", "--json"]).done();
        assert_eq!(shown["project"], self.project.as_str());
        shown["tasks"].as_array().expect("tasks").clone()
    }

    /// The whole project: done before this task, the task as told, waiting for it after.
    fn stands(&self, at: usize, status: &str, round: u32, missing: &[Json]) -> Json {
        let tasks = self.show();
        assert_eq!(tasks.len(), STEPS.len());
        for (index, (task, step)) in tasks.iter().zip(&STEPS).enumerate() {
            let seen = (&task["task"], &task["status"], &task["round"], sorted(&task["missing"]));
            let (status, round, missing) = match index.cmp(&at) {
                std::cmp::Ordering::Less => ("completed", None, vec![]),
                std::cmp::Ordering::Equal => (status, Some(round), missing.to_vec()),
                std::cmp::Ordering::Greater => ("waiting", Some(1), vec![json!({ "task": STEPS[at].task })]),
            };
            let round = round.map_or_else(|| task["round"].clone(), |round| json!(round));
            let wanted = (&json!(step.task), &json!(status), &round, sorted(&json!(missing)));
            assert_eq!(seen, wanted, "at {}", STEPS[at].task);
            assert_eq!(task["assignee"], step.by, "{task}");
        }
        tasks[at].clone()
    }

    /// From ready to handed over: each thing that is filled in is missing no more, and nothing else changes.
    fn work(&self, at: usize) {
        let step = &STEPS[at];
        let place = self.place(step);
        self.stands(at, "ready", 1, &[]);
        assert_eq!(self.terminal.task(step.by, &["start", &place])["status"], "in_progress");
        let mut missing: Vec<Json> = step.fill.iter().filter_map(Fill::missing).collect();
        for fill in step.fill {
            let task = self.stands(at, "in_progress", 1, &missing);
            if missing.len() == 1 {
                self.refused_to_submit(step, &task);
            }
            self.before(fill, step, &task);
            let words = fill.words(&place);
            let told = match fill {
                Brief => self.brief_comes(at),
                Paid => self.money_comes(at),
                Set(..) | Detail(..) | Tick(_) | Press(_) | Tried => {
                    self.terminal.task(step.by, &words.iter().map(String::as_str).collect::<Vec<_>>())
                }
            };
            missing.retain(|one| Some(one) != fill.missing().as_ref());
            assert_eq!(sorted(&told["missing"]), sorted(&json!(missing)), "{words:?}");
        }
        self.stands(at, "in_progress", 1, &[]);
    }

    /// While anything is missing, the refusal names exactly what `project show` names.
    fn refused_to_submit(&self, step: &Step, shown: &Json) {
        let said = self.terminal.by(step.by, &["task", "submit", &self.place(step)]);
        assert_eq!(said.code, 4, "{}", said.err);
        let refused = &said.document()["refused"];
        assert_eq!((&refused["code"], &refused["missing"]), (&json!("cannot-finish"), &shown["missing"]));
        // What the first task lacks last is money, and that is written down as such.
        let helps = if step.task == "communication" { "payment receive" } else { "task" };
        assert!(
            said.err.starts_with("error: «") && said.err.contains(&format!("\nhint: signoff {helps} ")),
            "{}",
            said.err
        );
    }

    /// What must not work yet, just before it does.
    fn before(&self, fill: &Fill, step: &Step, shown: &Json) {
        let place = self.place(step);
        match fill {
            Detail(..) => {
                assert_eq!(shown["buttons"], json!([]));
                let said = self.terminal.by(step.by, &["task", "press", &place, "ad_launched"]);
                assert_eq!((said.code, &said.document()["refused"]["code"]), (4, &json!("button-locked")));
            }
            Press(button) => assert_eq!(shown["buttons"], json!([button])),
            Set("nine_posts", links) => {
                let eight = links.rsplit_once(' ').expect("nine links").0;
                let told = self.terminal.task(step.by, &["set", &place, &format!("nine_posts={eight}")]);
                assert_eq!(told["missing"], json!([{ "field": "nine_posts" }]));
            }
            Set(..) | Tick(_) | Brief | Tried | Paid => {}
        }
    }

    /// Handed over, checked by the auditor where there is one, decided by the client where it is asked.
    fn judged(&mut self, at: usize) {
        let step = &STEPS[at];
        let (place, terminal) = (self.place(step), self.terminal);
        let handed = terminal.task(step.by, &["submit", &place]);
        if step.audited {
            assert_eq!(handed["status"], "in_review");
            if step.task == "rubricator" {
                self.returned(at);
            }
            let own = terminal.by(step.by, &["task", "accept", &place]);
            assert_eq!(own.code, 4, "who did the work does not check it: {}", own.err);
            terminal.task("olena", &["accept", &place]);
        }
        if step.approved {
            self.stands(at, "awaiting_approval", 1, &[]);
            if step.task == "profile_design" {
                self.sent_back(at);
            }
            self.press("✅ Затвердити");
            terminal.until("approved", || (self.show()[at]["status"] == "completed").then_some(()));
        }
    }

    /// The auditor's return: work goes on from the remark, in the next round.
    fn returned(&self, at: usize) {
        let (place, by) = (self.place(&STEPS[at]), STEPS[at].by);
        let terminal = self.terminal;
        let returned = terminal.task("olena", &["return", &place, "--comment", "Бракує двох рубрик"]);
        assert_eq!((&returned["status"], &returned["round"]), (&json!("rework"), &json!(2)));
        let shown = self.stands(at, "rework", 2, &[]);
        assert_eq!(shown["remarks"], json!(["Бракує двох рубрик"]));
        terminal.task(by, &["start", &place]);
        assert_eq!(terminal.task(by, &["pause", &place])["status"], "paused");
        self.stands(at, "paused", 2, &[]);
        assert_eq!(terminal.task(by, &["resume", &place])["status"], "in_progress");
        assert_eq!(terminal.task(by, &["submit", &place])["status"], "in_review");
    }

    /// The client's Send back with a comment in the chat, and the same task handed over once more.
    fn sent_back(&mut self, at: usize) {
        let (place, by) = (self.place(&STEPS[at]), STEPS[at].by);
        let terminal = self.terminal;
        self.press("✏️");
        let question = self.client_sees("the question", |message| message.force_reply);
        let words = "Логотип завеликий";
        terminal.sandbox.send_text(SOFIIA, GROUP, words, Some(question.id)).expect("she may write");
        terminal.until("the remark arrives", || (self.show()[at]["remarks"] == json!([words])).then_some(()));
        self.stands(at, "rework", 2, &[]);
        self.press("Готово, це все");
        terminal.task(by, &["start", &place]);
        terminal.task(by, &["submit", &place]);
        assert_eq!(terminal.task("olena", &["accept", &place])["round"], 2);
        self.stands(at, "awaiting_approval", 2, &[]);
    }

    /// The newest message of the bot in the client's group that is as wanted and was not pressed yet.
    fn client_sees(&self, what: &str, wanted: impl Fn(&MessageView) -> bool) -> MessageView {
        self.terminal.until(what, || {
            let messages = self.terminal.sandbox.messages(GROUP).into_iter().rev();
            let mut new = messages.filter(|message| message.is_bot && !message.deleted);
            new.find(|message| message.id > self.pressed && wanted(message))
        })
    }

    /// Sofiia presses the button of a message that came after her last press, and is answered.
    fn press(&mut self, label: &str) {
        let message = self.client_sees(label, |message| message.button(label).is_some());
        let press =
            self.terminal.sandbox.press(SOFIIA, GROUP, message.id, label).expect("the button is there");
        self.pressed = message.id;
        let answer = self.terminal.until("an answer", || self.terminal.sandbox.callback_answer(&press));
        assert!(!answer.show_alert, "{answer:?}");
    }
}

/// The parts of a list without their order.
fn sorted(list: &Json) -> Vec<String> {
    let mut parts: Vec<String> = list.as_array().expect("a list").iter().map(ToString::to_string).collect();
    parts.sort();
    parts
}

/// People, the client with its chat and approver; answers the project's id.
fn set_up(terminal: &Terminal) -> String {
    assert!(terminal.run(&["init", "--json"]).done()["written"].as_array().is_some_and(|all| all.len() > 10));
    for (id, name, role, user) in STAFF {
        let user = user.to_string();
        let words = ["person", "add", id, "--name", name, "--role", role, "--telegram-user", &user, "--json"];
        assert_eq!(terminal.run(&words).done(), json!({ "person": id, "roles": [role] }));
    }
    let added = terminal.run(&["client", "add", "Кава «Ранок»", "--lang", "uk", "--json"]).done();
    assert_eq!(added, json!({ "client": "kava-ranok" }));
    let too_early = terminal.by("olena", &["client", "confirm", "ранок"]);
    assert_eq!(too_early.code, 4, "{}", too_early.err);
    let link = terminal.by("olena", &["client", "link", "ранок"]).done();
    let deep = link["link"].as_str().expect("a link");
    assert!(deep.ends_with(link["token"].as_str().expect("a token")), "{link}");
    terminal.sandbox.open_link(SOFIIA, Some(GROUP), deep).expect("the link opens");
    let show = || terminal.run(&["client", "show", "ранок", "--json"]).done();
    let linked =
        terminal.until("the chat is linked", || Some(show()).filter(|show| show["chat"]["id"] == GROUP));
    assert_eq!((&linked["chat"]["state"], &linked["approvers"]), (&json!("linked"), &json!([])));
    assert_eq!(terminal.by("olena", &["client", "confirm", "ранок"]).done()["confirmed"], true);
    let user = SOFIIA.to_string();
    terminal.by("olena", &["client", "approver", "ранок", "--telegram-user", &user]).done();
    let ready = show();
    assert_eq!(
        (&ready["chat"]["state"], &ready["approvers"][0]["name"]),
        (&json!("confirmed"), &json!("Софія Гнатюк"))
    );
    let words =
        ["project", "new", "smm", "--client", "ранок", "--assign", "ads=taras", "--price", "24000 UAH"];
    let opened = terminal.by("olena", &words).done();
    assert_eq!(opened["unassigned"], json!([]));
    opened["project"].as_str().expect("an id").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_smm_project_runs_to_its_end_by_the_program_alone_on_sqlite() {
    whole_project(db::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_smm_project_runs_to_its_end_by_the_program_alone_on_postgresql() {
    whole_project(db::postgres().await).await;
}

async fn whole_project(db: Db) {
    let terminal = Terminal::new(db).await;
    let mut server = terminal.serve();
    let project = set_up(&terminal);
    let mut journey = Journey { terminal: &terminal, project, pressed: 0 };
    for at in 0..STEPS.len() {
        journey.work(at);
        journey.judged(at);
    }
    at_the_end(&journey);
    let told = Command::new("kill").args(["-TERM", &server.0.id().to_string()]).status();
    assert!(told.expect("kill runs").success());
    assert!(server.ended("the server").success(), "{}", terminal.read("server.log"));
    exit_codes(&terminal);
    held(&terminal).await;
    assert_eq!(terminal.run(&["verify", "--json"]).done()["well"], true);
    tampered(&terminal).await;
}

/// Everything of the first month is completed and the second has opened; closed, the client is told of it, and
/// the log and the read models are whole.
fn at_the_end(journey: &Journey<'_>) {
    let terminal = journey.terminal;
    for (task, step) in journey.show().iter().zip(&STEPS) {
        assert_eq!((&task["status"], &task["missing"]), (&json!("completed"), &json!([])), "{}", step.task);
    }
    let next = &journey.show()[STEPS.len()];
    assert_eq!((&next["task"], &next["status"]), (&json!("content_plan.2"), &json!("ready")), "{next}");
    terminal.by("olena", &["project", "close", "ранок", "--comment", "Клієнт не продовжує"]).done();
    let list = terminal.run(&["project", "list", "--all", "--json"]).done();
    assert_eq!(list["projects"][0]["completed"], true, "{list}");
    assert_eq!(terminal.run(&["project", "list", "--json"]).done()["projects"], json!([]));
    let last = journey.client_sees("the last message", |message| message.text.contains("завершено. Усі"));
    let told = terminal.sandbox.messages(GROUP).into_iter().filter(|message| message.is_bot);
    let told: Vec<String> = told.map(|message| message.text).collect();
    let mut from = told.iter();
    for words in [
        "Вітаємо!",
        "Починаємо виробництво",
        "Рубрикатор готовий",
        "Контент-план готовий",
        "Профіль оформлено",
        "Внесли правки",
        "Перші публікації стоять",
        "Рекламу запущено",
        "Звіт за ",
        "Виставили рахунок",
        "Оплату 24",
        last.text.as_str(),
    ] {
        assert!(from.any(|text| text.contains(words)), "{words} is missing or out of order: {told:#?}");
    }
    let events = terminal.run(&["events", "--project", "ранок"]);
    let events: Vec<Json> =
        events.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(events.first().map(|event| &event["type"]), Some(&json!("project_opened")));
    for fact in ["payment_received", "period_opened", "project_closed"] {
        assert!(events.iter().any(|event| event["type"] == fact), "{fact}");
    }
    assert_eq!(terminal.run(&["rebuild", "--json"]).done()["behind"], json!([]));
    assert_eq!(terminal.run(&["verify", "--json"]).done()["well"], true);
}

/// What does not go out by itself is shown with its reason, goes out after a word, or never.
async fn held(terminal: &Terminal) {
    let mut raw = terminal.db.raw().await;
    let harm = "UPDATE outbox SET state = 'held', error = 'too long' WHERE id IN (2, 3)";
    sqlx::raw_sql(harm).execute(&mut raw).await.expect("the database answers");
    let listed = || terminal.run(&["outbox", "held", "--json"]).done()["messages"].clone();
    let (all, words) = (listed(), terminal.run(&["outbox", "held"]).out);
    let ids: Vec<&Json> = all.as_array().expect("a list").iter().map(|one| &one["message"]).collect();
    assert_eq!(ids, [2, 3]);
    assert!(words.contains("too long") && words.contains("held, and the chat waits for it"), "{words}");
    assert_eq!(terminal.run(&["outbox", "release", "2", "99999"]).code, 5, "all of them or none");
    assert_eq!(terminal.by("olena", &["outbox", "release", "2"]).done(), json!({ "released": [2] }));
    let drop = ["outbox", "drop", "3", "--comment", "Сказали телефоном", "--command-id", "once"];
    assert_eq!(terminal.by("olena", &drop).done(), terminal.by("olena", &drop).done());
    assert_eq!(listed(), json!([]));
    let states =
        "SELECT STRING_AGG(state, ' ') FROM (SELECT state FROM outbox WHERE id IN (2, 3) ORDER BY id) s";
    let states: String = sqlx::query_scalar(states).fetch_one(&mut raw).await.expect("the database answers");
    assert_eq!(states, "ready cancelled");
    let log = terminal.run(&["events"]).out;
    let said: Vec<Json> = log.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let by_hand =
        |kind: &str| said.iter().rfind(|event| event["type"] == kind).map(|event| &event["actor"]["id"]);
    assert_eq!(by_hand("message_released"), Some(&json!("olena")));
    assert_eq!(by_hand("message_dropped"), Some(&json!("olena")));
    assert!(!log.contains("телефоном"), "free text stays out of the log");
}

/// A changed fact is found by `verify`, in words, and nothing is made from it.
async fn tampered(terminal: &Terminal) {
    let mut raw = terminal.db.raw().await;
    let harm = "UPDATE events SET data = data || ' ' WHERE position = 4";
    sqlx::raw_sql(harm).execute(&mut raw).await.expect("the database answers");
    let found = terminal.run(&["verify"]);
    assert_eq!(found.code, 3, "{}{}", found.out, found.err);
    assert!(found.out.starts_with("chain of hashes at position 4: "), "{}", found.out);
    let said = terminal.run(&["rebuild"]);
    assert_eq!(said.code, 1, "{}", said.out);
    assert!(said.err.contains("the log is damaged") && said.err.contains("signoff verify"), "{}", said.err);
}

/// An exit code, the words that end with it, and the settings they need.
type Ending<'a> = (i32, &'a [&'a str], &'a [(&'a str, &'a str)]);
