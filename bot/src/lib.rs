//! Telegram, and nothing else: updates in (raw JSON first), outbox out.

pub mod api;
pub mod classify;
pub mod limits;
pub mod parse;
pub mod secret;
pub mod digest;
