//! By the clock: the overview of the day and the report of the month, in the staff chat (SC-29, T8).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::Duration;
use engine::app::Along;
use engine::domain::calendar::Calendar;
use engine::domain::definition::ByTheClock;
use engine::domain::{Arg, ClientId, PersonId, ProjectId, TaskId, Timestamp};
use engine::store::change::NewMessage;
use engine::store::notes;
use engine::words::Rendered;
use projections::board::{self, BoardProject};
use projections::directory;
use projections::money::{self, Loose};

use crate::bot::{Bot, lock};
use crate::digest::join;
use crate::fault::Fault;

mod day;
mod month;

/// An overview that is later than this is of no use any more.
const LATE: Duration = Duration::hours(6);
/// A report is of use until the next morning.
const VERY_LATE: Duration = Duration::hours(16);
const DAY: &str = "staff-day";
const MONTH: &str = "staff-month";

/// What both are made from.
struct Scene {
    language: String,
    calendar: Calendar,
    now: Timestamp,
    projects: Vec<BoardProject>,
    clients: BTreeMap<String, String>,
    loose: Vec<Loose>,
    /// Tasks whose remaining work does not fit before they are due (XP-08).
    tight: BTreeSet<(ProjectId, TaskId)>,
    people: HashMap<PersonId, String>,
}

impl Bot {
    /// Tells the staff what its time has come for; once, on whichever node.
    pub async fn clock_tick(&self, now: Timestamp) -> Result<(), Fault> {
        let desk = self.inner.app.desk();
        let (times, calendar) = (&desk.agency.by_the_clock, &desk.agency.calendar);
        let day = times.day_overview.as_ref().and_then(|time| time.come(calendar, now, LATE));
        let month = times.month_report.as_ref().and_then(|time| time.come_early(calendar, now, VERY_LATE));
        for (kind, came) in [(DAY, day), (MONTH, month)] {
            let Some(came) = came.filter(|came| lock(&self.inner.told_at).get(kind) != Some(came)) else {
                continue;
            };
            if self.lead(now).await?.is_none() {
                return Ok(());
            }
            // Another process may have said it, or have found nothing to say.
            let mark = came.timestamp().to_string();
            if notes::read(self.store(), kind).await?.is_none_or(|(told, _)| told != mark) {
                self.tell_by_the_clock(kind, came, now).await?;
                notes::write(self.store(), kind, &mark, now).await?;
            }
            lock(&self.inner.told_at).insert(kind, came);
        }
        Ok(())
    }

    async fn tell_by_the_clock(&self, kind: &str, came: Timestamp, now: Timestamp) -> Result<(), Fault> {
        let desk = self.inner.app.desk();
        let Some(chat) = desk.staff_chat else { return Ok(()) };
        let scene = self.scene(now).await?;
        let texts = match kind {
            DAY => self.day(&scene),
            _ => self.month(&scene, (since(&desk.agency.by_the_clock, &scene.calendar, came), came)).await?,
        };
        let messages = (1..).zip(join(texts)).map(|(part, text)| {
            let key = format!("{kind}:{}:{part}", came.timestamp());
            let mut message = NewMessage::post(chat, &key, kind, text);
            message.language.clone_from(&scene.language);
            message
        });
        let along = Along { messages: messages.collect(), ..Along::default() };
        Ok(self.inner.app.settle(format!("{kind}:{}", came.timestamp()), now, along).await?)
    }

    async fn scene(&self, now: Timestamp) -> Result<Scene, Fault> {
        let projects = board::projects(self.store()).await?;
        let clients = directory::clients(self.store()).await?;
        let ids: Vec<_> = clients.iter().map(|client| client.client.clone()).collect();
        let loose = money::loose(self.store(), &ids).await?;
        let tasks = projects.iter().flat_map(|project| &project.tasks);
        let people: Vec<PersonId> =
            tasks.flat_map(|task| [&task.assignee, &task.auditor]).flatten().cloned().collect();
        Ok(Scene {
            language: self.staff_language(),
            calendar: self.inner.app.desk().agency.calendar.clone(),
            now,
            people: self.store().names(&people).await?,
            clients: clients.into_iter().map(|client| (client.client.0, client.name)).collect(),
            loose,
            tight: self.tight(&projects, now).await?,
            projects,
        })
    }

    async fn tight(
        &self,
        projects: &[BoardProject],
        now: Timestamp,
    ) -> Result<BTreeSet<(ProjectId, TaskId)>, Fault> {
        let calendar = &self.inner.app.desk().agency.calendar;
        let mut found = BTreeSet::new();
        for project in projects.iter().filter(|project| !project.completed) {
            let Some(state) = self.inner.app.project_state(&project.project).await? else { continue };
            let tight = state.tasks.iter().filter(|task| state.is_tight(task, calendar, now));
            found.extend(tight.map(|task| (project.project.clone(), task.id.clone())));
        }
        Ok(found)
    }

    fn say(&self, scene: &Scene, key: &str, args: &[(&str, Arg)]) -> Option<Rendered> {
        let args: Vec<_> = args.iter().map(|(name, arg)| ((*name).to_owned(), arg.clone())).collect();
        self.inner.voice.text(&scene.language, key, &args)
    }
}

/// A report begins where the one before it ended.
fn since(times: &ByTheClock, calendar: &Calendar, came: Timestamp) -> Timestamp {
    let before = came - Duration::seconds(1);
    let report = times.month_report.as_ref();
    report
        .and_then(|time| time.come_early(calendar, before, Duration::days(40)))
        .unwrap_or(came - Duration::days(31))
}

impl Scene {
    fn client(&self, project: &BoardProject) -> Arg {
        self.named(&project.client)
    }

    fn named(&self, client: &ClientId) -> Arg {
        let name = self.clients.get(&client.0).cloned();
        Arg::Text(name.unwrap_or_else(|| client.to_string()))
    }
}

fn id(project: &BoardProject) -> Arg {
    Arg::Text(project.project.to_string())
}
