//! What a client's people wrote is erased; that it was, by whom and how much stays a fact.

use super::command::ClientCommand;
use super::event::ClientEvent;
use super::may_manage;
use super::state::Client;
use crate::domain::{Asked, Refusal};

/// PMs, the head, the owner and the operator erase; where there is nothing, nothing happens.
pub fn decide(
    client: &Client,
    asked: &Asked<ClientCommand>,
    (contents, drafts): (u32, u32),
) -> Result<Vec<ClientEvent>, Refusal> {
    may_manage(asked, "erase")?;
    if contents == 0 && drafts == 0 && client.card.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![ClientEvent::AnswersErased { contents, drafts }])
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::domain::client::decide;

    #[test]
    fn what_was_written_is_erased_with_a_fact_and_nothing_with_none() {
        let erase = |contents| asked(ClientCommand::EraseAnswers { contents, drafts: 0 }, 0);
        let client = given(&[add()]);
        assert_eq!(
            decide(&client, &erase(3)),
            Ok(vec![ClientEvent::AnswersErased { contents: 3, drafts: 0 }])
        );
        assert_eq!(decide(&client, &erase(0)), Ok(Vec::new()));
        let mut stranger = erase(3);
        stranger.by = crate::domain::Actor::Person("sofiia".into());
        assert!(matches!(decide(&client, &stranger), Err(Refusal::NotAllowed { .. })));
    }
}
