//! What Telegram did to a chat: the bot was removed or is back, a group got a new id (TG-43, TG-44).

use engine::app::{Along, Ask};
use engine::domain::client::ClientCommand;
use engine::domain::{Actor, Arg, Timestamp};
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

/// The user, and whether they are in the chat after the change.
pub fn presence(member: &Member) -> Option<(i64, bool)> {
    let user = member.user.as_ref()?.id;
    let here = match member.status.as_str() {
        "kicked" | "left" => false,
        "restricted" => member.is_member.unwrap_or(true),
        _ => true,
    };
    Some((user, here))
}

/// Who came or went, as a notice in the chat tells it.
pub fn presences(message: &Message) -> Vec<(i64, bool)> {
    let gone = message.left_chat_member.iter().map(|user| (user.id, false));
    let come = message.new_chat_members.iter().flatten().map(|user| (user.id, true));
    gone.chain(come).collect()
}

impl Bot {
    /// An approver who leaves keeps the right, and the staff hears of it (TG-46).
    pub(crate) async fn on_presence(
        &self,
        turn: Turn,
        chat: i64,
        people: &[(i64, bool)],
    ) -> Result<(), Fault> {
        let chat = chats::resolve(self.store(), chat).await?;
        if let Some(client) = directory::client_by_chat(self.store(), chat).await? {
            for (user, here) in people {
                let Some(known) = self.store().profile_by_telegram(*user).await? else { continue };
                if !client.approvers.contains(&known.person) {
                    continue;
                }
                let command = ClientCommand::NotePresence { chat, person: known.person, here: *here };
                let (by, along) = (Actor::Telegram, Along::default());
                let command_id = turn.step(&format!("presence:{user}"));
                let ask = Ask { command_id, at: turn.at, by, command, along };
                self.inner.app.client(&client.client, ask).await?;
            }
        }
        self.settle(turn).await
    }

    /// Messages in a client's chat vanish after a while: the client will not see old results (TG-42).
    pub(crate) async fn on_vanishing(&self, turn: Turn, chat: i64, seconds: i64) -> Result<(), Fault> {
        let chat = chats::resolve(self.store(), chat).await?;
        let client = directory::client_by_chat(self.store(), chat).await?;
        if let Some(client) = client.filter(|_| seconds > 0) {
            let days = (seconds + 86_399) / 86_400;
            let args =
                [("client".to_owned(), Arg::Text(client.name)), ("days".to_owned(), Arg::Number(days))];
            self.tell_staff(&turn.step("vanishing"), "staff-auto-delete", &args, turn.at).await?;
        }
        self.settle(turn).await
    }

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
        Member { status: status.into(), can_send_messages: can_send, ..Member::default() }
    }

    #[test]
    fn removed_blocked_and_silenced_are_told_apart() {
        assert_eq!(lost(&member("kicked", None), Some("supergroup")), Some("removed"));
        assert_eq!(lost(&member("left", None), Some("group")), Some("removed"));
        assert_eq!(lost(&member("kicked", None), Some("private")), Some("blocked"));
        assert_eq!(lost(&member("restricted", Some(false)), Some("group")), Some("restricted"));
    }

    #[test]
    fn a_restricted_person_may_be_there_or_not() {
        let of = |status: &str, is_member: Option<bool>| {
            let user = Some(crate::parse::User { id: 7, ..crate::parse::User::default() });
            presence(&Member { user, is_member, ..member(status, None) })
        };
        assert_eq!(of("restricted", Some(false)), Some((7, false)));
        assert_eq!(of("restricted", Some(true)), Some((7, true)));
        assert_eq!((of("left", None), of("administrator", None)), (Some((7, false)), Some((7, true))));
    }

    #[test]
    fn a_member_or_an_admin_can_write() {
        for status in ["member", "administrator", "creator"] {
            assert_eq!(lost(&member(status, None), Some("group")), None);
        }
        assert_eq!(lost(&member("restricted", Some(true)), Some("group")), None);
    }
}
