//! An engine with the shipped templates, people and a project in it, for tests and for the bench.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{TimeZone, Utc};
use engine::app::{Along, Answer, App, Ask, Desk};
use engine::domain::agency::AgencyCommand;
use engine::domain::client::ClientCommand;
use engine::domain::definition::Definition;
use engine::domain::project::ProjectCommand;
use engine::domain::{Actor, ClientId, PersonId, ProjectId, Timestamp};
use engine::store::change::Profile;
use engine::store::{Store, StoreOptions};
use engine::vault::{self, Vault};
use rand::RngCore;
use workflows::Catalogue;

/// The staff: id, name, role, Telegram user.
pub const STAFF: [(&str, &str, &str, i64); 5] = [
    ("olena", "Олена Коваль", "pm", 1001),
    ("maksym", "Максим Лисенко", "smm", 1002),
    ("iryna", "Ірина Бондар", "designer", 1003),
    ("taras", "Тарас Мельник", "ads", 1004),
    ("nadiia", "Надія Шевчук", "accountant", 1005),
];

/// Where the pages of this house are, as its messages say it.
pub const PUBLIC_URL: &str = "https://work.example.com";

/// The staff's chat.
pub const STAFF_CHAT: i64 = -500;

static COMMANDS: AtomicU64 = AtomicU64::new(0);

/// A Monday morning in Kyiv, when the agency is open.
pub fn monday() -> Timestamp {
    Utc.with_ymd_and_hms(2026, 11, 23, 8, 0, 0).single().unwrap_or_default()
}

/// An id that no other command of this process has.
pub fn command_id() -> String {
    format!("test:{}:{}", std::process::id(), COMMANDS.fetch_add(1, Ordering::Relaxed))
}

/// A command by an actor, with nothing beside it.
pub fn ask<C>(at: Timestamp, by: Actor, command: C) -> Ask<C> {
    Ask { command_id: command_id(), at, by, command, along: Along::default() }
}

/// The person as an actor.
pub fn person(id: &str) -> Actor {
    Actor::Person(id.into())
}

/// What every test opens its store with.
pub fn options() -> StoreOptions {
    StoreOptions { projections: projections::all(), ..StoreOptions::default() }
}

/// The shipped templates and messages.
pub fn catalogue() -> Arc<Catalogue> {
    Arc::new(Catalogue::embedded().expect("the shipped files load"))
}

/// What an app works with: the words and the agency of a catalogue.
pub fn desk(catalogue: &Arc<Catalogue>) -> Desk {
    Desk {
        render: catalogue.as_render(),
        agency: Arc::new(catalogue.agency().clone()),
        staff_chat: Some(STAFF_CHAT),
        public_url: PUBLIC_URL.to_owned(),
        random: Arc::new(|bytes: &mut [u8]| rand::rng().fill_bytes(bytes)),
        vault: Some(Arc::new(Vault::new([7; vault::KEY]))),
    }
}

/// An app over the store, with the shipped words.
pub fn app(store: Store, catalogue: &Arc<Catalogue>) -> App {
    App::new(store, desk(catalogue))
}

/// Adds the staff.
pub async fn hire(app: &App, at: Timestamp) {
    for (id, name, role, user) in STAFF {
        let command = AgencyCommand::AddPerson {
            person: id.into(),
            roles: vec![role.into()],
            known: app.desk().agency.roles.iter().map(|role| role.id.clone()).collect(),
            profile_changed: false,
        };
        let mut ask = ask(at, Actor::Operator, command);
        ask.along.profiles.push(Profile {
            person: id.into(),
            name: name.into(),
            telegram_user: Some(user),
            username: None,
            language: None,
        });
        done(app.agency(ask).await.expect("the store answers"));
    }
}

/// Adds a client.
pub async fn add_client(app: &App, at: Timestamp, id: &str, name: &str, language: &str) -> ClientId {
    let client = ClientId::from(id);
    let command = ClientCommand::AddClient {
        client: client.clone(),
        name: name.into(),
        language: language.into(),
        languages: vec!["uk".into(), "en".into(), "vi".into(), "bg".into()],
    };
    done(app.client(&client, ask(at, Actor::Operator, command)).await.expect("the store answers"));
    client
}

/// Opens an SMM project with the whole staff in its roles.
pub async fn open_smm(
    app: &App,
    catalogue: &Catalogue,
    at: Timestamp,
    id: &str,
    client: &ClientId,
) -> ProjectId {
    let project = ProjectId::from(id);
    let assigned: BTreeMap<String, PersonId> =
        STAFF.iter().map(|(person, _, role, _)| ((*role).to_owned(), PersonId::from(*person))).collect();
    let command = ProjectCommand::OpenProject {
        project: project.clone(),
        client: client.clone(),
        definition: unasked(&catalogue.definition("smm").expect("smm is shipped")),
        assigned,
        price: None,
        promised: Box::default(),
    };
    done(app.project(&project, ask(at, Actor::Operator, command)).await.expect("the store answers"));
    project
}

/// The definition without what sales have to hand over: most tests open projects before anybody is known.
pub fn unasked(definition: &Arc<Definition>) -> Arc<Definition> {
    let mut definition = (**definition).clone();
    definition.rules.handoff_needs.clear();
    Arc::new(definition)
}

/// Insists that facts were written.
pub fn done(answer: Answer) {
    assert!(matches!(answer, Answer::Done { .. }), "{answer:?}");
}
