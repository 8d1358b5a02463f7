//! Answering clients on the pages: who waits, the message and the call, the promise, and the conversation both ways.

use engine::domain::client::ClientEvent;
use engine::domain::client::event::Answered;
use journeys::db::{self, Db};
use journeys::desk::{STAFF_CHAT, add_client};
use journeys::house::{GROUP, House, SOFIIA};
use journeys::page::Pages;
use journeys::visitor::Visitor;

use super::briefs::serve;
use super::letters::count;
use super::witness::{is_well, plan_awaits, until};

async fn house(db: &Db) -> (House, Pages) {
    let house = House::open(db, "uk").await;
    house.sandbox.set_privacy(false);
    let pages = serve(&house).await;
    (house, pages)
}

async fn asks(house: &House, text: &str) {
    house.sandbox.send_text(SOFIIA, GROUP, text, None).expect("said");
    house.settle().await;
}

async fn answers(house: &House) -> Vec<Answered> {
    let facts = house.app.store().stream(house.client.stream(), 0).await.expect("the store answers");
    let facts = facts.iter().filter(|stored| stored.kind == "client_answered");
    let events = facts.map(|stored| stored.fact::<ClientEvent>().expect("readable").event);
    let how = events.filter_map(|event| match event {
        ClientEvent::ClientAnswered { how, .. } => Some(how),
        _ => None,
    });
    how.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_stands_on_the_pages_with_the_business_time_that_is_left_until_it_is_answered_there() {
    for db in db::both().await {
        let (house, pages) = house(&db).await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        assert!(olena.get("/messages").await.text.contains("Everybody has an answer"));
        until(&house, "2026-11-27 17:30").await;
        asks(&house, "Коли буде <b>звіт</b>?").await;
        asks(&house, "І ще фото").await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        let page = olena.get("/messages").await.text;
        for wanted in ["6 h left", "Коли буде &lt;b&gt;звіт&lt;/b&gt;?", "and 1 more message"] {
            assert!(page.contains(wanted), "{wanted}: {page}");
        }
        assert!(olena.get("/today").await.text.contains("Коли буде"), "it stands on Today");
        assert!(olena.get("/clients").await.text.contains("waits for an answer"));
        until(&house, "2026-11-30 11:30").await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        let page = olena.get("/messages").await.text;
        assert!(page.contains("3 h left") && page.contains("running out"), "{page}");
        until(&house, "2026-11-30 16:00").await;
        assert!(olena.get("/messages").await.text.contains("30 min late"));
        let fields = [("ask", "one"), ("text", "Звіт буде сьогодні"), ("project", "smm-test")];
        for _ in 0..2 {
            let sent = olena.post("/c/kava-ranok/write", &fields).await;
            assert_eq!(
                (sent.status.as_u16(), &sent.headers["location"]),
                (303, &"/messages".parse().unwrap())
            );
        }
        house.settle().await;
        assert_eq!(count(&house, GROUP, "Звіт буде сьогодні"), 1, "{}", house.transcript(GROUP));
        assert_eq!(answers(&house).await, [Answered::Message]);
        assert!(olena.get("/messages").await.text.contains("Everybody has an answer"));
        assert_eq!(count(&house, STAFF_CHAT, "чекає на відповідь із"), 2, "warned and late, once each");
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_colleague_writes_goes_out_under_the_name_of_the_pm_and_the_reply_stands_in_the_project() {
    let db = db::sqlite();
    let (house, pages) = house(&db).await;
    let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
    let fields = [("text", "Надішліть, будь ласка, логотип")];
    let sent = maksym.post("/p/smm-test/write", &fields).await;
    assert_eq!(sent.headers["location"], "/p/smm-test/chat", "{}", sent.text);
    house.settle().await;
    let said = house.said(GROUP).last().cloned().unwrap_or_default();
    assert_eq!(said, "Олена Коваль:\nНадішліть, будь ласка, логотип", "one name for the client");
    let ours = house.sandbox.messages(GROUP).into_iter().rev().find(|message| message.is_bot).expect("sent");
    house.sandbox.send_text(SOFIIA, GROUP, "Ось він", Some(ours.id)).expect("said");
    house.settle().await;
    let facts = house.app.store().stream(house.client.stream(), 0).await.expect("the store answers");
    let wrote = facts.iter().rfind(|stored| stored.kind == "client_wrote").expect("kept");
    assert!(wrote.data.contains("smm-test"), "the reply is about the project: {}", wrote.data);
    let page = maksym.get("/p/smm-test/chat").await.text;
    let (asked, replied) = (page.find("логотип").expect("ours"), page.find("Ось він").expect("theirs"));
    assert!(asked < replied, "in their order");
    assert!(page.contains("Софія Гнатюк"), "{page}");
    let colleague = house.sandbox.join(1002, GROUP);
    colleague.expect("in the chat");
    house.sandbox.send_text(1002, GROUP, "Дякую!", None).expect("said");
    house.settle().await;
    let page = maksym.get("/p/smm-test/chat").await.text;
    assert!(page.contains("Дякую!") && page.contains("in the chat"), "{page}");
    assert_eq!(answers(&house).await, [Answered::Message], "the colleague answered who waited");
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_next_step_by_a_day_is_told_to_the_client_and_becomes_a_promise() {
    let db = db::sqlite();
    let (house, pages) = house(&db).await;
    until(&house, "2026-11-24 10:00").await;
    asks(&house, "Скільки коштує ще один ролик?").await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let send = async |by: &str, project: &str| {
        let fields = [("text", "Надішлемо кошторис"), ("project", project), ("by", by)];
        olena.post("/c/kava-ranok/write", &fields).await
    };
    for (by, project, said) in [
        ("завтра", "smm-test", "no such day"),
        ("2026-11-20", "smm-test", ""),
        ("2026-11-27", "", "belongs to a project"),
    ] {
        let refused = send(by, project).await;
        assert_eq!(refused.status, 409, "{by}: {}", refused.text);
        assert!(
            refused.text.contains(said) && refused.text.contains("Надішлемо кошторис"),
            "{}",
            refused.text
        );
    }
    assert_eq!(send("2026-11-27", "smm-test").await.status, 303);
    house.settle().await;
    assert_eq!(count(&house, GROUP, "Наступний крок: до 27 листопада"), 1, "{}", house.transcript(GROUP));
    assert_eq!(answers(&house).await, [Answered::NextStep]);
    let project = house.app.project_state(&house.project).await.unwrap().unwrap();
    assert_eq!(
        project.promises.values().next().map(|promise| promise.by.to_string()),
        Some("2026-11-27".into())
    );
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_noted_with_what_was_agreed_and_strangers_projects_are_not_written_about() {
    let db = db::sqlite();
    let (house, pages) = house(&db).await;
    until(&house, "2026-11-24 10:00").await;
    asks(&house, "Передзвоніть").await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let silent = olena.post("/c/kava-ranok/call", &[("comment", " ")]).await;
    assert_eq!(silent.status, 409);
    assert!(silent.text.contains("agreed on the phone"), "{}", silent.text);
    assert_eq!(answers(&house).await, []);
    let noted = olena.post("/c/kava-ranok/call", &[("comment", "Зйомка в п'ятницю")]).await;
    assert_eq!(noted.status, 303, "{}", noted.text);
    assert_eq!(answers(&house).await, [Answered::Call]);
    assert!(olena.get("/p/smm-test/chat").await.text.contains("Зйомка в п"));
    add_client(&house.app, house.now(), "other", "Інший", "uk").await;
    let foreign = [("text", "Привіт"), ("project", "smm-test")];
    assert_eq!(olena.post("/c/other/write", &foreign).await.status, 409, "the project is another client's");
    let deaf = [("text", "Привіт"), ("project", "")];
    let refused = olena.post("/c/other/write", &deaf).await;
    assert!(refused.status == 409 && refused.text.contains("no confirmed chat"), "{}", refused.text);
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn presses_and_remarks_are_no_questions() {
    let db = db::sqlite();
    let house = plan_awaits(&db, "uk").await;
    house.sandbox.set_privacy(false);
    let pages = serve(&house).await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    house.press(SOFIIA, GROUP, "✏️").await;
    house.sandbox.send_text(SOFIIA, GROUP, "Менше про каву", None).expect("said");
    house.settle().await;
    let page = olena.get("/messages").await.text;
    assert!(page.contains("Everybody has an answer"), "{page}");
    let chat = olena.get("/p/smm-test/chat").await.text;
    assert!(chat.contains("Менше про каву") && chat.contains("a remark on a result"), "{chat}");
    is_well(house).await;
}
