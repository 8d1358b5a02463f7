//! Due timers become commands; the domain says whether they still matter.

use chrono::Duration;

use crate::app::{Along, Answer, App, AppError, Ask};
use crate::domain::effect::TimerCommand;
use crate::domain::{Actor, Arg, Timestamp};
use crate::store::StoreError;
use crate::store::change::{Cause, NewMessage, OutFace, Payload, Policy};
use crate::store::timers::DueTimer;
use crate::words::Saying;

/// How many timers one tick fires at most.
const BATCH: i64 = 200;

/// What one tick did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TickReport {
    /// Timers that led to facts.
    pub fired: usize,
    /// Timers that no longer mattered.
    pub moot: usize,
    /// Timers that failed and stay.
    pub failed: usize,
}

/// Fires what is due at `now`, oldest first.
pub async fn tick(app: &App, now: Timestamp) -> Result<TickReport, AppError> {
    let mut report = TickReport::default();
    for timer in app.store().due_timers(now, BATCH).await? {
        match fire(app, now, &timer).await {
            Ok(Answer::Done { .. }) => report.fired += 1,
            Ok(Answer::AlreadySo | Answer::Refused(_)) => report.moot += 1,
            // A timer that cannot be read must not stop those after it.
            Err(AppError::Store(error)) if !matches!(error, StoreError::Broken { .. }) => {
                return Err(error.into());
            }
            Err(error) => {
                tracing::error!(timer = timer.key, %error, "a timer failed");
                let again = now + Duration::minutes(1);
                if app.store().fail_timer(&timer.key, &error.to_string(), again).await? {
                    tell_staff(app, &timer, now).await?;
                }
                report.failed += 1;
            }
        }
    }
    Ok(report)
}

/// A timer that was given up must not be given up in silence.
async fn tell_staff(app: &App, timer: &DueTimer, now: Timestamp) -> Result<(), AppError> {
    const KEY: &str = "staff-timer-dead";
    let desk = app.desk();
    let Some(chat) = desk.staff_chat else { return Ok(()) };
    let language = desk.agency.languages.first().cloned().unwrap_or_default();
    let args = [("timer".to_owned(), Arg::Text(timer.key.clone()))];
    let said = (desk.render)(Saying { language: &language, key: KEY, args: &args })?;
    let dedupe = format!("alarm:timer:{}:{}", timer.key, timer.due.timestamp_micros());
    let message = NewMessage {
        dedupe: dedupe.clone(),
        cause: Cause::None,
        chat,
        kind: "alarm".to_owned(),
        face: OutFace::Post,
        slot: None,
        reply_to: None,
        project: None,
        task: None,
        message_key: KEY.to_owned(),
        arguments: serde_json::json!({ "timer": timer.key }),
        language,
        payload: Payload { text: said.text, entities: said.entities, ..Payload::default() },
        ask: None,
        policy: Policy::AtLeastOnce,
        buttons: Vec::new(),
        quiet_zone: None,
    };
    app.settle(dedupe, now, Along { messages: vec![message], ..Along::default() }).await
}

async fn fire(app: &App, now: Timestamp, timer: &DueTimer) -> Result<Answer, AppError> {
    match timer.command()? {
        TimerCommand::Project { project, command } => app.project(&project, ask(now, timer, command)).await,
        TimerCommand::Client { client, command } => app.client(&client, ask(now, timer, *command)).await,
    }
}

fn ask<C>(now: Timestamp, timer: &DueTimer, command: C) -> Ask<C> {
    Ask {
        command_id: format!("timer:{}:{}", timer.key, timer.due.timestamp_micros()),
        at: now,
        by: Actor::Timer,
        command,
        along: Along { timer: Some(timer.key.clone()), cause: timer.cause, ..Along::default() },
    }
}
