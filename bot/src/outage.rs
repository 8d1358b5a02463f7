//! Outage: presses live 150 seconds at Telegram, so after a longer gap we ask for them again (RELIABILITY 3.6, TG-03).

use chrono::Duration;
use engine::app::Along;
use engine::domain::{Arg, Timestamp};
use engine::store::change::NewMessage;
use engine::store::{buttons, chats, notes};
use projections::directory;

use crate::bot::Bot;
use crate::crash;
use crate::fault::Fault;

/// The note of the last heartbeat.
pub(crate) const ALIVE: &str = "bot.alive";
/// A gap longer than this may have cost a press (RELIABILITY 3.6: the 150 s of T-1, less a heartbeat and a poll).
const GAP: Duration = Duration::seconds(120);
/// After this Telegram has dropped messages too.
const UPDATES_HOLD: Duration = Duration::hours(24);

impl Bot {
    /// Notes that the bot is alive; the ticks do so by themselves while they hold the lease.
    pub async fn heartbeat(&self) -> Result<(), Fault> {
        self.lead(self.now()).await.map(drop)
    }

    /// One message to each chat with an open decision, if nobody was there for longer than a press lives.
    pub(crate) async fn ask_again_after_outage(&self, now: Timestamp) -> Result<(), Fault> {
        let Some((_, last)) = notes::read(self.store(), ALIVE).await? else { return Ok(()) };
        if now - last <= GAP {
            return Ok(());
        }
        tracing::warn!(
            seconds = (now - last).num_seconds(),
            "the bot was away; open decisions are asked for again"
        );
        let moments = [("from".to_owned(), Arg::Moment(last)), ("until".to_owned(), Arg::Moment(now))];
        let gap = last.timestamp_micros();
        for chat in buttons::chats_with_requests(self.store(), last).await? {
            self.ask_for_presses(chat, gap, &moments, now).await?;
        }
        if now - last > UPDATES_HOLD {
            tracing::error!("the bot was away for more than 24 h: messages of that time may be lost");
            self.tell_staff(&format!("outage:{gap}:staff"), "staff-inputs-lost", &moments, now).await?;
        }
        crash::point("outage_asked");
        Ok(())
    }

    async fn ask_for_presses(
        &self,
        chat: i64,
        gap: i64,
        moments: &[(String, Arg)],
        now: Timestamp,
    ) -> Result<(), Fault> {
        let chat = chats::resolve(self.store(), chat).await?;
        if engine::domain::waiting_chat::is_waiting_chat(chat) {
            return Ok(());
        }
        // A decision that was not even delivered cannot have been pressed.
        let open = self.open_requests(chat).await?.into_iter().any(|request| request.said.state == "sent");
        let client = directory::client_by_chat(self.store(), chat).await?;
        let (true, Some(client)) = (open, client) else { return Ok(()) };
        let Some(text) = self.inner.voice.text(&client.language, "outage-reask", moments) else {
            return Ok(());
        };
        let key = format!("outage:{gap}:{chat}");
        let mut message = NewMessage::post(chat, &key, "outage-reask", text);
        message.language = client.language;
        let along = Along { messages: vec![message], ..Along::default() };
        Ok(self.inner.app.settle(key, now, along).await?)
    }
}
