//! The parts of a project beside its tasks: files and time in their tabs, and projects that people pin to the menu (SC-33).

use engine::domain::project::{ProjectCommand, Status};
use engine::domain::{Actor, ProjectId};
use journeys::db::{self, Db};
use journeys::desk::{add_client, open_smm, person};
use journeys::house::{GROUP, House, SOFIIA};
use journeys::page::Pages;
use journeys::visitor::Visitor;

use super::briefs::serve;

const FILES: &str = "/p/smm-test/files";
const TIME: &str = "/p/smm-test/time";
const PIN: &str = "/p/smm-test/pin";
const PDF: &[u8] = b"%PDF-1.7 what is in it";

async fn house(db: &Db) -> (House, Pages) {
    let house = House::open(db, "uk").await;
    let pages = serve(&house).await;
    (house, pages)
}

async fn put(who: &Visitor<'_>, name: &str, client: bool) {
    let fields: &[(&str, &str)] = if client { &[("text", ""), ("client", "yes")] } else { &[("text", "")] };
    let page = who.upload("/p/smm-test/communication/comment", fields, Some((name, PDF))).await;
    assert_eq!(page.status, 303, "{}", page.text);
}

/// The row of a table that has these words.
fn row<'a>(page: &'a str, words: &str) -> &'a str {
    let rows = page.split("<tr>").skip(1).filter_map(|row| row.split("</tr>").next());
    let found: Vec<&str> = rows.filter(|row| row.contains(words)).collect();
    assert_eq!(found.len(), 1, "one row of {words}: {page}");
    found[0]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_file_stands_in_one_table_with_who_added_it_and_whether_the_client_has_it() {
    for db in db::both().await {
        let (house, pages) = house(&db).await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        assert!(olena.get(FILES).await.text.contains("No files yet"));
        put(&olena, "нотатка <b>.pdf", false).await;
        house.skip(60);
        put(&olena, "кошторис.pdf", true).await;
        let page = olena.get(FILES).await.text;
        assert!(row(&page, "кошторис.pdf").contains("not sent yet"), "it is on its way: {page}");
        house.settle().await;
        let page = olena.get(FILES).await.text;
        let (own, told) = (row(&page, "нотатка &lt;b&gt;.pdf"), row(&page, "кошторис.pdf"));
        assert!(own.contains("the team only") && !own.contains("the client too"), "{own}");
        assert!(told.contains("the client too") && told.contains("sent 2"), "{told}");
        for wanted in ["Олена Коваль", "comment", "/p/smm-test?task=communication", "PDF", "1 KB"]
        {
            assert!(told.contains(wanted), "{wanted}: {told}");
        }
        let newest = page.find("кошторис.pdf") < page.find("нотатка");
        assert!(newest, "the latest stands first: {page}");
        let link = told.split('"').find(|part| part.contains("/communication/file/")).expect("a link");
        assert_eq!(olena.get(link).await.text.as_bytes(), PDF);
        let hash = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(PDF));
        assert!(told.contains(&format!("<code title=\"{hash}\">{}</code>", &hash[..12])), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_a_result_is_the_clients_once_the_result_is_handed_over() {
    let db = db::sqlite();
    let (house, pages) = house(&db).await;
    house.work_until("ads").await;
    house.order(person("taras"), ProjectCommand::StartTask { task: "ads".into() }).await;
    house.fill("ads").await;
    let taras = Visitor::signed_in(&house, &pages, "taras").await;
    let upload = [("field", "ad_report")];
    let page = taras.upload("/p/smm-test/ads/upload", &upload, Some(("реклама.pdf", PDF))).await;
    assert_eq!(page.status, 303, "{}", page.text);
    let page = taras.get(FILES).await.text;
    let later = row(&page, "реклама.pdf");
    assert!(later.contains("Тарас") && later.contains("when the result is handed over"), "{later}");
    assert!(later.contains("Ads report") && !later.contains("sent "), "{later}");
    house.order(person("taras"), ProjectCommand::SubmitTask { task: "ads".into() }).await;
    if house.status("ads").await == Status::InReview {
        house.order(Actor::Operator, ProjectCommand::AcceptTask { task: "ads".into(), round: None }).await;
    }
    house.settle().await;
    let page = taras.get(FILES).await.text;
    let sent = row(&page, "реклама.pdf");
    assert!(sent.contains("sent 2") && !sent.contains("handed over"), "{sent}");
    let came = house.sandbox.messages(GROUP).into_iter().filter_map(|message| message.file?.name);
    assert!(came.into_iter().any(|name| name == "реклама.pdf"), "{}", house.transcript(GROUP));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_client_sends_stands_there_too_and_words_alone_do_not() {
    let db = db::sqlite();
    let (house, pages) = house(&db).await;
    house.sandbox.set_privacy(false);
    house.sandbox.send_text(SOFIIA, GROUP, "Ось наші фото", None).expect("said");
    let photo = sandbox::SentFile {
        file_name: Some("зал.jpg".into()),
        ..sandbox::SentFile::new(SOFIIA, GROUP, sandbox::FileKind::Document)
    };
    house.sandbox.send_file(&photo).expect("sent");
    house.settle().await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let page = olena.get(FILES).await.text;
    let sent = row(&page, "зал.jpg");
    assert!(
        sent.contains("Софія") && sent.contains("from the client") && sent.contains("in Telegram"),
        "{sent}"
    );
    assert!(!sent.contains("/file/"), "its bytes do not lie here: {sent}");
    assert!(page.contains("Files: 1") && !page.contains("Ось наші фото"), "{page}");
    // A picture in a remark belongs to the task whose result it is about.
    house.work_until("content_plan").await;
    house.work("content_plan").await;
    house.press(SOFIIA, GROUP, "✏️").await;
    let question = house.sandbox.last_message(GROUP).expect("it is there").id;
    let remark = sandbox::SentFile {
        reply_to: Some(question),
        ..sandbox::SentFile::new(SOFIIA, GROUP, sandbox::FileKind::Photo)
    };
    house.sandbox.send_file(&remark).expect("sent");
    house.settle().await;
    let page = olena.get(FILES).await.text;
    let sent = row(&page, "a remark on a result");
    assert!(
        sent.contains("?task=content_plan") && sent.contains("image") && sent.contains("Софія"),
        "{sent}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_file_that_was_erased_only_the_fact_stays() {
    for db in db::both().await {
        let (house, pages) = house(&db).await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        put(&olena, "паспорт.pdf", true).await;
        house.settle().await;
        let erased = super::erasing::erase(&house, super::erasing::UNSENT).await;
        assert!(matches!(erased, engine::app::Answer::Done { .. }), "{erased:?}");
        let page = olena.get(FILES).await.text;
        let left = row(&page, "erased");
        assert!(left.contains("Олена Коваль") && left.contains("the client too"), "{left}");
        assert!(!left.contains("not sent") && !left.contains("/file/") && !left.contains("<code"), "{left}");
        assert!(!page.contains("паспорт"), "{page}");
    }
}

async fn note(house: &House, by: &str, task: &str, minutes: u32, kind: Option<&str>, words: &str) {
    let command = ProjectCommand::AddTime {
        task: task.into(),
        kind: kind.map(str::to_owned),
        minutes,
        on: None,
        person: None,
        comment: Some(house.content(words).await),
    };
    house.order(person(by), command).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_time_of_a_project_adds_up_to_the_number_on_top_of_it() {
    for db in db::both().await {
        let (house, pages) = house(&db).await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        let empty = olena.get(TIME).await.text;
        assert!(empty.contains("No time has been written down") && empty.contains("By task"), "{empty}");
        note(&house, "olena", "communication", 45, Some("call"), "обговорили <i>бриф</i>").await;
        house.work("communication").await;
        house.order(person("maksym"), ProjectCommand::StartTask { task: "accounts".into() }).await;
        note(&house, "maksym", "accounts", 600, None, "налаштував Meta").await;
        note(&house, "maksym", "accounts", 20, None, "помилка").await;
        let back = ProjectCommand::CancelTime { entry: 3, reason: None };
        house.order(person("maksym"), back).await;
        let state = house.app.project_state(&house.project).await.unwrap().unwrap();
        assert_eq!(
            state.time.iter().filter(|entry| !entry.cancelled).map(|entry| entry.minutes).sum::<u32>(),
            645
        );
        let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
        let page = maksym.get(TIME).await.text;
        let top = olena.get("/p/smm-test").await.text;
        assert!(top.contains("<b class=\"num\">10:45</b>"), "{top}");
        assert!(row(&page, "Altogether").contains("<b class=\"num\">10:45</b>"), "{page}");
        let own = row(&page, "налаштував Meta");
        assert!(own.contains("Максим Лисенко") && own.contains(">10<") && own.contains("work"), "{own}");
        let call = row(&page, "обговорили &lt;i&gt;бриф&lt;/i&gt;");
        assert!(call.contains("0:45") && call.contains("call") && call.contains("23 November"), "{call}");
        let mistake = row(&page, "помилка");
        assert!(mistake.contains("<s>0:20</s>") && mistake.contains("taken back"), "{mistake}");
        assert!(
            page.contains("over the plan"),
            "ten hours are more than the accounts were planned for: {page}"
        );
        assert!(!page.contains("UAH") && !page.contains('₴'), "hours, not money: {page}");
    }
}

/// Files, time and pins for whoever looks at the pages.
pub async fn furnish(house: &House, pages: &Pages) {
    let olena = Visitor::signed_in(house, pages, "olena").await;
    put(&olena, "Нотатки з розмови про бренд і кольори, остаточні.pdf", false).await;
    put(&olena, "кошторис.pdf", true).await;
    house.settle().await;
    put(&olena, "договір.pdf", true).await;
    note(house, "olena", "communication", 45, Some("call"), "Обговорили бриф і хто на фото").await;
    note(house, "maksym", "accounts", 600, None, "Налаштував Meta").await;
    note(house, "maksym", "accounts", 20, None, "Помилково").await;
    house.order(person("maksym"), ProjectCommand::CancelTime { entry: 3, reason: None }).await;
    let verba = add_client(&house.app, house.now(), "verba", "Верба, студія флористики й декору", "uk").await;
    open_smm(&house.app, &house.catalogue, house.now(), "smm-verba", &verba).await;
    pin(&olena, "smm-verba", "1").await;
    pin(&olena, "smm-test", "1").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leaver_keeps_the_name_on_the_time_and_the_files() {
    let db = db::sqlite();
    let (house, pages) = super::leavers::owned(&db).await;
    house.work("communication").await;
    let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
    put(&maksym, "план.pdf", false).await;
    house.order(person("maksym"), ProjectCommand::StartTask { task: "accounts".into() }).await;
    note(&house, "maksym", "accounts", 30, None, "почав").await;
    let vira = Visitor::signed_in(&house, &pages, "vira").await;
    assert_eq!(vira.post("/people/maksym/leave", &[("to", "iryna")]).await.status, 303);
    assert!(row(&vira.get(FILES).await.text, "план.pdf").contains("Максим Лисенко"));
    assert!(row(&vira.get(TIME).await.text, "почав").contains("Максим Лисенко"));
}

/// The projects in somebody's menu, in its order.
async fn pinned(who: &Visitor<'_>, on: &str) -> Vec<String> {
    let page = who.get(on).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let Some(menu) = page.text.split("<nav class=\"pins\"").nth(1) else { return Vec::new() };
    let menu = menu.split("</nav>").next().expect("it ends");
    menu.split("href=\"/p/").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

async fn pin(who: &Visitor<'_>, project: &str, value: &str) {
    let answer = who.post(&format!("/p/{project}/pin"), &[("value", value)]).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    assert_eq!(answer.headers["location"], format!("/p/{project}").as_str());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pin_is_ones_own_stays_on_every_device_and_ends_with_the_leaver() {
    for db in db::both().await {
        let (house, pages) = super::leavers::owned(&db).await;
        open_smm(&house.app, &house.catalogue, house.now(), "smm-second", &house.client).await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
        assert!(pinned(&olena, "/board").await.is_empty());
        assert!(olena.get("/p/smm-test").await.text.contains("aria-pressed=\"false\""));
        pin(&olena, "smm-second", "1").await;
        house.skip(60);
        for _ in 0..2 {
            pin(&olena, "smm-test", "1").await;
        }
        pin(&maksym, "smm-test", "1").await;
        for place in ["/board", "/today", "/p/smm-test/time", "/password"] {
            assert_eq!(pinned(&olena, place).await, ["smm-second", "smm-test"], "{place}");
        }
        assert!(olena.get("/p/smm-test").await.text.contains("aria-pressed=\"true\""));
        let anew = Visitor::signed_in(&house, &pages, "olena").await;
        assert_eq!(pinned(&anew, "/board").await, ["smm-second", "smm-test"], "another device");
        assert_eq!(pinned(&maksym, "/board").await, ["smm-test"], "each has their own");
        pin(&olena, "smm-second", "0").await;
        assert_eq!(pinned(&anew, "/board").await, ["smm-test"]);
        let vira = Visitor::signed_in(&house, &pages, "vira").await;
        assert_eq!(vira.post("/people/maksym/leave", &[("to", "iryna")]).await.status, 303);
        let store = house.app.store();
        assert!(store.pins(&"maksym".into()).await.unwrap().is_empty(), "{}", db.name);
        assert_eq!(store.pins(&"olena".into()).await.unwrap(), [ProjectId::from("smm-test")]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_button_leads_back_to_where_it_stood_and_to_no_other_place() {
    let db = db::sqlite();
    let (house, pages) = house(&db).await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let to = async |part: &str, task: &str| {
        let answer = olena.post(PIN, &[("value", "1"), ("part", part), ("task", task)]).await;
        answer.headers["location"].to_str().expect("text").to_owned()
    };
    assert_eq!(to("/files", "").await, "/p/smm-test/files");
    assert_eq!(to("", "ads").await, "/p/smm-test?task=ads");
    assert_eq!(to("//evil.test", "x\r\ny&z").await, "/p/smm-test?task=x%0D%0Ay%26z");
    assert!(olena.get("/p/smm-test?task=ads").await.text.contains("name=\"task\" value=\"ads\""));
    assert!(olena.get(FILES).await.text.contains("name=\"part\" value=\"/files\""));
    let none = "/p/there-is-none/pin";
    assert_ne!(olena.post(none, &[("value", "1")]).await.status, 303, "there is no such project");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_takes_twelve_projects_and_only_those_that_its_owner_sees() {
    let db = db::sqlite();
    let (house, pages) = house(&db).await;
    let taras = Visitor::signed_in(&house, &pages, "taras").await;
    for n in 1..=12 {
        let id = format!("smm-{n:02}");
        open_smm(&house.app, &house.catalogue, house.now(), &id, &house.client).await;
        house.skip(1);
        pin(&taras, &id, "1").await;
    }
    let refused = taras.post(PIN, &[("value", "1")]).await;
    assert_eq!(refused.status, 409);
    assert!(refused.text.contains("The menu takes 12 projects at most"), "{}", refused.text);
    assert_eq!(pinned(&taras, "/board").await.len(), 12);
    // The first project is given to somebody else: it leaves the menu, and makes room.
    let role = ProjectCommand::AssignRole { role: "ads".into(), person: "maksym".into() };
    let asked = journeys::desk::ask(house.now(), Actor::Operator, role);
    journeys::desk::done(house.app.project(&"smm-01".into(), asked).await.expect("the store answers"));
    assert_eq!(taras.get("/p/smm-01").await.status, 403);
    let seen = pinned(&taras, "/board").await;
    assert!(seen.len() == 11 && !seen.contains(&"smm-01".to_owned()), "{seen:?}");
    pin(&taras, "smm-test", "1").await;
    let seen = pinned(&taras, "/board").await;
    assert!(seen.len() == 12 && seen.last().is_some_and(|last| last == "smm-test"), "{seen:?}");
    assert_eq!(taras.post("/p/smm-01/pin", &[("value", "1")]).await.status, 403, "not theirs to pin");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_entry_is_taken_back_by_whose_it_is_and_by_nobody_else_who_does_not_lead() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let pages = serve(&house).await;
    house.order(person("olena"), ProjectCommand::StartTask { task: "communication".into() }).await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
    let task = "/p/smm-test/communication";
    let time = [("spent", "1h30"), ("kind", "meeting")];
    assert_eq!(olena.post(&format!("{task}/time"), &time).await.status, 303);
    let minutes = async || {
        let project = house.app.project_state(&house.project).await.expect("an answer").expect("a project");
        project.minutes_of(&"communication".into())
    };
    assert_eq!(minutes().await, 90);
    let back = [("entry", "1"), ("back", "/p/smm-test/time")];
    assert_eq!(maksym.post(&format!("{task}/untime"), &back).await.status, 409);
    assert!(!maksym.get("/p/smm-test/time").await.text.contains("/untime"), "and no button for it");
    assert_eq!(minutes().await, 90);
    assert!(olena.get("/p/smm-test/time").await.text.contains("/untime"));
    assert_eq!(olena.post(&format!("{task}/untime"), &back).await.status, 303);
    assert_eq!(minutes().await, 0);
}
