//! The files that come with the product are right, whole, and say what they should.

use workflows::{Catalogue, Files, check};

#[test]
fn every_shipped_file_is_without_an_error() {
    let checked = check(&Files::embedded());
    let errors: Vec<String> = checked.problems.iter().filter(|p| p.is_error()).map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn warn() {
    let c = Catalogue::embedded().unwrap_or_else(|p| panic!("{}", p.len()));
    for w in c.warnings() { eprintln!("{w}"); }
    for s in c.services() { eprintln!("{s} {:?}", c.definition(s).map(|d| (d.hash.clone(), d.tasks().count(), d.forms.len()))); }
    eprintln!("{:#?}", c.agency());
}
