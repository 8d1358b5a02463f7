//! The known word that somebody probably meant.

/// The nearest of `known`, if it is near enough to be a slip of the pen.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let best = known.into_iter().map(|other| (closeness(&lower, other), other)).min()?;
    let allowed = (lower.chars().count() / 3).max(2);
    (best.0 <= allowed).then_some(best.1)
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
