//! Every "no" of the Bot API, with its HTTP status and the exact words Telegram uses.

use serde_json::{Value, json};

/// One refused call, as the `ok: false` answer will show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub code: u16,
    pub description: String,
    pub retry_after: Option<u64>,
    pub migrate_to: Option<i64>,
}

pub(crate) type Answer = Result<Value, Refusal>;

impl Refusal {
    fn new(code: u16, description: String) -> Self {
        Self { code, description, retry_after: None, migrate_to: None }
    }

    /// 400 with "Bad Request: …".
    pub fn bad(why: impl AsRef<str>) -> Self {
        Self::new(400, format!("Bad Request: {}", why.as_ref()))
    }

    /// 403 with "Forbidden: …".
    pub fn forbidden(why: impl AsRef<str>) -> Self {
        Self::new(403, format!("Forbidden: {}", why.as_ref()))
    }

    /// 409 with "Conflict: …".
    pub fn conflict(why: impl AsRef<str>) -> Self {
        Self::new(409, format!("Conflict: {}", why.as_ref()))
    }

    pub fn two_pollers() -> Self {
        Self::conflict(
            "terminated by other getUpdates request; make sure that only one bot instance is running",
        )
    }

    pub fn unauthorized() -> Self {
        Self::new(401, "Unauthorized".to_owned())
    }

    pub fn unknown_method() -> Self {
        Self::new(404, "Not Found: method not found".to_owned())
    }

    pub fn too_large() -> Self {
        Self::new(413, "Request Entity Too Large".to_owned())
    }

    pub fn server_error() -> Self {
        Self::new(500, "Internal Server Error".to_owned())
    }

    /// 429 with the seconds to wait.
    pub fn too_many(seconds: u64) -> Self {
        let text = format!("Too Many Requests: retry after {seconds}");
        Self { retry_after: Some(seconds), ..Self::new(429, text) }
    }

    /// 400 that names the supergroup a basic group became (TG-43).
    pub fn migrated(to: i64) -> Self {
        Self { migrate_to: Some(to), ..Self::bad("group chat was upgraded to a supergroup chat") }
    }

    pub fn body(&self) -> Value {
        let mut body = json!({"ok": false, "error_code": self.code, "description": self.description});
        if let Some(seconds) = self.retry_after {
            body["parameters"] = json!({"retry_after": seconds});
        }
        if let Some(chat) = self.migrate_to {
            body["parameters"] = json!({"migrate_to_chat_id": chat});
        }
        body
    }
}
