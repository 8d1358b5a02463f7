//! What a template would do, before anybody lives through it: the real engine on a clock of its own.
//!
//! Staff and client are players that answer by simple rules; everything else (decisions, timers, texts) is what
//! a running agency has.

mod agenda;
mod client;
mod entry;
mod load;
mod page;
mod play;
mod report;
mod sample;
mod staff;
mod stage;
mod told;
mod told_client;
mod told_money;
mod wish;

pub use agenda::Deed;
pub use entry::{Entry, Message};
pub use page::page;
pub use play::simulate;
pub use report::{End, Given, Load, Report};
pub use stage::{APPROVER, CLIENT_CHAT, STAFF_CHAT};
pub use wish::{Manner, SimulateError, Wish};
