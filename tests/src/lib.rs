//! What the tests and the bench stand on: real databases, an engine with people and a project in it.

pub mod browser;
pub mod db;
pub mod desk;
pub mod gates;
pub mod house;
pub mod page;
pub mod pg;
pub mod program;
pub mod samples;
pub mod visitor;
