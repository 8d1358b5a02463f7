//! `demo`.

use std::path::Path;

use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::office::Setup;

pub async fn run(
    _setup: &Setup,
    _dir: &Path,
    _port: u16,
    _database: Option<String>,
    _console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    Err(Failure::failed("x"))
}
