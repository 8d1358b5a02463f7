//! From a command to the request at the Bot API: decided, stored, claimed and on the wire.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bot::bot::{Bot, BotOptions};
use bot::run::Mode;
use bot::secret::Secret;
use engine::domain::project::ProjectCommand;
use journeys::db::Db;
use journeys::desk::{STAFF_CHAT, ask, catalogue, done, person};
use journeys::house::voice;
use sandbox::{ChatKind, Options, Sandbox};
use tokio::sync::watch;

use crate::Size;
use crate::figures::{Table, percentile};
use crate::transitions::{agency, durability};

/// One command after another, each waited for until the sandbox sees its request.
pub async fn run(table: &mut Table, db: &Db, size: Size) {
    let mut took = measure(db, size.messages).await;
    took.sort();
    let durable = durability(db);
    table.less("command to Bot API request, p50", durable, percentile(&took, 0.5), "ms", None);
    table.less("command to Bot API request, p99", durable, percentile(&took, 0.99), "ms", Some(25.0));
}

async fn measure(db: &Db, messages: usize) -> Vec<Duration> {
    let sandbox = Sandbox::start(Options::default()).await.expect("a sandbox");
    sandbox.add_person(1001, "Олена", None, None).expect("a person");
    sandbox.add_chat(STAFF_CHAT, ChatKind::Group, "Маяк").expect("a chat");
    sandbox.return_bot(STAFF_CHAT).expect("in the chat");
    let (app, projects) = agency(db, 1, now()).await;
    let token = Secret::new(Options::default().token);
    let options = BotOptions { pace: None, ..BotOptions::new(sandbox.api_url(), token, Arc::new(now)) };
    let bot = Bot::new(options, app.clone(), voice(&catalogue())).expect("a bot");
    let (stop, stopped) = watch::channel(false);
    let running = tokio::spawn(async move { bot.run(Mode::Polling, stopped).await });
    tokio::time::sleep(Duration::from_secs(2)).await;
    let mut took = Vec::new();
    for n in 0..messages {
        let task = "communication".into();
        let command =
            if n % 2 == 0 { ProjectCommand::PauseTask { task } } else { ProjectCommand::ResumeTask { task } };
        let seen = requests(&sandbox);
        let asked = Instant::now();
        done(app.project(&projects[0], ask(now(), person("olena"), command)).await.expect("stored"));
        while requests(&sandbox) == seen && asked.elapsed() < Duration::from_secs(5) {
            tokio::time::sleep(Duration::from_micros(200)).await;
        }
        took.push(asked.elapsed());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    stop.send(true).expect("the bot listens");
    running.await.expect("the bot ends");
    app.store().close().await;
    took
}

/// How many messages were sent or changed so far.
fn requests(sandbox: &Sandbox) -> usize {
    let journal = sandbox.journal(0);
    journal.iter().filter(|entry| entry.method.to_lowercase().starts_with("editmessagetext")).count()
}

#[expect(clippy::disallowed_methods, reason = "the bench is an edge: it measures real time")]
fn now() -> engine::domain::Timestamp {
    chrono::Utc::now()
}
