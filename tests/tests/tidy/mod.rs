//! Rules of the house that no compiler checks: a rule that no tool checks is not kept.

mod licences;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const ROOMS: [&str; 12] = [
    "engine",
    "projections",
    "export",
    "workflows",
    "simulate",
    "bot",
    "web",
    "cli",
    "sandbox",
    "tests",
    "bench",
    "xtask",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Every Rust file below a folder, with its text.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                let name = path.strip_prefix(root()).unwrap().display().to_string();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "no source below {folder}");
    found
}

/// The lines of a file that are neither comments nor below its tests.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let tests = text.find("#[cfg(test)]\nmod tests").unwrap_or(text.len());
    text[..tests].lines().filter(|line| !line.trim_start().starts_with("//"))
}

#[test]
fn the_domain_is_pure() {
    let never =
        ["async ", ".await", "sqlx", "tokio", "std::fs", "std::env", "Utc::now", "rand::", "tracing::"];
    for (name, text) in sources("engine/src/domain") {
        for line in code(&text) {
            for word in never {
                assert!(!line.contains(word), "{name} uses `{word}`: {line}");
            }
        }
    }
}

#[test]
fn sql_stands_in_the_store_and_in_the_read_models_only() {
    let verbs =
        ["SELECT ", "INSERT INTO ", "DELETE FROM ", "CREATE TABLE ", "UPDATE outbox", "UPDATE events"];
    let rooms = [
        "engine/src/domain",
        "engine/src/app",
        "workflows/src",
        "bot/src",
        "web/src",
        "export/src",
        "cli/src",
        "sandbox/src",
    ];
    for (name, text) in rooms.iter().flat_map(|room| sources(room)) {
        for line in code(&text) {
            assert!(!verbs.iter().any(|verb| line.contains(verb)), "{name} holds SQL: {line}");
        }
    }
}

#[test]
fn every_file_says_in_one_sentence_what_it_is() {
    for (name, text) in ROOMS.iter().flat_map(|room| sources(room)) {
        let first = text.lines().next().unwrap_or_default();
        assert!(first.starts_with("//! ") && first.len() > 12, "{name} starts with `{first}`");
    }
}

#[test]
fn no_file_is_over_six_hundred_lines() {
    for (name, text) in ROOMS.iter().flat_map(|room| sources(room)) {
        let lines = text.lines().count();
        assert!(lines <= 600, "{name} has {lines} lines");
    }
}

#[test]
fn rooms_import_only_those_below_them() {
    let allowed: [(&str, &[&str]); 9] = [
        ("engine", &[]),
        ("projections", &["engine"]),
        ("workflows", &["engine"]),
        ("simulate", &["engine", "workflows"]),
        ("bot", &["engine", "projections"]),
        ("export", &["engine", "projections"]),
        ("web", &["engine", "projections", "export"]),
        ("sandbox", &[]),
        ("cli", &["engine", "projections", "export", "workflows", "simulate", "bot", "web", "sandbox"]),
    ];
    for (room, below) in allowed {
        let text = fs::read_to_string(root().join(room).join("Cargo.toml")).unwrap();
        let manifest = text.split("[dev-dependencies]").next().unwrap();
        for other in ROOMS {
            let imports = manifest.lines().any(|line| line.starts_with(&format!("{other}.workspace")));
            assert!(!imports || below.contains(&other), "{room} imports {other}");
        }
    }
}

#[test]
fn only_the_demo_starts_the_sandbox() {
    for (name, text) in sources("cli/src") {
        let uses = code(&text).any(|line| line.contains("sandbox::"));
        assert!(!uses || name.contains("demo"), "{name} uses the sandbox");
    }
}

#[test]
fn the_glossary_knows_every_public_type_of_the_domain() {
    let glossary = fs::read_to_string(root().join("docs/GLOSSARY.md")).unwrap();
    let mut missing = BTreeSet::new();
    for (name, text) in sources("engine/src/domain") {
        if name.ends_with("testing.rs") {
            continue;
        }
        for line in code(&text) {
            let rest = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "));
            let Some(rest) = rest else { continue };
            let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
            if !glossary.contains(&format!("`{name}`")) {
                missing.insert(name);
            }
        }
    }
    assert!(missing.is_empty(), "docs/GLOSSARY.md misses {missing:?}");
}

#[test]
fn every_shipped_template_and_message_passes_the_check() {
    let catalogue = workflows::Catalogue::embedded();
    let problems = catalogue.err().unwrap_or_default();
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn no_text_speaks_of_a_registry_or_of_a_machine() {
    let words = [concat!("/ro", "ot/"), concat!("/wo", "rk/"), concat!("crates", ".io/api")];
    let files = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/ARCHITECTURE.md"];
    let texts = files.iter().map(|file| ((*file).to_owned(), fs::read_to_string(root().join(file)).unwrap()));
    for (name, text) in texts.chain(ROOMS.iter().flat_map(|room| sources(room))) {
        for word in words {
            assert!(!text.contains(word), "{name} contains {word}");
        }
    }
}

#[test]
fn the_schemas_of_the_template_files_are_what_the_reader_takes() {
    let stale = workflows::stale_schemas(&root().join("workflows"));
    assert!(stale.is_empty(), "stale: {stale:?}; `cargo xtask schemas` writes them");
}

#[test]
fn the_pages_of_the_staff_come_from_the_table_that_says_who_is_let_in() {
    for (name, text) in sources("web/src/staff") {
        for line in code(&text).filter(|_| !name.ends_with("routes.rs")) {
            for word in [".route(", "Router::new", "axum::routing"] {
                assert!(!line.contains(word), "{name} opens a way past the table: {line}");
            }
        }
    }
}
