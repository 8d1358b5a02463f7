//! Killed at any moment: the witness is Telegram's side, not our own tables (RELIABILITY 8.2, G1 and G2).

mod kill_loop;
mod points;
pub mod server;
