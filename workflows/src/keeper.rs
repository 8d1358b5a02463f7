//! Keeper: looks at a folder of templates again and again, and judges each state of it once, when it has settled.

use std::path::{Path, PathBuf};

use crate::catalogue::{Catalogue, Checked, check};
use crate::files::Files;
use crate::problem::Problem;

/// Watches one folder; all of its files count as one set.
#[derive(Clone, Debug)]
pub struct Keeper {
    dir: PathBuf,
    /// What the last look saw.
    seen: String,
    /// What was judged last.
    judged: String,
}

/// What a look at the folder showed.
pub enum Look {
    /// It is as it was judged.
    Same,
    /// It is changing: several files are saved one after another, or one is half written. Look again soon.
    Settling,
    /// It may be used: all files, and what they make.
    Good(Files, Box<Catalogue>),
    /// It cannot be used.
    Broken(Files, Vec<Problem>),
}

impl Keeper {
    /// Watches `dir`, whose files were judged as they are in `judged`.
    pub fn new(dir: &Path, judged: &Files) -> Self {
        let judged = judged.fingerprint();
        Self { dir: dir.to_owned(), seen: judged.clone(), judged }
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Looks once; a change is judged when two looks after one another have seen the same.
    pub fn look(&mut self) -> Look {
        let files = Files::read(&self.dir);
        let now = files.fingerprint();
        if now == self.judged {
            self.seen = now;
            return Look::Same;
        }
        if now != self.seen {
            self.seen = now;
            return Look::Settling;
        }
        self.judged = now;
        let Checked { problems, catalogue } = check(&files);
        match catalogue {
            Some(catalogue) => Look::Good(files, Box::new(catalogue)),
            None => Look::Broken(files, problems),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::write_out;

    fn folder() -> (tempfile::TempDir, Keeper) {
        let dir = tempfile::tempdir().unwrap();
        write_out(dir.path(), "en").unwrap();
        let keeper = Keeper::new(dir.path(), &Files::read(dir.path()));
        (dir, keeper)
    }

    fn edit(dir: &Path, file: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(dir.join(file)).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        std::fs::write(dir.join(file), text.replacen(from, to, 1)).unwrap();
    }

    #[test]
    fn a_folder_that_nobody_touches_is_the_same() {
        let (_dir, mut keeper) = folder();
        assert!(matches!(keeper.look(), Look::Same));
    }

    #[test]
    fn an_edit_is_judged_when_it_has_settled_and_then_only_once() {
        let (dir, mut keeper) = folder();
        edit(dir.path(), "smm.yaml", "hours: 18", "hours: 12");
        assert!(matches!(keeper.look(), Look::Settling));
        edit(dir.path(), "seo.yaml", "signoff: 1", "signoff: 1 # mine");
        assert!(matches!(keeper.look(), Look::Settling), "another file is being saved");
        assert!(matches!(keeper.look(), Look::Good(..)));
        assert!(matches!(keeper.look(), Look::Same));
    }

    #[test]
    fn one_broken_file_makes_the_whole_set_unusable_until_it_is_mended() {
        let (dir, mut keeper) = folder();
        edit(dir.path(), "smm.yaml", "hours: 18", "huors: 18");
        edit(dir.path(), "seo.yaml", "signoff: 1", "signoff: 1 # mine");
        keeper.look();
        let Look::Broken(files, problems) = keeper.look() else { panic!("it is broken") };
        let first = &problems[0];
        assert_eq!((files.path_of(&first.file), first.code), ("smm.yaml", "unknown-key"));
        assert!(matches!(keeper.look(), Look::Same), "it is told once");
        edit(dir.path(), "smm.yaml", "huors: 18", "hours: 18");
        keeper.look();
        assert!(matches!(keeper.look(), Look::Good(..)));
    }

    #[test]
    fn a_file_that_cannot_be_read_does_not_keep_the_others_from_being_checked() {
        let (dir, mut keeper) = folder();
        std::fs::write(dir.path().join("ppc.yaml"), [0xff, 0xfe, 0x00]).unwrap();
        edit(dir.path(), "smm.yaml", "hours: 18", "huors: 18");
        keeper.look();
        let Look::Broken(files, problems) = keeper.look() else { panic!("it is broken") };
        let found: Vec<_> =
            problems.iter().map(|problem| (files.path_of(&problem.file), problem.code)).collect();
        assert_eq!(found, [("ppc.yaml", "file"), ("smm.yaml", "unknown-key")]);
    }
}
