//! Logging: lines on the standard error, for people or for collectors.

use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, Settings};
use crate::failure::Failure;

/// Starts the log lines of a long-running command; a second start changes nothing.
pub fn start(settings: &Settings, colours: bool) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&settings.log_level).map_err(|error| {
        Failure::usage(format!("log.level: {error}")).with_hint("use error, warn, info, debug or trace")
    })?;
    let lines =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
    let _already = match settings.log_format {
        LogFormat::Text => lines.with_target(false).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
    Ok(())
}
