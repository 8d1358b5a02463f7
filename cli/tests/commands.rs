//! The command line as a whole, in one process: commands, answers, refusals and exit codes.
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use signoff::{Outside, run};

#[path = "commands/beginning.rs"]
mod beginning;
#[path = "commands/earlier.rs"]
mod earlier;
#[path = "commands/erasing.rs"]
mod erasing;
#[path = "commands/listing.rs"]
mod listing;
#[path = "commands/loose_money.rs"]
mod loose_money;
#[path = "commands/standing.rs"]
mod standing;
#[path = "commands/talking.rs"]
mod talking;
#[path = "commands/time.rs"]
mod time;

#[path = "commands/plans.rs"]
mod plans;

struct Said {
    code: u8,
    out: String,
    err: String,
}

impl Said {
    /// The document of a command that was done.
    fn json(&self) -> Json {
        assert_eq!(self.code, 0, "{}", self.err);
        self.document()
    }

    /// The document, whatever the exit code: one line, no more.
    fn document(&self) -> Json {
        assert_eq!(self.out.lines().count(), 1, "{}", self.out);
        serde_json::from_str(&self.out).unwrap()
    }
}

struct Place {
    dir: tempfile::TempDir,
    env: BTreeMap<String, String>,
}

impl Place {
    fn empty() -> Self {
        Self { dir: tempfile::tempdir().unwrap(), env: BTreeMap::new() }
    }

    /// A folder with settings, three people and a client.
    async fn agency() -> Self {
        let place = Self::empty();
        let setup = [
            "init",
            "person add olena --name Олена --role pm",
            "person add maksym --name Максим --role smm,ads",
            "person add nadiia --name Надія --role accountant",
            "client add Ранок --lang uk",
        ];
        for line in setup {
            let said = place.line(line).await;
            assert_eq!(said.code, 0, "{line}: {}", said.err);
        }
        place
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    async fn run(&self, args: &[&str]) -> Said {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let outside = Outside {
            env: self.env.clone(),
            cwd: PathBuf::from(self.path()),
            out_is_terminal: false,
            err_is_terminal: false,
            out: &mut out,
            err: &mut err,
        };
        let args = std::iter::once("signoff").chain(args.iter().copied()).map(Into::into);
        let code = run(args, outside).await;
        Said { code, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
    }

    /// A command whose words hold no spaces.
    async fn line(&self, line: &str) -> Said {
        self.run(&line.split(' ').collect::<Vec<_>>()).await
    }

    async fn project(&self) -> String {
        let contact = self.line("client approver ранок --telegram-user 2001 --name Софія").await;
        assert_eq!(contact.code, 0, "{}", contact.err);
        let said =
            self.line("project new smm --client ранок --assign ads=maksym designer=maksym --json").await;
        let json = said.json();
        assert_eq!(json["unassigned"], serde_json::json!([]));
        json["project"].as_str().unwrap().to_owned()
    }
}

/// Ids and moments differ from run to run; a reader of the snapshot needs neither.
fn calm(text: &str, project: &str) -> String {
    let text = text.replace(project, "smm-xxxx");
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    let shape = "0000-00-00 00:00";
    while at < chars.len() {
        let here = chars.get(at..at + shape.len()).unwrap_or_default();
        let fits =
            here.iter().zip(shape.chars()).all(|(c, s)| if s == '0' { c.is_ascii_digit() } else { *c == s });
        if fits && !here.is_empty() {
            out.push_str("YYYY-MM-DD HH:MM");
            at += shape.len();
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    out
}

fn task<'a>(project: &'a Json, id: &str) -> &'a Json {
    project["tasks"].as_array().unwrap().iter().find(|task| task["task"] == id).unwrap()
}

impl Said {
    fn json_or_text(&self) {
        assert_eq!(self.code, 0, "{}", self.err);
    }
}

#[tokio::test]
async fn project_show_has_exactly_the_documented_keys() {
    let place = Place::agency().await;
    place.project().await;
    let shown = place.line("project show ранок --json").await.json();
    let keys = |json: &Json| json.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let of_project = [
        "accesses",
        "agreements",
        "client",
        "closed",
        "expenses",
        "handoff",
        "minutes",
        "overrides",
        "paused",
        "payments",
        "periods",
        "price",
        "project",
        "promises",
        "risks",
        "service",
        "stages",
        "tasks",
        "time",
        "version",
    ];
    assert_eq!(keys(&shown), of_project);
    let of_task = [
        "assignee",
        "auditor",
        "brief_changed",
        "buttons",
        "due",
        "fields",
        "missing",
        "notes",
        "planned_minutes",
        "remarks",
        "round",
        "spent_minutes",
        "status",
        "task",
        "title",
    ];
    assert_eq!(keys(&shown["tasks"][0]), of_task);
    assert_eq!(shown["tasks"].as_array().unwrap().len(), 9);
}

#[tokio::test]
async fn a_project_is_shown_as_a_table() {
    let place = Place::agency().await;
    let project = place.project().await;
    let said = place.line("project show ранок").await;
    insta::assert_snapshot!("project-show", calm(&said.out, &project));
    let list = place.line("project list").await;
    insta::assert_snapshot!("project-list", calm(&list.out, &project));
}

#[tokio::test]
async fn a_refusal_says_what_is_missing_and_what_to_do() {
    let place = Place::agency().await;
    let project = place.project().await;
    place.line("task start ранок/communication --as olena").await.json_or_text();
    let said = place.line("task submit ранок/communication --as olena").await;
    assert_eq!((said.code, said.out.as_str()), (4, ""));
    insta::assert_snapshot!("refused-submit", calm(&said.err, &project));
    let said = place.line("task submit ранок/communication --as olena --json --lang en").await;
    assert_eq!(said.code, 4);
    let refused = &said.document()["refused"];
    assert_eq!(refused["code"], "cannot-finish");
    assert_eq!(refused["missing"][0], serde_json::json!({ "field": "goals" }));
    assert!(refused["text"].as_str().unwrap().contains("cannot be finished yet"));
    assert!(refused["hint"].as_str().unwrap().starts_with("signoff task set"));
}

#[tokio::test]
async fn each_kind_of_failure_has_its_exit_code() {
    let place = Place::agency().await;
    place.project().await;
    for (line, code, words) in [
        ("task start ранок", 2, "PROJECT/TASK"),
        ("task start ранок/rubricator", 4, "Комунікація"),
        ("task start ранок/communication --as maksym", 4, "Олена"),
        ("task start ранок/nope", 5, "nope"),
        ("task start чай/ads", 5, "чай"),
        ("task start ранок/ads --as maksim", 5, "did you mean maksym?"),
        ("task set ранок/communication goal=x --as olena", 5, "goals"),
        ("project new sm --client ранок", 5, "did you mean smm?"),
        ("client add Чай --lang fr", 4, "fr"),
        ("rebuild bord", 5, "signoff rebuild board"),
        ("check nope.yaml", 5, "nope.yaml"),
    ] {
        let said = place.line(line).await;
        assert_eq!(said.code, code, "{line}: {}", said.err);
        assert!(said.err.contains(words), "{line}: {}", said.err);
        let json = place.line(&format!("{line} --json")).await;
        assert_eq!(json.code, code, "{line}");
        assert!(json.document().is_object(), "{line}");
    }
}

#[tokio::test]
async fn a_database_that_cannot_be_used_is_one_sentence_and_exit_code_6() {
    let mut place = Place::empty();
    std::fs::write(
        place.path().join("letter.db"),
        "Dear Sir or Madam, this is no database at all. ".repeat(40),
    )
    .unwrap();
    for url in ["sqlite:none.db", "sqlite:letter.db", "postgres://nobody@127.0.0.1:1/none", "mysql://x"] {
        place.env.insert("SIGNOFF_DATABASE_URL".into(), url.into());
        let said = place.line("project list").await;
        assert_eq!(said.code, 6, "{url}: {}", said.err);
        assert_eq!(said.err.lines().count(), 1, "{url}: {}", said.err);
    }
    assert!(!place.path().join("none.db").exists(), "a wrong address must not become a new database");
}

#[tokio::test]
async fn a_command_said_twice_under_one_name_is_done_once() {
    let place = Place::agency().await;
    place.project().await;
    let line = "task start ранок/communication --as olena --command-id once --json";
    assert_eq!(place.line(line).await.json(), place.line(line).await.json());
    let events = place.line("events").await;
    let started = events.out.lines().filter(|line| line.contains("\"type\":\"task_started\"")).count();
    assert_eq!(started, 1);
}

#[tokio::test]
async fn another_command_under_a_used_name_is_refused_and_changes_nothing() {
    let place = Place::agency().await;
    place.project().await;
    place.line("task start ранок/communication --as olena --command-id once").await.json_or_text();
    let other = place.line("task pause ранок/communication --as olena --command-id once --json").await;
    assert_eq!(
        (other.code, &other.document()["refused"]["code"]),
        (4, &"command-id-taken".into()),
        "{}",
        other.err
    );
    let task = place.line("project show ранок --json").await.json()["tasks"][0].clone();
    assert_eq!(task["status"], "in_progress");
}

#[tokio::test]
async fn what_is_made_under_one_name_is_made_once_and_another_is_refused() {
    let place = Place::agency().await;
    for (line, other, id) in [
        ("client add Зірка --json --command-id c", "client add Місяць --command-id c", "client"),
        (
            "project new smm --client Зірка --json --command-id p",
            "project new seo --client Зірка --command-id p",
            "project",
        ),
    ] {
        if id == "project" {
            assert_eq!(place.line("client approver Зірка --telegram-user 9 --name Зоря").await.code, 0);
        }
        let first = place.line(line).await.json();
        assert_eq!(place.line(line).await.json()[id], first[id]);
        assert_eq!(place.line(other).await.code, 4, "{other}");
    }
}

#[tokio::test]
async fn a_language_that_nobody_speaks_is_named_with_those_there_are() {
    let place = Place::agency().await;
    for line in ["project list --lang zz", "verify --lang zz", "check --lang EN"] {
        let said = place.line(line).await;
        assert_eq!(said.code, 2, "{line}: {}", said.err);
        assert!(said.err.contains("--lang takes uk, en, vi, bg"), "{}", said.err);
    }
    assert_eq!(place.line("project list --lang vi").await.code, 0);
}

#[tokio::test]
async fn a_telegram_account_is_one_person_s_and_no_member_of_staff_decides_for_a_client() {
    let place = Place::agency().await;
    place.line("person add iryna --name Ірина --role designer,pm --telegram-user 77").await.json_or_text();
    let said = place.line("person add taras --name Тарас --role ads --telegram-user 77").await;
    assert_eq!(said.code, 4, "{}", said.err);
    assert!(said.err.contains("Ірина") && said.err.contains("Telegram"), "{}", said.err);
    let said =
        place.line("person add taras --name Тарас --role ads --telegram-user 77 --lang en --json").await;
    assert_eq!(said.document()["refused"]["code"], "telegram-taken", "{}", said.out);
    assert_eq!(place.line("task start ранок/ads --as taras").await.code, 5, "nobody was added");

    for asker in ["", " --as iryna"] {
        let line = format!("client approver ранок --telegram-user 77 --name Хтось{asker}");
        let said = place.line(&line).await;
        assert_eq!(said.code, 4, "{}", said.err);
        assert!(said.err.contains("Ірина"), "{}", said.err);
    }
    let people = place.line("person list --json").await.json();
    let names: Vec<_> = people["people"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    assert!(names.contains(&"Ірина".into()) && !names.contains(&"Хтось".into()), "{names:?}");
    assert_eq!(place.line("client show ранок --json").await.json()["approvers"], serde_json::json!([]));
}

#[tokio::test]
async fn a_folder_of_templates_that_is_not_there_is_one_sentence() {
    let mut place = Place::agency().await;
    place.env.insert("SIGNOFF_WORKFLOWS_DIR".into(), "none".into());
    for line in ["project list", "check", "serve"] {
        let said = place.line(line).await;
        assert_eq!((said.code, said.err.lines().count()), (2, 2), "{line}: {}", said.err);
        assert!(said.err.contains("none, which is no folder"), "{}", said.err);
    }
    // A folder without anything in it is no folder of templates either, and must be told at once.
    std::fs::create_dir(place.path().join("none")).unwrap();
    let said = place.line("project list").await;
    assert_eq!(said.code, 1, "{}", said.err);
}

#[tokio::test]
async fn nothing_waits_for_a_word_in_a_new_agency() {
    let place = Place::agency().await;
    assert_eq!(place.line("outbox held --json").await.json(), serde_json::json!({ "messages": [] }));
    assert_eq!(place.line("outbox held").await.out, "no message waits for a word\n");
    let said = place.line("outbox release 7").await;
    assert_eq!(said.code, 5, "{}", said.err);
    for refused in ["outbox release 7 --as maksym", "outbox drop 7 --comment ні --as maksym"] {
        let said = place.line(refused).await;
        assert_eq!(said.code, 4, "{}", said.err);
    }
    assert_eq!(place.run(&["outbox", "drop", "7", "--comment", " "]).await.code, 2);
}

#[tokio::test]
async fn events_are_whole_envelopes_one_a_line() {
    let place = Place::agency().await;
    place.project().await;
    let said = place.line("events --project ранок").await;
    let first: Json = serde_json::from_str(said.out.lines().next().unwrap()).unwrap();
    for key in [
        "position",
        "stream",
        "version",
        "type",
        "command_id",
        "cause",
        "origin",
        "actor",
        "at",
        "data",
        "hash",
    ] {
        assert!(first.get(key).is_some(), "{key} is missing");
    }
    assert_eq!(first["type"], "project_opened");
    let all = place.line("events").await.out.lines().count();
    let after = place.line("events --after 2").await.out.lines().count();
    assert_eq!(after, all - 2);
}

#[tokio::test]
async fn a_file_of_a_result_is_kept_under_its_hash() {
    let place = Place::agency().await;
    place.project().await;
    for line in [
        "cancel ранок/communication",
        "cancel ранок/accounts",
        "cancel ранок/rubricator",
        "cancel ранок/content_plan",
        "cancel ранок/profile_design",
        "cancel ранок/first_nine",
    ] {
        place.line(&format!("task {line} --comment проба")).await.json_or_text();
    }
    std::fs::write(place.path().join("звіт.pdf"), b"pdf").unwrap();
    place.line("task start ранок/ads --as maksym").await.json_or_text();
    let document = place.line("task set ранок/ads ad_report=звіт.pdf --as maksym --json").await.json();
    let sha256 = document["fields"]["ad_report"][0]["sha256"].as_str().unwrap();
    assert_eq!(std::fs::read(place.path().join("data/files").join(sha256)).unwrap(), b"pdf");
    let missing = place.line("task set ранок/ads ad_report=nope.pdf --as maksym").await;
    assert_eq!(missing.code, 5);
}

#[tokio::test]
async fn a_staff_button_opens_when_its_fields_are_filled_and_works_once() {
    let place = Place::agency().await;
    place.project().await;
    for task in ["communication", "accounts", "rubricator", "content_plan", "profile_design", "first_nine"] {
        place.line(&format!("task cancel ранок/{task} --comment проба")).await.json_or_text();
    }
    place.line("task start ранок/ads --as maksym").await.json_or_text();
    let buttons = async |place: &Place| {
        task(&place.line("project show ранок --json").await.json(), "ads")["buttons"].clone()
    };
    assert_eq!(buttons(&place).await, serde_json::json!([]));
    let said = place.line("task press ранок/ads ad_launched --as maksym --json").await;
    assert_eq!((said.code, said.document()["refused"]["code"].as_str()), (4, Some("button-locked")));
    let fill = [
        "task",
        "set",
        "ранок/ads",
        "ad_goal=ліди",
        "ad_audience=Київ",
        "ad_budget=9000 UAH",
        "ad_period=2026-12-09..2026-12-18",
        "--as",
        "maksym",
    ];
    place.run(&fill).await.json_or_text();
    assert_eq!(buttons(&place).await, serde_json::json!(["ad_launched"]));
    place.line("task press ранок/ads ad_launched --as maksym").await.json_or_text();
    assert_eq!(buttons(&place).await, serde_json::json!([]));
    assert_eq!(place.line("task press ранок/ads ad_launched --as maksym").await.code, 4);
}

#[tokio::test]
async fn init_leaves_what_is_there_and_check_finds_a_slip() {
    let place = Place::agency().await;
    assert_eq!(place.line("init --json").await.json()["written"], serde_json::json!([]));
    assert_eq!(place.line("check --json").await.json()["errors"], 0);
    let file = place.path().join("workflows/smm.yaml");
    let text = std::fs::read_to_string(&file).unwrap().replacen("hours: 6", "hour: 6", 1);
    std::fs::write(&file, text).unwrap();
    let said = place.line("check workflows/smm.yaml --json").await;
    assert_eq!(said.code, 3);
    let problem = &said.document()["problems"][0];
    assert_eq!((problem["code"].as_str(), problem["fix"].as_str()), (Some("unknown-key"), Some("hours")));
    assert_eq!(place.line("check workflows/seo.yaml").await.code, 0);
}

#[tokio::test]
async fn a_project_rests_promises_and_shows_its_timers() {
    let place = Place::agency().await;
    let project = place.project().await;
    let timers = place.line("timers --json").await.json();
    let keys: Vec<_> =
        timers["timers"].as_array().unwrap().iter().map(|timer| timer["key"].clone()).collect();
    assert!(keys.contains(&format!("unaccepted/{project}/communication/1").into()), "{keys:?}");
    let decline = ["task", "decline", &format!("{project}/communication"), "--reason", "Відпустка"];
    assert_eq!(place.run(&decline).await.code, 0);
    let promise = ["project", "promise", &project, "--by", "2126-12-04", "Надішлемо кошторис"];
    assert_eq!(place.run(&promise).await.code, 0);
    let late = place.run(&["project", "promise", &project, "--by", "2026-01-05", "Кошторис"]).await;
    assert_eq!(late.code, 4, "{}", late.err);
    let pause = place.run(&["project", "pause", &project, "--reason", "Клієнт у відпустці"]).await;
    assert_eq!(pause.code, 0, "{}", pause.err);
    let shown = place.line(&format!("project show {project} --json")).await.json();
    assert!(shown["paused"].is_string() && shown["promises"][0]["by"] == "2126-12-04", "{shown}");
    let start = place.line(&format!("task start {project}/communication")).await;
    assert_eq!(start.code, 4, "{}", start.err);
    assert_eq!(place.line(&format!("project resume {project}")).await.code, 0);
    assert_eq!(place.line(&format!("project keep {project}")).await.code, 0);
    assert_eq!(place.line(&format!("task start {project}/communication")).await.code, 0);
    let said = place.line("timers").await;
    assert!(said.out.contains("overdue/communication/1") && !said.out.contains("promise"), "{}", said.out);
}

#[tokio::test]
async fn a_payment_goes_from_its_invoice_to_the_money_at_the_command_line() {
    let place = Place::agency().await;
    let project = place.project().await;
    std::fs::write(place.path().join("inv.pdf"), b"%PDF").unwrap();
    let invoice =
        "payment invoice ранок/2 --number СФ-117 --date 2026-12-01 --file inv.pdf --as nadiia --json";
    let invoiced = place.line(invoice).await.json();
    assert_eq!((&invoiced["state"], &invoiced["invoice"]), (&"invoiced".into(), &"СФ-117".into()));
    let part = "payment receive ранок/2 --amount 10000 --on 2026-01-15 --as nadiia --json";
    let partly = place.line(part).await.json();
    assert_eq!((&partly["state"], &partly["open"]), (&"partly_paid".into(), &"14000 UAH".into()));
    let listed = place.line("payment list").await;
    assert!(
        listed.out.contains("partly paid") && listed.out.contains("СФ-117 of 2026-12-01"),
        "{}",
        listed.out
    );
    let said = place.line("payment receive ранок/2 --as maksym").await;
    assert_eq!(said.code, 4);
    assert!(said.err.contains("Надія"), "{}", said.err);
    let paid = place.line("payment receive ранок/2 --as olena").await;
    assert_eq!((paid.code, paid.out.trim()), (0, format!("{project}/2: paid").as_str()));
    let again = place.line("payment receive ранок/2 --as olena").await;
    assert_eq!(again.out.trim(), format!("{project}/2: paid (nothing to change)"));
    let shown = place.line("project show ранок --json").await.json();
    assert_eq!(shown["periods"].as_array().unwrap().len(), 2, "the payment opened the second period");
    assert_eq!(shown["tasks"][9]["task"], "content_plan.2");
    let reason = "payment receive ранок/2 --amount=-1000 --as nadiia";
    assert_eq!(place.line(reason).await.code, 4, "a correction needs its reason");
    let corrected = place.line(&format!("{reason} --comment помилка")).await;
    assert_eq!(corrected.out.trim(), format!("{project}/2: partly paid, 1000 UAH open"));
    assert_eq!(place.line("payment receive ранок/9 --as nadiia").await.code, 5);
    assert_eq!(place.line("payment receive ранок/2 --amount багато").await.code, 2);
    let cancelled = place.line("payment cancel ранок/1 --comment подарунок --as nadiia").await;
    assert_eq!(cancelled.out.trim(), format!("{project}/1: cancelled"));
    let open = place.line("payment list ранок --json").await.json();
    let names: Vec<&Json> = open["payments"].as_array().unwrap().iter().map(|one| &one["payment"]).collect();
    assert_eq!(names, ["2", "3"]);
}

#[tokio::test]
async fn a_project_by_the_month_is_opened_further_and_closed_at_the_command_line() {
    let place = Place::agency().await;
    let project = place.project().await;
    let refused = place.line("project open-period ранок").await;
    assert_eq!(refused.code, 4);
    assert!(refused.err.contains(&format!("hint: signoff payment receive {project}/2")), "{}", refused.err);
    place.line("payment cancel ранок/2 --comment подарунок").await.json_or_text();
    let opened = place.line("project open-period ранок --json").await.json();
    assert_eq!((&opened["period"], &opened["changed"]), (&2.into(), &true.into()));
    let closed = place.line("project close ранок --comment кінець").await;
    assert_eq!(closed.out.trim(), format!("{project}: closed"));
    let shown = place.line("project show ранок --json").await.json();
    assert!(shown["tasks"].as_array().unwrap().iter().all(|task| task["status"] == "cancelled"));
    assert_eq!(place.line("project list --json").await.json()["projects"], serde_json::json!([]));
}

#[tokio::test]
async fn a_code_and_a_value_are_explained_in_both_languages() {
    let place = Place::empty();
    let said = place.line("explain [duration] --lang uk").await;
    assert!(said.out.contains("due: 3 business days") && said.out.contains("робочі"), "{}", said.out);
    let near = place.line("explain duraton").await;
    assert_eq!((near.code, near.err.contains("did you mean duration?")), (5, true), "{}", near.err);
    let json = place.line("explain smm content_plan --json").await.json();
    let values = json["values"].as_array().unwrap();
    let of = |key: &str| {
        values.iter().find(|value| value["key"] == key).unwrap_or_else(|| panic!("{key}: {json}"))
    };
    assert_eq!((&of("due")["value"], &of("due")["level"]), (&"4 business days".into(), &"task".into()));
    assert_eq!((&of("auditor")["file"], &of("auditor")["level"]), (&"agency.yaml".into(), &"agency".into()));
}

#[tokio::test]
async fn a_problem_is_one_line_for_machines_in_the_language_that_was_asked_for() {
    let place = Place::agency().await;
    let file = place.path().join("workflows/smm.yaml");
    let text = std::fs::read_to_string(&file).unwrap().replacen("due: 4 business days", "due: 4 days", 1);
    std::fs::write(&file, text).unwrap();
    let said = place.line("check --lang uk").await;
    let first = said.out.lines().next().unwrap_or_default();
    assert!(first.contains("smm.yaml:162:14: error: ") && first.contains("[duration]"), "{first}");
    assert!(first.contains("не каже, які це дні"), "{first}");
    assert_eq!(said.out.lines().last(), Some("помилок: 1, попереджень: 0"));
}
