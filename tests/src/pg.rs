//! One real PostgreSQL server for all tests of a process; it stops when the process does, however it ends.

use std::fs::File;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

static SERVER: OnceLock<Server> = OnceLock::new();

/// The running server.
pub struct Server {
    directory: PathBuf,
    /// Not waited for: the watchdog ends it.
    _process: Child,
    _watchdog: Child,
    /// The watchdog reads it and stops the server at its end, that is, when this process has gone.
    _alive: ChildStdin,
}

/// The server; started at the first call.
pub fn server() -> &'static Server {
    SERVER.get_or_init(Server::start)
}

impl Server {
    /// The address of one of its databases.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.directory.display())
    }

    fn start() -> Self {
        let programs = programs();
        let user = other_user();
        let directory = tempfile::Builder::new().prefix("signoff-pg-").tempdir().expect("a directory").keep();
        if let Some((uid, gid)) = user {
            chown(&directory, Some(uid), Some(gid)).expect("root may give a directory away");
        }
        let data = directory.join("data");
        let mut initdb = Command::new(programs.join("initdb"));
        initdb.arg("-D").arg(&data).args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]);
        let made = become_user(&mut initdb, user).current_dir(&directory).output().expect("initdb runs");
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        let log = File::create(directory.join("log")).expect("a log file");
        let mut postgres = Command::new(programs.join("postgres"));
        postgres.arg("-D").arg(&data).arg("-k").arg(&directory);
        postgres.args(["-c", "listen_addresses=", "-c", "max_connections=200", "-c", "fsync=on"]);
        postgres.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).process_group(0);
        let child =
            become_user(&mut postgres, user).current_dir(&directory).spawn().expect("postgres starts");
        let (watchdog, alive) = watch(child.id(), &directory);
        wait_until_ready(&programs, &directory);
        Self { directory, _process: child, _watchdog: watchdog, _alive: alive }
    }
}

/// The newest installed version.
fn programs() -> PathBuf {
    let mut found: Vec<_> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin| bin.join("postgres").exists())
        .collect();
    found.sort();
    found.pop().expect("PostgreSQL is not installed: run `apt-get install postgresql`")
}

/// PostgreSQL refuses to run as root: then it runs as the user that its package made.
fn other_user() -> Option<(u32, u32)> {
    (id("-u", None) == 0).then(|| (id("-u", Some("postgres")), id("-g", Some("postgres"))))
}

fn id(what: &str, user: Option<&str>) -> u32 {
    let out = Command::new("id").arg(what).args(user).output().expect("id runs");
    String::from_utf8_lossy(&out.stdout)
        .trim()
        .parse()
        .expect("id answers a number: is there a user postgres?")
}

fn become_user(command: &mut Command, user: Option<(u32, u32)>) -> &mut Command {
    if let Some((uid, gid)) = user {
        command.uid(uid).gid(gid);
    }
    command
}

/// Starts a shell that outlives us just long enough to stop the server and remove its files.
fn watch(server: u32, directory: &Path) -> (Child, ChildStdin) {
    let script = "cat >/dev/null; kill -INT \"$0\"
        for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
            test -e \"$1/data/postmaster.pid\" || break; sleep 0.1
        done; kill -9 \"$0\" 2>/dev/null; rm -rf \"$1\"";
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(script).arg(server.to_string()).arg(directory);
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    let mut child = shell.spawn().expect("a shell starts");
    let alive = child.stdin.take().expect("it was asked for a pipe");
    (child, alive)
}

fn wait_until_ready(programs: &Path, directory: &Path) {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let asked = Command::new(programs.join("pg_isready")).arg("-q").arg("-h").arg(directory).status();
        if asked.is_ok_and(|status| status.success()) {
            return;
        }
        let log = || std::fs::read_to_string(directory.join("log")).unwrap_or_default();
        assert!(Instant::now() < deadline, "PostgreSQL did not start:\n{}", log());
        std::thread::sleep(Duration::from_millis(20));
    }
}
