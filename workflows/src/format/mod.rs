//! The declaration of the files: every key with what it takes and what it means; the reader and the schemas follow it.

mod agency;
mod form;
mod task;
mod template;

pub(crate) use agency::{AGENCY, CLOCK, OVERRIDES_BLOCK, RATES, ROLE, WORK_TIME};
pub(crate) use form::{COLUMN, FIELD, FORM, QUESTION};
pub(crate) use task::{BUTTON, CLIENT, DEFAULTS, GATE, ITEM, REMINDER, REPEAT, TASK};
pub(crate) use template::{REPEATS, STAGE, TEMPLATE};

use crate::walk::LANGUAGES;

/// A block of keys.
pub(crate) struct Block {
    pub keys: &'static [Key],
    /// What keys of the block demand of each other.
    pub rules: &'static [Rule],
    /// A whole item that an editor can put in: its name, and its body as JSON.
    pub snippet: Option<(&'static str, &'static str)>,
}

/// One key of a block.
pub(crate) struct Key {
    pub name: &'static str,
    pub takes: Takes,
    pub required: bool,
    /// What it means, in English and in Ukrainian; editors show it.
    pub meaning: Meaning,
}

/// The same in English and in Ukrainian.
pub(crate) type Meaning = (&'static str, &'static str);

/// What a key may say.
pub(crate) enum Takes {
    /// The version of the format.
    Version,
    /// A short Latin word with `_`.
    Id,
    /// An id, or `none`.
    IdOrNone,
    /// The name of a form or a message, with dashes.
    Name,
    /// One text, or one per language.
    Text,
    /// A line of a checklist: a text, or a block.
    TextOr(&'static Block),
    /// A text that is not empty.
    Word,
    Flag,
    /// A whole number from 1.
    Count,
    /// A number of hours such as `0.5`.
    Hours,
    /// A length of time such as `3 business days`.
    Term,
    Price,
    /// A part of the price.
    Share,
    Currency,
    Date,
    /// Such as `09:00-18:00`.
    Span,
    /// Minute, hour, day, month, day of the week.
    FixedTime,
    /// An address that starts with https://.
    Address,
    /// A place on the client's card.
    CardField,
    /// From which day the first period is counted.
    CountedFrom,
    /// One word of a closed list.
    OneOf(fn() -> Vec<&'static str>),
    /// A choice and the option that ends the project.
    End,
    /// Ids of options, and what people read.
    Options,
    /// Names, and an amount of money for each.
    Amounts,
    Block(&'static Block),
    List(&'static Takes),
}

/// What keys of a block demand of each other.
pub(crate) enum Rule {
    /// One of these and no more; `place` is what problems call the block.
    ExactlyOne { keys: &'static [&'static str], place: &'static str },
    /// At least one of these. With a `place` problems list them all, else the first is asked for.
    AtLeastOne { keys: &'static [&'static str], place: Option<&'static str> },
    /// These make sense only where another key says one of the words; `wanted` says it in words.
    OnlyFor { keys: &'static [&'static str], when: Says, wanted: &'static str },
    /// This one must be there where another key says one of the words.
    Needs { key: &'static str, when: Says },
}

/// A key, and words of which it says one.
pub(crate) type Says = (&'static str, &'static [&'static str]);

impl Block {
    const fn of(keys: &'static [Key]) -> Self {
        Self { keys, rules: &[], snippet: None }
    }

    const fn with(self, rules: &'static [Rule]) -> Self {
        Self { rules, ..self }
    }

    /// The names of the keys, in their order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + Clone {
        self.keys.iter().map(|key| key.name)
    }

    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

impl Key {
    const fn may(name: &'static str, takes: Takes, en: &'static str, uk: &'static str) -> Self {
        Self { name, takes, required: false, meaning: (en, uk) }
    }

    const fn must(name: &'static str, takes: Takes, en: &'static str, uk: &'static str) -> Self {
        Self { required: true, ..Self::may(name, takes, en, uk) }
    }
}

/// The words of a closed list.
fn words<T>(choices: &[(&'static str, T)]) -> Vec<&'static str> {
    choices.iter().map(|(word, _)| *word).collect()
}

/// `signoff: 1`, with which every file begins.
const VERSION: Key = Key::must(
    "signoff",
    Takes::Version,
    "Version of this file format. Always 1 today.",
    "Версія формату файла. Зараз завжди 1.",
);

const TITLE: Key = Key::must(
    "title",
    Takes::Text,
    "Name people see. One text, or one text per language.",
    "Назва, яку бачать люди. Один текст або текст для кожної мови.",
);

/// Earlier ids of a field, a button or a question.
const WAS: Key = Key::may(
    "was",
    A_LIST_OF_IDS,
    "Earlier ids of it, so that running projects find it.",
    "Колишні коди, щоб проєкти в роботі його знайшли.",
);
const A_LIST_OF_IDS: Takes = Takes::List(&Takes::Id);

/// A text in several languages.
pub(crate) static TEXTS: Block = Block::of(&[
    Key::may(LANGUAGES[0], Takes::Word, "In Ukrainian.", "Українською."),
    Key::may(LANGUAGES[1], Takes::Word, "In English.", "Англійською."),
    Key::may(LANGUAGES[2], Takes::Word, "In Vietnamese.", "В'єтнамською."),
    Key::may(LANGUAGES[3], Takes::Word, "In Bulgarian.", "Болгарською."),
]);
