//! Server: bot, timers, lagging read models and the web routes in one process, until told to stop.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json};
use axum::routing::get;
use bot::bot::{Bot, BotOptions, TokenSource};
use bot::classify::Verdict;
use bot::run::Mode;
use bot::voice::Voice;
use engine::app::App;
use engine::domain::PersonId;
use engine::store::StoreError;
use engine::store::files::Files;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::watch;
use workflows::{Catalogue, Keeper};

use crate::clock;
use crate::config::{Settings, Telegram, TelegramMode};
use crate::failure::Failure;
use crate::random::letters;
use crate::reload::{Live, Reload};
use crate::workshop::workshop;

/// So long the parts may take to finish what they are at.
const PATIENCE: Duration = Duration::from_secs(4);
/// So often timers are looked at.
const TICK: Duration = Duration::from_secs(1);
/// Where Telegram's calls arrive.
const HOOK: &str = "/telegram/webhook";
/// After this the bot is introduced to Telegram again, if that failed.
const INTRODUCE: Duration = Duration::from_secs(30);
/// So often lagging read models are looked at.
const CATCH_UP: Duration = Duration::from_secs(5);

/// How often the folder of files is looked through; what no row names stays so long, for it may be on its way.
pub const SWEEP: Duration = Duration::from_hours(24);

/// Everything that a server needs.
pub struct Server {
    pub app: App,
    pub catalogue: Arc<Catalogue>,
    /// Watches the folder of templates, if there is one.
    pub keeper: Option<Keeper>,
    pub settings: Settings,
    /// Write as fast as the Bot API server takes it; only for a local one.
    pub at_full_speed: bool,
    /// Reads the bot's token anew, after Telegram has refused the one that was there at the start.
    pub token_again: Option<TokenSource>,
}

/// Tells all parts to stop.
pub type Stop = watch::Receiver<bool>;

impl Server {
    /// Runs until `stop` turns true; then each part finishes its step, and the database is closed.
    pub async fn run(self, listener: TcpListener, stop: Stop) -> Result<(), Failure> {
        let live = Arc::new(Live::new(Arc::clone(&self.catalogue)));
        let bot = self.bot(&live)?;
        let routes = self.routes(bot.clone(), &live, &stop)?;
        let mut parts = tokio::task::JoinSet::new();
        parts.spawn(timers(self.app.clone(), stop.clone()));
        parts.spawn(read_models(self.app.clone(), stop.clone()));
        parts.spawn(sweep(self.app.clone(), Files::new(&self.settings.files_dir), stop.clone()));
        if let Some(keeper) = self.keeper.clone() {
            let (app, settings) = (self.app.clone(), self.settings.clone());
            parts.spawn(Reload { app, live, settings, keeper }.run(stop.clone()));
        }
        if let Some(bot) = &bot {
            parts.spawn(telegram(bot.clone(), self.settings.telegram.clone(), stop.clone()));
        }
        let until = stop.clone();
        parts.spawn(async move {
            let served = axum::serve(listener, routes.into_make_service_with_connect_info::<SocketAddr>())
                .with_graceful_shutdown(stopped(until))
                .await;
            if let Err(error) = served {
                tracing::error!(%error, "the web server stopped");
            }
        });
        stopped(stop).await;
        let ended =
            tokio::time::timeout(PATIENCE, async { while parts.join_next().await.is_some() {} }).await;
        if ended.is_err() {
            tracing::warn!(
                "some parts did not finish in time and are cut off; nothing that was stored is lost"
            );
            parts.abort_all();
        }
        self.app.store().close().await;
        Ok(())
    }

    /// The bot, unless there is no Telegram here.
    fn bot(&self, live: &Arc<Live>) -> Result<Option<Bot>, Failure> {
        let telegram = &self.settings.telegram;
        if telegram.mode == TelegramMode::Off {
            return Ok(None);
        }
        if telegram.token.is_empty() {
            tracing::warn!("telegram.token is empty: messages wait until there is one");
            return Ok(None);
        }
        if telegram.api_url.starts_with("https://api.telegram.org")
            && !self.settings.public_url.starts_with("https://")
        {
            tracing::warn!(
                address = self.settings.public_url,
                "clients cannot reach the addresses of forms: set server.public_url to one with https"
            );
        }
        let mut options =
            BotOptions::new(telegram.api_url.clone(), telegram.token.for_bot(), Arc::new(clock::now));
        options.token_again.clone_from(&self.token_again);
        options.deadline = telegram.deadline;
        options.probe = telegram.probe;
        options.files_dir = Some(self.settings.files_dir.clone());
        if self.at_full_speed || !telegram.limits {
            options.pace = None;
        }
        options.owner = format!("{}-{}", std::process::id(), letters(6));
        let bot = Bot::new(options, self.app.clone(), voice(live));
        bot.map(Some)
            .map_err(|error| Failure::usage(error.to_string()).with_hint("see [telegram] in signoff.toml"))
    }

    fn routes(&self, bot: Option<Bot>, live: &Arc<Live>, stop: &Stop) -> Result<Router, Failure> {
        let health = Health { app: self.app.clone(), bot: bot.clone() };
        let routes = Router::new()
            .route("/healthz", get(async || "ok\n"))
            .route("/readyz", get(ready))
            .with_state(health)
            .merge(web::routes(web::Site::new(
                self.app.clone(),
                Arc::new(clock::now),
                office(&self.app, live, &self.settings),
                stop.clone(),
            )));
        let telegram = &self.settings.telegram;
        match bot.filter(|_| telegram.mode == TelegramMode::Webhook) {
            Some(_) if telegram.public_url.is_empty() => {
                Err(Failure::usage("telegram.mode is webhook, but telegram.public_url is empty").with_hint(
                    "name the address at which Telegram reaches this server, or set telegram.mode to polling",
                ))
            }
            Some(bot) => {
                let hook = bot::webhook::webhook(bot, telegram.webhook_secret.for_bot())
                    .map_err(|error| Failure::usage(error.to_string()))?;
                Ok(routes.nest(HOOK, hook))
            }
            None => Ok(routes),
        }
    }
}

/// The name of a person, or the id of one who has not shown a name yet.
pub fn shown_name(names: &HashMap<PersonId, String>, person: &PersonId) -> String {
    names.get(person).filter(|name| !name.is_empty()).cloned().unwrap_or_else(|| person.to_string())
}

/// The words of the bot, from the catalogue.
fn voice(live: &Arc<Live>) -> Voice {
    let (say, sentence, alert) = (Arc::clone(live), Arc::clone(live), Arc::clone(live));
    Voice {
        say: Arc::new(move |saying| say.now().render(saying)),
        refusal: Arc::new(move |language, refusal, names| {
            let name_of = |person: &_| shown_name(names, person);
            sentence.now().refusal_in_chat(language, refusal, &name_of)
        }),
        refusal_alert: Arc::new(move |language, refusal, names| {
            let name_of = |person: &_| shown_name(names, person);
            alert.now().refusal_alert(language, refusal, &name_of)
        }),
    }
}

/// What the pages of the staff need of the catalogue.
fn office(app: &App, live: &Arc<Live>, settings: &Settings) -> web::Office {
    let (sentence, offer) = (Arc::clone(live), Arc::clone(live));
    web::Office {
        refusal: Arc::new(move |language, refusal, names| {
            sentence.now().refusal_in_chat(language, refusal, &|person| shown_name(names, person))
        }),
        services: Arc::new(move || {
            let catalogue = offer.now();
            catalogue.services().filter_map(|service| catalogue.definition(service)).collect()
        }),
        workshop: workshop(app.clone(), Arc::clone(live), settings.clone()),
        files: Files::new(&settings.files_dir),
        trusted_proxies: settings.trusted_proxies.clone(),
    }
}

#[derive(Clone)]
struct Health {
    app: App,
    bot: Option<Bot>,
}

/// What is to be done when Telegram refuses the token.
const TOKEN_REFUSED: &str = "Telegram refuses the bot's token, so nothing is sent or received; nothing is lost. \
    Put a valid token into telegram.token or the file that it is read from: it is taken within a minute, without a restart.";

/// 200 when the database answers, the read models stand at the end of the log and Telegram takes the token.
async fn ready(State(health): State<Health>) -> impl IntoResponse {
    let store = health.app.store();
    let refused = health.bot.as_ref().is_some_and(Bot::is_token_dead);
    let telegram = match &health.bot {
        None => "off",
        Some(_) if refused => "token refused",
        Some(_) => "on",
    };
    let mut answer = json!({ "telegram": telegram });
    let standing = async { Ok::<_, StoreError>((store.head().await?, store.lags().await?)) };
    let ready = match standing.await {
        Ok((head, lags)) => {
            answer["position"] = json!(head.position);
            answer["behind"] = json!(lags);
            if refused {
                answer["error"] = json!(TOKEN_REFUSED);
            }
            lags.is_empty() && !refused
        }
        Err(error) => {
            answer["error"] = json!(error.to_string());
            false
        }
    };
    answer["ready"] = json!(ready);
    let code = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (code, Json(answer))
}

/// Resolves when the server is told to stop.
pub async fn stopped(mut stop: Stop) {
    // An error means that nobody can tell us any more: stop as well.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// A pause that ends early when the server is told to stop; answers whether it was.
async fn pause(stop: &mut Stop, length: Duration) -> bool {
    tokio::select! {
        _ = stop.wait_for(|stop| *stop) => true,
        () = tokio::time::sleep(length) => false,
    }
}

/// First the timers follow a calendar that was changed while nobody was here; then they fire.
async fn timers(app: App, mut stop: Stop) {
    let mut follows = false;
    loop {
        if !follows {
            let followed = app.follow_calendar(clock::now()).await;
            follows =
                followed.inspect_err(|error| tracing::warn!(%error, "the calendar has to wait")).is_ok();
        }
        // By a calendar of yesterday nothing fires.
        if follows && let Err(error) = engine::timekeeper::tick(&app, clock::now()).await {
            tracing::warn!(%error, "timers have to wait");
        }
        if pause(&mut stop, TICK).await {
            return;
        }
    }
}

async fn read_models(app: App, mut stop: Stop) {
    while !pause(&mut stop, CATCH_UP).await {
        if let Err(error) = app.store().catch_up().await {
            tracing::warn!(%error, "read models have to wait");
        }
    }
}

/// Files that nobody names any more go.
async fn sweep(app: App, files: Files, mut stop: Stop) {
    loop {
        match app.store().sweep_files(&files, clock::now() - SWEEP).await {
            Ok(0) => {}
            Ok(files) => tracing::info!(files, "files that no row names were deleted"),
            Err(error) => tracing::warn!(%error, "the folder of files has to wait"),
        }
        if pause(&mut stop, SWEEP).await {
            return;
        }
    }
}

/// The bot, while Telegram is told how updates are to come.
async fn telegram(bot: Bot, settings: Telegram, stop: Stop) {
    let mode = if settings.mode == TelegramMode::Webhook { Mode::Webhook } else { Mode::Polling };
    // Sending does not wait for it: messages go out while updates have no way in yet.
    tokio::join!(introduce(&bot, &settings, stop.clone()), bot.run(mode, stop.clone()));
}

/// Tells Telegram how updates are to come: at the start, and anew when a token is taken after a refusal.
async fn introduce(bot: &Bot, settings: &Telegram, mut stop: Stop) {
    loop {
        let webhook = settings.mode == TelegramMode::Webhook;
        let verdict = if webhook {
            let url = format!("{}{HOOK}", settings.public_url);
            bot.announce(&url, &settings.webhook_secret.for_bot()).await
        } else {
            bot.renounce().await
        };
        let told = matches!(verdict, Verdict::Accepted(_) | Verdict::AlreadySo);
        while told && !bot.is_token_dead() {
            if pause(&mut stop, TICK).await {
                return;
            }
        }
        // Of a refused token the bot speaks itself, and it finds out when one is valid again.
        if !told && verdict != Verdict::TokenDead {
            let way = if webhook { "webhook, see telegram.public_url" } else { "polling" };
            tracing::warn!(
                ?verdict,
                way,
                "Telegram does not take the way of updates; asking again in 30 seconds"
            );
            if pause(&mut stop, INTRODUCE).await {
                return;
            }
        }
        while bot.is_token_dead() {
            if pause(&mut stop, TICK).await {
                return;
            }
        }
    }
}

/// Resolves at Ctrl-C or SIGTERM. Listens from the call on, not from the first wait: a signal in between counts.
#[cfg(unix)]
pub fn asked_to_stop() -> impl Future<Output = ()> + Send {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = signal(SignalKind::interrupt()).ok().zip(signal(SignalKind::terminate()).ok());
    async move {
        match signals {
            Some((mut interrupt, mut terminate)) => tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            },
            None => drop(tokio::signal::ctrl_c().await),
        }
    }
}

/// Resolves at Ctrl-C.
#[cfg(not(unix))]
pub async fn asked_to_stop() {
    // Without a way to be told, the process is ended from outside.
    let _ = tokio::signal::ctrl_c().await;
}
