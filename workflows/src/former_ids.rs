//! Ids that something had before: running projects follow them, so they must not lead to two things.

use crate::problem::Notes;
use crate::trouble::Trouble;
use crate::yaml::{Content, Node};

/// Within one list an id of `was` must not be that of another item of today; `what` is the key of the ids.
pub(crate) fn check_former_ids(notes: &mut Notes<'_>, items: &[&Node], what: &str) {
    let ids: Vec<&str> = items.iter().filter_map(|item| item.id_of(what)).collect();
    for item in items {
        let Some((key, value)) = item.pair_of("was") else { continue };
        let Content::List(former) = &value.content else { continue };
        for was in former {
            let Some(name) = was.word().filter(|name| ids.contains(name)) else { continue };
            let repair = if former.len() == 1 { notes.source.without(&key.span, &value.span) } else { None };
            let trouble = Trouble::error("id-in-use").with("name", name);
            let trouble = trouble.with("task", item.id_of(what).unwrap_or_default());
            let trouble = if what == "task" { trouble } else { trouble.words("id-in-use-beside") };
            notes.note(&was.span, trouble.maybe_repair(repair));
        }
    }
}

/// The same for the fields and buttons of a task.
pub(crate) fn check_former_ids_within(notes: &mut Notes<'_>, task: &Node) {
    for (list, what) in [("result", "field"), ("buttons", "button")] {
        if let Some(Content::List(items)) = task.value_of(list).map(|node| &node.content) {
            check_former_ids(notes, &items.iter().collect::<Vec<_>>(), what);
        }
    }
}
