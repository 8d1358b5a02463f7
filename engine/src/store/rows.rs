//! Writing the rows of a plan: facts and everything that goes with them, but for the read models.

use std::collections::BTreeMap;

use sqlx::AnyConnection;

use super::insert::Insert;
use super::log::origin_text;
use super::outbox_insert;
use super::plan::{Plan, TimerRow};
use super::{filters, forget, forms, passwords, people, pins, secrets, sessions, templates};
use crate::domain::{PersonId, Timestamp};

static EVENTS: Insert = Insert::new(
    "INSERT INTO events (position, stream, version, aggregate, type, schema_version, command_id, command_seq, cause,
         origin, actor, at, data, prev_hash, hash, fingerprint)
     VALUES",
    16,
    "",
);

static CONTENTS: Insert = Insert::new(
    "INSERT INTO contents (content, person, kind, text, file_id, file_name, mime, size, sha256, created_at) VALUES",
    10,
    "ON CONFLICT (content) DO NOTHING",
);

static PROFILES: Insert = Insert::new(
    "INSERT INTO profiles (person, name, telegram_user, username, language, changed_at) VALUES",
    6,
    "ON CONFLICT (person) DO UPDATE SET name = excluded.name, telegram_user = excluded.telegram_user,
         username = excluded.username, language = excluded.language, changed_at = excluded.changed_at",
);

static TIMERS: Insert = Insert::new(
    "INSERT INTO timers (key, due_at, command, cause, state, attempts, error) VALUES",
    7,
    "ON CONFLICT (key) DO UPDATE SET due_at = excluded.due_at, command = excluded.command, cause = excluded.cause,
         state = excluded.state, attempts = excluded.attempts, error = excluded.error",
);

static GONE_TIMERS: Insert = Insert::new("DELETE FROM timers WHERE key IN (VALUES", 1, ")");

static FIRED_TIMERS: Insert = Insert::new(
    "WITH fired (key, at) AS (VALUES",
    2,
    ") UPDATE timers SET state = 'fired', error = NULL FROM fired
     WHERE timers.key = fired.key AND timers.due_at <= fired.at",
);

static SETTLED_UPDATES: Insert = Insert::new(
    "WITH settled (id, at) AS (VALUES",
    2,
    ") UPDATE inbox SET state = 'done', error = NULL, handled_at = settled.at FROM settled
     WHERE inbox.update_id = settled.id",
);

/// Writes all rows of a plan.
pub(crate) async fn write(connection: &mut AnyConnection, plan: &Plan<'_>) -> Result<(), sqlx::Error> {
    events(connection, plan).await?;
    contents(connection, plan).await?;
    profiles(connection, plan).await?;
    outbox_insert::messages(connection, &plan.messages).await?;
    outbox_insert::buttons(connection, &plan.buttons).await?;
    timers(connection, plan).await?;
    updates(connection, &plan.updates).await?;
    forms::links(connection, &plan.form_links).await?;
    templates::texts(connection, &plan.templates).await?;
    for (project, form) in &plan.drops_drafts {
        forms::drop_draft(connection, project, form).await?;
    }
    for (secret, at) in &plan.secrets {
        secrets::keep(connection, secret, *at).await?;
    }
    people::forget(connection, &plan.drops_contents).await?;
    for project in &plan.drops_secrets {
        secrets::purge(connection, project).await?;
    }
    for traces in &plan.wipes {
        forget::wipe(connection, traces).await?;
    }
    for person in &plan.signs_out {
        sessions::sign_out_everywhere(connection, person).await?;
        passwords::forget(connection, person).await?;
        filters::forget(connection, person).await?;
        pins::forget(connection, person).await?;
    }
    for (password, at) in &plan.passwords {
        passwords::keep(connection, password, *at).await?;
    }
    for (from, to) in &plan.moves {
        outbox_insert::move_chat(connection, *from, *to).await?;
    }
    Ok(())
}

async fn events(connection: &mut AnyConnection, plan: &Plan<'_>) -> Result<(), sqlx::Error> {
    let rows: Vec<_> = plan.events.iter().zip(&plan.actors).zip(&plan.fingerprints).collect();
    EVENTS
        .run(connection, &rows, |query, ((event, actor), fingerprint)| {
            query
                .bind(event.position)
                .bind(event.stream.to_string())
                .bind(event.version)
                .bind(event.aggregate.clone())
                .bind(event.kind.clone())
                .bind(event.schema_version)
                .bind(event.command_id.clone())
                .bind(event.command_seq)
                .bind(event.cause)
                .bind(origin_text(event.origin))
                .bind((*actor).clone())
                .bind(event.at.timestamp_micros())
                .bind(event.data.clone())
                .bind(event.prev_hash.clone())
                .bind(event.hash.clone())
                .bind(fingerprint.map(str::to_owned))
        })
        .await
}

async fn contents(connection: &mut AnyConnection, plan: &Plan<'_>) -> Result<(), sqlx::Error> {
    CONTENTS
        .run(connection, &plan.contents, |query, content| {
            query
                .bind(content.content.0.clone())
                .bind(content.person.as_ref().map(|PersonId(id)| id.clone()))
                .bind(content.kind.clone())
                .bind(content.text.clone())
                .bind(content.file_id.clone())
                .bind(content.file_name.clone())
                .bind(content.mime.clone())
                .bind(content.size)
                .bind(content.sha256.clone())
                .bind(content.created.timestamp_micros())
        })
        .await
}

async fn profiles(connection: &mut AnyConnection, plan: &Plan<'_>) -> Result<(), sqlx::Error> {
    let rows: Vec<_> = plan.profiles.values().collect();
    PROFILES
        .run(connection, &rows, |query, (profile, at)| {
            query
                .bind(profile.person.0.clone())
                .bind(profile.name.clone())
                .bind(profile.telegram_user)
                .bind(profile.username.clone())
                .bind(profile.language.clone())
                .bind(at.timestamp_micros())
        })
        .await
}

async fn timers(connection: &mut AnyConnection, plan: &Plan<'_>) -> Result<(), sqlx::Error> {
    let (mut set, mut gone, mut fired) = (Vec::new(), Vec::new(), Vec::new());
    for (key, row) in &plan.timers {
        let key = (*key).to_owned();
        match row {
            TimerRow::Set { due, command, cause, fired } => set.push((key, *due, command, *cause, *fired)),
            TimerRow::Gone => gone.push(key),
            TimerRow::Fired { at } => fired.push((key, *at)),
        }
    }
    GONE_TIMERS.run(connection, &gone, |query, key| query.bind(key.clone())).await?;
    FIRED_TIMERS
        .run(connection, &fired, |query, (key, at)| query.bind(key.clone()).bind(at.timestamp_micros()))
        .await?;
    TIMERS
        .run(connection, &set, |query, (key, due, command, cause, fired)| {
            query
                .bind(key.clone())
                .bind(due.timestamp_micros())
                .bind((*command).clone())
                .bind(*cause)
                .bind(if *fired { "fired" } else { "pending" })
                .bind(0_i64)
                .bind(None::<String>)
        })
        .await
}

async fn updates(
    connection: &mut AnyConnection,
    settled: &BTreeMap<i64, Timestamp>,
) -> Result<(), sqlx::Error> {
    let rows: Vec<_> = settled.iter().collect();
    SETTLED_UPDATES
        .run(connection, &rows, |query, (update, at)| query.bind(**update).bind(at.timestamp_micros()))
        .await
}
