//! Clients on the pages: the list, the card with everything in one order, what PMs may do there, history and find.

use journeys::db;
use journeys::desk::{add_client, monday};
use journeys::house::{GROUP, House, SOFIIA};
use journeys::visitor::Visitor;

use super::briefs::serve;

#[tokio::test(flavor = "multi_thread")]
async fn the_card_of_a_client_tells_everything_in_one_order_and_the_list_finds_it_by_any_part_of_the_name() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        house.sandbox.set_privacy(false);
        let pages = serve(&house).await;
        house.work("communication").await;
        house.sandbox.send_text(SOFIIA, GROUP, "Добрий день, <i>команда</i>", None).expect("said");
        house.settle().await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        for (typed, there) in [("", true), ("РАНОК", true), ("кава ра", true), ("чай", false)] {
            let page = olena.get(&format!("/clients?q={typed}")).await.text;
            assert_eq!(page.contains("href=\"/c/kava-ranok\""), there, "{typed}: {page}");
        }
        let card = olena.get("/c/kava-ranok").await.text;
        for wanted in
            ["chat connected", "Софія Гнатюк", "approves", "/p/smm-test", "Total:", "Добрий день, &lt;i&gt;"]
        {
            assert!(card.contains(wanted), "{wanted}: {card}");
        }
        let (wrote, opened) = (
            card.find("The client wrote").expect("the message"),
            card.find("The project was opened").expect("it"),
        );
        assert!(wrote < opened, "the newest first");
        for number in 0..50 {
            house.sandbox.send_text(SOFIIA, GROUP, &format!("Слово {number}"), None).expect("said");
        }
        house.settle().await;
        let card = olena.get("/c/kava-ranok").await.text;
        assert!(card.contains("Слово 49") && !card.contains("The project was opened"), "{card}");
        let older = card.split("/c/kava-ranok?before=").nth(1).and_then(|rest| rest.split('"').next());
        let older = olena.get(&format!("/c/kava-ranok?before={}", older.expect("a place"))).await.text;
        assert!(older.contains("The project was opened") && !older.contains("Слово 49"), "{older}");
        assert_eq!(olena.get("/c/nobody").await.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pm_confirms_a_chat_lets_people_approve_and_offers_a_link_and_others_may_not() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let pages = serve(&house).await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let iryna = Visitor::signed_in(&house, &pages, "iryna").await;
    let approvers = async || {
        let client = house.app.client_state(&house.client).await.unwrap().unwrap();
        client.approvers.len()
    };
    let before = approvers().await;
    let number = [("ask", "a"), ("number", "77001122"), ("name", "Назар <b>")];
    assert_eq!(iryna.post("/c/kava-ranok/approver", &number).await.status, 403);
    assert_eq!(approvers().await, before);
    for _ in 0..2 {
        assert_eq!(olena.post("/c/kava-ranok/approver", &number).await.status, 303);
    }
    assert_eq!(approvers().await, before + 1);
    let card = olena.get("/c/kava-ranok").await.text;
    assert!(card.contains("Назар &lt;b&gt;"), "{card}");
    let named = card.split("name=\"person\" value=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let new = named.filter(|person| person.starts_with("p-")).find(|person| {
        card.split(*person)
            .nth(1)
            .is_some_and(|rest| rest.split("</form>").next().is_some_and(|form| form.contains("Назар")))
    });
    let gone = [("person", new.expect("on the card")), ("remove", "yes")];
    assert_eq!(olena.post("/c/kava-ranok/approver", &gone).await.status, 303);
    assert_eq!(approvers().await, before);
    let bad = olena.post("/c/kava-ranok/approver", &[("number", "софія")]).await;
    assert!(bad.status == 409 && bad.text.contains("digits only"), "{}", bad.text);
    let (first, again) = (
        olena.post("/c/kava-ranok/link", &[("ask", "l")]).await,
        olena.post("/c/kava-ranok/link", &[("ask", "l")]).await,
    );
    let token = |text: &str| text.split("/start ").nth(1).map(|rest| rest[..22].to_owned());
    assert!(token(&first.text).is_some(), "{}", first.text);
    assert_eq!(token(&first.text), token(&again.text), "a double click offers one link");
    assert_eq!(iryna.post("/c/kava-ranok/link", &[]).await.status, 403);
    let linked = token(&first.text).unwrap();
    house.sandbox.add_chat(-2002, sandbox::ChatKind::Group, "Нова група").expect("a chat");
    house.sandbox.join(SOFIIA, -2002).expect("in the chat");
    house.sandbox.return_bot(-2002).expect("in the chat");
    house.sandbox.send_text(SOFIIA, -2002, &format!("/start {linked}"), None).expect("said");
    house.settle().await;
    assert!(olena.get("/c/kava-ranok").await.text.contains("waits to be confirmed"));
    assert_eq!(olena.post("/c/kava-ranok/confirm", &[]).await.status, 303);
    assert_eq!(house.app.client_state(&house.client).await.unwrap().unwrap().confirmed_chat(), Some(-2002));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_of_a_project_says_why_for_everything_that_nobody_asked_for() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let pages = serve(&house).await;
    let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
    house.work("communication").await;
    maksym.post("/p/smm-test/accounts/start", &[]).await;
    let mut page = maksym.get("/p/smm-test/history").await.text;
    let started =
        page.split("<li").find(|line| line.contains("”: started")).expect("it stands there").to_owned();
    assert!(started.contains("Максим Лисенко") && started.contains("board"), "{started}");
    let ready = page.split("<li").find(|line| line.contains("can be started")).expect("it stands there");
    assert!(ready.contains("the system") && ready.contains("Why: "), "{ready}");
    house.pass(30 * 24 * 3600).await;
    let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
    page = maksym.get("/p/smm-test/history").await.text;
    let clock = page.split("<li").find(|line| line.contains("Why: the time came")).expect("a timer fired");
    assert!(clock.contains("clock"), "{clock}");
    let mut uk = Visitor::signed_in(&house, &pages, "maksym").await;
    uk.language = "uk";
    let page = uk.get("/p/smm-test/history").await.text;
    assert!(page.contains("розпочато") && page.contains("Чому: "), "{page}");
    assert!(!page.contains("fact-"), "every fact has its words: {page}");
}

#[test]
fn every_fact_has_a_sentence_in_every_language() {
    let catalogue = journeys::desk::catalogue();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../engine/golden");
    let mut looked = 0;
    for file in std::fs::read_dir(folder).expect("the golden files") {
        let name = file.expect("a file").file_name().into_string().expect("plain");
        let mut parts = name.split('.');
        let (Some("project" | "client"), Some(kind)) = (parts.next(), parts.next()) else { continue };
        if matches!(kind, "decision_settled" | "link_offered") {
            continue;
        }
        looked += 1;
        let key = format!("fact-{}", kind.replace('_', "-"));
        for language in ["uk", "en", "vi", "bg"] {
            let text = |name: &str| (name.to_owned(), engine::domain::Arg::Text("…".into()));
            let args = [text("task"), text("what"), ("round".to_owned(), engine::domain::Arg::Number(2))];
            let saying = engine::words::Saying { language, key: &key, args: &args };
            let said = catalogue.as_render()(saying);
            assert!(said.is_ok(), "{key} has no words in {language}");
        }
    }
    assert!(looked > 80, "{looked}");
}

#[tokio::test(flavor = "multi_thread")]
async fn anything_is_found_by_a_part_of_its_name_without_case_and_marks() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let pages = serve(&house).await;
    for number in 0..300 {
        let (id, name) = (format!("c-{number}"), format!("Студія «Їжак» {number}"));
        add_client(&house.app, monday(), &id, &name, "uk").await;
    }
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    for (typed, wanted) in [
        ("ранок", "/c/kava-ranok"),
        ("SMM ранок", "/p/smm-test"),
        ("smm-test", "/p/smm-test"),
        ("лисенко", "/board?who=maksym"),
        ("new proj", "/new"),
        ("ІЖАК 299", "/c/c-299"),
    ] {
        let page = olena.get(&format!("/find?q={typed}")).await.text;
        assert!(page.contains(&format!("href=\"{wanted}\"")), "{typed}: {page}");
    }
    let nothing = olena.get("/find?q=<script>").await.text;
    assert!(nothing.contains("Nothing fits") && !nothing.contains("<script>”"), "{nothing}");
    assert!(olena.get("/find").await.text.contains("/messages"), "without a word, what can be done");
}
