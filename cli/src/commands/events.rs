//! `events`: the log as one JSON object a line.

use std::time::Duration;

use engine::domain::StreamId;
use engine::store::Store;

use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::office::{Database, Office, Setup};
use crate::server::asked_to_stop;

const PAGE: i64 = 500;
/// How soon another process's facts are seen.
const POLL: Duration = Duration::from_millis(200);

pub async fn run(
    project: Option<&str>,
    after: i64,
    follow: bool,
    setup: &Setup,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let office = Office::open(setup, Database::MustExist).await?;
    let stream = match project {
        Some(typed) => Some(office.find_project(typed).await?.0.stream()),
        None => None,
    };
    let mut stop = std::pin::pin!(asked_to_stop());
    let mut from = after;
    let done = loop {
        match page(office.store(), from, stream, console).await {
            Ok(Some(last)) => {
                from = last;
                continue;
            }
            Ok(None) if follow => {}
            Ok(None) | Err(Gone::Reader) => break Ok(Exit::Done),
            Err(Gone::Log(failure)) => break Err(failure),
        }
        tokio::select! {
            () = &mut stop => break Ok(Exit::Done),
            () = tokio::time::sleep(POLL) => {}
        }
    };
    office.close().await;
    done
}

/// Why there is nothing more to write.
enum Gone {
    /// Whoever read our lines has gone away.
    Reader,
    Log(Failure),
}

/// Writes a page; answers its last position, or `None` at the end of the log.
async fn page(
    store: &Store,
    after: i64,
    only: Option<StreamId>,
    console: &mut Console<'_>,
) -> Result<Option<i64>, Gone> {
    let events = store.events(after, PAGE).await.map_err(|error| Gone::Log(error.into()))?;
    for event in events.iter().filter(|event| only.is_none_or(|only| event.stream == only)) {
        let line =
            serde_json::to_string(event).map_err(|error| Gone::Log(Failure::failed(error.to_string())))?;
        console.data(&line).map_err(|_| Gone::Reader)?;
    }
    Ok(events.last().map(|event| event.position))
}
