//! The program `signoff`: everything it does stands in the library beside it.

use std::io::IsTerminal;
use std::process::ExitCode;

use signoff::{Outside, run};

fn main() -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return said(&format!("the program cannot start its threads: {error}")),
    };
    let cwd = match std::env::current_dir() {
        Ok(cwd) => cwd,
        Err(error) => return said(&format!("the current folder cannot be read: {error}")),
    };
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    let outside = Outside {
        env: std::env::vars().collect(),
        cwd,
        out_is_terminal: out.is_terminal(),
        err_is_terminal: err.is_terminal(),
        out: &mut out,
        err: &mut err,
    };
    let exit = runtime.block_on(run(std::env::args_os(), outside));
    runtime.shutdown_timeout(std::time::Duration::from_millis(500));
    ExitCode::from(exit)
}

#[expect(clippy::print_stderr, reason = "nothing else is there yet to say it with")]
fn said(text: &str) -> ExitCode {
    eprintln!("error: {text}");
    ExitCode::FAILURE
}
