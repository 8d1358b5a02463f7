//! `template`: the versions of templates, forms and messages that were in force, and the way back to one.

use engine::app::{Answer, Publish, TemplateVersion};
use engine::domain::Actor;
use engine::domain::agency::Published;
use serde_json::{Value as Json, json};
use similar::TextDiff;
use workflows::Files;

use crate::args::Template;
use crate::clock;
use crate::config_file::nearest;
use crate::console::Console;
use crate::failure::Failure;
use crate::office::Office;
use crate::server::shown_name;
use crate::table::table;
use crate::template_file::Written;

pub async fn run(command: Template, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let versions = office.app.template_versions().await?;
    match command {
        Template::List { file: None } => list(&versions, office, console).await,
        Template::List { file: Some(file) } => {
            let path = called(&versions, &file)?;
            history(&versions, &path, office, console).await
        }
        Template::Show { file, version } => show(&versions, (&file, version), office, console).await,
        Template::Diff { file, from, to } => diff(&versions, (&file, from, to), office, console).await,
        Template::Publish => publish(office, console).await,
        Template::Restore { file, number } => restore(&versions, (&file, number), office, console).await,
    }
}

/// Every file with its version in force, and whether the folder holds something else by now.
async fn list(
    versions: &[TemplateVersion],
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let mut paths: Vec<&str> = versions.iter().map(|version| version.path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    let (mut files, mut rows) = (Vec::new(), Vec::new());
    for path in paths {
        let Some(last) = versions.iter().rfind(|version| version.path == path) else { continue };
        let state = state(last, office).await?;
        let by = by_whom(last, office).await?;
        files.push(as_json(last, Some(state)));
        rows.push(vec![
            path.to_owned(),
            last.version.to_string(),
            office.local(last.at),
            by,
            state.replace('_', " "),
        ]);
    }
    let text = if rows.is_empty() {
        "nothing was published yet; `signoff serve` or `signoff template publish` does it".to_owned()
    } else {
        table(console.draws(), &["file", "version", "since", "by", "state"], &rows)
    };
    console.answer(&json!({ "files": files }), &text);
    Ok(())
}

/// How the folder stands to what is in force.
async fn state(last: &TemplateVersion, office: &Office) -> Result<&'static str, Failure> {
    let Some(sha256) = &last.sha256 else { return Ok("removed") };
    let held = office.store().template_text(sha256).await?;
    let there = office.templates.folder.get(&last.path).map(|source| &source.text);
    Ok(if held.as_ref() == there { "in_force" } else { "edited_since" })
}

async fn history(
    versions: &[TemplateVersion],
    path: &str,
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let (mut all, mut rows) = (Vec::new(), Vec::new());
    let mut before = String::new();
    for version in versions.iter().filter(|version| version.path == path) {
        let text = text_of(version, office).await?;
        let (more, less) = changed(&before, &text);
        let mut line = as_json(version, None);
        line["lines_added"] = json!(more);
        line["lines_removed"] = json!(less);
        all.push(line);
        let number =
            if version.sha256.is_some() { version.version.to_string() } else { "removed".to_owned() };
        let lines = format!("+{more} -{less}");
        rows.push(vec![number, office.local(version.at), by_whom(version, office).await?, lines]);
        before = text;
    }
    let text = table(console.draws(), &["version", "since", "by", "lines"], &rows);
    console.answer(&json!({ "file": path, "versions": all }), &text);
    Ok(())
}

fn changed(before: &str, after: &str) -> (usize, usize) {
    let diff = TextDiff::from_lines(before, after);
    let count = |tag| diff.iter_all_changes().filter(|change| change.tag() == tag).count();
    (count(similar::ChangeTag::Insert), count(similar::ChangeTag::Delete))
}

async fn show(
    versions: &[TemplateVersion],
    (file, number): (&str, Option<u32>),
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let path = called(versions, file)?;
    let version = numbered(versions, &path, number)?;
    let text = text_of(version, office).await?;
    let mut json = as_json(version, None);
    json["text"] = json!(text);
    console.answer(&json, &text);
    Ok(())
}

/// Between two versions; without numbers the last two, with one of them that and the last.
async fn diff(
    versions: &[TemplateVersion],
    (file, from, to): (&str, Option<u32>, Option<u32>),
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let path = called(versions, file)?;
    let to = numbered(versions, &path, to)?;
    let after = text_of(to, office).await?;
    let from = from.unwrap_or(to.version.saturating_sub(1));
    let before = match from {
        0 => String::new(),
        number => text_of(numbered(versions, &path, Some(number))?, office).await?,
    };
    let names = (format!("{path} (version {from})"), format!("{path} (version {})", to.version));
    let (old, new) = (sha_of(versions, &path, from), to.sha256.as_deref().unwrap_or_default());
    let changed = office.app.diff_of((old, &before), (new, &after)).await?;
    let text =
        if changed.is_empty() { changed } else { format!("--- {}\n+++ {}\n{changed}", names.0, names.1) };
    console.answer(&json!({ "file": path, "from": from, "to": to.version, "diff": text }), &text);
    Ok(())
}

/// The hash of a version's text; none for the version before the first.
fn sha_of<'v>(versions: &'v [TemplateVersion], path: &str, number: u32) -> &'v str {
    let of_file = versions.iter().filter(|version| version.path == path && version.version == number);
    let mut hashes = of_file.filter_map(|version| version.sha256.as_deref());
    hashes.next().unwrap_or_default()
}

/// Puts the folder on record as it is.
async fn publish(office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let templates = &office.templates;
    if let Some(first) = templates.broken.iter().find(|problem| problem.is_error()) {
        return Err(
            Failure::failed(format!("the templates cannot be used: {first}")).with_hint("signoff check")
        );
    }
    let changed = put_in_force(&templates.files, Published::FileEdit, office).await?;
    let text = if changed { "the templates are in force and on record" } else { "nothing has changed" };
    console.answer(&json!({ "changed": changed }), text);
    Ok(())
}

/// Answers whether anything changed.
async fn put_in_force(files: &Files, how: Published, office: &Office) -> Result<bool, Failure> {
    let publish = Publish {
        files: files.texts().map(|(path, text)| (path.to_owned(), text.to_owned())).collect(),
        how,
        base: None,
        by: office.by.clone(),
        at: clock::now(),
        command_id: office.command_id().to_owned(),
    };
    match office.app.publish_templates(publish).await? {
        Answer::Refused(refusal) => Err(office.refused(refusal, None).await),
        Answer::Done { .. } => Ok(true),
        Answer::AlreadySo => Ok(false),
    }
}

/// Writes the text of an earlier version back, as the next one; nothing that happened is changed.
async fn restore(
    versions: &[TemplateVersion],
    (file, number): (&str, u32),
    office: &Office,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let Some(dir) = &office.settings.workflows_dir else {
        return Err(Failure::usage("the templates inside the program cannot be changed")
            .with_hint("signoff init FOLDER writes some that can; then set workflows.dir"));
    };
    let path = called(versions, file)?;
    let version = numbered(versions, &path, Some(number))?;
    let text = text_of(version, office).await?;
    let mut files = office.templates.folder.clone();
    files.put(&path, &text);
    fits(&files, (&path, number))?;
    put_in_force(&files, Published::Restore { path: path.clone(), version: number }, office).await?;
    let target = dir.join(&path);
    Written::beside(&target, &text).and_then(Written::take_its_place).map_err(|error| {
        Failure::failed(format!("{} cannot be written: {error}", target.display()))
            .with_hint("the folder must be writable for whoever runs this")
    })?;
    let now = office.app.agency_state().await?.templates.get(&path).map_or(0, |standing| standing.version);
    console.answer(
        &json!({ "file": path, "restored": number, "version": now }),
        &format!("{path}: version {now} is version {number} again; running projects keep theirs"),
    );
    Ok(())
}

/// An old text may no longer fit the files of today: then nothing is written.
fn fits(files: &Files, (path, number): (&str, u32)) -> Result<(), Failure> {
    let problems = workflows::check(files).problems;
    let Some(first) = problems.iter().find(|problem| problem.is_error()) else { return Ok(()) };
    Err(Failure::failed(format!("with version {number} of {path} the templates cannot be used: {first}"))
        .with_hint(format!("signoff template show {path} --version {number}")))
}

async fn text_of(version: &TemplateVersion, office: &Office) -> Result<String, Failure> {
    let Some(sha256) = &version.sha256 else { return Ok(String::new()) };
    let text = office.store().template_text(sha256).await?;
    text.ok_or_else(|| Failure::failed(format!("the text of {} is not kept any more", version.path)))
}

async fn by_whom(version: &TemplateVersion, office: &Office) -> Result<String, Failure> {
    let restored = match &version.how {
        Published::FileEdit if version.by == Actor::Operator => return Ok("file edit".to_owned()),
        Published::FileEdit => String::new(),
        Published::Edit { why, .. } if why.is_empty() => String::new(),
        Published::Edit { why, .. } => format!(": {why}"),
        Published::Restore { path, version: number } if *path == version.path => {
            format!(", from version {number}")
        }
        Published::Restore { path, version: number } => format!(", with {path} from version {number}"),
    };
    let who = match &version.by {
        Actor::Person(person) => {
            let names = office.store().names(std::slice::from_ref(person)).await?;
            shown_name(&names, person)
        }
        Actor::Operator | Actor::Timer | Actor::Telegram | Actor::LinkHolder => "operator".to_owned(),
    };
    Ok(who + &restored)
}

fn as_json(version: &TemplateVersion, state: Option<&str>) -> Json {
    let mut json = json!({
        "file": version.path,
        "version": version.version,
        "sha256": version.sha256,
        "at": version.at,
        "by": version.by,
        "how": version.how,
    });
    if let Some(state) = state {
        json["state"] = json!(state);
    }
    json
}

fn numbered<'v>(
    versions: &'v [TemplateVersion],
    path: &str,
    number: Option<u32>,
) -> Result<&'v TemplateVersion, Failure> {
    let mut of_file =
        versions.iter().rev().filter(|version| version.path == path && version.sha256.is_some());
    let found = of_file.find(|version| number.is_none_or(|number| version.version == number));
    found.ok_or_else(|| {
        let number = number.unwrap_or(0);
        Failure::not_found(format!("there is no version {number} of {path}"))
            .with_hint(format!("signoff template list {path}"))
    })
}

/// The file that was typed: `smm`, `smm.yaml`, `workflows/smm.yaml`, `smm-brief`, `messages/uk.ftl`.
fn called(versions: &[TemplateVersion], typed: &str) -> Result<String, Failure> {
    let paths = || versions.iter().map(|version| version.path.as_str());
    let fits = |path: &&str| {
        let within = |whole: &str, part: &str| {
            whole == part || whole.strip_suffix(part).is_some_and(|rest| rest.ends_with('/'))
        };
        let plain = path.rsplit_once('.').map_or(*path, |(plain, _)| plain);
        within(typed, path) || within(path, typed) || within(plain, typed)
    };
    if let Some(found) = paths().find(|path| *path == typed).or_else(|| paths().find(fits)) {
        return Ok(found.to_owned());
    }
    let failure = Failure::not_found(format!("no file {typed} was ever in force"));
    Err(match nearest(typed, paths()) {
        Some(near) => failure.with_hint(format!("did you mean {near}?")),
        None => failure.with_hint("signoff template list"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_by_what_people_call_it() {
        let version = |path: &str| TemplateVersion {
            path: path.to_owned(),
            version: 1,
            publication: 1,
            sha256: Some("a".to_owned()),
            at: clock::now(),
            by: Actor::Operator,
            how: Published::FileEdit,
        };
        let versions = [version("forms/smm-brief.yaml"), version("messages/uk.ftl"), version("smm.yaml")];
        let found = |typed: &str| called(&versions, typed).unwrap();
        for typed in ["smm", "smm.yaml", "workflows/smm.yaml", "/home/a/workflows/smm.yaml"] {
            assert_eq!(found(typed), "smm.yaml");
        }
        assert_eq!(found("smm-brief"), "forms/smm-brief.yaml");
        assert_eq!(found("uk.ftl"), "messages/uk.ftl");
        assert!(called(&versions, "mm.yaml").is_err());
    }
}
