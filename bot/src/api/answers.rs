//! Answers of Telegram, read so that what the library does not know costs nothing (TG-00).

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use teloxide_core::{ApiError, RequestError};

use super::RawUpdate;
use crate::classify::{Verdict, refusal};

/// What a call that went well came to: the id of the message, or those of the first and last of an album.
pub(super) fn accepted(result: &Value) -> Verdict {
    let id = |message: &Value| message.get("message_id").and_then(Value::as_i64).unwrap_or(0);
    match result.as_array().map(Vec::as_slice) {
        Some([first, .., last]) => Verdict::AcceptedAlbum { first: id(first), last: id(last) },
        Some([only]) => Verdict::Accepted(id(only)),
        Some([]) | None => Verdict::Accepted(id(result)),
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

pub(super) fn read_updates(status: u16, body: &[u8]) -> Result<Vec<RawUpdate>, Verdict> {
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

pub(super) fn of_error(error: &RequestError) -> Verdict {
    match error {
        RequestError::Api(ApiError::Unknown(words)) => refusal(None, words),
        RequestError::Api(known) => refusal(None, &known.to_string()),
        RequestError::MigrateToChatId(chat) => Verdict::Moved(chat.0),
        RequestError::RetryAfter(after) => Verdict::Wait(i64::from(after.seconds())),
        RequestError::Network(error) => of_network(error),
        RequestError::InvalidJson { raw, .. } => of_raw(raw),
        RequestError::Io(_) => Verdict::NoFile,
    }
}

pub(super) fn of_network(error: &reqwest::Error) -> Verdict {
    if error.is_connect() || error.is_builder() { Verdict::NotSent } else { Verdict::Unknown }
}

/// An answer that the library could not read: it may still say yes or no.
fn of_raw(raw: &str) -> Verdict {
    let Ok(value) = serde_json::from_str::<Value>(raw) else { return Verdict::Unknown };
    let code = value.get("error_code").and_then(Value::as_u64).and_then(|code| u16::try_from(code).ok());
    match value.get("ok").and_then(Value::as_bool) {
        Some(true) => match value.get("result").map(accepted) {
            None | Some(Verdict::Accepted(0)) => Verdict::Unknown,
            Some(verdict) => verdict,
        },
        Some(false) => refusal(code, value.get("description").and_then(Value::as_str).unwrap_or_default()),
        None => Verdict::Unknown,
    }
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
    fn an_album_is_known_by_its_first_and_its_last_item() {
        let raw = r#"{"ok":true,"result":[{"message_id":7},{"message_id":8},{"message_id":9}]}"#;
        assert_eq!(of_raw(raw), Verdict::AcceptedAlbum { first: 7, last: 9 });
    }
}
