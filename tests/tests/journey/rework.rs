//! Rounds of rework that the price includes, and what is said about one more (`rework_rounds`).

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::domain::project::ProjectCommand;
use engine::domain::{Actor, PersonId};
use journeys::db::{self, Db};
use journeys::desk::{STAFF, STAFF_CHAT};
use journeys::house::{GROUP, House, SOFIIA};

const PLAN: &str = "content_plan";

/// A project whose content plan includes one round of changes, and waits for the client.
async fn with_one_round(db: &Db) -> House {
    let house = House::empty(db).await;
    house.link("uk").await;
    let mut definition = (*house.catalogue.definition("smm").unwrap()).clone();
    let tasks = definition.stages.iter_mut().flat_map(|stage| &mut stage.tasks);
    tasks.filter(|task| task.id == PLAN).for_each(|task| task.rework_rounds = Some(1));
    let assigned: BTreeMap<String, PersonId> =
        STAFF.iter().map(|(person, _, role, _)| ((*role).to_owned(), PersonId::from(*person))).collect();
    let (project, client) = (house.project.clone(), house.client.clone());
    let definition = Arc::new(definition);
    let open = ProjectCommand::OpenProject {
        project,
        client,
        definition,
        assigned,
        price: None,
        promised: Box::default(),
    };
    house.order(Actor::Operator, open).await;
    house.settle().await;
    house.work_until(PLAN).await;
    house.work(PLAN).await;
    house
}

fn asked(house: &House) -> Vec<String> {
    house.said(STAFF_CHAT).into_iter().filter(|text| text.contains("понад домовлене")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pm_is_told_when_a_client_asks_for_more_rounds_than_the_price_includes() {
    let db = db::sqlite();
    let house = with_one_round(&db).await;
    house.press(SOFIIA, GROUP, "Доопрацювати").await;
    house.pass(700).await;
    assert_eq!(asked(&house), Vec::<String>::new(), "the first round is paid for");
    house.work(PLAN).await;
    house.press(SOFIIA, GROUP, "Доопрацювати").await;
    let told = asked(&house);
    assert_eq!(told.len(), 1, "{}", house.transcript(STAFF_CHAT));
    assert!(told[0].contains("Олена Коваль") && told[0].contains("у ціну входить 1 коло правок"), "{told:?}");
    house.app.store().close().await;
}
