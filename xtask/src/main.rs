//! The project's own commands: `cargo xtask test`, `bench`, `schemas` and `vendor`.
#![expect(clippy::print_stdout, reason = "this program speaks to people at a terminal")]

mod counts;
mod editor;
mod programs;
mod vendor;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};
use counts::Counts;

const USAGE: &str = "usage: cargo xtask test [FILTER] | cargo xtask bench [--quick] | cargo xtask schemas [--check] | cargo xtask vendor [--check]";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let done = match args.first().map(String::as_str) {
        Some("test") => test(args.get(1).map(String::as_str)),
        Some("bench") => bench(&args[1..]),
        Some("schemas") => schemas(&args[1..]),
        Some("vendor") if args.get(1).is_some_and(|arg| arg == "--check") => vendored(),
        Some("vendor") if args.len() == 1 => {
            root().and_then(|root| editor::make(&root)).and_then(|()| vendored())
        }
        _ => Err(anyhow::anyhow!(USAGE)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Formatting, lints, every test on both databases; ends with a line of counts.
fn test(filter: Option<&str>) -> Result<()> {
    programs::postgres()?;
    programs::browser()?;
    if filter.is_none() {
        vendored()?;
        step("formatting", cargo(&["fmt", "--all", "--check"]))?;
        let lints = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
        step("lints", cargo(&lints))?;
    }
    // The command line is built as a person builds it: the process tests start that very binary.
    step("the binary", cargo(&["build", "--locked", "--package", "signoff"]))?;
    let counts = run_tests(filter)?;
    println!("\n{counts}");
    if counts.failed > 0 || counts.broken {
        bail!("tests failed");
    }
    if counts.passed == 0 {
        bail!("no test ran");
    }
    Ok(())
}

/// The benchmark, in release mode, one table on standard output.
fn bench(args: &[String]) -> Result<()> {
    programs::postgres()?;
    programs::browser()?;
    // The bench weighs the server that people run, so that is built beside it.
    step("the binary", cargo(&["build", "--release", "--locked", "--quiet", "--package", "signoff"]))?;
    let mut command = cargo(&["run", "--release", "--locked", "--quiet", "--package", "bench", "--"]);
    command.args(args);
    step("bench", command)
}

/// The schemas that editors use, written anew from the declaration of the files; `--check` only says which are stale.
fn schemas(args: &[String]) -> Result<()> {
    let run = ["run", "--locked", "--quiet", "--package", "workflows", "--example", "schemas", "--"];
    let mut command = cargo(&run);
    command.args(args);
    step("schemas", command)
}

/// Whether what comes from elsewhere is what its list says.
fn vendored() -> Result<()> {
    println!("── vendored files");
    println!("{} files are what VENDOR.toml says", vendor::check(&root()?)?);
    Ok(())
}

fn root() -> Result<PathBuf> {
    Ok(Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("the workspace")?.to_owned())
}

fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args);
    command
}

fn step(name: &str, mut command: Command) -> Result<()> {
    println!("── {name}");
    let status = command.status().with_context(|| format!("{name} could not be started"))?;
    if !status.success() {
        bail!("{name} failed");
    }
    Ok(())
}

fn run_tests(filter: Option<&str>) -> Result<Counts> {
    println!("── tests");
    let mut command = cargo(&["test", "--workspace", "--locked", "--no-fail-fast"]);
    if let Some(filter) = filter {
        command.args(["--", filter]);
    }
    let mut child = command.stdout(Stdio::piped()).spawn().context("tests could not be started")?;
    let mut counts = Counts::default();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line?;
            println!("{line}");
            counts.read(&line);
        }
    }
    counts.broken = !child.wait()?.success();
    Ok(counts)
}
