//! The hash chain: each fact carries the SHA-256 of itself and of the fact before it.
//!
//! `hash = hex(SHA-256(text))` where `text` is these fields in this order, each written as a netstring
//! (`<length in bytes>:<bytes>,`), so that no two different facts have the same text:
//!
//! 1. `prev_hash` (empty for the first fact)
//! 2. the header: `position`, `stream`, `version`, `aggregate`, `type`, `schema_version`, `command_id`,
//!    `command_seq`, `cause` (empty when there is none), `origin`, `actor` (the JSON text as stored),
//!    `at` (microseconds since 1970, UTC); numbers in decimal
//! 3. `data` (the JSON text as stored)

use sha2::{Digest, Sha256};

/// A fact as its row holds it, without the hashes.
pub(crate) struct Link<'a> {
    pub position: i64,
    pub stream: &'a str,
    pub version: i64,
    pub aggregate: &'a str,
    pub kind: &'a str,
    pub schema_version: i64,
    pub command_id: &'a str,
    pub command_seq: i64,
    pub cause: Option<i64>,
    pub origin: &'a str,
    pub actor: &'a str,
    pub at: i64,
    pub data: &'a str,
}

/// The hash of a fact that stands after the fact with `prev_hash`.
pub(crate) fn hash(prev_hash: &str, link: &Link<'_>) -> String {
    let mut sha = Sha256::new();
    let mut field = |text: &str| {
        sha.update(text.len().to_string());
        sha.update(":");
        sha.update(text);
        sha.update(",");
    };
    field(prev_hash);
    field(&link.position.to_string());
    field(link.stream);
    field(&link.version.to_string());
    field(link.aggregate);
    field(link.kind);
    field(&link.schema_version.to_string());
    field(link.command_id);
    field(&link.command_seq.to_string());
    field(&link.cause.map(|position| position.to_string()).unwrap_or_default());
    field(link.origin);
    field(link.actor);
    field(&link.at.to_string());
    field(link.data);
    hex::encode(sha.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link() -> Link<'static> {
        Link {
            position: 1,
            stream: "b5f7a4c2-0000-5000-8000-000000000001",
            version: 1,
            aggregate: "project",
            kind: "task_started",
            schema_version: 1,
            command_id: "tg:42",
            command_seq: 0,
            cause: None,
            origin: "input",
            actor: r#"{"kind":"person","id":"olena"}"#,
            at: 1_700_000_000_000_000,
            data: r#"{"type":"task_started","task":"контент-план"}"#,
        }
    }

    #[test]
    fn the_hash_of_a_known_fact_never_changes() {
        let first = hash("", &link());
        assert_eq!(first, "d349ab251f7aa12d61525b4ed4db8b8c8f886c513ebfaba6e3792486e38f3246");
        assert_eq!(
            hash(&first, &Link { position: 2, version: 2, cause: Some(1), ..link() }),
            "46c7b4857a9f9bfa7756bf1545839114a106af8a43b18d8a105acba51d37d7ad"
        );
    }

    #[test]
    fn text_that_moves_from_one_field_to_the_next_changes_the_hash() {
        let one = hash("", &Link { kind: "ab", aggregate: "c", ..link() });
        let other = hash("", &Link { kind: "b", aggregate: "ca", ..link() });
        assert_ne!(one, other);
    }
}
