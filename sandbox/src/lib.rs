//! A local Telegram Bot API server with faults on demand and a chat page: the Telegram of the tests and the demo.
//!
//! Nothing here leaves loopback: updates go out by long poll or by a plain HTTP webhook, and the page at `/` lets
//! one read, type and press as each person. The journal is the witness: it tells what Telegram would have seen.

mod access;
mod album;
mod api;
mod clock;
mod control;
mod edit;
mod faults;
mod groups;
mod handle;
mod html;
mod info;
mod journal;
mod keyboard;
mod limits;
mod line;
mod methods;
mod model;
mod page;
mod params;
mod people;
mod persist;
mod poll;
mod post;
mod refusal;
mod send;
mod server;
mod shape;
mod state;
mod text;
mod topics;
mod updates;
mod view;
mod webhook;

pub use faults::{Fault, FaultKind};
pub use handle::{Sandbox, SentFile, Unable};
pub use journal::{Entry, Kind, Stats};
pub use model::{CallbackAnswer, ChatKind, FileKind, Person, Private, Seat};
pub use server::Options;
pub use view::{ButtonView, ChatView, FileView, MessageView, PressView, Summary};
