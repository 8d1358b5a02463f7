//! The keys of a form, of its questions, and of the fields of a result, which are the same sort of thing.

use super::{Block, Key, Rule, TITLE, Takes, VERSION, WAS, words};
use crate::field::TYPES;

pub(crate) static FORM: Block = Block::of(&[
    VERSION,
    Key::must(
        "form",
        Takes::Name,
        "Name of the form, the same as that of its file.",
        "Назва анкети, така сама, як у файла.",
    ),
    TITLE,
    Key::may(
        "intro",
        Takes::Text,
        "What the client reads above the questions.",
        "Що клієнт читає над питаннями.",
    ),
    Key::may(
        "questions",
        Takes::List(&Takes::Block(&QUESTION)),
        "The questions, in order.",
        "Питання за порядком.",
    ),
    Key::may(
        "google_form",
        Takes::Address,
        "Address of a form elsewhere, with `{code}` where the client's code goes (docs/briefs.md).",
        "Адреса анкети деінде, з `{code}` на місці коду клієнта (docs/briefs.md).",
    ),
])
.with(&[Rule::AtLeastOne { keys: &["questions", "google_form"], place: Some("a form") }]);

const TYPE: Key = Key::must(
    "type",
    Takes::OneOf(|| words(&TYPES)),
    "What can be written in the field.",
    "Що можна записати в поле.",
);
const AT_LEAST: Key = Key::may(
    "at_least",
    Takes::Count,
    "Smallest number of links or files.",
    "Найменша кількість посилань чи файлів.",
);
const OPTIONS: Key = Key::may(
    "options",
    Takes::Options,
    "Choices: id and what people see.",
    "Варіанти: код і текст для людей.",
);
const HINT: Key = Key::may("hint", Takes::Text, "Small text under the field.", "Підказка під полем.");

const NEEDS_OPTIONS: Rule = Rule::Needs { key: "options", when: ("type", &["choice", "choices"]) };
const FOR_CHOICES: Rule = Rule::OnlyFor {
    keys: &["options"],
    when: ("type", &["choice", "choices"]),
    wanted: "type `choice` and `choices`",
};
const FOR_SEVERAL: Rule = Rule::OnlyFor {
    keys: &["at_least"],
    when: ("type", &["links", "files"]),
    wanted: "type `links` and `files`",
};

/// A field of a result.
pub(crate) static FIELD: Block = Block::of(&[
    Key::must("field", Takes::Id, "Id of the field (a-z, 0-9, _).", "Код поля (a-z, 0-9, _)."),
    WAS,
    TITLE,
    TYPE,
    Key::may(
        "required",
        Takes::Flag,
        "The task cannot be finished while it is empty.",
        "Без нього завдання не завершити.",
    ),
    Key::may(
        "client_sees",
        Takes::Flag,
        "Shown to the client in the message and in the portal.",
        "Показувати клієнтові в повідомленні та кабінеті.",
    ),
    AT_LEAST,
    OPTIONS,
    HINT,
    Key::may(
        "is_expense",
        Takes::Flag,
        "The amount is booked as an expense of the project when the task is finished.",
        "Сума запишеться у витрати проєкту після завершення завдання.",
    ),
    Key::may(
        "sets_price",
        Takes::Flag,
        "The amount becomes the price of the project when the client approves.",
        "Після погодження сума стане ціною проєкту.",
    ),
])
.with(&[
    NEEDS_OPTIONS,
    FOR_CHOICES,
    FOR_SEVERAL,
    Rule::OnlyFor { keys: &["is_expense", "sets_price"], when: ("type", &["money"]), wanted: "type `money`" },
]);

pub(crate) static QUESTION: Block = Block::of(&[
    Key::must("question", Takes::Id, "Id of the question (a-z, 0-9, _).", "Код питання (a-z, 0-9, _)."),
    WAS,
    TITLE,
    TYPE,
    Key::may(
        "required",
        Takes::Flag,
        "The form cannot be handed in while it is empty.",
        "Без відповіді анкету не здати.",
    ),
    AT_LEAST,
    OPTIONS,
    HINT,
    Key::may(
        "saves_to",
        Takes::CardField,
        "Place on the client's card that the answer fills: `client.website`.",
        "Місце в картці клієнта, куди йде відповідь: `client.website`.",
    ),
])
.with(&[NEEDS_OPTIONS, FOR_CHOICES, FOR_SEVERAL]);
