//! Pages: the staff's board, the form that a client fills in, its answers, and the hook for forms elsewhere.

mod access_page;
mod answers_page;
mod assets;
mod body;
mod door;
mod drafts;
mod fill_page;
mod form_hook;
mod guard;
mod limit;
mod page;
mod peer;
mod question;
mod site;
mod staff;
mod typed;
pub mod workshop;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

pub use site::{Clock, Office, Site};
pub use staff::{Needs, Route, table as staff_routes};

/// All routes: every page and action on one page.
pub fn routes(site: Site) -> Router {
    Router::new()
        .route("/f/{token}", get(fill_page::show).post(fill_page::take))
        .route("/a/{token}", get(access_page::show).post(access_page::take))
        .route("/b/{token}", get(answers_page::show))
        .route("/hooks/forms/{token}", post(form_hook::take))
        .route("/assets/{name}", get(assets::show))
        .route("/robots.txt", get(assets::robots))
        .merge(staff::router(&site))
        .layer(from_fn_with_state(site.clone(), guard::dress))
        .with_state(site)
}
