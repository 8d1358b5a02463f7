//! Every page and action of the staff with the right that it needs: the one table that the router is built from (G16).

use std::sync::LazyLock;

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::response::Redirect;
use axum::routing::{MethodRouter, get, post};
use engine::domain::{ProjectId, Right};

use super::door::{self, Door};
use super::session::Staff;
use super::{
    act, answer, board_page, brief_page, checks_page, client_page, client_steps, clients_page, export_page,
    file_page, files_page, find_page, history_page, leave_page, live, login_page, look, loose_money,
    messages_page, moves, new_project, password_page, people_page, pins, project_page, projects_page,
    promises, talk_page, team, template_page, templates_page, time_page, today_page, trust, upload,
};
use crate::site::Site;

/// Who is let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nobody has to be signed in.
    Nothing,
    Right(Right),
}

/// A page or an action.
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub needs: Needs,
    handler: MethodRouter<Site>,
}

fn read<H: Handler<T, Site>, T: 'static>(path: &'static str, needs: impl Into<Needs>, handler: H) -> Route {
    Route { method: Method::GET, path, needs: needs.into(), handler: get(handler) }
}

fn act<H: Handler<T, Site>, T: 'static>(path: &'static str, needs: impl Into<Needs>, handler: H) -> Route {
    Route { method: Method::POST, path, needs: needs.into(), handler: post(handler) }
}

/// The table. `{project}` in a path is the project that [`Right::Member`] is about.
pub fn table() -> Vec<Route> {
    use Needs::Nothing;
    use Right::{Clients, Head, Lead, Member, Money, Operate, Sell, Staff, Watch};
    vec![
        read("/", Nothing, async || Redirect::to("/today")),
        read("/login", Nothing, login_page::ask),
        act("/login", Nothing, login_page::send),
        read("/login/password", Nothing, password_page::door),
        act("/login/password", Nothing, password_page::enter),
        read("/login/{token}", Nothing, login_page::show),
        act("/login/{token}", Nothing, login_page::take),
        act("/logout", Nothing, login_page::leave),
        read("/today", Staff, today_page::show),
        read("/board", Staff, board_page::show),
        read("/projects", Staff, projects_page::show),
        act("/projects/keep", Staff, projects_page::keep),
        act("/projects/forget", Staff, projects_page::forget),
        read("/new", Sell, new_project::show),
        act("/new", Sell, new_project::open),
        read("/find", Staff, find_page::show),
        read("/messages", Clients, messages_page::show),
        read("/clients", Clients, clients_page::show),
        read("/c/{client}", Clients, client_page::show),
        act("/c/{client}/write", Clients, answer::write),
        act("/c/{client}/call", Clients, answer::call),
        act("/c/{client}/money", Money, loose_money::take),
        act("/c/{client}/{step}", Lead, client_steps::take),
        read("/p/{project}", Member, project_page::show),
        read("/p/{project}/chat", Member, talk_page::show),
        act("/p/{project}/kept", Member, promises::keep),
        act("/p/{project}/team", Member, team::assign),
        act("/p/{project}/write", Member, answer::write_about),
        act("/p/{project}/call", Member, answer::call_about),
        read("/p/{project}/files", Member, files_page::show),
        read("/p/{project}/time", Member, time_page::show),
        read("/p/{project}/history", Member, history_page::show),
        act("/p/{project}/pin", Member, pins::set),
        read("/p/{project}/export", Lead, export_page::show),
        read("/p/{project}/brief/{form}/{version}", Member, brief_page::show),
        read("/p/{project}/{task}/moves", Member, moves::show),
        act("/p/{project}/{task}/move", Member, moves::take),
        read("/p/{project}/{task}/file/{content}", Member, file_page::show),
        act("/p/{project}/{task}/comment", Member, upload::comment),
        act("/p/{project}/{task}/upload", Member, upload::field),
        act("/p/{project}/{task}/{step}", Member, act::take),
        read("/checks", Staff, checks_page::show),
        read("/people", Watch, people_page::show),
        read("/people/{person}/leave", Head, leave_page::show),
        act("/people/{person}/leave", Head, leave_page::leave),
        read("/templates", Operate, templates_page::show),
        read("/templates/{*file}", Operate, template_page::show),
        act("/templates/{*file}", Operate, template_page::take),
        read("/schema/{*file}", Operate, template_page::schema),
        read("/password", Staff, password_page::show),
        act("/look", Staff, look::set),
        act("/password", Staff, password_page::set),
        read("/live", Staff, live::stream),
    ]
}

/// Whether somebody is let in to a page that is about no project: the menu shows no other.
pub(super) fn is_open(path: &str, staff: &Staff) -> bool {
    static PAGES: LazyLock<Vec<(&str, Needs)>> = LazyLock::new(|| {
        let pages = table().into_iter().filter(|route| route.method == Method::GET);
        pages.map(|route| (route.path, route.needs)).collect()
    });
    let needs = PAGES.iter().find(|(known, _)| *known == path).map(|(_, needs)| *needs);
    match needs {
        Some(Needs::Nothing) => true,
        Some(Needs::Right(right)) => staff.may(right),
        None => false,
    }
}

/// What the page at this address asks for, and the project that it is about; nothing if there is no such page.
pub(super) fn page_at(path: &str) -> Option<(Needs, Option<ProjectId>)> {
    static PAGES: LazyLock<Vec<(&str, Needs)>> = LazyLock::new(|| {
        let mut pages: Vec<_> = table().into_iter().filter(|route| route.method == Method::GET).collect();
        // As in the router, a word goes before a placeholder.
        pages.sort_by_key(|route| route.path.matches('{').count());
        pages.into_iter().map(|route| (route.path, route.needs)).collect()
    });
    let (pattern, needs) = PAGES.iter().find(|(pattern, _)| fits(pattern, path))?;
    let mut parts = pattern.split('/').zip(path.split('/'));
    let project = parts.find(|(part, _)| *part == "{project}").map(|(_, id)| ProjectId(id.to_owned()));
    Some((*needs, project))
}

fn fits(pattern: &str, path: &str) -> bool {
    let (mut parts, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (parts.next(), given.next()) {
            (None, None) => return true,
            (Some(part), Some(word)) if part.starts_with("{*") => return !word.is_empty(),
            (Some(part), Some(word)) if part == word || part.starts_with('{') && !word.is_empty() => {}
            _ => return false,
        }
    }
}

/// The router of the table; each entry has its own door.
pub(crate) fn router(site: &Site) -> Router<Site> {
    let routes = table().into_iter().fold(Router::new(), |router, route| {
        let door = Door { site: site.clone(), needs: route.needs };
        router.route(route.path, route.handler.route_layer(from_fn_with_state(door, door::enter)))
    });
    routes.layer(from_fn_with_state(site.clone(), trust::same_site))
}

impl From<Right> for Needs {
    fn from(right: Right) -> Self {
        Self::Right(right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_the_right_of_its_page_and_to_its_project() {
        let smm = || Some(ProjectId("smm".to_owned()));
        let needs = |right: Right| Needs::Right(right);
        assert_eq!(page_at("/p/smm"), Some((needs(Right::Member), smm())));
        assert_eq!(page_at("/p/smm/files"), Some((needs(Right::Member), smm())));
        assert_eq!(page_at("/p/smm/texts/moves"), Some((needs(Right::Member), smm())));
        assert_eq!(page_at("/p/smm/export"), Some((needs(Right::Lead), smm())));
        assert_eq!(page_at("/templates/tasks/smm.yaml"), Some((needs(Right::Operate), None)));
        assert_eq!(page_at("/people"), Some((needs(Right::Watch), None)));
        for none in ["", "nowhere", "/nowhere", "/p/", "/p//files", "/templates/", "/board/"] {
            assert_eq!(page_at(none), None, "{none}");
        }
    }
}
