//! Reads a template: one service with its stages and tasks.

use engine::domain::definition::{CountedFrom, Definition, Form, NextRound, Repeats, Stage};

use crate::agency::check_version;
use crate::checks::{check_sense, check_texts};
use crate::format::{REPEATS, STAGE, TEMPLATE};
use crate::known::Known;
use crate::problem::Notes;
use crate::remind::{Defaults, read_defaults};
use crate::task::read_task;
use crate::unique::Unique;
use crate::values::PERIODS;
use crate::walk::Keys;
use crate::yaml::{self, Node};

pub(crate) const NEXT_ROUNDS: [(&str, NextRound); 3] = [
    ("when paid", NextRound::WhenPaid),
    ("automatically", NextRound::Automatically),
    ("when the pm says so", NextRound::WhenThePmSaysSo),
];

/// Reads a template; its hash is filled in by the catalogue.
pub(crate) fn read_template(
    notes: &mut Notes<'_>,
    known: &Known<'_>,
    defaults: &Defaults,
) -> Option<Definition> {
    let root = yaml::read(notes)?;
    let keys = notes.block(&root, "the template", &TEMPLATE)?;
    check_version(notes, &keys);
    let service = keys.get("service").and_then(|node| notes.id(node));
    let title = keys.get("title").and_then(|node| notes.text(node)).unwrap_or_default();
    let price = keys.get("price").and_then(|node| notes.price(node));
    let own = keys.get("defaults").and_then(|node| read_defaults(notes, known, node)).unwrap_or_default();
    let defaults = defaults.under(own);
    let stages =
        keys.get("stages").map(|node| read_stages(notes, known, &defaults, node)).unwrap_or_default();
    let repeats = keys.get("repeats").and_then(|node| read_repeats(notes, node, &stages));
    check_sense(notes, &keys, &stages, repeats.as_ref());
    check_texts(notes, &root, known.languages);
    let forms = used_forms(&stages, known);
    let languages = known.languages.to_vec();
    Some(Definition {
        service: service?,
        title,
        price,
        repeats,
        languages,
        accept_within: known.accept_within,
        rules: known.rules.clone(),
        stages,
        forms,
        hash: String::new(),
    })
}

fn read_stages(notes: &mut Notes<'_>, known: &Known<'_>, defaults: &Defaults, node: &Node) -> Vec<Stage> {
    let mut stages = Vec::new();
    let (mut unique, mut tasks) = (Unique::new("stages"), Unique::new("tasks"));
    for item in notes.list(node) {
        let Some((id, keys)) = notes.item(item, "stage", &STAGE) else { continue };
        unique.add(notes, &id, item, "stage");
        let mut stage = Stage {
            id,
            title: keys.get("title").and_then(|node| notes.text(node)).unwrap_or_default(),
            goal: keys.get("goal").and_then(|node| notes.text(node)),
            tasks: Vec::new(),
        };
        for item in keys.get("tasks").map(|node| notes.list(node)).unwrap_or_default() {
            if let Some(task) = read_task(notes, known, defaults, item) {
                tasks.add(notes, &task.id, item, "task");
                stage.tasks.push(task);
            }
        }
        stages.push(stage);
    }
    stages
}

fn read_repeats(notes: &mut Notes<'_>, node: &Node, stages: &[Stage]) -> Option<Repeats> {
    let keys = notes.block(node, "`repeats`", &REPEATS)?;
    let every = keys.get("every").and_then(|node| notes.choice(node, &PERIODS));
    let counted_from = keys
        .get("counted_from")
        .map_or(Some(CountedFrom::ProjectStart), |node| read_counted(notes, node, stages));
    let next_round =
        keys.get("next_round").map_or(Some(NextRound::WhenPaid), |node| notes.choice(node, &NEXT_ROUNDS));
    Some(Repeats { every: every?, counted_from: counted_from?, next_round: next_round? })
}

/// `project start`, `first day of month`, `task month_plan`, `button ad_launched`.
fn read_counted(notes: &mut Notes<'_>, node: &Node, stages: &[Stage]) -> Option<CountedFrom> {
    let given = notes.word(node)?;
    let tasks = || stages.iter().flat_map(|stage| &stage.tasks);
    match given.split_once(' ') {
        Some(("project", "start")) => Some(CountedFrom::ProjectStart),
        Some(("first", "day of month")) => Some(CountedFrom::FirstDayOfMonth),
        Some(("task", id)) => {
            let names = tasks().map(|task| task.id.as_str());
            notes.find_part(node, ("unknown-task", "task "), id, names).map(CountedFrom::Task)
        }
        Some(("button", id)) => {
            let names = tasks().flat_map(|task| &task.buttons).map(|button| button.id.as_str());
            notes.find_part(node, ("unknown-button", "button "), id, names).map(CountedFrom::Button)
        }
        Some(_) | None => {
            let wanted = "`project start`, `first day of month`, `task …` or `button …`";
            notes.shape(node, "not-a-choice", wanted, None);
            None
        }
    }
}

/// Forms that any task refers to, each once, in order of their names.
fn used_forms(stages: &[Stage], known: &Known<'_>) -> Vec<Form> {
    use engine::domain::definition::Gate;
    let mut names: Vec<&str> = Vec::new();
    for task in stages.iter().flat_map(|stage| &stage.tasks) {
        names.extend(task.buttons.iter().filter_map(|button| button.send_form.as_deref()));
        names.extend(task.remind.iter().filter_map(|reminder| reminder.form.as_deref()));
        for gate in task.start_needs.iter().chain(&task.finish_needs) {
            if let Gate::Form(form) = gate {
                names.push(form);
            }
        }
    }
    names.sort_unstable();
    names.dedup();
    names.into_iter().filter_map(|name| known.forms.get(name)).cloned().collect()
}

impl Notes<'_> {
    /// Like `find`, for a name that stands after a word: only the name is marked and replaced.
    fn find_part<'a>(
        &mut self,
        node: &Node,
        (code, before): (&'static str, &str),
        given: &str,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Option<String> {
        let names: Vec<&str> = names.into_iter().collect();
        if names.contains(&given) {
            return Some(given.to_owned());
        }
        let quoted = usize::from(node.plain().is_none());
        let start = (node.span.start + quoted + before.len()).min(node.span.end);
        let trouble = crate::trouble::Trouble::error(code).with("name", given).with("place", "this template");
        self.note(&(start..node.span.end - quoted), trouble.offer(given, names));
        None
    }
}

/// The keys of the template that checks of the whole need to point at.
pub(crate) fn point(keys: &Keys<'_>, path: &[&str]) -> crate::yaml::Span {
    let mut found = path.first().and_then(|key| keys.get(key));
    for key in path.iter().skip(1) {
        found = found.and_then(|node| node.value_of(key));
    }
    found.map_or_else(|| keys.point.clone(), Node::point)
}
