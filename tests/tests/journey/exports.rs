//! Export: the archive of a project against the rows of its database, and against whoever may not have it (SC-39).

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use chrono::TimeDelta;
use engine::app::{Access, GivenAccess};
use engine::domain::project::ProjectCommand;
use journeys::db;
use journeys::desk::{STAFF, command_id, person};
use journeys::house::{GROUP, House, SOFIIA};
use journeys::visitor::Visitor;
use reqwest::Response;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::briefs::serve;
use super::command_line::Terminal;
use super::witness::is_well;

const HERE: &str = "/p/smm-test/communication";
const FORMULA: &str = "=HYPERLINK(\"http://evil.example\",\"Натисни\")";
const SECRET: &str = "instagram.example kava-ranok / Дуже-Таємне-4417";

/// The parts of an archive by path.
type Parts = BTreeMap<String, Vec<u8>>;

fn parts(archive: &[u8]) -> Parts {
    let mut zip = ZipArchive::new(Cursor::new(archive)).expect("an archive");
    let count = zip.len();
    let part = |at: usize| {
        let mut file = zip.by_index(at).expect("a part");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("readable");
        (file.name().expect("a name").into_owned(), bytes)
    };
    (0..count).map(part).collect()
}

fn packed(parts: &Parts) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        zip.start_file(path.as_str(), SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

fn text<'a>(parts: &'a Parts, path: &str) -> &'a str {
    let bytes = parts.get(path).unwrap_or_else(|| panic!("no {path} in {:?}", parts.keys()));
    std::str::from_utf8(bytes).expect("text")
}

fn document(parts: &Parts, path: &str) -> Json {
    serde_json::from_str(text(parts, path)).expect("JSON")
}

/// Five megabytes of which no two pieces are alike.
fn large() -> Vec<u8> {
    let pieces = (0_u32..163_840).flat_map(|piece| Sha256::digest(piece.to_le_bytes()));
    b"%PDF-1.7 ".iter().copied().chain(pieces).collect()
}

async fn bytes(answer: Response) -> Vec<u8> {
    assert_eq!(answer.status(), 200);
    answer.bytes().await.expect("a body").to_vec()
}

async fn exported(house: &House) -> i64 {
    let facts = house.app.store().events(0, 10_000).await.expect("the store answers");
    i64::try_from(facts.iter().filter(|fact| fact.kind == "project_exported").count()).expect("few")
}

/// Work, words, files, time, money, an access and a decision.
async fn live(house: &House, olena: &Visitor<'_>) {
    let given = GivenAccess {
        project: house.project.clone(),
        item: "social_networks".into(),
        text: SECRET.into(),
        sending: None,
        by: person("olena"),
        command_id: command_id(),
        at: house.now(),
    };
    assert_eq!(house.app.give_access(given).await.expect("the store answers"), Access::Done(()));
    let said = [("text", FORMULA)];
    olena.upload(&format!("{HERE}/comment"), &said, Some(("Кошторис.pdf", &large()))).await;
    let told = [("text", "Ось друга версія"), ("client", "yes")];
    olena.upload(&format!("{HERE}/comment"), &told, Some(("кошторис.PDF", b"%PDF-1.7 second"))).await;
    let comment = Some(house.content("+1 година, \"дзвінок\"").await);
    let time = ProjectCommand::AddTime {
        task: "communication".into(),
        kind: Some("call".into()),
        minutes: 60,
        on: None,
        person: None,
        comment,
    };
    house.order(person("olena"), time).await;
    house.work_until("profile_design").await;
    house.sandbox.set_privacy(false);
    house.sandbox.send_text(SOFIIA, GROUP, "Дякуємо, чекаємо на план", None).expect("written");
    house.settle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_archive_is_what_the_database_holds() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        let pages = serve(&house).await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        live(&house, &olena).await;
        assert!(olena.get("/p/smm-test").await.text.contains("href=\"/p/smm-test/export\""));
        let answer = olena.open("/p/smm-test/export").await;
        let named = answer.headers()["content-disposition"].to_str().expect("text").to_owned();
        assert_eq!(answer.headers()["content-type"], "application/zip");
        let size = answer.content_length();
        let archive = bytes(answer).await;
        assert_eq!(size, Some(archive.len() as u64));
        assert!(named.starts_with("attachment; filename*=UTF-8''%D0%9A%D0%B0%D0%B2%D0%B0%20"), "{named}");
        assert!(named.ends_with(".zip") && !named.contains("%2F"), "{named}");
        let parts = parts(&archive);
        the_list_is_true(&parts);
        the_facts_are_those_of_the_log(&house, &parts).await;
        the_document_is_the_state(&house, &parts).await;
        the_tables_hold_the_rows(&house, &parts).await;
        assert_eq!(parts["files/communication/Кошторис.pdf"], large(), "every byte of it");
        assert_eq!(parts["files/communication/кошторис (2).PDF"], b"%PDF-1.7 second");
        for (path, bytes) in &parts {
            let has = |word: &str| bytes.windows(word.len()).any(|part| part == word.as_bytes());
            assert!(!has("Дуже-Таємне") && !has("4417"), "{path} holds an access");
        }
        assert_eq!(exported(&house).await, 1, "who took it out is on record");
        let checked = export::check(Cursor::new(&archive)).expect("an archive");
        assert_eq!(checked.wrong, Vec::<String>::new());
        is_well(house).await;
    }
}

fn the_list_is_true(parts: &Parts) {
    let list = document(parts, "manifest.json");
    let entries = list["entries"].as_array().expect("a list");
    assert_eq!(entries.len() + 1, parts.len(), "every part but the list itself");
    for entry in entries {
        let bytes = &parts[entry["path"].as_str().expect("a path")];
        assert_eq!(entry["sha256"], json!(hex::encode(Sha256::digest(bytes))), "{entry}");
        assert_eq!(entry["bytes"], json!(bytes.len()));
    }
}

async fn the_facts_are_those_of_the_log(house: &House, parts: &Parts) {
    let rows = house.app.store().stream(house.project.stream(), 0).await.expect("the store answers");
    let lines: Vec<Json> =
        text(parts, "events.jsonl").lines().map(|line| serde_json::from_str(line).expect("a fact")).collect();
    assert_eq!(lines.len(), rows.len());
    for (line, row) in lines.iter().zip(&rows) {
        let data: Json = serde_json::from_str(&row.data).expect("JSON");
        assert_eq!((&line["hash"], &line["data"]), (&json!(row.hash), &data));
    }
    let kinds: Vec<&str> = rows.iter().map(|row| row.kind.as_str()).collect();
    assert!(kinds.contains(&"task_approved") && kinds.contains(&"commented"), "{kinds:?}");
}

async fn the_document_is_the_state(house: &House, parts: &Parts) {
    let state = house.app.project_state(&house.project).await.expect("an answer").expect("a project");
    let document = document(parts, "project.json");
    assert_eq!(document["client"], json!({ "id": "kava-ranok", "name": "Кава «Ранок»" }));
    let opened = state.opened.as_ref().expect("it is open");
    assert_eq!(document["template_version"], json!(opened.definition.hash));
    let statuses: Vec<Json> =
        state.tasks.iter().map(|task| json!([task.id, task.status.word(), task.due])).collect();
    let tasks = document["tasks"].as_array().expect("a list");
    let written: Vec<Json> =
        tasks.iter().map(|task| json!([task["task"], task["status"], task["due"]])).collect();
    assert_eq!(written, statuses);
    let all = document["done"].as_array().expect("a list").len()
        + document["not_done"].as_array().expect("a list").len();
    assert_eq!(all, state.tasks.len());
    let olena = document["team"].as_array().expect("a list").iter().find(|one| one["role"] == "pm");
    assert_eq!(olena.expect("a PM")["person"]["name"], STAFF[0].1);
    let comments = tasks[0]["comments"].as_array().expect("a list");
    assert_eq!((&comments[0]["text"]["text"], &comments[0]["to_client"]), (&json!(FORMULA), &json!(false)));
    assert_eq!((&comments[1]["to_client"], &comments[1]["who"]), (&json!(true), &json!(STAFF[0].1)));
    assert_eq!(comments[1]["file"]["path"], "files/communication/кошторис (2).PDF");
    let approved = state.tasks.iter().position(|task| task.decision.is_some()).expect("one is approved");
    let decision = state.tasks[approved].decision.as_ref().expect("a decision");
    let written = tasks[approved]["decisions"].as_array().expect("a list");
    let written = written.iter().find(|one| one["type"] == "task_approved").expect("an approval");
    assert_eq!(
        (&written["who"], &written["result_sha256"], &written["at"], &written["round"]),
        (&json!("Софія Гнатюк"), &json!(decision.result_sha256), &json!(decision.at), &json!(decision.round))
    );
    assert_eq!(document["payments"].as_array().expect("a list").len(), state.payments.len());
    assert!(!document["payments"][0]["receipts"].as_array().expect("a list").is_empty());
    assert_eq!(document["time"][0]["minutes"], 60);
    assert_eq!(document["briefs"][0]["form"], "smm-brief");
    assert_eq!(document["accesses"][0]["access"], "social_networks");
}

async fn the_tables_hold_the_rows(house: &House, parts: &Parts) {
    let state = house.app.project_state(&house.project).await.expect("an answer").expect("a project");
    let tasks = text(parts, "tasks.csv");
    assert!(tasks.starts_with("\u{FEFF}task,title,"), "{tasks}");
    for task in &state.tasks {
        assert!(tasks.contains(&format!("\r\n{},", task.id)), "{} is missing: {tasks}", task.id);
    }
    let time = text(parts, "time.csv");
    assert!(time.contains(",60,Олена Коваль,pm,\"'+1 година, \"\"дзвінок\"\"\","), "{time}");
    assert!(text(parts, "payments.csv").contains(",received,"), "{}", text(parts, "payments.csv"));
    let messages = text(parts, "messages.csv");
    assert!(messages.contains(",in,message,Софія Гнатюк,\"Дякуємо, чекаємо на план\""), "{messages}");
    assert!(messages.contains(",out,bot,bot,"), "{messages}");
    let book = self::parts(&parts["project.xlsx"]);
    for sheet in ["tasks", "time", "payments", "messages"] {
        assert!(text(&book, "xl/workbook.xml").contains(&format!("name=\"{sheet}\"")), "{sheet}");
    }
    let sheets: String =
        (1..=4).map(|number| text(&book, &format!("xl/worksheets/sheet{number}.xml"))).collect();
    assert!(!sheets.contains("<f>") && !sheets.contains("<f "), "no cell is run");
    assert!(sheets.contains("+1 година") && sheets.contains("<v>60</v>"), "texts and numbers are in it");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_lead_takes_nothing_out() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let pages = serve(&house).await;
    for who in ["maksym", "iryna", "nadiia"] {
        let visitor = Visitor::signed_in(&house, &pages, who).await;
        assert_eq!(visitor.get("/p/smm-test/export").await.status, 403, "{who}");
        assert!(!visitor.get("/p/smm-test").await.text.contains("/export"), "{who}");
    }
    let stranger = Visitor::stranger(&pages);
    assert_ne!(stranger.get("/p/smm-test/export").await.status, 200);
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    assert_eq!(olena.get("/p/there-is-none/export").await.status, 404);
    assert_eq!(exported(&house).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_that_was_changed_says_where() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let pages = serve(&house).await;
    house.pass(TimeDelta::minutes(5).num_seconds()).await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let whole = parts(&bytes(olena.open("/p/smm-test/export").await).await);
    let wrong = |parts: &Parts| export::check(Cursor::new(packed(parts))).expect("an archive").wrong;
    assert_eq!(wrong(&whole), Vec::<String>::new());
    let mut other = whole.clone();
    other.insert("tasks.csv".into(), b"task".to_vec());
    other.insert("extra.txt".into(), b"x".to_vec());
    assert_eq!(wrong(&other), ["tasks.csv is not what was written", "extra.txt does not belong here"]);
    // Whoever mends the list as well is given away by the facts themselves.
    let mut forged = whole.clone();
    let facts = text(&whole, "events.jsonl").replace("\"version\":2,", "\"version\":3,");
    let mut list = document(&whole, "manifest.json");
    for entry in list["entries"].as_array_mut().expect("a list").iter_mut() {
        if entry["path"] == "events.jsonl" {
            *entry = json!({ "path": "events.jsonl", "bytes": facts.len(), "sha256": hex::encode(Sha256::digest(&facts)) });
        }
    }
    forged.insert("events.jsonl".into(), facts.into_bytes());
    forged.insert("manifest.json".into(), serde_json::to_vec(&list).expect("JSON"));
    let said = wrong(&forged);
    assert!(said.contains(&"the fact of version 3 does not fit its hash".to_owned()), "{said:?}");
    assert!(said.contains(&"version 3 follows 1".to_owned()), "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_exports_and_checks_and_overwrites_nothing() {
    let terminal = Terminal::new(db::sqlite()).await;
    terminal.run(&["init", ".", "--json"]).done();
    for (id, name, role, _) in STAFF {
        terminal.run(&["person", "add", id, "--name", name, "--role", role, "--json"]).done();
    }
    terminal.run(&["client", "add", "Кава «Ранок»", "--lang", "uk", "--json"]).done();
    let approver = ["client", "approver", "ранок", "--telegram-user", "2001", "--name", "Софія", "--json"];
    terminal.run(&approver).done();
    let opened = terminal.run(&["project", "new", "smm", "--client", "ранок", "--json"]).done();
    let project = opened["project"].as_str().expect("an id").to_owned();
    let made = terminal.by("olena", &["project", "export", &project, "--to", "ранок.zip"]).done();
    let file = terminal.dir.path().join("ранок.zip");
    assert_eq!(made["entries"], json!(parts(&std::fs::read(&file).expect("it is there")).len()));
    assert_eq!((&made["project"], &made["missing"]), (&json!(project), &json!(0)));
    let checked = terminal.run(&["project", "export", "--check", "ранок.zip", "--json"]).done();
    assert_eq!((&checked["whole"], &checked["events"]), (&json!(true), &made["events"]));
    let before = std::fs::read(&file).expect("it is there");
    terminal.by("olena", &["project", "export", &project, "--to", "ранок.zip"]).refused("is there already");
    assert_eq!(std::fs::read(&file).expect("it is there"), before);
    let folder = || std::fs::read_dir(terminal.dir.path()).expect("a folder").count();
    let files = folder();
    terminal.by("iryna", &["project", "export", &project, "--to", "моє.zip"]).refused("вивантажити проєкт");
    assert_eq!(folder(), files, "nothing is left of it");
    let named = terminal.run(&["project", "export", &project, "--json"]).done();
    let named = named["file"].as_str().expect("a path").to_owned();
    assert!(named.contains("Кава «Ранок»") && std::fs::metadata(&named).is_ok(), "{named}");
}
