//! Directory: who is who. Clients with chat and approvers, projects by name, the staff with its roles.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use engine::domain::agency::AgencyEvent;
use engine::domain::client::ClientEvent;
use engine::domain::project::ProjectEvent;
use engine::domain::{ClientId, PersonId, ProjectId, Timestamp};
use engine::store::{Projection, ProjectionError, Store, StoredEvent};
use serde::Serialize;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::ReadError;
use crate::rows::{Cell, from_json, json, maybe_instant, pick, put};

/// The read model.
pub struct Directory;

const TABLES: &[&str] = &[
    // One row: one client organisation, its chat, its approvers and the link it was offered last.
    "CREATE TABLE IF NOT EXISTS directory_clients (
        client TEXT NOT NULL PRIMARY KEY,
        stream TEXT NOT NULL,
        name TEXT NOT NULL,
        language TEXT NOT NULL,
        chat BIGINT,
        chat_kind TEXT,
        chat_confirmed BIGINT NOT NULL,
        chat_lost TEXT,
        linked_by TEXT,
        approvers TEXT NOT NULL,
        link_sha256 TEXT,
        link_expires BIGINT
    )",
    // The client that an event belongs to.
    "CREATE UNIQUE INDEX IF NOT EXISTS directory_clients_stream ON directory_clients (stream)",
    // The client that a chat belongs to.
    "CREATE INDEX IF NOT EXISTS directory_clients_chat ON directory_clients (chat)",
    // The client that a deep link was made for.
    "CREATE INDEX IF NOT EXISTS directory_clients_link ON directory_clients (link_sha256)",
    // One row: one project and whose it is.
    "CREATE TABLE IF NOT EXISTS directory_projects (
        project TEXT NOT NULL PRIMARY KEY,
        client TEXT NOT NULL,
        service TEXT NOT NULL
    )",
    // The projects of a client.
    "CREATE INDEX IF NOT EXISTS directory_projects_client ON directory_projects (client)",
    // One row: one person of the staff, with the roles as a JSON list.
    "CREATE TABLE IF NOT EXISTS directory_staff (
        person TEXT NOT NULL PRIMARY KEY,
        roles TEXT NOT NULL
    )",
];

/// How the chat of a client stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatState {
    /// No chat yet.
    None,
    /// Linked, but not looked at by a PM: nothing is sent there.
    Linked,
    Confirmed,
    /// The bot cannot write there.
    Lost,
}

impl ChatState {
    /// The word for machines and tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Linked => "linked",
            Self::Confirmed => "confirmed",
            Self::Lost => "lost",
        }
    }
}

/// A client organisation.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientEntry {
    pub client: ClientId,
    pub name: String,
    pub language: String,
    pub chat: Option<i64>,
    /// `private`, `group` or `supergroup`.
    pub chat_kind: Option<String>,
    pub chat_confirmed: bool,
    /// Why the bot cannot write there.
    pub chat_lost: Option<String>,
    /// Who used the link.
    pub linked_by: Option<PersonId>,
    pub approvers: BTreeSet<PersonId>,
    pub link_sha256: Option<String>,
    pub link_expires: Option<Timestamp>,
    stream: String,
}

impl ClientEntry {
    /// How its chat stands.
    pub fn chat_state(&self) -> ChatState {
        match (self.chat, &self.chat_lost, self.chat_confirmed) {
            (None, _, _) => ChatState::None,
            (Some(_), Some(_), _) => ChatState::Lost,
            (Some(_), None, true) => ChatState::Confirmed,
            (Some(_), None, false) => ChatState::Linked,
        }
    }
}

/// A project and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProjectEntry {
    pub project: ProjectId,
    pub client: ClientId,
    pub client_name: String,
    pub service: String,
}

/// A person of the staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StaffEntry {
    pub person: PersonId,
    pub roles: BTreeSet<String>,
}

/// What a word that somebody typed can mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<T> {
    One(T),
    Nothing,
    /// It fits several; the asker has to be more exact.
    Several(Vec<T>),
}

/// The client that a link with this hash was offered to and not used yet.
pub async fn client_by_link(store: &Store, sha256: &str) -> Result<Option<ClientEntry>, ReadError> {
    let row = sqlx::query(
        "SELECT client, stream, name, language, chat, chat_kind, chat_confirmed, chat_lost, linked_by,
                approvers, link_sha256, link_expires
         FROM directory_clients WHERE link_sha256 = $1 ORDER BY client LIMIT 1",
    );
    let row = row.bind(sha256.to_owned()).fetch_optional(store.reads()).await?;
    row.as_ref().map(read_client).transpose()
}

/// The client that a chat belongs to, confirmed or not.
pub async fn client_by_chat(store: &Store, chat: i64) -> Result<Option<ClientEntry>, ReadError> {
    let row = sqlx::query(
        "SELECT client, stream, name, language, chat, chat_kind, chat_confirmed, chat_lost, linked_by,
                approvers, link_sha256, link_expires
         FROM directory_clients WHERE chat = $1 ORDER BY chat_confirmed DESC, client LIMIT 1",
    );
    let row = row.bind(chat).fetch_optional(store.reads()).await?;
    row.as_ref().map(read_client).transpose()
}

/// All clients, by id.
pub async fn clients(store: &Store) -> Result<Vec<ClientEntry>, ReadError> {
    let rows = sqlx::query(
        "SELECT client, stream, name, language, chat, chat_kind, chat_confirmed, chat_lost, linked_by,
                approvers, link_sha256, link_expires
         FROM directory_clients ORDER BY client",
    );
    rows.fetch_all(store.reads()).await?.iter().map(read_client).collect()
}

/// All projects, by id.
pub async fn projects(store: &Store) -> Result<Vec<ProjectEntry>, ReadError> {
    let rows = sqlx::query(
        "SELECT p.project, p.client, p.service, COALESCE(c.name, p.client) AS client_name
         FROM directory_projects p LEFT JOIN directory_clients c ON c.client = p.client
         ORDER BY p.project",
    );
    rows.fetch_all(store.reads()).await?.iter().map(read_project).collect()
}

/// The staff, by id.
pub async fn staff(store: &Store) -> Result<Vec<StaffEntry>, ReadError> {
    let rows = sqlx::query("SELECT person, roles FROM directory_staff ORDER BY person");
    let rows = rows.fetch_all(store.reads()).await?;
    rows.iter()
        .map(|row| {
            let roles = from_json(row, "directory_staff", "roles")?;
            Ok(StaffEntry { person: PersonId(row.try_get("person")?), roles })
        })
        .collect()
}

/// The client that `typed` means: its id, the beginning of it, or a part of its name.
pub async fn find_client(store: &Store, typed: &str) -> Result<Found<ClientEntry>, ReadError> {
    let all = clients(store).await?;
    Ok(find(all, typed, |entry| (entry.client.as_str(), &entry.name)))
}

/// The project that `typed` means: its id, the beginning of it, or a part of its client's name or id.
pub async fn find_project(store: &Store, typed: &str) -> Result<Found<ProjectEntry>, ReadError> {
    let all = projects(store).await?;
    let by_id = find(all.clone(), typed, |entry| (entry.project.as_str(), &entry.client_name));
    if by_id != Found::Nothing {
        return Ok(by_id);
    }
    Ok(find(all, typed, |entry| (entry.client.as_str(), &entry.client_name)))
}

/// An exact id wins, then the beginning of an id, then a part of a name.
fn find<T>(all: Vec<T>, typed: &str, names: impl Fn(&T) -> (&str, &str)) -> Found<T> {
    let wanted = typed.trim().to_lowercase();
    let rank = |entry: &T| {
        let (id, name) = names(entry);
        let (id, name) = (id.to_lowercase(), name.to_lowercase());
        match () {
            () if wanted.is_empty() => None,
            () if id == wanted => Some(0),
            () if id.starts_with(&wanted) => Some(1),
            () if name.contains(&wanted) => Some(2),
            () => None,
        }
    };
    let mut ranked: Vec<(u8, T)> = all.into_iter().filter_map(|entry| Some((rank(&entry)?, entry))).collect();
    let best = ranked.iter().map(|(rank, _)| *rank).min();
    ranked.retain(|(rank, _)| Some(*rank) == best);
    let mut found: Vec<T> = ranked.into_iter().map(|(_, entry)| entry).collect();
    match (found.len(), found.pop()) {
        (1, Some(only)) => Found::One(only),
        (_, Some(last)) => {
            found.push(last);
            Found::Several(found)
        }
        (_, None) => Found::Nothing,
    }
}

#[async_trait]
impl Projection for Directory {
    fn name(&self) -> &'static str {
        "directory"
    }

    fn version(&self) -> i64 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        TABLES
    }

    fn table_names(&self) -> &'static [&'static str] {
        &["directory_clients", "directory_projects", "directory_staff"]
    }

    async fn apply(&self, db: &mut AnyConnection, events: &[StoredEvent]) -> Result<(), ProjectionError> {
        apply_clients(db, events).await?;
        apply_projects(db, events).await?;
        apply_staff(db, events).await
    }
}

async fn apply_clients(db: &mut AnyConnection, events: &[StoredEvent]) -> Result<(), ProjectionError> {
    let chatter =
        |kind: &str| matches!(kind, "client_wrote" | "message_edited" | "staff_wrote" | "client_told");
    let ours = || events.iter().filter(|event| event.aggregate == "client" && !chatter(&event.kind));
    let streams: BTreeSet<String> = ours().map(|event| event.stream.to_string()).collect();
    let streams: Vec<String> = streams.into_iter().collect();
    if streams.is_empty() {
        return Ok(());
    }
    let mut entries = load_clients(db, &streams).await?;
    for event in ours() {
        let fact = event.fact::<ClientEvent>()?;
        let stream = event.stream.to_string();
        match entries.get_mut(&stream) {
            Some(entry) => entry.apply(&fact.event),
            None => entries.extend(ClientEntry::new(&stream, &fact.event).map(|entry| (stream, entry))),
        }
    }
    save_clients(db, entries).await?;
    Ok(())
}

async fn apply_projects(db: &mut AnyConnection, events: &[StoredEvent]) -> Result<(), ProjectionError> {
    let mut rows = Vec::new();
    for event in events.iter().filter(|event| event.kind == "project_opened") {
        if let ProjectEvent::ProjectOpened { project, client, definition, .. } = event.fact()?.event {
            rows.push(vec![project.0.into(), client.0.into(), definition.service.as_str().into()]);
        }
    }
    put(db, "INSERT INTO directory_projects (project, client, service) VALUES", "", rows).await?;
    Ok(())
}

async fn apply_staff(db: &mut AnyConnection, events: &[StoredEvent]) -> Result<(), ProjectionError> {
    let mut staff = BTreeMap::new();
    for event in events.iter().filter(|event| event.aggregate == "agency") {
        match event.fact()?.event {
            AgencyEvent::PersonAdded { person, roles } | AgencyEvent::RolesChanged { person, roles } => {
                staff.insert(person, Some(roles.into_iter().collect::<BTreeSet<_>>()));
            }
            AgencyEvent::PersonLeft { person } => drop(staff.insert(person, None)),
            AgencyEvent::ProfileChanged { .. }
            | AgencyEvent::PasswordSet { .. }
            | AgencyEvent::TemplatesPublished { .. } => {}
        }
    }
    for (person, _) in staff.iter().filter(|(_, roles)| roles.is_none()) {
        let delete = sqlx::query("DELETE FROM directory_staff WHERE person = $1");
        delete.bind(person.0.clone()).execute(&mut *db).await?;
    }
    let stay = staff.into_iter().filter_map(|(person, roles)| Some((person, roles?)));
    let rows = stay.map(|(person, roles)| vec![person.0.into(), json(&roles).into()]);
    put(
        db,
        "INSERT INTO directory_staff (person, roles) VALUES",
        "ON CONFLICT (person) DO UPDATE SET roles = excluded.roles",
        rows.collect(),
    )
    .await?;
    Ok(())
}

impl ClientEntry {
    fn new(stream: &str, event: &ClientEvent) -> Option<Self> {
        let ClientEvent::ClientAdded { client, name, language } = event else { return None };
        Some(Self {
            client: client.clone(),
            name: name.clone(),
            language: language.clone(),
            chat: None,
            chat_kind: None,
            chat_confirmed: false,
            chat_lost: None,
            linked_by: None,
            approvers: BTreeSet::new(),
            link_sha256: None,
            link_expires: None,
            stream: stream.to_owned(),
        })
    }

    fn apply(&mut self, event: &ClientEvent) {
        match event {
            ClientEvent::LanguageChosen { language } => self.language.clone_from(language),
            ClientEvent::LinkOffered { token_sha256, expires } => {
                self.link_sha256 = Some(token_sha256.clone());
                self.link_expires = Some(*expires);
            }
            ClientEvent::ChatLinked { chat, chat_kind, person, .. } => {
                self.link_sha256 = None;
                self.link_expires = None;
                self.chat = Some(*chat);
                self.chat_kind = Some(chat_kind.clone());
                self.chat_confirmed = false;
                self.chat_lost = None;
                self.linked_by = Some(person.clone());
            }
            ClientEvent::ChatConfirmed { .. } => self.chat_confirmed = true,
            ClientEvent::ChatMigrated { to, .. } => {
                self.chat = Some(*to);
                self.chat_kind = Some("supergroup".to_owned());
            }
            ClientEvent::ChatLost { reason, .. } => self.chat_lost = Some(reason.clone()),
            ClientEvent::ChatRestored { .. } => self.chat_lost = None,
            ClientEvent::ApproverNamed { person } => {
                self.approvers.insert(person.clone());
            }
            ClientEvent::ApproverRemoved { person } => {
                self.approvers.remove(person);
            }
            ClientEvent::ClientAdded { .. }
            | ClientEvent::ZoneChosen { .. }
            | ClientEvent::ClientWrote { .. }
            | ClientEvent::StaffWrote { .. }
            | ClientEvent::ClientTold { .. }
            | ClientEvent::AnswerDue { .. }
            | ClientEvent::ClientAnswered { .. }
            | ClientEvent::MessageEdited { .. }
            | ClientEvent::ApproverLeft { .. }
            | ClientEvent::ApproverReturned { .. }
            | ClientEvent::CardFieldSet { .. }
            | ClientEvent::CardConflictFound { .. }
            | ClientEvent::MoneyArrived { .. }
            | ClientEvent::MoneyMatched { .. }
            | ClientEvent::MoneyDismissed { .. }
            | ClientEvent::AnswersErased { .. }
            | ClientEvent::CardConflictResolved { .. } => {}
        }
    }
}

async fn load_clients(
    db: &mut AnyConnection,
    streams: &[String],
) -> Result<BTreeMap<String, ClientEntry>, ProjectionError> {
    let rows = pick(
        db,
        "SELECT client, stream, name, language, chat, chat_kind, chat_confirmed, chat_lost, linked_by,
                approvers, link_sha256, link_expires
         FROM directory_clients WHERE stream",
        "ORDER BY client",
        streams,
    )
    .await?;
    let mut entries = BTreeMap::new();
    for row in &rows {
        let entry = read_client(row).map_err(|error| match error {
            ReadError::Store(error) => ProjectionError::Log(error),
            ReadError::Broken { .. } => ProjectionError::Fact { position: 0, what: error.to_string() },
        })?;
        entries.insert(entry.stream.clone(), entry);
    }
    Ok(entries)
}

async fn save_clients(
    db: &mut AnyConnection,
    entries: BTreeMap<String, ClientEntry>,
) -> Result<(), sqlx::Error> {
    let rows = entries.into_values().map(|entry| -> Vec<Cell> {
        vec![
            entry.client.0.into(),
            entry.stream.into(),
            entry.name.into(),
            entry.language.into(),
            entry.chat.into(),
            entry.chat_kind.into(),
            entry.chat_confirmed.into(),
            entry.chat_lost.into(),
            entry.linked_by.map(|person| person.0).into(),
            json(&entry.approvers).into(),
            entry.link_sha256.into(),
            entry.link_expires.into(),
        ]
    });
    put(
        db,
        "INSERT INTO directory_clients (client, stream, name, language, chat, chat_kind, chat_confirmed,
            chat_lost, linked_by, approvers, link_sha256, link_expires) VALUES",
        "ON CONFLICT (client) DO UPDATE SET language = excluded.language, chat = excluded.chat,
            chat_kind = excluded.chat_kind, chat_confirmed = excluded.chat_confirmed,
            chat_lost = excluded.chat_lost, linked_by = excluded.linked_by, approvers = excluded.approvers,
            link_sha256 = excluded.link_sha256, link_expires = excluded.link_expires",
        rows.collect(),
    )
    .await
}

fn read_client(row: &AnyRow) -> Result<ClientEntry, ReadError> {
    const TABLE: &str = "directory_clients";
    let linked_by: Option<String> = row.try_get("linked_by")?;
    Ok(ClientEntry {
        client: ClientId(row.try_get("client")?),
        name: row.try_get("name")?,
        language: row.try_get("language")?,
        chat: row.try_get("chat")?,
        chat_kind: row.try_get("chat_kind")?,
        chat_confirmed: row.try_get::<i64, _>("chat_confirmed")? != 0,
        chat_lost: row.try_get("chat_lost")?,
        linked_by: linked_by.map(PersonId),
        approvers: from_json(row, TABLE, "approvers")?,
        link_sha256: row.try_get("link_sha256")?,
        link_expires: maybe_instant(row, TABLE, "link_expires")?,
        stream: row.try_get("stream")?,
    })
}

fn read_project(row: &AnyRow) -> Result<ProjectEntry, ReadError> {
    Ok(ProjectEntry {
        project: ProjectId(row.try_get("project")?),
        client: ClientId(row.try_get("client")?),
        client_name: row.try_get("client_name")?,
        service: row.try_get("service")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(typed: &str) -> Found<(&'static str, &'static str)> {
        let all =
            vec![("kava-ranok", "Кава «Ранок»"), ("kava-vechir", "Кава «Вечір»"), ("green", "Green Lane")];
        find(all, typed, |(id, name)| (*id, *name))
    }

    #[test]
    fn a_client_is_found_by_id_by_its_beginning_and_by_a_part_of_the_name_in_any_case() {
        for typed in ["kava-ranok", "kava-r", "ранок", "«РАНОК»"] {
            assert_eq!(look(typed), Found::One(("kava-ranok", "Кава «Ранок»")), "{typed}");
        }
    }

    #[test]
    fn a_word_that_fits_several_names_them_all() {
        assert!(matches!(look("кава"), Found::Several(all) if all.len() == 2));
        assert_eq!(look("чай"), Found::Nothing);
        assert_eq!(look(" "), Found::Nothing);
    }
}
