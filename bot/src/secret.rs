//! Secret: a text that is never shown, logged or compared letter by letter (RELIABILITY 6.7).

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// A token or another secret; it has no `Debug` and no `Display` on purpose.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Keeps the text, without the line end that a file may bring along.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into().trim().to_owned())
    }

    /// Nothing was given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `given` is the secret; takes the same time whatever differs, also the length.
    pub fn is(&self, given: &[u8]) -> bool {
        let digest = |bytes: &[u8]| Sha256::digest(bytes);
        !self.0.is_empty() && bool::from(digest(self.0.as_bytes()).ct_eq(&digest(given)))
    }

    /// The text itself, for the one place that needs it.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_secret_is_the_secret() {
        let secret = Secret::new("s3cret\n");
        assert!(secret.is(b"s3cret"));
        for wrong in ["", "s3cre", "s3crett", "S3cret"] {
            assert!(!secret.is(wrong.as_bytes()), "{wrong}");
        }
    }

    #[test]
    fn no_secret_is_nobody_s_secret() {
        assert!(!Secret::new("").is(b""));
    }
}
