//! What the client writes by itself is kept at receipt (PF-34); an edit keeps both versions (TG-41).

use super::event::ClientEvent;
use super::state::Client;
use crate::domain::PersonId;
use crate::domain::project::event::ContentRef;

/// The message, or its later version, in the client's history.
pub fn decide(
    state: &Client,
    chat: i64,
    message: i64,
    person: &PersonId,
    content: &ContentRef,
    edited: bool,
) -> Vec<ClientEvent> {
    if state.chat.as_ref().is_none_or(|known| known.chat != chat) {
        return Vec::new();
    }
    let (person, content) = (person.clone(), content.clone());
    vec![if edited {
        ClientEvent::MessageEdited { chat, message, person, content }
    } else {
        ClientEvent::ClientWrote { chat, message, person, content }
    }]
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::super::{ClientCommand, decide};

    #[test]
    fn a_message_of_the_linked_chat_is_kept() {
        let linked = given(&[add(), offer("a"), link("a")]);
        let write = |chat| ClientCommand::RecordMessage {
            chat,
            message: 7,
            person: "sofiia".into(),
            content: content(),
            edited: false,
        };
        assert_eq!(decide(&linked, &asked(write(-100), 1)).unwrap().len(), 1);
        assert_eq!(decide(&linked, &asked(write(-200), 1)), Ok(vec![]));
    }
}
