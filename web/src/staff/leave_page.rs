//! Somebody leaves: what they hold, who goes on with it, and one press that does all of it (CR-30).

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use engine::app::{Along, Answer, AppError, Ask, Holding};
use engine::domain::agency::AgencyCommand;
use engine::domain::{Arg, PersonId, TaskId};
use maud::{Markup, html};

use super::act::{Posted, refused};
use super::board_page::client_names;
use super::frame::{Page, Ui, notice};
use super::people::Names;
use super::session::Staff;
use crate::body;
use crate::site::Site;

/// A posted form, in bytes.
const LARGEST: usize = 64 * 1024;

pub(super) async fn show(State(site): State<Site>, staff: Staff, Path(person): Path<String>) -> Response {
    page(&site, &staff, &PersonId(person), (&Posted::read(b""), None)).await
}

async fn page(
    site: &Site,
    staff: &Staff,
    person: &PersonId,
    (posted, said): (&Posted, Option<&str>),
) -> Response {
    let status = if said.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    match draw(site, staff, person, (posted, said)).await {
        Ok(Some((title, content))) => {
            Page { site, staff, title: &title, place: "/people", live: false, content }.answer(status).await
        }
        Ok(None) => site.plain(StatusCode::NOT_FOUND, &staff.language, "gone"),
        Err(error) => site.trouble(&error, &staff.language),
    }
}

async fn draw(
    site: &Site,
    staff: &Staff,
    person: &PersonId,
    (posted, said): (&Posted, Option<&str>),
) -> Result<Option<(String, Markup)>, AppError> {
    let agency = site.app.agency_state().await?;
    if !agency.people.contains_key(person) {
        return Ok(None);
    }
    let ui = Ui::of(site, staff);
    let names = Names::of_staff(site).await?;
    let others: Vec<&PersonId> = agency.people.keys().filter(|other| *other != person).collect();
    let holdings = site.app.holdings(person).await?;
    let title = ui.say("ui-leave-title", &[("name", Arg::Text(names.of(person).to_owned()))]);
    let content = html! {
        p.crumb { a href="/people" { (ui.t("ui-nav-people")) } " / " (names.of(person)) }
        h1 { (title) }
        @if let Some(said) = said { (notice(said)) }
        p { (ui.t("ui-leave-what")) }
        (held(site, &ui, &holdings).await?)
        form.card.panel.sheet method="post" action={ "/people/" (person) "/leave" } {
            input type="hidden" name="ask" value=(site.token());
            @if !holdings.is_empty() {
                (choice(&ui, &names, &others, ("to", &ui.t("ui-leave-to")), posted))
                @for role in roles(&holdings) {
                    (choice(&ui, &names, &others, (&format!("r.{role}"), &ui.say("ui-leave-role", &[("role", Arg::Text(site.role(ui.language, role)))])), posted))
                }
            }
            button.btn.danger { (ui.t("ui-leave-do")) }
        }
    };
    Ok(Some((title, content)))
}

/// The roles of all projects, each once.
fn roles(holdings: &[Holding]) -> Vec<&str> {
    let mut roles: Vec<&str> =
        holdings.iter().flat_map(|holding| &holding.roles).map(String::as_str).collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}

fn choice(
    ui: &Ui<'_>,
    names: &Names,
    others: &[&PersonId],
    (name, label): (&str, &str),
    posted: &Posted,
) -> Markup {
    html! {
        label for=(name) { (label) }
        select id=(name) name=(name) {
            option value="" { @if name == "to" { (ui.t("ui-nobody")) } @else { (ui.t("ui-leave-same")) } }
            @for other in others { option value=(other) selected[posted.get(name) == other.as_str()] { (names.of(other)) } }
        }
    }
}

async fn held(site: &Site, ui: &Ui<'_>, holdings: &[Holding]) -> Result<Markup, AppError> {
    let clients = client_names(site).await?;
    let titles = |holding: &Holding, tasks: &[TaskId]| {
        let title =
            |task| holding.state.plan(task).map(|plan| plan.title.in_language(ui.language).to_owned());
        tasks.iter().filter_map(title).collect::<Vec<_>>().join(", ")
    };
    Ok(html! {
        @if holdings.is_empty() { p.card.panel { (ui.t("ui-leave-nothing")) } } @else {
            div.scroll tabindex="0" role="region" aria-label=(ui.t("ui-leave-what")) {
                table.people {
                    thead { tr { @for key in ["ui-project", "ui-roles", "ui-leave-tasks", "ui-leave-checks"] { th scope="col" { (ui.t(key)) } } } }
                    tbody {
                        @for holding in holdings {
                            @let client = holding.state.opened.as_ref().and_then(|opened| clients.get(&opened.client));
                            tr {
                                th scope="row" { a href={ "/p/" (holding.project) } { (client.map_or(holding.project.as_str(), String::as_str)) } " " span.small.muted { (holding.project) } }
                                td { (holding.roles.iter().map(|role| site.role(ui.language, role)).collect::<Vec<_>>().join(", ")) }
                                td { (titles(holding, &holding.tasks)) }
                                td { (titles(holding, &holding.checks)) }
                            }
                        }
                    }
                }
            }
        }
    })
}

pub(super) async fn leave(
    State(site): State<Site>,
    staff: Staff,
    Path(person): Path<String>,
    body: Body,
) -> Response {
    let Ok(body) = body::read(body, LARGEST).await else {
        return site.plain(StatusCode::PAYLOAD_TOO_LARGE, &staff.language, "large");
    };
    let (person, posted) = (PersonId(person), Posted::read(&body));
    match give(&site, &staff, &person, &posted).await {
        Ok(None) => (StatusCode::SEE_OTHER, [(LOCATION, "/people")]).into_response(),
        Ok(Some(said)) => page(&site, &staff, &person, (&posted, Some(&said))).await,
        Err(error) => site.trouble(&error, &staff.language),
    }
}

async fn give(
    site: &Site,
    staff: &Staff,
    person: &PersonId,
    posted: &Posted,
) -> Result<Option<String>, AppError> {
    // As it was sent, whatever stands now: sent twice, it is one command.
    let to = Some(posted.get("to")).filter(|id| !id.is_empty()).map(PersonId::from);
    let by_role: BTreeMap<String, PersonId> =
        posted.beginning("r.").map(|(role, id)| (role.to_owned(), PersonId::from(id))).collect();
    let token = if posted.token().is_empty() { site.token() } else { posted.token().to_owned() };
    let ask = Ask {
        command_id: format!("web:{}:{token}", staff.person),
        at: site.now(),
        by: staff.actor(),
        command: AgencyCommand::RemovePerson { person: person.clone(), to, by_role },
        along: Along::default(),
    };
    match site.app.leave(ask).await? {
        Answer::Done { .. } | Answer::AlreadySo => Ok(None),
        Answer::Refused(refusal) => Ok(Some(refused(site, staff, &refusal).await?)),
    }
}
