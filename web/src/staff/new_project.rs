//! A new project in one form (PF-40): service, client, price; the roles get whom the agency file suggests.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use engine::app::{Answer, AppError};
use engine::domain::definition::Definition;
use engine::domain::money::Money;
use engine::domain::project::ProjectCommand;
use engine::domain::{ClientId, PersonId, ProjectId};
use maud::{Markup, html};
use sha2::{Digest, Sha256};

use super::act::{Posted, refused};
use super::board_page::client_names;
use super::frame::{Page, Ui, notice};
use super::people::Names;
use super::preview::ask_once;
use super::session::Staff;
use crate::body;
use crate::site::Site;

/// A posted form, in bytes.
const LARGEST: usize = 64 * 1024;

pub(super) async fn show(State(site): State<Site>, staff: Staff) -> Response {
    page(&site, &staff, &Posted::read(b""), None).await
}

async fn page(site: &Site, staff: &Staff, posted: &Posted, said: Option<&str>) -> Response {
    let status = if said.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    match form(site, staff, posted, said).await {
        Ok(content) => {
            let title = Ui::of(site, staff).t("ui-nav-new");
            Page { site, staff, title: &title, place: "/new", live: false, content }.answer(status).await
        }
        Err(error) => site.trouble(&error, &staff.language),
    }
}

async fn form(site: &Site, staff: &Staff, posted: &Posted, said: Option<&str>) -> Result<Markup, AppError> {
    let ui = Ui::of(site, staff);
    let mut clients: Vec<(ClientId, String)> = client_names(site).await?.into_iter().collect();
    clients.sort_by(|one, other| one.1.cmp(&other.1));
    let services = (site.office.services)();
    let roles = usual_roles(site, &services, ui.language);
    let names = Names::of_staff(site).await?;
    let agency = site.app.agency_state().await?;
    Ok(html! {
        h1 { (ui.t("ui-nav-new")) }
        @if let Some(said) = said { (notice(said)) }
        @if clients.is_empty() { (notice(&ui.t("ui-no-clients"))) }
        form.card.panel.sheet method="post" action="/new" {
            input type="hidden" name="ask" value=(site.token());
            label for="client" { (ui.t("ui-client")) }
            select #client name="client" required {
                option value="" { "—" }
                @for (id, name) in &clients { option value=(id) selected[posted.get("client") == id.as_str()] { (name) } }
            }
            fieldset {
                legend { (ui.t("ui-service")) }
                @for service in &services {
                    label.choice {
                        input type="radio" name="service" value=(service.service) required checked[posted.get("service") == service.service];
                        span { b { (service.title.in_language(ui.language)) } }
                    }
                }
            }
            label for="price" { (ui.t("ui-price")) }
            input #price name="price" inputmode="decimal" value=(posted.get("price")) placeholder={ "24000 " (site.app.desk().agency.currency) };
            fieldset.roles {
                legend { (ui.t("ui-roles")) }
                @for role in &roles {
                    @let given = posted.get(&format!("r.{}", role.id));
                    div.role data-services=(role.services) {
                        label for={ "r-" (role.id) } { (role.title) }
                        select id={ "r-" (role.id) } name={ "r." (role.id) } {
                            option value="" { (ui.t("ui-nobody")) }
                            @for person in agency.people.keys() {
                                @let chosen = if given.is_empty() { role.usual.as_ref() == Some(person) } else { given == person.as_str() };
                                option value=(person) selected[chosen] { (names.of(person)) }
                            }
                        }
                    }
                }
            }
            button.btn.pri { (ui.t("ui-create")) }
        }
    })
}

/// A role that some service needs.
struct Role {
    id: String,
    title: String,
    usual: Option<PersonId>,
    /// The services that need it, with blanks between them.
    services: String,
}

/// The roles that any service needs, and who usually holds them.
fn usual_roles(site: &Site, services: &[Arc<Definition>], language: &str) -> Vec<Role> {
    let desk = site.app.desk();
    let needs = |role: &str| -> Vec<&str> {
        let found = services.iter().filter(|service| roles_of(service).contains(role));
        found.map(|service| service.service.as_str()).collect()
    };
    let roles = desk.agency.roles.iter().map(|role| Role {
        id: role.id.clone(),
        title: role.title.in_language(language).to_owned(),
        usual: role.usually.as_ref().map(|person| PersonId(person.clone())),
        services: needs(&role.id).join(" "),
    });
    roles.filter(|role| !role.services.is_empty()).collect()
}

/// The roles that its tasks are done and checked by.
pub(super) fn roles_of(definition: &Definition) -> BTreeSet<&str> {
    definition
        .tasks()
        .flat_map(|task| std::iter::once(task.assignee.as_str()).chain(task.auditor.as_deref()))
        .collect()
}

pub(super) async fn open(State(site): State<Site>, staff: Staff, body: Body) -> Response {
    let Ok(body) = body::read(body, LARGEST).await else {
        return site.plain(StatusCode::PAYLOAD_TOO_LARGE, &staff.language, "large");
    };
    let posted = Posted::read(&body);
    match create(&site, &staff, &posted).await {
        Ok(Ok(project)) => (StatusCode::SEE_OTHER, [(LOCATION, format!("/p/{project}"))]).into_response(),
        Ok(Err(said)) => page(&site, &staff, &posted, Some(&said)).await,
        Err(error) => site.trouble(&error, &staff.language),
    }
}

async fn create(site: &Site, staff: &Staff, posted: &Posted) -> Result<Result<ProjectId, String>, AppError> {
    let ui = Ui::of(site, staff);
    let services = (site.office.services)();
    let Some(definition) = services.into_iter().find(|one| one.service == posted.get("service")) else {
        return Ok(Err(ui.t("ui-choose-service")));
    };
    let price = match posted.get("price") {
        "" => None,
        typed => match Money::read(typed, Some(&site.app.desk().agency.currency)) {
            Ok(money) => Some(money),
            Err(_) => return Ok(Err(ui.t("ui-bad-price"))),
        },
    };
    let assigned = assigned(site, &definition, posted).await?;
    let project = ProjectId(format!("{}-{}", definition.service, short_id(posted.token())));
    let client = ClientId(posted.get("client").to_owned());
    if site.app.client_state(&client).await?.is_none() {
        return Ok(Err(ui.t("ui-choose-client")));
    }
    let command = ProjectCommand::OpenProject {
        project: project.clone(),
        client,
        definition,
        assigned,
        price,
        promised: Box::default(),
    };
    match site.app.project(&project, ask_once(site, staff, command, posted.token())).await? {
        Answer::Done { .. } | Answer::AlreadySo => Ok(Ok(project)),
        Answer::Refused(refusal) => Ok(Err(refused(site, staff, &refusal).await?)),
    }
}

/// Four letters that people can read out, the same for the same form: sent twice, it makes one project.
fn short_id(token: &str) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    Sha256::digest(token).iter().take(4).map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}

/// Who was chosen for the roles that the service needs.
async fn assigned(
    site: &Site,
    definition: &Definition,
    posted: &Posted,
) -> Result<BTreeMap<String, PersonId>, AppError> {
    let agency = site.app.agency_state().await?;
    let mut assigned = BTreeMap::new();
    for role in roles_of(definition) {
        let person = PersonId(posted.get(&format!("r.{role}")).to_owned());
        if agency.people.contains_key(&person) {
            assigned.insert(role.to_owned(), person);
        }
    }
    Ok(assigned)
}
