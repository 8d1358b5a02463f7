//! `status`: how the open projects stand, in the words of the chat (SC-24).

use engine::app::AppError;
use engine::domain::definition::Text;
use projections::board::{self, BoardProject, BoardTask};
use projections::directory::{self, Found};
use projections::status::{Standing, standings};
use serde_json::{Value as Json, json};

use crate::clock;
use crate::console::Console;
use crate::failure::Failure;
use crate::office::Office;

pub async fn run(typed: Option<&str>, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let mut projects = board::projects(office.store()).await?;
    match typed {
        Some(typed) => wanted(typed, office, &mut projects).await?,
        None => projects.retain(|project| !project.completed),
    }
    let found = standings(&office.app, &projects, clock::now()).await?;
    let clients = directory::clients(office.store()).await?;
    let clients = clients.into_iter().map(|client| (client.client, client.name)).collect();
    let say = office.catalogue.as_render();
    let teller = bot::status::Teller { say: &say, language: &office.language, clients: &clients };
    let text = teller.all(&found).map_err(AppError::from)?.text;
    let json: Vec<Json> = found.iter().map(|standing| as_json(standing, &office.language)).collect();
    console.answer(&json!({ "projects": json }), &text);
    Ok(())
}

/// A project by its name; or the open ones of a client, if that is what was typed.
async fn wanted(typed: &str, office: &Office, projects: &mut Vec<BoardProject>) -> Result<(), Failure> {
    let is_exact = projects.iter().any(|project| project.project.as_str() == typed);
    let client = directory::find_client(office.store(), typed).await?;
    match client {
        Found::One(client) if !is_exact => {
            projects.retain(|project| project.client == client.client && !project.completed);
        }
        Found::One(_) | Found::Nothing | Found::Several(_) => {
            let (id, _) = office.find_project(typed).await?;
            projects.retain(|project| project.project == id);
        }
    }
    Ok(())
}

fn as_json(standing: &Standing<'_>, language: &str) -> Json {
    let project = standing.project;
    let tasks = |tasks: Vec<&BoardTask>| tasks.into_iter().map(|task| task_json(task, language)).collect();
    let list = |found: Vec<&BoardTask>| -> Json { Json::Array(tasks(found)) };
    json!({
        "project": project.project,
        "client": project.client,
        "service": project.service,
        "stage": standing.stage.as_ref().map(|stage: &Text| stage.in_language(language)),
        "paused": standing.is_paused,
        "late": list(standing.late()),
        "check": list(standing.check()),
        "with_client": list(standing.client()),
        "work": list(standing.work()),
    })
}

fn task_json(task: &BoardTask, language: &str) -> Json {
    json!({
        "task": task.task,
        "title": task.title.in_language(language),
        "status": task.status.word(),
        "due": task.due,
        "since": task.since,
    })
}
