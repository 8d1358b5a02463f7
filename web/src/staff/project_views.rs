//! The views of a project's tasks: a list with its timeline, by role, or a calendar; each person's choice stays (SC-37).

use std::collections::BTreeMap;

use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use engine::domain::ProjectId;
use engine::domain::project::{Project, Task};
use maud::{Markup, html};

use super::frame::Ui;
use crate::site::Site;

/// The cookie that keeps the choice.
pub(super) const VIEW_COOKIE: &str = "project_view";

/// So long it stays, in seconds.
const KEPT: i64 = 365 * 86_400;

/// How the tasks of a project are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum View {
    #[default]
    List,
    Role,
    Calendar,
}

impl View {
    const ALL: [Self; 3] = [Self::List, Self::Role, Self::Calendar];

    fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Role => "role",
            Self::Calendar => "calendar",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::List => "ui-view-list",
            Self::Role => "ui-view-role",
            Self::Calendar => "ui-view-calendar",
        }
    }

    /// Reads what `word` wrote.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.word() == word)
    }

    /// The same answer, after which this is what the person sees first.
    pub fn kept(self, site: &Site, mut answer: Response) -> Response {
        if let Ok(cookie) = HeaderValue::from_str(&site.cookie(VIEW_COOKIE, self.word(), KEPT)) {
            answer.headers_mut().append(SET_COOKIE, cookie);
        }
        answer
    }
}

/// The way to the others.
pub(super) fn switch(ui: &Ui<'_>, project: &ProjectId, here: View) -> Markup {
    html! {
        nav.seg aria-label=(ui.t("ui-views")) {
            @for view in View::ALL {
                a href={ "/p/" (project) "?view=" (view.word()) } aria-current=[(view == here).then_some("true")] { (ui.t(view.title())) }
            }
        }
    }
}

/// Tasks with the role that does them, in the order in which the roles come in.
pub(super) fn by_role(project: &Project) -> Vec<(&str, Vec<&Task>)> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut groups: Vec<(&str, Vec<&Task>)> = Vec::new();
    for task in &project.tasks {
        let role = project.plan(&task.id).map_or("", |plan| plan.assignee.as_str());
        let place = *places.entry(role).or_insert_with(|| {
            groups.push((role, Vec::new()));
            groups.len() - 1
        });
        if let Some((_, tasks)) = groups.get_mut(place) {
            tasks.push(task);
        }
    }
    groups
}
