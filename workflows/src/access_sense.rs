//! Accesses that are asked for or reminded of: some task has to wait for them, or nobody ever needs what comes.

use engine::domain::definition::Task;
use engine::domain::project::access::item_of;

use crate::problem::Notes;
use crate::yaml::{Content, Node};

/// Notes each access that a button asks for, or that a reminder is about, and that no task waits for.
pub(crate) fn check_accesses(notes: &mut Notes<'_>, nodes: &[&Node], tasks: &[&Task]) {
    let gates = tasks.iter().flat_map(|task| task.start_needs.iter().chain(&task.finish_needs));
    let needed: Vec<&str> = gates.filter_map(item_of).collect();
    for (list, key) in [("buttons", "ask_access"), ("remind", "access")] {
        for named in nodes.iter().flat_map(|node| values(node, list, key)) {
            if let Some(given) = named.word() {
                notes.find(named, "unknown-access", given, needed.iter().copied());
            }
        }
    }
}

/// What the items of a list say under a key.
fn values<'n>(node: &'n Node, list: &str, key: &str) -> Vec<&'n Node> {
    match node.value_of(list).map(|list| &list.content) {
        Some(Content::List(items)) => items.iter().filter_map(|item| item.value_of(key)).collect(),
        Some(Content::Scalar { .. } | Content::Map(_)) | None => Vec::new(),
    }
}
