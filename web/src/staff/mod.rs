//! What PMs and staff work in all day: signing in, the board, a project, and every step of its tasks.

mod act;
mod board_page;
mod card;
mod columns;
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
mod session;
mod task_panel;
mod today_page;
mod trust;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::Redirect;
use axum::routing::{get, post};

use crate::site::Site;

/// Every page and action of the staff on one page.
pub(crate) fn routes(site: &Site) -> Router<Site> {
    Router::new()
        .route("/", get(async || Redirect::to("/today")))
        .route("/login", get(login_page::ask).post(login_page::send))
        .route("/login/{token}", get(login_page::show).post(login_page::take))
        .route("/logout", post(login_page::leave))
        .route("/today", get(today_page::show))
        .route("/board", get(board_page::show))
        .route("/new", get(new_project::show).post(new_project::open))
        .route("/p/{project}", get(project_page::show))
        .route("/p/{project}/{task}/moves", get(moves::show))
        .route("/p/{project}/{task}/move", post(moves::take))
        .route("/p/{project}/{task}/{step}", post(act::take))
        .route("/live", get(live::stream))
        .layer(from_fn_with_state(site.clone(), trust::same_site))
}
