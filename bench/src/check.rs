//! What `signoff check` takes for the files that come with the product: what ops wait for after each save.

use std::time::Instant;

use workflows::{Files, check};

use crate::figures::{Table, percentile};

/// So often everything is checked.
const TIMES: usize = 50;

/// Checks all shipped files again and again.
pub fn run(table: &mut Table) {
    let files = Files::embedded();
    let mut took = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let started = Instant::now();
        let checked = check(&files);
        took.push(started.elapsed());
        assert!(checked.catalogue.is_some(), "the shipped files are right");
    }
    took.sort_unstable();
    let what = "check of all shipped templates, p99";
    table.less(what, "no database", percentile(&took, 0.99), "ms", Some(100.0));
}
