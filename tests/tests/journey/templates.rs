//! Templates edited while the server runs: a good edit holds for the next project, a broken one changes nothing.

use std::path::PathBuf;
use std::process::Command;

use chrono::{DateTime, Datelike};
use journeys::db::{self, Db};
use journeys::desk::{STAFF, STAFF_CHAT};
use serde_json::Value as Json;

use super::command_line::{Running, Terminal};

/// An agency with its own folder of templates, staff and a client.
pub(super) async fn agency(db: Db) -> Terminal {
    let terminal = Terminal::new(db).await;
    workflows::write_out(&path(&terminal, "workflows"), "en").expect("written");
    std::fs::write(path(&terminal, "signoff.toml"), "[workflows]\ndir = \"workflows\"\n").expect("written");
    for (id, name, role, user) in STAFF {
        let user = user.to_string();
        let words = ["person", "add", id, "--name", name, "--role", role, "--telegram-user", &user, "--json"];
        terminal.run(&words).done();
    }
    terminal.run(&["client", "add", "Кава «Ранок»", "--lang", "uk", "--json"]).done();
    terminal
}

fn path(terminal: &Terminal, name: &str) -> PathBuf {
    terminal.dir.path().join(name)
}

/// Ends the server as an operator does.
fn stop(terminal: &Terminal, server: &mut Running) {
    let told = Command::new("kill").args(["-TERM", &server.0.id().to_string()]).status();
    assert!(told.expect("kill runs").success());
    assert!(server.ended("the server").success(), "{}", terminal.read("server.log"));
}

/// Saves another text in place of a part of a file, as editors do.
pub(super) fn edit(terminal: &Terminal, file: &str, from: &str, to: &str) {
    let path: PathBuf = path(terminal, "workflows").join(file);
    let text = std::fs::read_to_string(&path).expect("it is there");
    assert!(text.contains(from), "{file} has no {from:?}");
    std::fs::write(&path, text.replacen(from, to, 1)).expect("written");
}

pub(super) fn open(terminal: &Terminal) -> String {
    let contact = ["client", "approver", "ранок", "--telegram-user", "2001", "--name", "Софія"];
    terminal.by("olena", &contact).done();
    let opened = terminal.by("olena", &["project", "new", "smm", "--client", "ранок"]).done();
    opened["project"].as_str().expect("an id").to_owned()
}

fn first_title(terminal: &Terminal, project: &str) -> Json {
    terminal.run(&["project", "show", project, "--json"]).done()["tasks"][0]["title"].clone()
}

/// The version of a file that is in force.
fn version(terminal: &Terminal, file: &str) -> u64 {
    let list = terminal.run(&["template", "list", "--json"]).done();
    let mut files = list["files"].as_array().expect("a list").iter();
    files.find(|one| one["file"] == file).and_then(|one| one["version"].as_u64()).unwrap_or(0)
}

fn staff_heard(terminal: &Terminal, words: &str) -> Vec<String> {
    let messages = terminal.sandbox.messages(STAFF_CHAT).into_iter().map(|message| message.text);
    messages.filter(|text| text.contains(words)).collect()
}

fn days_of_timers(terminal: &Terminal) -> Vec<chrono::Weekday> {
    let timers = terminal.run(&["timers", "--json"]).done();
    let due = timers["timers"].as_array().expect("a list").iter().map(|timer| {
        let due = timer["due"].as_str().unwrap_or_else(|| panic!("{timer}"));
        DateTime::parse_from_rfc3339(due).expect("a time").weekday()
    });
    due.collect()
}

async fn a_good_edit(db: Db) {
    let terminal = agency(db).await;
    let _server = terminal.serve();
    terminal.until("the templates are on record", || (version(&terminal, "smm.yaml") == 1).then_some(()));
    let before = open(&terminal);
    let title = first_title(&terminal, &before);
    edit(&terminal, "smm.yaml", title.as_str().expect("a title"), "Знайомство з клієнтом");
    terminal.until("the edit is on record", || (version(&terminal, "smm.yaml") == 2).then_some(()));
    assert_eq!(version(&terminal, "seo.yaml"), 1, "only what was changed has another version");
    let after = open(&terminal);
    assert_eq!(first_title(&terminal, &after), "Знайомство з клієнтом");
    assert_eq!(first_title(&terminal, &before), title, "a running project keeps its template");

    // The calendar holds for open timers at once.
    let was = days_of_timers(&terminal);
    assert!(!was.is_empty(), "a ready task that nobody starts is told of");
    let week = [chrono::Weekday::Tue, chrono::Weekday::Wed, chrono::Weekday::Thu];
    let only = week.into_iter().find(|day| !was.contains(day)).expect("not every day has a timer");
    let name = only.to_string().to_lowercase();
    edit(&terminal, "agency.yaml", "days: [mon, tue, wed, thu, fri]", &format!("days: [{name}]"));
    terminal.until("the timers follow", || days_of_timers(&terminal).contains(&only).then_some(()));
    assert_eq!(version(&terminal, "agency.yaml"), 2);
    assert!(staff_heard(&terminal, "шаблони").is_empty(), "there is nothing to tell of");
}

async fn a_broken_edit(db: Db) {
    let terminal = agency(db).await;
    let mut server = terminal.serve();
    terminal.until("the templates are on record", || (version(&terminal, "smm.yaml") == 1).then_some(()));
    let title = first_title(&terminal, &open(&terminal));
    let title = title.as_str().expect("a title").to_owned();
    edit(&terminal, "smm.yaml", &title, "Знайомство з клієнтом");
    edit(&terminal, "smm.yaml", "assignee: designer", "asignee: designer");
    let told =
        terminal.until("the staff hear of it", || staff_heard(&terminal, "не можна використати").pop());
    let text = std::fs::read_to_string(path(&terminal, "workflows/smm.yaml")).expect("it is there");
    let line = text.lines().position(|line| line.contains("asignee")).expect("it is there") + 1;
    for words in ["smm.yaml", &format!("рядок {line}"), "asignee"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert_eq!(first_title(&terminal, &open(&terminal)), title.as_str(), "the last good version holds");
    assert_eq!(version(&terminal, "smm.yaml"), 1);

    // A server that starts with the broken folder works on, and does not tell it again.
    stop(&terminal, &mut server);
    let _server = terminal.serve();
    terminal.until("it serves", || terminal.read("server.log").contains("serving").then_some(()));
    assert_eq!(first_title(&terminal, &open(&terminal)), title.as_str());
    edit(&terminal, "smm.yaml", "asignee: designer", "assignee: designer");
    terminal.until("the staff hear that it is mended", || staff_heard(&terminal, "знову в порядку").pop());
    assert_eq!(version(&terminal, "smm.yaml"), 2);
    assert_eq!(first_title(&terminal, &open(&terminal)), "Знайомство з клієнтом");
    assert_eq!(staff_heard(&terminal, "не можна використати").len(), 1, "each is told once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_edit_holds_for_the_next_project_on_sqlite() {
    a_good_edit(db::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_edit_holds_for_the_next_project_on_postgres() {
    a_good_edit(db::postgres().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_edit_keeps_the_last_good_templates_on_sqlite() {
    a_broken_edit(db::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_edit_keeps_the_last_good_templates_on_postgres() {
    a_broken_edit(db::postgres().await).await;
}
