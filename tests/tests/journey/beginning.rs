//! The beginning of work: notes, risks, rules that the client agrees to, a no by the assignee (PF-77 to PF-80, PF-97).

use std::sync::Arc;

use engine::app::Answer;
use engine::domain::client::ClientCommand;
use engine::domain::definition::Gate;
use engine::domain::project::{ProjectCommand, ProjectEvent, Status};
use engine::domain::refusal::Missing;
use engine::domain::{Actor, Refusal};
use journeys::db;
use journeys::desk::{self, STAFF_CHAT, person};
use journeys::house::{GROUP, House, PETRO, SOFIIA};
use journeys::visitor::Visitor;
use sha2::{Digest, Sha256};
use workflows::{Catalogue, Files};

use super::hands::{OLENA, TARAS, ask, open_as, reply, tap};
use super::witness::{facts, plan_awaits, until};

const RISKS: &str = "Тексти від клієнта можуть запізнитись";

/// A website project whose first task is in work.
async fn website(db: &db::Db, language: &str) -> House {
    let mut house = House::open(db, language).await;
    let definition = house.catalogue.definition("website").unwrap();
    open_as(&mut house, "site-test", definition).await;
    house.order(person("olena"), ProjectCommand::StartTask { task: "communication".into() }).await;
    house.settle().await;
    house
}

async fn send_rules(house: &House) {
    let press = ProjectCommand::PressButton { task: "communication".into(), button: "send_rules".into() };
    house.order(person("olena"), press).await;
    house.settle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_talk_with_the_client_is_ticked_with_a_note_in_the_staff_chat() {
    let db = db::sqlite();
    let house = website(&db, "uk").await;
    let tick = ProjectCommand::TickItem { task: "communication".into(), item: 2, done: true, note: None };
    let answer = house.try_order(person("olena"), tick).await;
    assert!(matches!(answer, Answer::Refused(Refusal::NoteNeeded { item: 2, .. })), "{answer:?}");
    let label = "☐ Названо ризики і як працюватиме готове";
    let question = ask(&house, OLENA, label).await;
    assert!(question.text.contains("Названо ризики"), "{}", question.text);
    reply(&house, OLENA, question.id, RISKS).await;
    assert!(house.sandbox.messages(STAFF_CHAT).iter().any(|m| m.id == question.id && m.deleted));
    let project = house.app.project_state(&house.project).await.unwrap().unwrap();
    let risks = project.risks();
    assert_eq!(risks.len(), 1, "{}", house.transcript(STAFF_CHAT));
    let kept = house.app.store().content(&risks[0].1.content).await.unwrap().unwrap();
    assert_eq!((kept.text.as_str(), kept.sha256.as_str()), (RISKS, risks[0].1.sha256.as_str()));
    let card = house.with_button(STAFF_CHAT, "☐ Обговорено, що реально, і варіанти");
    assert!(card.button(label).is_none(), "the line is ticked");
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approver_agrees_to_the_rules_and_the_very_text_is_kept_on_both_databases() {
    for db in db::both().await {
        let house = website(&db, "uk").await;
        send_rules(&house).await;
        let label = "✅ Ознайомлений";
        let shown = house.with_button(GROUP, label);
        assert!(shown.text.contains("Як ми працюємо"), "{}", shown.text);
        let no = house.press(PETRO, GROUP, label).await.unwrap();
        assert!(no.show_alert, "{no:?}");
        assert_eq!(facts(&house, "rules_acknowledged").await, 0, "nobody but an approver agrees");
        let gate = Gate::Acknowledged("working-rules".into()).missing();
        let project = house.app.project_state(&house.project).await.unwrap().unwrap();
        let task = project.task(&"communication".into()).unwrap();
        assert!(engine::domain::gate::missing_to_finish(&project, task).contains(&gate));
        let yes = house.press(SOFIIA, GROUP, label).await.unwrap();
        assert_eq!(yes.text.as_deref(), Some("Дякуємо, вашу згоду записано."), "{}", db.name);
        let project = house.app.project_state(&house.project).await.unwrap().unwrap();
        let task = project.task(&"communication".into()).unwrap();
        assert!(!engine::domain::gate::missing_to_finish(&project, task).contains(&gate));
        let given = project.agreements["working-rules"].given.clone().unwrap();
        assert_eq!(given.at, house.now());
        let kept = house.app.store().content(&given.shown.content).await.unwrap().unwrap();
        assert_eq!(kept.text, shown.text, "exactly what was shown");
        assert_eq!(given.shown.sha256, hex::encode(Sha256::digest(&shown.text)));
        let now = house.sandbox.messages(GROUP).into_iter().find(|m| m.id == shown.id).unwrap();
        assert!(now.text.contains("З правилами погоджується Софія"), "{}", now.text);
        assert!(now.buttons.is_empty(), "{}", house.transcript(GROUP));
        assert!(house.said(STAFF_CHAT).iter().any(|text| text.contains("погоджує правила роботи")));
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_rules_that_take_several_messages_every_word_is_kept_on_both_databases() {
    let mut files = Files::embedded();
    let uk = files.get("messages/uk.ftl").unwrap().text.clone();
    let lines: String =
        (1..=200).map(|number| format!("    Пункт {number}: про це домовляємося заздалегідь.\n")).collect();
    files.put("messages/uk.ftl", &uk.replacen("working-rules =\n", &format!("working-rules =\n{lines}"), 1));
    let catalogue = Arc::new(Catalogue::from_files(&files).unwrap());
    for db in db::both().await {
        let house = website(&db, "uk").await;
        house.app.set_desk(desk::desk(&catalogue));
        send_rules(&house).await;
        let label = "✅ Ознайомлений";
        assert!(!house.with_button(GROUP, label).text.contains("Пункт 1:"), "it comes in parts");
        house.press(SOFIIA, GROUP, label).await.unwrap();
        let project = house.app.project_state(&house.project).await.unwrap().unwrap();
        let given = project.agreements["working-rules"].given.clone().unwrap();
        let kept = house.app.store().content(&given.shown.content).await.unwrap().unwrap();
        for number in 1..=200 {
            assert!(kept.text.contains(&format!("Пункт {number}: про це")), "{number} {}", db.name);
        }
        assert_eq!(given.shown.sha256, hex::encode(Sha256::digest(&kept.text)));
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_agree_is_reminded_in_business_time_and_then_the_pm_hears_it() {
    let db = db::sqlite();
    let house = website(&db, "en").await;
    send_rules(&house).await;
    let reminders = |house: &House| {
        let said = house.said(GROUP).into_iter();
        said.filter(|text| text.contains("your agreement to the working rules")).count()
    };
    // Monday 10:00 in Kyiv; three business days later it is Thursday 10:00.
    until(&house, "2026-11-26 09:59").await;
    assert_eq!(reminders(&house), 0);
    until(&house, "2026-11-26 10:01").await;
    assert_eq!(reminders(&house), 1, "{}", house.transcript(GROUP));
    until(&house, "2026-11-30 10:01").await;
    assert_eq!(reminders(&house), 2);
    for _ in 0..8 {
        house.pass(86_400).await;
    }
    assert_eq!(reminders(&house), 3, "each rung once");
    let stuck =
        |house: &House| house.said(STAFF_CHAT).iter().filter(|t| t.contains("не погоджує правил")).count();
    assert_eq!(stuck(&house), 1, "{}", house.transcript(STAFF_CHAT));
    house.press(SOFIIA, GROUP, "✅ Agreed").await.unwrap();
    house.pass(8 * 86_400).await;
    assert_eq!((reminders(&house), stuck(&house)), (3, 1));
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assignee_says_no_on_the_card_and_gives_the_reason_as_a_reply() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let no = house.press(TARAS, STAFF_CHAT, "🙅 Не беру").await.unwrap();
    assert!(no.show_alert, "only the assignee says no: {no:?}");
    let question = ask(&house, OLENA, "🙅 Не беру").await;
    assert!(question.text.contains("чому не берете «Комунікація»"), "{}", question.text);
    assert_eq!(facts(&house, "task_declined").await, 0, "not before the reason");
    reply(&house, OLENA, question.id, "У відпустці до п'ятниці").await;
    assert_eq!(facts(&house, "task_declined").await, 1);
    let said = house.said(STAFF_CHAT).join("\n");
    assert!(said.contains("Причина: У відпустці до п'ятниці"), "{said}");
    let card = house.with_button(STAFF_CHAT, "Почати");
    assert!(card.button("🙅 Не беру").is_none(), "it was said once");
    assert_eq!(house.status("communication").await, Status::Ready);
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_sales_promised_stands_beside_the_plan_and_production_takes_it_or_gives_it_back() {
    let db = db::sqlite();
    let mut house = House::open(&db, "uk").await;
    let definition = house.catalogue.definition("website").unwrap();
    let scope = house.content("Сайт із кошиком і трьома мовами").await;
    let mut command = super::hands::open_command(&house, "site-sold", &definition, None);
    if let ProjectCommand::OpenProject { promised, .. } = &mut command {
        promised.by = "2026-12-18".parse().ok();
        promised.sum = engine::domain::money::Money::parse("100000 UAH", None);
        promised.scope = Some(scope);
    }
    house.project = "site-sold".into();
    house.order(Actor::Operator, command).await;
    house.settle().await;
    let card = house.with_button(STAFF_CHAT, "↩️ Повернути");
    for words in ["18 грудня", "100 000", "120 000", "роб. дн. пізніше за обіцяне", "Сайт із кошиком"]
    {
        assert!(card.text.replace(['\u{a0}', '\u{202f}'], " ").contains(words), "{words}: {}", card.text);
    }
    let start = || ProjectCommand::StartTask { task: "communication".into() };
    let answer = house.try_order(person("olena"), start()).await;
    let Answer::Refused(refusal) = answer else { panic!("{answer:?}") };
    assert_eq!(refusal.missing(), [Missing::Handoff { need: "accepted".into() }]);
    let question = ask(&house, OLENA, "↩️ Повернути").await;
    reply(&house, OLENA, question.id, "Три тижні на сайт замало").await;
    let now = house.sandbox.messages(STAFF_CHAT).into_iter().find(|m| m.id == card.id).unwrap();
    assert!(now.text.contains("Три тижні на сайт замало") && now.buttons.is_empty(), "{}", now.text);
    let again = engine::domain::project::event::Promised {
        by: "2027-02-26".parse().ok(),
        ..engine::domain::project::event::Promised::default()
    };
    house.order(Actor::Operator, ProjectCommand::HandOver { promised: Box::new(again) }).await;
    house.settle().await;
    assert_eq!(tap(&house, OLENA, "✅ Прийняти").await, "Зроблено.");
    house.order(person("olena"), start()).await;
    let story: Vec<ProjectEvent> = events(&house).await;
    let answers = story.iter().filter(|event| {
        matches!(event, ProjectEvent::HandoffReturned { .. } | ProjectEvent::HandoffAccepted)
    });
    assert_eq!(answers.count(), 2);
    house.app.store().close().await;
}

async fn events(house: &House) -> Vec<ProjectEvent> {
    let stored = house.app.store().stream(house.project.stream(), 0).await.unwrap();
    stored.into_iter().map(|stored| stored.fact::<ProjectEvent>().unwrap().event).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_far_away_is_reminded_of_a_decision_by_its_own_clock() {
    let db = db::sqlite();
    let house = plan_awaits(&db, "uk").await;
    // Asked on Monday at 10:00 in Kyiv: in New York it is night, and Monday begins at our 16:00.
    let nudges = |house: &House| {
        house.said(GROUP).iter().filter(|text| text.contains("чекає на ваше рішення вже")).count()
    };
    house.client_order(&house.client, ClientCommand::ChooseZone { zone: "America/New_York".into() }).await;
    until(&house, "2026-11-25 15:59").await;
    assert_eq!(nudges(&house), 0, "{}", house.transcript(GROUP));
    until(&house, "2026-11-25 16:01").await;
    assert_eq!(nudges(&house), 1, "{}", house.transcript(GROUP));
    // Back home again: what is still to come moves to the agency's hours.
    house.client_order(&house.client, ClientCommand::ChooseZone { zone: "agency".into() }).await;
    until(&house, "2026-11-27 16:01").await;
    assert_eq!(nudges(&house), 2);
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_board_a_line_that_needs_a_note_is_ticked_with_one() {
    let db = db::sqlite();
    let house = website(&db, "uk").await;
    let pages = super::briefs::serve(&house).await;
    let olena = Visitor::signed_in(&house, &pages, "olena").await;
    let panel = olena.get("/p/site-test?task=communication").await;
    assert!(panel.text.contains("name=\"note\""), "{}", panel.text);
    let tick = "/p/site-test/communication/tick";
    assert_eq!(olena.post(tick, &[("item", "2"), ("note", " ")]).await.status, 409, "nothing was written");
    assert_eq!(olena.post(tick, &[("item", "2"), ("note", RISKS)]).await.status, 303);
    let project = house.app.project_state(&house.project).await.unwrap().unwrap();
    let kept = house.app.store().content(&project.risks()[0].1.content).await.unwrap().unwrap();
    assert_eq!(kept.text, RISKS);
    house.app.store().close().await;
}
