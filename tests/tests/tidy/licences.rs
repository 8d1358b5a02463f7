//! Every dependency has a licence that we may pass on, and comes from a registry.

use std::process::Command;

use serde_json::Value as Json;

const ALLOWED: [&str; 14] = [
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "0BSD",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "MPL-2.0",
    "Unlicense",
    "BSL-1.0",
];

/// The machine that this test runs on, as cargo calls it.
fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}

/// What is built here; the rest of the lock file is for other systems.
fn packages() -> Vec<Json> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", &host()])
        .current_dir(super::root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Json = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

/// One of the alternatives must be wholly allowed.
fn is_allowed(expression: &str) -> bool {
    let plain = expression.replace('/', " OR ").replace(['(', ')'], " ");
    let parts = |text: &str| {
        text.split(" AND ").all(|one| one.trim().split(" OR ").any(|one| ALLOWED.contains(&one.trim())))
    };
    parts(&plain)
        || plain.split(" OR ").any(|one| one.split(" AND ").all(|one| ALLOWED.contains(&one.trim())))
}

#[test]
fn every_dependency_may_be_passed_on() {
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        let licence = package["license"].as_str().unwrap_or("none");
        assert!(is_allowed(licence), "{name} is licensed as {licence}");
        let source = package["source"].as_str();
        assert!(source.is_none_or(|source| source.starts_with("registry+")), "{name} comes from {source:?}");
    }
}

#[test]
fn what_must_be_held_back_is_held_back() {
    let packages = packages();
    let version = |name: &str| {
        let found = packages.iter().find(|package| package["name"] == name);
        found.map(|package| package["version"].as_str().unwrap().to_owned())
    };
    // SQLite before 3.51.3 can corrupt a WAL file; 0.37 brings that one.
    assert!(version("libsqlite3-sys").is_some_and(|version| version.starts_with("0.37.")));
    // 0.1.2 needs a newer compiler.
    assert_eq!(version("takecell").as_deref(), Some("0.1.1"));
}

#[test]
fn a_licence_with_alternatives_needs_one_that_is_allowed() {
    assert!(is_allowed("MIT OR Apache-2.0"));
    assert!(is_allowed("GPL-3.0 OR MIT"));
    assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(!is_allowed("GPL-3.0"));
    assert!(!is_allowed("MIT AND GPL-3.0"));
}
