//! `project new`: a project with all its tasks from a template, in one action (PF-39).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::app::{Along, Answer};
use engine::domain::definition::Definition;
use engine::domain::money::{Money, Unread};
use engine::domain::project::ProjectCommand;
use engine::domain::{PersonId, ProjectId, Refusal};
use serde_json::json;

use super::handoff::promises;
use crate::args::Promised;
use crate::config_file::nearest;
use crate::console::Console;
use crate::failure::Failure;
use crate::office::Office;
use crate::random::letters;

/// A project as asked for.
pub struct Wanted {
    pub service: String,
    pub client: String,
    pub assign: Vec<(String, String)>,
    pub price: Option<String>,
    pub promised: Promised,
}

pub async fn run(wanted: Wanted, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let (project, unassigned) = open(wanted, office).await?;
    console.answer(&json!({ "project": project, "unassigned": unassigned }), project.as_str());
    if !unassigned.is_empty() {
        let roles = unassigned.join(", ");
        console.words(&format!(
            "Nobody holds {roles} yet.\nhint: signoff project assign {project} {}=PERSON",
            unassigned[0]
        ));
    }
    Ok(())
}

/// Opens the project; answers its id and the roles that nobody holds.
pub async fn open(wanted: Wanted, office: &Office) -> Result<(ProjectId, Vec<String>), Failure> {
    let client = office.find_client(&wanted.client).await?.client;
    let definition = definition(&wanted.service, office)?;
    let roles = roles(&definition);
    let assigned = assigned(&wanted.assign, &roles, office).await?;
    let price = wanted.price.as_deref().map(|text| price(text, "--price", office)).transpose()?;
    let (promised, contents) = promises(&wanted.promised, office)?;
    let unassigned = roles.into_iter().filter(|role| !assigned.contains_key(role)).collect();
    loop {
        let project = ProjectId(format!("{}-{}", wanted.service, letters(4)));
        let command = ProjectCommand::OpenProject {
            project: project.clone(),
            client: client.clone(),
            definition: Arc::clone(&definition),
            assigned: assigned.clone(),
            price: price.clone(),
            promised: Box::new(promised.clone()),
        };
        if office.app.project_state(&project).await?.is_some() {
            continue;
        }
        let along = Along { contents: contents.clone(), ..Along::default() };
        match office.app.project(&project, office.ask(command, along)).await? {
            Answer::Refused(Refusal::ProjectExists { .. }) => {}
            Answer::Refused(refusal) => {
                return Err(office.refused(refusal, None).await.about_client(&client));
            }
            Answer::Done { .. } | Answer::AlreadySo => {
                let before = office
                    .done_before()
                    .await?
                    .and_then(|fact| fact["project"].as_str().map(ProjectId::from));
                return Ok((before.unwrap_or(project), unassigned));
            }
        }
    }
}

fn definition(service: &str, office: &Office) -> Result<Arc<Definition>, Failure> {
    office.catalogue.definition(service).ok_or_else(|| {
        let known: Vec<&str> = office.catalogue.services().collect();
        let failure = Failure::not_found(format!("there is no template for the service {service}"));
        match nearest(service, known.iter().copied()) {
            Some(near) => failure.with_hint(format!("did you mean {near}?")),
            None => failure.with_hint(format!("there are {}", known.join(", "))),
        }
    })
}

/// The roles that the tasks speak of.
fn roles(definition: &Definition) -> BTreeSet<String> {
    let tasks = definition.tasks();
    tasks.flat_map(|task| std::iter::once(task.assignee.clone()).chain(task.auditor.clone())).collect()
}

/// Who holds which role: as asked, else whom the agency file suggests, if that person exists.
async fn assigned(
    asked: &[(String, String)],
    roles: &BTreeSet<String>,
    office: &Office,
) -> Result<BTreeMap<String, PersonId>, Failure> {
    let agency = office.app.agency_state().await?;
    let mut assigned = BTreeMap::new();
    for role in office.catalogue.agency().roles.iter().filter(|role| roles.contains(&role.id)) {
        let usual = role.usually.as_ref().map(|person| PersonId(person.clone()));
        let usual = usual.filter(|person| agency.people.contains_key(person));
        assigned.extend(usual.map(|person| (role.id.clone(), person)));
    }
    for (role, person) in asked {
        if !roles.contains(role) {
            let known = roles.iter().cloned().collect();
            return Err(office.refused(Refusal::NoRole { role: role.clone(), known }, None).await);
        }
        assigned.insert(role.clone(), office.staff(person).await?);
    }
    Ok(assigned)
}

/// An amount as typed behind an option.
pub fn price(text: &str, option: &str, office: &Office) -> Result<Money, Failure> {
    Money::read(text, Some(&office.catalogue.agency().currency)).map_err(|unread| match unread {
        Unread::NoAmount => {
            Failure::usage(format!("{text} is not an amount")).with_hint(format!("{option} \"24000 UAH\""))
        }
        Unread::Either(one, other) => Failure::usage(format!("{text} may mean {one} or {other}"))
            .with_hint(format!("{option} \"{one}\" or {option} \"{other}\"")),
    })
}
