//! `init`: a folder with settings, templates and messages to edit, and a database; nothing is overwritten.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

use serde_json::json;

use crate::commands::check::language;
use crate::config::{self, COMMENTED};
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::key_file;
use crate::office::{Database, Setup, open_store};

pub async fn run(dir: Option<&Path>, setup: &Setup, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let dir = dir.map_or_else(|| setup.cwd.clone(), |dir| setup.cwd.join(dir));
    let (written, kept) = write_all(&dir, language(setup)).map_err(|error| {
        Failure::failed(format!("{} cannot be written: {error}", dir.display()))
            .with_hint("name a folder that is yours")
    })?;
    let settings = config::load(Some(&dir.join("signoff.toml")), &setup.env, &dir)?;
    open_store(&settings, Database::MayBeMade).await?.close().await;
    let json = json!({ "dir": dir, "written": written, "kept": kept });
    console.answer(
        &json,
        &format!("{}: {} files written, {} were there", dir.display(), written.len(), kept.len()),
    );
    console.words(
        "signoff.key opens what clients give you to get in somewhere: keep a copy of it apart from the database.",
    );
    console.words(
        "Next: put the bot's token into signoff.toml, look at workflows/agency.yaml, then `signoff serve`.",
    );
    Ok(Exit::Done)
}

/// Which schema belongs to which file, for editors that take it from here and not from the first line of the file.
fn editor(language: &str) -> String {
    let schema = |sort: &str| format!("workflows/schema/{sort}{}", workflows::schema_in(language));
    let templates = json!(["workflows/*.yaml", "!workflows/agency.yaml"]);
    let settings = json!({ "yaml.schemas": {
        schema("agency"): "workflows/agency.yaml",
        schema("form"): "workflows/forms/*.yaml",
        schema("workflow"): templates,
    } });
    format!("{settings:#}\n")
}

/// Writes what is not there yet, with explanations in a language; answers what was written and what was kept.
pub fn write_all(dir: &Path, language: &str) -> std::io::Result<(Vec<String>, Vec<String>)> {
    std::fs::create_dir_all(dir)?;
    let shipped = workflows::write_out(&dir.join("workflows"), language)?;
    let shipped = shipped.into_iter().map(|file| (format!("workflows/{}", file.path), file.written));
    let mut all: Vec<(String, bool)> = shipped.collect();
    std::fs::create_dir_all(dir.join(".vscode"))?;
    let editor_settings = ".vscode/settings.json";
    all.push((editor_settings.to_owned(), write_new(&dir.join(editor_settings), &editor(language))?));
    let key = "signoff.key";
    all.push((key.to_owned(), key_file::make(&dir.join(key))?));
    // Last, because they name the folder: who reads them meanwhile finds it whole.
    let settings = "signoff.toml";
    all.push((settings.to_owned(), write_new(&dir.join(settings), &settings_text())?));
    let (written, kept): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, written)| *written);
    let names = |all: Vec<(String, bool)>| all.into_iter().map(|(path, _)| path).collect();
    Ok((names(written), names(kept)))
}

/// The commented settings, with the templates in the folder beside them.
fn settings_text() -> String {
    let inside = "[workflows]\n# The folder with agency.yaml, the templates, forms/ and messages/; empty: those inside the program.\ndir = \"\"";
    let beside = inside.replace("dir = \"\"", "dir = \"workflows\"");
    COMMENTED.replace(inside, &beside)
}

fn write_new(path: &Path, text: &str) -> std::io::Result<bool> {
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map(|()| true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_of_a_new_folder_point_at_its_templates() {
        assert!(settings_text().contains("dir = \"workflows\""));
        assert_eq!(settings_text().lines().count(), COMMENTED.lines().count());
    }

    #[test]
    fn editors_find_a_schema_for_every_template_in_the_language_of_whoever_asked() {
        for (language, ending) in [("en", ".schema.json"), ("uk", ".schema.uk.json")] {
            let dir = tempfile::tempdir().unwrap();
            write_all(dir.path(), language).unwrap();
            let text = std::fs::read_to_string(dir.path().join(".vscode/settings.json")).unwrap();
            let settings: serde_json::Value = serde_json::from_str(&text).unwrap();
            for schema in settings["yaml.schemas"].as_object().unwrap().keys() {
                assert!(dir.path().join(schema).is_file() && schema.ends_with(ending), "{schema}");
            }
            // The first line of each file says the same to other editors.
            for file in ["agency.yaml", "smm.yaml", "forms/smm-brief.yaml"] {
                let path = dir.path().join("workflows").join(file);
                let text = std::fs::read_to_string(&path).unwrap();
                let first = text.lines().next().unwrap_or_default();
                let schema = first.strip_prefix("# yaml-language-server: $schema=").unwrap();
                assert!(path.parent().unwrap().join(schema).is_file(), "{file}: {schema}");
                assert!(schema.ends_with(ending), "{file}: {schema}");
            }
        }
    }

    #[test]
    fn what_is_there_already_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("signoff.toml"), "# mine\n").unwrap();
        let (written, kept) = write_all(dir.path(), "en").unwrap();
        assert!(written.contains(&"workflows/smm.yaml".to_owned()));
        assert_eq!(kept, ["signoff.toml"]);
        assert_eq!(std::fs::read_to_string(dir.path().join("signoff.toml")).unwrap(), "# mine\n");
        assert!(write_all(dir.path(), "en").unwrap().0.is_empty());
    }
}
