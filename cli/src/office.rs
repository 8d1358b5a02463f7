//! Office: what a command works with — the settings, the templates, the database and who is asking.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bot::bot::TokenSource;
use engine::app::{Along, Answer, App, Ask, Attempt, Desk};
use engine::domain::agency::AgencyCommand;
use engine::domain::client::ClientCommand;
use engine::domain::project::{Project, ProjectCommand};
use engine::domain::{Actor, ClientId, PersonId, ProjectId, Refusal, TaskId, Timestamp};
use engine::store::{Store, StoreOptions};
use projections::directory::{self, ClientEntry, Found};
use workflows::{Catalogue, LANGUAGES};

use crate::args::{Args, TaskArg};
use crate::clock;
use crate::config::{self, Settings};
use crate::config_file::nearest;
use crate::failure::{Failure, Refused};
use crate::hint::{About, hint};
use crate::in_force::{self, InForce};
use crate::random::{self, letters};
use crate::reload;
use crate::server::shown_name;
use crate::task_view::MissingLine;

/// What the command line and the environment say, before anything is opened.
pub struct Setup {
    pub settings: Settings,
    pub env: BTreeMap<String, String>,
    pub cwd: PathBuf,
    pub by: Option<String>,
    pub lang: Option<String>,
    pub command_id: Option<String>,
    /// The settings file that was named.
    pub file: Option<PathBuf>,
}

/// Whether a database that is not there may be made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Database {
    MustExist,
    MayBeMade,
}

/// A command at work.
#[derive(Clone)]
pub struct Office {
    pub app: App,
    pub catalogue: Arc<Catalogue>,
    pub templates: Arc<InForce>,
    pub settings: Settings,
    pub by: Actor,
    /// Language of what is said.
    pub language: String,
    command_id: String,
}

impl Setup {
    pub fn new(args: &Args, env: BTreeMap<String, String>, cwd: &Path) -> Result<Self, Failure> {
        let cwd = args.folder.as_ref().map_or_else(|| cwd.to_owned(), |folder| cwd.join(folder));
        let named = args.config.clone().or_else(|| env.get("SIGNOFF_CONFIG").map(PathBuf::from));
        let settings = config::load(named.as_deref(), &env, &cwd)?;
        let by = args.by.clone().or_else(|| env.get("SIGNOFF_AS").cloned()).filter(|by| !by.is_empty());
        let (lang, command_id) = (args.lang.clone(), args.command_id.clone());
        Ok(Self { settings, env, cwd, by, lang, command_id, file: named })
    }

    /// Reads the token where it stands by then: in the settings file, or in the file that holds it alone.
    pub fn token_again(&self) -> TokenSource {
        let (file, env, cwd) = (self.file.clone(), self.env.clone(), self.cwd.clone());
        Arc::new(move || {
            let settings = config::load(file.as_deref(), &env, &cwd).ok()?;
            Some(settings.telegram.token.for_bot())
        })
    }

    /// The defaults, in a folder.
    #[cfg(test)]
    pub fn plain(dir: &Path) -> Self {
        let env = BTreeMap::new();
        let settings = config::load(None, &env, dir).expect("the defaults are right");
        Self { settings, env, cwd: dir.to_owned(), by: None, lang: None, command_id: None, file: None }
    }
}

/// The setting names a folder that is not there.
pub fn no_folder(dir: &Path) -> Failure {
    Failure::usage(format!("workflows.dir names {}, which is no folder", dir.display())).with_hint(
        "signoff init FOLDER writes one; with workflows.dir empty the templates inside the program are used",
    )
}

/// What the engine needs from the edge.
pub fn desk(catalogue: &Arc<Catalogue>, settings: &Settings) -> Desk {
    let mut agency = catalogue.agency().clone();
    if !settings.telegram.quiet_hours {
        agency.calendar.quiet = None;
    }
    Desk {
        render: catalogue.as_render(),
        agency: Arc::new(agency),
        staff_chat: settings.telegram.staff_chat,
        public_url: settings.public_url.clone(),
        random: Arc::new(random::fill),
        vault: settings.vault.clone(),
    }
}

/// Opens the database of the settings.
pub async fn open_store(settings: &Settings, database: Database) -> Result<Store, Failure> {
    let may_make = database == Database::MayBeMade;
    let options =
        StoreOptions { projections: projections::all(), migrate: may_make, ..StoreOptions::default() };
    let url = &settings.database_url;
    let must_exist = url.starts_with("sqlite:") && !url.contains('?') && !may_make;
    let url = if must_exist { format!("{url}?mode=rw") } else { url.clone() };
    let store = Store::open(&url, options).await?;
    if !may_make {
        store.catch_up().await?;
    }
    Ok(store)
}

impl Office {
    /// Opens everything; an unknown `--as` is not found.
    pub async fn open(setup: &Setup, database: Database) -> Result<Self, Failure> {
        let read = in_force::read(&setup.settings)?;
        let store = open_store(&setup.settings, database).await?;
        let (app, templates) = read.open(store, &setup.settings).await?;
        let catalogue = Arc::clone(&templates.catalogue);
        let first = catalogue.languages().first().cloned().unwrap_or_else(|| "en".to_owned());
        let mut office = Self {
            app,
            catalogue,
            templates: Arc::new(templates),
            settings: setup.settings.clone(),
            by: Actor::Operator,
            // For `client add` it may be a language that nobody speaks here; the rules have their say then.
            language: setup.lang.clone().filter(|lang| LANGUAGES.contains(&lang.as_str())).unwrap_or(first),
            command_id: setup.command_id.clone().unwrap_or_else(new_command_id),
        };
        if let Some(by) = &setup.by {
            office.by = Actor::Person(office.staff(by).await?);
        }
        Ok(office)
    }

    /// Puts the templates in force on record, and tells the staff if the folder is broken.
    pub async fn publish_templates(&self) -> Result<(), Failure> {
        let InForce { files, broken, folder, .. } = &*self.templates;
        if broken.is_empty() {
            reload::publish(&self.app, files, clock::now()).await?;
        }
        Ok(reload::tell(&self.app, folder, broken, clock::now()).await?)
    }

    /// Writes out what is queued and lets go of the database.
    pub async fn close(&self) {
        self.app.store().close().await;
    }

    pub fn store(&self) -> &Store {
        self.app.store()
    }

    /// A moment as people here read it: in the agency's zone.
    pub fn local(&self, at: Timestamp) -> String {
        at.with_timezone(&self.catalogue.agency().calendar.zone).format("%Y-%m-%d %H:%M").to_string()
    }

    /// A person of the staff, by id.
    pub async fn staff(&self, id: &str) -> Result<PersonId, Failure> {
        let agency = self.app.agency_state().await?;
        let person = PersonId(id.trim().to_owned());
        if agency.people.contains_key(&person) {
            return Ok(person);
        }
        let failure = Failure::not_found(format!("there is no person {id} on the staff"));
        Err(match nearest(id, agency.people.keys().map(PersonId::as_str)) {
            Some(near) => failure.with_hint(format!("did you mean {near}?")),
            None => failure.with_hint("signoff person list"),
        })
    }

    /// The client that was typed.
    pub async fn find_client(&self, typed: &str) -> Result<ClientEntry, Failure> {
        match directory::find_client(self.store(), typed).await? {
            Found::One(entry) => Ok(entry),
            Found::Nothing => {
                Err(Failure::not_found(format!("there is no client {typed}"))
                    .with_hint("signoff client list"))
            }
            Found::Several(all) => {
                let names: Vec<String> =
                    all.iter().map(|entry| format!("{} ({})", entry.client, entry.name)).collect();
                Err(several(typed, &names))
            }
        }
    }

    /// The project that was typed, as it stands.
    pub async fn find_project(&self, typed: &str) -> Result<(ProjectId, Arc<Project>), Failure> {
        let id = match directory::find_project(self.store(), typed).await? {
            Found::One(entry) => entry.project,
            // A read model may lag; the log knows.
            Found::Nothing => ProjectId(typed.to_owned()),
            Found::Several(all) => {
                let names: Vec<String> =
                    all.iter().map(|entry| format!("{} ({})", entry.project, entry.client_name)).collect();
                return Err(several(typed, &names));
            }
        };
        match self.app.project_state(&id).await? {
            Some(state) => Ok((id, state)),
            None => {
                Err(Failure::not_found(format!("there is no project {typed}"))
                    .with_hint("signoff project list"))
            }
        }
    }

    /// The task that was typed: its id, an earlier id, or the beginning of one.
    pub async fn find_task(&self, typed: &TaskArg) -> Result<(ProjectId, TaskId, Arc<Project>), Failure> {
        let (id, state) = self.find_project(&typed.project).await?;
        let task = task_called(&state, &typed.task);
        Ok((id, task, state))
    }

    /// Gives a command to a task's project; answers whether anything changed.
    pub async fn project(
        &self,
        id: &ProjectId,
        task: Option<&TaskId>,
        command: ProjectCommand,
        along: Along,
    ) -> Result<bool, Failure> {
        match self.app.project(id, self.ask(command, along)).await? {
            Answer::Refused(refusal) => {
                let state = self.app.project_state(id).await?;
                let about = About { project: id.as_str(), task, state: state.as_deref(), now: clock::now() };
                Err(self.refused(refusal, Some(about)).await)
            }
            Answer::Done { .. } => Ok(true),
            Answer::AlreadySo => Ok(false),
        }
    }

    /// Gives a command to a client; answers whether anything changed.
    pub async fn client(&self, id: &ClientId, command: ClientCommand, along: Along) -> Result<bool, Failure> {
        let answer = self.app.client(id, self.ask(command, along)).await?;
        self.changed(answer).await.map_err(|failure| failure.about_client(id))
    }

    /// Gives a command about the staff; answers whether anything changed.
    pub async fn agency(&self, command: AgencyCommand, along: Along) -> Result<bool, Failure> {
        let answer = self.app.agency(self.ask(command, along)).await?;
        self.changed(answer).await
    }

    pub async fn changed(&self, answer: Answer) -> Result<bool, Failure> {
        match answer {
            Answer::Refused(refusal) => Err(self.refused(refusal, None).await),
            Answer::Done { .. } => Ok(true),
            Answer::AlreadySo => Ok(false),
        }
    }

    /// A command with who asks and when.
    pub fn ask<C>(&self, command: C, along: Along) -> Ask<C> {
        Ask { command_id: self.command_id.clone(), at: clock::now(), by: self.by.clone(), command, along }
    }

    /// The name of this command.
    pub fn command_id(&self) -> &str {
        &self.command_id
    }

    /// What this command wrote when it was asked before; the first fact as JSON.
    pub async fn done_before(&self) -> Result<Option<serde_json::Value>, Failure> {
        let facts = self.store().command(&self.command_id).await?;
        let first = facts.first().filter(|fact| fact.aggregate != "audit");
        Ok(first.and_then(|fact| serde_json::from_str(&fact.data).ok()))
    }

    /// The same office for another person's command.
    pub fn acting(&self, person: &str) -> Self {
        let (by, command_id) = (Actor::Person(PersonId::from(person)), new_command_id());
        Self { by, command_id, ..self.clone() }
    }

    /// The same office for a command of this name.
    #[must_use]
    pub fn named(mut self, command_id: &str) -> Self {
        command_id.clone_into(&mut self.command_id);
        self
    }

    /// The same office for one of several commands of the same command line.
    #[must_use]
    pub fn step(&self, name: &str) -> Self {
        Self { command_id: format!("{}:{name}", self.command_id), ..self.clone() }
    }

    /// A no that is said before there is a command; it stands in the audit like every other.
    pub async fn attempt(&self, what: &str, refusal: Refusal) -> Failure {
        let attempt = Attempt {
            command_id: self.command_id.clone(),
            at: clock::now(),
            by: self.by.clone(),
            what: what.to_owned(),
            refusal: refusal.clone(),
            along: Along::default(),
        };
        match self.app.note_attempt(attempt).await {
            Ok(()) => self.refused(refusal, None).await,
            Err(error) => error.into(),
        }
    }

    /// A refusal in words, the same as in the chat.
    pub async fn refused(&self, refusal: Refusal, about: Option<About<'_>>) -> Failure {
        let names = self.store().names(&people_in(&refusal)).await.unwrap_or_default();
        let name_of = |person: &PersonId| shown_name(&names, person);
        let text = self.catalogue.refusal(&self.language, &refusal, &name_of);
        let missing =
            refusal.missing().iter().map(|missing| MissingLine::of(missing, &self.language)).collect();
        let hint = hint(&refusal, about);
        Failure::Refused(Box::new(Refused { refusal, text, missing, hint }))
    }
}

/// The people whose names the refusal says.
fn people_in(refusal: &Refusal) -> Vec<PersonId> {
    if let Refusal::NotYourTask { people, .. }
    | Refusal::NotYourCheck { people, .. }
    | Refusal::NotYourMoney { people }
    | Refusal::NotAnApprover { people } = refusal
    {
        return people.clone();
    }
    if let Refusal::UndoNotYours { person }
    | Refusal::StaffAsApprover { person }
    | Refusal::TelegramTaken { person }
    | Refusal::HasLeft { person }
    | Refusal::StillHolds { person, .. } = refusal
    {
        return vec![person.clone()];
    }
    if let Refusal::AlreadyDecided { person, .. } = refusal {
        return person.iter().cloned().collect();
    }
    Vec::new()
}

fn new_command_id() -> String {
    format!("cli:{}", letters(26))
}

fn several(typed: &str, names: &[String]) -> Failure {
    let some: Vec<&str> = names.iter().take(5).map(String::as_str).collect();
    let more = if names.len() > some.len() { ", …" } else { "" };
    Failure::usage(format!("{typed} may mean {}{more}", some.join(", "))).with_hint("name one by its id")
}

/// What is not found stays as it was typed: the refusal then names it.
pub fn task_called(state: &Project, typed: &str) -> TaskId {
    let plans = || state.opened.iter().flat_map(|opened| opened.definition.tasks());
    let exact = plans().find(|plan| plan.id == typed || plan.was.iter().any(|was| was == typed));
    if let Some(plan) = exact {
        return TaskId(plan.id.clone());
    }
    let mut begins = state.tasks.iter().filter(|task| task.id.0.starts_with(typed));
    match (begins.next(), begins.next()) {
        (Some(only), None) => only.id.clone(),
        _ => TaskId(typed.to_owned()),
    }
}
