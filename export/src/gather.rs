//! Gathers everything that is known of a project: its state, its facts, and what people wrote and handed over.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono_tz::Tz;
use engine::app::App;
use engine::domain::client::Client;
use engine::domain::definition::Stage;
use engine::domain::effect::ResultLine;
use engine::domain::project::state::Opened;
use engine::domain::project::{Project, Task};
use engine::domain::{Actor, Arg, ContentId, PersonId, ProjectId, TaskId, Timestamp};
use engine::store::change::Content;
use engine::store::talk::{self, Told};
use engine::store::{Head, StoredEvent};
use engine::words::Saying;
use projections::conversation::{self, Said, Sort};
use serde_json::Value as Json;

use crate::ExportError;
use crate::names::safe_name;
use crate::papers::{Paper, papers};

/// Everything that an archive is made of.
pub struct Gathered {
    pub id: ProjectId,
    pub opened: Opened,
    pub project: Arc<Project>,
    pub client: String,
    /// The language of titles.
    pub language: String,
    /// The zone of moments in tables.
    pub zone: Tz,
    /// When this was asked for.
    pub at: Timestamp,
    /// The end of the whole log then.
    pub head: Head,
    /// The facts of the project, in order, with their data.
    pub events: Vec<(StoredEvent, Json)>,
    pub(crate) contents: HashMap<ContentId, Content>,
    pub(crate) papers: Vec<Paper>,
    pub(crate) lines: Vec<Line>,
    names: HashMap<PersonId, String>,
    results: HashMap<TaskId, String>,
}

/// One message of the chat with the client.
pub struct Line {
    pub at: Timestamp,
    /// The fact that it is, or that called for it.
    position: i64,
    pub ours: bool,
    pub what: &'static str,
    /// Nobody: the bot by itself.
    pub person: Option<PersonId>,
    pub text: String,
    pub file: Option<String>,
    /// When a message of ours arrived.
    pub sent: Option<Timestamp>,
}

/// Reads it all; nothing if there is no such project.
pub async fn gather(
    app: &App,
    id: &ProjectId,
    (language, at): (&str, Timestamp),
) -> Result<Option<Gathered>, ExportError> {
    let Some(project) = app.project_state(id).await? else { return Ok(None) };
    let Some(opened) = project.opened.clone() else { return Ok(None) };
    let client = app.client_state(&opened.client).await?;
    let store = app.store();
    let head = store.head().await?;
    let events = store.stream(id.stream(), 0).await?;
    // What happened since the state was read is left out: all parts speak of one moment.
    let events = events.into_iter().filter(|event| event.version <= project.version);
    let events = events.map(|event| serde_json::from_str(&event.data).map(|data| (event, data)));
    let events: Vec<(StoredEvent, Json)> = events.collect::<Result<_, _>>()?;
    let (said, told) = chat(app, (id, &opened, client.as_deref()), at).await?;
    let mut mentioned = Mentioned::default();
    for (event, data) in &events {
        mentioned.see(event, data);
    }
    mentioned.people.extend(said.iter().filter_map(|said| said.person.clone()));
    mentioned.contents.extend(said.iter().map(|said| said.content.clone()));
    let people: Vec<PersonId> = mentioned.people.into_iter().collect();
    let ids: Vec<ContentId> = mentioned.contents.into_iter().collect();
    let contents = store.contents(&ids).await?.into_iter();
    let contents = contents.map(|content| (content.content.clone(), content)).collect();
    let mut gathered = Gathered {
        id: id.clone(),
        client: client.map_or_else(|| opened.client.0.clone(), |client| client.name.clone()),
        language: language.to_owned(),
        zone: app.desk().agency.calendar.zone,
        at,
        head,
        papers: papers(&events, &contents),
        lines: Vec::new(),
        names: store.names(&people).await?,
        results: results(app, &project, language),
        opened,
        project,
        events,
        contents,
    };
    gathered.lines = gathered.lines_of(said, told);
    Ok(Some(gathered))
}

/// What was said in the client's chat, and what the bot wrote there for the project or the client.
async fn chat(
    app: &App,
    (id, opened, client): (&ProjectId, &Opened, Option<&Client>),
    at: Timestamp,
) -> Result<(Vec<Said>, Vec<Told>), ExportError> {
    let streams = [opened.client.stream(), id.stream()];
    let all = (at + chrono::TimeDelta::days(1), usize::MAX);
    let said = conversation::said(app.store(), &streams, all).await?;
    let told = match client.and_then(|client| client.chat.as_ref()) {
        Some(chat) => talk::told(app.store(), chat.chat, &streams, all).await?,
        None => Vec::new(),
    };
    let about = |said: &Said| said.project.as_ref().is_none_or(|about| about == id);
    let of_others: BTreeSet<i64> =
        said.iter().filter(|said| !about(said)).map(|said| said.position).collect();
    let told = told.into_iter().filter(|told| !of_others.contains(&told.position)).collect();
    Ok((said.into_iter().filter(about).collect(), told))
}

/// The results of tasks, field by field, as people read them.
fn results(app: &App, project: &Project, language: &str) -> HashMap<TaskId, String> {
    let words = |task: &Task| {
        let plan = project.plan(&task.id)?;
        let filled = task.values.iter().filter_map(|(field, value)| Some((plan.field(field)?, value)));
        let lines = filled.map(|(field, value)| {
            let args = [("result".to_owned(), Arg::Result(vec![ResultLine::of(field, value.clone())]))];
            let said = (app.desk().render)(Saying { language, key: "word-value", args: &args });
            let said = said.map(|rendered| rendered.text).unwrap_or_default();
            format!("{}: {said}", field.title.in_language(language))
        });
        Some((task.id.clone(), lines.collect::<Vec<_>>().join("\n")))
    };
    project.tasks.iter().filter_map(words).collect()
}

/// Whom and what the facts name.
#[derive(Default)]
struct Mentioned {
    people: BTreeSet<PersonId>,
    contents: BTreeSet<ContentId>,
}

impl Mentioned {
    fn see(&mut self, event: &StoredEvent, data: &Json) {
        self.people.extend(event.by.person().cloned());
        let assigned = data["assigned"].as_object().into_iter().flat_map(|roles| roles.values());
        let named = assigned.chain([&data["person"]]).filter_map(Json::as_str);
        self.people.extend(named.map(PersonId::from));
        self.contents.extend(references(data));
    }
}

/// What a reference of the log points at.
pub fn content_of(data: &Json) -> Option<ContentId> {
    data["sha256"].as_str()?;
    data["content"].as_str().map(ContentId::from)
}

/// All references in a fact, in their order.
pub fn references(data: &Json) -> Vec<ContentId> {
    let inner: Vec<ContentId> = match data {
        Json::Array(all) => all.iter().flat_map(references).collect(),
        Json::Object(fields) => fields.values().flat_map(references).collect(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => Vec::new(),
    };
    content_of(data).into_iter().chain(inner).collect()
}

impl Gathered {
    /// The name of a person, or the id of somebody without one.
    pub fn name<'a>(&'a self, person: &'a PersonId) -> &'a str {
        self.names.get(person).filter(|name| !name.is_empty()).map_or(person.as_str(), String::as_str)
    }

    /// Who did something.
    pub fn actor(&self, actor: &Actor) -> String {
        match actor {
            Actor::Person(person) => self.name(person).to_owned(),
            Actor::Operator => "operator".to_owned(),
            Actor::Timer => "timer".to_owned(),
            Actor::Telegram => "telegram".to_owned(),
            Actor::LinkHolder => "client".to_owned(),
        }
    }

    /// What the archive is called: the client, the service, the day.
    pub fn file_name(&self) -> String {
        let title = self.opened.definition.title.in_language(&self.language);
        let day = self.at.with_timezone(&self.zone).format("%Y-%m-%d");
        safe_name(&format!("{}, {title}, {day}.zip", self.client))
    }

    /// What somebody wrote; nothing if it was erased.
    pub(crate) fn words(&self, content: &ContentId) -> Option<String> {
        self.contents.get(content).map(|content| content.text.clone())
    }

    /// The stage that a task belongs to.
    pub(crate) fn stage(&self, task: &TaskId) -> Option<&Stage> {
        let has = |stage: &&Stage| stage.tasks.iter().any(|plan| plan.id == task.plan_id());
        self.opened.definition.stages.iter().find(has)
    }

    pub(crate) fn result(&self, task: &TaskId) -> &str {
        self.results.get(task).map_or("", String::as_str)
    }

    /// What was said and what the bot wrote, each once, the earliest first.
    fn lines_of(&self, said: Vec<Said>, mut told: Vec<Told>) -> Vec<Line> {
        let mut lines = Vec::new();
        // They come latest first; several of one moment keep their order.
        for said in said.into_iter().rev() {
            let sent = told.iter().position(|told| told.position == said.position).map(|at| told.remove(at));
            let content = self.contents.get(&said.content);
            lines.push(Line {
                at: said.at,
                position: said.position,
                ours: !said.sort.is_of_client(),
                what: word(said.sort),
                text: content.map_or_else(|| "(erased)".to_owned(), |content| content.text.clone()),
                file: content.and_then(|content| {
                    content.file_id.as_ref()?;
                    Some(content.file_name.clone().unwrap_or_else(|| content.kind.clone()))
                }),
                person: said.person,
                sent: sent.and_then(|told| told.sent),
            });
        }
        let by_bot = |told: Told| Line {
            at: told.at,
            position: told.position,
            ours: true,
            what: "bot",
            person: None,
            text: told.payload.text,
            file: None,
            sent: told.sent,
        };
        // Files of ours have no text of their own.
        lines.extend(told.into_iter().rev().filter(|told| !told.payload.text.is_empty()).map(by_bot));
        lines.sort_by_key(|line| (line.at, line.position));
        lines
    }
}

fn word(sort: Sort) -> &'static str {
    match sort {
        Sort::Client => "message",
        Sort::Edited => "edit",
        Sort::Remark => "remark",
        Sort::Colleague => "colleague",
        Sort::Told => "told",
        Sort::Note => "note",
    }
}
