//! getUpdates: the long poll, one at a time.

use std::time::Duration;

use tokio::time::Instant;

use crate::params::Params;
use crate::refusal::Refusal;
use crate::server::Inner;
use crate::state::State;
use crate::webhook;

/// Waits up to `timeout` seconds for updates; answers the raw JSON array.
pub(crate) async fn get_updates(inner: &Inner, params: &Params) -> Result<String, Refusal> {
    let limit = usize::try_from(params.int("limit").unwrap_or(100)).unwrap_or(100).clamp(1, 100);
    let seconds = u64::try_from(params.int("timeout").unwrap_or(0)).unwrap_or(0).min(50);
    let deadline = Instant::now() + Duration::from_secs(seconds);
    let mut changes = inner.changes();
    let ticket = inner.change(|state| begin(state, params))?;
    loop {
        changes.borrow_and_update();
        if let Some(bodies) = inner.read(|state| step(state, ticket, limit))? {
            inner.poke();
            return Ok(format!("[{}]", bodies.join(",")));
        }
        tokio::select! {
            _ = changes.changed() => {}
            () = tokio::time::sleep_until(deadline) => return Ok("[]".to_owned()),
            () = inner.stopped() => return Err(Refusal::server_error()),
        }
    }
}

fn begin(state: &mut State, params: &Params) -> Result<u64, Refusal> {
    check_no_webhook(state)?;
    webhook::take_allowed(state, params)?;
    state.expire_updates();
    state.confirm(params.int("offset").unwrap_or(0));
    state.updates.poll += 1;
    Ok(state.updates.poll)
}

fn step(state: &mut State, ticket: u64, limit: usize) -> Result<Option<Vec<String>>, Refusal> {
    check_no_webhook(state)?;
    if state.updates.poll != ticket {
        return Err(Refusal::two_pollers());
    }
    state.expire_updates();
    let bodies = state.hand_out(limit);
    Ok(if bodies.is_empty() { None } else { Some(bodies) })
}

fn check_no_webhook(state: &State) -> Result<(), Refusal> {
    if state.webhook.is_some() {
        return Err(Refusal::conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        ));
    }
    Ok(())
}
