//! Fold: words as they are looked for, without case, marks above letters and quotes.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What stays of a text for a search: `Кава «Їжак»` becomes `кава іжак`.
pub(super) fn fold(text: &str) -> String {
    let plain = text.nfd().filter(|letter| !is_combining_mark(*letter));
    let lower = plain.flat_map(char::to_lowercase).filter_map(|letter| match letter {
        'ґ' => Some('г'),
        'є' | 'ё' => Some('е'),
        'đ' => Some('d'),
        'ł' => Some('l'),
        '\'' | '’' | 'ʼ' | '"' | '«' | '»' | '“' | '”' | '„' => None,
        other => Some(other),
    });
    lower.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How well folded words fit a folded text: 0 is best; nothing if one of them is not there.
pub(super) fn rank(text: &str, typed: &str) -> Option<u8> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let begins = |wanted: &str| words.iter().any(|word| word.starts_with(wanted));
    if text.starts_with(typed) {
        return Some(0);
    }
    let wanted: Vec<&str> = typed.split_whitespace().collect();
    if wanted.iter().all(|one| begins(one)) {
        return Some(1);
    }
    wanted.iter().all(|one| text.contains(one)).then_some(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_marks_and_quotes_do_not_matter() {
        for (text, folded) in [
            ("Кава «Їжак»", "кава іжак"),
            ("П'ЯТЬ  Ґанків", "пять ганків"),
            ("Йога", "иога"),
            ("Phở Đà Lạt", "pho da lat"),
            ("Café ÉLAN", "cafe elan"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn the_beginning_of_a_text_fits_better_than_its_middle() {
        let text = fold("Кава «Ранок», SMM");
        assert_eq!(rank(&text, &fold("КАВА р")), Some(0));
        assert_eq!(rank(&text, &fold("смм")), None);
        assert_eq!(rank(&text, &fold("smm ран")), Some(1));
        assert_eq!(rank(&text, &fold("нок")), Some(2));
    }
}
