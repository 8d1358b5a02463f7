//! Decimal numbers as people type them: `24 000,50`, `24,000.50`, `1.234.567`.

/// A number without its sign; digits only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    pub whole: String,
    pub decimals: String,
}

/// What a typed number may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    Sure(Decimal),
    /// One mark with three digits after it, as in `24,000`: it may group thousands or begin the decimals.
    Either {
        mark: char,
        grouped: Decimal,
        pointed: Decimal,
    },
}

/// Reads a number without a sign; `None` when it is none.
pub fn read(text: &str) -> Option<Reading> {
    let text = text.trim();
    let marks: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| matches!(c, '.' | ',')).collect();
    let Some(&(at, mark)) = marks.last() else { return Some(Reading::Sure(whole(text, is_blank)?)) };
    let same = marks.iter().filter(|(_, c)| *c == mark).count();
    let (before, after) = (&text[..at], &text[at + 1..]);
    if same > 1 {
        // A mark that comes again can only group, and then nothing else may.
        return (same == marks.len()).then(|| whole(text, |c| c == mark)).flatten().map(Reading::Sure);
    }
    let pointed = |grouping: fn(char) -> bool| {
        let decimals = is_digits(after).then(|| after.to_owned())?;
        Some(Decimal { decimals, ..whole(before, grouping)? })
    };
    if marks.len() > 1 {
        let grouping: fn(char) -> bool = if mark == '.' { |c| c == ',' } else { |c| c == '.' };
        return pointed(grouping).map(Reading::Sure);
    }
    let pointed = pointed(is_blank)?;
    match whole(text, |c| c == mark) {
        Some(grouped) if !before.starts_with('0') => Some(Reading::Either { mark, grouped, pointed }),
        Some(_) | None => Some(Reading::Sure(pointed)),
    }
}

fn is_blank(letter: char) -> bool {
    matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A whole number whose thousands may be grouped.
fn whole(text: &str, grouping: impl Fn(char) -> bool) -> Option<Decimal> {
    let groups: Vec<&str> = text.split(grouping).collect();
    let (first, rest) = groups.split_first()?;
    let fits = rest.is_empty() || first.len() <= 3 && rest.iter().all(|group| group.len() == 3);
    (fits && groups.iter().all(|group| is_digits(group)))
        .then(|| Decimal { whole: groups.concat(), decimals: String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(whole: &str, decimals: &str) -> Decimal {
        Decimal { whole: whole.into(), decimals: decimals.into() }
    }

    #[test]
    fn numbers_are_read_as_each_language_writes_them() {
        for (text, whole, decimals) in [
            ("24000", "24000", ""),
            ("24 000", "24000", ""),
            ("24\u{202f}000,50", "24000", "50"),
            ("24,000.50", "24000", "50"),
            ("24.000,50", "24000", "50"),
            ("1,234,567", "1234567", ""),
            ("1.234.567", "1234567", ""),
            ("12,5", "12", "5"),
            ("0,125", "0", "125"),
            ("24 000,500", "24000", "500"),
            ("24000.125", "24000", "125"),
        ] {
            assert_eq!(read(text), Some(Reading::Sure(decimal(whole, decimals))), "{text}");
        }
    }

    #[test]
    fn one_mark_before_three_digits_has_two_readings() {
        for mark in [',', '.'] {
            let either =
                Reading::Either { mark, grouped: decimal("24000", ""), pointed: decimal("24", "000") };
            assert_eq!(read(&format!("24{mark}000")), Some(either));
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in
            ["", ",", "5,", ",5", "1 2", "12 00", "1,23,456", "1.234,567,890", "1,2.3.4", "24 00,5", "a"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
