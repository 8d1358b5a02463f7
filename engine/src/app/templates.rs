//! Versions of templates, forms and messages: publishing a set, its history, and the last set that was in force.

use std::time::Duration;

use sha2::{Digest, Sha256};
use similar::TextDiff;

use super::{Along, Answer, App, AppError, Ask};
use crate::domain::agency::{AgencyCommand, AgencyEvent, Published};
use crate::domain::{Actor, StreamId, Timestamp};
use crate::store::change::{TemplateDiff, TemplateText};

/// A checked set of files on its way into force.
#[derive(Clone, Debug)]
pub struct Publish {
    /// Path and text of every file of the set.
    pub files: Vec<(String, String)>,
    pub how: Published,
    /// The file that was edited and the version that the edit began with; another version by now is refused.
    pub base: Option<(String, u32)>,
    pub by: Actor,
    pub at: Timestamp,
    pub command_id: String,
}

/// One version of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateVersion {
    pub path: String,
    /// From 1; of a file that was taken away, that of its last text.
    pub version: u32,
    /// Which publication it came with, from 1; files that were published together have the same.
    pub publication: u32,
    /// `None`: the file was taken away then.
    pub sha256: Option<String>,
    pub at: Timestamp,
    pub by: Actor,
    pub how: Published,
}

impl App {
    /// Puts a checked set in force, and keeps the texts of what is new or changed.
    pub async fn publish_templates(&self, publish: Publish) -> Result<Answer, AppError> {
        let agency = self.agency_state().await?;
        let (mut files, mut templates) = (Vec::new(), Vec::new());
        for (path, text) in publish.files {
            let sha256 = hex::encode(Sha256::digest(&text));
            let held = agency.templates.get(&path).and_then(|standing| standing.sha256.as_ref());
            if held != Some(&sha256) {
                let diff = self.diff_since(held, &text).await?;
                templates.push(TemplateText { sha256: sha256.clone(), text, diff });
            }
            files.push((path, sha256));
        }
        let command = AgencyCommand::PublishTemplates { files, how: publish.how, base: publish.base };
        let along = Along { templates, ..Along::default() };
        let Publish { by, at, command_id, .. } = publish;
        self.agency(Ask { command_id, at, by, command, along }).await
    }

    /// Every version of every file, oldest first.
    pub async fn template_versions(&self) -> Result<Vec<TemplateVersion>, AppError> {
        let mut versions: Vec<TemplateVersion> = Vec::new();
        let mut publication = 0;
        for stored in self.store().stream(StreamId::agency(), 0).await? {
            let fact = stored.fact::<AgencyEvent>()?;
            let AgencyEvent::TemplatesPublished { files, removed, how } = fact.event else { continue };
            publication += 1;
            let published = files.into_iter().map(|file| (file.path, Some((file.version, file.sha256))));
            for (path, text) in published.chain(removed.into_iter().map(|path| (path, None))) {
                let last = versions.iter().rev().find(|known| known.path == path);
                let last = last.map_or(0, |known| known.version);
                let (version, sha256) = text.map_or((last, None), |(version, sha)| (version, Some(sha)));
                let (at, by, how) = (fact.at, fact.by.clone(), how.clone());
                versions.push(TemplateVersion { path, version, publication, sha256, at, by, how });
            }
        }
        Ok(versions)
    }

    /// What changes with the next version of a file; nothing if it has no version before, or its text is lost.
    async fn diff_since(&self, held: Option<&String>, text: &str) -> Result<Option<TemplateDiff>, AppError> {
        let Some(before) = held else { return Ok(None) };
        let old = self.store().template_text(before).await?;
        let Some(old) = old else { return Ok(None) };
        let diff = compared(&old, text).await?;
        Ok(Some(TemplateDiff { before: before.clone(), diff }))
    }

    /// What changed from one text to the next: as it was stored, or else computed.
    pub async fn diff_of(&self, before: (&str, &str), after: (&str, &str)) -> Result<String, AppError> {
        let stored = self.store().template_diff(before.0, after.0).await?;
        match stored {
            Some(stored) => Ok(stored),
            None => compared(before.1, after.1).await,
        }
    }

    /// The set that is in force, path and text of each file; empty if none was ever published.
    pub async fn published_templates(&self) -> Result<Vec<(String, String)>, AppError> {
        let agency = self.agency_state().await?;
        let mut files = Vec::new();
        for (path, standing) in &agency.templates {
            let Some(sha256) = &standing.sha256 else { continue };
            let text = self.store().template_text(sha256).await?;
            let text =
                text.ok_or_else(|| AppError::Broken(format!("the published text of {path} is lost")))?;
            files.push((path.clone(), text));
        }
        Ok(files)
    }
}

/// So long the smallest difference is looked for; then a larger one does.
const COMPARES: Duration = Duration::from_secs(1);

/// The changed lines of a text with three lines around them, each marked with `+`, `-` or a blank. Long texts that have
/// little in common take their time: it is not taken from others.
async fn compared(before: &str, after: &str) -> Result<String, AppError> {
    let (before, after) = (before.to_owned(), after.to_owned());
    let work = move || {
        let diff = TextDiff::configure().timeout(COMPARES).diff_lines(&before, &after);
        diff.unified_diff().to_string()
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Broken(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn texts_with_nothing_in_common_are_compared_at_the_end_of_patience() {
        let text = |from: u32| {
            let lines: Vec<String> = (from..from + 60_000).map(|line| line.to_string()).collect();
            lines.join("\n") + "\n"
        };
        let (before, after) = (text(0), text(100_000));
        let diff = compared(&before, &after).await.unwrap();
        assert!(diff.contains("-59999\n") && diff.contains("+159999\n"));
        let hostile = "\n".repeat(200_000);
        assert!(compared(&before, &hostile).await.unwrap().contains("-59999\n"));
    }
}
