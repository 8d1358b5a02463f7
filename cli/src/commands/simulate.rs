//! `simulate`: what a template would do, with the real engine on a clock of its own; nothing is sent.

use std::path::Path;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use engine::domain::definition::Definition;
use workflows::{Catalogue, Files};

use super::check::{counted, language};
use crate::args::{Manner, Simulate};
use crate::clock;
use crate::config_file::nearest;
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::office::{Setup, no_folder};
use crate::template_file::{Place, alone};

/// Years that a calendar may be about.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

pub async fn run(wanted: &Simulate, setup: &Setup, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let (catalogue, definition) = template(&wanted.file, setup, console)?;
    let zone = catalogue.agency().calendar.zone;
    let today = clock::now().with_timezone(&zone).date_naive();
    let start = sensible(wanted.start.unwrap_or(today))?;
    let until = wanted.until.map(sensible).transpose()?;
    if until.is_some_and(|until| until < start) {
        return Err(Failure::usage("--until is before --start"));
    }
    let first = catalogue.languages().first().cloned().unwrap_or_else(|| "en".to_owned());
    let wish = simulate::Wish {
        catalogue: Arc::new(catalogue),
        definition,
        manner: manner(wanted.client),
        start,
        until,
        periods: wanted.periods,
        language: setup.lang.clone().unwrap_or(first),
        public_url: setup.settings.public_url.clone(),
    };
    let report = simulate::simulate(&wish)
        .await
        .map_err(|error| Failure::failed(error.to_string()).with_hint("signoff check"))?;
    console.answer(&report.json(), &simulate::page(&report, wanted.full));
    Ok(Exit::Done)
}

/// The template in a file, or of a service; without a server, a database or a network.
fn template(
    file: &Path,
    setup: &Setup,
    console: &mut Console<'_>,
) -> Result<(Catalogue, Arc<Definition>), Failure> {
    let path = setup.cwd.join(file);
    let Some(place) = Place::of(&path).or_else(|| beside(file, setup)) else {
        return by_name(file, setup, console);
    };
    let path = place.dir.join(&place.name);
    let files =
        if place.dir.join("agency.yaml").is_file() { Files::read(&place.dir) } else { alone(&path, &place)? };
    let text = files.get(&place.name).map(|source| source.text.clone()).unwrap_or_default();
    let catalogue = checked(&files, setup, console)?;
    let service = service_in(&text);
    let found = service.and_then(|service| catalogue.definition(service));
    let definition = found.ok_or_else(|| {
        Failure::not_found(format!("{} describes no service on offer", file.display()))
            .with_hint(format!("services: {}", names(&catalogue)))
    })?;
    Ok((catalogue, definition))
}

/// The file of a service that was named, broken or not.
fn beside(name: &Path, setup: &Setup) -> Option<Place> {
    let folder = setup.settings.workflows_dir.as_ref()?;
    Place::of(&folder.join(format!("{}.yaml", name.display())))
}

fn by_name(
    name: &Path,
    setup: &Setup,
    console: &mut Console<'_>,
) -> Result<(Catalogue, Arc<Definition>), Failure> {
    let files = match &setup.settings.workflows_dir {
        Some(dir) if !dir.is_dir() => return Err(no_folder(dir)),
        Some(dir) => Files::read(dir),
        None => Files::embedded(),
    };
    // One broken template does not stand in the way of another.
    let catalogue = match files.clone().usable() {
        Ok((_, catalogue)) => catalogue,
        Err(_) => checked(&files, setup, console)?,
    };
    let typed = name.to_string_lossy();
    if let Some(definition) = catalogue.definition(&typed) {
        return Ok((catalogue, definition));
    }
    let hint = match nearest(&typed, catalogue.services()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("services: {}", names(&catalogue)),
    };
    Err(Failure::not_found(format!("there is no file and no service {typed}")).with_hint(hint))
}

fn names(catalogue: &Catalogue) -> String {
    catalogue.services().collect::<Vec<_>>().join(", ")
}

/// The catalogue of these files; what is wrong with them is shown as `check` shows it.
fn checked(files: &Files, setup: &Setup, console: &mut Console<'_>) -> Result<Catalogue, Failure> {
    let found = workflows::check(files);
    let errors: Vec<_> = found.problems.into_iter().filter(workflows::Problem::is_error).collect();
    if let Some(catalogue) = found.catalogue {
        return Ok(catalogue);
    }
    let drawn = workflows::draw(&errors, files, language(setup), console.colours());
    let json = serde_json::json!({ "errors": errors.len(), "problems": errors });
    console.answer(&json, &format!("{drawn}\n\n{}; mend them first", counted(errors.len(), "error")));
    Err(Failure::Found)
}

/// The value of the `service:` line; the file was checked before.
fn service_in(text: &str) -> Option<&str> {
    let line = text.lines().find_map(|line| line.strip_prefix("service:"))?;
    let value = line.split('#').next().unwrap_or_default();
    Some(value.trim().trim_matches(['"', '\'']))
}

fn sensible(day: NaiveDate) -> Result<NaiveDate, Failure> {
    if YEARS.contains(&day.year()) {
        return Ok(day);
    }
    Err(Failure::usage(format!("{day} is no day of this century")))
}

fn manner(typed: Manner) -> simulate::Manner {
    match typed {
        Manner::Ideal => simulate::Manner::Ideal,
        Manner::Typical => simulate::Manner::Typical,
        Manner::Silent => simulate::Manner::Silent,
    }
}
