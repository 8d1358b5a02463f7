//! The bot as a whole against the sandbox, over HTTP, on real databases.

mod house;

mod chats;
mod decisions;
mod delivering;
mod incoming;
mod nodes;
mod remarks;
mod staff;
mod storm;
mod token;
mod webhook;
