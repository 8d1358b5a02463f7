//! Results of several lines and reports: what the staff types, what the client reads and says yes to (PF-49, 50, 53, 59, 64, 67).

use engine::app::Answer;
use engine::domain::Refusal;
use engine::domain::definition::Kind;
use engine::domain::field::{Entered, LineProblem, Value};
use engine::domain::project::{ProjectCommand, Status};
use journeys::db;
use journeys::desk::{STAFF_CHAT, catalogue, person};
use journeys::house::{GROUP, House, SOFIIA};
use journeys::visitor::Visitor;

use super::briefs::serve;
use super::hands::{MAKSYM, OLENA, ask, fill, refused, reply, sentence, tap};
use super::witness::is_well;

fn set(task: &str, field: &str, text: &str) -> ProjectCommand {
    ProjectCommand::SetFields { task: task.into(), values: vec![(field.into(), Entered::Text(text.into()))] }
}

fn last(house: &House, chat: i64) -> String {
    house.said(chat).last().cloned().unwrap_or_default()
}

async fn value(house: &House, task: &str, field: &str) -> Option<Value> {
    let project = house.app.project_state(&house.project).await.unwrap().unwrap();
    project.task(&task.into()).unwrap().values.get(field).cloned()
}

async fn finish(house: &House, task: &str) {
    house.work(task).await;
    if house.status(task).await == Status::AwaitingApproval {
        house.press(SOFIIA, GROUP, "✅").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_are_set_up_network_by_network_and_the_client_hears_nothing() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("accounts").await;
    let heard = house.said(GROUP).len();
    house.order(person("maksym"), ProjectCommand::StartTask { task: "accounts".into() }).await;
    house.order(person("maksym"), set("accounts", "networks", "instagram: new\nFacebook: existing")).await;
    let Answer::Refused(Refusal::CannotFinish { missing, .. }) =
        house.try_order(person("maksym"), ProjectCommand::SubmitTask { task: "accounts".into() }).await
    else {
        panic!("one network has no answer yet")
    };
    let json = serde_json::to_value(&missing[0]).unwrap();
    assert_eq!(
        (&json["field"], &json["have"], &json["at_least"]),
        (&"networks".into(), &2.into(), &3.into())
    );
    let odd = refused(&house, person("maksym"), set("accounts", "networks", "linkedin: new")).await;
    assert!(sentence(&house, &odd).contains("instagram, facebook, tiktok"), "{}", sentence(&house, &odd));
    house.order(person("maksym"), set("accounts", "networks", "tiktok: unused")).await;
    house.settle().await;
    assert!(
        house
            .with_button(STAFF_CHAT, "✓ Мережі")
            .text
            .contains("• Instagram: створили новий\n• Facebook: увійшли в наявний")
    );
    house.fill("accounts").await;
    house.order(person("maksym"), ProjectCommand::SubmitTask { task: "accounts".into() }).await;
    house.order(person("olena"), ProjectCommand::AcceptTask { task: "accounts".into(), round: None }).await;
    house.pass(60).await;
    assert_eq!(house.status("accounts").await, Status::Completed);
    assert_eq!(house.said(GROUP).len(), heard, "{}", house.transcript(GROUP));
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn topics_become_an_input_of_the_plan_and_the_client_approves_its_rows_as_he_reads_them() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        house.work_until("rubricator").await;
        tap(&house, MAKSYM, "Почати").await;
        let question = ask(&house, MAKSYM, "✎ Теми й підтеми").await;
        reply(&house, MAKSYM, question.id, "Кава: зерно\n\nЛюди").await;
        assert!(
            last(&house, STAFF_CHAT).contains("рядок 3: у теми «Люди» немає підтем"),
            "{}",
            last(&house, STAFF_CHAT)
        );
        reply(&house, MAKSYM, question.id, "Кава: зерно; обсмаження\nЛюди\n- бариста\n- гості").await;
        house.fill_without_buttons("rubricator").await;
        fill(&house, MAKSYM, "✓ Теми й підтеми", "Кава: зерно; обсмаження\nЛюди: бариста").await;
        tap(&house, MAKSYM, "Здати").await;
        tap(&house, OLENA, "Прийняти").await;
        assert!(
            last(&house, GROUP).contains("1. Кава\n   – зерно\n   – обсмаження\n2. Люди\n   – бариста"),
            "{}",
            last(&house, GROUP)
        );
        assert!(
            house.sandbox.last_message(GROUP).unwrap().buttons.is_empty(),
            "it is shown, not asked about"
        );
        // The plan is made from the topics: they stand on its card.
        tap(&house, MAKSYM, "Почати").await;
        let card = house.with_button(STAFF_CHAT, "✎ Публікації").text;
        assert!(card.contains("Теми й підтеми:\n1. Кава\n   – зерно"), "{card}");
        house.fill("content_plan").await;
        house.order(person("maksym"), set("content_plan", "plan_period", "2026-12-01..2026-12-31")).await;
        let rows = "Дата\tТема\tМережа\tТекст\tВізуал\n09.12.2026\tЗерно\tInstagram\t\"Звідки кава\nй чому\"\thttps://d.ua/1\n10.12.2026\tБариста\tfacebook";
        house.order(person("maksym"), set("content_plan", "plan", rows)).await;
        let wrong =
            refused(&house, person("maksym"), set("content_plan", "plan", "+ 11.12.2026; Гості; myspace"))
                .await;
        let Refusal::BadLine(bad) = &wrong else { panic!("{wrong:?}") };
        assert_eq!((bad.problem, bad.line), (LineProblem::Unfit, 1));
        assert!(
            sentence(&house, &wrong).contains("стовпець «Мережа»: «myspace»"),
            "{}",
            sentence(&house, &wrong)
        );
        let many = (1..=28)
            .map(|day| format!("{day:02}.12.2026\tДопис {day}\tinstagram\tТекст"))
            .collect::<Vec<_>>();
        house.order(person("maksym"), set("content_plan", "plan", &format!("+\n{}", many.join("\n")))).await;
        house.settle().await;
        let card = house.with_button(STAFF_CHAT, "✓ Публікації").text;
        assert!(card.contains("… +22") && !card.contains("Допис 28"), "the card stays short: {card}");
        house.order(person("maksym"), ProjectCommand::SubmitTask { task: "content_plan".into() }).await;
        house.settle().await;
        tap(&house, OLENA, "Прийняти").await;
        let request = house.with_button(GROUP, "✅").text;
        let row = "1. 9 грудня · Зерно · Instagram\nЗвідки кава\nй чому\nhttps://d.ua/1\n2. 10 грудня · Бариста · Facebook";
        assert!(request.contains("Публікації:") && request.contains("30. 28 грудня · Допис 28"), "{request}");
        assert!(request.contains(row), "{request}");
        house.press(SOFIIA, GROUP, "✅").await;
        let project = house.app.project_state(&house.project).await.unwrap().unwrap();
        let plan = project.task(&"content_plan".into()).unwrap();
        assert!(plan.is_approved(), "the yes is bound to exactly these rows");
        let mut other = plan.clone();
        let Some(Value::Table(rows)) = other.values.get_mut("plan") else { panic!() };
        rows[0].insert("topic".into(), Value::Text("Інше".into()));
        assert!(!other.is_approved());
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_on_a_day_outside_the_period_of_its_plan_is_refused_with_its_line_everywhere() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("content_plan").await;
    house.order(person("maksym"), ProjectCommand::StartTask { task: "content_plan".into() }).await;
    house.fill_without_buttons("content_plan").await;
    house.order(person("maksym"), set("content_plan", "plan_period", "2026-12-01..2026-12-31")).await;
    let rows = "Дата\tТема\tМережа\n09.12.2026\tЗерно\tInstagram\n02.01.2027\tСвята\tInstagram";
    let wrong = refused(&house, person("maksym"), set("content_plan", "plan", rows)).await;
    let said = "Публікації, рядок 3, стовпець «Дата»: 02.01.2027 поза періодом 2026-12-01..2026-12-31";
    assert!(sentence(&house, &wrong).contains("рядок 3"), "{}", sentence(&house, &wrong));
    // In the chat and on the page the same words.
    house.settle().await;
    let plain = |text: &str| text.replace(['«', '»'], "");
    fill(&house, MAKSYM, "✓ Публікації", rows).await;
    assert!(plain(&last(&house, STAFF_CHAT)).contains(&plain(said)), "{}", last(&house, STAFF_CHAT));
    let pages = serve(&house).await;
    let maksym = Visitor::signed_in(&house, &pages, "maksym").await;
    let page = maksym.post("/p/smm-test/content_plan/set", &[("f.plan", rows)]).await;
    let said = "line 3, column “Date”: 02.01.2027 is outside the period 2026-12-01..2026-12-31";
    assert!(page.status == 409 && page.text.contains(said), "{}: {}", page.status, page.text);
    // A period that is moved away from the rows keeps the plan from the client.
    house.order(person("maksym"), set("content_plan", "plan_period", "2027-01-01..2027-01-31")).await;
    let submit = ProjectCommand::SubmitTask { task: "content_plan".into() };
    let stays = refused(&house, person("maksym"), submit).await;
    assert!(sentence(&house, &stays).contains("у «Публікації» дати в межах періоду"), "{stays:?}");
    is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_filling_names_its_number_and_takes_no_fewer() {
    for (language, words) in [("uk", "щонайменше 9 публікацій"), ("en", "at least 9 posts")]
    {
        let db = db::sqlite();
        let house = House::open(&db, language).await;
        house.work_until("first_nine").await;
        house.order(person("maksym"), ProjectCommand::StartTask { task: "first_nine".into() }).await;
        house.settle().await;
        assert!(last(&house, GROUP).contains(words), "{}", last(&house, GROUP));
        house.fill("first_nine").await;
        let eight = (1..=8).map(|n| format!("https://i.ua/{n}")).collect::<Vec<_>>().join("\n");
        house.order(person("maksym"), set("first_nine", "nine_posts", &eight)).await;
        let few =
            refused(&house, person("maksym"), ProjectCommand::SubmitTask { task: "first_nine".into() }).await;
        assert!(sentence(&house, &few).contains('9') && sentence(&house, &few).contains('8'));
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_writes_itself_the_pm_edits_it_and_the_payment_follows() {
    for db in db::both().await {
        let house = House::open(&db, "uk").await;
        house.work_until("report").await;
        assert_eq!(house.status("payment").await, Status::Waiting);
        let early = ProjectCommand::StartTask { task: "payment".into() };
        assert_eq!(refused(&house, person("nadiia"), early).await.code(), "not-its-turn");
        tap(&house, OLENA, "Почати").await;
        let card = house.with_button(STAFF_CHAT, "✓ Що зроблено").text;
        assert!(card.contains("✓ Контент-план, 23 листопада, погодження: Софія Гнатюк"), "{card}");
        assert!(
            card.contains("✓ Рубрикатор, 23 листопада\n") && card.contains("Кількість публікацій: 9"),
            "{card}"
        );
        assert!(card.contains("★ Профіль оформлено"), "the goal of a stage that is through: {card}");
        assert!(!card.contains("★ Реклама працює"), "the last stage is not: {card}");
        house.fill("report").await;
        assert!(matches!(value(&house, "report", "done").await, Some(Value::Done(_))));
        fill(&house, OLENA, "✓ Що зроблено", "За місяць: план, профіль і дев'ять дописів.\nДалі: реклама.")
            .await;
        tap(&house, OLENA, "Здати").await;
        let request = house.with_button(GROUP, "✅").text;
        assert!(request.contains("За місяць: план, профіль і дев'ять дописів."), "{request}");
        assert!(!request.contains("погодження: Софія"), "the words of the PM take its place: {request}");
        house.press(SOFIIA, GROUP, "✅").await;
        assert_eq!(house.status("payment").await, Status::Ready);
        is_well(house).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_of_the_second_month_speaks_of_the_second_month_alone_and_can_be_collected_anew() {
    let db = db::sqlite();
    let house = House::open(&db, "en").await;
    house.work_until("report").await;
    for task in ["report", "payment"] {
        finish(&house, task).await;
    }
    assert!(
        house
            .said(GROUP)
            .iter()
            .any(|text| text.contains("Content plan, ") && text.contains("approved by Софія"))
    );
    house.pass(40 * 86_400).await;
    for task in ["content_plan.2", "ads.2"] {
        finish(&house, task).await;
    }
    house.order(person("olena"), ProjectCommand::StartTask { task: "report.2".into() }).await;
    let collected = value(&house, "report.2", "done").await;
    let Some(Value::Done(stages)) = &collected else { panic!("{collected:?}") };
    let tasks: Vec<_> = stages.iter().flat_map(|stage| &stage.tasks).map(|task| task.task.as_str()).collect();
    assert_eq!(tasks, ["content_plan.2", "ads.2"]);
    house.order(person("olena"), set("report.2", "done", "Own words")).await;
    house.order(person("olena"), set("report.2", "done", "")).await;
    assert_eq!(value(&house, "report.2", "done").await, collected, "emptied, it is collected again");
    is_well(house).await;
}

#[test]
fn in_every_service_that_reports_the_payment_comes_after_the_report() {
    let catalogue = catalogue();
    for service in catalogue.services() {
        let definition = catalogue.definition(service).unwrap();
        let place = |kind: Kind| definition.tasks().map(|task| task.kind).rposition_of(kind);
        if let (Some(report), Some(payment)) = (place(Kind::Report), place(Kind::Payment)) {
            assert!(report < payment, "{service}");
        }
    }
}

trait LastPlace {
    fn rposition_of(self, kind: Kind) -> Option<usize>;
}

impl<I: Iterator<Item = Kind>> LastPlace for I {
    fn rposition_of(self, kind: Kind) -> Option<usize> {
        self.enumerate().filter(|(_, found)| *found == kind).map(|(at, _)| at).last()
    }
}
