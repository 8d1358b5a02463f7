//! "Ad launched": hidden until its fields are filled, gone when one is cleared, working once (Test 10, PF-61).

use engine::domain::Refusal;
use engine::domain::project::{ProjectCommand, Status};
use engine::domain::refusal::Missing;
use journeys::db;
use journeys::desk::{STAFF_CHAT, person};
use journeys::house::{GROUP, House};

use super::hands::{TARAS, alert, fill, in_alert, refused, sentence, standing, tap};

const BUTTON: &str = "▸ Реклама запущена";
const FIELDS: [(&str, &str); 4] = [
    ("Очікуваний результат", "300 нових підписників"),
    ("Аудиторія", "Київ, 20-40 років"),
    ("Бюджет", "5000 UAH"),
    ("Графік", "2026-12-09..2026-12-18"),
];

async fn at_ads() -> (db::Db, House) {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    house.work_until("ads").await;
    tap(&house, TARAS, "Почати").await;
    (db, house)
}

fn is_there(house: &House) -> bool {
    let card = house.with_button(STAFF_CHAT, "Здати");
    card.button(BUTTON).is_some()
}

/// Where the button stands, and its data.
fn button(house: &House) -> (i64, String) {
    let card = house.with_button(STAFF_CHAT, BUTTON);
    let data = card.button(BUTTON).and_then(|button| button.data.clone());
    (card.id, data.expect("a callback button"))
}

/// A press with data that was seen before the card changed.
async fn press_late(house: &House, (message, data): &(i64, String)) -> String {
    let press = house.sandbox.press_raw(TARAS, STAFF_CHAT, *message, data).unwrap();
    house.settle().await;
    let answer = house.sandbox.callback_answer(&press).expect("an answer");
    assert!(answer.show_alert);
    answer.text.unwrap_or_default()
}

fn press() -> ProjectCommand {
    ProjectCommand::PressButton { task: "ads".into(), button: "ad_launched".into() }
}

fn field(missing: &Missing) -> &str {
    let Missing::Field { field, .. } = missing else { panic!("{missing:?}") };
    field
}

fn missing(refusal: &Refusal) -> Vec<&str> {
    let Refusal::ButtonLocked { missing, .. } = refusal else { panic!("{refusal:?}") };
    missing.iter().map(field).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_button_appears_with_the_last_of_its_fields_and_not_before() {
    let (_db, house) = at_ads().await;
    assert!(!is_there(&house), "absent");
    for (at, (title, value)) in FIELDS.iter().enumerate() {
        let refusal = refused(&house, person("taras"), press()).await;
        assert_eq!(missing(&refusal).len(), 4 - at);
        fill(&house, TARAS, &format!("✎ {title}"), value).await;
        assert_eq!(is_there(&house), at == 3, "after {title}");
    }
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clearing_any_of_its_fields_takes_the_button_away_and_filling_it_brings_it_back() {
    let (_db, house) = at_ads().await;
    for (title, value) in FIELDS {
        fill(&house, TARAS, &format!("✎ {title}"), value).await;
    }
    for (title, value) in FIELDS {
        let seen = button(&house);
        fill(&house, TARAS, &format!("✓ {title}"), "-").await;
        assert!(!is_there(&house), "{title}");
        let refusal = refused(&house, person("taras"), press()).await;
        assert_eq!(missing(&refusal).len(), 1);
        let before = standing(&house).await;
        let said = press_late(&house, &seen).await;
        assert_eq!(said, in_alert(&house, &refusal));
        assert_eq!(said, format!("Кнопка «Реклама запущена» з'явиться, коли буде заповнено: «{title}»."));
        assert_eq!(standing(&house).await, (before.0, before.1 + 1));
        fill(&house, TARAS, &format!("✎ {title}"), value).await;
        assert!(is_there(&house), "{title}");
    }
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_all_fields_cleared_the_alert_names_all_of_them() {
    let (_db, house) = at_ads().await;
    for (title, value) in FIELDS {
        fill(&house, TARAS, &format!("✎ {title}"), value).await;
    }
    let seen = button(&house);
    for (title, _) in FIELDS {
        fill(&house, TARAS, &format!("✓ {title}"), "—").await;
    }
    let refusal = refused(&house, person("taras"), press()).await;
    assert_eq!(missing(&refusal), ["ad_goal", "ad_audience", "ad_budget", "ad_period"]);
    let said = press_late(&house, &seen).await;
    assert_eq!(said, in_alert(&house, &refusal));
    for (title, _) in FIELDS {
        assert!(said.contains(title) && sentence(&house, &refusal).contains(title), "{said}");
    }
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_button_works_once_and_tells_the_client_the_schedule() {
    let (_db, house) = at_ads().await;
    for (title, value) in FIELDS {
        fill(&house, TARAS, &format!("✎ {title}"), value).await;
    }
    let seen = button(&house);
    let before = house.said(GROUP).len();
    assert_eq!(tap(&house, TARAS, BUTTON).await, "Зроблено.");
    let said = house.said(GROUP);
    assert_eq!(said.len(), before + 1);
    let launched = said.last().unwrap();
    assert!(
        launched.contains("Рекламу запущено") && launched.contains("Графік: 9 грудня – 18 грудня"),
        "{launched}"
    );
    assert!(!is_there(&house), "single use");
    let refusal = refused(&house, person("taras"), press()).await;
    assert!(matches!(refusal, Refusal::ButtonUsed { .. }));
    assert_eq!(press_late(&house, &seen).await, in_alert(&house, &refusal));
    fill(&house, TARAS, "✓ Графік", "2026-12-10..2026-12-20").await;
    assert!(!is_there(&house), "a changed field does not bring it back");
    assert_eq!(house.said(GROUP).len(), before + 1, "the client hears it once");
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_presses_at_the_same_moment_launch_once() {
    let (_db, house) = at_ads().await;
    for (title, value) in FIELDS {
        fill(&house, TARAS, &format!("✎ {title}"), value).await;
    }
    let before = house.said(GROUP).len();
    let (message, data) = button(&house);
    for who in [TARAS, 1001, TARAS] {
        house.sandbox.press_raw(who, STAFF_CHAT, message, &data).unwrap();
    }
    house.settle().await;
    assert_eq!(house.said(GROUP).len(), before + 1);
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ads_cannot_be_finished_before_they_were_launched() {
    let (_db, house) = at_ads().await;
    let said = alert(&house, TARAS, "🔒 Здати").await;
    let submit = ProjectCommand::SubmitTask { task: "ads".into() };
    let refusal = refused(&house, person("taras"), submit).await;
    assert_eq!(said, in_alert(&house, &refusal));
    assert!(
        refusal
            .missing()
            .iter()
            .any(|missing| matches!(missing, Missing::Field { field, .. } if field == "ad_report"))
    );
    let launch = refusal.missing().iter().find_map(|missing| match missing {
        Missing::Button { opens_with, .. } => Some(opens_with.clone()),
        _ => None,
    });
    assert_eq!(launch.unwrap(), ["ad_goal", "ad_audience", "ad_budget", "ad_period"]);
    assert_eq!(house.status("ads").await, Status::InProgress);
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_three_steps_that_the_client_reads_are_ticked_before_the_ads_are_handed_over() {
    let (_db, house) = at_ads().await;
    let told = house.said(GROUP).pop().expect("the start is told");
    let ads = "ads".into();
    let lines: Vec<String> = {
        let project = house.app.project_state(&house.project).await.unwrap().unwrap();
        let checklist = &project.plan(&ads).expect("planned").checklist;
        checklist.iter().map(|line| line.text.in_language("uk").to_owned()).collect()
    };
    assert_eq!(lines, ["Дописи для реклами вибрано", "Кампанію створено", "Аудиторію налаштовано"]);
    for step in ["обираємо дописи", "створюємо кампанію", "налаштовуємо аудиторію"]
    {
        assert!(told.contains(step), "{told}");
    }
    house.fill_without_buttons("ads").await;
    house.order(person("taras"), press()).await;
    let untick = ProjectCommand::TickItem { task: "ads".into(), item: 2, done: false, note: None };
    house.order(person("taras"), untick).await;
    let refusal = refused(&house, person("taras"), ProjectCommand::SubmitTask { task: "ads".into() }).await;
    assert!(sentence(&house, &refusal).contains(&lines[1]), "{}", sentence(&house, &refusal));
    house.app.store().close().await;
}
