//! Something to type into any field of a result.

use engine::domain::definition::{Field, FieldKind};

/// A text that the field takes; files are no texts.
pub fn text(field: &Field) -> String {
    match field.kind {
        FieldKind::File | FieldKind::Files | FieldKind::Done => String::new(),
        FieldKind::Link => "https://example.com/plan".into(),
        FieldKind::Links => (1..=9).map(|n| format!("https://example.com/{n} ")).collect(),
        FieldKind::Number | FieldKind::Percent => "9".into(),
        FieldKind::Money => "5000 UAH".into(),
        FieldKind::Date => "2026-11-23".into(),
        FieldKind::DateRange => "2026-12-09..2026-12-18".into(),
        FieldKind::DateTime => "2026-12-09 10:00".into(),
        FieldKind::Choice | FieldKind::Choices => "have".into(),
        FieldKind::YesNo => "так".into(),
        FieldKind::Topics => "Кава: зерно; обсмаження\nЛюди: бариста; гості".into(),
        FieldKind::Table => "2026-12-09\tЗерно з Ефіопії\tinstagram\tЗвідки наша кава".into(),
        FieldKind::ChoiceForEach => {
            let option = field.options.first().map(|(id, _)| id.clone()).unwrap_or_default();
            let items = field.items.iter().map(|(item, _)| format!("{item}: {option}"));
            items.collect::<Vec<_>>().join("\n")
        }
        FieldKind::Text | FieldKind::LongText => "Більше замовлень кави".into(),
    }
}
