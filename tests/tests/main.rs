//! All tests of the whole, in one binary, so that they share one PostgreSQL server.

mod app;
mod crash;
mod journey;
mod property;
mod store;
mod tidy;
