//! Which definition is meant by a version of a service: what is in force, or what was (PF-39).

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::app::TemplateVersion;
use engine::domain::definition::Definition;
use workflows::Files;

use crate::failure::Failure;
use crate::office::Office;

use super::project_move::short;

/// A set of files that was in force: the hash of each text, by its path.
type Set = BTreeMap<String, String>;

/// The version of a service that was asked for: `current`, the number that `template list` shows for its template, or
/// the beginning of its hash.
pub async fn version(to: &str, service: &str, office: &Office) -> Result<Arc<Definition>, Failure> {
    let current = office.catalogue.definition(service);
    if let Some(current) = current.as_ref().filter(|current| to == "current" || means(to, &current.hash)) {
        return Ok(Arc::clone(current));
    }
    if to == "current" {
        return Err(Failure::not_found(format!("there is no template for the service {service}"))
            .with_hint("signoff check"));
    }
    let versions = office.app.template_versions().await?;
    let sets = sets(&versions);
    let file = template(&sets, service, office).await?;
    let number = to.parse::<u32>().ok();
    let is_meant = |version: &&TemplateVersion| Some(version.version) == number && version.sha256.is_some();
    let numbered = versions.iter().filter(|version| Some(&version.path) == file.as_ref()).find(is_meant);
    let found = match numbered.and_then(|version| last_with(&sets, version)) {
        Some(set) => Some(as_it_was(set, service, office).await?),
        None => hashed(&sets, (to, service), office).await?,
    };
    found.ok_or_else(|| {
        let hint =
            current.map(|current| format!("; current is {}", short(&current.hash))).unwrap_or_default();
        let file = file.as_deref().unwrap_or(service);
        Failure::not_found(format!("there is no version {to} of {service}"))
            .with_hint(format!("signoff template list {file}{hint}"))
    })
}

fn means(to: &str, hash: &str) -> bool {
    to.len() >= 6 && hash.starts_with(to)
}

/// Every set that was in force, oldest first.
fn sets(versions: &[TemplateVersion]) -> Vec<Set> {
    let mut sets: Vec<Set> = Vec::new();
    for published in versions.chunk_by(|a, b| a.publication == b.publication) {
        let mut set = sets.last().cloned().unwrap_or_default();
        for version in published {
            match &version.sha256 {
                Some(sha256) => drop(set.insert(version.path.clone(), sha256.clone())),
                None => drop(set.remove(&version.path)),
            }
        }
        sets.push(set);
    }
    sets
}

/// The last set in which a file had a version: what that version meant to the projects that were opened with it.
fn last_with<'s>(sets: &'s [Set], version: &TemplateVersion) -> Option<&'s Set> {
    let from = usize::try_from(version.publication).ok()?.saturating_sub(1);
    let holds = |set: &&Set| set.get(&version.path) == version.sha256.as_ref();
    sets.get(from..)?.iter().take_while(holds).last()
}

/// The newest template that describes the service, today or ever.
async fn template(sets: &[Set], service: &str, office: &Office) -> Result<Option<String>, Failure> {
    if let Some(path) = office.templates.files.template_of(service) {
        return Ok(Some(path.to_owned()));
    }
    for set in sets.iter().rev() {
        if let Some(path) = texts(set, office).await?.template_of(service) {
            return Ok(Some(path.to_owned()));
        }
    }
    Ok(None)
}

async fn texts(set: &Set, office: &Office) -> Result<Files, Failure> {
    let mut files = Files::default();
    for (path, sha256) in set {
        let text = office.store().template_text(sha256).await?;
        let text = text.ok_or_else(|| Failure::failed(format!("the text of {path} is not kept any more")))?;
        files.put(path, &text);
    }
    Ok(files)
}

/// The newest set whose definition of the service has this hash.
async fn hashed(
    sets: &[Set],
    (to, service): (&str, &str),
    office: &Office,
) -> Result<Option<Arc<Definition>>, Failure> {
    for set in sets.iter().rev() {
        let files = texts(set, office).await?;
        let definition = workflows::check(&files).catalogue.and_then(|old| old.definition(service));
        if definition.is_some_and(|definition| means(to, &definition.hash)) {
            return as_it_was(set, service, office).await.map(Some);
        }
    }
    Ok(None)
}

/// The definition of a service in an old set, held against the messages of today: those are what will be said.
async fn as_it_was(set: &Set, service: &str, office: &Office) -> Result<Arc<Definition>, Failure> {
    let mut files = Files::default();
    let old = texts(set, office).await?;
    let Some(template) = old.template_of(service) else {
        return Err(
            Failure::not_found(format!("{service} had no template then")).with_hint("signoff template list")
        );
    };
    let is_part = |path: &str| path == template || path == "agency.yaml" || path.starts_with("forms/");
    for (path, text) in old.texts().filter(|(path, _)| is_part(path)) {
        files.put(path, text);
    }
    let today = office.templates.files.texts().filter(|(path, _)| path.starts_with("messages/"));
    for (path, text) in today {
        files.put(path, text);
    }
    let checked = workflows::check(&files);
    if let Some(first) = checked.problems.iter().find(|problem| problem.is_error()) {
        return Err(Failure::failed(format!("that version does not fit the messages of today: {first}"))
            .with_hint("signoff template list FILE shows the others"));
    }
    let definition = checked.catalogue.and_then(|catalogue| catalogue.definition(service));
    definition.ok_or_else(|| Failure::not_found(format!("{service} had no template then")))
}
