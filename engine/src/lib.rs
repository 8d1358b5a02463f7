//! The log and the decisions: the domain decides, the store remembers, the app joins them.

pub mod app;
pub mod domain;
pub mod store;
pub mod timekeeper;
pub mod vault;
pub mod words;
