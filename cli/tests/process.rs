//! The program as a process: it serves, it stops when told to, and the command line works beside it.
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_mins(1);

/// A process that does not outlive its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    fn tell(&self, signal: &str) {
        let told = Command::new("kill").args([signal, &self.0.id().to_string()]).status().unwrap();
        assert!(told.success());
    }

    fn ended(&mut self, within: Duration) -> ExitStatus {
        let from = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait().unwrap() {
                return status;
            }
            assert!(from.elapsed() < within, "the process is still there");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn signoff(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_signoff"));
    command.current_dir(dir).env_clear();
    command
}

/// Two free ports in a row, as the demo takes them.
fn free_ports() -> u16 {
    loop {
        let first = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = first.local_addr().unwrap().port();
        if port < u16::MAX && TcpListener::bind(("127.0.0.1", port + 1)).is_ok() {
            return port;
        }
    }
}

fn get(port: u16, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

fn until<T>(mut look: impl FnMut() -> Option<T>) -> T {
    let from = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(from.elapsed() < PATIENCE, "it did not come");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_server_answers_health_checks_and_stops_at_sigterm() {
    let dir = tempfile::tempdir().unwrap();
    assert!(signoff(dir.path()).arg("init").output().unwrap().status.success());
    let port = free_ports();
    let mut command = signoff(dir.path());
    command.arg("serve").env("SIGNOFF_SERVER_LISTEN", format!("127.0.0.1:{port}"));
    let mut server = Running(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap());
    assert!(until(|| get(port, "/healthz")).starts_with("HTTP/1.1 200"));
    let ready = until(|| get(port, "/readyz"));
    assert!(ready.starts_with("HTTP/1.1 200") && ready.contains("\"ready\":true"), "{ready}");
    let beside = signoff(dir.path())
        .args(["person", "add", "olena", "--name", "Олена", "--role", "pm"])
        .output()
        .unwrap();
    assert!(beside.status.success(), "{beside:?}");

    let mut second = signoff(dir.path());
    second.arg("serve").env("SIGNOFF_SERVER_LISTEN", format!("127.0.0.1:{port}"));
    let second = second.output().unwrap();
    assert_eq!(second.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&second.stderr).contains("hint:"));

    server.tell("-TERM");
    assert!(server.ended(PATIENCE).success());
    let mut said = String::new();
    server.0.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(said, "", "a server has no data to print");
}

#[test]
fn the_demo_runs_without_a_token_ends_at_ctrl_c_and_goes_on_at_the_next_start() {
    let dir = tempfile::tempdir().unwrap();
    let mut projects = Vec::new();
    for _ in 0..2 {
        let port = free_ports().to_string();
        let mut command = signoff(dir.path());
        command.args(["demo", "--json", "--port", &port]);
        let mut demo = Running(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
        let mut line = String::new();
        BufReader::new(demo.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let document: serde_json::Value = serde_json::from_str(&line).unwrap();
        projects.push(document["projects"][0]["project"].clone());
        let beside =
            signoff(dir.path()).args(["-C", "demo-agency", "project", "list", "--json"]).output().unwrap();
        let listed: serde_json::Value = serde_json::from_slice(&beside.stdout).unwrap();
        assert_eq!(listed["projects"].as_array().unwrap().len(), 7);
        demo.tell("-INT");
        assert!(demo.ended(PATIENCE).success());
    }
    assert_eq!(projects[0], projects[1]);
    let verified = signoff(dir.path()).args(["-C", "demo-agency", "verify"]).output().unwrap();
    assert!(verified.status.success(), "{verified:?}");
}

#[test]
fn events_are_followed_while_others_write() {
    let dir = tempfile::tempdir().unwrap();
    assert!(signoff(dir.path()).arg("init").output().unwrap().status.success());
    let mut follow =
        Running(signoff(dir.path()).args(["events", "--follow"]).stdout(Stdio::piped()).spawn().unwrap());
    let mut lines = BufReader::new(follow.0.stdout.take().unwrap()).lines();
    assert!(signoff(dir.path()).args(["client", "add", "Ранок"]).output().unwrap().status.success());
    let event: serde_json::Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    assert_eq!(event["type"], "client_added");
    follow.tell("-INT");
    assert!(follow.ended(PATIENCE).success());
}

/// Where the server said that it listens; 0 until it has.
fn port_in(log: &Path) -> u16 {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let address = text.split("address=127.0.0.1:").nth(1).unwrap_or_default();
    let digits: String = address.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_is_told_and_a_valid_one_in_its_file_is_taken_without_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = sandbox::Sandbox::start(sandbox::Options::default()).await.unwrap();
    let (token, log) = (dir.path().join("token"), dir.path().join("log"));
    std::fs::write(&token, "7000000001:revoked\n").unwrap();
    assert!(signoff(dir.path()).arg("init").output().unwrap().status.success());
    let mut command = signoff(dir.path());
    command
        .arg("serve")
        .env("SIGNOFF_SERVER_LISTEN", "127.0.0.1:0")
        .env("SIGNOFF_TELEGRAM_TOKEN_FILE", "token")
        .env("SIGNOFF_TELEGRAM_API_URL", sandbox.api_url())
        .env("NO_COLOR", "1")
        .stderr(std::fs::File::create(&log).unwrap());
    let mut server = Running(command.stdout(Stdio::null()).spawn().unwrap());
    let port = until(|| Some(port_in(&log)).filter(|port| *port > 0));
    let refused = until(|| get(port, "/readyz").filter(|ready| ready.contains("token refused")));
    assert!(refused.starts_with("HTTP/1.1 503") && refused.contains("\"ready\":false"), "{refused}");
    assert!(refused.contains("Put a valid token into telegram.token"), "{refused}");
    let said = std::fs::read_to_string(&log).unwrap();
    assert!(said.contains("Telegram refuses the bot's token") && !said.contains("webhook"), "{said}");

    std::fs::write(&token, sandbox::Options::default().token).unwrap();
    let ready = until(|| get(port, "/readyz").filter(|ready| ready.contains("\"telegram\":\"on\"")));
    assert!(ready.starts_with("HTTP/1.1 200") && ready.contains("\"ready\":true"), "{ready}");
    sandbox.add_person(9, "Петро", None, Some("uk")).unwrap();
    sandbox.open_link(9, None, "https://t.me/signoff_bot?start=AAAAAAAAAAAAAAAAAAAAAA").unwrap();
    until(|| sandbox.messages(9).into_iter().find(|message| message.is_bot));
    server.tell("-TERM");
    assert!(server.ended(PATIENCE).success());
}

#[test]
fn the_first_administrator_gets_a_password_from_a_pipe_and_never_as_an_argument() {
    let dir = tempfile::tempdir().unwrap();
    for args in [&["init"][..], &["user", "add", "vira", "--name", "Віра", "--role", "owner"]] {
        let said = signoff(dir.path()).args(args).output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    }
    let give = |password: &str| {
        let mut asked = signoff(dir.path());
        asked.args(["user", "passwd", "vira", "--json"]);
        asked.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut asked = asked.spawn().unwrap();
        asked.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        asked.wait_with_output().unwrap()
    };
    let easy = give("123456\n");
    assert_eq!(easy.status.code(), Some(4), "{}", String::from_utf8_lossy(&easy.stderr));
    let kept = give("кавун на підвіконні\n");
    let said: serde_json::Value = serde_json::from_slice(&kept.stdout).unwrap();
    assert!(said["address"].as_str().unwrap().starts_with("otpauth://totp/"), "{said}");
    assert!(said["secret"].as_str().unwrap().len() >= 32, "{said}");
    let events = signoff(dir.path()).args(["events"]).output().unwrap();
    let events = String::from_utf8(events.stdout).unwrap();
    assert!(events.contains("password_set") && !events.contains(said["secret"].as_str().unwrap()));
}
