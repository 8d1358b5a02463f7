//! A deep link was opened: a chat asks to be joined to a client (TG-11).

use engine::app::{Along, Answer, Ask};
use engine::domain::client::ClientCommand;
use engine::domain::project::event::ContentRef;
use engine::domain::{Actor, Refusal};
use engine::store::change::NewMessage;
use projections::directory;
use sha2::{Digest, Sha256};

use crate::bot::Bot;
use crate::fault::Fault;
use crate::handle::Turn;
use crate::parse::{Chat, Message};
use crate::people::{Somebody, clean};
use crate::post::literally;

/// The token of `/start TOKEN`, `/start@bot TOKEN` or `/startgroup TOKEN`; empty if there is none.
pub fn token(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let command = words.next()?;
    let command = command.split('@').next().unwrap_or_default();
    matches!(command, "/start" | "/startgroup").then(|| words.next().unwrap_or_default().to_owned())
}

impl Bot {
    pub(crate) async fn on_link(
        &self,
        turn: Turn,
        chat: i64,
        message: &Message,
        token: &str,
    ) -> Result<(), Fault> {
        let who = self.who(&message.from.clone().unwrap_or_default()).await?;
        let mut along = Along { profiles: who.profiles(), ..Along::default() };
        if token.is_empty() {
            along.update = Some(turn.update_id);
            return Ok(self.inner.app.settle(turn.command_id(), turn.at, along).await?);
        }
        let hash = hex::encode(Sha256::digest(token));
        let Some(client) = directory::client_by_link(self.store(), &hash).await? else {
            return self.refuse_link(turn, message, &who).await;
        };
        if self.staff_chat().await? == Some(chat) {
            // A PM who tries the link at home must neither use it up nor send the client's news to the staff.
            let refusal = Refusal::ChatTaken { client: "staff".to_owned() };
            self.note(turn, &who, "link", &refusal).await?;
            return self.say_no(turn, chat, message.message_id, &self.staff_language(), &refusal).await;
        }
        let holder = directory::client_by_chat(self.store(), chat).await?;
        if holder.as_ref().is_none_or(|holder| holder.client == client.client) {
            self.link_topic(turn, chat, message).await?;
        }
        let title = self.text_content("title", title(&message.chat, &who), turn.at);
        let command = ClientCommand::LinkChat {
            token_sha256: hash,
            chat,
            chat_kind: message.chat.kind.clone().unwrap_or_default(),
            title: ContentRef { content: title.content.clone(), sha256: title.sha256.clone() },
            person: who.person.clone(),
            chat_client: holder.map(|holder| holder.client),
        };
        along.contents.push(title);
        let by = Actor::Person(who.person.clone());
        let ask = Ask { command_id: turn.command_id(), at: turn.at, by, command, along };
        match self.inner.app.client(&client.client, ask).await? {
            Answer::Refused(refusal) => {
                self.say_no(turn, chat, message.message_id, &client.language, &refusal).await
            }
            Answer::Done { .. } | Answer::AlreadySo => self.settle(turn).await,
        }
    }

    /// A link that leads nowhere is answered in the reader's language, as far as we can guess it.
    async fn refuse_link(&self, turn: Turn, message: &Message, who: &Somebody) -> Result<(), Fault> {
        let refusal = Refusal::LinkInvalid;
        self.note(turn, who, "link", &refusal).await?;
        let language = self.language_of(who.language.as_deref());
        self.say_no(turn, message.chat.id, message.message_id, &language, &refusal).await
    }

    /// Says a refusal as a reply to the message that asked for it, and settles the update.
    pub(crate) async fn say_no(
        &self,
        turn: Turn,
        chat: i64,
        message: i64,
        language: &str,
        refusal: &Refusal,
    ) -> Result<(), Fault> {
        let names = self.names_in(refusal).await?;
        let text = (self.inner.voice.refusal)(language, refusal, &names);
        let rendered = engine::words::Rendered { text, entities: Vec::new() };
        let mut answer = NewMessage::post(chat, &turn.step("no"), "refusal", rendered);
        answer.reply_to = Some(literally(message));
        language.clone_into(&mut answer.language);
        let along = Along { messages: vec![answer], ..turn.along() };
        Ok(self.inner.app.settle(turn.step("no"), turn.at, along).await?)
    }

    /// The agency's language that fits an app's language best.
    pub(crate) fn language_of(&self, app: Option<&str>) -> String {
        let desk = self.inner.app.desk();
        let wanted = app.unwrap_or_default().split('-').next().unwrap_or_default().to_lowercase();
        let known = desk.agency.languages.iter().find(|language| **language == wanted);
        known.or_else(|| desk.agency.languages.first()).cloned().unwrap_or_default()
    }
}

fn title(chat: &Chat, who: &Somebody) -> String {
    let title = clean(chat.title.as_deref().unwrap_or_default());
    if title.is_empty() { who.name.clone() } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_arrives_in_three_forms() {
        for text in ["/start AbC_-9", "/start@signoff_bot AbC_-9", "/startgroup AbC_-9", " /start  AbC_-9 "] {
            assert_eq!(token(text).as_deref(), Some("AbC_-9"), "{text}");
        }
    }

    #[test]
    fn start_alone_has_no_token_and_other_words_are_no_link() {
        assert_eq!(token("/start").as_deref(), Some(""));
        assert_eq!(token("/started AbC"), None);
        assert_eq!(token("start AbC"), None);
        assert_eq!(token(""), None);
    }
}
