//! Api: the calls to Telegram, each under our own deadline, each with a verdict.

use std::path::PathBuf;
use std::time::Duration;

use engine::store::change::{Entity, EntityKind, Payload as Words};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use teloxide_core::payloads::{
    AnswerCallbackQuery, DeleteMessage, DeleteWebhook, EditMessageCaption, EditMessageText, GetMe,
    SendAnimation, SendAudio, SendDocument, SendMessage, SendPhoto, SendVideo, SendVideoNote, SendVoice,
    SetWebhook,
};
use teloxide_core::requests::{JsonRequest, MultipartPayload, MultipartRequest, Payload, Request};
use teloxide_core::types::{
    AllowedUpdate, CallbackQueryId, ChatId, FileId, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup,
    InputFile, LinkPreviewOptions, MessageEntity, MessageEntityKind, MessageId, Recipient, ReplyMarkup,
    ReplyParameters, User, UserId,
};
use teloxide_core::{ApiError, RequestError};

use crate::classify::{Verdict, refusal};
use crate::secret::Secret;

/// Kinds of updates that we ask for (TG-07).
const ALLOWED_UPDATES: [&str; 5] =
    ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"];

/// The way to Telegram. No `Debug`: it holds the token.
pub struct Api {
    bot: teloxide_core::Bot,
    http: reqwest::Client,
    updates_url: String,
    deadline: Duration,
}

/// A message as it goes out.
#[derive(Clone, Copy)]
pub struct Outgoing<'a> {
    pub chat: i64,
    pub words: &'a Words,
    pub reply_to: Option<i64>,
    pub file: Option<&'a FileSource>,
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
        let bot = teloxide_core::Bot::with_client(token.reveal(), http.clone()).set_api_url(url);
        let updates_url = format!("{base}/bot{}/getUpdates", token.reveal());
        Ok(Self { bot, http, updates_url, deadline })
    }

    /// Sends a new message; the id comes with `Accepted`.
    pub async fn send(&self, out: Outgoing<'_>) -> Verdict {
        let chat = Recipient::Id(ChatId(out.chat));
        if let Some(file) = out.file {
            return self.send_file(out, chat, file).await;
        }
        let mut payload = SendMessage::new(chat, out.words.text.clone());
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
        let keyboard = InlineKeyboardMarkup::new(rows(out.words));
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

    /// Makes Telegram call `url` for each update, with `secret` in a header (TG-06).
    pub async fn set_webhook(&self, url: &str, secret: &Secret) -> Verdict {
        let Ok(url) = reqwest::Url::parse(url) else { return Verdict::Rejected("not an address".to_owned()) };
        let mut payload = SetWebhook::new(url);
        payload.secret_token = Some(secret.reveal().to_owned());
        let updates = [AllowedUpdate::Message, AllowedUpdate::EditedMessage, AllowedUpdate::CallbackQuery];
        let members = [AllowedUpdate::MyChatMember, AllowedUpdate::ChatMember];
        payload.allowed_updates = Some(updates.into_iter().chain(members).collect());
        self.finish(MultipartRequest::new(self.bot.clone(), Loose(payload)).send()).await
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
            let response = self.http.post(&self.updates_url).json(&ask).send().await?;
            let status = response.status().as_u16();
            Ok::<_, reqwest::Error>((status, response.bytes().await?))
        };
        match tokio::time::timeout(wait + self.deadline, answer).await {
            Ok(Ok((status, body))) => read_updates(status, &body),
            Ok(Err(error)) => Err(of_network(&error)),
            Err(_) => Err(Verdict::Unknown),
        }
    }

    async fn send_file(&self, out: Outgoing<'_>, chat: Recipient, file: &FileSource) -> Verdict {
        match file {
            FileSource::Disk { path, name } => {
                let input = InputFile::file(path).file_name(name.clone());
                let mut payload = SendDocument::new(chat, input);
                payload.caption = caption(out);
                payload.caption_entities = entities(out);
                payload.reply_parameters = reply(out);
                payload.reply_markup = markup(out.words);
                let request = MultipartRequest::new(self.bot.clone(), Loose(payload));
                self.finish(request.send()).await
            }
            FileSource::Telegram { file_id, kind } => self.send_again(out, chat, file_id, kind).await,
        }
    }

    /// A file that Telegram has must go out as the kind it came in.
    async fn send_again(&self, out: Outgoing<'_>, chat: Recipient, file_id: &str, kind: &str) -> Verdict {
        let input = InputFile::file_id(FileId(file_id.to_owned()));
        macro_rules! send {
            ($payload:ident) => {{
                let mut payload = $payload::new(chat, input);
                payload.caption = caption(out);
                payload.caption_entities = entities(out);
                payload.reply_parameters = reply(out);
                payload.reply_markup = markup(out.words);
                self.call(payload).await
            }};
        }
        match kind {
            "photo" => send!(SendPhoto),
            "voice" => send!(SendVoice),
            "video" => send!(SendVideo),
            "audio" => send!(SendAudio),
            "animation" => send!(SendAnimation),
            "video_note" => {
                let mut payload = SendVideoNote::new(chat, input);
                payload.reply_parameters = reply(out);
                payload.reply_markup = markup(out.words);
                self.call(payload).await
            }
            _ => send!(SendDocument),
        }
    }

    async fn call<P>(&self, payload: P) -> Verdict
    where
        P: Payload + Serialize + 'static,
    {
        self.finish(JsonRequest::new(self.bot.clone(), Loose(payload)).send()).await
    }

    /// The library sleeps ten seconds after a 5xx, so our own deadline stands around it.
    async fn finish(&self, request: impl Future<Output = Result<Value, RequestError>>) -> Verdict {
        match tokio::time::timeout(self.deadline, request).await {
            Ok(Ok(result)) => {
                Verdict::Accepted(result.get("message_id").and_then(Value::as_i64).unwrap_or(0))
            }
            Ok(Err(error)) => of_error(&error),
            Err(_) => Verdict::Unknown,
        }
    }
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

#[derive(Deserialize)]
struct UpdatesAnswer {
    ok: bool,
    #[serde(default)]
    result: Vec<Box<RawValue>>,
    error_code: Option<u16>,
    description: Option<String>,
    parameters: Option<Value>,
}

fn read_updates(status: u16, body: &[u8]) -> Result<Vec<RawUpdate>, Verdict> {
    let Ok(answer) = serde_json::from_slice::<UpdatesAnswer>(body) else {
        return Err(if status == 401 || status == 404 { Verdict::TokenDead } else { Verdict::Unknown });
    };
    if !answer.ok {
        let after = answer.parameters.as_ref().and_then(|of| of.get("retry_after")).and_then(Value::as_i64);
        let verdict =
            refusal(answer.error_code.or(Some(status)), answer.description.as_deref().unwrap_or_default());
        return Err(after.map_or(verdict, Verdict::Wait));
    }
    let raw = answer.result.iter().map(|update| update.get().to_owned());
    Ok(raw.map(|body| RawUpdate { update_id: crate::parse::update_id(&body), body }).collect())
}

fn of_error(error: &RequestError) -> Verdict {
    match error {
        RequestError::Api(ApiError::Unknown(words)) => refusal(None, words),
        RequestError::Api(known) => refusal(None, &known.to_string()),
        RequestError::MigrateToChatId(chat) => Verdict::Moved(chat.0),
        RequestError::RetryAfter(after) => Verdict::Wait(i64::from(after.seconds())),
        RequestError::Network(error) => of_network(error),
        RequestError::InvalidJson { raw, .. } => of_raw(raw),
        RequestError::Io(_) => Verdict::Rejected("the file cannot be read".to_owned()),
    }
}

fn of_network(error: &reqwest::Error) -> Verdict {
    if error.is_connect() || error.is_builder() { Verdict::NotSent } else { Verdict::Unknown }
}

/// An answer that the library could not read: it may still say yes or no.
fn of_raw(raw: &str) -> Verdict {
    let Ok(value) = serde_json::from_str::<Value>(raw) else { return Verdict::Unknown };
    let code = value.get("error_code").and_then(Value::as_u64).and_then(|code| u16::try_from(code).ok());
    match value.get("ok").and_then(Value::as_bool) {
        Some(true) => value
            .pointer("/result/message_id")
            .and_then(Value::as_i64)
            .map_or(Verdict::Unknown, Verdict::Accepted),
        Some(false) => refusal(code, value.get("description").and_then(Value::as_str).unwrap_or_default()),
        None => Verdict::Unknown,
    }
}

fn message_id(id: i64) -> Option<MessageId> {
    i32::try_from(id).ok().filter(|id| *id > 0).map(MessageId)
}

fn caption(out: Outgoing<'_>) -> Option<String> {
    (!out.words.text.is_empty()).then(|| out.words.text.clone())
}

fn reply(out: Outgoing<'_>) -> Option<ReplyParameters> {
    let id = message_id(out.reply_to?)?;
    Some(ReplyParameters::new(id).allow_sending_without_reply())
}

fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

fn rows(words: &Words) -> impl Iterator<Item = Vec<InlineKeyboardButton>> + '_ {
    words.buttons.iter().map(|row| {
        row.iter().map(|(label, data)| InlineKeyboardButton::callback(label.clone(), data.clone())).collect()
    })
}

fn markup(words: &Words) -> Option<ReplyMarkup> {
    if !words.buttons.is_empty() {
        return Some(ReplyMarkup::inline_kb(rows(words)));
    }
    let hint = words.force_reply.as_ref()?;
    let mut question = ForceReply::new().selective();
    let hint: String = hint.chars().take(64).collect();
    if !hint.is_empty() {
        question = question.input_field_placeholder(hint);
    }
    Some(ReplyMarkup::ForceReply(question))
}

fn entities(out: Outgoing<'_>) -> Option<Vec<MessageEntity>> {
    if out.plain || out.words.entities.is_empty() {
        return None;
    }
    Some(out.words.entities.iter().filter_map(entity).collect())
}

fn entity(entity: &Entity) -> Option<MessageEntity> {
    let kind = match &entity.kind {
        EntityKind::Bold => MessageEntityKind::Bold,
        EntityKind::Italic => MessageEntityKind::Italic,
        EntityKind::TextLink { url } => MessageEntityKind::TextLink { url: reqwest::Url::parse(url).ok()? },
        EntityKind::TextMention { user } => MessageEntityKind::TextMention { user: person(*user)? },
    };
    Some(MessageEntity::new(kind, entity.offset, entity.length))
}

fn person(id: i64) -> Option<User> {
    Some(User {
        id: UserId(u64::try_from(id).ok()?),
        is_bot: false,
        first_name: "?".to_owned(),
        last_name: None,
        username: None,
        language_code: None,
        is_premium: false,
        added_to_attachment_menu: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_with_something_unknown_inside_is_still_a_yes() {
        let raw = r#"{"ok":true,"result":{"message_id":55,"rich_message":{}}}"#;
        assert_eq!(of_raw(raw), Verdict::Accepted(55));
    }

    #[test]
    fn a_broken_answer_is_unknown() {
        assert_eq!(of_raw("<html>502</html>"), Verdict::Unknown);
        assert_eq!(of_raw(r#"{"ok":true}"#), Verdict::Unknown);
    }

    #[test]
    fn updates_are_kept_letter_by_letter_even_without_an_id() {
        let body = br#"{"ok":true,"result":[{"update_id":5,"x":1.50},{"nothing":true},7]}"#;
        let found = read_updates(200, body).unwrap();
        let ids: Vec<_> = found.iter().map(|raw| raw.update_id).collect();
        assert_eq!(ids, [Some(5), None, None]);
        assert_eq!(found[0].body, r#"{"update_id":5,"x":1.50}"#);
    }

    #[test]
    fn another_poller_a_dead_token_and_a_flood_are_told_apart() {
        let answer = |code: u16, words: &str, more: &str| {
            let body = format!(r#"{{"ok":false,"error_code":{code},"description":"{words}"{more}}}"#);
            read_updates(code, body.as_bytes()).unwrap_err()
        };
        assert_eq!(answer(409, "Conflict: terminated by other getUpdates request", ""), Verdict::Conflict);
        assert_eq!(answer(401, "Unauthorized", ""), Verdict::TokenDead);
        let after = r#","parameters":{"retry_after":7}"#;
        assert_eq!(answer(429, "Too Many Requests: retry after 7", after), Verdict::Wait(7));
    }

    #[test]
    fn a_question_asks_one_person_for_a_reply() {
        let words = Words { force_reply: Some("Що змінити?".into()), ..Words::default() };
        let json = serde_json::to_value(markup(&words).unwrap()).unwrap();
        assert_eq!(
            json,
            json!({"force_reply": true, "input_field_placeholder": "Що змінити?", "selective": true})
        );
    }
}
