//! Adding a client, and the language in which it is written to (TG-60).

use chrono_tz::Tz;

use super::event::ClientEvent;
use super::state::Client;
use crate::domain::{ClientId, Refusal};

/// The word for the agency's own zone.
const AGENCY: &str = "agency";

/// A new client in one of the agency's languages.
pub fn decide(
    state: &Client,
    client: &ClientId,
    name: &str,
    language: &str,
    languages: &[String],
) -> Result<Vec<ClientEvent>, Refusal> {
    if state.client.is_some() {
        return Err(Refusal::ClientExists { client: client.0.clone() });
    }
    let usable = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if client.0.is_empty() || client.0.len() > 60 || !client.0.chars().all(usable) {
        return Err(Refusal::BadId { id: client.0.clone() });
    }
    known(language, languages)?;
    Ok(vec![ClientEvent::ClientAdded {
        client: client.clone(),
        name: name.trim().to_owned(),
        language: language.to_owned(),
    }])
}

/// Another language from now on.
pub fn choose_language(
    state: &Client,
    language: &str,
    languages: &[String],
) -> Result<Vec<ClientEvent>, Refusal> {
    known(language, languages)?;
    let same = state.language == language;
    Ok((!same).then(|| ClientEvent::LanguageChosen { language: language.to_owned() }).into_iter().collect())
}

/// The place by which the client's quiet hours go from now on; `agency` is wherever the agency is.
pub fn choose_zone(state: &Client, zone: &str) -> Result<Vec<ClientEvent>, Refusal> {
    let name = zone.trim();
    let unknown = |_| Refusal::NoZone { zone: zone.to_owned() };
    let wanted = if name == AGENCY { None } else { Some(name.parse::<Tz>().map_err(unknown)?) };
    let zone = wanted.map_or_else(|| AGENCY.to_owned(), |zone| zone.to_string());
    Ok((state.zone != wanted).then_some(ClientEvent::ZoneChosen { zone }).into_iter().collect())
}

fn known(language: &str, languages: &[String]) -> Result<(), Refusal> {
    if languages.iter().any(|known| known == language) {
        return Ok(());
    }
    Err(Refusal::NoLanguage { language: language.to_owned(), known: languages.to_vec() })
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::super::{ClientCommand, decide};

    #[test]
    fn a_client_is_added_once() {
        let refused = decide(&given(&[add()]), &asked(add(), 0)).unwrap_err();
        assert_eq!(refused.code(), "client-exists");
    }

    #[test]
    fn a_zone_of_its_own_is_taken_back_by_the_word_agency() {
        let zone = |name: &str| ClientCommand::ChooseZone { zone: name.into() };
        let away = given(&[add(), zone("Asia/Ho_Chi_Minh")]);
        assert!(away.zone.is_some());
        let home = given(&[add(), zone("Asia/Ho_Chi_Minh"), zone("agency")]);
        assert_eq!(home.zone, None);
        assert_eq!(decide(&home, &asked(zone("agency"), 0)).unwrap(), [], "it is so already");
        assert_eq!(decide(&away, &asked(zone("Bad"), 0)).unwrap_err().code(), "no-zone");
    }

    #[test]
    fn a_language_that_nobody_wrote_is_refused() {
        let command = ClientCommand::ChooseLanguage { language: "fr".into(), languages: vec!["uk".into()] };
        assert_eq!(decide(&given(&[add()]), &asked(command, 0)).unwrap_err().code(), "no-language");
    }
}
