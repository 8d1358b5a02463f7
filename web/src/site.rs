//! Site: what every page has at hand: the engine, the time, the words and the limits.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use engine::app::{App, AppError};
use engine::domain::definition::Definition;
use engine::domain::{Arg, PersonId, Refusal, Timestamp};
use engine::store::files::Files;
use engine::words::{Rendered, Saying, WordsError};
use projections::ReadError;
use projections::board::{BoardProject, Recent};
use tokio::sync::{Mutex, watch};

use crate::limit::Limit;
use crate::staff::{Locks, Presence};
use crate::workshop::Workshop;

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Says a refusal to a reader of a language; people are named by the map.
pub type SayRefusal = Arc<dyn Fn(&str, &Refusal, &HashMap<PersonId, String>) -> String + Send + Sync>;

/// The services on offer now, as the next project will get them.
pub type Services = Arc<dyn Fn() -> Vec<Arc<Definition>> + Send + Sync>;

/// What the pages of the staff need of the templates.
#[derive(Clone)]
pub struct Office {
    pub refusal: SayRefusal,
    pub services: Services,
    pub workshop: Workshop,
    /// Where uploads go, and where they are read from.
    pub files: Files,
    /// Whose word about where a request comes from counts.
    pub trusted_proxies: Vec<IpAddr>,
}

/// What every page has at hand; a cheap handle.
#[derive(Clone)]
pub struct Site {
    pub(crate) app: App,
    pub(crate) office: Office,
    clock: Clock,
    pub(crate) limit: Arc<Limit>,
    pub(crate) sign_ins: Arc<Limit>,
    pub(crate) presence: Arc<Presence>,
    /// Whose turn it is to have a project packed.
    pub(crate) exports: Arc<Mutex<()>>,
    board: Arc<Recent>,
    pub(crate) locks: Arc<Locks>,
    /// Turns true when the server stops: what does not end by itself ends then.
    pub(crate) stop: watch::Receiver<bool>,
}

impl Site {
    /// A site over an engine.
    pub fn new(app: App, clock: Clock, office: Office, stop: watch::Receiver<bool>) -> Self {
        Self {
            app,
            office,
            clock,
            limit: Arc::default(),
            sign_ins: Arc::new(Limit::for_sign_ins()),
            presence: Arc::default(),
            exports: Arc::default(),
            board: Arc::default(),
            locks: Arc::default(),
            stop,
        }
    }

    /// All projects as the board shows them now.
    pub(crate) async fn projects(&self) -> Result<Vec<Arc<BoardProject>>, AppError> {
        let projects = self.board.projects(self.app.store()).await.map_err(read_trouble)?;
        Ok((*projects).clone())
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// A text of the message files; its key where it cannot be said, which `signoff check` finds beforehand.
    pub(crate) fn say(&self, language: &str, key: &str, args: &[(&str, Arg)]) -> String {
        match self.rendered(language, key, args) {
            Ok(rendered) => rendered.text,
            Err(error) => {
                tracing::error!(key, language, %error, "a text of a page cannot be said");
                key.to_owned()
            }
        }
    }

    /// The same, ready to be sent.
    pub(crate) fn rendered(
        &self,
        language: &str,
        key: &str,
        args: &[(&str, Arg)],
    ) -> Result<Rendered, WordsError> {
        let args: Vec<(String, Arg)> =
            args.iter().map(|(name, arg)| ((*name).to_owned(), arg.clone())).collect();
        (self.app.desk().render)(Saying { language, key, args: &args })
    }

    pub(crate) fn word(&self, language: &str, key: &str) -> String {
        self.say(language, key, &[])
    }

    /// The agency's language that the browser likes best, for pages about nobody in particular.
    pub(crate) fn language_of(&self, accepted: Option<&str>) -> String {
        let languages = self.app.desk().agency.languages.clone();
        let mut wanted =
            accepted.unwrap_or_default().split(',').map(|one| one.trim().get(..2).unwrap_or_default());
        let found = wanted.find_map(|code| languages.iter().find(|known| known.as_str() == code));
        found.or(languages.first()).cloned().unwrap_or_else(|| "en".to_owned())
    }

    /// Whether pages can be had in a language.
    pub(crate) fn speaks(&self, code: &str) -> bool {
        self.app.desk().agency.languages.iter().any(|known| known == code)
    }

    /// What a role is called; its id where the agency's file does not name it.
    pub(crate) fn role(&self, language: &str, role: &str) -> String {
        let desk = self.app.desk();
        let named = desk.agency.roles.iter().find(|known| known.id == role);
        named.map_or_else(|| role.to_owned(), |known| known.title.in_language(language).to_owned())
    }

    /// 256 random bits that may stand in an address.
    pub(crate) fn token(&self) -> String {
        let mut bytes = [0_u8; 32];
        (self.app.desk().random)(&mut bytes);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn is_secure(&self) -> bool {
        self.app.desk().public_url.starts_with("https://")
    }

    /// The name of the cookie that holds a session; browsers guard the long one better, over https only.
    pub(crate) fn session_cookie(&self) -> &'static str {
        if self.is_secure() { "__Host-s" } else { "s" }
    }

    /// The name of the cookie by which the browser that asked for a link is known again.
    pub(crate) fn browser_cookie(&self) -> &'static str {
        if self.is_secure() { "__Host-b" } else { "b" }
    }

    /// Sets a cookie for so many seconds; 0 takes it away.
    pub(crate) fn cookie(&self, name: &str, token: &str, seconds: i64) -> String {
        let secure = if self.is_secure() { "; Secure" } else { "" };
        format!("{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
    }

    /// The page that says that the fault is ours.
    pub(crate) fn trouble(&self, error: &AppError, language: &str) -> Response {
        tracing::error!(%error, "a page cannot be shown");
        self.plain(StatusCode::SERVICE_UNAVAILABLE, language, "trouble")
    }
}

/// A read model that cannot be read, as the trouble that it is.
pub(crate) fn read_trouble(error: ReadError) -> AppError {
    match error {
        ReadError::Store(error) => AppError::Store(error),
        ReadError::Broken { .. } => AppError::Broken(error.to_string()),
    }
}
