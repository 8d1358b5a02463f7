//! What a field takes, in words for whoever fills it in: the same in the chat and on the page.

use crate::domain::Arg;
use crate::domain::definition::{Field, FieldKind, Text};

/// Its options, or how a value of its kind is written.
pub fn takes(field: &Field, language: &str) -> Arg {
    let key = match field.kind {
        FieldKind::Text => "kind-text",
        FieldKind::LongText => "kind-long-text",
        FieldKind::Link => "kind-link",
        FieldKind::Links => "kind-links",
        FieldKind::File => "kind-file",
        FieldKind::Files => "kind-files",
        FieldKind::Number => "kind-number",
        FieldKind::Money => "kind-money",
        FieldKind::Percent => "kind-percent",
        FieldKind::Date => "kind-date",
        FieldKind::DateRange => "kind-date-range",
        FieldKind::DateTime => "kind-date-time",
        FieldKind::YesNo => "kind-yes-no",
        FieldKind::Topics => "kind-topics",
        FieldKind::Done => "kind-done",
        FieldKind::Table => {
            let titles = field.columns.iter().map(|column| column.title.in_language(language));
            return Arg::Text(titles.collect::<Vec<_>>().join(" | "));
        }
        FieldKind::ChoiceForEach => {
            let words = |(_, title): &(String, Text)| title.in_language(language).to_owned();
            let (items, options): (Vec<_>, Vec<_>) =
                (field.items.iter().map(words).collect(), field.options.iter().map(words).collect());
            return Arg::Text(format!("{}: {}", items.join(" | "), options.join(" / ")));
        }
        FieldKind::Choice | FieldKind::Choices => {
            let titles = field.options.iter().map(|(_, title)| title.in_language(language));
            return Arg::Text(titles.collect::<Vec<_>>().join(", "));
        }
    };
    Arg::Key(key.to_owned())
}
