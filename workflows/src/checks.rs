//! Checks of a template as a whole: what each part says alone is right, but together it makes no sense.

use engine::domain::definition::{Every, Gate, Kind, Months, Repeats, Stage, Task, Term, Unit};

use crate::access_sense::check_accesses;
use crate::former_ids::{check_former_ids, check_former_ids_within};
use crate::order::{approval_never_comes, check_names, check_order};
use crate::payment_sense::{check_next_payment, check_one_payment, check_some_payment};
use crate::problem::Notes;
use crate::repair::{Repair, shorter};
use crate::template::point;
use crate::trouble::Trouble;
use crate::values::PERIODS;
use crate::walk::Keys;
use crate::yaml::{Content, Node, Span};

/// Longer labels are cut in two columns on a phone.
pub(crate) const BUTTON_LENGTH: usize = 16;
/// So many business days a client may wait between two messages.
const SILENCE: u32 = 20;

/// Notes what cannot work in a template whose parts are all readable.
pub(crate) fn check_sense(
    notes: &mut Notes<'_>,
    keys: &Keys<'_>,
    stages: &[Stage],
    repeats: Option<&Repeats>,
) {
    let nodes = task_nodes(keys);
    let tasks: Vec<&Task> = stages.iter().flat_map(|stage| &stage.tasks).collect();
    if nodes.len() == tasks.len() {
        for (at, node) in nodes.iter().enumerate() {
            let repeating = keys.get("repeats").is_some();
            check_names(notes, node, &tasks);
            check_gates(notes, node, (&tasks, at), repeating);
            if !repeating {
                check_months(notes, node);
            }
        }
    }
    if nodes.len() == tasks.len() {
        check_former_ids(notes, &nodes, "task");
        for node in &nodes {
            check_former_ids_within(notes, node);
        }
        check_accesses(notes, &nodes, &tasks);
        check_silence(notes, &nodes, &tasks);
        check_order(notes, &nodes, &tasks);
        check_some_payment(notes, keys, (&tasks, &nodes));
    }
    if let Some(repeats) = repeats {
        check_round(notes, &tasks, repeats.every, &point(keys, &["repeats", "every"]));
        check_next_payment(notes, keys, (&tasks, &nodes), repeats.next_round);
        if nodes.len() == tasks.len() {
            check_one_payment(notes, &tasks, &nodes);
        }
    }
}

/// The nodes of all tasks, in their order.
fn task_nodes<'n>(keys: &Keys<'n>) -> Vec<&'n Node> {
    let items = |node: Option<&'n Node>| match node.map(|node| &node.content) {
        Some(Content::List(items)) => items.as_slice(),
        Some(Content::Scalar { .. } | Content::Map(_)) | None => &[],
    };
    let stages = items(keys.get("stages"));
    stages.iter().flat_map(|stage| items(stage.value_of("tasks"))).collect()
}

fn check_months(notes: &mut Notes<'_>, node: &Node) {
    for key in ["months", "pays_for"] {
        if let Some((name, value)) = node.pair_of(key) {
            let repair = notes.source.without(&name.span, &value.span);
            let trouble = Trouble::error("no-repeats").with("key", key).maybe_repair(repair);
            notes.note(&value.point(), trouble);
        }
    }
}

/// Gates of one task that nothing can open.
fn check_gates(notes: &mut Notes<'_>, node: &Node, (tasks, at): (&[&Task], usize), repeats: bool) {
    let task = tasks[at];
    // A button whose form has a wrong name would look as if it sent none.
    let misspelt = notes.problems.iter().any(|problem| problem.code == "unknown-form");
    for (list, gates) in [("start_needs", &task.start_needs), ("finish_needs", &task.finish_needs)] {
        for gate in gates {
            let (name, because) = match gate {
                Gate::Form(form) => {
                    (("form", form.as_str()), form_never_comes(form, &tasks[..=at]).filter(|_| !misspelt))
                }
                Gate::Paid(_) => (("paid", ""), money_never_comes(tasks, at, repeats)),
                Gate::Field(field) => (("field", field.as_str()), None),
                Gate::Button(button) => (("button", button.as_str()), None),
                Gate::Access(item) => (("access", item.as_str()), None),
                Gate::Acknowledged(rules) => {
                    // A button works once work has begun: too late for what work waits for.
                    let until = if list == "start_needs" { &tasks[..at] } else { &tasks[..=at] };
                    (("acknowledged", rules.as_str()), nobody_asks(rules, until))
                }
                Gate::Approved(of) => (("approved", of.as_str()), approval_never_comes(tasks, task, of)),
            };
            if let Some(because) = because {
                let span = gate_span(node, list, name);
                let gate = span.1;
                let trouble = Trouble::error("never-true").with("gate", gate).with("because", because);
                let repair = without_gate(notes, node, list, &span.0);
                notes.note(&span.0, trouble.maybe_repair(repair));
            }
        }
    }
}

/// A form is sent by a button of this task or of an earlier one.
fn form_never_comes(form: &str, until: &[&Task]) -> Option<String> {
    let mut buttons = until.iter().flat_map(|task| &task.buttons);
    let sent = buttons.any(|button| button.send_form.as_deref() == Some(form));
    (!sent).then(|| format!("no button of this or an earlier task has `send_form: {form}`"))
}

/// The client is asked to agree by a button of this task or of an earlier one.
fn nobody_asks(rules: &str, until: &[&Task]) -> Option<String> {
    let mut buttons = until.iter().flat_map(|task| &task.buttons);
    let asked = buttons.any(|button| button.ask_agreement.as_deref() == Some(rules));
    (!asked).then(|| format!("no button of this or an earlier task has `ask_agreement: {rules}`"))
}

/// In a service that does not repeat, money comes with an earlier payment task or not at all.
fn money_never_comes(tasks: &[&Task], at: usize, repeats: bool) -> Option<String> {
    let paid_before = tasks[..at].iter().any(|task| task.kind == Kind::Payment);
    if repeats || paid_before {
        return None;
    }
    let later = tasks[at + 1..].iter().find(|task| task.kind == Kind::Payment);
    Some(match later {
        Some(payment) => format!("the payment `{}` comes later", payment.id),
        None => "the service has no payment task before it".to_owned(),
    })
}

/// Where a gate stands, and how it is written.
fn gate_span(node: &Node, list: &str, (key, name): (&str, &str)) -> (Span, String) {
    let Some(Content::List(items)) = node.value_of(list).map(|node| &node.content) else {
        return (node.point(), key.to_owned());
    };
    let found = items.iter().find_map(|item| {
        let value = item.value_of(key)?;
        let written = value.word()?;
        (name.is_empty() || written == name).then(|| (value.span.clone(), format!("{key}: {written}")))
    });
    found.unwrap_or_else(|| (node.point(), key.to_owned()))
}

/// Takes a gate out, and the whole list if it is the only one there.
fn without_gate(notes: &Notes<'_>, node: &Node, list: &str, gate: &Span) -> Option<Repair> {
    let (key, value) = node.pair_of(list)?;
    let Content::List(items) = &value.content else { return None };
    let item = items.iter().find(|item| item.span.start <= gate.start && gate.end <= item.span.end)?;
    if items.len() == 1 {
        return notes.source.without(&key.span, &value.span);
    }
    notes.source.without_item(&(item.span.start..gate.end))
}

/// Warns when the client would hear nothing for too long while work goes on.
fn check_silence(notes: &mut Notes<'_>, nodes: &[&Node], tasks: &[&Task]) {
    let mut silent = 0;
    for (task, node) in tasks.iter().zip(nodes) {
        if task.start_message.is_some() {
            silent = 0;
        }
        silent += task.due.filter(|_| !task.stays_open).map_or(0, business_hundredths);
        if silent > SILENCE * 100 {
            let trouble = Trouble::warning("silent-gap").with("task", &task.id);
            let start = node.value_of("client").and_then(|client| client.value_of("start"));
            let repair = start
                .filter(|start| start.word() == Some("silent"))
                .map(|start| (start.span.clone(), "task-started".to_owned()));
            let trouble = trouble.with("days", f64::from(silent) / 100.0).maybe_repair(repair);
            notes.note(&crate::task::id_span(node), trouble);
            silent = 0;
        }
        if task.finish_message.is_some() {
            silent = 0;
        }
    }
}

/// Warns when the tasks of one round take longer than the period.
fn check_round(notes: &mut Notes<'_>, tasks: &[&Task], every: Every, span: &Span) {
    let fits = business_days(every);
    let period = match every {
        Every::Week => "a week",
        Every::TwoWeeks => "two weeks",
        Every::Month => "a month",
        Every::Quarter => "a quarter",
    };
    let of_round = tasks.iter().filter(|task| task.months != Months::First && !task.stays_open);
    let hundredths: u32 = of_round.filter_map(|task| task.due).map(business_hundredths).sum();
    if hundredths > fits * 100 {
        let days = f64::from(hundredths) / 100.0;
        let trouble = Trouble::warning("round-too-long").with("days", days).with("period", period);
        let longer = PERIODS.iter().find(|(_, longer)| business_days(*longer) * 100 >= hundredths);
        let repair = longer.map(|(word, _)| (span.clone(), (*word).to_owned()));
        notes.note(span, trouble.with("fits", fits).maybe_repair(repair));
    }
}

/// About how many business days a period has.
fn business_days(every: Every) -> u32 {
    match every {
        Every::Week => 5,
        Every::TwoWeeks => 10,
        Every::Month => 21,
        Every::Quarter => 63,
    }
}

/// Business days of a term, in hundredths; an hour counts as an eighth, calendar days as five of seven.
fn business_hundredths(term: Term) -> u32 {
    match term.unit {
        Unit::BusinessDays => term.hundredths,
        Unit::BusinessHours => term.hundredths / 8,
        Unit::CalendarDays => term.hundredths / 7 * 5,
        Unit::CalendarHours => term.hundredths / 24 / 7 * 5,
    }
}

/// Warns of texts that lack a language of the agency, and of labels that a phone cuts.
pub(crate) fn check_texts(notes: &mut Notes<'_>, node: &Node, languages: &[String]) {
    match &node.content {
        Content::Scalar { .. } => {}
        Content::List(items) => items.iter().for_each(|item| check_texts(notes, item, languages)),
        Content::Map(pairs) => {
            let button = node.value_of("button").is_some();
            for (key, value) in pairs {
                if matches!(key.word(), Some("title" | "goal" | "intro")) {
                    check_text(notes, key, value, languages);
                    if button {
                        check_label(notes, value, languages);
                    }
                } else {
                    check_texts(notes, value, languages);
                }
            }
        }
    }
}

fn check_text(notes: &mut Notes<'_>, key: &Node, value: &Node, languages: &[String]) {
    let Content::Map(_) = &value.content else { return };
    let lacking = languages.iter().filter(|language| value.value_of(language).is_none());
    let lacking = lacking.map(String::as_str).collect::<Vec<_>>().join(", ");
    if !lacking.is_empty() {
        let trouble = Trouble::warning("untranslated").with("what", "this text");
        notes.note(&key.span, trouble.with("languages", lacking));
    }
}

fn check_label(notes: &mut Notes<'_>, value: &Node, languages: &[String]) {
    let labels: Vec<&Node> = match &value.content {
        Content::Map(_) => languages.iter().filter_map(|language| value.value_of(language)).collect(),
        Content::Scalar { .. } | Content::List(_) => vec![value],
    };
    for label in labels {
        let text = label.word().unwrap_or_default();
        let chars = text.chars().count();
        if chars > BUTTON_LENGTH {
            let trouble = Trouble::warning("button-too-long").with("label", text).with("chars", chars);
            let short = shorter(text, BUTTON_LENGTH);
            let short = short.map(|short| (label.span.clone(), format!("\"{short}\"")));
            notes.note(&label.span, trouble.with("limit", BUTTON_LENGTH).maybe_repair(short));
        }
    }
}
