//! Fields of a result and questions of a form.

use engine::domain::definition::{Field, FieldKind, Text};

use crate::format::{COLUMN, FIELD, QUESTION};
use crate::problem::Notes;
use crate::unique::Unique;
use crate::walk::Keys;
use crate::yaml::{Content, Node};

/// What a field of a result can hold.
pub(crate) const TYPES: [(&str, FieldKind); 18] = [
    ("text", FieldKind::Text),
    ("long text", FieldKind::LongText),
    ("link", FieldKind::Link),
    ("links", FieldKind::Links),
    ("file", FieldKind::File),
    ("files", FieldKind::Files),
    ("number", FieldKind::Number),
    ("money", FieldKind::Money),
    ("percent", FieldKind::Percent),
    ("date", FieldKind::Date),
    ("date range", FieldKind::DateRange),
    ("date time", FieldKind::DateTime),
    ("choice", FieldKind::Choice),
    ("choices", FieldKind::Choices),
    ("yes/no", FieldKind::YesNo),
    ("topics", FieldKind::Topics),
    ("table", FieldKind::Table),
    ("choice for each", FieldKind::ChoiceForEach),
];
/// What one line of a client can answer: all but those at the end, which take several lines.
pub(crate) const QUESTION_TYPES: &[(&str, FieldKind)] = TYPES.split_at(TYPES.len() - 3).0;
/// What stands in one cell.
pub(crate) const COLUMN_TYPES: [(&str, FieldKind); 8] = [
    ("text", FieldKind::Text),
    ("long text", FieldKind::LongText),
    ("link", FieldKind::Link),
    ("number", FieldKind::Number),
    ("money", FieldKind::Money),
    ("percent", FieldKind::Percent),
    ("date", FieldKind::Date),
    ("choice", FieldKind::Choice),
];

/// A field of a task's result.
pub(crate) fn read_field(notes: &mut Notes<'_>, node: &Node) -> Option<Field> {
    let (id, keys) = notes.item(node, "field", &FIELD)?;
    Some(read(notes, id, &keys, &TYPES))
}

/// A question of a form.
pub(crate) fn read_question(notes: &mut Notes<'_>, node: &Node) -> Option<Field> {
    let (id, keys) = notes.item(node, "question", &QUESTION)?;
    let mut question = read(notes, id, &keys, QUESTION_TYPES);
    question.saves_to = keys.get("saves_to").and_then(|node| saves_to(notes, node));
    Some(question)
}

fn read(notes: &mut Notes<'_>, id: String, keys: &Keys<'_>, types: &[(&str, FieldKind)]) -> Field {
    let kind = keys.get("type").and_then(|node| notes.choice(node, types));
    let options = match keys.get("options") {
        Some(node) => read_options(notes, node),
        None => Vec::new(),
    };
    let items = keys.get("items").map(|node| read_options(notes, node)).unwrap_or_default();
    let columns = keys.get("columns").map(|node| read_columns(notes, node)).unwrap_or_default();
    let was = keys.get("was").map(|node| notes.ids(node)).unwrap_or_default();
    let mut flag = |key: &str| keys.get(key).and_then(|node| notes.flag(node)).unwrap_or(false);
    let (required, client_sees) = (flag("required"), flag("client_sees"));
    let (is_expense, sets_price) = (flag("is_expense"), flag("sets_price"));
    Field {
        id,
        was,
        title: keys.get("title").and_then(|node| notes.text(node)).unwrap_or_default(),
        kind: kind.unwrap_or(FieldKind::Text),
        required,
        at_least: keys.get("at_least").and_then(|node| notes.count(node)),
        client_sees,
        options,
        items,
        columns,
        within: keys.get("within").and_then(|node| notes.word(node)).map(str::to_owned),
        hint: keys.get("hint").and_then(|node| notes.text(node)),
        is_expense,
        sets_price,
        saves_to: None,
    }
}

/// The columns of a table: each a field of one line.
fn read_columns(notes: &mut Notes<'_>, node: &Node) -> Vec<Field> {
    let mut columns = Vec::new();
    let mut unique = Unique::new("columns");
    for item in notes.list(node) {
        let Some((id, keys)) = notes.item(item, "column", &COLUMN) else { continue };
        unique.add(notes, &id, item, "column");
        columns.push(read(notes, id, &keys, &COLUMN_TYPES));
    }
    columns
}

fn read_options(notes: &mut Notes<'_>, node: &Node) -> Vec<(String, Text)> {
    let Content::Map(pairs) = &node.content else {
        notes.wrong_kind(node, "a block `id: what people read`");
        return Vec::new();
    };
    let mut options = Vec::new();
    for (id, text) in pairs {
        if let (Some(id), Some(text)) = (notes.id(id), notes.text(text)) {
            options.push((id, text));
        }
    }
    options
}

fn saves_to(notes: &mut Notes<'_>, node: &Node) -> Option<String> {
    let given = notes.word(node)?;
    let field = given.strip_prefix("client.").unwrap_or_default();
    let fits = !field.is_empty() && field.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    if !fits {
        let plain = !given.is_empty() && given.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        let offer = plain.then(|| format!("client.{given}"));
        let wanted = "a place on the client's card such as `client.website`";
        notes.shape(node, "name", wanted, offer.as_deref());
    }
    fits.then(|| given.to_owned())
}

/// The field that a kind of task brings along.
pub(crate) fn brought(id: &str, kind: FieldKind, required: bool, client_sees: bool) -> Field {
    let titles: [(&str, &str); 4] = match id {
        "invoice" => [("uk", "Рахунок"), ("en", "Invoice"), ("vi", "Hóa đơn"), ("bg", "Фактура")],
        "amount" => [("uk", "Сума"), ("en", "Amount"), ("vi", "Số tiền"), ("bg", "Сума")],
        "paid_on" => {
            [("uk", "Дата оплати"), ("en", "Paid on"), ("vi", "Ngày thanh toán"), ("bg", "Дата на плащане")]
        }
        "done" => {
            [("uk", "Що зроблено"), ("en", "What was done"), ("vi", "Đã làm gì"), ("bg", "Какво е направено")]
        }
        "files" => [("uk", "Файли"), ("en", "Files"), ("vi", "Tệp"), ("bg", "Файлове")],
        _ => [("uk", "Дата й час"), ("en", "Date and time"), ("vi", "Ngày giờ"), ("bg", "Дата и час")],
    };
    Field {
        id: id.to_owned(),
        was: Vec::new(),
        title: Text(titles.iter().map(|(l, t)| ((*l).to_owned(), (*t).to_owned())).collect()),
        kind,
        required,
        at_least: None,
        client_sees,
        options: Vec::new(),
        items: Vec::new(),
        columns: Vec::new(),
        within: None,
        hint: None,
        is_expense: false,
        sets_price: false,
        saves_to: None,
    }
}
