//! Who approves should be in the group: going away is told, and takes no right (TG-46).

use super::event::ClientEvent;
use super::state::Client;
use crate::domain::PersonId;

/// The person left the chat, or is there again; only approvers of the client's own chat matter.
pub fn decide(state: &Client, chat: i64, person: &PersonId, here: bool) -> Vec<ClientEvent> {
    let ours = state.chat.as_ref().is_some_and(|known| known.chat == chat);
    let was_here = !state.away.contains(person);
    if !ours || !state.approvers.contains(person) || was_here == here {
        return Vec::new();
    }
    let person = person.clone();
    vec![if here {
        ClientEvent::ApproverReturned { chat, person }
    } else {
        ClientEvent::ApproverLeft { chat, person }
    }]
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::super::{Client, ClientCommand, decide};

    fn note(chat: i64, person: &str, here: bool) -> ClientCommand {
        ClientCommand::NotePresence { chat, person: person.into(), here }
    }

    fn linked() -> Vec<ClientCommand> {
        vec![add(), offer("a"), link("a"), ClientCommand::NameApprover { person: "sofiia".into() }]
    }

    fn facts(state: &Client, command: ClientCommand) -> usize {
        decide(state, &asked(command, 1)).unwrap().len()
    }

    #[test]
    fn an_approver_who_leaves_is_noticed_once_and_keeps_the_right() {
        let state = given(&linked());
        assert_eq!(facts(&state, note(-100, "sofiia", false)), 1);
        let gone = given(&[linked(), vec![note(-100, "sofiia", false)]].concat());
        assert_eq!(facts(&gone, note(-100, "sofiia", false)), 0);
        assert!(gone.approvers.contains(&"sofiia".into()));
        assert_eq!(facts(&gone, note(-100, "sofiia", true)), 1);
    }

    #[test]
    fn others_and_other_chats_do_not_matter() {
        let state = given(&linked());
        assert_eq!(facts(&state, note(-100, "petro", false)), 0);
        assert_eq!(facts(&state, note(-200, "sofiia", false)), 0);
        assert_eq!(facts(&state, note(-100, "sofiia", true)), 0, "never away");
    }
}
