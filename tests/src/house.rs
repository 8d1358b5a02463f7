//! The whole house with a clock that stands still: engine, bot and sandbox, ticked by the test.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use bot::bot::{Bot, BotOptions};
use bot::secret::Secret;
use bot::voice::Voice;
use chrono::Duration as Span;
use engine::app::{Answer, App};
use engine::domain::client::ClientCommand;
use engine::domain::definition::{Field, FieldKind, Gate};
use engine::domain::field::{Entered, FileRef};
use engine::domain::project::event::ContentRef;
use engine::domain::project::{ProjectCommand, Status};
use engine::domain::{Actor, ClientId, ContentId, PersonId, ProjectId, TaskId, Timestamp};
use engine::store::change::{Content, Profile};
use engine::timekeeper;
use sandbox::{CallbackAnswer, ChatKind, MessageView, Options, Sandbox};
use sha2::{Digest, Sha256};
use workflows::Catalogue;

use crate::db::Db;
use crate::desk::{self, STAFF, STAFF_CHAT, add_client, ask, command_id, hire, monday, open_smm, options};
use crate::gates;
use crate::page;
use crate::samples;

/// The client's group.
pub const GROUP: i64 = -2001;

/// Who may approve for the client, as a Telegram user.
pub const SOFIIA: i64 = 2001;

/// Another person of the client's, without rights.
pub const PETRO: i64 = 2002;

/// The whole house.
pub struct House {
    pub app: App,
    pub bot: Bot,
    pub sandbox: Sandbox,
    pub catalogue: Arc<Catalogue>,
    pub client: ClientId,
    pub project: ProjectId,
    options: BotOptions,
    clock: Arc<AtomicI64>,
}

impl House {
    /// An agency with staff and a client whose chat is linked and confirmed, and an open SMM project.
    pub async fn open(db: &Db, language: &str) -> Self {
        let mut house = Self::empty(db).await;
        house.link(language).await;
        house.client = "kava-ranok".into();
        let at = house.now();
        house.project = open_smm(&house.app, &house.catalogue, at, "smm-test", &house.client).await;
        house.settle().await;
        house
    }

    /// An agency with staff, its bot and its Telegram, and nothing else.
    pub async fn empty(db: &Db) -> Self {
        let sandbox =
            Sandbox::start(Options { privacy: true, ..Options::default() }).await.expect("a sandbox");
        for (_, name, _, user) in STAFF {
            sandbox.add_person(user, name, None, Some("uk")).expect("a person");
        }
        sandbox.add_chat(STAFF_CHAT, ChatKind::Group, "Маяк: команда").expect("a chat");
        for (_, _, _, user) in STAFF {
            sandbox.join(user, STAFF_CHAT).expect("in the chat");
        }
        sandbox.return_bot(STAFF_CHAT).expect("in the chat");
        let clock = Arc::new(AtomicI64::new(monday().timestamp_micros()));
        let catalogue = desk::catalogue();
        let app = desk::app(db.open_with(options()).await, &catalogue);
        hire(&app, monday()).await;
        let options = bot_options(&sandbox, &clock);
        let bot = Bot::new(options.clone(), app.clone(), voice(&catalogue)).expect("a bot");
        let (client, project) = ("kava-ranok".into(), "smm-test".into());
        Self { app, bot, sandbox, catalogue, client, project, options, clock }
    }

    /// Adds the client with its group, links it by the deep link, confirms it, and names Sofiia as approver.
    pub async fn link(&self, language: &str) {
        self.sandbox.add_person(SOFIIA, "Софія Гнатюк", Some("sofiia"), Some("uk")).expect("a person");
        self.sandbox.add_person(PETRO, "Петро", None, Some("uk")).expect("a person");
        self.sandbox.add_chat(GROUP, ChatKind::Group, "Кава «Ранок» і Маяк").expect("a chat");
        for person in [SOFIIA, PETRO] {
            self.sandbox.join(person, GROUP).expect("in the chat");
        }
        let client = add_client(&self.app, self.now(), "kava-ranok", "Кава «Ранок»", language).await;
        let token = "AAAAAAAAAAAAAAAAAAAAAA";
        let token_sha256 = hex::encode(Sha256::digest(token));
        let expires = self.now() + Span::hours(24);
        self.client_order(&client, ClientCommand::OfferLink { token_sha256, expires }).await;
        let link = format!("https://t.me/signoff_bot?startgroup={token}");
        self.sandbox.open_link(SOFIIA, Some(GROUP), &link).expect("the link opens");
        self.settle().await;
        self.client_order(&client, ClientCommand::ConfirmChat).await;
        let person = self.approver_profile().await;
        self.client_order(&client, ClientCommand::NameApprover { person }).await;
    }

    async fn approver_profile(&self) -> PersonId {
        let known = self.app.store().profile_by_telegram(SOFIIA).await.expect("the store answers");
        known.expect("the link made her known").person
    }

    /// A command of the operator to the client.
    pub async fn client_order(&self, client: &ClientId, command: ClientCommand) {
        let answer = self.app.client(client, ask(self.now(), Actor::Operator, command)).await;
        assert!(!matches!(answer.expect("the store answers"), Answer::Refused(_)));
    }

    /// From now on clients are written to at any hour, as with `telegram.quiet_hours = false`.
    pub fn write_at_any_hour(&self) {
        let mut desk = self.app.desk().as_ref().clone();
        let mut agency = desk.agency.as_ref().clone();
        agency.calendar.quiet = None;
        desk.agency = Arc::new(agency);
        self.app.set_desk(desk);
    }

    /// The time in this house.
    pub fn now(&self) -> Timestamp {
        Timestamp::from_timestamp_micros(self.clock.load(Ordering::Relaxed)).expect("a time")
    }

    /// The clock of this house, for what serves beside it.
    pub fn clock(&self) -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
        let clock = Arc::clone(&self.clock);
        Arc::new(move || Timestamp::from_timestamp_micros(clock.load(Ordering::Relaxed)).expect("a time"))
    }

    /// The pages of this house.
    pub fn site(&self) -> web::Site {
        // Nobody stops a house.
        let (_, stop) = tokio::sync::watch::channel(false);
        page::site(&self.app, &self.catalogue, self.clock(), stop)
    }

    /// The path of a link by which a person signs in.
    pub async fn sign_in_path(&self, person: &str) -> String {
        page::sign_in_path(&self.app, person, self.now()).await
    }

    /// Time passes here and at Telegram; timers fire and everything comes to rest.
    pub async fn pass(&self, seconds: i64) {
        self.skip(seconds);
        self.settle().await;
    }

    /// Time passes, and nobody does anything yet.
    pub fn skip(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
        self.sandbox.advance(seconds);
    }

    /// Ticks everything until there is nothing left to do at this time.
    pub async fn settle(&self) {
        for _ in 0..400 {
            let stored = match self.bot.ingest_once().await.expect("polling") {
                bot::poll::Polled::Stored(count) => count,
                bot::poll::Polled::StandingBy | bot::poll::Polled::Wait(_) => 0,
            };
            let handled = self.bot.handle_all().await.expect("handling");
            let fired = timekeeper::tick(&self.app, self.now()).await.expect("timers");
            let sent = self.bot.deliver_tick(self.now()).await.expect("sending").claimed;
            if stored + handled + sent + fired.fired == 0 {
                return;
            }
        }
        panic!("the house does not come to rest");
    }

    /// The bot and the engine start anew on the same database, as after a kill.
    pub fn restart(&mut self) {
        let app = desk::app(self.app.store().clone(), &self.catalogue);
        self.bot = Bot::new(self.options.clone(), app.clone(), voice(&self.catalogue)).expect("a bot");
        self.app = app;
    }

    /// The bot starts anew on the same database, with other settings.
    pub async fn tune(&mut self, change: impl FnOnce(&mut BotOptions)) {
        change(&mut self.options);
        self.bot.stand_down().await.expect("the lease is let go");
        self.restart();
    }

    /// The message in a chat that matters now: the last one of the bot with this button.
    pub fn with_button(&self, chat: i64, label: &str) -> MessageView {
        let messages = self.sandbox.messages(chat);
        let found =
            messages.into_iter().rev().find(|message| !message.deleted && message.button(label).is_some());
        found.unwrap_or_else(|| panic!("no button {label} in {chat}:\n{}", self.transcript(chat)))
    }

    /// Presses the button with this label on the last message that has it; answers what the person sees.
    pub async fn press(&self, person: i64, chat: i64, label: &str) -> Option<CallbackAnswer> {
        let message = self.with_button(chat, label);
        self.press_on(person, chat, message.id, label).await
    }

    /// Presses a button of one message.
    pub async fn press_on(
        &self,
        person: i64,
        chat: i64,
        message: i64,
        label: &str,
    ) -> Option<CallbackAnswer> {
        let press = self.sandbox.press(person, chat, message, label).expect("the button is there");
        self.settle().await;
        self.sandbox.callback_answer(&press)
    }

    /// Everything in a chat, for messages of failed tests.
    pub fn transcript(&self, chat: i64) -> String {
        let line = |message: &MessageView| {
            let buttons: Vec<_> =
                message.buttons.iter().flatten().map(|button| button.label.clone()).collect();
            format!("{:>4} {}: {} {buttons:?}", message.id, message.from_name, message.text)
        };
        self.sandbox.messages(chat).iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// What the bot said in a chat, first lines only.
    pub fn said(&self, chat: i64) -> Vec<String> {
        let messages =
            self.sandbox.messages(chat).into_iter().filter(|message| message.is_bot && !message.deleted);
        messages.map(|message| message.text).collect()
    }

    /// The status of a task.
    pub async fn status(&self, task: &str) -> Status {
        let project = self.app.project_state(&self.project).await.expect("the store answers");
        project.expect("the project is there").task(&task.into()).expect("the task is there").status
    }

    /// An order to the project that must not be refused.
    pub async fn order(&self, by: Actor, command: ProjectCommand) {
        let said = format!("{command:?}");
        let answer = self.try_order(by, command).await;
        assert!(!matches!(answer, Answer::Refused(_)), "{said}: {answer:?}");
    }

    /// An order to the project.
    pub async fn try_order(&self, by: Actor, command: ProjectCommand) -> Answer {
        self.app.project(&self.project, ask(self.now(), by, command)).await.expect("the store answers")
    }

    /// A piece of text, stored the way the edges store it.
    pub async fn content(&self, text: &str) -> ContentRef {
        let sha256 = hex::encode(Sha256::digest(text));
        let content = ContentId(format!("content-{}", command_id()));
        let stored = Content {
            content: content.clone(),
            person: None,
            kind: "text".into(),
            text: text.into(),
            file_id: None,
            file_name: None,
            mime: None,
            size: None,
            sha256: sha256.clone(),
            created: self.now(),
        };
        let along = engine::app::Along { contents: vec![stored], ..engine::app::Along::default() };
        self.app.settle(command_id(), self.now(), along).await.expect("the store answers");
        ContentRef { content, sha256 }
    }

    /// Everything that a task needs to be finished, by its assignee and the PM.
    pub async fn fill(&self, task: &str) {
        self.fill_without_buttons(task).await;
        let project = self.app.project_state(&self.project).await.expect("an answer").expect("a project");
        let id = TaskId::from(task);
        let by = Actor::Person(project.assignee(&id).expect("somebody does it").clone());
        for gate in &project.plan(&id).expect("the task is planned").finish_needs {
            if let Gate::Button(button) = gate {
                let press = ProjectCommand::PressButton { task: id.clone(), button: button.clone() };
                self.order(by.clone(), press).await;
            }
        }
    }

    /// The same without the buttons that have to be pressed.
    pub async fn fill_without_buttons(&self, task: &str) {
        self.fill_result(task).await;
        self.open_gates(task).await;
    }

    /// The result, the brief and the money, but no access.
    pub async fn fill_all_but_accesses(&self, task: &str) {
        self.fill_result(task).await;
        self.open_some(task, |command| !matches!(command, ProjectCommand::ConfirmGate { .. })).await;
    }

    async fn fill_result(&self, task: &str) {
        let project = self.app.project_state(&self.project).await.expect("an answer").expect("a project");
        let id = TaskId::from(task);
        let plan = project.plan(&id).expect("the task is planned").clone();
        let by = Actor::Person(project.assignee(&id).expect("somebody does it").clone());
        for field in plan.result.iter().filter(|field| field.required || !plan.buttons.is_empty()) {
            let due = project.payment_of(&id).and_then(|payment| project.payment(&payment)?.open_amount());
            let entered = match due.filter(|_| field.id == "amount") {
                Some(due) => Entered::Text(due.to_string()),
                None => self.sample(field).await,
            };
            let values = vec![(field.id.clone(), entered)];
            self.order(by.clone(), ProjectCommand::SetFields { task: id.clone(), values }).await;
        }
        for item in 1..=u32::try_from(plan.checklist.len()).expect("few lines") {
            let note = match plan.checklist[item as usize - 1].needs_note {
                true => Some(self.content("Домовились").await),
                false => None,
            };
            let tick = ProjectCommand::TickItem { task: id.clone(), item, done: true, note };
            self.order(by.clone(), tick).await;
        }
    }

    /// The brief, the money and the accesses that a task waits for are there.
    pub async fn open_gates(&self, task: &str) {
        self.open_some(task, |_| true).await;
    }

    async fn open_some(&self, task: &str, is_wanted: impl Fn(&ProjectCommand) -> bool) {
        let project = self.app.project_state(&self.project).await.expect("an answer").expect("a project");
        let said = self.content("Перевірено").await;
        for (by, command) in gates::opening(&project, &task.into(), &said)
            .into_iter()
            .filter(|(_, command)| is_wanted(command))
        {
            self.order(by, command).await;
        }
        for gate in &project.plan(&task.into()).expect("the task is planned").finish_needs {
            if let Gate::Acknowledged(rules) = gate {
                self.agree(task, rules).await;
            }
        }
    }

    /// The client agrees to a text that a button of the task sends, unless somebody did.
    async fn agree(&self, task: &str, rules: &str) {
        let state = async || {
            let state = self.app.project_state(&self.project).await.expect("the store answers");
            state.expect("the project is there")
        };
        let (before, id) = (state().await, TaskId::from(task));
        if before.is_acknowledged(rules) {
            return;
        }
        let buttons = &before.plan(&id).expect("the task is planned").buttons;
        let asks = buttons.iter().find(|button| button.ask_agreement.as_deref() == Some(rules));
        let button = asks.expect("a button asks for it").id.clone();
        let by = Actor::Person(before.assignee(&id).expect("somebody does it").clone());
        self.order(by, ProjectCommand::PressButton { task: id.clone(), button }).await;
        let sending = state().await.agreements[rules].sendings;
        let sent = (&id, rules, sending);
        let shown = self.app.shown_rules(&self.project, sent, self.now()).await.expect("the store answers");
        let shown = shown.expect("it was sent");
        let reference = ContentRef { content: shown.content.clone(), sha256: shown.sha256.clone() };
        let along = engine::app::Along { contents: vec![shown], ..engine::app::Along::default() };
        self.app.settle(command_id(), self.now(), along).await.expect("the store answers");
        let rules = rules.to_owned();
        let agree = ProjectCommand::AcknowledgeRules { task: id, rules, sending, shown: reference };
        self.order(Actor::Person(self.approver_profile().await), agree).await;
    }

    async fn sample(&self, field: &Field) -> Entered {
        match field.kind {
            FieldKind::File | FieldKind::Files => Entered::Files(vec![self.file("звіт.pdf").await]),
            _ => Entered::Text(samples::text(field)),
        }
    }

    /// A file that Telegram already has.
    pub async fn file(&self, name: &str) -> FileRef {
        let file = sandbox::SentFile {
            file_name: Some(name.into()),
            ..sandbox::SentFile::new(1001, STAFF_CHAT, sandbox::FileKind::Document)
        };
        let message = self.sandbox.send_file(&file).expect("a file");
        let sent = self.sandbox.messages(STAFF_CHAT).into_iter().find(|found| found.id == message);
        let file_id = sent.and_then(|sent| sent.file).expect("a file").file_id;
        let sha256 = hex::encode(Sha256::digest(&file_id));
        let content = ContentId(format!("file-{}", command_id()));
        let stored = Content {
            content: content.clone(),
            person: Some("olena".into()),
            kind: "document".into(),
            text: String::new(),
            file_id: Some(file_id),
            file_name: Some(name.into()),
            mime: Some("application/pdf".into()),
            size: Some(1_000),
            sha256: sha256.clone(),
            created: self.now(),
        };
        let along = engine::app::Along { contents: vec![stored], ..engine::app::Along::default() };
        self.app.settle(command_id(), self.now(), along).await.expect("the store answers");
        FileRef { content, sha256 }
    }

    /// Starts, fills, hands over and checks a task; whether the client decides is up to the template.
    pub async fn work(&self, task: &str) {
        let project = self.app.project_state(&self.project).await.expect("an answer").expect("a project");
        let id = TaskId::from(task);
        let by = Actor::Person(project.assignee(&id).expect("somebody does it").clone());
        self.order(by.clone(), ProjectCommand::StartTask { task: id.clone() }).await;
        self.settle().await;
        self.fill(task).await;
        self.order(by, ProjectCommand::SubmitTask { task: id.clone() }).await;
        if self.status(task).await == Status::InReview {
            // Whoever else checks, the operator may; the PM does not check her own work.
            let by_pm = project.plan(&id).and_then(|plan| plan.auditor.as_deref()) == Some("pm");
            let own = project.assignee(&id) == Some(&"olena".into());
            let by = if by_pm && !own { desk::person("olena") } else { Actor::Operator };
            self.order(by, ProjectCommand::AcceptTask { task: id, round: None }).await;
        }
        self.settle().await;
    }

    /// Works on tasks, the client approving where it is asked, until this one is the next.
    pub async fn work_until(&self, task: &str) {
        let project = self.app.project_state(&self.project).await.expect("an answer").expect("a project");
        let before: Vec<_> =
            project.tasks.iter().map(|task| task.id.0.clone()).take_while(|id| id != task).collect();
        for id in before {
            self.work(&id).await;
            if self.status(&id).await == Status::AwaitingApproval {
                self.press(SOFIIA, GROUP, "✅").await;
            }
        }
    }

    /// The profile of a new contact of the client.
    pub fn contact(person: &str, name: &str, user: i64) -> Profile {
        Profile {
            person: person.into(),
            name: name.into(),
            telegram_user: Some(user),
            username: None,
            language: None,
        }
    }
}

fn bot_options(sandbox: &Sandbox, clock: &Arc<AtomicI64>) -> BotOptions {
    let clock = Arc::clone(clock);
    let token = Secret::new(Options::default().token);
    let now = move || Timestamp::from_timestamp_micros(clock.load(Ordering::Relaxed)).expect("a time");
    BotOptions {
        files_dir: Some(page::FILES.into()),
        deadline: Duration::from_millis(600),
        poll_wait: Duration::ZERO,
        probe: true,
        pace: None,
        // One after another, so that message ids are the same in every run.
        at_once: 1,
        ..BotOptions::new(sandbox.api_url(), token, Arc::new(now))
    }
}

/// The bot's voice, as the command line wires it.
pub fn voice(catalogue: &Arc<Catalogue>) -> Voice {
    let (sentence, alert) = (Arc::clone(catalogue), Arc::clone(catalogue));
    Voice {
        say: catalogue.as_render(),
        refusal: Arc::new(move |language, refusal, names| {
            let name_of = |person: &PersonId| names.get(person).cloned().unwrap_or_default();
            sentence.refusal_in_chat(language, refusal, &name_of)
        }),
        refusal_alert: Arc::new(move |language, refusal, names| {
            let name_of = |person: &PersonId| names.get(person).cloned().unwrap_or_default();
            alert.refusal_alert(language, refusal, &name_of)
        }),
    }
}
