//! Where messages wait for a client that has no confirmed chat yet.

use super::{ClientId, StreamId};

/// Telegram's ids have at most 52 bits; what lies below is ours.
const LOWEST_TELEGRAM_ID: i64 = -(1 << 53);

/// A place in the outbox for a client without a chat; its messages move on when the chat is confirmed.
pub fn waiting_chat(client: &ClientId) -> i64 {
    let StreamId(stream) = client.stream();
    let (high, _) = stream.as_u64_pair();
    LOWEST_TELEGRAM_ID - 1 - i64::try_from(high >> 2).unwrap_or(0)
}

/// Whether the id is such a place and no chat of Telegram.
pub fn is_waiting_chat(chat: i64) -> bool {
    chat < LOWEST_TELEGRAM_ID
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_waiting_place_is_never_a_telegram_chat() {
        for client in ["kava-ranok", "verba", "green-lane-bikes"] {
            assert!(is_waiting_chat(waiting_chat(&client.into())));
        }
        assert!(!is_waiting_chat(-1_000_000_000_000_000));
        assert_ne!(waiting_chat(&"a".into()), waiting_chat(&"b".into()));
    }
}
