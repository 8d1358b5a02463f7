//! Due timers become commands; the domain says whether they still matter.

use chrono::Duration;

use crate::app::{Along, Answer, App, AppError, Ask};
use crate::domain::effect::TimerCommand;
use crate::domain::{Actor, Timestamp};
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
}

/// Fires what is due at `now`, oldest first.
pub async fn tick(app: &App, now: Timestamp) -> Result<TickReport, AppError> {
    let mut report = TickReport::default();
    for timer in app.store().due_timers(now, BATCH).await? {
        match fire(app, now, &timer).await {
            Ok(Answer::Done { .. }) => report.fired += 1,
            Ok(Answer::AlreadySo | Answer::Refused(_)) => report.moot += 1,
            Err(AppError::Store(error)) => return Err(error.into()),
            Err(error) => {
                tracing::error!(timer = timer.key, %error, "a timer failed");
                app.store().fail_timer(&timer.key, &error.to_string(), now + Duration::minutes(1)).await?;
                report.failed += 1;
            }
        }
    }
    Ok(report)
}

async fn fire(app: &App, now: Timestamp, timer: &DueTimer) -> Result<Answer, AppError> {
    let TimerCommand::Project { project, command } = timer.command()?;
    let ask = Ask {
        command_id: format!("timer:{}:{}", timer.key, timer.due.timestamp_micros()),
        at: now,
        by: Actor::Timer,
        command,
        along: Along { timer: Some(timer.key.clone()), cause: timer.cause, ..Along::default() },
    };
    app.project(&project, ask).await
}
