//! Gates passed by somebody's word, tasks that are put in, another version of the template: at the command line.

use serde_json::{Value as Json, json};

use super::{Place, task};

impl Place {
    /// The brief is here, filled in by the PM.
    async fn brief(&self) {
        let answers =
            "business=Кава goals=Гості audience=Містяни networks=instagram approver=Софія budget=10000";
        self.line(&format!("brief set ранок smm-brief {answers} --as olena")).await.json_or_text();
        self.line("brief submit ранок smm-brief --as olena").await.json_or_text();
    }

    async fn head(&self) {
        self.line("person add ihor --name Ігор --role head").await.json_or_text();
    }

    pub(super) fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.path().join("workflows").join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no {from:?}");
        std::fs::write(path, text.replacen(from, to, 1)).unwrap();
    }

    async fn order(&self) -> Vec<String> {
        let shown = self.line("project show ранок --json").await.json();
        let tasks = shown["tasks"].as_array().unwrap().iter();
        tasks.map(|task| task["task"].as_str().unwrap().to_owned()).collect()
    }
}

#[tokio::test]
async fn what_the_head_allowed_is_listed_with_the_reason() {
    let place = Place::agency().await;
    let project = place.project().await;
    place.head().await;
    let none = place.line("report overrides").await;
    assert_eq!(none.out.trim(), "no closed gate was passed");
    let confirm = ["task", "confirm", "ранок/communication", "paid:this-period", "--comment", "Гроші йдуть"];
    let pm = place.run(&[&confirm[..], &["--as", "olena"]].concat()).await;
    assert_eq!(pm.code, 4);
    assert!(pm.err.contains("лише керівник"), "{}", pm.err);
    let head = place.run(&[&confirm[..], &["--as", "ihor", "--json"]].concat()).await.json();
    assert_eq!(head["changed"], true);
    let brief = "task confirm ранок/communication form:smm-brief --comment згодом --as ihor";
    assert_eq!(place.line(brief).await.code, 4, "no brief, no start");
    let listed = place.line("report overrides --json").await.json();
    let [one] = listed["overrides"].as_array().unwrap().as_slice() else { panic!("{listed}") };
    let shown = (&one["project"], &one["task"], &one["gate"], &one["by"], &one["reason"]);
    let project = json!(project);
    let wanted = [&project, &json!("communication"), &json!("paid:this-period"), &json!("ihor")];
    assert_eq!([shown.0, shown.1, shown.2, shown.3], wanted);
    assert_eq!(shown.4, "Гроші йдуть");
    let table = place.line("report overrides").await;
    assert!(table.out.contains("Гроші йдуть") && table.out.contains("ihor"), "{}", table.out);
    let long_ago = place.line("report overrides --until 2020-01-01 --json").await.json();
    assert_eq!(long_ago["overrides"], json!([]));
    let far_off = place.line("report overrides --from 2200-01-01 --json").await.json();
    assert_eq!(far_off["overrides"], json!([]));
    let shown = place.line("project show ранок --json").await.json();
    assert_eq!(shown["overrides"][0]["gate"], "paid:this-period");
    let told = place.line("project show ранок").await;
    assert!(told.out.contains("communication/paid:this-period  by ihor"), "{}", told.out);
}

#[tokio::test]
async fn a_project_is_not_opened_before_everything_is_known_of_the_client() {
    let place = Place::agency().await;
    place.edit(
        "agency.yaml",
        "handoff_needs: [price, contact]",
        "handoff_needs: [price, contact, approver, chat]",
    );
    let said = place.line("project new smm --client ранок --json").await;
    assert_eq!(said.code, 4);
    let refused = &said.document()["refused"];
    assert_eq!(refused["code"], "handoff-incomplete");
    let missing = json!([{ "handoff": "contact" }, { "handoff": "approver" }, { "handoff": "chat" }]);
    assert_eq!(refused["missing"], missing);
    assert!(said.err.contains("hint: signoff client approver ranok"), "{}", said.err);
    assert!(said.err.contains("hint: signoff client link ranok"), "one for each: {}", said.err);
    assert_eq!(place.line("project list --json").await.json()["projects"], json!([]));
}

#[tokio::test]
async fn a_task_is_put_in_where_it_is_wanted() {
    let place = Place::agency().await;
    let project = place.project().await;
    let insert = ["task", "insert", "ранок", "--after", "communication", "--title", "Банер до акції"];
    let role = ["--role", "designer", "--due", "2 business days", "--approval"];
    let put = place.run(&[&insert[..], &role, &["--as", "olena", "--json"]].concat()).await.json();
    assert_eq!((&put["task"], &put["project"]), (&json!("baner_do_aktsii"), &json!(project)));
    let order = place.order().await;
    assert_eq!(order[..3], ["communication", "baner_do_aktsii", "accounts"]);
    let twice = place.run(&[&insert[..], &role, &["--json"]].concat()).await.json();
    assert_eq!(twice["task"], "baner_do_aktsii_2", "a second wish of the same name has an id of its own");
    let refused = place.run(&[&insert[..], &role, &["--as", "maksym"]].concat()).await;
    assert_eq!(refused.code, 4);
    let unknown = place.run(&[&insert[..], &["--role", "pilot"]].concat()).await;
    assert_ne!(unknown.code, 0);
    let vague = place.run(&[&insert[..], &["--role", "designer", "--due", "2 days"]].concat()).await;
    assert_eq!((vague.code, vague.err.contains("2 business days")), (2, true), "{}", vague.err);
    assert_eq!(place.line("verify --json").await.json()["well"], true);
}

#[tokio::test]
async fn a_running_project_is_moved_after_a_look_at_what_changes() {
    let place = Place::agency().await;
    place.project().await;
    let same = place.line("project move-version ранок --json").await.json();
    assert_eq!(same["changed"], false);
    let before = place.order().await;
    place.edit("smm.yaml", "- task: rubricator", "- task: topics\n        was: [rubricator]");
    place.edit("smm.yaml", "inputs: [rubricator]", "inputs: [topics]");
    place.edit("smm.yaml", "        hours: 18\n", "        hours: 20\n");
    let look = place.line("project move-version ранок --dry-run --json").await.json();
    assert_eq!(look["renamed"], json!([{ "here": "rubricator", "now": "topics" }]));
    let changed: Vec<&Json> = look["changed_tasks"].as_array().unwrap().iter().collect();
    assert_eq!(changed, [&json!({ "task": "first_nine", "keys": ["minutes"] })]);
    let words = place.line("project move-version ранок --dry-run").await;
    assert!(words.out.contains("changes   first_nine: minutes"), "{}", words.out);
    let still = place.line("project move-version ранок --dry-run --json").await.json();
    assert_eq!((&still["from"], &still["changed"]), (&look["from"], &json!(true)), "nothing was done");
    let unknown = place.line("project move-version ранок --to 0000000").await;
    assert_eq!(unknown.code, 5, "{}", unknown.err);
    let moved = place.line("project move-version ранок --as olena --json").await.json();
    assert_eq!((&moved["to"], &moved["changed"]), (&look["to"], &json!(true)));
    assert_eq!(place.order().await, before, "the renamed task keeps its name here");
    let shown = place.line("project show ранок --json").await.json();
    assert_eq!(shown["version"], look["to"]);
    let start = place.line("task start ранок/topics --as olena").await;
    assert!(start.code == 4 && start.err.contains("rubricator"), "the new name leads there: {}", start.err);
    place.edit("smm.yaml", "- task: communication", "- task: kickoff");
    let lost = place.line("project move-version ранок --dry-run").await;
    assert_eq!(lost.code, 4);
    assert!(lost.err.contains("communication"), "{}", lost.err);
    assert_eq!(place.line("verify --json").await.json()["well"], true);
}

#[tokio::test]
async fn a_project_goes_from_its_first_task_to_the_next() {
    let place = Place::agency().await;
    let project = place.project().await;
    place.line("task start ранок/communication --as olena").await.json_or_text();
    let set =
        ["task", "set", "ранок/communication", "goals=100 заявок", "risks=Сезон", "--as", "olena", "--json"];
    let document = place.run(&set).await.json();
    assert_eq!(document["fields"], serde_json::json!({ "goals": "100 заявок", "risks": "Сезон" }));
    for item in ["1", "2"] {
        place.line(&format!("task tick ранок/communication {item} --as olena")).await.json_or_text();
    }
    place.brief().await;
    let tried = "task confirm ранок/communication access:social_networks --comment Увійшли --as olena";
    place.line(tried).await.json_or_text();
    place.line("payment receive ранок/1 --as nadiia").await.json_or_text();
    let document = place.line("task submit ранок/communication --as olena --json").await.json();
    assert_eq!((&document["status"], &document["changed"]), (&Json::from("completed"), &Json::from(true)));

    let shown = place.line("project show ранок --json").await.json();
    assert_eq!(shown["project"], Json::from(project));
    assert_eq!(task(&shown, "accounts")["status"], "ready");
    assert_eq!(task(&shown, "rubricator")["missing"], serde_json::json!([{ "task": "accounts" }]));
    let verified = place.line("verify --json").await.json();
    assert_eq!(verified["well"], true);
}
