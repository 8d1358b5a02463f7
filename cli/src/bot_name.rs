//! Bot name: what people type to find the bot; asked of Telegram once per bot, then remembered.

use std::time::Duration;

use engine::store::{Store, notes};

use crate::clock;
use crate::config::Telegram;

const PATIENCE: Duration = Duration::from_secs(5);

/// The bot's user name without `@`; `None` when there is no token or Telegram cannot be asked now.
pub async fn bot_name(store: &Store, telegram: &Telegram) -> Option<String> {
    // The part before the colon is the bot's public number; the note is of no use to another bot.
    let number = telegram.token.reveal().split(':').next().filter(|number| !number.is_empty())?;
    let note = format!("telegram.name.{number}");
    if let Ok(Some((name, _))) = notes::read(store, &note).await {
        return Some(name);
    }
    let name = bot::token::bot_name(&telegram.api_url, &telegram.token.for_bot(), PATIENCE).await?;
    if let Err(error) = notes::write(store, &note, &name, clock::now()).await {
        tracing::warn!(%error, "the bot's name could not be remembered");
    }
    Some(name)
}
