//! The pure core: no clock, no file, no SQL, no random; everything it needs comes in with the command.

pub mod agency;
pub mod audit;
pub mod calendar;
pub mod client;
mod date;
mod decimal;
pub mod definition;
pub mod effect;
pub mod envelope;
pub mod field;
pub mod fixed_time;
pub mod form;
pub mod gate;
pub mod ids;
pub mod load;
pub mod money;
pub mod project;
pub mod refusal;
pub mod rights;
pub mod sums;
pub mod waiting_chat;
pub mod worktime;

pub use effect::{Arg, Audience, Effect, Face, Notify, Press, PressKind, Slot};
pub use envelope::{Actor, Asked, ClientCard, Fact, Origin, World};
pub use ids::{ClientId, ContentId, PaymentId, PersonId, ProjectId, Round, StreamId, TaskId};
pub use refusal::{Missing, Refusal};
pub use rights::Right;

/// An instant in UTC; the store keeps it in microseconds.
pub type Timestamp = chrono::DateTime<chrono::Utc>;
