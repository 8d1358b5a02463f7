//! A simulation and a real run with the same inputs, in Telegram and on the page of the form, are the same events.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use engine::app::{Along, Answer, Ask};
use engine::domain::agency::AgencyCommand;
use engine::domain::project::ProjectCommand;
use engine::domain::{Actor, PersonId, Timestamp};
use engine::store::change::{OutFace, Profile};
use engine::store::letters;
use journeys::db;
use journeys::desk::{PUBLIC_URL, STAFF_CHAT, ask, command_id, done};
use journeys::house::{GROUP, House, SOFIIA};
use journeys::page::{Pages, form_link};
use serde_json::Value as Json;
use simulate::{CLIENT_CHAT, Deed, Given, Manner, Report, Wish, simulate};

/// Telegram users of the people who hold the roles.
const FIRST_USER: i64 = 6_001;

async fn simulated(service: &str, manner: Manner) -> Report {
    let catalogue = journeys::desk::catalogue();
    let definition = catalogue.definition(service).unwrap();
    let start = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let wish = Wish {
        catalogue,
        definition,
        manner,
        start,
        until: None,
        periods: 1,
        language: "uk".into(),
        public_url: PUBLIC_URL.into(),
    };
    simulate(&wish).await.unwrap()
}

/// A house in which each role is held by a person of that name, up to the moment when the project opens.
async fn house_for(db: &db::Db, report: &Report) -> House {
    let mut house = House::empty(db).await;
    let roles: Vec<String> = house.catalogue.agency().roles.iter().map(|role| role.id.clone()).collect();
    for (role, user) in roles.iter().zip(FIRST_USER..) {
        house.sandbox.add_person(user, role, None, Some("uk")).unwrap();
        house.sandbox.join(user, STAFF_CHAT).unwrap();
        let command = AgencyCommand::AddPerson {
            person: role.as_str().into(),
            roles: vec![role.clone()],
            known: roles.clone(),
            profile_changed: false,
        };
        let mut ask = ask(house.now(), Actor::Operator, command);
        ask.along.profiles.push(Profile {
            person: role.as_str().into(),
            name: role.clone(),
            telegram_user: Some(user),
            username: None,
            language: None,
        });
        done(house.app.agency(ask).await.unwrap());
    }
    house.link("uk").await;
    house.client = "kava-ranok".into();
    let opened = report.facts[0].0;
    house.pass((opened - house.now()).num_seconds()).await;
    house.project = format!("{}-simulated", report.service).into();
    let assigned: BTreeMap<String, PersonId> =
        roles.iter().map(|role| (role.clone(), role.as_str().into())).collect();
    let command = ProjectCommand::OpenProject {
        project: house.project.clone(),
        client: house.client.clone(),
        definition: house.catalogue.definition(&report.service).unwrap(),
        assigned,
        price: None,
        promised: Box::default(),
    };
    house.order(Actor::Operator, command).await;
    house.settle().await;
    house
}

/// The clock goes on, and stops wherever a timer is due, as the timekeeper of a server would.
async fn until(house: &House, at: Timestamp) {
    while let Some(due) = house.app.store().next_timer_due().await.unwrap().filter(|due| *due < at) {
        house.pass((due - house.now()).num_seconds().max(1)).await;
    }
    house.pass((at - house.now()).num_seconds()).await;
}

/// Does in the house what a player did: the client presses, replies and fills in; the staff press Start.
async fn repeat(house: &House, pages: &Pages, given: &Given) {
    let (command, contents) = match &given.deed {
        Deed::Order { command, contents } => (command.as_ref().clone(), contents.clone()),
        Deed::FillIn { typed, .. } => {
            let answers =
                typed.iter().flat_map(|(id, all)| all.iter().map(move |one| (format!("q.{id}"), one)));
            let answers: Vec<(String, &String)> = answers.collect();
            let mut fields: Vec<(&str, &str)> =
                answers.iter().map(|(id, one)| (id.as_str(), one.as_str())).collect();
            fields.push(("do", "send"));
            let page = pages.post(&form_link(house), &fields).await;
            assert_eq!(page.status, 303, "{}", page.text);
            return house.settle().await;
        }
    };
    match &command {
        ProjectCommand::Approve { .. } => drop(house.press(SOFIIA, GROUP, "✅").await),
        ProjectCommand::SendBack { .. } => drop(house.press(SOFIIA, GROUP, "Доопрацювати").await),
        ProjectCommand::AddRemark { .. } => {
            let question =
                house.sandbox.messages(GROUP).into_iter().rev().find(|message| message.force_reply);
            let question = question.expect("the bot asked").id;
            house.sandbox.send_text(SOFIIA, GROUP, &contents[0].text, Some(question)).unwrap();
            house.settle().await;
        }
        ProjectCommand::StartTask { .. } => {
            let role = given.by.person().expect("somebody").as_str();
            let place = house.catalogue.agency().roles.iter().position(|known| known.id == role).unwrap();
            drop(house.press(FIRST_USER + i64::try_from(place).unwrap(), STAFF_CHAT, "Почати").await);
        }
        _ => {
            let along = Along { contents, ..Along::default() };
            let ask = Ask { command_id: command_id(), at: house.now(), by: given.by.clone(), command, along };
            let answer = house.app.project(&house.project, ask).await.unwrap();
            assert!(!matches!(answer, Answer::Refused(_)), "{answer:?}");
            house.settle().await;
        }
    }
}

/// A fact without the ids that differ from run to run: who approves, and under which id a text is kept.
fn plain(mut event: Json) -> Json {
    fn hide(value: &mut Json) {
        match value {
            Json::Object(entries) => {
                for (key, value) in entries {
                    match key.as_str() {
                        "content" | "person" | "client" | "approved_by" => *value = Json::Null,
                        "definition" => *value = value["hash"].clone(),
                        _ => hide(value),
                    }
                }
            }
            Json::Array(values) => values.iter_mut().for_each(hide),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
        }
    }
    hide(&mut event);
    // A report names who approved, and so does its hash.
    if event["task"].as_str().is_some_and(|task| task.starts_with("report"))
        && event.get("result_sha256").is_some()
    {
        event["result_sha256"] = Json::Null;
    }
    event
}

async fn facts(house: &House) -> Vec<String> {
    let events = house.app.store().stream(house.project.stream(), 0).await.unwrap();
    events
        .iter()
        .map(|event| format!("{} {}", event.at, plain(serde_json::from_str(&event.data).unwrap())))
        .collect()
}

/// Keys of what the client's chat was told, in order, from the opening of the project on.
async fn told(house: &House, chat: i64, since: Timestamp) -> Vec<String> {
    let mut slots = std::collections::BTreeSet::new();
    let mut all = letters::written(house.app.store(), 0).await.unwrap();
    all.sort_by_key(|letter| letter.at);
    let ours = all.into_iter().filter(|letter| letter.chat == chat && letter.at >= since);
    let new = ours.filter(|letter| {
        let first = letter.slot.clone().is_none_or(|slot| slots.insert(slot));
        letter.face == OutFace::Post || (letter.face == OutFace::Replace && first)
    });
    new.map(|letter| letter.key).collect()
}

async fn is_the_same(service: &str, manner: Manner) {
    let report = simulated(service, manner).await;
    let db = db::sqlite();
    let house = house_for(&db, &report).await;
    let pages = Pages::serve(web::routes(house.site())).await;
    for given in &report.given {
        until(&house, given.at).await;
        repeat(&house, &pages, given).await;
    }
    until(&house, report.facts.last().unwrap().0).await;
    let wanted = report
        .facts
        .iter()
        .map(|(at, event)| format!("{at} {}", plain(serde_json::to_value(event).unwrap())));
    let wanted: Vec<String> = wanted.collect();
    let found = facts(&house).await;
    for (wanted, found) in wanted.iter().zip(&found) {
        assert_eq!(found, wanted, "{service} {}", manner.word());
    }
    assert_eq!(found.len(), wanted.len(), "{service} {}", manner.word());
    let messages = report.entries.iter().filter_map(|entry| entry.message.as_ref());
    let wanted: Vec<String> =
        messages.filter(|message| message.to == "client").map(|message| message.key.clone()).collect();
    assert_eq!(told(&house, GROUP, report.facts[0].0).await, wanted, "{service} {}", manner.word());
    assert_ne!(GROUP, CLIENT_CHAT, "a real run has a real chat");
    super::witness::is_well(house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn smm_with_a_typical_client_is_lived_through_as_it_was_simulated() {
    is_the_same("smm", Manner::Typical).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_campaign_with_an_ideal_client_is_lived_through_as_it_was_simulated() {
    is_the_same("campaign", Manner::Ideal).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_client_stops_a_website_where_the_simulation_said() {
    is_the_same("website", Manner::Silent).await;
}

#[tokio::test]
async fn the_same_wish_gives_the_same_calendar() {
    let (first, second) = (simulated("seo", Manner::Typical).await, simulated("seo", Manner::Typical).await);
    assert_eq!(first.json().to_string(), second.json().to_string());
}
