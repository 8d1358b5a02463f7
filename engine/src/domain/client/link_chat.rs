//! Binding a chat by a one-time deep link that a PM confirms (TG-11, RELIABILITY 6.2).

use super::ClientCommand;
use super::event::ClientEvent;
use super::may_manage;
use super::state::Client;
use crate::domain::{Asked, Refusal, Timestamp};

/// A new link; the one before it stops working.
pub fn offer(
    asked: &Asked<ClientCommand>,
    token_sha256: &str,
    expires: Timestamp,
) -> Result<Vec<ClientEvent>, Refusal> {
    may_manage(asked, "link")?;
    Ok(vec![ClientEvent::LinkOffered { token_sha256: token_sha256.to_owned(), expires }])
}

/// The link was opened in a chat; it is used up, and the chat waits for a PM.
pub fn link(state: &Client, asked: &Asked<ClientCommand>) -> Result<Vec<ClientEvent>, Refusal> {
    let ClientCommand::LinkChat { token_sha256, chat, chat_kind, title, person, chat_client } =
        &asked.command
    else {
        return Ok(Vec::new());
    };
    let offered = state.link.as_ref().filter(|link| link.token_sha256 == *token_sha256);
    let offered = offered.ok_or(Refusal::LinkInvalid)?;
    if asked.at > offered.expires {
        return Err(Refusal::LinkExpired);
    }
    if let Some(other) = chat_client.as_ref().filter(|other| Some(*other) != state.client.as_ref()) {
        return Err(Refusal::ChatTaken { client: other.0.clone() });
    }
    Ok(vec![ClientEvent::ChatLinked {
        chat: *chat,
        chat_kind: chat_kind.clone(),
        title: title.clone(),
        person: person.clone(),
    }])
}

/// A PM has looked at the title and the person: messages may go there.
pub fn confirm(state: &Client, asked: &Asked<ClientCommand>) -> Result<Vec<ClientEvent>, Refusal> {
    may_manage(asked, "confirm-chat")?;
    let chat = state.chat.as_ref().ok_or(Refusal::NoChatToConfirm)?;
    Ok((!chat.confirmed).then_some(ClientEvent::ChatConfirmed { chat: chat.chat }).into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::super::{ClientCommand, decide};
    use crate::domain::{Actor, Refusal};

    #[test]
    fn a_link_binds_one_chat_that_waits_for_a_pm() {
        let linked = given(&[add(), offer("a"), link("a")]);
        assert_eq!(linked.confirmed_chat(), None);
        let confirmed = given(&[add(), offer("a"), link("a"), ClientCommand::ConfirmChat]);
        assert_eq!(confirmed.confirmed_chat(), Some(-100));
    }

    #[test]
    fn a_link_works_once() {
        let used = given(&[add(), offer("a"), link("a")]);
        assert_eq!(decide(&used, &asked(link("a"), 1)).unwrap_err().code(), "link-invalid");
    }

    #[test]
    fn a_newer_link_replaces_the_older() {
        let two = given(&[add(), offer("a"), offer("b")]);
        assert_eq!(decide(&two, &asked(link("a"), 1)).unwrap_err().code(), "link-invalid");
    }

    #[test]
    fn a_link_lives_a_day() {
        let offered = given(&[add(), offer("a")]);
        assert!(decide(&offered, &asked(link("a"), 24)).is_ok());
        assert_eq!(decide(&offered, &asked(link("a"), 25)).unwrap_err().code(), "link-expired");
    }

    #[test]
    fn a_chat_of_another_client_is_not_taken() {
        let offered = given(&[add(), offer("a")]);
        let mut command = link("a");
        if let ClientCommand::LinkChat { chat_client, .. } = &mut command {
            *chat_client = Some("verba".into());
        }
        assert_eq!(decide(&offered, &asked(command, 1)).unwrap_err().code(), "chat-taken");
    }

    #[test]
    fn whoever_may_not_confirm_a_chat_is_told_so_about_the_chat() {
        let linked = given(&[add(), offer("a"), link("a")]);
        let mut confirm = asked(ClientCommand::ConfirmChat, 1);
        confirm.by = Actor::Person("maksym".into());
        let refused = decide(&linked, &confirm);
        assert_eq!(refused, Err(Refusal::NotAllowed { wanted: "confirm-chat".into() }));
    }

    #[test]
    fn nothing_to_confirm_before_the_link_was_used() {
        let offered = given(&[add(), offer("a")]);
        assert_eq!(
            decide(&offered, &asked(ClientCommand::ConfirmChat, 1)).unwrap_err().code(),
            "no-chat-to-confirm"
        );
    }
}
