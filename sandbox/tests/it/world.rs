//! A small agency chat that every test starts from.

use reqwest::Client;
use sandbox::{ChatKind, Options, Sandbox};
use serde_json::{Value, json};

pub const TOKEN: &str = "7000000001:test-token";
pub const SOFIA: i64 = 101;
pub const IVAN: i64 = 102;
pub const GROUP: i64 = -500;
pub const SUPER: i64 = -1_001_234_567_890;

/// A sandbox, a client, Софія and Іван in a basic group and a supergroup with the bot.
pub struct World {
    pub sandbox: Sandbox,
    pub client: Client,
}

impl World {
    pub async fn start() -> Self {
        Self::with(Options { token: TOKEN.to_owned(), seed: 7, ..Options::default() }).await
    }

    pub async fn with(options: Options) -> Self {
        let sandbox = Sandbox::start(options).await.unwrap();
        sandbox.add_person(SOFIA, "Софія", Some("sofia"), Some("uk")).unwrap();
        sandbox.add_person(IVAN, "Іван", None, None).unwrap();
        sandbox.add_chat(GROUP, ChatKind::Group, "Ранок × Маяк").unwrap();
        sandbox.add_chat(SUPER, ChatKind::Supergroup, "Маяк, production").unwrap();
        for chat in [GROUP, SUPER] {
            sandbox.join(SOFIA, chat).unwrap();
            sandbox.join(IVAN, chat).unwrap();
            sandbox.return_bot(chat).unwrap();
        }
        let world = Self { sandbox, client: Client::builder().no_proxy().build().unwrap() };
        world.drain().await;
        world
    }

    pub fn url(&self, method: &str) -> String {
        format!("{}/bot{TOKEN}/{method}", self.sandbox.api_url())
    }

    /// Calls a method; the HTTP status must agree with the body.
    pub async fn call(&self, method: &str, body: Value) -> Value {
        let answer = self.client.post(self.url(method)).json(&body).send().await.unwrap();
        let status = answer.status().as_u16();
        let value: Value = answer.json().await.unwrap();
        assert_eq!(value["error_code"].as_u64().unwrap_or(200), u64::from(status), "{value}");
        value
    }

    pub async fn ok(&self, method: &str, body: Value) -> Value {
        let value = self.call(method, body).await;
        assert_eq!(value["ok"], json!(true), "{method}: {value}");
        value["result"].clone()
    }

    /// The description of a call that must be refused.
    pub async fn refused(&self, method: &str, body: Value) -> String {
        let value = self.call(method, body).await;
        assert_eq!(value["ok"], json!(false), "{method}: {value}");
        value["description"].as_str().unwrap().to_owned()
    }

    pub async fn send(&self, chat: i64, text: &str) -> i64 {
        let sent = self.ok("sendMessage", json!({"chat_id": chat, "text": text})).await;
        sent["message_id"].as_i64().unwrap()
    }

    /// All waiting updates, not confirmed.
    pub async fn updates(&self) -> Vec<Value> {
        self.ok("getUpdates", json!({})).await.as_array().unwrap().clone()
    }

    /// All waiting updates, confirmed.
    pub async fn drain(&self) -> Vec<Value> {
        let all = self.updates().await;
        if let Some(last) = all.last() {
            let next = last["update_id"].as_i64().unwrap() + 1;
            self.ok("getUpdates", json!({"offset": next})).await;
        }
        all
    }
}

/// A keyboard with one callback button.
pub fn one_button(label: &str, data: &str) -> Value {
    json!({"inline_keyboard": [[{"text": label, "callback_data": data}]]})
}
