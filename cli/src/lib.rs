//! The command line and the wiring: config, clock, server, demo; the only room that sees all others.

mod args;
mod bot_name;
mod clock;
mod commands;
mod config;
mod config_file;
mod console;
mod failure;
mod files;
mod hint;
mod in_force;
mod key_file;
mod logging;
mod office;
mod random;
mod reload;
mod secret;
mod server;
mod slug;
mod table;
mod task_view;
mod template_file;
mod workshop;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;

use clap::Parser;

pub use config::{Settings, TelegramMode};
pub use failure::Exit;

use args::Args;
use console::Console;
use office::Setup;

/// What the program is given by the machine.
pub struct Outside<'a> {
    pub env: BTreeMap<String, String>,
    /// Where relative paths start.
    pub cwd: PathBuf,
    pub out_is_terminal: bool,
    pub err_is_terminal: bool,
    /// Data.
    pub out: &'a mut (dyn Write + Send),
    /// Words.
    pub err: &'a mut (dyn Write + Send),
}

/// Runs one command line, the program's name first; answers the exit code (see `Exit`).
pub async fn run<I>(args: I, outside: Outside<'_>) -> u8
where
    I: IntoIterator<Item = OsString>,
{
    let mut console = Console::new(
        &outside.env,
        outside.out_is_terminal,
        outside.err_is_terminal,
        outside.out,
        outside.err,
    );
    let args: Vec<OsString> = args.into_iter().collect();
    // Wrong usage has to be told in the way that was asked for, although nothing is parsed yet.
    console.json = args.iter().any(|arg| arg == "--json");
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => return console.usage(&error).code(),
    };
    console.json = args.json;
    let done = match Setup::new(&args, outside.env, &outside.cwd) {
        Ok(setup) => commands::run(args.command, setup, &mut console).await,
        Err(failure) => Err(failure),
    };
    match done {
        Ok(exit) => exit.code(),
        Err(failure) => console.failure(&failure).code(),
    }
}
