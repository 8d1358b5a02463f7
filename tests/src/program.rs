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
        let mut cargo = Command::new(env!("CARGO"));
        // What cargo tells us about this package would make build scripts run anew, and half of the crates with them.
        let of_package = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
        for (name, _) in std::env::vars().filter(|(name, _)| of_package(name)) {
            cargo.env_remove(name);
        }
        let built = cargo
            .args(["build", "--quiet", "--locked", "--package", "signoff"])
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
            .status();
        assert!(built.expect("cargo runs").success(), "the binary does not build");
        profile.join("signoff")
    };
    BINARY.get_or_init(find).clone()
}
