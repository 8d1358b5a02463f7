//! Keeping the state between runs: one JSON file, replaced in one step.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use crate::server::{Inner, Options};
use crate::state::State;

const FILE: &str = "sandbox.json";

/// The state of an earlier run, or a new one; a file that cannot be read is an error, not a fresh start.
pub(crate) fn load(options: &Options) -> io::Result<State> {
    let mut state = match &options.state_dir {
        Some(folder) => {
            fs::create_dir_all(folder)?;
            read(&folder.join(FILE))?
        }
        None => None,
    }
    .unwrap_or_else(|| {
        let (token, name) = (options.token.clone(), options.bot_username.clone());
        State::new(token, name, options.seed, options.privacy, options.enforce_limits)
    });
    state.token.clone_from(&options.token);
    state.bot_username.clone_from(&options.bot_username);
    state.privacy = options.privacy;
    state.enforce_limits = options.enforce_limits;
    state.wake(options.seed);
    Ok(state)
}

fn read(path: &Path) -> io::Result<Option<State>> {
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| {
            io::Error::new(io::ErrorKind::InvalidData, format!("{}: {error}", path.display()))
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes the state if it changed since the last time.
pub(crate) fn save(inner: &Inner) -> io::Result<()> {
    let Some(folder) = inner.state_dir.as_ref().filter(|_| inner.take_dirty()) else {
        return Ok(());
    };
    let bytes = inner.read(|state| serde_json::to_vec(state)).map_err(io::Error::other)?;
    let fresh = folder.join("sandbox.json.new");
    let mut file = fs::File::create(&fresh)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    fs::rename(&fresh, folder.join(FILE))
}

/// Saves about once a second until the sandbox stops.
pub(crate) async fn save_forever(inner: Arc<Inner>) {
    while !inner.is_stopping() {
        inner.pause(1_000).await;
        let own = Arc::clone(&inner);
        let saved = tokio::task::spawn_blocking(move || save(&own)).await;
        if !matches!(saved, Ok(Ok(()))) {
            tracing::error!(?saved, "the sandbox's state could not be saved");
        }
    }
}
