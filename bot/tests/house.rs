//! The whole house around the bot: real database, real templates, a small Telegram, a clock that stands still.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bot::bot::{Bot, BotOptions};
use bot::secret::Secret;
use bot::voice::Voice;
use engine::app::App;
use engine::domain::client::ClientCommand;
use engine::domain::project::{ProjectCommand, Status};
use engine::domain::{Actor, ClientId, PersonId, ProjectId, Timestamp};
use engine::store::change::Profile;
use engine::store::{inbox, outbox};
use journeys::db::{self, Db};
use journeys::desk::{STAFF_CHAT, add_client, app, ask, catalogue, done, hire, monday, open_smm, options, person};
use serde_json::{Value, json};
use workflows::Catalogue;

use crate::telegram::{Message, Telegram};

/// The client's group.
pub const GROUP: i64 = -100;
/// The client's approver, and another person of the client.
pub const SOFIIA: i64 = 2001;
pub const PETRO: i64 = 2002;
/// Olena, the PM; Maksym, who does most of the work.
pub const OLENA: i64 = 1001;
pub const MAKSYM: i64 = 1002;

static UPDATES: AtomicI64 = AtomicI64::new(1_000);

/// A house with a client whose group is joined and a project that is open.
pub struct House {
    pub telegram: Telegram,
    pub db: Db,
    pub app: App,
    pub bot: Bot,
    pub client: ClientId,
    pub project: ProjectId,
    pub probe: bool,
    clock: Arc<Mutex<Timestamp>>,
    catalogue: Arc<Catalogue>,
}

impl House {
    pub async fn new() -> Self {
        Self::on(db::sqlite(), false).await
    }

    /// On this database, looking for lost messages or not.
    pub async fn on(db: Db, probe: bool) -> Self {
        let (telegram, catalogue) = (Telegram::start().await, catalogue());
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

    async fn join(&self) {
        let hash = "4d3d3b5b5e1c0d3ba7d5cbd7ca1d2bb1e2b0e6a9a2c0c4c0f3cf3f6cf6a1b7aa";
        let expires = monday() + chrono::Duration::hours(24);
        let offer = ClientCommand::OfferLink { token_sha256: hash.into(), expires };
        done(self.client(Actor::Operator, offer).await);
        let content = engine::domain::project::event::ContentRef { content: "title".into(), sha256: hash.into() };
        let link = ClientCommand::LinkChat {
            token_sha256: hash.into(),
            chat: GROUP,
            chat_kind: "group".into(),
            title: content,
            person: "sofiia".into(),
            chat_client: None,
        };
        done(self.client(Actor::Operator, link).await);
        done(self.client(Actor::Operator, ClientCommand::ConfirmChat).await);
        let mut named = ask(monday(), Actor::Operator, ClientCommand::NameApprover { person: "sofiia".into() });
        named.along.profiles.push(profile("sofiia", "Софія Гнатюк", SOFIIA));
        done(self.app.client(&self.client, named).await.expect("the store answers"));
    }

    /// A command to the client.
    pub async fn client(&self, by: Actor, command: ClientCommand) -> engine::app::Answer {
        self.app.client(&self.client, ask(self.now(), by, command)).await.expect("the store answers")
    }

    /// A command to the project, which must be accepted.
    pub async fn order(&self, by: &str, command: ProjectCommand) {
        let order = ask(self.now(), person(by), command);
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
        for _ in 0..200 {
            self.bot.ingest_once().await.expect("the store answers");
            let handled = self.bot.handle_all().await.expect("the store answers");
            let sent = self.bot.deliver_tick(self.now()).await.expect("the store answers");
            if handled == 0 && sent.claimed == 0 {
                return;
            }
        }
        panic!("the bot does not come to rest");
    }

    /// The process ends without a word and another one starts.
    pub async fn restart(&mut self) {
        let telegram = self.telegram.clone();
        let placeholder = bot(&telegram, &self.app, &self.catalogue, &self.clock, self.probe);
        drop(std::mem::replace(&mut self.bot, placeholder));
    }

    /// Somebody writes; answers the id of the message.
    pub fn says(&self, chat: i64, user: i64, rest: Value) -> i64 {
        let id = UPDATES.fetch_add(1, Ordering::Relaxed);
        let mut message = json!({
            "message_id": 50_000 + id, "date": 1, "chat": { "id": chat, "type": "group", "title": "Кава" },
            "from": { "id": user, "is_bot": false, "first_name": format!("Людина {user}"), "language_code": "uk" },
        });
        merge(&mut message, &rest);
        self.telegram.update(json!({ "update_id": id, "message": message }));
        50_000 + id
    }

    /// Somebody presses a button with this data under a message of this chat.
    pub fn presses(&self, chat: i64, user: i64, data: &str) -> i64 {
        let id = UPDATES.fetch_add(1, Ordering::Relaxed);
        self.telegram.update(json!({ "update_id": id, "callback_query": {
            "id": format!("cb{id}"), "from": { "id": user, "is_bot": false, "first_name": "Хтось" }, "data": data,
            "message": { "message_id": 1, "date": 0, "chat": { "id": chat, "type": "group" } },
        }}));
        id
    }

    /// A bare update.
    pub fn update(&self, rest: Value) -> i64 {
        let id = UPDATES.fetch_add(1, Ordering::Relaxed);
        let mut update = json!({ "update_id": id });
        merge(&mut update, &rest);
        self.telegram.update(update);
        id
    }

    /// The last message of a chat.
    pub fn last(&self, chat: i64) -> Message {
        self.telegram.chat(chat).pop().expect("a message")
    }

    /// The data of the button with this in its label, on the latest message that has one.
    pub fn button(&self, chat: i64, label: &str) -> String {
        let messages = self.telegram.chat(chat);
        let mut all = messages.iter().rev().flat_map(|message| message.buttons.iter());
        all.find(|(text, _)| text.contains(label)).map(|(_, data)| data.clone()).unwrap_or_else(|| {
            panic!("no button {label} in {chat}: {:#?}", self.telegram.chat(chat))
        })
    }

    /// What the presser of this update saw.
    pub fn alert(&self, press: i64) -> (String, bool) {
        let calls = self.telegram.calls("answerCallbackQuery");
        let call = calls.iter().find(|call| call["callback_query_id"] == json!(format!("cb{press}")));
        let call = call.expect("the press was answered");
        (call["text"].as_str().unwrap_or_default().to_owned(), call["show_alert"] == json!(true))
    }

    pub async fn status(&self, task: &str) -> (Status, u32) {
        let state = self.app.project_state(&self.project).await.expect("the store answers").expect("a project");
        let task = state.task(&task.into()).expect("a task");
        (task.status, task.round)
    }

    pub async fn outbox(&self) -> Vec<(String, i64)> {
        outbox::counts(self.app.store()).await.expect("the store answers")
    }

    pub async fn inbox(&self) -> Vec<(String, i64)> {
        inbox::counts(self.app.store()).await.expect("the store answers")
    }

    /// Events of a kind in the whole log.
    pub async fn events(&self, kind: &str) -> usize {
        let all = self.app.store().events(0, 10_000).await.expect("the store answers");
        all.iter().filter(|event| event.kind == kind).count()
    }

    /// The log, its chain and its read models are as they should be.
    pub async fn verify(&self) {
        let report = self.app.store().verify().await.expect("the store answers");
        assert!(report.is_well(), "{report:?}");
    }
}

fn profile(id: &str, name: &str, user: i64) -> Profile {
    let person = PersonId::from(id);
    Profile { person, name: name.into(), telegram_user: Some(user), username: None, language: None }
}

fn bot(telegram: &Telegram, app: &App, catalogue: &Arc<Catalogue>, clock: &Arc<Mutex<Timestamp>>, probe: bool) -> Bot {
    let clock = Arc::clone(clock);
    let now = Arc::new(move || *clock.lock().expect("no panic"));
    let mut options = BotOptions::new(telegram.url.clone(), Secret::new("1234567890:token"), now);
    options.deadline = Duration::from_millis(300);
    options.probe = probe;
    options.pace = None;
    Bot::new(options, app.clone(), voice(catalogue)).expect("a bot")
}

fn voice(catalogue: &Arc<Catalogue>) -> Voice {
    let (sentence, alert) = (Arc::clone(catalogue), Arc::clone(catalogue));
    Voice {
        say: catalogue.as_render(),
        refusal: Arc::new(move |language, refusal, names| {
            let name = |person: &PersonId| names.get(person).cloned().unwrap_or_default();
            sentence.refusal(language, refusal, None, &name).text
        }),
        refusal_alert: Arc::new(move |language, refusal, names| {
            let name = |person: &PersonId| names.get(person).cloned().unwrap_or_default();
            alert.refusal_alert(language, refusal, &name)
        }),
    }
}

fn merge(into: &mut Value, more: &Value) {
    if let (Some(into), Some(more)) = (into.as_object_mut(), more.as_object()) {
        into.extend(more.iter().map(|(key, value)| (key.clone(), value.clone())));
    }
}

/// The staff chat.
pub const STAFF: i64 = STAFF_CHAT;
