//! A brief from the button of the PM to the open gate: the page over real HTTP, saved, handed in, told (PF-81, PF-84 to PF-93).

use engine::app::Answer;
use engine::domain::definition::Gate;
use engine::domain::gate::missing_to_finish;
use engine::domain::project::ProjectCommand;
use engine::domain::project::forms::ReceivedForm;
use journeys::db;
use journeys::desk::{PUBLIC_URL, STAFF_CHAT, person};
use journeys::house::{GROUP, House, PETRO, SOFIIA};
use journeys::page::{Page, Pages, form_link, link_in};

use super::hands::{OLENA, alert, tap};
use super::witness::facts;

/// Everything that smm-brief requires, and one answer more.
pub const ANSWERS: [(&str, &str); 9] = [
    ("q.business", "Каву й круасани тим, хто поспішає"),
    ("q.website", "https://ranok.example"),
    ("q.goals", "300 гостей на місяць"),
    ("q.audience", "Офіси довкола"),
    ("q.networks", "instagram"),
    ("q.networks", "facebook"),
    ("q.approver", "Софія, @sofiia"),
    ("q.budget", "5000"),
    ("do", "send"),
];

/// A house with its pages, in which the brief is on its way to the client.
pub async fn sent(db: &db::Db) -> (House, Pages) {
    let house = House::open(db, "uk").await;
    house.order(person("olena"), ProjectCommand::StartTask { task: "communication".into() }).await;
    let press = ProjectCommand::PressButton { task: "communication".into(), button: "send_brief".into() };
    house.order(person("olena"), press).await;
    house.settle().await;
    let pages = serve(&house).await;
    (house, pages)
}

pub async fn serve(house: &House) -> Pages {
    Pages::serve(web::routes(house.site())).await
}

/// The latest version of the brief.
pub async fn received(house: &House) -> Option<ReceivedForm> {
    let project = house.app.project_state(&house.project).await.unwrap().unwrap();
    project.received_form("smm-brief").cloned()
}

fn assert_thanks(page: &Page) {
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(page.text.contains("Дякуємо, бриф у нас!") && page.text.contains("Що далі"), "{}", page.text);
    assert!(!page.text.contains("<form"), "it is closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_brief_is_filled_in_on_the_page_and_opens_its_gate_on_both_databases() {
    for db in db::both().await {
        let (house, pages) = sent(&db).await;
        let link = form_link(&house);
        let page = pages.get(&link).await;
        assert_eq!(page.status, 200);
        for wanted in
            ["lang=\"uk\"", "Бриф на SMM", "для Кава «Ранок»", "Що ви продаєте і кому?", "name=\"q.budget\""]
        {
            assert!(page.text.contains(wanted), "{wanted}: {}", page.text);
        }
        let handed = pages.post(&link, &ANSWERS).await;
        assert_eq!(handed.status, 303, "{} {}", db.name, handed.text);
        assert_thanks(&pages.get(&link).await);
        house.settle().await;
        let back = received(&house).await.expect("it came back");
        assert_eq!((back.version, back.late), (1, false));
        let said = house.said(GROUP);
        assert_eq!(said.iter().filter(|text| text.contains("Бриф у нас, дякуємо!")).count(), 1);
        let told = house.said(STAFF_CHAT);
        assert!(
            told.iter().any(|text| text.contains("Кава «Ранок»: «Бриф на SMM» заповнено (smm-test)")),
            "{told:?}"
        );
        let project = house.app.project_state(&house.project).await.unwrap().unwrap();
        let task = project.task(&"communication".into()).unwrap();
        let gate = Gate::Form("smm-brief".into()).name();
        let missing = format!("{:?}", missing_to_finish(&project, task));
        assert!(!missing.contains(&gate) && missing.contains("paid"), "{missing}");
        assert!(house.app.store().verify().await.unwrap().is_well());
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_staff_read_the_answers_behind_the_address_in_their_chat() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    pages.post(&form_link(&house), &ANSWERS).await;
    house.settle().await;
    let page = pages.get(&link_in(&house, STAFF_CHAT, "Відповіді")).await;
    assert_eq!(page.status, 200);
    for wanted in ["Каву й круасани тим, хто поспішає", "Instagram, Facebook", "грн", "без відповіді"]
    {
        assert!(page.text.contains(wanted), "{wanted}: {}", page.text);
    }
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_notice_stands_in_the_outbox_in_the_same_transaction_as_the_brief() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let handed = pages.post(&form_link(&house), &ANSWERS).await;
    assert_eq!(handed.status, 303, "{}", handed.text);
    // No timer and no tick lies between the brief and its notice: it is as fast as the next delivery.
    while house.bot.deliver_tick(house.now()).await.unwrap().claimed > 0 {}
    let told = house.said(STAFF_CHAT);
    assert!(told.iter().any(|text| text.contains("заповнено (smm-test)")), "{told:?}");
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_kept_in_part_and_found_again_on_another_device() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let link = form_link(&house);
    let saved = pages.post(&link, &[("q.business", "Каву <b>&"), ("do", "save"), ("version", "0")]).await;
    assert_eq!(saved.status, 303);
    let other = serve(&house).await;
    let page = other.get(&format!("{link}?saved=1")).await;
    assert!(page.text.contains("Каву &lt;b&gt;&amp;") && page.text.contains("Збережено."), "{}", page.text);
    assert!(page.text.contains("Відповіді: 1 із 12"), "{}", page.text);
    // The first device, with an older page, does not empty what the second one filled.
    let second = other
        .post(&link, &[("q.business", "Каву"), ("q.goals", "Гості"), ("do", "autosave"), ("version", "1")])
        .await;
    assert_eq!((second.status.as_u16(), second.text.as_str()), (200, "2"));
    let first = pages
        .post(&link, &[("q.audience", "Офіси"), ("q.business", "Каву"), ("do", "save"), ("version", "1")])
        .await;
    assert_eq!(first.status, 409);
    for wanted in ["Каву", "Гості", "Офіси", "поєднали"] {
        assert!(first.text.contains(wanted), "{wanted}: {}", first.text);
    }
    assert!(received(&house).await.is_none());
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_beside_the_question_and_nothing_typed_is_lost() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let link = form_link(&house);
    let mut fields = ANSWERS.to_vec();
    fields.retain(|(name, _)| *name != "q.goals" && *name != "q.website" && *name != "q.budget");
    fields.extend([("q.website", "ranok"), ("q.budget", "багато")]);
    let page = pages.post(&link, &fields).await;
    assert_eq!(page.status, 422);
    for wanted in [
        "Ще 3 відповіді потребують уваги",
        "href=\"#q-goals\"",
        "На це запитання потрібна відповідь.",
        "Це не схоже на посилання.",
        "Напишіть суму, наприклад 5000",
        "value=\"багато\"",
        "Офіси довкола",
        "aria-invalid=\"true\"",
    ] {
        assert!(page.text.contains(wanted), "{wanted}: {}", page.text);
    }
    assert!(received(&house).await.is_none());
    let later = pages.get(&link).await;
    assert!(later.text.contains("value=\"багато\""), "the draft keeps what was typed");
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hand_it_in_at_once_and_one_brief_comes_of_it() {
    for db in db::both().await {
        let (house, pages) = sent(&db).await;
        let link = form_link(&house);
        let (one, two) = (ANSWERS.to_vec(), ANSWERS.to_vec());
        let answers = tokio::join!(pages.post(&link, &one), pages.post(&link, &two));
        for page in [answers.0, answers.1] {
            assert!([303, 409].contains(&page.status.as_u16()), "{} {}", page.status, page.text);
            assert!(page.status == 303 || page.text.contains("Дякуємо"), "{}", page.text);
        }
        assert_eq!(facts(&house, "form_received").await, 1, "{}", db.name);
        // Other answers after that are refused in words, and change nothing.
        let mut others = ANSWERS.to_vec();
        others[0].1 = "Щось зовсім інше";
        let late = pages.post(&link, &others).await;
        assert_eq!(late.status, 409);
        assert!(late.text.contains("останні зміни на вашій сторінці не збережено"), "{}", late.text);
        assert_eq!(facts(&house, "form_received").await, 1);
        house.settle().await;
        assert_eq!(house.said(GROUP).iter().filter(|text| text.contains("Бриф у нас")).count(), 1);
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_reminder_was_due_a_brief_still_counts_and_is_marked_late() {
    // Sent on Monday 10:00, two business days: the reminder is due on Wednesday 10:00.
    let two_days = 2 * 24 * 3_600;
    for (seconds, late) in [(two_days - 1, false), (two_days, true)] {
        let db = db::sqlite();
        let (house, pages) = sent(&db).await;
        let link = form_link(&house);
        house.skip(seconds);
        pages.post(&link, &ANSWERS).await;
        house.settle().await;
        assert_eq!(received(&house).await.unwrap().late, late, "after {seconds} s");
        let told = house.said(STAFF_CHAT).into_iter().any(|text| text.contains("уже після нагадування"));
        assert_eq!(told, late);
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_press_asks_and_only_a_yes_sends_again() {
    let db = db::sqlite();
    let (house, _) = sent(&db).await;
    let requests = || house.said(GROUP).iter().filter(|text| text.contains("заповніть, будь ласка")).count();
    assert_eq!(requests(), 1);
    let said = alert(&house, OLENA, "Надіслати бриф").await;
    assert!(said.contains("уже в клієнта з"), "{said}");
    assert_eq!(requests(), 1);
    let before = form_link(&house);
    tap(&house, OLENA, "Надіслати знову").await;
    assert_eq!(requests(), 2, "{}", house.transcript(STAFF_CHAT));
    tap(&house, OLENA, "Надіслати знову").await;
    assert_eq!(requests(), 2, "the same yes counts once");
    let project = house.app.project_state(&house.project).await.unwrap().unwrap();
    let form = project.sent_form("smm-brief");
    assert_eq!(form.sendings, 2);
    assert!(form.waiting_since <= form.last_sent);
    assert_ne!(form_link(&house), before, "each sending has its own address");
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_brief_that_is_sent_again_starts_from_what_was_said_and_flags_work_on_the_older_one() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let old = form_link(&house);
    pages.post(&old, &ANSWERS).await;
    house.settle().await;
    house.fill("communication").await;
    house.order(person("olena"), ProjectCommand::SubmitTask { task: "communication".into() }).await;
    house.order(person("maksym"), ProjectCommand::StartTask { task: "accounts".into() }).await;
    let again =
        ProjectCommand::SendForm { task: "communication".into(), form: "smm-brief".into(), known: Some(1) };
    house.order(person("olena"), again).await;
    house.settle().await;
    let link = form_link(&house);
    let page = pages.get(&link).await;
    assert!(
        page.text.contains("Каву й круасани") && page.text.contains("value=\"5000 UAH\""),
        "{}",
        page.text
    );
    assert!(pages.get(&old).await.text.contains("Дякуємо"), "the first address stays closed");
    let mut fields = ANSWERS.to_vec();
    fields[0].1 = "Каву, чай і круасани";
    assert_eq!(pages.post(&link, &fields).await.status, 303);
    house.settle().await;
    assert_eq!(received(&house).await.unwrap().version, 2);
    let told = house.said(STAFF_CHAT);
    let changed =
        told.iter().find(|text| text.contains("змінився після початку роботи")).expect("they hear it");
    assert!(changed.contains("Створення акаунтів"), "{changed}");
    assert!(
        told.iter().any(|text| text.contains("⚠️ Бриф змінився після початку роботи.")),
        "the card says it"
    );
    assert!(house.said(GROUP).iter().any(|text| text.contains("Оновлений бриф у нас")));
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_who_needs_help_is_heard_by_the_pm() {
    let db = db::sqlite();
    let (house, _) = sent(&db).await;
    for _ in 0..2 {
        let answer = house.press(PETRO, GROUP, "Допоможіть").await.expect("an answer");
        assert_eq!(answer.text.as_deref(), Some("Дякуємо, що сказали! Менеджер скоро напише вам сюди."));
    }
    let told: Vec<String> =
        house.said(STAFF_CHAT).into_iter().filter(|text| text.contains("просить допомоги")).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("Олена Коваль") && told[0].contains("Петро"), "{told:?}");
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_or_unknown_address_says_what_to_do() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let link = form_link(&house);
    let unknown = format!("/f/{}", "A".repeat(43));
    for path in [unknown.as_str(), "/f/x", "/b/x"] {
        let page = pages.get(path).await;
        assert_eq!(page.status, 404);
        assert!(page.text.contains("Це посилання не працює"), "{}", page.text);
    }
    let token = link.trim_start_matches("/f/");
    assert_eq!(pages.get(&format!("/b/{token}")).await.status, 404, "an address to fill in reads nothing");
    house.skip(61 * 24 * 3_600);
    let page = pages.get(&link).await;
    assert_eq!(page.status, 404);
    assert!(page.text.contains("Відкрийте найновіше повідомлення"), "{}", page.text);
    assert_eq!(pages.post(&link, &ANSWERS).await.status, 404);
    assert!(received(&house).await.is_none());
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_at_the_page_changes_nothing_and_the_log_holds_no_answer() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let link = form_link(&house);
    let before = house.app.store().head().await.unwrap().position;
    for _ in 0..3 {
        pages.get(&link).await;
    }
    pages.post(&link, &[("q.business", "Секретна кава"), ("do", "save")]).await;
    assert_eq!(house.app.store().head().await.unwrap().position, before);
    let mut fields = ANSWERS.to_vec();
    fields[0].1 = "Секретна кава";
    assert_eq!(pages.post(&link, &fields).await.status, 303);
    house.settle().await;
    let token = link.trim_start_matches("/f/");
    let log = house.app.store().events(0, 100_000).await.unwrap();
    for event in &log {
        for secret in ["Секретна", "ranok.example", "@sofiia", token] {
            assert!(!event.data.contains(secret), "{} holds {secret}", event.kind);
        }
    }
    for table in ["form_links", "timers"] {
        let rows = house.app.store().dump(table).await.unwrap();
        assert!(!rows.contains(token) && !rows.contains("Секретна"), "{table}");
    }
    assert_eq!(house.app.store().dump("form_drafts").await.unwrap(), "", "the draft is gone");
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_button_in_the_chat_opens_the_page_of_the_public_address() {
    let db = db::sqlite();
    let (house, _) = sent(&db).await;
    let message = house.with_button(GROUP, "Заповнити бриф");
    let url = message.button("Заповнити бриф").unwrap().url.clone().unwrap();
    assert!(url.starts_with(&format!("{PUBLIC_URL}/f/")) && url.len() == PUBLIC_URL.len() + 3 + 43, "{url}");
    let answer = house.try_order(
        person("taras"),
        ProjectCommand::SendForm { task: "communication".into(), form: "smm-brief".into(), known: None },
    );
    assert!(matches!(answer.await, Answer::Refused(_)));
    assert!(house.press(SOFIIA, GROUP, "Допоможіть").await.is_some());
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_brief_that_comes_stops_its_reminder_and_one_that_does_not_is_asked_for() {
    let two_days = 2 * 24 * 3_600;
    for (before, reminders) in [(two_days - 1, 0), (two_days + 60, 1)] {
        let db = db::sqlite();
        let (house, pages) = sent(&db).await;
        let link = form_link(&house);
        house.pass(before).await;
        assert_eq!(pages.post(&link, &ANSWERS).await.status, 303);
        house.pass(5 * 24 * 3_600).await;
        let asked =
            house.said(GROUP).iter().filter(|text| text.contains("не бачимо заповненого брифу")).count();
        assert_eq!(asked, reminders, "handed in after {before} s\n{}", house.transcript(GROUP));
        house.app.store().close().await;
    }
}
