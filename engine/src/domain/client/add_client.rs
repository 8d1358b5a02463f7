//! Adding a client, and the language in which it is written to (TG-60).

use chrono_tz::Tz;

use super::event::ClientEvent;
use super::state::Client;
use crate::domain::{ClientId, Refusal};

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

/// The place by which the client's quiet hours go from now on.
pub fn choose_zone(state: &Client, zone: &str) -> Result<Vec<ClientEvent>, Refusal> {
    let zone = zone.trim().parse::<Tz>().map_err(|_| Refusal::NoZone { zone: zone.to_owned() })?;
    let same = state.zone == Some(zone);
    Ok((!same).then(|| ClientEvent::ZoneChosen { zone: zone.to_string() }).into_iter().collect())
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
    fn a_language_that_nobody_wrote_is_refused() {
        let command = ClientCommand::ChooseLanguage { language: "fr".into(), languages: vec!["uk".into()] };
        assert_eq!(decide(&given(&[add()]), &asked(command, 0)).unwrap_err().code(), "no-language");
    }
}
