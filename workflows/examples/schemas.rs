//! Writes the schemas of the template files into `workflows/schema`, or with `--check` says which are stale.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR"));
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.iter().any(|arg| arg != "--check") {
        eprintln!("usage: cargo xtask schemas [--check]");
        return ExitCode::FAILURE;
    }
    if !args.is_empty() {
        let stale = workflows::stale_schemas(dir);
        for path in &stale {
            eprintln!("workflows/{path} is stale; cargo xtask schemas writes it");
        }
        return if stale.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    match workflows::write_schemas(dir) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the schemas cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}
