//! The outbox on its way out: whose turn it is, and the claim that precedes each send (RELIABILITY 3.2 T3).

use chrono::Duration;
use chrono_tz::Tz;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::buttons;
use super::change::{Ask, OutFace, Payload, Policy};
use super::leases::{self, Lease};
use super::{Store, StoreError};
use crate::domain::waiting_chat::is_waiting_chat;
use crate::domain::{ContentId, ProjectId, TaskId, Timestamp};

/// The first message of a chat that is not sent yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub id: i64,
    pub chat: i64,
    pub kind: String,
    pub ambiguous: i64,
    /// From when it may go out; also the end of a pause of the chat.
    pub due: Timestamp,
    /// It does not go out while it is night there.
    pub quiet_zone: Option<Tz>,
}

/// A message that this process, and nobody else, is about to send.
#[derive(Clone, Debug)]
pub struct Claim {
    pub id: i64,
    pub chat: i64,
    /// `private`, `group`, `supergroup` or empty if unknown.
    pub chat_kind: String,
    pub kind: String,
    pub face: OutFace,
    pub project: Option<ProjectId>,
    pub task: Option<TaskId>,
    pub payload: Payload,
    pub policy: Policy,
    pub epoch: i64,
    pub attempts: i64,
    /// How many earlier sends ended in the unknown.
    pub ambiguous: i64,
    pub started: Timestamp,
    /// The message that this one answers.
    pub reply_to: Option<i64>,
    /// The message that this one changes.
    pub target: Option<Target>,
    pub file: Option<FileRow>,
    /// The files of an album that are still kept.
    pub album: Vec<FileRow>,
    /// The topic it goes to; an answer to somebody's message goes where that one is.
    pub topic: Option<i64>,
    /// Every id up to here had been given out when it was sent last.
    pub floor_mid: i64,
    /// The highest id of a message of ours in this chat.
    pub last_mid: i64,
    /// The highest id of anybody's message in this chat.
    pub seen_mid: i64,
    /// It asks the client to decide, so what comes after it must not overtake it.
    pub is_request: bool,
}

/// A message of ours in a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    pub message: i64,
    pub has_file: bool,
    /// It shows already what the change would make of it.
    pub is_so: bool,
}

/// A stored file, to be sent along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    pub kind: String,
    pub file_id: Option<String>,
    pub name: Option<String>,
    pub sha256: String,
}

/// The first message of each chat that can be written to, the oldest first; where the quiet hours hold messages
/// back, the first of those too (TG-52).
pub async fn heads(store: &Store, now: Timestamp) -> Result<Vec<Waiting>, StoreError> {
    let rows = sqlx::query(
        "SELECT o.id, o.chat, o.kind, o.ambiguous, o.next_at, COALESCE(c.paused_until, 0), o.quiet_until, o.quiet_zone
         FROM outbox o
         JOIN (SELECT chat, MIN(id) AS id
               FROM (SELECT w.chat, w.id, CASE WHEN w.quiet_until > $1 OR EXISTS (
                                SELECT 1 FROM outbox b WHERE b.chat = w.chat AND b.slot = w.slot AND b.id < w.id
                                    AND b.state = 'ready' AND b.quiet_until > $1)
                            THEN 1 ELSE 0 END AS quiet
                     FROM outbox w WHERE w.state IN ('ready', 'sending', 'held')) waiting
               GROUP BY chat, quiet) h
             ON h.id = o.id
         LEFT JOIN chats c ON c.chat = o.chat
         WHERE o.state = 'ready' AND COALESCE(c.state, 'ok') = 'ok'
         ORDER BY o.id",
    )
    .bind(now.timestamp_micros())
    .fetch_all(store.reads())
    .await?;
    let heads = rows.iter().map(waiting).collect::<Result<Vec<_>, _>>()?;
    Ok(heads.into_iter().filter(|head| !is_waiting_chat(head.chat)).collect())
}

fn waiting(row: &AnyRow) -> Result<Waiting, StoreError> {
    let due = row.try_get::<i64, _>(4)?.max(row.try_get(5)?).max(row.try_get(6)?);
    Ok(Waiting {
        id: row.try_get(0)?,
        chat: row.try_get(1)?,
        kind: row.try_get(2)?,
        ambiguous: row.try_get(3)?,
        due: moment(due)?,
        quiet_zone: row.try_get::<Option<String>, _>(7)?.and_then(|zone| zone.parse().ok()),
    })
}

/// A change of a message that a newer one, which waits too, makes needless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Superseded {
    pub id: i64,
    pub chat: i64,
    pub kind: String,
    pub newer: i64,
}

/// Changes that need not be sent; only of messages that are there, so that a first message is never skipped.
pub async fn superseded(store: &Store) -> Result<Vec<Superseded>, StoreError> {
    let rows = sqlx::query(
        "SELECT o.id, o.chat, o.kind, n.newest
         FROM outbox o
         JOIN (SELECT chat, slot, MAX(id) AS newest FROM outbox
               WHERE state = 'ready' AND face = 'replace' GROUP BY chat, slot) n
             ON n.chat = o.chat AND n.slot = o.slot AND n.newest > o.id
         WHERE o.state = 'ready' AND o.face = 'replace' AND o.ambiguous = 0
             AND EXISTS (SELECT 1 FROM outbox s WHERE s.chat = o.chat AND s.slot = o.slot AND s.state = 'sent')
         ORDER BY o.id",
    )
    .fetch_all(store.reads())
    .await?;
    let row = |row: &AnyRow| {
        Ok(Superseded {
            id: row.try_get(0)?,
            chat: row.try_get(1)?,
            kind: row.try_get(2)?,
            newer: row.try_get(3)?,
        })
    };
    rows.iter().map(row).collect()
}

/// Marks messages as being sent; those that somebody else took, or that are not first any more, are left out.
/// `None`: the lease is lost, nothing was claimed.
pub async fn claim(
    store: &Store,
    lease: &Lease,
    ids: Vec<i64>,
    now: Timestamp,
) -> Result<Option<Vec<Claim>>, StoreError> {
    let lease = lease.clone();
    store
        .transaction(move |db| {
            Box::pin(async move {
                if !leases::holds(db, &lease).await? {
                    return Ok(None);
                }
                let mut claims = Vec::with_capacity(ids.len());
                for id in ids {
                    claims.extend(claim_one(db, &lease, id, now).await?);
                }
                Ok(Some(claims))
            })
        })
        .await
}

/// The highest message id that is known for the chat of an outbox row: its own, or the highest of all chats whose
/// ids come from the account's one counter (RELIABILITY 3.4).
pub(crate) const FLOOR: &str = "COALESCE(CASE
    WHEN outbox.chat > -1000000000000
        AND NOT EXISTS (SELECT 1 FROM chats c WHERE c.chat = outbox.chat AND c.kind = 'supergroup')
    THEN (SELECT MAX(c.seen_mid) FROM chats c WHERE c.chat > -1000000000000 AND c.kind <> 'supergroup')
    ELSE (SELECT c.seen_mid FROM chats c WHERE c.chat = outbox.chat) END, 0)";

async fn claim_one(
    db: &mut AnyConnection,
    lease: &Lease,
    id: i64,
    now: Timestamp,
) -> Result<Option<Claim>, StoreError> {
    let row = sqlx::query(AssertSqlSafe(format!(
        "UPDATE outbox SET state = 'sending', attempts = attempts + 1, epoch = $2,
             started_at = CASE WHEN ambiguous > 0 THEN started_at ELSE $1 END,
             floor_mid = CASE WHEN ambiguous > 0 THEN floor_mid ELSE {FLOOR} END
         WHERE id = $3 AND state = 'ready' AND next_at <= $1 AND quiet_until <= $1
             AND NOT EXISTS (SELECT 1 FROM outbox b WHERE b.chat = outbox.chat AND b.id < outbox.id
                                 AND b.state IN ('ready', 'sending', 'held')
                                 AND (b.quiet_until <= $1 OR b.slot = outbox.slot))
         RETURNING id, chat, kind, face, slot, reply_to, project, task, payload, policy, attempts, ambiguous,
             floor_mid"
    )))
    .bind(now.timestamp_micros())
    .bind(lease.epoch)
    .bind(id)
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let mut claim = claimed(&row, lease.epoch, now)?;
    let (slot, reply_to): (Option<String>, Option<String>) = (row.try_get(4)?, row.try_get(5)?);
    if claim.face != OutFace::Post
        && let Some((found, shown)) = target(db, claim.chat, slot.as_deref()).await?
    {
        let is_so = shown == claim.payload && !is_unsure(db, claim.chat, slot.as_deref()).await?;
        claim.target = Some(Target { is_so, ..found });
    }
    claim.reply_to = match reply_to.as_deref().map(|slot| (slot, slot.strip_prefix('#'))) {
        None => None,
        Some((_, Some(message))) => message.parse().ok(),
        Some((slot, None)) => target(db, claim.chat, Some(slot)).await?.map(|(found, _)| found.message),
    };
    if let Some(content) = &claim.payload.file {
        claim.file = file(db, content).await?;
    }
    for content in &claim.payload.album {
        claim.album.extend(file(db, content).await?);
    }
    look_around(db, &mut claim).await?;
    claim.topic = claim.topic.filter(|_| reply_to.is_none_or(|slot| !slot.starts_with('#')));
    Ok(Some(claim))
}

fn claimed(row: &AnyRow, epoch: i64, now: Timestamp) -> Result<Claim, StoreError> {
    let id: i64 = row.try_get(0)?;
    let (face, payload, policy): (String, String, String) =
        (row.try_get(3)?, row.try_get(8)?, row.try_get(9)?);
    let payload = serde_json::from_str(&payload)
        .map_err(|error| StoreError::broken(format!("message {id} has an unreadable payload: {error}")))?;
    Ok(Claim {
        id,
        chat: row.try_get(1)?,
        chat_kind: String::new(),
        kind: row.try_get(2)?,
        face: OutFace::parse(&face).unwrap_or_default(),
        project: row.try_get::<Option<String>, _>(6)?.map(ProjectId),
        task: row.try_get::<Option<String>, _>(7)?.map(TaskId),
        payload,
        policy: if policy == Policy::AtMostOnce.as_str() { Policy::AtMostOnce } else { Policy::AtLeastOnce },
        epoch,
        attempts: row.try_get(10)?,
        ambiguous: row.try_get(11)?,
        started: now,
        reply_to: None,
        target: None,
        file: None,
        album: Vec::new(),
        topic: None,
        floor_mid: row.try_get(12)?,
        last_mid: 0,
        seen_mid: 0,
        is_request: false,
    })
}

/// The latest message of a slot that is there, and what it shows.
async fn target(
    db: &mut AnyConnection,
    chat: i64,
    slot: Option<&str>,
) -> Result<Option<(Target, Payload)>, StoreError> {
    let Some(slot) = slot else { return Ok(None) };
    let row = sqlx::query(
        "SELECT message_id, payload FROM outbox
         WHERE chat = $1 AND slot = $2 AND state = 'sent' AND message_id > 0 ORDER BY id DESC LIMIT 1",
    )
    .bind(chat)
    .bind(slot.to_owned())
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let payload: Payload = serde_json::from_str(row.try_get(1)?).unwrap_or_default();
    let found = Target { message: row.try_get(0)?, has_file: payload.file.is_some(), is_so: false };
    Ok(Some((found, payload)))
}

/// Whether some change of the slot may have been made or not.
async fn is_unsure(db: &mut AnyConnection, chat: i64, slot: Option<&str>) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT 1 FROM outbox WHERE chat = $1 AND slot = $2 AND state = 'unknown' LIMIT 1")
        .bind(chat)
        .bind(slot.map(str::to_owned))
        .fetch_optional(db)
        .await?;
    Ok(row.is_some())
}

async fn file(db: &mut AnyConnection, content: &ContentId) -> Result<Option<FileRow>, StoreError> {
    let row = sqlx::query("SELECT kind, file_id, file_name, sha256 FROM contents WHERE content = $1")
        .bind(content.0.clone())
        .fetch_optional(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(FileRow {
        kind: row.try_get(0)?,
        file_id: row.try_get(1)?,
        name: row.try_get(2)?,
        sha256: row.try_get(3)?,
    }))
}

async fn look_around(db: &mut AnyConnection, claim: &mut Claim) -> Result<(), StoreError> {
    let chat =
        sqlx::query("SELECT kind, last_mid, seen_mid, topic FROM chats WHERE chat = $1").bind(claim.chat);
    if let Some(row) = chat.fetch_optional(&mut *db).await? {
        (claim.chat_kind, claim.last_mid, claim.seen_mid) =
            (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        claim.topic = row.try_get(3)?;
    }
    claim.is_request = buttons::is_request(db, &claim.payload).await?;
    Ok(())
}

/// Every message that was on its way when somebody died or lost the lease may have arrived: it waits out
/// `quarantine` and is then found or sent again (RELIABILITY 3.2 R).
///
/// A message that was only being looked for (its last send began before the end of its quarantine) was not
/// sent once more: that is no further copy.
pub async fn recover(store: &Store, lease: &Lease, quarantine: Duration) -> Result<u64, StoreError> {
    let lease = lease.clone();
    store
        .transaction(move |db| {
            Box::pin(async move {
                if !leases::holds(db, &lease).await? {
                    return Ok(0);
                }
                let done = sqlx::query(
                    "UPDATE outbox SET state = 'ready',
                         ambiguous = CASE WHEN started_at < next_at THEN ambiguous ELSE ambiguous + 1 END,
                         next_at = CASE WHEN started_at < next_at THEN next_at
                                        ELSE COALESCE(started_at, next_at) + $1 END
                     WHERE state = 'sending' AND epoch < $2",
                )
                .bind(quarantine.num_microseconds().unwrap_or(i64::MAX / 4))
                .bind(lease.epoch)
                .execute(db)
                .await?;
                Ok(done.rows_affected())
            })
        })
        .await
}

/// What was sent, or may have been, since a moment: chat and time, the oldest first.
pub async fn recent(store: &Store, since: Timestamp) -> Result<Vec<(i64, Timestamp)>, StoreError> {
    let rows = sqlx::query("SELECT chat, started_at FROM outbox WHERE started_at > $1 ORDER BY started_at")
        .bind(since.timestamp_micros())
        .fetch_all(store.reads())
        .await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, moment(row.try_get(1)?)?))).collect()
}

/// A message of ours that somebody answered, or that waits.
#[derive(Clone, Debug)]
pub struct Said {
    pub id: i64,
    pub chat: i64,
    pub kind: String,
    pub face: OutFace,
    pub slot: Option<String>,
    pub project: Option<ProjectId>,
    pub task: Option<TaskId>,
    pub language: String,
    pub payload: Payload,
    pub ask: Option<Ask>,
    pub state: String,
}

/// The message of ours with this id in this chat.
pub async fn by_message(store: &Store, chat: i64, message: i64) -> Result<Option<Said>, StoreError> {
    // A changed message keeps its id: a question in any of its versions counts.
    let row = sqlx::query(
        "SELECT id, kind, face, slot, project, task, language, payload, ask, state, chat FROM outbox
         WHERE chat = $1 AND message_id = $2 ORDER BY CASE WHEN ask IS NULL THEN 1 ELSE 0 END, id DESC LIMIT 1",
    )
    .bind(chat)
    .bind(message)
    .fetch_optional(store.reads())
    .await?;
    row.as_ref().map(said).transpose()
}

/// The message that this one may be: what follows the last one known before it, while it is not certain which
/// message in the chat it became, or whether it is there twice.
pub async fn by_unsure_message(store: &Store, chat: i64, message: i64) -> Result<Option<Said>, StoreError> {
    let row = sqlx::query(
        "SELECT id, kind, face, slot, project, task, language, payload, ask, state, chat FROM outbox
         WHERE (state = 'sending' OR ambiguous > 0)
             AND id = (SELECT MIN(id) FROM outbox
                       WHERE chat = $1 AND face = 'post' AND state IN ('ready', 'sending', 'sent')
                           AND (message_id IS NULL OR message_id > $2))",
    )
    .bind(chat)
    .bind(message)
    .fetch_optional(store.reads())
    .await?;
    row.as_ref().map(said).transpose()
}

/// Questions of a chat of which there may be a copy that we know nothing of, the newest first.
pub async fn unsure_questions(store: &Store, chat: i64, limit: i64) -> Result<Vec<Said>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, kind, face, slot, project, task, language, payload, ask, state, chat FROM outbox
         WHERE chat = $1 AND ask IS NOT NULL AND (state = 'sending' OR ambiguous > 0) ORDER BY id DESC LIMIT $2",
    )
    .bind(chat)
    .bind(limit)
    .fetch_all(store.reads())
    .await?;
    rows.iter().map(said).collect()
}

/// The message with this id of ours.
pub async fn by_id(store: &Store, id: i64) -> Result<Option<Said>, StoreError> {
    let row = sqlx::query(
        "SELECT id, kind, face, slot, project, task, language, payload, ask, state, chat FROM outbox WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(store.reads())
    .await?;
    row.as_ref().map(said).transpose()
}

/// The latest questions that were asked in a chat, the newest first.
pub async fn questions(store: &Store, chat: i64, limit: i64) -> Result<Vec<Said>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, kind, face, slot, project, task, language, payload, ask, state, chat FROM outbox
         WHERE chat = $1 AND ask IS NOT NULL ORDER BY id DESC LIMIT $2",
    )
    .bind(chat)
    .bind(limit)
    .fetch_all(store.reads())
    .await?;
    rows.iter().map(said).collect()
}

/// What waits for a chat, in its order.
pub async fn unsent(store: &Store, chat: i64) -> Result<Vec<Said>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, kind, face, slot, project, task, language, payload, ask, state, chat FROM outbox
         WHERE chat = $1 AND state IN ('ready', 'parked', 'held', 'sending') ORDER BY id",
    )
    .bind(chat)
    .fetch_all(store.reads())
    .await?;
    rows.iter().map(said).collect()
}

/// Whether the slot has a message in this chat that can be changed.
pub async fn is_sent(store: &Store, chat: i64, slot: &str) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT 1 FROM outbox WHERE chat = $1 AND slot = $2 AND state = 'sent' LIMIT 1")
        .bind(chat)
        .bind(slot.to_owned())
        .fetch_optional(store.reads())
        .await?;
    Ok(row.is_some())
}

/// How many messages are in which state.
pub async fn counts(store: &Store) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = sqlx::query("SELECT state, COUNT(*) FROM outbox GROUP BY state ORDER BY state")
        .fetch_all(store.reads())
        .await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// Copies of messages that lost against another copy and are still there.
pub async fn strays(store: &Store) -> Result<Vec<(i64, i64)>, StoreError> {
    // Only once the row is sent with another id, or never will be: before that the stray may be the message itself
    // (RELIABILITY 4).
    let rows = sqlx::query(
        "SELECT s.chat, s.message_id FROM strays s JOIN outbox o ON o.id = s.outbox_id
         WHERE s.done = 0 AND (o.state = 'cancelled' OR (o.state = 'sent' AND o.message_id <> s.message_id))
         ORDER BY s.chat, s.message_id LIMIT 20",
    )
    .fetch_all(store.reads())
    .await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

fn said(row: &AnyRow) -> Result<Said, StoreError> {
    let id: i64 = row.try_get(0)?;
    let (face, payload, ask): (String, String, Option<String>) =
        (row.try_get(2)?, row.try_get(7)?, row.try_get(8)?);
    let unreadable =
        |error: serde_json::Error| StoreError::broken(format!("message {id} is unreadable: {error}"));
    Ok(Said {
        id,
        kind: row.try_get(1)?,
        face: OutFace::parse(&face).unwrap_or_default(),
        slot: row.try_get(3)?,
        project: row.try_get::<Option<String>, _>(4)?.map(ProjectId),
        task: row.try_get::<Option<String>, _>(5)?.map(TaskId),
        language: row.try_get(6)?,
        payload: serde_json::from_str(&payload).map_err(unreadable)?,
        ask: ask.map(|ask| serde_json::from_str(&ask)).transpose().map_err(unreadable)?,
        state: row.try_get(9)?,
        chat: row.try_get(10)?,
    })
}

fn moment(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_timestamp_micros(micros)
        .ok_or_else(|| StoreError::broken("a message has an unreadable time"))
}

/// The highest message id seen in any chat whose ids come from the account's one counter.
pub async fn highest_shared_sighting(store: &Store) -> Result<i64, StoreError> {
    let row =
        sqlx::query("SELECT MAX(seen_mid) FROM chats WHERE chat > -1000000000000 AND kind <> 'supergroup'")
            .fetch_one(store.reads())
            .await?;
    Ok(row.try_get::<Option<i64>, _>(0)?.unwrap_or(0))
}
