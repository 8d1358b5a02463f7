//! What the players write: something of the right kind for every field and every question.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use engine::domain::definition::{self, Field, FieldKind, Form};
use engine::domain::field::{Entered, FileRef};
use engine::domain::form::Typed;
use engine::domain::{ContentId, Round, TaskId, Timestamp};
use engine::store::change::Content;
use sha2::{Digest, Sha256};

/// What a result is written with.
pub struct Pen<'a> {
    pub language: &'a str,
    pub currency: &'a str,
    pub task: &'a TaskId,
    pub round: Round,
    pub now: Timestamp,
    pub today: NaiveDate,
    /// The periods that stand in the result already, by their first days.
    pub begun: BTreeMap<String, NaiveDate>,
}

/// How many days after its first a period ends.
const PERIOD: u32 = 9;

/// How many things a field of several things gets.
fn many(field: &Field) -> u32 {
    field.at_least.unwrap_or(1).max(1)
}

impl Pen<'_> {
    /// A value for a field of a result; the files that it names, too.
    pub fn value(&self, field: &Field, plan: &definition::Task) -> (Entered, Vec<Content>) {
        match field.kind {
            FieldKind::File => self.files(field, 1),
            FieldKind::Files => self.files(field, many(field)),
            FieldKind::Choice => (Entered::Text(chosen(field, plan)), Vec::new()),
            FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Link
            | FieldKind::Links
            | FieldKind::Number
            | FieldKind::Money
            | FieldKind::Percent
            | FieldKind::Date
            | FieldKind::DateRange
            | FieldKind::DateTime
            | FieldKind::Choices
            | FieldKind::YesNo
            | FieldKind::Topics
            | FieldKind::Table
            | FieldKind::ChoiceForEach
            | FieldKind::Done => (Entered::Text(self.plain(field)), Vec::new()),
        }
    }

    fn plain(&self, field: &Field) -> String {
        let path = format!("{}/{}-{}", self.task, field.id, self.round);
        match field.kind {
            FieldKind::Link => format!("https://example.com/{path}"),
            FieldKind::Links => links(&path, many(field)),
            FieldKind::Money => {
                format!("{} {}", if field.sets_price { "100000" } else { "5000" }, self.currency)
            }
            FieldKind::Date => self.today.to_string(),
            FieldKind::DateRange => {
                let last = self.today.checked_add_days(Days::new(PERIOD.into())).unwrap_or(self.today);
                format!("{}..{last}", self.today)
            }
            FieldKind::DateTime => format!("{} 10:00", self.today),
            FieldKind::Number
            | FieldKind::Percent
            | FieldKind::Choice
            | FieldKind::Choices
            | FieldKind::YesNo
            | FieldKind::Text
            | FieldKind::LongText
            | FieldKind::File
            | FieldKind::Files => simple(field, self.language),
            FieldKind::Topics => self.topics(field),
            FieldKind::Table => {
                (0..many(field)).map(|day| self.row(field, day)).collect::<Vec<_>>().join("\n")
            }
            FieldKind::ChoiceForEach => each(field),
            // Emptied, it holds what the engine collects.
            FieldKind::Done => String::new(),
        }
    }

    fn topics(&self, field: &Field) -> String {
        let word = example(self.language);
        let topic = |number| format!("{word} {number}: {word} {number}.1; {word} {number}.2");
        (1..=many(field).max(2)).map(topic).collect::<Vec<_>>().join("\n")
    }

    /// Cells in the order of the columns.
    fn row(&self, field: &Field, day: u32) -> String {
        let cell = |column: &Field| {
            // A day that lies within a period is not later than the periods written here end.
            let day = if column.within.is_some() { day.min(PERIOD) } else { day };
            let period = column.within.as_ref().and_then(|period| self.begun.get(period));
            let first = period.copied().unwrap_or(self.today);
            let later = first.checked_add_days(Days::new(u64::from(day))).unwrap_or(first);
            if column.kind == FieldKind::Date { later.to_string() } else { self.plain(column) }
        };
        field.columns.iter().map(cell).collect::<Vec<_>>().join("\t")
    }

    fn files(&self, field: &Field, count: u32) -> (Entered, Vec<Content>) {
        let contents: Vec<Content> = (1..=count).map(|number| self.file(field, number)).collect();
        let file =
            |content: &Content| FileRef { content: content.content.clone(), sha256: content.sha256.clone() };
        (Entered::Files(contents.iter().map(file).collect()), contents)
    }

    fn file(&self, field: &Field, number: u32) -> Content {
        let id = format!("{}-{}-{}-{number}", self.task, field.id, self.round);
        let sha256 = hex::encode(Sha256::digest(&id));
        Content {
            content: ContentId(format!("simulated-{id}")),
            person: None,
            kind: "document".to_owned(),
            text: String::new(),
            file_id: Some(id),
            file_name: Some(format!("{}.pdf", field.id)),
            mime: Some("application/pdf".to_owned()),
            size: Some(1_000),
            sha256,
            created: self.now,
        }
    }
}

/// What a client writes into a form; everything is answered.
pub fn answers(form: &Form, language: &str, currency: &str, today: chrono::NaiveDate) -> Typed {
    if form.questions.is_empty() {
        return Typed::from([("form".to_owned(), vec![example(language).to_owned()])]);
    }
    let answer = |field: &Field| {
        let typed = match field.kind {
            FieldKind::Link | FieldKind::File => vec![format!("https://example.com/{}", field.id)],
            FieldKind::Links | FieldKind::Files => vec![links(&field.id, many(field))],
            FieldKind::Money => vec![format!("5000 {currency}")],
            FieldKind::Date => vec![today.to_string()],
            FieldKind::DateRange => vec![today.to_string(), today.to_string()],
            FieldKind::DateTime => vec![format!("{today}T10:00")],
            FieldKind::Number
            | FieldKind::Percent
            | FieldKind::Choice
            | FieldKind::Choices
            | FieldKind::YesNo
            | FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Topics
            | FieldKind::Table
            | FieldKind::ChoiceForEach
            | FieldKind::Done => vec![simple(field, language)],
        };
        (field.id.clone(), typed)
    };
    form.questions.iter().map(answer).collect()
}

/// The first option for each item.
fn each(field: &Field) -> String {
    let option = field.options.first().map(|(id, _)| id.as_str()).unwrap_or_default();
    field.items.iter().map(|(item, _)| format!("{item}: {option}")).collect::<Vec<_>>().join("\n")
}

fn links(path: &str, count: u32) -> String {
    (1..=count).map(|number| format!("https://example.com/{path}/{number}")).collect::<Vec<_>>().join(" ")
}

fn simple(field: &Field, language: &str) -> String {
    match field.kind {
        FieldKind::Number => many(field).max(9).to_string(),
        FieldKind::Percent => "10".to_owned(),
        FieldKind::Choice | FieldKind::Choices => {
            field.options.first().map(|(id, _)| id.clone()).unwrap_or_default()
        }
        FieldKind::YesNo => "yes".to_owned(),
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Link
        | FieldKind::Links
        | FieldKind::File
        | FieldKind::Files
        | FieldKind::Money
        | FieldKind::Date
        | FieldKind::DateRange
        | FieldKind::DateTime
        | FieldKind::Topics
        | FieldKind::Table
        | FieldKind::ChoiceForEach
        | FieldKind::Done => example(language).to_owned(),
    }
}

/// The option that does not end the project.
fn chosen(field: &Field, plan: &definition::Task) -> String {
    let ends = |id: &str| {
        plan.ends_project_if.as_ref().is_some_and(|(about, option)| *about == field.id && option == id)
    };
    field.options.iter().map(|(id, _)| id).find(|id| !ends(id)).cloned().unwrap_or_default()
}

fn example(language: &str) -> &'static str {
    match language {
        "uk" => "приклад",
        "vi" => "ví dụ",
        "bg" => "пример",
        _ => "example",
    }
}

/// What the PM writes down of a talk with the client.
pub fn note(language: &str) -> &'static str {
    match language {
        "uk" => "Домовились, занотовано",
        "vi" => "Đã thống nhất và ghi lại",
        "bg" => "Договорено и записано",
        _ => "Agreed and written down",
    }
}

/// What a client wants changed.
pub fn remark(language: &str) -> &'static str {
    match language {
        "uk" => "Трохи інакше, будь ласка",
        "vi" => "Xin sửa lại một chút",
        "bg" => "Малко по-различно, моля",
        _ => "A little different, please",
    }
}
