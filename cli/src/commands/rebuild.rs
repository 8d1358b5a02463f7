//! `rebuild`: makes read models anew from position 0, while everything else goes on.

use engine::store::Store;
use engine::store::verify::Check;
use serde_json::json;

use super::verify::word;
use crate::clock;
use crate::config_file::nearest;
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::office::{Database, Setup, open_store};

pub async fn run(name: Option<&str>, setup: &Setup, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let known: Vec<&str> = projections::all().iter().map(|projection| projection.name()).collect();
    if let Some(unknown) = name.filter(|name| !known.contains(name)) {
        let failure = Failure::not_found(format!("there is no read model {unknown}"));
        let near = nearest(unknown, known.iter().copied()).map_or_else(|| known.join(", "), str::to_owned);
        return Err(failure.with_hint(format!("signoff rebuild {near}")));
    }
    let store = open_store(&setup.settings, Database::MustExist).await?;
    if let Err(failure) = is_whole(&store).await {
        store.close().await;
        return Err(failure);
    }
    let from = clock::now();
    let lags = store.rebuild(name).await;
    let head = store.head().await;
    store.close().await;
    let (lags, head) = (lags?, head?);
    let took = (clock::now() - from).num_milliseconds();
    let names: Vec<&str> = known.into_iter().filter(|known| name.is_none_or(|name| name == *known)).collect();
    let json = json!({ "rebuilt": names, "position": head.position, "milliseconds": took, "behind": lags });
    if let Some(lag) = lags.first() {
        let why = lag.error.clone().unwrap_or_default();
        return Err(Failure::failed(format!("{} stopped at position {}: {why}", lag.name, lag.position)));
    }
    console
        .answer(&json, &format!("{} rebuilt from {} events in {took} ms", names.join(", "), head.position));
    Ok(Exit::Done)
}

/// What is made from a damaged log would be wrong without anybody seeing it: nothing is made from one.
async fn is_whole(store: &Store) -> Result<(), Failure> {
    let report = store.verify().await?;
    let of_log = |check: Check| check != Check::ReadModel && check != Check::Outbox;
    match report.findings.iter().find(|finding| of_log(finding.check)) {
        None => Ok(()),
        Some(finding) => Err(Failure::failed(format!(
            "the log is damaged, so the read models are left as they are ({}: {})",
            word(finding.check),
            finding.what
        ))
        .with_hint("signoff verify")),
    }
}
