//! Finds ids that are given twice.

use std::collections::HashMap;

use crate::problem::Notes;
use crate::trouble::Trouble;
use crate::yaml::Node;

/// Ids of one kind of thing, and where each was first seen.
pub(crate) struct Unique {
    what: &'static str,
    seen: HashMap<String, usize>,
}

impl Unique {
    pub fn new(what: &'static str) -> Self {
        Self { what, seen: HashMap::new() }
    }

    /// Notes `id` if it was added before; `key` is what the item calls its id.
    pub fn add(&mut self, notes: &mut Notes<'_>, id: &str, item: &Node, key: &str) {
        let span = item.value_of(key).map_or_else(|| item.point(), |node| node.span.clone());
        if id.is_empty() {
            return;
        }
        if let Some(first) = self.seen.get(id) {
            let line = notes.line(*first);
            let code = if self.what == "tasks" { "duplicate-task" } else { "duplicate-name" };
            let trouble = Trouble::error(code).with("what", self.what).with("name", id).with("line", line);
            let free = (2..100).map(|number| format!("{id}_{number}"));
            let free = free.into_iter().find(|free| !self.seen.contains_key(free));
            notes.note(&span, trouble.maybe_repair(free.map(|free| (span.clone(), free))));
        } else {
            self.seen.insert(id.to_owned(), span.start);
        }
    }
}
