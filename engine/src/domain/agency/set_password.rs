//! A second way in, with a password and a code (RELIABILITY 6.4): whose it is, and what is too easy to guess.

use super::{Agency, AgencyEvent};
use crate::domain::{Asked, PersonId, Refusal, Right};

use super::AgencyCommand;

/// A password has at least so many characters (ASVS 6.2.1 asks for 8, and for 15 where there is no second factor).
pub const SHORTEST: u32 = 12;
/// And at most so many: a longer one only makes the server work.
pub const LONGEST: u32 = 128;
/// So many different characters at least.
const DIFFERENT: usize = 5;

/// A password is given to oneself, or by those who run the agency.
pub(super) fn decide(
    agency: &Agency,
    asked: &Asked<AgencyCommand>,
    person: &PersonId,
) -> Result<Vec<AgencyEvent>, Refusal> {
    if asked.by.person() != Some(person) {
        Right::Head.insist(asked, "password")?;
    }
    if !agency.people.contains_key(person) {
        return Err(Refusal::NoPerson { person: person.0.clone() });
    }
    Ok(vec![AgencyEvent::PasswordSet { person: person.clone() }])
}

/// Whether a password can be taken: long enough, not one of a few characters, and not made of who it belongs to.
pub fn is_hard(password: &str, person: &PersonId, name: &str) -> Result<(), Refusal> {
    let too_easy = Err(Refusal::PasswordTooEasy { shortest: SHORTEST, longest: LONGEST });
    let length = u32::try_from(password.chars().count()).unwrap_or(u32::MAX);
    if !(SHORTEST..=LONGEST).contains(&length) {
        return too_easy;
    }
    let mut left = password.to_lowercase();
    let names = name.split_whitespace().chain([person.as_str(), "signoff", "password", "пароль"]);
    for name in names.filter(|name| name.chars().count() > 2) {
        left = left.replace(&name.to_lowercase(), "");
    }
    let different: std::collections::BTreeSet<char> = left.chars().collect();
    if different.len() < DIFFERENT || is_a_row(&left) { too_easy } else { Ok(()) }
}

/// `12345678…` and the like.
fn is_a_row(text: &str) -> bool {
    let codes: Vec<u32> = text.chars().map(u32::from).collect();
    let steps = codes.windows(2).filter(|pair| pair[0].abs_diff(pair[1]) <= 1).count();
    steps * 4 >= codes.len() * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(password: &str) -> bool {
        is_hard(password, &"olena".into(), "Олена Коваль").is_ok()
    }

    #[test]
    fn what_is_easy_to_guess_is_refused() {
        for easy in [
            "коротке",
            "aaaaaaaaaaaaaaaa",
            "123456789012345",
            "ababababababab",
            "olenaolena12",
            "Пароль123456",
        ] {
            assert!(!takes(easy), "{easy}");
        }
        assert!(!takes(&"x1y2z3".repeat(30)), "longer than anybody types");
    }

    #[test]
    fn words_with_spaces_in_any_language_are_taken() {
        for good in
            ["кавун на підвіконні", "correct horse battery", "Tr0ub4dor&3xyz", "олена п'є чай о сьомій"]
        {
            assert!(takes(good), "{good}");
        }
    }
}
