//! Topics of a forum: where messages go, and what happens when the topic is gone (TG-16, TG-17).

use engine::app::Along;
use engine::domain::{Arg, Timestamp};
use engine::store::change::NewMessage;
use engine::store::outbox::Claim;
use engine::store::{chats, outcome};
use projections::directory;

use crate::bot::Bot;
use crate::classify::Lost;
use crate::fault::Fault;
use crate::handle::Turn;
use crate::parse::Message;
use crate::post::literally;
use crate::record::Why;

/// Whether the text is a command and nothing else, such as `/here` or `/here@bot`.
pub fn is_command(text: &str, command: &str) -> bool {
    let rest = text.trim().strip_prefix(command);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('@') && !rest.contains(char::is_whitespace))
}

impl Bot {
    /// Somebody of the staff says where messages shall come; `false` if that is nobody's to say here.
    pub(crate) async fn on_here(&self, turn: Turn, message: &Message) -> Result<bool, Fault> {
        let chat = chats::resolve(self.store(), message.chat.id).await?;
        let client = directory::client_by_chat(self.store(), chat).await?;
        let is_ours = client.is_some() || self.staff_chat().await? == Some(chat);
        if !is_ours || message.is_anonymous() {
            return Ok(false);
        }
        let who = self.who(&message.from.clone().unwrap_or_default()).await?;
        if !who.is_staff {
            return Ok(false);
        }
        let why = ("chosen", turn.step("topic"));
        chats::choose_topic(self.store(), chat, message.topic(), (why.0, &why.1), turn.at).await?;
        self.reopen(turn, chat).await?;
        let language = client.map_or_else(|| self.staff_language(), |client| client.language);
        let mut along = turn.along();
        if let Some(text) = self.inner.voice.text(&language, "topic-chosen", &[]) {
            let mut answer = NewMessage::post(chat, &turn.step("here"), "topic-chosen", text);
            answer.reply_to = Some(literally(message.message_id));
            answer.language = language;
            along.messages.push(answer);
        }
        self.inner.app.settle(turn.step("here"), turn.at, along).await?;
        Ok(true)
    }

    /// A topic can be written in again: what waited for that goes out.
    pub(crate) async fn on_reopened(&self, turn: Turn, chat: i64) -> Result<(), Fault> {
        let chat = chats::resolve(self.store(), chat).await?;
        self.reopen(turn, chat).await?;
        self.settle(turn).await
    }

    async fn reopen(&self, turn: Turn, chat: i64) -> Result<(), Fault> {
        let known = chats::find(self.store(), chat).await?;
        if known.and_then(|known| known.reason).is_some_and(|reason| reason == Lost::Closed.word()) {
            self.come_back(chat, &turn.step("reopened"), turn.at).await?;
        }
        Ok(())
    }

    /// The topic takes no message any more: this one and all later ones go to the main part of the chat.
    pub(crate) async fn without_topic(&self, claim: &Claim, now: Timestamp) -> Result<(), Fault> {
        let key = format!("out:{}:{}:{}", claim.id, claim.epoch, claim.attempts);
        let Some(topic) = claim.topic else {
            if claim.reply_to.is_some() {
                return self.fail(claim, &Why::Topic).await;
            }
            // General itself is closed: everything waits until it is open again.
            return self.lose(claim.chat, Lost::Closed.word(), &key, now).await;
        };
        let known = chats::find(self.store(), claim.chat).await?;
        // Somebody may have chosen another topic in the meantime.
        if known.is_some_and(|known| known.topic == Some(topic)) {
            tracing::warn!(
                chat = claim.chat,
                topic,
                "a topic is gone or closed; messages go to the main chat"
            );
            chats::choose_topic(self.store(), claim.chat, None, ("gone", &key), now).await?;
        }
        self.tell_of_topic(claim, topic, now).await?;
        self.ask_again_beside(claim.chat, topic, now).await?;
        Ok(outcome::later(self.store(), claim, now, false, "the topic is gone").await?)
    }

    /// What was asked in the topic cannot be seen there any more: each open decision is asked for once again.
    async fn ask_again_beside(&self, chat: i64, topic: i64, now: Timestamp) -> Result<(), Fault> {
        let mut messages = Vec::new();
        for request in self.open_requests(chat).await? {
            if request.said.state == "sent" {
                messages.push(self.again(&request, chat, &format!("topic:{topic}"), now).await?);
            }
        }
        if messages.is_empty() {
            return Ok(());
        }
        let along = Along { messages, ..Along::default() };
        Ok(self.inner.app.settle(format!("again:{chat}:topic:{topic}"), now, along).await?)
    }

    /// Once per topic, however many messages find it gone.
    async fn tell_of_topic(&self, claim: &Claim, topic: i64, now: Timestamp) -> Result<(), Fault> {
        let key = format!("topic:{}:{topic}:{}", claim.chat, now.timestamp() / 3_600);
        if self.staff_chat().await? == Some(claim.chat) {
            return self.tell_staff(&key, "staff-topic-lost-here", &[], now).await;
        }
        let client = directory::client_by_chat(self.store(), claim.chat).await?;
        let Some(client) = client else { return Ok(()) };
        let args = [("client".to_owned(), Arg::Text(client.name))];
        self.tell_staff(&key, "staff-topic-lost", &args, now).await
    }

    /// The topic in which the link was opened is the one for the client's messages.
    pub(crate) async fn link_topic(&self, turn: Turn, chat: i64, message: &Message) -> Result<(), Fault> {
        let why = turn.step("topic");
        chats::choose_topic(self.store(), chat, message.topic(), ("linked", &why), turn.at).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn here_is_a_command_and_nothing_longer() {
        for text in ["/here", " /here ", "/here@signoff_bot"] {
            assert!(is_command(text, "/here"), "{text}");
        }
        for text in ["here", "/hereby", "/here you are", "/here@signoff_bot now"] {
            assert!(!is_command(text, "/here"), "{text}");
        }
    }
}
