//! Makes sure that a PostgreSQL server is there for the tests to start.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

const HELP: &str = "the tests start a PostgreSQL server of their own and found none.\n\
    Install one: apt-get install postgresql (Debian, Ubuntu), dnf install postgresql-server (Fedora), \
    or put initdb and postgres on the PATH.";

/// Finds PostgreSQL's programs, or installs Debian's package.
pub fn ensure() -> Result<()> {
    if found() {
        return Ok(());
    }
    println!("── installing PostgreSQL from Debian's packages");
    if !Path::new("/usr/bin/apt-get").exists() {
        bail!(HELP);
    }
    for args in [&["update"][..], &["install", "-y", "--no-install-recommends", "postgresql"][..]] {
        let status = privileged("apt-get").args(args).env("DEBIAN_FRONTEND", "noninteractive").status();
        if !status.context("apt-get could not be started")?.success() {
            bail!(HELP);
        }
    }
    if found() { Ok(()) } else { bail!(HELP) }
}

fn privileged(program: &str) -> Command {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.starts_with(b"0\n"));
    if is_root {
        return Command::new(program);
    }
    let mut command = Command::new("sudo");
    command.args(["-n", program]);
    command
}

fn found() -> bool {
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&on_path).chain(debian()).any(|dir| dir.join("initdb").exists())
}

fn debian() -> Vec<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    versions.map(|version| version.path().join("bin")).collect()
}
