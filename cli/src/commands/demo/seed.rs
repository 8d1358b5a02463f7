//! Seed: brings the example agency to where it begins, through the same commands that people use.
//!
//! Every step looks first whether it is done, so a start that was interrupted is finished by the next one.

use std::time::Duration;

use engine::app::Along;
use engine::domain::client::{Client, ClientCommand};
use engine::domain::{ClientId, PersonId, ProjectId};
use projections::directory;
use sandbox::{ChatKind, Sandbox};

use super::cast::{BOT, CLIENTS, Customer, STAFF, STAFF_CHAT, STAFF_TITLE};
use super::story;
use crate::commands::client::{add, name_approver};
use crate::commands::client_link::offer;
use crate::commands::person::{self, Wanted};
use crate::commands::project_new;
use crate::failure::Failure;
use crate::office::Office;

/// So long the bot may take to see that its link was opened.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(50);

/// A client with a project, and where that stands.
pub struct Seeded {
    pub client: ClientId,
    pub name: &'static str,
    pub chat: i64,
    pub project: ProjectId,
    pub now: String,
}

/// Everything that is not there yet.
pub async fn fill(office: &Office, sandbox: &Sandbox) -> Result<Vec<Seeded>, Failure> {
    furnish(sandbox)?;
    for worker in &STAFF {
        let wanted = Wanted {
            person: PersonId::from(worker.id),
            name: worker.name.to_owned(),
            roles: worker.roles.iter().map(|role| (*role).to_owned()).collect(),
            telegram_user: Some(worker.telegram),
        };
        person::add(wanted, &office.step(worker.id)).await?;
    }
    let mut seeded = Vec::new();
    for customer in &CLIENTS {
        let pm = office.acting("olena");
        let client = client(customer, &pm).await?;
        link(&client, customer, office, sandbox).await?;
        let project = project(&client, customer, office).await?;
        seeded.push((customer, client, project));
    }
    for (customer, _, project) in &seeded {
        story::play(office, project, customer.story).await?;
    }
    let mut all = Vec::new();
    for (customer, client, project) in seeded {
        let now = story::told(office, &project).await?;
        all.push(Seeded { client, name: customer.name, chat: customer.chat, project, now });
    }
    Ok(all)
}

/// People and groups of the pretended Telegram.
fn furnish(sandbox: &Sandbox) -> Result<(), Failure> {
    let failed = |error: sandbox::Unable| Failure::failed(format!("the example chats: {error}"));
    let known: Vec<i64> = sandbox.summary().chats.iter().map(|chat| chat.id).collect();
    for worker in &STAFF {
        sandbox.add_person(worker.telegram, worker.name, Some(worker.id), Some("uk")).map_err(failed)?;
    }
    if !known.contains(&STAFF_CHAT) {
        sandbox.add_chat(STAFF_CHAT, ChatKind::Group, STAFF_TITLE).map_err(failed)?;
        for worker in &STAFF {
            sandbox.join(worker.telegram, STAFF_CHAT).map_err(failed)?;
        }
        sandbox.return_bot(STAFF_CHAT).map_err(failed)?;
    }
    for customer in &CLIENTS {
        for (name, id) in customer.people {
            sandbox.add_person(*id, name, None, Some(customer.language)).map_err(failed)?;
        }
        if !known.contains(&customer.chat) {
            sandbox.add_chat(customer.chat, ChatKind::Group, customer.title).map_err(failed)?;
            let pm = STAFF.first().map(|worker| worker.telegram);
            for person in customer.people.iter().map(|(_, id)| *id).chain(pm) {
                sandbox.join(person, customer.chat).map_err(failed)?;
            }
        }
    }
    Ok(())
}

async fn client(customer: &Customer, pm: &Office) -> Result<ClientId, Failure> {
    let known = directory::clients(pm.store()).await?;
    match known.into_iter().find(|entry| entry.name == customer.name) {
        Some(entry) => Ok(entry.client),
        None => add(customer.name, Some(customer.language), pm).await,
    }
}

/// The chat is tied to the client by a real link, opened by a real person.
async fn link(
    client: &ClientId,
    customer: &Customer,
    office: &Office,
    sandbox: &Sandbox,
) -> Result<(), Failure> {
    let Some((name, user)) = customer.people.first() else { return Ok(()) };
    if state(client, office).await?.chat.is_none() {
        let token = offer(client, &office.acting("olena")).await?;
        let link = format!("https://t.me/{BOT}?startgroup={token}");
        sandbox
            .open_link(*user, Some(customer.chat), &link)
            .map_err(|error| Failure::failed(format!("the example link: {error}")))?;
        until_linked(client, office).await?;
    }
    let pm = office.acting("olena");
    if state(client, office).await?.confirmed_chat().is_none() {
        pm.client(client, ClientCommand::ConfirmChat, Along::default()).await?;
    }
    if state(client, office).await?.approvers.is_empty() {
        name_approver(client, *user, Some((*name).to_owned()), &office.acting("olena")).await?;
    }
    Ok(())
}

async fn until_linked(client: &ClientId, office: &Office) -> Result<(), Failure> {
    let linked = async {
        while state(client, office).await?.chat.is_none() {
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    };
    tokio::time::timeout(PATIENCE, linked).await.unwrap_or_else(|_| {
        Err(Failure::failed("the bot did not see that its link was opened").with_hint("start again"))
    })
}

async fn state(client: &ClientId, office: &Office) -> Result<Client, Failure> {
    Ok(office.app.client_state(client).await?.map(|state| (*state).clone()).unwrap_or_default())
}

async fn project(client: &ClientId, customer: &Customer, office: &Office) -> Result<ProjectId, Failure> {
    let known = directory::projects(office.store()).await?;
    if let Some(entry) = known.into_iter().find(|entry| entry.client == *client) {
        return Ok(entry.project);
    }
    let wanted = project_new::Wanted {
        promised: crate::args::Promised::default(),
        service: customer.service.to_owned(),
        client: client.to_string(),
        assign: customer.assign.iter().map(|(role, id)| ((*role).to_owned(), (*id).to_owned())).collect(),
        price: Some(customer.price.to_owned()),
    };
    Ok(project_new::open(wanted, &office.acting("olena")).await?.0)
}
