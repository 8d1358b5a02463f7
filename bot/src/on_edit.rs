//! A message was changed later: both versions are kept, and no decision ever changes by it (TG-41).

use engine::app::Ask;
use engine::domain::Actor;
use engine::domain::client::ClientCommand;
use engine::store::chats;
use projections::directory;

use crate::bot::Bot;
use crate::fault::Fault;
use crate::handle::Turn;
use crate::on_reply::reference;
use crate::parse::Message;

impl Bot {
    pub(crate) async fn on_edit(&self, turn: Turn, message: &Message) -> Result<(), Fault> {
        let chat = chats::resolve(self.store(), message.chat.id).await?;
        let client = directory::client_by_chat(self.store(), chat).await?;
        let Some(client) = client.filter(|_| !message.is_anonymous() && message.has_content()) else {
            return self.settle(turn).await;
        };
        let who = self.who(&message.from.clone().unwrap_or_default()).await?;
        if who.is_staff {
            return self.settle(turn).await;
        }
        let content = self.content(message, &who.person, turn.at);
        let command = ClientCommand::RecordMessage {
            chat,
            message: message.message_id,
            person: who.person.clone(),
            content: reference(&content),
            edited: true,
            project: None,
            task: None,
        };
        let mut along = turn.along();
        along.profiles = who.profiles();
        along.contents = vec![content];
        let by = Actor::Person(who.person);
        let ask = Ask { command_id: turn.command_id(), at: turn.at, by, command, along };
        self.inner.app.client(&client.client, ask).await?;
        Ok(())
    }
}
