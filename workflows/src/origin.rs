//! Origin: what a task ends up with, and where each value comes from: the task, the template, the agency, built in.

use engine::domain::definition::{Approval, Kind, Months, Task};

use crate::catalogue::check;
use crate::files::{Files, Source};
use crate::format::{DEFAULTS, TASK};
use crate::problem::Notes;
use crate::remind::APPROVALS;
use crate::task::{KINDS, MONTHS};
use crate::yaml::{self, Content, Node};

/// Longer values are cut; the line says where to read on.
const LONGEST: usize = 72;

/// One value of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Such as `approval` or `remind: approval not given`.
    pub key: String,
    pub value: String,
    pub from: Whence,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whence {
    /// The task says it: file and line.
    Task(String, usize),
    /// The `defaults` of the template say it.
    Template(String, usize),
    /// The `defaults` of agency.yaml say it.
    Agency(String, usize),
    /// Nobody says it, so it is so.
    BuiltIn,
}

/// Why nothing can be explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unexplained {
    /// There is no such file.
    NoFile,
    /// The files have errors; `check` tells them.
    Broken,
    /// The template has no such task; these it has.
    NoTask(Vec<String>),
}

/// Every value of a task of the template at `path` (within the folder), in the order of the reference.
pub fn origins(files: &Files, path: &str, task: &str) -> Result<Vec<Origin>, Unexplained> {
    let source = files.get(path).ok_or(Unexplained::NoFile)?;
    let catalogue = check(files).catalogue.ok_or(Unexplained::Broken)?;
    let root = yaml::read(&mut Notes::new(source)).ok_or(Unexplained::Broken)?;
    let nodes = tasks(&root);
    let Some(node) = nodes.iter().find(|node| node.id_of("task") == Some(task)) else {
        let ids = nodes.iter().filter_map(|node| node.id_of("task")).map(str::to_owned);
        return Err(Unexplained::NoTask(ids.collect()));
    };
    let service = root.id_of("service").unwrap_or_default();
    let definition = catalogue.definition(service);
    let plan = definition.iter().flat_map(|definition| definition.tasks()).find(|plan| plan.id == task);
    let agency = files.get("agency.yaml").ok_or(Unexplained::Broken)?;
    let agency_root = yaml::read(&mut Notes::new(agency)).ok_or(Unexplained::Broken)?;
    let levels = Levels {
        task: (source, node),
        template: root.value_of("defaults").map(|node| (source, node)),
        agency: agency_root.value_of("defaults").map(|node| (agency, node)),
    };
    let keys = TASK.names().filter(|key| *key != "task");
    Ok(keys.flat_map(|key| levels.of(key, plan)).collect())
}

/// The nodes of all tasks of a template, in their order.
fn tasks(root: &Node) -> Vec<&Node> {
    let stages = items(root.value_of("stages"));
    stages.iter().flat_map(|stage| items(stage.value_of("tasks"))).collect()
}

fn items(node: Option<&Node>) -> &[Node] {
    match node.map(|node| &node.content) {
        Some(Content::List(items)) => items,
        Some(Content::Scalar { .. } | Content::Map(_)) | None => &[],
    }
}

/// The three places that can say something, the nearest first.
struct Levels<'f> {
    task: (&'f Source, &'f Node),
    template: Option<(&'f Source, &'f Node)>,
    agency: Option<(&'f Source, &'f Node)>,
}

impl Levels<'_> {
    fn of(&self, key: &str, plan: Option<&Task>) -> Vec<Origin> {
        if key == "remind" {
            return self.reminders();
        }
        let (_, node) = self.task;
        if key == "client" {
            return ["start", "finish"].map(|moment| self.message(moment, plan)).to_vec();
        }
        if let Some(pair) = node.pair_of(key) {
            return vec![said(key, pair, self.task.0, Whence::Task)];
        }
        if DEFAULTS.key(key).is_some() {
            if let Some((source, pair)) = self.template.and_then(|(s, node)| Some((s, node.pair_of(key)?))) {
                return vec![said(key, pair, source, Whence::Template)];
            }
            if let Some((source, pair)) = self.agency.and_then(|(s, node)| Some((s, node.pair_of(key)?))) {
                return vec![said(key, pair, source, Whence::Agency)];
            }
        }
        let built_in = |value: String| Origin { key: key.to_owned(), value, from: Whence::BuiltIn };
        plan.and_then(|plan| usual(key, plan)).map(built_in).into_iter().collect()
    }

    fn message(&self, moment: &str, plan: Option<&Task>) -> Origin {
        let key = format!("client.{moment}");
        let (source, node) = self.task;
        if let Some(pair) = node.value_of("client").and_then(|client| client.pair_of(moment)) {
            return said(&key, pair, source, Whence::Task);
        }
        let message = plan.and_then(|plan| {
            if moment == "start" { &plan.start_message } else { &plan.finish_message }.as_ref()
        });
        let value = message.map_or("silent", String::as_str).to_owned();
        Origin { key, value, from: Whence::BuiltIn }
    }

    /// A reminder with the same `if` replaces that of the level above.
    fn reminders(&self) -> Vec<Origin> {
        let mut found: Vec<Origin> = Vec::new();
        let task = (Some(self.task), Whence::Task as fn(String, usize) -> Whence);
        for (level, from) in [task, (self.template, Whence::Template), (self.agency, Whence::Agency)] {
            let Some((source, node)) = level else { continue };
            let of_level = items(node.value_of("remind"));
            let nearer: Vec<String> = found.iter().map(|origin| origin.key.clone()).collect();
            for item in of_level {
                let Some((name, when)) = item.pair_of("if") else { continue };
                let key = format!("remind: {}", when.word().unwrap_or_default());
                if !nearer.contains(&key) {
                    let origin = said(&key, (name, item), source, from);
                    found.push(Origin { value: without_if(&origin.value), ..origin });
                }
            }
        }
        found
    }
}

/// A value with the place of its key.
fn said(
    key: &str,
    (name, value): (&Node, &Node),
    source: &Source,
    from: fn(String, usize) -> Whence,
) -> Origin {
    let line = source.line_and_column(name.span.start).0;
    Origin { key: key.to_owned(), value: shown(value), from: from(source.path.clone(), line) }
}

fn without_if(value: &str) -> String {
    value
        .split_once(", ")
        .filter(|(first, _)| first.starts_with("if: "))
        .map_or(value, |(_, rest)| rest)
        .to_owned()
}

/// What holds when nobody says anything.
fn usual(key: &str, plan: &Task) -> Option<String> {
    fn word<T: PartialEq + Copy>(words: &[(&str, T)], value: T) -> Option<String> {
        words.iter().find(|(_, known)| *known == value).map(|(word, _)| (*word).to_owned())
    }
    match key {
        "kind" => word::<Kind>(&KINDS, plan.kind),
        "months" => word::<Months>(&MONTHS, plan.months),
        "approval" => word::<Approval>(&APPROVALS, plan.approval),
        "auditor" => Some(plan.auditor.clone().unwrap_or_else(|| "none".to_owned())),
        "assignee" => Some(plan.assignee.clone()),
        "time" if plan.time.is_empty() => Some("work".to_owned()),
        "stays_open" => Some(plan.stays_open.to_string()),
        _ => None,
    }
}

/// A value on one line: ids of a list whose items have some, else what stands in the file.
fn shown(node: &Node) -> String {
    let ids: Vec<&str> = items(Some(node))
        .iter()
        .filter_map(|item| ["field", "button"].iter().find_map(|key| item.id_of(key)))
        .collect();
    if !ids.is_empty() {
        return ids.join(", ");
    }
    let text = match &node.content {
        Content::Scalar { text, .. } => text.clone(),
        Content::Map(pairs) => {
            let pairs = pairs
                .iter()
                .map(|(key, value)| format!("{}: {}", key.word().unwrap_or_default(), shown(value)));
            pairs.collect::<Vec<_>>().join(", ")
        }
        Content::List(items) => items.iter().map(shown).collect::<Vec<_>>().join("; "),
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LONGEST {
        return text;
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, task: &str) -> Vec<Origin> {
        origins(&Files::embedded(), path, task).unwrap()
    }

    fn one<'o>(all: &'o [Origin], key: &str) -> &'o Origin {
        all.iter().find(|origin| origin.key == key).unwrap_or_else(|| panic!("no {key} in {all:#?}"))
    }

    #[test]
    fn each_value_names_the_nearest_place_that_says_it() {
        let files = Files::embedded();
        let line = |path: &str, text: &str| {
            let source = files.get(path).unwrap();
            source.text.lines().position(|line| line.trim_start().starts_with(text)).unwrap() + 1
        };
        let task = found("smm.yaml", "content_plan");
        assert!(matches!(&one(&task, "due").from, Whence::Task(file, _) if file == "smm.yaml"));
        assert_eq!(one(&task, "due").value, "4 business days");
        assert_eq!(
            one(&task, "auditor").from,
            Whence::Agency("agency.yaml".into(), line("agency.yaml", "auditor:"))
        );
        assert_eq!((one(&task, "kind").value.as_str(), &one(&task, "kind").from), ("work", &Whence::BuiltIn));
        let reminder = one(&task, "remind: approval not given");
        assert!(matches!(&reminder.from, Whence::Agency(..)), "{reminder:?}");
        assert!(reminder.value.starts_with("after: "), "{reminder:?}");
        assert_eq!(one(&task, "client.finish").value, "smm-content-plan-finish");
    }

    #[test]
    fn every_task_of_every_service_can_be_explained() {
        let files = Files::embedded();
        let catalogue = check(&files).catalogue.unwrap();
        for service in catalogue.services() {
            for task in catalogue.definition(service).unwrap().tasks() {
                let all = found(&format!("{service}.yaml"), &task.id);
                assert_eq!(one(&all, "assignee").value, task.assignee, "{service}/{}", task.id);
                assert_eq!(one(&all, "auditor").value, task.auditor.as_deref().unwrap_or("none"));
                let reminders = all.iter().filter(|origin| origin.key.starts_with("remind: ")).count();
                assert!(reminders >= task.remind.len(), "{service}/{}", task.id);
            }
        }
    }

    #[test]
    fn what_is_not_there_is_said() {
        let files = Files::embedded();
        assert_eq!(origins(&files, "smn.yaml", "ads"), Err(Unexplained::NoFile));
        let Err(Unexplained::NoTask(known)) = origins(&files, "smm.yaml", "adz") else {
            panic!("no such task")
        };
        assert!(known.contains(&"ads".to_owned()));
    }
}
