//! `/status`: how projects stand, for the staff and, without what is internal, for the client (SC-24).

use chrono::Duration;
use engine::domain::Timestamp;
use engine::store::change::NewMessage;
use engine::store::{chats, notes};
use engine::words::Rendered;
use projections::board::{self, BoardProject};
use projections::directory::{self, ClientEntry};
use projections::status::standings;

use crate::bot::Bot;
use crate::fault::Fault;
use crate::handle::Turn;
use crate::parse::Message;
use crate::post::literally;
use crate::status::Teller;

/// Whoever asks again within this time has the answer before their eyes.
const ONCE_IN: Duration = Duration::seconds(30);
const KIND: &str = "status";

impl Bot {
    /// Answers in the same chat; strangers and chats that nobody confirmed hear nothing.
    pub(crate) async fn on_status(&self, turn: Turn, chat: i64, message: &Message) -> Result<(), Fault> {
        let Some((language, text)) = self.status_for(turn, chat, message).await? else {
            return self.settle(turn).await;
        };
        let mut answer = NewMessage::post(chat, &turn.step(KIND), KIND, text);
        let topic = chats::find(self.store(), chat).await?.and_then(|known| known.topic);
        // An answer that goes to another topic cannot hang on the question.
        answer.reply_to = (topic == message.topic()).then(|| literally(message.message_id));
        answer.language = language;
        let mut along = turn.along();
        along.messages.push(answer);
        self.inner.app.settle(turn.command_id(), turn.at, along).await?;
        Ok(notes::write(self.store(), &told(chat), "", turn.at).await?)
    }

    /// The language and the text; nothing for those whom it does not concern, or who heard it just now.
    async fn status_for(
        &self,
        turn: Turn,
        chat: i64,
        message: &Message,
    ) -> Result<Option<(String, Rendered)>, Fault> {
        let client = if self.staff_chat().await? == Some(chat) {
            let is_staff = self.who(&message.from.clone().unwrap_or_default()).await?.is_staff;
            if message.is_anonymous() || !is_staff {
                return Ok(None);
            }
            None
        } else {
            let client = directory::client_by_chat(self.store(), chat).await?;
            let Some(client) = client.filter(|client| client.chat_confirmed) else { return Ok(None) };
            Some(client)
        };
        if self.was_told(chat, turn.at).await? {
            return Ok(None);
        }
        self.status_text(client, turn.at).await
    }

    async fn status_text(
        &self,
        client: Option<ClientEntry>,
        now: Timestamp,
    ) -> Result<Option<(String, Rendered)>, Fault> {
        let concerns = |project: &BoardProject| {
            !project.completed && client.as_ref().is_none_or(|client| client.client == project.client)
        };
        let mut projects = board::projects(self.store()).await?;
        projects.retain(concerns);
        let standings = standings(&self.inner.app, &projects, now).await?;
        let clients = directory::clients(self.store()).await?;
        let clients = clients.into_iter().map(|client| (client.client, client.name)).collect();
        let language =
            client.as_ref().map_or_else(|| self.staff_language(), |client| client.language.clone());
        let teller = Teller { say: &self.inner.voice.say, language: &language, clients: &clients };
        let said = match client {
            Some(_) => teller.client(&standings),
            None => teller.staff(&standings, &format!("{}/board", self.inner.app.desk().public_url)),
        };
        match said {
            Ok(text) => Ok(Some((language, text))),
            Err(error) => {
                tracing::error!(language, %error, "the status cannot be said");
                Ok(None)
            }
        }
    }

    async fn was_told(&self, chat: i64, now: Timestamp) -> Result<bool, Fault> {
        let last = notes::read(self.store(), &told(chat)).await?;
        Ok(last.is_some_and(|(_, at)| at <= now && now - at < ONCE_IN))
    }
}

/// Where it is noted when a chat was told.
fn told(chat: i64) -> String {
    format!("{KIND}:{chat}")
}
