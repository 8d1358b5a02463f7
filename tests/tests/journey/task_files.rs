//! Comments and files of tasks (SC-36): who says what to whom, what is kept, what is refused, and what is swept.

use std::path::Path;

use chrono::Duration;
use engine::domain::project::ProjectCommand;
use engine::domain::project::comment::Comment;
use engine::store::files::Files;
use journeys::db::{self, Db};
use journeys::desk::person;
use journeys::house::{GROUP, House, SOFIIA};
use journeys::page::{FILES, Page, Pages};
use journeys::visitor::Visitor;

use super::briefs::serve;
use super::witness::is_well;

const HERE: &str = "/p/smm-test/communication";
const PDF: &[u8] = b"%PDF-1.7 \xd0\x9a\xd0\xb0\xd0\xb2\xd0\xb0";

async fn house() -> (Db, House, Pages) {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let pages = serve(&house).await;
    (db, house, pages)
}

async fn comments(house: &House) -> Vec<Comment> {
    let project = house.app.project_state(&house.project).await.expect("an answer").expect("a project");
    project.task(&"communication".into()).expect("the task").comments.clone()
}

/// Every fact of the project, as it is stored.
async fn log(house: &House) -> String {
    let events = house.app.store().stream(house.project.stream(), 0).await.expect("the store answers");
    events.into_iter().map(|event| event.data).collect()
}

fn taken(page: &Page) {
    assert_eq!(page.status, 303, "{}", page.text);
}

/// The address of a file on a page.
fn link(page: &Page) -> String {
    let found = page.text.split('"').find(|part| part.contains("/file/"));
    found.unwrap_or_else(|| panic!("no file on {}", page.text)).to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_stays_with_the_team_and_one_for_the_client_goes_to_the_chat_with_its_file() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        let pages = serve(&house).await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        let heard = house.sandbox.messages(GROUP).len();
        let words = "Клієнт любить <b>зелений</b>";
        taken(&olena.upload(&format!("{HERE}/comment"), &[("text", words)], None).await);
        house.settle().await;
        assert_eq!(house.sandbox.messages(GROUP).len(), heard, "the team's own words stay here");
        let told = [("text", "Ось кошторис <i>&"), ("client", "yes")];
        taken(&olena.upload(&format!("{HERE}/comment"), &told, Some(("кошторис.pdf", PDF))).await);
        house.settle().await;
        let messages = house.sandbox.messages(GROUP);
        let file = messages.iter().find_map(|message| message.file.as_ref()).expect("the file came");
        assert_eq!(file.name.as_deref(), Some("кошторис.pdf"), "{}", house.transcript(GROUP));
        let last = &messages.last().expect("a message").text;
        assert!(last.contains("Ось кошторис <i>&") && last.contains("Олена"), "{last}");
        let page = olena.get("/p/smm-test?task=communication").await;
        assert!(page.text.contains("Клієнт любить &lt;b&gt;зелений&lt;/b&gt;"), "{}", page.text);
        let said = comments(&house).await;
        assert_eq!(said.iter().map(|comment| comment.to_client).collect::<Vec<_>>(), [false, true]);
        assert!(!log(&house).await.contains("зелений"), "the words themselves are not in the log");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_typed_by_what_it_holds_and_is_only_ever_saved() {
    let (_db, house, pages) = house().await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let evil = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    taken(&olena.upload(&format!("{HERE}/comment"), &[("text", "")], Some(("../банер.png", evil))).await);
    let page = olena.get("/p/smm-test?task=communication").await;
    let file = olena.get(&link(&page)).await;
    assert_eq!((file.status.as_u16(), file.text.as_bytes()), (200, evil.as_slice()));
    assert_eq!(file.headers["content-type"], "text/plain");
    assert_eq!(file.headers["x-content-type-options"], "nosniff");
    assert_eq!(file.headers["content-security-policy"], "sandbox; default-src 'none'");
    let named = file.headers["content-disposition"].to_str().expect("text");
    assert_eq!(named, "attachment; filename*=UTF-8''%D0%B1%D0%B0%D0%BD%D0%B5%D1%80.png");
    let other = link(&page).replace("communication", "accounts");
    assert_eq!(olena.get(&other).await.status, 404, "a file is had through its own task alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_is_refused_the_words_stay_and_nothing_lies_about() {
    let (_db, house, pages) = house().await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let large = vec![b'a'; 51 * 1024 * 1024];
    let page =
        olena.upload(&format!("{HERE}/comment"), &[("text", "Ось відео")], Some(("відео.mp4", &large))).await;
    assert_eq!(page.status, 409);
    assert!(page.text.contains("larger than 50 MB") && page.text.contains("Ось відео"), "{}", page.text);
    assert_eq!(comments(&house).await, []);
    let largest = Path::new(FILES).read_dir().into_iter().flatten().flatten();
    let largest = largest.filter_map(|entry| entry.metadata().ok()).map(|file| file.len()).max();
    assert!(largest.unwrap_or_default() <= 50 * 1024 * 1024);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_with_more_fields_than_any_page_has_is_not_read() {
    let (_db, house, pages) = house().await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let words = "а".repeat(30_000);
    let many: Vec<(&str, &str)> = (0..40).map(|_| ("text", words.as_str())).collect();
    assert_eq!(olena.upload(&format!("{HERE}/comment"), &many, Some(("a.pdf", PDF))).await.status, 400);
    assert_eq!(comments(&house).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_sent_twice_is_one_comment_and_an_empty_one_is_none() {
    let (_db, house, pages) = house().await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let form = [("ask", "the-same-token"), ("text", "Раз")];
    for _ in 0..2 {
        taken(&olena.upload(&format!("{HERE}/comment"), &form, Some(("a.pdf", PDF))).await);
    }
    taken(&olena.upload(&format!("{HERE}/comment"), &[("text", "  ")], None).await);
    assert_eq!(comments(&house).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_team_comments_but_only_whoever_works_on_the_task_speaks_to_the_client() {
    let (_db, house, pages) = house().await;
    let iryna = Visitor::signed_in(&house, &pages, "iryna").await;
    taken(&iryna.upload(&format!("{HERE}/comment"), &[("text", "Бачу")], None).await);
    let told = [("text", "Добрий день"), ("client", "yes")];
    let refused = iryna.upload(&format!("{HERE}/comment"), &told, None).await;
    assert_eq!(refused.status, 409);
    assert!(refused.text.contains("Добрий день"), "what was written is still there: {}", refused.text);
    assert_eq!(comments(&house).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_a_result_is_uploaded_on_the_panel() {
    let (_db, house, pages) = house().await;
    house.work_until("ads").await;
    let (olena, taras) = (
        Visitor::signed_in(&house, &pages, "olena").await,
        Visitor::signed_in(&house, &pages, "taras").await,
    );
    let upload = [("field", "ad_report")];
    taken(&taras.post("/p/smm-test/ads/start", &[]).await);
    let hers = olena.upload("/p/smm-test/report/upload", &upload, Some(("звіт.pdf", PDF))).await;
    assert_eq!(hers.status, 409, "that task has no such field: {}", hers.text);
    assert!(olena.get("/p/smm-test?task=ads").await.text.contains("/p/smm-test/ads/upload"));
    assert_eq!(taras.upload("/p/smm-test/ads/upload", &upload, None).await.status, 409, "no file, no value");
    taken(&taras.upload("/p/smm-test/ads/upload", &upload, Some(("звіт.pdf", PDF))).await);
    let page = taras.get("/p/smm-test?task=ads").await;
    let file = taras.get(&link(&page)).await;
    assert_eq!(file.headers["content-type"], "application/pdf");
    assert_eq!(file.text.as_bytes(), PDF);
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_no_row_names_are_swept_after_a_day() {
    let (_db, house, _pages) = house().await;
    let dir = tempfile::tempdir().expect("a folder");
    let files = Files::new(dir.path());
    let mut draft = files.draft("broken-off").expect("a draft");
    draft.write(PDF).expect("written");
    std::mem::forget(draft);
    let source = dir.path().join("source");
    std::fs::write(&source, b"%PDF-1.7 named").expect("written");
    let named = files.copy(&source, "a").expect("kept");
    std::fs::write(&source, b"%PDF-1.7 unnamed").expect("written");
    let unnamed = files.copy(&source, "b").expect("kept");
    let content = engine::store::change::Content {
        kind: "document".into(),
        sha256: named.sha256.clone(),
        ..engine::store::change::Content::written("c-named".into(), "", None, house.now())
    };
    let along = engine::app::Along { contents: vec![content], ..engine::app::Along::default() };
    house.app.settle("keep".into(), house.now(), along).await.expect("the store answers");
    let there = |name: &str| dir.path().join(name).exists();
    let written = std::fs::metadata(&source).and_then(|file| file.modified()).expect("a time");
    let written = engine::domain::Timestamp::from(written);
    let store = house.app.store();
    let soon = written - Duration::hours(1);
    assert_eq!(store.sweep_files(&files, soon).await.expect("swept"), 0, "it may be on its way");
    let later = written + Duration::hours(25);
    assert_eq!(store.sweep_files(&files, later).await.expect("swept"), 2);
    assert!(there(&named.sha256) && there("source"), "what is named, and what is not ours, stays");
    assert!(!there(&unnamed.sha256) && !there("draft-broken-off"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_client_answers_in_the_chat_stands_under_the_task_that_it_is_about() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        let pages = serve(&house).await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        house.sandbox.set_privacy(false);
        let write = async |text: &str, to: Option<i64>| {
            house.sandbox.send_text(SOFIIA, GROUP, text, to).expect("said");
            house.settle().await;
        };
        write("Поки нічого не почалося", None).await;
        taken(
            &olena.upload(&format!("{HERE}/comment"), &[("text", "Ось план"), ("client", "yes")], None).await,
        );
        house.settle().await;
        let ours = house.sandbox.last_message(GROUP).expect("the comment").id;
        house.work_until("rubricator").await;
        house.order(person("maksym"), ProjectCommand::StartTask { task: "rubricator".into() }).await;
        house.settle().await;
        // The one task that is under way is meant, unless an older message is answered.
        write("Додайте <b>десерти</b>", None).await;
        write("План подобається", Some(ours)).await;
        let under = async |task: &str| olena.get(&format!("/p/smm-test?task={task}")).await.text;
        let (topics, start) = (under("rubricator").await, under("communication").await);
        assert!(
            topics.contains("Додайте &lt;b&gt;десерти&lt;/b&gt;") && topics.contains("Софія"),
            "{topics}"
        );
        assert!(!topics.contains("План подобається") && start.contains("План подобається"), "{start}");
        assert!(
            !start.contains("Поки нічого") && !topics.contains("Поки нічого"),
            "it was about no task yet"
        );
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_that_the_client_reads_stops_the_clock_of_its_answer() {
    let (_db, house, pages) = house().await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    house.sandbox.set_privacy(false);
    house.sandbox.send_text(SOFIIA, GROUP, "Коли почнемо?", None).expect("said");
    house.settle().await;
    let waits = async || house.app.client_state(&house.client).await.unwrap().unwrap().unanswered.is_some();
    assert!(waits().await);
    taken(&olena.upload(&format!("{HERE}/comment"), &[("text", "Між собою")], None).await);
    assert!(waits().await, "the client does not read that");
    taken(&olena.upload(&format!("{HERE}/comment"), &[("text", "Завтра"), ("client", "yes")], None).await);
    assert!(!waits().await);
    is_well(house).await;
}
