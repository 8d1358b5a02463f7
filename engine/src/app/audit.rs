//! The audit stream: attempts that were refused, and whole projects that were taken out of the house (CR-05, SC-39).

use super::{App, AppError, Ask, Attempt, beside};
use crate::domain::audit::AuditEvent;
use crate::domain::{Actor, Origin, ProjectId, Refusal, Right, StreamId, Timestamp};
use crate::store::StoredEvent;
use crate::store::change::{Append, Cause, NewEvent};

impl App {
    /// Keeps an attempt that reached no stream, and settles its update.
    pub async fn note_attempt(&self, attempt: Attempt) -> Result<(), AppError> {
        let event = AuditEvent::AttemptRefused { what: attempt.what, refusal: attempt.refusal };
        let audit = audit(&event, &attempt.by, attempt.at)?;
        let mut change = beside(attempt.command_id, attempt.at, attempt.along);
        change.appends.push(audit);
        self.inner.store.write(change).await?;
        Ok(())
    }

    /// Puts on record that somebody takes a whole project out, or that they may not.
    pub async fn note_export(&self, ask: Ask<ProjectId>) -> Result<Option<Refusal>, AppError> {
        if !self.may_export(&ask.by).await? {
            let refusal = Right::Lead.refusal("export");
            let Ask { command_id, at, by, along, .. } = ask;
            let what = "export".to_owned();
            self.note_attempt(Attempt { command_id, at, by, what, refusal: refusal.clone(), along }).await?;
            return Ok(Some(refusal));
        }
        let event = AuditEvent::ProjectExported { project: ask.command };
        let mut change = beside(ask.command_id, ask.at, ask.along);
        change.appends.push(audit(&event, &ask.by, ask.at)?);
        self.store().write(change).await?;
        Ok(None)
    }

    async fn may_export(&self, by: &Actor) -> Result<bool, AppError> {
        Ok(match by {
            Actor::Operator => true,
            Actor::Person(person) => {
                let agency = self.agency_state().await?;
                agency.people.get(person).is_some_and(|roles| Right::Lead.is_given_by(roles))
            }
            Actor::Timer | Actor::Telegram | Actor::LinkHolder => false,
        })
    }
}

/// A fact of the audit stream.
pub(super) fn audit(event: &AuditEvent, by: &Actor, at: Timestamp) -> Result<Append, AppError> {
    let json = serde_json::to_value(event).map_err(|error| AppError::Broken(error.to_string()))?;
    let kind = json.get("type").and_then(|kind| kind.as_str()).unwrap_or_default().to_owned();
    let event = NewEvent {
        kind,
        schema_version: 1,
        origin: Origin::Input,
        cause: Cause::None,
        by: by.clone(),
        at,
        data: json.to_string(),
    };
    Ok(Append { stream: StreamId::audit(), aggregate: "audit", expected: None, events: vec![event] })
}

/// The no that a fact of the audit stream keeps.
pub(super) fn refusal_in(stored: &StoredEvent) -> Result<Refusal, AppError> {
    match stored.fact::<AuditEvent>()?.event {
        AuditEvent::CommandRefused { refusal, .. } | AuditEvent::AttemptRefused { refusal, .. } => {
            Ok(refusal)
        }
        AuditEvent::ProjectExported { .. } => {
            Err(AppError::Broken(format!("fact {} is no refusal", stored.position)))
        }
    }
}
