//! Webhook: the other way in; an update is answered 200 once it is stored (RELIABILITY 3.2 T1).

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;

use crate::api::RawUpdate;
use crate::bot::Bot;
use crate::classify::Verdict;
use crate::parse;
use crate::secret::Secret;

/// Telegram's updates have at most 64 KiB; this is room enough for what may come.
const BODY_LIMIT: usize = 1024 * 1024;
const SECRET_HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";

/// Without a secret anybody could pretend to be Telegram.
#[derive(Debug, thiserror::Error)]
pub enum WebhookSetup {
    #[error("webhook mode needs telegram.webhook_secret: 1 to 256 of A-Z a-z 0-9 _ -, best 32 random bytes")]
    NoSecret,
}

#[derive(Clone)]
struct Hook {
    bot: Bot,
    secret: Secret,
}

/// The route for Telegram, to be mounted at a path of its own; refuses to exist without a secret.
pub fn webhook(bot: Bot, secret: Secret) -> Result<Router, WebhookSetup> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    let text = secret.reveal();
    if text.is_empty() || text.len() > 256 || !text.bytes().all(allowed) {
        return Err(WebhookSetup::NoSecret);
    }
    Ok(Router::new().route("/", post(receive)).with_state(Hook { bot, secret }))
}

impl Bot {
    /// Tells Telegram to call `url`; the answer says whether it will.
    pub async fn announce(&self, url: &str, secret: &Secret) -> Verdict {
        self.heard(self.inner.api.set_webhook(url, secret).await).await
    }

    /// Tells Telegram to keep updates for polling.
    pub async fn renounce(&self) -> Verdict {
        self.heard(self.inner.api.delete_webhook().await).await
    }

    async fn heard(&self, verdict: Verdict) -> Verdict {
        if verdict == Verdict::TokenDead
            && let Err(error) = self.token_died(self.now()).await
        {
            tracing::warn!(%error, "that the token was refused could not be noted");
        }
        verdict
    }
}

async fn receive(State(hook): State<Hook>, headers: HeaderMap, body: Body) -> Response {
    let given = headers.get(SECRET_HEADER).map_or(&b""[..], |value| value.as_bytes());
    if !hook.secret.is(given) {
        tracing::warn!("a webhook call without the right secret was refused");
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let Ok(body) = axum::body::to_bytes(body, BODY_LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let body = String::from_utf8_lossy(&body).replace('\0', "\u{FFFD}");
    let update = RawUpdate { update_id: parse::update_id(&body), body };
    match hook.bot.keep(vec![update]).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(error) => {
            tracing::error!(%error, "an update could not be stored; Telegram will send it again");
            (StatusCode::SERVICE_UNAVAILABLE, [("Retry-After", "5")]).into_response()
        }
    }
}
