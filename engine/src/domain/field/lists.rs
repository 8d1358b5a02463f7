//! Fields of several lines: topics with what is under them, tables, a choice for each item (PF-49, PF-50, PF-53).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Beside, Unread, Value, bad_value, read_text, shown, within};
use crate::domain::definition::{Field, Text};
use crate::domain::refusal::Refusal;

/// So much fits into a few messages of Telegram, and all of it is shown: what is approved was seen.
const LONGEST: usize = 20_000;
/// More lines than that nobody reads before saying yes.
const MOST: usize = 100;

/// A topic with its subtopics.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    pub title: String,
    pub under: Vec<String>,
}

/// A row of a table: column to value; what is empty is left out.
pub type Row = BTreeMap<String, Value>;

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineProblem {
    /// A subtopic before any topic.
    NoTopic,
    /// A topic without subtopics.
    NothingUnder,
    /// More cells than columns.
    TooManyCells,
    /// A cell that must be filled.
    EmptyCell,
    /// A cell, or a choice, that does not fit.
    Unfit,
    /// An item that the field does not have, or none at all.
    NoItem,
    /// A day that is not in the date range that the column names.
    Outside,
    TooManyLines,
    TooLong,
}

/// Which line does not fit, and why; `kind` and `known` say what would.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadLine {
    pub field: String,
    pub title: Text,
    /// From 1, as it was typed.
    pub line: u32,
    pub problem: LineProblem,
    /// Of a table.
    pub column: Option<Text>,
    pub kind: String,
    pub given: String,
    pub known: Vec<String>,
}

/// A line on its way, with what to say if it does not fit.
struct Line<'f> {
    field: &'f Field,
    number: u32,
}

impl Line<'_> {
    fn no(&self, problem: LineProblem, given: &str) -> Refusal {
        self.no_in(problem, None, given)
    }

    fn no_in(&self, problem: LineProblem, column: Option<&Field>, given: &str) -> Refusal {
        let known = match (problem, column) {
            (LineProblem::NoItem, _) => self.field.items.iter().map(|(id, _)| id.clone()).collect(),
            (LineProblem::TooManyCells, _) => {
                self.field.columns.iter().map(|column| column.id.clone()).collect()
            }
            (_, Some(column)) => column.options.iter().map(|(id, _)| id.clone()).collect(),
            (LineProblem::Unfit, None) => self.field.options.iter().map(|(id, _)| id.clone()).collect(),
            (_, None) => Vec::new(),
        };
        let kind = column.map_or_else(String::new, |column| {
            let no = bad_value(column, given);
            if let Refusal::BadValue { kind, .. } = no { kind } else { String::new() }
        });
        Refusal::BadLine(Box::new(BadLine {
            field: self.field.id.clone(),
            title: self.field.title.clone(),
            line: self.number,
            problem,
            column: column.map(|column| column.title.clone()),
            kind,
            given: shown(given),
            known,
        }))
    }
}

impl Line<'_> {
    /// A day outside its date range, which is said as it can be typed.
    fn outside(&self, column: &Field, given: &str, range: &str) -> Refusal {
        let mut refusal = self.no_in(LineProblem::Outside, Some(column), given);
        if let Refusal::BadLine(bad) = &mut refusal {
            bad.known = vec![range.to_owned()];
        }
        refusal
    }
}

/// `Topic: one; two` a line; or a topic, and its subtopics on lines that are indented or begin with a dash;
/// or two columns of a spreadsheet.
pub(super) fn topics(field: &Field, text: &str) -> Result<Value, Refusal> {
    fits(field, text)?;
    let mut found: Vec<(u32, Topic)> = Vec::new();
    for (number, raw) in (1_u32..).zip(text.lines()) {
        let line = Line { field, number };
        let (topic, under) = parts(raw);
        if let Some(title) = topic {
            if !found.iter().any(|(_, known)| known.title == title) {
                found.push((number, Topic { title: title.clone(), under: Vec::new() }));
            }
            // What comes below belongs to the topic that was named last.
            if let Some(at) = found.iter().position(|(_, known)| known.title == title) {
                let named = found.remove(at);
                found.push(named);
            }
        }
        if under.is_empty() {
            continue;
        }
        let Some((_, last)) = found.last_mut() else { return Err(line.no(LineProblem::NoTopic, raw.trim())) };
        for one in under {
            if !last.under.contains(&one) {
                last.under.push(one);
            }
        }
    }
    found.sort_by_key(|(number, _)| *number);
    if let Some((number, empty)) = found.iter().find(|(_, topic)| topic.under.is_empty()) {
        let line = Line { field, number: *number };
        return Err(line.no(LineProblem::NothingUnder, &empty.title));
    }
    Ok(Value::Topics(found.into_iter().map(|(_, topic)| topic).collect()))
}

/// The topic that a line names, if any, and the subtopics on it.
fn parts(raw: &str) -> (Option<String>, Vec<String>) {
    let several = |text: &str| -> Vec<String> {
        let parts = text.split([';', '\t']).map(|part| bare(part).to_owned());
        parts.filter(|part| !part.is_empty()).collect()
    };
    let trimmed = raw.trim();
    let is_under = raw.starts_with([' ', '\t']) || trimmed.starts_with(['-', '–', '—', '•', '*']);
    if is_under || trimmed.is_empty() {
        return (None, several(trimmed));
    }
    if let Some((topic, under)) = trimmed.split_once('\t') {
        return (Some(topic.trim().trim_end_matches(':').to_owned()), several(under));
    }
    let colon = trimmed.char_indices().find(|(at, c)| *c == ':' && !trimmed[at + 1..].starts_with("//"));
    match colon {
        Some((at, _)) => (
            Some(trimmed[..at].trim().to_owned()).filter(|title| !title.is_empty()),
            several(&trimmed[at + 1..]),
        ),
        None => (Some(trimmed.to_owned()), Vec::new()),
    }
}

fn bare(text: &str) -> &str {
    text.trim().trim_start_matches(['-', '–', '—', '•', '*']).trim()
}

/// `instagram: new, facebook: existing`, by ids or by what people read; the other items keep what they have.
pub(super) fn choices_for_each(field: &Field, text: &str, before: Option<&Value>) -> Result<Value, Refusal> {
    let before = if let Some(Value::ChoiceForEach(chosen)) = before { Some(chosen) } else { None };
    let mut chosen = before.cloned().unwrap_or_default();
    for (number, raw) in (1_u32..).zip(text.lines()) {
        let line = Line { field, number };
        for part in raw.split([',', ';']).map(bare).filter(|part| !part.is_empty()) {
            let (item, option) =
                part.split_once([':', '=']).ok_or_else(|| line.no(LineProblem::NoItem, part))?;
            let item = called(&field.items, item).ok_or_else(|| line.no(LineProblem::NoItem, item.trim()))?;
            let option =
                called(&field.options, option).ok_or_else(|| line.no(LineProblem::Unfit, option.trim()))?;
            chosen.insert(item, option);
        }
    }
    Ok(Value::ChoiceForEach(chosen))
}

/// The id that is called so, by itself or in any language.
fn called(known: &[(String, Text)], typed: &str) -> Option<String> {
    let typed = typed.trim().to_lowercase();
    let says = |words: &Text| words.0.iter().any(|(_, word)| word.to_lowercase() == typed);
    known.iter().find(|(id, words)| id.to_lowercase() == typed || says(words)).map(|(id, _)| id.clone())
}

/// Rows as a spreadsheet copies them, or with `;` or `|` between the cells; `+` first adds to those that are there.
pub(super) fn table(
    field: &Field,
    text: &str,
    before: Option<&Value>,
    beside: Beside<'_>,
) -> Result<Value, Refusal> {
    fits(field, text)?;
    let more = text.trim_start().strip_prefix('+').map(str::trim_start);
    let before = if let Some(Value::Table(rows)) = before { Some(rows) } else { None };
    let mut rows = before.filter(|_| more.is_some()).cloned().unwrap_or_default();
    let text = more.unwrap_or(text);
    let mut order: Vec<&Field> = field.columns.iter().collect();
    let mut is_first = true;
    for (number, cells) in cells(text) {
        let line = Line { field, number };
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if std::mem::take(&mut is_first)
            && let Some(heads) = headings(field, &cells)
        {
            order = heads;
            continue;
        }
        rows.push(row(&line, &order, &cells, beside)?);
        if rows.len() > MOST {
            return Err(line.no(LineProblem::TooManyLines, &MOST.to_string()));
        }
    }
    Ok(Value::Table(rows))
}

/// The columns in the order of a first line that names nothing but columns.
fn headings<'f>(field: &'f Field, cells: &[String]) -> Option<Vec<&'f Field>> {
    let titles: Vec<(String, Text)> =
        field.columns.iter().map(|column| (column.id.clone(), column.title.clone())).collect();
    let found: Option<Vec<&Field>> = cells
        .iter()
        .filter(|cell| !cell.trim().is_empty())
        .map(|cell| called(&titles, cell).and_then(|id| field.columns.iter().find(|column| column.id == id)))
        .collect();
    found.filter(|found| !found.is_empty())
}

fn row(line: &Line<'_>, order: &[&Field], cells: &[String], beside: Beside<'_>) -> Result<Row, Refusal> {
    if let Some(extra) = cells.iter().skip(order.len()).find(|cell| !cell.trim().is_empty()) {
        return Err(line.no(LineProblem::TooManyCells, extra.trim()));
    }
    let mut row = Row::new();
    for (at, column) in order.iter().enumerate() {
        let cell = cells.get(at).map_or("", |cell| cell.trim());
        if cell.is_empty() {
            continue;
        }
        let value = read_text(column, cell, beside.currency).map_err(|unread| match unread {
            Unread::Unfit => line.no_in(LineProblem::Unfit, Some(column), cell),
            Unread::Either(..) => unread.refusal(column, cell),
        })?;
        if let Some((from, until)) = within::left(column, &value, beside.values) {
            return Err(line.outside(column, cell, &format!("{from}..{until}")));
        }
        row.insert(column.id.clone(), value);
    }
    let empty = line.field.columns.iter().find(|column| column.required && !row.contains_key(&column.id));
    match empty {
        Some(column) => Err(line.no_in(LineProblem::EmptyCell, Some(column), "")),
        None => Ok(row),
    }
}

/// Lines and their cells; a cell in quotes may hold separators and line ends, as a spreadsheet copies it.
fn cells(text: &str) -> Vec<(u32, Vec<String>)> {
    let separator = ['\t', ';', '|'].into_iter().find(|mark| text.contains(*mark)).unwrap_or('\t');
    let mut rows: Vec<(u32, Vec<String>)> = vec![(1, vec![String::new()])];
    let (mut line, mut quoted) = (1_u32, false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let Some((_, row)) = rows.last_mut() else { break };
        let Some(cell) = row.last_mut() else { break };
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                cell.push('"');
                letters.next();
            }
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() && closes(letters.clone(), separator) => quoted = true,
            '\r' => {}
            '\n' => {
                line += 1;
                if quoted { cell.push('\n') } else { rows.push((line, vec![String::new()])) }
            }
            mark if mark == separator && !quoted => row.push(String::new()),
            other => cell.push(other),
        }
    }
    rows
}

/// Whether a quotation mark that opens a cell is closed before a separator or a line end: else it is only a word's.
fn closes(rest: impl Iterator<Item = char>, separator: char) -> bool {
    let rest: Vec<char> = rest.collect();
    let mut at = 0;
    while at < rest.len() {
        if rest[at] == '"' {
            match rest.get(at + 1) {
                Some('"') => at += 1,
                None => return true,
                Some(next) => return *next == separator || matches!(next, '\n' | '\r'),
            }
        }
        at += 1;
    }
    false
}

fn fits(field: &Field, text: &str) -> Result<(), Refusal> {
    let line = Line { field, number: 1 };
    if text.chars().count() > LONGEST {
        return Err(line.no(LineProblem::TooLong, &LONGEST.to_string()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{UAH, field};
    use super::*;
    use crate::domain::definition::FieldKind;
    use crate::domain::field::{Entered, filled, read};

    fn topics_field() -> Field {
        field(FieldKind::Topics)
    }

    fn plan_field() -> Field {
        let column = |id: &str, title: &str, kind, required| Field {
            id: id.into(),
            title: Text::plain(title),
            required,
            ..field(kind)
        };
        let network = Field {
            options: vec![("ig".into(), Text::plain("Instagram")), ("fb".into(), Text::plain("Facebook"))],
            ..column("network", "Мережа", FieldKind::Choice, true)
        };
        let columns = vec![
            column("date", "Дата", FieldKind::Date, true),
            column("topic", "Тема", FieldKind::Text, true),
            network,
            column("text", "Текст", FieldKind::LongText, false),
        ];
        Field { columns, ..field(FieldKind::Table) }
    }

    fn typed(field: &Field, text: &str, before: Option<&Value>) -> Result<Option<Value>, Refusal> {
        read(field, &Entered::Text(text.into()), before, UAH)
    }

    fn problem(refused: Result<Option<Value>, Refusal>) -> (LineProblem, u32) {
        let Err(Refusal::BadLine(bad)) = refused else { panic!("{refused:?}") };
        (bad.problem, bad.line)
    }

    fn titles(value: &Value) -> Vec<(&str, usize)> {
        let Value::Topics(topics) = value else { panic!("{value:?}") };
        topics.iter().map(|topic| (topic.title.as_str(), topic.under.len())).collect()
    }

    #[test]
    fn topics_are_read_in_every_way_that_people_write_them() {
        for text in [
            "Кава: зерно; обсмаження\nЛюди: бариста",
            "Кава\n - зерно\n - обсмаження\nЛюди:\n\tбариста",
            "Кава\tзерно\nКава\tобсмаження\nЛюди\tбариста",
            "Кава\tзерно\n\tобсмаження\nЛюди\tбариста",
        ] {
            let value = typed(&topics_field(), text, None).unwrap().unwrap();
            assert_eq!(titles(&value), [("Кава", 2), ("Люди", 1)], "{text}");
            assert_eq!(filled(Some(&value)), 2);
        }
    }

    #[test]
    fn a_topic_without_subtopics_and_a_subtopic_without_topic_are_named_by_their_line() {
        let no = |text: &str| problem(typed(&topics_field(), text, None));
        assert_eq!(no("- зерно"), (LineProblem::NoTopic, 1));
        assert_eq!(no("Кава: зерно\n\nЛюди\nДім: двір"), (LineProblem::NothingUnder, 3));
        assert_eq!(no(&"Кава: зерно\n".repeat(2_000)).0, LineProblem::TooLong);
    }

    #[test]
    fn rows_are_pasted_from_a_spreadsheet_with_or_without_headings() {
        let plain =
            "09.12.2026\tПро зерно\tInstagram\t\"Перший рядок\nдругий \"\"рядок\"\"\"\n2026-12-10\tЛюди\tfb";
        let headed = format!("Дата\tТема\tМережа\tТекст\r\n{plain}");
        let turned = "Тема;Дата;network\nПро зерно;09.12.2026;ig\nЛюди;2026-12-10;Facebook";
        let all =
            [plain, headed.as_str(), turned].map(|text| typed(&plan_field(), text, None).unwrap().unwrap());
        assert_eq!(all[0], all[1]);
        let Value::Table(rows) = &all[0] else { panic!() };
        assert_eq!(rows[0]["text"], Value::Text("Перший рядок\nдругий \"рядок\"".into()));
        assert_eq!(rows[1].keys().collect::<Vec<_>>(), ["date", "network", "topic"]);
        let Value::Table(turned) = &all[2] else { panic!() };
        assert_eq!((turned.len(), &turned[1]), (2, &rows[1]));
    }

    #[test]
    fn a_plus_adds_rows_to_those_that_are_there() {
        let one = typed(&plan_field(), "2026-12-10; Люди; fb", None).unwrap();
        let two = typed(&plan_field(), "+\n2026-12-11; Двір; ig", one.as_ref()).unwrap();
        assert_eq!(filled(two.as_ref()), 2);
        let anew = typed(&plan_field(), "2026-12-11; Двір; ig", two.as_ref()).unwrap();
        assert_eq!(filled(anew.as_ref()), 1);
    }

    #[test]
    fn a_cell_that_does_not_fit_is_named_by_line_and_column() {
        let no = |text: &str| problem(typed(&plan_field(), text, None));
        assert_eq!(no("2026-12-10; Люди; fb\nколись; Двір; ig"), (LineProblem::Unfit, 2));
        assert_eq!(no("2026-12-10; Люди; tiktok"), (LineProblem::Unfit, 1));
        assert_eq!(no("2026-12-10; ; fb"), (LineProblem::EmptyCell, 1));
        assert_eq!(no("2026-12-10; Люди; fb; текст; зайве"), (LineProblem::TooManyCells, 1));
        assert_eq!(no(&"2026-12-10; Люди; fb\n".repeat(101)), (LineProblem::TooManyLines, 101));
        let refused = typed(&plan_field(), "2026-12-10; Люди; tiktok", None);
        let Err(Refusal::BadLine(bad)) = refused else { panic!("{refused:?}") };
        let (column, known) = (bad.column, bad.known);
        assert_eq!((column, known), (Some(Text::plain("Мережа")), vec!["ig".to_owned(), "fb".to_owned()]));
    }

    #[test]
    fn a_quotation_mark_at_the_beginning_of_a_cell_is_no_quoted_cell() {
        let value =
            typed(&plan_field(), "2026-12-10\t\"Ранок\" про каву\tfb\n2026-12-11\tДвір\tig", None).unwrap();
        assert_eq!(filled(value.as_ref()), 2);
    }

    #[test]
    fn each_item_gets_its_choice_and_keeps_it_until_it_gets_another() {
        let field = Field {
            items: vec![("ig".into(), Text::plain("Instagram")), ("fb".into(), Text::plain("Facebook"))],
            ..field(FieldKind::ChoiceForEach)
        };
        let one = typed(&field, "Instagram: створюємо", None).unwrap();
        let both = typed(&field, "fb = have\nig: have", one.as_ref()).unwrap();
        assert_eq!((filled(one.as_ref()), filled(both.as_ref())), (1, 2));
        assert_eq!(problem(typed(&field, "ig: have\ntiktok: have", None)), (LineProblem::NoItem, 2));
        assert_eq!(problem(typed(&field, "ig: колись", None)), (LineProblem::Unfit, 1));
        assert_eq!(problem(typed(&field, "have", None)), (LineProblem::NoItem, 1));
    }
}
