//! The bot is back in a chat: what piled up becomes one digest, open decisions are asked for once more (TG-44).

use engine::app::{Along, Ask};
use engine::domain::client::ClientCommand;
use engine::domain::{Actor, Arg, Timestamp};
use engine::store::change::{NewMessage, OutFace};
use engine::store::chats::{self, Return};
use engine::store::outbox::{self, Said};
use engine::words::Rendered;
use projections::directory;

use crate::again::has_words;
use crate::bot::Bot;
use crate::crash;
use crate::digest;
use crate::fault::Fault;

/// What happens to a message that waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It goes out as it is: a file, a question, a change of a message that is there.
    Goes,
    /// Its words go into the digest.
    Told,
    /// It asked for a decision: asked anew, or no longer open.
    Dropped,
}

impl Bot {
    /// The chat can be written to again; nothing happens if it always could.
    pub(crate) async fn come_back(&self, chat: i64, key: &str, at: Timestamp) -> Result<(), Fault> {
        let known = chats::find(self.store(), chat).await?;
        let client = directory::client_by_chat(self.store(), chat).await?;
        if known.is_some_and(|known| known.state == "unreachable") {
            let language =
                client.as_ref().map_or_else(|| self.staff_language(), |client| client.language.clone());
            let plan = self.plan_return(chat, &language, key, at).await?;
            chats::come_back(self.store(), chat, key, plan, at).await?;
            crash::point("back_done");
        }
        let Some(client) = client.filter(|client| client.chat_lost.is_some()) else { return Ok(()) };
        let command = ClientCommand::RestoreChat { chat };
        let (by, along) = (Actor::Telegram, Along::default());
        let ask = Ask { command_id: format!("{key}:client"), at, by, command, along };
        self.inner.app.client(&client.client, ask).await?;
        Ok(())
    }

    /// A crash may have come between what is known of a chat and what its client's people know: they hear of it now.
    pub(crate) async fn finish_lost_and_back(&self, epoch: i64, at: Timestamp) -> Result<(), Fault> {
        for client in directory::clients(self.store()).await? {
            let Some(chat) = client.chat else { continue };
            let known = chats::find(self.store(), chat).await?;
            let lost = known.filter(|known| known.state == "unreachable");
            let command = match (lost, client.chat_lost) {
                (Some(lost), None) => {
                    ClientCommand::LoseChat { chat, reason: lost.reason.unwrap_or_default() }
                }
                (None, Some(_)) => ClientCommand::RestoreChat { chat },
                (Some(_), Some(_)) | (None, None) => continue,
            };
            let (by, along) = (Actor::Telegram, Along::default());
            let ask = Ask { command_id: format!("start:{epoch}:{}", client.client), at, by, command, along };
            self.inner.app.client(&client.client, ask).await?;
        }
        Ok(())
    }

    async fn plan_return(
        &self,
        chat: i64,
        language: &str,
        key: &str,
        at: Timestamp,
    ) -> Result<Return, Fault> {
        let waiting = outbox::unsent(self.store(), chat).await?;
        let requests = self.open_requests(chat).await?;
        let mut fates = Vec::with_capacity(waiting.len());
        for said in &waiting {
            fates.push(self.fate(chat, said).await?);
        }
        if fates.iter().filter(|fate| **fate == Fate::Told).count() == 1 {
            // One message is no digest.
            fates.iter_mut().filter(|fate| **fate == Fate::Told).for_each(|fate| *fate = Fate::Goes);
        }
        let with = |wanted: Fate| {
            waiting.iter().zip(&fates).filter(move |(_, fate)| **fate == wanted).map(|(said, _)| said)
        };
        let told: Vec<&Said> = with(Fate::Told).collect();
        let mut messages = self.digest(chat, language, key, &told);
        for request in &requests {
            messages.push(self.again(request, chat, key, at).await?);
        }
        let dropped = with(Fate::Told).chain(with(Fate::Dropped)).map(|said| (said.id, said.kind.clone()));
        Ok(Return {
            messages,
            drop: dropped.collect(),
            release: with(Fate::Goes).map(|said| said.id).collect(),
        })
    }

    async fn fate(&self, chat: i64, said: &Said) -> Result<Fate, Fault> {
        let has_buttons = !engine::store::buttons::of_message(self.store(), said.id).await?.is_empty();
        let changes = match (&said.slot, said.face) {
            (Some(slot), OutFace::Replace) => outbox::is_sent(self.store(), chat, slot).await?,
            (_, OutFace::Remove) => true,
            (Some(_) | None, OutFace::Post) | (None, OutFace::Replace) => false,
        };
        Ok(match () {
            () if changes || !said.payload.is_text() || said.ask.is_some() => Fate::Goes,
            () if has_buttons && said.face == OutFace::Post && self.is_decision(said).await? => Fate::Dropped,
            () if has_words(&said.payload) && !has_buttons => Fate::Told,
            () => Fate::Goes,
        })
    }

    async fn is_decision(&self, said: &Said) -> Result<bool, Fault> {
        let buttons = engine::store::buttons::of_message(self.store(), said.id).await?;
        Ok(buttons.iter().any(|button| button.press == engine::domain::PressKind::Approve))
    }

    fn digest(&self, chat: i64, language: &str, key: &str, told: &[&Said]) -> Vec<NewMessage> {
        if told.is_empty() {
            return Vec::new();
        }
        let count = i64::try_from(told.len()).unwrap_or(i64::MAX);
        let head =
            self.inner.voice.text(language, "digest-while-away", &[("count".to_owned(), Arg::Number(count))]);
        let words = told.iter().map(|said| Rendered {
            text: said.payload.text.clone(),
            entities: said.payload.entities.clone(),
        });
        let messages = (1..).zip(digest::join(head.into_iter().chain(words).collect()));
        let messages = messages.map(|(number, text)| {
            let mut message =
                NewMessage::post(chat, &format!("digest:{chat}:{key}:{number}"), "digest-while-away", text);
            "digest".clone_into(&mut message.kind);
            language.clone_into(&mut message.language);
            message
        });
        messages.collect()
    }
}
