//! What the keys of a block demand of each other, as its declaration says.

use crate::format::{Block, Rule, Says, Takes};
use crate::problem::Notes;
use crate::trouble::Trouble;
use crate::walk::Keys;

impl Notes<'_> {
    /// Notes where a rule of the block is not kept.
    pub(crate) fn demand(&mut self, keys: &Keys<'_>, block: &Block, rule: &Rule) {
        match rule {
            Rule::ExactlyOne { keys: some, place } => {
                let there: Vec<&str> = there(keys, some).collect();
                let misspelt = there.is_empty() && !keys.strange.is_empty();
                if there.len() != 1 && !misspelt {
                    let second = there.get(1).and_then(|key| keys.without(self, key));
                    let trouble = one_of(some, place).with("found", there.len()).maybe_repair(second);
                    self.note(&keys.point, trouble);
                }
            }
            Rule::AtLeastOne { keys: some, place } => {
                if there(keys, some).next().is_none() {
                    match (place, some.first()) {
                        (Some(place), _) => self.note(&keys.point, one_of(some, place).with("found", 0)),
                        (None, Some(first)) => drop(keys.need(self, first)),
                        (None, None) => {}
                    }
                }
            }
            Rule::OnlyFor { keys: some, when, wanted } => {
                if says(keys, block, when) == Some(false) {
                    for key in there(keys, some) {
                        self.note_only_for(keys, key, wanted);
                    }
                }
            }
            Rule::Needs { key, when } => {
                if says(keys, block, when) == Some(true) {
                    keys.need(self, key);
                }
            }
        }
    }

    fn note_only_for(&mut self, keys: &Keys<'_>, key: &str, wanted: &str) {
        let Some(span) = keys.key_span(key) else { return };
        let trouble = Trouble::error("unknown-key").words("only-for").with("key", key).with("wanted", wanted);
        let repair = keys.without(self, key);
        self.note(&span, trouble.maybe_repair(repair));
    }
}

fn there<'k>(keys: &Keys<'_>, some: &[&'k str]) -> impl Iterator<Item = &'k str> {
    some.iter().copied().filter(|key| keys.get(key).is_some())
}

fn one_of(some: &[&str], place: &str) -> Trouble {
    let names: Vec<String> = some.iter().map(|key| format!("`{key}`")).collect();
    Trouble::error("one-of").with("place", place).with("keys", names.join(", "))
}

/// Whether a key says one of the words; nobody knows while it is missing where it must not, or says no word of its
/// list.
fn says(keys: &Keys<'_>, block: &Block, (key, words): &Says) -> Option<bool> {
    let declared = block.key(key)?;
    let Some(node) = keys.get(key) else { return (!declared.required).then_some(false) };
    let given = node.word()?;
    let Takes::OneOf(list) = &declared.takes else { return None };
    list().contains(&given).then(|| words.contains(&given))
}
