//! What briefs say about a client lands on its card; where two differ, somebody decides (PF-81); forms elsewhere (PF-84).

use engine::app::{Answer, HandIn, HandedIn};
use engine::domain::client::ClientCommand;
use engine::domain::form::Typed;
use engine::domain::project::ProjectCommand;
use engine::domain::project::event::FilledBy;
use journeys::db;
use journeys::desk::{STAFF_CHAT, command_id, person};
use journeys::house::{GROUP, House};
use journeys::page::form_link;
use serde_json::{Value, json};

use super::briefs::{ANSWERS, received, sent};
use super::witness::facts;

async fn card(house: &House, field: &str) -> (String, Option<String>) {
    let client = house.app.client_state(&house.client).await.unwrap().unwrap();
    let text = async |value: &engine::domain::client::state::CardValue| {
        house.app.store().content(&value.content.content).await.unwrap().unwrap().text
    };
    let other = match client.conflicts.get(field) {
        Some(other) => Some(text(other).await),
        None => None,
    };
    (text(&client.card[field]).await, other)
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_land_on_the_card_with_their_source_on_both_databases() {
    for db in db::both().await {
        let (house, pages) = sent(&db).await;
        pages.post(&form_link(&house), &ANSWERS).await;
        house.settle().await;
        assert_eq!(card(&house, "website").await, ("https://ranok.example".to_owned(), None), "{}", db.name);
        let client = house.app.client_state(&house.client).await.unwrap().unwrap();
        let about = &client.card["about"];
        assert_eq!(
            (about.question.as_str(), about.from.form.as_str(), about.from.version),
            ("business", "smm-brief", 1)
        );
        assert!(client.card.contains_key("ad_budget") && client.card.contains_key("approver"));
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_different_value_is_kept_as_a_conflict_until_somebody_decides() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    pages.post(&form_link(&house), &ANSWERS).await;
    house.settle().await;
    let again =
        ProjectCommand::SendForm { task: "communication".into(), form: "smm-brief".into(), known: Some(1) };
    house.order(person("olena"), again).await;
    house.settle().await;
    let mut fields = ANSWERS.to_vec();
    fields[1].1 = "https://ranok.coffee.example";
    pages.post(&form_link(&house), &fields).await;
    house.settle().await;
    let (stands, other) = card(&house, "website").await;
    assert_eq!(
        (stands.as_str(), other.as_deref()),
        ("https://ranok.example", Some("https://ranok.coffee.example"))
    );
    assert_eq!(facts(&house, "card_conflict_found").await, 1, "what is the same is no conflict");
    let told = house.said(STAFF_CHAT);
    let conflict =
        told.iter().find(|text| text.contains("у картці й у брифі різне (website)")).expect("they hear it");
    assert!(
        conflict.contains("https://ranok.example") && conflict.contains("https://ranok.coffee.example"),
        "{conflict}"
    );
    house
        .client_order(&house.client, ClientCommand::ResolveCard { field: "website".into(), take: true })
        .await;
    assert_eq!(card(&house, "website").await, ("https://ranok.coffee.example".to_owned(), None));
    house.app.store().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_fill_a_brief_in_for_the_client_and_it_says_so() {
    let db = db::sqlite();
    let house = House::open(&db, "uk").await;
    let typed: Typed = ANSWERS
        .iter()
        .filter_map(|(name, text)| Some((name.strip_prefix("q.")?.to_owned(), vec![(*text).to_owned()])))
        .collect();
    let given = |by: &str| HandIn {
        project: house.project.clone(),
        form: "smm-brief".into(),
        typed: typed.clone(),
        sending: None,
        filled: FilledBy::Staff,
        by: person(by),
        command_id: command_id(),
        at: house.now(),
    };
    let refused = house.app.hand_in(given("maksym")).await.unwrap();
    assert!(matches!(refused, HandedIn::Given(Answer::Refused(_))), "{refused:?}");
    let done = house.app.hand_in(given("olena")).await.unwrap();
    assert!(matches!(done, HandedIn::Given(Answer::Done { .. })), "{done:?}");
    house.settle().await;
    assert_eq!(received(&house).await.unwrap().by, FilledBy::Staff);
    assert!(!house.said(GROUP).iter().any(|text| text.contains("Бриф у нас")), "nobody is thanked");
    let told = house.said(STAFF_CHAT);
    assert!(
        told.iter().any(|text| text.contains("заповнено за клієнта") && text.contains("Олена Коваль")),
        "{told:?}"
    );
    house.app.store().close().await;
}

fn elsewhere() -> Value {
    json!({ "answers": {
        "Що ви продаєте і кому?": "Каву тим, хто поспішає",
        "Сайт": "https://ranok.example",
        "goals": "300 гостей на місяць",
        "Describe your customer": "Офіси довкола",
        "У яких мережах працюємо?": ["Instagram", "TikTok"],
        "Хто погоджує роботу?": "Софія",
        "Рекламний бюджет на місяць": 5000,
        "Позначка часу": "2026-11-23 10:00:00",
    }})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_elsewhere_posts_its_answers_by_title_or_id() {
    for db in db::both().await {
        let (house, pages) = sent(&db).await;
        let hook = form_link(&house).replace("/f/", "/hooks/forms/");
        let answer = pages.post_json(&hook, &elsewhere()).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert_eq!(
            serde_json::from_str::<Value>(&answer.text).unwrap(),
            json!({ "received": true, "ignored": 1 })
        );
        house.settle().await;
        let back = received(&house).await.unwrap();
        assert_eq!((back.by, back.version), (FilledBy::External, 1));
        assert_eq!(card(&house, "website").await.0, "https://ranok.example");
        assert!(house.said(GROUP).iter().any(|text| text.contains("Бриф у нас")));
        // The script asks again after a break in the line: the same answer, no second brief.
        assert_eq!(pages.post_json(&hook, &elsewhere()).await.status, 200);
        assert_eq!(facts(&house, "form_received").await, 1, "{}", db.name);
        house.app.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_incomplete_from_elsewhere_is_kept_for_the_page() {
    let db = db::sqlite();
    let (house, pages) = sent(&db).await;
    let link = form_link(&house);
    let hook = link.replace("/f/", "/hooks/forms/");
    let mut body = elsewhere();
    body["answers"].as_object_mut().unwrap().remove("goals");
    body["answers"]["Сайт"] = json!("ranok");
    let answer = pages.post_json(&hook, &body).await;
    assert_eq!(answer.status, 422);
    let said: Value = serde_json::from_str(&answer.text).unwrap();
    assert_eq!(
        (said["code"].as_str(), said["errors"].as_array().unwrap().len()),
        (Some("form-incomplete"), 2)
    );
    assert!(!answer.text.contains("Каву"), "answers are not sent back");
    assert!(received(&house).await.is_none());
    assert!(pages.get(&link).await.text.contains("Каву тим, хто поспішає"));
    house.app.store().close().await;
}
