//! `client link`: a one-time deep link that ties a chat to a client (TG-11).

use chrono::TimeDelta;
use engine::app::Along;
use engine::domain::client::ClientCommand;
use serde_json::json;

use crate::bot_name::bot_name;
use crate::clock;
use crate::console::Console;
use crate::failure::Failure;
use crate::office::Office;
use crate::random::{sha256, token};

/// How long a link may be used.
const HOURS: i64 = 24;

pub async fn run(typed: &str, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let entry = office.find_client(typed).await?;
    let bot = bot_name(office.store(), &office.settings.telegram).await;
    let token = offer(&entry.client, office).await?;
    let link = |start: &str| bot.as_ref().map(|bot| format!("https://t.me/{bot}?{start}={token}"));
    let (group, private) = (link("startgroup"), link("start"));
    let expires = clock::now() + TimeDelta::hours(HOURS);
    let json = json!({
        "client": entry.client,
        "link": group,
        "private_link": private,
        "token": token,
        "expires": expires,
    });
    let text = match (&group, &private) {
        (Some(group), Some(private)) => format!("group    {group}\nprivate  {private}"),
        _ => format!("token    {token}"),
    };
    console.answer(&json, &text);
    if bot.is_none() {
        console.words(
            "The bot's name is not known yet, so there is no link: set telegram.token and ask again, \
             or send the bot /start with this token.",
        );
    }
    Ok(())
}

/// Makes a token, of which only the hash is kept.
pub async fn offer(client: &engine::domain::ClientId, office: &Office) -> Result<String, Failure> {
    let token = token();
    let expires = clock::now() + TimeDelta::hours(HOURS);
    let command = ClientCommand::OfferLink { token_sha256: sha256(token.as_bytes()), expires };
    office.client(client, command, Along::default()).await?;
    Ok(token)
}
