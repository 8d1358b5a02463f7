//! Timers of running projects follow a calendar that was changed; what has fired stays fired.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{App, AppError, TRIES};
use crate::domain::calendar::Calendar;
use crate::domain::client::{Client, ClientCommand, answer};
use crate::domain::effect::TimerCommand;
use crate::domain::envelope::AnswerTerms;
use crate::domain::project::Project;
use crate::domain::project::timers::{Wanted, difference};
use crate::domain::{ClientId, Effect, StreamId, Timestamp, World};
use crate::store::change::{Cause, Change, TimerWrite, Written};
use crate::store::notes;

/// Under this name stands the calendar that the timers were computed with.
const NOTE: &str = "timers-calendar";

/// Changes with the rules by which timers follow from a project, so that those of an older program are replaced.
const RULES: u32 = 2;

impl App {
    /// Recomputes the timers if the calendar is not the one that they were computed with; answers how many changed.
    pub async fn follow_calendar(&self, now: Timestamp) -> Result<usize, AppError> {
        let json = serde_json::to_string(&self.desk().agency.calendar)
            .map_err(|error| AppError::Broken(error.to_string()))?;
        let mark = format!("{RULES}:{}", hex::encode(Sha256::digest(json)));
        let known = notes::read(self.store(), NOTE).await?;
        if known.is_some_and(|(known, _)| known == mark) {
            return Ok(0);
        }
        let changed = self.recompute_timers(now).await?;
        notes::write(self.store(), NOTE, &mark, now).await?;
        Ok(changed)
    }

    /// Gives every project that is not over exactly the timers that it wants; answers how many changed.
    pub async fn recompute_timers(&self, now: Timestamp) -> Result<usize, AppError> {
        let mut had: BTreeMap<StreamId, Wanted> = BTreeMap::new();
        let mut waiting: BTreeMap<ClientId, BTreeMap<String, Timestamp>> = BTreeMap::new();
        for timer in self.store().pending_timers().await? {
            // What cannot be read is left to the timekeeper, which tells the staff; what a brief has for the card of
            // its client is no timer of a state and stays.
            match timer.command() {
                Ok(TimerCommand::Project { project, command }) => {
                    had.entry(project.stream()).or_default().insert(timer.key.clone(), (timer.due, command));
                }
                Ok(TimerCommand::Client { client, command }) => {
                    if matches!(*command, ClientCommand::TellUnanswered { .. }) {
                        waiting.entry(client).or_default().insert(timer.key.clone(), timer.due);
                    }
                }
                Err(_) => {}
            }
        }
        let mut changed = 0;
        for (client, had) in waiting {
            changed += self.recompute_client(&client, &had, now).await?;
        }
        for stream in self.store().open_projects().await? {
            let had = had.remove(&stream).unwrap_or_default();
            changed += self.recompute_project(stream, &had, now).await?;
        }
        Ok(changed)
    }

    async fn recompute_project(
        &self,
        stream: StreamId,
        had: &Wanted,
        now: Timestamp,
    ) -> Result<usize, AppError> {
        for _ in 0..TRIES {
            let project = self.fresh::<Project>(stream).await?;
            let Some(opened) = &project.opened else { return Ok(0) };
            let client = opened.client.stream();
            let known = self.fresh::<Client>(client).await?;
            let calendar = Calendar { client_zone: known.zone, ..self.desk().agency.calendar.clone() };
            let timers = writes(difference(had, &project, &calendar));
            let count = timers.len();
            if count == 0 {
                return Ok(0);
            }
            let command_id = format!("recompute:{stream}:{}", now.timestamp_micros());
            let relies_on = vec![(stream, project.version), (client, known.version)];
            let change = Change { command_id, relies_on, timers, at: now, ..Change::default() };
            if self.store().write(change).await? != Written::Conflict {
                return Ok(count);
            }
        }
        Err(AppError::Busy)
    }
}

impl App {
    /// The clock of a client who waits for an answer follows the calendar too.
    async fn recompute_client(
        &self,
        client: &ClientId,
        had: &BTreeMap<String, Timestamp>,
        now: Timestamp,
    ) -> Result<usize, AppError> {
        for _ in 0..TRIES {
            let state = self.fresh::<Client>(client.stream()).await?;
            let mut effects = answer::wanted(&state, &self.plain_world());
            effects.retain(|effect| match effect {
                Effect::SetTimer { key, due, .. } => had.get(key) != Some(due),
                Effect::CancelTimer { .. }
                | Effect::Notify(_)
                | Effect::MoveChat { .. }
                | Effect::DropDraft { .. }
                | Effect::DropSecrets { .. } => false,
            });
            let timers = writes(effects);
            let count = timers.len();
            if count == 0 {
                return Ok(0);
            }
            let command_id = format!("recompute:{}:{}", client.stream(), now.timestamp_micros());
            let relies_on = vec![(client.stream(), state.version)];
            let change = Change { command_id, relies_on, timers, at: now, ..Change::default() };
            if self.store().write(change).await? != Written::Conflict {
                return Ok(count);
            }
        }
        Err(AppError::Busy)
    }

    /// The world as far as clocks need it.
    fn plain_world(&self) -> World {
        let desk = self.desk();
        World {
            calendar: Arc::new(desk.agency.calendar.clone()),
            staff: Arc::default(),
            roles: BTreeSet::new(),
            approvers: BTreeSet::new(),
            client: None,
            answer: AnswerTerms {
                warn_after: desk.agency.warn_pm_after,
                within: desk.agency.answer_within,
                signed_by: desk.agency.messages_signed_by,
            },
            reached: None,
        }
    }
}

fn writes(effects: Vec<Effect>) -> Vec<TimerWrite> {
    let write = |effect| match effect {
        Effect::SetTimer { key, due, command } => {
            Some(TimerWrite::Set { key, due, command, cause: Cause::None })
        }
        Effect::CancelTimer { key } => Some(TimerWrite::Cancel { key }),
        Effect::Notify(_)
        | Effect::MoveChat { .. }
        | Effect::DropDraft { .. }
        | Effect::DropSecrets { .. } => None,
    };
    effects.into_iter().filter_map(write).collect()
}
