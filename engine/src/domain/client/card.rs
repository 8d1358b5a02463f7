//! The client's card, filled by its briefs: what stands is never overwritten in silence (PF-81).

use super::ClientCommand;
use super::event::{BriefSource, ClientEvent};
use super::may_manage;
use super::state::Client;
use crate::domain::project::event::CardAnswer;
use crate::domain::{Actor, Asked, Refusal};

/// New values go onto the card; a value that differs from what stands there waits for somebody to decide.
pub fn fill(
    state: &Client,
    asked: &Asked<ClientCommand>,
    from: &BriefSource,
    answers: &[CardAnswer],
) -> Result<Vec<ClientEvent>, Refusal> {
    if asked.by != Actor::Timer {
        may_manage(asked, "brief")?;
    }
    let mut seen: Vec<&str> = Vec::new();
    let mut events = Vec::new();
    for answer in answers {
        // Two questions about one place: the first one counts.
        if seen.contains(&answer.field.as_str()) {
            continue;
        }
        seen.push(&answer.field);
        events.extend(fill_one(state, from, answer));
    }
    Ok(events)
}

fn fill_one(state: &Client, from: &BriefSource, answer: &CardAnswer) -> Option<ClientEvent> {
    let CardAnswer { question, field, content } = answer.clone();
    let from = from.clone();
    let is_same = |value: &super::state::CardValue| value.content.sha256 == content.sha256;
    match state.card.get(&field) {
        None => Some(ClientEvent::CardFieldSet { field, content, from, question }),
        Some(stands) if is_same(stands) => None,
        Some(_) if state.conflicts.get(&field).is_some_and(is_same) => None,
        Some(_) => Some(ClientEvent::CardConflictFound { field, content, from, question }),
    }
}

/// Somebody decided which of two values holds.
pub fn resolve(
    state: &Client,
    asked: &Asked<ClientCommand>,
    field: &str,
    take: bool,
) -> Result<Vec<ClientEvent>, Refusal> {
    may_manage(asked, "brief")?;
    let Some(other) = state.conflicts.get(field) else {
        let known = state.conflicts.keys().cloned().collect();
        return Err(Refusal::NoConflict { field: field.to_owned(), known });
    };
    let content = other.content.clone();
    Ok(vec![ClientEvent::CardConflictResolved { field: field.to_owned(), content, taken: take }])
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::super::{Client, ClientCommand, decide};
    use super::*;
    use crate::domain::project::event::ContentRef;

    fn fill(version: u32, words: &str) -> ClientCommand {
        let from = BriefSource { project: "smm-test".into(), form: "smm-brief".into(), version };
        let content = ContentRef { content: words.into(), sha256: words.into() };
        let (question, field) = ("site".to_owned(), "website".to_owned());
        ClientCommand::FillCard { from, answers: vec![CardAnswer { question, field, content }] }
    }

    fn resolve(take: bool) -> ClientCommand {
        ClientCommand::ResolveCard { field: "website".into(), take }
    }

    fn stands(client: &Client) -> &str {
        client.card["website"].content.content.as_str()
    }

    #[test]
    fn an_empty_place_is_filled_and_the_source_is_kept() {
        let filled = given(&[add(), fill(1, "ranok.ua")]);
        assert_eq!((stands(&filled), filled.card["website"].from.version), ("ranok.ua", 1));
        assert_eq!(decide(&filled, &asked(fill(2, "ranok.ua"), 1)), Ok(vec![]));
    }

    #[test]
    fn another_value_waits_and_what_stands_is_kept() {
        let torn = given(&[add(), fill(1, "ranok.ua"), fill(2, "ranok.com")]);
        assert_eq!((stands(&torn), torn.conflicts.len()), ("ranok.ua", 1));
        assert_eq!(decide(&torn, &asked(fill(2, "ranok.com"), 1)), Ok(vec![]));
    }

    #[test]
    fn somebody_decides_which_of_the_two_holds() {
        let torn = || vec![add(), fill(1, "ranok.ua"), fill(2, "ranok.com")];
        let with = |take| given(&[torn(), vec![resolve(take)]].concat());
        assert_eq!((stands(&with(true)), with(true).conflicts.len()), ("ranok.com", 0));
        assert_eq!((stands(&with(false)), with(false).conflicts.len()), ("ranok.ua", 0));
        assert_eq!(decide(&with(true), &asked(resolve(true), 1)).unwrap_err().code(), "no-conflict");
    }

    #[test]
    fn a_client_decides_nothing_on_its_card() {
        let torn = given(&[add(), fill(1, "ranok.ua"), fill(2, "ranok.com")]);
        let mut asked = asked(resolve(true), 0);
        asked.by = Actor::Person("sofiia".into());
        assert_eq!(decide(&torn, &asked).unwrap_err().code(), "not-allowed");
    }
}
