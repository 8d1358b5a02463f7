//! Reads what time is logged for, and what an hour of it costs inside (PF-46, PF-48).

use std::collections::BTreeMap;

use engine::domain::definition::{Rates, Role};
use engine::domain::money::Money;
use engine::domain::worktime::TimeKind;

use crate::format::RATES;
use crate::problem::Notes;
use crate::repair;
use crate::walk::Keys;
use crate::yaml::{Content, Node};

pub(crate) const TIMES: [(&str, TimeKind); 9] = [
    ("work", TimeKind::Work),
    ("meeting", TimeKind::Meeting),
    ("call", TimeKind::Call),
    ("data_control", TimeKind::DataControl),
    ("data_check", TimeKind::DataCheck),
    ("offer", TimeKind::Offer),
    ("follow_up", TimeKind::FollowUp),
    ("road", TimeKind::Road),
    ("presentation", TimeKind::Presentation),
];

/// `time: [meeting, call]`; each kind once.
pub(crate) fn read_times(notes: &mut Notes<'_>, keys: &Keys<'_>) -> Vec<TimeKind> {
    let mut kinds: Vec<TimeKind> = Vec::new();
    for node in keys.get("time").map(|node| notes.list(node)).unwrap_or_default() {
        if let Some(kind) = notes.choice(node, &TIMES)
            && !kinds.contains(&kind)
        {
            kinds.push(kind);
        }
    }
    kinds
}

/// The block `rates` of agency.yaml: an hour of a role, or of a person instead.
pub(crate) fn read_rates(notes: &mut Notes<'_>, keys: &Keys<'_>, roles: &[Role]) -> Rates {
    let Some(block) = keys.get("rates").and_then(|node| notes.block(node, "`rates`", &RATES)) else {
        return Rates::default();
    };
    let mut rates = Rates::default();
    for (name, node, money) in block.get("roles").map(|node| amounts(notes, node)).unwrap_or_default() {
        let known = roles.iter().map(|role| role.id.as_str());
        if let Some(role) = notes.find(node, "unknown-role", &name, known) {
            rates.roles.insert(role, money);
        }
    }
    let people = block.get("people").map(|node| amounts(notes, node)).unwrap_or_default();
    rates.people = people.into_iter().map(|(name, _, money)| (name, money)).collect::<BTreeMap<_, _>>();
    rates
}

/// Names with what their hour costs.
fn amounts<'n>(notes: &mut Notes<'_>, node: &'n Node) -> Vec<(String, &'n Node, Money)> {
    let Content::Map(pairs) = &node.content else {
        notes.wrong_kind(node, "a block such as `pm: 600 UAH`");
        return Vec::new();
    };
    let mut found = Vec::new();
    for (name, value) in pairs {
        let (Some(word), Some(given)) = (notes.word(name).map(str::to_owned), notes.word(value)) else {
            continue;
        };
        match Money::parse(given, None) {
            Some(money) => found.push((word, name, money)),
            None => notes.shape(
                value,
                "not-money",
                "an amount such as `600 UAH`",
                repair::price(given).as_deref(),
            ),
        }
    }
    found
}
