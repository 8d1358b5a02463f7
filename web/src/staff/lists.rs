//! Values of several lines as they can be typed again: topics, tables, a choice for each.

use std::collections::{BTreeMap, BTreeSet};

use engine::domain::field::{Row, Topic, Value};

/// A topic a line; one whose title has a colon is set apart by a tab instead.
pub(super) fn topics(topics: &[Topic]) -> String {
    let line = |topic: &Topic| {
        let (colon, mark) = if topic.title.contains(':') { ("\t", "\t") } else { (": ", "; ") };
        format!("{}{colon}{}", topic.title, topic.under.join(mark))
    };
    topics.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Rows with tabs between their cells, below a line that names the columns.
pub(super) fn table(rows: &[Row], cell: impl Fn(&Value) -> String) -> String {
    let columns: BTreeSet<&String> = rows.iter().flat_map(BTreeMap::keys).collect();
    let heads = columns.iter().map(|column| (*column).clone()).collect::<Vec<_>>().join("\t");
    let line = |row: &Row| {
        let cells = columns.iter().map(|column| row.get(*column).map(|value| quoted(&cell(value))));
        cells.map(Option::unwrap_or_default).collect::<Vec<_>>().join("\t")
    };
    std::iter::once(heads).chain(rows.iter().map(line)).collect::<Vec<_>>().join("\n")
}

/// As a spreadsheet copies a cell that a plain line would break.
fn quoted(cell: &str) -> String {
    if cell.contains(['\n', '\t', '"']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// An item a line.
pub(super) fn choices(chosen: &BTreeMap<String, String>) -> String {
    chosen.iter().map(|(item, option)| format!("{item}: {option}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use engine::domain::definition::{Field, FieldKind, Text};
    use engine::domain::field::{Beside, Entered, read};

    use super::super::fields::typed;

    fn field(kind: FieldKind, columns: Vec<Field>) -> Field {
        Field {
            was: Vec::new(),
            id: "f".into(),
            title: Text::plain("Поле"),
            kind,
            required: false,
            at_least: None,
            client_sees: true,
            options: Vec::new(),
            items: Vec::new(),
            columns,
            within: None,
            hint: None,
            is_expense: false,
            sets_price: false,
            saves_to: None,
        }
    }

    #[test]
    fn what_stands_in_the_input_is_read_as_the_same_value() {
        let column =
            |id: &str, kind| Field { id: id.into(), title: Text::plain(id), ..field(kind, Vec::new()) };
        let columns = vec![column("text", FieldKind::LongText), column("day", FieldKind::Date)];
        let table = field(FieldKind::Table, columns);
        let topics = field(FieldKind::Topics, Vec::new());
        for (field, text) in [
            (&table, "\"Перший\nдругий \"\"рядок\"\"\"\t2026-12-09\nКава\t"),
            (&table, "Кава; 2026-12-10"),
            (&topics, "Кава: зерно; двір\nЛюди: бариста"),
            (&topics, "Кава: ранок\tзерно\tдвір"),
        ] {
            let once = read(field, &Entered::Text(text.into()), None, Beside::default()).unwrap();
            let again = read(field, &Entered::Text(typed(once.as_ref())), None, Beside::default()).unwrap();
            assert_eq!(once, again, "{text}");
        }
    }
}
