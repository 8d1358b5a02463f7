//! Voice: how the bot's own words are made; the catalogue of messages is behind it.

use std::collections::HashMap;
use std::sync::Arc;

use engine::domain::{Arg, PersonId, Refusal};
use engine::words::{Render, Rendered, Saying};

/// A refusal in words: language, refusal, display names of people.
pub type RefusalWords = Arc<dyn Fn(&str, &Refusal, &HashMap<PersonId, String>) -> String + Send + Sync>;

/// The words of the bot.
#[derive(Clone)]
pub struct Voice {
    pub say: Render,
    /// The sentence, as on every surface.
    pub refusal: RefusalWords,
    /// The same in at most 200 characters, for an alert.
    pub refusal_alert: RefusalWords,
}

impl Voice {
    /// The finished text, or nothing if the catalogue cannot say it; `signoff check` finds that beforehand.
    pub(crate) fn text(&self, language: &str, key: &str, args: &[(String, Arg)]) -> Option<Rendered> {
        match (self.say)(Saying { language, key, args }) {
            Ok(rendered) => Some(rendered),
            Err(error) => {
                tracing::error!(key, language, %error, "a message of the bot cannot be said");
                None
            }
        }
    }

    /// A short text without formatting; empty if the catalogue cannot say it.
    pub(crate) fn word(&self, language: &str, key: &str) -> String {
        self.text(language, key, &[]).map(|rendered| rendered.text).unwrap_or_default()
    }
}
