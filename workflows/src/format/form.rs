//! The keys of a form, of its questions, and of the fields of a result, which are the same sort of thing.

use super::{Block, Key, Rule, TITLE, Takes, VERSION, WAS, words};
use crate::field::{COLUMN_TYPES, QUESTION_TYPES, TYPES};

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

const OPTIONS: Key = Key::may(
    "options",
    Takes::Options,
    "Choices: id and what people see.",
    "Варіанти: код і текст для людей.",
);
const HINT: Key = Key::may("hint", Takes::Text, "Small text under the field.", "Підказка під полем.");

/// A field of a result.
pub(crate) static FIELD: Block = Block::of(&[
    Key::must("field", Takes::Id, "Id of the field (a-z, 0-9, _).", "Код поля (a-z, 0-9, _)."),
    WAS,
    TITLE,
    Key::must(
        "type",
        Takes::OneOf(|| words(&TYPES)),
        "What can be written in the field.",
        "Що можна записати в поле.",
    ),
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
    Key::may(
        "at_least",
        Takes::Count,
        "Smallest number of links, files, topics or rows. Messages at the start may use it as { $items }.",
        "Найменша кількість посилань, файлів, тем або рядків. Повідомлення на початку можуть назвати її як { $items }.",
    ),
    OPTIONS,
    Key::may(
        "items",
        Takes::Options,
        "`choice for each`: what is chosen for, id and what people see.",
        "`choice for each`: для чого вибір, код і текст для людей.",
    ),
    Key::may(
        "columns",
        Takes::List(&Takes::Block(&COLUMN)),
        "`table`: the columns in their order. Rows are pasted from a spreadsheet.",
        "`table`: стовпці за порядком. Рядки вставляють з електронної таблиці.",
    ),
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
    Rule::Needs { key: "options", when: ("type", &["choice", "choices", "choice for each"]) },
    Rule::Needs { key: "items", when: ("type", &["choice for each"]) },
    Rule::Needs { key: "columns", when: ("type", &["table"]) },
    Rule::OnlyFor {
        keys: &["options"],
        when: ("type", &["choice", "choices", "choice for each"]),
        wanted: "type `choice`, `choices` and `choice for each`",
    },
    Rule::OnlyFor {
        keys: &["items"],
        when: ("type", &["choice for each"]),
        wanted: "type `choice for each`",
    },
    Rule::OnlyFor { keys: &["columns"], when: ("type", &["table"]), wanted: "type `table`" },
    Rule::OnlyFor {
        keys: &["at_least"],
        when: ("type", &["links", "files", "topics", "table"]),
        wanted: "type `links`, `files`, `topics` and `table`",
    },
    Rule::OnlyFor { keys: &["is_expense", "sets_price"], when: ("type", &["money"]), wanted: "type `money`" },
]);

/// A column of a table.
pub(crate) static COLUMN: Block = Block::of(&[
    Key::must("column", Takes::Id, "Id of the column (a-z, 0-9, _).", "Код стовпця (a-z, 0-9, _)."),
    TITLE,
    Key::must(
        "type",
        Takes::OneOf(|| words(&COLUMN_TYPES)),
        "What can be written in a cell.",
        "Що можна написати в клітинці.",
    ),
    Key::may(
        "required",
        Takes::Flag,
        "No row may leave it empty.",
        "Жоден рядок не може лишити його порожнім.",
    ),
    Key::may(
        "within",
        Takes::Id,
        "`date`: the field of type `date range` that every day of this column lies in.",
        "`date`: поле типу `date range`, у межах якого кожен день цього стовпця.",
    ),
    OPTIONS,
])
.with(&[
    Rule::Needs { key: "options", when: ("type", &["choice"]) },
    Rule::OnlyFor { keys: &["options"], when: ("type", &["choice"]), wanted: "type `choice`" },
    Rule::OnlyFor { keys: &["within"], when: ("type", &["date"]), wanted: "type `date`" },
]);

pub(crate) static QUESTION: Block = Block::of(&[
    Key::must("question", Takes::Id, "Id of the question (a-z, 0-9, _).", "Код питання (a-z, 0-9, _)."),
    WAS,
    TITLE,
    Key::must(
        "type",
        Takes::OneOf(|| words(QUESTION_TYPES)),
        "What can be written in the field.",
        "Що можна записати в поле.",
    ),
    Key::may(
        "required",
        Takes::Flag,
        "The form cannot be handed in while it is empty.",
        "Без відповіді анкету не здати.",
    ),
    Key::may(
        "at_least",
        Takes::Count,
        "Smallest number of links or files.",
        "Найменша кількість посилань чи файлів.",
    ),
    OPTIONS,
    HINT,
    Key::may(
        "saves_to",
        Takes::CardField,
        "Place on the client's card that the answer fills: `client.website`.",
        "Місце в картці клієнта, куди йде відповідь: `client.website`.",
    ),
])
.with(&[
    Rule::Needs { key: "options", when: ("type", &["choice", "choices"]) },
    Rule::OnlyFor {
        keys: &["options"],
        when: ("type", &["choice", "choices"]),
        wanted: "type `choice` and `choices`",
    },
    Rule::OnlyFor {
        keys: &["at_least"],
        when: ("type", &["links", "files"]),
        wanted: "type `links` and `files`",
    },
]);
