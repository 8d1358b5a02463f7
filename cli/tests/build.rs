//! One build for everything: what the tests are built from is what `cargo run` runs.
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

use std::collections::BTreeSet;
use std::process::Command;

/// Every crate with its version and features, as cargo builds it for this selection.
fn built(selection: &[&str]) -> BTreeSet<String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["tree", "--locked", "--prefix", "none", "--format", "{p} {f}"]).args(selection);
    let said = cargo.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let text = String::from_utf8(said.stdout).unwrap();
    text.lines().map(|line| line.trim_end_matches("(*)").trim_end().to_owned()).collect()
}

#[test]
fn the_program_alone_asks_for_the_same_features_as_all_tests_together() {
    let alone = built(&["--package", "signoff", "--edges", "normal,build"]);
    let together = built(&["--workspace", "--edges", "all"]);
    assert!(alone.len() > 100, "{alone:?}");
    let other: Vec<_> = alone.difference(&together).collect();
    assert!(other.is_empty(), "`cargo run` would build these anew after `cargo xtask test`: {other:#?}");
}
