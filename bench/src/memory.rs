//! What a running server weighs: resident memory of `signoff serve`, as the kernel tells it.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use journeys::db;

use crate::figures::Table;

/// At rest, on an empty database.
pub async fn run(table: &mut Table) {
    let db = db::sqlite();
    weigh(table, "memory of `serve` at rest", &db.url, Some(60.0)).await;
}

/// Starts the release binary on a database, waits until it is calm, and weighs it.
pub async fn weigh(table: &mut Table, what: &str, url: &str, target: Option<f64>) {
    let Some(mut server) = serve(url) else {
        eprintln!("{what}: not measured, the binary `signoff` is not beside this one");
        return;
    };
    tokio::time::sleep(Duration::from_secs(3)).await;
    let resident = resident(&server);
    // The process is ours; it may be gone already.
    let _ = server.kill();
    let _ = server.wait();
    match resident {
        Some(mib) => table.less(what, "SQLite, release build", mib, "MiB", target),
        None => eprintln!("{what}: not measured, the server did not stay up"),
    }
}

fn serve(url: &str) -> Option<Child> {
    let binary: PathBuf = std::env::current_exe().ok()?.with_file_name("signoff");
    let directory = tempfile::tempdir().ok()?.keep();
    Command::new(binary)
        .arg("serve")
        .current_dir(directory)
        .env("SIGNOFF_DATABASE_URL", url)
        .env("SIGNOFF_TELEGRAM_MODE", "off")
        .env("SIGNOFF_SERVER_LISTEN", "127.0.0.1:0")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()
}

fn resident(server: &Child) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kib / 1_024.0)
}
