//! Putting a checked set of templates in force: what is new or changed gets its next version (RELIABILITY G21).

use crate::domain::Refusal;

use super::{Agency, AgencyEvent, Published, PublishedFile};

/// An edit of a version that is no longer the last one would undo what came between.
pub(super) fn follows(agency: &Agency, base: Option<&(String, u32)>) -> Result<(), Refusal> {
    let Some((path, base)) = base else { return Ok(()) };
    let version = agency.templates.get(path).map_or(0, |standing| standing.version);
    if version == *base {
        return Ok(());
    }
    Err(Refusal::TemplateMoved { path: path.clone(), version, base: *base })
}

/// What differs from the set in force; nothing if it is the same.
pub(super) fn decide(agency: &Agency, files: &[(String, String)], how: &Published) -> Vec<AgencyEvent> {
    let version = |path: &String| agency.templates.get(path).map_or(0, |standing| standing.version);
    let held = |path: &String| agency.templates.get(path).and_then(|standing| standing.sha256.as_ref());
    let changed = files.iter().filter(|(path, sha256)| held(path) != Some(sha256));
    let changed: Vec<PublishedFile> = changed
        .map(|(path, sha256)| PublishedFile {
            path: path.clone(),
            version: version(path) + 1,
            sha256: sha256.clone(),
        })
        .collect();
    let gone = |path: &&String| held(path).is_some() && !files.iter().any(|(kept, _)| kept == *path);
    let removed: Vec<String> = agency.templates.keys().filter(gone).cloned().collect();
    if changed.is_empty() && removed.is_empty() {
        return Vec::new();
    }
    vec![AgencyEvent::TemplatesPublished { files: changed, removed, how: how.clone() }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::agency::Standing;

    fn set(files: &[(&str, &str)]) -> Vec<(String, String)> {
        files.iter().map(|(path, sha256)| ((*path).to_owned(), (*sha256).to_owned())).collect()
    }

    fn agency(files: &[(&str, u32, Option<&str>)]) -> Agency {
        let standing =
            |version, sha256: Option<&str>| Standing { version, sha256: sha256.map(str::to_owned) };
        let templates =
            files.iter().map(|(path, version, sha)| ((*path).to_owned(), standing(*version, *sha)));
        Agency { templates: templates.collect(), ..Agency::default() }
    }

    fn published(agency: &Agency, files: &[(&str, &str)]) -> (Vec<(String, u32)>, Vec<String>) {
        let mut events = decide(agency, &set(files), &Published::FileEdit);
        let Some(AgencyEvent::TemplatesPublished { files, removed, .. }) = events.pop() else {
            return Default::default();
        };
        (files.into_iter().map(|file| (file.path, file.version)).collect(), removed)
    }

    #[test]
    fn only_what_is_new_or_changed_gets_another_version() {
        let agency = agency(&[("seo.yaml", 1, Some("a")), ("smm.yaml", 3, Some("b"))]);
        let (files, removed) = published(&agency, &[("ppc.yaml", "x"), ("seo.yaml", "a"), ("smm.yaml", "c")]);
        assert_eq!(files, [("ppc.yaml".to_owned(), 1), ("smm.yaml".to_owned(), 4)]);
        assert!(removed.is_empty());
    }

    #[test]
    fn an_edit_of_an_older_version_is_refused() {
        let agency = agency(&[("smm.yaml", 3, Some("b"))]);
        let base = |path: &str, version| follows(&agency, Some(&(path.to_owned(), version)));
        assert_eq!(base("smm.yaml", 3), Ok(()));
        assert_eq!(base("new.yaml", 0), Ok(()));
        let moved = Refusal::TemplateMoved { path: "smm.yaml".into(), version: 3, base: 2 };
        assert_eq!(base("smm.yaml", 2), Err(moved));
    }

    #[test]
    fn the_same_set_again_is_nothing() {
        let agency = agency(&[("smm.yaml", 3, Some("b"))]);
        assert!(decide(&agency, &set(&[("smm.yaml", "b")]), &Published::FileEdit).is_empty());
    }

    #[test]
    fn a_file_that_was_taken_away_goes_on_counting_when_it_comes_back() {
        let there = agency(&[("seo.yaml", 1, Some("a")), ("smm.yaml", 3, Some("b"))]);
        assert_eq!(published(&there, &[("smm.yaml", "b")]), (vec![], vec!["seo.yaml".to_owned()]));
        let gone = agency(&[("seo.yaml", 1, None), ("smm.yaml", 3, Some("b"))]);
        assert!(published(&gone, &[("smm.yaml", "b")]).1.is_empty(), "it is said once");
        let (files, _) = published(&gone, &[("seo.yaml", "a"), ("smm.yaml", "b")]);
        assert_eq!(files, [("seo.yaml".to_owned(), 2)]);
    }
}
