//! `check`: what is wrong in templates, forms and messages; needs nothing but the files.

use std::path::PathBuf;

use serde_json::json;
use workflows::{Checked, Files, Problem};

use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::office::{Setup, no_folder};
use crate::template_file::{Place, alone};

pub fn run(only: &[PathBuf], setup: &Setup, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let found = if only.is_empty() { vec![everything(setup)?] } else { folders(only, setup)? };
    let language = language(setup);
    let (mut problems, mut drawn) = (Vec::new(), Vec::new());
    for (checked, wanted) in found {
        let ours: Vec<Problem> =
            checked.problems.into_iter().filter(|problem| wanted.covers(problem)).collect();
        let ours: Vec<Problem> = ours.iter().map(|problem| problem.in_language(language)).collect();
        if ours.is_empty() {
            continue;
        }
        drawn.push(if console.draws() {
            workflows::draw(&ours, &wanted.files, language, console.colours())
        } else {
            ours.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        });
        problems.extend(ours);
    }
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    let warnings = problems.len() - errors;
    drawn.push(workflows::counted(errors, warnings, language));
    console.answer(
        &json!({ "errors": errors, "warnings": warnings, "problems": problems }),
        &drawn.join("\n\n"),
    );
    if errors == 0 { Ok(Exit::Done) } else { Err(Failure::Found) }
}

/// A number of things, in words.
pub fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// The language that was asked for, or that of the terminal, if problems have words in it.
pub fn language(setup: &Setup) -> &str {
    let of_terminal = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| setup.env.get(*name));
    let wanted = setup.lang.as_ref().or(of_terminal);
    if wanted.is_some_and(|language| language.starts_with("uk")) { "uk" } else { "en" }
}

/// Files that were read, and which of them are to be spoken of.
struct Wanted {
    files: Files,
    /// As they are shown; empty: all.
    only: Vec<String>,
}

impl Wanted {
    fn covers(&self, problem: &Problem) -> bool {
        self.only.is_empty() || self.only.contains(&problem.file)
    }
}

fn everything(setup: &Setup) -> Result<(Checked, Wanted), Failure> {
    let files = whole(setup)?;
    Ok((workflows::check(&files), Wanted { files, only: Vec::new() }))
}

/// The folder of the settings, or the files inside the program.
pub fn whole(setup: &Setup) -> Result<Files, Failure> {
    Ok(match &setup.settings.workflows_dir {
        Some(dir) if !dir.is_dir() => return Err(no_folder(dir)),
        Some(dir) => Files::read(dir),
        None => Files::embedded(),
    })
}

/// Each file is checked among those of its folder; one that lies alone among the shipped ones.
fn folders(only: &[PathBuf], setup: &Setup) -> Result<Vec<(Checked, Wanted)>, Failure> {
    let mut found: Vec<(PathBuf, Wanted)> = Vec::new();
    for file in only {
        let path = setup.cwd.join(file);
        let Some(place) = Place::of(&path) else {
            return Err(Failure::not_found(format!("{} is no file that can be checked", file.display())));
        };
        let has_agency = place.dir.join("agency.yaml").is_file();
        let key = if has_agency { place.dir.clone() } else { path.clone() };
        if !found.iter().any(|(known, _)| *known == key) {
            let files = if has_agency { Files::read(&place.dir) } else { alone(&path, &place)? };
            found.push((key.clone(), Wanted { files, only: Vec::new() }));
        }
        if let Some((_, wanted)) = found.iter_mut().find(|(known, _)| *known == key) {
            let shown = wanted.files.get(&place.name).map(|source| source.shown.clone());
            // A file that could not be read is shown by its path.
            wanted.only.push(shown.unwrap_or_else(|| path.display().to_string()));
        }
    }
    Ok(found.into_iter().map(|(_, wanted)| (workflows::check(&wanted.files), wanted)).collect())
}
