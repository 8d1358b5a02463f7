//! What Telegram did to a chat: the bot was removed or is back, a group got a new id (TG-43, TG-44).

use engine::app::{Along, Ask};
use engine::domain::client::ClientCommand;
use engine::domain::{Actor, Timestamp};
use engine::store::chats;
use projections::directory;

use crate::bot::Bot;
use crate::crash;
use crate::fault::Fault;
use crate::handle::Turn;
use crate::parse::{Member, MemberChange, Message};

/// Old and new id, if the message says that the group has a new one.
pub fn moved(message: &Message) -> Option<(i64, i64)> {
    let to = message.migrate_to_chat_id.map(|to| (message.chat.id, to));
    to.or_else(|| message.migrate_from_chat_id.map(|from| (from, message.chat.id)))
}

/// Why the bot cannot write with this membership; `None` if it can.
pub fn lost(member: &Member, chat_kind: Option<&str>) -> Option<&'static str> {
    match member.status.as_str() {
        "kicked" if chat_kind == Some("private") => Some("blocked"),
        "kicked" | "left" => Some("removed"),
        "restricted" if member.can_send_messages == Some(false) => Some("restricted"),
        _ => None,
    }
}

impl Bot {
    pub(crate) async fn on_member(&self, turn: Turn, change: &MemberChange) -> Result<(), Fault> {
        let chat = chats::resolve(self.store(), change.chat.id).await?;
        // The old id of a moved group also reports the bot as removed; the new one works.
        if chat == change.chat.id {
            match lost(&change.new_chat_member, change.chat.kind.as_deref()) {
                Some(reason) => self.lose(chat, reason, &turn.step("lost"), turn.at).await?,
                None => self.come_back(chat, &turn.step("back"), turn.at).await?,
            }
        }
        self.settle(turn).await
    }

    pub(crate) async fn on_moved(&self, turn: Turn, from: i64, to: i64) -> Result<(), Fault> {
        self.move_chat(from, to, turn.at).await?;
        self.settle(turn).await
    }

    /// Nothing can be written there: everything waits, and the staff hears of it once.
    pub(crate) async fn lose(&self, chat: i64, reason: &str, key: &str, at: Timestamp) -> Result<(), Fault> {
        if chats::lose(self.store(), chat, reason, key, at).await? {
            tracing::warn!(chat, reason, "a chat cannot be written to any more");
        }
        crash::point("park_done");
        let Some(client) = directory::client_by_chat(self.store(), chat).await? else { return Ok(()) };
        let command = ClientCommand::LoseChat { chat, reason: reason.to_owned() };
        let (by, along) = (Actor::Telegram, Along::default());
        let ask = Ask { command_id: format!("{key}:client"), at, by, command, along };
        self.inner.app.client(&client.client, ask).await?;
        Ok(())
    }

    /// The chat has a new id: what waits and what can be pressed moves along, open decisions are asked for anew.
    pub(crate) async fn move_chat(&self, from: i64, to: i64, at: Timestamp) -> Result<(), Fault> {
        match directory::client_by_chat(self.store(), from).await? {
            Some(client) => {
                let command = ClientCommand::MigrateChat { from, to };
                let (by, along) = (Actor::Telegram, Along::default());
                let ask = Ask { command_id: format!("move:{from}:{to}"), at, by, command, along };
                self.inner.app.client(&client.client, ask).await?;
            }
            None if chats::resolve(self.store(), from).await? != to => {
                chats::migrate(self.store(), from, to, at).await?;
            }
            None => {}
        }
        crash::point("migrate_done");
        self.ask_again_in(from, to, at).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(status: &str, can_send: Option<bool>) -> Member {
        Member { status: status.into(), can_send_messages: can_send }
    }

    #[test]
    fn removed_blocked_and_silenced_are_told_apart() {
        assert_eq!(lost(&member("kicked", None), Some("supergroup")), Some("removed"));
        assert_eq!(lost(&member("left", None), Some("group")), Some("removed"));
        assert_eq!(lost(&member("kicked", None), Some("private")), Some("blocked"));
        assert_eq!(lost(&member("restricted", Some(false)), Some("group")), Some("restricted"));
    }

    #[test]
    fn a_member_or_an_admin_can_write() {
        for status in ["member", "administrator", "creator"] {
            assert_eq!(lost(&member(status, None), Some("group")), None);
        }
        assert_eq!(lost(&member("restricted", Some(true)), Some("group")), None);
    }
}
