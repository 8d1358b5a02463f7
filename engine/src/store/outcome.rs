//! What became of a claimed message, recorded so that a fact is never lost and an intent never doubled (RELIABILITY 3.2 T4, 4).

use sqlx::AnyConnection;
use sqlx::{AssertSqlSafe, Row};

use super::change::Change;
use super::delivery::DeliveryEvent;
use super::insert::Values;
use super::outbox::{Claim, FLOOR};
use super::plan::json;
use super::{Store, StoreError, chats};
use crate::domain::Timestamp;

/// What is left of an address behind a button once its message is sent.
const FORGOTTEN: &str = "https://…";

/// Telegram has the message: a fact, whoever leads now.
pub async fn delivered(
    store: &Store,
    claim: &Claim,
    message: i64,
    probed: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    delivered_as(store, claim, (message, message), probed, now).await
}

/// Telegram has the album: the ids of its first and of its last item.
pub async fn album_delivered(
    store: &Store,
    claim: &Claim,
    items: (i64, i64),
    now: Timestamp,
) -> Result<(), StoreError> {
    delivered_as(store, claim, items, false, now).await
}

async fn delivered_as(
    store: &Store,
    claim: &Claim,
    (message, last): (i64, i64),
    probed: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    let fact = DeliveryEvent::MessageDelivered {
        outbox: claim.id,
        chat: claim.chat,
        message,
        kind: claim.kind.clone(),
        project: claim.project.clone(),
        task: claim.task.clone(),
        probed,
    };
    let change = change(claim, "delivered", &fact, now)?;
    let claim = claim.clone();
    let written = store.write_with(change, move |db| {
        let claim = claim.clone();
        Box::pin(async move {
            chats::sent(db, claim.chat, last).await?;
            set_sent(db, &claim, message, now).await
        })
    });
    written.await.map(drop)
}

async fn set_sent(
    db: &mut AnyConnection,
    claim: &Claim,
    message: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE outbox SET state = 'sent', message_id = $1, sent_at = $2, error = NULL
         WHERE id = $3 AND (state IN ('ready', 'parked', 'held', 'unknown')
                            OR (state = 'sending' AND epoch = $4 AND attempts = $5))",
    )
    .bind(message)
    .bind(now.timestamp_micros())
    .bind(claim.id)
    .bind(claim.epoch)
    .bind(claim.attempts)
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 1 {
        return forget_addresses(db, claim).await;
    }
    let row = sqlx::query("SELECT message_id FROM outbox WHERE id = $1")
        .bind(claim.id)
        .fetch_optional(&mut *db)
        .await?;
    let other: Option<i64> = row.map(|row| row.try_get(0)).transpose()?.flatten();
    if other == Some(message) {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO strays (outbox_id, chat, message_id, done) VALUES ($1, $2, $3, 0)
         ON CONFLICT (chat, message_id) DO NOTHING",
    )
    .bind(claim.id)
    .bind(claim.chat)
    .bind(message)
    .execute(db)
    .await?;
    Ok(())
}

/// The addresses behind buttons are secrets that stand in their chat from now on; nobody sends or changes a message
/// without a slot again.
async fn forget_addresses(db: &mut AnyConnection, claim: &Claim) -> Result<(), StoreError> {
    let mut payload = claim.payload.clone();
    let addresses = payload.buttons.iter_mut().flatten().filter(|(_, data)| data.starts_with("http"));
    if addresses.map(|(_, data)| FORGOTTEN.clone_into(data)).count() == 0 {
        return Ok(());
    }
    sqlx::query("UPDATE outbox SET payload = $1 WHERE id = $2 AND slot IS NULL")
        .bind(json(&payload)?)
        .bind(claim.id)
        .execute(db)
        .await?;
    Ok(())
}

/// A message that was looked for in vain is about to be sent once more; `false` if it is no longer ours.
pub async fn begins(store: &Store, claim: &Claim, now: Timestamp) -> Result<bool, StoreError> {
    let claim = claim.clone();
    store
        .transaction(move |db| {
            Box::pin(async move {
                let now = now.timestamp_micros();
                let set = format!("started_at = $4, floor_mid = {FLOOR}");
                change_ours(db, &claim, &set, |query| query.bind(now)).await
            })
        })
        .await
}

/// It was not sent: once more at `next`. `pause` holds the whole chat till then.
pub async fn later(
    store: &Store,
    claim: &Claim,
    next: Timestamp,
    pause: bool,
    error: &str,
) -> Result<(), StoreError> {
    let (claim, error) = (claim.clone(), error.to_owned());
    store
        .transaction(move |db| {
            Box::pin(async move {
                back_to_ready(db, &claim, next, 0, Some(error)).await?;
                if pause { chats::pause(db, claim.chat, next).await } else { Ok(()) }
            })
        })
        .await
}

/// It may have been sent: it waits until `next`, then it is looked for.
pub async fn unknown(store: &Store, claim: &Claim, next: Timestamp) -> Result<(), StoreError> {
    let claim = claim.clone();
    store
        .transaction(move |db| {
            Box::pin(async move {
                let error = Some("the outcome is unknown".to_owned());
                back_to_ready(db, &claim, next, 1, error).await
            })
        })
        .await
}

async fn back_to_ready(
    db: &mut AnyConnection,
    claim: &Claim,
    next: Timestamp,
    ambiguous: i64,
    error: Option<String>,
) -> Result<(), StoreError> {
    let set = "state = 'ready', next_at = $4, ambiguous = ambiguous + $5, error = $6";
    let next = next.timestamp_micros();
    change_ours(db, claim, set, |query| query.bind(next).bind(ambiguous).bind(error)).await.map(drop)
}

/// Changes the row while it is ours still: claimed in this epoch, at this try. `set` binds from `$4` on.
/// Answers whether it was ours.
async fn change_ours(
    db: &mut AnyConnection,
    claim: &Claim,
    set: &str,
    bind: impl FnOnce(Values) -> Values,
) -> Result<bool, StoreError> {
    let sql = format!(
        "UPDATE outbox SET {set} WHERE id = $1 AND state = 'sending' AND epoch = $2 AND attempts = $3"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(claim.id).bind(claim.epoch).bind(claim.attempts);
    Ok(bind(query).execute(db).await?.rows_affected() == 1)
}

/// The message to change is gone: the row becomes a new message, in its place in the line.
pub async fn post_instead(store: &Store, claim: &Claim, now: Timestamp) -> Result<(), StoreError> {
    let claim = claim.clone();
    store
        .transaction(move |db| {
            Box::pin(async move {
                let set = "state = 'ready', face = 'post', next_at = $4, ambiguous = 0";
                let now = now.timestamp_micros();
                change_ours(db, &claim, set, |query| query.bind(now)).await.map(drop)
            })
        })
        .await
}

/// Telegram will never take it. A held message keeps its chat waiting until somebody decides about it.
pub async fn failed(
    store: &Store,
    claim: &Claim,
    reason: &str,
    hold: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    let fact = DeliveryEvent::MessageFailed {
        outbox: claim.id,
        chat: claim.chat,
        kind: claim.kind.clone(),
        project: claim.project.clone(),
        task: claim.task.clone(),
        reason: reason.to_owned(),
    };
    end(store, claim, "failed", &fact, if hold { "held" } else { "failed" }, reason, now).await
}

/// Too many unknown outcomes: it will not be sent again by itself.
pub async fn given_up(store: &Store, claim: &Claim, now: Timestamp) -> Result<(), StoreError> {
    let fact = DeliveryEvent::OutcomeUnknown {
        outbox: claim.id,
        chat: claim.chat,
        kind: claim.kind.clone(),
        project: claim.project.clone(),
        task: claim.task.clone(),
        copies: claim.ambiguous,
    };
    end(store, claim, "unknown", &fact, "unknown", "the outcome stays unknown", now).await
}

async fn end(
    store: &Store,
    claim: &Claim,
    word: &str,
    fact: &DeliveryEvent,
    state: &'static str,
    reason: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let change = change(claim, word, fact, now)?;
    let (claim, reason) = (claim.clone(), reason.to_owned());
    let written = store.write_with(change, move |db| {
        let (claim, reason) = (claim.clone(), reason.clone());
        Box::pin(async move {
            let set = "state = $4, error = $5";
            change_ours(db, &claim, set, |query| query.bind(state).bind(reason)).await.map(drop)
        })
    });
    written.await.map(drop)
}

/// Takes messages out of the line that something newer makes needless.
pub async fn drop_unsent(
    store: &Store,
    chat: i64,
    rows: Vec<(i64, String)>,
    reason: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some((first, _)) = rows.first() else { return Ok(()) };
    let mut change =
        Change { command_id: format!("drop:{chat}:{first}:{reason}"), at: now, ..Change::default() };
    for (outbox, kind) in &rows {
        let fact = DeliveryEvent::MessageDropped {
            outbox: *outbox,
            chat,
            kind: kind.clone(),
            reason: reason.to_owned(),
        };
        change.appends.push(fact.append(chat, now)?);
    }
    let reason = reason.to_owned();
    let written = store.write_with(change, move |db| {
        let (rows, reason) = (rows.clone(), reason.clone());
        Box::pin(async move {
            for (id, _) in rows {
                sqlx::query(
                    "UPDATE outbox SET state = 'cancelled', error = $1
                     WHERE id = $2 AND state IN ('ready', 'parked', 'held')",
                )
                .bind(reason.clone())
                .bind(id)
                .execute(&mut *db)
                .await?;
            }
            Ok(())
        })
    });
    written.await.map(drop)
}

/// Lets a held, parked or given-up message into the line again, at its old place.
pub async fn release(store: &Store, ids: Vec<i64>, now: Timestamp) -> Result<(), StoreError> {
    store
        .transaction(move |db| {
            Box::pin(async move {
                for id in ids {
                    sqlx::query(
                        "UPDATE outbox SET state = 'ready', next_at = $1, ambiguous = 0
                         WHERE id = $2 AND state IN ('held', 'parked', 'unknown', 'failed')",
                    )
                    .bind(now.timestamp_micros())
                    .bind(id)
                    .execute(&mut *db)
                    .await?;
                }
                Ok(())
            })
        })
        .await
}

/// A lost copy was taken away, or cannot be.
pub async fn stray_done(store: &Store, chat: i64, message: i64) -> Result<(), StoreError> {
    store
        .transaction(move |db| {
            Box::pin(async move {
                sqlx::query("UPDATE strays SET done = 1 WHERE chat = $1 AND message_id = $2")
                    .bind(chat)
                    .bind(message)
                    .execute(db)
                    .await?;
                Ok(())
            })
        })
        .await
}

fn change(claim: &Claim, word: &str, fact: &DeliveryEvent, now: Timestamp) -> Result<Change, StoreError> {
    Ok(Change {
        command_id: format!("out:{}:{}:{}:{word}", claim.id, claim.epoch, claim.attempts),
        appends: vec![fact.append(claim.chat, now)?],
        at: now,
        ..Change::default()
    })
}
