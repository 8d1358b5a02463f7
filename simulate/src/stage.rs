//! The stage: a temporary database, an agency with one person per role, and a client whose chat is bound.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::Duration;
use engine::app::{Along, Answer, App, Ask, Desk};
use engine::domain::agency::AgencyCommand;
use engine::domain::client::ClientCommand;
use engine::domain::project::ProjectCommand;
use engine::domain::project::event::ContentRef;
use engine::domain::{Actor, ClientId, ContentId, PersonId, ProjectId, Timestamp};
use engine::store::change::{Content, Profile};
use engine::store::{Store, StoreOptions};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::wish::{SimulateError, Wish};

/// The chat of the staff.
pub const STAFF_CHAT: i64 = -7001;
/// The chat of the client.
pub const CLIENT_CHAT: i64 = -7002;
/// Who decides for the client.
pub const APPROVER: &str = "client-approver";

/// The engine with everything that a project needs.
pub struct Stage {
    pub app: App,
    pub project: ProjectId,
    /// The last fact before the project.
    pub prepared: i64,
    commands: u64,
    _folder: TempDir,
}

impl Stage {
    /// Sets everything up at a moment and opens the project.
    pub async fn set(wish: &Wish, at: Timestamp) -> Result<Self, SimulateError> {
        let folder = tempfile::Builder::new().prefix("signoff-simulate-").tempdir()?;
        let url = format!("sqlite:{}", folder.path().join("simulated.db").display());
        let store =
            Store::open(&url, StoreOptions { read_connections: 1, ..StoreOptions::default() }).await?;
        let app = App::new(store, desk(wish));
        let project = ProjectId(format!("{}-simulated", wish.definition.service));
        let mut stage = Self { app, project, prepared: 0, commands: 0, _folder: folder };
        stage.hire(wish, at).await?;
        let client = stage.bind_client(wish, at).await?;
        stage.prepared = stage.app.store().head().await?.position;
        stage.open(wish, &client, at).await?;
        Ok(stage)
    }

    /// A name for the next command.
    pub fn command_id(&mut self) -> String {
        self.commands += 1;
        format!("simulate:{}", self.commands)
    }

    fn ask<C>(&mut self, at: Timestamp, by: Actor, command: C) -> Ask<C> {
        Ask { command_id: self.command_id(), at, by, command, along: Along::default() }
    }

    async fn hire(&mut self, wish: &Wish, at: Timestamp) -> Result<(), SimulateError> {
        let agency = wish.catalogue.agency();
        let known: Vec<String> = agency.roles.iter().map(|role| role.id.clone()).collect();
        for (number, role) in (1_i64..).zip(&agency.roles) {
            let person = PersonId(role.id.clone());
            let command = AgencyCommand::AddPerson {
                person: person.clone(),
                roles: vec![role.id.clone()],
                known: known.clone(),
                profile_changed: false,
            };
            let mut ask = self.ask(at, Actor::Operator, command);
            let name = role.title.in_language(&wish.language).to_owned();
            ask.along.profiles.push(profile(person, name, number));
            done(self.app.agency(ask).await?)?;
        }
        Ok(())
    }

    async fn bind_client(&mut self, wish: &Wish, at: Timestamp) -> Result<ClientId, SimulateError> {
        let client = ClientId("simulated-client".to_owned());
        let name = sample_client(&wish.language).to_owned();
        let language = wish.language.clone();
        let languages = workflows::LANGUAGES.map(str::to_owned).to_vec();
        let add =
            ClientCommand::AddClient { client: client.clone(), name: name.clone(), language, languages };
        self.client_order(&client, at, Actor::Operator, add, Along::default()).await?;
        let offer =
            ClientCommand::OfferLink { token_sha256: "link".to_owned(), expires: at + Duration::days(1) };
        self.client_order(&client, at, Actor::Operator, offer, Along::default()).await?;
        let person = PersonId(APPROVER.to_owned());
        let (title, content) = text("title", &name, at);
        let profiles = vec![profile(person.clone(), sample_person(&wish.language).to_owned(), 10_001)];
        let along = Along { contents: vec![content], profiles, ..Along::default() };
        let link = ClientCommand::LinkChat {
            token_sha256: "link".to_owned(),
            chat: CLIENT_CHAT,
            chat_kind: "group".to_owned(),
            title,
            person: person.clone(),
            chat_client: None,
        };
        self.client_order(&client, at, Actor::Person(person.clone()), link, along).await?;
        for command in [ClientCommand::ConfirmChat, ClientCommand::NameApprover { person }] {
            self.client_order(&client, at, Actor::Operator, command, Along::default()).await?;
        }
        Ok(client)
    }

    async fn client_order(
        &mut self,
        client: &ClientId,
        at: Timestamp,
        by: Actor,
        command: ClientCommand,
        along: Along,
    ) -> Result<(), SimulateError> {
        let ask = Ask { along, ..self.ask(at, by, command) };
        done(self.app.client(client, ask).await?)
    }

    async fn open(&mut self, wish: &Wish, client: &ClientId, at: Timestamp) -> Result<(), SimulateError> {
        let roles = wish.catalogue.agency().roles.iter().map(|role| role.id.clone());
        let assigned: BTreeMap<String, PersonId> = roles.map(|role| (role.clone(), PersonId(role))).collect();
        let command = ProjectCommand::OpenProject {
            project: self.project.clone(),
            client: client.clone(),
            definition: Arc::clone(&wish.definition),
            assigned,
            price: None,
            promised: Box::default(),
        };
        let ask = self.ask(at, Actor::Operator, command);
        let project = self.project.clone();
        done(self.app.project(&project, ask).await?)
    }
}

/// A text kept beside the log, and the reference to it.
pub fn text(id: &str, text: &str, at: Timestamp) -> (ContentRef, Content) {
    let sha256 = hex::encode(Sha256::digest(text));
    let content = Content {
        content: ContentId(format!("simulated-{id}")),
        person: None,
        kind: "text".to_owned(),
        text: text.to_owned(),
        file_id: None,
        file_name: None,
        mime: None,
        size: None,
        sha256: sha256.clone(),
        created: at,
    };
    (ContentRef { content: content.content.clone(), sha256 }, content)
}

fn desk(wish: &Wish) -> Desk {
    let count = AtomicU64::new(0);
    // Nobody can open these addresses: that they can be guessed makes every run the same.
    let random = move |bytes: &mut [u8]| {
        let number = count.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        let digest = Sha256::digest(number);
        for (byte, known) in bytes.iter_mut().zip(digest.iter().cycle()) {
            *byte = *known;
        }
    };
    Desk {
        render: wish.catalogue.as_render(),
        agency: Arc::new(wish.catalogue.agency().clone()),
        staff_chat: Some(STAFF_CHAT),
        public_url: wish.public_url.clone(),
        random: Arc::new(random),
        vault: None,
    }
}

fn profile(person: PersonId, name: String, user: i64) -> Profile {
    Profile { person, name, telegram_user: Some(user), username: None, language: None }
}

fn done(answer: Answer) -> Result<(), SimulateError> {
    match answer {
        Answer::Done { .. } | Answer::AlreadySo => Ok(()),
        Answer::Refused(refusal) => Err(SimulateError::Refused(refusal.to_string())),
    }
}

fn sample_client(language: &str) -> &'static str {
    match language {
        "uk" => "Кава «Ранок»",
        "vi" => "Cà phê Sớm Mai",
        "bg" => "Кафе „Утро“",
        _ => "Morning Coffee",
    }
}

fn sample_person(language: &str) -> &'static str {
    match language {
        "uk" => "Софія",
        "vi" => "Hoa",
        "bg" => "София",
        _ => "Sophie",
    }
}
