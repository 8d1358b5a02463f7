//! What the tests stand on: real databases.

pub mod db;
pub mod pg;
