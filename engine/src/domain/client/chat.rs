//! What Telegram does to a client's chat: a new id, a removed bot, a return (TG-43, TG-44).

use super::event::ClientEvent;
use super::state::{Chat, Client};

/// The chat has a new id.
pub fn migrate(state: &Client, from: i64, to: i64) -> Vec<ClientEvent> {
    let ours = known(state, from).is_some();
    ours.then_some(ClientEvent::ChatMigrated { from, to }).into_iter().collect()
}

/// The bot cannot write there any more.
pub fn lose(state: &Client, chat: i64, reason: &str) -> Vec<ClientEvent> {
    let fresh = known(state, chat).is_some_and(|chat| chat.lost.is_none());
    let lost = ClientEvent::ChatLost { chat, reason: reason.to_owned() };
    fresh.then_some(lost).into_iter().collect()
}

/// The bot is back.
pub fn restore(state: &Client, chat: i64) -> Vec<ClientEvent> {
    let lost = known(state, chat).is_some_and(|chat| chat.lost.is_some());
    lost.then_some(ClientEvent::ChatRestored { chat }).into_iter().collect()
}

fn known(state: &Client, chat: i64) -> Option<&Chat> {
    state.chat.as_ref().filter(|known| known.chat == chat)
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::super::{ClientCommand, decide};

    #[test]
    fn a_migrated_chat_keeps_its_confirmation() {
        let migrate = ClientCommand::MigrateChat { from: -100, to: -1_000_100 };
        let moved = given(&[add(), offer("a"), link("a"), ClientCommand::ConfirmChat, migrate.clone()]);
        assert_eq!(moved.confirmed_chat(), Some(-1_000_100));
        assert_eq!(decide(&moved, &asked(migrate, 1)), Ok(vec![]));
    }

    #[test]
    fn a_chat_is_lost_once_and_comes_back_once() {
        let lose = ClientCommand::LoseChat { chat: -100, reason: "kicked".into() };
        let lost = given(&[add(), offer("a"), link("a"), lose.clone()]);
        assert_eq!(decide(&lost, &asked(lose, 1)), Ok(vec![]));
        let restore = ClientCommand::RestoreChat { chat: -100 };
        assert_eq!(decide(&lost, &asked(restore, 1)).unwrap().len(), 1);
    }
}
