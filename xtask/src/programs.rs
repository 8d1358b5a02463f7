//! Makes sure that the programs which tests start are there: a PostgreSQL server, and a browser with its driver.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

const NO_POSTGRES: &str = "the tests start a PostgreSQL server of their own and found none.\n\
    Install one: apt-get install postgresql (Debian, Ubuntu), dnf install postgresql-server (Fedora), \
    or put initdb and postgres on the PATH.";

const NO_BROWSER: &str = "the tests start a browser of their own and found none.\n\
    Install it: apt-get install chromium chromium-driver (Debian), dnf install chromium chromedriver (Fedora), \
    or put chromium and chromedriver on the PATH.";

/// Finds PostgreSQL's programs, or installs Debian's package.
pub fn postgres() -> Result<()> {
    let found = || on_path("initdb") || debian().iter().any(|dir| dir.join("initdb").exists());
    ensure("PostgreSQL", &["postgresql"], found, NO_POSTGRES)
}

/// Finds Chromium and its driver, or installs Debian's packages.
pub fn browser() -> Result<()> {
    let found = || on_path("chromedriver") && on_path("chromium");
    ensure("Chromium", &["chromium", "chromium-driver"], found, NO_BROWSER)
}

fn ensure(name: &str, packages: &[&str], found: impl Fn() -> bool, help: &str) -> Result<()> {
    if found() {
        return Ok(());
    }
    println!("── installing {name} from Debian's packages");
    if !Path::new("/usr/bin/apt-get").exists() {
        bail!("{help}");
    }
    let install = [&["install", "-y", "--no-install-recommends"][..], packages].concat();
    for args in [&["update"][..], &install] {
        let status = privileged("apt-get").args(args).env("DEBIAN_FRONTEND", "noninteractive").status();
        if !status.context("apt-get could not be started")?.success() {
            bail!("{help}");
        }
    }
    if found() { Ok(()) } else { bail!("{help}") }
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

fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|dir| dir.join(program).exists())
}

fn debian() -> Vec<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    versions.map(|version| version.path().join("bin")).collect()
}
