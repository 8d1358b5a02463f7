//! The sandbox as its users meet it: over real HTTP, with a real client.

#![expect(clippy::unwrap_used, reason = "what a helper cannot do fails its test")]

mod albums;
mod errors;
mod faults;
mod kinds;
mod people;
mod persistence;
mod sending;
mod topics;
mod updates;
mod webhook;
mod witness;
mod world;
