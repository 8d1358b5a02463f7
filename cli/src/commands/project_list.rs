//! `project list`: every project with its current task and who holds the ball.

use projections::board::{self, BoardPeriod, BoardProject};
use projections::directory;
use projections::sieve::{Eye, Run, Sieve};
use serde_json::{Value as Json, json};

use crate::args::Marks;
use crate::clock;
use crate::config_file::nearest;
use crate::console::Console;
use crate::failure::Failure;
use crate::office::Office;
use crate::table::table;

pub async fn run(marks: Marks, office: &Office, console: &mut Console<'_>) -> Result<(), Failure> {
    let sieve = sieve(marks, office).await?;
    let eye = Eye { zone: office.app.desk().agency.calendar.zone, now: clock::now() };
    let projects = board::projects(office.store()).await?;
    let projects: Vec<BoardProject> =
        projects.into_iter().filter(|project| sieve.lets(project, eye)).collect();
    let clients = directory::clients(office.store()).await?;
    let name = |project: &BoardProject| {
        let client = clients.iter().find(|entry| entry.client == project.client);
        client.map_or_else(|| project.client.to_string(), |entry| entry.name.clone())
    };
    let json: Vec<Json> = projects.iter().map(|project| project_json(project, &name(project))).collect();
    let rows: Vec<Vec<String>> = projects.iter().map(|project| row(project, name(project), office)).collect();
    let headings = ["project", "client", "task", "status", "ball", "due", "period", "payment"];
    console.answer(&json!({ "projects": json }), &table(console.draws(), &headings, &rows));
    Ok(())
}

/// The marks with the ids that are meant.
async fn sieve(marks: Marks, office: &Office) -> Result<Sieve, Failure> {
    let client = match &marks.client {
        Some(typed) => office.find_client(typed).await?.client.to_string(),
        None => String::new(),
    };
    for named in [&marks.pm, &marks.person].into_iter().flatten() {
        office.staff(named).await?;
    }
    if let Some(service) = &marks.service {
        is_known(service, office).await?;
    }
    Ok(Sieve {
        run: if marks.all { Run::All } else { Run::Open },
        service: marks.service.unwrap_or_default(),
        client,
        pm: marks.pm.unwrap_or_default(),
        person: marks.person.unwrap_or_default(),
        from: marks.from,
        until: marks.until,
        late: marks.late,
        waits: marks.with_client,
        unpaid: marks.unpaid,
    })
}

/// A service on offer, or one that some project had.
async fn is_known(service: &str, office: &Office) -> Result<(), Failure> {
    let offered: Vec<&str> = office.catalogue.services().collect();
    let projects = directory::projects(office.store()).await?;
    if offered.contains(&service) || projects.iter().any(|project| project.service == service) {
        return Ok(());
    }
    let near = nearest(service, offered.iter().copied()).map(|near| format!("did you mean {near}?"));
    let hint = near.unwrap_or_else(|| format!("there are: {}", offered.join(", ")));
    Err(Failure::not_found(format!("there is no service {service}")).with_hint(&hint))
}

fn project_json(project: &BoardProject, client_name: &str) -> Json {
    let current = project.current();
    json!({
        "project": project.project,
        "client": project.client,
        "client_name": client_name,
        "service": project.service,
        "completed": project.completed,
        "task": current.map(|task| &task.task),
        "status": current.map(|task| task.status.word()),
        "ball": current.map(|task| task.ball),
        "assignee": current.and_then(|task| task.assignee.as_ref()),
        "due": current.and_then(|task| task.due),
        "price": project.price.as_ref().map(ToString::to_string),
        "period": project.periods.last(),
        "payment": project.open_payment().map(|payment| json!({
            "payment": payment.payment,
            "state": payment.state.word(),
            "open": payment.open_amount().map(|open| open.to_string()),
        })),
        "unassigned": project.unassigned(),
    })
}

fn row(project: &BoardProject, client: String, office: &Office) -> Vec<String> {
    let dash = || "-".to_owned();
    let current = project.current();
    let title = current.map_or_else(dash, |task| task.title.in_language(&office.language).to_owned());
    let over = || if project.completed { "completed" } else { "waiting for payment" }.to_owned();
    let status = current.map_or_else(over, |task| task.status.word().replace('_', " "));
    let ball = current.map_or_else(dash, |task| task.ball.word().to_owned());
    let due = current.and_then(|task| task.due).map_or_else(dash, |due| office.local(due));
    let period = project.periods.last().map_or_else(dash, period);
    let payment = project.open_payment().map_or_else(dash, |payment| {
        format!("{}: {}", payment.payment, payment.state.word().replace('_', " "))
    });
    vec![project.project.to_string(), client, title, status, ball, due, period, payment]
}

fn period(period: &BoardPeriod) -> String {
    match period.until {
        Some(until) => format!("{} until {until}", period.period),
        None => period.period.to_string(),
    }
}
