//! Secret: a value that never reaches a log line or an error text.

/// A token; has no `Debug` and no `Display` on purpose.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps the text without the line end that a file may bring along.
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value itself, for the places that need it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The same for the bot.
    pub fn for_bot(&self) -> bot::secret::Secret {
        bot::secret::Secret::new(self.0.clone())
    }
}
