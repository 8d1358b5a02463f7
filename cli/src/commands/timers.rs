//! `timers`: what happens by itself and when, those that failed first.

use engine::domain::effect::TimerCommand;
use engine::store::timers::ShownTimer;
use serde_json::json;

use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::office::{Database, Office, Setup};
use crate::table::table;

pub async fn run(limit: u32, setup: &Setup, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let office = Office::open(setup, Database::MustExist).await?;
    let timers = office.store().timers(i64::from(limit)).await?;
    let shown: Vec<_> = timers.iter().map(as_json).collect();
    let rows: Vec<Vec<String>> = timers.iter().map(|timer| row(timer, &office)).collect();
    let text = if rows.is_empty() {
        "no timers".to_owned()
    } else {
        table(console.draws(), &["due", "project", "what", "state"], &rows)
    };
    console.answer(&json!({ "timers": shown }), &text);
    office.close().await;
    Ok(Exit::Done)
}

fn as_json(shown: &ShownTimer) -> serde_json::Value {
    json!({
        "key": shown.timer.key,
        "due": shown.timer.due,
        "dead": shown.dead,
        "attempts": shown.timer.attempts,
        "error": shown.error,
    })
}

fn row(shown: &ShownTimer, office: &Office) -> Vec<String> {
    let project = match shown.timer.command() {
        Ok(TimerCommand::Project { project, .. }) => project.0,
        Ok(TimerCommand::Client { client, .. }) => client.0,
        Err(_) => "?".to_owned(),
    };
    let what = shown.timer.key.replacen(&format!("/{project}"), "", 1);
    let state = match (shown.dead, &shown.error) {
        (true, error) => format!("given up: {}", error.as_deref().unwrap_or("?")),
        (false, Some(error)) => format!("tried {} times: {error}", shown.timer.attempts),
        (false, None) => "waits".to_owned(),
    };
    vec![office.local(shown.timer.due), project, what, state]
}
