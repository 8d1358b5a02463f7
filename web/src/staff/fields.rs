//! The fields of a result, as inputs: what is there now, and what may come.

use engine::domain::Arg;
use engine::domain::definition::{Field, FieldKind};
use engine::domain::effect::ResultLine;
use engine::domain::field::{Value, filled, takes};
use maud::{Markup, html};

use super::frame::Ui;
use super::lists;

/// One field; `open` says whether it can be changed now.
pub(super) fn field(ui: &Ui<'_>, field: &Field, value: Option<&Value>, open: bool) -> Markup {
    let id = format!("f-{}", field.id);
    let missing = field.required && filled(value) == 0;
    if open && field.kind == FieldKind::ChoiceForEach {
        return each(ui, field, value, missing);
    }
    html! {
        div class=(if missing { "fld miss" } else { "fld" }) {
            label for=(id) {
                (field.title.in_language(ui.language))
                @if missing { " " span.chip.client { (ui.t("ui-fill-in")) } }
            }
            @if open {
                (input(ui, field, value, &id))
                input type="hidden" name={ "o." (field.id) } value=(typed(value));
                @if is_explained(field.kind) { p.small.muted { (ui.say("ui-takes", &[("kind", takes(field, ui.language))])) } }
            }
            @else { p.value #(id) { (shown(ui, field, value)) } }
            @if let Some(hint) = field.hint.as_ref().filter(|_| open) { p.small.muted { (hint.in_language(ui.language)) } }
        }
    }
}

/// A choice for each item: one list of options beside each.
fn each(ui: &Ui<'_>, field: &Field, value: Option<&Value>, missing: bool) -> Markup {
    let chosen = |item: &str| {
        let Some(Value::ChoiceForEach(chosen)) = value else { return "" };
        chosen.get(item).map_or("", String::as_str)
    };
    html! {
        fieldset class=(if missing { "fld each miss" } else { "fld each" }) {
            legend {
                (field.title.in_language(ui.language))
                @if missing { " " span.chip.client { (ui.t("ui-fill-in")) } }
            }
            @for (item, words) in &field.items {
                @let id = format!("f-{}-{item}", field.id);
                label for=(id) { (words.in_language(ui.language)) }
                select id=(id) name={ "f." (field.id) "." (item) } {
                    option value="" { "—" }
                    @for (option, words) in &field.options {
                        option value=(option) selected[option == chosen(item)] { (words.in_language(ui.language)) }
                    }
                }
            }
            input type="hidden" name={ "o." (field.id) } value=(typed(value));
            @if let Some(hint) = &field.hint { p.small.muted { (hint.in_language(ui.language)) } }
        }
    }
}

/// Whether it has to be said how a value is written.
fn is_explained(kind: FieldKind) -> bool {
    match kind {
        FieldKind::Links
        | FieldKind::Money
        | FieldKind::DateRange
        | FieldKind::DateTime
        | FieldKind::Choices
        | FieldKind::Topics
        | FieldKind::Table => true,
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Link
        | FieldKind::File
        | FieldKind::Files
        | FieldKind::Number
        | FieldKind::Percent
        | FieldKind::Date
        | FieldKind::Choice
        | FieldKind::YesNo
        | FieldKind::ChoiceForEach
        | FieldKind::Done => false,
    }
}

fn input(ui: &Ui<'_>, field: &Field, value: Option<&Value>, id: &str) -> Markup {
    let (name, text) = (format!("f.{}", field.id), typed(value));
    match field.kind {
        FieldKind::Topics | FieldKind::Table | FieldKind::ChoiceForEach => {
            html! { textarea id=(id) name=(name) rows="8" { "\n" (text) } }
        }
        FieldKind::Done => html! {
            @if text.is_empty() { p.value { (shown(ui, field, value)) } }
            textarea id=(id) name=(name) rows="8" { "\n" (text) }
        },
        FieldKind::LongText | FieldKind::Links => html! { textarea id=(id) name=(name) rows="3" { (text) } },
        FieldKind::Choice => html! {
            select id=(id) name=(name) {
                option value="" { "—" }
                @for (option, words) in &field.options {
                    option value=(option) selected[*option == text] { (words.in_language(ui.language)) }
                }
            }
        },
        FieldKind::YesNo => html! {
            select id=(id) name=(name) {
                option value="" { "—" }
                option value="yes" selected[text == "yes"] { (ui.t("word-yes")) }
                option value="no" selected[text == "no"] { (ui.t("word-no")) }
            }
        },
        FieldKind::Date => html! { input id=(id) name=(name) type="date" value=(text); },
        FieldKind::Text
        | FieldKind::Link
        | FieldKind::Number
        | FieldKind::Money
        | FieldKind::Percent
        | FieldKind::DateRange
        | FieldKind::DateTime
        | FieldKind::Choices
        | FieldKind::File
        | FieldKind::Files => html! { input id=(id) name=(name) value=(text); },
    }
}

/// A value as it can be typed again.
pub(super) fn typed(value: Option<&Value>) -> String {
    match value {
        // What is collected is collected anew when it is emptied.
        None | Some(Value::Files(_) | Value::Done(_)) => String::new(),
        Some(Value::Text(text) | Value::Number(text)) => text.clone(),
        Some(Value::Links(all)) => all.join("\n"),
        Some(Value::Choices(all)) => all.join(", "),
        Some(Value::Money(money)) => money.to_string(),
        Some(Value::Date(day)) => day.to_string(),
        Some(Value::DateRange(from, to)) => format!("{from}..{to}"),
        Some(Value::DateTime(at)) => at.format("%Y-%m-%d %H:%M").to_string(),
        Some(Value::Topics(topics)) => lists::topics(topics),
        Some(Value::Table(rows)) => lists::table(rows, |cell| typed(Some(cell))),
        Some(Value::ChoiceForEach(chosen)) => lists::choices(chosen),
        Some(Value::YesNo(flag)) => if *flag { "yes" } else { "no" }.to_owned(),
    }
}

/// A value as people read it, the same as in the chats.
pub(super) fn shown(ui: &Ui<'_>, field: &Field, value: Option<&Value>) -> String {
    if filled(value) == 0 {
        return "—".to_owned();
    }
    let line = value.map(|value| ResultLine::of(field, value.clone()));
    let line = line.unwrap_or_else(|| ResultLine::plain(field.kind, None));
    let text = ui.say("word-value", &[("result", Arg::Result(vec![line]))]);
    let title = field.title.in_language(ui.language);
    text.strip_prefix(title)
        .map_or(text.as_str(), |rest| rest.trim_start_matches([':', ' ', '\n']))
        .to_owned()
}
