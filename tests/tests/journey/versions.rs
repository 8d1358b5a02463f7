//! Versions of a template that were in force: what changed is kept, and a running project moves to any of them.

use journeys::db::{self, Db};
use serde_json::{Value as Json, json};
use sqlx::{AssertSqlSafe, Connection};

use super::command_line::Terminal;
use super::templates::{agency, edit, open};

const EXTRA: &str = "      - task: thanks\n        title: { uk: \"Подяка\", en: \"Thanks\" }\n        assignee: pm\n        auditor: none\n        approval: none\n        hours: 1\n        due: 1 business day\n\n      - task: payment\n";

fn publish(terminal: &Terminal) {
    assert_eq!(terminal.run(&["template", "publish", "--json"]).done()["changed"], true);
}

/// What a move to a version answers; with more words, such as `--dry-run`.
fn moved(terminal: &Terminal, project: &str, to: &str, more: &[&str]) -> Json {
    let words: Vec<&str> =
        ["project", "move-version", project, "--to", to].iter().chain(more).copied().collect();
    terminal.by("olena", &words).done()
}

fn tasks(terminal: &Terminal, project: &str) -> Vec<String> {
    let shown = terminal.run(&["project", "show", project, "--json"]).done();
    let tasks = shown["tasks"].as_array().expect("tasks").iter();
    tasks.map(|task| task["task"].as_str().expect("an id").to_owned()).collect()
}

async fn to_an_older_version_and_back(db: Db) {
    let terminal = agency(db).await;
    publish(&terminal);
    let project = open(&terminal);
    let before = tasks(&terminal, &project);
    let first = moved(&terminal, &project, "current", &["--dry-run"])["to"].clone();
    edit(&terminal, "smm.yaml", "      - task: payment\n", EXTRA);
    publish(&terminal);
    let forward = moved(&terminal, &project, "current", &[]);
    assert_eq!((&forward["from"], &forward["added"]), (&first, &json!(["thanks"])), "{forward}");
    assert!(tasks(&terminal, &project).contains(&"thanks".to_owned()));

    // Back to the first: looked at, then done, and not again.
    let look = moved(&terminal, &project, "1", &["--dry-run"]);
    assert_eq!((&look["to"], &look["dropped"]), (&first, &json!(["thanks"])), "{look}");
    assert!(tasks(&terminal, &project).contains(&"thanks".to_owned()), "nothing is changed yet");
    assert_eq!(moved(&terminal, &project, "1", &[])["changed"], true);
    assert_eq!(tasks(&terminal, &project), before);
    assert_eq!(moved(&terminal, &project, "1", &[])["changed"], false);

    // And forward again, by the beginning of the hash.
    let hash = forward["to"].as_str().expect("a hash");
    assert_eq!(moved(&terminal, &project, &hash[..8], &[])["added"], json!(["thanks"]));
    let first = first.as_str().expect("a hash");
    assert_eq!(moved(&terminal, &project, &first[..8], &["--dry-run"])["dropped"], json!(["thanks"]));

    let none = terminal.by("olena", &["project", "move-version", &project, "--to", "7"]);
    assert!(none.refused("there is no version 7 of smm").contains("signoff template list smm.yaml"));

    // The first version speaks by a message that is no more: then nobody follows it.
    edit(&terminal, "smm.yaml", "start: smm-rubricator-start", "start: task-started");
    for file in ["messages/uk.ftl", "messages/en.ftl", "messages/vi.ftl", "messages/bg.ftl"] {
        edit(&terminal, file, "smm-rubricator-start =", "smm-themes-start =");
    }
    publish(&terminal);
    let old = terminal.by("olena", &["project", "move-version", &project, "--to", "2"]);
    assert!(old.refused("does not fit the messages of today").contains("smm-rubricator-start"));
    assert_eq!(moved(&terminal, &project, "3", &[])["changed"], true);
}

async fn what_changed(db: Db) {
    let raw = db.raw().await;
    let terminal = agency(db).await;
    publish(&terminal);
    edit(&terminal, "smm.yaml", "hours: 18", "hours: 20");
    publish(&terminal);
    let diff = || terminal.run(&["template", "diff", "smm", "--json"]).done()["diff"].clone();
    let told = diff();
    let text = told.as_str().expect("a text");
    for line in [
        "--- smm.yaml (version 1)\n+++ smm.yaml (version 2)\n@@",
        "\n-        hours: 18\n+        hours: 20\n",
    ] {
        assert!(text.contains(line), "{text}");
    }
    // It is stored with the version: what the table says is what is shown.
    let mut raw = raw;
    let run = async |raw: &mut sqlx::AnyConnection, sql: &'static str| {
        sqlx::query(AssertSqlSafe(sql)).execute(raw).await.expect("it runs").rows_affected()
    };
    assert_eq!(run(&mut raw, "UPDATE template_diffs SET diff = 'as stored'").await, 1);
    assert!(diff().as_str().expect("a text").ends_with("\nas stored"));
    // A version from before diffs were stored is compared when somebody asks.
    assert_eq!(run(&mut raw, "DELETE FROM template_diffs").await, 1);
    assert_eq!(diff(), told);
    raw.close().await.expect("closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_moves_to_an_older_version_and_back_on_sqlite() {
    to_an_older_version_and_back(db::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_moves_to_an_older_version_and_back_on_postgres() {
    to_an_older_version_and_back(db::postgres().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_version_is_kept_with_what_changed_on_sqlite() {
    // The raw connection needs the file to be there.
    let db = db::sqlite();
    db.open().await.close().await;
    what_changed(db).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_version_is_kept_with_what_changed_on_postgres() {
    what_changed(db::postgres().await).await;
}
