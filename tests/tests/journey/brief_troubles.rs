//! What goes wrong with briefs: two devices, a project that ends, answers from elsewhere that are not complete, the staff on the command line (PF-84 to PF-92).

use engine::domain::project::ProjectCommand;
use engine::domain::project::event::FilledBy;
use engine::store::forms::Seen;
use journeys::db;
use journeys::desk::{STAFF_CHAT, person};
use journeys::house::{GROUP, House, SOFIIA};
use journeys::page::{Page, form_link, link_in};
use journeys::program::binary;
use serde_json::{Value, json};

use super::briefs::{ANSWERS, received, sent};
use super::witness::facts;

type Fields = Vec<(String, String)>;

/// The fields that a browser posts beside the answers: the version and the marks of the page.
fn beside(page: &Page) -> Fields {
    let inputs = page.text.split("type=\"hidden\" name=\"").skip(1);
    let field = |input: &str| {
        let (name, rest) = input.split_once('"').expect("a name");
        let value = rest.strip_prefix(" value=\"").and_then(|rest| rest.split_once('"')).expect("a value");
        (name.to_owned(), value.0.to_owned())
    };
    let fields: Fields = inputs.map(field).collect();
    assert!(fields.len() > 10, "a version and marks: {}", page.text);
    fields
}

/// A page with these answers on it, as it would be posted.
fn filled<'a>(beside: &'a Fields, answers: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let beside = beside.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    beside.chain(answers.iter().copied()).collect()
}

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut answers = ANSWERS.to_vec();
    answers.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    answers.extend(changes);
    answers
}

async fn draft(house: &House) -> String {
    house.app.store().dump("form_drafts").await.unwrap()
}

async fn close(house: &House) {
    let reason = house.content("Клієнт передумав").await;
    house.order(person("olena"), ProjectCommand::CloseProject { reason }).await;
    house.settle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_page_keeps_its_own_changes_and_takes_over_all_others_even_when_it_hands_in() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let link = form_link(&house);
    let mut first = with(&[("do", "save"), ("q.business", "Каву")]);
    first.push(("version", "0"));
    assert_eq!(pages.post(&link, &first).await.status, 303);
    let (laptop, phone) = (beside(&pages.get(&link).await), beside(&pages.get(&link).await));
    let newer = with(&[("do", "save"), ("q.business", "Каву й чай")]);
    assert_eq!(pages.post(&link, &filled(&laptop, &newer)).await.status, 303);
    // The phone still shows «Каву», which nobody touched there.
    let older = with(&[("q.business", "Каву"), ("q.goals", "Черга зранку")]);
    let page = pages.post(&link, &filled(&phone, &older)).await;
    assert_eq!(page.status, 409, "{}", page.text);
    assert!(page.text.contains("Каву й чай") && page.text.contains("Черга зранку"), "{}", page.text);
    assert!(received(&house).await.is_none(), "it is looked through first");
    assert!(draft(&house).await.contains("Каву й чай"));
    let again = with(&[("q.business", "Каву й чай"), ("q.goals", "Черга зранку")]);
    assert_eq!(pages.post(&link, &filled(&beside(&page), &again)).await.status, 303);
    assert!(received(&house).await.is_some());
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_two_devices_changed_is_not_overwritten_in_passing_and_both_answers_are_shown() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let link = form_link(&house);
    let (laptop, phone) = (beside(&pages.get(&link).await), beside(&pages.get(&link).await));
    let theirs = [("q.business", "Каву"), ("q.networks", "instagram"), ("do", "autosave")];
    let saved = pages.post(&link, &filled(&laptop, &theirs)).await;
    assert_eq!(saved.status, 200);
    assert!(saved.text.starts_with("1\nbusiness "), "the page learns what is its own: {}", saved.text);
    let ours = |wish| [("q.business", "Чай"), ("q.networks", "tiktok"), ("do", wish)];
    let passing = pages.post(&link, &filled(&phone, &ours("autosave"))).await;
    assert_eq!(passing.status, 409);
    assert!(draft(&house).await.contains("Каву") && !draft(&house).await.contains("Чай"));
    let page = pages.post(&link, &filled(&phone, &ours("save"))).await;
    assert_eq!(page.status, 409);
    for wanted in [">Чай<", "з іншого пристрою: Каву", "з іншого пристрою: Instagram"]
    {
        assert!(
            page.text.contains(wanted) || page.text.contains(&wanted.replace('>', ">\n")),
            "{wanted}: {}",
            page.text
        );
    }
    assert_eq!(pages.post(&link, &filled(&beside(&page), &ours("save"))).await.status, 303);
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn enter_in_a_line_saves_and_hands_nothing_in() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let page = pages.get(&form_link(&house)).await;
    let (_, form) = page.text.split_once("<form").expect("a form");
    let (_, button) = form.split_once("<button").expect("a button");
    let (button, _) = button.split_once("</button>").expect("its end");
    assert!(button.contains("value=\"save\""), "the first button is the one that Enter presses: {button}");
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_of_the_answers_ends_after_180_days_and_the_thanks_stay() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let link = form_link(&house);
    pages.post(&link, &ANSWERS).await;
    house.settle().await;
    let answers = link_in(&house, STAFF_CHAT, "Відповіді");
    house.skip(179 * 24 * 3_600);
    assert_eq!(pages.get(&answers).await.status, 200);
    house.skip(2 * 24 * 3_600);
    assert_eq!(pages.get(&answers).await.status, 404);
    assert!(pages.get(&link).await.text.contains("Дякуємо"));
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_thanked_for_a_brief_of_a_project_that_ended_meanwhile_and_the_answers_stay() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let link = form_link(&house);
    close(&house).await;
    for fields in [with(&[]), with(&[("q.goals", "")]), with(&[("do", "save")]), with(&[("do", "autosave")])]
    {
        let page = pages.post(&link, &fields).await;
        assert_eq!(page.status, 410, "{}", page.text);
        assert!(page.text.contains("уже не потрібен") && !page.text.contains("Дякуємо"), "{}", page.text);
    }
    assert!(pages.get(&link).await.text.contains("уже не потрібен"));
    assert!(draft(&house).await.contains("Офіси довкола"), "what was typed is kept");
    assert!(received(&house).await.is_none());
    let hook = link.replace("/f/", "/hooks/forms/");
    let answer = pages.post_json(&hook, &json!({ "answers": { "goals": "Гості" } })).await;
    assert_eq!(answer.status, 409);
    assert!(answer.text.contains("form-closed") && !answer.text.contains("kept"), "{}", answer.text);
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn incomplete_answers_from_elsewhere_are_told_to_the_staff_once_with_the_page_to_complete_them() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let link = form_link(&house);
    let hook = link.replace("/f/", "/hooks/forms/");
    let post = async |answers: Value| pages.post_json(&hook, &json!({ "answers": answers })).await.status;
    let first = json!({
        "Що ви продаєте і кому?": "Каву",
        "У яких мережах працюємо?": "Instagram, TikTok",
        "Рекламний бюджет на місяць": 5000,
    });
    assert_eq!(post(first).await, 422);
    assert_eq!(post(json!({ "Що ви продаєте і кому?": "", "goals": "Гості" })).await, 422);
    house.settle().await;
    let told: Vec<_> =
        house.said(STAFF_CHAT).into_iter().filter(|text| text.contains("прийшов не повний")).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("Бракує") && told[0].contains("Кава «Ранок»"), "{told:?}");
    let page = pages.get(&link_in(&house, STAFF_CHAT, "Дописати бриф")).await;
    assert_eq!(page.status, 200);
    for wanted in [">\nКаву<", ">\nГості<", "value=\"instagram\" checked", "value=\"tiktok\" checked"]
    {
        assert!(page.text.contains(wanted), "{wanted}: {}", page.text);
    }
    assert_eq!(facts(&house, "attempt_refused").await, 1);
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_does_not_come_back_after_its_brief_on_both_databases() {
    for db in db::both().await {
        let (house, pages) = sent(&db).await;
        let project = house.app.project_state(&house.project).await.unwrap().unwrap();
        let seen = Seen { project: project.version, draft: 0 };
        pages.post(&form_link(&house), &ANSWERS).await;
        assert!(received(&house).await.is_some());
        let typed = [("goals".to_owned(), vec!["Гості".to_owned()])].into();
        let saved = house
            .app
            .store()
            .save_draft(&house.project, "smm-brief", &typed, seen, (house.now(), FilledBy::Client))
            .await
            .unwrap();
        assert!(!saved, "{}: it saw the form open", db.name);
        assert_eq!(draft(&house).await, "");
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_of_sent_messages_stand_in_no_table() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let link = form_link(&house);
    pages.post(&link, &ANSWERS).await;
    house.settle().await;
    let answers = link_in(&house, STAFF_CHAT, "Відповіді");
    let outbox = house.app.store().dump("outbox").await.unwrap();
    assert!(outbox.contains("Заповнити бриф"), "the label stays");
    for address in [link, answers] {
        let token = address.rsplit('/').next().unwrap();
        assert_eq!(token.len(), 43);
        assert!(!outbox.contains(token), "{address}");
    }
    house.app.store().close().await;
}

/// A command of the program on the database of the house: its exit code, its document, its errors.
fn run(db: &db::Db, by: &str, words: &[&str]) -> (i32, Value, String) {
    let directory = tempfile::tempdir().unwrap();
    let mut command = std::process::Command::new(binary());
    command.current_dir(directory.path()).env_clear().env("SIGNOFF_DATABASE_URL", &db.url);
    let said = command.args(words).args(["--as", by, "--json"]).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (out, err) = (text(&said.stdout), text(&said.stderr));
    let code = said.status.code().unwrap();
    (code, serde_json::from_str(&out).unwrap_or(Value::Null), format!("{words:?}\n{out}\n{err}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_staff_write_answers_down_if_they_may_and_start_from_what_came_back() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let id = house.project.to_string();
    let set = |by: &str, answer: &str| run(&db, by, &["brief", "set", &id, "smm-brief", answer]);
    let (code, said, all) = set("maksym", "goals=Гості");
    assert_eq!((code, &said["refused"]["code"]), (4, &json!("not-allowed")), "{all}");
    assert_eq!(draft(&house).await, "");
    assert_eq!(facts(&house, "attempt_refused").await, 1);
    let (code, said, all) = set("olena", "gaols=Гості");
    assert_eq!((code, &said["refused"]["code"]), (5, &json!("no-question")), "{all}");
    let (code, said, all) = run(&db, "olena", &["brief", "submit", &id]);
    assert_eq!((code, &said["refused"]["code"]), (4, &json!("form-incomplete")), "{all}");
    let sentence = said["refused"]["text"].as_str().unwrap();
    assert!(sentence.contains("бракує відповідей") && sentence.contains("Що ви продаєте"), "{all}");
    assert!(said["refused"]["hint"].as_str().unwrap().starts_with("signoff brief set"), "{all}");
    pages.post(&form_link(&house), &ANSWERS).await;
    assert_eq!(set("olena", "goals=400 гостей").0, 0);
    let draft = draft(&house).await;
    assert!(draft.contains("400 гостей") && draft.contains("Офіси довкола"), "{draft}");
    assert_eq!(run(&db, "olena", &["brief", "submit", &id]).0, 0);
    assert_eq!(received(&house).await.unwrap().version, 2);
    let (code, said, all) = run(&db, "olena", &["brief", "send", &id, "--again"]);
    assert_eq!((code, &said["changed"]), (0, &json!(true)), "{all}");
    close(&house).await;
    let (code, said, all) = set("olena", "goals=500");
    assert_eq!((code, &said["refused"]["code"]), (4, &json!("project-over")), "{all}");
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reasons_and_promises_say_something_and_a_client_is_set_wholly_or_not_at_all() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let id = house.project.to_string();
    let empty: [&[&str]; 3] = [
        &["project", "pause", &id, "--reason", " "],
        &["project", "promise", &id, "--by", "2027-01-15", ""],
        &["task", "promise", &format!("{id}/ads"), "--by", "2027-01-15", " "],
    ];
    for words in empty {
        let (code, _, all) = run(&db, "olena", words);
        assert_eq!(code, 2, "{all}");
    }
    let (_, said, all) = run(&db, "olena", empty[0]);
    assert!(said["error"]["text"].as_str().unwrap().contains("--reason"), "{all}");
    let set = |words: &[&str]| run(&db, "olena", &[&["client", "set", "kava-ranok"], words].concat());
    let (code, _, all) = set(&["--language", "en", "--zone", "Bad"]);
    assert_eq!(code, 4, "{all}");
    let (code, said, all) = set(&["--zone", "Asia/Ho_Chi_Minh"]);
    assert_eq!(
        (code, &said["language"], &said["zone"]),
        (0, &json!("uk"), &json!("Asia/Ho_Chi_Minh")),
        "{all}"
    );
    let (code, said, all) = set(&["--zone", "agency"]);
    assert_eq!((code, &said["zone"]), (0, &Value::Null), "{all}");
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_client_has_typed_is_not_handed_in_for_it_unasked() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let link = form_link(&house);
    let page = pages.get(&link).await;
    let beside = beside(&page);
    let saved = pages.post(&link, &filled(&beside, &[("q.business", "Напівдумка"), ("do", "save")])).await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    let id = house.project.to_string();
    let (code, said, all) = run(&db, "olena", &["brief", "submit", &id]);
    assert_eq!(code, 4, "{said}{all}");
    assert!(all.contains("уже почав заповнювати") && all.contains("--with-draft"), "{all}");
    assert!(received(&house).await.is_none(), "nothing was handed in");
    let (_, _, shown) = run(&db, "olena", &["brief", "show", &id]);
    assert!(shown.contains("Напівдумка") && shown.contains("partly filled"), "{shown}");
    let (code, said, all) = run(&db, "olena", &["brief", "submit", &id, "--with-draft"]);
    assert_eq!((code, &said["refused"]["code"]), (4, &json!("form-incomplete")), "{all}");
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_client_wrote_can_be_erased_and_the_log_stays_whole_on_both_databases() {
    for db in db::both().await {
        erased(&db).await;
    }
}

async fn erased(db: &db::Db) {
    let (house, pages) = sent(db).await;
    let link = form_link(&house);
    pages.post(&link, &ANSWERS).await;
    let ours = house.sandbox.last_message(GROUP).expect("a message").id;
    house.sandbox.send_text(SOFIIA, GROUP, "Мій номер 067 123 45 67", Some(ours)).expect("said");
    house.settle().await;
    house.pass(60).await;
    let client = house.client.to_string();
    let before = house.app.store().dump("contents").await.unwrap();
    assert!(before.contains("067 123 45 67") && before.contains("Каву й круасани"), "{before}");
    let (code, said, _) = run(db, "olena", &["client", "erase", &client]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(house.app.store().dump("contents").await.unwrap(), before, "it was only counted");
    let (code, said, all) = run(db, "maksym", &["client", "erase", &client, "--yes"]);
    assert_eq!(code, 4, "only who looks after clients: {said}{all}");
    let (code, said, all) = run(db, "olena", &["client", "erase", &client, "--yes"]);
    assert_eq!(code, 0, "{said}{all}");
    let after = house.app.store().dump("contents").await.unwrap();
    assert!(!after.contains("067 123 45 67") && !after.contains("Каву й круасани"), "{after}");
    let outbox = house.app.store().dump("outbox").await.unwrap();
    assert!(!outbox.contains("Бриф у нас, дякуємо") && !outbox.contains("067 123 45 67"), "{outbox}");
    let inbox = house.app.store().dump("inbox").await.unwrap();
    assert!(!inbox.contains("067 123 45 67") && !inbox.contains("sofiia"), "{inbox}");
    let people = || async { house.app.store().dump("profiles").await.unwrap() };
    assert!(people().await.contains("Софія"), "who they are stays, until that is asked for");
    let (code, said, all) = run(db, "olena", &["client", "erase", &client, "--people", "--yes"]);
    assert_eq!((code, &said["people"]), (0, &json!(1)), "{all}");
    let left = people().await;
    assert!(!left.contains("Софія") && left.contains("Олена Коваль"), "{left}");
    let log = house.app.store().dump("events").await.unwrap();
    assert!(log.contains("answers_erased") && log.contains("form_received"));
    let (code, _, shown) = run(db, "olena", &["client", "show", &client]);
    assert!(code == 0 && !shown.contains("ranok.example"), "{shown}");
    let (code, verified, all) = run(db, "olena", &["verify"]);
    assert_eq!(code, 0, "{verified}{all}");
    house.app.store().close().await;
    let Some(folder) = db.directory.as_ref().map(|folder| folder.path().to_owned()) else { return };
    for words in ["067 123 45 67", "Каву й круасани", "Бриф у нас, дякуємо"] {
        assert!(!super::accesses::lies_in(&folder, words.as_bytes()), "{words} is still in the file");
    }
}
