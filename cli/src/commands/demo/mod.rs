//! `demo`: a filled example agency with a Telegram of its own, without a token or a network.

mod cast;
mod seed;
mod story;

use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use sandbox::{Options, Sandbox};
use serde_json::json;
use tokio::sync::watch;

use engine::domain::PersonId;

use super::init;
use super::person::sign_in_link;
use super::serve::listen;
use crate::config;
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::logging;
use crate::office::{Database, Office, Setup};
use crate::server::{Server, asked_to_stop};
use seed::Seeded;

/// Good for the sandbox and nothing else.
const TOKEN: &str = "7000000001:sandbox-token";
/// The file is ours as long as it begins so; a changed one is left alone.
const OURS: &str =
    "# Written by `signoff demo` at each start; take this line away to keep your own changes.\n";

pub async fn run(
    setup: &Setup,
    dir: &Path,
    port: u16,
    database: Option<String>,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let dir = setup.cwd.join(dir);
    let _lock = alone(&dir)?;
    let setup = prepare(setup, &dir, port, database.as_deref())?;
    logging::start(&setup.settings, console.colours())?;
    let sandbox = start_sandbox(&dir, port).await?;
    let done = with_sandbox(&setup, &dir, &sandbox, console).await;
    if let Err(error) = sandbox.stop().await {
        tracing::warn!(%error, "the chats could not be saved");
    }
    done
}

/// One demo per folder: the lock ends with the process.
fn alone(dir: &Path) -> Result<File, Failure> {
    let cannot =
        |error: std::io::Error| Failure::failed(format!("{} cannot be used: {error}", dir.display()));
    std::fs::create_dir_all(dir).map_err(cannot)?;
    let file = File::create(dir.join(".demo.lock")).map_err(cannot)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let text = format!("a demo is running in {} already", dir.display());
            Err(Failure::failed(text).with_hint("signoff demo --dir ANOTHER --port 8190"))
        }
        Err(TryLockError::Error(error)) => Err(cannot(error)),
    }
}

async fn with_sandbox(
    setup: &Setup,
    dir: &Path,
    sandbox: &Sandbox,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let office = Office::open(setup, Database::MayBeMade).await?;
    office.publish_templates().await?;
    let listener = listen(setup.settings.listen).await?;
    let (tell, stop) = watch::channel(false);
    let server = Server {
        app: office.app.clone(),
        catalogue: office.catalogue.clone(),
        keeper: office.templates.keeper.clone(),
        settings: setup.settings.clone(),
        at_full_speed: true,
        token_again: None,
    };
    let mut running = tokio::spawn(server.run(listener, stop));
    let work = async {
        let seeded = seed::fill(&office, sandbox).await?;
        let board = sign_in_link(&PersonId::from(cast::STAFF[0].id), &office).await?.0;
        show(&seeded, (&board, setup, dir), sandbox, console);
        std::future::pending::<Result<(), Failure>>().await
    };
    let done = tokio::select! {
        done = work => done,
        ended = &mut running => return ended.unwrap_or_else(|error| Err(Failure::failed(error.to_string()))).map(|()| Exit::Done),
        () = asked_to_stop() => Ok(()),
    };
    // Nobody listens any more if it has ended by itself.
    let _ = tell.send(true);
    let ended = running.await.unwrap_or_else(|error| Err(Failure::failed(error.to_string())));
    console.words("Stopped; `signoff demo` goes on from here.");
    done.and(ended).map(|()| Exit::Done)
}

/// Templates and settings in the folder, and the settings read from there.
fn prepare(setup: &Setup, dir: &Path, port: u16, database: Option<&str>) -> Result<Setup, Failure> {
    let cannot = |error: std::io::Error| {
        Failure::failed(format!("{} cannot be written: {error}", dir.display()))
            .with_hint("signoff demo --dir FOLDER")
    };
    std::fs::create_dir_all(dir).map_err(cannot)?;
    let file = dir.join("signoff.toml");
    let is_ours = std::fs::read_to_string(&file).map_or(true, |text| text.starts_with(OURS));
    if is_ours {
        std::fs::write(&file, settings_text(port, database)).map_err(cannot)?;
    }
    init::write_all(dir, "en").map_err(cannot)?;
    // A real token or database in the environment must not get into an example.
    let env: BTreeMap<String, String> = setup
        .env
        .iter()
        .filter(|(key, _)| key.starts_with("SIGNOFF_LOG_"))
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect();
    let settings = config::load(Some(&file), &env, dir)?;
    let lang = setup.lang.clone();
    Ok(Setup { settings, env, cwd: PathBuf::from(dir), by: None, lang, command_id: None, file: None })
}

fn settings_text(port: u16, database: Option<&str>) -> String {
    let url = database.unwrap_or("sqlite:data/signoff.db");
    let url = url.replace('\\', "\\\\").replace('"', "\\\"");
    let (staff, next) = (cast::STAFF_CHAT, port.saturating_add(1));
    format!(
        "{OURS}
[database]
url = \"{url}\"

[telegram]
token = \"{TOKEN}\"
api_url = \"http://127.0.0.1:{port}\"
staff_chat = {staff}
probe = true
quiet_hours = false

[workflows]
dir = \"workflows\"

[server]
listen = \"127.0.0.1:{next}\"

[log]
level = \"warn\"
"
    )
}

async fn start_sandbox(dir: &Path, port: u16) -> Result<Sandbox, Failure> {
    let options = Options {
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        token: TOKEN.to_owned(),
        bot_username: cast::BOT.to_owned(),
        state_dir: Some(dir.join("telegram")),
        ..Options::default()
    };
    Sandbox::start(options).await.map_err(|error| {
        Failure::failed(format!("the chats cannot be served on port {port}: {error}"))
            .with_hint(format!("signoff demo --port {}", port.saturating_add(10)))
    })
}

fn show(
    seeded: &[Seeded],
    (board, setup, dir): (&str, &Setup, &Path),
    sandbox: &Sandbox,
    console: &mut Console<'_>,
) {
    let server = format!("http://{}", setup.settings.listen);
    let projects: Vec<_> = seeded
        .iter()
        .map(
            |one| json!({ "project": one.project, "client": one.client, "chat": one.chat, "where": one.now }),
        )
        .collect();
    let chats = match seeded.first() {
        Some(one) => sandbox.page_url_for(one.chat, cast::STAFF_CHAT),
        None => sandbox.page_url(),
    };
    let json = json!({ "dir": dir, "board": board, "chats": chats, "server": server, "projects": projects });
    let lines =
        seeded.iter().map(|one| format!("  {:<18} {:<13} {}", one.name, one.project.as_str(), one.now));
    let lines: Vec<String> = lines.collect();
    let (place, name) = (dir.display(), cast::STAFF[0].name);
    let text = format!(
        "An example agency is at work in {place}. Ctrl-C stops it; the next start goes on where it was.

  Board   {board}    as {name}; the link works once, for 10 minutes
  Chats   {chats}    read, type and press as each person
  Health  {server}/readyz

{}

In another terminal (`signoff` is `cargo run --` here):
  signoff -C {place} project list
  signoff -C {place} project show ранок
  signoff -C {place} task submit green/accounts --as maksym
  signoff -C {place} person link olena        another link to the board
  signoff -C {place} events --follow",
        lines.join("\n"),
    );
    console.answer(&json, &text);
}

#[cfg(test)]
mod tests {
    use engine::domain::Actor;

    use super::*;

    async fn setup(dir: &Path, sandbox: &Sandbox) -> (Setup, Office) {
        let outside = Setup::plain(dir);
        let mut setup = prepare(&outside, dir, 1, None).unwrap();
        setup.settings.telegram.api_url = sandbox.api_url();
        setup.settings.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let office = Office::open(&setup, Database::MayBeMade).await.unwrap();
        (setup, office)
    }

    /// Starts everything, waits until the client is asked to decide, stops; counts what was decided by people.
    async fn started(dir: &Path, sandbox: &Sandbox) -> (Vec<Seeded>, usize) {
        let (setup, office) = setup(dir, sandbox).await;
        let listener = listen(setup.settings.listen).await.unwrap();
        let (tell, stop) = watch::channel(false);
        let (app, catalogue, settings) = (office.app.clone(), office.catalogue.clone(), setup.settings);
        let server =
            Server { app, catalogue, keeper: None, settings, at_full_speed: true, token_again: None };
        let running = tokio::spawn(server.run(listener, stop));
        let seeded = seed::fill(&office, sandbox).await.unwrap();
        let events = office.store().events(0, 10_000).await.unwrap();
        let decided =
            events.iter().filter(|event| event.aggregate != "deliveries" && event.by != Actor::Timer).count();
        let client = cast::CLIENTS[0].chat;
        let waits = async {
            while !sandbox.messages(client).iter().any(|message| !message.buttons.is_empty()) {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(30), waits)
            .await
            .expect("a decision is asked for");
        tell.send(true).unwrap();
        running.await.unwrap().unwrap();
        (seeded, decided)
    }

    #[tokio::test]
    async fn the_example_is_filled_once_and_goes_on_where_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let options =
            Options { token: TOKEN.to_owned(), bot_username: cast::BOT.to_owned(), ..Options::default() };
        let sandbox = Sandbox::start(options).await.unwrap();
        let (first, decided) = started(dir.path(), &sandbox).await;
        let told: Vec<&str> = first.iter().map(|one| one.now.as_str()).collect();
        assert_eq!(
            told,
            [
                "content_plan: awaiting approval",
                "accounts: in progress",
                "communication: in progress",
                "accounts: in review",
                "communication: ready",
                "communication: in progress",
                "communication: in progress",
            ]
        );
        let (again, later) = started(dir.path(), &sandbox).await;
        assert_eq!(later, decided, "a second start writes nothing new");
        assert_eq!(again[0].project, first[0].project);
        sandbox.stop().await.unwrap();
    }

    #[test]
    fn settings_that_were_made_ones_own_are_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let outside = Setup::plain(dir.path());
        prepare(&outside, dir.path(), 9_000, None).unwrap();
        let file = dir.path().join("signoff.toml");
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains("http://127.0.0.1:9000"), "{text}");
        let own = text.replace(OURS, "# mine\n");
        std::fs::write(&file, &own).unwrap();
        prepare(&outside, dir.path(), 9_100, None).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), own);
    }

    #[test]
    fn a_token_of_the_outside_does_not_get_into_the_example() {
        let dir = tempfile::tempdir().unwrap();
        let mut outside = Setup::plain(dir.path());
        outside.env.insert("SIGNOFF_TELEGRAM_TOKEN".to_owned(), "1:real".to_owned());
        outside.env.insert("SIGNOFF_DATABASE_URL".to_owned(), "postgres://real".to_owned());
        let setup = prepare(&outside, dir.path(), 9_000, None).unwrap();
        assert_eq!(setup.settings.telegram.token.reveal(), TOKEN);
        assert!(setup.settings.database_url.starts_with("sqlite:"));
    }
}
