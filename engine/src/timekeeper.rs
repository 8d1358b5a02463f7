//! Due timers become commands; the domain says whether they still matter.

use chrono::Duration;

use crate::app::{Along, Answer, App, AppError, Ask};
use crate::domain::effect::TimerCommand;
use crate::domain::{Actor, Timestamp};
use crate::store::StoreError;
use crate::store::timers::DueTimer;

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
    /// Timers for which others were faster at the database again and again; they stay as they were.
    pub busy: usize,
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
            // A database that is busy is no fault of the timer: it stays as it is and fires at the next look.
            Err(AppError::Busy) => {
                tracing::warn!(timer = timer.key, "a timer waits for a busy database");
                report.busy += 1;
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
    let dedupe = format!("alarm:timer:{}:{}", timer.key, timer.due.timestamp_micros());
    app.alarm("staff-timer-dead", &[("timer", timer.key.clone())], dedupe, now).await
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
