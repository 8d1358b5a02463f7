//! Site: what every page has at hand: the engine, the time, the words and the limits.

use std::sync::Arc;

use engine::app::App;
use engine::domain::{Arg, Timestamp};
use engine::words::Saying;

use crate::limit::Limit;

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What every page has at hand; a cheap handle.
#[derive(Clone)]
pub struct Site {
    pub(crate) app: App,
    clock: Clock,
    pub(crate) limit: Arc<Limit>,
}

impl Site {
    /// A site over an engine.
    pub fn new(app: App, clock: Clock) -> Self {
        Self { app, clock, limit: Arc::default() }
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// A text of the message files; its key where it cannot be said, which `signoff check` finds beforehand.
    pub(crate) fn say(&self, language: &str, key: &str, args: &[(&str, Arg)]) -> String {
        let args: Vec<(String, Arg)> =
            args.iter().map(|(name, arg)| ((*name).to_owned(), arg.clone())).collect();
        match (self.app.desk().render)(Saying { language, key, args: &args }) {
            Ok(rendered) => rendered.text,
            Err(error) => {
                tracing::error!(key, language, %error, "a text of a page cannot be said");
                key.to_owned()
            }
        }
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
}
