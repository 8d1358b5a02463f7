//! The board over real HTTP: the same commands, gates and refusals as in the chats and on the command line.

use std::time::Duration;

use engine::domain::PersonId;
use engine::domain::project::{ProjectCommand, Status};
use journeys::db::{self, Db};
use journeys::desk::{STAFF_CHAT, person};
use journeys::house::{GROUP, House, SOFIIA};
use journeys::page::Pages;
use journeys::visitor::Visitor;

use super::briefs::serve;
use super::witness::is_well;

async fn house() -> (Db, House, Pages) {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let pages = serve(&house).await;
    (db, house, pages)
}

/// A text as pages hold it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_moved_and_the_client_reads_the_very_words_that_were_shown_before() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        let pages = serve(&house).await;
        let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
        house.work("communication").await;
        house.work("accounts").await;
        let before = maksym.get("/p/smm-test?task=rubricator").await;
        let heard = house.said(GROUP).len();
        let moved = maksym.post("/p/smm-test/rubricator/move", &[("to", "work")]).await;
        assert_eq!(moved.headers["location"], "/p/smm-test?task=rubricator", "{}", moved.text);
        house.settle().await;
        assert_eq!(house.status("rubricator").await, Status::InProgress);
        let said = house.said(GROUP);
        assert_eq!(said.len(), heard + 1, "{}", house.transcript(GROUP));
        let text = escaped(said.last().unwrap());
        assert!(before.text.contains(&text), "{text}\nwas not shown on\n{}", before.text);
        let board = maksym.get("/board").await;
        let work = board.text.split("c-check").next().unwrap();
        assert!(work.contains("data-task=\"smm-test/rubricator\""), "it stands in its column: {work}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_submit_an_accept_and_a_button_send_is_shown_before_also_while_they_are_closed() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let pages = serve(&house).await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let shown = async |task: &str| olena.get(&format!("/p/smm-test?task={task}")).await.text;
    // Everything that comes to the client's chat next was on the page before, its buttons too.
    let told = async |before: &str, heard: usize| {
        house.settle().await;
        let said = house.sandbox.messages(GROUP);
        assert!(said.len() > heard, "nothing came");
        for message in &said[heard..] {
            let text = escaped(message.text.as_str());
            assert!(before.contains(&text), "{text}\nwas not shown on\n{before}");
            for button in message.buttons.iter().flatten() {
                assert!(before.contains(&escaped(&button.label)), "{} is not on the page", button.label);
            }
        }
    };
    house.work_until("content_plan").await;
    house.order(person("maksym"), ProjectCommand::StartTask { task: "content_plan".into() }).await;
    house.fill("content_plan").await;
    house.settle().await;
    let heard = house.sandbox.messages(GROUP).len();
    house.order(person("maksym"), ProjectCommand::SubmitTask { task: "content_plan".into() }).await;
    house.settle().await;
    assert_eq!(house.status("content_plan").await, Status::InReview);
    let before = shown("content_plan").await;
    house
        .order(person("olena"), ProjectCommand::AcceptTask { task: "content_plan".into(), round: None })
        .await;
    told(&before, heard).await;
    house.press(SOFIIA, GROUP, "✅").await;

    for task in ["profile_design", "first_nine"] {
        house.work(task).await;
        if house.status(task).await == Status::AwaitingApproval {
            house.press(SOFIIA, GROUP, "✅").await;
        }
    }
    house.order(person("taras"), ProjectCommand::StartTask { task: "ads".into() }).await;
    house.settle().await;
    let closed = shown("ads").await;
    assert!(
        closed.contains("After “Ad launched” the client will read") && closed.contains("once it opens"),
        "{closed}"
    );
    house.fill_without_buttons("ads").await;
    house.settle().await;
    let (before, heard) = (shown("ads").await, house.sandbox.messages(GROUP).len());
    let press = ProjectCommand::PressButton { task: "ads".into(), button: "ad_launched".into() };
    house.order(person("taras"), press).await;
    told(&before, heard).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_that_is_not_open_names_the_gate_in_the_words_of_the_chats_and_changes_nothing() {
    let (_db, house, pages) = house().await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    house.order(person("olena"), ProjectCommand::StartTask { task: "communication".into() }).await;
    let menu = olena.get("/p/smm-test/communication/moves").await;
    assert!(menu.text.contains("data-closed=\"client\""), "{}", menu.text);
    let refused = olena.post("/p/smm-test/communication/move", &[("to", "client")]).await;
    let asked =
        house.try_order(person("olena"), ProjectCommand::SubmitTask { task: "communication".into() }).await;
    let engine::app::Answer::Refused(refusal) = asked else { panic!("{asked:?}") };
    let words =
        escaped(&house.catalogue.refusal_in_chat("en", &refusal, &|person: &PersonId| person.to_string()));
    assert_eq!(refused.status, 409);
    for line in words.lines().filter(|line| !line.is_empty()) {
        assert!(refused.text.contains(line) && menu.text.contains(line), "{line}\n{}", refused.text);
    }
    assert_eq!(house.status("communication").await, Status::InProgress);
    let other = Visitor::signed_in(&house, &pages, "iryna").await;
    let not_hers = other.post("/p/smm-test/communication/pause", &[]).await;
    assert_eq!(not_hers.status, 409, "the designer does not pause the PM's task");
    assert!(not_hers.text.contains("role=\"alert\""), "{}", not_hers.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_filled_ticked_and_handed_over_on_its_panel() {
    let (_db, house, pages) = house().await;
    house.work("communication").await;
    let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
    let step = async |step: &str, fields: &[(&str, &str)]| {
        let page = maksym.post(&format!("/p/smm-test/accounts/{step}"), fields).await;
        assert_eq!(page.status, 303, "{step}: {}", page.text);
    };
    step("start", &[]).await;
    let each = [
        ("f.networks.instagram", "new"),
        ("f.networks.facebook", "existing"),
        ("f.networks.tiktok", "unused"),
    ];
    step("set", &each).await;
    step("set", &[("f.account_links", "https://instagram.example/ranok\r\nhttps://facebook.example/ranok")])
        .await;
    for item in ["1", "2", "3"] {
        step("tick", &[("item", item), ("done", "yes")]).await;
    }
    let wrong = maksym.post("/p/smm-test/accounts/set", &[("f.account_links", "не посилання")]).await;
    assert_eq!(wrong.status, 409);
    step("submit", &[]).await;
    assert_eq!(house.status("accounts").await, Status::InReview);
    let own = maksym.post("/p/smm-test/accounts/accept", &[]).await;
    assert_eq!(own.status, 409, "nobody checks his own work");
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    assert!(olena.get("/today").await.text.contains("smm-test/accounts"), "it waits for her check");
    let back = olena.post("/p/smm-test/accounts/return", &[("remark", "Додайте TikTok <b>теж</b>")]).await;
    assert_eq!(back.status, 303, "{}", back.text);
    let page = maksym.get("/p/smm-test?task=accounts").await;
    assert!(page.text.contains("Додайте TikTok &lt;b&gt;теж&lt;/b&gt;"), "{}", page.text);
    step("start", &[]).await;
    step("submit", &[]).await;
    assert_eq!(olena.post("/p/smm-test/accounts/accept", &[]).await.status, 303);
    assert_eq!(house.status("accounts").await, Status::Completed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_shows_who_held_the_ball_how_long_and_money_to_those_who_deal_with_it() {
    let (_db, house, pages) = house().await;
    for task in ["communication", "accounts", "rubricator", "content_plan"] {
        house.work(task).await;
    }
    assert_eq!(house.status("content_plan").await, Status::AwaitingApproval);
    house.pass(3 * 86_400).await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let page = olena.get("/p/smm-test?task=content_plan").await.text;
    let row = page.split("task=content_plan").nth(1).unwrap().split("</li>").next().unwrap();
    assert!(row.contains("client decides 3 d") && row.contains("class=\"s-client\""), "{row}");
    assert!(row.contains("planned from") && row.contains("class=\"plan\""), "{row}");
    let later = page.split("task=profile_design").nth(1).unwrap().split("</li>").next().unwrap();
    assert!(later.contains("planned from") && !later.contains("s-work"), "{later}");
    assert!(page.contains("client decides 3 d</span>"), "the legend adds it up: {page}");
    assert!(page.contains("Profit") && page.contains("24,000"), "{page}");
    let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
    let his = maksym.get("/p/smm-test").await.text;
    assert!(his.contains("Hours") && !his.contains("Profit"), "money is not for everybody: {his}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_is_made_by_one_form_and_a_bad_one_says_what_is_wrong_and_keeps_what_was_typed() {
    let (_db, house, pages) = house().await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let form = olena.get("/new").await;
    for wanted in ["Кава «Ранок»", "value=\"smm\"", "Project manager", "Олена Коваль"] {
        assert!(form.text.contains(wanted), "{wanted}: {}", form.text);
    }
    let fields = [("client", "kava-ranok"), ("service", "ppc"), ("price", "багато"), ("r.pm", "olena")];
    let bad = olena.post("/new", &fields).await;
    assert_eq!(bad.status, 409);
    assert!(bad.text.contains("not an amount") && bad.text.contains("value=\"багато\""), "{}", bad.text);
    let fields = [("client", "kava-ranok"), ("service", "ppc"), ("price", "12 000,50"), ("r.pm", "olena")];
    let made = olena.post("/new", &fields).await;
    assert_eq!(made.status, 303, "{}", made.text);
    let page = olena.get(made.headers["location"].to_str().unwrap()).await;
    assert!(page.text.contains("Кава «Ранок», PPC") && page.text.contains("12"), "{}", page.text);
    let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
    let fields = [("client", "kava-ranok"), ("service", "smm"), ("r.pm", "maksym")];
    assert_eq!(maksym.post("/new", &fields).await.status, 403, "only those who lead open projects");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_hears_of_what_others_do() {
    let (_db, house, pages) = house().await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let mut news = olena.open("/live").await;
    let first = tokio::time::timeout(Duration::from_secs(20), news.chunk()).await.expect("in time").unwrap();
    assert!(String::from_utf8_lossy(&first.expect("a line")).contains("event: news"));
    house.order(person("olena"), ProjectCommand::StartTask { task: "communication".into() }).await;
    let head = house.app.store().head().await.unwrap().position;
    let mut heard = String::new();
    let told = |heard: &str| {
        let positions = heard.lines().filter_map(|line| line.strip_prefix("data: ")?.parse::<i64>().ok());
        positions.max().is_some_and(|position| position >= head)
    };
    while !told(&heard) {
        let next =
            tokio::time::timeout(Duration::from_secs(20), news.chunk()).await.expect("in time").unwrap();
        heard.push_str(&String::from_utf8_lossy(&next.expect("a line")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_never_markup_and_unknown_addresses_answer_politely() {
    let (_db, house, pages) = house().await;
    journeys::desk::add_client(&house.app, house.now(), "evil", "<script>alert(1)</script>", "uk").await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let page = olena.get("/new").await;
    assert!(page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{}", page.text);
    assert!(!page.text.contains("<script>alert"));
    for path in ["/p/nothing", "/p/smm-test/nothing/moves"] {
        assert_eq!(olena.get(path).await.status, 404, "{path}");
    }
    for (path, status) in [("/p/smm-test/communication/fly", 404), ("/p/smm-test/nothing/start", 409)] {
        assert_eq!(olena.post(path, &[]).await.status, status, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_twice_is_one_command_and_an_older_page_takes_nothing_back() {
    let (_db, house, pages) = house().await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let fields = [
        ("ask", "one-form"),
        ("client", "kava-ranok"),
        ("service", "seo"),
        ("r.pm", "olena"),
        ("price", "9000"),
    ];
    let (first, second) = (olena.post("/new", &fields).await, olena.post("/new", &fields).await);
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (303, 303), "{}", second.text);
    assert_eq!(first.headers["location"], second.headers["location"], "one project");
    house.work("communication").await;
    let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
    maksym.post("/p/smm-test/accounts/start", &[]).await;
    let links = ("f.account_links", "https://instagram.example/ranok");
    maksym.post("/p/smm-test/accounts/set", &[links]).await;
    let older = [("f.account_links", ""), ("o.account_links", "")];
    assert_eq!(olena.post("/p/smm-test/accounts/set", &older).await.status, 303);
    let page = maksym.get("/p/smm-test?task=accounts").await;
    assert!(
        page.text.contains("https://instagram.example/ranok"),
        "what she did not touch stays: {}",
        page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accept_from_an_older_page_does_not_take_the_newer_round() {
    let (_db, house, pages) = house().await;
    house.work("communication").await;
    let (maksym, olena) = (
        Visitor::signed_in(&house, &pages, "maksym").await,
        Visitor::signed_in(&house, &pages, "olena").await,
    );
    house.order(person("maksym"), ProjectCommand::StartTask { task: "accounts".into() }).await;
    house.fill("accounts").await;
    maksym.post("/p/smm-test/accounts/submit", &[]).await;
    olena.post("/p/smm-test/accounts/return", &[("remark", "ще раз"), ("round", "1")]).await;
    maksym.post("/p/smm-test/accounts/start", &[]).await;
    maksym.post("/p/smm-test/accounts/submit", &[]).await;
    assert_eq!(house.status("accounts").await, Status::InReview);
    assert_eq!(olena.post("/p/smm-test/accounts/accept", &[("round", "1")]).await.status, 409);
    assert_eq!(house.status("accounts").await, Status::InReview, "round 2 is not taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_pm_wants_first_stands_first_on_the_board_and_nobody_s_turn_changes() {
    for db in db::both().await {
        let mut house = House::open(&db, "uk").await;
        let first = house.project.clone();
        let definition = house.catalogue.definition("seo").unwrap();
        super::hands::open_as(&mut house, "seo-test", definition).await;
        let pages = serve(&house).await;
        let olena = Visitor::signed_in(&house, &pages, "olena").await;
        // As they were opened or are due; the one that stands second is wanted first.
        let order = async || {
            let board = olena.get("/board").await.text;
            let at =
                |id: &str| board.find(&format!("data-task=\"{id}/communication\"")).expect("on the board");
            (at(first.as_str()) < at("seo-test"), board.contains("chip late"))
        };
        let (smm_first, marked) = order().await;
        assert!(!marked, "{}", db.name);
        let second = if smm_first { "seo-test" } else { first.as_str() };
        let raise =
            |project: &str, task: &str| (format!("/p/{project}/{task}/priority"), [("priority", "high")]);
        let (address, high) = raise(second, "communication");
        assert_eq!(olena.post(&address, &high).await.status, 303);
        assert_eq!(order().await, (!smm_first, true));
        assert_eq!(olena.post(&address, &[("priority", "дуже")]).await.status, 404);
        let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
        assert_eq!(maksym.post(&address, &[("priority", "low")]).await.status, 409);
        let (later, high) = raise("seo-test", "audit");
        assert_eq!(olena.post(&later, &high).await.status, 303, "what waits may be put first, too");
        assert_eq!(house.status("audit").await, Status::Waiting, "and waits for its turn");
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_will_not_fit_is_told_to_the_pm_in_the_morning_and_to_the_client_with_one_press() {
    let db = db::sqlite();
    let mut house = House::open(&db, "uk").await;
    let mut definition = (*house.catalogue.definition("smm").unwrap()).clone();
    for plan in definition.stages.iter_mut().flat_map(|stage| &mut stage.tasks) {
        // Five business days of eight hours hold forty.
        plan.minutes = if plan.id == "communication" { 39 * 60 } else { plan.minutes };
    }
    super::hands::open_as(&mut house, "smm-tight", definition.into()).await;
    house.order(person("olena"), ProjectCommand::StartTask { task: "communication".into() }).await;
    let pages = serve(&house).await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let panel = async || olena.get("/p/smm-tight?task=communication").await.text;
    assert!(!panel().await.contains("id=\"tight\""), "it still fits");
    super::by_the_clock::look_at_the_clock(&house, "2026-11-25 09:00").await;
    let told = house.said(STAFF_CHAT).into_iter().find(|text| text.contains("Можемо не встигнути"));
    assert!(told.expect("the overview warns").contains("smm-tight"), "{}", house.transcript(STAFF_CHAT));
    // Two days later the session of Monday is over.
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let shown = olena.get("/p/smm-tight?task=communication").await.text;
    assert!(shown.contains("id=\"tight\"") && shown.contains("Над завданням «Комунікація»"), "{shown}");
    let words = [("text", "Над завданням «Комунікація» працюватимемо довше."), ("by", "2026-12-04")];
    assert_eq!(olena.post("/p/smm-tight/write", &words).await.status, 303);
    house.settle().await;
    let read = house.said(GROUP).into_iter().find(|text| text.contains("працюватимемо довше"));
    assert!(read.expect("the client is told").contains("4 грудня"), "{}", house.transcript(GROUP));
    is_well(house).await;
}
