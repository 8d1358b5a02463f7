//! Checks of the order of tasks: `after:` leads somewhere and never in a circle; `approved:` can come true.

use std::collections::BTreeMap;

use engine::domain::definition::{Approval, Task};

use crate::problem::Notes;
use crate::trouble::Trouble;
use crate::yaml::{Content, Node};

/// Notes every task that `after:`, `inputs:` or `approved:` names and the template does not have.
pub(crate) fn check_names(notes: &mut Notes<'_>, node: &Node, tasks: &[&Task]) {
    let names = || tasks.iter().map(|task| task.id.as_str());
    for item in items(node, "after") {
        if let Some(given) = item.word() {
            notes.find(item, "unknown-task", given, names());
        }
    }
    for item in items(node, "inputs") {
        if let Some(given) = item.word() {
            notes.find(item, "unknown-task", given, names());
        }
    }
    for list in ["start_needs", "finish_needs"] {
        for item in items(node, list).iter().filter_map(|gate| gate.value_of("approved")) {
            if let Some(given) = item.word() {
                notes.find(item, "unknown-task", given, names());
            }
        }
    }
}

/// Notes the tasks that would wait for themselves; each circle once, at the task that the file names first.
pub(crate) fn check_order(notes: &mut Notes<'_>, nodes: &[&Node], tasks: &[&Task]) {
    let before = before(tasks);
    let mut told: Vec<&str> = Vec::new();
    let named = nodes.iter().zip(tasks).filter(|(_, task)| task.after.is_some());
    for (node, task) in named {
        let Some(circle) = circle(&before, &task.id) else { continue };
        if circle.iter().any(|id| told.contains(id)) {
            continue;
        }
        let way = circle.iter().chain([&circle[0]]).copied().collect::<Vec<_>>().join(" → ");
        let trouble = Trouble::error("circle").with("task", &task.id).with("way", way);
        let Some((key, value)) = pair(node, "after") else { continue };
        let repair = notes.source.without(&key.span, &value.span);
        notes.note(&value.point(), trouble.maybe_repair(repair));
        told.extend(circle);
    }
}

/// Why the client will never have approved `of` when `task` asks for it.
pub(crate) fn approval_never_comes(tasks: &[&Task], task: &Task, of: &str) -> Option<String> {
    let found = tasks.iter().find(|found| found.id == of)?;
    if found.approval == Approval::None {
        return Some(format!("the client is not asked to approve `{of}`"));
    }
    let waits = of == task.id || reaches(&before(tasks), of, &task.id);
    waits.then(|| format!("`{of}` itself waits for `{}`", task.id))
}

/// The tasks right before each one.
fn before<'t>(tasks: &[&'t Task]) -> BTreeMap<&'t str, Vec<&'t str>> {
    let mut found = BTreeMap::new();
    let mut last: Option<&str> = None;
    for task in tasks {
        let names = match &task.after {
            Some(names) => names.iter().map(String::as_str).collect(),
            None => last.into_iter().collect(),
        };
        found.entry(task.id.as_str()).or_insert(names);
        last = Some(&task.id);
    }
    found
}

/// The way from a task over those before it back to itself.
fn circle<'t>(before: &BTreeMap<&'t str, Vec<&'t str>>, id: &'t str) -> Option<Vec<&'t str>> {
    let mut ways: Vec<Vec<&str>> = vec![vec![id]];
    let mut seen: Vec<&str> = Vec::new();
    while let Some(way) = ways.pop() {
        for next in way.last().and_then(|last| before.get(last)).into_iter().flatten() {
            if *next == id {
                return Some(way.into_iter().rev().collect());
            }
            if !seen.contains(next) {
                seen.push(next);
                ways.push([way.as_slice(), &[next]].concat());
            }
        }
    }
    None
}

/// Whether `later` has to wait for `earlier`.
fn reaches(before: &BTreeMap<&str, Vec<&str>>, later: &str, earlier: &str) -> bool {
    let mut open: Vec<&str> = vec![later];
    let mut seen: Vec<&str> = Vec::new();
    while let Some(one) = open.pop() {
        if one == earlier {
            return true;
        }
        if !seen.contains(&one) {
            seen.push(one);
            open.extend(before.get(one).into_iter().flatten());
        }
    }
    false
}

fn pair<'n>(node: &'n Node, name: &str) -> Option<&'n (Node, Node)> {
    let Content::Map(pairs) = &node.content else { return None };
    pairs.iter().find(|(key, _)| key.word() == Some(name))
}

fn items<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    match node.value_of(key).map(|node| &node.content) {
        Some(Content::List(items)) => items,
        Some(Content::Scalar { .. } | Content::Map(_)) | None => &[],
    }
}
