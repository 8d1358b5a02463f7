//! The agency's own people: who is on the staff and in which roles.

pub mod command;
pub mod event;
pub mod state;

mod add_person;

pub use add_person::decide;
pub use command::AgencyCommand;
pub use event::AgencyEvent;
pub use state::Agency;
