//! A very small Telegram over HTTP: it does what the script says and keeps what arrived.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// What happens to one call.
#[derive(Clone, Debug)]
pub enum Turn {
    /// Refused with this code, these words and these parameters.
    Refuse(u16, &'static str, Value),
    /// Done, but the answer never comes.
    DoneButSilent,
    /// Not done, and no answer.
    Silent,
    /// An answer that is no JSON.
    Garbage,
}

/// A message in a chat.
#[derive(Clone, Debug)]
pub struct Message {
    pub id: i64,
    pub chat: i64,
    pub text: String,
    pub buttons: Vec<(String, String)>,
    pub reply_to: Option<i64>,
    pub asks: bool,
    pub method: String,
}

#[derive(Default)]
struct Inner {
    updates: Vec<Value>,
    script: HashMap<String, VecDeque<Turn>>,
    messages: Vec<Message>,
    calls: Vec<(String, Value)>,
    ids: HashMap<i64, i64>,
}

/// The server; all its memory is here.
#[derive(Clone, Default)]
pub struct Telegram {
    inner: Arc<Mutex<Inner>>,
    pub url: String,
}

impl Telegram {
    /// Starts on a free port of this machine.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let telegram = Self { inner: Arc::default(), url };
        let routes = Router::new().route("/{bot}/{method}", post(call)).with_state(telegram.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        telegram
    }

    /// The next call of this method goes like this.
    pub fn next(&self, method: &str, turn: Turn) {
        let mut inner = self.inner.lock().expect("no panic");
        inner.script.entry(method.to_lowercase()).or_default().push_back(turn);
    }

    /// An update that waits for the bot.
    pub fn update(&self, update: Value) {
        self.inner.lock().expect("no panic").updates.push(update);
    }

    /// What stands in a chat, in order.
    pub fn chat(&self, chat: i64) -> Vec<Message> {
        let inner = self.inner.lock().expect("no panic");
        inner.messages.iter().filter(|message| message.chat == chat).cloned().collect()
    }

    /// The bodies of all calls of a method.
    pub fn calls(&self, method: &str) -> Vec<Value> {
        let inner = self.inner.lock().expect("no panic");
        let of = inner.calls.iter().filter(|(name, _)| *name == method.to_lowercase());
        of.map(|(_, body)| body.clone()).collect()
    }

    fn act(&self, method: &str, body: &Value) -> Result<Value, (u16, String)> {
        let mut inner = self.inner.lock().expect("no panic");
        match method {
            "getupdates" => {
                let offset = body["offset"].as_i64().unwrap_or(0);
                inner.updates.retain(|update| update["update_id"].as_i64().is_none_or(|id| id >= offset));
                Ok(json!(inner.updates))
            }
            "editmessagetext" => inner.edit(body),
            _ if method.starts_with("send") => Ok(inner.send(method, body)),
            _ => Ok(json!(true)),
        }
    }
}

impl Inner {
    fn send(&mut self, method: &str, body: &Value) -> Value {
        let chat = body["chat_id"].as_i64().unwrap_or(0);
        let id = self.ids.entry(chat).or_insert(100);
        *id += 1;
        let message = Message {
            id: *id,
            chat,
            text: body["text"].as_str().or(body["caption"].as_str()).unwrap_or_default().to_owned(),
            buttons: buttons(body),
            reply_to: body.pointer("/reply_parameters/message_id").and_then(Value::as_i64),
            asks: body.pointer("/reply_markup/force_reply") == Some(&json!(true)),
            method: method.to_owned(),
        };
        let answer = json!({ "message_id": message.id, "chat": { "id": chat }, "rich_message": {} });
        self.messages.push(message);
        answer
    }

    fn edit(&mut self, body: &Value) -> Result<Value, (u16, String)> {
        let (chat, id) = (body["chat_id"].as_i64().unwrap_or(0), body["message_id"].as_i64().unwrap_or(0));
        let refuse = |words: &str| Err((400, format!("Bad Request: {words}")));
        let Some(found) = self.messages.iter_mut().find(|message| message.chat == chat && message.id == id) else {
            return refuse("message to edit not found");
        };
        let (text, buttons) = (body["text"].as_str().unwrap_or_default().to_owned(), buttons(body));
        if found.text == text && found.buttons == buttons {
            return refuse("message is not modified: specified new message content and reply markup are exactly the same");
        }
        (found.text, found.buttons) = (text, buttons);
        Ok(json!({ "message_id": id }))
    }
}

fn buttons(body: &Value) -> Vec<(String, String)> {
    let rows = body.pointer("/reply_markup/inline_keyboard").and_then(Value::as_array);
    let all = rows.into_iter().flatten().filter_map(Value::as_array).flatten();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    all.map(|button| (text(&button["text"]), text(&button["callback_data"]))).collect()
}

async fn call(State(telegram): State<Telegram>, Path((_, method)): Path<(String, String)>, body: Bytes) -> Response {
    let method = method.to_lowercase();
    let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let turn = {
        let mut inner = telegram.inner.lock().expect("no panic");
        inner.calls.push((method.clone(), body.clone()));
        inner.script.get_mut(&method).and_then(VecDeque::pop_front)
    };
    let done = match turn {
        Some(Turn::Refuse(code, words, parameters)) => return refusal(code, words, parameters),
        Some(Turn::Garbage) => return "<html>".into_response(),
        Some(Turn::Silent) => return silence().await,
        Some(Turn::DoneButSilent) => {
            let _ = telegram.act(&method, &body);
            return silence().await;
        }
        None => telegram.act(&method, &body),
    };
    match done {
        Ok(result) => json!({ "ok": true, "result": result }).to_string().into_response(),
        Err((code, words)) => refusal(code, &words, Value::Null),
    }
}

fn refusal(code: u16, words: &str, parameters: Value) -> Response {
    let mut answer = json!({ "ok": false, "error_code": code, "description": words });
    if !parameters.is_null() {
        answer["parameters"] = parameters;
    }
    (StatusCode::from_u16(code).expect("a code"), answer.to_string()).into_response()
}

async fn silence() -> Response {
    tokio::time::sleep(Duration::from_secs(30)).await;
    StatusCode::GATEWAY_TIMEOUT.into_response()
}
