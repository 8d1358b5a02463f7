//! Api: the calls to Telegram, each under our own deadline, each with a verdict.

use std::path::PathBuf;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use engine::store::change::Payload as Words;
use serde::Serialize;
use serde_json::{Value, json};
use teloxide_core::RequestError;
use teloxide_core::payloads::{
    AnswerCallbackQuery, DeleteMessage, DeleteWebhook, EditMessageCaption, EditMessageText, GetMe,
    SendMessage, SetWebhook,
};
use teloxide_core::requests::{JsonRequest, MultipartPayload, MultipartRequest, Payload, Request};
use teloxide_core::types::{AllowedUpdate, CallbackQueryId, ChatId, InputFile, Recipient};

use answers::{accepted, of_error, of_network, read_updates};
use dress::{entities, keyboard, markup, message_id, no_preview, reply, topic};

use crate::classify::Verdict;
use crate::secret::Secret;

mod answers;
mod dress;
mod files;

/// Kinds of updates that we ask for (TG-07).
const ALLOWED_UPDATES: [&str; 5] =
    ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"];

/// The way to Telegram. No `Debug`: it holds the token.
pub struct Api {
    url: reqwest::Url,
    http: reqwest::Client,
    /// Telegram may refuse a token one day, and take another one the next.
    line: RwLock<Line>,
    deadline: Duration,
}

/// What depends on the token.
#[derive(Clone)]
struct Line {
    bot: teloxide_core::Bot,
    updates_url: String,
}

/// A message as it goes out.
#[derive(Clone, Copy)]
pub struct Outgoing<'a> {
    pub chat: i64,
    pub words: &'a Words,
    pub reply_to: Option<i64>,
    /// None, one, or several that go as an album.
    pub files: &'a [FileSource],
    /// The topic of a forum; `None` is General, or a chat without topics.
    pub topic: Option<i64>,
    /// Leave all formatting out.
    pub plain: bool,
}

/// Where the bytes of a file come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileSource {
    /// Telegram has it; `kind` is the kind of message it came with.
    Telegram { file_id: String, kind: String },
    /// It lies in the files directory.
    Disk { path: PathBuf, name: String },
}

/// An update as it came: its id, if it has one, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawUpdate {
    pub update_id: Option<i64>,
    pub body: String,
}

/// The address of the Bot API is not usable.
#[derive(Debug, thiserror::Error)]
pub enum ApiSetup {
    #[error("telegram.api_url is not an address: {0}")]
    Address(String),
    #[error("the HTTP client cannot be made: {0}")]
    Client(String),
}

impl Api {
    /// `base` such as `https://api.telegram.org`; `deadline` is the time that one call may take.
    pub fn new(base: &str, token: &Secret, deadline: Duration) -> Result<Self, ApiSetup> {
        let base = base.trim_end_matches('/');
        let url = reqwest::Url::parse(base).map_err(|error| ApiSetup::Address(error.to_string()))?;
        let mut client = reqwest::Client::builder().connect_timeout(Duration::from_secs(5)).tcp_nodelay(true);
        if url.host_str().is_some_and(|host| host == "localhost" || host.starts_with("127.")) {
            client = client.no_proxy();
        }
        let http = client.build().map_err(|error| ApiSetup::Client(error.to_string()))?;
        let line = RwLock::new(line(&url, &http, token));
        Ok(Self { url, http, line, deadline })
    }

    /// Every call from now on goes out with this token.
    pub fn set_token(&self, token: &Secret) {
        *self.line.write().unwrap_or_else(PoisonError::into_inner) = line(&self.url, &self.http, token);
    }

    fn line(&self) -> Line {
        self.line.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sends a new message; the id comes with `Accepted`.
    pub async fn send(&self, out: Outgoing<'_>) -> Verdict {
        match (out.words.copy, out.files) {
            (Some(of), _) => return self.send_copy(out, of).await,
            (None, [file]) => return self.send_file(out, file).await,
            (None, [_, _, ..]) => return self.send_album(out, out.files).await,
            (None, []) => {}
        }
        let mut payload = SendMessage::new(Recipient::Id(ChatId(out.chat)), out.words.text.clone());
        payload.message_thread_id = topic(out);
        payload.entities = entities(out);
        payload.link_preview_options = Some(no_preview());
        payload.reply_parameters = reply(out);
        payload.reply_markup = markup(out.words);
        self.call(payload).await
    }

    /// Changes a message of ours; `is_caption` if it has a file.
    pub async fn edit(&self, out: Outgoing<'_>, message: i64, is_caption: bool) -> Verdict {
        let chat = Recipient::Id(ChatId(out.chat));
        let Some(id) = message_id(message) else { return Verdict::MessageGone };
        let keyboard = keyboard(out.words);
        if is_caption {
            let mut payload = EditMessageCaption::new(chat, id);
            payload.caption = Some(out.words.text.clone());
            payload.caption_entities = entities(out);
            payload.reply_markup = Some(keyboard);
            return self.call(payload).await;
        }
        let mut payload = EditMessageText::new(chat, id, out.words.text.clone());
        payload.entities = entities(out);
        payload.link_preview_options = Some(no_preview());
        payload.reply_markup = Some(keyboard);
        self.call(payload).await
    }

    /// Takes a message of ours away.
    pub async fn delete(&self, chat: i64, message: i64) -> Verdict {
        let Some(id) = message_id(message) else { return Verdict::MessageGone };
        self.call(DeleteMessage::new(Recipient::Id(ChatId(chat)), id)).await
    }

    /// Ends the spinner of a button, with a short word or an alert.
    pub async fn answer(&self, callback: &str, text: &str, alert: bool) -> Verdict {
        let mut payload = AnswerCallbackQuery::new(CallbackQueryId(callback.to_owned()));
        payload.text = (!text.is_empty()).then(|| text.to_owned());
        payload.show_alert = alert.then_some(true);
        self.call(payload).await
    }

    /// Whether Telegram answers us at all.
    pub async fn is_reachable(&self) -> Verdict {
        self.call(GetMe::new()).await
    }

    /// The bot's own user name, without `@`; `None` if Telegram does not tell.
    pub async fn name(&self) -> Option<String> {
        let request = JsonRequest::new(self.line().bot, Loose(GetMe::new())).send();
        let me = tokio::time::timeout(self.deadline, request).await.ok()?.ok()?;
        Some(me.get("username")?.as_str()?.to_owned())
    }

    /// Makes Telegram call `url` for each update, with `secret` in a header (TG-06).
    pub async fn set_webhook(&self, url: &str, secret: &Secret) -> Verdict {
        let Ok(url) = reqwest::Url::parse(url) else { return Verdict::Rejected("not an address".to_owned()) };
        let mut payload = SetWebhook::new(url);
        payload.secret_token = Some(secret.reveal().to_owned());
        let updates = [AllowedUpdate::Message, AllowedUpdate::EditedMessage, AllowedUpdate::CallbackQuery];
        let members = [AllowedUpdate::MyChatMember, AllowedUpdate::ChatMember];
        payload.allowed_updates = Some(updates.into_iter().chain(members).collect());
        self.finish(MultipartRequest::new(self.line().bot, Loose(payload)).send()).await
    }

    /// Makes Telegram keep updates for polling; nothing that waits is dropped.
    pub async fn delete_webhook(&self) -> Verdict {
        self.call(DeleteWebhook::new()).await
    }

    /// The next updates, as they are; waits up to `wait` for the first.
    pub async fn updates(&self, offset: i64, wait: Duration) -> Result<Vec<RawUpdate>, Verdict> {
        let ask = json!({
            "offset": offset, "limit": 100, "timeout": wait.as_secs(), "allowed_updates": ALLOWED_UPDATES,
        });
        let answer = async {
            let response = self.http.post(self.line().updates_url).json(&ask).send().await?;
            let status = response.status().as_u16();
            Ok::<_, reqwest::Error>((status, response.bytes().await?))
        };
        match tokio::time::timeout(wait + self.deadline, answer).await {
            Ok(Ok((status, body))) => read_updates(status, &body),
            Ok(Err(error)) => Err(of_network(&error)),
            Err(_) => Err(Verdict::Unknown),
        }
    }

    async fn call<P>(&self, payload: P) -> Verdict
    where
        P: Payload + Serialize + 'static,
    {
        self.finish(JsonRequest::new(self.line().bot, Loose(payload)).send()).await
    }

    /// The library sleeps ten seconds after a 5xx, so our own deadline stands around it.
    async fn finish(&self, request: impl Future<Output = Result<Value, RequestError>>) -> Verdict {
        match tokio::time::timeout(self.deadline, request).await {
            Ok(Ok(result)) => accepted(&result),
            Ok(Err(error)) => of_error(&error),
            Err(_) => Verdict::Unknown,
        }
    }
}

fn line(url: &reqwest::Url, http: &reqwest::Client, token: &Secret) -> Line {
    let base = url.as_str().trim_end_matches('/');
    let updates_url = format!("{base}/bot{}/getUpdates", token.reveal());
    let bot = teloxide_core::Bot::with_client(token.reveal(), http.clone()).set_api_url(url.clone());
    Line { bot, updates_url }
}

/// A payload of the library whose answer is taken as it comes: its own types refuse what they do not know (TG-00).
#[derive(Clone, Serialize)]
#[serde(transparent)]
struct Loose<P>(P);

impl<P: Payload> Payload for Loose<P> {
    type Output = Value;
    const NAME: &'static str = P::NAME;
}

impl<P: MultipartPayload> MultipartPayload for Loose<P> {
    fn copy_files(&self, into: &mut dyn FnMut(InputFile)) {
        self.0.copy_files(into);
    }

    fn move_files(&mut self, into: &mut dyn FnMut(InputFile)) {
        self.0.move_files(into);
    }
}
