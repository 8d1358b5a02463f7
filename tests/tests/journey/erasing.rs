//! Erasing a client: what waits is not sent where that is asked for, what was said under tasks goes with its files, and the log stays whole.

use chrono::Duration;
use engine::app::{Along, Answer, Ask, Reach};
use engine::domain::client::event::Erased;
use engine::domain::project::ProjectCommand;
use engine::domain::{StreamId, TaskId};
use engine::store::files::Files;
use engine::store::{leases, outbox, outcome};
use journeys::db;
use journeys::desk::{command_id, person};
use journeys::house::{GROUP, House};
use journeys::visitor::Visitor;

use super::briefs::serve;
use super::witness::{is_well, until};

const HERE: &str = "/p/smm-test/communication";
const PDF: &[u8] = b"%PDF-1.7 what waits";

pub const UNSENT: Reach = Reach { people: false, unsent: true };
const PEOPLE: Reach = Reach { people: true, unsent: false };

pub async fn erase(house: &House, reach: Reach) -> Answer {
    let ask = Ask {
        command_id: command_id(),
        at: house.now(),
        by: person("olena"),
        command: (),
        along: Along::default(),
    };
    house.app.erase_answers(&house.client, ask, reach).await.expect("the store answers")
}

async fn erasable(house: &House) -> Erased {
    house.app.erasable(&house.client, UNSENT).await.expect("the store answers").count()
}

async fn tell_client(olena: &Visitor<'_>, text: &str, file: Option<(&str, &[u8])>) {
    let page = olena.upload(&format!("{HERE}/comment"), &[("text", text), ("client", "yes")], file).await;
    assert_eq!(page.status, 303, "{}", page.text);
}

/// What was taken out of the line of the client's chat, by whom and why.
async fn dropped(house: &House) -> Vec<String> {
    let facts = house.app.store().stream(StreamId::deliveries(GROUP), 0).await.expect("the store answers");
    let dropped = facts.iter().filter(|fact| fact.kind == "message_dropped");
    dropped.map(|fact| format!("{:?} {}", fact.by, fact.data)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_a_client_is_not_sent_once_it_is_erased_on_both_databases() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        let pages = serve(&house).await;
        until(&house, "2026-12-01 21:30").await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        let heard = house.sandbox.messages(GROUP).len();
        tell_client(&olena, "Софіє, ваш номер 067 555 11 22?", Some(("паспорт.pdf", PDF))).await;
        let page = olena.post("/p/smm-test/write", &[("text", "Софіє, вітаємо з днем народження")]).await;
        assert_eq!(page.status, 303, "{}", page.text);
        house.settle().await;
        assert_eq!(house.sandbox.messages(GROUP).len(), heard, "it waits for the morning");
        let outbox = || async { house.app.store().dump("outbox").await.expect("a dump") };
        assert!(outbox().await.contains("067 555 11 22"), "{}", outbox().await);
        let counted = erasable(&house).await;
        assert!(counted.waiting >= 2, "{counted:?}");

        let spared = house.app.erasable(&house.client, Reach::default()).await.expect("the store answers");
        assert_eq!((spared.count().waiting, spared.waiting.len()), (0, counted.waiting as usize));
        assert!(matches!(erase(&house, UNSENT).await, Answer::Done { .. }));
        assert!(!outbox().await.contains("067 555 11 22"), "{}", db.name);
        let contents = house.app.store().dump("contents").await.expect("a dump");
        assert!(!contents.contains("067 555") && !contents.contains("днем народження"), "{contents}");
        assert_eq!(erasable(&house).await, Erased::default(), "nothing is left");
        let facts = dropped(&house).await;
        assert_eq!(facts.len(), counted.waiting as usize, "{facts:?}");
        assert!(facts.iter().all(|fact| fact.contains("olena") && fact.contains(r#""reason":"erased""#)));

        until(&house, "2026-12-02 08:31").await;
        assert_eq!(house.sandbox.messages(GROUP).len(), heard, "{}", house.transcript(GROUP));
        tell_client(&olena, "Добрий ранок", None).await;
        house.settle().await;
        let last = house.said(GROUP).pop().unwrap_or_default();
        assert!(last.contains("Добрий ранок"), "the line goes on: {last}");
        let page = olena.get("/p/smm-test/chat").await;
        assert!(page.status == 200 && page.text.contains("Добрий ранок"), "{}", page.text);
        assert!(page.text.contains("erased on request") && !page.text.contains("067 555"), "{}", page.text);
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_on_its_way_at_that_moment_is_taken_back_from_the_chat_on_both_databases() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        let pages = serve(&house).await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        house.write_at_any_hour();
        tell_client(&olena, "Ось ваші дані", None).await;
        let store = house.app.store();
        let heads = outbox::heads(store, house.now()).await.expect("the store answers");
        let head = heads.iter().find(|head| head.chat == GROUP).expect("it waits").id;
        let lease = leases::acquire(store, "erasing", "one", house.now()).await;
        let lease = lease.expect("the store answers").expect("a lease");
        let claims = outbox::claim(store, &lease, vec![head], house.now()).await.expect("the store answers");
        let claim = claims.and_then(|mut claims| claims.pop()).expect("it is ours");
        assert!(claim.payload.text.contains("Ось ваші дані"), "it is being sent");

        assert!(matches!(erase(&house, UNSENT).await, Answer::Done { .. }));
        outcome::delivered(store, &claim, 990_001, false, house.now()).await.expect("the store answers");
        let rows = store.dump("outbox").await.expect("a dump");
        assert!(!rows.contains("Ось ваші дані"), "{rows}");
        assert_eq!(outbox::strays(store).await.expect("the store answers"), [(GROUP, 990_001)]);
        outcome::later(store, &claim, house.now(), false, "again").await.expect("the store answers");
        assert_eq!(erasable(&house).await.waiting, 0, "it does not come back into the line");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_under_tasks_goes_with_its_files_and_reasons_stay_on_both_databases() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        let pages = serve(&house).await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        house.write_at_any_hour();
        let own = [("text", "Софія просила не дзвонити після 18:00")];
        let page = olena.upload(&format!("{HERE}/comment"), &own, Some(("нотатка.pdf", PDF))).await;
        assert_eq!(page.status, 303, "{}", page.text);
        tell_client(&olena, "Кошторис для Софії", None).await;
        let reason = house.content("Чекаємо на фотографа").await;
        let task = TaskId::from("communication");
        let on = (house.now() + Duration::days(9)).date_naive();
        house
            .order(person("olena"), ProjectCommand::SetDue { task: task.clone(), on, reason: Some(reason) })
            .await;
        house.settle().await;
        let panel = olena.get("/p/smm-test?task=communication").await;
        let link = panel.text.split('"').find(|part| part.contains("/file/")).expect("a file").to_owned();
        assert_eq!(olena.get(&link).await.status, 200);

        assert!(matches!(erase(&house, UNSENT).await, Answer::Done { .. }));
        let contents = house.app.store().dump("contents").await.expect("a dump");
        for words in ["не дзвонити", "нотатка.pdf", "Кошторис для Софії"] {
            assert!(!contents.contains(words), "{}: {words}", db.name);
        }
        assert!(contents.contains("Чекаємо на фотографа"), "why the team decided is the team's");
        let panel = olena.get("/p/smm-test?task=communication").await;
        assert_eq!(panel.status, 200);
        assert_eq!(panel.text.matches(r#"<p class="muted">erased</p>"#).count(), 3, "{}", panel.text);
        assert_eq!(olena.get(&link).await.status, 404, "its address opens nothing");
        let state = house.app.project_state(&house.project).await.expect("an answer").expect("a project");
        let said = &state.task(&task).expect("the task").comments;
        assert_eq!(said.iter().map(|said| said.to_client).collect::<Vec<_>>(), [false, true]);
        assert!(said[0].file.as_ref().is_some_and(|file| file.sha256.len() == 64), "the log keeps hashes");
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_name_of_a_chat_goes_with_the_people_alone() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let title = "Кава «Ранок» і Маяк";
    let contents = || async { house.app.store().dump("contents").await.expect("a dump") };
    assert!(contents().await.contains(title), "{title}");
    erase(&house, UNSENT).await;
    assert!(contents().await.contains(title), "they still work with us");
    erase(&house, PEOPLE).await;
    assert!(!contents().await.contains(title), "{title}");
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_of_what_was_erased_are_swept_and_the_same_bytes_of_somebody_else_stay() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let dir = tempfile::tempdir().expect("a folder");
    let files = Files::new(dir.path());
    let source = dir.path().join("source");
    let mut kept = Vec::new();
    for bytes in ["alone", "shared"] {
        std::fs::write(&source, bytes).expect("written");
        kept.push(files.copy(&source, bytes).expect("kept").sha256);
    }
    let row = |id: &str, sha256: &String| engine::store::change::Content {
        kind: "document".into(),
        sha256: sha256.clone(),
        ..engine::store::change::Content::written(id.into(), "", None, house.now())
    };
    let rows = vec![row("c-alone", &kept[0]), row("c-shared", &kept[1]), row("c-elsewhere", &kept[1])];
    for content in &rows[..2] {
        let file = engine::domain::field::FileRef {
            content: content.content.clone(),
            sha256: content.sha256.clone(),
        };
        let task = TaskId::from("communication");
        house
            .order(
                person("olena"),
                ProjectCommand::Comment { task, text: None, file: Some(file), to_client: false },
            )
            .await;
    }
    house
        .app
        .settle(command_id(), house.now(), Along { contents: rows, ..Along::default() })
        .await
        .expect("kept");
    erase(&house, UNSENT).await;
    let later = std::fs::metadata(&source).and_then(|file| file.modified()).expect("a time");
    let later = engine::domain::Timestamp::from(later) + Duration::hours(1);
    assert_eq!(house.app.store().sweep_files(&files, later).await.expect("swept"), 1);
    assert!(!dir.path().join(&kept[0]).exists() && dir.path().join(&kept[1]).exists());
    is_well(house).await;
}
