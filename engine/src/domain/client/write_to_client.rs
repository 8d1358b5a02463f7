//! The staff write to a client from where they work; the client reads one name (PF-32, SC-23).

use chrono::NaiveDate;

use super::event::{Answered, ClientEvent};
use super::state::Client;
use super::{ClientCommand, may_answer};
use crate::domain::definition::SignedBy;
use crate::domain::project::event::ContentRef;
use crate::domain::{Asked, PersonId, ProjectId, Refusal};

/// The message; whoever waits is answered by it, with `by` by a next step (XP-07).
pub fn decide(
    client: &Client,
    asked: &Asked<ClientCommand>,
    (project, pm): (Option<&ProjectId>, Option<&PersonId>),
    (content, by): (&ContentRef, Option<NaiveDate>),
) -> Result<Vec<ClientEvent>, Refusal> {
    may_answer(asked)?;
    if !client.hears() {
        return Err(Refusal::NoChat);
    }
    let author = asked.by.person();
    let signed = match asked.world.answer.signed_by {
        SignedBy::Pm => pm.or(author),
        SignedBy::Author => author.or(pm),
    };
    // The operator of the machine has no name that a client could know.
    let signed = signed.ok_or_else(|| Refusal::NotAllowed { wanted: "answer".to_owned() })?.clone();
    let told = ClientEvent::ClientTold { project: project.cloned(), signed, content: content.clone(), by };
    let how = if by.is_some() { Answered::NextStep } else { Answered::Message };
    let answers = ClientEvent::ClientAnswered { how, note: None };
    Ok(std::iter::once(told).chain(client.unanswered.as_ref().map(|_| answers)).collect())
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::super::{Client, decide};
    use super::*;

    fn write() -> ClientCommand {
        ClientCommand::WriteToClient {
            project: Some("smm".into()),
            pm: Some("olena".into()),
            content: content(),
            by: None,
        }
    }

    fn confirmed() -> Client {
        let mut waits = waiting();
        if let Some(chat) = &mut waits.chat {
            chat.confirmed = true;
        }
        waits
    }

    fn signed(facts: &[ClientEvent]) -> &str {
        let Some(ClientEvent::ClientTold { signed, .. }) = facts.first() else { panic!("{facts:?}") };
        signed.as_str()
    }

    #[test]
    fn the_client_reads_the_name_of_the_pm_unless_the_agency_says_otherwise() {
        let mut asked = by("maksym", write());
        assert_eq!(signed(&decide(&confirmed(), &asked).unwrap()), "olena");
        asked.world.answer.signed_by = SignedBy::Author;
        assert_eq!(signed(&decide(&confirmed(), &asked).unwrap()), "maksym");
    }

    #[test]
    fn writing_answers_whoever_waits_and_needs_a_chat_that_hears() {
        let facts = decide(&confirmed(), &by("olena", write())).unwrap();
        let how = Answered::Message;
        assert_eq!(facts.get(1), Some(&ClientEvent::ClientAnswered { how, note: None }));
        assert_eq!(decide(&waiting(), &by("olena", write())), Err(Refusal::NoChat));
    }
}
