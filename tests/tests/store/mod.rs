//! The store on both databases.

mod differential;
mod esrs;
mod opening;
mod people;
mod projections;
mod support;
mod timers;
mod verify;
mod writing;
