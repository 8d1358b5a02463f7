//! New rows of the outbox and of the buttons, as the writer stores them.

use chrono_tz::Tz;
use sqlx::AnyConnection;

use super::StoreError;
use super::change::NewMessage;
use super::insert::Insert;
use super::plan::{ButtonRow, OutboxRow, json};
use crate::domain::waiting_chat::is_waiting_chat;
use crate::domain::{PersonId, ProjectId, TaskId};

static MESSAGES: Insert = Insert::new(
    "INSERT INTO outbox (id, chat, dedupe, position, kind, face, slot, reply_to, project, task, message_key, arguments,
         language, payload, ask, policy, state, epoch, attempts, ambiguous, created_at, next_at, quiet_zone)
     VALUES",
    23,
    "",
);

static BUTTONS: Insert = Insert::new(
    "INSERT INTO buttons (token_sha256, outbox_id, chat, project, task, round, press, only_person, expires_at) VALUES",
    9,
    "",
);

/// The JSON of a message.
pub(crate) struct Texts {
    pub arguments: String,
    pub payload: String,
    pub ask: Option<String>,
    pub presses: Vec<String>,
}

impl Texts {
    pub fn of(message: &NewMessage) -> Result<Self, StoreError> {
        Ok(Self {
            arguments: json(&message.arguments)?,
            payload: json(&message.payload)?,
            ask: message.ask.as_ref().map(json).transpose()?,
            presses: message.buttons.iter().map(|button| json(&button.press)).collect::<Result<_, _>>()?,
        })
    }
}

/// Stores messages, ready to be sent at once, in the order of their ids.
pub(crate) async fn messages(
    connection: &mut AnyConnection,
    rows: &[OutboxRow<'_>],
) -> Result<(), sqlx::Error> {
    MESSAGES
        .run(connection, rows, |query, row| {
            let message = row.message;
            let at = row.at.timestamp_micros();
            query
                .bind(row.id)
                .bind(message.chat)
                .bind(row.dedupe.clone())
                .bind(row.position)
                .bind(message.kind.clone())
                .bind(message.face.as_str())
                .bind(message.slot.clone())
                .bind(message.reply_to.clone())
                .bind(message.project.as_ref().map(|ProjectId(id)| id.clone()))
                .bind(message.task.as_ref().map(|TaskId(id)| id.clone()))
                .bind(message.message_key.clone())
                .bind(row.arguments.clone())
                .bind(message.language.clone())
                .bind(row.payload.clone())
                .bind(row.ask.clone())
                .bind(message.policy.as_str())
                .bind(if is_waiting_chat(message.chat) { "parked" } else { "ready" })
                .bind(0_i64)
                .bind(0_i64)
                .bind(0_i64)
                .bind(at)
                .bind(at)
                .bind(message.quiet_zone.map(Tz::name))
        })
        .await
}

/// Stores buttons; of each token only its hash is known.
pub(crate) async fn buttons(
    connection: &mut AnyConnection,
    rows: &[ButtonRow<'_>],
) -> Result<(), sqlx::Error> {
    BUTTONS
        .run(connection, rows, |query, row| {
            let button = row.button;
            query
                .bind(button.token_sha256.clone())
                .bind(row.outbox)
                .bind(row.chat)
                .bind(button.project.0.clone())
                .bind(button.task.0.clone())
                .bind(i64::from(button.round))
                .bind(row.press.clone())
                .bind(button.only.as_ref().map(|PersonId(id)| id.clone()))
                .bind(button.expires.timestamp_micros())
        })
        .await
}

/// Moves what is unsent and all buttons of a chat to its new id; `sending` is left to whoever sends (TG-43).
pub(crate) async fn move_chat(connection: &mut AnyConnection, from: i64, to: i64) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE outbox SET chat = $1, floor_mid = 0, state = CASE WHEN state = 'parked' THEN 'ready' ELSE state END
         WHERE chat = $2 AND state NOT IN ('sent', 'failed', 'cancelled')",
    )
    .bind(to)
    .bind(from)
    .execute(&mut *connection)
    .await?;
    sqlx::query("UPDATE buttons SET chat = $1 WHERE chat = $2")
        .bind(to)
        .bind(from)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO chats (chat, kind, last_mid, seen_mid, state, reason, migrated_to, paused_until)
         VALUES ($1, 'supergroup', 0, 0, 'ok', NULL, NULL, 0) ON CONFLICT (chat) DO NOTHING",
    )
    .bind(to)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO chats (chat, kind, last_mid, seen_mid, state, reason, migrated_to, paused_until)
         VALUES ($1, 'group', 0, 0, 'migrated', NULL, $2, 0)
         ON CONFLICT (chat) DO UPDATE SET state = 'migrated', migrated_to = excluded.migrated_to",
    )
    .bind(from)
    .bind(to)
    .execute(connection)
    .await?;
    Ok(())
}
