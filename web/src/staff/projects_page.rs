//! Projects: all of them through a sieve that stands in the address, with counts; lists with a name (PF-07, PF-27, PF-28).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use engine::app::AppError;
use engine::domain::{Arg, ClientId, PersonId};
use engine::store::filters::Filter;
use maud::{Markup, html};
use projections::board::BoardProject;
use projections::sieve::{Eye, Run, Sieve};
use serde::Deserialize;

use super::board_page::client_names;
use super::columns::Column;
use super::fold::fold;
use super::frame::{Page, Ui, notice};
use super::paging::Pages;
use super::people::{Names, avatar};
use super::session::Staff;
use crate::site::Site;

/// So many stand on one page.
const PAGE: usize = 50;
/// A name of a list is no longer, in characters.
const NAME: usize = 60;

/// What stands in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    state: String,
    service: String,
    client: String,
    pm: String,
    person: String,
    from: String,
    until: String,
    late: String,
    waits: String,
    unpaid: String,
    sort: String,
    page: String,
}

impl Asked {
    fn sieve(&self) -> Sieve {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        Sieve {
            run: Run::ALL.into_iter().find(|run| run.word() == self.state).unwrap_or_default(),
            service: self.service.clone(),
            client: self.client.clone(),
            pm: self.pm.clone(),
            person: self.person.clone(),
            from: day(&self.from),
            until: day(&self.until),
            late: self.late == "1",
            waits: self.waits == "1",
            unpaid: self.unpaid == "1",
        }
    }

    /// The address behind the question mark, with one thing changed; a page is part of it only where it is named.
    fn with(&self, name: &str, value: &str) -> String {
        let all = [
            ("state", &self.state),
            ("service", &self.service),
            ("client", &self.client),
            ("pm", &self.pm),
            ("person", &self.person),
            ("from", &self.from),
            ("until", &self.until),
            ("late", &self.late),
            ("waits", &self.waits),
            ("unpaid", &self.unpaid),
            ("sort", &self.sort),
        ];
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        for (known, own) in all {
            let shown = if known == name { value } else { own };
            if !shown.is_empty() {
                pairs.append_pair(known, shown);
            }
        }
        if name == "page" {
            pairs.append_pair(name, value);
        }
        pairs.finish()
    }
}

pub(super) async fn show(State(site): State<Site>, staff: Staff, Query(asked): Query<Asked>) -> Response {
    page(&site, &staff, &asked, None).await
}

/// The page, with what was not taken.
async fn page(site: &Site, staff: &Staff, asked: &Asked, said: Option<&str>) -> Response {
    let status = if said.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    match draw(site, staff, asked, said).await {
        Ok(content) => {
            let title = Ui::of(site, staff).t("ui-nav-projects");
            let live = said.is_none();
            Page { site, staff, title: &title, place: "/projects", live, content }.answer(status).await
        }
        Err(error) => site.trouble(&error, &staff.language),
    }
}

/// A list that gets a name, or loses it.
#[derive(Deserialize)]
pub(super) struct Named {
    #[serde(default)]
    name: String,
    #[serde(default)]
    query: String,
    #[serde(default)]
    shared: String,
}

pub(super) async fn keep(State(site): State<Site>, staff: Staff, Form(named): Form<Named>) -> Response {
    let name: String =
        named.name.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(NAME).collect();
    let query = clean(&named.query);
    let to = format!("/projects?{query}");
    if name.is_empty() {
        return (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response();
    }
    let filter = Filter { owner: staff.person.clone(), name, query, shared: named.shared == "1" };
    match site.app.store().keep_filter(filter, site.now()).await {
        Ok(true) => (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response(),
        Ok(false) => {
            let (_, asked) = read(&named.query);
            page(&site, &staff, &asked, Some("ui-projects-many")).await
        }
        Err(error) => site.trouble(&error.into(), &staff.language),
    }
}

pub(super) async fn forget(State(site): State<Site>, staff: Staff, Form(named): Form<Named>) -> Response {
    match site.app.store().drop_filter(&staff.person, &named.name).await {
        Ok(()) => (StatusCode::SEE_OTHER, [(LOCATION, format!("/projects?{}", clean(&named.query)))])
            .into_response(),
        Err(error) => site.trouble(&error.into(), &staff.language),
    }
}

/// A query of this page and nothing else.
fn clean(query: &str) -> String {
    read(query).0
}

fn read(query: &str) -> (String, Asked) {
    let mut asked = Asked::default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let value: String = value.chars().filter(|sign| !sign.is_control()).take(200).collect();
        match name.as_ref() {
            "state" => asked.state = value,
            "service" => asked.service = value,
            "client" => asked.client = value,
            "pm" => asked.pm = value,
            "person" => asked.person = value,
            "from" => asked.from = value,
            "until" => asked.until = value,
            "late" => asked.late = value,
            "waits" => asked.waits = value,
            "unpaid" => asked.unpaid = value,
            "sort" => asked.sort = value,
            _ => {}
        }
    }
    (asked.with("", ""), asked)
}

/// All that the page is drawn from.
struct List<'a> {
    ui: Ui<'a>,
    asked: &'a Asked,
    eye: Eye,
    projects: &'a [Arc<BoardProject>],
    clients: &'a HashMap<ClientId, String>,
    names: &'a Names,
}

async fn draw(site: &Site, staff: &Staff, asked: &Asked, said: Option<&str>) -> Result<Markup, AppError> {
    let mut projects = site.projects().await?;
    projects.retain(|project| staff.sees(project));
    let clients = client_names(site).await?;
    let names = Names::of_staff(site).await?;
    let eye = Eye { zone: site.app.desk().agency.calendar.zone, now: site.now() };
    let kept = site.app.store().filters(&staff.person).await?;
    let ui = Ui::of(site, staff);
    let list = List { ui, asked, eye, projects: &projects, clients: &clients, names: &names };
    let shown = list.shown();
    let whose: BTreeSet<&ClientId> = shown.iter().map(|project| &project.client).collect();
    let counts = [("projects", shown.len()), ("clients", whose.len())]
        .map(|(name, count)| (name, Arg::Number(i64::try_from(count).unwrap_or(0))));
    Ok(html! {
        div.top { h1 { (ui.t("ui-nav-projects")) } span.muted role="status" { (ui.say("ui-projects-found", &counts)) } }
        @if let Some(said) = said { (notice(&ui.t(said))) }
        (list.lists(staff, &kept))
        (list.marks())
        @if shown.is_empty() { p.card.panel { (ui.t("ui-projects-none")) } } @else { (list.table(&shown)) }
        (list.naming())
    })
}

impl List<'_> {
    /// What the sieve lets through, in the order that was asked for.
    fn shown(&self) -> Vec<&BoardProject> {
        let sieve = self.asked.sieve();
        let mut shown: Vec<&BoardProject> =
            self.projects.iter().map(AsRef::as_ref).filter(|project| sieve.lets(project, self.eye)).collect();
        match self.asked.sort.as_str() {
            "client" => shown.sort_by_cached_key(|project| fold(self.client(project))),
            "opened" => shown.sort_by_key(|project| std::cmp::Reverse(project.opened)),
            _ => shown.sort_by_key(|project| {
                let due = project.current().and_then(|task| task.due);
                (due.is_none(), due)
            }),
        }
        shown
    }

    fn client<'b>(&'b self, project: &'b BoardProject) -> &'b str {
        self.clients.get(&project.client).map_or(project.client.as_str(), String::as_str)
    }

    /// How many there would be with another mark.
    fn count(&self, change: impl FnOnce(&mut Sieve)) -> usize {
        let mut sieve = self.asked.sieve();
        change(&mut sieve);
        self.projects.iter().filter(|project| sieve.lets(project, self.eye)).count()
    }

    /// Lists with a name: those that everybody has, one's own, and what others share.
    fn lists(&self, staff: &Staff, kept: &[Filter]) -> Markup {
        let (first, last) = self.eye.month();
        let month = format!("state=all&from={first}&until={last}");
        let here = self.asked.with("", "");
        let mark = |query: &str| (here == query).then_some("true");
        html! {
            nav.seg aria-label=(self.ui.t("ui-projects-lists")) {
                a href="/projects" aria-current=[mark("")] { (self.ui.t("ui-projects-open")) }
                a href={ "/projects?" (month) } aria-current=[mark(&month)] { (self.ui.t("ui-projects-month")) }
                a href="/projects?late=1" aria-current=[mark("late=1")] { (self.ui.t("ui-projects-late")) b { (self.count(|sieve| *sieve = Sieve { late: true, ..Sieve::default() })) } }
                a href="/projects?waits=1" aria-current=[mark("waits=1")] { (self.ui.t("ui-projects-waits")) b { (self.count(|sieve| *sieve = Sieve { waits: true, ..Sieve::default() })) } }
                @for filter in kept {
                    a href={ "/projects?" (filter.query) } aria-current=[mark(&filter.query)] {
                        (filter.name) @if filter.owner != staff.person { " · " (self.names.of(&filter.owner)) }
                    }
                }
            }
            @for filter in kept.iter().filter(|filter| filter.owner == staff.person && mark(&filter.query).is_some()) {
                form.inline method="post" action="/projects/forget" {
                    input type="hidden" name="name" value=(filter.name);
                    input type="hidden" name="query" value=(here);
                    button.btn.ghost { (self.ui.say("ui-projects-forget", &[("name", Arg::Text(filter.name.clone()))])) }
                }
            }
        }
    }

    fn marks(&self) -> Markup {
        let ui = &self.ui;
        let mut services: BTreeMap<&str, String> = BTreeMap::new();
        let (mut leaders, mut people): (BTreeSet<&PersonId>, BTreeSet<&PersonId>) = Default::default();
        for project in self.projects {
            let title = project.title.in_language(ui.language);
            services.entry(&project.service).or_insert_with(|| title.to_owned());
            leaders.extend(project.pm());
            people.extend(project.roles.values());
        }
        let mut clients: Vec<(&str, &str)> =
            self.projects.iter().map(|project| (project.client.as_str(), self.client(project))).collect();
        clients.sort_by_cached_key(|(id, name)| (fold(name), (*id).to_owned()));
        clients.dedup();
        let named = |people: BTreeSet<&PersonId>| -> Vec<(String, String)> {
            people.into_iter().map(|one| (one.0.clone(), self.names.of(one).to_owned())).collect()
        };
        let owned = |(id, name): (&str, &str)| (id.to_owned(), name.to_owned());
        let states = Run::ALL.map(|run| {
            let count = self.count(|sieve| sieve.run = run);
            (
                run.word().to_owned(),
                format!("{} ({count})", ui.t(&format!("ui-projects-state-{}", run.word()))),
            )
        });
        let services: Vec<(String, String)> = services
            .into_iter()
            .map(|(id, title)| {
                let count = self.count(|sieve| id.clone_into(&mut sieve.service));
                (id.to_owned(), format!("{title} ({count})"))
            })
            .collect();
        let sorts = ["due", "client", "opened"]
            .map(|sort| (sort.to_owned(), ui.t(&format!("ui-projects-by-{sort}"))));
        html! {
            form.card.panel.marks method="get" action="/projects" role="search" {
                (self.choice("state", &states, (&self.asked.state, false)))
                (self.choice("service", &services, (&self.asked.service, true)))
                (self.choice("client", &clients.into_iter().map(owned).collect::<Vec<_>>(), (&self.asked.client, true)))
                (self.choice("pm", &named(leaders), (&self.asked.pm, true)))
                (self.choice("person", &named(people), (&self.asked.person, true)))
                @for (name, value) in [("from", &self.asked.from), ("until", &self.asked.until)] {
                    label { (ui.t(&format!("ui-projects-{name}"))) input type="date" name=(name) value=(value); }
                }
                (self.choice("sort", &sorts, (&self.asked.sort, false)))
                @for (name, on) in [("late", &self.asked.late), ("waits", &self.asked.waits), ("unpaid", &self.asked.unpaid)] {
                    label.tick { input type="checkbox" name=(name) value="1" checked[on == "1"]; (ui.t(&format!("ui-projects-{name}"))) }
                }
                button.btn.pri { (ui.t("ui-projects-show")) }
                a.btn href="/projects" { (ui.t("ui-projects-clear")) }
            }
        }
    }

    fn choice(&self, name: &str, options: &[(String, String)], (chosen, any): (&str, bool)) -> Markup {
        html! {
            label {
                (self.ui.t(&format!("ui-projects-{name}")))
                select name=(name) {
                    @if any { option value="" { (self.ui.t("ui-all")) } }
                    @for (id, title) in options { option value=(id) selected[id == chosen] { (title) } }
                }
            }
        }
    }

    fn table(&self, shown: &[&BoardProject]) -> Markup {
        let ui = &self.ui;
        let pages = Pages::of(&self.asked.page, shown.len(), PAGE);
        html! {
            div.scroll tabindex="0" role="region" aria-label=(ui.t("ui-nav-projects")) {
                table.people.projects {
                    thead { tr { @for key in ["ui-project", "ui-projects-task", "ui-projects-ball", "ui-projects-due", "ui-projects-price", "ui-projects-opened"] { th scope="col" { (ui.t(key)) } } } }
                    tbody { @for project in &shown[pages.range()] { (self.row(project)) } }
                }
            }
            (pages.nav(ui, |number| format!("/projects?{}", self.asked.with("page", &number.to_string()))))
        }
    }

    fn row(&self, project: &BoardProject) -> Markup {
        let ui = &self.ui;
        let day = |at| ui.say("ui-day", &[("at", Arg::Date(at))]);
        let current = project.current();
        let holder = current.and_then(super::card::holder);
        let late = current.is_some_and(|task| task.is_late(self.eye.now));
        html! {
            tr {
                th scope="row" {
                    a href={ "/p/" (project.project) } { (self.client(project)) }
                    " " span.small.muted { (project.title.in_language(ui.language)) }
                }
                td {
                    @if let Some(task) = current {
                        (task.title.in_language(ui.language)) " "
                        @if let Some(column) = Column::of(task.status) { span class={ "chip " (column.word()) } { (ui.t(&format!("status-{}", task.status.word().replace('_', "-")))) } }
                    } @else { span.chip.done { (ui.t("ui-projects-state-over")) } }
                }
                td { @if let Some(person) = holder { (avatar(self.names.of(person), false)) " " (self.names.of(person)) } }
                td { @if let Some(due) = current.and_then(|task| task.due) { span class=(if late { "over" } else { "" }) { (day(due)) } } }
                td.num { @if let Some(price) = &project.price { (ui.say("ui-money", &[("amount", Arg::Money(price.clone()))])) } }
                td.num { (day(project.opened)) }
            }
        }
    }

    /// This very list gets a name.
    fn naming(&self) -> Markup {
        html! {
            details.card.panel {
                summary { (self.ui.t("ui-projects-keep")) }
                form.sheet method="post" action="/projects/keep" {
                    input type="hidden" name="query" value=(self.asked.with("", ""));
                    label for="list-name" { (self.ui.t("ui-projects-name")) }
                    input #list-name name="name" required maxlength=(NAME);
                    label.tick { input type="checkbox" name="shared" value="1"; (self.ui.t("ui-projects-shared")) }
                    button.btn.pri { (self.ui.t("ui-projects-keep-do")) }
                }
            }
        }
    }
}
