//! Updates: every route from an update to the file that handles it, on one page.

use crate::bot::Bot;
use crate::fault::Fault;
use crate::handle::Turn;
use crate::on_button::Reply;
use crate::parse::{self, Message};
use crate::{on_link, on_member, topics};

/// What sort of message it is, by its own look; where it was written decides the rest.
enum Sort {
    /// The group has, or had, another id: from, to.
    Moved(i64, i64),
    /// A deep link was opened; the token may be empty.
    Link(String),
    /// People came or went: Telegram users, and whether they are there.
    Presence(Vec<(i64, bool)>),
    /// Messages vanish after so many seconds from now on.
    Vanishing(i64),
    /// A topic can be written in again.
    Reopened,
    /// Messages shall come here, to this topic.
    Here,
    /// How do the projects stand?
    Status,
    /// Let me in to the board.
    Login,
    /// Somebody said something.
    Content,
    /// A notice of Telegram: somebody joined, a new title …
    Notice,
}

impl Bot {
    /// Does what the update asks for and settles it; answers what the presser of a button is to see.
    pub(crate) async fn route(&self, turn: Turn, body: &str) -> Result<Option<Reply>, Fault> {
        let update = parse::update(body).map_err(|error| Fault::Unreadable(place(&error)))?;
        if update.update_id.is_none() {
            return Err(Fault::Unreadable("it has no update_id".to_owned()));
        }
        if let Some(press) = &update.callback_query {
            return self.on_button(turn, press).await.map(Some);
        }
        if let Some(change) = &update.my_chat_member {
            return self.on_member(turn, change).await.map(|()| None);
        }
        if let Some(change) = &update.chat_member {
            let people: Vec<_> = on_member::presence(&change.new_chat_member).into_iter().collect();
            return self.on_presence(turn, change.chat.id, &people).await.map(|()| None);
        }
        if let Some(message) = &update.edited_message {
            return self.on_edit(turn, message).await.map(|()| None);
        }
        if let Some(message) = &update.message {
            return self.on_any_message(turn, message).await.map(|()| None);
        }
        tracing::debug!(update = turn.update_id, "an update of a kind that is not used");
        self.settle(turn).await.map(|()| None)
    }

    async fn on_any_message(&self, turn: Turn, message: &Message) -> Result<(), Fault> {
        match sort(message) {
            Sort::Moved(from, to) => self.on_moved(turn, from, to).await,
            Sort::Presence(people) => self.on_presence(turn, message.chat.id, &people).await,
            Sort::Vanishing(seconds) => self.on_vanishing(turn, message.chat.id, seconds).await,
            Sort::Reopened => self.on_reopened(turn, message.chat.id).await,
            Sort::Notice => self.settle(turn).await,
            Sort::Link(_) if message.is_anonymous() => self.settle(turn).await,
            Sort::Link(token) => {
                let chat = self.heard_from(turn, message.chat.id).await?;
                self.on_link(turn, chat, message, &token).await
            }
            Sort::Status => {
                let chat = self.heard_from(turn, message.chat.id).await?;
                self.on_status(turn, chat, message).await
            }
            Sort::Login => self.on_login(turn, message).await,
            Sort::Here if self.on_here(turn, message).await? => Ok(()),
            Sort::Here | Sort::Content => {
                let chat = self.heard_from(turn, message.chat.id).await?;
                if self.staff_chat().await? == Some(chat) {
                    self.on_staff_message(turn, chat, message).await
                } else {
                    self.on_client_message(turn, chat, message).await
                }
            }
        }
    }

    /// Only settles the update.
    pub(crate) async fn settle(&self, turn: Turn) -> Result<(), Fault> {
        Ok(self.inner.app.settle(turn.command_id(), turn.at, turn.along()).await?)
    }

    /// Where the chat is now; one that was thought lost and speaks is not lost.
    async fn heard_from(&self, turn: Turn, chat: i64) -> Result<i64, Fault> {
        let chat = engine::store::chats::resolve(self.store(), chat).await?;
        let known = engine::store::chats::find(self.store(), chat).await?;
        let lost = known.filter(|found| found.state == "unreachable").and_then(|found| found.reason);
        if lost.is_some_and(|reason| reason != "restricted" && reason != "closed") {
            self.come_back(chat, &turn.step("heard"), turn.at).await?;
        }
        Ok(chat)
    }
}

fn sort(message: &Message) -> Sort {
    if let Some((from, to)) = on_member::moved(message) {
        return Sort::Moved(from, to);
    }
    if let Some(token) = on_link::token(&message.words()) {
        return Sort::Link(token);
    }
    if topics::is_command(&message.words(), "/here") {
        return Sort::Here;
    }
    if topics::is_command(&message.words(), "/status") {
        return Sort::Status;
    }
    if topics::is_command(&message.words(), "/login") {
        return Sort::Login;
    }
    match (on_member::presences(message), message.vanish_after()) {
        _ if message.has_content() => Sort::Content,
        (people, _) if !people.is_empty() => Sort::Presence(people),
        (_, Some(seconds)) => Sort::Vanishing(seconds),
        (_, None) if message.reopens() => Sort::Reopened,
        (_, None) => Sort::Notice,
    }
}

/// Where the text is wrong, without any of it.
fn place(error: &serde_json::Error) -> String {
    format!("line {}, column {}", error.line(), error.column())
}
