//! What Telegram did with our messages, as facts of a chat's own stream.

use serde::{Deserialize, Serialize};

use super::StoreError;
use super::change::{Append, Cause, NewEvent};
use crate::domain::{Actor, Origin, ProjectId, StreamId, TaskId, Timestamp};

/// Facts of the stream `deliveries` of a chat. Never renamed, removed or given a new meaning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DeliveryEvent {
    /// Telegram has the message; `probed` if that was found out afterwards.
    MessageDelivered {
        outbox: i64,
        chat: i64,
        message: i64,
        kind: String,
        project: Option<ProjectId>,
        task: Option<TaskId>,
        probed: bool,
    },
    /// Telegram refused it for good.
    MessageFailed {
        outbox: i64,
        chat: i64,
        kind: String,
        project: Option<ProjectId>,
        task: Option<TaskId>,
        reason: String,
    },
    /// It may be there or not, and will not be sent again; `copies` were tried.
    OutcomeUnknown {
        outbox: i64,
        chat: i64,
        kind: String,
        project: Option<ProjectId>,
        task: Option<TaskId>,
        copies: i64,
    },
    /// It was not sent: something newer says the same, a person said so, or it was erased.
    MessageDropped {
        outbox: i64,
        chat: i64,
        kind: String,
        reason: String,
    },
    /// A person let it into the line again, at its old place.
    MessageReleased {
        outbox: i64,
        chat: i64,
        kind: String,
    },
    /// Nothing can be written there; what waits is kept.
    ChatUnreachable {
        chat: i64,
        reason: String,
    },
    ChatReachable {
        chat: i64,
    },
    /// Messages go to another topic from now on; `None` is General. `reason` is `linked`, `chosen` or `gone`.
    TopicChosen {
        chat: i64,
        topic: Option<i64>,
        reason: String,
    },
}

impl DeliveryEvent {
    /// The fact as an addition to the stream of `chat`.
    pub(crate) fn append(&self, chat: i64, at: Timestamp) -> Result<Append, StoreError> {
        let broken = |error: serde_json::Error| StoreError::broken(error.to_string());
        let json = serde_json::to_value(self).map_err(broken)?;
        let kind = json.get("type").and_then(|kind| kind.as_str()).unwrap_or_default().to_owned();
        let event = NewEvent {
            kind,
            schema_version: 1,
            origin: Origin::Input,
            cause: Cause::None,
            by: Actor::Telegram,
            at,
            data: json.to_string(),
        };
        Ok(Append {
            stream: StreamId::deliveries(chat),
            aggregate: "deliveries",
            expected: None,
            events: vec![event],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_carries_its_own_name() {
        let at = Timestamp::from_timestamp_micros(0).unwrap();
        let append = DeliveryEvent::ChatReachable { chat: -5 }.append(-5, at).unwrap();
        assert_eq!(append.events[0].kind, "chat_reachable");
        assert_eq!(append.events[0].data, r#"{"chat":-5,"type":"chat_reachable"}"#);
    }
}
