//! The known word that somebody probably meant.

/// The nearest of `known`, if it is near enough to be a slip of the pen.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let best = known.into_iter().map(|other| (closeness(&lower, other), other)).min()?;
    let allowed = (lower.chars().count() / 3).max(2);
    (best.0 <= allowed).then_some(best.1)
}

/// Words of these files and what people write for them, by habit or in their own language.
const HABITS: &[(&str, &[&str])] = &[
    ("none", &["ні", "немає", "нема", "не", "no", "false", "off", "nobody"]),
    (
        "required",
        &["так", "потрібно", "обов'язково", "обовʼязково", "да", "yes", "true", "on", "client", "клієнт"],
    ),
    ("task", &["завдання", "задача", "етап"]),
    ("title", &["назва", "name", "label", "заголовок"]),
    ("assignee", &["виконавець", "відповідальний", "executor", "responsible", "owner", "role", "роль"]),
    ("auditor", &["аудитор", "перевіряє", "reviewer", "checker"]),
    ("hours", &["години", "годин", "час", "estimate"]),
    ("due", &["термін", "дедлайн", "deadline", "duration", "строк"]),
    ("approval", &["погодження", "затвердження", "approve"]),
    ("result", &["результат", "output", "fields", "поля"]),
    ("field", &["поле"]),
    ("button", &["кнопка"]),
    ("buttons", &["кнопки"]),
    ("checklist", &["чекліст", "чеклист"]),
    ("type", &["тип"]),
    ("options", &["варіанти", "values"]),
    ("client_sees", &["клієнт_бачить", "visible"]),
    ("instructions", &["інструкція", "інструкції", "опис", "description"]),
    ("text", &["текст", "string", "рядок"]),
    ("link", &["посилання", "лінк", "url"]),
    ("file", &["файл", "document", "документ"]),
    ("number", &["число", "кількість", "integer"]),
    ("money", &["гроші", "сума", "price", "ціна"]),
    ("percent", &["відсоток", "відсотки", "%"]),
    ("date", &["дата", "day", "день"]),
    ("choice", &["вибір", "select", "список", "dropdown"]),
    ("yes/no", &["так/ні", "boolean", "bool", "checkbox", "галочка"]),
    ("table", &["таблиця"]),
    ("first", &["перший", "once"]),
    ("every", &["кожен", "щомісяця", "always"]),
];

/// The known word for what people write otherwise, if it can stand there.
pub(crate) fn meant<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word = word.to_lowercase();
    let mut meant = HABITS.iter().filter(|(_, habits)| habits.contains(&word.as_str()));
    meant.find_map(|(ours, _)| known.iter().copied().find(|other| other == ours))
}

/// A few of `known` that share a part with a word, such as `brief-reminder` with `thank-you-reminder`.
pub(crate) fn related<'a>(word: &str, known: Vec<&'a str>, few: usize) -> Vec<&'a str> {
    let parts = |word: &str| -> Vec<String> {
        let parts = word.split(['_', '-', ' ']).filter(|part| part.chars().count() >= 4);
        parts.map(str::to_lowercase).collect()
    };
    let wanted = parts(word);
    let shares = |other: &&str| parts(other).iter().any(|part| wanted.contains(part));
    known.into_iter().filter(shares).take(few).collect()
}

/// Edits between two words; a word that contains the other whole counts as near.
fn closeness(word: &str, other: &str) -> usize {
    let other = other.to_lowercase();
    if word == other {
        return 0;
    }
    let (short, long) =
        if word.len() < other.len() { (word, other.as_str()) } else { (other.as_str(), word) };
    let contained = short.chars().count() >= 4 && long.split(['_', '-', ' ']).any(|part| part == short);
    if contained { 1 } else { distance(word, &other) }
}

/// Insertions, deletions, changes and swaps of neighbours that lead from `a` to `b`.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().max(b.len()) > 80 {
        return usize::MAX;
    }
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_finds_the_word_that_was_meant() {
        assert_eq!(nearest("asignee", ["assignee", "auditor"]), Some("assignee"));
        assert_eq!(nearest("audience", ["ad_goal", "ad_audience"]), Some("ad_audience"));
        assert_eq!(nearest("taks", ["task", "title"]), Some("task"));
        assert_eq!(nearest("Approval", ["approval"]), Some("approval"));
    }

    #[test]
    fn a_word_of_habit_or_of_another_language_finds_ours_where_it_can_stand() {
        assert_eq!(meant("Назва", &["time", "title"]), Some("title"));
        assert_eq!(meant("ні", &["required", "none"]), Some("none"));
        assert_eq!(meant("так", &["required", "none"]), Some("required"));
        assert_eq!(meant("назва", &["time"]), None);
        assert_eq!(meant("time", &["title"]), None);
    }

    #[test]
    fn of_very_many_words_those_that_share_a_part_are_named() {
        let known = vec!["approval-reminder", "welcome", "brief-reminder", "task-started"];
        assert_eq!(related("thank-you-reminder", known.clone(), 1), ["approval-reminder"]);
        assert_eq!(related("зовсім-інше", known, 9), [""; 0]);
    }

    #[test]
    fn a_strange_word_finds_nothing() {
        assert_eq!(nearest("зовсім інше", ["assignee", "auditor"]), None);
        assert_eq!(nearest("x", []), None);
    }
}
