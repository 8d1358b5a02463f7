//! Whether the payments of a service that repeats make sense together.

use engine::domain::definition::{Kind, Months, NextRound, Period, Task};

use crate::problem::Notes;
use crate::task::id_span;
use crate::template::point;
use crate::trouble::Trouble;
use crate::walk::Keys;
use crate::yaml::Node;

/// A period that opens when it is paid needs somebody to take that payment in every period before it.
pub(crate) fn check_next_payment(
    notes: &mut Notes<'_>,
    keys: &Keys<'_>,
    (tasks, nodes): (&[&Task], &[&Node]),
    next_round: NextRound,
) {
    let takes = |period: u32| tasks.iter().any(|task| paid_period(task, period) == Some(period + 1));
    if next_round == NextRound::WhenPaid && !(takes(1) && takes(2)) {
        let written = keys.get("repeats").is_some_and(|node| node.value_of("next_round").is_some());
        let span = point(keys, &["repeats", if written { "next_round" } else { "every" }]);
        let mut payments = tasks.iter().zip(nodes).filter(|(task, _)| task.kind == Kind::Payment);
        let silent = payments.find(|(task, _)| task.pays_for.is_none() && task.months == Months::Every);
        let repair = silent.and_then(|(_, node)| {
            Some(notes.source.with_key(node.pair_of("kind")?, "pays_for: next period"))
        });
        notes.note(&span, Trouble::error("never-paid").maybe_repair(repair));
    }
}

/// Every service has a step at which its money is seen (PF-70).
pub(crate) fn check_some_payment(
    notes: &mut Notes<'_>,
    keys: &Keys<'_>,
    (tasks, nodes): (&[&Task], &[&Node]),
) {
    if !tasks.iter().any(|task| task.kind == Kind::Payment) {
        // A task that says which money it is about was meant to be one.
        let speaks_of_money =
            |node: &&&Node| ["pays_for", "amount"].iter().any(|key| node.pair_of(key).is_some());
        let kind = nodes.iter().find(speaks_of_money).and_then(|node| node.value_of("kind"));
        let repair = kind.map(|kind| (kind.span.clone(), "payment".to_owned()));
        notes.note(&point(keys, &["service"]), Trouble::error("no-payment").maybe_repair(repair));
    }
}

/// One payment task a period: two would ask for the money of one period.
pub(crate) fn check_one_payment(notes: &mut Notes<'_>, tasks: &[&Task], nodes: &[&Node]) {
    // What comes later is like the second and the third period.
    let paid = |task: &Task| (1..=3).filter_map(|period| paid_period(task, period)).collect::<Vec<_>>();
    for (at, (task, node)) in tasks.iter().zip(nodes).enumerate() {
        let ours = paid(task);
        let other = tasks[..at].iter().find(|other| paid(other).iter().any(|period| ours.contains(period)));
        if let Some(other) = other {
            let trouble = Trouble::error("paid-twice").with("task", &task.id).with("other", &other.id);
            notes.note(&id_span(node), trouble);
        }
    }
}

/// The period whose money this task takes in the period `number`, if it is there and takes any.
fn paid_period(task: &Task, number: u32) -> Option<u32> {
    let left_out = if number == 1 { Months::FromSecond } else { Months::First };
    let takes = task.kind == Kind::Payment && task.months != left_out;
    takes.then(|| number + u32::from(task.pays_for == Some(Period::Next)))
}
