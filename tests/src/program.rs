//! The program itself, for tests that start it as a process.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// The binary as `cargo build` leaves it beside the tests; built here if nobody has.
pub fn binary() -> PathBuf {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    let find = || {
        let tests = std::env::current_exe().expect("a path");
        let profile = tests.parent().and_then(|deps| deps.parent()).expect("target/debug").to_owned();
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--locked", "--package", "signoff"])
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
            .status();
        assert!(built.expect("cargo runs").success(), "the binary does not build");
        profile.join("signoff")
    };
    BINARY.get_or_init(find).clone()
}
