//! The team of a project: who holds each role, which roles nobody holds, and another person for one (PF-14, SC-35).

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use engine::app::{Answer, AppError};
use engine::domain::project::{Project, ProjectCommand};
use engine::domain::{Arg, PersonId, ProjectId, Right};
use maud::{Markup, html};

use super::act::{Posted, refused};
use super::frame::Ui;
use super::icon::Icon;
use super::new_project::roles_of;
use super::people::{Names, avatar};
use super::preview::ask_once;
use super::project_page;
use super::session::Staff;
use crate::body;
use crate::site::Site;

/// A posted form, in bytes.
const LARGEST: usize = 64 * 1024;

/// A role of the project with its title and who holds it.
struct Seat {
    role: String,
    title: String,
    holder: Option<PersonId>,
}

fn seats(ui: &Ui<'_>, project: &Project) -> Vec<Seat> {
    let Some(opened) = &project.opened else { return Vec::new() };
    let mut roles = roles_of(&opened.definition);
    roles.insert("pm");
    roles.extend(opened.assigned.keys().map(String::as_str));
    let seat = |role: &str| Seat {
        role: role.to_owned(),
        title: ui.site.role(ui.language, role),
        holder: project.holder(role).cloned(),
    };
    roles.into_iter().map(seat).collect()
}

/// What must be settled before its tasks can start: roles that nobody holds, by name.
pub(super) fn unbound(ui: &Ui<'_>, project: &Project) -> Markup {
    let empty: Vec<String> =
        seats(ui, project).into_iter().filter(|seat| seat.holder.is_none()).map(|seat| seat.title).collect();
    html! {
        @if !empty.is_empty() && !project.completed {
            div.gate #unbound { (Icon::Lock.draw(16)) p { (ui.say("ui-team-unbound", &[("roles", Arg::Text(empty.join(", ")))])) " " a href="#team" { (ui.t("ui-team")) } } }
        }
    }
}

/// The roles with their people; those who lead give them to others.
pub(super) async fn team(
    ui: &Ui<'_>,
    staff: &Staff,
    names: &Names,
    project: &Project,
) -> Result<Markup, AppError> {
    let Some(opened) = &project.opened else { return Ok(html! {}) };
    let seats = seats(ui, project);
    let leads = staff.may(Right::Lead) && !project.completed;
    let agency = ui.site.app.agency_state().await?;
    Ok(html! {
        section.card.panel #team aria-labelledby="team-title" {
            h2 #team-title { (ui.t("ui-team")) }
            dl.team {
                @for seat in &seats {
                    div {
                        dt { (seat.title) }
                        dd { @match &seat.holder {
                            Some(person) => { (avatar(names.of(person), false)) " " (names.of(person)) },
                            None => { span.over { (ui.t("ui-nobody")) } },
                        } }
                    }
                }
            }
            @if leads {
                details {
                    summary { (ui.t("ui-team-change")) }
                    form.stack method="post" action={ "/p/" (opened.project) "/team" } {
                        input type="hidden" name="ask" value=(ui.site.token());
                        @for seat in &seats {
                            input type="hidden" name={ "was." (seat.role) } value=[&seat.holder];
                            label for={ "s-" (seat.role) } { (seat.title) }
                            select id={ "s-" (seat.role) } name={ "r." (seat.role) } {
                                @match seat.holder.as_ref().filter(|person| !agency.people.contains_key(*person)) {
                                    // Whoever left stays chosen until somebody else is.
                                    Some(person) => option value=(person) selected { (names.of(person)) },
                                    None => @if seat.holder.is_none() { option value="" { (ui.t("ui-nobody")) } },
                                }
                                @for person in agency.people.keys() { option value=(person) selected[seat.holder.as_ref() == Some(person)] { (names.of(person)) } }
                            }
                        }
                        button.btn { (ui.t("ui-save")) }
                    }
                }
            }
        }
    })
}

/// Gives each role that was changed to the person chosen for it.
pub(super) async fn assign(
    State(site): State<Site>,
    staff: Staff,
    Path(project): Path<String>,
    body: Body,
) -> Response {
    let Ok(body) = body::read(body, LARGEST).await else {
        return site.plain(StatusCode::PAYLOAD_TOO_LARGE, &staff.language, "large");
    };
    let id = ProjectId(project);
    match give(&site, &staff, &id, &Posted::read(&body)).await {
        Ok(None) => (StatusCode::SEE_OTHER, [(LOCATION, format!("/p/{id}#team"))]).into_response(),
        Ok(Some(said)) => project_page::page(&site, &staff, (&id, None), Some(&said)).await,
        Err(error) => site.trouble(&error, &staff.language),
    }
}

async fn give(
    site: &Site,
    staff: &Staff,
    id: &ProjectId,
    posted: &Posted,
) -> Result<Option<String>, AppError> {
    let Some(project) = site.app.project_state(id).await? else { return Ok(None) };
    for (role, person) in posted.beginning("r.") {
        // What was not changed on the page is not given again: somebody else may have changed it meanwhile.
        let is_same = posted.has(&format!("was.{role}")) && posted.get(&format!("was.{role}")) == person;
        let person = PersonId::from(person);
        if is_same || project.holder(role) == Some(&person) {
            continue;
        }
        let command = ProjectCommand::AssignRole { role: role.to_owned(), person };
        let asked = ask_once(site, staff, command, &format!("{}-{role}", posted.token()));
        if let Answer::Refused(refusal) = site.app.project(id, asked).await? {
            return Ok(Some(refused(site, staff, &refusal).await?));
        }
    }
    Ok(None)
}
