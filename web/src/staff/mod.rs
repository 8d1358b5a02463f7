//! What PMs and staff work in all day: signing in, the board, a project, and every step of its tasks.

mod act;
mod answer;
mod board_page;
mod brief_page;
mod card;
mod client_page;
mod client_steps;
mod clients_page;
mod columns;
mod door;
mod fields;
mod find_page;
mod fold;
mod frame;
mod history_page;
mod icon;
mod lists;
mod live;
mod login_page;
mod messages_page;
mod moves;
mod new_project;
mod people;
mod preview;
mod project_page;
mod project_tabs;
mod routes;
mod session;
mod story;
mod talk;
mod talk_page;
mod task_panel;
mod today_page;
mod trust;

pub(crate) use routes::router;
pub use routes::{Needs, Route, table};
