//! Answers: what came in for the questions of a form, read as values and checked (PF-85).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::definition::{Field, FieldKind, Form, Text};
use super::field::{Beside, Entered, Value, bad_value, filled, read};
use super::refusal::{Missing, Refusal};

/// The longest answer, in characters.
pub const LONGEST: usize = 10_000;

/// The most answers that a form without questions of ours takes.
pub const MOST: usize = 200;

/// What was typed, by question; several entries where several things were chosen.
pub type Typed = BTreeMap<String, Vec<String>>;

/// An answer as a handed-in brief keeps it, with the question as it was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub question: String,
    pub title: Text,
    pub kind: FieldKind,
    pub options: Vec<(String, Text)>,
    pub value: Value,
    /// Where it goes on the client's card, such as `website`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saves_to: Option<String>,
}

impl Answer {
    /// The entries that would be typed to say the same.
    pub fn as_typed(&self) -> Vec<String> {
        as_typed(&self.value)
    }
}

fn as_typed(value: &Value) -> Vec<String> {
    match value {
        Value::Text(text) | Value::Number(text) => vec![text.clone()],
        Value::Links(all) => vec![all.join("\n")],
        Value::Choices(all) => all.clone(),
        Value::Money(money) => vec![money.to_string()],
        Value::Date(day) => vec![day.to_string()],
        Value::DateRange(from, to) => vec![from.to_string(), to.to_string()],
        Value::DateTime(at) => vec![at.format("%Y-%m-%dT%H:%M").to_string()],
        Value::YesNo(yes) => vec![if *yes { "yes" } else { "no" }.to_owned()],
        // No question of a form asks for these.
        Value::Files(_) | Value::Topics(_) | Value::Table(_) | Value::ChoiceForEach(_) | Value::Done(_) => {
            Vec::new()
        }
    }
}

/// What is wrong with one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub question: String,
    pub problem: Problem,
}

/// Why an answer is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    Missing,
    /// The answer is no value of the question's type.
    Unfit(FieldKind),
    /// More characters than `LONGEST`.
    TooLong,
    /// At least so many are needed, and so many are there.
    TooFew {
        at_least: u32,
        have: u32,
    },
}

/// The answers that can be read, and what is wrong with the others; empty ones are left out.
pub fn read_answers(form: &Form, typed: &Typed, currency: &str) -> (Vec<Answer>, Vec<Wrong>) {
    if form.questions.is_empty() {
        return as_they_came(typed);
    }
    let (mut answers, mut wrong) = (Vec::new(), Vec::new());
    for field in &form.questions {
        match read_one(field, typed.get(&field.id).map_or(&[], Vec::as_slice), currency) {
            Ok(Some(value)) => answers.push(answer(field, value)),
            Ok(None) => {}
            Err(problem) => wrong.push(Wrong { question: field.id.clone(), problem }),
        }
    }
    (answers, wrong)
}

/// The required questions that `answered` leaves out.
pub fn unanswered<'a>(form: &'a Form, answered: &'a [String]) -> impl Iterator<Item = &'a Field> {
    form.questions.iter().filter(|field| field.required && !answered.contains(&field.id))
}

/// The question that is called so: by its id, by an id that it has elsewhere, or by its title in any language.
pub fn question_called<'a>(form: &'a Form, name: &str) -> Option<&'a Field> {
    let plain = |text: &str| text.trim().trim_end_matches([' ', '*']).to_lowercase();
    let wanted = plain(name);
    let by_title = |field: &&Field| field.title.0.iter().any(|(_, title)| plain(title) == wanted);
    let by_id = form.questions.iter().find(|field| field.id == name.trim());
    let by_other_id = || form.questions.iter().find(|field| field.was.iter().any(|was| was == name.trim()));
    by_id.or_else(by_other_id).or_else(|| form.questions.iter().find(by_title))
}

/// The entries as the input of the question can show them: options by their ids, days as browsers write them, one
/// line where there is one. What the input has no place for is left out.
pub fn as_shown(field: &Field, typed: &[String]) -> Vec<String> {
    let entries = || typed.iter().map(|entry| entry.trim()).filter(|entry| !entry.is_empty());
    match field.kind {
        FieldKind::Choice | FieldKind::Choices => {
            let chosen: Vec<&str> = entries().flat_map(|entry| options_called(field, entry)).collect();
            let ids = field.options.iter().map(|(id, _)| id).filter(|id| chosen.contains(&id.as_str()));
            let most = if field.kind == FieldKind::Choice { 1 } else { usize::MAX };
            ids.take(most).cloned().collect()
        }
        FieldKind::YesNo | FieldKind::Date | FieldKind::DateRange | FieldKind::DateTime => {
            let value = read(field, &Entered::Text(joined(field, typed)), None, Beside::default());
            value.ok().flatten().map_or_else(|| typed.to_vec(), |value| as_typed(&value))
        }
        FieldKind::LongText
        | FieldKind::Links
        | FieldKind::File
        | FieldKind::Files
        | FieldKind::Topics
        | FieldKind::Table
        | FieldKind::ChoiceForEach
        | FieldKind::Done => typed.to_vec(),
        FieldKind::Text | FieldKind::Link | FieldKind::Number | FieldKind::Money | FieldKind::Percent => {
            let line = entries().collect::<Vec<_>>().join(" ").replace('\n', " ");
            if line.is_empty() { Vec::new() } else { vec![line] }
        }
    }
}

/// The ids of one option that is called so, or of several with commas between them.
fn options_called<'a>(field: &'a Field, entry: &str) -> Vec<&'a str> {
    match option_called(field, entry) {
        Some(id) => vec![id],
        None => entry.split(',').filter_map(|part| option_called(field, part.trim())).collect(),
    }
}

/// Why answers with something wrong in them are not handed in: what cannot be read comes first.
pub fn refusal(form: &Form, typed: &Typed, wrong: &[Wrong]) -> Refusal {
    let asked = |id: &String| form.questions.iter().find(|field| field.id == *id);
    let unfit = wrong.iter().find(|wrong| matches!(wrong.problem, Problem::Unfit(_) | Problem::TooLong));
    if let Some((wrong, field)) = unfit.and_then(|wrong| Some((wrong, asked(&wrong.question)?))) {
        let given = typed.get(&wrong.question).map(|entries| entries.join(", ")).unwrap_or_default();
        let kind = if let Problem::Unfit(kind) = wrong.problem { kind } else { field.kind };
        return bad_value(&Field { kind, ..field.clone() }, &given);
    }
    let (id, title) = (form.id.clone(), form.title.clone());
    Refusal::FormIncomplete { form: id, title, missing: missing(form, wrong) }
}

/// The questions that something is wrong with, as what is missing.
pub fn missing(form: &Form, wrong: &[Wrong]) -> Vec<Missing> {
    let asked = |id: &String| form.questions.iter().find(|field| field.id == *id);
    wrong.iter().map(|wrong| lacks(wrong, asked(&wrong.question))).collect()
}

fn lacks(wrong: &Wrong, field: Option<&Field>) -> Missing {
    let (field, title) = (wrong.question.clone(), field.map(|field| field.title.clone()).unwrap_or_default());
    match wrong.problem {
        Problem::TooFew { at_least, have } => Missing::More { field, title, at_least, have },
        Problem::Missing | Problem::Unfit(_) | Problem::TooLong => Missing::Field { field, title },
    }
}

fn read_one(field: &Field, typed: &[String], currency: &str) -> Result<Option<Value>, Problem> {
    let text = joined(field, typed);
    if text.chars().count() > LONGEST {
        return Err(Problem::TooLong);
    }
    // A file is handed over by its address, or in the chat.
    let is_file = matches!(field.kind, FieldKind::File | FieldKind::Files);
    let kind = if is_file { FieldKind::Links } else { field.kind };
    let asked = Field { kind, ..field.clone() };
    let beside = Beside { currency: Some(currency), values: None };
    let value = read(&asked, &Entered::Text(text), None, beside).map_err(|_| Problem::Unfit(kind))?;
    let have = filled(value.as_ref());
    match field.at_least {
        Some(at_least) if have > 0 && have < at_least => Err(Problem::TooFew { at_least, have }),
        _ if have == 0 && field.required => Err(Problem::Missing),
        _ => Ok(value.filter(|_| have > 0)),
    }
}

/// The entries as one text, the way a field is typed.
fn joined(field: &Field, typed: &[String]) -> String {
    let entries = typed.iter().map(|entry| entry.trim()).filter(|entry| !entry.is_empty());
    match field.kind {
        FieldKind::Choice | FieldKind::Choices => {
            let chosen: Vec<&str> =
                entries.map(|entry| option_called(field, entry).unwrap_or(entry)).collect();
            chosen.join(",")
        }
        FieldKind::DateRange => entries.collect::<Vec<_>>().join(".."),
        FieldKind::Link | FieldKind::Links => entries.map(with_scheme).collect::<Vec<_>>().join("\n"),
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::File
        | FieldKind::Files
        | FieldKind::Number
        | FieldKind::Money
        | FieldKind::Percent
        | FieldKind::Date
        | FieldKind::DateTime
        | FieldKind::YesNo
        | FieldKind::Topics
        | FieldKind::Table
        | FieldKind::ChoiceForEach
        | FieldKind::Done => entries.collect::<Vec<_>>().join("\n"),
    }
}

/// Addresses as clients type them, `ranok.ua`, with what browsers put before them.
fn with_scheme(entry: &str) -> String {
    let complete = |word: &str| {
        let is_bare = word.contains('.') && !word.contains(':') && word.starts_with(char::is_alphanumeric);
        if is_bare { format!("https://{word}") } else { word.to_owned() }
    };
    let words = entry.split([',', ' ', '\n', '\t']).filter(|word| !word.is_empty());
    words.map(complete).collect::<Vec<_>>().join("\n")
}

/// The id of an option whose words may hold a comma.
fn option_called<'a>(field: &'a Field, entry: &str) -> Option<&'a str> {
    let says = |words: &Text| words.0.iter().any(|(_, word)| word == entry);
    let found = field.options.iter().find(|(id, words)| id == entry || says(words));
    found.map(|(id, _)| id.as_str())
}

fn answer(field: &Field, value: Value) -> Answer {
    let card = field.saves_to.as_deref();
    Answer {
        question: field.id.clone(),
        title: field.title.clone(),
        kind: field.kind,
        options: field.options.clone(),
        value,
        saves_to: card.map(|place| place.strip_prefix("client.").unwrap_or(place).to_owned()),
    }
}

/// A form of somebody else's, whose questions we do not know: everything is text.
fn as_they_came(typed: &Typed) -> (Vec<Answer>, Vec<Wrong>) {
    let (mut answers, mut wrong) = (Vec::new(), Vec::new());
    for (question, entries) in typed {
        let text = entries.join("\n").trim().to_owned();
        if text.is_empty() {
            continue;
        }
        if text.chars().count() > LONGEST || answers.len() == MOST {
            wrong.push(Wrong { question: question.clone(), problem: Problem::TooLong });
            continue;
        }
        answers.push(Answer {
            question: question.clone(),
            title: Text::plain(question),
            kind: FieldKind::LongText,
            options: Vec::new(),
            value: Value::Text(text),
            saves_to: None,
        });
    }
    if answers.is_empty() && wrong.is_empty() {
        wrong.push(Wrong { question: String::new(), problem: Problem::Missing });
    }
    (answers, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(id: &str, kind: FieldKind, required: bool) -> Field {
        Field {
            id: id.into(),
            was: Vec::new(),
            title: Text(vec![
                ("uk".into(), format!("Питання {id}?")),
                ("en".into(), format!("Question {id}?")),
            ]),
            kind,
            required,
            at_least: None,
            client_sees: false,
            options: vec![
                ("have".into(), Text::plain("Так, є")),
                ("create".into(), Text::plain("Створюємо")),
            ],
            items: Vec::new(),
            columns: Vec::new(),
            within: None,
            hint: None,
            is_expense: false,
            sets_price: false,
            saves_to: Some("client.website".into()),
        }
    }

    fn form(questions: Vec<Field>) -> Form {
        Form { id: "f".into(), title: Text::plain("Бриф"), intro: None, questions, google_form: None }
    }

    fn typed(entries: &[(&str, &[&str])]) -> Typed {
        let many = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect();
        entries.iter().map(|(question, all)| ((*question).to_owned(), many(all))).collect()
    }

    fn problems(questions: Vec<Field>, entries: &[(&str, &[&str])]) -> Vec<Problem> {
        let (_, wrong) = read_answers(&form(questions), &typed(entries), "UAH");
        wrong.into_iter().map(|wrong| wrong.problem).collect()
    }

    #[test]
    fn an_option_is_chosen_by_its_id_or_by_its_words_even_with_a_comma_in_them() {
        let asked = || vec![field("q", FieldKind::Choices, true)];
        let (answers, wrong) = read_answers(&form(asked()), &typed(&[("q", &["Так, є", "create"])]), "UAH");
        assert_eq!(wrong, []);
        assert_eq!(answers[0].value, Value::Choices(vec!["have".into(), "create".into()]));
        assert_eq!(answers[0].saves_to.as_deref(), Some("website"));
        assert_eq!(problems(asked(), &[("q", &["ще щось"])]), [Problem::Unfit(FieldKind::Choices)]);
    }

    #[test]
    fn what_came_from_elsewhere_is_shown_as_the_input_can_show_it() {
        let cases: [(FieldKind, &[&str], &[&str]); 10] = [
            (FieldKind::Choices, &["Створюємо", "Так, є"], &["have", "create"]),
            (FieldKind::Choices, &["create, have"], &["have", "create"]),
            (FieldKind::Choices, &["щось"], &[]),
            (FieldKind::Choice, &["create", "have"], &["have"]),
            (FieldKind::YesNo, &["Так"], &["yes"]),
            (FieldKind::Date, &["31.12.2026"], &["2026-12-31"]),
            (FieldKind::Date, &["колись"], &["колись"]),
            (FieldKind::DateRange, &["2026-12-09..2026-12-18"], &["2026-12-09", "2026-12-18"]),
            (FieldKind::Text, &["раз\nдва", "три"], &["раз два три"]),
            (FieldKind::LongText, &["раз\nдва"], &["раз\nдва"]),
        ];
        for (kind, entries, shown) in cases {
            let entries = typed(&[("q", entries)])["q"].clone();
            assert_eq!(as_shown(&field("q", kind, true), &entries), shown, "{kind:?} {entries:?}");
        }
    }

    #[test]
    fn what_is_wrong_becomes_a_refusal_that_names_all_that_is_missing() {
        let asked = form(vec![field("a", FieldKind::Text, true), field("b", FieldKind::Link, true)]);
        let refused = |entries: &[(&str, &[&str])]| {
            let typed = typed(entries);
            refusal(&asked, &typed, &read_answers(&asked, &typed, "UAH").1)
        };
        assert_eq!(refused(&[]).missing().len(), 2);
        let unfit = refused(&[("b", &["ranok"])]);
        assert_eq!(unfit.code(), "bad-value", "{unfit:?}");
    }

    #[test]
    fn an_empty_answer_is_missing_only_where_one_is_required() {
        let asked = vec![field("a", FieldKind::Text, true), field("b", FieldKind::Number, false)];
        assert_eq!(problems(asked, &[("a", &["  "]), ("b", &[""])]), [Problem::Missing]);
    }

    #[test]
    fn a_file_is_answered_by_the_address_where_it_lies() {
        let asked = || vec![field("q", FieldKind::Files, true)];
        assert_eq!(problems(asked(), &[("q", &["https://drive.example.com/logo"])]), []);
        assert_eq!(problems(asked(), &[("q", &["logo.png"])]), [Problem::Unfit(FieldKind::Links)]);
    }

    #[test]
    fn what_was_answered_can_be_typed_again() {
        let all: [(FieldKind, &[&str]); 6] = [
            (FieldKind::Money, &["5000 UAH"]),
            (FieldKind::DateRange, &["2026-12-09", "2026-12-18"]),
            (FieldKind::DateTime, &["2026-12-09T10:00"]),
            (FieldKind::Choices, &["have", "create"]),
            (FieldKind::YesNo, &["no"]),
            (FieldKind::Links, &["https://a.ua\nhttps://b.ua"]),
        ];
        for (kind, entries) in all {
            let form = form(vec![field("q", kind, true)]);
            let (answers, wrong) = read_answers(&form, &typed(&[("q", entries)]), "UAH");
            assert_eq!(
                (wrong, answers[0].as_typed()),
                (vec![], typed(&[("q", entries)])["q"].clone()),
                "{kind:?}"
            );
        }
    }

    #[test]
    fn an_address_needs_no_scheme_and_a_script_is_none() {
        let asked = || form(vec![field("q", FieldKind::Links, true)]);
        let (answers, _) = read_answers(&asked(), &typed(&[("q", &["ranok.ua, http://b.ua"])]), "UAH");
        assert_eq!(answers[0].value, Value::Links(vec!["https://ranok.ua".into(), "http://b.ua".into()]));
        for entry in ["ranok", "javascript:alert(1.2)", ".."] {
            assert_eq!(read_answers(&asked(), &typed(&[("q", &[entry])]), "UAH").1.len(), 1, "{entry}");
        }
    }

    #[test]
    fn two_days_make_a_range_and_a_novel_is_too_long() {
        let asked = || vec![field("q", FieldKind::DateRange, true)];
        assert_eq!(problems(asked(), &[("q", &["2026-12-09", "2026-12-18"])]), []);
        assert_eq!(problems(asked(), &[("q", &["2026-12-09", ""])]), [Problem::Unfit(FieldKind::DateRange)]);
        let novel = "ж".repeat(LONGEST + 1);
        assert_eq!(
            problems(vec![field("q", FieldKind::LongText, true)], &[("q", &[&novel])]),
            [Problem::TooLong]
        );
    }

    #[test]
    fn a_question_is_found_by_its_ids_and_by_its_title_in_any_language() {
        let mut form = form(vec![field("a", FieldKind::Text, true)]);
        form.questions[0].was = vec!["newer".into()];
        for name in ["a", "newer", "Питання a?", "question A? *"] {
            assert_eq!(question_called(&form, name).map(|field| field.id.as_str()), Some("a"), "{name}");
        }
        assert_eq!(question_called(&form, "b"), None);
    }

    #[test]
    fn a_form_of_somebody_else_is_kept_as_it_came() {
        let (answers, wrong) = read_answers(&form(Vec::new()), &typed(&[("Що продаєте?", &["Каву"])]), "UAH");
        assert_eq!((answers.len(), wrong.len()), (1, 0));
        assert_eq!(answers[0].value, Value::Text("Каву".into()));
        let (_, wrong) = read_answers(&form(Vec::new()), &typed(&[]), "UAH");
        assert_eq!(wrong.len(), 1);
    }
}
