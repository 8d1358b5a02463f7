//! Worked time: what people spend it on, and how a length of it is typed (PF-46).

use serde::{Deserialize, Serialize};

/// What working time was spent on; the same words for every template, so that reports can add them up (PF-46, PF-125).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeKind {
    /// The work itself.
    Work,
    Meeting,
    Call,
    /// Whether what the client owes us has come.
    DataControl,
    /// Whether what came can be used.
    DataCheck,
    Offer,
    FollowUp,
    Road,
    Presentation,
}

/// Every kind, in the order in which reports name them.
pub const TIME_KINDS: [TimeKind; 9] = [
    TimeKind::Work,
    TimeKind::Meeting,
    TimeKind::Call,
    TimeKind::DataControl,
    TimeKind::DataCheck,
    TimeKind::Offer,
    TimeKind::FollowUp,
    TimeKind::Road,
    TimeKind::Presentation,
];

impl TimeKind {
    /// The word of templates and of the command line, such as `data_control`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Meeting => "meeting",
            Self::Call => "call",
            Self::DataControl => "data_control",
            Self::DataCheck => "data_check",
            Self::Offer => "offer",
            Self::FollowUp => "follow_up",
            Self::Road => "road",
            Self::Presentation => "presentation",
        }
    }

    /// Everything but the work itself is communication with the client (PF-73, PF-125).
    pub fn is_communication(self) -> bool {
        self != Self::Work
    }

    /// The key of its name in the message files.
    pub fn message_key(self) -> String {
        format!("time-{}", self.word().replace('_', "-"))
    }

    /// The kind that is called so.
    pub fn called(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase().replace([' ', '-'], "_");
        TIME_KINDS.into_iter().find(|kind| kind.word() == word)
    }
}

/// Minutes as people type them: `1h30m`, `1h30`, `45m`, `1.5h`, `1:30`, `1 год 30 хв`; a bare number says no unit.
pub fn read_minutes(text: &str) -> Option<u32> {
    let text = text.trim().to_lowercase().replace(',', ".");
    if let Some((hours, minutes)) = text.split_once(':') {
        let minutes = minutes.parse::<u32>().ok().filter(|rest| *rest < 60 && minutes.len() == 2)?;
        return hours.parse::<u32>().ok()?.checked_mul(60)?.checked_add(minutes);
    }
    let mut rest = text.as_str();
    let (mut total, mut smallest) = (0_u32, u32::MAX);
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at(end);
        let after = after.trim_start();
        let end = after.find(|c: char| c.is_ascii_digit() || c.is_whitespace()).unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        let unit = unit_minutes(unit.trim_end_matches('.')).filter(|unit| *unit < smallest)?;
        total = total.checked_add(times(number, unit)?)?;
        // `1h30`: what hangs on the hours are minutes.
        if unit == 60 && after.len() == 2 && after.bytes().all(|sign| sign.is_ascii_digit()) {
            return total.checked_add(after.parse().ok().filter(|minutes| *minutes < 60)?);
        }
        (rest, smallest) = (after.trim_start(), unit);
    }
    (smallest != u32::MAX).then_some(total)
}

fn unit_minutes(unit: &str) -> Option<u32> {
    match unit {
        "h" | "hr" | "hour" | "hours" | "г" | "год" | "година" | "години" | "годин" | "ч" | "час"
        | "часа" | "giờ" => Some(60),
        "m" | "min" | "mins" | "minutes" | "хв" | "хвилин" | "хвилини" | "хвилина" | "м" | "мин" | "phút" => {
            Some(1)
        }
        _ => None,
    }
}

/// A decimal number of units in whole minutes; a part of a minute is no answer.
fn times(number: &str, unit: u32) -> Option<u32> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() || decimals.len() > 2 || number.ends_with('.') {
        return None;
    }
    let part = format!("{decimals:0<2}").parse::<u32>().ok()?;
    let hundredths = whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(part)?.checked_mul(unit)?;
    (hundredths % 100 == 0).then_some(hundredths / 100)
}

/// `+45m call` as it is typed in the staff chat: minutes, then in words what on.
pub fn read_entry(text: &str) -> Option<(u32, String)> {
    let text = text.trim().trim_start_matches('+').trim_start();
    let words: Vec<&str> = text.split_whitespace().collect();
    // The longest beginning that is a length of time: `1 год 30 хв дзвінок`.
    (1..=words.len().min(4)).rev().find_map(|count| {
        let minutes = read_minutes(&words[..count].join(" "))?;
        Some((minutes, words[count..].join(" ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_read_as_people_type_them() {
        for (text, minutes) in [
            ("1h30m", 90),
            ("1h30", 90),
            ("2год05", 125),
            ("45m", 45),
            ("1.5h", 90),
            ("1,25 год", 75),
            ("1:05", 65),
            ("2 год 10 хв", 130),
            ("1h 30m", 90),
            ("0.1h", 6),
        ] {
            assert_eq!(read_minutes(text), Some(minutes), "{text}");
        }
    }

    #[test]
    fn what_says_no_unit_or_no_time_is_not_guessed() {
        for text in [
            "",
            "90",
            "1h 30",
            "1h75",
            "1h5",
            "30m1h",
            "1h2h",
            "1:75",
            "1:5",
            "h",
            "0.001h",
            "99999999999h",
            "-1h",
            "1.h",
        ] {
            assert_eq!(read_minutes(text), None, "{text}");
        }
    }

    #[test]
    fn an_entry_of_the_chat_says_how_long_and_what_on() {
        assert_eq!(read_entry("+45m call"), Some((45, "call".into())));
        assert_eq!(read_entry("+ 1 год 30 хв контроль даних"), Some((90, "контроль даних".into())));
        assert_eq!(read_entry("1h30m"), Some((90, String::new())));
        assert_eq!(read_entry("+1 до плану"), None);
        assert_eq!(read_entry("+"), None);
    }

    #[test]
    fn every_kind_is_found_by_its_word() {
        for kind in TIME_KINDS {
            assert_eq!(TimeKind::called(kind.word()), Some(kind));
        }
        assert_eq!(TimeKind::called("Data control"), Some(TimeKind::DataControl));
        assert_eq!(TimeKind::called("nap"), None);
    }
}
