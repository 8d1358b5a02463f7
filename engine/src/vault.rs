//! Vault: seals what clients give us to get in somewhere (PF-86), and what opens our own door, with a key that is in no
//! database.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};

use crate::domain::{PersonId, ProjectId};
use crate::store::secrets::Sealed;

/// Length of a key, in bytes.
pub const KEY: usize = 32;
/// Length of a nonce, in bytes: long enough to be drawn by lot.
pub const NONCE: usize = 24;

/// Seals and opens; says nothing of its key.
#[derive(Clone)]
pub struct Vault {
    cipher: Arc<XChaCha20Poly1305>,
}

impl Vault {
    /// A vault with this key.
    pub fn new(key: [u8; KEY]) -> Self {
        Self { cipher: Arc::new(XChaCha20Poly1305::new(&Key::from(key))) }
    }

    /// The text, sealed for this place and no other; `None` only where memory ends.
    pub fn seal(&self, place: Place<'_>, text: &str, nonce: [u8; NONCE]) -> Option<Sealed> {
        let aad = place.bytes();
        let payload = Payload { msg: text.as_bytes(), aad: &aad };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload).ok()?;
        Some(Sealed { nonce: STANDARD.encode(nonce), sealed: STANDARD.encode(sealed) })
    }

    /// What was sealed for this place; `None` if the key is another one or a byte was changed.
    pub fn open(&self, place: Place<'_>, sealed: &Sealed) -> Option<String> {
        let nonce: [u8; NONCE] = STANDARD.decode(&sealed.nonce).ok()?.try_into().ok()?;
        let bytes = STANDARD.decode(&sealed.sealed).ok()?;
        let aad = place.bytes();
        let payload = Payload { msg: bytes.as_slice(), aad: &aad };
        let text = self.cipher.decrypt(&XNonce::from(nonce), payload).ok()?;
        String::from_utf8(text).ok()
    }
}

/// Where a sealed text belongs: one that is moved to another place cannot be opened there.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// What a client gave to get in somewhere.
    Access { project: &'a ProjectId, item: &'a str },
    /// The secret of somebody's authenticator.
    Authenticator { person: &'a PersonId },
}

impl Place<'_> {
    fn bytes(self) -> Vec<u8> {
        match self {
            Self::Access { project, item } => format!("signoff-access\0{project}\0{item}"),
            Self::Authenticator { person } => format!("signoff-authenticator\0{person}"),
        }
        .into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(vault: &Vault) -> Sealed {
        let (project, item) = (&"smm-1".into(), "instagram");
        let kept = vault.seal(Place::Access { project, item }, "логін / пароль", [7; NONCE]);
        kept.unwrap_or_else(|| panic!("it is sealed"))
    }

    #[test]
    fn what_is_sealed_is_opened_with_the_same_key_in_the_same_place() {
        let vault = Vault::new([1; KEY]);
        let sealed = sealed(&vault);
        let open = |vault: &Vault, project: &str, item: &str| {
            vault.open(Place::Access { project: &project.into(), item }, &sealed)
        };
        assert_eq!(open(&vault, "smm-1", "instagram").as_deref(), Some("логін / пароль"));
        assert_eq!(open(&Vault::new([2; KEY]), "smm-1", "instagram"), None, "another key");
        assert_eq!(open(&vault, "smm-2", "instagram"), None, "another project");
        assert_eq!(open(&vault, "smm-1", "facebook"), None, "another access");
        let person = &PersonId::from("smm-1\0instagram");
        assert_eq!(vault.open(Place::Authenticator { person }, &sealed), None, "another kind");
    }

    #[test]
    fn a_changed_byte_is_noticed() {
        let vault = Vault::new([1; KEY]);
        let mut broken = sealed(&vault);
        broken.sealed.replace_range(0..1, if broken.sealed.starts_with('A') { "B" } else { "A" });
        let place = Place::Access { project: &"smm-1".into(), item: "instagram" };
        assert_eq!(vault.open(place, &broken), None);
        let nonsense = Sealed { nonce: "?".into(), sealed: "?".into() };
        assert_eq!(vault.open(place, &nonsense), None);
    }
}
