//! The whole house around the bot: real database, real templates, the sandbox as Telegram, a clock that stands still.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bot::bot::{Bot, BotOptions};
use bot::secret::Secret;
use bot::voice::Voice;
use engine::app::{Along, Answer, App};
use engine::domain::client::ClientCommand;
use engine::domain::definition::{Approval, Definition, Field, FieldKind, Gate};
use engine::domain::field::{Entered, FileRef};
use engine::domain::project::event::ContentRef;
use engine::domain::project::{ProjectCommand, Status};
use engine::domain::{Actor, ClientId, PersonId, ProjectId, Timestamp};
use engine::store::change::{Cause, NewMessage, OutFace, Payload, Policy, Profile};
use engine::store::{StoredEvent, buttons, inbox, outbox};
use journeys::db::{self, Db};
use journeys::desk::{STAFF, add_client, app, ask, catalogue, done, hire, monday, open_smm, options, person};
use sandbox::{ChatKind, MessageView, Options, Sandbox};
use sha2::{Digest, Sha256};
use workflows::Catalogue;

pub use journeys::desk::STAFF_CHAT;

/// The client's group.
pub const GROUP: i64 = -100;
/// The client's approver, and another person of the client.
pub const SOFIIA: i64 = 2001;
pub const PETRO: i64 = 2002;
/// The PM, and the one who does most of the work.
pub const OLENA: i64 = 1001;
pub const MAKSYM: i64 = 1002;

const TOKEN: &str = "AbCdEfGhIjKlMnOpQrStUv";

/// A house with a client whose group is joined and a project that is open.
pub struct House {
    pub telegram: Sandbox,
    pub db: Db,
    pub app: App,
    pub bot: Bot,
    pub client: ClientId,
    pub project: ProjectId,
    probe: bool,
    clock: Arc<Mutex<Timestamp>>,
    catalogue: Arc<Catalogue>,
}

impl House {
    pub async fn new() -> Self {
        Self::on(db::sqlite(), false).await
    }

    /// On this database, looking for lost messages or not.
    pub async fn on(db: Db, probe: bool) -> Self {
        let telegram = telegram().await;
        let catalogue = catalogue();
        let app = app(db.open_with(options()).await, &catalogue);
        let clock = Arc::new(Mutex::new(monday()));
        let bot = bot(&telegram, &app, &catalogue, &clock, probe);
        hire(&app, monday()).await;
        let client = add_client(&app, monday(), "ranok", "Кава «Ранок»", "uk").await;
        let project = ProjectId::from("smm-test");
        let house = Self { telegram, db, app, bot, client, project, probe, clock, catalogue };
        house.join().await;
        open_smm(&house.app, &house.catalogue, monday(), "smm-test", &house.client).await;
        house.settle().await;
        house
    }

    /// The approver opens the link in the group, a PM confirms the chat.
    async fn join(&self) {
        let expires = monday() + chrono::Duration::hours(24);
        let offer = ClientCommand::OfferLink { token_sha256: hex::encode(Sha256::digest(TOKEN)), expires };
        done(self.to_client(offer).await);
        self.telegram.open_link(SOFIIA, Some(GROUP), TOKEN).expect("the link opens");
        self.settle().await;
        done(self.to_client(ClientCommand::ConfirmChat).await);
        let sofiia = self.app.store().profile_by_telegram(SOFIIA).await.expect("a store").expect("a profile");
        done(self.to_client(ClientCommand::NameApprover { person: sofiia.person }).await);
    }

    /// A command of the operator to the client.
    pub async fn to_client(&self, command: ClientCommand) -> Answer {
        self.app
            .client(&self.client, ask(self.now(), Actor::Operator, command))
            .await
            .expect("the store answers")
    }

    /// A command to the project, which must be accepted.
    pub async fn order(&self, by: &str, command: ProjectCommand) {
        self.order_by(person(by), command).await;
    }

    async fn order_by(&self, by: Actor, command: ProjectCommand) {
        let order = ask(self.now(), by, command);
        done(self.app.project(&self.project, order).await.expect("the store answers"));
    }

    pub fn now(&self) -> Timestamp {
        *self.clock.lock().expect("no panic")
    }

    pub fn later(&self, seconds: i64) {
        *self.clock.lock().expect("no panic") += chrono::Duration::seconds(seconds);
    }

    /// Takes in, handles and sends until nothing is left to do now.
    pub async fn settle(&self) {
        for _ in 0..1_000 {
            self.bot.ingest_once().await.expect("the store answers");
            let handled = self.bot.handle_all().await.expect("the store answers");
            let sent = self.bot.deliver_tick(self.now()).await.expect("the store answers");
            if handled == 0 && sent.claimed == 0 && self.telegram.pending_updates() == 0 {
                return;
            }
        }
        panic!("the bot does not come to rest");
    }

    /// The process ends without a word and another one starts, so many seconds later.
    pub async fn restart(&mut self, seconds: i64) {
        self.later(seconds);
        if !self.app.store().is_sqlite() {
            // On PostgreSQL the lease of the dead process must run out first.
            let expired = sqlx::query("UPDATE leases SET expires_at = 0");
            expired.execute(&mut self.db.raw().await).await.expect("the database answers");
        }
        self.bot = bot(&self.telegram, &self.app, &self.catalogue, &self.clock, self.probe);
    }

    /// A second process beside the first.
    pub fn another(&self) -> Bot {
        bot(&self.telegram, &self.app, &self.catalogue, &self.clock, self.probe)
    }

    /// The last message of the bot in a chat.
    pub fn last(&self, chat: i64) -> MessageView {
        self.ours(chat).pop().expect("a message")
    }

    /// What the bot wrote in a chat.
    pub fn ours(&self, chat: i64) -> Vec<MessageView> {
        self.telegram
            .messages(chat)
            .into_iter()
            .filter(|message| message.is_bot && !message.deleted)
            .collect()
    }

    /// How many messages of the bot in a chat hold these words.
    pub fn count(&self, chat: i64, words: &str) -> usize {
        self.ours(chat).iter().filter(|message| message.text.contains(words)).count()
    }

    /// The latest message of the bot with a button like this.
    pub fn with_button(&self, chat: i64, label: &str) -> MessageView {
        let found = self.ours(chat).into_iter().rev().find(|message| message.button(label).is_some());
        found.unwrap_or_else(|| panic!("no button {label} in {chat}: {:#?}", self.ours(chat)))
    }

    /// Presses the latest button like this and lets the bot work; answers what the presser saw.
    pub async fn press(&self, user: i64, chat: i64, label: &str) -> (String, bool) {
        let message = self.with_button(chat, label);
        let press = self.telegram.press(user, chat, message.id, label).expect("a button");
        self.settle().await;
        self.seen(&press)
    }

    /// What the presser saw.
    pub fn seen(&self, press: &str) -> (String, bool) {
        let answer = self.telegram.callback_answer(press).expect("the press was answered");
        (answer.text.unwrap_or_default(), answer.show_alert)
    }

    pub async fn status(&self, task: &str) -> (Status, u32) {
        let state =
            self.app.project_state(&self.project).await.expect("the store answers").expect("a project");
        let task = state.task(&task.into()).expect("a task");
        (task.status, task.round)
    }

    /// How many messages are in this state.
    pub async fn outbox(&self, state: &str) -> i64 {
        let counts = outbox::counts(self.app.store()).await.expect("the store answers");
        counts.iter().find(|(name, _)| name == state).map_or(0, |(_, count)| *count)
    }

    /// How many updates are in this state.
    pub async fn inbox(&self, state: &str) -> i64 {
        let counts = inbox::counts(self.app.store()).await.expect("the store answers");
        counts.iter().find(|(name, _)| name == state).map_or(0, |(_, count)| *count)
    }

    /// The facts of this kind.
    pub async fn events(&self, kind: &str) -> Vec<StoredEvent> {
        let all = self.app.store().events(0, 10_000).await.expect("the store answers");
        all.into_iter().filter(|event| event.kind == kind).collect()
    }

    /// The log, its chain and its read models are as they should be.
    pub async fn verify(&self) {
        let report = self.app.store().verify().await.expect("the store answers");
        assert!(report.is_well(), "{report:?}");
    }

    /// Works through the tasks up to this one and hands its result to the client.
    pub async fn hand_over(&self, wanted: &str) {
        self.hand_over_silently(wanted).await;
        self.settle().await;
    }

    /// The same, but nothing is sent yet.
    pub async fn hand_over_silently(&self, wanted: &str) {
        self.finish_until(wanted).await;
        self.finish_task(wanted).await;
    }

    /// Works through the tasks before this one; the client approves where that is asked for.
    pub async fn finish_until(&self, wanted: &str) {
        for plan in self.definition().await.tasks() {
            let (status, round) = self.status(&plan.id).await;
            if plan.id == wanted {
                return;
            }
            if status == Status::Completed {
                continue;
            }
            self.finish_task(&plan.id).await;
            if plan.approval == Approval::Required {
                let sofiia = profile(self, SOFIIA).await.person;
                self.order(sofiia.as_str(), ProjectCommand::Approve { task: plan.id.as_str().into(), round })
                    .await;
            }
        }
    }

    async fn definition(&self) -> Arc<Definition> {
        let state =
            self.app.project_state(&self.project).await.expect("the store answers").expect("a project");
        Arc::clone(&state.opened.as_ref().expect("it is open").definition)
    }

    /// Fills whatever a task needs, as its template says, and hands it over.
    pub async fn finish_task(&self, wanted: &str) {
        let definition = self.definition().await;
        let plan = definition.tasks().find(|plan| plan.id == wanted).expect("a task");
        let task = || engine::domain::TaskId(plan.id.clone());
        let worker = holder(&plan.assignee);
        if self.status(wanted).await.0 == Status::Ready {
            self.order(worker, ProjectCommand::StartTask { task: task() }).await;
        }
        let state =
            self.app.project_state(&self.project).await.expect("the store answers").expect("a project");
        let held = &state.task(&task()).expect("a task").values;
        for field in plan.result.iter().filter(|field| !held.contains_key(&field.id)) {
            let values = vec![(field.id.clone(), something(field))];
            self.order(worker, ProjectCommand::SetFields { task: task(), values }).await;
        }
        for item in 1..=u32::try_from(plan.checklist.len()).expect("few") {
            self.order(worker, ProjectCommand::TickItem { task: task(), item, done: true, note: None }).await;
        }
        let said = ContentRef { content: "why".into(), sha256: "w".into() };
        for (by, command) in journeys::gates::opening(&state, &task(), &said) {
            self.order_by(by, command).await;
        }
        for gate in &plan.finish_needs {
            if let Gate::Button(button) = gate {
                let command = ProjectCommand::PressButton { task: task(), button: button.clone() };
                self.order(worker, command).await;
            }
        }
        self.order(worker, ProjectCommand::SubmitTask { task: task() }).await;
        if let Some(auditor) = &plan.auditor {
            self.order(holder(auditor), ProjectCommand::AcceptTask { task: task(), round: None }).await;
        }
    }

    /// Sends one message after another until the next one for the group is the one that asks for a decision.
    pub async fn deliver_until_request(&self) {
        for _ in 0..200 {
            let heads = outbox::heads(self.app.store(), self.now()).await.expect("the store answers");
            let head = heads.iter().find(|head| head.chat == GROUP).expect("a message for the group");
            let buttons = buttons::of_message(self.app.store(), head.id).await.expect("the store answers");
            if !buttons.is_empty() {
                return;
            }
            self.bot.deliver_tick(self.now()).await.expect("the store answers");
        }
        panic!("no request waits");
    }

    /// A plain message to the client's group.
    pub async fn say_to_client(&self, words: &str) {
        let message = message(GROUP, words);
        let along = Along { messages: vec![message], ..Along::default() };
        self.app.settle(words.to_owned(), self.now(), along).await.expect("the store answers");
    }
}

/// A plain message; its words are also its key.
pub fn message(chat: i64, words: &str) -> NewMessage {
    NewMessage {
        dedupe: words.into(),
        cause: Cause::None,
        chat,
        kind: "test".into(),
        face: OutFace::Post,
        slot: None,
        reply_to: None,
        project: None,
        task: None,
        message_key: "test".into(),
        arguments: serde_json::Value::Null,
        language: "uk".into(),
        payload: Payload { text: words.into(), ..Payload::default() },
        ask: None,
        policy: Policy::AtLeastOnce,
        buttons: Vec::new(),
        quiet_zone: None,
    }
}

fn holder(role: &str) -> &'static str {
    STAFF.iter().find(|(_, _, held, _)| *held == role).map_or("olena", |(id, ..)| *id)
}

/// A value that fits the field.
fn something(field: &Field) -> Entered {
    let links: Vec<_> = (0..field.at_least.unwrap_or(1)).map(|n| format!("https://ranok.ua/{n}")).collect();
    Entered::Text(match field.kind {
        FieldKind::Text | FieldKind::LongText => "Текст".to_owned(),
        FieldKind::Link => "https://ranok.ua/plan".to_owned(),
        FieldKind::Links => links.join(" "),
        FieldKind::Number | FieldKind::Percent => "9".to_owned(),
        FieldKind::Money => "5000 UAH".to_owned(),
        FieldKind::Date => "2026-11-30".to_owned(),
        FieldKind::DateRange => "2026-11-30..2026-12-10".to_owned(),
        FieldKind::DateTime => "2026-11-30 12:00".to_owned(),
        FieldKind::Choice | FieldKind::Choices => field.options[0].0.clone(),
        FieldKind::Topics => "Кава: зерно; обсмаження".into(),
        FieldKind::Table => "2026-12-09; Зерно; instagram".into(),
        FieldKind::ChoiceForEach => {
            let option = field.options.first().map(|(id, _)| id.clone()).unwrap_or_default();
            field.items.iter().map(|(item, _)| format!("{item}: {option}")).collect::<Vec<_>>().join(", ")
        }
        FieldKind::Done => String::new(),
        FieldKind::YesNo => "yes".to_owned(),
        FieldKind::File | FieldKind::Files => {
            let files = (0..field.at_least.unwrap_or(1))
                .map(|n| FileRef { content: format!("file{n}").as_str().into(), sha256: "f".repeat(64) });
            return Entered::Files(files.collect());
        }
    })
}

async fn telegram() -> Sandbox {
    let telegram = Sandbox::start(Options::default()).await.expect("a free port");
    for (_, name, _, user) in STAFF {
        telegram.add_person(user, name, None, Some("uk")).expect("a person");
    }
    telegram.add_person(SOFIIA, "Софія Гнатюк", Some("sofiia"), Some("uk")).expect("a person");
    telegram.add_person(PETRO, "Петро Гнатюк", None, Some("uk")).expect("a person");
    telegram.add_chat(GROUP, ChatKind::Group, "Кава «Ранок» і ми").expect("a group");
    telegram.add_chat(STAFF_CHAT, ChatKind::Group, "Команда").expect("a group");
    for (chat, people) in [(GROUP, vec![SOFIIA, PETRO, OLENA]), (STAFF_CHAT, vec![OLENA, MAKSYM, PETRO])] {
        for one in people {
            telegram.join(one, chat).expect("a member");
        }
        telegram.return_bot(chat).expect("the bot joins");
    }
    telegram
}

fn bot(
    telegram: &Sandbox,
    app: &App,
    words: &Arc<Catalogue>,
    clock: &Arc<Mutex<Timestamp>>,
    probe: bool,
) -> Bot {
    let clock = Arc::clone(clock);
    let now = Arc::new(move || *clock.lock().expect("no panic"));
    let mut options = BotOptions::new(telegram.api_url(), Secret::new(Options::default().token), now);
    options.deadline = Duration::from_millis(300);
    options.probe = probe;
    options.pace = None;
    Bot::new(options, app.clone(), voice(words)).expect("a bot")
}

fn voice(catalogue: &Arc<Catalogue>) -> Voice {
    let (sentence, alert) = (Arc::clone(catalogue), Arc::clone(catalogue));
    Voice {
        say: catalogue.as_render(),
        refusal: Arc::new(move |language, refusal, names| {
            let name = |person: &PersonId| names.get(person).cloned().unwrap_or_default();
            sentence.refusal_in_chat(language, refusal, &name)
        }),
        refusal_alert: Arc::new(move |language, refusal, names| {
            let name = |person: &PersonId| names.get(person).cloned().unwrap_or_default();
            alert.refusal_alert(language, refusal, &name)
        }),
    }
}

/// What is known of a person.
pub async fn profile(house: &House, user: i64) -> Profile {
    house.app.store().profile_by_telegram(user).await.expect("the store answers").expect("a profile")
}
