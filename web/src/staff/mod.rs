//! What PMs and staff work in all day: signing in, the board, a project, and every step of its tasks.

mod act;
mod board_page;
mod card;
mod columns;
mod door;
mod fields;
mod frame;
mod icon;
mod lists;
mod live;
mod login_page;
mod moves;
mod new_project;
mod people;
mod preview;
mod project_page;
mod routes;
mod session;
mod task_panel;
mod today_page;
mod trust;

pub(crate) use routes::router;
pub use routes::{Needs, Route, table};
