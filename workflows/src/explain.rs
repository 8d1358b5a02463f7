//! The long story of each problem: what its code means, and a wrong and a right example.

use crate::explain_words::STORIES;
use crate::nearest::nearest;

/// What a code of `check` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Story {
    pub code: &'static str,
    pub english: &'static str,
    pub ukrainian: &'static str,
    pub wrong: &'static str,
    pub right: &'static str,
}

impl Story {
    /// The meaning in a language; in English if there are no words in it.
    pub fn meaning(&self, language: &str) -> &'static str {
        if language == "uk" { self.ukrainian } else { self.english }
    }
}

/// The story of a code.
pub fn story(code: &str) -> Option<&'static Story> {
    STORIES.iter().find(|story| story.code == code)
}

/// All codes, in the order of their names.
pub fn codes() -> impl Iterator<Item = &'static str> {
    STORIES.iter().map(|story| story.code)
}

/// The code that was probably meant.
pub fn nearest_code(given: &str) -> Option<&'static str> {
    nearest(given, codes())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// Codes that the source of this room gives: the first text in the calls that make problems.
    fn given() -> BTreeSet<String> {
        let mut codes = BTreeSet::from(["duplicate-task".to_owned(), "duplicate-name".to_owned()]);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                continue;
            }
            let text = std::fs::read_to_string(path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            for call in ["Trouble::error(", "Trouble::warning(", ".shape(", ".find(", ".find_part("] {
                for rest in text.split(call).skip(1) {
                    let found = rest.chars().take(60).collect::<String>();
                    let code = found.split('"').nth(1).unwrap_or_default();
                    let quoted = found.starts_with('"');
                    let is_code = quoted == call.starts_with("Trouble");
                    let named = code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
                    let of_find = call == ".find(" && !code.starts_with("unknown-");
                    if is_code && named && !code.is_empty() && !of_find {
                        codes.insert(code.to_owned());
                    }
                }
            }
        }
        codes
    }

    #[test]
    fn every_code_that_check_can_give_is_explained_and_no_other() {
        let explained: BTreeSet<String> = codes().map(str::to_owned).collect();
        assert_eq!(explained, given());
        assert!(explained.len() > 40, "{explained:?}");
    }

    #[test]
    fn a_story_has_words_and_examples_that_differ() {
        for story in STORIES {
            assert!(story.english.len() > 20 && story.ukrainian.len() > 20, "{}", story.code);
            assert!(!story.wrong.is_empty() && !story.right.is_empty(), "{}", story.code);
            assert_ne!(story.wrong, story.right, "{}", story.code);
        }
        let sorted: Vec<_> = codes().collect::<BTreeSet<_>>().into_iter().collect();
        assert_eq!(codes().collect::<Vec<_>>(), sorted, "in order, each once");
    }

    #[test]
    fn a_misspelt_code_finds_the_one_that_was_meant() {
        assert_eq!(nearest_code("unknow-role"), Some("unknown-role"));
        assert_eq!(story("duration").unwrap().meaning("uk"), story("duration").unwrap().ukrainian);
    }
}
