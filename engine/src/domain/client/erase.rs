//! What a client's people wrote is erased; that it was, by whom and how much stays a fact.

use super::command::ClientCommand;
use super::event::{ClientEvent, Erased};
use super::may_manage;
use super::state::Client;
use crate::domain::{Asked, Refusal};

/// PMs, the head, the owner and the operator erase; where there is nothing, nothing happens.
pub fn decide(
    client: &Client,
    asked: &Asked<ClientCommand>,
    erased: Erased,
) -> Result<Vec<ClientEvent>, Refusal> {
    may_manage(asked, "erase")?;
    if erased == Erased::default() && client.card.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![ClientEvent::AnswersErased { erased }])
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::domain::client::decide;

    #[test]
    fn what_was_written_is_erased_with_a_fact_and_nothing_with_none() {
        let much = |contents| Erased { contents, ..Erased::default() };
        let erase = |contents| asked(ClientCommand::EraseAnswers { erased: much(contents) }, 0);
        let client = given(&[add()]);
        assert_eq!(decide(&client, &erase(3)), Ok(vec![ClientEvent::AnswersErased { erased: much(3) }]));
        assert_eq!(decide(&client, &erase(0)), Ok(Vec::new()));
        let mut stranger = erase(3);
        stranger.by = crate::domain::Actor::Person("sofiia".into());
        assert!(matches!(decide(&client, &stranger), Err(Refusal::NotAllowed { .. })));
    }
}
